"""The command ``loan schedule``: its JSON, its table, what it refuses."""

import pytest

from tests.commands import Bangfu, runner

ASKED = (
    *("loan", "schedule", "--principal", "50000", "--months", "24", "--rate", "4.35"),
    *("--from", "2012-08-20"),
)
METHODS = ("等额本息", "等额本金", "到期还本按月付息", "到期还本按季付息", "到期一次还本付息")


@pytest.fixture
def bangfu(capsys: pytest.CaptureFixture[str]) -> Bangfu:
    return runner(capsys)


@pytest.mark.parametrize("method", METHODS)
def test_every_method_by_its_chinese_name(bangfu: Bangfu, method: str) -> None:
    told = bangfu(*ASKED, "--method", method, "--json").json
    lines = told["instalments"]
    assert sum(line["principal_fen"] for line in lines) == 5_000_000
    assert lines[-1]["balance_fen"] == 0
    assert lines[-1]["due"] == "2014-08-20"
    assert all(line["total_fen"] == line["principal_fen"] + line["interest_fen"] for line in lines)
    assert set(lines[0]) == {
        *("number", "due", "principal_fen", "interest_fen", "subsidy_fen"),
        *("total_fen", "balance_fen"),
    }
    assert len(told["explained"]) > len(lines)


def test_the_table_holds_the_same_figures(bangfu: Bangfu) -> None:
    told = bangfu(*ASKED, "--method", "等额本息", "--subsidy", "half")
    assert told.code == 0
    assert "2,179.04" in told.out
    assert "2,179.043619…" in told.out
    assert "181.25" in told.out
    assert "90.63" in told.out


@pytest.mark.parametrize(
    ("subsidy", "fen"),
    [("full", 267_500), ("half", 133_750), ("thirds", 267_500), ("2.35", 150_000)],
)
def test_the_subsidy(bangfu: Bangfu, subsidy: str, fen: int) -> None:
    told = bangfu(
        *("loan", "schedule", "--principal", "50000", "--months", "12", "--rate", "5.35"),
        *("--from", "2021-06-10", "--method", "到期一次还本付息", "--subsidy", subsidy, "--json"),
    ).json
    assert told["interest_fen"] == 267_500
    assert told["subsidy_fen"] == told["instalments"][0]["subsidy_fen"] == fen


def test_days_are_counted_as_asked(bangfu: Bangfu) -> None:
    interest = {
        count: bangfu(*ASKED, "--method", "到期还本按月付息", "--day-count", count, "--json").json[
            "instalments"
        ][0]["interest_fen"]
        for count in ("30/360", "actual/360", "actual/365")
    }
    assert interest == {"30/360": 18_125, "actual/360": 18_729, "actual/365": 18_473}


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("--method", "等额"),
        ("--principal", "五万"),
        ("--rate", "abc"),
        ("--from", "2012-13-01"),
        ("--day-count", "31/365"),
        ("--subsidy", "all"),
    ],
)
def test_a_wrong_value_is_told(bangfu: Bangfu, option: str, value: str) -> None:
    told = bangfu(*ASKED, "--method", "等额本息", option, value)
    assert told.code == 2
    assert value in told.err


def test_a_term_that_is_none_is_refused(bangfu: Bangfu) -> None:
    told = bangfu(*ASKED, "--method", "等额本息", "--months", "0")
    assert told.code == 1
    assert told.err.strip()
