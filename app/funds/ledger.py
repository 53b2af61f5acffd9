"""Moves money between the accounts of a fund. Every movement goes through `move`.

A movement is one row that leaves one account and enters another, so that the ledger always
sums to zero; a trigger keeps the balances and refuses one below zero.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.money import Fen, yuan_text
from app.core.words.funds import Account
from app.funds.rules import NotEnough
from app.work import Work
from db.models.funds import Balance, Fund, Posting


def balances(session: Session, fund_id: int) -> dict[Account, Fen]:
    """Return what stands on each account of a fund."""
    rows = session.execute(select(Balance.account, Balance.fen).where(Balance.fund_id == fund_id))
    return dict(rows.all())


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
