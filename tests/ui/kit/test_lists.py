"""Lists of records: one model, keys, masks, check marks, order; and printing."""

from typing import Annotated, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from pytestqt.modeltest import ModelTester
from reportlab.pdfgen.canvas import Canvas  # pyright: ignore[reportMissingTypeStubs] - has none

from app.core.kinds import Amount, Key, Name, Phone, ResidentId, YesNo
from app.core.record import Record
from app.core.words import Answer
from tests.ui.conftest import Shown, click_key
from tests.ui.kit.sheet import ROWS, CaseRow, case_table
from ui.kit.asking import Answers
from ui.kit.cells import Cell, Column
from ui.kit.paper_view import PaperView
from ui.kit.table import RecordTable
from ui.kit.table_model import CLOSED_ROLE
from ui.printing import KeptSheets, NoPrinter, SystemPrinter, pages, put_on_paper


class MemberRow(Record):
    id: Annotated[int, Key()]
    name: Annotated[str, Name(label="姓名")]
    id_number: Annotated[str, ResidentId(label="身份证号")]
    phone: Annotated[str, Phone(label="手机")]
    income: Annotated[int | None, Amount(label="月收入")]
    member: Annotated[Answer, YesNo(label="工会会员")] = Answer.NOT_ASKED


MEMBERS = [
    MemberRow(
        id=1, name="李秀梅", id_number="239001196803120028", phone="13800004417", income=41_000
    ),
    MemberRow(id=2, name="王淑珍", id_number="239001194203120020", phone="", income=None),
    MemberRow(id=3, name="张福林", id_number="239001196603120011", phone="", income=145_000),
]


@pytest.fixture
def members(shown: Shown) -> RecordTable[MemberRow]:
    table = RecordTable(MemberRow, name="members")
    table.show_rows(MEMBERS)
    shown(table)
    return table


@pytest.fixture
def cases(shown: Shown) -> RecordTable[CaseRow]:
    table = case_table()
    shown(table)
    return table


def test_the_model_keeps_the_rules_of_qt(
    members: RecordTable[MemberRow], qtmodeltester: ModelTester
) -> None:
    tester: Any = qtmodeltester
    tester.check(members.model)


def test_columns_come_from_the_record(members: RecordTable[MemberRow]) -> None:
    titles = [members.model.title(at) for at in range(members.model.columnCount())]
    assert titles == ["姓名", "身份证号", "手机", "月收入（元）", "工会会员"]


def test_private_values_are_masked_and_unknown_is_not_empty(
    members: RecordTable[MemberRow],
) -> None:
    assert members.texts()[0][1:4] == ("2390**********0028", "138****4417", "410.00")
    assert members.texts()[1][3] == "—"
    assert members.texts()[1][4] == Answer.NOT_ASKED.label


def test_a_row_reads_as_one_sentence(cases: RecordTable[CaseRow]) -> None:
    sentence = cases.model.data(cases.model.index(0, 0), Qt.ItemDataRole.AccessibleTextRole)
    assert sentence == "期限 逾期 1 天，户主 孙志强，环节 待补正，金额（元） 12,000.00"


def test_keys_move_and_open(cases: RecordTable[CaseRow]) -> None:
    opened: list[CaseRow] = []
    cases.opened.connect(opened.append)
    cases.view.setFocus()
    click_key(cases.view, Qt.Key.Key_J)
    click_key(cases.view, Qt.Key.Key_Return)
    click_key(cases.view, Qt.Key.Key_K)
    click_key(cases.view, Qt.Key.Key_Up)
    click_key(cases.view, Qt.Key.Key_Return)
    assert [row.id for row in opened] == [3, 1]


def test_the_selection_stays_on_the_same_record(cases: RecordTable[CaseRow]) -> None:
    cases.select_where(lambda row: row.id == 3)
    cases.show_rows([ROWS[2], ROWS[0]])
    current = cases.current()
    assert current is not None
    assert current.id == 3


def test_the_order_is_written_out(members: RecordTable[MemberRow]) -> None:
    members.set_foot("3 人", [("Enter", "打开")])
    members.sort_by(3)
    assert [row.id for row in members.rows()] == [1, 3, 2]
    assert members.foot_text() == "共 3 条，按月收入（元）排序"
    members.sort_by(3)
    assert [row.id for row in members.rows()] == [3, 1, 2]


