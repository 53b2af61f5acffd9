"""Turns what the center knows of a household into the facts of the policy vocabulary.

Unknown stays unknown: what was not asked, or asked and not known, is absent.
"""

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core.money import Fen
from app.core.record import values
from app.core.resident_id import normalise_id
from app.core.words import Answer
from app.core.words.disbursements import AwardState
from app.core.words.households import FileState
from app.households.records import HouseholdForm
from app.households.store import form_of
from app.policy.facts import Facts, FactValue
from db.models.disbursements import Award, AwardVersion
from db.models.households import Household, Member

ID_LENGTH = 18

PLAIN = (
    "members_living_together",
    "income_12_months",
    "rigid_expenditure_12_months",
    "necessary_employment_cost_12_months",
    "accident_loss_12_months",
    "main_cause",
    "dwellings",
)
"""Fields whose value is the fact."""

ANSWERS = (
    "receives_dibao",
    "unemployed_registered",
    "zero_employment",
    "has_motor_vehicle",
    "has_business_premises",
    "high_fee_school_or_study_abroad",
    "refuses_verification",
)
"""Yes/no questions."""


def facts_of_form(
    form: HouseholdForm,
    *,
    relief: Fen | None = None,
    filed: bool | None = None,
) -> Facts:
    """Return what a form says of the household.

    ``relief`` is what the household received this calendar year, ``filed`` whether it has an
    active file; both are unknown when nobody looked.
    """
    given: dict[str, object] = {}
    for section in (form.head, form.income, form.expenditure, form.employment, form.declaration):
        given |= values(section)
    household: dict[str, FactValue | None] = {name: _fact(given.get(name)) for name in PLAIN}
    household |= {name: _fact(given.get(name)) for name in ANSWERS}
    household["district"] = form.head.district
    household["person_type"] = form.head.person_type
    household["union_member"] = form.head.union_member.known
    household["relief_received_this_year"] = relief
    household["has_active_file"] = filed
    if form.declaration.declared:
        household["no_exclusion_declared"] = True
    return household


def _fact(value: object) -> FactValue | None:
    if isinstance(value, Answer):
        return value.known
    return value if isinstance(value, bool | int | str | date) else None


def facts_of(session: Session, household: Household, as_of: date) -> Facts:
    """Return what the store knows of a household on ``as_of``."""
    facts = facts_of_form(
        form_of(household),
        relief=relief_received(session, household.id, as_of.year),
        filed=household.file_state is FileState.ACTIVE,
    )
    return {**facts, "already_in_another_file": False}  # the store refuses a second open file


def relief_of_person(session: Session, id_number: str, year: int) -> Fen | None:
    """Return what the households of a person were paid in a calendar year.

    Nought for somebody the register does not know; `None`, not known, while the number is not
    typed in full.
    """
    number = normalise_id(id_number)
    if len(number) != ID_LENGTH:
        return None
    households = session.scalars(
        select(Member.household_id).where(Member.id_number == number).distinct()
    )
    return Fen(sum(relief_received(session, household, year) for household in households))


def relief_received(
    session: Session, household_id: int, year: int, measure: str | None = None
) -> Fen:
    """Return what a household was paid in a calendar year, over all measures or by one."""
    newest = (
        select(func.max(AwardVersion.id))
        .where(AwardVersion.award_id == Award.id)
        .correlate(Award)
        .scalar_subquery()
    )
    paid = (
        select(func.sum(AwardVersion.amount))
        .join(Award, AwardVersion.award_id == Award.id)
        .where(
            Award.household_id == household_id,
            Award.year == year,
            Award.state == AwardState.PAID,
            AwardVersion.id == newest,
        )
    )
    if measure:
        paid = paid.where(Award.measure == measure)
    return Fen(session.scalar(paid) or 0)
