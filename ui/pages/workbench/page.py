"""The page itself: segments, the list, its filter, and how it gives way to small windows."""

from collections.abc import Sequence
from datetime import time
from functools import partial
from typing import Any, Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.backups.queries import backup_rows, backup_state
from app.cases.actions import accept_case
from app.cases.queries import assess_household, case_counts, days_at_work
from app.cases.records import CaseCounts, CaseQuery, DayCount
from app.center.actions import confirm_value, enter_value
from app.center.queries import missing_lines, value_rows
from app.core.i18n import N_, _
from app.core.record import Nothing
from app.core.text import normalise
from app.disbursements.batches import open_batch
from app.disbursements.deciding import decide_award
from app.funds.actions import confirm_budget
from app.funds.queries import budget_rows
from app.packs.queries import changed_packs
from app.work import Topic
from ui import theme
from ui.kit.buttons import Button
from ui.kit.cells import Cell, Column
from ui.kit.labels import Label
from ui.kit.layout import scrolling
from ui.kit.page import Page
from ui.kit.segments import Part, Segments
from ui.kit.table import RecordTable
from ui.pages.workbench import widths
from ui.pages.workbench.filter import FilterLine
from ui.pages.workbench.rows import (
    WorkRow,
    amount_cell,
    due_cell,
    is_overdue,
    is_soon,
    sort_key,
    spoken_amount,
    stage_cell,
)
from ui.pages.workbench.side import (
    DaysCard,
    Notice,
    RemindersCard,
    TodayCard,
    backups_missing,
    budgets_to_confirm,
    changed_documents,
    missing_line,
    values_to_confirm,
)
from ui.pages.workbench.steps import all_strands

SIDE: Final = 296
SIDE_WIDE: Final = 340
GAPS: Final = ("days_left", "amount")
NOTICES: Final = ("backups", "packs", "line", "values", "budgets")
"""The reminders in their order, whichever answer comes first."""
WEEKDAYS: Final = (
    N_("Monday"),
    N_("Tuesday"),
    N_("Wednesday"),
    N_("Thursday"),
    N_("Friday"),
    N_("Saturday"),
    N_("Sunday"),
)


