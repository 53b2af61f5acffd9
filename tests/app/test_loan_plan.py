"""Plans of loans: equal to an independent oracle and to numpy-financial, year by year."""

from datetime import date
from decimal import Decimal
from random import Random

import numpy_financial as npf  # pyright: ignore[reportMissingTypeStubs] - it brings none
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.days import months_after
from app.core.money import Fen, yuan_text
from app.core.words.loans import DayCount, DueDays, OwedPart, RepaymentMethod
from app.core.words.papers import PaperKind
from app.loans.days import pay_by
from app.loans.explain import explain
from app.loans.naming import chinese_name, word_named
from app.loans.plan import Plan, compare, plan
from app.loans.subsidy_rules import (
    SubsidyRule,
    SubsidyWrong,
    above,
    full,
    half,
    half_of,
    thirds,
)
from app.loans.terms import (
    NotARate,
    Rate,
    Terms,
    TermsWrong,
    from_plain,
    parse_percent,
    percent_text,
    to_plain,
)
from app.papers import setting
from app.papers.pen import MM
from app.papers.templates import Paragraph, template, template_in_force
from app.reference.workdays import calendar
from tests.loan_oracle import oracle
from tests.loans import many, seeds, terms_of

COUNTS = {
    DayCount.THIRTY_360: "30/360",
    DayCount.ACTUAL_360: "actual/360",
    DayCount.ACTUAL_365: "actual/365",
}


def made(principal: int, percent: str, months: int, **more: object) -> Plan:
    """Return the plan of so many yuan, equal instalments unless said otherwise."""
    what = {"method": RepaymentMethod.EQUAL_INSTALMENTS, "lent_on": date(2012, 8, 20)} | more
    return plan(
        Terms(principal=Fen(principal * 100), rate=parse_percent(percent), months=months, **what),  # pyright: ignore[reportArgumentType] - the words are those of `Terms`
        calendar(),
    )


@many
@given(seeds)
def test_a_plan_is_that_of_the_oracle_to_the_fen(seed: int) -> None:
    terms = terms_of(Random(seed))  # noqa: S311 - chance, no secret
    lines = plan(terms, calendar()).instalments
    expected = oracle(
        Decimal(terms.principal) / 100,
        Decimal(terms.rate) / 10_000,
        terms.months,
        chinese_name(terms.method),
        terms.lent_on,
        COUNTS[terms.day_count],
        terms.due_day or terms.lent_on.day,
        terms.grace,
    )
    assert [(line.due, line.principal, line.interest, line.balance) for line in lines] == [
        (each.due, each.principal * 100, each.interest * 100, each.balance * 100)
        for each in expected
    ]


@many
@given(seeds)
def test_a_plan_adds_up(seed: int) -> None:
    terms = terms_of(Random(seed))  # noqa: S311 - chance, no secret
    lines = plan(terms, calendar()).instalments
    assert sum(line.principal for line in lines) == terms.principal
    assert lines[-1].balance == 0
    assert lines[-1].due <= months_after(terms.lent_on, terms.months)
    assert all(line.principal >= 0 and 0 <= line.subsidy <= line.interest for line in lines)
    assert [line.number for line in lines] == list(range(1, len(lines) + 1))
    assert all(line.due <= line.pay_by for line in lines)


@given(
    st.integers(10_000, 5_000_000),
    st.integers(1, 240_000),
    st.integers(1, 60),
)
def test_equal_instalments_are_those_of_numpy_financial(yuan: int, rate: int, months: int) -> None:
    terms = Terms(
        principal=Fen(yuan * 100),
        rate=Rate(rate),
        months=months,
        method=RepaymentMethod.EQUAL_INSTALMENTS,
        lent_on=date(2012, 8, 20),
    )
    lines = plan(terms, calendar()).instalments
    monthly = rate / 12_000_000
    expected = -float(npf.pmt(monthly, months, yuan))  # pyright: ignore[reportUnknownMemberType] - no types
    assert lines[0].total / 100 == pytest.approx(expected, abs=0.0051 + expected * 1e-9)
    interest = -float(npf.ipmt(monthly, 1, months, yuan))  # pyright: ignore[reportUnknownMemberType] - no types
    assert lines[0].interest / 100 == pytest.approx(interest, abs=0.0051)
    balance = yuan
    for line in lines:  # each line once more from the balance before it, in floats
        assert line.interest / 100 == pytest.approx(balance * monthly, abs=0.00501 + 1e-9 * yuan)
        balance = line.balance / 100


