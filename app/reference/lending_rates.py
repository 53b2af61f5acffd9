"""The rates loans are priced by, as data: benchmark rates and loan prime rates, each from a day.

The last row that has begun holds; a day that no row covers is unknown, nothing is carried past
the end of a row. A mistake in the document raises `ReferenceDamaged` with its place.
"""

import functools
import itertools
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

import msgspec

from app.core.i18n import N_
from app.core.words import Word
from app.reference.dated import Confidence
from app.reference.documents import ReferenceDamaged, folder, read, unsourced

FILE: Final = "lending_rates.toml"

_HALF_A_YEAR: Final = 6
_YEAR: Final = 12
_THREE_TIERS_FROM: Final = date(2014, 11, 22)
"""Until then loans of half a year and less had a benchmark of their own."""
_LPR_FROM: Final = date(2019, 8, 20)
"""Until then LPR meant the older series (贷款基础利率)."""


class RateBase(Word):
    """What the rate of a loan is counted from."""

    BENCHMARK = "benchmark", N_("Benchmark lending rate")
    LPR = "lpr", N_("Loan prime rate (LPR)")


class RateSeries(Word):
    """A series of published rates."""

    BENCHMARK_6_MONTHS = "benchmark_6_months", N_("Benchmark rate, up to 6 months")
    BENCHMARK_1_YEAR = "benchmark_1_year", N_("Benchmark rate, up to 1 year")
    BENCHMARK_3_YEARS = "benchmark_3_years", N_("Benchmark rate, 1 to 3 years")
    OLD_LPR = "old_lpr", N_("Loan prime rate until August 2019")
    LPR = "lpr", N_("Loan prime rate, 1 year")


class LendingRate(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, rename={"from_": "from"}
):
    """A rate a year in percent, in force from a day: to the next row, or to its own end."""

    from_: date
    to: date | None = None
    percent: Decimal
    source: tuple[str, ...]
    confidence: Confidence

    @property
    def millionths(self) -> int:
        """Return it in whole millionths a year: 4.35 % is 43,500."""
        return int(self.percent * 10_000)


class Series(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """All known rates of one series, oldest first."""

    kind: RateSeries
    title: str
    rates: tuple[LendingRate, ...] = msgspec.field(name="rate")


class LendingRates(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The document."""

    title: str
    sources: dict[str, str]
    series: tuple[Series, ...]


def rate_on(kind: RateSeries, day: date) -> LendingRate | None:
    """Return the rate in force on ``day``, that of the day of publication included; `None` when
    no source covers the day."""
    series = next(each for each in lending_rates().series if each.kind is kind)
    begun = [rate for rate in series.rates if rate.from_ <= day]
    last = begun[-1] if begun else None
    return last if last and (last.to is None or day <= last.to) else None


def series_of(base: RateBase, months: int, day: date) -> RateSeries:
    """Return the series that a loan of so many months, signed on ``day``, is priced by.

    Guaranteed loans of every term are counted from the one-year LPR; where the rules of 2016 to
    2019 say LPR they mean the older one (domain-more.md 4.3).
    """
    if base is RateBase.LPR:
        return RateSeries.LPR if day >= _LPR_FROM else RateSeries.OLD_LPR
    if months <= _HALF_A_YEAR and day < _THREE_TIERS_FROM:
        return RateSeries.BENCHMARK_6_MONTHS
    return RateSeries.BENCHMARK_1_YEAR if months <= _YEAR else RateSeries.BENCHMARK_3_YEARS


@functools.cache
def lending_rates() -> LendingRates:
    """Return the document that came with the program. Raises `ReferenceDamaged`."""
    rates = read(folder(FILE), LendingRates)
    if wrong := what_is_wrong(rates):
        raise ReferenceDamaged(file=FILE, problem=wrong)
    return rates


def what_is_wrong(rates: LendingRates) -> str:
    """Return what does not fit in the document, with its place, or nothing."""
    kinds = [series.kind for series in rates.series]
    if sorted(kinds) != sorted(RateSeries):
        return f"series {kinds}"
    for series in rates.series:
        for rate in series.rates:
            wrong = unsourced([rate.source], rates.sources)
            if not 0 < rate.percent <= 100 or rate.percent * 10_000 % 1:
                wrong = f"percent {rate.percent}"
            if rate.to and rate.to < rate.from_:
                wrong = f"to {rate.to}"
            if wrong:
                return f"{series.kind} {rate.from_}: {wrong}"
        for before, after in itertools.pairwise(series.rates):
            ends = before.to or after.from_ - timedelta(days=1)
            if before.from_ >= after.from_ or ends >= after.from_:
                return f"{series.kind} {after.from_}: begins before {before.from_} ends"
    return ""
