"""Lucide icons in the colours of the scheme, sharp at every text size and display factor."""

import functools

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from ui import theme


def pixmap(name: str, tone: str = "text_soft", size: int = 16, ratio: float = 1) -> QPixmap:
    """Return icon ``name`` in the colour of a token; ``size`` grows with the text size."""
    return _drawn(name, tone, theme.px(size), ratio, theme.scheme())


@functools.lru_cache(maxsize=512)
def _drawn(name: str, tone: str, side: int, ratio: float, _scheme: theme.Scheme) -> QPixmap:
    made = QPixmap(round(side * ratio), round(side * ratio))
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    QSvgRenderer(QByteArray(theme.svg(name, tone))).render(painter)
    painter.end()
    made.setDevicePixelRatio(ratio)
    return made


def icon(name: str, tone: str = "text_soft", size: int = 16) -> QIcon:
    """Return a `QIcon` for Qt's own widgets; set it again when the theme changes."""
    made = QIcon()
    for ratio in (1.0, 2.0):
        made.addPixmap(pixmap(name, tone, size, ratio))
    return made


def draw(painter: QPainter, name: str, tone: str, box: QRectF) -> None:
    """Draw an icon centred in ``box``; the shorter side of the box is its size in pixels."""
    side = round(min(box.width(), box.height()))
    ratio = painter.device().devicePixelRatio()
    at = box.center()
    painter.drawPixmap(
        QRectF(round(at.x() - side / 2), round(at.y() - side / 2), side, side).topLeft(),
        _drawn(name, tone, side, ratio, theme.scheme()),
    )
