"""Narrows the files that are looked through: by district, by category, by name or number."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from app.core.i18n import _
from ui import theme
from ui.kit.choice_editors import ComboBox

PAUSE_MS: Final = 250
BOX, LINE = 112, 150


class Words(QLineEdit):
    """What a name or number contains; Esc empties it first, Enter and Down go to the rows."""

    def __init__(self, leave: Callable[[], object]) -> None:
        super().__init__()
        self.setObjectName("filter_candidates")
        self.setPlaceholderText(_("Name or number, key /"))
        self.setAccessibleName(_("Name or number"))
        self._leave = leave

    def event(self, event: QEvent) -> bool:
        """Keep Esc from the page while there is something to empty."""
        override = event.type() == QEvent.Type.ShortcutOverride
        if override and isinstance(event, QKeyEvent) and self._empties(event):
            event.accept()
            return True
        return super().event(event)

    def _empties(self, event: QKeyEvent) -> bool:
        return event.key() == Qt.Key.Key_Escape and bool(self.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Empty the line by Esc, go on to the rows by Enter and Down."""
        if self._empties(event):
            self.clear()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self._leave()
        else:
            super().keyPressEvent(event)


class Filters(QWidget):
    """Three ways to narrow, told together."""

    changed = Signal()

    def __init__(self, leave: Callable[[], object]) -> None:
        super().__init__()
        self.districts = self._box("filter_district", _("District"))
        self.categories = self._box("filter_category", _("Hardship category"))
        self.words = Words(leave)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(PAUSE_MS)
        self._soon.timeout.connect(self.changed)
        self.words.textChanged.connect(self._soon.start)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for widget in (self.districts, self.categories, self.words):
            row.addWidget(widget)
        slash = QShortcut(QKeySequence("/"), self)
        slash.activated.connect(self.words.setFocus)
        theme.changes.changed.connect(self._size)
        self._size()

    def _box(self, name: str, says: str) -> ComboBox:
        box = ComboBox()
        box.setObjectName(name)
        box.setAccessibleName(says)
        box.activated.connect(self.changed)
        return box

    def _size(self) -> None:
        for box in (self.districts, self.categories):
            box.setFixedWidth(theme.px(BOX))
        self.words.setMinimumWidth(theme.px(LINE) // 2)
        self.words.setMaximumWidth(theme.px(LINE))

    def offer(self, districts: Sequence[str], categories: Sequence[str]) -> None:
        """Offer what there is; what was chosen stays."""
        _offer(self.districts, _("Every district"), districts)
        _offer(self.categories, _("Every category"), categories)

    def clear(self) -> None:
        """Narrow nothing, without telling."""
        for box in (self.districts, self.categories):
            box.setCurrentIndex(0)
        self.words.blockSignals(True)
        self.words.clear()
        self.words.blockSignals(False)
        self._soon.stop()

    def chosen(self) -> tuple[tuple[str, ...], tuple[str, ...], str]:
        """Return districts, categories and words; none where nothing was chosen."""
        picked = (box.currentData() for box in (self.districts, self.categories))
        districts, categories = ((each,) if each else () for each in picked)
        return districts, categories, self.words.text().strip()


def _offer(box: ComboBox, every: str, words: Sequence[str]) -> None:
    before = box.currentData()
    if [box.itemData(at) for at in range(1, box.count())] == list(words) and box.count():
        return
    box.clear()
    box.addItem(every, None)
    for word in words:
        box.addItem(word, word)
    box.setCurrentIndex(max(0, box.findData(before)) if before else 0)
    box.view().setMinimumWidth(box.view().sizeHintForColumn(0) + theme.px(24))