# A worked loan of each product year (domain.md 4.1, domain-more.md 4 and 5)


def test_2002_laid_off_worker_all_interest_is_borne_by_the_treasury() -> None:
    """银发〔2002〕394号: 20,000 for two years at the PBoC rate (1-3 years: 5.49 %)."""
    loan = made(
        20_000, "5.49", 24, method=RepaymentMethod.QUARTERLY_INTEREST,
        lent_on=date(2003, 3, 10), subsidy=full(),
    )  # fmt: skip
    assert [line.interest for line in loan.instalments] == [27_450] * 8
    assert loan.subsidy == loan.interest == 219_600
    assert loan.instalments[-1].principal == 2_000_000


def test_2009_harbin_at_base_and_three_points() -> None:
    """哈政发〔2009〕12号: 50,000; 5.40 + 3 points for two years; 50,000 × 8.40 % × 2."""
    loan = made(
        50_000, "8.40", 24, method=RepaymentMethod.MONTHLY_INTEREST,
        lent_on=date(2009, 7, 6), subsidy=full(),
    )  # fmt: skip
    assert loan.interest == loan.subsidy == 840_000
    assert {line.interest for line in loan.instalments} == {35_000}


def test_2011_one_year_signed_in_december() -> None:
    """6.56 + 3 = 9.56 % (domain-more.md 4.4), everything at the end."""
    loan = made(100_000, "9.56", 12, method=RepaymentMethod.AT_THE_END, lent_on=date(2011, 12, 15))
    assert [(line.interest, line.due) for line in loan.instalments] == [
        (956_000, date(2012, 12, 15))
    ]


def test_2012_two_years_fixed_at_the_contract() -> None:
    """6.15 + 3 = 9.15 %, full subsidy: 100,000 bear 9,150 a year (domain-more.md 4.4)."""
    loan = made(
        100_000, "9.15", 24, method=RepaymentMethod.MONTHLY_INTEREST,
        lent_on=date(2012, 8, 15), subsidy=full(),
    )  # fmt: skip
    assert sum(line.interest for line in loan.instalments[:12]) == 915_000
    assert loan.subsidy == loan.interest == 1_830_000


def test_2012_small_firm_half_of_the_base_rate() -> None:
    """A firm of 2,000,000 at 6.15 + 3: the treasury bears half of 6.15 % (S54)."""
    loan = made(
        2_000_000, "9.15", 24, method=RepaymentMethod.QUARTERLY_INTEREST,
        lent_on=date(2012, 8, 15), subsidy=half_of(61_500),
    )  # fmt: skip
    assert loan.interest == 36_600_000
    assert loan.subsidy == 12_300_000


def test_2016_all_then_two_thirds_then_one_third() -> None:
    """银发〔2016〕202号: 100,000, three years, 4.75 + 3 points: 7,750 a year."""
    loan = made(
        100_000, "7.75", 36, method=RepaymentMethod.QUARTERLY_INTEREST,
        lent_on=date(2016, 9, 1), subsidy=thirds(),
    )  # fmt: skip
    years = [loan.instalments[start : start + 4] for start in (0, 4, 8)]
    assert [sum(line.subsidy for line in year) for year in years] == [775_000, 516_668, 258_332]


def test_2018_no_subsidy_after_two_years() -> None:
    """Heilongjiang 2018; elsewhere two of three years were subsidised (S85)."""
    loan = made(
        100_000, "7.31", 36, method=RepaymentMethod.MONTHLY_INTEREST,
        lent_on=date(2018, 7, 2), subsidy=SubsidyRule(years=2),
    )  # fmt: skip
    assert all(line.subsidy == line.interest for line in loan.instalments[:24])
    assert not any(line.subsidy for line in loan.instalments[24:])


