"""Synthetic households for the demonstration center, the tests and the benchmarks.

The same seed gives the same people, and the first thousand of a hundred thousand are the thousand
of a small center. Nobody in it is real: see ``resources/demo/people.toml`` for the numbers.
"""

import functools
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Final

import msgspec

from app.core.assets import resource
from app.core.money import ZERO, Fen
from app.core.resident_id import check_character
from app.core.words import Answer
from app.core.words.households import Sex
from app.demo.answers import Counter
from app.demo.circumstances import Circumstances
from app.demo.draws import Draws, pool
from app.demo.households import PLANTED, DemoHousehold, DemoMember, Planted, with_sums, yes_if


def demo_households(count: int, *, seed: int, today: date) -> Iterator[DemoHousehold]:
    """Yield ``count`` households as they stand on ``today``."""
    town = _Town(Draws(seed), today)
    circumstances = Circumstances(Draws(f"{seed} homes"), today)
    counter = Counter(Draws(f"{seed} told"))
    for number in range(1, count + 1):
        if number <= len(PLANTED):
            yield town.planted(number, PLANTED[number - 1])
        else:
            yield counter.ask(circumstances.settle(town.household(number)))


class _Given(msgspec.Struct, forbid_unknown_fields=True):
    male: str
    female: str
    rare: str
    rare_in_thousand: int


class _Places(msgspec.Struct, forbid_unknown_fields=True):
    streets: list[str]
    units: list[str]
    banks: list[str]
    districts: dict[str, int]


class _People(msgspec.Struct, forbid_unknown_fields=True):
    """The document ``resources/demo/people.toml``."""

    id_areas: list[str]
    phone_prefix: str
    card_prefix: str
    surnames: dict[str, int]
    given: _Given
    places: _Places
    causes: dict[str, int]
    income: dict[str, tuple[int, int]]


@functools.cache
def _people() -> _People:
    return msgspec.toml.decode(resource("demo", "people.toml").read_bytes(), type=_People)


_SHAPES: Final = pool(
    {
        "本人": 8,
        "本人 配偶": 15,
        "本人 配偶 孩子": 40,
        "本人 孩子": 12,
        "本人 配偶 孩子 孩子": 12,
        "本人 配偶 孩子 母亲": 13,
    }
)
_OCCUPATIONS: Final = ((6, "学龄前"), (12, "小学"), (15, "初中"), (18, "高中"), (22, "大学生"))
"""Up to which age children do what."""
_WORK: Final = pool({"在岗": 45, "下(待)岗": 20, "失(无)业": 20, "退休": 5, "病退": 10})
_ILLNESS: Final = ("恶性肿瘤", "心血管病", "脑血管病", "终末期肾病", "糖尿病", "肺病", "一般疾病")
_ORDERS: Final = 500
"""Order numbers of one sex in an area and on a birth date."""


