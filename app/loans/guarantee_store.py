"""What a guarantee fund holds and stands for, read from the store."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, Date, SQLColumnExpression, case, exists, func, select
from sqlalchemy.orm import Session

from app.core.money import Fen
from app.core.words.loans import ChangeState, GuaranteeMoveKind, LoanState, StepOutcome
from app.loans.guarantee_rules import BAD_AFTER, BadPart, Room
from db.models.guarantees import GuaranteeFund, GuaranteeMove, GuaranteeQuota
from db.models.loans import Loan, LoanInstalment, LoanStep

COMES_IN: Final = (
    GuaranteeMoveKind.CAPITAL_IN,
    GuaranteeMoveKind.RECOVERED,
    GuaranteeMoveKind.COMPENSATED_REVERSED,
)
"""Movements by which a fund holds more; by the others it holds less."""


class Stands(NamedTuple):
    """What loans take: those that were lent, and those that are guaranteed and not lent yet."""

    lent: Fen = Fen(0)
    reserved: Fen = Fen(0)


def signed(kind: GuaranteeMoveKind, amount: int) -> Fen:
    """Return what a movement does to what a fund holds."""
    return Fen(amount if kind in COMES_IN else -amount)


def capital(session: Session, fund_id: int, as_of: date | None = None) -> Fen:
    """Return what a fund holds, or held at the end of a day."""
    moved = func.sum(
        case((GuaranteeMove.kind.in_(COMES_IN), GuaranteeMove.amount), else_=-GuaranteeMove.amount)
    )
    found = select(moved).where(
        GuaranteeMove.guarantee_fund_id == fund_id,
        GuaranteeMove.state == ChangeState.CONFIRMED,
    )
    if as_of is not None:
        found = found.where(GuaranteeMove.day <= as_of)
    return Fen(session.scalar(found) or 0)


def room_of_fund(session: Session, fund: GuaranteeFund, without: int = 0) -> Room:
    """Return how much a fund may stand for, and what it stands for beside the loan ``without``."""
    lent, reserved = session.execute(
        select(*_sums(Loan.exposure)).where(Loan.guarantee_fund_id == fund.id, Loan.id != without)
    ).one()
    limit = Fen(max(0, capital(session, fund.id)) * fund.leverage)
    return Room(limit, Fen(lent or 0), Fen(reserved or 0))


def taken_by_district(
    session: Session, fund_id: int, year: int, without: int = 0
) -> dict[str | None, Stands]:
    """Return what the loans guaranteed in a year take of a fund, by district.

    A repayment frees its part; what the fund paid for a borrower stays taken until it is
    recovered.
    """
    found = session.execute(
        select(Loan.district, *_sums(Loan.exposure + Loan.owed_to_fund))
        .where(
            Loan.guarantee_fund_id == fund_id,
            Loan.id != without,
            _decided_on().between(date(year, 1, 1), date(year, 12, 31)),
        )
        .group_by(Loan.district)
    )
    return {district: Stands(Fen(lent), Fen(reserved)) for district, lent, reserved in found}


def _sums(what: SQLColumnExpression[Any]) -> tuple[ColumnElement[int], ColumnElement[int]]:
    """Sum something over the loans that were lent, and over those that are not lent yet."""
    lent = Loan.lent_on.is_not(None)
    return (
        func.sum(case((lent, what), else_=0)),
        func.sum(case((~lent, what), else_=0)),
    )


def _decided_on() -> ColumnElement[date]:
    """Say in SQL on which day a loan was guaranteed; one that was brought in, when it was made."""
    decided = (
        select(func.max(LoanStep.day))
        .where(
            LoanStep.loan_id == Loan.id,
            LoanStep.step == LoanState.GUARANTEED,
            LoanStep.outcome == StepOutcome.PASSED,
        )
        .correlate(Loan)
        .scalar_subquery()
    )
    return func.coalesce(decided, Loan.contract_on, Loan.lent_on, Loan.asked_on, type_=Date)


def is_divided(session: Session, fund_id: int) -> bool:
    """Tell whether a fund is divided among districts: a quota was entered for any year."""
    any_quota = select(GuaranteeQuota.id).where(GuaranteeQuota.guarantee_fund_id == fund_id)
    return session.scalar(any_quota.limit(1)) is not None


def quotas_of(session: Session, fund_id: int, year: int) -> Sequence[GuaranteeQuota]:
    """Return the quotas of a fund for a year."""
    return session.scalars(
        select(GuaranteeQuota)
        .where(GuaranteeQuota.guarantee_fund_id == fund_id, GuaranteeQuota.year == year)
        .order_by(GuaranteeQuota.id)
    ).all()


def bad_part(session: Session, fund_id: int, today: date) -> BadPart:
    """Return what of a fund is bad today."""
    long_ago = today - timedelta(days=BAD_AFTER)
    late = exists().where(
        LoanInstalment.loan_id == Loan.id,
        LoanInstalment.open,
        LoanInstalment.due_on < long_ago,
        LoanInstalment.pay_by < long_ago,
    )
    overdue, owed, exposure = session.execute(
        select(
            func.sum(case((late, Loan.exposure), else_=0)),
            func.sum(Loan.owed_to_fund),
            func.sum(Loan.exposure),
        ).where(Loan.guarantee_fund_id == fund_id)
    ).one()
    return BadPart(Fen(overdue or 0), Fen(owed or 0), Fen(exposure or 0))
