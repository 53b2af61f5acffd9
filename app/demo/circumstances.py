"""How invented people live, as far as the seven areas ask: work, schools, health, what they own.

What is said of one household agrees: who starts a school is of its age, who is registered as
unemployed has no work, and nobody with a car signs that there is none.
"""

from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from app.core.money import ZERO, Fen
from app.core.resident_id import age
from app.core.words import Answer
from app.demo.draws import Draws, pool
from app.demo.households import WITHOUT_WORK, DemoHousehold, DemoMember, with_sums, yes_if
from app.reference.school_stages import school_stages

_GROWN: Final = pool({"在岗": 50, "农民工": 30, "失(无)业": 20})
"""What children who left school do."""
_SCHOOLS: Final = {
    "高中": pool({"高中": 65, "中职中技": 35}),
    "大学生": pool({"大学本科": 60, "大学专科": 40}),
}
_STARTS_AT: Final = {
    "小学": 7,
    "初中": 13,
    "高中": 16,
    "中职中技": 16,
    "大学专科": 19,
    "大学本科": 19,
    "研究生": 23,
}
_FEES: Final = {
    "小学": (300, 1200),
    "初中": (600, 2000),
    "高中": (2400, 5200),
    "中职中技": (1000, 2600),
    "大学专科": (6000, 9500),
    "大学本科": (7000, 12000),
    "研究生": (8000, 12000),
}
"""Yuan a year, from and to."""
_GRADUATE: Final = range(23, 26)
_DISABILITIES: Final = pool(
    {
        "肢体残疾一级": 1,
        "肢体残疾二级": 4,
        "肢体残疾三级": 6,
        "肢体残疾四级": 6,
        "视力残疾三级": 2,
        "听力残疾二级": 2,
        "言语残疾四级": 1,
        "智力残疾三级": 2,
        "精神残疾二级": 3,
        "多重残疾三级": 1,
    }
)
_HEAVY: Final = ("一级", "二级")
_LIGHT: Final = [word for word in _DISABILITIES if not word.endswith(_HEAVY)]
_OF_AGE: Final = ("高血压病", "心血管病", "糖尿病", "腰颈椎病")
_PENSION_FROM, _OLD = 50, 60
_RESTING: Final = ("退休", "病退")
_POOR: Final = Fen(80_000)
"""Nobody with a higher income a head and month receives dibao."""
_UNREGISTERED: Final = 220
"""Of a thousand people without work, those who did not register as unemployed."""


class Circumstances:
    """Settles what of a household its people and its money leave open."""

    def __init__(self, draws: Draws, today: date) -> None:
        self._draws = draws
        self._today = today

    def settle(self, household: DemoHousehold) -> DemoHousehold:
        """Return a household with every fact of the seven areas, as it is."""
        migrant = household.person_type == "农民工"
        member = self._chance(600 if migrant else 970)
        owed = self._chance(200 if migrant else 50) and household.head.work_status not in _RESTING
        head, *others = map(self._person, household.members)
        head = replace(head, union_member=yes_if(member))
        known = with_sums(replace(household, members=(head, *others)))
        return self._owns(
            replace(
                known,
                financial_assets=self._savings(),
                receives_dibao=household.receives_dibao if _is_poor(known) else Answer.NO,
                wage_arrears=yes_if(owed),
                labour_dispute=yes_if(self._chance(650 if owed else 25)),
                in_mutual_aid=yes_if(self._chance(550) and member),
            )
        )

    def _savings(self) -> Fen:
        if self._chance(250):
            return ZERO
        return Fen(10_000 * self._number(5, 2000 if self._chance(40) else 400))

    def _owns(self, household: DemoHousehold) -> DemoHousehold:
        """Say what excludes a household; who has such a thing does not declare there is none."""
        pupils = any(each.school_costs_this_year for each in household.members)
        second, vehicle, business, abroad, refuses = map(self._chance, (15, 25, 12, 10, 6))
        excluded = second or vehicle or business or (abroad and pupils) or refuses
        return replace(
            household,
            dwellings=2 if second else household.dwellings,
            has_motor_vehicle=yes_if(vehicle),
            has_business_premises=yes_if(business),
            high_fee_school_or_study_abroad=yes_if(abroad and pupils),
            refuses_verification=yes_if(refuses),
            declared=household.declared and not excluded,
        )

    # People

    def _person(self, person: DemoMember) -> DemoMember:
        person = replace(
            person,
            disability="无",
            school_stage="不在学",
            medical_self_paid_12_months=person.medical_self_paid_12_months or ZERO,
        )
        years = age(person.birth, self._today)
        if person.relation in ("儿子", "女儿"):
            person = self._child(person, years)
        else:
            person = self._grown_up(person, years)
        if person.health == "残疾":
            person = self._disabled(person)
        return self._registered(person)

    def _child(self, child: DemoMember, years: int) -> DemoMember:
        if child.work_status == "农民工":
            child = self._grown(child, years)
        status = child.work_status or ""
        if status not in _SCHOOLS:
            return self._at_school(child, school_stages()[status], years)
        stage = self._draws.pick(_SCHOOLS[status])
        if status == "高中":
            child = replace(child, work_status=stage)
        return self._at_school(child, stage, years)

    def _grown(self, child: DemoMember, years: int) -> DemoMember:
        if years in _GRADUATE and self._chance(150):
            return replace(child, work_status="研究生", monthly_income=ZERO)
        status = self._draws.pick(_GROWN)
        income = ZERO if status in WITHOUT_WORK else child.monthly_income
        return replace(child, work_status=status, monthly_income=income)

    def _at_school(self, child: DemoMember, stage: str, years: int) -> DemoMember:
        low, high = _FEES.get(stage, (0, 0))
        return replace(
            child,
            school_stage=stage,
            admitted_this_year=yes_if(years == _STARTS_AT.get(stage)),
            school_costs_this_year=Fen(5_000 * self._number(low // 50, high // 50)),
        )

    def _grown_up(self, person: DemoMember, years: int) -> DemoMember:
        if person.work_status == "退休" and years < _PENSION_FROM:
            person = replace(person, work_status="在岗")
        retired_ill = person.work_status == "病退"
        if person.health == "良好" and (retired_ill or (years >= _OLD and self._chance(350))):
            return self._ails(person)
        return person

    def _ails(self, person: DemoMember) -> DemoMember:
        return replace(
            person,
            health=self._draws.pick(_OF_AGE),
            medical_self_paid_12_months=Fen(10_000 * self._number(6, 50)),
        )

    def _disabled(self, person: DemoMember) -> DemoMember:
        """Give a disability; who has a heavy one works no more."""
        word = self._draws.pick(_DISABILITIES if person.school_stage == "不在学" else _LIGHT)
        person = replace(person, disability=word)
        if not word.endswith(_HEAVY) or person.work_status == "退休":
            return person
        if person.relation != "本人":
            return replace(person, work_status="无劳动能力", monthly_income=ZERO)
        if person.work_status in WITHOUT_WORK:
            return person
        return replace(person, work_status="病退")

    def _registered(self, person: DemoMember) -> DemoMember:
        if person.work_status not in WITHOUT_WORK or self._chance(_UNREGISTERED):
            return person
        days = self._number(20, 1460)
        return replace(person, unemployed_since=self._today - timedelta(days=days))

    def _number(self, low: int, high: int) -> int:
        return self._draws.number(low, high)

    def _chance(self, in_thousand: int) -> bool:
        return self._draws.chance(in_thousand)


def _is_poor(household: DemoHousehold) -> bool:
    income = household.income_12_months
    return income is not None and income < 12 * household.members_living_together * _POOR
