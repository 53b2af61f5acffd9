"""Rosters as text: an amount is what is written, or the row is told."""

from datetime import date

import pytest

from app.exchange.roster import NoRoster, read_copied

DAY = date(2026, 11, 20)
TITLES = "姓名,身份证号,金额"
NUMBER = "239001197001010016"


@pytest.mark.parametrize(
    ("written", "fen"),
    [("1234.00", 123_400), ('"1,234.00"', 123_400), ("1234", 123_400), ('"1,234"', 123_400)],
)
def test_amounts_with_and_without_commas_are_the_same(written: str, fen: int) -> None:
    read = read_copied(f"{TITLES}\n李示例,{NUMBER},{written}", DAY)
    assert [row.amount for row in read.rows] == [fen]
    assert read.problems == ()


def test_a_comma_that_splits_an_amount_is_told_and_not_taken_for_less() -> None:
    read = read_copied(f"{TITLES}\n李示例,{NUMBER},1,234.00\n", DAY)
    assert read.rows == ()
    (problem,) = read.problems
    assert "2" in problem


def test_cells_of_a_spreadsheet_are_parted_by_tabs() -> None:
    text = f"{TITLES}\n李示例,{NUMBER},12.30".replace(",", "\t") + "\t\t"
    assert [row.amount for row in read_copied(text, DAY).rows] == [1_230]


def test_a_text_without_an_end_is_no_roster() -> None:
    with pytest.raises(NoRoster):
        read_copied(f"{TITLES}\n" + "x" * 200_000, DAY)
