"""Editors of how relief is given: the way, and the goods."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter, QWidget

from app.core.i18n import _
from app.core.record import Field
from app.core.words.disbursements import PayWay
from ui.kit.editors import Editor, TextEditor
from ui.kit.segments import Part, Segments

ICONS: Final = {PayWay.CARD: "credit-card", PayWay.CASH: "banknote", PayWay.GOODS: "gift"}


class WayEditor(Editor):
    """By card, in cash or in kind."""

    def __init__(self, field: Field) -> None:
        super().__init__(field)
        self.parts = Segments(
            [Part(way.value, way.label, None, ICONS[way]) for way in PayWay], name=field.name
        )
        self.parts.choose(PayWay.CARD.value)
        self.parts.chosen.connect(self._chosen)
        self.row.addWidget(self.parts)
        self.row.addStretch(1)
        self.setFocusProxy(self.parts)

    def _chosen(self) -> None:
        self.edited.emit()
        self.left.emit()

    def target(self) -> QWidget:
        """Return the segment."""
        return self.parts

    def text(self) -> str:
        """Return the stored word."""
        return self.parts.value()

    def set_text(self, text: str) -> None:
        """Choose a way; without a word, by card."""
        self.parts.choose(text or PayWay.CARD.value)

    def value(self) -> PayWay:
        """Return the way."""
        return PayWay(self.parts.value())


class GoodsEditor(TextEditor):
    """What is given, chosen from what the center is used to give or typed."""

    def offer(self, words: tuple[str, ...]) -> None:
        """Offer other words."""
        found = QCompleter(list(words), self.line)
        found.setFilterMode(Qt.MatchFlag.MatchContains)
        self.line.setCompleter(found)
        self.line.setPlaceholderText(_(", ").join(words[:2]))
