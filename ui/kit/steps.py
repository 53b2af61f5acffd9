"""The steps of a first start at the left: done, now, ahead."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import icons, theme


class StepList(QWidget):
    """Numbered steps, one below the other; they are shown and not operated."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("step_list")
        self._names: list[str] = []
        self._at = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_steps(self, names: list[str], at: int) -> None:
        """Show these steps, the one at ``at`` (from 0) as the present one."""
        self._names, self._at = names, at
        self.setAccessibleName(f"{at + 1} / {len(names)} {names[at]}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return a row for each step."""
        return QSize(theme.px(200), theme.px(42) * len(self._names))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ground, number (or a check) and name of each step."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for at, name in enumerate(self._names):
            self._draw(painter, QRectF(0, at * theme.px(42), self.width(), theme.px(40)), at, name)

    def _draw(self, painter: QPainter, box: QRectF, at: int, name: str) -> None:
        now, side = at == self._at, theme.px(20)
        if now:
            painter.fillRect(box, theme.color("select"))
            painter.fillRect(QRectF(0, box.top(), 3, box.height()), theme.color("accent"))
        mark = QRectF(21, box.center().y() - side / 2, side, side)
        if at < self._at:
            icons.draw(painter, "circle-check", "ok", mark)
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("accent" if now else "sunken"))
            painter.drawEllipse(mark)
            painter.setPen(theme.color("on_accent" if now else "text_soft"))
            painter.setFont(theme.font("small_strong"))
            painter.drawText(mark, Qt.AlignmentFlag.AlignCenter, str(at + 1))
        painter.setPen(theme.color("accent" if now else "text"))
        painter.setFont(theme.font("strong" if now else "body"))
        words = box.adjusted(mark.right() + 12, 0, -12, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, name)
