"""What can be asked about those who stand beside a borrower."""

from collections.abc import Callable, Iterator

from sqlalchemy import select

from app.core.errors import RuleBroken
from app.core.i18n import _
from app.core.kinds import Phone, ResidentId
from app.core.masking import mask
from app.core.money import Fen, yuan_text
from app.core.resident_id import normalise_id
from app.core.words.loans import LoanParty
from app.loans.borrowers import loans_of
from app.loans.rules import LIVE
from app.loans.side_records import (
    CapacityRow,
    GuarantorAsked,
    GuarantorView,
    SideRow,
    SidesOf,
    SidesView,
    StandsFor,
)
from app.loans.side_rules import PERSONS, THINGS, capacity
from app.loans.sides import (
    check_form,
    check_guarantor,
    check_security,
    forms_of,
    guarantors_of,
    left_of,
    to_cover,
)
from app.work import Permission, Work, query
from db.models.loans import Loan, LoanSide


@query(needs=Permission.READ_LOANS)
def sides_view(work: Work, asked: SidesOf) -> SidesView:
    """Return who and what stands beside a borrower, and whether that is enough."""
    loan = work.load(Loan, asked.loan_id)
    sides = work.session.scalars(
        select(LoanSide)
        .where(LoanSide.loan_id == loan.id)
        .order_by(LoanSide.live.desc(), LoanSide.id)
    ).all()
    return SidesView(
        rows=tuple(_row(work, loan, side) for side in sides),
        needed=to_cover(work, loan),
        covered=Fen(sum(side.covers for side in guarantors_of(work, loan.id))),
        forms=tuple(form.label for form in forms_of(loan)),
        against=_why_not(lambda: check_security(work, loan)),
    )


def _row(work: Work, loan: Loan, side: LoanSide) -> SideRow:
    person = side.live and side.form in PERSONS
    seen = capacity_of(work, loan, side) if person else None
    guarantor = side.live and side.party is LoanParty.GUARANTOR
    return SideRow(
        id=side.id,
        version=side.version,
        party=side.party,
        form=side.form,
        name=side.name,
        id_number=mask(ResidentId(label=""), side.id_number),
        phone=mask(Phone(label=""), side.phone),
        unit=side.unit,
        covers=side.covers,
        thing=side.thing,
        value=side.value,
        live=side.live,
        household_id=side.household_id,
        capacity=seen,
        against=_why_not(lambda: _check(work, loan, side)) if guarantor else "",
        doubts=tuple(_doubts(work, side, seen)) if side.live else (),
    )


def _check(work: Work, loan: Loan, side: LoanSide) -> None:
    check_form(loan, side)
    if side.form in PERSONS:
        check_guarantor(work, loan, side.id_number, side.name)


def _why_not(check: Callable[[], None]) -> str:
    """Return what a check says against something, or nothing."""
    try:
        check()
    except RuleBroken as error:
        return error.tell()
    return ""


def capacity_of(work: Work, loan: Loan, side: LoanSide) -> CapacityRow:
    """Return what a guarantor can stand for in a loan."""
    loans = stands_for(work, side.id_number, without=loan.id)
    elsewhere = sum(each.left for each in loans)
    debts = side.own_debts
    own = sum(each.left for each in own_loans(work, side.id_number))
    if own:
        debts = Fen(max(own, debts or 0)) if debts is not None else None
    return CapacityRow(
        monthly_income=side.monthly_income,
        months=loan.months_asked,
        own_debts=debts,
        elsewhere=Fen(elsewhere),
        capacity=capacity(side.monthly_income, loan.months_asked, debts, elsewhere),
        loans=loans,
    )


def stands_for(work: Work, id_number: str, without: int = 0) -> tuple[StandsFor, ...]:
    """Return the live loans of others for which a person stands, the newest first."""
    found = work.session.execute(
        select(Loan, LoanSide.covers)
        .join(LoanSide, LoanSide.loan_id == Loan.id)
        .where(
            LoanSide.id_number == normalise_id(id_number),
            LoanSide.party == LoanParty.GUARANTOR,
            LoanSide.live,
            Loan.state.in_(LIVE),
            Loan.id != without,
        )
        .order_by(Loan.id.desc())
    )
    return tuple(_stands(loan, covers) for loan, covers in found)


def own_loans(work: Work, id_number: str) -> tuple[StandsFor, ...]:
    """Return the live loans of a person themselves, the newest first."""
    loans = (loan for loan in loans_of(work, id_number) if loan.state in LIVE)
    return tuple(_stands(loan, left_of(loan)) for loan in loans)


def _stands(loan: Loan, covers: Fen) -> StandsFor:
    return StandsFor(
        loan_id=loan.id,
        number=loan.number,
        borrower=loan.name,
        state=loan.state,
        covers=covers,
        left=min(covers, left_of(loan)),
    )


def _doubts(work: Work, side: LoanSide, seen: CapacityRow | None) -> Iterator[str]:
    """Yield what is worth a second look."""
    if seen is not None:
        if seen.monthly_income is None:
            yield _("The income is not known. Ask for the certificate of income.")
        if seen.own_debts is None:
            yield _("Own debts are not known.")
        if seen.capacity is not None and seen.capacity < side.covers:
            yield _(
                "Stands for {covers} yuan and can stand for {capacity} yuan: income over {months} "
                "months, less debts and other guarantees."
            ).format(
                covers=yuan_text(side.covers),
                capacity=yuan_text(seen.capacity),
                months=seen.months,
            )
        if seen.loans:
            yield _("Stands for {count} other loans, {fen} yuan in all.").format(
                count=len(seen.loans), fen=yuan_text(seen.elsewhere)
            )
    if side.id_number and side.party is not LoanParty.SPOUSE:
        for own in own_loans(work, side.id_number):
            yield _("Has a loan of their own: {number}, {state}.").format(
                number=own.number, state=own.state.label
            )
    if side.form in THINGS and side.value is None:
        yield _("The value is not known.")


@query(needs=Permission.READ_LOANS)
def guarantor_view(work: Work, asked: GuarantorAsked) -> GuarantorView:
    """Return what somebody stands for already, and whether they may stand for a loan."""
    loan = work.load(Loan, asked.loan_id)
    number = normalise_id(asked.id_number)
    loans = stands_for(work, number, without=loan.id)
    return GuarantorView(
        loans=loans,
        total=Fen(sum(each.left for each in loans)),
        own=own_loans(work, number),
        against=_why_not(lambda: check_guarantor(work, loan, number, _("This person"))),
    )
