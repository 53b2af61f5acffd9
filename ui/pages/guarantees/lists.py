"""The lists at the left: guarantee funds, claims, and above these what is due to be claimed."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.i18n import _
from app.loans.guarantee_records import GuaranteeFundRow
from app.loans.subsidy_records import ClaimDue, ClaimRow
from ui.kit.cards import EmptyState, Reminder, clear_layout
from ui.kit.cells import Column
from ui.kit.segments import Part
from ui.kit.table import RecordTable
from ui.pages.guarantees.cells import (
    claim_cell,
    claim_state_cell,
    claimed_cell,
    fund_cell,
    left_cell,
)

FUNDS, CLAIMS, PORTFOLIO = "funds", "claims", "portfolio"


def parts(due: int = 0) -> list[Part]:
    """Return the parts of the page, with how many claims are due."""
    icon, tone = ("clock", "wait") if due else ("", "")
    return [
        Part(FUNDS, _("Guarantee fund")),
        Part(CLAIMS, _("Interest subsidy"), due or None, icon, tone),
        Part(PORTFOLIO, _("All loans")),
    ]


class DueList(QWidget):
    """The banks that have not claimed the last quarter."""

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    def show_due(self, due: Sequence[ClaimDue], make: Callable[[ClaimDue], object] | None) -> None:
        """Show what is due; ``make`` asks for the claim, where this person may make one."""
        clear_layout(self._column)
        self.setVisible(bool(due))
        says = _("{bank}: quarter {quarter} of {year} is not claimed yet")
        for each in due:
            words = says.format(bank=each.bank, quarter=each.quarter, year=each.year)
            if make is None:
                self._column.addWidget(Reminder("clock", "wait", words))
            else:
                act, run = _("Make the claim"), partial(make, each)
                self._column.addWidget(Reminder("clock", "wait", words, act=act, run=run))


def funds_table() -> RecordTable[GuaranteeFundRow]:
    """Return the table of guarantee funds."""
    return RecordTable(
        GuaranteeFundRow,
        [
            Column("name", cell=fund_cell, stretch=True),
            Column("capital", _("Capital (yuan)"), 116),
            Column("left", _("Room left (yuan)"), 116, left_cell, right=True),
        ],
        name="table_guarantees",
        two_lines=True,
        empty=EmptyState(
            _("No guarantee fund yet"),
            _("Finance opens one and enters its capital; another person confirms."),
        ),
    )


def claims_table() -> RecordTable[ClaimRow]:
    """Return the table of claims."""
    return RecordTable(
        ClaimRow,
        [
            Column("first_day", _("Claims"), 150, claim_cell, stretch=True),
            Column("fen", _("Total (yuan)"), 116, claimed_cell, right=True),
            Column("state", width=140, cell=claim_state_cell),
        ],
        name="table_claims",
        two_lines=True,
        empty=EmptyState(
            _("No claim yet"), _("The subsidised interest of a quarter is claimed once it is over.")
        ),
    )
