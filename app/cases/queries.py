"""What can be asked about cases and assessments."""

from collections import Counter
from datetime import date, timedelta

from sqlalchemy import Select, exists, func, or_, select
from sqlalchemy import case as when

from app.cases.measures import title_of
from app.cases.records import (
    AssessRequest,
    CaseById,
    CaseCounts,
    CaseQuery,
    CaseRow,
    CasesWaiting,
    CaseView,
    DayCount,
    TrialRequest,
)
from app.center.store import values_in_use
from app.core.clock import local_day, midnight
from app.core.record import Nothing
from app.core.words.cases import CaseState
from app.facts.assessing import assess_stored
from app.facts.gather import known_of_form, relief_of_person
from app.households.standing import standing
from app.policy.catalog import shipped
from app.policy.findings import Findings
from app.policy.rulebook import assess_all
from app.reference.workdays import calendar, workdays_left
from app.work import Permission, Work, query
from db.models.cases import Case, SealedAssessment
from db.models.disbursements import Award
from db.models.households import Household, Member
from db.models.staff import Staff

OPEN = (CaseState.ACCEPTED, CaseState.RETURNED)
FRESH = timedelta(days=60)
"""How long a filed case without a proposal stands on the workbench."""


def _select() -> Select[Case, Household, Member, str]:
    return (
        select(Case, Household, Member, Staff.name)
        .join(Household, Case.household_id == Household.id)
        .join(Member, (Member.household_id == Household.id) & (Member.position == 1))
        .join(Staff, Case.accepted_by == Staff.id)
    )


def _row(work: Work, case: Case, household: Household, head: Member, maker: str) -> CaseRow:
    waits = case.state in OPEN
    return CaseRow(
        id=case.id,
        version=case.version,
        household_id=case.household_id,
        due_on=case.due_on,
        days_left=workdays_left(work.today, case.due_on) if waits else None,
        number=case.number,
        name=head.name,
        district=household.district or "",
        items=tuple(title_of(item, local_day(case.accepted_at)) for item in case.items),
        state=case.state,
        accepted_by=maker,
        accepted_at=case.accepted_at,
        mine=case.accepted_by == work.actor.id,
    )


@query(needs=Permission.READ_CASES)
def case_rows(work: Work, asked: CaseQuery) -> list[CaseRow]:
    """List cases: those still open by their due day, then the decided ones, newest first."""
    narrowed = _select().limit(asked.limit)
    if asked.state:
        narrowed = narrowed.where(Case.state == asked.state)
    if asked.accepted_by_me:
        narrowed = narrowed.where(Case.accepted_by == work.actor.id)
    if asked.without_award:
        narrowed = narrowed.where(
            Case.state == CaseState.FILED,
            Case.decided_at >= midnight(work.today - FRESH),
            ~exists().where(Award.case_id == Case.id),
        )
    if asked.household_id:
        narrowed = narrowed.where(Case.household_id == asked.household_id)
    if text := asked.text.strip():
        begins = [each.startswith(text, autoescape=True) for each in (Case.number, Member.name)]
        narrowed = narrowed.where(or_(*begins))
    due = when((Case.state.in_(OPEN), Case.due_on))
    narrowed = narrowed.order_by(Case.state.not_in(OPEN), due, Case.id.desc())
    return [_row(work, *found) for found in work.session.execute(narrowed)]


@query(needs=Permission.READ_CASES)
def case_view(work: Work, asked: CaseById) -> CaseView:
    """Return one case as its page shows it."""
    case = work.load(Case, asked.id)
    found = work.session.execute(_select().where(Case.id == case.id)).one()
    household = found[1]
    decider = work.session.get(Staff, case.decided_by) if case.decided_by else None
    sealed = work.session.get(SealedAssessment, case.assessment_id) if case.assessment_id else None
    return CaseView(
        row=_row(work, *found),
        file_number=household.file_number or "",
        file_state=household.file_state,
        papers_handed_in=tuple(case.papers_handed_in),
        note=case.note,
        due_provisional=case.due_provisional,
        decided_by=decider.name if decider else "",
        decided_at=case.decided_at,
        opinion=case.opinion,
        assessment_number=sealed.number if sealed else "",
    )


@query(needs=Permission.READ_CASES)
def case_counts(work: Work, _: Nothing) -> CaseCounts:
    """Count the cases by where they stand."""
    by_state = dict(
        work.session.execute(select(Case.state, func.count()).group_by(Case.state)).all()
    )
    open_due = work.session.scalars(select(Case.due_on).where(Case.state.in_(OPEN))).all()
    left = [workdays_left(work.today, due) for due in open_due]
    today = select(func.count()).where(Case.accepted_at >= midnight(work.today))
    return CaseCounts(
        overdue=sum(days < 0 for days in left),
        soon=sum(0 <= days <= 1 for days in left),
        accepted=by_state.get(CaseState.ACCEPTED, 0),
        returned=by_state.get(CaseState.RETURNED, 0),
        filed=by_state.get(CaseState.FILED, 0),
        accepted_today=work.session.scalar(today) or 0,
    )


@query(needs=Permission.READ_CASES)
def cases_waiting(work: Work, _: Nothing) -> CasesWaiting:
    """Count the cases that wait for this person: sent back to them, accepted by others."""
    count, mine = select(func.count()).select_from(Case), Case.accepted_by == work.actor.id
    to_mend = count.where(Case.state == CaseState.RETURNED, mine)
    to_file = count.where(Case.state == CaseState.ACCEPTED, ~mine)
    return CasesWaiting(
        to_mend=work.session.scalar(to_mend) or 0, to_file=work.session.scalar(to_file) or 0
    )


@query(needs=Permission.READ_CASES)
def days_at_work(work: Work, _: Nothing) -> list[DayCount]:
    """Count the cases accepted and decided on each of the last ten working days, oldest first."""
    days = _last_working_days(work.today, 10)
    since = midnight(days[0])
    found = work.session.execute(
        select(Case.accepted_at, Case.decided_at).where(
            or_(Case.accepted_at >= since, Case.decided_at >= since)
        )
    )
    accepted: Counter[date] = Counter()
    decided: Counter[date] = Counter()
    for begun, done in found:
        accepted[local_day(begun)] += 1
        if done:
            decided[local_day(done)] += 1
    return [DayCount(day=day, accepted=accepted[day], decided=decided[day]) for day in days]


@query(needs=Permission.ASSESS)
def assess_household(work: Work, asked: AssessRequest) -> Findings:
    """Assess a stored household: its classification and every area, with all reasons."""
    return assess_stored(work, standing(work, asked.household_id), asked.as_of)


@query(needs=Permission.ASSESS)
def assess_form(work: Work, asked: TrialRequest) -> Findings:
    """Assess a form as it stands; nothing is kept."""
    day = asked.as_of or work.today
    relief = relief_of_person(work.session, asked.household.head.id_number, day.year)
    known = known_of_form(asked.household, relief=relief, today=day)
    return assess_all(shipped(), known, values_in_use(work.session), day)


def _last_working_days(today: date, count: int) -> list[date]:
    days: list[date] = []
    day = today
    while len(days) < count:
        if calendar().expected(day) or day == today:
            days.append(day)
        day -= timedelta(days=1)
    return days[::-1]
