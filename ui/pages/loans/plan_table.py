"""Plans: as it stands, and before and after a change side by side."""

from functools import partial

from app.core.i18n import _
from app.loans.money_records import Allocated, PlanLine, PlanPair
from ui.kit.cards import EmptyState
from ui.kit.cells import Cell, Column, yuan
from ui.kit.table import RecordTable
from ui.pages.loans.cells import (
    due_cell,
    interest_cell,
    line_cell,
    owed_cell,
    paid_cell,
    pair_cell,
)


def plan_table() -> RecordTable[PlanLine]:
    """Return the table of a plan."""
    return RecordTable(
        PlanLine,
        [
            Column("number", _("Inst."), 46, lambda row: Cell(str(row.number)), right=True),
            Column("due_on", width=116, cell=due_cell),
            Column("principal", width=92, cell=lambda row: Cell(yuan(row.principal)), right=True),
            Column("interest", width=98, cell=interest_cell, right=True),
            Column("due", width=98, cell=owed_cell, right=True),
            Column("paid", _("Paid back (yuan)"), 92, paid_cell, right=True),
            Column("state", stretch=True, cell=line_cell),
        ],
        name="table_plan",
        two_lines=True,
        flat=True,
        sortable=False,
        empty=EmptyState(_("The plan appears once the bank has lent")),
    )


def pairs_table() -> RecordTable[PlanPair]:
    """Return the table of a plan before and after."""

    def of(name: str) -> partial[Cell]:
        return partial(pair_cell, name)

    table = RecordTable(
        PlanPair,
        [
            Column("number", _("Inst."), 46, lambda row: Cell(str(row.number)), right=True),
            Column("due_on", width=100),
            Column("principal_after", _("Principal"), 120, of("principal"), right=True),
            Column("interest_after", _("Interest"), 110, of("interest"), right=True),
            Column("open_after", _("To be paid"), 120, of("open"), right=True, stretch=True),
        ],
        name="table_pairs",
        two_lines=True,
        sortable=False,
        empty=EmptyState(_("The plan does not change")),
    )
    table.setMinimumHeight(220)
    return table


def parts_table() -> RecordTable[Allocated]:
    """Return the table of what a payment settles."""
    table = RecordTable(
        Allocated,
        [
            Column("number", _("Inst."), 46, lambda row: Cell(str(row.number)), right=True),
            Column("due_on", width=110),
            Column("part", width=110),
            Column("fen", stretch=True, right=True),
        ],
        name="table_parts",
        sortable=False,
        empty=EmptyState(_("Type the amount to see what it settles")),
    )
    table.setMinimumHeight(180)
    return table
