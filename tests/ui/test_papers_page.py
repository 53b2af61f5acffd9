"""The paper center: register, preview, printing once and again, void, telling true from false."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.papers.queries import paper_counts, paper_rows, paper_view
from app.papers.records import PaperById, PaperCounts, PaperQuery, PaperRow, PaperView
from app.papers.render import opened
from tests.filled import raw
from tests.ui.desks import Seat, Seats
from tests.world import World
from ui import theme
from ui.kit.labels import Label
from ui.pages.papers import PapersPage
from ui.printing import NoPrinter


def papers(world: World) -> list[PaperRow]:
    return world.ask("wang", paper_rows, PaperQuery())


def view(world: World, paper_id: int) -> PaperView:
    return world.ask("wang", paper_view, PaperById(id=paper_id))


def text_of(pdf: bytes) -> str:
    with opened(pdf) as document:
        return "".join(str(page.get_textpage().get_text_range()) for page in document)


def facts(page: PapersPage) -> list[str]:
    return [label.text() for label in page.facts.findChildren(Label)]


def test_nothing_was_issued_yet(sit: Seats) -> None:
    seat: Seat[PapersPage] = sit("wang", "papers")
    assert "还没有开具过文书" in [each.text() for each in seat.page.findChildren(Label)]
    assert seat.page.print.reason == "没有选中文书"
    assert seat.window.offers()["F12"].reason == "没有选中文书"


def test_the_newest_paper_is_shown_with_all_that_is_known_of_it(world: World, sit: Seats) -> None:
    world.accept()
    world.accept()
    seat: Seat[PapersPage] = sit("wang", "papers")
    page, rows = seat.page, papers(world)
    assert [row[0] for row in page.table.texts()] == ["受理回执", "受理回执"]
    assert page.paper.count() == 1
    shown = view(world, rows[0].id)
    assert rows[0].number in facts(page)
    assert shown.sheet.check_code in facts(page)
    assert "1 份，正本" in facts(page)
    assert page.table.view.hasFocus()
    QTest.keyClick(page.table.view, Qt.Key.Key_J)
    seat.rest()
    assert rows[1].number in facts(page)


def test_a_copy_counts_once_the_printer_has_it(world: World, sit: Seats) -> None:
    world.accept()
    seat: Seat[PapersPage] = sit("wang", "papers")
    seat.window.press("F12")
    seat.rest()
    [(title, pdf, copies)] = seat.sheets.sheets
    assert (title, copies) == (papers(world)[0].number, 1)
    assert "补打" not in text_of(pdf)
    assert papers(world)[0].prints == 1
    assert seat.page.table.texts()[0][2] == "已打印"
    counted: PaperCounts = world.ask("wang", paper_counts)
    assert (counted.unprinted, counted.printed_today, counted.all) == (0, 1, 1)


def test_without_a_printer_nothing_counts(
    world: World, sit: Seats, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.accept()
    seat: Seat[PapersPage] = sit("wang", "papers")

    def refuse(_pdf: bytes, *, copies: int = 1, title: str = "") -> None:
        raise NoPrinter

    monkeypatch.setattr(seat.sheets, "print_pdf", refuse)
    seat.page.print.click()
    seat.rest()
    assert "打印机没有响应" in seat.page.banners.says()
    assert papers(world)[0].prints == 0


def test_a_further_copy_says_so_and_why(world: World, sit: Seats) -> None:
    world.accept()
    seat: Seat[PapersPage] = sit("wang", "papers")
    assert seat.page.reprint.reason == "正本还没有打印"
    seat.page.print.click()
    seat.rest()
    assert seat.page.print.words() == "补打…"
    seat.page.reprint.click()  # no reason is given
    seat.rest()
    assert len(seat.sheets.sheets) == 1
    seat.asking.reason_given = "遗失"
    seat.window.press("F12")
    seat.rest()
    _title, pdf, _copies = seat.sheets.sheets[1]
    assert "补打" in text_of(pdf)
    assert "遗失" in text_of(pdf)
    assert view(world, papers(world)[0].id).prints[1].reason == "遗失"
    assert seat.page.table.current() == papers(world)[0]
    assert seat.page.table.texts()[0][2] == "补打 1"


def test_a_void_paper_stays_in_the_register_and_is_not_printed(world: World, sit: Seats) -> None:
    world.accept()
    seat: Seat[PapersPage] = sit("zhao", "papers")
    seat.asking.reason_given = "内容有误"
    seat.page.void.click()
    seat.rest()
    number = papers(world)[0].number
    assert seat.asking.asked == [f"作废{number[number.find('〔') :]}？"]
    assert papers(world)[0].state.value == "void"
    assert "内容有误" in facts(seat.page)
    assert seat.page.print.reason == "文书已作废"
    seat.page.segments.press(3)
    seat.rest()
    assert len(seat.page.table.rows()) == 1


def test_who_has_no_right_sees_why(world: World, sit: Seats) -> None:
    world.accept()
    seat: Seat[PapersPage] = sit("wang", "papers")
    assert seat.page.void.reason == "需要权限：作废证照"
    auditor: Seat[PapersPage] = sit("zhou", "papers")
    assert auditor.page.print.reason == "需要权限：开具证照"


def test_an_altered_paper_says_so_and_cannot_be_printed(world: World, sit: Seats) -> None:
    world.accept()
    with raw(world.office.path) as sql:
        sql.switch_off_the_guards()
        sql.run("UPDATE paper SET facts = replace(facts, '生活', '医疗')")
    seat: Seat[PapersPage] = sit("wang", "papers")
    assert "与开具时不一致" in seat.page.trouble.says()
    assert seat.page.print.reason == "文书开具后被改动过"
    assert seat.page.paper.count() == 0
    seat.page.start_verifying()
    seat.page.verifier.line.setText(papers(world)[0].number)
    QTest.keyClick(seat.page.verifier.line, Qt.Key.Key_Return)
    seat.rest()
    assert seat.page.verifier.verdict.text() == "内容不符"


def test_verifying_tells_true_void_and_unknown(world: World, sit: Seats) -> None:
    world.accept()
    world.accept()
    seat: Seat[PapersPage] = sit("zhao", "papers")
    page, sheet = seat.page, view(world, papers(world)[1].id).sheet
    QTest.keyClick(page, Qt.Key.Key_V, Qt.KeyboardModifier.AltModifier)
    assert page.verifier.line.hasFocus()

    def verdict(text: str) -> str:
        page.verifier.line.setText(text)
        QTest.keyClick(page.verifier.line, Qt.Key.Key_Return)
        seat.rest()
        return page.verifier.verdict.text()

    assert verdict("7777-7777") == "不存在"
    for code in (sheet.check_code.lower(), sheet.number, sheet.payload):
        assert verdict(code) == "真"
    assert page.table.current() == papers(world)[1]  # the picture to compare it with
    seat.asking.reason_given = "重复开具"
    page.void.click()
    seat.rest()
    assert verdict(sheet.check_code) == "已作废"
    assert "重复开具" in page.verifier.means.text()
    QTest.keyClick(page.verifier.line, Qt.Key.Key_Escape)
    assert not page.verifier.isVisible()


def test_the_page_is_shown_by_its_id_and_leads_to_the_household(world: World, sit: Seats) -> None:
    world.accept()
    world.accept()
    first = papers(world)[1]
    seat: Seat[PapersPage] = sit("wang", "papers", first.id)
    assert seat.page.table.current() == first
    went: list[tuple[str, object]] = []

    def note(name: str, what: object) -> None:
        went.append((name, what))

    seat.page.go.disconnect(seat.window.go)
    seat.page.go.connect(note)
    QTest.keyClick(seat.page, Qt.Key.Key_N, Qt.KeyboardModifier.AltModifier)
    assert went == [("household", first.household_id)]


def test_ctrl_and_the_wheel_zoom(world: World, sit: Seats) -> None:
    world.accept()
    seat: Seat[PapersPage] = sit("wang", "papers")
    viewport = seat.page.paper._scroll.viewport()  # pyright: ignore[reportPrivateUsage] - the wheel turns there
    sheet = seat.page.paper._sheet  # pyright: ignore[reportPrivateUsage] - what grows
    before = sheet.width()
    at = QPointF(20, 20)
    turn = QWheelEvent(
        at,
        viewport.mapToGlobal(at),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.ControlModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(viewport, turn)  # the width of the page
    QApplication.sendEvent(viewport, turn)  # its own size
    assert sheet.width() > before


def test_a_small_window_shows_one_thing_at_a_time(
    world: World, sit: Seats, qapp: QApplication
) -> None:
    world.accept()
    seat: Seat[PapersPage] = sit("wang", "papers")
    theme.use(qapp, theme.Scheme.LIGHT, 150)
    seat.page.compact(*seat.window.logical_size())
    seat.rest()
    assert not seat.page.panes.right.isVisible()
    QTest.keyClick(seat.page.table.view, Qt.Key.Key_Return)
    assert seat.page.panes.right.isVisible()
    assert not seat.page.panes.left.isVisible()
    QTest.keyClick(seat.page.print, Qt.Key.Key_Escape)
    assert seat.page.panes.left.isVisible()


def test_today_s_prints_have_their_part(world: World, sit: Seats) -> None:
    world.accept()
    world.accept()
    seat: Seat[PapersPage] = sit("wang", "papers")
    seat.page.print.click()
    seat.rest()
    seat.page.segments.press(2)
    seat.rest()
    assert [row.prints for row in seat.page.table.rows()] == [1]
    seat.page.segments.press(1)
    seat.rest()
    assert [row.prints for row in seat.page.table.rows()] == [0]
