"""By which day the next step of a loan is due: working days, as the rules of loans say."""

from datetime import date

from app.core.words.loans import LoanState
from app.reference.loan_rules import LoanRules, rules_called, rules_on
from app.reference.workdays import add_workdays, calendar
from db.models.loans import Loan


def rules_of(loan: Loan) -> LoanRules | None:
    """Return the rules a loan was examined by; before that, those of the day it was asked for."""
    return rules_called(loan.rules) if loan.rules else rules_on(loan.asked_on)


def due_for(asked_on: date, step: LoanState, since: date) -> date | None:
    """Return the day by which the step to a state is due, counted from the step before it.

    `None` when no source says how long it may take.
    """
    rules = rules_on(asked_on)
    deadline = rules.deadline(step) if rules else None
    return add_workdays(since, deadline.days).day if deadline else None


def is_provisional(due: date | None) -> bool:
    """Tell whether a deadline reaches into a year whose holidays are not announced."""
    return due is not None and due.year not in calendar().announced
