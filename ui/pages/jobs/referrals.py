"""Letters of referral: which slips are waited for, what is late, and what came of each."""

from typing import TYPE_CHECKING, Final

from app.core.i18n import _
from app.core.words.placements import ReferralState
from app.placements.referral_queries import referral_rows, referral_view, slips_overdue
from app.placements.referral_records import (
    NotPresumable,
    OverdueQuery,
    ReferralById,
    ReferralQuery,
    ReferralRow,
    ReferralView,
)
from app.placements.referrals import (
    presume_overdue,
    take_back_result,
    tell_result,
    void_referral,
)
from ui.job_looks import REFERRALS
from ui.kit.ask_pane import Act
from ui.kit.asking_page import Offers
from ui.kit.cards import EmptyState
from ui.kit.cells import Cell, Column, joined
from ui.kit.detail import DetailCard, Line
from ui.kit.table import RecordTable
from ui.kit.worklist import LIMIT, FilterLine, listed
from ui.matching import Reasons
from ui.pages.jobs.cells import chooser
from ui.pages.jobs.joblist import ALL, JobList
from ui.pages.jobs.referral_acts import ReferralActs
from ui.phones import phones_act

if TYPE_CHECKING:
    from ui.pages.jobs.page import JobsPage

WAITING: Final = "waiting"
LATE: Final = "late"
PRESUMABLE: Final = "presumable"
DONE: Final = (ReferralState.NOT_HIRED, ReferralState.NOT_APPEARED)
WITH_JOB: Final = (ReferralState.HIRED, ReferralState.PRESUMED)
REASONS: Final = "reasons"


class Referrals(JobList):
    """The slips: F9 enters what came of a letter."""

    key = "referrals"

    def __init__(self, page: "JobsPage") -> None:
        super().__init__(page)
        self.text = FilterLine(
            "referral_filter", _("Name, employer, number or whole ID number"), self.refresh
        )
        self.standing = chooser(
            "referral_standing",
            _("State"),
            [
                (WAITING, ReferralState.ISSUED.label),
                (LATE, _("Slip overdue")),
                (PRESUMABLE, _("May be presumed")),
                (ALL, _("All")),
            ],
            self.refresh,
        )
        self.table: RecordTable[ReferralRow] = RecordTable(
            ReferralRow,
            [
                Column("due_on", _("Slip"), 128, slip_cell),
                Column("name", _("Job seeker"), 124, _who),
                Column("occupation", _("Vacancy"), cell=_where, stretch=True),
            ],
            name="table_referrals",
            two_lines=True,
            empty=EmptyState(_("No slip is waited for")),
        )
        self.left = listed(self.table, self.text, self.standing)
        self.reasons = Reasons()
        self.reasons.setProperty("kind", "")
        self.thing = self.detail = DetailCard(
            "referral_detail",
            _("No referral chosen"),
            {REASONS: (_("Why it was thought to fit"), self.reasons)},
        )
        self.view: ReferralView | None = None
        self.presumable: tuple[int, ...] = ()
        self.not_presumed: tuple[NotPresumable, ...] = ()
        """What was left when several were counted as hired; said once the list shows it."""
        self._picked: int | None = None
        self.acts = ReferralActs(page)

    # Asking

    def query(self) -> ReferralQuery:
        """Return what is asked for: a text looks in all states."""
        text, standing = self.text.asked(), self.standing.currentData()
        waiting = not text and standing != ALL
        return ReferralQuery(
            text=text,
            states=(ReferralState.ISSUED,) if waiting else (),
            overdue=True if waiting and standing in (LATE, PRESUMABLE) else None,
            limit=LIMIT,
        )

    def refresh(self) -> None:
        """Ask for the list, and for the slips that may be presumed."""
        asked = self.query()
        only = not asked.text and self.standing.currentData() == PRESUMABLE

        def late(rows: list[ReferralRow]) -> None:
            self.presumable = tuple(row.id for row in rows)
            if only:
                self._show_rows(rows)
            else:
                self.desk.ask(referral_rows, asked, then=self._show_rows, latest=self.table)

        overdue = OverdueQuery(presumable=True, limit=LIMIT)
        self.desk.ask(slips_overdue, overdue, then=late, latest=self.text)

    def _show_rows(self, rows: list[ReferralRow]) -> None:
        self.show_found(rows, _("{count} letters").format(count=f"{len(rows):,}"))
        left, self.not_presumed = self.not_presumed, ()
        if left:
            says = _("{count} wait for their slip on").format(count=len(left))
            told = (f"{each.name} {each.number}: {each.why}" for each in left)
            self.page.say("wait", says, "\n".join(told))

    def keys(self) -> list[tuple[str, str]]:
        """Return the keys of the list."""
        return [("F9", _("Result"))]

    def pick(self, row: ReferralRow | None) -> None:
        """Show the letter that is marked; what was said of another is not meant any more."""
        key = row.id if row is not None else None
        if key != self._picked:
            self.page.banners.clear()
        self._picked = key
        if row is None:
            self._show(None)
        else:
            self.ask_view(row.id)

    def ask_view(self, key: int) -> None:
        """Show one letter by its id."""
        self.desk.ask(referral_view, ReferralById(id=key), then=self._show, latest=self.detail)

    def _show(self, view: ReferralView | None) -> None:
        self.view = view
        if view is None:
            self.detail.show_none()
        else:
            row = view.row
            icon, tone = REFERRALS[row.state]
            self.detail.show_head(
                f"{row.name}　{row.number}", (row.state.label, icon, tone), _lines(view)
            )
            self.reasons.show_match(view.match)
            self.put_last(row)
        self.page.tell()

    # What is offered

    def offers(self) -> Offers:
        """Return what can be done with the letter."""
        view, reason = self.view, self.desk.reason
        if view is None:
            return Offers()
        row = view.row
        first: Act | None = None
        if row.state in (ReferralState.ISSUED, ReferralState.PRESUMED):
            first = Act(
                _("Enter the slip"),
                lambda: self.acts.ask_result(view),
                reason(tell_result),
                "file-check-2",
                "F9",
            )
        elif (job := row.placement_id) is not None:
            first = Act(
                _("Open the placement"),
                lambda: self.page.turn_to("placements", job),
                icon="arrow-right",
                key="F9",
            )
        beside: list[Act] = []
        if (paper := row.paper_id) is not None:
            beside.append(
                Act(
                    _("Letter"),
                    lambda: self.page.go.emit("papers", paper),
                    icon="printer",
                    key="F12",
                )
            )
        if row.state is ReferralState.ISSUED:
            beside += phones_act(self.page, row.job_seeker_id, row.employer_id)
        return Offers(first, None, beside, self._more(view), _says(row))

    def _more(self, view: ReferralView) -> list[Act]:
        row, reason, acts = view.row, self.desk.reason, list[Act]()
        if row.overdue and row.presumable:
            acts.append(
                Act(
                    _("Count this one as hired…"),
                    lambda: self.acts.presume((row.id,)),
                    reason(presume_overdue),
                    "clock",
                )
            )
        many = self.presumable
        if len(many) > 1:
            acts.append(
                Act(
                    _("Count all {count} that may be presumed…").format(count=len(many)),
                    lambda: self.acts.presume(many),
                    reason(presume_overdue),
                    "clock",
                )
            )
        if row.state is ReferralState.ISSUED:
            acts.append(
                Act(
                    _("Make the letter void…"),
                    lambda: self.acts.void(view),
                    reason(void_referral),
                    "ban",
                )
            )
        if row.state in (*DONE, *WITH_JOB):
            acts.append(
                Act(
                    _("Take the result back…"),
                    lambda: self.acts.take_back(view),
                    reason(take_back_result),
                    "undo-2",
                )
            )
        acts.append(
            Act(
                _("Open the job seeker"),
                lambda: self.page.turn_to("seekers", row.job_seeker_id),
                icon="user-round",
            )
        )
        return acts


