"""Earmarks of sources: the documents themselves, and every rule on both sides of its edge."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace as changed_in

from app.core.money import Fen
from app.core.words.funds import FundSource
from app.core.words.relief import ReliefItem
from app.funds.records import FundRow
from app.funds.rules import (
    Earmarked,
    FileNeeded,
    FundClosed,
    ItemNotPaid,
    LevelNeeded,
    NotItsDay,
    OtherCategory,
    OtherDistrict,
    RosterOnly,
    Wanted,
    check_earmarks,
    paying_days,
)
from app.reference.earmarks import (
    Earmarks,
    Per,
    earmarks_on,
    shipped_earmarks,
    what_is_wrong,
)

DAY = date(2026, 11, 20)
STATE = (FundSource.CENTRAL, FundSource.PROVINCIAL)
OPEN = tuple(source for source in FundSource if source not in (*STATE, FundSource.AGENCY))


def fund(source: FundSource = FundSource.CITY, **changed: Any) -> FundRow:
    terms: dict[str, Any] = {
        "id": 1,
        "version": 1,
        "name": "某项资金",
        "source": source,
        "year": 2026,
        "measures": (),
        "file_required": False,
        "donor": "",
        "condition": "",
        "districts": (),
        "categories": (),
        "pays_until": None,
        "open": True,
        "granted": Fen(0),
        "reserved": Fen(0),
        "paid": Fen(0),
        "available": Fen(0),
    }
    return FundRow(**terms | changed)


WANTED = Wanted(
    measure="living_relief",
    title="生活救助",
    item=ReliefItem.LIVING,
    day=DAY,
    filed=True,
    level="全国级",
    district="南岗区",
    category="深度困难",
)


def check(row: FundRow, on: date = DAY, **changed: Any) -> None:
    """Ask a fund to pay; the rules are those of ``on``."""
    wanted = replace(WANTED, **changed)
    check_earmarks(row, earmarks_on(on).rule(row.source), wanted)


# The documents


@pytest.mark.parametrize("earmarks", shipped_earmarks(), ids=lambda each: str(each.in_force))
def test_every_document_rules_every_source_once_and_names_its_sources(earmarks: Earmarks) -> None:
    assert what_is_wrong(earmarks) == ""
    assert {each for rule in earmarks.rules for each in rule.of} == set(FundSource)
    assert earmarks.status == "provisional"
    assert earmarks.note


def test_what_does_not_fit_in_a_document_is_named() -> None:
    newest = shipped_earmarks()[-1]
    first, *others = newest.rules
    half = changed_in(newest, rules=tuple(others))
    assert what_is_wrong(half).startswith("of ")
    strange = changed_in(first, source=("S99",))
    assert "S99" in what_is_wrong(changed_in(newest, rules=(strange, *others)))
    level = changed_in(first, levels=("天下级",))
    assert "天下级" in what_is_wrong(changed_in(newest, rules=(level, *others)))
    both = changed_in(newest.most[0], fen=1, months=1)
    assert what_is_wrong(changed_in(newest, most=(both,))) == "most: fen or months"


@pytest.mark.parametrize(
    ("day", "in_force"),
    [
        (date(2000, 1, 1), date(2009, 1, 1)),
        (date(2015, 5, 7), date(2009, 1, 1)),
        (date(2015, 5, 8), date(2015, 5, 8)),
        (date(2018, 12, 31), date(2015, 5, 8)),
        (date(2019, 1, 1), date(2019, 1, 1)),
        (date(2022, 11, 30), date(2019, 1, 1)),
        (date(2022, 12, 1), date(2022, 12, 1)),
    ],
)
def test_a_document_holds_from_its_day(day: date, in_force: date) -> None:
    assert earmarks_on(day).in_force == in_force


# What sources pay


@pytest.mark.parametrize("source", STATE)
def test_state_money_pays_national_archives_on_file(source: FundSource) -> None:
    check(fund(source))
    with pytest.raises(LevelNeeded, match=r"全国级.*地市级"):
        check(fund(source), level="地市级")
    with pytest.raises(LevelNeeded):
        check(fund(source), level=None)
    with pytest.raises(FileNeeded):
        check(fund(source), filed=False)


@pytest.mark.parametrize("source", STATE)
def test_until_2019_state_money_asks_for_a_file_but_for_no_level(source: FundSource) -> None:
    early: dict[str, Any] = {"on": date(2018, 12, 31), "day": date(2018, 12, 31)}
    check(fund(source, year=2018), level=None, **early)
    with pytest.raises(FileNeeded):
        check(fund(source, year=2018), filed=False, **early)
    with pytest.raises(LevelNeeded):
        check(fund(source, year=2019), level=None, on=date(2019, 1, 1), day=date(2019, 1, 1))


@pytest.mark.parametrize("source", STATE)
def test_from_december_2022_state_money_helps_in_sudden_need_without_a_file(
    source: FundSource,
) -> None:
    sudden: dict[str, Any] = {"item": ReliefItem.TEMPORARY, "filed": False, "level": None}
    row = fund(source, year=2022)
    check(row, on=date(2022, 12, 1), day=date(2022, 12, 1), **sudden)
    with pytest.raises(ItemNotPaid, match="全国级档案"):
        check(row, on=date(2022, 11, 30), day=date(2022, 11, 30), **sudden)
    with pytest.raises(FileNeeded):
        check(fund(source, file_required=True), **sudden)
    with pytest.raises(LevelNeeded):
        check(fund(source), item=ReliefItem.TEMPORARY, filed=True, level=None)


@pytest.mark.parametrize("source", STATE)
@pytest.mark.parametrize(
    ("item", "since"),
    [
        (ReliefItem.LIVING, date(2009, 1, 1)),
        (ReliefItem.MEDICAL, date(2009, 1, 1)),
        (ReliefItem.SCHOOLING, date(2009, 1, 1)),
        (ReliefItem.FESTIVAL, date(2019, 1, 1)),
        (ReliefItem.TEMPORARY, date(2022, 12, 1)),
    ],
)
def test_state_money_pays_its_items_only(source: FundSource, item: ReliefItem, since: date) -> None:
    for earmarks in shipped_earmarks():
        day = earmarks.in_force
        row = fund(source, year=day.year)
        if day >= since:
            check(row, item=item, on=day, day=day)
        else:
            with pytest.raises(ItemNotPaid):
                check(row, item=item, on=day, day=day)
        with pytest.raises(ItemNotPaid):
            check(row, item=ReliefItem.OTHER, on=day, day=day)


@pytest.mark.parametrize("source", OPEN)
@pytest.mark.parametrize("item", ReliefItem)
def test_other_money_pays_what_its_own_earmark_lets_it(
    source: FundSource, item: ReliefItem
) -> None:
    nobody: dict[str, Any] = {"filed": False, "level": None, "district": None, "category": None}
    check(fund(source), item=item, **nobody)


def test_agency_money_pays_the_roster_and_the_roster_gets_nothing_else() -> None:
    check(fund(FundSource.AGENCY), roster=True, filed=False)
    with pytest.raises(RosterOnly, match="名册"):
        check(fund(FundSource.AGENCY))
    for source in OPEN:
        with pytest.raises(RosterOnly):
            check(fund(source), roster=True)


# What a fund's own terms demand


def test_a_fund_pays_its_measures() -> None:
    row = fund(measures=("living_relief",))
    check(row)
    with pytest.raises(Earmarked, match="某项资金"):
        check(row, measure="festival_relief")


def test_a_fund_that_asks_for_a_file_pays_nobody_without() -> None:
    check(fund(file_required=True))
    with pytest.raises(FileNeeded):
        check(fund(file_required=True), filed=False)


def test_a_fund_pays_its_districts_and_whom_it_does_not_know_the_district_of_not() -> None:
    row = fund(districts=("南岗区", "道里区"))
    check(row)
    with pytest.raises(OtherDistrict, match=r"南岗区、道里区.*香坊区"):
        check(row, district="香坊区")
    with pytest.raises(OtherDistrict):
        check(row, district=None)


def test_a_fund_pays_its_categories_and_whom_it_does_not_know_the_category_of_not() -> None:
    row = fund(categories=("深度困难",))
    check(row)
    with pytest.raises(OtherCategory, match=r"深度困难.*相对困难"):
        check(row, category="相对困难")
    with pytest.raises(OtherCategory):
        check(row, category=None)


@pytest.mark.parametrize(
    ("day", "pays_until", "pays"),
    [
        (date(2025, 12, 31), None, False),
        (date(2026, 1, 1), None, True),
        (date(2026, 12, 31), None, True),
        (date(2027, 1, 1), None, False),
        (date(2027, 1, 1), date(2027, 3, 31), True),
        (date(2027, 3, 31), date(2027, 3, 31), True),
        (date(2027, 4, 1), date(2027, 3, 31), False),
        (date(2026, 6, 30), date(2026, 6, 30), True),
        (date(2026, 7, 1), date(2026, 6, 30), False),
    ],
)
def test_a_fund_pays_from_the_first_to_the_last_of_its_days(
    day: date, pays_until: date | None, pays: bool
) -> None:
    row = fund(pays_until=pays_until)
    if pays:
        check(row, day=day)
        return
    with pytest.raises(NotItsDay, match=paying_days(2026, pays_until)[1].isoformat()):
        check(row, day=day)


def test_a_closed_fund_pays_nothing() -> None:
    with pytest.raises(FundClosed):
        check(fund(open=False))


# What sources give at most


def test_the_most_of_sources_are_counted_for_a_household_a_person_or_a_time() -> None:
    def mosts(day: date, source: FundSource, item: ReliefItem) -> list[tuple[Per, int | None]]:
        found = earmarks_on(day).limits(source, item)
        return [(each.per, each.fen or each.months) for each in found]

    festival = [(Per.PERSON_TIME, 300_000), (Per.PERSON_YEAR, 600_000)]
    assert mosts(date(2019, 1, 1), FundSource.UNION_FEES, ReliefItem.FESTIVAL) == festival
    assert mosts(date(2018, 12, 31), FundSource.UNION_FEES, ReliefItem.FESTIVAL) == []
    assert mosts(DAY, FundSource.CENTRAL, ReliefItem.LIVING) == [(Per.HOUSEHOLD_YEAR, 12)]
    assert mosts(DAY, FundSource.CENTRAL, ReliefItem.SCHOOLING) == [(Per.PERSON_YEAR, 10)]
    assert mosts(date(2015, 5, 7), FundSource.CENTRAL, ReliefItem.LIVING) == []
    assert mosts(DAY, FundSource.CITY, ReliefItem.LIVING) == []
    assert mosts(DAY, FundSource.AGENCY, ReliefItem.FESTIVAL) == []