class _Town:
    """Draws people one after the other; remembers what must not come twice."""

    def __init__(self, draws: Draws, today: date) -> None:
        people = _people()
        self._draws = draws
        self._today = today
        self._people = people
        self._surnames = pool(people.surnames)
        self._districts = pool(people.places.districts)
        self._causes = pool(people.causes)
        self._born: dict[tuple[int, Sex], int] = {}
        self._phones = 0
        self._cards = 0
        self._twin: DemoHousehold | None = None

    def household(self, number: int) -> DemoHousehold:
        """Draw one household: its people, what brings it here, and what it lives on."""
        shape = self._draws.pick(_SHAPES)
        cause = self._draws.pick(self._causes)
        if cause == "子女上学" and "孩子" not in shape:
            cause = "患重特大疾病"
        members = self._family(shape.split(), self._draws.number(32, 58))
        if cause == "患重特大疾病" or self._draws.chance(200):
            self._change(
                members,
                self._draws.number(0, len(members) - 1),
                health=self._draws.pick(_ILLNESS),
                medical_self_paid_12_months=Fen(100 * self._draws.number(1000, 26000)),
            )
        elif self._draws.chance(100):
            ill = self._draws.number(0, len(members) - 1)
            self._change(members, ill, health="残疾")
        if cause == "下岗失业":
            self._change(members, 0, work_status="失(无)业", monthly_income=ZERO)
        if self._draws.chance(30):
            self._change(members, 0, monthly_income=None)
        accident = cause in {"遭受自然灾害", "遭受意外事故"}
        return replace(
            self._home(number, members, cause),
            district=self._draws.pick(self._districts),
            person_type="农民工" if self._draws.chance(120) else "城镇职工",
            accident_loss_12_months=Fen(100 * self._draws.number(3000, 40000) if accident else 0),
            dwellings=1 if self._draws.chance(900) else 0,
            receives_dibao=yes_if(self._draws.chance(400)),
            declared=self._draws.chance(950),
        )

    def planted(self, number: int, planted: Planted) -> DemoHousehold:
        """Return a household that shows one thing: sums as `Planted` says, no exclusion."""
        if planted is Planted.TWICE and self._twin is not None:
            return self._once_more(number, self._twin)
        members = self._family(["本人", "配偶", "孩子"], 36)
        own, other = (260000, 160000) if planted is Planted.RELATIVE else (180000, 0)
        self._change(
            members,
            0,
            work_status="在岗",
            health="恶性肿瘤",
            monthly_income=None if planted is Planted.UNKNOWN else Fen(own),
            medical_self_paid_12_months=Fen(720000),
        )
        work = "在岗" if other else "失(无)业"
        self._change(members, 1, work_status=work, monthly_income=Fen(other))
        home = with_sums(self._home(number, members, "患重特大疾病"))
        home = replace(home, planted=planted, necessary_employment_cost_12_months=ZERO)
        if planted is Planted.TWICE:
            self._twin = home
        return home

    def _once_more(self, number: int, first: DemoHousehold) -> DemoHousehold:
        """Return the household of ``first`` as another counter took it in: the head alone."""
        number_again = self._id_number(first.head.birth, first.head.sex)
        head = replace(first.head, id_number=number_again)
        again = with_sums(self._home(number, [head], first.main_cause))
        return replace(again, planted=first.planted, address=first.address)

    def _home(self, number: int, members: list[DemoMember], cause: str) -> DemoHousehold:
        """Return the household of ``members``."""
        return DemoHousehold(
            number=number,
            registered_on=self._today - timedelta(days=self._draws.number(0, 1000)),
            members=tuple(members),
            district="南岗区",
            address=self._address(),
            person_type="城镇职工",
            work_unit=self._draws.pick(self._people.places.units),
            main_cause=cause,
            account_holder=members[0].name,
            account_bank=self._draws.pick(self._people.places.banks),
            account_number=self._card(),
        )

    def _family(self, shape: list[str], age: int) -> list[DemoMember]:
        """Draw the members of a household whose head is ``age`` years old."""
        sex = Sex.FEMALE if self._draws.chance(480) else Sex.MALE
        head = self._adult("本人", sex, age)
        members = [replace(head, phone=self._phone(), union_member=Answer.YES)]
        for relation in shape[1:]:
            if relation == "配偶" and sex is Sex.FEMALE:
                members.append(self._adult("丈夫", Sex.MALE, age + self._draws.number(-2, 5)))
            elif relation == "配偶":
                members.append(self._adult("妻子", Sex.FEMALE, age - self._draws.number(-2, 5)))
            elif relation == "孩子":
                members.append(self._child(head.name, max(0, age - self._draws.number(25, 29))))
            else:
                members.append(self._adult("母亲", Sex.FEMALE, age + self._draws.number(22, 30)))
        return members

    @staticmethod
    def _change(members: list[DemoMember], place: int, **changes: Any) -> None:
        members[place] = replace(members[place], **changes)

    def _adult(self, relation: str, sex: Sex, age: int) -> DemoMember:
        retired = age >= (60 if sex is Sex.MALE else 55)
        # 病退 is a word for the head only; a member who is ill is without work.
        work = "退休" if retired else self._draws.pick(_WORK)
        if work == "病退" and relation != "本人":
            work = "失(无)业"
        birth = self._birth(age)
        low, high = self._people.income[work]
        return DemoMember(
            relation=relation,
            name=self._name(self._draws.pick(self._surnames), sex),
            id_number=self._id_number(birth, sex),
            birth=birth,
            sex=sex,
            ethnicity="满族" if self._draws.chance(30) else "汉族",
            work_status=work,
            union_member=Answer.YES if work == "在岗" else Answer.NOT_ASKED,
            monthly_income=Fen(1000 * self._draws.number(low // 10, high // 10)),
        )

    def _child(self, parent: str, age: int) -> DemoMember:
        sex = Sex.FEMALE if self._draws.chance(480) else Sex.MALE
        birth = self._birth(age)
        surname = parent[:2] if parent[:2] in self._people.surnames else parent[0]
        occupation = next((word for last, word in _OCCUPATIONS if age <= last), "农民工")
        low, high = self._people.income.get(occupation, (0, 0))
        return DemoMember(
            relation="女儿" if sex is Sex.FEMALE else "儿子",
            name=self._name(surname, sex),
            id_number=self._id_number(birth, sex),
            birth=birth,
            sex=sex,
            work_status=occupation,
            monthly_income=Fen(1000 * self._draws.number(low // 10, high // 10)),
        )

    def _name(self, surname: str, sex: Sex) -> str:
        given = self._people.given
        letters = given.female if sex is Sex.FEMALE else given.male
        name = surname + self._draws.pick(letters)
        if self._draws.chance(given.rare_in_thousand):
            return name + self._draws.pick(given.rare)
        return name + self._draws.pick(letters) if self._draws.chance(700) else name

    def _birth(self, age: int) -> date:
        """Return a birth date of somebody who is ``age`` years old today."""
        days = self._draws.number(0, 364) + int(age * 365.25)
        return self._today - timedelta(days=days)

    def _id_number(self, birth: date, sex: Sex) -> str:
        """Return a number nobody has: an area never given, the next order on that birth date."""
        areas = self._people.id_areas
        day = birth.toordinal()
        taken = self._born.get((day, sex), 0)
        self._born[day, sex] = taken + 1
        area, order = divmod((taken * 7919 + day * 104729) % (len(areas) * _ORDERS), _ORDERS)
        odd = sex is Sex.MALE
        first = f"{areas[area]}{birth:%Y%m%d}{2 * order + odd:03d}"
        return first + check_character(first)

    def _phone(self) -> str:
        """Return the next of a hundred million numbers, in no visible order."""
        self._phones += 1
        return f"{self._people.phone_prefix}{self._phones * 61803399 % 10**8:08d}"

    def _card(self) -> str:
        from stdnum import luhn  # noqa: PLC0415 - heavy, on first use

        self._cards += 1
        first = f"{self._people.card_prefix}{self._cards * 618033988747 % 10**12:012d}"
        return first + luhn.calc_check_digit(first)

    def _address(self) -> str:
        street = self._draws.pick(self._people.places.streets)
        door, stair = self._draws.number(1, 400), self._draws.number(1, 8)
        return f"{street}{door}号{stair}单元{self._draws.number(1, 7)}0{self._draws.number(1, 4)}室"
