"""What waits for a person, from every noun, as lines of one list.

A `Strand` is one question to the office and how its answer becomes lines; the rights of the
person choose the strands.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Annotated, Any, Final, NamedTuple

from app.cases.actions import accept_case, file_case
from app.cases.queries import case_rows
from app.cases.records import CaseQuery, CaseRow
from app.core.i18n import N_, _
from app.core.kinds import Amount, Count, Key, Kind, Moment, Name, Text
from app.core.money import Fen, yuan_text
from app.core.record import Nothing, Record
from app.core.words.cases import CaseState
from app.core.words.disbursements import AwardState, BatchState
from app.disbursements.batch_queries import batch_rows
from app.disbursements.batch_records import BatchRow
from app.disbursements.batches import open_batch
from app.disbursements.deciding import decide_award
from app.disbursements.proposing import propose_award
from app.disbursements.queries import award_rows
from app.disbursements.records import AwardQuery, AwardRow
from app.drafts.queries import my_drafts
from app.drafts.records import DraftRow
from app.work import Actor, Query
from ui.drafting import AMEND, AWARD, CHANGE, EMPLOYER, INTAKE, SEEKER, VACANCY, place_of
from ui.kit.cells import UNKNOWN, Cell

RECENT: Final = timedelta(days=30)
"""How long a batch with payments that came back stands on the workbench."""
ALL: Final = 1000


class WorkRow(Record):
    """One thing that waits."""

    id: Annotated[str, Key()]
    strand: Annotated[str, Key()]
    """The key of the strand it came from."""
    page: Annotated[str, Key()]
    what: Annotated[Any, Kind(label="")]
    """Where it is dealt with: the page and what that page opens."""
    household_id: Annotated[int | None, Key()] = None
    days_left: Annotated[int | None, Count(label=N_("Due"))] = None
    due_on: Annotated[date | None, Key()] = None
    number: Annotated[str, Text(label=N_("Number"))]
    name: Annotated[str, Name(label=N_("Head of household"))]
    items: Annotated[str, Text(label=N_("Matter"))]
    amount: Annotated[Fen | None, Amount(label=N_("Amount"))] = None
    stage: Annotated[str, Text(label=N_("Stage"))]
    look: Annotated[tuple[str, str], Kind(label="")]
    """Icon and tone of the stage."""
    next_step: Annotated[str, Text(label=N_("Next step"))]
    at: Annotated[datetime, Moment(label=N_("Updated"))]


class Stage(NamedTuple):
    """Where a thing stands: words, icon, tone."""

    words: str
    icon: str
    tone: str = ""


@dataclass(frozen=True)
class Strand:
    """One kind of work: its key, the words of its segment, the question, and its lines."""

    key: str
    words: str
    """Message id; empty when it has no segment of its own."""
    query: Query[Any, Any]
    request: Record
    rows: Callable[[Any], Iterable[WorkRow]]
    seldom: bool = False
    """Has a segment only while something of it waits."""


def strands(actor: Actor) -> list[Strand]:
    """Return the kinds of work that wait for this person, by their rights."""
    found: list[Strand] = []
    if actor.may(accept_case):
        mine = CaseQuery(state=CaseState.ACCEPTED, accepted_by_me=True, limit=ALL)
        mend = CaseQuery(state=CaseState.RETURNED, accepted_by_me=True, limit=ALL)
        found += [
            Strand("open", "", case_rows, mine, open_cases),
            Strand("mend", N_("To be mended"), case_rows, mend, cases_to_mend),
        ]
    if actor.may(propose_award):
        back = AwardQuery(states=(AwardState.RETURNED,), proposed_by_me=True, limit=ALL)
        ready = CaseQuery(accepted_by_me=True, without_award=True, limit=ALL)
        found += [
            Strand("back", N_("Sent back to me"), award_rows, back, awards_sent_back),
            Strand("ready", N_("To propose"), case_rows, ready, cases_to_propose),
        ]
    if actor.may(file_case):
        waiting = CaseQuery(state=CaseState.ACCEPTED, limit=ALL)
        found.append(Strand("file", N_("To file"), case_rows, waiting, cases_to_file))
    if actor.may(decide_award):
        waits = (AwardState.PROPOSED, AwardState.COLLECTIVE, AwardState.UPWARD)
        proposed = AwardQuery(states=waits, limit=ALL)
        found.append(Strand("decide", N_("To decide"), award_rows, proposed, awards_to_decide))
    if actor.may(open_batch):
        approved = AwardQuery(states=(AwardState.APPROVED,), limit=ALL)
        found.append(Strand("pay", N_("To pay"), award_rows, approved, awards_to_pay))
    if actor.may(batch_rows) and not actor.may(decide_award):
        found.append(Strand("batch", N_("Batches"), batch_rows, Nothing(), batches_at_work))
    if actor.may(accept_case):
        found.append(Strand("draft", N_("Drafts"), my_drafts, Nothing(), drafts))
    if actor.may(case_rows) and not any(map(actor.may, (accept_case, file_case, open_batch))):
        waiting = CaseQuery(state=CaseState.ACCEPTED, limit=ALL)
        found.append(Strand("late", "", case_rows, waiting, cases_overdue))
    return found


def is_overdue(row: WorkRow) -> bool:
    """Tell whether its day has passed."""
    return row.days_left is not None and row.days_left < 0


def is_soon(row: WorkRow) -> bool:
    """Tell whether it is due today or on the next working day."""
    return row.days_left is not None and 0 <= row.days_left <= 1


def amount_cell(row: WorkRow) -> Cell:
    """Return the money in it; a case has none."""
    return Cell("" if row.amount is None else yuan_text(row.amount))


def stage_cell(row: WorkRow) -> Cell:
    """Return where it stands."""
    icon, tone = row.look
    return Cell(row.stage, icon=icon, tone=tone)


def sort_key(row: WorkRow) -> tuple[bool, int, float]:
    """Order by due day, then the newest first; what has no due day stands below."""
    return (row.days_left is None, row.days_left or 0, -row.at.timestamp())


def due_cell(row: WorkRow) -> Cell:
    """Return when it is due, with the light of its urgency."""
    match row.days_left:
        case None:
            return UNKNOWN
        case int(days) if days < 0:
            words = _("{days} days overdue").format(days=-days)
            return Cell(words, icon="circle-x", tone="bad")
        case 0:
            return Cell(_("Today"), icon="clock", tone="wait")
        case 1:
            return Cell(_("1 day left"), icon="clock", tone="wait")
        case days:
            return Cell(_("{days} days left").format(days=days), icon="calendar-clock")


# The lines of each strand


def _case(
    row: CaseRow, strand: str, stage: Stage, next_step: str, page: str, what: object
) -> WorkRow:
    return WorkRow(
        id=f"case/{row.id}",
        strand=strand,
        page=page,
        what=what,
        household_id=row.household_id,
        days_left=row.days_left,
        due_on=row.due_on,
        number=row.number,
        name=row.name,
        items=_(", ").join(row.items),
        stage=stage.words,
        look=(stage.icon, stage.tone),
        next_step=next_step,
        at=row.accepted_at,
    )


def open_cases(rows: Sequence[CaseRow]) -> Iterable[WorkRow]:
    """Return the cases that wait for the second person."""
    stage = Stage(CaseState.ACCEPTED.label, "circle-dot", "accent")
    step = _("Waits to be filed by a supervisor")
    return (_case(row, "open", stage, step, "household", row.household_id) for row in rows)


def cases_to_mend(rows: Sequence[CaseRow]) -> Iterable[WorkRow]:
    """Return the cases that were sent back."""
    stage = Stage(CaseState.RETURNED.label, "file-warning", "wait")
    step = _("Mend and hand in again")
    return (_case(row, "mend", stage, step, "household", row.household_id) for row in rows)


def cases_to_propose(rows: Sequence[CaseRow]) -> Iterable[WorkRow]:
    """Return the filed cases for which nothing was proposed yet."""
    stage = Stage(CaseState.FILED.label, "circle-check", "ok")
    step = _("Assess and propose relief")
    return (_case(row, "ready", stage, step, "assessment", row.household_id) for row in rows)


def cases_to_file(rows: Sequence[CaseRow]) -> Iterable[WorkRow]:
    """Return the cases somebody else accepted."""
    stage = Stage(CaseState.ACCEPTED.label, "circle-dot", "accent")
    step = _("Compare and file (accepted by {name})")
    return (
        _case(
            row,
            "file",
            stage,
            step.format(name=row.accepted_by),
            "household",
            row.household_id,
        )
        for row in rows
        if not row.mine
    )


def cases_overdue(rows: Sequence[CaseRow]) -> Iterable[WorkRow]:
    """Return the cases whose day has passed: what somebody who only reads should know."""
    stage = Stage(CaseState.ACCEPTED.label, "circle-dot", "accent")
    step = _("Accepted by {name}, not decided yet")
    return (
        _case(
            row,
            "late",
            stage,
            step.format(name=row.accepted_by),
            "household",
            row.household_id,
        )
        for row in rows
        if (row.days_left or 0) < 0
    )


def _award(
    row: AwardRow, strand: str, stage: Stage, next_step: str, page: str, what: object
) -> WorkRow:
    return WorkRow(
        id=f"award/{row.id}",
        strand=strand,
        page=page,
        what=what,
        household_id=row.household_id,
        number=row.number,
        name=row.name,
        items=row.title,
        amount=row.amount,
        stage=stage.words,
        look=(stage.icon, stage.tone),
        next_step=next_step,
        at=row.proposed_at,
        days_left=row.days_left,
    )


def awards_sent_back(rows: Sequence[AwardRow]) -> Iterable[WorkRow]:
    """Return the proposals that came back to their proposer."""
    stage = Stage(AwardState.RETURNED.label, "corner-down-left", "bad")
    for row in rows:
        step = _("Look at the reason and propose again")
        if row.came_back:
            step = _("Not paid ({why}): mend the account").format(why=row.came_back)
        yield _award(row, "back", stage, step, "award", ("amend", row.id))


def awards_to_decide(rows: Sequence[AwardRow]) -> Iterable[WorkRow]:
    """Return the proposals of others."""
    looks = {
        AwardState.PROPOSED: Stage(AwardState.PROPOSED.label, "stamp", "accent"),
        AwardState.COLLECTIVE: Stage(AwardState.COLLECTIVE.label, "messages-square", "wait"),
        AwardState.UPWARD: Stage(AwardState.UPWARD.label, "hourglass", "wait"),
    }
    step, urgent = _("Decide (proposed by {name})"), _("Overdue, decide now (proposed by {name})")
    return (
        _award(
            row,
            "decide",
            looks[row.state],
            (urgent if row.escalated else step).format(name=row.proposed_by),
            "approval",
            row.id,
        )
        for row in rows
        if not row.mine
    )


def awards_to_pay(rows: Sequence[AwardRow]) -> Iterable[WorkRow]:
    """Return the awards that are approved and in no batch."""
    stage = Stage(AwardState.APPROVED.label, "circle-check", "ok")
    step = _("Put into a batch ({fund})")
    return (_award(row, "pay", stage, step.format(fund=row.fund), "batches", None) for row in rows)


BATCH_STEPS: Final = {
    BatchState.DRAFT: ("circle-dot", "accent", N_("Check and freeze")),
    BatchState.FROZEN: ("file-lock", "accent", N_("Hand the bank file to the bank")),
    BatchState.SENT: ("hourglass", "", N_("Take the bank's result in")),
}


def batches_at_work(rows: Sequence[BatchRow]) -> Iterable[WorkRow]:
    """Return the batches that are not through, and those with payments that came back."""
    since = datetime.now().astimezone() - RECENT
    for row in rows:
        if row.state in BATCH_STEPS:
            icon, tone, step = BATCH_STEPS[row.state]
            stage, words = Stage(row.state.label, icon, tone), _(step)
        elif row.failed and row.prepared_at > since:
            stage = Stage(row.state.label, "triangle-alert", "wait")
            words = _("{count} payments came back").format(count=row.failed)
        else:
            continue
        yield WorkRow(
            id=f"batch/{row.id}",
            strand="batch",
            page="batches",
            what=row.id,
            number=row.number,
            name="",
            items=_("{count} payments").format(count=row.count),
            amount=row.amount,
            stage=stage.words,
            look=(stage.icon, stage.tone),
            next_step=words,
            at=row.prepared_at,
        )


DRAFTS: Final = {
    INTAKE: (N_("Intake"), N_("Go on with the intake")),
    CHANGE: (N_("Change of a file"), N_("Go on with the change")),
    AWARD: (N_("Award proposal"), N_("Go on with the proposal")),
    AMEND: (N_("Award proposal"), N_("Go on with the proposal")),
    SEEKER: (N_("Register a job seeker"), N_("Go on with the registration")),
    EMPLOYER: (N_("New employer"), N_("Go on with the employer")),
    VACANCY: (N_("Report a vacancy"), N_("Go on with the vacancy")),
}
"""What was begun and what to do with it, by the form of the draft."""


def drafts(rows: Sequence[DraftRow]) -> Iterable[WorkRow]:
    """Return what was typed and not handed in."""
    stage = Stage(_("Draft"), "file-clock")
    for row in rows:
        place = place_of(row.form, row.id)
        if place is None:
            continue
        items, step = DRAFTS[row.form.partition("/")[0]]
        yield WorkRow(
            id=f"draft/{row.id}",
            strand="draft",
            page=place[0],
            what=place[1],
            number="",
            name=row.title or _("No name yet"),
            items=_(items),
            stage=stage.words,
            look=(stage.icon, stage.tone),
            next_step=_(step),
            at=row.saved_at,
        )


def spoken_amount(rows: Sequence[WorkRow]) -> str:
    """Return the sum of the amounts shown, or nothing."""
    amounts = [row.amount for row in rows if row.amount is not None]
    return _("{amount} yuan in all").format(amount=yuan_text(sum(amounts))) if amounts else ""
