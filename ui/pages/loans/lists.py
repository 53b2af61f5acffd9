"""The tables at the left of the page: a worklist, and all loans."""

from app.core.i18n import _
from app.loans.records import LoanRow
from app.loans.view_records import LoanList, WorkCounts, WorkRow
from ui.kit.cards import EmptyState
from ui.kit.cells import Column
from ui.kit.segments import Part
from ui.kit.table import RecordTable
from ui.pages.loans.cells import state_cell, sum_cell, when_cell, who_cell

ALL = "all"
LATE = (LoanList.OVERDUE_30, LoanList.OVERDUE_90, LoanList.OVERDUE_MORE)


def loan_of(row: WorkRow | LoanRow) -> int:
    """Return which loan a line is about."""
    return row.loan_id if isinstance(row, WorkRow) else row.id


def parts_of(counts: WorkCounts | None) -> list[Part]:
    """Return the lists with how much waits in each; what is late carries a sign."""
    known = {each.list: each.count for each in counts.lists} if counts else {}
    parts = [Part(ALL, _("All"))]
    for each in LoanList:
        count = known.get(each, 0)
        icon, tone = ("triangle-alert", "bad") if count and each in LATE else ("", "")
        parts.append(Part(each.value, each.label, count, icon, tone))
    return parts


def work_table() -> RecordTable[WorkRow]:
    """Return the table of a worklist."""
    return RecordTable(
        WorkRow,
        [
            Column("name", _("Loans"), 160, who_cell, stretch=True),
            Column("amount", width=116, cell=sum_cell, right=True),
            Column("day", _("What waits"), 150, when_cell),
        ],
        name="table_work",
        two_lines=True,
        empty=EmptyState(_("Nothing waits here")),
    )


def all_table() -> RecordTable[LoanRow]:
    """Return the table of all loans."""
    return RecordTable(
        LoanRow,
        [
            Column("name", _("Loans"), 160, who_cell, stretch=True),
            Column("asked", _("Amount (yuan)"), 116, sum_cell, right=True),
            Column("state", width=150, cell=state_cell),
        ],
        name="table_loans",
        two_lines=True,
        empty=EmptyState(_("No loan yet"), _("Enter an enquiry with Alt+N.")),
    )
