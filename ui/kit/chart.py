"""A bar chart of two series over some days: accent solid, ok hatched, numbers on the last pair."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from ui import theme
from ui.kit.labels import Label, Painted

SERIES = (("accent", Qt.BrushStyle.SolidPattern), ("ok", Qt.BrushStyle.BDiagPattern))
"""Colour and pattern of each series: the pattern speaks where colours do not."""


@dataclass(frozen=True)
class Bars:
    """One place on the axis: its words and the two figures."""

    label: str
    first: int
    second: int


class BarChart(QWidget):
    """Pairs of bars from left to right; what they say in words stands beside the chart."""

    def __init__(self, name: str = "chart") -> None:
        super().__init__()
        self.setObjectName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.bars: tuple[Bars, ...] = ()

    def show_bars(self, bars: Sequence[Bars], says: str) -> None:
        """Show other bars; ``says`` is the whole chart in one sentence, for the reader."""
        self.bars = tuple(bars)
        self.setAccessibleName(says)
        self.update()

    def sizeHint(self) -> QSize:
        """Return the usual size; more height makes taller bars."""
        return QSize(theme.px(240), theme.px(150))

    def minimumSizeHint(self) -> QSize:
        """Return the size below which bars cannot be told apart."""
        return QSize(theme.px(180), theme.px(84))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the bars, the ground line, three days below and the last figures above."""
        painter = QPainter(self)
        small = QFontMetrics(theme.font("small"))
        ground = self.height() - small.height() - 4
        painter.fillRect(QRectF(0, ground, self.width(), 1), theme.color("edge"))
        if not self.bars:
            return
        most = max(max(bar.first, bar.second) for bar in self.bars) or 1
        unit = (ground - small.height() - 4) / most
        step = self.width() / len(self.bars)
        wide = min(theme.px(9), step / 3)
        painter.setFont(theme.font("small"))
        for at, bar in enumerate(self.bars):
            left = at * step + (step - 2 * wide - 2) / 2
            for place, figure in enumerate((bar.first, bar.second)):
                box = QRectF(left + place * (wide + 2), ground - figure * unit, wide, figure * unit)
                _fill(painter, box, place)
                if at == len(self.bars) - 1 and figure:
                    _write_figure(painter, box, str(figure))
        self._write_days(painter, ground, step)

    def _write_days(self, painter: QPainter, ground: float, step: float) -> None:
        """Write the first, the middle and the last day under their bars."""
        painter.setPen(theme.color("text_soft"))
        last, sides = len(self.bars) - 1, Qt.AlignmentFlag
        for at, side in ((0, sides.AlignLeft), (last // 2, sides.AlignHCenter), (last, None)):
            box = QRectF(0, ground + 3, self.width(), self.height() - ground)
            if side == sides.AlignHCenter:
                box = QRectF((at + 0.5) * step - 60, box.top(), 120, box.height())
            painter.drawText(box, int(side or sides.AlignRight), self.bars[at].label)


def _write_figure(painter: QPainter, bar: QRectF, words: str) -> None:
    """Write a figure above its bar."""
    painter.setPen(theme.color("text_soft"))
    high = QFontMetrics(painter.font()).height()
    box = QRectF(bar.center().x() - 30, bar.top() - high - 1, 60, high)
    painter.drawText(box, Qt.AlignmentFlag.AlignHCenter, words)


def _fill(painter: QPainter, box: QRectF, series: int) -> None:
    """Fill a bar in the colour and pattern of its series."""
    token, pattern = SERIES[series]
    if box.height() <= 0:
        return
    painter.fillRect(box, QBrush(theme.color(token), pattern))
    if pattern != Qt.BrushStyle.SolidPattern:
        painter.setPen(QPen(theme.color(token), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5))


class _Swatch(Painted):
    """A square in the colour and pattern of a series."""

    def __init__(self, series: int) -> None:
        super().__init__()
        self._series = series

    def sizeHint(self) -> QSize:
        return QSize(theme.px(10), theme.px(10))

    def paintEvent(self, event: QPaintEvent) -> None:
        _fill(QPainter(self), QRectF(self.rect()), self._series)


class Legend(QWidget):
    """The names of the two series, each with its swatch."""

    def __init__(self, first: str, second: str) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for series, words in enumerate((first, second)):
            row.addWidget(_Swatch(series))
            row.addWidget(Label(words, "small"))
