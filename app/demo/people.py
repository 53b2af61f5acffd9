"""Synthetic households for the demonstration center, the tests and the benchmarks.

The same seed gives the same people, and the first thousand of a hundred thousand are the thousand
of a small center. Nobody in it is real: see ``resources/demo/people.toml`` for the numbers.
"""

import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from random import Random
from typing import Any, Final, TypeVar

import msgspec

from app.core.assets import resource
from app.core.money import ZERO, Fen
from app.core.resident_id import check_character
from app.core.words import Answer
from app.core.words.households import Sex

Drawn = TypeVar("Drawn")


class Planted(StrEnum):
    """Why a household stands in the data: what it is there to show."""

    DEEP = "deep"
    """Net income of 400 yuan a head and month: below any line in force."""
    RELATIVE = "relative"
    """1,200 yuan a head and month: between the line and twice the line of these years."""
    UNKNOWN = "unknown"
    """The income was asked and is not known: nothing can be told yet."""
    TWICE = "twice"
    """The same person came to two counters: name, birth date, telephone and address agree."""


PLANTED: Final = (
    Planted.DEEP,
    Planted.RELATIVE,
    Planted.UNKNOWN,
    Planted.TWICE,
    Planted.TWICE,
)
"""What the first households of every center show."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoMember:
    """One person. `None` and ``Answer.NOT_ASKED`` are unknown, as in the forms."""

    relation: str
    name: str
    id_number: str
    birth: date
    sex: Sex
    ethnicity: str = "汉族"
    phone: str = ""
    work_status: str
    """A word of the code list ``work_status`` for the head, of ``member_status`` for others."""
    health: str = "良好"
    disability: str = "无"
    school_stage: str = "不在学"
    union_member: Answer = Answer.NOT_ASKED
    monthly_income: Fen | None = ZERO
    medical_self_paid_12_months: Fen = ZERO
    school_costs_this_year: Fen = ZERO


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoHousehold:
    """One household; the first member is the head (本人)."""

    number: int
    """From 1, in the order of the data."""
    planted: Planted | None = None
    registered_on: date
    members: tuple[DemoMember, ...]
    district: str
    address: str
    person_type: str
    work_unit: str
    main_cause: str
    income_12_months: Fen | None
    rigid_expenditure_12_months: Fen
    necessary_employment_cost_12_months: Fen
    accident_loss_12_months: Fen
    dwellings: int
    receives_dibao: Answer
    unemployed_registered: Answer
    zero_employment: Answer
    declared: bool
    """The signed declaration settles the exclusions."""
    account_holder: str
    account_bank: str
    account_number: str

    @property
    def head(self) -> DemoMember:
        """Return the person who applied."""
        return self.members[0]

    @property
    def members_living_together(self) -> int:
        """Return the divisor of the income test."""
        return len(self.members)


def demo_households(count: int, *, seed: int, today: date) -> Iterator[DemoHousehold]:
    """Yield ``count`` households as they stand on ``today``."""
    town = _Town(Random(seed), today)  # noqa: S311 - people of a demonstration, not a secret
    for number in range(1, count + 1):
        if number <= len(PLANTED):
            yield town.planted(number, PLANTED[number - 1])
        else:
            yield town.household(number)


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


def _pool(weights: dict[str, int]) -> list[str]:
    """Return every word as often as its weight, so that one draw picks fairly."""
    return [word for word, weight in weights.items() for _ in range(weight)]


_SHAPES: Final = _pool(
    {
        "本人": 8,
        "本人 配偶": 15,
        "本人 配偶 孩子": 40,
        "本人 孩子": 12,
        "本人 配偶 孩子 孩子": 12,
        "本人 配偶 孩子 母亲": 13,
    }
)
_SCHOOL: Final = (
    (6, "学龄前", "学龄前", 0),
    (12, "小学", "小学", 600),
    (15, "初中", "初中", 1200),
    (18, "高中", "高中", 3600),
    (22, "大学生", "大学本科", 9000),
)
"""Up to which age, occupation, school stage, yuan a year."""
_WORK: Final = _pool({"在岗": 45, "下(待)岗": 20, "失(无)业": 20, "退休": 5, "病退": 10})
_ILLNESS: Final = ("恶性肿瘤", "心血管病", "脑血管病", "终末期肾病", "糖尿病", "肺病", "一般疾病")
_DIBAO: Final = (*[Answer.NO] * 16, *[Answer.YES] * 3, Answer.NOT_ASKED)
_ORDERS: Final = 500
"""Order numbers of one sex in an area and on a birth date."""


class _Town:
    """Draws people one after the other; remembers what must not come twice."""

    def __init__(self, random: Random, today: date) -> None:
        people = _people()
        self._draw = random.random
        self._today = today
        self._people = people
        self._surnames = _pool(people.surnames)
        self._districts = _pool(people.places.districts)
        self._causes = _pool(people.causes)
        self._born: dict[tuple[int, Sex], int] = {}
        self._phones = 0
        self._cards = 0
        self._twin: DemoHousehold | None = None

    def household(self, number: int) -> DemoHousehold:
        """Draw one household as they come to the counter."""
        shape = self._pick(_SHAPES)
        cause = self._pick(self._causes)
        if cause == "子女上学" and "孩子" not in shape:
            cause = "患重特大疾病"
        members = self._family(shape.split(), self._number(32, 58))
        if cause == "患重特大疾病" or self._chance(200):
            self._change(
                members,
                self._number(0, len(members) - 1),
                health=self._pick(_ILLNESS),
                medical_self_paid_12_months=Fen(100 * self._number(1000, 26000)),
            )
        elif self._chance(100):
            ill = self._number(0, len(members) - 1)
            self._change(members, ill, health="残疾", disability="肢体残疾二级")
        if cause == "下岗失业":
            self._change(members, 0, work_status="失(无)业", monthly_income=ZERO)
        if self._chance(30):
            self._change(members, 0, monthly_income=None)
        accident = cause in {"遭受自然灾害", "遭受意外事故"}
        return replace(
            self._home(number, members, cause),
            district=self._pick(self._districts),
            person_type="农民工" if self._chance(120) else "城镇职工",
            accident_loss_12_months=Fen(100 * self._number(3000, 40000) if accident else 0),
            dwellings=1 if self._chance(900) else 0,
            receives_dibao=self._pick(_DIBAO),
            declared=self._chance(950),
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
        self._change(members, 2, school_costs_this_year=ZERO)
        home = self._home(number, members, "患重特大疾病")
        home = replace(home, planted=planted, necessary_employment_cost_12_months=ZERO)
        if planted is Planted.TWICE:
            self._twin = home
        return home

    def _once_more(self, number: int, first: DemoHousehold) -> DemoHousehold:
        """Return the household of ``first`` as another counter took it in: the head alone."""
        number_again = self._id_number(first.head.birth, first.head.sex)
        again = self._home(number, [replace(first.head, id_number=number_again)], first.main_cause)
        return replace(again, planted=first.planted, address=first.address)

    def _home(self, number: int, members: list[DemoMember], cause: str) -> DemoHousehold:
        """Return the household of ``members``, with the sums that follow from theirs."""
        head = members[0]
        known = [member.monthly_income for member in members]
        working = sum(member.work_status == "在岗" for member in members)
        spent = sum(m.medical_self_paid_12_months + m.school_costs_this_year for m in members)
        return DemoHousehold(
            number=number,
            registered_on=self._today - timedelta(days=self._number(0, 1000)),
            members=tuple(members),
            district="南岗区",
            address=self._address(),
            person_type="城镇职工",
            work_unit=self._pick(self._people.places.units),
            main_cause=cause,
            income_12_months=None if None in known else Fen(12 * sum(each or 0 for each in known)),
            rigid_expenditure_12_months=Fen(spent),
            necessary_employment_cost_12_months=Fen(working * 120000),
            accident_loss_12_months=ZERO,
            dwellings=1,
            receives_dibao=Answer.NO,
            unemployed_registered=Answer.YES if head.work_status == "失(无)业" else Answer.NO,
            zero_employment=Answer.NO if working else Answer.YES,
            declared=True,
            account_holder=head.name,
            account_bank=self._pick(self._people.places.banks),
            account_number=self._card(),
        )

    def _family(self, shape: list[str], age: int) -> list[DemoMember]:
        """Draw the members of a household whose head is ``age`` years old."""
        sex = Sex.FEMALE if self._chance(480) else Sex.MALE
        head = self._adult("本人", sex, age)
        members = [replace(head, phone=self._phone(), union_member=Answer.YES)]
        for relation in shape[1:]:
            if relation == "配偶" and sex is Sex.FEMALE:
                members.append(self._adult("丈夫", Sex.MALE, age + self._number(-2, 5)))
            elif relation == "配偶":
                members.append(self._adult("妻子", Sex.FEMALE, age - self._number(-2, 5)))
            elif relation == "孩子":
                members.append(self._child(head.name, max(0, age - self._number(25, 29))))
            else:
                members.append(self._adult("母亲", Sex.FEMALE, age + self._number(22, 30)))
        return members

    @staticmethod
    def _change(members: list[DemoMember], place: int, **changes: Any) -> None:
        members[place] = replace(members[place], **changes)

    def _adult(self, relation: str, sex: Sex, age: int) -> DemoMember:
        retired = age >= (60 if sex is Sex.MALE else 55)
        # 病退 is a word for the head only; a member who is ill is without work.
        work = "退休" if retired else self._pick(_WORK)
        if work == "病退" and relation != "本人":
            work = "失(无)业"
        birth = self._birth(age)
        low, high = self._people.income[work]
        return DemoMember(
            relation=relation,
            name=self._name(self._pick(self._surnames), sex),
            id_number=self._id_number(birth, sex),
            birth=birth,
            sex=sex,
            ethnicity="满族" if self._chance(30) else "汉族",
            work_status=work,
            union_member=Answer.YES if work == "在岗" else Answer.NOT_ASKED,
            monthly_income=Fen(1000 * self._number(low // 10, high // 10)),
        )

    def _child(self, parent: str, age: int) -> DemoMember:
        sex = Sex.FEMALE if self._chance(480) else Sex.MALE
        birth = self._birth(age)
        surname = parent[:2] if parent[:2] in self._people.surnames else parent[0]
        _, occupation, stage, yuan = next(
            (row for row in _SCHOOL if age <= row[0]), (0, "农民工", "不在学", 0)
        )
        low, high = self._people.income["农民工"] if stage == "不在学" else (0, 0)
        return DemoMember(
            relation="女儿" if sex is Sex.FEMALE else "儿子",
            name=self._name(surname, sex),
            id_number=self._id_number(birth, sex),
            birth=birth,
            sex=sex,
            work_status=occupation,
            school_stage=stage,
            monthly_income=Fen(1000 * self._number(low // 10, high // 10)),
            school_costs_this_year=Fen(100 * yuan),
        )

    def _name(self, surname: str, sex: Sex) -> str:
        given = self._people.given
        letters = given.female if sex is Sex.FEMALE else given.male
        name = surname + self._pick(letters)
        if self._chance(given.rare_in_thousand):
            return name + self._pick(given.rare)
        return name + self._pick(letters) if self._chance(700) else name

    def _birth(self, age: int) -> date:
        """Return a birth date of somebody who is ``age`` years old today."""
        days = self._number(0, 364) + int(age * 365.25)
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
        street = self._pick(self._people.places.streets)
        door, stair = self._number(1, 400), self._number(1, 8)
        return f"{street}{door}号{stair}单元{self._number(1, 7)}0{self._number(1, 4)}室"

    def _pick(self, words: Sequence[Drawn]) -> Drawn:
        return words[int(self._draw() * len(words))]

    def _number(self, low: int, high: int) -> int:
        return low + int(self._draw() * (high - low + 1))

    def _chance(self, in_thousand: int) -> bool:
        return self._draw() * 1000 < in_thousand
