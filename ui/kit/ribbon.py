"""The stage ribbon: where a case or a batch stands on its way."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.core.i18n import _
from ui import icons, theme
from ui.kit.labels import text_width

GAP, LEAD, INSET = 56, 6, 10


@dataclass(frozen=True)
class Stage:
    """One stage: its words and ``done``, ``now``, ``next`` or ``stopped``."""

    words: str
    state: str


LOOK = {
    "done": ("circle-check", "ok", "text"),
    "now": ("circle-dot", "on_accent", "on_accent"),
    "next": ("circle", "text_faint", "text_faint"),
    "stopped": ("circle-x", "bad", "bad"),
}


class StageRibbon(QWidget):
    """Stages from left to right; at the right end what time is left. Too narrow, it shows the
    present stage and how many there are."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("stage_ribbon")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._stages: tuple[Stage, ...] = ()
        self._right = ""
        self._icon, self._tone = "", ""

    def show_stages(
        self, stages: Sequence[Stage], right: str = "", icon: str = "", tone: str = ""
    ) -> None:
        """Show other stages and, at the right end, the time left with its light."""
        self._icon, self._tone = icon, tone
        self._stages, self._right = tuple(stages), right
        now = self._now()
        where = f"{stages[now].words} {now + 1} / {len(stages)}" if stages else ""
        self.setAccessibleName(f"{where} {right}".strip())
        self.updateGeometry()
        self.update()

    def _now(self) -> int:
        states = [stage.state for stage in self._stages]
        for state in ("stopped", "now"):
            if state in states:
                return states.index(state)
        return max(states.count("done") - 1, 0)

    def sizeHint(self) -> QSize:
        """Return the room all stages need."""
        width = sum(map(self._width, self._stages)) + 24 * max(len(self._stages) - 1, 0)
        return QSize(width + self._end() + 40, theme.px(32))

    def minimumSizeHint(self) -> QSize:
        """Return the room of one stage with its count."""
        widest = max(map(self._width, self._stages), default=0)
        return QSize(widest + self._end() + theme.px(80), theme.px(32))

    def _end(self) -> int:
        """Return the room of the time left."""
        icon = theme.px(16) + LEAD if self._icon else 0
        return text_width("body", self._right) + icon

    @staticmethod
    def _width(stage: Stage) -> int:
        role = "strong" if stage.state == "now" else "body"
        width = theme.px(16) + LEAD + text_width(role, stage.words)
        return width + 2 * INSET if stage.state == "now" else width

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the stages and the lines between them."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font("body"))
        painter.setPen(theme.color(self._tone or "text_soft"))
        end = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(QRectF(self.rect()), end, self._right)
        if self._icon:
            side = theme.px(16)
            place = QRectF(self.width() - self._end(), (self.height() - side) / 2, side, side)
            icons.draw(painter, self._icon, self._tone or "text_soft", place)
        if not self._stages:
            return
        widths = sum(map(self._width, self._stages))
        gaps = len(self._stages) - 1
        room = self.width() - widths - (self._end() + 16)
        gap = min(GAP, room / gaps) if gaps else 0
        if gap < 20 and gaps:
            self._draw_short(painter)
            return
        x = 0.0
        for stage, after in pairwise((*self._stages, None)):
            if stage is None:
                continue
            x = self._draw_stage(painter, stage, x)
            if after is not None:
                passed = stage.state == "done" and after.state != "next"
                painter.setPen(QPen(theme.color("ok" if passed else "edge"), 1.5))
                middle = self.height() / 2
                painter.drawLine(QPointF(x + 7, middle), QPointF(x + gap - 7, middle))
                x += gap

    def _draw_stage(self, painter: QPainter, stage: Stage, x: float) -> float:
        icon, tone, words = LOOK[stage.state]
        width, side = self._width(stage), theme.px(16)
        left = x
        if stage.state == "now":
            high = theme.px(28)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("accent"))
            box = QRectF(x, (self.height() - high) / 2, width, high)
            painter.drawRoundedRect(box, 4, 4)
            left += INSET
        icons.draw(painter, icon, tone, QRectF(left, (self.height() - side) / 2, side, side))
        painter.setFont(theme.font("strong" if stage.state == "now" else "body"))
        painter.setPen(theme.color(words))
        at = QRectF(left + side + LEAD, 0, width, self.height())
        painter.drawText(at, Qt.AlignmentFlag.AlignVCenter, stage.words)
        return x + width

    def _draw_short(self, painter: QPainter) -> None:
        now = self._now()
        x = self._draw_stage(painter, self._stages[now], 0)
        painter.setFont(theme.font("body"))
        painter.setPen(theme.color("text_soft"))
        words = _("{at} / {of}").format(at=now + 1, of=len(self._stages))
        at = QRectF(x + 12, 0, self.width(), self.height())
        painter.drawText(at, Qt.AlignmentFlag.AlignVCenter, words)
