"""The charts of the loan desk, drawn on the paper thread in the colours of the screen."""

from dataclasses import fields
from typing import Final

from PySide6.QtCore import QByteArray, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.reports.charts import Chart
from app.reports.drawing import Look
from app.reports.rendering import svg
from app.reports.shapes import draw
from ui import theme
from ui.desk import Desk
from ui.kit.cards import Card
from ui.kit.labels import Elided, Label

FINE: Final = 8
"""Drawn so many times larger, so that the sizes of texts are not rounded to whole pixels."""
TEXT: Final = 12
HIGH: Final = 200


def _draw(chart: Chart, look: Look, width: int, height: int, size: float) -> bytes:
    """Draw a chart for the screen; on the paper thread."""
    return svg(draw(chart, look, width * FINE, height * FINE, size * FINE).drawing)


class Drawn(QWidget):
    """One chart; drawn when it is in sight, and anew for another size or other colours."""

    def __init__(self, desk: Desk, chart: Chart) -> None:
        super().__init__()
        self._desk, self._chart = desk, chart
        self._picture: QSvgRenderer | None = None
        self._wanted: object = None
        self.setAccessibleName(f"{chart.title}：{chart.says}")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return the usual size."""
        return QSize(theme.px(420), theme.px(HIGH))

    def minimumSizeHint(self) -> QSize:
        """Return the size below which nothing can be read."""
        return QSize(theme.px(260), theme.px(HIGH))

    def is_drawn(self) -> bool:
        """Tell whether there is a picture."""
        return self._picture is not None

    def paintEvent(self, event: QPaintEvent) -> None:
        """Show the picture; ask for one when size or colours are others."""
        wanted = (self.size(), theme.scheme(), theme.percent())
        if self._wanted != wanted:
            self._wanted = wanted
            look = Look(**{each.name: theme.color(each.name).name() for each in fields(Look)})
            size = TEXT * theme.percent() / 100

            def show(drawn: bytes) -> None:
                if self._wanted == wanted:
                    self._picture = QSvgRenderer(QByteArray(drawn))
                    self.update()

            asked = self._chart, look, self.width(), self.height(), size
            self._desk.produce(_draw, *asked, then=show)
        if self._picture is not None:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._picture.render(painter, QRectF(self.rect()))


class ChartCard(Card):
    """A chart with its question above and its answer below."""

    def __init__(self, desk: Desk, chart: Chart) -> None:
        super().__init__(chart.title)
        self.setObjectName(f"chart_{chart.name}")
        self.head.insertWidget(1, Elided(chart.question, "small"), 1)
        self.view = Drawn(desk, chart)
        self.add(self.view)
        self.add(Label(chart.says, "small", wrap=True))
