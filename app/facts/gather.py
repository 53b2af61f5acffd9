"""Turns what the center knows of a household into the facts of the policy vocabulary.

Unknown stays unknown: what was not asked, or asked and not known, is absent.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.money import Fen
from app.core.plain import plain
from app.core.record import values
from app.core.resident_id import ResidentIdFacts, normalise_id, read_id
from app.core.words import Answer
from app.core.words.households import FileState
from app.facts.payments import payments_of
from app.households.records import HouseholdForm
from app.households.store import form_of, people_of
from app.policy.facts import RECEIVED, RELIEF, FactValue, Known, member_facts
from app.reference.codes import known_words
from app.reference.mappings import mapped
from db.models.households import Household, Member

ID_LENGTH = 18


@dataclass
class Relief:
    """What a household was paid in one calendar year."""

    by_measure: dict[str, Fen] = field(default_factory=dict[str, Fen])
    by_member: dict[int, dict[str, Fen]] = field(default_factory=dict[int, dict[str, Fen]])
    """By the place of the member, the head first; of measures that are given to members."""

    @property
    def total(self) -> Fen:
        """Return it over all measures."""
        return Fen(sum(self.by_measure.values()))

    def add(self, measure: str, amount: int, member: int | None = None) -> None:
        """Count a payment."""
        self.by_measure[measure] = Fen(self.by_measure.get(measure, 0) + amount)
        if member is not None:
            of_member = self.by_member.setdefault(member, {})
            of_member[measure] = Fen(of_member.get(measure, 0) + amount)


PLAIN = (
    "members_living_together",
    "income_12_months",
    "financial_assets",
    "rigid_expenditure_12_months",
    "necessary_employment_cost_12_months",
    "accident_loss_12_months",
    "main_cause",
    "dwellings",
)
"""Fields of the household whose value is the fact."""

ANSWERS = (
    "receives_dibao",
    "unemployed_registered",
    "zero_employment",
    "wage_arrears",
    "labour_dispute",
    "in_mutual_aid",
    "has_motor_vehicle",
    "has_business_premises",
    "high_fee_school_or_study_abroad",
    "refuses_verification",
)
"""Yes/no questions about the household."""

OF_MEMBER = (
    "work_status",
    "unemployed_since",
    "health",
    "disability",
    "monthly_income",
    "medical_self_paid_12_months",
    "school_stage",
    "admitted_this_year",
    "school_costs_this_year",
)
"""Fields of a member whose value is the fact."""


def known_of_form(
    form: HouseholdForm,
    *,
    today: date,
    relief: Relief | None = None,
    filed: bool | None = None,
) -> Known:
    """Return what a form says of the household and its members, the head first.

    ``relief`` is what was received this calendar year, ``filed`` whether there is an active
    file; both are unknown when nobody looked. ``today`` limits the births that are believed.
    """
    sections = (form.head, form.income, form.expenditure, form.employment, form.declaration)
    given: dict[str, object] = {}
    for section in sections:
        given |= values(section)
    household: dict[str, FactValue | None] = {
        name: _fact(given.get(name))
        for name in (*PLAIN, *ANSWERS, "district", "person_type", "union_member")
    }
    household["main_cause"] = _word_of_the_day("main_cause", household["main_cause"], today)
    household["has_active_file"] = filed
    if form.declaration.declared:
        household["no_exclusion_declared"] = True
    people = [given, *map(values, form.members)]
    members = [_member(each, today) for each in people]
    members[0] |= {
        "relation": known_words("relation")[0],
        "union_member": household["union_member"],
    }
    if relief is not None:
        household |= {RELIEF: relief.total, **_received(relief.by_measure)}
        for at, received in relief.by_member.items():
            members[at] |= _received(received)
    return Known(household, [member_facts(each) for each in members])


def _member(given: dict[str, object], today: date) -> dict[str, FactValue | None]:
    facts = {name: _fact(given.get(name)) for name in ("relation", *OF_MEMBER)}
    facts["health"] = _word_of_the_day("health", facts["health"], today)
    read = read_id(str(given.get("id_number", "")), today=today)
    if isinstance(read, ResidentIdFacts):
        facts |= {"birth": read.birth, "sex": read.sex.value}
    return facts


def _received(by_measure: dict[str, Fen]) -> dict[str, FactValue | None]:
    return {f"{RECEIVED}{measure}": amount for measure, amount in by_measure.items()}


def _word_of_the_day(name: str, word: FactValue | None, day: date) -> FactValue | None:
    """Return the word a policy of the day would use, where an older one is known to mean it."""
    return mapped(name, word, day) or word if isinstance(word, str) else word


def _fact(value: object) -> FactValue | None:
    if isinstance(value, Answer):
        return value.known
    return value if isinstance(value, bool | int | str | date) else None


def known_of(session: Session, household: Household, as_of: date) -> Known:
    """Return what the store knows of a household on ``as_of``."""
    known = known_of_form(
        form_of(household),
        relief=relief_of(session, household, as_of.year),
        filed=household.file_state is FileState.ACTIVE,
        today=as_of,
    )
    # The store refuses a second open file.
    return Known({**known.household, "already_in_another_file": False}, known.members)


def sealed_facts(known: Known) -> dict[str, Any]:
    """Return known facts as plain data: those of the household, and its members in a list."""
    return plain({**known.household, "members": list(known.members)})


def relief_of_person(session: Session, id_number: str, year: int) -> Relief | None:
    """Return what the households of a person were paid in a calendar year.

    Nought for somebody the register does not know; `None`, not known, while the number is not
    typed in full.
    """
    number = normalise_id(id_number)
    if len(number) != ID_LENGTH:
        return None
    relief = Relief()
    households = select(Member.household_id).where(Member.id_number == number).distinct()
    for household_id in session.scalars(households):
        for paid in payments_of(session, household_id, year):
            relief.add(paid.measure, paid.amount)
    return relief


def relief_of(session: Session, household: Household, year: int) -> Relief:
    """Return what a household was paid in a calendar year, by the days of payment."""
    places = {member.id: at for at, member in enumerate(people_of(household))}
    relief = Relief()
    for paid in payments_of(session, household.id, year):
        place = places.get(paid.member_id) if paid.member_id else None
        relief.add(paid.measure, paid.amount, place)
    return relief


def relief_received(session: Session, household_id: int, year: int) -> Fen:
    """Return what a household was paid in a calendar year, over all measures."""
    return Fen(sum(paid.amount for paid in payments_of(session, household_id, year)))
