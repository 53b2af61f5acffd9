"""Reports on the screen: totals, tables and charts, and the payments behind every figure."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pypdf
import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from app.core.i18n import _
from app.core.money import Fen, yuan_text
from app.core.words.relief import ReliefItem
from app.loans.lending import lend
from app.reports import behind
from app.reports.charts import Chart, ChartName
from app.reports.queries import report
from app.reports.records import Cut, Figure, of_year
from tests.borrowing import Desk
from tests.filled import pay
from tests.loan_registers import bring_loans_in, of_the_year, written
from tests.ui.desks import Seat, Seats
from tests.world import World
from ui import theme
from ui.kit.buttons import Button
from ui.pages.reports import ReportsPage
from ui.pages.reports import behind as behind_pane
from ui.pages.reports.charts import FINE, ChartCard
from ui.pages.reports.page import CHARTS, FUNDS, LOANS, MOVES, PLAN, RELIEF, SECTIONS
from ui.pages.reports.tables import OF_FUND


@pytest.fixture
def paid(world: World) -> World:
    """Return a world in which one of two payments arrived."""
    pay(world, world.frozen(world.approved(80_000), world.approved(30_000)), {2: "账号已销户"})
    return world


def said(seat: Seat[Any], name: str) -> str:
    found = seat.page.findChild(QLabel, name)
    assert found is not None, name
    return found.text()


def press(seat: Seat[Any], name: str) -> None:
    found = seat.page.findChild(Button, name)
    assert found is not None, name
    assert found.isEnabled(), found.reason
    found.click()
    seat.rest()
    seat.rest()


def section(seat: Seat[ReportsPage], key: str) -> None:
    seat.page.sections.press(list(SECTIONS).index(key))
    rest(seat)


def rest(seat: Seat[ReportsPage]) -> None:
    """Let what is in sight be asked for, answered, drawn and shown."""
    for _round in range(3):
        seat.window.grab()
        seat.rest()


def key(seat: Seat[Any], code: Qt.Key) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, code)
    seat.rest()
    seat.rest()


def rgb(color: QColor) -> tuple[int, int, int]:
    return color.red(), color.green(), color.blue()


def shown_chart(card: ChartCard) -> Chart:
    assert card.chart is not None
    return card.chart


def test_totals_and_tables_say_what_the_report_says(paid: World, sit: Seats) -> None:
    seat: Seat[ReportsPage] = sit("zhao", "reports")
    told = paid.ask("zhao", report, of_year(2026))
    assert said(seat, "total_times") == "1"
    assert said(seat, "total_fen") == "800.00"
    assert said(seat, "total_accepted") == f"{told.cases.accepted}"
    assert said(seat, "total_late") == "0"
    for at, cut in enumerate(Cut):
        seat.page.cut.setCurrentIndex(at)
        seat.page.cut.activated.emit(at)
        assert seat.page.table.rows() == list(told.rows(cut))
    section(seat, FUNDS)
    assert seat.page.funds.rows() == list(told.funds)
    section(seat, MOVES)
    assert seat.page.files.texts()[0] == (_("Put on file"), "2")
    assert seat.page.cases.texts()[0] == (_("Applications accepted"), "2")


def test_a_figure_opens_its_payments_and_a_payment_its_household(paid: World, sit: Seats) -> None:
    seat: Seat[ReportsPage] = sit("zhao", "reports")
    seat.page.table.view.setFocus()
    key(seat, Qt.Key.Key_Return)
    [row] = seat.page.rows.table.texts()
    assert row[0] == "2026-11-20"
    assert row[1] == "王*" or "*" in row[1]
    assert row[3] == "800.00"
    assert said(seat, "rows_title") == ReliefItem.LIVING.label
    key(seat, Qt.Key.Key_Escape)
    assert seat.page.rows.isHidden()
    assert seat.page.table.view.hasFocus()
    key(seat, Qt.Key.Key_Return)
    key(seat, Qt.Key.Key_Return)
    here = seat.window.page()
    assert here is not None
    assert here.name == "household"


def test_every_cell_of_a_fund_opens_its_movements(paid: World, sit: Seats) -> None:
    seat: Seat[ReportsPage] = sit("qian", "reports")
    section(seat, FUNDS)
    table, pane = seat.page.funds, seat.page.behind
    [fund] = [row for row in paid.ask("qian", report, of_year(2026)).funds if row.paid]
    at = table.rows().index(fund)
    for column, fen in (
        ("name", fund.closing - fund.opening), ("opening", fund.opening),
        ("granted", fund.granted), ("carried", fund.carried_in - fund.carried_out),
        ("paid", fund.paid), ("back", fund.back), ("closing", fund.closing),
        ("reserved", fund.reserved),
    ):  # fmt: skip
        place = [each.name for each in table.model.columns].index(column)
        table.view.setCurrentIndex(table.model.index(at, place))
        table.opened.emit(fund)
        seat.rest()
        assert said(seat, "behind_count").endswith(f"{yuan_text(Fen(fen))} 元"), column
        assert pane.figure.currentText() == OF_FUND[column].label
    pane.figure.setCurrentIndex(pane.figure.findData(Figure.PAID))
    pane.figure.activated.emit(pane.figure.currentIndex())
    seat.rest()
    [row] = pane.table.rows()
    assert (row.fen, said(seat, "behind_title")) == (80_000, fund.name)


def test_every_figure_of_files_and_applications_opens_its_rows(paid: World, sit: Seats) -> None:
    seat: Seat[ReportsPage] = sit("zhao", "reports")
    section(seat, MOVES)
    for table in (seat.page.files, seat.page.cases):
        for at, line in enumerate(table.rows()):
            table.select(at)
            table.view.setFocus()
            key(seat, Qt.Key.Key_Return)
            rows = len(seat.page.behind.table.rows())
            assert said(seat, "behind_title") == line.label.strip()
            assert line.id == "days" or f"{rows}" == line.figure, line
            key(seat, Qt.Key.Key_Escape)
            assert seat.page.behind.isHidden()
            assert table.view.hasFocus()
    seat.page.cases.select(0)
    key(seat, Qt.Key.Key_Return)
    key(seat, Qt.Key.Key_Return)
    here = seat.window.page()
    assert here is not None
    assert here.name == "household"


def test_every_line_of_loans_opens_its_loans(world: World, sit: Seats) -> None:
    bring_loans_in(world, written(of_the_year()))
    seat: Seat[ReportsPage] = sit("zhao", "reports", 2012)
    page = seat.page
    section(seat, LOANS)
    lines = page.loans.rows()
    assert (lines[0].count, yuan_text(lines[0].fen)) == (212, "19,270,000.00")
    said_below = " ".join(label.text() for label in page.loans.findChildren(QLabel))
    assert "19,270,000.00" in said_below
    for at, line in enumerate(lines):
        page.loans.select(at)
        page.loans.opened.emit(line)
        rest(seat)
        assert said(seat, "behind_title") == line.label
        shown = len(page.behind.table.rows())
        assert shown == min(line.count, behind.PAGE)
    page.loans.opened.emit(lines[0])
    rest(seat)
    opened = page.behind.table.rows()[0]
    seen: list[tuple[str, object]] = []

    def gone(name: str, what: object) -> None:
        seen.append((name, what))

    page.go.connect(gone)
    page.behind.opened.emit(opened)
    assert seen == [("loans", opened.loan_id)]


def test_a_year_tells_what_was_at_risk_on_its_last_day(
    world: World, sit: Seats, qapp: QApplication, picture: Callable[[QWidget, str], object]
) -> None:
    desk = Desk(world, date(2025, 6, 10))
    loan_id = desk.approved(desk.fund())
    world.do("sun", lend, desk.lend_form(loan_id))
    theme.use(qapp, theme.Scheme.LIGHT, 150)
    seat: Seat[ReportsPage] = sit("zhao", "reports", 2025)
    section(seat, LOANS)
    lines = [row for row in seat.page.loans.rows() if row.opens is None]
    assert [row.label for row in lines] == [
        f"风险贷款（逾期超过 {days} 天）　100.00%" for days in (30, 60, 90)
    ]
    assert {row.fen for row in lines} == {10_000_000}
    seat.page.loans.opened.emit(lines[0])
    rest(seat)
    assert seat.page.behind.isHidden()
    seat.page.loans.select(seat.page.loans.rows().index(lines[-1]))
    picture(seat.window, "reports_at_risk")


def test_the_totals_open_what_they_count(paid: World, sit: Seats) -> None:
    seat: Seat[ReportsPage] = sit("zhao", "reports")
    for name, count in (("accepted", 2), ("closed", 2), ("late", 0)):
        QTest.mouseClick(total(seat, name), Qt.MouseButton.LeftButton)
        seat.rest()
        assert len(seat.page.behind.table.rows()) == count, name
    QTest.mouseClick(total(seat, "fen"), Qt.MouseButton.LeftButton)
    seat.rest()
    assert [row.fen for row in seat.page.rows.table.rows()] == [80_000]
    assert "1 人次，1 人，1 户，800.00 元" in said(seat, "rows_sum")
    QTest.mouseClick(total(seat, "budget"), Qt.MouseButton.LeftButton)
    rest(seat)
    assert seat.page.funds.isVisible()


def total(seat: Seat[ReportsPage], name: str) -> QWidget:
    found = seat.page.strip.findChild(QWidget, f"press_{name}")
    assert isinstance(found, QWidget)
    return found


def test_long_lists_come_a_page_at_a_time(
    paid: World, sit: Seats, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (behind, behind_pane):
        monkeypatch.setattr(module, "PAGE", 1)
    seat: Seat[ReportsPage] = sit("zhao", "reports")
    section(seat, MOVES)
    seat.page.cases.opened.emit(seat.page.cases.rows()[0])
    seat.rest()
    assert said(seat, "behind_count") == "已列 1 / 2 条"
    press(seat, "act_more_behind")
    assert said(seat, "behind_count") == "已列 2 / 2 条"
    assert seat.page.behind.more.isHidden()


def test_every_payment_of_the_period_can_be_listed(paid: World, sit: Seats) -> None:
    seat: Seat[ReportsPage] = sit("zhao", "reports")
    press(seat, "act_all_payments")
    assert [row.fen for row in seat.page.rows.table.rows()] == [80_000]


def test_an_empty_year_says_what_to_do(world: World, sit: Seats) -> None:
    seat: Seat[ReportsPage] = sit("zhao", "reports", 2001)
    words = [label.text() for label in seat.page.table.findChildren(QLabel) if label.isVisible()]
    assert _("Nothing was given in this period") in words
    assert any("导入" in each for each in words)
    assert said(seat, "period_shown") == "2001 年全年"


def test_the_period_is_chosen_by_keys(world: World, sit: Seats) -> None:
    seat: Seat[ReportsPage] = sit("zhao", "reports")
    page = seat.page
    alt = Qt.KeyboardModifier.AltModifier
    QTest.keyClick(seat.window, Qt.Key.Key_M, alt)
    assert page.period.asked().first == date(2026, 11, 1)
    QTest.keyClick(seat.window, Qt.Key.Key_PageUp, alt)
    assert (page.period.asked().first, page.period.asked().last) == (
        date(2026, 10, 1), date(2026, 10, 31),
    )  # fmt: skip
    QTest.keyClick(seat.window, Qt.Key.Key_Y, alt)
    assert page.period.asked() == of_year(2026)
    QTest.keyClick(seat.window, Qt.Key.Key_D, alt)
    page.period.first.set_value(date(2026, 11, 20))
    page.period.last.set_value(date(2026, 11, 19))
    page.period.last.left.emit()
    seat.rest()
    assert page.banners.isVisible()


def test_district_and_area_narrow_the_report(paid: World, sit: Seats) -> None:
    seat: Seat[ReportsPage] = sit("zhao", "reports")
    box = seat.page.period.area
    box.setCurrentIndex(box.findData("medical"))
    box.activated.emit(box.currentIndex())
    seat.rest()
    assert said(seat, "total_times") == "0"


def test_finance_writes_the_plan_of_a_year(paid: World, sit: Seats) -> None:
    seat: Seat[ReportsPage] = sit("qian", "reports")
    section(seat, PLAN)
    press(seat, "act_change_plan")
    form = seat.page.form.form
    assert form is not None
    for name, value in {"households": 10, "fen": 160_000, "document": "计划〔2026〕1 号"}.items():
        form.set_value(name, value)
    press(seat, "act_keep_plan")
    [row] = seat.page.plan.rows()
    assert (row.item, row.planned_households, row.planned_fen) == (ReliefItem.LIVING, 10, 160_000)
    assert "50%" in seat.page.plan.texts()[0]
    press(seat, "act_change_plan")
    form = seat.page.form.form
    assert form is not None
    form.set_value("fen", 200_000)
    press(seat, "act_keep_plan")
    assert seat.page.plan.rows()[0].planned_fen == 200_000


def test_a_plan_is_closed_to_others_and_to_months(paid: World, sit: Seats) -> None:
    seat: Seat[ReportsPage] = sit("wang", "reports")
    section(seat, PLAN)
    act = seat.page.findChild(Button, "act_change_plan")
    assert act is not None
    assert not act.isEnabled()
    seat = sit("qian", "reports")
    seat.page.period.kinds.press(1)
    rest(seat)
    section(seat, PLAN)
    act = seat.page.findChild(Button, "act_change_plan")
    assert act is not None
    assert act.reason == _("A plan is of a whole year and of the whole center")


def test_the_report_is_saved_and_printed(paid: World, sit: Seats, tmp_path: Path) -> None:
    seat: Seat[ReportsPage] = sit("zhao", "reports")
    seat.asking.file = tmp_path
    press(seat, "act_xlsx")
    press(seat, "act_pdf")
    [book] = tmp_path.glob("*.xlsx")
    assert len(openpyxl.load_workbook(book).sheetnames) > 5
    [paper] = tmp_path.glob("*.pdf")
    text = "".join(page.extract_text() for page in pypdf.PdfReader(paper).pages)
    assert "800.00" in text
    seat.window.press("F12")
    seat.rest()
    [(title, pdf, _copies)] = seat.sheets.sheets
    assert "2026" in title
    assert pdf.startswith(b"%PDF")


def test_charts_are_asked_for_when_they_come_into_sight(paid: World, sit: Seats) -> None:
    seat: Seat[ReportsPage] = sit("zhao", "reports")
    assert not seat.page.board.charts()
    section(seat, CHARTS)
    first = len(seat.page.board.charts())
    assert 0 < first < len(ChartName)
    bar = seat.page.board.area.verticalScrollBar()
    for at in range(5):
        bar.setValue(bar.maximum() * at // 4)
        rest(seat)
    assert len(seat.page.board.charts()) == len(ChartName)
    for card in seat.page.board.cards:
        chart = shown_chart(card)
        assert card.view.is_drawn()
        assert card.view.accessibleName() == f"{chart.title}：{chart.says}"
        assert card.says.text() == chart.says


def test_a_chart_is_a_table_too_and_opens_payments(paid: World, sit: Seats) -> None:
    seat: Seat[ReportsPage] = sit("zhao", "reports")
    section(seat, CHARTS)
    card = next(each for each in seat.page.board.cards if each.name is ChartName.MONTHS)
    seat.page.board.area.ensureWidgetVisible(card)
    rest(seat)
    chart = shown_chart(card)
    november = next(at for at, line in enumerate(chart.lines) if line.label == "2026-11")
    mark = next(each for each in card.view.marks if each.line == november and each.column == 0)
    at = QPoint(
        int((mark.x + mark.width / 2) / FINE),
        int(card.view.height() - (mark.y + mark.height / 2) / FINE),
    )
    assert card.view.mark_at(at.x(), at.y()) == mark
    QTest.mouseClick(card.view, Qt.MouseButton.LeftButton, pos=at)
    seat.rest()
    assert [row.fen for row in seat.page.rows.table.rows()] == [80_000]
    seat.page.close_pane()
    card.turn.click()
    assert card.table is not None
    assert card.table.texts()[november] == ("2026-11", "800.00")
    card.table.select(november)
    card.table.view.setFocus()
    key(seat, Qt.Key.Key_Return)
    assert [row.fen for row in seat.page.rows.table.rows()] == [80_000]
    card.turn.click()
    assert card.view.isVisibleTo(card)


@pytest.mark.parametrize("scheme", theme.Scheme)
def test_charts_follow_the_colours(
    paid: World, sit: Seats, qapp: QApplication, scheme: theme.Scheme
) -> None:
    theme.use(qapp, scheme, 100)
    seat: Seat[ReportsPage] = sit("zhao", "reports")
    section(seat, CHARTS)
    view = seat.page.board.cards[0].view
    picture = seat.window.grab(QRect(view.mapTo(seat.window, QPoint()), view.size())).toImage()
    colours = {
        rgb(picture.pixelColor(x, y))
        for x in range(picture.width())
        for y in range(picture.height())
    }
    for ink in ("surface", "accent", "sunken"):
        wanted = rgb(theme.color(ink))
        # SVG has its colours in whole per cent
        assert any(
            all(abs(a - b) <= 3 for a, b in zip(each, wanted, strict=True)) for each in colours
        ), ink


def test_a_small_window_shows_one_thing_at_a_time(
    paid: World, sit: Seats, qapp: QApplication
) -> None:
    seat: Seat[ReportsPage] = sit("zhao", "reports")
    theme.use(qapp, theme.Scheme.LIGHT, 150)
    rest(seat)
    for each in SECTIONS:
        section(seat, each)
        least = seat.window.minimumSizeHint()
        assert (least.width(), least.height()) <= (1366, 690)
        assert least.height() <= 690
    section(seat, RELIEF)
    assert "1 人次" in said(seat, "totals_line")
    seat.page.table.view.setFocus()
    key(seat, Qt.Key.Key_Return)
    assert seat.page.rows.isVisible()
    assert not seat.page.table.isVisible()
    key(seat, Qt.Key.Key_Escape)
    assert seat.page.table.isVisible()
