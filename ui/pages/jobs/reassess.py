"""Households to be assessed again: somebody in them found work since the last assessment."""

from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.i18n import _
from app.placements.job_worklists import to_reassess
from app.placements.placement_records import ReassessQuery, ReassessRow
from ui.kit.ask_pane import Act
from ui.kit.asking_page import Offers
from ui.kit.cards import EmptyState, Facts, clear_layout
from ui.kit.cells import Cell, Column, joined
from ui.kit.detail import DetailCard
from ui.kit.labels import Status
from ui.kit.layout import scrolling
from ui.kit.table import RecordTable
from ui.kit.worklist import LIMIT, Worklist, listed
from ui.pages.jobs.cells import DASH, PROOFS, wage

if TYPE_CHECKING:
    from ui.pages.jobs.page import JobsPage

FACTS: Final = "facts"


class Reassess(Worklist["JobsPage"]):
    """The households whose income changed; F9 opens the file, where it is assessed."""

    key = "reassess"

    def __init__(self, page: "JobsPage") -> None:
        super().__init__(page)
        self.table: RecordTable[ReassessRow] = RecordTable(
            ReassessRow,
            [
                Column("head", _("Household"), 190, _household),
                Column("name", _("Who found work"), cell=_work, stretch=True),
                Column("assessed_on", width=130, cell=_assessed),
            ],
            name="table_reassess",
            two_lines=True,
            empty=EmptyState(
                _("No household is to be assessed again"),
                _("When a member finds work, the household comes here."),
            ),
        )
        self.left = listed(self.table)
        holder = QWidget()
        self._column = QVBoxLayout(holder)
        self._column.setContentsMargins(16, 12, 16, 12)
        self.thing = self.detail = DetailCard(
            "reassess_detail", _("No household chosen"), {FACTS: (_("Job"), scrolling(holder))}
        )
        self.row: ReassessRow | None = None

    def refresh(self) -> None:
        """Ask for the list."""
        asked = ReassessQuery(limit=LIMIT)
        self.desk.ask(to_reassess, asked, then=self._show_rows, latest=self.table)

    def _show_rows(self, rows: list[ReassessRow]) -> None:
        self.show_list(rows, _("{count} households").format(count=f"{len(rows):,}"))

    def keys(self) -> list[tuple[str, str]]:
        """Return the keys of the list."""
        return [("Enter", _("Open"))]

    def identity(self, row: ReassessRow) -> int:
        """Return the household."""
        return row.household_id

    def open(self, _row: object) -> None:
        """Open the household file."""
        self._open_file()

    def pick(self, row: ReassessRow | None) -> None:
        """Show who found work where."""
        self.row = row
        if row is None:
            self.detail.show_none()
        else:
            self.detail.show_head(
                f"{row.head}　{row.file_number}",
                (_("To assess again"), "triangle-alert", "wait"),
                [_("The income of the household has changed: a member found work.")],
            )
            clear_layout(self._column)
            self._column.addWidget(_facts(row))
            self._column.addStretch(1)
        self.page.tell()

    def offers(self) -> Offers:
        """Return the way to the file."""
        row = self.row
        if row is None:
            return Offers()
        first = Act(_("Open the household file"), self._open_file, "", "users", "F9")
        more = [
            Act(
                _("Open the placement"),
                lambda: self.page.turn_to("placements", row.placement_id),
                icon="briefcase-business",
            )
        ]
        return Offers(first, None, (), more, (_("Assessed in the household file"), "", ""))

    def _open_file(self) -> None:
        if self.row is not None:
            self.page.go.emit("household", self.row.household_id)


def _facts(row: ReassessRow) -> Facts:
    facts = Facts(110)
    icon, tone = PROOFS[row.proof]
    facts.add_fact(_("Who found work"), row.name)
    facts.add_fact(_("Employer"), row.employer)
    facts.add_fact(_("Started on"), row.started_on.isoformat())
    facts.add_fact(_("Wage a month"), wage(row.wage))
    facts.add_fact(_("Proof"), Status(row.proof.label, icon, tone))
    facts.add_fact(_("District"), row.district or DASH)
    assessed = row.assessed_on.isoformat() if row.assessed_on else _("never")
    facts.add_fact(_("Assessed last"), assessed)
    return facts


def _household(row: ReassessRow) -> Cell:
    return Cell(row.head, row.file_number, bold=True)


def _work(row: ReassessRow) -> Cell:
    since = _("since {day}").format(day=row.started_on.isoformat())
    return Cell(row.name, joined(row.employer, since))


def _assessed(row: ReassessRow) -> Cell:
    if row.assessed_on is None:
        return Cell(_("never"), icon="circle-dashed", tone="wait")
    return Cell(row.assessed_on.isoformat())
