"""Cases (案件): the list of all applications, by where they stand, and the way into a household."""

from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from app.cases.queries import case_counts, case_rows
from app.cases.records import CaseCounts, CaseQuery, CaseRow
from app.core.i18n import N_, _
from app.core.record import Nothing
from app.core.words.cases import CaseState
from app.households.duplicates import duplicates
from app.work import Topic
from ui import theme
from ui.kit.buttons import Button
from ui.kit.cards import EmptyState
from ui.kit.cells import Cell, Column
from ui.kit.page import Page
from ui.kit.segments import Part, Segments
from ui.kit.table import RecordTable

LOOKS = {
    CaseState.ACCEPTED: ("circle-dot", "accent"),
    CaseState.RETURNED: ("file-warning", "wait"),
    CaseState.FILED: ("circle-check", "ok"),
    CaseState.REFUSED: ("ban", "bad"),
    CaseState.LISTED: ("list-checks", ""),
}
FILTER_MS = 200
ALL, MINE = "all", "mine"
LIMIT = 500


class CasesPage(Page):
    """Segments by state, a filter, and the list; Enter opens the household."""

    name = "cases"
    title = N_("Cases")
    icon = "folder-open"
    shows = frozenset({Topic.CASES, Topic.HOUSEHOLDS})

    def build(self) -> None:
        """Compose segments, filter and table."""
        self._counts: CaseCounts | None = None
        self.segments = Segments(name="case_segments")
        self.segments.chosen.connect(self._ask_rows)
        self.filter = QLineEdit()
        self.filter.setObjectName("case_filter")
        self.filter.setPlaceholderText(_("Name or case number, key /"))
        self.filter.setAccessibleName(_("Name or number"))
        self.filter.textChanged.connect(self._filter_soon)
        self.filter.returnPressed.connect(self._to_list)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.segments)
        row.addStretch(1)
        row.addWidget(self.filter)
        self.add(row)
        self.table: RecordTable[CaseRow] = RecordTable(
            CaseRow,
            [
                Column("days_left", title=_("Due"), width=120, cell=_due, right=False),
                Column("number", width=110),
                Column("name", title=_("Head of household"), width=100),
                Column("district", width=100),
                Column("items", stretch=True, cell=_items),
                Column("state", width=130, cell=_state),
                Column("accepted_by", width=90),
                Column("accepted_at", title=_("Acceptance"), width=140),
            ],
            name="table_cases",
            empty=EmptyState(_("No case stands here")),
        )
        self.table.opened.connect(self._open)
        self.add(self.table, stretch=1)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(FILTER_MS)
        self._soon.timeout.connect(self._ask_rows)
        slash = QShortcut(QKeySequence("/"), self.table)
        slash.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        slash.activated.connect(self.filter.setFocus)
        for number in range(1, 7):
            choose = QShortcut(QKeySequence(str(number)), self.table)
            choose.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            choose.activated.connect(partial(self.segments.press, number - 1))
        theme.changes.changed.connect(self._size)
        self._size()
        self._show_segments()
        doubles = Button(
            _("Duplicates"), self._open_duplicates, key="Alt+D", icon="users", name="act_duplicates"
        )
        self.add_act(doubles).allow(self.desk.reason(duplicates))

    def _size(self) -> None:
        self.filter.setFixedWidth(theme.px(240))

    def _show_segments(self) -> None:
        counts = self._counts
        waiting, back, filed = (
            (None, None, None)
            if counts is None
            else (counts.accepted, counts.returned, counts.filed)
        )
        self.segments.show_parts(
            [
                Part(ALL, _("All")),
                Part(CaseState.ACCEPTED, _("To file"), waiting),
                Part(
                    CaseState.RETURNED, CaseState.RETURNED.label, back, "", "wait" if back else ""
                ),
                Part(CaseState.FILED, CaseState.FILED.label, filed),
                Part(CaseState.REFUSED, CaseState.REFUSED.label),
                Part(MINE, _("Accepted by me")),
            ]
        )

    # Asking

    def refresh(self) -> None:
        """Ask for the counts and the list."""
        self.desk.ask(case_counts, Nothing(), then=self._take_counts, latest=self.segments)
        self._ask_rows()

    def _filter_soon(self) -> None:
        self._soon.start()

    def _ask_rows(self) -> None:
        chosen = self.segments.value()
        query = CaseQuery(
            state=None if chosen in (ALL, MINE) else CaseState(chosen),
            accepted_by_me=chosen == MINE,
            text=self.filter.text(),
            limit=LIMIT,
        )
        self.desk.ask(case_rows, query, then=self._take_rows, latest=self.table)

    def _take_counts(self, counts: CaseCounts) -> None:
        self._counts = counts
        self._show_segments()

    def _take_rows(self, rows: list[CaseRow]) -> None:
        if self.filter.text().strip():
            says = _("Nothing found for “{text}”").format(text=self.filter.text().strip())
            self.table.set_empty(says, _("Try the beginning of the name or of the number."))
        else:
            self.table.set_empty(
                _("No case stands here"), _("For somebody new, press F2 to begin the intake.")
            )
        self.table.show_rows(rows)
        more = len(rows) == LIMIT
        foot = _("The first {count}, by due day") if more else _("{count} in all, by due day")
        keys = [("↑ ↓", _("choose")), ("Enter", _("Open")), ("/", _("Filter"))]
        self.table.set_foot(foot.format(count=f"{len(rows):,}"), keys)

    # Acts

    def _to_list(self) -> None:
        self.table.view.setFocus()

    def _open(self, row: CaseRow) -> None:
        self.go.emit("household", row.household_id)

    def _open_duplicates(self) -> None:
        self.go.emit("duplicates", None)

    def first_focus(self) -> QWidget:
        """Return the list."""
        return self.table.view

    def compact(self, width: int, height: int) -> None:
        """Leave columns out where the window is narrow."""
        narrow = width < 1100 or height < 560
        self.table.hide_columns({"accepted_by", "accepted_at", "district"} if narrow else set())


def _items(row: CaseRow) -> Cell:
    return Cell(_(", ").join(row.items))


def _state(row: CaseRow) -> Cell:
    icon, tone = LOOKS[row.state]
    return Cell(row.state.label, icon=icon, tone=tone)


def _due(row: CaseRow) -> Cell:
    match row.days_left:
        case None:
            return Cell("—", tone="text_faint")
        case int(days) if days < 0:
            return Cell(_("{days} days overdue").format(days=-days), icon="circle-x", tone="bad")
        case 0:
            return Cell(_("Today"), icon="clock", tone="wait")
        case 1:
            return Cell(_("1 day left"), icon="clock", tone="wait")
        case days:
            return Cell(_("{days} days left").format(days=days), icon="calendar-clock")