class WorkbenchPage(Page):
    """What waits for the signed-in person, the most urgent first."""

    name = "workbench"
    title = N_("Workbench")
    icon = "layout-dashboard"
    shows = frozenset(
        {Topic.CASES, Topic.AWARDS, Topic.BATCHES, Topic.DRAFTS, Topic.VALUES, Topic.FUNDS}
        | {Topic.BACKUPS, Topic.FILING, Topic.JOBS}
    )

    def build(self) -> None:
        """Compose the list and the side column."""
        self._strands = all_strands(self.desk.actor)
        self._answers: dict[str, list[WorkRow]] = {}
        self._notices: dict[str, list[Notice]] = {}
        self._counts: CaseCounts | None = None
        self._days: list[DayCount] = []
        self._focus_due = True
        self._small = False
        self._two_lines = False
        self._today = self.desk.today()
        self.segments = Segments(name="segments_work")
        self.segments.chosen.connect(self._show_rows)
        self.filter = FilterLine(self._leave_filter)
        self.filter.textChanged.connect(self._show_rows)
        self.table = self._make_table()
        self.today = TodayCard()
        self.days = DaysCard()
        self.reminders = RemindersCard(lambda page: self.go.emit(page, None))
        self._add_acts()
        self.add(self._compose(), 1)
        for digit in range(9):
            self._key(str(digit + 1), partial(self.segments.press, digit))
        self._key("/", self._open_filter)
        theme.changes.changed.connect(self._size)
        self._size()
        self._tell_day()

    def _add_acts(self) -> None:
        self._reminder_count = Button(
            "", self._flip_side, kind="quiet", icon="triangle-alert", name="act_reminders"
        )
        self._reminder_count.hide()
        self.add_act(self._reminder_count)
        if self.desk.may(accept_case):
            self.add_act(
                Button(
                    _("New intake"),
                    lambda: self.go.emit("intake", "new"),
                    kind="primary",
                    key="F2",
                    icon="user-round-plus",
                    name="act_new_intake",
                )
            )
        if self.desk.may(assess_household):
            self.offer("F7", _("Assess"), self._assess)

    def _make_table(self) -> RecordTable[WorkRow]:
        self._columns = [
            Column("days_left", width=112, cell=due_cell, right=False),
            Column("number", width=104),
            Column("name", width=76, cell=self._name),
            Column("items", width=widths.ITEMS),
            Column("amount", width=100, cell=amount_cell),
            Column("stage", width=112, cell=stage_cell),
            Column("next_step", stretch=True),
            Column("at", width=64, cell=self._when, right=True),
        ]
        table = RecordTable(WorkRow, self._columns, name="table_work")
        table.opened.connect(self._open_row)
        return table

    def _compose(self) -> QHBoxLayout:
        left, top = QVBoxLayout(), QHBoxLayout()
        self._hint = Label(role="hint")
        top.addWidget(self.segments)
        top.addStretch(1)
        top.addWidget(self._hint)
        top.addWidget(self.filter)
        self._line = Label(role="small")
        self._line.setObjectName("today_line")
        self._line.hide()
        left.setSpacing(8)
        left.addLayout(top)
        left.addWidget(self._line)
        left.addWidget(self.table, 1)
        cards = QWidget()
        column = QVBoxLayout(cards)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.today)
        column.addWidget(self.days)
        column.addWidget(self.reminders, 1)
        self._side = scrolling(cards)
        reads = self.desk.may(case_counts)
        self.today.setVisible(reads)
        self.days.setVisible(reads)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addLayout(left, 1)
        row.addWidget(self._side)
        return row

    def _key(self, key: str, run: Any) -> None:
        """Bind a bare key: fields that take text keep it for themselves."""
        shortcut = QShortcut(QKeySequence(key), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(lambda: run())

    # Asking

    def refresh(self) -> None:
        """Ask for everything that waits, and for the figures at the side."""
        ask = self.desk.ask
        for strand in self._strands:
            answered = partial(self._answered, strand.key, strand.rows)
            ask(strand.query, strand.request, then=answered, latest=(self, strand.key))
        if self.desk.may(case_counts):
            ask(case_counts, Nothing(), then=self._counted, latest=(self, "counts"))
            ask(days_at_work, Nothing(), then=self._days_came, latest=(self, "days"))
        self._ask_notices()
        if not self._strands:
            self._show_rows()

    def _ask_notices(self) -> None:
        def keep(key: str, notices: list[Notice]) -> None:
            self._notices[key] = notices
            self._show_notices()

        ask, may_enter = self.desk.ask, self.desk.may(enter_value)
        ask(
            missing_lines,
            Nothing(),
            then=lambda areas: keep("line", missing_line(areas, may_enter=may_enter)),
        )
        ask(changed_packs, Nothing(), then=lambda packs: keep("packs", changed_documents(packs)))
        keeps = partial(backups_missing, may_keep=self.desk.may(backup_rows))
        ask(backup_state, Nothing(), then=lambda now: keep("backups", keeps(now, self._today)))
        if self.desk.may(confirm_value):
            ask(value_rows, Nothing(), then=lambda rows: keep("values", values_to_confirm(rows)))
        if self.desk.may(confirm_budget):
            ask(budget_rows, Nothing(), then=lambda rows: keep("budgets", budgets_to_confirm(rows)))

    def _answered(self, key: str, rows: Any, answer: Any) -> None:
        self._answers[key] = list(rows(answer))
        if len(self._answers) == len(self._strands):
            self._show_rows()

    def _counted(self, counts: CaseCounts) -> None:
        self._counts = counts
        self._show_today()

    def _days_came(self, days: list[DayCount]) -> None:
        """Show the days: the last of them is today by the clock of the office."""
        self._days = days
        self._today = days[-1].day
        self._tell_day()
        self.days.show_days(days)
        self._show_today()

    def _show_today(self) -> None:
        if self._counts is not None and self._days:
            self.today.show_counts(self._counts, self._days)
            self._line.setText(self.today.sentence())

    def _tell_day(self) -> None:
        day = _("{year}-{month}-{day}").format(
            year=self._today.year, month=self._today.month, day=self._today.day
        )
        self.set_context(f"{day}　{_(WEEKDAYS[self._today.weekday()])}")

    # Showing

    def rows(self) -> list[WorkRow]:
        """Return everything that waits, the most urgent first, whichever answer came first."""
        found = [row for each in self._strands for row in self._answers.get(each.key, ())]
        return sorted(found, key=sort_key)

    def _show_rows(self, *_told: object) -> None:
        rows = self.rows()
        self._show_segments(rows)
        shown = [row for row in rows if self._chosen(row) and self._fits(row)]
        self.table.show_rows(shown)
        self._take_focus()
        self._hide_columns()
        self._say_empty(filtered=len(rows) > 0)
        if not self._strands:
            return
        count = _("{count} in all, by due day").format(count=len(shown))
        keys = [("↑ ↓", _("Choose")), ("Enter", _("Open"))]
        if self.desk.may(assess_household):
            keys.append(("F7", _("Assess")))
        self.table.set_foot(count, keys, spoken_amount(shown))

    def _show_segments(self, rows: Sequence[WorkRow]) -> None:
        parts = [Part("all", _("All"), len(rows))]
        if any(isinstance(strand.request, CaseQuery) for strand in self._strands):
            late = sum(is_overdue(row) for row in rows)
            soon = sum(is_soon(row) for row in rows)
            parts += [
                Part("overdue", _("Overdue"), late, "circle-x", "bad" if late else ""),
                Part("soon", _("Today or tomorrow"), soon, "clock", "wait" if soon else ""),
            ]
        parts += [
            Part(strand.key, _(strand.words), len(self._answers[strand.key]))
            for strand in self._strands
            if strand.words and (self._answers[strand.key] or not strand.seldom)
        ]
        self.segments.show_parts(parts)
        self.segments.setVisible(bool(self._strands))
        self._hint.setText(_("1–{last} to switch, / to filter").format(last=len(parts)))
        self._hint.setVisible(bool(self._strands) and self.filter.isHidden())

    def _chosen(self, row: WorkRow) -> bool:
        match self.segments.value():
            case "all" | "":
                return True
            case "overdue":
                return is_overdue(row)
            case "soon":
                return is_soon(row)
            case strand:
                return row.strand == strand

    def _fits(self, row: WorkRow) -> bool:
        wanted = normalise(self.filter.text())
        return wanted in f"{row.number} {row.name} {row.items}"

    def _say_empty(self, *, filtered: bool) -> None:
        desk, say = self.desk, self.table.set_empty
        if filtered:
            say(_("Nothing of this kind"), _("Press 1 for all, Esc to clear the filter."))
        elif desk.may(accept_case):
            say(_("Nothing is due today"), _("For somebody new, press F2 to begin the intake."))
        elif desk.may(decide_award):
            say(_("Nothing waits for a decision"), _("What is handed in appears here by itself."))
        elif desk.may(open_batch):
            say(_("Nothing approved waits to be paid"), _("Approved awards appear here."))
        elif self._strands:
            say(_("Nothing unusual"), _("Overdue cases and payments that came back appear here."))
        else:
            say(_("No case content here"), _("Staff and the center's standards are in Settings."))

    def _show_notices(self) -> None:
        found = [each for key in NOTICES for each in self._notices.get(key, ())]
        self.reminders.show_notices(found)
        self._reminder_count.setText(_("Reminders {count}").format(count=len(found)))

    # Cells

    def _name(self, row: WorkRow) -> Cell:
        return Cell(row.name, second=row.number if self._two_lines else "")

    def _when(self, row: WorkRow) -> Cell:
        at = row.at.astimezone()
        timed = at.date() == self._today and at.time() != time.min  # of some only the day is known
        return Cell(at.strftime("%H:%M" if timed else "%m-%d"), tone="text_soft")

    # Acts

    def _open_row(self, row: WorkRow) -> None:
        self.go.emit(row.page, row.what)

    def _assess(self) -> None:
        row = self.table.current()
        if row is not None and row.household_id is not None:
            self.go.emit("assessment", row.household_id)

    def _open_filter(self) -> None:
        self._hint.hide()
        self.filter.show()
        self.filter.setFocus()

    def _leave_filter(self) -> None:
        self.filter.clear()
        self.filter.hide()
        self._hint.show()
        self.table.view.setFocus()

    def first_focus(self) -> QWidget:
        """Return the list: Enter opens what is most urgent."""
        self._focus_due = not self.table.view.isVisibleTo(self)
        return self.table.view

    def _take_focus(self) -> None:
        """Give the list the focus once it has rows, unless the person went elsewhere."""
        if self._focus_due and self.table.view.isVisible():
            self._focus_due = False
            if not isinstance(QApplication.focusWidget(), QLineEdit):
                self.table.view.setFocus()

    # Giving way

    def compact(self, width: int, height: int) -> None:
        """Drop the chart and fold the side column; then number and time go into two lines."""
        self._small = width < 1320 or height < 660
        self._two_lines = width < 1100 or height < 560
        self._side.setVisible(not self._small)
        self._reminder_count.setVisible(self._small)
        self._line.setVisible(self._small and self.desk.may(case_counts))
        self.days.setVisible(not self._small and self.desk.may(case_counts))
        self.table.set_two_lines(self._two_lines)
        self._wide = SIDE_WIDE if width >= 1700 else SIDE
        self._size()
        QTimer.singleShot(0, self, self._hide_columns)  # once the list has its new width

    _wide = SIDE

    def _size(self) -> None:
        self._side.setFixedWidth(theme.px(self._wide))
        self.filter.setFixedWidth(theme.px(200))
        self._hide_columns()

    def _hide_columns(self) -> None:
        rows = self.table.rows()
        none = {each for each in GAPS if all(getattr(row, each) is None for row in rows)}
        self.table.hide_columns(none | ({"number", "at"} if self._two_lines else set()))
        widths.share_room(self.table)

    def _flip_side(self) -> None:
        """Show or hide the reminders in a small window."""
        self._side.setVisible(self._side.isHidden())
