"""Follow-ups that are due: who has to be called, and what was found last."""

from typing import TYPE_CHECKING

from app.core.i18n import _
from app.placements.job_worklists import follow_ups_due
from app.placements.placement_queries import placement_view
from app.placements.placement_records import (
    FollowUpDue,
    FollowUpQuery,
    PlacementById,
    PlacementView,
)
from ui.kit.asking_page import Offers
from ui.kit.cards import EmptyState
from ui.kit.cells import Cell, Column, joined
from ui.kit.table import RecordTable
from ui.kit.worklist import LIMIT, FilterLine, Worklist, listed
from ui.pages.jobs.placement_acts import PlacementActs
from ui.pages.jobs.placement_detail import PlacementDetail
from ui.pages.jobs.placements import placement_offers
from ui.phones import phones_act

if TYPE_CHECKING:
    from ui.pages.jobs.page import JobsPage


class FollowUps(Worklist["JobsPage"]):
    """The follow-ups by their day; F9 enters what the call found."""

    key = "follow_ups"

    def __init__(self, page: "JobsPage") -> None:
        super().__init__(page)
        self.text = FilterLine("follow_up_filter", _("Name, employer or number"), self.refresh)
        self.table: RecordTable[FollowUpDue] = RecordTable(
            FollowUpDue,
            [
                Column("due_on", _("Due"), 120, _due),
                Column("name", _("Who found work"), 132, _who),
                Column("employer", cell=_where, stretch=True),
            ],
            name="table_follow_ups",
            two_lines=True,
            empty=EmptyState(_("No follow-up is due"), _("The next ones come by themselves.")),
        )
        self.left = listed(self.table, self.text)
        self.thing = self.detail = PlacementDetail("follow_up_detail", _("No follow-up chosen"))
        self.view: PlacementView | None = None
        self.acts = PlacementActs(page)

    def refresh(self) -> None:
        """Ask for the list."""
        asked = FollowUpQuery(text=self.text.asked(), limit=LIMIT)
        self.desk.ask(follow_ups_due, asked, then=self._show_rows, latest=self.table)

    def _show_rows(self, rows: list[FollowUpDue]) -> None:
        self.show_list(rows, _("{count} follow-ups due").format(count=f"{len(rows):,}"))

    def keys(self) -> list[tuple[str, str]]:
        """Return the keys of the list."""
        return [("F9", _("Follow-up"))]

    def pick(self, row: FollowUpDue | None) -> None:
        """Show the placement that the follow-up is about."""
        self.page.banners.clear()
        if row is None:
            self._show(None)
        else:
            asked = PlacementById(id=row.id)
            self.desk.ask(placement_view, asked, then=self._show, latest=self.detail)

    def _show(self, view: PlacementView | None) -> None:
        self.view = view
        self.detail.show_placement(view)
        self.page.tell()

    def offers(self) -> Offers:
        """Return what can be done with the placement; the follow-up comes first."""
        if self.view is None:
            return Offers()
        offers = placement_offers(self.page, self.acts, self.view)
        row = self.table.current()
        if row is None:
            return offers
        phones = joined(row.phone, _("employer {phone}").format(phone=row.employer_phone))
        placed = self.view.row
        beside = [*offers.beside, *phones_act(self.page, placed.job_seeker_id, placed.employer_id)]
        says = (_("Call {phones}").format(phones=phones), "", "")
        return offers._replace(beside=beside, says=says)


def _due(row: FollowUpDue) -> Cell:
    month = _("after {count} months").format(count=row.month)
    if row.days > 0:
        says = _("{count} days late").format(count=row.days)
        return Cell(says, month, icon="circle-x", tone="bad")
    says = _("today") if row.days == 0 else row.due_on.isoformat()
    return Cell(says, month, icon="clock", tone="wait")


def _who(row: FollowUpDue) -> Cell:
    tried = _("not reached {count} times").format(count=row.not_reached) if row.not_reached else ""
    return Cell(row.name, tried or row.phone, bold=True, second_tone="wait" if tried else "")


def _where(row: FollowUpDue) -> Cell:
    since = _("since {day}").format(day=row.started_on.isoformat())
    return Cell(row.employer, joined(row.occupation, since))
