"""The verbs of those who stand beside a borrower, and whether a loan is secured by them."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from app.core.contact import normalise_phone
from app.core.money import Fen, yuan_text
from app.core.resident_id import normalise_id
from app.core.text import normalise
from app.core.words.loans import LoanParty, LoanState, SecurityForm
from app.core.words.staff import Role
from app.households.bearers import people_called
from app.loans.borrowers import loans_of
from app.loans.rules import SecurityMissing
from app.loans.side_records import SideChange, SideFields, SideForm, SideStep
from app.loans.side_rules import (
    ENDED,
    MUTUAL_LEAST,
    PERSONS,
    SIGNED,
    THINGS,
    CoversMore,
    FormMissing,
    FormNotAllowed,
    GuarantorDecides,
    GuarantorIsBorrower,
    GuarantorOfHousehold,
    GuarantorOverdue,
    IdMissing,
    MutualTooFew,
    NotWhenEnded,
    ReleasedAlready,
    SideThere,
    SignedStays,
    ThingMissing,
)
from app.reference.loan_rules import Product, rules_called, rules_on
from app.staff.rights import permissions_of
from app.work import Permission, Topic, Work, action
from db.models.loans import Loan, LoanInstalment, LoanSide
from db.models.staff import Staff

CONTACT = ("phone", "unit")
"""What may be mended at any time."""

DECIDES = {Permission.DECIDE_GUARANTEES, Permission.CONFIRM_LOANS}


@action(needs=Permission.KEEP_LOANS, changes={Topic.LOANS})
def add_side(work: Work, form: SideForm) -> int:
    """Put a partner, a spouse, a guarantor or a thing beside a borrower.

    Raises `NotWhenEnded`, `SideThere`, and for a guarantor what `check_guarantor` raises.
    """
    loan = work.load(Loan, form.loan_id)
    work.subject = f"loan/{loan.id}"
    if loan.state in ENDED:
        raise NotWhenEnded(state=loan.state.label)
    side = LoanSide(loan_id=loan.id, party=form.party, live=True, **_columns(work, form))
    _check(work, loan, side, form)
    return work.add(side).id


@action(needs=Permission.KEEP_LOANS, changes={Topic.LOANS})
def change_side(work: Work, form: SideChange) -> None:
    """Mend what is written of somebody beside a borrower: once signed, only how to reach them.

    Raises `SignedStays`, `ReleasedAlready`, and as `add_side` does.
    """
    side = work.load(LoanSide, form.id, form.version)
    loan = work.load(Loan, side.loan_id)
    work.subject = f"loan/{loan.id}"
    if not side.live:
        raise ReleasedAlready(name=side.name)
    told = _columns(work, form)
    changed = {name for name, value in told.items() if getattr(side, name) != value}
    if loan.state in (*SIGNED, *ENDED) and changed - {*CONTACT, "household_id"}:
        raise SignedStays(name=side.name)
    for name in changed:
        setattr(side, name, told[name])
    if changed - {*CONTACT}:
        with work.session.no_autoflush:
            _check(work, loan, side, form)


@action(needs=Permission.KEEP_LOANS, changes={Topic.LOANS})
def release_side(work: Work, step: SideStep) -> None:
    """Release a guarantor or a thing: once signed, only when the others cover what is left.

    Raises `ReleasedAlready`, `SecurityMissing`.
    """
    side = work.load(LoanSide, step.id, step.version)
    loan = work.load(Loan, side.loan_id)
    work.subject = f"loan/{loan.id}"
    work.notes["reason"] = step.reason.strip()
    if not side.live:
        raise ReleasedAlready(name=side.name)
    side.live = False
    work.session.flush()
    if loan.state in SIGNED and side.party is LoanParty.GUARANTOR:
        _check_covered(work, loan)


def _columns(work: Work, form: SideFields) -> dict[str, Any]:
    """Return what a form says as a side keeps it, linked to the file of the person."""
    number = normalise_id(form.id_number)
    known = people_called(work, number) if number else ()
    return {
        "form": form.form,
        "name": normalise(form.name),
        "id_number": number,
        "phone": normalise_phone(form.phone),
        "unit": normalise(form.unit),
        "monthly_income": form.monthly_income,
        "own_debts": form.own_debts,
        "covers": form.covers,
        "thing": normalise(form.thing),
        "value": form.value,
        "household_id": known[0].household_id if known else None,
    }


def _check(work: Work, loan: Loan, side: LoanSide, form: SideFields) -> None:
    """Raise unless somebody or something can stand beside a borrower."""
    guarantor = side.party is LoanParty.GUARANTOR
    if guarantor != (side.form is not None):
        raise FormMissing(name=side.name)
    if not side.id_number and (not guarantor or side.form in PERSONS):
        raise IdMissing(name=side.name)
    if side.form in THINGS:
        if not side.thing:
            raise ThingMissing()
        if side.value is not None and side.covers > side.value:
            raise CoversMore(
                thing=side.thing, value=yuan_text(side.value), covers=yuan_text(side.covers)
            )
    twins = [
        other
        for other in sides_of(work, loan.id)
        if other is not side and (other.id_number, other.party) == (side.id_number, side.party)
    ]
    if twins and side.id_number and side.form not in THINGS:
        raise SideThere(name=side.name)
    if side.party is not LoanParty.GUARANTOR:
        if side.id_number == loan.id_number:
            raise GuarantorIsBorrower(name=side.name)
        return
    check_form(loan, side)
    if side.form in PERSONS:
        if not form.only_the_name and side.name in deciders(work):
            raise GuarantorDecides(name=side.name)
        check_guarantor(work, loan, side.id_number, side.name)


def check_guarantor(work: Work, loan: Loan, id_number: str, name: str) -> None:
    """Raise unless a person may stand for a loan.

    Raises `GuarantorIsBorrower`, `GuarantorOfHousehold`, `GuarantorOverdue`.
    """
    beside = sides_of(work, loan.id)
    borrowing = {loan.id_number} | {
        side.id_number for side in beside if side.party is LoanParty.PARTNER
    }
    if id_number in borrowing:
        raise GuarantorIsBorrower(name=name)
    spouses = {side.id_number for side in beside if side.party is LoanParty.SPOUSE}
    homes = {member.household_id for member in people_called(work, loan.id_number)}
    theirs = {member.household_id for member in people_called(work, id_number)}
    if id_number in spouses or theirs & {*homes, loan.household_id}:
        raise GuarantorOfHousehold(name=name)
    for own in loans_of(work, id_number):
        if is_bad(work, own):
            raise GuarantorOverdue(name=name, number=own.number)


def is_bad(work: Work, loan: Loan) -> bool:
    """Tell whether a loan is overdue today, or the guarantee fund paid for it."""
    if loan.state in (LoanState.COMPENSATED, LoanState.WRITTEN_OFF):
        return True
    late = select(LoanInstalment.id).where(
        LoanInstalment.loan_id == loan.id,
        LoanInstalment.open,
        LoanInstalment.pay_by < work.today,
    )
    return loan.state is LoanState.REPAYING and work.session.scalar(late.limit(1)) is not None


def deciders(work: Work) -> set[str]:
    """Return the names of those who decide on guarantees or confirm the money of loans."""
    return {
        staff.name
        for staff in work.session.scalars(select(Staff).where(Staff.active))
        if permissions_of(map(Role, staff.roles)) & DECIDES
    }


def sides_of(work: Work, loan_id: int) -> Sequence[LoanSide]:
    """Return who and what stands beside a borrower, in the order they were entered."""
    with work.session.no_autoflush:
        return work.session.scalars(
            select(LoanSide).where(LoanSide.loan_id == loan_id, LoanSide.live).order_by(LoanSide.id)
        ).all()


def guarantors_of(work: Work, loan_id: int) -> list[LoanSide]:
    """Return the counter-guarantees of a loan that stand."""
    return [side for side in sides_of(work, loan_id) if side.party is LoanParty.GUARANTOR]


# Whether it is enough


def product_of(loan: Loan) -> Product | None:
    """Return the rules a loan was examined by, before that those of the day it was asked for."""
    rules = rules_called(loan.rules) if loan.rules else rules_on(loan.asked_on)
    return rules.product(loan.borrower_kind) if rules else None


def forms_of(loan: Loan) -> tuple[SecurityForm, ...]:
    """Return the forms of counter-guarantee that the rules accept; none when no source says."""
    product = product_of(loan)
    return tuple(each.form for each in product.security) if product else ()


def check_form(loan: Loan, side: LoanSide) -> None:
    """Raise `FormNotAllowed` when the rules of a loan do not accept a counter-guarantee."""
    allowed = forms_of(loan)
    if side.form is None or not allowed or side.form in allowed:
        return
    if side.form is SecurityForm.NONE and is_exempt(loan):
        return
    raise FormNotAllowed(form=side.form.label, forms="、".join(form.label for form in allowed))


def is_exempt(loan: Loan) -> bool:
    """Tell whether the rules ask for no counter-guarantee of so small a loan."""
    product = product_of(loan)
    limit = product.exemption if product else None
    return limit is not None and (loan.guaranteed or loan.asked) <= limit.fen


def left_of(loan: Loan) -> Fen:
    """Return what is left of a loan: what was asked or guaranteed, then what is owed."""
    if loan.state in ENDED and loan.state is not LoanState.WRITTEN_OFF:
        return Fen(0)
    if loan.lent_on is None:
        return loan.guaranteed or loan.asked
    return loan.owed_to_fund or loan.outstanding


def to_cover(work: Work, loan: Loan) -> Fen:
    """Return what the counter-guarantees of a loan must cover."""
    waived = any(side.form is SecurityForm.NONE for side in guarantors_of(work, loan.id))
    return Fen(0) if waived or is_exempt(loan) else left_of(loan)


def check_security(work: Work, loan: Loan) -> None:
    """Raise unless what stands beside a borrower is enough to sign the counter-guarantee.

    Raises `FormNotAllowed`, `MutualTooFew`, `SecurityMissing`, and what `check_guarantor` raises:
    much can have happened since they were entered.
    """
    sides = guarantors_of(work, loan.id)
    for side in sides:
        check_form(loan, side)
        if side.form in PERSONS:
            check_guarantor(work, loan, side.id_number, side.name)
    mutual = [side for side in sides if side.form is SecurityForm.MUTUAL]
    least = least_mutual(loan)
    if mutual and len(mutual) + 1 < least:
        raise MutualTooFew(least=least, count=len(mutual) + 1)
    _check_covered(work, loan)


def least_mutual(loan: Loan) -> int:
    """Return how many borrowers must stand for each other."""
    product = product_of(loan)
    rules = product.security if product else ()
    persons = (each.persons for each in rules if each.form is SecurityForm.MUTUAL)
    return next((each for each in persons if each), MUTUAL_LEAST)


def _check_covered(work: Work, loan: Loan) -> None:
    needed = to_cover(work, loan)
    covered = sum(side.covers for side in guarantors_of(work, loan.id))
    if covered < needed:
        raise SecurityMissing(covered=yuan_text(covered), amount=yuan_text(needed))
