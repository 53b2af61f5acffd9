"""A register of guaranteed loans comes in: to the fen, on record only, undone as a whole."""

from pathlib import Path
from typing import Any

import pytest

from app.core.errors import Refused
from app.core.money import Fen
from app.core.record import Nothing
from app.core.words.imports import ImportKind, ImportState
from app.core.words.loans import LoanState, RepaymentMethod
from app.exchange.archive_mending import Mends
from app.exchange.archive_records import Severity
from app.exchange.importing import undo_import
from app.exchange.importing_files import HoldsLoans, open_import
from app.exchange.importing_queries import import_rows
from app.exchange.importing_records import UndoForm
from app.exchange.importing_rules import ImportHasErrors, ImportTouched, ImportUndone
from app.exchange.loans_importing import LoansTouched, NoLoansToImport, RegisterImported
from app.exchange.loans_reading import bad_loan_rows
from app.exchange.workbook import open_workbook
from app.reports.queries import check_store
from tests.filled import raw
from tests.imports import bring_in, workbook
from tests.loan_registers import (
    FEN,
    LOANS,
    TITLES,
    bring_loans_in,
    line,
    of_the_year,
    read,
    written,
)
from tests.world import World


def wrong(world: World, **cells: Any) -> list[tuple[str, str, Severity]]:
    """Return what is wrong with a register of one loan: code, offer, severity."""
    found = read(world, written([line(1, **cells)])).problems
    return [(each.code, each.offer, each.severity) for each in found]


def test_the_loans_of_2012_come_in_to_the_fen(world: World, store: Path) -> None:
    done = bring_loans_in(world, written(of_the_year()))
    assert (done.loans, done.fen, done.left_out) == (LOANS, FEN, 0)
    assert (done.people, done.on_file) == (LOANS, 0)
    with raw(store) as sql:
        assert sql.run("SELECT count(*), sum(principal), sum(exposure) FROM loan") == [
            (LOANS, FEN, 0)
        ]
        assert sql.one("SELECT count(DISTINCT number) FROM loan") == LOANS
        assert sql.run("SELECT DISTINCT state FROM loan") == [("recorded",)]
        assert sql.run("SELECT count(*), sum(fen) FROM loan_event WHERE kind = 'lent'") == [
            (LOANS, FEN)
        ]
        assert sql.one("SELECT count(*) FROM loan_instalment") == 0
    assert not world.ask("admin", check_store, Nothing()).findings


def test_a_borrower_with_a_file_is_linked_to_it(world: World, store: Path) -> None:
    bring_in(world, workbook(5)[1])
    with raw(store) as sql:
        [(member, home, number, name, district)] = sql.run(
            "SELECT m.id, h.id, m.id_number, m.name, h.district FROM member m "
            "JOIN household h ON h.id = m.household_id WHERE m.id_number <> '' "
            "AND m.position = 1 LIMIT 1"
        )
    done = bring_loans_in(world, written([line(1, 借款人=name, 身份证号=number), line(2)]))
    assert done.on_file == 1
    with raw(store) as sql:
        assert sql.run("SELECT member_id, household_id, district FROM loan ORDER BY id") == [
            (member, home, district),
            (None, None, None),
        ]


@pytest.mark.parametrize(
    ("cells", "code", "offer"),
    [
        ({"期限（月）": "很久"}, "bad_months", ""),
        ({"期限（月）": 0}, "bad_months", ""),
        ({"期限（月）": 121}, "bad_months", ""),
        ({"年利率": 0.0435}, "bad_rate", "4.35%"),
        ({"年利率": "四点三"}, "bad_rate", ""),
        ({"年利率": 48}, "bad_rate", ""),
        ({"还款方式": "等额本利息"}, "unknown_word", "等额本息"),
        ({"贴息比例": "101%"}, "bad_share", ""),
        ({"贷款金额": 0}, "bad_amount", ""),
        ({"贷款金额": "五万"}, "bad_amount", ""),
        ({"贷款金额": -5}, "negative_amount", None),
        ({"借款人": ""}, "missing", ""),
        ({"放款日期": "2012-02-30"}, "bad_date", None),
    ],
)
def test_a_damaged_cell_is_named_and_keeps_its_row_out(
    world: World, cells: dict[str, Any], code: str, offer: str | None
) -> None:
    [(found, offered, severity)] = wrong(world, **cells)
    assert (found, severity) == (code, Severity.ERROR)
    assert offer is None or offered == offer
    with pytest.raises(ImportHasErrors):
        bring_loans_in(world, written([line(1, **cells), line(2)]))
    done = bring_loans_in(world, written([line(1, **cells), line(2)]), skip_bad=True)
    assert (done.loans, done.left_out) == (1, 1)


@pytest.mark.parametrize(
    ("cells", "field", "value"),
    [
        ({"期限（月）": "2年"}, "months", 24),
        ({"期限（月）": "18个月"}, "months", 18),
        ({"期限（月）": 120}, "months", 120),
        ({"年利率": 4.35}, "rate", 43_500),
        ({"年利率": "4.35％"}, "rate", 43_500),
        ({"年利率": "0.3%"}, "rate", 3_000),
        ({"贴息比例": "全额"}, "share", 100),
        ({"贴息比例": 0.5}, "share", 50),
        ({"贴息比例": "不贴息"}, "share", 0),
        ({"贴息比例": ""}, "share", None),
        ({"还款方式": "利随本清"}, "method", RepaymentMethod.AT_THE_END),
        ({"还款方式": "按月付息、到期还本"}, "method", RepaymentMethod.MONTHLY_INTEREST),
    ],
)
def test_a_cell_is_read_as_people_write_it(
    world: World, cells: dict[str, Any], field: str, value: object
) -> None:
    register = read(world, written([line(1, **cells)]))
    assert not register.problems
    assert getattr(register.loans[0], field) == value


