"""The arithmetic of interest in whole numbers. Every rounding of the loans stands here.

Interest of a stretch is ``principal × rate × days ÷ (days of the year × 1,000,000)``, rounded half
up to the fen once for each instalment; rounding once is what banks print, and nothing is carried
from one instalment into the next: the last one absorbs what the others are off [our rule; that the
last absorbs: domain.md 4.5].
"""

import functools

from app.core.money import Fen
from app.loans.terms import WHOLE


def half_up(above: int, below: int) -> Fen:
    """Divide numbers that are not negative, half up."""
    return Fen((2 * above + below) // (2 * below))


def annuity(principal: int, rate: int, count: int) -> Fen:
    """Return the equal instalment (等额本息), half up to the fen.

    ``M = P·i·(1+i)^n ÷ ((1+i)^n − 1)`` with ``i = rate ÷ 12`` whatever the day count is
    (domain.md 4.5); without interest the principal in equal parts.
    """
    return half_up(*annuity_parts(principal, rate, count))


def annuity_parts(principal: int, rate: int, count: int) -> tuple[int, int]:
    """Return the equal instalment before its rounding, as a fraction of whole numbers."""
    if not rate:
        return principal, count
    grown, below = _growth(rate, count)
    return principal * rate * grown, below


@functools.lru_cache(maxsize=4096)
def _growth(rate: int, count: int) -> tuple[int, int]:
    """Return (1+i)^n, and twelve times (1+i)^n − 1, both times the same whole number."""
    year = 12 * WHOLE
    grown = (year + rate) ** count
    return grown, year * (grown - year**count)
