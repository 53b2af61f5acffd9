"""The documents of one household or draft: taken in, listed, looked at, put right."""

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QHideEvent,
    QImage,
    QKeySequence,
    QShortcut,
    QShowEvent,
)
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.core.errors import AppError
from app.core.i18n import _
from app.documents.actions import add_document, open_document
from app.documents.queries import documents_of
from app.documents.records import DocumentById, DocumentRow, DocumentsQuery, OpenedDocument
from app.reference.attachments import kind_of
from app.reference.proofs import proof
from app.work import Topic
from ui import theme
from ui.desk import Desk
from ui.documents.adding import NOWHERE, Adding, Place
from ui.documents.listing import DocumentList, Entry, entries
from ui.documents.tagging import Person, TagPanel
from ui.documents.taking import page_of
from ui.kit.buttons import Button, IconButton
from ui.kit.cards import Card
from ui.kit.document_view import DocumentView
from ui.kit.labels import Elided, Label, Rule
from ui.kit.layout import scrolling

WIDTH: Final = 310
NO_LIMIT: Final = 16_777_215
"""Qt's word for no limit."""
MOST_OPEN: Final = 4
"""Opened documents that are kept while one goes back and forth between them."""


class DocumentsPane(Card):
    """Talks to the desk by itself; the page tells it whose documents it shows.

    Nothing is opened before somebody asks for it, and what was opened is forgotten when the page
    goes out of sight: each opening stands in the trail.
    """

    closed = Signal()
    counted = Signal(str)
    """How many documents there are, for the button that opens the pane: ``2 / 4``."""
    added = Signal()
    """A document was added: a page keeps its draft."""

    def __init__(self, desk: Desk, *, width: int = WIDTH, key: str = "F8") -> None:
        super().__init__(_("Documents"), flush=True)
        self.setObjectName("documents_pane")
        self._desk, self._width = desk, width
        self._needed: tuple[str, ...] = ()
        self._rows: list[DocumentRow] = []
        self._opened: dict[int, OpenedDocument] = {}
        self._opening: int | None = None  # asked for and not here yet
        self._alone = self._known = False
        """Known once the documents are here: what is missing cannot be told before."""
        self._wanted: int | None = None
        self._count = ""
        self._may_keep = desk.may(add_document)
        self._compose(key)
        self._bind()
        desk.changed.connect(self._changed)
        theme.changes.changed.connect(self._size)
        self._size()
        self._forget()

    # Composition

    def _compose(self, key: str) -> None:
        self.body.setSpacing(0)
        self._counts = Label(role="small")
        self._counts.setObjectName("documents_count")
        self.add_to_head(self._counts)
        self.add_to_head(IconButton("x", _("Close"), self.closed.emit, key=key, size=26))
        self.list = DocumentList()
        self.list.opened.connect(self.open)
        self.list.view.clicked.connect(self._clicked)
        self.list.picked.connect(self._picked)
        self.tags = TagPanel(self._desk)
        self.tags.closed.connect(self._close_tags)
        self._tags_area = scrolling(self.tags)
        self._tags_area.hide()
        self.view = DocumentView()
        self.view.page_wanted.connect(self._draw)
        self._left, right = QWidget(), QWidget()
        left = QVBoxLayout(self._left)
        beside = QVBoxLayout(right)
        for column in (left, beside):
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(0)
        left.addWidget(self.list)
        left.addWidget(self._tags_area)
        left.addStretch(1)
        beside.addWidget(self.view, 1)
        self._foot = QWidget()
        self._foot.setLayout(self._facts_line())
        beside.addWidget(self._foot)
        self._split = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._split.setSpacing(0)
        self._split.addWidget(self._left)
        self._line = Rule()
        self._split.addWidget(self._line)
        self._split.addWidget(right, 1)
        self.add(Rule())
        self.body.addLayout(self._split, 1)
        self.adding = Adding(self, self._desk, self._kind_wanted)
        self.adding.added.connect(self._added)
        if self._may_keep:
            self.adding.add_to(self.add_foot())
            self.setAcceptDrops(True)

    def _facts_line(self) -> QHBoxLayout:
        self._says = Elided(role="small")
        self._says.setObjectName("document_says")
        self._change = Button(
            _("Put right"), self._begin_tags, kind="quiet", small=True, name="act_tag_document"
        )
        self._withdraw = Button(
            _("Withdraw"), self._ask_withdrawal, kind="quiet", small=True,
            name="act_withdraw_document",
        )  # fmt: skip
        line = QHBoxLayout()
        line.setContentsMargins(12, 4, 8, 4)
        line.setSpacing(2)
        line.addWidget(self._says, 1)
        line.addWidget(self._change)
        line.addWidget(self._withdraw)
        return line

    def _bind(self) -> None:
        for key, by in (("]", 1), ("[", -1)):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(partial(self.step, by))

    def _size(self) -> None:
        """Take the list above the document, or, where there is all the room, beside it."""
        width = theme.px(self._width)
        ways = QBoxLayout.Direction
        self._tags_area.setMinimumHeight(theme.px(110))
        self._tags_area.setMaximumHeight(self.tags.sizeHint().height())
        self.setMinimumWidth(width)
        self.setMaximumWidth(NO_LIMIT if self._alone else width)
        self._split.setDirection(ways.LeftToRight if self._alone else ways.TopToBottom)
        self._left.setMaximumWidth(width if self._alone else NO_LIMIT)
        self._left.setMinimumWidth(width if self._alone else 0)
        self._line.setMaximumSize(*((1, NO_LIMIT) if self._alone else (NO_LIMIT, 1)))
        self._line.setMinimumSize(*((1, 0) if self._alone else (0, 1)))

    def set_alone(self, alone: bool) -> None:
        """Take all the room, and the focus, where the page gives way to the documents."""
        if alone != self._alone:
            self._alone = alone
            self._size()
            if alone:
                (self.list.view if self.list.rows() else self).setFocus()

    # Whose documents

    def show_household(self, household_id: int | None, people: Sequence[Person] = ()) -> None:
        """Show the documents of a household; ``people`` can be said to be whose they are."""
        self.tags.offer_people(people)
        self._begin(Place(household_id))

    def show_draft(self, draft_id: str) -> None:
        """Show the documents of a draft: its household is not accepted yet."""
        self.tags.offer_people(())
        self._begin(Place(draft_id=draft_id))

    def show_needed(self, needed: Sequence[str]) -> None:
        """Show, by the names of their proofs, what is missing beside what was handed in."""
        if tuple(needed) != self._needed:
            self._needed = tuple(needed)
            self._show_rows()

    def _begin(self, place: Place) -> None:
        if place == self.adding.place:
            return
        self.adding.place = place
        self._rows, self._needed, self._known = [], (), False
        self._forget()
        self._show_rows()
        self.refresh()

    def refresh(self) -> None:
        """Ask for the list again."""
        place = self.adding.place
        if place == NOWHERE or not self._desk.may(documents_of):
            return
        asked = DocumentsQuery(household_id=place.household_id, draft_id=place.draft_id)
        self._desk.ask(documents_of, asked, then=self._take_rows, latest=(self, "rows"))

    def _changed(self, topics: "frozenset[Topic]") -> None:
        if Topic.DOCUMENTS in topics:
            self.refresh()

    def _take_rows(self, rows: list[DocumentRow]) -> None:
        self._rows, self._known = rows, True
        self._show_rows()
        wanted, self._wanted = self._wanted, None
        if wanted is not None and self.isVisible() and self._tags_area.isHidden():
            self.list.select_where(lambda each: _is(each, wanted))
            self._clicked()
            self._begin_tags()

    def _show_rows(self) -> None:
        self.adding.count = len(self._rows)
        lines = entries(self._rows, self._needed) if self._known else []
        self.list.show_rows(lines)
        missing = len(lines) - len(self._rows)
        have = _("{have} / {all}").format(have=len(self._rows), all=len(lines))
        self._count = have if missing else str(len(self._rows) or "")
        self._counts.setText(_("{count} in hand").format(count=have) if missing else self._count)
        self.counted.emit(self._count)
        looked_at = next((row for row in self._rows if row.id == self.view.key()), None)
        if looked_at is not None:
            self.view.set_title(looked_at.kind or looked_at.name)
        elif self.view.key() is not None:
            self._forget()
        self._picked(self.list.current())

    def count(self) -> str:
        """Return how many documents there are, and of how many."""
        return self._count

    # Looking at one

    def _clicked(self) -> None:
        if (entry := self.list.current()) is not None:
            self.open(entry)

    def _picked(self, entry: object) -> None:
        """Say what is known of the selected line; opening it takes a key or a click."""
        row = entry.document if isinstance(entry, Entry) else None
        if row is None or row.id != self.tags.document_id():
            self._close_tags()
        for act in (self._change, self._withdraw):
            act.setVisible(self._may_keep)
        self._says.setText(_facts(row) if row else "")
        self._foot.setVisible(row is not None)
        if not isinstance(entry, Entry):
            self._forget()
        elif row is None:
            paper = proof(entry.proof)
            self.view.clear(
                _("{paper}: not handed in yet").format(paper=paper.title),
                _("Where to get it: {place}").format(place=paper.where),
            )
        elif row.id != self.view.key():
            small = QImage.fromData(row.thumbnail) if row.thumbnail else QImage()
            self.view.clear(row.kind or row.name, _("Enter, ] or a click opens it"), small)

    def open(self, entry: Entry) -> None:
        """Open a document; that it was opened is kept. What is missing cannot be opened."""
        row = entry.document
        if row is None or row.id in (self.view.key(), self._opening):
            return
        self._opening = row.id
        if (opened := self._opened.get(row.id)) is not None:
            self._show(opened)
        else:
            asked = DocumentById(id=row.id)
            self._desk.perform(open_document, asked, then=self._show, failed=self._not_opened)

    def _not_opened(self, error: Exception) -> None:
        self._opening = None
        self._desk.feedback.show(error)

    def show_document(self, document_id: int) -> None:
        """Open the document with this id, if it is in the list."""
        if self.list.select_where(lambda each: _is(each, document_id)):
            self._clicked()

    def step(self, by: int) -> None:
        """Open the next document, or the one before; the first one while none is open."""
        documents = [each for each in self.list.rows() if each.document is not None]
        if not documents:
            return
        ids = [each.document.id if each.document else None for each in documents]
        now = self.view.key()
        at = ids.index(now) + by if isinstance(now, int) and now in ids else 0
        entry = documents[max(0, min(at, len(documents) - 1))]
        self.list.select_where(lambda each: each.id == entry.id)
        self.open(entry)

    def _show(self, opened: OpenedDocument) -> None:
        row = next((each for each in self._rows if each.id == opened.id), None)
        if row is None or opened.id != self._opening:
            return  # out of sight by now, or another one is wanted
        self._opening = None
        self._opened.pop(opened.id, None)
        self._opened[opened.id] = opened
        while len(self._opened) > MOST_OPEN:
            self._opened.pop(next(iter(self._opened)))
        self.view.show_document(opened.id, row.kind or row.name, opened.pages)

    def _draw(self, at: int, longest: int) -> None:
        key = self.view.key()
        opened = self._opened.get(key) if isinstance(key, int) else None
        if opened is not None:
            self._desk.produce(
                page_of, opened, at, longest,
                then=partial(self.view.show_page, key, at),
                failed=partial(self._not_drawn, key, at),
            )  # fmt: skip

    def _not_drawn(self, key: object, at: int, error: Exception) -> None:
        if isinstance(error, AppError):
            self.view.fail(key, at, error.tell())
        else:
            self._desk.feedback.show(error)

    def _forget(self) -> None:
        self._opened.clear()
        self._opening = None
        self.view.clear("")
        self._close_tags()

    # Taking in

    def _kind_wanted(self) -> str:
        """Return what a new document is while a missing one is selected."""
        entry = self.list.current()
        return kind_of(entry.proof) if entry is not None and entry.document is None else ""

    def _added(self, document_id: int, kind: str) -> None:
        self._wanted = None if kind else document_id
        self.added.emit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files and pictures, nothing else."""
        if event.mimeData().hasUrls() or event.mimeData().hasImage():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take in what was dropped; it is copied, never moved."""
        if self.adding.take_data(event.mimeData()):
            event.acceptProposedAction()

    # Putting right

    def _begin_tags(self) -> None:
        entry = self.list.current()
        if entry is None or entry.document is None or not self._may_keep:
            return
        self.tags.show_document(entry.document)
        self._tags_area.setMaximumHeight(self.tags.sizeHint().height())
        self._tags_area.show()
        self.list.hide()  # one reads the document meanwhile
        self.tags.form.first().setFocus()

    def _close_tags(self) -> None:
        """Close the form; the focus goes back to the list it came from."""
        focus = theme.application().focusWidget()
        if focus is not None and self.tags.isAncestorOf(focus):
            self.list.view.setFocus()
        self._tags_area.hide()
        self.list.show()

    def _ask_withdrawal(self) -> None:
        entry = self.list.current()
        if entry is not None and entry.document is not None:
            self.tags.ask_withdrawal(entry.document)

    # Coming into sight

    def showEvent(self, event: QShowEvent) -> None:
        """Look for new scans, and mind the keys."""
        super().showEvent(event)
        if self._may_keep:
            self.adding.begin()

    def hideEvent(self, event: QHideEvent) -> None:
        """Close what was opened."""
        super().hideEvent(event)
        self.adding.rest()
        self._forget()


def _is(entry: Entry, document_id: int) -> bool:
    return entry.document is not None and entry.document.id == document_id


def _facts(row: DocumentRow) -> str:
    """Return what is known of a document in one line."""
    until = _("valid until {day}").format(day=row.valid_until) if row.valid_until else ""
    added = f"{row.added_by} {row.added_at.astimezone():%m-%d}"
    return "　".join(part for part in (added, until, row.name) if part)
