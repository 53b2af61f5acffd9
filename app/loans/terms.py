"""What the contract of a loan says, as far as its money goes.

Rates are whole millionths a year: 4.35 % is 43,500. Nothing here is a float.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, NewType

import msgspec

from app.core.errors import RuleBroken
from app.core.i18n import N_, _
from app.core.money import Fen
from app.core.text import normalise
from app.core.words.loans import (
    DayCount,
    DueDays,
    OwedPart,
    Prepayment,
    RepaymentMethod,
)
from app.loans.subsidy_rules import SubsidyRule

Rate = NewType("Rate", int)
"""Interest of a year in millionths of the principal."""

PERCENT: Final = Rate(10_000)
WHOLE: Final = 1_000_000
"""The principal itself, in the unit of a rate."""

LONGEST: Final = 600
"""Months; far beyond any guaranteed loan (domain.md 4.1: at most three years and one more)."""

_PERCENT: Final = re.compile(r"(\d{1,3})(?:\.(\d{0,4}))?", re.ASCII)


class NotARate(RuleBroken):
    """The text is no rate of a year in percent with at most four decimals."""

    says = N_("“{text}” is no rate a year; write it in percent as 4.35")


class TermsWrong(RuleBroken):
    """What the contract says does not fit together."""

    says = N_("The terms of the loan do not fit together: {what}.")


def parse_percent(text: str) -> Rate:
    """Read a rate a year in percent, as ``4.35`` or ``4.35%``. Raises `NotARate`."""
    match = _PERCENT.fullmatch(normalise(text).removesuffix("%").strip())
    if match is None or int(match[1]) > 100:
        raise NotARate(text=text)
    return Rate(int(match[1]) * PERCENT + int((match[2] or "").ljust(4, "0")))


def percent_text(rate: int) -> str:
    """Write a rate in percent with two decimals, or with as many more as it needs: ``4.35``."""
    whole, rest = divmod(rate, PERCENT)
    decimals = f"{rest:04d}".rstrip("0").ljust(2, "0")
    return f"{whole}.{decimals}"


@dataclass(frozen=True)
class Terms:
    """The money side of a loan contract.

    The instalments are due on ``due_day`` of each month after the lending (the last day of a
    month that has no such day), the last one on the day the term ends [our rule].
    """

    principal: Fen
    rate: Rate
    months: int
    method: RepaymentMethod
    lent_on: date
    day_count: DayCount = DayCount.THIRTY_360
    due_day: int = 0
    """Day of the month, 1 to 31; 0 for that of the lending."""
    grace: int = 0
    """Months at the beginning in which interest alone is due."""
    due_days: DueDays = DueDays.AS_PRINTED
    prepayment: Prepayment = Prepayment.LOWER_INSTALMENTS
    order: tuple[OwedPart, ...] = (OwedPart.PENALTY, OwedPart.INTEREST, OwedPart.PRINCIPAL)
    """In which order a payment settles what is due of one instalment, the oldest first."""
    overdue_percent: int = 150
    """Rate on what is overdue, in percent of the contract rate (domain.md 4.5: 130 to 150)."""
    penalty_on_interest: bool = False
    """Whether overdue interest bears the overdue rate too; else overdue principal alone."""
    subsidy: SubsidyRule | None = None

    def __post_init__(self) -> None:
        """Raise `TermsWrong` for what no contract can say."""
        wrong = ""
        if self.principal <= 0:
            wrong = N_("the principal is not more than zero")
        elif not 0 <= self.rate <= WHOLE:
            wrong = N_("the rate is not between 0 and 100 percent")
        elif not 1 <= self.months <= LONGEST:
            wrong = N_("the term is not between 1 and 600 months")
        elif not 0 <= self.due_day <= 31:
            wrong = N_("the due day is not between 1 and 31")
        elif not 0 <= self.grace < self.months:
            wrong = N_("the months of interest alone are not fewer than the term")
        elif sorted(self.order) != sorted(OwedPart):
            wrong = N_("the order of settling does not name each part once")
        elif self.overdue_percent < 0:
            wrong = N_("the overdue rate is negative")
        if wrong:
            raise TermsWrong(what=_(wrong))


def to_plain(terms: Terms) -> dict[str, Any]:
    """Return the terms as plain data, as a store keeps them."""
    plain: dict[str, Any] = msgspec.to_builtins(terms)
    return plain


def from_plain(plain: object) -> Terms:
    """Read terms from plain data. Raises `msgspec.ValidationError`, `TermsWrong`."""
    return msgspec.convert(plain, Terms)
