"""Loans of each product year worked by hand, and what the rules refuse of a contract."""

from dataclasses import replace
from datetime import date
from typing import Any

import msgspec
import pytest

from app.core.money import Fen
from app.core.words import Answer
from app.core.words.loans import BorrowerKind, RepaymentMethod
from app.loans.plan import plan
from app.loans.product_rules import (
    BaseNotKnown,
    MethodNotAgreed,
    NoSuchProduct,
    OverdueOutside,
    RateNotTold,
)
from app.loans.products import (
    Contract,
    ceiling,
    is_subsidised,
    not_checked,
    share_reached,
    terms_of,
)
from app.loans.terms import Rate, Terms, parse_percent
from app.reference.loan_rules import LoanRules, Product, rules_on, shipped_rules
from app.reference.loan_values import Exemption, Hires
from app.reference.workdays import calendar

PERSON, PARTNERS, FIRM = BorrowerKind.INDIVIDUAL, BorrowerKind.PARTNERSHIP, BorrowerKind.SMALL_FIRM
LPR_GAP = date(2026, 11, 23)
"""A day whose LPR no source gives."""


def contract(day: date, kind: BorrowerKind = PERSON, yuan: int = 100_000, **more: Any) -> Contract:
    """Return a contract for two years, interest quarterly, lent on the day it was signed."""
    given: dict[str, Any] = {
        "kind": kind,
        "principal": Fen(yuan * 100),
        "months": 24,
        "method": RepaymentMethod.QUARTERLY_INTEREST,
        "contract_on": day,
        "lent_on": day,
        "micro_profit": Answer.YES,
        "heads": 120,
        "staff": 120,
    }
    return Contract(**(given | more))


def rules_of(day: date) -> LoanRules:
    rules = rules_on(day)
    assert rules
    return rules


def terms(asked: Contract) -> Terms:
    return terms_of(rules_of(asked.contract_on), asked)


@pytest.mark.parametrize(
    ("asked", "percent", "interest", "subsidy"),
    [
        # 20,000 × 5.49 % × 2, all of it for a micro-profit project
        (contract(date(2003, 6, 2), yuan=20_000), "5.49", "2196.00", "2196.00"),
        # 50,000 × (5.40 + 3) % × 2
        (contract(date(2008, 12, 23), yuan=50_000), "8.40", "8400.00", "8400.00"),
        (contract(date(2009, 8, 3), yuan=50_000), "8.40", "8400.00", "8400.00"),
        # 1,000,000: half of 5.40 % for two years
        (contract(date(2009, 8, 3), FIRM, 1_000_000), "8.40", "168000.00", "54000.00"),
        # 100,000 × (6.15 + 3) %: 9,150 a year (domain-more.md 4.4)
        (contract(date(2012, 8, 1)), "9.15", "18300.00", "18300.00"),
        # one year: 6.56 + 3
        (contract(date(2011, 12, 1), months=12), "9.56", "9560.00", "9560.00"),
        # half of 6.15 % of 2,000,000 for two years
        (contract(date(2012, 8, 1), FIRM, 2_000_000), "9.15", "366000.00", "123000.00"),
        (contract(date(2015, 6, 1)), "8.50", "17000.00", "17000.00"),
        # 6,300 a year: all, two thirds, one third
        (contract(date(2017, 7, 3), months=36), "6.30", "18900.00", "12600.00"),
        # 6,310 and 4 × 1,051.67, two thirds of a quarter of it
        (contract(date(2018, 11, 15)), "6.31", "12620.00", "10516.68"),
        (contract(date(2020, 6, 1), yuan=200_000, months=36), "5.35", "32100.00", "21400.00"),
        # 3.85 + 1.50; the borrower bears 2.35, the treasury 3.00 (domain-more.md 4.4)
        (contract(date(2021, 6, 1), yuan=200_000, months=36), "5.35", "32100.00", "18000.00"),
        (contract(date(2021, 6, 1), FIRM, 3_000_000), "5.35", "321000.00", "180000.00"),
        # 3.10 + 1.50, half each (domain-more.md 4.4)
        (contract(date(2024, 11, 1), yuan=300_000, months=36), "4.60", "41400.00", "20700.00"),
        (contract(date(2024, 11, 1), FIRM, 4_000_000), "4.60", "368000.00", "184000.00"),
    ],
    ids=lambda value: f"{value.contract_on} {value.kind}" if isinstance(value, Contract) else "",
)
def test_a_worked_loan_of_each_year(
    asked: Contract, percent: str, interest: str, subsidy: str
) -> None:
    made = terms(asked)
    planned = plan(made, calendar())
    assert made.rate == parse_percent(percent)
    assert planned.interest == int(interest.replace(".", ""))
    assert planned.subsidy == int(subsidy.replace(".", ""))


