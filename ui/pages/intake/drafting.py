"""Keeps what is typed as a draft in the store, so that neither a kill nor a lock costs a line."""

import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Final, NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal

from app.core.errors import AppError
from app.core.i18n import _
from app.drafts.actions import save_draft
from app.drafts.records import DraftForm
from app.work import Topic
from ui.desk import Desk
from ui.feedback import told

PAUSE_MS: Final = 1_000
"""A draft is saved this long after the last change ..."""
AT_MOST_MS: Final = 2_000
"""... and, while typing goes on, this long after the first change that is not saved yet."""


class Snapshot(NamedTuple):
    """A form as it stands."""

    form: str
    title: str
    content: dict[str, Any]
    """Field paths to what was typed, as plain data."""


class DraftKeeper(QObject):
    """Saves one draft again and again while it is typed."""

    kept = Signal(str)
    """The draft is on the disk; the local time."""
    failed = Signal(str, str)
    """It could not be saved: what happened and what to do. The next change tries again."""

    def __init__(self, desk: Desk, snapshot: Callable[[], Snapshot], parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._snapshot = snapshot
        self.draft_id = ""
        self.unsaved = False
        self._pause = self._timer(PAUSE_MS)
        self._latest = self._timer(AT_MOST_MS)
        self.begin()

    def _timer(self, after: int) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(after)
        timer.timeout.connect(self.keep)
        return timer

    def begin(self, draft_id: str = "") -> None:
        """Go on with a draft, or with a new one that exists from its first change on."""
        self._rest()
        self.unsaved = False
        self.draft_id = draft_id or uuid.uuid4().hex

    def touch(self) -> None:
        """Note a change: the draft is saved after a pause, or soon while typing goes on."""
        self.unsaved = True
        self._pause.start()
        if not self._latest.isActive():
            self._latest.start()

    def keep_all(self) -> None:
        """Save the form now, also when nothing changed since the last time."""
        self.unsaved = True
        self.keep()

    def keep(self) -> None:
        """Save what is not saved yet, now."""
        self._rest()
        if not self.unsaved:
            return
        self.unsaved = False
        form, title, content = self._snapshot()
        draft = DraftForm(id=self.draft_id, form=form, title=title, content=content)
        self._desk.perform(save_draft, draft, then=self._saved, failed=self._not_saved)

    def _rest(self) -> None:
        self._pause.stop()
        self._latest.stop()

    def _saved(self, _nothing: None) -> None:
        self.kept.emit(datetime.now(UTC).astimezone().strftime("%H:%M:%S"))

    def _not_saved(self, error: Exception) -> None:
        self.unsaved = True
        if not isinstance(error, AppError):
            self._desk.feedback.show(error)
            return
        _tone, why, more = told(error)
        title = _("Draft not saved: {why}").format(why=why)
        self.failed.emit(title, more or _("What was typed is kept here; Ctrl+S saves it again."))

    def tell_others(self) -> None:
        """Let lists of drafts look again; done when the page is left, not at every save."""
        self._desk.tell_changed(frozenset({Topic.DRAFTS}))
