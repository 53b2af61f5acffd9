"""Who borrows: the loans they had, those they stand for, whether they may have another."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from app.core.i18n import _
from app.core.resident_id import normalise_id
from app.core.words.loans import BorrowerKind, LoanState
from app.loans.rules import LENT, LIVE, LoanHolds, NotAgain
from app.reference.loan_rules import Again, rules_on
from app.work import Work
from db.models.loans import Loan, LoanSide


def loans_of(work: Work, id_number: str, without: int = 0) -> Sequence[Loan]:
    """Return the loans of a person, the newest first."""
    return work.session.scalars(
        select(Loan)
        .where(Loan.id_number == normalise_id(id_number), Loan.id != without)
        .order_by(Loan.id.desc())
    ).all()


def stood_for(work: Work, id_number: str) -> Sequence[Loan]:
    """Return the live loans of others for which a person stands, the newest first."""
    number = normalise_id(id_number)
    return work.session.scalars(
        select(Loan)
        .where(
            Loan.id.in_(
                select(LoanSide.loan_id).where(LoanSide.id_number == number, LoanSide.live)
            ),
            Loan.state.in_(LIVE),
        )
        .order_by(Loan.id.desc())
    ).all()


def check_further(
    work: Work, id_number: str, name: str, day: date, kind: BorrowerKind, without: int = 0
) -> None:
    """Raise unless a person may ask for a loan now. Raises `LoanHolds`, `NotAgain`."""
    loans = loans_of(work, id_number, without)
    running = next((each for each in loans if each.state in LIVE), None)
    if running is not None:
        raise LoanHolds(name=name, number=running.number, state=running.state.label)
    had = len(lent_before(loans))
    again = again_on(day, kind)
    if not had or again is None:
        return
    if not again.allowed or (again.loans is not None and had >= again.loans):
        why = again.note or _("The rules allow no further loan.")
        raise NotAgain(name=name, count=had, why=why)


def again_on(day: date, kind: BorrowerKind) -> Again | None:
    """Return what the rules of a day say of a further loan; `None` when they say nothing."""
    rules = rules_on(day)
    product = rules.product(kind) if rules else None
    return product.again if product else None


def lent_before(loans: Sequence[Loan]) -> list[Loan]:
    """Return those of the loans of a person that a bank lent; an undone import lent nothing."""
    return [each for each in loans if each.state in LENT]


def paid_off(loans: Sequence[Loan]) -> Loan | None:
    """Return the last loan that was paid off: a new one follows it (还清再贷)."""
    return next((each for each in loans if each.state is LoanState.SETTLED), None)