def test_2021_the_borrower_bears_lpr_less_150_points() -> None:
    """3.85 + 1.50 = 5.35 %; the borrower 2.35, the treasury 3.00 (domain-more.md 4.4)."""
    loan = made(
        200_000, "5.35", 36, method=RepaymentMethod.AT_THE_END,
        lent_on=date(2021, 6, 10), subsidy=above(23_500),
    )  # fmt: skip
    (line,) = loan.instalments
    assert (line.interest, line.subsidy) == (3_210_000, 1_800_000)
    assert line.interest - line.subsidy == 1_410_000
    assert line.own == 20_000_000 + 1_410_000


def test_2024_half_each() -> None:
    """3.10 + 1.50 = 4.60 %: 2.30 and 2.30 (domain-more.md 4.4)."""
    loan = made(
        300_000, "4.60", 12, method=RepaymentMethod.AT_THE_END,
        lent_on=date(2024, 11, 4), subsidy=half(),
    )  # fmt: skip
    (line,) = loan.instalments
    assert (line.interest, line.subsidy) == (1_380_000, 690_000)


def test_2025_what_lies_above_the_ceiling_is_not_subsidised() -> None:
    """500,000 of which 300,000 are subsidised by half (domain-more.md 5, Sichuan)."""
    loan = made(
        500_000, "4.50", 12, method=RepaymentMethod.AT_THE_END,
        lent_on=date(2025, 5, 6), subsidy=SubsidyRule(shares=((1, 2),), most=Fen(30_000_000)),
    )  # fmt: skip
    (line,) = loan.instalments
    assert (line.interest, line.subsidy) == (2_250_000, 675_000)


# Days


def test_the_last_day_of_a_short_month_stands_for_the_due_day() -> None:
    loan = made(12_000, "6", 6, lent_on=date(2012, 12, 31), method=RepaymentMethod.MONTHLY_INTEREST)
    assert [line.due.day for line in loan.instalments] == [31, 28, 31, 30, 31, 30]
    assert {line.interest for line in loan.instalments} == {6_000}


def test_another_due_day_makes_the_first_and_the_last_month_longer_or_shorter() -> None:
    loan = made(
        36_000, "10", 3, lent_on=date(2012, 8, 25), due_day=20,
        method=RepaymentMethod.MONTHLY_INTEREST,
    )  # fmt: skip
    assert [str(line.due) for line in loan.instalments] == [
        "2012-09-20", "2012-10-20", "2012-11-25",
    ]  # fmt: skip
    assert [line.interest for line in loan.instalments] == [25_000, 30_000, 35_000]


def test_months_of_grace_bear_interest_alone() -> None:
    loan = made(24_000, "12", 6, grace=2, method=RepaymentMethod.EQUAL_PRINCIPAL)
    assert [line.principal for line in loan.instalments] == [0, 0, *[600_000] * 4]
    assert [line.interest for line in loan.instalments[:3]] == [24_000] * 3


def test_a_due_day_off_moves_the_last_day_in_time_and_no_interest() -> None:
    printed = made(50_000, "4.35", 24, lent_on=date(2012, 9, 1)).instalments
    moved = made(
        50_000, "4.35", 24, lent_on=date(2012, 9, 1), due_days=DueDays.NEXT_WORKING_DAY
    ).instalments
    assert [line.interest for line in moved] == [line.interest for line in printed]
    october = next(line for line in moved if line.due == date(2012, 10, 1))
    assert october.pay_by == date(2012, 10, 8)  # Mid-autumn and National Day until the 7th
    assert printed[0].pay_by == date(2012, 10, 1)
    assert not october.provisional


def test_a_year_that_is_not_announced_is_provisional() -> None:
    far = max(calendar().announced) + 2
    saturday = next(day for number in range(1, 8) if (day := date(far, 8, number)).weekday() == 5)
    day, provisional = pay_by(saturday, DueDays.NEXT_WORKING_DAY, calendar())
    assert (day.weekday(), provisional) == (0, True)


# What is said of it


