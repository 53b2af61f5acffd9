"""The list of documents: what was handed in, then what is still missing."""

from collections.abc import Iterable, Sequence
from typing import Annotated

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent

from app.core.clock import local_day
from app.core.i18n import _
from app.core.kinds import Key, Part, Text
from app.core.record import Record
from app.core.words.documents import DocumentState
from app.documents.records import DocumentRow
from app.policy.findings import Assessment
from app.reference.proofs import proof
from ui import theme
from ui.kit.cards import EmptyState
from ui.kit.cells import Cell, Column
from ui.kit.table import RecordTable

MOST_ROWS = 6
"""Rows in sight; more scroll."""


class Entry(Record):
    """One line: a document, or a proof that is missing."""

    id: Annotated[str, Key()]
    title: Annotated[str, Text(label="")] = ""
    note: Annotated[str, Text(label="")] = ""
    document: Annotated[DocumentRow | None, Part()] = None
    proof: Annotated[str, Text(label="")] = ""
    """The proof that is missing; empty for a document."""


def entries(rows: Sequence[DocumentRow], needed: Sequence[str]) -> list[Entry]:
    """Return the lines: documents as they were added, then the proofs not handed in yet."""
    kept = [_kept(row) for row in rows]
    valid = {row.proof for row in rows if not row.expired}
    return kept + [
        Entry(id=f"missing/{name}", title=proof(name).title, note=_("Lacking"), proof=name)
        for name in dict.fromkeys(needed)
        if name not in valid and proof(name).with_client
    ]


def missing_proofs(found: Iterable[Assessment]) -> tuple[str, ...]:
    """Return the names of the proofs that answers wait for, in their order, each once."""
    names = (missing.proof for assessment in found for missing in assessment.missing)
    return tuple(dict.fromkeys(name for name in names if name))


def _kept(row: DocumentRow) -> Entry:
    return Entry(
        id=f"document/{row.id}",
        title="　".join(part for part in (row.kind or row.name, row.person) if part),
        note=_note(row),
        document=row,
    )


def _note(row: DocumentRow) -> str:
    if row.state is DocumentState.WITHDRAWN:
        return row.state.label
    if row.expired:
        return _("No longer valid")
    if not row.kind:
        return _("Not said what")
    if row.pages > 1:
        return _("{count} pages").format(count=row.pages)
    return f"{row.taken_on or local_day(row.added_at):%Y-%m-%d}"


def look(entry: Entry) -> tuple[str, str]:
    """Return the icon and the tone of a line."""
    row = entry.document
    if row is None:
        return "circle-x", "bad"
    if row.state is DocumentState.WITHDRAWN:
        return "ban", ""
    if row.expired:
        return "clock", "wait"
    return ("circle-check", "ok") if row.kind else ("circle-dashed", "wait")


def _mark(entry: Entry) -> Cell:
    icon, tone = look(entry)
    return Cell("", icon=icon, tone=tone)


def _note_cell(entry: Entry) -> Cell:
    tone = look(entry)[1]
    return Cell(entry.note, tone="text_soft" if tone in ("ok", "") else tone)


class DocumentList(RecordTable[Entry]):
    """The lines without headings, as high as they need to be up to `MOST_ROWS`."""

    def __init__(self, *, name: str = "documents", checkable: bool = False) -> None:
        empty = EmptyState(_("No documents yet"), _("Drop files here, or paste a picture."))
        super().__init__(
            Entry,
            [
                Column("id", title="", width=56 if checkable else 32, cell=_mark),
                Column("title", title="", stretch=True),
                Column("note", title="", width=100, cell=_note_cell, right=True),
            ],
            name=name,
            checkable=checkable,
            sortable=False,
            empty=empty,
            flat=True,
        )
        self.view.horizontalHeader().hide()
        self._fit()
        theme.changes.changed.connect(self._fit)

    def show_rows(self, rows: Sequence[Entry]) -> None:
        """Show other lines."""
        super().show_rows(rows)
        self._fit()

    def set_checkable(self, checkable: bool) -> None:
        """Let documents be checked, or only looked at."""
        self.model.checkable = checkable

    def point_to(self, paper: str) -> None:
        """Select the line of a proof, by its name, if there is one."""

        def proves(entry: Entry) -> bool:
            return paper in (entry.proof, entry.document.proof if entry.document else "")

        if paper:
            self.select_where(proves)

    def _fit(self) -> None:
        count, row = len(self.model.rows), self.delegate.row_height()
        self.setMaximumHeight(min(count, MOST_ROWS) * row if count else theme.px(112))
        self.setMinimumHeight(min(count, 2) * row if count else theme.px(80))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Return the height of all lines up to `MOST_ROWS`."""
        return QSize(super().sizeHint().width(), self.maximumHeight())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the selected line in sight."""
        super().resizeEvent(event)
        self.view.scrollTo(self.view.currentIndex())
