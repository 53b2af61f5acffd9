"""Small helpers of composition."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QScrollArea, QVBoxLayout, QWidget

from ui.kit.labels import Icon, Label


def scrolling(widget: QWidget) -> QScrollArea:
    """Return a scroll area around ``widget`` that scrolls up and down and never sideways."""
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.viewport().setAutoFillBackground(False)
    area.setWidget(widget)
    return area


def column(*items: QWidget | QLayout | None, spacing: int = 12) -> QWidget:
    """Return a widget with ``items`` one below the other; `None` is the room that gives way."""
    return _filled(QVBoxLayout(), items, spacing)


def row(*items: QWidget | QLayout | None, spacing: int = 8) -> QWidget:
    """Return a widget with ``items`` side by side; `None` is the room that gives way."""
    return _filled(QHBoxLayout(), items, spacing)


def remark(icon: str, tone: str, words: str, indent: int = 0) -> QHBoxLayout:
    """Return a line of words that wraps, with its icon at the first line; for lists of reasons."""
    line = QHBoxLayout()
    line.setContentsMargins(indent * 16, 0, 0, 0)
    line.setSpacing(8)
    lead = QVBoxLayout()
    lead.setContentsMargins(0, 3, 0, 0)  # the middle of the first line
    lead.addWidget(Icon(icon, tone))
    lead.addStretch(1)
    line.addLayout(lead)
    line.addWidget(Label(words, wrap=True), 1)
    return line


def _filled(
    box: QVBoxLayout | QHBoxLayout, items: tuple[QWidget | QLayout | None, ...], spacing: int
) -> QWidget:
    holder = QWidget()
    holder.setLayout(box)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(spacing)
    for item in items:
        if item is None:
            box.addStretch(1)
        elif isinstance(item, QWidget):
            box.addWidget(item)
        else:
            box.addLayout(item)
    return holder
