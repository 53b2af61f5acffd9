"""The values a document of loan rules is made of: limits, rates, subsidies, papers, deadlines.

Every value names where it comes from and how sure it is; `app.reference.loan_rules` puts them
together.
"""

import re
from typing import Annotated, Final, Literal

import msgspec

from app.core.i18n import N_
from app.core.words import Word
from app.core.words.loans import (
    BorrowerKind,
    LoanState,
    RepaymentMethod,
    SecurityForm,
    SubsidyBasis,
)
from app.reference.dated import Confidence
from app.reference.lending_rates import RateBase

Above = Annotated[int, msgspec.Meta(ge=1)]
Whole = Annotated[int, msgspec.Meta(ge=0)]
Percent = Annotated[int, msgspec.Meta(ge=1, le=100)]
Share = tuple[int, int]
"""A fraction: (2, 3) is two thirds."""

_SHARE: Final = re.compile(r"(\d{1,2})(?:/(\d{1,2}))?", re.ASCII)


class Per(Word):
    """What a maximum is counted for."""

    PERSON = "person", N_("a person")
    HEAD = "head", N_("each partner")
    TOTAL = "total", N_("a partnership")
    FIRM = "firm", N_("a firm")
    HIRE = "hire", N_("each new eligible hire")
    HIRES = "hires", N_("all new eligible hires")


MOST_OF: Final = {
    BorrowerKind.INDIVIDUAL: {Per.PERSON},
    BorrowerKind.PARTNERSHIP: {Per.HEAD, Per.TOTAL},
    BorrowerKind.SMALL_FIRM: {Per.FIRM, Per.HIRE, Per.HIRES},
}
"""Which maxima the product of a borrower can have."""


class LoanFact(Word):
    """What a rule may ask of a borrower beside amount, term, group and hires."""

    AGE = "age", N_("Age")
    MICRO_PROFIT = "micro_profit", N_("A micro-profit project")
    LABOUR_INTENSIVE = "labour_intensive", N_("A labour-intensive small firm")
    HIRES_CONTRACTED = "hires_contracted", N_("New hires have contracts of a year or longer")
    WAGE_ARREARS = "wage_arrears", N_("Owes wages")
    INSURANCE_ARREARS = "insurance_arrears", N_("Owes social insurance")


