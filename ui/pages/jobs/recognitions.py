"""Recognitions as difficult to employ: what is to be decided, and on what it rests."""

from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.i18n import _
from app.core.words.placements import RecognitionState
from app.placements.recognising import decide_recognition, end_recognition
from app.placements.recognition_queries import recognition_rows, recognition_view
from app.placements.recognition_records import (
    RecognitionById,
    RecognitionQuery,
    RecognitionRow,
    RecognitionView,
)
from ui.kit.ask_pane import Act
from ui.kit.asking_page import Offers
from ui.kit.cards import EmptyState
from ui.kit.cells import Column, joined
from ui.kit.detail import DetailCard, Line
from ui.kit.layout import scrolling
from ui.kit.table import RecordTable
from ui.kit.worklist import LIMIT, FilterLine, listed
from ui.pages.jobs.cells import (
    RECOGNITIONS,
    chooser,
    grounds_cell,
    recognition_cell,
    recognition_state_cell,
)
from ui.pages.jobs.joblist import ALL, JobList
from ui.pages.jobs.printing import recognition_papers
from ui.pages.jobs.recognition_acts import FindingsView, RecognitionActs

if TYPE_CHECKING:
    from ui.pages.jobs.page import JobsPage

FINDINGS: Final = "findings"


class Recognitions(JobList):
    """The recognitions: F9 recognises what another person applied for."""

    key = "recognitions"

    def __init__(self, page: "JobsPage") -> None:
        super().__init__(page)
        self.text = FilterLine("recognition_filter", _("Name or number"), self.refresh)
        self.standing = chooser(
            "recognition_standing",
            _("State"),
            [
                *((state.value, state.label) for state in RecognitionState),
                (ALL, _("All")),
            ],
            self.refresh,
        )
        self.table: RecordTable[RecognitionRow] = RecordTable(
            RecognitionRow,
            [
                Column("name", width=124, cell=recognition_cell),
                Column("grounds", cell=grounds_cell, stretch=True),
                Column("state", width=140, cell=recognition_state_cell),
            ],
            name="table_recognitions",
            two_lines=True,
            empty=EmptyState(
                _("No recognition stands here"), _("It is applied for from the job seeker.")
            ),
        )
        self.left = listed(self.table, self.text, self.standing)
        holder, self.findings = QWidget(), FindingsView()
        column = QVBoxLayout(holder)
        column.setContentsMargins(16, 12, 16, 12)
        column.addWidget(self.findings)
        self.thing = self.detail = DetailCard(
            "recognition_detail",
            _("No recognition chosen"),
            {FINDINGS: (_("Conditions"), scrolling(holder))},
        )
        self.view: RecognitionView | None = None
        self.acts = RecognitionActs(page)

    def refresh(self) -> None:
        """Ask for the list."""
        text, standing = self.text.asked(), self.standing.currentData()
        states = () if text or standing == ALL else (RecognitionState(standing),)
        asked = RecognitionQuery(text=text, states=states, limit=LIMIT)
        self.desk.ask(recognition_rows, asked, then=self._show_rows, latest=self.table)

    def _show_rows(self, rows: list[RecognitionRow]) -> None:
        self.show_found(rows, _("{count} recognitions").format(count=f"{len(rows):,}"))

    def pick(self, row: RecognitionRow | None) -> None:
        """Show the recognition that is marked."""
        if row is None:
            self._show(None)
        else:
            self.ask_view(row.id)

    def ask_view(self, key: int) -> None:
        """Show one recognition by its id."""
        self.desk.ask(
            recognition_view, RecognitionById(id=key), then=self._show, latest=self.detail
        )

    def _show(self, view: RecognitionView | None) -> None:
        self.view = view
        if view is None:
            self.detail.show_none()
        else:
            row = view.row
            self.detail.show_head(
                f"{row.name}　{row.number}",
                (row.state.label, *RECOGNITIONS[row.state]),
                _lines(row),
            )
            self.findings.show_findings(view.findings)
            self.put_last(row)
        self.page.tell()

    def offers(self) -> Offers:
        """Return what can be done with the recognition."""
        view, reason = self.view, self.desk.reason
        if view is None:
            return Offers()
        row = view.row
        first: Act | None = None
        beside: list[Act] = []
        if row.state is RecognitionState.APPLIED:
            mine = _("You entered this yourself, so another person decides") if row.mine else ""
            why = reason(decide_recognition) or mine
            first = Act(
                _("Recognise"),
                lambda: self.acts.ask_decide(row, recognised=True),
                why,
                "check",
                "F9",
            )
            beside.append(
                Act(
                    _("Do not recognise"),
                    lambda: self.acts.ask_decide(row, recognised=False),
                    why,
                    "ban",
                    "F8",
                )
            )
        beside.append(
            Act(
                _("Papers…"),
                lambda: self.page.pop_up(recognition_papers(self.page, row)),
                icon="printer",
                key="F12",
            )
        )
        more = [
            Act(
                _("Open the job seeker"),
                lambda: self.page.turn_to("seekers", row.job_seeker_id),
                icon="user-round",
            )
        ]
        if row.state is RecognitionState.RECOGNISED:
            more.append(
                Act(
                    _("End the recognition…"),
                    lambda: self.acts.ask_end(row),
                    reason(end_recognition),
                    "undo-2",
                )
            )
        return Offers(first, None, beside, more, (row.state.label, "", ""))


def _lines(row: RecognitionRow) -> list[Line]:
    applied = _("applied by {name}").format(name=row.applied_by)
    lines: list[Line] = [
        joined(row.seeker_number, row.id_number),
        joined("、".join(row.grounds)),
        joined(applied, row.applied_on.isoformat()),
    ]
    if row.decided_on:
        decided = _("decided by {name}").format(name=row.decided_by)
        lines.append(joined(decided, row.decided_on.isoformat(), row.opinion))
    if row.ended_on:
        ended = _("ended on {day}").format(day=row.ended_on.isoformat())
        lines.append(joined(ended, row.ended_reason))
    if row.note:
        lines.append(_("Note: {note}").format(note=row.note))
    if row.unknown and row.state is RecognitionState.APPLIED:
        says = _("Something could not be told when it was applied for")
        lines.append((says, "circle-question-mark", "wait"))
    return lines
