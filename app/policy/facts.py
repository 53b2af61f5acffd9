"""The closed vocabulary of facts that policy may ask, as in the exchange formats.

A fact that nobody has given is unknown: it is absent, or `None`, and never taken for "no" or
for nought.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.core.i18n import N_, _
from app.core.words import Word
from app.reference.codes import known_words
from app.reference.districts import district_names

FactValue = bool | int | str | date
"""Money is whole fen; words are those of the code lists."""

Facts = Mapping[str, FactValue | None]
"""What is known of one household, or of one member, by the name of the fact."""


class FactType(Word):
    """What the value of a fact is."""

    DAY = "date", N_("Date")
    WORD = "word", N_("Word")
    COUNT = "count", N_("Count")
    YUAN = "yuan", N_("Yuan")
    YES_NO = "yes_no", N_("Yes or no")


class Holder(Word):
    """Whose fact it is."""

    HOUSEHOLD = "household", N_("Household")
    MEMBER = "member", N_("Member")


@dataclass(frozen=True, kw_only=True)
class Fact:
    """One thing policy may ask. ``label``, ``unit`` and ``paper`` are message ids."""

    name: str
    label: str
    type: FactType
    holder: Holder = Holder.HOUSEHOLD
    unit: str = ""
    paper: str = ""
    """What proves it."""
    codes: tuple[str, ...] = ()
    """The code lists whose words it takes; `DISTRICTS` stands for the districts of Harbin."""
    at_least: int = 0

    @property
    def title(self) -> str:
        """Return the label in the language in use."""
        return _(self.label)

    @property
    def proof(self) -> str:
        """Return the paper that proves it, in the language in use."""
        return _(self.paper)


DISTRICTS: Final = "districts"

_INCOME = N_("Proof of income and wage flow of the last 12 months")
_BILLS = N_("Receipts of the last 12 months: self-paid medical bills, school fees, care")
_REGISTER = N_("Household register")
_DECLARATION = N_("Signed declaration of the household")
_RELIEF = N_("Relief register of the center")
_YEAR = N_("yuan, in the 12 months before the day")

FACTS: Final[tuple[Fact, ...]] = (
    Fact(name="as_of", label=N_("Day of the assessment"), type=FactType.DAY),
    Fact(name="known_on", label=N_("Leave out what was published after"), type=FactType.DAY),
    Fact(
        name="district",
        label=N_("District or county"),
        type=FactType.WORD,
        codes=(DISTRICTS,),
        paper=_REGISTER,
    ),
    Fact(
        name="person_type",
        label=N_("Urban or migrant worker"),
        type=FactType.WORD,
        codes=("person_type",),
        paper=N_("Household register and labour contract"),
    ),
    Fact(
        name="members_living_together",
        label=N_("Members living together"),
        type=FactType.COUNT,
        unit=N_("persons"),
        paper=_REGISTER,
        at_least=1,
    ),
    Fact(
        name="income_12_months",
        label=N_("Income of the household, 12 months"),
        type=FactType.YUAN,
        unit=_YEAR,
        paper=_INCOME,
    ),
    Fact(
        name="rigid_expenditure_12_months",
        label=N_("Rigid expenditure, 12 months"),
        type=FactType.YUAN,
        unit=_YEAR,
        paper=_BILLS,
    ),
    Fact(
        name="necessary_employment_cost_12_months",
        label=N_("Necessary cost of employment, 12 months"),
        type=FactType.YUAN,
        unit=_YEAR,
        paper=N_("Receipts of the cost of going to work"),
    ),
    Fact(
        name="accident_loss_12_months",
        label=N_("Loss by accident or disaster, 12 months"),
        type=FactType.YUAN,
        unit=_YEAR,
        paper=N_("Proof of the accident or disaster and its bills"),
    ),
    Fact(
        name="relief_received_this_year",
        label=N_("Union relief received this calendar year"),
        type=FactType.YUAN,
        unit=N_("yuan, in the calendar year"),
        paper=_RELIEF,
    ),
    Fact(
        name="receives_dibao",
        label=N_("Receives dibao"),
        type=FactType.YES_NO,
        paper=N_("Dibao certificate"),
    ),
    Fact(
        name="union_member",
        label=N_("Union member"),
        type=FactType.YES_NO,
        paper=N_("Union membership card"),
    ),
    Fact(
        name="has_active_file",
        label=N_("Has an active hardship file"),
        type=FactType.YES_NO,
        paper=N_("Hardship file"),
    ),
    Fact(
        name="unemployed_registered",
        label=N_("Registered as unemployed"),
        type=FactType.YES_NO,
        paper=N_("Employment and unemployment registration card"),
    ),
    Fact(
        name="zero_employment",
        label=N_("Nobody in the household has a job"),
        type=FactType.YES_NO,
        paper=N_("Certificate of a zero-employment household"),
    ),
    Fact(
        name="main_cause",
        label=N_("Main cause of hardship"),
        type=FactType.WORD,
        codes=("main_cause",),
        paper=N_("Proof of the cause: diagnosis, disability card, accident report, school papers"),
    ),
    Fact(
        name="dwellings",
        label=N_("Dwellings owned"),
        type=FactType.COUNT,
        unit=N_("dwellings"),
        paper=_DECLARATION,
    ),
    Fact(
        name="has_motor_vehicle",
        label=N_("Owns a motor vehicle"),
        type=FactType.YES_NO,
        paper=_DECLARATION,
    ),
    Fact(
        name="has_business_premises",
        label=N_("Owns business premises or employs others"),
        type=FactType.YES_NO,
        paper=_DECLARATION,
    ),
    Fact(
        name="high_fee_school_or_study_abroad",
        label=N_("A child at a high-fee school or studying abroad at own cost"),
        type=FactType.YES_NO,
        paper=_DECLARATION,
    ),
    Fact(
        name="refuses_verification",
        label=N_("Refuses verification"),
        type=FactType.YES_NO,
        paper=N_("Signed authorisation to verify"),
    ),
    Fact(
        name="already_in_another_file",
        label=N_("Already in another hardship file"),
        type=FactType.YES_NO,
        paper=_DECLARATION,
    ),
    Fact(
        name="no_exclusion_declared",
        label=N_("Has declared that no exclusion holds"),
        type=FactType.YES_NO,
        paper=_DECLARATION,
    ),
    Fact(
        name="relation",
        label=N_("Relation to the head"),
        type=FactType.WORD,
        holder=Holder.MEMBER,
        codes=("relation",),
        paper=_REGISTER,
    ),
    Fact(
        name="sex",
        label=N_("Sex"),
        type=FactType.WORD,
        holder=Holder.MEMBER,
        codes=("sex",),
        paper=N_("Resident ID card"),
    ),
    Fact(
        name="birth",
        label=N_("Date of birth"),
        type=FactType.DAY,
        holder=Holder.MEMBER,
        paper=N_("Resident ID card"),
    ),
    Fact(
        name="work_status",
        label=N_("Work status"),
        type=FactType.WORD,
        holder=Holder.MEMBER,
        codes=("work_status", "member_status"),
        paper=N_("Proof of employment or unemployment"),
    ),
    Fact(
        name="health",
        label=N_("Health"),
        type=FactType.WORD,
        holder=Holder.MEMBER,
        codes=("health",),
        paper=N_("Diagnosis"),
    ),
    Fact(
        name="disability",
        label=N_("Disability"),
        type=FactType.WORD,
        holder=Holder.MEMBER,
        codes=("disability",),
        paper=N_("Disability card"),
    ),
    Fact(
        name="school_stage",
        label=N_("Stage of schooling"),
        type=FactType.WORD,
        holder=Holder.MEMBER,
        codes=("school_stage",),
        paper=N_("Student card or letter of admission"),
    ),
    Fact(
        name="union_member",
        label=N_("Union member"),
        type=FactType.YES_NO,
        holder=Holder.MEMBER,
        paper=N_("Union membership card"),
    ),
    Fact(
        name="monthly_income",
        label=N_("Monthly income"),
        type=FactType.YUAN,
        holder=Holder.MEMBER,
        unit=N_("yuan a month"),
        paper=_INCOME,
    ),
    Fact(
        name="medical_self_paid_12_months",
        label=N_("Medical cost paid by oneself, 12 months"),
        type=FactType.YUAN,
        holder=Holder.MEMBER,
        unit=_YEAR,
        paper=N_("Settlement sheet of the medical insurance"),
    ),
    Fact(
        name="school_costs_this_year",
        label=N_("School costs this year"),
        type=FactType.YUAN,
        holder=Holder.MEMBER,
        unit=N_("yuan, in the calendar year"),
        paper=N_("Receipts of school fees"),
    ),
)
"""Every fact, in the order in which people are asked."""

CATEGORY: Final = Fact(
    name="category", label=N_("Category of hardship"), type=FactType.WORD, codes=("category",)
)
CATEGORY_ON_RETEST: Final = Fact(
    name="category_on_retest",
    label=N_("Category of hardship, relief received counted as income"),
    type=FactType.WORD,
    codes=("category",),
)
DERIVED: Final = (CATEGORY, CATEGORY_ON_RETEST)
"""What the packs of the areas may ask besides: the answer of the classification. Nobody gives
these; a household that is in no category has the empty word."""

HOUSEHOLD: Final = {fact.name: fact for fact in FACTS if fact.holder is Holder.HOUSEHOLD}
MEMBER: Final = {fact.name: fact for fact in FACTS if fact.holder is Holder.MEMBER}

WHEN: Final = ("as_of", "known_on")
"""Household facts that say for which day to assess, not what is so."""


def words_of(fact: Fact) -> tuple[str, ...]:
    """Return the words a fact takes, of every version of its code lists."""
    return tuple(
        word
        for name in fact.codes
        for word in (district_names() if name == DISTRICTS else known_words(name))
    )
