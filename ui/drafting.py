"""Keeps what is typed as a draft in the store, so that neither a kill nor a lock costs a line."""

import uuid
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, Final, NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal

from app.core.errors import AppError
from app.core.i18n import _
from app.drafts.actions import save_draft
from app.drafts.records import DraftForm
from app.work import Topic
from ui.feedback import told
from ui.kit.page import Page

PAUSE_MS: Final = 1_000
"""A draft is saved this long after the last change ..."""
AT_MOST_MS: Final = 2_000
"""... and, while typing goes on, this long after the first change that is not saved yet."""

INTAKE, CHANGE, AWARD, AMEND, OPINION = "intake", "change", "award", "amend", "opinion"
SEEKER, EMPLOYER, VACANCY = "seeker", "employer", "vacancy"
"""The forms that are kept: the first word of what a draft calls its form."""


def form_of_award(case_id: int, measure: str, member_id: int | None = None) -> str:
    """Return what the draft of a proposal calls its form: there is one for a case and measure,
    and of a grant per member for each person."""
    form = f"{AWARD}/{case_id}/{measure}"
    return form if member_id is None else f"{form}/{member_id}"


def form_of_amendment(award_id: int) -> str:
    """Return what the draft of a proposal that came back calls its form."""
    return f"{AMEND}/{award_id}"


def form_of_opinion(award_id: int) -> str:
    """Return what the draft of an approver's opinion calls its form."""
    return f"{OPINION}/{award_id}"


def place_of(form: str, draft_id: str) -> tuple[str, object] | None:
    """Return the page on which a draft goes on and what it opens there; `None` for a form that
    no page of this program has."""
    match form.split("/"):
        case [kind] if kind in (INTAKE, CHANGE):
            return "intake", draft_id
        case [kind] if kind == SEEKER:
            return "jobs", ("draft", draft_id)
        case [kind] if kind in (EMPLOYER, VACANCY):
            return "vacancies", ("draft", draft_id)
        case [kind, case_id, measure] if kind == AWARD:
            return "award", (int(case_id), measure)
        case [kind, case_id, measure, member_id] if kind == AWARD:
            return "award", (int(case_id), measure, int(member_id))
        case [kind, award_id] if kind == OPINION:
            return "approval", int(award_id)
        case [kind, award_id] if kind == AMEND:
            return "award", (AMEND, int(award_id))
        case _:
            return None


class Snapshot(NamedTuple):
    """A form as it stands."""

    form: str
    title: str
    content: Mapping[str, Any]
    """Field paths to what was typed, as plain data."""


class DraftKeeper(QObject):
    """Saves one draft of a page again and again while it is typed, and says so on the page."""

    kept = Signal()
    """The draft is on the disk."""

    def __init__(self, page: Page, snapshot: Callable[[], Snapshot]) -> None:
        super().__init__(page)
        self._page = page
        self._snapshot = snapshot
        self.draft_id = ""
        self.unsaved = False
        self._failed = False
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
        self.unsaved = self._failed = False
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
        self._page.desk.perform(save_draft, draft, then=self._saved, failed=self._not_saved)

    def _rest(self) -> None:
        self._pause.stop()
        self._latest.stop()

    def _saved(self, _nothing: None) -> None:
        """Say it on the page, or let lists of drafts look again once the page was left."""
        if self._failed:
            self._failed = False
            self._page.banners.clear()
        if self._page.isVisible():
            time = datetime.now(UTC).astimezone().strftime("%H:%M:%S")
            self._page.saved.emit(_("Draft saved {time}").format(time=time))
        else:
            self._page.desk.tell_changed(frozenset({Topic.DRAFTS}))
        self.kept.emit()

    def _not_saved(self, error: Exception) -> None:
        """Say it in a red banner; the next change tries again."""
        self.unsaved = True
        if not isinstance(error, AppError):
            self._page.desk.feedback.show(error)
            return
        self._failed = True
        _tone, why, more = told(error)
        title = _("Draft not saved: {why}").format(why=why)
        text = more or _("What was typed is kept here; Ctrl+S saves it again.")
        self._page.say("bad", title, text)