class Sourced(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A value of a document: where it comes from, how sure it is, what is to be said of it."""

    source: tuple[str, ...]
    confidence: Confidence
    note: str = ""


class Begins(Sourced, frozen=True, kw_only=True):
    """How the day is known from which the document is in force."""


class Group(Sourced, frozen=True, kw_only=True):
    """Whom loans are for."""

    word: str
    """What a loan keeps; the same in every document."""
    label: str
    aliases: tuple[str, ...] = ()
    """How forms and lists write it as well."""
    paper: str
    """What shows that somebody belongs to it."""
    fact: str = ""
    """The fact of the policy packs by which a household file shows it."""


class Most(Sourced, frozen=True, kw_only=True):
    """The most that is lent."""

    per: Per
    fen: Above
    hires_above: Whole | None = None
    """Of a firm: only for one with more new eligible hires than this."""


class Term(Sourced, frozen=True, kw_only=True):
    """The longest term."""

    months: Above


class Extension(Sourced, frozen=True, kw_only=True):
    """The longest extension; without ``times`` it is not known how often."""

    months: Above
    times: Above | None = None


class RateRule(Sourced, frozen=True, kw_only=True):
    """The highest rate: so many basis points above its base on the day of the contract."""

    base: RateBase
    points: Whole
    fixed: bool | None = None
    """True when the rate stays as it was on that day."""


class Subsidy(Sourced, frozen=True, kw_only=True):
    """Which part of the interest the treasury bears."""

    basis: SubsidyBasis
    shares: tuple[str, ...] = ("1",)
    """The share of the 1st, 2nd, … year of the loan; the last one holds for the years after."""
    base: RateBase | None = None
    """Of a part above a rate, or of a share of one: which rate, on the day of the contract."""
    less: Whole = 0
    """Basis points below that rate from which the treasury bears what is above."""
    most: Above | None = None
    """The principal that is subsidised."""
    loans: Above | None = None
    """How many loans of a borrower are subsidised."""
    only: LoanFact | None = None
    """What must be so for any subsidy at all."""
    extension: bool = False
    overdue: bool = False

    @property
    def parts(self) -> tuple[Share, ...]:
        """Return the shares as fractions."""
        return tuple(
            (int(match[1]), int(match[2] or 1))
            for match in map(_SHARE.fullmatch, self.shares)
            if match
        )


class Repayment(Sourced, frozen=True, kw_only=True):
    """The ways of repaying that a contract may agree."""

    methods: tuple[RepaymentMethod, ...]


class Overdue(Sourced, frozen=True, kw_only=True):
    """The rate on what is overdue or misused, in percent of the contract rate: from, to."""

    percent: tuple[Above, Above]
    misuse_percent: tuple[Above, Above]


class Hires(Sourced, frozen=True, kw_only=True):
    """How many of a firm's staff must be new eligible hires, in percent."""

    percent: Percent
    large_staff: Above | None = None
    """A firm with more staff than this needs only ``large_percent``."""
    large_percent: Percent | None = None

    def needed(self, staff: int) -> int:
        """Return the percentage that a firm of so many people needs."""
        large = self.large_staff is not None and staff > self.large_staff
        return self.large_percent if large and self.large_percent else self.percent


class Again(Sourced, frozen=True, kw_only=True):
    """Whether somebody who has paid off a loan may have another."""

    allowed: bool
    loans: Above | None = None
    """How many loans in all."""
    months: Above | None = None
    """The longest term of a further loan, where it has one of its own."""
    in_time: bool = False
    """Only for those who repaid in time."""


class Condition(Sourced, frozen=True, kw_only=True):
    """One more thing that must hold, in the words of the document."""

    fact: LoanFact
    test: Literal["is", "at_least", "at_most"]
    value: bool | int
    says: str
    """With the place ``{value}`` for what is so, where that is a number."""
    paper: str
    """What shows it."""


class Security(Sourced, frozen=True, kw_only=True):
    """A form of counter-guarantee that is accepted."""

    form: SecurityForm
    says: str
    persons: Above | None = None
    """How many must stand for each other at least."""


class Exemption(Sourced, frozen=True, kw_only=True):
    """Up to which amount no counter-guarantee is asked."""

    fen: Above


class Paper(Sourced, frozen=True, kw_only=True):
    """A paper that the borrower brings."""

    says: str
    of: tuple[BorrowerKind, ...]


class Deadline(Sourced, frozen=True, kw_only=True):
    """In how many working days a step is taken, counted from the step before."""

    step: LoanState
    days: Above
    example: str = ""
    """The place whose rule it is, where that is not ours."""


class Checks(Sourced, frozen=True, kw_only=True):
    """How often a borrower is looked after once the money is lent."""

    months: Above


class Times(Sourced, frozen=True, kw_only=True):
    """How many times its capital a guarantee fund stands for."""

    times: Above


class Part(Sourced, frozen=True, kw_only=True):
    """A part in percent."""

    percent: Percent


class GuaranteeRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What the guarantee fund must keep to."""

    at_most: Times | None = None
    at_least: Times | None = None
    stop: Part | None = None
    """The bad-loan rate at which new guarantees stop."""
    share: Part | None = None
    """What the fund bears of a loan."""


def wrong_value(value: Sourced) -> str:
    """Return what a value alone shows to be wrong, or nothing."""
    match value:
        case Subsidy() if len(value.parts) != len(value.shares) or not value.shares:
            return f"shares {list(value.shares)}"
        case Subsidy() if any(not 0 <= above <= below for above, below in value.parts):
            return f"shares {list(value.shares)}"
        case Subsidy() if (value.base is None) != (value.basis is SubsidyBasis.INTEREST):
            return f"base {value.base}"
        case Overdue() if any(
            low > high or low < 100 for low, high in (value.percent, value.misuse_percent)
        ):
            return f"percent {value.percent} {value.misuse_percent}"
        case Repayment() if not value.methods:
            return "methods []"
        case Hires() if (value.large_staff is None) != (value.large_percent is None):
            return "large_staff and large_percent go together"
        case Condition() if isinstance(value.value, bool) != (value.test == "is"):
            return f"value {value.value}"
        case Condition() if (value.fact is LoanFact.AGE) == isinstance(value.value, bool):
            return f"fact {value.fact}"
        case _:
            return ""
