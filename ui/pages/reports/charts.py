"""The charts on the screen: a card each, drawn when it comes into sight, or shown as a table."""

from collections.abc import Callable, Sequence
from dataclasses import fields
from typing import Annotated, Final

from PySide6.QtCore import QByteArray, QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QStackedLayout, QToolTip, QWidget

from app.core.i18n import _
from app.core.kinds import Count, Text
from app.core.record import Record
from app.reports.charts import QUESTIONS, Chart, ChartName, Opens, words_of
from app.reports.dashboard import ChartQuery, dashboard_chart
from app.reports.drawing import Look, Mark
from app.reports.records import ReportQuery
from app.reports.rendering import svg
from app.reports.shapes import draw
from ui import theme
from ui.desk import Desk
from ui.kit.buttons import Button
from ui.kit.cards import Card
from ui.kit.cells import Cell, Column
from ui.kit.labels import Elided, Label
from ui.kit.layout import scrolling
from ui.kit.table import RecordTable

FINE: Final = 8
"""Drawn so many times larger, so that the sizes of texts are not rounded to whole pixels."""
TEXT: Final = 12
"""Pixels of the text of a chart."""
HIGH: Final = 236
LOW: Final = 172
"""How high a chart is, and where the window is small."""

Drawn = tuple[bytes, tuple[Mark, ...]]


def _draw(chart: Chart, look: Look, width: int, height: int, size: float) -> Drawn:
    """Draw a chart for the screen; on the paper thread."""
    picture = draw(chart, look, width * FINE, height * FINE, size * FINE)
    return svg(picture.drawing), picture.marks


def look_of_screen() -> Look:
    """Return the colours of the scheme in use."""
    return Look(**{field.name: theme.color(field.name).name() for field in fields(Look)})


class ChartView(QWidget):
    """A drawn chart. A number that has payments behind it can be pressed."""

    pressed = Signal(int, int)
    """Line and column of the table."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.chart: Chart | None = None
        self.marks: tuple[Mark, ...] = ()
        self._picture: QSvgRenderer | None = None
        self._wanted: object = None
        self._high = HIGH
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_chart(self, chart: Chart) -> None:
        """Show another chart."""
        self.chart, self._wanted = chart, None
        self.setAccessibleName(f"{chart.title}：{chart.says}")
        self.update()

    def sizeHint(self) -> QSize:
        """Return the usual size."""
        return QSize(theme.px(420), theme.px(self._high))

    def minimumSizeHint(self) -> QSize:
        """Return the size below which nothing can be read."""
        return QSize(theme.px(260), theme.px(self._high))

    def set_high(self, high: int) -> None:
        """Take more height or less."""
        self._high = high
        self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Show the picture, and ask for one when size, colours or numbers are others."""
        wanted = (id(self.chart), self.size(), theme.scheme(), theme.percent())
        if self.chart is not None and self._wanted != wanted:
            self._wanted = wanted
            size = TEXT * theme.percent() / 100
            self._desk.produce(
                _draw, self.chart, look_of_screen(), self.width(), self.height(), size,
                then=lambda drawn: self._show(wanted, drawn),
            )  # fmt: skip
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._picture is not None:
            self._picture.render(painter, QRectF(self.rect()))
        if self.hasFocus():
            painter.setPen(QPen(theme.color("focus"), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))

    def _show(self, wanted: object, drawn: Drawn) -> None:
        if wanted == self._wanted:
            self._picture = QSvgRenderer(QByteArray(drawn[0]))
            self.marks = drawn[1]
            self.update()

    def is_drawn(self) -> bool:
        """Tell whether the picture in sight is that of the chart."""
        return self._picture is not None

    def mark_at(self, x: float, y: float) -> Mark | None:
        """Return the number that stands at a place; y runs down from the top."""
        at_x, at_y = x * FINE, (self.height() - y) * FINE
        for mark in reversed(self.marks):
            if 0 <= at_x - mark.x <= mark.width and 0 <= at_y - mark.y <= mark.height:
                return mark
        return None

    def _behind(self, mark: Mark | None) -> Opens | None:
        if mark is None or self.chart is None:
            return None
        return self.chart.drawn().lines[mark.line].behind(mark.column)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show a hand over what can be opened."""
        mark = self.mark_at(event.position().x(), event.position().y())
        shape = Qt.CursorShape
        hand = self._behind(mark) is not None
        self.setCursor(shape.PointingHandCursor if hand else shape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open the payments behind the number that was pressed."""
        mark = self.mark_at(event.position().x(), event.position().y())
        if mark is not None and self._behind(mark) is not None:
            self.pressed.emit(mark.line, mark.column)

    def event(self, event: QEvent) -> bool:
        """Say the number under the pointer in full."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            mark = self.mark_at(event.pos().x(), event.pos().y())
            QToolTip.showText(event.globalPos(), self._words(mark), self)
            return True
        return super().event(event)

    def _words(self, mark: Mark | None) -> str:
        if mark is None or self.chart is None:
            return ""
        chart = self.chart.drawn()
        line = chart.lines[mark.line]
        number = words_of(line.values[mark.column], chart.unit)
        return f"{line.label}　{chart.heads[mark.column]}　{number}"


class _Line(Record):
    """A line of a chart's table."""

    at: Annotated[int, Count(label="")]
    label: Annotated[str, Text(label="")]


