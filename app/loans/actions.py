"""The verbs of the enquiry: enter it, change it, see what is private in it."""

from typing import Any, Final

from app.core.contact import normalise_phone
from app.core.money import ZERO
from app.core.record import specs
from app.core.resident_id import normalise_id
from app.core.text import normalise
from app.core.words.loans import LoanState
from app.drafts.actions import close_draft
from app.households.bearers import person_meant
from app.loans.borrowers import check_further, loans_of, paid_off
from app.loans.deadlines import due_for
from app.loans.numbers import loan_number
from app.loans.records import LoanById, LoanChangeForm, LoanForm, LoanRevealed
from app.loans.rules import CHANGEABLE, AnotherPerson, StaysAsDecided
from app.work import Permission, Topic, Work, action
from db.models.loans import Loan

CONTACT: Final = {"phone", "address", "note", "household_id", "member_id"}
"""What may change as long as there is a loan: how to reach the borrower, and their file."""

RESTED_ON: Final = {
    *("borrower_kind", "borrower_group", "name", "id_number", "heads", "staff"),
    *("asked", "months_asked", "asked_on"),
}
"""What the eligibility rests on: it changes before that is checked, or not at all."""

KEPT: Final = tuple(field.name for field in specs(LoanForm) if field.name != "draft_id")
"""The columns of a loan that its enquiry fills."""


@action(needs=Permission.KEEP_LOANS, changes={Topic.LOANS, Topic.DRAFTS})
def enquire(work: Work, form: LoanForm) -> int:
    """Enter an enquiry for a loan; the borrower is linked to their file when there is one.

    Raises `LoanHolds` while a loan of this person runs, `NotAgain` where the rules allow no
    further one, `OneOfTheOthers`.
    """
    told = kept(work, form)
    _check_person(work, told["id_number"], form)
    previous = paid_off(loans_of(work, told["id_number"]))
    loan = work.add(
        Loan(
            **told,
            number=loan_number(work.today.year, work.next_number("loan")),
            state=LoanState.ENQUIRED,
            previous_id=previous.id if previous else None,
            entered_by=work.actor.id,
            entered_at=work.now,
            rules="",
            product="",
            exposure=ZERO,
            bank="",
            contract_number="",
            outstanding=ZERO,
            owed_to_fund=ZERO,
            step_due_on=due_for(form.asked_on, LoanState.CHECKED, form.asked_on),
        )
    )
    work.subject = f"loan/{loan.id}"
    if form.draft_id:
        close_draft(work, form.draft_id)
    return loan.id


def _check_person(work: Work, id_number: str, form: LoanForm, without: int = 0) -> None:
    check_further(work, id_number, form.name, form.asked_on, form.borrower_kind, without)


@action(needs=Permission.KEEP_LOANS, changes={Topic.LOANS, Topic.DRAFTS})
def change_enquiry(work: Work, form: LoanChangeForm) -> None:
    """Change what an enquiry says, as far as nobody has decided on it.

    Raises `Conflict`, `StaysAsDecided` for what a step rests on already, `AnotherPerson`.
    """
    loan = work.load(Loan, form.id, form.version)
    work.subject = f"loan/{loan.id}"
    told = kept(work, form.loan)
    changed = {name for name, value in told.items() if getattr(loan, name) != value}
    if changed & _fixed(loan):
        raise StaysAsDecided(state=loan.state.label)
    if "id_number" in changed:
        _check_person(work, told["id_number"], form.loan, without=loan.id)
        if loan.previous_id or paid_off(loans_of(work, told["id_number"], loan.id)):
            raise AnotherPerson()
    for name in changed:
        setattr(loan, name, told[name])
    if form.loan.draft_id:
        close_draft(work, form.loan.draft_id)


def _fixed(loan: Loan) -> set[str]:
    """Return the fields that stay as they are in the state of a loan."""
    if loan.state is LoanState.ENQUIRED:
        return set()
    return RESTED_ON if loan.state in CHANGEABLE else {*KEPT} - CONTACT


def kept(work: Work, form: LoanForm) -> dict[str, Any]:
    """Return what a form says as a loan keeps it, linked to the file of the borrower."""
    told: dict[str, Any] = {name: getattr(form, name) for name in KEPT}
    told |= {name: normalise(value) for name, value in told.items() if type(value) is str}
    told["id_number"] = normalise_id(form.id_number)
    told["phone"] = normalise_phone(form.phone)
    told["household_id"], told["member_id"] = person_meant(
        work, form.id_number, form.household_id, form.member_id
    )
    return told


def form_of(loan: Loan) -> LoanForm:
    """Return the enquiry of a loan as it was told."""
    return LoanForm(**{name: getattr(loan, name) for name in KEPT})


@action(needs=Permission.KEEP_LOANS, changes={Topic.AUDIT})
def open_loan_form(work: Work, asked: LoanById) -> LoanChangeForm:
    """Open an enquiry for changing, private values in the clear; the opening is kept."""
    loan = work.load(Loan, asked.id)
    work.subject = f"loan/{loan.id}"
    return LoanChangeForm(id=loan.id, version=loan.version, loan=form_of(loan))


@action(needs=Permission.REVEAL_PRIVATE, changes={Topic.AUDIT})
def reveal_loan(work: Work, asked: LoanById) -> LoanRevealed:
    """Show the private values of a loan in the clear; that it was asked is kept."""
    loan = work.load(Loan, asked.id)
    work.subject = f"loan/{loan.id}"
    return LoanRevealed(loan=form_of(loan))
