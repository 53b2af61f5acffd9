"""The page itself: its worklists, what is chosen in them, and what is asked instead of it."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from app.core.i18n import N_
from app.core.record import Nothing
from app.placements.job_worklists import job_counts
from app.placements.placement_records import JobCounts
from app.work import Topic
from ui.kit.detail import DetailCard
from ui.kit.menus import Menu
from ui.kit.segments import Part
from ui.kit.three_panes import SHALLOW, ThreePanes
from ui.kit.worklists_page import WorklistsPage
from ui.pages.jobs.follow_ups import FollowUps
from ui.pages.jobs.joblist import JobList
from ui.pages.jobs.match_acts import WHY_NOT_KEY
from ui.pages.jobs.placements import Placements
from ui.pages.jobs.reassess import Reassess
from ui.pages.jobs.recognitions import Recognitions
from ui.pages.jobs.referrals import Referrals
from ui.pages.jobs.seekers import Seekers
from ui.pages.jobs.words import parts_of

SEEKERS: Final = Seekers.key
LOW: Final = 560
"""Logical height below which the sentences of a match give way to the list."""


class JobsPage(WorklistsPage):
    """People who look for work: matched, sent, placed, asked again; and who is recognised."""

    name = "jobs"
    title = N_("Employment")
    icon = "briefcase-business"
    shows = frozenset({Topic.JOBS, Topic.HOUSEHOLDS, Topic.CASES, Topic.SERVICES, Topic.AWARDS})
    """Assessments of all kinds end that a household is to be assessed again."""

    def build(self) -> None:
        """Compose the worklists, and ask for nothing yet."""
        self._counts: JobCounts | None = None
        self.seekers = Seekers(self)
        self.referrals, self.follow_ups = Referrals(self), FollowUps(self)
        self.placements, self.recognitions = Placements(self), Recognitions(self)
        self.reassess = Reassess(self)
        lists = (
            self.seekers,
            self.referrals,
            self.follow_ups,
            self.placements,
            self.recognitions,
            self.reassess,
        )
        self.compose_lists(lists, SHALLOW)
        for each in lists:
            if isinstance(each, JobList):
                self._in(each.table, "/", each.text.setFocus)
        self._in(self, WHY_NOT_KEY, self._ask_why_not)

    def arrange(self, left: QWidget, right: QWidget, shares: tuple[int, int]) -> QWidget:
        """Return lists and things in the first two of three places; the pane has its own."""
        del shares
        self.places = ThreePanes(left, right, self.seekers.matches, self.pane)
        return self.places

    @staticmethod
    def _in(widget: QWidget, key: str, run: Callable[[], object]) -> None:
        """Bind a key while the focus is in a widget."""
        shortcut = QShortcut(QKeySequence(key), widget)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(lambda: run())

    def _ask_why_not(self) -> None:
        view = self.seekers.view
        if self.places.deep and view is not None and not self.asking_now():
            self.seekers.match_acts.ask_why_not(view)

    # Which worklist

    def parts(self) -> list[Part]:
        """Return the lists with how much waits in each."""
        return parts_of(self._counts)

    def _turned(self, key: str) -> None:
        at = list(self._lists).index(key)
        self.places.begin()
        self.banners.clear()
        self._left.setCurrentIndex(at)
        self._right.setCurrentIndex(at)
        self.close_pane()
        if self.isVisible():
            self.refresh()
        else:
            self._stale = True

    def open(self, what: object) -> None:
        """Show one seeker by id, one thing of another list, or a draft to go on with."""
        match what:
            case ("draft", str(draft_id)):
                self.turn_to(SEEKERS)
                self.seekers.acts.resume(draft_id)
            case _:
                super().open(what)

    def refresh(self) -> None:
        """Ask for how much waits in each list, and for the list in sight."""
        self.desk.ask(job_counts, Nothing(), then=self._show_counts, latest=self.segments)
        super().refresh()

    def _show_counts(self, counts: JobCounts) -> None:
        self._counts = counts
        self.show_parts()

    # What is offered, and where it is asked

    def enter(self, row: object = None) -> None:
        """Go from the list to what is chosen, where there is room for one only."""
        del row
        self.places.enter()

    def asking_now(self) -> bool:
        """Tell whether a form is in sight."""
        return self.places.asking

    def show_pane(self) -> None:
        """Bring the form into sight; the focus goes to its first field."""
        self.places.ask()
        self.tell()
        if self.pane.form is not None and self.pane.form.boxes:
            self.pane.form.first().setFocus()

    def close_pane(self) -> None:
        """Return from the form to what stood in its place, and to the list with the focus."""
        self.pane.clear()
        self.places.answered()
        self.tell()
        if self.isVisible():
            self.first_focus().setFocus()

    def more(self) -> Menu:
        """Return the menu of what is done now and then, with the keys that are bound."""
        menu = super().more()
        for act, entry in zip(self._more_acts, menu.actions(), strict=True):
            if act.key:
                entry.setText(f"{act.words}\t{act.key}")
        return menu

    def pop_up(self, menu: Menu) -> None:
        """Open a menu above the bar."""
        at = self.bar().mapToGlobal(self.bar().rect().topRight())
        menu.popup(at - QPoint(menu.sizeHint().width(), menu.sizeHint().height()))

    def _escape(self) -> None:
        if self.asking_now():
            self.close_pane()
        elif self.places.deep and self.seekers.matches.comparing():
            self.seekers.match_acts.back()
        elif self.places.back():
            self.tell()
            self.first_focus().setFocus()

    def before_leaving(self) -> None:
        """Keep what was begun."""
        self.seekers.acts.keeper.keep()

    def compact(self, width: int, height: int) -> None:
        """Show one pane at a time in a narrow window, and fewer lines in a low one."""
        low = height < LOW
        self.places.set_narrow(width < self.narrow)
        self.seekers.matches.set_low(low)
        for each in self._lists.values():
            if isinstance(each.thing, DetailCard):
                each.thing.set_low(low=low)

    def first_focus(self) -> QWidget:
        """Begin in the list of what is in sight."""
        return self.seekers.matches.table.first() if self.places.deep else super().first_focus()