def slip_cell(row: ReferralRow) -> Cell:
    """Return how long the slip may take still, or what it said."""
    if row.state is not ReferralState.ISSUED:
        icon, tone = REFERRALS[row.state]
        second = row.reason.label if row.reason else ""
        day = row.result_on.isoformat() if row.result_on else ""
        return Cell(row.state.label, second or day, icon=icon, tone=tone)
    if row.overdue:
        says = _("{count} days late").format(count=row.days_overdue)
        mark = _("may be presumed") if row.presumable else row.due_on.isoformat()
        tone = "wait" if row.presumable else ""
        return Cell(says, mark, icon="circle-x", tone="bad", second_tone=tone)
    return Cell(row.due_on.isoformat(), _("in time"), icon="hourglass")


def _who(row: ReferralRow) -> Cell:
    return Cell(row.name, row.number, bold=True)


def _where(row: ReferralRow) -> Cell:
    return Cell(row.occupation, row.employer)


def _says(row: ReferralRow) -> tuple[str, str, str]:
    if row.state is not ReferralState.ISSUED:
        return row.state.label, "", ""
    if row.overdue:
        says = _("The slip is {count} days late").format(count=row.days_overdue)
        more = _("By the rules of its day it may count as hired") if row.presumable else ""
        return says, more, "bad"
    return _("The slip is due on {day}").format(day=row.due_on.isoformat()), "", ""


def _lines(view: ReferralView) -> list[Line]:
    row = view.row
    interview = row.interview_on.isoformat() if row.interview_on else ""
    meeting = joined(interview, row.interview_at)
    issued = _("written on {day} by {name}").format(
        day=row.issued_on.isoformat(), name=view.issued_by
    )
    lines: list[Line] = [
        joined(row.occupation, row.employer, row.vacancy_number),
        joined(row.contact, row.employer_phone),
        _("Interview: {when}").format(when=meeting) if meeting else "",
        joined(issued, _("slip due on {day}").format(day=row.due_on.isoformat())),
    ]
    if row.state is ReferralState.ISSUED and row.overdue:
        if row.presumable:
            text = _("By the rules of its day a slip that does not come counts as hired")
            lines.append((joined(text, view.presume_source), "clock", "wait"))
        else:
            text = _("A slip that does not come is asked for; it never counts as hired")
            lines.append((joined(text, view.presume_source), "info", "text_soft"))
    if row.result_on:
        told = _("{state} on {day}, entered by {name}").format(
            state=row.state.label, day=row.result_on.isoformat(), name=view.told_by
        )
        why = row.reason.label if row.reason else ""
        lines.append(joined(told, why))
    if row.note:
        lines.append(row.note)
    return lines
