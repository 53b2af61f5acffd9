"""The verbs of carry-overs: what is left of one fund goes to another, by two people."""

from sqlalchemy import select

from app.core.errors import NotNow
from app.core.i18n import _
from app.core.money import yuan_text
from app.core.record import values
from app.core.words.funds import Account, BudgetState, FundSource
from app.funds.budgets import area_label, by_area
from app.funds.ledger import balances, move
from app.funds.records import CarryOverForm, CarryOverStep
from app.funds.rules import FundClosed, NotEnough, NotEnoughForArea, NotToCarry
from app.work import Permission, SecondPersonNeeded, Topic, Work, action
from db.models.funds import CarryOver, Fund

BOUND = (FundSource.DONATION, FundSource.AGENCY)
"""Sources whose terms were set by who gave the money: they go along with it."""


@action(needs=Permission.KEEP_FUNDS, changes={Topic.FUNDS})
def enter_carry_over(work: Work, form: CarryOverForm) -> int:
    """Enter what goes from one fund to another; a second person confirms it.

    Raises `NotToCarry`, `FundClosed`, `NotEnough`, `NotEnoughForArea`.
    """
    carry = CarryOver(
        **values(form),
        state=BudgetState.ENTERED,
        entered_by=work.actor.id,
        entered_at=work.now,
    )
    _check(work, carry)
    return work.add(carry).id


@action(needs=Permission.CONFIRM_BUDGETS, changes={Topic.FUNDS})
def confirm_carry_over(work: Work, step: CarryOverStep) -> None:
    """Confirm a carry-over somebody else entered: it leaves the one fund and enters the other.

    Raises as `enter_carry_over` does: what was there then may be reserved now.
    """
    carry = _entered(work, step)
    if carry.entered_by == work.actor.id:
        raise SecondPersonNeeded()
    _check(work, carry)
    carry.state = BudgetState.CONFIRMED
    carry.confirmed_by = work.actor.id
    work.session.flush()
    for fund_id, from_account, to_account in (
        (carry.from_fund_id, Account.AVAILABLE, Account.GRANTED),
        (carry.to_fund_id, Account.GRANTED, Account.AVAILABLE),
    ):
        move(
            work,
            fund_id,
            carry.amount,
            from_account=from_account,
            to_account=to_account,
            memo=carry.document,
            carry_over_id=carry.id,
        )


@action(needs=Permission.KEEP_FUNDS, changes={Topic.FUNDS})
def withdraw_carry_over(work: Work, step: CarryOverStep) -> None:
    """Withdraw a carry-over that was entered wrongly and is not confirmed yet."""
    _entered(work, step).state = BudgetState.WITHDRAWN


def _entered(work: Work, step: CarryOverStep) -> CarryOver:
    carry = work.load(CarryOver, step.id, step.version)
    if carry.state is not BudgetState.ENTERED:
        raise NotNow(state=carry.state.label, step="confirm")
    return carry


def _check(work: Work, carry: CarryOver) -> None:
    """Raise unless the one fund has the money and the other may take it."""
    leaving = work.load(Fund, carry.from_fund_id)
    entering = work.load(Fund, carry.to_fund_id)
    if not entering.open:
        raise FundClosed(fund=entering.name)
    if why := _why_not(leaving, entering):
        raise NotToCarry(from_fund=leaving.name, to_fund=entering.name, why=why)
    needed = yuan_text(carry.amount)
    held = balances(work.session, leaving.id)[Account.AVAILABLE]
    if held < carry.amount:
        raise NotEnough(fund=leaving.name, left=yuan_text(held), needed=needed)
    money = by_area(work, leaving.id)
    own = money.own_left(carry.area)
    if (money.divided or carry.area) and own < carry.amount:
        area = area_label(carry.area)
        raise NotEnoughForArea(fund=leaving.name, area=area, left=yuan_text(own), needed=needed)


def check_carried_in(work: Work, fund: Fund) -> None:
    """Raise `NotToCarry` when the terms of a fund no longer fit what was carried into it."""
    into = select(CarryOver.from_fund_id).where(
        CarryOver.to_fund_id == fund.id, CarryOver.state != BudgetState.WITHDRAWN
    )
    for leaving in work.session.scalars(select(Fund).where(Fund.id.in_(into))):
        if why := _why_not(leaving, fund):
            raise NotToCarry(from_fund=leaving.name, to_fund=fund.name, why=why)


def _why_not(leaving: Fund, entering: Fund) -> str:
    """Return why money may not go from one fund to another, or nothing."""
    if leaving.id == entering.id:
        return _("they are the same fund")
    if leaving.source is not entering.source:
        return _("the money is of another source")
    if entering.year < leaving.year:
        return _("the other fund is of an earlier year")
    if leaving.source in BOUND and _terms(leaving) != _terms(entering):
        return _("the donor or what is demanded of the money is not the same")
    if _wider(leaving, entering):
        return _("the other fund may pay more than this money was given for")
    return ""


def _terms(fund: Fund) -> tuple[object, ...]:
    """Return what stays with money that was given for something."""
    lists = (fund.measures, fund.districts, fund.categories)
    return fund.donor, fund.condition, fund.file_required, *map(sorted, lists)


def _wider(leaving: Fund, entering: Fund) -> bool:
    """Tell whether one fund may pay what another may not; an empty list is no limit."""
    pairs = (
        (leaving.measures, entering.measures),
        (leaving.districts, entering.districts),
        (leaving.categories, entering.categories),
    )
    return (leaving.file_required and not entering.file_required) or any(
        bool(mine) and (not theirs or not set(theirs) <= set(mine)) for mine, theirs in pairs
    )
