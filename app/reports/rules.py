"""What reports demand of what is asked."""

from app.core.errors import RuleBroken
from app.core.i18n import N_
from app.reports.records import ReportQuery


class PeriodBackwards(RuleBroken):
    """The period ends before it begins."""

    says = N_("The period ends before it begins. Choose a last day after {first}.")


def check_period(asked: ReportQuery) -> None:
    """Raise `PeriodBackwards` for a period that ends before it begins."""
    if asked.last < asked.first:
        raise PeriodBackwards(first=asked.first)
