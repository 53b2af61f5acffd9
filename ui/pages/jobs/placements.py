"""Placements: who found work where, what shows it, who stayed."""

from typing import TYPE_CHECKING, Final

from app.core.i18n import _
from app.core.words.placements import PROVED, PlacementState, Proof
from app.placements.correcting import correct_placement
from app.placements.following_up import tell_follow_up
from app.placements.placement_queries import placement_rows, placement_view
from app.placements.placement_records import (
    PlacementById,
    PlacementQuery,
    PlacementRow,
    PlacementView,
)
from app.placements.placing import (
    leave_job,
    prove_placement,
    take_back_leaving,
    take_back_placement,
)
from ui.job_looks import PLACEMENTS
from ui.kit.ask_pane import Act
from ui.kit.asking_page import Offers
from ui.kit.cards import EmptyState
from ui.kit.cells import Cell, Column, joined, yuan
from ui.kit.table import RecordTable
from ui.kit.worklist import LIMIT, FilterLine, listed
from ui.pages.jobs.cells import PROOFS, chooser
from ui.pages.jobs.joblist import ALL, JobList
from ui.pages.jobs.placement_acts import PlacementActs
from ui.pages.jobs.placement_detail import PlacementDetail

if TYPE_CHECKING:
    from ui.pages.jobs.page import JobsPage

UNPROVED: Final = "unproved"
PRESUMED: Final = "presumed"


class Placements(JobList):
    """The placements: F9 proves, asks again, or enters that somebody left."""

    key = "placements"

    def __init__(self, page: "JobsPage") -> None:
        super().__init__(page)
        self.text = FilterLine(
            "placement_filter", _("Name, employer, number or whole ID number"), self.refresh
        )
        self.standing = chooser(
            "placement_standing",
            _("State"),
            [
                (PlacementState.WORKING.value, PlacementState.WORKING.label),
                (UNPROVED, Proof.NOT_SHOWN.label),
                (PRESUMED, Proof.PRESUMED.label),
                (PlacementState.LEFT.value, PlacementState.LEFT.label),
                (ALL, _("All")),
            ],
            self.refresh,
        )
        self.table: RecordTable[PlacementRow] = RecordTable(
            PlacementRow,
            [
                Column("name", _("Who found work"), 132, _who),
                Column("employer", cell=_where, stretch=True),
                Column("state", width=150, cell=_state),
            ],
            name="table_placements",
            two_lines=True,
            empty=EmptyState(
                _("No placement here"), _("Entering that somebody was hired makes one.")
            ),
        )
        self.left = listed(self.table, self.text, self.standing)
        self.thing = self.detail = PlacementDetail("placement_detail", _("No placement chosen"))
        self.view: PlacementView | None = None
        self.acts = PlacementActs(page)

    def query(self) -> PlacementQuery:
        """Return what is asked for: a text looks in all states."""
        text, standing = self.text.asked(), self.standing.currentData()
        if text or standing == ALL:
            return PlacementQuery(text=text, limit=LIMIT)
        proofs = {UNPROVED: (Proof.NOT_SHOWN,), PRESUMED: (Proof.PRESUMED,)}.get(standing, ())
        left = standing == PlacementState.LEFT.value
        state = PlacementState.LEFT if left else PlacementState.WORKING
        return PlacementQuery(states=(state,), proofs=proofs, limit=LIMIT)

    def refresh(self) -> None:
        """Ask for the list."""
        self.desk.ask(placement_rows, self.query(), then=self._show_rows, latest=self.table)

    def _show_rows(self, rows: list[PlacementRow]) -> None:
        self.show_found(rows, _("{count} placements").format(count=f"{len(rows):,}"))

    def pick(self, row: PlacementRow | None) -> None:
        """Show the placement that is marked."""
        if row is None:
            self._show(None)
        else:
            self.ask_view(row.id)

    def ask_view(self, key: int) -> None:
        """Show one placement by its id."""
        self.desk.ask(placement_view, PlacementById(id=key), then=self._show, latest=self.detail)

    def _show(self, view: PlacementView | None) -> None:
        self.view = view
        self.detail.show_placement(view)
        if view is not None:
            self.put_last(view.row)
        self.page.tell()

    def offers(self) -> Offers:
        """Return what can be done with the placement."""
        view = self.view
        if view is None:
            return Offers()
        return placement_offers(self.page, self.acts, view)