def test_each_rounding_is_explained() -> None:
    loan = made(50_000, "4.35", 24, subsidy=half(), due_days=DueDays.NEXT_WORKING_DAY)
    told = [each.tell() for each in explain(loan)]
    assert any("2,179.043619…" in line and "2,179.04" in line for line in told)
    assert any("181.250000" in line and "181.25" in line for line in told)
    for line in loan.instalments:
        (says,) = [each for each in told if each.startswith(f"第 {line.number} 期")]
        assert yuan_text(line.interest) in says
        assert f"贴息 {yuan_text(line.subsidy)}，" in says
    assert any(yuan_text(loan.instalments[-1].principal) in each for each in told)
    assert any("2012-10-22" in line for line in told)


@pytest.mark.parametrize("method", RepaymentMethod)
def test_every_way_of_repaying_is_explained(method: RepaymentMethod) -> None:
    for rate in ("0", "9.15"):
        loan = made(1_000, rate, 6, method=method, grace=0, lent_on=date(2090, 1, 31))
        assert len(explain(loan)) > len(loan.instalments)
    assert word_named(RepaymentMethod, chinese_name(method)) is method


def test_two_plans_stand_side_by_side() -> None:
    before, after = made(12_000, "6", 12), made(12_000, "6", 6)
    pairs = compare(before.instalments, after.instalments)
    assert [pair.due for pair in pairs] == [line.due for line in before.instalments]
    assert pairs[0].more == after.instalments[0].total - before.instalments[0].total
    assert pairs[-1].after is None
    assert pairs[-1].more == -before.instalments[-1].total
    assert sum(pair.more for pair in pairs) == after.interest - before.interest


# What no contract can say


@pytest.mark.parametrize(
    "wrong",
    [
        {"principal": 0},
        {"rate": -1},
        {"months": 0},
        {"due_day": 32},
        {"grace": 24},
        {"order": (OwedPart.INTEREST, OwedPart.INTEREST, OwedPart.PRINCIPAL)},
        {"overdue_percent": -1},
    ],
)
def test_terms_that_do_not_fit_are_refused(wrong: dict[str, object]) -> None:
    good: dict[str, object] = {
        "principal": 100,
        "rate": 43_500,
        "months": 24,
        "method": RepaymentMethod.EQUAL_PRINCIPAL,
        "lent_on": date(2012, 8, 20),
    }
    with pytest.raises(TermsWrong) as error:
        Terms(**(good | wrong))  # pyright: ignore[reportArgumentType] - the words are those of `Terms`
    assert "{" not in error.value.tell()


def test_shares_of_the_subsidy_lie_between_nothing_and_all() -> None:
    for shares in ((), ((4, 3),), ((1, 0),), ((-1, 2),)):
        with pytest.raises(SubsidyWrong):
            SubsidyRule(shares=shares)


def test_a_rate_is_read_in_percent_and_written_back() -> None:
    assert parse_percent("4.35") == parse_percent("4.35%") == 43_500
    assert percent_text(43_500) == "4.35"
    assert percent_text(parse_percent("5.775")) == "5.775"
    for text in ("", "4,35", "-1", "4.35678", "101", "1e3"):
        with pytest.raises(NotARate):
            parse_percent(text)


@many
@given(seeds)
def test_terms_are_kept_as_plain_data(seed: int) -> None:
    terms = terms_of(Random(seed))  # noqa: S311 - chance, no secret
    assert from_plain(to_plain(terms)) == terms


@pytest.mark.parametrize("method", list(RepaymentMethod))
@pytest.mark.parametrize("day_count", list(DayCount))
def test_each_note_stands_on_one_line_of_the_paper(
    method: RepaymentMethod, day_count: DayCount
) -> None:
    paper = template(template_in_force(PaperKind.REPAYMENT_PLAN, date(2026, 11, 20)))
    (block,) = (
        each
        for each in paper.blocks
        if isinstance(each, Paragraph) and each.text == "{explained:numbered}"
    )
    room = (paper.width - paper.margins[1] - paper.margins[3]) * MM
    loan = made(300_000, "4.35", 36, method=method, day_count=day_count, subsidy=half())
    for place, each in enumerate(explain(loan), start=1):
        says = f"{place}. {each.tell()}"
        assert setting.lines(says, block.face, block.size, room) == (says,)
