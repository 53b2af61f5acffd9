"""Dated values: what is known of a day, and that nothing is carried forward."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.money import Fen
from app.reference.dated import (
    AREAS,
    Confidence,
    DatedValue,
    Origin,
    Row,
    ValueArea,
    ValueKind,
    ValueTable,
    find,
    read_values,
    shipped_values,
)
from app.reference.districts import district, district_names
from app.reference.documents import ReferenceDamaged
from app.reference.values import Values

DIBAO, WAGE = ValueKind.DIBAO_LINE, ValueKind.MINIMUM_WAGE
SHIPPED = Values(shipped_values())


def yuan(kind: ValueKind, place: str, day: date, known_on: date | None = None) -> int | None:
    value = SHIPPED.line(kind, place, day, known_on)
    return value.amount_fen // 100 if value else None


@pytest.mark.parametrize(
    ("place", "day", "line"),
    [
        ("南岗区", date(2022, 1, 1), 835),
        ("南岗区", date(2022, 12, 31), 835),
        ("南岗区", date(2021, 12, 31), 783),
        ("宾县", date(2022, 11, 15), 669),
        ("南岗区", date(2023, 1, 1), None),
        ("南岗区", date(2024, 6, 1), None),
        ("南岗区", date(2024, 7, 1), 860),
        ("宾县", date(2024, 12, 31), 710),
        ("南岗区", date(2025, 1, 1), None),
        ("南岗区", date(2013, 5, 1), None),
        ("宾县", date(2018, 6, 1), 556),
        ("南岗区", date(2018, 6, 1), None),
        ("南岗区", date(2015, 9, 30), 510),
        ("南岗区", date(2015, 10, 1), 550),
        ("双城区", date(2015, 10, 1), 500),
        ("双城区", date(2020, 6, 1), None),
        ("双城区", date(2022, 6, 1), 835),
        ("阿城区", date(2009, 11, 1), 221),
        ("呼兰区", date(2009, 11, 1), 310),
    ],
)
def test_the_dibao_line_of_a_day(place: str, day: date, line: int | None) -> None:
    assert yuan(DIBAO, place, day) == line


@pytest.mark.parametrize(
    ("place", "day", "wage"),
    [
        ("道里区", date(2012, 11, 30), 840),
        ("道里区", date(2012, 12, 1), 1160),
        ("呼兰区", date(2012, 12, 1), 1050),
        ("双城市", date(2012, 12, 1), 900),
        ("宾县", date(2012, 12, 1), 850),
        ("宾县", date(2016, 1, 1), 1030),
        ("尚志市", date(2016, 1, 1), 1120),
        ("宾县", date(2018, 1, 1), 1270),
        ("双城区", date(2025, 11, 30), 1750),
        ("双城区", date(2025, 12, 1), 2010),
        ("宾县", date(2025, 12, 1), 1910),
        ("道里区", date(2028, 12, 1), None),
    ],
)
def test_the_minimum_wage_of_a_day(place: str, day: date, wage: int | None) -> None:
    assert yuan(WAGE, place, day) == wage


def test_a_line_counts_from_the_day_it_was_published() -> None:
    day = date(2022, 11, 15)
    assert yuan(DIBAO, "南岗区", day, known_on=date(2022, 10, 19)) is None
    assert yuan(DIBAO, "南岗区", day, known_on=date(2022, 10, 20)) == 835


def test_without_a_day_of_publication_the_last_day_in_force_stands_for_it() -> None:
    day = date(2021, 6, 1)
    assert yuan(DIBAO, "南岗区", day, known_on=date(2021, 12, 30)) is None
    assert yuan(DIBAO, "南岗区", day, known_on=date(2021, 12, 31)) == 783


def test_every_shipped_value_ends_and_has_a_source() -> None:
    for value in shipped_values():
        assert value.effective_to is not None
        assert value.source
        assert value.origin is Origin.SHIPPED
        assert value.area in AREAS[value.kind]
        assert not value.demonstration


@given(st.dates(date(2005, 1, 1), date(2030, 1, 1)), st.sampled_from(ValueArea))
def test_at_most_one_shipped_value_covers_a_day(day: date, area: ValueArea) -> None:
    for kind in ValueKind:
        covering = [
            value
            for value in shipped_values()
            if value.kind is kind and value.area is area and value.covers(day)
        ]
        assert len(covering) <= 1
        assert find(shipped_values(), kind, area, day) == (covering[0] if covering else None)


def own(fen: int, first: date, last: date | None = None) -> DatedValue:
    return DatedValue(
        kind=DIBAO,
        area=ValueArea.DISTRICTS,
        amount_fen=Fen(fen),
        effective_from=first,
        effective_to=last,
        published_on=first,
        confidence=Confidence.CONFIRMED,
        origin=Origin.CENTER,
    )


def test_the_centers_value_comes_before_the_shipped_one_and_fills_gaps() -> None:
    mine = [own(84000, date(2022, 6, 1), date(2023, 6, 30)), own(90000, date(2025, 1, 1))]
    values = Values(shipped_values(), mine)

    def line(day: date) -> int | None:
        found = values.line(DIBAO, "南岗区", day)
        return found.amount_fen if found else None

    assert line(date(2022, 5, 31)) == 83500
    assert line(date(2022, 6, 1)) == 84000
    assert line(date(2023, 6, 30)) == 84000
    assert line(date(2023, 7, 1)) is None
    assert line(date(2026, 11, 22)) == 90000
    assert values.line(DIBAO, "宾县", date(2026, 11, 22)) is None


def test_of_two_own_values_the_later_one_holds() -> None:
    values = [own(90000, date(2025, 1, 1)), own(95000, date(2026, 1, 1))]
    area = ValueArea.DISTRICTS
    before = find(values, DIBAO, area, date(2025, 12, 31))
    after = find(values, DIBAO, area, date(2026, 1, 1))
    assert before is values[0]
    assert after is values[1]


def row(first: date, last: date, yuan: str = "500", area: str = "districts") -> Row:
    return Row(area=area, yuan=Decimal(yuan), from_=first, to=last, source="x", confidence="seen")


@pytest.mark.parametrize(
    "rows",
    [
        [row(date(2020, 1, 1), date(2020, 12, 31)), row(date(2020, 12, 31), date(2021, 1, 1))],
        [row(date(2020, 1, 1), date(2019, 12, 31))],
        [row(date(2020, 1, 1), date(2020, 1, 1), "0")],
        [row(date(2020, 1, 1), date(2020, 1, 1), "1.005")],
        [row(date(2020, 1, 1), date(2020, 1, 1), area="tier_1")],
        [row(date(2020, 1, 1), date(2020, 1, 1), area="moon")],
    ],
)
def test_a_damaged_table_is_refused(rows: list[Row]) -> None:
    table = ValueTable(kind="dibao_line", title="x", unit="x", value=rows)
    with pytest.raises(ReferenceDamaged) as caught:
        read_values("x.toml", table)
    assert "x.toml" in caught.value.tell()


def test_harbin_has_nine_districts_and_nine_counties() -> None:
    assert len(district_names()) == 18
    assert len(set(district_names())) == 18


@pytest.mark.parametrize("name", ["南岗区", "南岗", "哈尔滨市南岗区", " 南岗区 "])
def test_a_district_is_found_by_the_ways_its_name_is_written(name: str) -> None:
    found = district(name)
    assert found is not None
    assert found.name == "南岗区"


def test_a_former_name_is_found_and_a_strange_one_is_not() -> None:
    former = district("双城市")
    assert former is not None
    assert former.name == "双城区"
    assert district("朝阳区") is None
    assert district("") is None


def test_every_district_has_an_area_while_a_minimum_wage_is_known() -> None:
    day = date(2010, 7, 1)
    while day < date(2028, 11, 30):
        for name in district_names():
            assert SHIPPED.line(WAGE, name, day), (name, day)
        day += timedelta(days=30)
