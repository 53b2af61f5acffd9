"""What can be asked about funds."""

from sqlalchemy import select

from app.core.money import Fen
from app.core.record import Nothing
from app.core.words.funds import Account, BudgetState
from app.funds.ledger import balances
from app.funds.records import BudgetRow, FundRow, LedgerQuery, LedgerRow
from app.work import Permission, Work, query
from db.models.funds import Budget, Fund, Posting
from db.models.staff import Staff


@query(needs=Permission.READ_FUNDS)
def fund_rows(work: Work, _: Nothing) -> list[FundRow]:
    """List the open funds, this year's first, with what stands on their accounts."""
    funds = work.session.scalars(
        select(Fund).where(Fund.open).order_by(Fund.year.desc(), Fund.id)
    ).all()
    return [fund_row(work, fund) for fund in funds]


def fund_row(work: Work, fund: Fund) -> FundRow:
    """Return a fund with what stands on its accounts."""
    stands = balances(work.session, fund.id)
    return FundRow(
        id=fund.id,
        name=fund.name,
        source=fund.source,
        year=fund.year,
        measures=tuple(fund.measures),
        file_required=fund.file_required,
        granted=Fen(-stands[Account.GRANTED]),
        reserved=stands[Account.RESERVED],
        paid=stands[Account.PAID],
        available=stands[Account.AVAILABLE],
    )


@query(needs=Permission.READ_FUNDS)
def budget_rows(work: Work, _: Nothing) -> list[BudgetRow]:
    """List the budgets, those to be confirmed first."""
    found = work.session.execute(
        select(Budget, Fund.name, Staff.name)
        .join(Fund, Budget.fund_id == Fund.id)
        .join(Staff, Budget.entered_by == Staff.id)
        .where(Budget.state != BudgetState.WITHDRAWN)
        .order_by(Budget.state.desc(), Budget.id.desc())
    )
    return [
        BudgetRow(
            id=budget.id,
            version=budget.version,
            fund=fund,
            amount=budget.amount,
            document=budget.document,
            granted_on=budget.granted_on,
            state=budget.state,
            entered_by=name,
            mine=budget.entered_by == work.actor.id,
        )
        for budget, fund, name in found
    ]


@query(needs=Permission.READ_FUNDS)
def ledger_rows(work: Work, asked: LedgerQuery) -> list[LedgerRow]:
    """List the movements of one fund, the newest first."""
    found = work.session.execute(
        select(Posting, Staff.name)
        .join(Staff, Posting.posted_by == Staff.id)
        .where(Posting.fund_id == asked.fund_id)
        .order_by(Posting.id.desc())
        .limit(asked.limit)
    )
    return [
        LedgerRow(
            id=posting.id,
            at=posting.posted_at,
            from_account=posting.from_account,
            to_account=posting.to_account,
            amount=posting.amount,
            memo=posting.memo,
            by=name,
        )
        for posting, name in found
    ]