def test_every_year_of_rules_has_a_worked_loan() -> None:
    marks: list[pytest.Mark] = test_a_worked_loan_of_each_year.pytestmark  # pyright: ignore[reportFunctionMemberAccess] - pytest puts it there
    worked = {rules_of(row[0].contract_on).id for row in marks[0].args[1]}
    assert worked == {rules.id for rules in shipped_rules()}


def test_the_rate_of_the_day_it_was_signed_stays_although_it_is_lent_later() -> None:
    late = contract(date(2012, 7, 5), lent_on=date(2012, 8, 1))
    assert terms(late).rate == parse_percent("9.40")
    assert terms(late).lent_on == date(2012, 8, 1)


def test_a_rate_below_the_highest_is_agreed_as_it_is() -> None:
    assert terms(contract(date(2024, 11, 1), rate=parse_percent("3.85"))).rate == 38_500


def test_a_rate_of_a_day_without_a_published_one_is_taken_from_the_contract() -> None:
    asked = contract(LPR_GAP)
    with pytest.raises(RateNotTold, match="2026-11-23"):
        terms(asked)
    assert terms(replace(asked, rate=parse_percent("4.35"))).rate == 43_500
    assert terms(replace(asked, base=parse_percent("3.00"))).rate == 45_000
    assert "最高利率" in not_checked(_product(asked), asked)
    assert "最高利率" not in not_checked(_product(asked), replace(asked, base=Rate(30_000)))


def test_a_subsidy_that_rests_on_an_unknown_rate_is_not_guessed() -> None:
    """The older LPR of spring 2018 is not known; firms were given half of it."""
    asked = contract(date(2018, 4, 2), FIRM, rate=parse_percent("6.00"))
    with pytest.raises(BaseNotKnown, match=r"2018-04-02.*贷款基础利率"):
        terms(asked)
    told = terms(replace(asked, base=parse_percent("4.31"))).subsidy
    assert told
    assert (told.rate, told.shares) == (43_100, ((1, 2),))


def test_a_project_that_nobody_called_micro_profit_is_not_subsidised_and_that_is_told() -> None:
    day = date(2003, 6, 2)
    for answer, doubts in (
        (Answer.NOT_ASKED, 1),
        (Answer.NOT_KNOWN, 1),
        (Answer.NO, 0),
    ):
        asked = contract(day, yuan=20_000, micro_profit=answer)
        assert terms(asked).subsidy is None
        told = [what for what in not_checked(_product(asked), asked) if "微利项目" in what]
        assert len(told) == doubts


@pytest.mark.parametrize(
    ("day", "earlier", "subsidised"),
    [
        (date(2018, 11, 15), 2, True),
        (date(2018, 11, 15), 3, False),
        (date(2021, 6, 1), 2, True),
        (date(2021, 6, 1), 3, False),
        (date(2012, 8, 1), 9, True),
    ],
)
def test_three_loans_are_subsidised_since_2018(day: date, earlier: int, subsidised: bool) -> None:
    asked = contract(day, earlier=earlier)
    assert (terms(asked).subsidy is not None) == subsidised
    assert is_subsidised(_product(asked), earlier, Answer.NOT_ASKED) is subsidised


def test_whether_a_loan_is_subsidised_is_not_known_without_its_answers() -> None:
    later = _product(contract(date(2018, 11, 15)))
    assert is_subsidised(later, None, Answer.NOT_ASKED) is None
    first = _product(contract(date(2003, 6, 2)))
    for answer in Answer:
        assert is_subsidised(first, None, answer) is answer.known
    unknown = msgspec.structs.replace(first, subsidy=None)
    assert is_subsidised(unknown, 0, Answer.YES) is None