def test_space_checks_rows(shown: Shown) -> None:
    table = RecordTable(MemberRow, ["name"], checkable=True)
    table.show_rows(MEMBERS)
    shown(table)
    table.view.setFocus()
    click_key(table.view, Qt.Key.Key_Space)
    table.step(2)
    click_key(table.view, Qt.Key.Key_Space)
    assert [row.id for row in table.checked()] == [1, 3]


def test_check_marks_follow_their_rows_when_these_are_sorted(shown: Shown) -> None:
    table = RecordTable(MemberRow, ["name", "income"], checkable=True)
    table.show_rows(MEMBERS)
    shown(table)
    table.check(lambda row: row.id == 3)
    table.sort_by(1)
    table.sort_by(1)
    assert [row.id for row in table.rows()] == [3, 1, 2]
    assert [row.id for row in table.checked()] == [3]


def test_a_row_that_cannot_be_checked_says_why(shown: Shown) -> None:
    def why_not(row: MemberRow) -> str:
        return "" if row.income else "收入未知"

    table = RecordTable(MemberRow, ["name"], checkable=True, why_not=why_not)
    table.show_rows(MEMBERS)
    shown(table)
    told: list[str] = []
    table.refused.connect(told.append)
    table.view.setFocus()
    table.select(1)
    click_key(table.view, Qt.Key.Key_Space)
    assert told == ["收入未知"]
    assert table.model.index(1, 0).data(CLOSED_ROLE) == "收入未知"
    table.check(lambda _row: True)
    assert [row.id for row in table.checked()] == [1, 3]


def test_an_empty_list_says_so(members: RecordTable[MemberRow]) -> None:
    members.set_empty("没有待审事项", "新的提交会自动出现在这里。")
    members.show_rows([])
    assert members.current() is None
    assert not members.view.isVisible()


def test_a_cell_made_by_the_page_has_a_second_line(shown: Shown) -> None:
    columns = [Column("name", cell=lambda row: Cell(row.name, second=f"第 {row.id} 人"))]
    table = RecordTable(MemberRow, columns, two_lines=True)
    table.show_rows(MEMBERS)
    shown(table)
    assert table.model.at(0, 0).sentence() == "李秀梅，第 1 人"
    assert table.view.rowHeight(0) == 48


@pytest.fixture(scope="module")
def two_pages() -> bytes:
    canvas: Any = Canvas("two.pdf", pagesize=(595, 842))
    for words in ("one", "two"):
        canvas.drawString(72, 720, words)
        canvas.showPage()
    return bytes(canvas.getpdfdata())


def test_a_paper_is_looked_at_page_by_page(shown: Shown, two_pages: bytes) -> None:
    view = PaperView()
    shown(view, 600, 690)
    view.show_pdf(two_pages)
    assert view.count() == 2
    view.turn(1)
    assert view.where() == "第 2 页，共 2 页"
    view.turn(1)
    assert view.where() == "第 2 页，共 2 页"


def test_pages_go_on_paper(two_pages: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    target = tmp_path_factory.mktemp("paper") / "out.pdf"
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(target))
    images = pages(two_pages, 72)
    put_on_paper(images, printer)
    again = pages(target.read_bytes(), 72)
    assert len(again) == 2
    assert abs(again[0].width() - images[0].width()) <= 2
    dark = [
        (x, y)
        for x in range(again[0].width())
        for y in range(again[0].height())
        if again[0].pixelColor(x, y).lightness() < 128
    ]
    assert dark, "the words of the first page are gone"
    assert all(60 < x < 120 and 100 < y < 140 for x, y in dark)


def test_without_a_printer_it_is_said() -> None:
    printer = SystemPrinter("no such printer")
    if not printer.name():
        with pytest.raises(NoPrinter):
            printer.print_pdf(b"")


def test_the_double_keeps_the_sheets(two_pages: bytes) -> None:
    kept = KeptSheets()
    kept.print_pdf(two_pages, copies=2, title="受理回执")
    assert kept.sheets == [("受理回执", two_pages, 2)]


def test_the_double_answers_as_told(shown: Shown) -> None:
    table = case_table()
    window = shown(table)
    given: list[str] = []
    Answers(reason="遗失").reason(window, "补打？", "", "补打", given.append)
    Answers(yes=False).confirm(window, "作废？", "", "作废", lambda: given.append("void"))
    assert given == ["遗失"]
