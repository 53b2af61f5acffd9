"""Moves money between the accounts of a fund. Every movement goes through `move`.

A movement is one row that leaves one account and enters another, so that the ledger always
sums to zero; a trigger keeps the balances and refuses one below zero.
"""

from datetime import date, timedelta
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core.clock import midnight
from app.core.money import Fen, yuan_text
from app.core.words.funds import Account, MoveKind
from app.facts.payments import let_go
from app.funds.rules import NotEnough
from app.work import Work
from db.models.funds import Balance, Fund, Posting


def balances(session: Session, fund_id: int) -> dict[Account, Fen]:
    """Return what stands on each account of a fund."""
    rows = session.execute(select(Balance.account, Balance.fen).where(Balance.fund_id == fund_id))
    return dict(rows.all())


def balances_on(session: Session, fund_id: int, day: date) -> dict[Account, Fen]:
    """Return what stood on each account of a fund at the end of a local day."""
    until = midnight(day + timedelta(days=1))
    stood = dict.fromkeys(Account, Fen(0))
    moved = (
        select(Posting.from_account, Posting.to_account, func.sum(Posting.amount))
        .where(Posting.fund_id == fund_id, Posting.posted_at < until)
        .group_by(Posting.from_account, Posting.to_account)
    )
    for from_account, to_account, fen in session.execute(moved):
        stood[from_account] = Fen(stood[from_account] - fen)
        stood[to_account] = Fen(stood[to_account] + fen)
    return stood


AREAS: Final = "money by area"
"""Names what is kept of a fund while many awards are looked at (`once`): a movement ends it."""

KINDS = {
    (Account.GRANTED, Account.AVAILABLE): MoveKind.BUDGET,
    (Account.AVAILABLE, Account.GRANTED): MoveKind.CARRIED_OUT,
    (Account.AVAILABLE, Account.RESERVED): MoveKind.RESERVED,
    (Account.RESERVED, Account.AVAILABLE): MoveKind.RELEASED,
    (Account.RESERVED, Account.PAID): MoveKind.PAID,
    (Account.PAID, Account.AVAILABLE): MoveKind.REFUNDED,
}
"""What a movement from one account to another means; a grant may be a carry-over too."""


def kind_of(posting: Posting) -> MoveKind:
    """Return what a movement means."""
    kind = KINDS[posting.from_account, posting.to_account]
    carried = posting.carry_over_id is not None
    return MoveKind.CARRIED_IN if kind is MoveKind.BUDGET and carried else kind


def move(
    work: Work,
    fund_id: int,
    amount: Fen,
    *,
    from_account: Account,
    to_account: Account,
    memo: str,
    budget_id: int | None = None,
    award_version_id: int | None = None,
    carry_over_id: int | None = None,
    refund_id: int | None = None,
) -> Posting:
    """Post one movement; raise `NotEnough` when the account holds less than ``amount``."""
    let_go(work.session, (AREAS, fund_id))
    held = balances(work.session, fund_id)[from_account]
    if from_account is not Account.GRANTED and held < amount:
        fund = work.load(Fund, fund_id)
        raise NotEnough(fund=fund.name, left=yuan_text(held), needed=yuan_text(amount))
    return work.add(
        Posting(
            fund_id=fund_id,
            from_account=from_account,
            to_account=to_account,
            amount=amount,
            budget_id=budget_id,
            award_version_id=award_version_id,
            carry_over_id=carry_over_id,
            refund_id=refund_id,
            memo=memo,
            posted_by=work.actor.id,
            posted_at=work.now,
        )
    )
