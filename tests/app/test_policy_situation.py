"""Reading a household situation: exact yuan, and every mistake named."""

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from app.policy.problems import DocumentProblem
from app.policy.situation import load_situation, read_situation

DAY = date(2022, 11, 15)


def read(**household: Any) -> dict[str, Any]:
    return dict(read_situation({"household": {"as_of": DAY, **household}}).known.household)


@pytest.mark.parametrize(
    ("yuan", "fen"),
    [("48000.00", 4800000), ("777.78", 77778), ("0.07", 7), ("19.9", 1990), ("1e3", 100000)],
)
def test_yuan_are_exact(tmp_path: Path, yuan: str, fen: int) -> None:
    path = tmp_path / "a.toml"
    path.write_text(f"[household]\nas_of = 2022-11-15\nincome_12_months = {yuan}\n", "utf-8")
    assert load_situation(path).known.household["income_12_months"] == fen


def test_a_file_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_text("\ufeff[household]\nas_of = 2022-11-15\n", "utf-8")
    assert load_situation(path).day == DAY


def test_the_days_and_the_members_are_read() -> None:
    member = {"relation": "本人", "birth": date(1975, 5, 5), "work_status": "大学生"}
    household = {"as_of": DAY, "known_on": date(2022, 12, 1), "district": "宾县"}
    found = read_situation({"household": household, "member": [member]})
    assert (found.day, found.known_on) == (DAY, date(2022, 12, 1))
    assert found.known.household == {"district": "宾县"}
    assert found.known.members == [member]


def test_another_day_replaces_that_of_the_file() -> None:
    found = read_situation({"household": {"as_of": DAY}}, on=date(2024, 6, 1))
    assert found.day == date(2024, 6, 1)
    assert read_situation({}, on=DAY).known.household == {}


def test_what_is_not_written_is_unknown() -> None:
    assert read() == {}


def test_a_word_of_an_earlier_list_and_a_short_district_are_understood() -> None:
    assert read(main_cause="本人大病")["main_cause"] == "本人大病"
    assert read(district="哈尔滨市南岗")["district"] == "南岗区"


MISTAKES: list[tuple[dict[str, Any], str, tuple[str, ...]]] = [
    ({"household": {"as_of": DAY, "incom_12_months": 1}}, "unknown_fact", ("income_12_months",)),
    ({"household": {"as_of": DAY, "category": "深度困难"}}, "unknown_fact", ("category",)),
    ({"household": {"as_of": DAY}, "member": [{"brith": DAY}]}, "unknown_fact", ("birth",)),
    ({"household": {"as_of": DAY, "district": "南港区"}}, "unknown_word", ("南港区", "南岗区")),
    ({"household": {"as_of": DAY, "main_cause": "患重病"}}, "unknown_word", ("患重特大疾病",)),
    ({"household": {"as_of": DAY, "person_type": 1}}, "bad_value", ("person_type",)),
    ({"household": {"as_of": DAY, "dwellings": True}}, "bad_value", ("dwellings", "true")),
    ({"household": {"as_of": DAY, "dwellings": -1}}, "bad_value", ("-1",)),
    ({"household": {"as_of": DAY, "members_living_together": 0}}, "bad_value", ("1",)),
    ({"household": {"as_of": DAY, "union_member": "是"}}, "bad_value", ("union_member",)),
    ({"household": {"as_of": DAY, "income_12_months": "1"}}, "bad_value", ("income_12_months",)),
    ({"household": {"as_of": DAY, "income_12_months": -1}}, "bad_value", ("-1",)),
    ({"household": {"as_of": DAY, "income_12_months": Decimal("0.001")}}, "bad_value", ("0.001",)),
    ({"household": {"as_of": DAY, "income_12_months": Decimal("NaN")}}, "bad_value", ("NaN",)),
    ({"household": {"as_of": DAY, "income_12_months": 10**20}}, "bad_value", ("income",)),
    ({"household": {"as_of": datetime(2022, 11, 15)}}, "bad_value", ("as_of",)),  # noqa: DTZ001 - a file may hold one
    ({"household": {}}, "no_day", ("as_of",)),
    ({}, "no_day", ("as_of",)),
    ({"houshold": {}}, "unknown_table", ("houshold",)),
    ({"household": []}, "unknown_table", ("household",)),
    ({"household": {"as_of": DAY}, "member": {}}, "unknown_table", ("member",)),
    ({"household": {"as_of": DAY}, "member": [1]}, "unknown_table", ("member",)),
]


@pytest.mark.parametrize(("document", "code", "named"), MISTAKES)
def test_a_mistake_is_named(document: dict[str, Any], code: str, named: tuple[str, ...]) -> None:
    with pytest.raises(DocumentProblem) as caught:
        read_situation(document, "situation.toml")
    assert caught.value.code == code
    for word in ("situation.toml", *named):
        assert word in caught.value.tell()
