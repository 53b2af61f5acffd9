"""One claim of interest subsidy: how far it has come, and its lines."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.i18n import _
from app.core.words.loans import ClaimState
from app.loans.subsidy_records import ClaimLineRow, ClaimRow, ClaimView
from ui.kit.cards import Card, EmptyState
from ui.kit.cells import Column, yuan
from ui.kit.labels import Label, Rule
from ui.kit.ribbon import Stage, StageRibbon
from ui.kit.table import RecordTable
from ui.pages.guarantees.cells import (
    base_cell,
    borrower_cell,
    days_cell,
    quarter_of,
    subsidy_cell,
)

WAY = (ClaimState.DRAFTED, ClaimState.CONFIRMED, ClaimState.SENT, ClaimState.RECEIVED)


class ClaimDetail(Card):
    """The claim that is chosen."""

    def __init__(self) -> None:
        super().__init__(flush=True)
        self.setObjectName("claim_detail")
        self.view: ClaimView | None = None
        self._head = QWidget()
        column = QVBoxLayout(self._head)
        column.setContentsMargins(16, 12, 16, 10)
        column.setSpacing(8)
        self._title = Label(role="section")
        column.addWidget(self._title)
        self.ribbon = StageRibbon()
        column.addWidget(self.ribbon)
        self._sums, self._people = Label(role="body", wrap=True), Label(role="small", wrap=True)
        column.addWidget(self._sums)
        column.addWidget(self._people)
        self.body.addWidget(self._head)
        self.body.addWidget(Rule())
        self.body.setSpacing(0)
        self.lines = _lines_table()
        self.body.addWidget(self.lines, 1)

    def show_view(self, view: ClaimView | None) -> None:
        """Show a claim, or that none is chosen."""
        self.view = view
        self._head.setVisible(view is not None)
        self.lines.show_rows(view.lines if view else [])
        if view is None:
            return
        row = view.row
        self._title.setText(f"{row.bank}　{quarter_of(row)}")
        self._show_way(row.state)
        self._sums.setText(_sums(row))
        self._people.setText(_people(row))
        self.lines.set_foot(
            _("{count} lines").format(count=f"{len(view.lines):,}"),
            [("Enter", _("Open the loan"))],
            total=_("{amount} yuan").format(amount=yuan(row.fen)),
        )

    def _show_way(self, state: ClaimState) -> None:
        if state is ClaimState.WITHDRAWN:
            self.ribbon.show_stages([Stage(state.label, "stopped")])
            return
        at = WAY.index(state)
        last = state is ClaimState.RECEIVED
        self.ribbon.show_stages(
            [
                Stage(
                    each.label,
                    "done" if place < at or last else "now" if place == at else "next",
                )
                for place, each in enumerate(WAY)
            ]
        )

    def set_small(self, *, small: bool) -> None:
        """Leave out what can be done without in a small window."""
        self.lines.hide_columns({"reason"} if small else set())


def _sums(row: ClaimRow) -> str:
    says = _("{first} to {last}, {count} loans: claimed {amount} yuan")
    parts = [
        says.format(
            first=row.first_day, last=row.last_day, count=row.loans, amount=yuan(row.claimed)
        )
    ]
    if row.clawed_back:
        parts.append(_("clawed back {amount} yuan").format(amount=yuan(row.clawed_back)))
    if row.received is not None:
        parts.append(
            _("{amount} yuan came on {day}").format(
                amount=yuan(row.received), day=row.received_on or ""
            )
        )
    elif row.sent_on is not None:
        parts.append(_("sent on {day}").format(day=row.sent_on))
    return "　".join(parts)


def _people(row: ClaimRow) -> str:
    parts = [row.number, _("made by {name}").format(name=row.made_by)]
    if row.confirmed_by:
        parts.append(_("{name} confirmed it").format(name=row.confirmed_by))
    if row.note:
        parts.append(row.note)
    return "　".join(parts)


def _lines_table() -> RecordTable[ClaimLineRow]:
    return RecordTable(
        ClaimLineRow,
        [
            Column("number", width=46),
            Column("name", cell=borrower_cell, stretch=True),
            Column("from_on", _("Days of interest"), 190, days_cell),
            Column("base", width=116, cell=base_cell, right=True),
            Column("fen", width=110, cell=subsidy_cell, right=True),
            Column("reason", width=150),
        ],
        name="table_claim_lines",
        two_lines=True,
        flat=True,
        sortable=False,
        empty=EmptyState(_("Choose a claim")),
    )
