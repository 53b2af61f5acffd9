"""The side column of the workbench: the window today, the last ten working days, reminders."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.backups.records import BackupState
from app.cases.records import CaseCounts, DayCount
from app.center.records import ValueRow
from app.core.clock import local_day
from app.core.i18n import _
from app.core.words.center import ValueState
from app.core.words.funds import BudgetState
from app.funds.records import BudgetRow
from app.packs.records import ChangedPack
from app.reference.dated import ValueArea
from ui.kit.cards import Card, Reminder, clear_layout
from ui.kit.chart import BarChart, Bars, Legend
from ui.kit.labels import Label, Rule

UNSAVED_DAYS: Final = 2
"""After so many days without a backup of what was done, somebody should hear of it."""


@dataclass(frozen=True)
class Notice:
    """One reminder: what it says and where it is dealt with."""

    icon: str
    tone: str
    title: str
    text: str
    act: str
    page: str


class TodayCard(Card):
    """How many were accepted and decided today, and how many are at work."""

    def __init__(self) -> None:
        super().__init__(_("The window today"))
        self.setObjectName("card_today")
        row = QHBoxLayout()
        row.setSpacing(8)
        self._figures = [
            self._figure(row, name) for name in (_("Accepted"), _("Decided"), _("At work"))
        ]
        self.add(row)

    @staticmethod
    def _figure(row: QHBoxLayout, name: str) -> Label:
        column, line = QVBoxLayout(), QHBoxLayout()
        column.setSpacing(0)
        line.setSpacing(4)
        figure = Label("—", "figure")
        line.addWidget(figure)
        line.addWidget(Label(_("cases"), "small"), alignment=Qt.AlignmentFlag.AlignBottom)
        line.addStretch(1)
        column.addLayout(line)
        column.addWidget(Label(name, "small"))
        row.addLayout(column, 1)
        return figure

    def show_counts(self, counts: CaseCounts, days: Sequence[DayCount]) -> None:
        """Show the figures of today."""
        decided = days[-1].decided if days else 0
        figures = (counts.accepted_today, decided, counts.accepted + counts.returned)
        for label, figure in zip(self._figures, figures, strict=True):
            label.setText(f"{figure:,}")

    def sentence(self) -> str:
        """Return the figures in one line, for small windows."""
        accepted, decided, open_now = (label.text() for label in self._figures)
        return _("Today: {accepted} accepted, {decided} decided, {open} at work").format(
            accepted=accepted, decided=decided, open=open_now
        )


class DaysCard(Card):
    """Accepted and decided cases of the last ten working days: is it piling up?"""

    def __init__(self) -> None:
        super().__init__(_("The last 10 working days"))
        self.setObjectName("card_days")
        self.add_to_head(Legend(_("Acceptances"), _("Decisions")))
        self.chart = BarChart("chart_days")
        self.add(self.chart)
        self.says = Label(role="small", wrap=True)
        self.says.setObjectName("chart_says")
        self.add(self.says)

    def show_days(self, days: Sequence[DayCount]) -> None:
        """Show these days and say what they come to."""
        accepted, decided = sum(day.accepted for day in days), sum(day.decided for day in days)
        more = accepted - decided
        says = {
            True: _("{accepted} accepted, {decided} decided: {more} more at work."),
            False: _("{accepted} accepted, {decided} decided: {fewer} fewer at work."),
        }[more > 0]
        if more == 0:
            says = _("{accepted} accepted, {decided} decided: nothing piles up.")
        self.says.setText(says.format(accepted=accepted, decided=decided, more=more, fewer=-more))
        bars = [Bars(day.day.strftime("%m-%d"), day.accepted, day.decided) for day in days]
        self.chart.show_bars(bars, self.says.text())


class RemindersCard(Card):
    """What nobody should forget, each with the page where it is dealt with."""

    def __init__(self, go: Callable[[str], object]) -> None:
        super().__init__(_("Reminders"))
        self.setObjectName("card_reminders")
        self._go = go
        self.notices: tuple[Notice, ...] = ()
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        self.add(self._lines)
        self.body.addStretch(1)

    def show_notices(self, notices: Sequence[Notice]) -> None:
        """Show these reminders, or that there is none."""
        self.notices = tuple(notices)
        clear_layout(self._lines)
        for at, notice in enumerate(self.notices):
            if at:
                self._lines.addWidget(Rule())
            self._lines.addWidget(self._line(notice))
        if not self.notices:
            self._lines.addWidget(Label(_("Nothing to remember today"), tone="soft"))

    def _line(self, notice: Notice) -> QWidget:
        return Reminder(
            notice.icon,
            notice.tone,
            notice.title,
            notice.text,
            notice.act,
            lambda: self._go(notice.page),
        )


def missing_line(areas: Sequence[ValueArea], *, may_enter: bool) -> list[Notice]:
    """Remind of a dibao line that nobody knows for today."""
    if not areas:
        return []
    names = _(", ").join(area.label for area in areas)
    return [
        Notice(
            "triangle-alert",
            "wait",
            _("No dibao line is known for today: {areas}").format(areas=names),
            _("Income cannot be tested until the center's line stands"),
            _("Enter it") if may_enter else _("Look"),
            "values",
        )
    ]


def values_to_confirm(rows: Sequence[ValueRow]) -> list[Notice]:
    """Remind of values that somebody else entered."""
    waiting = [row for row in rows if row.state is ValueState.ENTERED and not row.mine]
    if not waiting:
        return []
    title = _("{count} standards wait for your confirmation").format(count=len(waiting))
    text = _("Entered by {name}: {document}")
    text = text.format(name=waiting[0].entered_by, document=waiting[0].document)
    return [Notice("book-open", "wait", title, text, _("Look"), "values")]


def changed_documents(packs: Sequence[ChangedPack]) -> list[Notice]:
    """Remind of policy documents that are not those decided by before."""
    if not packs:
        return []
    title = _("{count} policy documents are not the ones used here before").format(count=len(packs))
    text = _("Nothing is decided by them until a supervisor takes them into use: {titles}")
    text = text.format(titles=_(", ").join(pack.title for pack in packs))
    return [Notice("triangle-alert", "bad", title, text, _("Look"), "values")]


def budgets_to_confirm(rows: Sequence[BudgetRow]) -> list[Notice]:
    """Remind of budgets that somebody else entered."""
    waiting = [row for row in rows if row.state is BudgetState.ENTERED and not row.mine]
    if not waiting:
        return []
    title = _("{count} budgets wait for your confirmation").format(count=len(waiting))
    text = _("Entered by {name}: {document}")
    text = text.format(name=waiting[0].entered_by, document=waiting[0].fund)
    return [Notice("wallet", "wait", title, text, _("Look"), "funds")]


def backups_missing(state: BackupState, today: date, *, may_keep: bool) -> list[Notice]:
    """Remind of a backup that failed, or of work that no backup has held for days."""
    act = _("Look") if may_keep else ""
    last = _("There is no backup yet")
    if state.last_at is not None:
        last = _("The last good one is of {day}: {place}")
        last = last.format(day=_moment(state.last_at), place=state.last_place)
    if state.trouble_at is not None:
        title = _("The backup of {day} failed").format(day=_moment(state.trouble_at))
        return [Notice("database-backup", "bad", title, state.trouble, act, "backups")]
    if state.unsaved_since is None or state.demonstration:
        return []
    days = (today - local_day(state.unsaved_since)).days
    if days < UNSAVED_DAYS:
        return []
    title = _("Work of {days} days is in no backup").format(days=days)
    text = _("Close the program once a day: it backs up then. {last}").format(last=last)
    return [Notice("database-backup", "wait", title, text, act, "backups")]


def _moment(at: datetime) -> str:
    return f"{at.astimezone():%m-%d %H:%M}"
