"""What can be asked about funds."""

from datetime import date, timedelta

from sqlalchemy import ColumnElement, case, func, or_, select

from app.core.clock import midnight
from app.core.money import Fen
from app.core.record import Nothing
from app.core.words.funds import Account, BudgetState, MoveKind
from app.funds.budgets import area_rows
from app.funds.earmarks import terms_of
from app.funds.ledger import KINDS, balances, balances_on, kind_of
from app.funds.records import (
    BudgetRow,
    CarryOverRow,
    FundById,
    FundRow,
    FundView,
    LedgerQuery,
    LedgerRow,
    YearEndQuery,
    YearEndRow,
)
from app.funds.rules import paying_days
from app.reference.earmarks import earmarks_on
from app.work import Permission, Work, query
from db.models.disbursements import Award, AwardVersion, BatchLine
from db.models.funds import Budget, CarryOver, Fund, Posting
from db.models.staff import Staff


@query(needs=Permission.READ_FUNDS)
def fund_rows(work: Work, _: Nothing) -> list[FundRow]:
    """List the open funds, this year's first, with what stands on their accounts."""
    funds = work.session.scalars(
        select(Fund).where(Fund.open).order_by(Fund.year.desc(), Fund.id)
    ).all()
    return [fund_row(work, fund) for fund in funds]


@query(needs=Permission.READ_FUNDS)
def every_fund(work: Work, _: Nothing) -> list[FundRow]:
    """List all funds, the closed ones too, this year's first."""
    funds = work.session.scalars(
        select(Fund).order_by(Fund.year.desc(), Fund.open.desc(), Fund.id)
    ).all()
    return [fund_row(work, fund) for fund in funds]


def fund_row(work: Work, fund: Fund) -> FundRow:
    """Return a fund with what stands on its accounts."""
    stands = balances(work.session, fund.id)
    return FundRow(
        id=fund.id,
        version=fund.version,
        name=fund.name,
        source=fund.source,
        year=fund.year,
        measures=tuple(fund.measures),
        file_required=fund.file_required,
        donor=fund.donor,
        condition=fund.condition,
        districts=tuple(fund.districts),
        categories=tuple(fund.categories),
        pays_until=fund.pays_until,
        open=fund.open,
        granted=Fen(-stands[Account.GRANTED]),
        reserved=stands[Account.RESERVED],
        paid=stands[Account.PAID],
        available=stands[Account.AVAILABLE],
    )


@query(needs=Permission.READ_FUNDS)
def fund_view(work: Work, asked: FundById) -> FundView:
    """Return one fund with its earmarks in words and its money by area."""
    row = fund_row(work, work.load(Fund, asked.id))
    document = earmarks_on(work.today)
    reserved = select(Posting.id).where(
        Posting.fund_id == row.id, Posting.to_account == Account.RESERVED
    )
    return FundView(
        row=row,
        terms=terms_of(row, document, work.today),
        provisional=document.status != "confirmed",
        source_note="；".join(
            [*(document.sources[name] for name in document.rule(row.source).source), document.note]
        ),
        areas=area_rows(work, row.id),
        touched=work.session.scalar(reserved.limit(1)) is not None,
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
            area=budget.area,
            state=budget.state,
            entered_by=name,
            mine=budget.entered_by == work.actor.id,
        )
        for budget, fund, name in found
    ]


@query(needs=Permission.READ_FUNDS)
def carry_over_rows(work: Work, _: Nothing) -> list[CarryOverRow]:
    """List the carry-overs, those to be confirmed first."""
    found = work.session.execute(
        select(CarryOver, Staff.name)
        .join(Staff, CarryOver.entered_by == Staff.id)
        .where(CarryOver.state != BudgetState.WITHDRAWN)
        .order_by(CarryOver.state.desc(), CarryOver.id.desc())
    )
    return [
        CarryOverRow(
            id=carry.id,
            version=carry.version,
            from_fund_id=carry.from_fund_id,
            from_fund=work.load(Fund, carry.from_fund_id).name,
            to_fund_id=carry.to_fund_id,
            to_fund=work.load(Fund, carry.to_fund_id).name,
            amount=carry.amount,
            area=carry.area,
            document=carry.document,
            state=carry.state,
            entered_by=name,
            entered_at=carry.entered_at,
            mine=carry.entered_by == work.actor.id,
        )
        for carry, name in found
    ]


