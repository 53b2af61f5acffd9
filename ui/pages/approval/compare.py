"""Two households that share an account or a telephone, side by side."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.core.i18n import _
from app.core.money import yuan_text
from app.disbursements.comparing import two_households
from app.disbursements.deciding_records import Compared, ComparedLine, ComparedSide, TwoHouseholds
from app.disbursements.records import AwardRow, AwardView
from ui.desk import Desk
from ui.kit.buttons import Button, IconButton
from ui.kit.cards import Card, clear_layout
from ui.kit.labels import Label, Rule, Status
from ui.kit.layout import scrolling
from ui.kit.segments import Part, Segments
from ui.kit.side_by_side import SideBySide, side_head


class ComparePane(Card):
    """What is the same and what differs, in words, and what each household was given."""

    def __init__(
        self, desk: Desk, close: Callable[[], object], go: Callable[[int], object]
    ) -> None:
        super().__init__(_("Compare both households"), flush=True)
        self.setObjectName("compare_pane")
        self._desk, self._go = desk, go
        self._household = 0
        self.segments = Segments(name="segments_shared")
        self.segments.chosen.connect(self._ask)
        self.head.insertWidget(1, self.segments)
        self._open = Button(
            _("Open the other file"), self._open_other, kind="quiet", key="Alt+O", small=True,
            name="act_open_other",
        )  # fmt: skip
        self.add_to_head(self._open)
        self.add_to_head(
            IconButton("x", _("Close"), close, key="Esc", size=26, name="close_compare")
        )
        holder = QWidget()
        self._column = QVBoxLayout(holder)
        self._column.setContentsMargins(16, 8, 16, 12)
        self.add(Rule())
        self.area = scrolling(holder)
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.add(self.area)
        escape = QShortcut(QKeySequence("Esc"), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(close)
        self.hide()

    def show_shared(self, view: AwardView) -> None:
        """Show the household of an award beside the first it shares something with."""
        self._household = view.row.household_id
        others = {each.household_id: each for each in view.shared}
        self.segments.show_parts([Part(str(id_), each.name) for id_, each in others.items()])
        self.segments.choose(str(next(iter(others))))
        self.segments.setVisible(len(others) > 1)
        self._ask()

    def _ask(self) -> None:
        asked = TwoHouseholds(household_id=self._household, other_id=int(self.segments.value()))
        self._desk.ask(two_households, asked, then=self._show, latest=self)

    def _open_other(self) -> None:
        self._go(int(self.segments.value()))

    def _show(self, found: Compared) -> None:
        clear_layout(self._column)
        grid = SideBySide()
        grid.add_heads(
            _head(_("This household"), found.one), _head(_("The other household"), found.other)
        )
        for lines in (found.lines, found.people):
            _add_lines(grid, lines)
            grid.add_across(Rule())
        label = Label(_("Awards"), tone="soft")
        grid.add_line(label, _awards(found.one.awards), _awards(found.other.awards))
        rows = QHBoxLayout()
        rows.addLayout(grid)
        self._column.addLayout(rows)
        self._column.addStretch(1)
        self.area.setFocus()


def _head(word: str, side: ComparedSide) -> QWidget:
    number = side.file_number or _("no file number yet")
    return side_head(word, side.name, side.file_state.label, number)


def _add_lines(grid: SideBySide, lines: Sequence[ComparedLine]) -> None:
    for line in lines:
        grid.add_line(
            Label(line.label, tone="soft", wrap=True),
            _value(line.one),
            _value(line.other),
            _mark(line),
        )


def _value(text: str) -> Label:
    return Label(text or "—", tone="" if text else "faint", wrap=True)


def _mark(line: ComparedLine) -> QWidget | None:
    """Say whether both are known by the same: what is rarely alike is what one looks for."""
    if line.same is None:
        return None
    if not line.same:
        return Status(_("Different"), "circle", "text_soft")
    return Status(_("Same"), *(("triangle-alert", "wait") if line.telling else ("check", "")))


def _awards(rows: Sequence[AwardRow]) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(2)
    for row in rows:
        day = row.proposed_at.astimezone().date().isoformat()
        amount = _("{amount} yuan").format(amount=yuan_text(row.amount))
        words = "　".join((day, row.title, amount, row.state.label))
        column.addWidget(Label(words, "small", wrap=True))
    if not rows:
        column.addWidget(Label(_("Nothing yet"), "small"))
    return holder
