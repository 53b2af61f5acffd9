"""One loan: where it stands, its plan, its way, its entries, who stands beside it, its checks."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from app.core.i18n import _
from app.core.words.loans import ChangeState, LoanState
from app.loans.money_records import LoanChangeRow, LoanEventRow
from app.loans.records import FindingRow, LoanCheckRow, StepRow
from app.loans.side_records import SideRow, SidesView
from app.loans.view_records import LoanView
from ui.kit.cards import Card, EmptyState
from ui.kit.cells import Cell, Column, yuan
from ui.kit.labels import Chip, Label, Rule
from ui.kit.notices import BudgetBar
from ui.kit.ribbon import Stage, StageRibbon
from ui.kit.segments import Part, Segments
from ui.kit.table import RecordTable
from ui.pages.loans import words
from ui.pages.loans.cells import (
    STATES,
    by_cell,
    capacity_cell,
    change_cell,
    check_cell,
    entered_cell,
    event_cell,
    side_cell,
    side_says_cell,
    step_cell,
    told_cell,
)
from ui.pages.loans.plan_table import plan_table

PLAN, WAY, MONEY, SIDES, CHECKS = "plan", "way", "money", "sides", "checks"


class Detail(Card):
    """The loan that is chosen."""

    turned = Signal()
    """Another part of the loan is in sight."""

    def __init__(self) -> None:
        super().__init__(flush=True)
        self.setObjectName("loan_detail")
        self._add_head()
        self.plan = plan_table()
        self.steps = _steps_table()
        self.findings = _findings_table()
        self.events = _events_table()
        self.changes = _changes_table()
        self.sides = _sides_table()
        self._covered = Label(role="small", wrap=True)
        self._covered.setObjectName("loan_covered")
        self.checks = _checks_table()
        holder = QWidget()
        self._stack = QStackedLayout(holder)
        self._parts: dict[str, QWidget] = {
            PLAN: self.plan,
            WAY: _above(self.steps, self.findings),
            MONEY: _above(self.events, self.changes),
            SIDES: _above(self._covered, self.sides),
            CHECKS: self.checks,
        }
        for part in self._parts.values():
            self._stack.addWidget(part)
        self.body.addWidget(holder, 1)
        self.body.setSpacing(0)
        self._loan: int | None = None
        self._had_plan = False

    def _add_head(self) -> None:
        top = QWidget()
        column = QVBoxLayout(top)
        column.setContentsMargins(12, 10, 12, 8)
        column.setSpacing(5)
        line = QHBoxLayout()
        self._title = Label(role="section")
        self._title.setObjectName("loan_title")
        self._chip = Chip("")
        line.addWidget(self._title, 1)
        line.addWidget(self._chip)
        column.addLayout(line)
        self._facts = Label(role="small", wrap=True)
        self._facts.setObjectName("loan_facts")
        self._ribbon = StageRibbon()
        self._bar = BudgetBar()
        self._owes = Label(role="small", wrap=True)
        self._owes.setObjectName("loan_owes")
        self.segments = Segments(name="segments_loan")
        self.segments.chosen.connect(self._turn)
        for item in (self._facts, self._ribbon, self._bar, self._owes, self.segments):
            column.addWidget(item)
        self.add(top)
        self.add(Rule())

    def part(self) -> str:
        """Return which part of the loan is in sight."""
        return self.segments.value()

    def choose(self, part: str) -> None:
        """Bring a part of the loan into sight."""
        self.segments.choose(part)
        self._turn(part)

    def _turn(self, part: str) -> None:
        self._stack.setCurrentWidget(self._parts[part])
        self.turned.emit()

    def show_loan(self, view: LoanView | None, sides: SidesView | None = None) -> None:
        """Show another loan, or none."""
        parts = (self._chip, self._facts, self._ribbon, self._bar, self._owes, self.segments)
        for item in parts:
            item.setVisible(view is not None)
        if view is None:
            self._loan = None
            self._title.setText(_("No loan chosen"))
            self._show_rows(None, None)
            return
        row = view.row
        self._title.setText(f"{row.name}　{row.number}")
        self._chip.show_state(row.state.label, *STATES[row.state])
        self._facts.setText(words.facts(view))
        on_its_way = view.next_step is not None
        self._ribbon.setVisible(on_its_way)
        self._ribbon.show_stages(_stages(view), *words.light(view))
        standing = view.standing
        self._bar.setVisible(standing is not None)
        self._owes.setVisible(standing is not None)
        if standing is not None and row.principal:
            repaid = row.principal - standing.outstanding
            self._bar.show_budget(row.principal, repaid, 0)
            self._owes.setText(words.owes(view))
        self._show_rows(view, sides)
        self._show_segments(view, sides)
        has_plan = bool(view.plan)
        if (self._loan, self._had_plan) != (row.id, has_plan):
            self._loan, self._had_plan = row.id, has_plan
            self.choose(PLAN if has_plan else WAY)

    def _show_rows(self, view: LoanView | None, sides: SidesView | None) -> None:
        self.plan.show_rows(view.plan if view else [])
        self.steps.show_rows(view.steps if view else [])
        self.findings.show_rows(view.findings if view else [])
        self.events.show_rows(view.events if view else [])
        self.changes.show_rows(view.changes if view else [])
        self.changes.setVisible(bool(view and view.changes))
        self.sides.show_rows(sides.rows if sides else [])
        self._covered.setText(words.covered(sides) if sides else "")
        self.checks.show_rows(view.checks if view else [])
        if view and view.plan and (standing := view.standing):
            total = sum(line.left for line in view.plan)
            left = _("{amount} yuan to come").format(amount=yuan(total))
            day = standing.as_of.isoformat()
            self.plan.set_foot(_("as of {day}").format(day=day), [], left)

    def _show_segments(self, view: LoanView, sides: SidesView | None) -> None:
        waiting = sum(each.state is ChangeState.ENTERED for each in view.changes)
        due = sum(each.result is None for each in view.checks)
        chosen = self.segments.value()
        live = sum(each.live for each in sides.rows) if sides else 0
        self.segments.show_parts(
            [
                Part(PLAN, _("Plan"), len(view.plan) or None),
                Part(WAY, _("Way")),
                Part(
                    MONEY,
                    _("Entries"),
                    waiting or None,
                    "clock" if waiting else "",
                    "wait" if waiting else "",
                ),
                Part(SIDES, _("Counter-guarantee"), live or None),
                Part(CHECKS, _("Checks"), due or None),
            ]
        )
        if chosen in self._parts:
            self.segments.choose(chosen)


def _above(first: QWidget, second: QWidget) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    if isinstance(first, Label):
        first.setContentsMargins(12, 8, 12, 8)
        column.addWidget(first)
    else:
        column.addWidget(first, 3)
    column.addWidget(second, 2)
    return holder


WAY_STATES = (
    LoanState.CHECKED,
    LoanState.RECOMMENDED,
    LoanState.SURVEYED,
    LoanState.GUARANTEED,
    LoanState.SECURED,
    LoanState.BANK_APPROVED,
    LoanState.REPAYING,
)


def _stages(view: LoanView) -> Sequence[Stage]:
    """Return the steps to the money: those done, the next one, those to come."""
    if view.next_step is None:
        return []
    at = WAY_STATES.index(view.next_step)
    return [
        Stage(words.step(each), "done" if place < at else "now" if place == at else "next")
        for place, each in enumerate(WAY_STATES)
    ]


def _steps_table() -> RecordTable[StepRow]:
    return RecordTable(
        StepRow,
        [
            Column("step", width=140, cell=step_cell),
            Column("note", _("What was found"), 200, told_cell, stretch=True),
            Column("decided_by", width=110, cell=by_cell),
        ],
        name="table_steps",
        two_lines=True,
        flat=True,
        sortable=False,
        empty=EmptyState(_("No step taken yet"), _("The next one stands below.")),
    )


def _findings_table() -> RecordTable[FindingRow]:
    return RecordTable(
        FindingRow,
        [
            Column("says", stretch=True, cell=_finding),
        ],
        name="table_findings",
        two_lines=True,
        flat=True,
        sortable=False,
        empty=EmptyState(_("The conditions stand here once they were checked")),
    )


def _finding(row: FindingRow) -> Cell:
    """Return a condition with its mark, and what the limit and its source are."""
    beside = "　".join(part for part in (row.limit, row.source) if part)
    if row.held is None:
        return Cell(row.says, beside, icon="circle-question-mark", tone="wait")
    icon, tone = ("circle-check", "ok") if row.held else ("ban", "bad")
    return Cell(row.says, beside, icon=icon, tone=tone)


def _events_table() -> RecordTable[LoanEventRow]:
    return RecordTable(
        LoanEventRow,
        [
            Column("number", _("No."), 46, lambda row: Cell(str(row.number)), right=True),
            Column("day", width=104),
            Column("kind", width=150, cell=event_cell),
            Column(
                "fen",
                width=110,
                cell=lambda row: Cell(yuan(row.fen) if row.fen else ""),
                right=True,
            ),
            Column(
                "document", width=120, stretch=True, cell=lambda row: Cell(row.document, row.note)
            ),
            Column("entered_by", width=120, cell=entered_cell),
        ],
        name="table_events",
        two_lines=True,
        flat=True,
        sortable=False,
        empty=EmptyState(_("Nothing was entered yet")),
    )


def _changes_table() -> RecordTable[LoanChangeRow]:
    return RecordTable(
        LoanChangeRow,
        [
            Column("kind", _("Changes"), 150, change_cell),
            Column("day", width=104),
            Column(
                "fen",
                width=110,
                cell=lambda row: Cell(yuan(row.fen) if row.fen else ""),
                right=True,
            ),
            Column("reason", stretch=True, cell=lambda row: Cell(row.reason, row.document)),
            Column("entered_by", width=120, cell=entered_cell),
        ],
        name="table_changes",
        two_lines=True,
        flat=True,
        sortable=False,
        empty=EmptyState(_("No change was entered")),
    )


def _sides_table() -> RecordTable[SideRow]:
    return RecordTable(
        SideRow,
        [
            Column("name", width=130, cell=side_cell),
            Column("id_number", width=150),
            Column("unit", _("Employer or thing"), stretch=True, cell=side_says_cell),
            Column("covers", width=140, cell=capacity_cell, right=True),
        ],
        name="table_sides",
        two_lines=True,
        flat=True,
        sortable=False,
        empty=EmptyState(_("Nobody stands beside the borrower yet"), _("Add one with Alt+G.")),
    )


def _checks_table() -> RecordTable[LoanCheckRow]:
    columns: list[Column] = [
        Column("due_on", width=104),
        Column("done_on", width=104),
        Column("result", width=130, cell=check_cell),
        Column("findings", stretch=True),
        Column("jobs", width=90, right=True),
    ]
    return RecordTable(
        LoanCheckRow,
        columns,
        name="table_checks",
        two_lines=True,
        flat=True,
        sortable=False,
        empty=EmptyState(_("Checks begin once the bank has lent")),
    )
