"""The rates loans are priced by: what holds on a day, and that no day is guessed."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec
import pytest

from app.core.assets import resource
from app.reference.documents import ReferenceDamaged
from app.reference.lending_rates import (
    LendingRates,
    RateBase,
    RateSeries,
    lending_rates,
    rate_on,
    series_of,
    what_is_wrong,
)


def percent(series: RateSeries, day: date) -> str | None:
    found = rate_on(series, day)
    return f"{found.millionths / 10_000:.2f}" if found else None


@pytest.mark.parametrize(
    ("series", "day", "known"),
    [
        (RateSeries.BENCHMARK_3_YEARS, date(2002, 2, 20), None),
        (RateSeries.BENCHMARK_3_YEARS, date(2002, 2, 21), "5.49"),
        (RateSeries.BENCHMARK_3_YEARS, date(2008, 12, 22), "5.67"),
        (RateSeries.BENCHMARK_3_YEARS, date(2008, 12, 23), "5.40"),
        (RateSeries.BENCHMARK_3_YEARS, date(2012, 7, 5), "6.40"),
        (RateSeries.BENCHMARK_3_YEARS, date(2012, 7, 6), "6.15"),
        (RateSeries.BENCHMARK_1_YEAR, date(2011, 12, 1), "6.56"),
        (RateSeries.BENCHMARK_1_YEAR, date(2014, 11, 21), "6.00"),
        (RateSeries.BENCHMARK_1_YEAR, date(2014, 11, 22), "5.60"),
        (RateSeries.BENCHMARK_1_YEAR, date(2019, 1, 1), "4.35"),
        (RateSeries.BENCHMARK_6_MONTHS, date(2011, 2, 8), None),
        (RateSeries.BENCHMARK_6_MONTHS, date(2011, 2, 9), "5.60"),
        (RateSeries.BENCHMARK_6_MONTHS, date(2012, 6, 7), "6.10"),
        (RateSeries.BENCHMARK_6_MONTHS, date(2012, 6, 8), None),
        (RateSeries.BENCHMARK_6_MONTHS, date(2012, 7, 6), "5.60"),
        (RateSeries.BENCHMARK_6_MONTHS, date(2014, 11, 22), None),
        (RateSeries.OLD_LPR, date(2015, 10, 31), None),
        (RateSeries.OLD_LPR, date(2018, 2, 28), "4.30"),
        (RateSeries.OLD_LPR, date(2018, 3, 1), None),
        (RateSeries.OLD_LPR, date(2018, 11, 15), "4.31"),
        (RateSeries.OLD_LPR, date(2019, 8, 20), None),
        (RateSeries.LPR, date(2019, 8, 19), None),
        (RateSeries.LPR, date(2019, 8, 20), "4.25"),
        (RateSeries.LPR, date(2020, 4, 19), "4.05"),
        (RateSeries.LPR, date(2020, 4, 20), "3.85"),
        (RateSeries.LPR, date(2026, 9, 20), "3.00"),
        (RateSeries.LPR, date(2026, 9, 21), None),
    ],
)
def test_the_last_rate_that_has_begun_holds_and_a_day_without_one_is_unknown(
    series: RateSeries, day: date, known: str | None
) -> None:
    assert percent(series, day) == known


@pytest.mark.parametrize(
    ("base", "months", "day", "series"),
    [
        (RateBase.BENCHMARK, 6, date(2012, 8, 1), RateSeries.BENCHMARK_6_MONTHS),
        (RateBase.BENCHMARK, 7, date(2012, 8, 1), RateSeries.BENCHMARK_1_YEAR),
        (RateBase.BENCHMARK, 12, date(2012, 8, 1), RateSeries.BENCHMARK_1_YEAR),
        (RateBase.BENCHMARK, 13, date(2012, 8, 1), RateSeries.BENCHMARK_3_YEARS),
        (RateBase.BENCHMARK, 6, date(2014, 11, 21), RateSeries.BENCHMARK_6_MONTHS),
        (RateBase.BENCHMARK, 6, date(2014, 11, 22), RateSeries.BENCHMARK_1_YEAR),
        (RateBase.LPR, 36, date(2019, 8, 19), RateSeries.OLD_LPR),
        (RateBase.LPR, 36, date(2019, 8, 20), RateSeries.LPR),
    ],
)
def test_a_loan_is_priced_by_the_series_of_its_term_and_day(
    base: RateBase, months: int, day: date, series: RateSeries
) -> None:
    assert series_of(base, months, day) is series


def test_every_rate_names_a_source_and_a_general_one_says_so() -> None:
    rates = lending_rates()
    for series in rates.series:
        for rate in series.rates:
            assert {*rate.source} <= {*rates.sources}
            assert ("general" in rate.source) == (rate.confidence.value == "general")


def changed(**first: Any) -> LendingRates:
    """Return the document with the first rate of its first series changed."""
    rates = lending_rates()
    series = rates.series[0]
    row = msgspec.structs.replace(series.rates[0], **first)
    mended = msgspec.structs.replace(series, rates=(row, *series.rates[1:]))
    return msgspec.structs.replace(rates, series=(mended, *rates.series[1:]))


@pytest.mark.parametrize(
    ("row", "wrong"),
    [
        ({"percent": Decimal(0)}, "benchmark_6_months 2011-02-09: percent 0"),
        ({"percent": Decimal(101)}, "benchmark_6_months 2011-02-09: percent 101"),
        ({"percent": Decimal("5.60001")}, "benchmark_6_months 2011-02-09: percent 5.60001"),
        ({"source": ("S999",)}, "benchmark_6_months 2011-02-09: source ['S999']"),
        ({"source": ()}, "benchmark_6_months 2011-02-09: source []"),
        ({"to": date(2011, 2, 8)}, "benchmark_6_months 2011-02-09: to 2011-02-08"),
        (
            {"to": date(2011, 4, 6)},
            "benchmark_6_months 2011-04-06: begins before 2011-02-09 ends",
        ),
        (
            {"from_": date(2011, 4, 6)},
            "benchmark_6_months 2011-04-06: begins before 2011-04-06 ends",
        ),
    ],
)
def test_what_is_wrong_with_a_rate_is_named_with_its_place(row: Any, wrong: str) -> None:
    assert what_is_wrong(changed(**row)) == wrong


def test_every_series_stands_once() -> None:
    rates = lending_rates()
    assert what_is_wrong(rates) == ""
    fewer = msgspec.structs.replace(rates, series=rates.series[1:])
    assert what_is_wrong(fewer).startswith("series [")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("5.49", '"much"', r"lending_rates\.toml.*series.*rate.*percent"),
        ('["N58"]', '["S999"]', r"lending_rates\.toml.*old_lpr 2018-11-01: source \['S999'\]"),
    ],
)
def test_a_damaged_document_is_named(
    old: str, new: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = resource("reference", "lending_rates.toml").read_text("utf-8")
    assert old in text
    (tmp_path / "lending_rates.toml").write_text(text.replace(old, new), "utf-8")
    monkeypatch.setattr("app.reference.lending_rates.folder", tmp_path.joinpath)
    lending_rates.cache_clear()
    try:
        with pytest.raises(ReferenceDamaged, match=told):
            lending_rates()
    finally:
        lending_rates.cache_clear()
