"""Job seekers: the list, the card of the one that is chosen, and what fits them beside it."""

from typing import TYPE_CHECKING, Final

from app.core.i18n import _
from app.core.words.placements import PlacementState, RecognitionState, SeekerState
from app.placements.placing import enter_placement
from app.placements.recognising import apply_recognition
from app.placements.seeker_queries import seeker_count, seeker_rows, seeker_view
from app.placements.seeker_records import (
    SeekerById,
    SeekerChangeForm,
    SeekerQuery,
    SeekerRevealed,
    SeekerRow,
    SeekerView,
)
from app.placements.seekers import (
    change_seeker,
    open_seeker_form,
    register_seeker,
    renew_seeker,
    reveal_seeker,
    withdraw_seeker,
)
from app.reference.choices import choices
from ui.kit.ask_pane import Act
from ui.kit.asking_page import Offers
from ui.kit.cards import EmptyState
from ui.kit.cells import Column
from ui.kit.table import RecordTable
from ui.kit.worklist import LIMIT, FilterLine, listed
from ui.pages.jobs.cells import chooser, seeker_cell, seeker_state_cell, wish_cell
from ui.pages.jobs.joblist import ALL, JobList
from ui.pages.jobs.match_acts import MatchActs
from ui.pages.jobs.matches import Matches
from ui.pages.jobs.placement_acts import PlacementActs
from ui.pages.jobs.printing import seeker_papers
from ui.pages.jobs.recognition_acts import RecognitionActs
from ui.pages.jobs.seeker_acts import SeekerActs
from ui.pages.jobs.seeker_card import SeekerCard

if TYPE_CHECKING:
    from ui.pages.jobs.page import JobsPage

LIVE: Final = "live"
EXPIRED: Final = "expired"
RECOGNISED: Final = "recognised"