class ChartCard(Card):
    """A chart with its question above and its answer below; the same data as a table."""

    opened = Signal(object, str)
    """What stands behind a number (`Opens`), and the words for it."""

    def __init__(self, name: ChartName, desk: Desk) -> None:
        super().__init__(name.label)
        self.setObjectName(f"chart_{name.value}")
        self.name, self._desk = name, desk
        self.chart: Chart | None = None
        self._asked: ReportQuery | None = None
        self._got: ReportQuery | None = None
        self.question = Elided(_(QUESTIONS[name]), "small")
        self.head.insertWidget(1, self.question, 1)
        self.turn = Button(
            _("As table"), self._turn, kind="quiet", small=True, name=f"act_table_{name.value}"
        )
        self.add_to_head(self.turn)
        self.view = ChartView(desk)
        self.view.pressed.connect(self._open)
        self.table: RecordTable[_Line] | None = None
        holder = QWidget()
        self._stack = QStackedLayout(holder)
        self._stack.addWidget(self.view)
        self.add(holder)
        self.says = Label("", "small", wrap=True)
        self.says.setObjectName(f"says_{name.value}")
        self.add(self.says)

    def set_period(self, asked: ReportQuery) -> None:
        """Answer for another period as soon as the card is in sight."""
        self._asked, self._got = asked, None
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ask for the numbers when the card comes into sight."""
        super().paintEvent(event)
        if self._asked is not None and self._got != self._asked:
            self._got = self._asked
            query = ChartQuery(asked=self._asked, name=self.name)
            self._desk.ask(dashboard_chart, query, then=self._show, latest=self)

    def _show(self, chart: Chart) -> None:
        self.chart = chart
        self.title.setText(chart.title)
        self.says.setText(chart.says)
        self.view.show_chart(chart)
        as_table = self._stack.currentWidget() is not self.view
        if self.table is not None:
            self._stack.removeWidget(self.table)
            self.table.deleteLater()
            self.table = None
        if as_table:
            self._show_table()

    def _turn(self) -> None:
        if self._stack.currentWidget() is self.view:
            self._show_table()
        else:
            self._stack.setCurrentWidget(self.view)
            self.turn.setText(_("As table"))

    def _show_table(self) -> None:
        if self.chart is None:
            return
        if self.table is None:
            self.table = self._make_table(self.chart)
            self._stack.addWidget(self.table)
        self._stack.setCurrentWidget(self.table)
        self.turn.setText(_("As chart"))
        self.table.view.setFocus()

    def _make_table(self, chart: Chart) -> RecordTable[_Line]:
        def number(column: int) -> Callable[[_Line], Cell]:
            return lambda row: Cell(words_of(chart.lines[row.at].values[column], chart.unit))

        wide = 52 if len(chart.heads) > 8 else 96
        table = RecordTable(
            _Line,
            [
                Column("label", chart.rows_are, stretch=True),
                *(
                    Column(f"c{at}", head, width=wide, cell=number(at), right=True)
                    for at, head in enumerate(chart.heads)
                ),
            ],
            name=f"table_{chart.name}",
            sortable=False,
            flat=True,
        )
        table.show_rows([_Line(at=at, label=line.label) for at, line in enumerate(chart.lines)])
        table.opened.connect(self._open_line)
        return table

    def _open_line(self, row: _Line) -> None:
        """Open the payments behind the first number of a line that has any."""
        if self.chart is not None:
            line = self.chart.lines[row.at]
            at = next((at for at in range(len(line.values)) if line.behind(at)), None)
            if at is not None:
                self._open(row.at, at)

    def _open(self, line: int, column: int) -> None:
        if self.chart is None:
            return
        chosen = self.chart.lines[line]
        behind = chosen.behind(column)
        if behind is not None:
            self.opened.emit(behind, f"{chosen.label}　{self.chart.heads[column]}")


class ChartBoard(QWidget):
    """All charts, two side by side where there is room."""

    opened = Signal(object, str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        inside = QWidget()
        self._grid = QGridLayout(inside)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(12)
        self.cards = [ChartCard(name, desk) for name in ChartName]
        for card in self.cards:
            card.opened.connect(self.opened)
        stack = QStackedLayout(self)
        self.area = scrolling(inside)
        self.area.setObjectName("charts_area")
        stack.addWidget(self.area)
        self._columns = 0
        self.set_columns(2)

    def set_columns(self, count: int) -> None:
        """Put the cards into one column or two."""
        if count == self._columns:
            return
        self._columns = count
        for at, card in enumerate(self.cards):
            self._grid.addWidget(card, at // count, at % count)
        self._grid.setColumnStretch(1, 1 if count > 1 else 0)
        self._grid.setColumnStretch(0, 1)

    def set_small(self, *, small: bool) -> None:
        """Draw lower charts, so that each is seen whole."""
        for card in self.cards:
            card.view.set_high(LOW if small else HIGH)

    def set_period(self, asked: ReportQuery) -> None:
        """Answer for another period."""
        for card in self.cards:
            card.set_period(asked)

    def charts(self) -> Sequence[Chart]:
        """Return the charts that were asked for so far."""
        return [card.chart for card in self.cards if card.chart is not None]