def placement_offers(page: "JobsPage", acts: PlacementActs, view: PlacementView) -> Offers:
    """Return what can be done with a placement, what is due first."""
    row, reason = view.row, page.desk.reason
    due = row.next_follow_up_on is not None and row.next_follow_up_on <= page.desk.today()
    ask = Act(
        _("Enter the follow-up"),
        lambda: acts.ask_follow_up(row),
        reason(tell_follow_up),
        "check",
    )
    prove = Act(
        _("Enter the proof"), lambda: acts.ask_proof(view), reason(prove_placement), "badge-check"
    )
    leave = Act(
        _("Enter the leaving"),
        lambda: acts.ask_leave(view),
        reason(leave_job),
        "corner-down-left",
    )
    first: Act | None = None  # leaving is never it: that happens, it is not due
    order: list[Act] = []
    if row.state is PlacementState.WORKING:
        order = [leave, prove] if row.proof in PROVED else [prove, leave]
        if due:
            first = ask
        elif row.proof not in PROVED:
            first = order.pop(0)
    more = order[1:]
    if row.state is not PlacementState.TAKEN_BACK and row.proof is not Proof.PRESUMED:
        more.append(
            Act(
                _("Correct the placement…"),
                lambda: acts.ask_correction(view),
                reason(correct_placement),
                "pencil",
            )
        )
    if row.state is not PlacementState.TAKEN_BACK:
        more.append(
            Act(
                _("Take the placement back…"),
                lambda: acts.take_back(view),
                reason(take_back_placement),
                "undo-2",
            )
        )
    if row.state is PlacementState.LEFT:
        more.append(
            Act(
                _("Works there after all"),
                lambda: acts.take_back_leaving(view),
                reason(take_back_leaving),
                "undo-2",
            )
        )
    for words, icon, key, wanted in (
        (_("Open the job seeker"), "user-round", "seekers", row.job_seeker_id),
        (_("Open the letter"), "file-text", "referrals", row.job_referral_id),
    ):
        if wanted is not None:
            more.append(Act(words, lambda key=key, at=wanted: page.turn_to(key, at), icon=icon))
    household = row.household_id
    if household is not None:
        more.append(
            Act(
                _("Open the household file"),
                lambda: page.go.emit("household", household),
                icon="users",
            )
        )
    if first is not None:
        first = first._replace(key="F9")
    beside = [each._replace(key="F8") for each in order[:1]]
    return Offers(first, None, beside, more, _says(row))


def _says(row: PlacementRow) -> tuple[str, str, str]:
    if row.state is not PlacementState.WORKING:
        return row.state.label, "", ""
    since = _("At work since {day}").format(day=row.started_on.isoformat())
    tone = "" if row.proof in PROVED else "wait"
    return since, row.proof.label, tone


def _who(row: PlacementRow) -> Cell:
    return Cell(row.name, row.number, bold=True)


def _where(row: PlacementRow) -> Cell:
    wage = _("{amount} yuan a month").format(amount=yuan(row.wage)) if row.wage else ""
    return Cell(row.employer, joined(row.occupation, wage))


def _state(row: PlacementRow) -> Cell:
    icon, tone = PLACEMENTS[row.state]
    since = row.left_on or row.started_on
    if row.state is PlacementState.WORKING and row.proof not in PROVED:
        _icon, second_tone = PROOFS[row.proof]
        return Cell(row.state.label, row.proof.label, icon=icon, tone=tone, second_tone=second_tone)
    return Cell(row.state.label, since.isoformat(), icon=icon, tone=tone)