@query(needs=Permission.READ_FUNDS)
def year_end_rows(work: Work, asked: YearEndQuery) -> list[YearEndRow]:
    """List the funds that still held money at the end of a year, and what was carried over since.

    Of the year that runs, as it stands today.
    """
    year = work.today.year if asked.year is None else asked.year
    day = min(date(year, 12, 31), work.today)
    rows: list[YearEndRow] = []
    funds = select(Fund).where(Fund.year <= year).order_by(Fund.year, Fund.id)
    for fund in work.session.scalars(funds):
        stood = balances_on(work.session, fund.id, day)
        if not stood[Account.AVAILABLE] and not stood[Account.RESERVED]:
            continue
        rows.append(
            YearEndRow(
                id=fund.id,
                name=fund.name,
                source=fund.source,
                year=fund.year,
                last_day=paying_days(fund.year, fund.pays_until)[1],
                available=stood[Account.AVAILABLE],
                reserved=stood[Account.RESERVED],
                carried=_carried(work, fund.id, day),
                waiting=_waiting(work, fund.id),
            )
        )
    return rows


def _carried(work: Work, fund_id: int, since: date) -> Fen:
    posted = select(func.sum(Posting.amount)).where(
        Posting.fund_id == fund_id,
        Posting.to_account == Account.GRANTED,
        Posting.posted_at >= midnight(since + timedelta(days=1)),
    )
    return Fen(work.session.scalar(posted) or 0)


def _waiting(work: Work, fund_id: int) -> Fen:
    entered = select(func.sum(CarryOver.amount)).where(
        CarryOver.from_fund_id == fund_id, CarryOver.state == BudgetState.ENTERED
    )
    return Fen(work.session.scalar(entered) or 0)


@query(needs=Permission.READ_FUNDS)
def ledger_rows(work: Work, asked: LedgerQuery) -> list[LedgerRow]:
    """List movements of one fund, the newest first, each with what stood after it."""
    return list(reversed(movements(work, asked, newest=asked.limit)))


def movements(work: Work, asked: LedgerQuery, *, newest: int | None = None) -> list[LedgerRow]:
    """Return movements of a fund in their order, or the ``newest`` so many of them."""
    after = [_after(account).label(account) for account in STANDS]
    stood = select(Posting.id, *after).where(Posting.fund_id == asked.fund_id).subquery()
    available, reserved, paid = (stood.c[account] for account in STANDS)
    batch = (
        select(func.max(BatchLine.batch_id))
        .where(BatchLine.award_version_id == Posting.award_version_id)
        .correlate(Posting)
        .scalar_subquery()
    )
    found = (
        select(
            Posting,
            Staff.name,
            AwardVersion.award_id,
            Award.household_id,
            batch,
            available,
            reserved,
            paid,
        )
        .join(stood, stood.c.id == Posting.id)
        .join(Staff, Posting.posted_by == Staff.id)
        .outerjoin(AwardVersion, Posting.award_version_id == AwardVersion.id)
        .outerjoin(Award, AwardVersion.award_id == Award.id)
        .order_by(Posting.id.desc())
        .limit(newest)
    )
    if asked.since is not None:
        found = found.where(Posting.posted_at >= midnight(asked.since))
    if asked.until is not None:
        found = found.where(Posting.posted_at < midnight(asked.until + timedelta(days=1)))
    if asked.kinds:
        found = found.where(or_(*map(_of_kind, asked.kinds)))
    if asked.before is not None:
        found = found.where(Posting.id < asked.before)
    rows = [
        LedgerRow(
            id=posting.id,
            at=posting.posted_at,
            kind=kind_of(posting),
            from_account=posting.from_account,
            to_account=posting.to_account,
            amount=posting.amount,
            available=available_fen,
            reserved=reserved_fen,
            paid=paid_fen,
            memo=posting.memo,
            by=name,
            budget_id=posting.budget_id,
            award_id=award_id,
            household_id=household_id,
            batch_id=None if kind_of(posting) is MoveKind.RESERVED else batch_id,
            refund_id=posting.refund_id,
            carry_over_id=posting.carry_over_id,
        )
        for (
            posting,
            name,
            award_id,
            household_id,
            batch_id,
            available_fen,
            reserved_fen,
            paid_fen,
        ) in work.session.execute(found)
    ]
    return rows[::-1]


STANDS = (Account.AVAILABLE, Account.RESERVED, Account.PAID)


def _after(account: Account) -> ColumnElement[int]:
    """Say in SQL what stands on an account after each movement of a fund."""
    signed = case(
        (Posting.to_account == account, Posting.amount),
        (Posting.from_account == account, -Posting.amount),
        else_=0,
    )
    return func.sum(signed).over(order_by=Posting.id)


def _of_kind(kind: MoveKind) -> ColumnElement[bool]:
    meant = MoveKind.BUDGET if kind is MoveKind.CARRIED_IN else kind
    ways = [way for way, each in KINDS.items() if each is meant]
    (from_account, to_account) = ways[0]
    same = (Posting.from_account == from_account) & (Posting.to_account == to_account)
    if meant is not MoveKind.BUDGET:
        return same
    carried = Posting.carry_over_id.is_not(None)
    return same & (carried if kind is MoveKind.CARRIED_IN else ~carried)
