"""What an invented household is: its members, its facts, and why it stands in the data."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final

from app.core.money import ZERO, Fen
from app.core.words import Answer
from app.core.words.households import Sex


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

AT_WORK: Final = ("在岗", "农民工")
WITHOUT_WORK: Final = ("下(待)岗", "失(无)业")
COST_OF_WORKING: Final = 120_000
"""Fen a year for everybody who goes to work."""


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
    work_status: str | None
    """A word of the code list ``work_status`` for the head, of ``member_status`` for others."""
    unemployed_since: date | None = None
    health: str | None = "良好"
    disability: str | None = None
    school_stage: str | None = None
    admitted_this_year: Answer = Answer.NOT_ASKED
    union_member: Answer = Answer.NOT_ASKED
    monthly_income: Fen | None = ZERO
    medical_self_paid_12_months: Fen | None = None
    school_costs_this_year: Fen | None = None


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
    income_12_months: Fen | None = None
    rigid_expenditure_12_months: Fen | None = None
    necessary_employment_cost_12_months: Fen | None = None
    accident_loss_12_months: Fen | None = ZERO
    financial_assets: Fen | None = None
    dwellings: int | None = 1
    receives_dibao: Answer = Answer.NO
    unemployed_registered: Answer = Answer.NOT_ASKED
    zero_employment: Answer = Answer.NOT_ASKED
    wage_arrears: Answer = Answer.NOT_ASKED
    labour_dispute: Answer = Answer.NOT_ASKED
    in_mutual_aid: Answer = Answer.NOT_ASKED
    has_motor_vehicle: Answer = Answer.NOT_ASKED
    has_business_premises: Answer = Answer.NOT_ASKED
    high_fee_school_or_study_abroad: Answer = Answer.NOT_ASKED
    refuses_verification: Answer = Answer.NOT_ASKED
    declared: bool = True
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


def with_sums(household: DemoHousehold) -> DemoHousehold:
    """Return a household for which what its members earn, spend and do is summed up."""
    members = household.members
    incomes = [each.monthly_income for each in members]
    spent = [(each.medical_self_paid_12_months, each.school_costs_this_year) for each in members]
    working = sum(each.work_status in AT_WORK for each in members)
    registered = any(each.unemployed_since for each in members)
    return replace(
        household,
        income_12_months=None if None in incomes else Fen(12 * sum(each or 0 for each in incomes)),
        rigid_expenditure_12_months=Fen(sum((cost or 0) + (fee or 0) for cost, fee in spent)),
        necessary_employment_cost_12_months=Fen(working * COST_OF_WORKING),
        unemployed_registered=yes_if(registered),
        zero_employment=yes_if(not working),
    )


def yes_if(so: bool) -> Answer:
    """Return the answer to a question of which the truth is known."""
    return Answer.YES if so else Answer.NO
