"""The documents of loan rules: what each lets people have, on both sides of every edge."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import pytest

from app.core.assets import resource
from app.core.money import Fen
from app.core.words.loans import BorrowerKind, LoanState, RepaymentMethod, SecurityForm
from app.loans.product_rules import (
    AboveMaximum,
    ExtendedOften,
    ExtensionTooLong,
    RateAboveMost,
    TermTooLong,
)
from app.loans.products import (
    Contract,
    ceiling,
    check_amount,
    check_extension,
    check_term,
    highest_rate,
    terms_of,
)
from app.loans.terms import Rate, parse_percent
from app.reference.dated import Confidence
from app.reference.documents import ReferenceDamaged
from app.reference.loan_rules import (
    LoanRules,
    Product,
    group_label,
    rules_called,
    rules_on,
    shipped_rules,
    sourced_values,
    what_is_wrong,
)
from app.reference.loan_values import Condition, Sourced, Subsidy

PERSON, PARTNERS, FIRM = BorrowerKind.INDIVIDUAL, BorrowerKind.PARTNERSHIP, BorrowerKind.SMALL_FIRM


class Edge(NamedTuple):
    """What a product lets people have, as the sources say; `None` where they say nothing."""

    rules: str
    kind: BorrowerKind
    months: int
    rate: tuple[date, str] | None
    """The highest on a day."""
    extension: tuple[int, int | None] | None
    """Months, times."""
    most: tuple[tuple[int | None, int | None, int], ...]
    """Partners or hires, staff, yuan."""
    further: int | None = None
    """Months of a further loan, where it has a term of its own."""

    @property
    def name(self) -> str:
        return f"{self.rules} {self.kind}"


ONE = ((None, None, 100_000),)
HARBIN_FIRM = (
    (15, 100, 3_000_000),
    (14, 100, 1_500_000),
    (9, 100, 1_350_000),
    (9, 101, 3_000_000),
    (8, 101, 1_200_000),
    (0, 5, 0),
)
OLD = date(2003, 6, 1), "5.49"
CRISIS = date(2008, 12, 23), "8.40"
SEED = date(2012, 8, 1), "9.15"
EDGES = (
    Edge("2002-12-24", PERSON, 24, OLD, (12, 1), ((None, None, 20_000),)),
    Edge("2002-12-24", PARTNERS, 24, OLD, (12, 1), ((3, None, 60_000), (1, None, 20_000))),
    Edge("2008-08-19", PERSON, 24, CRISIS, (12, 1), ((None, None, 50_000),)),
    Edge(
        "2008-08-19",
        PARTNERS,
        24,
        CRISIS,
        (12, 1),
        ((3, None, 150_000), (4, None, 200_000), (5, None, 200_000)),
    ),
    Edge("2008-08-19", FIRM, 24, CRISIS, (12, 1), ((None, None, 2_000_000),)),
    Edge("2009-07-06", PERSON, 24, (date(2010, 10, 19), "8.40"), (24, None), ((1, 1, 50_000),)),
    Edge(
        "2009-07-06",
        PARTNERS,
        24,
        (date(2010, 10, 20), "8.60"),
        (24, None),
        ((13, None, 650_000), (14, None, 700_000), (15, None, 700_000)),
    ),
    Edge(
        "2009-07-06",
        FIRM,
        24,
        (date(2009, 8, 1), "8.40"),
        (24, None),
        ((50, None, 0), (51, None, 500_000), (100, None, 500_000), (101, None, 1_000_000)),
    ),
    Edge("2011-01-01", PERSON, 24, SEED, (12, 1), ONE),
    Edge(
        "2011-01-01",
        PARTNERS,
        24,
        SEED,
        (12, 1),
        ((3, None, 300_000), (4, None, 400_000), (5, None, 400_000)),
    ),
    Edge("2011-01-01", FIRM, 24, SEED, (12, 1), ((None, None, 2_000_000),)),
    Edge("2015-05-01", PERSON, 24, (date(2015, 6, 1), "8.50"), (12, 1), ONE, 24),
    Edge(
        "2015-05-01",
        PARTNERS,
        24,
        (date(2015, 10, 24), "7.75"),
        (12, 1),
        ((3, None, 300_000), (5, None, 400_000)),
        24,
    ),
    Edge("2015-05-01", FIRM, 24, (date(2015, 6, 1), "8.50"), (12, 1), ((1, 1, 2_000_000),), 24),
    Edge("2016-07-30", PERSON, 36, (date(2017, 7, 3), "6.30"), (12, 1), ONE),
    Edge("2016-07-30", PARTNERS, 36, (date(2017, 7, 3), "6.30"), (12, 1), ((5, None, 500_000),)),
    Edge("2016-07-30", FIRM, 24, None, None, ((30, 100, 2_000_000),)),
    Edge("2018-07-14", PERSON, 24, (date(2018, 11, 15), "6.31"), (12, 1), ONE),
    Edge("2018-07-14", PARTNERS, 24, (date(2019, 8, 20), "6.25"), (12, 1), ((3, 3, 300_000),)),
    Edge("2018-07-14", FIRM, 24, None, None, ((25, 100, 2_000_000),)),
    Edge("2020-04-15", PERSON, 36, (date(2020, 4, 20), "5.35"), None, ((1, 1, 200_000),)),
    Edge("2020-04-15", PARTNERS, 36, (date(2020, 4, 19), "5.55"), None, ((2, 2, 400_000),)),
    Edge("2020-04-15", FIRM, 24, (date(2020, 6, 1), "5.35"), None, HARBIN_FIRM),
    Edge("2021-01-01", PERSON, 36, (date(2021, 6, 1), "5.35"), None, ((1, 1, 200_000),)),
    Edge("2021-01-01", PARTNERS, 36, (date(2022, 8, 22), "5.15"), None, ((2, 2, 400_000),)),
    Edge("2021-01-01", FIRM, 24, (date(2021, 12, 20), "5.30"), None, HARBIN_FIRM),
    Edge("2023-10-01", PERSON, 36, (date(2024, 11, 1), "4.60"), (12, 1), ((1, 1, 300_000),)),
    Edge(
        "2023-10-01",
        PARTNERS,
        36,
        (date(2025, 5, 20), "4.50"),
        (12, 1),
        ((2, None, 660_000), (12, None, 3_960_000), (13, None, 4_000_000)),
    ),
    Edge(
        "2023-10-01",
        FIRM,
        24,
        (date(2024, 11, 1), "4.60"),
        (12, 1),
        ((15, 100, 4_000_000), (14, 100, 1_500_000), (8, 101, 1_200_000), (9, 101, 4_000_000)),
    ),
)


def named(edge: Edge) -> tuple[LoanRules, Product]:
    rules = rules_called(edge.rules)
    assert rules
    product = rules.product(edge.kind)
    assert product
    return rules, product


def test_every_product_of_every_document_has_its_edges_here() -> None:
    """A new document fails until its limits are tested on both sides."""
    shipped = [(rules.id, each.kind) for rules in shipped_rules() for each in rules.products]
    assert sorted((edge.rules, edge.kind) for edge in EDGES) == sorted(shipped)


def _every_most() -> Iterator[Any]:
    for edge in EDGES:
        for heads, staff, yuan in edge.most:
            yield pytest.param(edge, heads, staff, yuan * 100, id=f"{edge.name} {heads}/{staff}")


@pytest.mark.parametrize(("edge", "heads", "staff", "fen"), list(_every_most()))
def test_the_most_is_lent_and_a_fen_more_is_not(
    edge: Edge, heads: int | None, staff: int | None, fen: int
) -> None:
    rules, product = named(edge)
    check_amount(rules, product, Fen(fen), heads, staff)
    with pytest.raises(AboveMaximum) as refused:
        check_amount(rules, product, Fen(fen + 1), heads, staff)
    limit = ceiling(product, heads, staff)
    assert limit
    assert f"{fen // 100:,}.00" in refused.value.tell()
    assert rules.title in refused.value.tell()
    assert rules.names(limit.rule) in refused.value.tell()


@pytest.mark.parametrize("edge", EDGES, ids=lambda edge: edge.name)
def test_the_longest_term_is_lent_and_a_month_more_is_not(edge: Edge) -> None:
    rules, product = named(edge)
    check_term(rules, product, edge.months)
    with pytest.raises(TermTooLong, match=f"{edge.months + 1} .*{edge.months} "):
        check_term(rules, product, edge.months + 1)
    further = edge.further or edge.months
    check_term(rules, product, further, further=True)
    with pytest.raises(TermTooLong):
        check_term(rules, product, further + 1, further=True)


@pytest.mark.parametrize("edge", EDGES, ids=lambda edge: edge.name)
def test_the_highest_rate_is_agreed_and_a_millionth_more_is_not(edge: Edge) -> None:
    rules, product = named(edge)
    if edge.rate is None:
        assert product.rate is None
        return
    day, percent = edge.rate
    assert rules_on(day) is rules
    most = highest_rate(product, edge.months, day)
    assert most
    assert most.rate == parse_percent(percent)
    contract = Contract(
        kind=edge.kind,
        principal=Fen(100),
        months=edge.months,
        method=RepaymentMethod.MONTHLY_INTEREST,
        contract_on=day,
        lent_on=day,
        rate=most.rate,
        heads=120,
        staff=120,
    )
    assert terms_of(rules, contract).rate == most.rate
    with pytest.raises(RateAboveMost, match=re.escape(percent)):
        terms_of(rules, replace(contract, rate=Rate(most.rate + 1)))


@pytest.mark.parametrize("edge", EDGES, ids=lambda edge: edge.name)
def test_an_extension_is_as_long_and_as_often_as_the_rules_let_it(edge: Edge) -> None:
    rules, product = named(edge)
    if edge.extension is None:
        assert product.extension is None
        check_extension(rules, product, 120, 9)
        return
    months, times = edge.extension
    check_extension(rules, product, months, 0)
    with pytest.raises(ExtensionTooLong, match=f"{months + 1} .*{months} "):
        check_extension(rules, product, months + 1, 0)
    if times is None:
        check_extension(rules, product, months, 9)
        return
    check_extension(rules, product, months, times - 1)
    with pytest.raises(ExtendedOften, match=rules.title):
        check_extension(rules, product, months, times)


SHARES: dict[str, dict[BorrowerKind, tuple[str, tuple[str, ...]]]] = {
    "2002-12-24": {PERSON: ("interest", ("1",))},
    "2008-08-19": {PERSON: ("interest", ("1",)), FIRM: ("of_rate", ("1/2",))},
    "2009-07-06": {PERSON: ("interest", ("1",)), FIRM: ("of_rate", ("1/2",))},
    "2011-01-01": {PERSON: ("interest", ("1",)), FIRM: ("of_rate", ("1/2",))},
    "2015-05-01": {PERSON: ("interest", ("1",)), FIRM: ("of_rate", ("1/2",))},
    "2016-07-30": {PERSON: ("interest", ("1", "2/3", "1/3")), FIRM: ("of_rate", ("1/2",))},
    "2018-07-14": {PERSON: ("interest", ("1", "2/3", "1/3")), FIRM: ("of_rate", ("1/2",))},
    "2020-04-15": {PERSON: ("interest", ("1", "2/3", "1/3")), FIRM: ("of_rate", ("1/2",))},
    "2021-01-01": {PERSON: ("above", ("1",)), FIRM: ("above", ("1",))},
    "2023-10-01": {PERSON: ("interest", ("1/2",)), FIRM: ("interest", ("1/2",))},
}


@pytest.mark.parametrize("rules", shipped_rules(), ids=lambda rules: rules.id)
def test_the_treasury_bears_what_the_rule_of_the_year_says(rules: LoanRules) -> None:
    told = {
        product.kind: (product.subsidy.basis.value, product.subsidy.shares)
        for product in rules.products
        if product.subsidy
    }
    expected = SHARES[rules.id]
    assert told == {**expected, PARTNERS: expected[PERSON]}
    assert not any(
        product.subsidy and (product.subsidy.extension or product.subsidy.overdue)
        for product in rules.products
    )


@pytest.mark.parametrize(
    ("day", "rules"),
    [
        (date(2002, 12, 23), None),
        (date(2002, 12, 24), "2002-12-24"),
        (date(2009, 7, 5), "2008-08-19"),
        (date(2009, 7, 6), "2009-07-06"),
        (date(2012, 8, 1), "2011-01-01"),
        (date(2020, 12, 31), "2020-04-15"),
        (date(2021, 1, 1), "2021-01-01"),
        (date(2026, 11, 23), "2023-10-01"),
    ],
)
def test_a_document_holds_until_the_next_and_before_the_first_none(
    day: date, rules: str | None
) -> None:
    found = rules_on(day)
    assert (found.id if found else None) == rules
    assert rules_called(rules or "2002-12-23") is found


@pytest.mark.parametrize("rules", shipped_rules(), ids=lambda rules: rules.id)
def test_every_value_names_its_source_and_is_provisional(rules: LoanRules) -> None:
    assert rules.status == "provisional"
    values = list(sourced_values(rules))
    assert len(values) > 40
    for place, value in values:
        assert value.source, place
        assert ({*value.source} != {"general"}) or value.confidence is Confidence.GENERAL, place
    assert {name for _place, value in values for name in value.source} == {*rules.sources}


@pytest.mark.parametrize("rules", shipped_rules(), ids=lambda rules: rules.id)
def test_a_document_can_be_worked_by(rules: LoanRules) -> None:
    for product in rules.products:
        assert product.most
        assert product.term
        assert product.subsidy
        assert product.security
        assert product.repayment is None or {*product.repayment.methods} == {*RepaymentMethod}
        assert rules.papers_of(product.kind)
        for group in rules.groups_of(product):
            assert rules.group_named(group.label) is group
            assert all(rules.group_named(alias) is group for alias in group.aliases)
        mutual = [each for each in product.security if each.form is SecurityForm.MUTUAL]
        assert all(each.persons == 3 for each in mutual)
        for condition in product.conditions:
            assert condition.says.format(value=1)
    assert rules.deadline(LoanState.BANK_APPROVED)
    assert rules.deadline(LoanState.SECURED) is None
    assert rules.checks
    assert rules.checks.months == 1
    assert rules.guarantee.stop
    assert rules.guarantee.stop.percent == 20


def test_the_raise_of_2026_is_not_taken_for_adopted() -> None:
    newest = shipped_rules()[-1]
    assert newest.in_force < date(2026, 2, 2)
    assert "500,000" in newest.note


def test_a_group_is_called_as_in_the_newest_document_that_has_it() -> None:
    assert group_label("laid_off") == "下岗失业人员"
    assert group_label("newcomer") == "在哈创业外来人员"
    assert group_label("nobody") == "nobody"
    assert shipped_rules()[0].group_named("残疾人") is None


# Damaged documents


def damaged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, old: str, new: str) -> str:
    """Return what is told of the document of 2023 with one place changed."""
    text = resource("reference", "loan_rules", "2023-10-01.toml").read_text("utf-8")
    assert old in text
    (tmp_path / "2023-10-01.toml").write_text(text.replace(old, new, 1), "utf-8")

    def elsewhere(*_parts: str) -> Path:
        return tmp_path

    monkeypatch.setattr("app.reference.loan_rules.folder", elsewhere)
    shipped_rules.cache_clear()
    try:
        with pytest.raises(ReferenceDamaged) as told:
            shipped_rules()
    finally:
        shipped_rules.cache_clear()
    assert "2023-10-01.toml" in told.value.tell()
    return told.value.tell()


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ('kind = "individual"', 'kind = "friend"', r"friend.*\$\.product\[.*\]\.kind"),
        ("months = 36", "months = 0", r"int.*\$\.product\[.*\]\.term\.months"),
        ("months = 36", "years = 3", r"years.*\$\.product\[.*\]\.term"),
        ("fen = 30_000_000", "fen = 300000.5", r"\$\.product\[.*\]\.most\[.*\]\.fen"),
        ("in_force = 2023-10-01", "in_force = 2023-10-02", r"in_force 2023-10-02"),
        ('source = ["N37"]', 'source = ["S999"]', r"begins: source \['S999'\]"),
        ('shares = ["1/2"]', 'shares = ["half"]', r"product\[individual\]\.subsidy: shares"),
        ('shares = ["1/2"]', 'shares = ["3/2"]', r"product\[individual\]\.subsidy: shares"),
        ('shares = ["1/2"]', "shares = []", r"product\[individual\]\.subsidy: shares"),
        (
            'basis = "interest"',
            'basis = "above"',
            r"product\[individual\]\.subsidy: base None",
        ),
        ('per = "person"', 'per = "firm"', r"product\[individual\]\.most .*firm"),
        (
            "percent = [130, 150]",
            "percent = [150, 130]",
            r"individual\]\.overdue: percent",
        ),
        ("large_staff = 100\n", "", r"product\[small_firm\]\.hires: large_staff"),
        ('groups = ["unemployed"', 'groups = ["nobody"', r"product\[individual\]\.groups.*nobody"),
        (
            'methods = ["equal_instalments", "equal_principal", "monthly_interest", '
            '"quarterly_interest", "at_the_end"]',
            "methods = []",
            r"product\[individual\]\.repayment: methods \[\]",
        ),
        (
            "[product.term]\nmonths = 36",
            '[product.hires]\npercent = 15\nsource = ["S86"]\nconfidence = "seen"\n\n'
            "[product.term]\nmonths = 36",
            r"product\[individual\]\.hires",
        ),
        ('word = "disabled"', 'word = "veteran"', r"group .*veteran.* stands twice"),
        ('label = "残疾人"', 'label = "失业人员"', r"group label .*失业人员.* stands twice"),
        ('step = "checked"', 'step = "guaranteed"', r"deadline .*guaranteed.* stands twice"),
        (
            'form = "mutual"',
            'form = "salaried"',
            r"product\[individual\]\.security .*salaried.* stands twice",
        ),
        ('kind = "partnership"', 'kind = "individual"', r"product .*individual.* stands twice"),
        ("value = true", "value = 1", r"product\[small_firm\]\.condition\[1\]: value 1"),
        ('fact = "wage_arrears"', 'fact = "age"', r"product\[small_firm\]\.condition\[2\]: fact"),
    ],
)
def test_a_mistake_is_told_with_its_file_and_place(
    old: str, new: str, place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert re.search(place, damaged(tmp_path, monkeypatch, old, new))


def test_a_product_is_for_somebody() -> None:
    rules = shipped_rules()[-1]
    nobody = msgspec.structs.replace(rules.products[0], groups=())
    assert what_is_wrong(msgspec.structs.replace(rules, products=(nobody,))) == (
        "product[individual].groups []"
    )


def test_every_value_is_walked_with_its_own_place() -> None:
    rules = shipped_rules()[-1]
    places = [place for place, _value in sourced_values(rules)]
    assert len(places) == len({*places})
    assert {"begins", "group[1]", "product[individual].most[1]", "guarantee.stop"} <= {*places}
    kinds: set[type[Sourced]] = {type(value) for _place, value in sourced_values(rules)}
    assert {Subsidy, Condition} <= kinds
    assert what_is_wrong(rules) == ""
