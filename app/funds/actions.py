"""The verbs that change funds and their budgets."""

from typing import Any

from sqlalchemy import func, select

from app.core.errors import NotNow
from app.core.money import yuan_text
from app.core.record import values
from app.core.words.funds import Account, BudgetState
from app.funds.carrying import check_carried_in
from app.funds.ledger import balances, move
from app.funds.records import BudgetForm, BudgetStep, FundChange, FundForm, FundStep, FundTerms
from app.funds.rules import (
    DaysTurned,
    FundClosed,
    FundHolds,
    FundInUse,
    FundTaken,
    paying_days,
)
from app.work import Permission, SecondPersonNeeded, Topic, Work, action
from db.models.funds import Budget, CarryOver, Fund, Posting

LISTS = ("measures", "districts", "categories")


@action(needs=Permission.KEEP_FUNDS, changes={Topic.FUNDS})
def open_fund(work: Work, form: FundForm) -> int:
    """Open a fund; it holds nothing until a budget is confirmed."""
    _check(work, form, form.year)
    return work.add(Fund(**_columns(form), open=True)).id


@action(needs=Permission.KEEP_FUNDS, changes={Topic.FUNDS})
def change_fund(work: Work, form: FundChange) -> None:
    """Put right what was noted wrongly of a fund: only before money was ever reserved.

    One person does it: nothing was decided under the old terms, and every approval looks at the
    terms of its day. What was carried into it stays bound as it was. Raises `FundInUse`,
    `FundClosed`, `NotToCarry`.
    """
    fund = work.load(Fund, form.id, form.version)
    if not fund.open:
        raise FundClosed(fund=fund.name)
    reserved = select(Posting.id).where(
        Posting.fund_id == fund.id, Posting.to_account == Account.RESERVED
    )
    if work.session.scalar(reserved.limit(1)) is not None:
        raise FundInUse(fund=fund.name)
    _check(work, form, fund.year, but=fund.id)
    for name, value in _columns(form).items():
        setattr(fund, name, value)
    check_carried_in(work, fund)


@action(needs=Permission.KEEP_FUNDS, changes={Topic.FUNDS})
def close_fund(work: Work, step: FundStep) -> None:
    """Close a fund of which nothing is reserved; what is available can still be carried over."""
    fund = work.load(Fund, step.id, step.version)
    if not fund.open:
        raise FundClosed(fund=fund.name)
    reserved = balances(work.session, fund.id)[Account.RESERVED]
    waiting = _waiting(work, fund.id)
    if reserved or waiting:
        raise FundHolds(fund=fund.name, reserved=yuan_text(reserved), waiting=waiting)
    fund.open = False


def _waiting(work: Work, fund_id: int) -> int:
    """Return how many budgets and carry-overs into a fund wait to be confirmed."""
    budgets = select(func.count()).where(
        Budget.fund_id == fund_id, Budget.state == BudgetState.ENTERED
    )
    carried = select(func.count()).where(
        CarryOver.to_fund_id == fund_id, CarryOver.state == BudgetState.ENTERED
    )
    return (work.session.scalar(budgets) or 0) + (work.session.scalar(carried) or 0)


def _check(work: Work, form: FundTerms, year: int, but: int = 0) -> None:
    if work.session.scalar(select(Fund.id).where(Fund.name == form.name, Fund.id != but)):
        raise FundTaken(name=form.name)
    first, last = paying_days(year, form.pays_until)
    if last < first:
        raise DaysTurned(first=first, last=last)


def _columns(form: FundTerms) -> dict[str, Any]:
    listed = {name: list(getattr(form, name)) for name in LISTS}
    told = {name: value for name, value in values(form).items() if name not in ("id", "version")}
    return told | listed


@action(needs=Permission.KEEP_FUNDS, changes={Topic.FUNDS})
def enter_budget(work: Work, form: BudgetForm) -> int:
    """Enter an amount granted to a fund; a second person confirms it."""
    fund = work.load(Fund, form.fund_id)
    if not fund.open:
        raise FundClosed(fund=fund.name)
    budget = Budget(**values(form), state=BudgetState.ENTERED, entered_by=work.actor.id)
    return work.add(budget).id


@action(needs=Permission.CONFIRM_BUDGETS, changes={Topic.FUNDS})
def confirm_budget(work: Work, step: BudgetStep) -> None:
    """Confirm a budget somebody else entered: from now on the fund holds it."""
    budget = _entered(work, step)
    if budget.entered_by == work.actor.id:
        raise SecondPersonNeeded()
    budget.state = BudgetState.CONFIRMED
    budget.confirmed_by = work.actor.id
    work.session.flush()
    move(
        work,
        budget.fund_id,
        budget.amount,
        from_account=Account.GRANTED,
        to_account=Account.AVAILABLE,
        memo=budget.document,
        budget_id=budget.id,
    )


@action(needs=Permission.KEEP_FUNDS, changes={Topic.FUNDS})
def withdraw_budget(work: Work, step: BudgetStep) -> None:
    """Withdraw a budget that was entered wrongly and is not confirmed yet."""
    _entered(work, step).state = BudgetState.WITHDRAWN


def _entered(work: Work, step: BudgetStep) -> Budget:
    budget = work.load(Budget, step.id, step.version)
    if budget.state is not BudgetState.ENTERED:
        raise NotNow(state=budget.state.label, step="confirm")
    return budget