def test_a_kind_of_borrower_without_a_loan_is_refused() -> None:
    with pytest.raises(NoSuchProduct, match=r"银发〔2002〕394号.*小"):
        terms(contract(date(2003, 6, 2), FIRM))


def test_a_way_of_repaying_that_is_not_agreed_is_refused() -> None:
    rules = rules_of(date(2012, 8, 1))
    product = _product(contract(date(2012, 8, 1)))
    assert product.repayment
    fewer = msgspec.structs.replace(product.repayment, methods=(RepaymentMethod.EQUAL_INSTALMENTS,))
    narrow = msgspec.structs.replace(
        rules, products=(msgspec.structs.replace(product, repayment=fewer),)
    )
    asked = contract(date(2012, 8, 1))
    with pytest.raises(MethodNotAgreed, match="按季"):
        terms_of(narrow, asked)
    kept = replace(asked, method=RepaymentMethod.EQUAL_INSTALMENTS)
    assert terms_of(narrow, kept).method is RepaymentMethod.EQUAL_INSTALMENTS


@pytest.mark.parametrize(
    ("percent", "fits"), [(129, False), (130, True), (150, True), (151, False)]
)
def test_the_rate_on_what_is_overdue_lies_within_the_rules(percent: int, fits: bool) -> None:
    asked = contract(date(2024, 11, 1), overdue_percent=percent)
    if fits:
        assert terms(asked).overdue_percent == percent
        return
    with pytest.raises(OverdueOutside, match=r"130.*150"):
        terms(asked)


def test_the_highest_overdue_rate_is_taken_when_the_contract_says_nothing() -> None:
    assert terms(contract(date(2024, 11, 1))).overdue_percent == 150


def test_what_no_source_says_is_told_and_not_refused() -> None:
    asked = contract(date(2017, 7, 3), FIRM, rate=parse_percent("9.99"))
    assert terms(asked).rate == 99_900
    assert set(not_checked(_product(asked), asked)) == {"最高利率", "能展期多久"}


def test_a_product_of_which_nothing_is_known_refuses_nothing() -> None:
    day = date(2024, 11, 1)
    silent = Product(kind=PERSON, title="贷款", groups=("unemployed",))
    rules = msgspec.structs.replace(rules_of(day), products=(silent,))
    asked = contract(day, yuan=10**6, months=120, rate=parse_percent("24"))
    made = terms_of(rules, asked)
    assert (made.rate, made.months, made.subsidy) == (240_000, 120, None)
    assert made.overdue_percent == 150
    assert terms_of(rules, replace(asked, overdue_percent=200)).overdue_percent == 200
    assert len(not_checked(silent, asked)) == 6
    with pytest.raises(RateNotTold):
        terms_of(rules, replace(asked, rate=None))


def test_how_many_people_a_borrower_is_decides_and_is_not_guessed() -> None:
    partners = contract(date(2012, 8, 1), PARTNERS, heads=None)
    assert ceiling(_product(partners), None, None) is None
    assert "最高额" in not_checked(_product(partners), partners)
    firm = _product(contract(date(2024, 11, 1), FIRM))
    assert ceiling(firm, None, 100) is None
    assert ceiling(firm, 15, None) is None
    harbin = _product(contract(date(2009, 8, 3), FIRM))
    assert ceiling(harbin, None, None) is None


@pytest.mark.parametrize(
    ("new", "staff", "reached"),
    [
        (15, 100, True),
        (14, 100, False),
        (16, 101, True),
        (9, 101, True),
        (8, 101, False),
        (8, 100, False),
        (None, 100, None),
        (8, None, None),
    ],
)
def test_a_large_firm_needs_a_smaller_share(
    new: int | None, staff: int | None, reached: bool | None
) -> None:
    product = _product(contract(date(2024, 11, 1), FIRM))
    assert product.hires
    assert share_reached(product.hires, new, staff) is reached


def test_a_firm_needs_its_share_whatever_its_size_where_the_rule_knows_no_large_one() -> None:
    plain = Hires(source=("S86",), confidence=_exemption().confidence, percent=20)
    assert plain.needed(10_000) == 20


def _exemption() -> Exemption:
    product = _product(contract(date(2021, 6, 1)))
    assert product.exemption
    return product.exemption


def _product(asked: Contract) -> Product:
    product = rules_of(asked.contract_on).product(asked.kind)
    assert product
    return product
