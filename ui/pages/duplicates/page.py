"""The page: pairs of files at the left, the two of a pair side by side at the right."""

from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.core.i18n import N_, _
from app.core.words.households import DuplicateWay
from app.households.duplicates import duplicates
from app.households.merging import mark_apart, merge_households, undo_change
from app.households.merging_queries import compare_households
from app.households.merging_records import (
    ApartForm,
    Comparison,
    DuplicateRow,
    PairQuery,
    UndoForm,
    WorklistQuery,
)
from app.reference.choices import choices
from app.work import Topic
from ui import theme
from ui.kit.buttons import Button
from ui.kit.cards import EmptyState
from ui.kit.cells import Cell, Column
from ui.kit.editing import Context
from ui.kit.layout import scrolling
from ui.kit.page import Page
from ui.kit.segments import Part, Segments
from ui.kit.table import RecordTable
from ui.kit.two_panes import TwoPanes
from ui.pages.duplicates.comparison import ComparisonView
from ui.picking import HouseholdPicker

LIST = 380
LIMIT = 200
OF_ONE = "household"
"""What `open` is given with the id of a household whose double is sought."""


class DuplicatesPage(Page):
    """Opened bare for the worklist, or with (`OF_ONE`, id) for the doubles of one household."""

    name = "duplicates"
    title = N_("Duplicates")
    icon = "users"
    shows = frozenset({Topic.HOUSEHOLDS, Topic.CASES})

    # Composition

    def build(self) -> None:
        """Compose the list, the picker, the comparison and the bar."""
        self._own: int | None = None
        self._pair: tuple[int, int] | None = None
        self._shown: Comparison | None = None
        self.segments = Segments(name="ways")
        self.segments.show_parts([Part(way, way.label) for way in DuplicateWay])
        self.segments.chosen.connect(self._ask_rows)
        self.beside_title(self.segments)
        self.picker = HouseholdPicker(self.desk)
        self.picker.picked.connect(self._compare_own)
        self.left = QStackedWidget()
        self.left.addWidget(self._worklist())
        self.left.addWidget(self.picker)
        context = Context(
            codes=lambda name: choices(name, self.desk.today()), today=self.desk.today
        )
        self.view = ComparisonView(context)
        self.right = QStackedWidget()
        self.right.addWidget(EmptyState(_("Choose two files to lay them side by side")))
        self.right.addWidget(scrolling(self.view))
        self.panes = TwoPanes(self.left, self.right, shares=(LIST, 700))
        self.add(self.panes, stretch=1)
        self.table.opened.connect(self._enter)
        self.picker.table.opened.connect(self._enter)
        self._compose_bar()
        for number in range(1, len(DuplicateWay) + 1):
            choose = QShortcut(QKeySequence(str(number)), self.table)
            choose.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            choose.activated.connect(lambda at=number - 1: self.segments.press(at))

    def _worklist(self) -> QWidget:
        self.table: RecordTable[DuplicateRow] = RecordTable(
            DuplicateRow,
            [
                Column("name", width=150, cell=_who),
                Column("file_number", title=_("Two files"), stretch=True, cell=_files),
            ],
            name="table_duplicates",
            two_lines=True,
            sortable=False,
            empty=EmptyState(_("No two files look like one household here")),
        )
        self.table.picked.connect(self._pick)
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.table)
        return holder

    def _compose_bar(self) -> None:
        bar = self.bar()
        words = _("Not the same household")
        self._apart = bar.add(
            Button(words, self._ask_apart, kind="quiet", key="Ctrl+D", name="act_apart")
        )
        self._turn = bar.add(
            Button(_("Keep the other one"), self.turn_over, key="Alt+K", name="act_turn")
        )
        self._merge = bar.add(
            Button(
                _("Merge the two files"), self._ask_merge, kind="primary", key="F9",
                icon="users", name="act_merge",
            )
        )  # fmt: skip
        self._show_acts()

    # Loading

    def open(self, what: object) -> None:
        """Show the worklist, or the doubles of one household."""
        self._pair = None
        self._own = None
        if isinstance(what, tuple):
            _of_one, self._own = cast("tuple[str, int]", what)
            self.picker.begin(self._own)
        self.left.setCurrentIndex(0 if self._own is None else 1)
        self.segments.setVisible(self._own is None)
        self._show_nothing()

    def refresh(self) -> None:
        """Ask for the worklist and the pair in sight anew."""
        self._ask_rows()
        if self._pair is not None:
            self._ask_pair()

    def _ask_rows(self) -> None:
        if self._own is None:
            asked = WorklistQuery(way=DuplicateWay(self.segments.value()), limit=LIMIT)
            self.desk.ask(duplicates, asked, then=self._take_rows, latest=self.table)

    def _take_rows(self, rows: list[DuplicateRow]) -> None:
        self.table.show_rows(rows)
        more = len(rows) == LIMIT
        foot = _("The first {count} pairs") if more else _("{count} pairs")
        keys = [("↑ ↓", _("choose")), ("Enter", _("Compare")), ("1–3", _("By what"))]
        self.table.set_foot(foot.format(count=len(rows)), keys)
        if not rows:
            self._pair = None
            self._show_nothing()

    def _pick(self, row: DuplicateRow | None) -> None:
        if row is not None and self._own is None:
            self._pair = (row.id, row.other_id)
            self._ask_pair()

    def _compare_own(self, other: int) -> None:
        if self._own is not None and other != self._own:
            self._pair = (self._own, other)
            self._ask_pair()

    def _ask_pair(self) -> None:
        if self._pair is not None:
            asked = PairQuery(keep_id=self._pair[0], other_id=self._pair[1])
            self.desk.ask(compare_households, asked, then=self._take_pair, latest=self.view)

    def _take_pair(self, comparison: Comparison) -> None:
        if self._pair is None:
            return
        self._shown = comparison
        self.view.show_comparison(comparison)
        self.right.setCurrentIndex(1)
        self._show_acts()

    def _show_nothing(self) -> None:
        self._shown = None
        self.right.setCurrentIndex(0)
        self._show_acts()

    def _show_acts(self) -> None:
        """Say what is in the way, and open the acts that can be done."""
        shown = self._shown
        nothing = "" if shown else _("Choose two files first")
        reason = self.desk.reason(merge_households)
        self._merge.allow(reason or nothing or (shown.obstacle if shown else ""))
        self._apart.allow(self.desk.reason(mark_apart) or nothing)
        self._turn.allow(nothing)
        if shown is None:
            self.bar().say("")
        elif shown.obstacle:
            self.bar().say(_("Cannot be merged now"), shown.obstacle, "bad", "circle-x")
        else:
            says = _("It can be undone as long as nothing later touches what moved")
            self.bar().say(_("Look at the differences, then merge"), says)

    def first_focus(self) -> QWidget:
        """Return the list, or the line to search with."""
        return self.picker.line if self._own is not None else self.table.first()

    def compact(self, width: int, height: int) -> None:
        """Give way: one of the two at a time."""
        self.panes.set_narrow(width < 1100 or height < 560)
        self.left.setMaximumWidth(16777215 if self.panes.narrow else theme.px(LIST))

    def _enter(self, _row: object) -> None:
        self.panes.enter()
        self.view.first().setFocus(Qt.FocusReason.TabFocusReason)

    # Acts

    def turn_over(self) -> None:
        """Keep the other one of the two."""
        if self._pair is not None:
            keep, other = self._pair
            self._pair = (other, keep)
            self._ask_pair()

    def _ask_merge(self) -> None:
        shown = self._shown
        if shown is None:
            return
        title = _("Merge {other} into {keep}?").format(
            other=shown.other.file_number or shown.other.name,
            keep=shown.keep.file_number or shown.keep.name,
        )
        text = _("People, applications, relief and papers go to the file that is kept.")
        self.desk.asking.reason(self, title, text, _("Merge the two files"), self._do_merge)

    def _do_merge(self, reason: str) -> None:
        form = self.view.form(reason)
        shown = self._shown
        if form is None or shown is None:
            return
        kept = shown.keep.id

        def done(change_id: int) -> None:
            self._pair = None
            self._show_nothing()
            self.panes.back()

            def undo() -> None:
                taken_back = UndoForm(change_id=change_id, reason=_("Undone at once"))
                self.desk.perform(undo_change, taken_back)

            self.toast.emit(_("The two files are one"), undo)
            if self._own is not None:
                self.go.emit("household", kept)

        self.desk.perform(merge_households, form, then=done)

    def _ask_apart(self) -> None:
        shown = self._shown
        if shown is None:
            return
        title = _("{first} and {second} are not the same household?").format(
            first=shown.keep.name, second=shown.other.name
        )
        text = _("They are not listed as duplicates any more.")
        self.desk.asking.reason(self, title, text, _("Note as two households"), self._do_apart)

    def _do_apart(self, reason: str) -> None:
        if (shown := self._shown) is None:
            return
        form = ApartForm(household_id=shown.keep.id, other_id=shown.other.id, reason=reason)

        def done(_id: int) -> None:
            self._pair = None
            self._show_nothing()
            self.toast.emit(_("Noted: not the same household"), None)

        self.desk.perform(mark_apart, form, then=done)


def _who(row: DuplicateRow) -> Cell:
    name = row.name if not row.other_name else f"{row.name} / {row.other_name}"
    return Cell(name, second=row.same)


def _files(row: DuplicateRow) -> Cell:
    first = _file(row.file_number, row.head, row.file_state.label)
    second = _file(row.other_file_number, row.other_head, row.other_file_state.label)
    return Cell(first, second=second)


def _file(number: str, head: str, state: str) -> str:
    return "　".join((number or _("no file number yet"), head, state))
