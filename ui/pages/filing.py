"""Notices and reviews (公示年审): the steps that run, the files that need looking after."""

from functools import partial
from typing import Any, Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QStackedWidget, QWidget

from app.core.i18n import N_, _
from app.core.record import Nothing
from app.core.words.filing import StepKind, StepState
from app.filing.deciding import decide_step, draw_sample
from app.filing.queries import file_rows, files_waiting, filing_rules, step_rows, steps_waiting
from app.filing.records import (
    FileList,
    FileRow,
    FilesQuery,
    FilesWaiting,
    FilingRules,
    SampleForm,
    StepRow,
    StepsQuery,
    StepsWaiting,
)
from app.work import Topic
from ui import theme
from ui.filing.words import (
    about_cell,
    due_cell,
    file_due_cell,
    kind_cell,
    state_cell,
    who_cell,
)
from ui.kit.buttons import Button
from ui.kit.cards import EmptyState
from ui.kit.cells import Cell, Column
from ui.kit.labels import Label
from ui.kit.page import Page
from ui.kit.segments import Part, Segments
from ui.kit.table import RecordTable

LIMIT: Final = 500
FILTER_MS: Final = 200
OPEN: Final = (StepState.OPEN,)
STEPS: Final[dict[str, StepsQuery]] = {
    "decide": StepsQuery(states=(StepState.REPORTED,), limit=LIMIT),
    "notices": StepsQuery(kinds=(StepKind.NOTICE,), states=OPEN, limit=LIMIT),
    "visits": StepsQuery(kinds=(StepKind.VISIT,), states=OPEN, limit=LIMIT),
    "checks": StepsQuery(kinds=(StepKind.CROSS_CHECK,), states=OPEN, limit=LIMIT),
}
"""The lists of steps, by their segment; the sample of the year is one more."""
SAMPLE: Final = "sample"


