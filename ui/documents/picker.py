"""Names the documents that belong to something, such as a filing step; new ones come in here."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.core.i18n import _
from app.core.words.documents import DocumentState
from app.documents.actions import add_document
from app.documents.queries import documents_of
from app.documents.records import DocumentRow, DocumentsQuery
from app.work import Topic
from ui.desk import Desk
from ui.documents.adding import NOWHERE, Adding, Place
from ui.documents.listing import DocumentList, Entry, entries
from ui.kit.cards import Card
from ui.kit.labels import Label

NAME: Final = "step"
"""Tells its buttons from those of the documents pane."""


class DocumentPicker(Card):
    """The documents of one household, to be checked; or those that were named, to be looked at.

    What is taken in here is checked at once. It is out of sight where there is nothing to name.
    """

    opened = Signal(int)
    """A document is to be looked at: the page has the pane for it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(_("Documents of this step"), flush=True)
        self.setObjectName("document_picker")
        self._desk = desk
        self._rows: list[DocumentRow] = []
        self._named: tuple[int, ...] = ()
        self._chosen: tuple[int, ...] = ()
        self._asks = False
        self._kind = ""
        self._hint = Label(_("Space checks, Enter opens"), role="hint")
        self.add_to_head(self._hint)
        self.list = DocumentList(name="step_documents", checkable=True)
        self.list.opened.connect(self._open)
        self.list.checks_changed.connect(self._check)
        self.adding = Adding(self, desk, lambda: self._kind, name=NAME, paste_key="")
        self.adding.added.connect(self._added)
        self._ways = QWidget()
        row = QHBoxLayout(self._ways)
        row.setContentsMargins(12, 6, 12, 6)
        row.setSpacing(8)
        self.add(self.list)
        self.add(self._ways)
        self._may_keep = desk.may(add_document)
        if self._may_keep:
            self.adding.add_to(row)
            self.setAcceptDrops(True)
        desk.changed.connect(self._changed)
        self.hide()

    # Whose documents

    def show_household(self, household_id: int | None) -> None:
        """Show the documents of another household; nothing is named yet."""
        self.adding.place = NOWHERE if household_id is None else Place(household_id)
        self._rows = []
        self.tell(())
        self.refresh()

    def refresh(self) -> None:
        """Ask for the documents again."""
        place = self.adding.place
        if place == NOWHERE or not self._desk.may(documents_of):
            return
        asked = DocumentsQuery(household_id=place.household_id, withdrawn=True)
        self._desk.ask(documents_of, asked, then=self._take_rows, latest=(self, "rows"))

    def _changed(self, topics: "frozenset[Topic]") -> None:
        if Topic.DOCUMENTS in topics:
            self.refresh()

    def _take_rows(self, rows: list[DocumentRow]) -> None:
        self._rows = rows
        self._show_rows()

    # What is named

    def ask(self, kind: str, named: Sequence[int]) -> None:
        """Let documents be named, beginning with those that are; a new one is of this kind."""
        self._kind, self._asks = kind, True
        if self._may_keep:
            self._desk.scans.look(self._desk)
        self._begin(named)

    def tell(self, named: Sequence[int]) -> None:
        """Show which documents were named; they can be looked at, and that is all."""
        self._asks = False
        self._begin(named)

    def _begin(self, named: Sequence[int]) -> None:
        self._named = self._chosen = tuple(named)
        self._show_rows()

    def chosen(self) -> tuple[int, ...]:
        """Return the ids of the documents that are named now, in the order of the list."""
        return self._chosen

    def dirty(self) -> bool:
        """Tell whether other documents are named than in the beginning."""
        return self._asks and set(self._chosen) != set(self._named)

    def _show_rows(self) -> None:
        rows = [row for row in self._rows if self._fits(row)]
        chosen = self._chosen
        self.list.blockSignals(True)  # filling the list checks nothing
        self.list.set_checkable(self._asks)
        self.list.show_rows(entries(rows, ()))
        self.list.check(lambda entry: self._asks and _id(entry) in chosen)
        self.list.blockSignals(False)
        self.setVisible((self._asks or bool(rows)) and self._desk.may(documents_of))
        self._hint.setVisible(self._asks)
        self._ways.setVisible(self._asks and self._may_keep)

    def _fits(self, row: DocumentRow) -> bool:
        """Tell whether a document stands in the list: one that was withdrawn if it was named."""
        kept = row.state is DocumentState.KEPT
        return kept if self._asks else row.id in self._chosen

    def _check(self) -> None:
        if self._asks:
            checked = {_id(entry) for entry in self.list.checked()}
            self._chosen = tuple(row.id for row in self._rows if row.id in checked)

    def _added(self, document_id: int, _kind: str) -> None:
        if self._asks:
            self._chosen = (*self._chosen, document_id)

    def _open(self, entry: Entry) -> None:
        if entry.document is not None:
            self.opened.emit(entry.document.id)

    # Taking in

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files and pictures, nothing else."""
        if self._asks and (event.mimeData().hasUrls() or event.mimeData().hasImage()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take in what was dropped; it is copied, never moved."""
        if self.adding.take_data(event.mimeData()):
            event.acceptProposedAction()

    def event(self, event: QEvent) -> bool:
        """Keep Ctrl+V for the documents while the focus is among them."""
        if event.type() == QEvent.Type.ShortcutOverride and self._pastes(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take in what was copied."""
        if self._pastes(event):
            self.adding.paste()
        else:
            super().keyPressEvent(event)

    def _pastes(self, event: QEvent) -> bool:
        keys = QKeySequence.StandardKey.Paste
        return (
            self._asks and self._may_keep and isinstance(event, QKeyEvent) and event.matches(keys)
        )


def _id(entry: Entry) -> int | None:
    return entry.document.id if entry.document is not None else None
