"""What can be asked about filing steps: a household's path, the work lists, the rules in force."""

from datetime import date, datetime, timedelta

from sqlalchemy import (
    ColumnElement,
    ScalarSelect,
    Select,
    and_,
    exists,
    func,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import aliased

from app.center.store import the_center
from app.core.clock import local_day, midnight
from app.core.i18n import _
from app.core.record import Nothing
from app.core.words.cases import CaseState
from app.core.words.disbursements import AwardState
from app.core.words.filing import RESULTS, StepKind, StepState
from app.core.words.households import ChangeKind, FileState
from app.core.words.services import ServiceState
from app.filing.policy import filing_policy
from app.filing.records import (
    AdultRow,
    ExitRow,
    FileList,
    FileRow,
    FilesQuery,
    FilesWaiting,
    FilingPath,
    FilingRules,
    PathRow,
    StepRow,
    StepsQuery,
    StepsWaiting,
)
from app.filing.rules import add_months, quarter_end
from app.filing.store import RUNNING, adults_of, missing_for, report_of, required_steps
from app.households.records import ById
from app.households.standing import standing
from app.households.store import OPEN
from app.reference.workdays import workdays_left
from app.work import Permission, Work, query
from db.models.audit import AuditRow
from db.models.cases import Case
from db.models.disbursements import Award
from db.models.filing import FilingStep
from db.models.households import Household, Member
from db.models.imports import ImportBatch
from db.models.merging import HouseholdChange
from db.models.services import ServiceRequest
from db.models.staff import Staff

CHANGING = ("households.change_household",)
"""Acts that change what a file says, and are about the household in the trail."""


@query(needs=Permission.READ_CASES)
def step_rows(work: Work, asked: StepsQuery) -> list[StepRow]:
    """List steps: those that run by the day they are due, then the closed, newest first."""
    runs = FilingStep.state.in_(RUNNING)
    found = _steps().order_by(~runs, FilingStep.due_on, FilingStep.id.desc()).limit(asked.limit)
    if asked.household_id:
        found = found.where(FilingStep.household_id == asked.household_id)
    if asked.kinds:
        found = found.where(FilingStep.kind.in_(asked.kinds))
    if asked.states:
        found = found.where(FilingStep.state.in_(asked.states))
    if asked.sampled_in:
        found = found.where(_sampled(asked.sampled_in))
    if text := asked.text.strip():
        found = found.where(_begins(text))
    return [_row(work, *each) for each in work.session.execute(found)]


def _steps() -> Select[FilingStep, str, str | None, str, str, str]:
    opener, reporter, closer = aliased(Staff), aliased(Staff), aliased(Staff)
    return (
        select(
            FilingStep, Member.name, Household.file_number, opener.name, reporter.name, closer.name
        )
        .join(Household, Household.id == FilingStep.household_id)
        .join(Member, and_(Member.household_id == Household.id, Member.position == 1))
        .join(opener, opener.id == FilingStep.opened_by)
        .outerjoin(reporter, reporter.id == FilingStep.reported_by)
        .outerjoin(closer, closer.id == FilingStep.done_by)
    )


def _begins(text: str) -> ColumnElement[bool]:
    """Return what picks the households whose head or file number begins with a text."""
    return or_(
        Member.name.startswith(text, autoescape=True),
        Household.file_number.contains(text, autoescape=True),
    )


def _sampled(year: int) -> ColumnElement[bool]:
    """Return what picks the reviews that were drawn: they alone are due at the end of a year."""
    return and_(FilingStep.kind == StepKind.REVIEW, FilingStep.due_on == date(year, 12, 31))


def _row(
    work: Work,
    step: FilingStep,
    name: str,
    file_number: str | None,
    opener: str,
    reporter: str | None,
    closer: str | None,
) -> StepRow:
    due = step.due_on if step.state in RUNNING else None
    return StepRow(
        id=step.id,
        version=step.version,
        household_id=step.household_id,
        case_id=step.case_id,
        kind=step.kind,
        name=name,
        file_number=file_number or "",
        state=step.state,
        days_left=workdays_left(work.today, due) if due else None,
        due_on=step.due_on,
        due_provisional=step.due_provisional,
        opened_by=opener,
        opened_at=step.opened_at,
        reported_by=reporter or "",
        reported_at=step.reported_at,
        done_by=closer or "",
        done_at=step.done_at,
        result=step.result,
        report=report_of(step),
        documents=tuple(step.documents),
        reason=step.reason,
        mine=step.reported_by == work.actor.id,
    )


@query(needs=Permission.READ_CASES)
def filing_path(work: Work, asked: ById) -> FilingPath:
    """Return the steps of one household and what is still missing before it can be filed."""
    household = standing(work, asked.id)
    found = _steps().where(FilingStep.household_id == household.id).order_by(FilingStep.id.desc())
    rows = [_row(work, *each) for each in work.session.execute(found)]
    case_id = work.session.scalar(
        select(Case.id)
        .where(
            Case.household_id == household.id,
            Case.state.in_((CaseState.ACCEPTED, CaseState.RETURNED)),
        )
        .order_by(Case.id.desc())
        .limit(1)
    )
    waits = case_id is not None and household.file_state is not FileState.ACTIVE
    return FilingPath(
        file_state=household.file_state,
        case_id=case_id,
        steps=tuple(rows),
        required=required_steps(work.session, work.today),
        missing=missing_for(work.session, case_id, work.today) if case_id and waits else (),
        adults=tuple(
            AdultRow(id=member.id, name=member.name, relation=member.relation or "")
            for member in adults_of(household, work.today)
        )
        if household.file_state in OPEN
        else (),
        way_out=_way_out(household, rows),
    )


def _way_out(household: Household, rows: list[StepRow]) -> str:
    if household.file_state is not FileState.CLOSED:
        return ""
    exits = (row for row in rows if row.kind is StepKind.EXIT and row.state is StepState.DONE)
    last = next(exits, None)
    return RESULTS[StepKind.EXIT](last.result).label if last else ""


@query(needs=Permission.READ_CASES)
def file_rows(work: Work, asked: FilesQuery) -> list[FileRow]:
    """List the files on file that need looking after, the longest waiting first."""
    reviews = asked.list is FileList.REVIEW_DUE
    last = (_last_review() if reviews else _last_change()).label("last")
    found = (
        select(Household, Member.name, last)
        .join(Member, and_(Member.household_id == Household.id, Member.position == 1))
        .where(Household.file_state == FileState.ACTIVE)
        .order_by(func.coalesce(last, Household.filed_on), Household.id)
        .limit(asked.limit)
    )
    found = found.where(_stands_on(asked.list, work.today))
    if text := asked.text.strip():
        found = found.where(_begins(text))
    months = filing_policy(work.today).review.months if reviews else None
    return [_file(work, *each, months=months) for each in work.session.execute(found)]


def _stands_on(which: FileList, today: date) -> ColumnElement[bool]:
    """Return what picks the files on file that stand on a list."""
    policy = filing_policy(today)
    match which:
        case FileList.REVIEW_DUE:
            return _review_due(today, policy.review.months)
        case FileList.UNCHANGED:
            return _unchanged(today, policy.unchanged.months)
        case FileList.NEVER_HELPED:
            return _never_helped()


def _last_review() -> ScalarSelect[datetime]:
    """Return when the file of a row was last reviewed."""
    return (
        select(func.max(FilingStep.done_at))
        .where(
            FilingStep.household_id == Household.id,
            FilingStep.kind == StepKind.REVIEW,
            FilingStep.state == StepState.DONE,
        )
        .correlate(Household)
        .scalar_subquery()
    )


def _last_change() -> ScalarSelect[datetime]:
    """Return when the file of a row was last changed: by hand, with an application, by a merge, a
    split or a move on either side, or by the import that made it."""
    by_hand = select(AuditRow.at).where(
        AuditRow.subject == func.concat("household/", Household.id), AuditRow.verb.in_(CHANGING)
    )
    applied = select(Case.accepted_at).where(Case.household_id == Household.id)
    regrouped = [
        select(HouseholdChange.made_at).where(
            side == Household.id, HouseholdChange.kind != ChangeKind.APART
        )
        for side in (HouseholdChange.household_id, HouseholdChange.other_id)
    ]
    imported = select(ImportBatch.made_at).where(ImportBatch.id == Household.import_batch_id)
    every = [each.correlate(Household) for each in (by_hand, applied, *regrouped, imported)]
    at = union_all(*every).subquery()
    return select(func.max(at.c[0])).scalar_subquery()


def _review_due(today: date, months: int) -> ColumnElement[bool]:
    """Return what picks the files whose review falls due before the quarter ends."""
    since = add_months(quarter_end(today), -months)
    return and_(Household.filed_on <= since, _not_after(_last_review(), since))


def _unchanged(today: date, months: int) -> ColumnElement[bool]:
    """Return what picks the files that nobody changed or reviewed for so long."""
    since = add_months(today, -months)
    return and_(
        Household.filed_on <= since,
        _not_after(_last_change(), since),
        _not_after(_last_review(), since),
    )


def _not_after(at: ScalarSelect[datetime], day: date) -> ColumnElement[bool]:
    return func.coalesce(at < midnight(day + timedelta(days=1)), True)


def _never_helped() -> ColumnElement[bool]:
    """Return what picks the files with no relief paid and no service done."""
    paid = exists().where(Award.household_id == Household.id, Award.state == AwardState.PAID)
    served = exists().where(
        ServiceRequest.household_id == Household.id, ServiceRequest.state == ServiceState.DONE
    )
    return and_(~paid, ~served)


def _file(
    work: Work, household: Household, name: str, at: datetime | None, *, months: int | None
) -> FileRow:
    last = local_day(at) if at else None
    since = max(filter(None, (last, household.filed_on)), default=None)
    due = add_months(since, months) if since and months else None
    return FileRow(
        household_id=household.id,
        name=name,
        file_number=household.file_number or "",
        category=household.category or "",
        filed_on=household.filed_on,
        last_on=last,
        due_on=due,
        days_left=workdays_left(work.today, due) if due else None,
    )


@query(needs=Permission.READ_CASES)
def steps_waiting(work: Work, _nothing: Nothing) -> StepsWaiting:
    """Count the steps that run, by what is to be done, and those this person can decide."""
    runs = FilingStep.state == StepState.OPEN
    by_kind = dict(
        work.session.execute(
            select(FilingStep.kind, func.count()).where(runs).group_by(FilingStep.kind)
        ).all()
    )
    over = runs & (FilingStep.due_on < work.today)
    ended = over & (FilingStep.kind == StepKind.NOTICE)
    others = (FilingStep.state == StepState.REPORTED) & (FilingStep.reported_by != work.actor.id)

    def count(*conditions: ColumnElement[bool]) -> int:
        return work.session.scalar(select(func.count(FilingStep.id)).where(*conditions)) or 0

    return StepsWaiting(
        visits=by_kind.get(StepKind.VISIT, 0),
        checks=by_kind.get(StepKind.CROSS_CHECK, 0),
        notices=by_kind.get(StepKind.NOTICE, 0),
        to_take_down=count(ended),
        reviews=by_kind.get(StepKind.REVIEW, 0),
        exits=by_kind.get(StepKind.EXIT, 0),
        overdue=count(over) - count(ended),
        to_decide=count(others),
        reported=count(FilingStep.state == StepState.REPORTED),
        drawn=count(_sampled(work.today.year)),
        sampled=count(runs, _sampled(work.today.year)),
    )


@query(needs=Permission.READ_CASES)
def files_waiting(work: Work, _nothing: Nothing) -> FilesWaiting:
    """Count the files that need looking after, list by list."""
    on_file = select(func.count(Household.id)).where(Household.file_state == FileState.ACTIVE)
    counts = {
        which.value: work.session.scalar(on_file.where(_stands_on(which, work.today))) or 0
        for which in FileList
    }
    return FilesWaiting(**counts)


@query(needs=Permission.READ_CENTER)
def filing_rules(work: Work, _nothing: Nothing) -> FilingRules:
    """Return the steps as the policy in force and the center have them, with their sources."""
    policy, own = filing_policy(work.today), the_center(work.session).required_steps
    return FilingRules(
        title=policy.title,
        provisional=policy.status != "confirmed",
        note=policy.note,
        path=tuple(
            PathRow(
                name=step.name,
                required=step.required or step.name.value in own,
                by_center=step.name.value in own,
                working_days=step.working_days,
                source=_("; ").join(policy.sources[source] for source in step.source),
                confidence=step.confidence,
            )
            for step in policy.steps
        ),
        notice_length=policy.notice.length,
        notice_unit=policy.notice.unit,
        places=policy.notice.content.places,
        partners=policy.check.partners,
        usual_partners=policy.check.usual,
        investigators=policy.visit.investigators,
        review_months=policy.review.months,
        sample_percent=policy.sample.percent if policy.sample else None,
        exits=tuple(
            ExitRow(
                id=reason.id,
                title=reason.title,
                outcome=reason.outcome,
                test=reason.test,
                months=reason.months,
            )
            for reason in policy.exits
        ),
    )