class FilingPage(Page):
    """Segments, a filter and one list; Enter opens the household at its steps."""

    name = "filing"
    title = N_("Notices and reviews")
    icon = "calendar-clock"
    shows = frozenset({Topic.FILING, Topic.HOUSEHOLDS, Topic.CASES, Topic.AWARDS, Topic.SERVICES})

    def build(self) -> None:
        """Compose segments, filter and the two lists."""
        self._counts: StepsWaiting | None = None
        self._files_counts: FilesWaiting | None = None
        self._rules: FilingRules | None = None
        self.segments = Segments(name="filing_segments")
        self.segments.chosen.connect(self._ask_rows)
        self.filter = QLineEdit()
        self.filter.setObjectName("filing_filter")
        self.filter.setPlaceholderText(_("Name or number, key /"))
        self.filter.setAccessibleName(_("Name or number"))
        self.filter.textChanged.connect(self._filter_soon)
        self.filter.returnPressed.connect(self._to_list)
        self._draw = self.add_act(
            Button(
                _("Draw the sample…"), self._ask_draw, icon="list-checks", name="act_draw_sample"
            )
        )
        self.head.insertWidget(self.head.indexOf(self._draw), self.filter)
        self.add(self._first_row())
        self._stack = QStackedWidget()
        self.steps, self.files = self._make_steps(), self._make_files()
        for table in (self.steps, self.files):
            self._stack.addWidget(table)
            self._bind(table)
        self.add(self._stack, stretch=1)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(FILTER_MS)
        self._soon.timeout.connect(self._ask_rows)
        theme.changes.changed.connect(self._size)
        self._size()
        self._show_counts()

    def _first_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(self.segments)
        row.addStretch(1)
        self._rule = Label(role="hint")
        row.addWidget(self._rule)
        return row

    def _make_steps(self) -> RecordTable[StepRow]:
        table: RecordTable[StepRow] = RecordTable(
            StepRow,
            [
                Column("due_on", _("Due"), 140, due_cell),
                Column("kind", width=120, cell=kind_cell),
                Column("name", _("Household"), 200, _household),
                Column("state", width=140, cell=state_cell),
                Column("report", _("Content"), 220, about_cell, stretch=True),
                Column("opened_by", _("By"), 110, who_cell),
            ],
            name="table_filing_steps",
            two_lines=True,
            sortable=False,
            empty=EmptyState(_("Nothing is in hand")),
        )
        table.opened.connect(self._open_steps)
        return table

    def _make_files(self) -> RecordTable[FileRow]:
        table: RecordTable[FileRow] = RecordTable(
            FileRow,
            [
                Column("due_on", _("Due"), 140, file_due_cell),
                Column("name", _("Household"), 110),
                Column("file_number", width=220),
                Column("category", width=120),
                Column("filed_on", width=110),
                Column("last_on", width=110, cell=_last, stretch=True),
            ],
            name="table_filing_files",
            two_lines=True,
            sortable=False,
            empty=EmptyState(_("No file stands here")),
        )
        table.opened.connect(self._open_steps)
        return table

    def _bind(self, table: RecordTable[Any]) -> None:
        keys = {"/": self.filter.setFocus} | {
            str(at + 1): partial(self.segments.press, at) for at in range(8)
        }
        for key, run in keys.items():
            bound = QShortcut(QKeySequence(key), table)
            bound.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            bound.activated.connect(run)

    def _size(self) -> None:
        self.filter.setFixedWidth(theme.px(210))

    # Asking

    def refresh(self) -> None:
        """Ask for the counts, the rule of the sample and the list."""
        ask = self.desk.ask
        ask(steps_waiting, Nothing(), then=self._take_counts, latest=self.segments)
        ask(files_waiting, Nothing(), then=self._take_files_counts, latest=self.filter)
        ask(filing_rules, Nothing(), then=self._take_rules, latest=self._draw)
        self._ask_rows()

    def open(self, what: object) -> None:
        """Show one of the lists, by the key of its segment."""
        if isinstance(what, str):
            self.segments.choose(what)
            self._stale = True

    def _take_counts(self, counts: StepsWaiting) -> None:
        self._counts = counts
        self._show_counts()
        self._offer_draw()

    def _take_files_counts(self, counts: FilesWaiting) -> None:
        self._files_counts = counts
        self._show_counts()

    def _show_counts(self) -> None:
        """Show every list with how much stands on it, amber where somebody has to act."""
        steps, files = self._counts, self._files_counts
        late = steps.to_take_down if steps else 0
        mine = "wait" if steps and steps.to_decide and self.desk.may(decide_step) else ""

        def part(key: str, words: str, count: int | None, tone: str = "") -> Part:
            return Part(key, words, count, "", tone if count else "")

        self.segments.show_parts(
            [
                part("decide", _("To be decided"), steps.reported if steps else None, mine),
                part(
                    "notices",
                    _("Notices running"),
                    steps.notices if steps else None,
                    "wait" if late else "",
                ),
                part("visits", _("Visits"), steps.visits if steps else None),
                part("checks", _("Cross-checks"), steps.checks if steps else None),
                *(
                    part(
                        which,
                        which.label,
                        getattr(files, which.value) if files else None,
                        "wait" if which is FileList.REVIEW_DUE else "",
                    )
                    for which in FileList
                ),
                part(SAMPLE, _("Sample of the year"), steps.sampled if steps else None),
            ]
        )

    def _take_rules(self, rules: FilingRules) -> None:
        self._rules = rules
        says = _("A review every {months} months")
        if rules.sample_percent:
            says = _("A review every {months} months, {percent} % drawn a year")
        words = says.format(months=rules.review_months, percent=rules.sample_percent)
        if rules.provisional:
            words = _("{words}, provisional").format(words=words)
        self._rule.setText(words)
        self._offer_draw()

    def _offer_draw(self) -> None:
        """Offer to draw the sample once a year, where the document asks for one."""
        closed = self.desk.reason(draw_sample)
        if self._rules and not self._rules.sample_percent:
            closed = closed or _("The document in force asks for no sample.")
        if self._counts and self._counts.drawn:
            closed = closed or _("The sample of this year is drawn")
        self._draw.allow(closed)

    def _filter_soon(self) -> None:
        self._soon.start()

    def _ask_rows(self) -> None:
        chosen, text = self.segments.value(), self.filter.text()
        if chosen in set(FileList):
            which = FileList(chosen)
            asked = FilesQuery(list=which, text=text, limit=LIMIT)
            self._bring(self.files)
            self.files.hide_columns(set() if which is FileList.REVIEW_DUE else {"due_on"})
            self.desk.ask(file_rows, asked, then=self._take_files, latest=self._stack)
            return
        self._bring(self.steps)
        query = STEPS.get(chosen) or StepsQuery(sampled_in=self.desk.today().year, limit=LIMIT)
        asked_steps = StepsQuery(
            kinds=query.kinds,
            states=query.states,
            sampled_in=query.sampled_in,
            text=text,
            limit=LIMIT,
        )
        self.desk.ask(step_rows, asked_steps, then=self._take_steps, latest=self._stack)

    def _bring(self, table: RecordTable[Any]) -> None:
        """Show one of the two tables; the keyboard stays in the list when the list changes."""
        shown = self._table()
        focus = QApplication.focusWidget()
        held = focus is not None and shown.isAncestorOf(focus)
        self._stack.setCurrentWidget(table)
        if held and shown is not table:
            table.first().setFocus()

    def _take_steps(self, rows: list[StepRow]) -> None:
        self._say_empty(self.steps, _("Nothing is in hand"))
        self.steps.show_rows(rows)
        self._foot(self.steps, len(rows))

    def _take_files(self, rows: list[FileRow]) -> None:
        self._say_empty(self.files, _("No file stands here"))
        self.files.show_rows(rows)
        self._foot(self.files, len(rows))

    def _say_empty(self, table: RecordTable[Any], words: str) -> None:
        if text := self.filter.text().strip():
            says = _("Nothing found for “{text}”").format(text=text)
            table.set_empty(says, _("Try the beginning of the name or of the number."))
        else:
            table.set_empty(words, _("Steps are begun on the page of a household."))

    def _foot(self, table: RecordTable[Any], count: int) -> None:
        more = _("The first {count}") if count == LIMIT else _("{count} in all")
        keys = [("↑ ↓", _("choose")), ("Enter", _("Open")), ("/", _("Filter"))]
        table.set_foot(more.format(count=f"{count:,}"), keys)

    # Acts

    def _ask_draw(self) -> None:
        year = self.desk.today().year
        self.desk.asking.confirm(
            self,
            _("Draw the sample for {year}?").format(year=year),
            _(
                "The files are drawn at random; the seed is kept, so that anybody can draw them "
                "again. A year's sample is drawn once."
            ),
            _("Draw the sample"),
            lambda: self.desk.perform(draw_sample, SampleForm(year=year), then=self._drawn),
        )

    def _drawn(self, count: int) -> None:
        self.toast.emit(_("{count} files are drawn").format(count=count), None)
        self.segments.choose(SAMPLE)
        self._ask_rows()

    def _open_steps(self, row: StepRow | FileRow) -> None:
        self.go.emit("household", ("steps", row.household_id))

    def _to_list(self) -> None:
        self._table().view.setFocus()

    def _table(self) -> RecordTable[Any]:
        return self.files if self._stack.currentWidget() is self.files else self.steps

    def first_focus(self) -> QWidget:
        """Return the list."""
        return self._table().first()

    def compact(self, width: int, height: int) -> None:
        """Leave columns out where the window is narrow."""
        narrow = width < 1100 or height < 560
        self.steps.hide_columns({"opened_by"} if narrow else set())
        self._rule.setVisible(width >= 1320)


def _household(row: StepRow) -> Cell:
    return Cell(row.name, row.file_number)


def _last(row: FileRow) -> Cell:
    if row.last_on is None:
        return Cell(_("Never"), tone="text_faint")
    return Cell(row.last_on.isoformat())
