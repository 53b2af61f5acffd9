"""One placement: who works where since when, what shows it, and the follow-ups so far."""

from typing import Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.i18n import _
from app.core.words import Answer
from app.core.words.placements import FollowUpResult, PlacementState
from app.placements.placement_records import FollowUpRow, PlacementView
from ui.job_looks import PLACEMENTS
from ui.kit.cards import EmptyState, Facts, clear_layout
from ui.kit.cells import Cell, Column, joined, yuan
from ui.kit.detail import DetailCard, Line
from ui.kit.labels import Status
from ui.kit.layout import scrolling
from ui.kit.table import RecordTable
from ui.pages.jobs.cells import DASH, PROOFS, wage

FACTS: Final = "facts"
FOLLOW_UPS: Final = "follow_ups"
NAME_WIDTH: Final = 110
RESULTS: Final = {
    FollowUpResult.AT_WORK: ("circle-check", "ok"),
    FollowUpResult.LEFT: ("corner-down-left", "wait"),
    FollowUpResult.NOT_REACHED: ("circle-question-mark", "wait"),
}


class PlacementDetail(DetailCard):
    """The placement that is chosen, or that a follow-up asks about."""

    def __init__(self, name: str, empty: str) -> None:
        holder = QWidget()
        self._column = QVBoxLayout(holder)
        self._column.setContentsMargins(16, 12, 16, 12)
        self.follow_ups: RecordTable[FollowUpRow] = RecordTable(
            FollowUpRow,
            [
                Column("month", _("Follow-up"), 120, _month),
                Column("result", width=130, cell=_result),
                Column("wage", width=120, cell=lambda row: Cell(yuan(row.wage)), right=True),
                Column("note", stretch=True, cell=lambda row: Cell(row.note or DASH, row.done_by)),
            ],
            name=f"table_{name}",
            two_lines=True,
            flat=True,
            sortable=False,
            empty=EmptyState(_("Nobody asked yet")),
        )
        super().__init__(
            name,
            empty,
            {
                FACTS: (_("Job"), scrolling(holder)),
                FOLLOW_UPS: (_("Follow-ups"), self.follow_ups),
            },
        )

    def show_placement(self, view: PlacementView | None) -> None:
        """Show another placement, or none."""
        if view is None:
            self.show_none()
            return
        row = view.row
        self.show_head(
            f"{row.name}　{row.number}", (row.state.label, *PLACEMENTS[row.state]), _lines(view)
        )
        clear_layout(self._column)
        self._column.addWidget(_facts(view))
        self._column.addStretch(1)
        self.follow_ups.show_rows(view.follow_ups)
        self.show_parts({FACTS: None, FOLLOW_UPS: len(view.follow_ups)})


def _lines(view: PlacementView) -> list[Line]:
    row = view.row
    lines: list[Line] = [joined(row.occupation, row.employer)]
    if view.to_reassess:
        lines.append((_("The household is to be assessed again"), "triangle-alert", "wait"))
    if row.imported:
        lines.append((_("From an old register"), "history", "text_soft"))
    if row.state is PlacementState.LEFT and row.left_on:
        left = _("left on {day}").format(day=row.left_on.isoformat())
        lines.append(joined(left, row.end_reason))
    elif row.end_reason:
        lines.append(row.end_reason)
    return lines


def _facts(view: PlacementView) -> Facts:
    facts, row = Facts(NAME_WIDTH), view.row
    facts.add_fact(_("Started on"), row.started_on.isoformat())
    facts.add_fact(_("Wage a month"), wage(row.wage))
    if row.contract_months:
        months = _("{count} months").format(count=row.contract_months)
        facts.add_fact(_("Contract, months"), months)
    icon, tone = PROOFS[row.proof]
    shown = Status(row.proof.label, icon, tone)
    proved = row.proved_on.isoformat() if row.proved_on else ""
    facts.add_fact(_("Proof"), shown, joined(row.proof_words, proved))
    if row.insured_from:
        facts.add_fact(_("First month insured"), row.insured_from.strftime("%Y-%m"))
    if row.free_of_charge is Answer.NO:
        paid = Status(_("Paid for it: look into it"), "triangle-alert", "bad")
        facts.add_fact(_("Charges"), paid)
    else:
        free = row.free_of_charge is Answer.YES
        facts.add_fact(_("Charges"), _("Nothing taken") if free else row.free_of_charge.label)
    if row.public_welfare:
        ends = row.ends_on.isoformat() if row.ends_on else DASH
        says = _("until {day} at most").format(day=ends)
        facts.add_fact(_("Public-welfare post"), says)
    if row.next_follow_up_on:
        says = _("{day}, after {count} months").format(
            day=row.next_follow_up_on.isoformat(), count=row.next_follow_up_month
        )
        facts.add_fact(_("Next follow-up"), says)
    came = view.referral_number or _("Found without a letter")
    facts.add_fact(_("Letter of referral"), came)
    if view.vacancy_number:
        facts.add_fact(_("Vacancy number"), view.vacancy_number)
    if view.seeker_number:
        facts.add_fact(_("Registration number"), view.seeker_number)
    if view.file_number:
        facts.add_fact(_("Household file"), view.file_number)
    if view.note:
        facts.add_fact(_("Note"), view.note)
    facts.add_fact(_("Entered by"), view.entered_by)
    return facts


def _month(row: FollowUpRow) -> Cell:
    return Cell(_("after {count} months").format(count=row.month), row.done_on.isoformat())


def _result(row: FollowUpRow) -> Cell:
    icon, tone = RESULTS[row.result]
    return Cell(row.result.label, icon=icon, tone=tone)
