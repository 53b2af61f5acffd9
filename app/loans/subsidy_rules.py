"""Which part of the interest the treasury bears (贴息), as data of the loan's product.

domain.md 4.1 and domain-more.md 5: all of it; half; all, two thirds and one third by year; what
lies above a rate the borrower bears (LPR − 150 bp); a share of a base rate (firms). Never in the
time of an extension, while anything is overdue, or after misuse (domain.md 4.5).
"""

from dataclasses import dataclass
from math import lcm
from typing import Final

from app.core.errors import RuleBroken
from app.core.i18n import N_
from app.core.money import Fen
from app.core.words.loans import SubsidyBasis

Share = tuple[int, int]
"""A fraction: (2, 3) is two thirds."""

ALL: Final[Share] = (1, 1)


class SubsidyWrong(RuleBroken):
    """What the rule says does not fit together."""

    says = N_("A share of the subsidy lies between nothing and all.")


@dataclass(frozen=True)
class SubsidyRule:
    """The treasury's part of the rate, year of the loan by year."""

    basis: SubsidyBasis = SubsidyBasis.INTEREST
    shares: tuple[Share, ...] = (ALL,)
    """The share of the 1st, 2nd, … year of the loan; the last one holds for the years after."""
    years: int | None = None
    """How many years of the loan are subsidised; `None` for the whole term."""
    rate: int = 0
    """Millionths: what the borrower bears (ABOVE), or the rate a share is taken of (OF_RATE)."""
    most: Fen | None = None
    """The principal that is subsidised; of a larger loan the same part of every interest is."""

    def __post_init__(self) -> None:
        """Raise `SubsidyWrong` for shares that are none."""
        good = all(0 <= above <= below and below > 0 for above, below in self.shares)
        if not (self.shares and good) or self.rate < 0 or (self.most or 0) < 0:
            raise SubsidyWrong

    def rates(self, contract: int) -> tuple[tuple[int, ...], int]:
        """Return the treasury's rate of each year as numerators, and their denominator.

        No rate is above that of the contract.
        """
        match self.basis:
            case SubsidyBasis.INTEREST:
                base = contract
            case SubsidyBasis.ABOVE:
                base = max(0, contract - self.rate)
            case SubsidyBasis.OF_RATE:
                base = self.rate
        denominator = lcm(*(below for _above, below in self.shares))
        highest = contract * denominator
        return (
            tuple(
                min(base * above * (denominator // below), highest) for above, below in self.shares
            ),
            denominator,
        )


def full() -> SubsidyRule:
    """All of the interest (individuals until 2016)."""
    return SubsidyRule()


def half() -> SubsidyRule:
    """Half of the actual interest (财金〔2023〕75号)."""
    return SubsidyRule(shares=((1, 2),))


def thirds() -> SubsidyRule:
    """All, two thirds, one third by year (银发〔2016〕202号)."""
    return SubsidyRule(shares=(ALL, (2, 3), (1, 3)))


def above(borrower: int) -> SubsidyRule:
    """What lies above the rate the borrower bears, LPR − 150 bp (财金〔2020〕21号)."""
    return SubsidyRule(basis=SubsidyBasis.ABOVE, rate=borrower)


def half_of(base: int) -> SubsidyRule:
    """Half of a base rate (labour-intensive small firms, domain.md 4.1)."""
    return SubsidyRule(basis=SubsidyBasis.OF_RATE, shares=((1, 2),), rate=base)
