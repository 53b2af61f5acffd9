"""The verbs that change funds and their budgets."""

from sqlalchemy import select

from app.core.errors import NotNow
from app.core.record import values
from app.core.words.funds import Account, BudgetState
from app.funds.ledger import move
from app.funds.records import BudgetForm, BudgetStep, FundForm
from app.funds.rules import FundTaken
from app.work import Permission, SecondPersonNeeded, Topic, Work, action
from db.models.funds import Budget, Fund


@action(needs=Permission.KEEP_FUNDS, changes={Topic.FUNDS})
def open_fund(work: Work, form: FundForm) -> int:
    """Open a fund; it holds nothing until a budget is confirmed."""
    if work.session.scalar(select(Fund.id).where(Fund.name == form.name)):
        raise FundTaken(name=form.name)
    listed = {name: list(getattr(form, name)) for name in ("measures", "districts", "categories")}
    return work.add(Fund(**values(form) | listed, open=True)).id


@action(needs=Permission.KEEP_FUNDS, changes={Topic.FUNDS})
def enter_budget(work: Work, form: BudgetForm) -> int:
    """Enter an amount granted to a fund; a second person confirms it."""
    work.load(Fund, form.fund_id)
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