class Seekers(JobList):
    """Who looks for work. F9 goes on to what fits, and F12 there writes the letter."""

    key = "seekers"

    def __init__(self, page: "JobsPage") -> None:
        super().__init__(page)
        self.text = FilterLine(
            "seeker_filter", _("Name, number, wish or whole ID number"), self.refresh
        )
        self.standing = chooser(
            "seeker_standing",
            _("State"),
            [
                (LIVE, SeekerState.SEEKING.label),
                (EXPIRED, _("Registration expired")),
                (RECOGNISED, RecognitionState.RECOGNISED.label),
                (SeekerState.PLACED.value, SeekerState.PLACED.label),
                (SeekerState.WITHDRAWN.value, SeekerState.WITHDRAWN.label),
                (ALL, _("All")),
            ],
            self.refresh,
        )
        today = self.desk.today()
        self.district = chooser(
            "seeker_district",
            _("District"),
            [(None, _("All districts")), *((word, word) for word in choices("district", today))],
            self.refresh,
        )
        self.table: RecordTable[SeekerRow] = RecordTable(
            SeekerRow,
            [
                Column("name", _("Job seeker"), 156, seeker_cell),
                Column("wishes", _("Wishes"), cell=wish_cell, stretch=True),
                Column("state", width=136, cell=seeker_state_cell),
            ],
            name="table_seekers",
            two_lines=True,
            empty=EmptyState(_("Nobody looks for work here"), _("Register somebody with Alt+N.")),
        )
        self.left = listed(self.table, self.text, self.standing, self.district)
        self.thing = self.card = SeekerCard(self._no_reveal())
        self.matches = Matches(self.desk, page.tell)
        self.view: SeekerView | None = None
        self._total = 0

    def connect(self) -> None:
        """Follow list and card."""
        super().connect()
        page = self.page
        self.acts = SeekerActs(page)
        self.match_acts = MatchActs(page, self.matches)
        self.recognising = RecognitionActs(page)
        self.placing = PlacementActs(page)
        self.card.reveal_wanted.connect(self._reveal)
        self.matches.table.opened.connect(self._letter)

    # Asking

    def query(self) -> SeekerQuery:
        """Return what is asked for: a text looks in all states."""
        text, standing = self.text.asked(), self.standing.currentData()
        states: tuple[SeekerState, ...] = ()
        if standing in (LIVE, EXPIRED):
            states = (SeekerState.SEEKING,)
        elif standing in (SeekerState.PLACED, SeekerState.WITHDRAWN):
            states = (SeekerState(standing),)
        return SeekerQuery(
            text=text,
            states=() if text else states,
            expired=None if text else {LIVE: False, EXPIRED: True}.get(standing),
            recognised=True if standing == RECOGNISED else None,
            district=self.district.currentData(),
            limit=LIMIT,
        )

    def refresh(self) -> None:
        """Ask for the list and how many there are."""
        asked = self.query()

        def counted(total: int) -> None:
            self._total = total
            self.desk.ask(seeker_rows, asked, then=self._show_rows, latest=self.table)

        self.desk.ask(seeker_count, asked, then=counted, latest=self.text)

    def _show_rows(self, rows: list[SeekerRow]) -> None:
        says = _("{count} job seekers").format(count=f"{self._total:,}")
        self.show_found(rows, says)

    def narrowed(self) -> bool:
        """Tell whether something narrows the list, a district too."""
        return super().narrowed() or self.district.currentIndex() != 0

    def widen(self) -> bool:
        """Narrow the list by nothing, not by a district either."""
        narrowed = super().widen()
        self.district.setCurrentIndex(0)
        return narrowed

    def keys(self) -> list[tuple[str, str]]:
        """Return the keys of the list."""
        return [("Enter", _("Matches"))]

    def pick(self, row: SeekerRow | None) -> None:
        """Show the card of whom is marked."""
        if row is None:
            self._show(None)
        else:
            self.ask_view(row.id)

    def ask_view(self, key: int) -> None:
        """Show one job seeker by their id."""
        self.desk.ask(seeker_view, SeekerById(id=key), then=self._show, latest=self.card)

    def _show(self, view: SeekerView | None) -> None:
        self.view = view
        self.card.show_seeker(view)
        if view is not None:
            self.put_last(view.row)
        if self.page.places.deep:
            self.matches.show_for(view.row.id if view else None)
        self.page.tell()

    def _reveal(self) -> None:
        """Show the private values, which the trail keeps; another seeker masks them again."""
        view = self.view
        if view is None:
            return
        asked = SeekerById(id=view.row.id)

        def show(clear: SeekerRevealed | SeekerChangeForm) -> None:
            self.card.show_seeker(view, clear.seeker)

        if self.desk.may(reveal_seeker):
            self.desk.perform(reveal_seeker, asked, then=show)
        else:
            self.desk.perform(open_seeker_form, asked, then=show)

    def _no_reveal(self) -> str:
        """Return why this person sees private values masked only: they may neither look at them
        nor keep registrations."""
        return "" if self.desk.may(open_seeker_form) else self.desk.reason(reveal_seeker)

    # What is offered

    def open(self, _row: object) -> None:
        """Go on to what fits."""
        self.show_matches()

    def show_matches(self) -> None:
        """Bring what fits beside the card."""
        if self.view is not None:
            self.page.places.dive()
            self.matches.show_for(self.view.row.id)
            self.page.tell()
            self.matches.table.first().setFocus()

    def offers(self) -> Offers:
        """Return what can be done with the seeker, or with the match."""
        if self.page.places.deep and self.view is not None:
            return self.match_acts.offers(self.view)
        new = Act(
            _("Register a job seeker"),
            self.acts.ask_new,
            self.desk.reason(register_seeker),
        )
        view = self.view
        if view is None:
            return Offers(new=new, says=(_("Choose a job seeker, or register one"), "", ""))
        first = Act(_("Vacancies that fit"), self.show_matches, "", "arrow-right", "F9")
        papers = Act(_("Papers…"), self._open_papers, "", "printer", "F12")
        return Offers(first, new, [papers], self._more(view), self._says(view))

    def _says(self, view: SeekerView) -> tuple[str, str, str]:
        waiting = [each for each in view.referrals if each.overdue]
        if waiting:
            says = _("The slip of {number} is overdue").format(number=waiting[0].number)
            return says, "", "bad"
        at_work = [each for each in view.placements if each.state is PlacementState.WORKING]
        if at_work:
            first = at_work[0]
            says = _("Works at {employer} since {day}").format(
                employer=first.employer, day=first.started_on.isoformat()
            )
            return says, "", ""
        return "", "", ""

    def _more(self, view: SeekerView) -> list[Act]:
        reason, row = self.desk.reason, view.row
        acts = [
            Act(
                _("Change the registration"),
                lambda: self.acts.ask_change(view),
                reason(change_seeker),
                "pencil",
            )
        ]
        if row.state is not SeekerState.PLACED:
            acts.append(
                Act(_("Renew"), lambda: self.acts.renew(view), reason(renew_seeker), "refresh-cw")
            )
            acts.append(
                Act(
                    _("Found work without a letter…"),
                    lambda: self.placing.ask_new(view),
                    reason(enter_placement),
                    "briefcase-business",
                )
            )
        if row.state is not SeekerState.WITHDRAWN:
            acts += [
                Act(
                    _("Recognition…"),
                    lambda: self.recognising.ask_apply(view),
                    reason(apply_recognition),
                    "badge-check",
                ),
                Act(
                    _("Withdraw the registration…"),
                    lambda: self.acts.withdraw(view),
                    reason(withdraw_seeker),
                    "undo-2",
                ),
            ]
        household = row.household_id
        if household is not None:
            acts.append(
                Act(
                    _("Open the household file"),
                    lambda: self.page.go.emit("household", household),
                    icon="users",
                )
            )
        return acts

    def _open_papers(self) -> None:
        if self.view is not None:
            self.page.pop_up(seeker_papers(self.page, self.view))

    def _letter(self, _row: object) -> None:
        if self.view is not None:
            self.match_acts.ask_letter(self.view)