def test_amounts_in_ten_thousands_are_read_by_their_title(world: World) -> None:
    titles = ["贷款金额（万元）" if title == "贷款金额" else title for title in TITLES]
    register = read(world, written([line(1, 贷款金额=5)], titles))
    assert [loan.principal for loan in register.loans] == [Fen(5_000_000)]


def test_the_same_loan_counts_once(world: World) -> None:
    twice = written([line(1), line(1, 合同号="")])
    assert [each.code for each in read(world, twice).problems] == ["row_twice"]
    bring_loans_in(world, written([line(1)]))
    again = read(world, written([line(1, 备注="又来一次"), line(2)]))
    assert [(each.code, each.row) for each in again.problems] == [("row_known", 2)]
    with pytest.raises(NoLoansToImport):
        bring_loans_in(world, written([line(1)]), skip_bad=True)


def test_a_file_comes_in_once(world: World, store: Path) -> None:
    data = written(of_the_year()[:3])
    register = read(world, data)
    bring_loans_in(world, data)
    with raw(store) as sql:
        sql.switch_off_the_guards()
        sql.run("UPDATE loan SET id_number = '', contract_number = ''")
    assert register.rows == 3
    with pytest.raises(RegisterImported, match=r"D2026-0001"):
        bring_loans_in(world, data)


def test_an_undone_import_counts_no_more_and_the_loans_can_come_in_again(
    world: World, store: Path
) -> None:
    data = written([line(1), line(2)])
    number = bring_loans_in(world, data).number
    world.do("sun", undo_import, UndoForm(number=number, reason="导错了文件"))
    with raw(store) as sql:
        assert sql.run("SELECT DISTINCT state FROM loan") == [("withdrawn",)]
    with pytest.raises(ImportUndone):
        world.do("sun", undo_import, UndoForm(number=number, reason="再来"))
    assert bring_loans_in(world, data).loans == 2
    kinds = [(row.kind, row.state) for row in world.ask("sun", import_rows, Nothing())]
    assert kinds == [
        (ImportKind.LOANS, ImportState.IMPORTED),
        (ImportKind.LOANS, ImportState.UNDONE),
    ]
    assert not world.ask("admin", check_store, Nothing()).findings


def test_an_import_whose_loan_was_worked_with_stays(world: World, store: Path) -> None:
    number = bring_loans_in(world, written([line(1)])).number
    with raw(store) as sql:
        sql.switch_off_the_guards()
        sql.run("UPDATE loan SET version = 2, note = '核对过'")
    with pytest.raises(LoansTouched):
        world.do("sun", undo_import, UndoForm(number=number, reason="导错了"))


def test_a_loan_of_an_undone_import_keeps_no_archive_from_being_undone(
    world: World, store: Path
) -> None:
    archive = bring_in(world, workbook(5)[1]).number
    with raw(store) as sql:
        [(number, name)] = sql.run(
            "SELECT id_number, name FROM member WHERE id_number <> '' AND position = 1 LIMIT 1"
        )
    loans = bring_loans_in(world, written([line(1, 借款人=name, 身份证号=number)])).number
    with pytest.raises(ImportTouched):
        world.do("sun", undo_import, UndoForm(number=archive, reason="导错了"))
    world.do("sun", undo_import, UndoForm(number=loans, reason="导错了"))
    world.do("sun", undo_import, UndoForm(number=archive, reason="导错了"))
    with raw(store) as sql:
        assert sql.run("SELECT DISTINCT file_state FROM household") == [("withdrawn",)]


def test_a_caseworker_may_not_undo_what_nobody_imported_and_finance_may_not_import(
    world: World, store: Path
) -> None:
    data = written([line(1)])
    with pytest.raises(Refused):
        world.do("qian", undo_import, UndoForm(number="D2026-0001", reason="试试"))
    bring_loans_in(world, data)
    with raw(store) as sql:
        assert sql.run("SELECT state FROM loan") == [(LoanState.RECORDED.value,)]


def test_what_stays_out_is_written_with_its_reason_and_can_be_mended(world: World) -> None:
    data = written([line(1, 年利率="百分之六"), line(2)])
    register = read(world, data)
    book = open_workbook(bad_loan_rows(open_workbook(data), register))
    again = read(world, bad_loan_rows(open_workbook(data), register))
    assert again.rows == 1
    assert any("年利率" in str(cell) for row in book.sheet(book.names[0]) for cell in row)


def test_a_title_by_hand_is_read_as_said(world: World) -> None:
    titles = ["投放额" if title == "贷款金额" else title for title in TITLES]
    data = written([line(1)], titles)
    assert read(world, data).kept_out
    mends = Mends(columns={("贷款台账", "投放额"): "principal"})
    assert read(world, data, mends).sum == Fen(5_000_000)


def test_a_register_of_loans_is_known_by_its_titles(tmp_path: Path) -> None:
    place = tmp_path / "台账.xlsx"
    place.write_bytes(written([line(1)]))
    assert open_import(place).kind is ImportKind.LOANS
    with pytest.raises(HoldsLoans):
        open_import(place, ImportKind.ARCHIVE)
    with pytest.raises(HoldsLoans):
        open_import(place, ImportKind.RELIEF)
