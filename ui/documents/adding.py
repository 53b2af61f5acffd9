"""Ways in for documents: files chosen or dropped, the clipboard, what the scanner wrote."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Final, NamedTuple

from PySide6.QtCore import QEvent, QMimeData, QObject, Signal
from PySide6.QtGui import QGuiApplication, QImage, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.core.errors import AppError
from app.core.i18n import N_, _
from app.documents.actions import add_document, give_documents
from app.documents.records import AddForm, ExaminedFile, GiveForm
from app.documents.rules import AlreadyKept
from ui import theme
from ui.desk import Desk
from ui.documents.taking import take, take_image
from ui.kit.buttons import Button

FILTERS: Final = N_("Pictures and PDF (*.jpg *.jpeg *.png *.bmp *.tif *.tiff *.pdf)")
MOST_TOLD: Final = 3
"""Refusals that are told one by one: more would push the page out of the window."""


class Place(NamedTuple):
    """Whose documents: those of a household, or of a draft until it is accepted."""

    household_id: int | None = None
    draft_id: str = ""


NOWHERE: Final = Place()


class Adding(QObject):
    """Takes documents in for one pane; every file is looked into aside before it is added."""

    added = Signal(int, str)
    """The id of a document that was added here, and what it was taken for."""

    def __init__(
        self,
        pane: QWidget,
        desk: Desk,
        wanted: Callable[[], str],
        *,
        name: str = "",
        paste_key: str = "Ctrl+V",
    ) -> None:
        """``wanted`` tells the kind of document that the pane asks for now, if any; ``name``
        tells its buttons from others of the page."""
        super().__init__(pane)
        self._pane, self._desk, self._wanted = pane, desk, wanted
        self.place = NOWHERE
        self.count = 0
        """How many documents there are at that place."""
        self._behind, self._paste_key = f"_{name}" if name else "", paste_key
        self._scan = self._act(_("Scan"), self.scan, "scan-line", "act_scan")
        self._taking: list[Path | None] = []
        """Files that are looked into or added at the moment; `None` for a picture."""
        self._refused: list[AppError] = []
        desk.scans.changed.connect(self._show_scans)

    def add_to(self, row: QHBoxLayout) -> None:
        """Put the buttons into a row."""
        paste = self._act(_("Paste"), self.paste, "copy", "act_paste", self._paste_key)
        choose = self._act(_("Choose files"), self.choose, "folder-input", "act_choose")
        for act in (self._scan, paste, choose):
            row.addWidget(act)
        row.addStretch(1)

    def _act(
        self, words: str, run: Callable[[], object], icon: str, name: str, key: str = ""
    ) -> Button:
        return Button(words, run, icon=icon, key=key, small=True, name=name + self._behind)

    # Files and pictures

    def choose(self) -> None:
        """Ask for files and take them in."""
        title = _("Which documents?")
        self._desk.asking.open_files(self._pane, title, _(FILTERS), self.take_files)

    def take_files(self, paths: Sequence[Path]) -> None:
        """Take in files one after the other; they stay where they are."""
        for path in paths:
            self._examine(partial(take, path), path)

    def paste(self) -> None:
        """Take in what is on the clipboard: files or a picture."""
        self.take_data(QGuiApplication.clipboard().mimeData())

    def take_data(self, data: QMimeData) -> bool:
        """Take in what was pasted or dropped; tell whether there was anything to be taken."""
        paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
        if paths:
            self.take_files(paths)
        elif data.hasImage():
            image, now = QImage(data.imageData()), datetime.now(UTC).astimezone()
            name = _("Pasted {time}").format(time=now.strftime("%Y-%m-%d %H%M%S")) + ".png"
            self._examine(partial(take_image, image, name))
        else:
            self._desk.feedback.banner.emit("wait", _("There is no file or picture to paste"), "")
            return False
        return True

    def _examine(self, make: Callable[[], ExaminedFile], path: Path | None = None) -> None:
        """Look into a file aside, then add it as what the pane asks for."""
        place, kind = self.place, self._wanted()
        if place == NOWHERE or (path is not None and path in self._taking):
            return
        self._taking.append(path)
        refuse = partial(self._not_added, path)

        def add(file: ExaminedFile) -> None:
            form = AddForm(
                file=file, household_id=place.household_id, draft_id=place.draft_id, kind=kind
            )
            added = partial(self._added, place, kind, path)
            self._desk.perform(add_document, form, then=added, failed=refuse)

        self._desk.produce(make, then=add, failed=refuse)

    def _added(self, place: Place, kind: str, path: Path | None, document_id: int) -> None:
        if path is not None:
            self._desk.scans.done_with(path)
        if place == self.place:
            self.added.emit(document_id, kind)
        self._end(path)

    def _not_added(self, path: Path | None, error: Exception) -> None:
        if isinstance(error, AlreadyKept) and path is not None:
            self._desk.scans.done_with(path)
        if isinstance(error, AppError):
            self._refused.append(error)
        else:
            self._desk.feedback.show(error)
        self._end(path)

    def _end(self, path: Path | None) -> None:
        """One file less; after the last, say what was refused, all at once."""
        self._taking.remove(path)
        if self._taking or not self._refused:
            return
        refused, self._refused = self._refused, []
        if len(refused) == 1:
            self._desk.feedback.show(refused[0])
            return
        says = _("{count} files were not taken in").format(count=len(refused))
        words = [error.tell() for error in refused[:MOST_TOLD]]
        if (more := len(refused) - MOST_TOLD) > 0:
            words.append(_("and {count} more").format(count=more))
        self._desk.feedback.banner.emit("bad", says, "\n".join(words))

    def offer_to(self, household_id: int) -> None:
        """Offer to give what was added to a draft to a household that turned out to be known."""
        if not self.place.draft_id or not self.count:
            return
        form = GiveForm(draft_id=self.place.draft_id, household_id=household_id)
        offered = self.count

        def tell(given: int) -> None:
            says = _("{count} documents moved").format(count=given)
            rest = _("The household has the others already; they stay with the draft.")
            self._desk.feedback.banner.emit("ok", says, rest if given < offered else "")

        self._desk.asking.confirm(
            self._pane,
            _("Move the {count} documents taken in to this household?").format(count=offered),
            _("Otherwise they stay with the draft."),
            _("Move them"),
            lambda: self._desk.perform(give_documents, form, then=tell),
        )

    # The scanner

    def scan(self) -> None:
        """Take in what the scanner wrote; without a folder, ask which it writes into."""
        scans = self._desk.scans
        if not scans.folder:
            title = _("Which folder does the scanner write into?")
            self._desk.asking.open_folder(self._pane, title, self._use_folder)
        elif offers := scans.offers():
            self.take_files(offers)
        else:
            scans.look(self._desk)
            says = _("New files in {folder} are offered here.").format(folder=scans.folder)
            self._desk.feedback.banner.emit("wait", _("Nothing new from the scanner"), says)

    def _use_folder(self, folder: Path) -> None:
        self._desk.scans.use(str(folder))
        self._desk.scans.look(self._desk)

    def _show_scans(self) -> None:
        count = len(self._desk.scans.offers())
        words = _("Take {count} scans").format(count=count) if count else _("Scan")
        self._scan.setText(words)

    # While the pane is in sight

    def begin(self) -> None:
        """Look for new scans, and mind the keys."""
        self._desk.scans.look(self._desk)
        theme.application().installEventFilter(self)

    def rest(self) -> None:
        """Mind the keys no more."""
        theme.application().removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leave Ctrl+V to the pane where a field could make nothing of what is to be pasted."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            data = QGuiApplication.clipboard().mimeData()
            return event.matches(QKeySequence.StandardKey.Paste) and not data.hasText()
        return False
