"""The charts of cases: how many come and are decided, where they wait, why things come back."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any, Final, TypeVarTuple

from sqlalchemy import ColumnElement, Integer, Select, and_, case, extract, func, or_, select

from app.core.clock import local_day, midnight
from app.core.i18n import N_, _
from app.core.words.cases import CaseState
from app.core.words.disbursements import Decision, LineState
from app.core.words.filing import StepKind, StepState
from app.core.words.funds import Account
from app.reference.workdays import workdays_left
from app.reports.charts import Chart, ChartName, Line, Shape, Unit, answer
from app.reports.cutting import district_words
from app.reports.records import BehindQuery, Figure, ReportQuery
from app.work import Work
from db.models.cases import Case
from db.models.disbursements import Approval, Award, AwardVersion, BatchLine
from db.models.filing import FilingStep
from db.models.funds import Posting
from db.models.households import Household

Chosen = TypeVarTuple("Chosen")

WEEKS: Final = 60
"""More of them are told by month."""

_DECIDED: Final = Case.state.in_((CaseState.FILED, CaseState.REFUSED))


def _of_district(statement: Select[*Chosen], asked: ReportQuery) -> Select[*Chosen]:
    """Narrow what is joined to households to the district that is asked for."""
    if not asked.district:
        return statement
    return statement.where(Household.district.in_(district_words(asked.district)))


def _cases(statement: Select[*Chosen], asked: ReportQuery) -> Select[*Chosen]:
    joined = statement.select_from(Case).join(Household, Case.household_id == Household.id)
    return _of_district(joined, asked)


# How many come, how many are decided


def flow(work: Work, asked: ReportQuery) -> Chart:
    """Tell week by week what was accepted, what was decided, and what waited at its end."""
    last = min(asked.last, work.today)
    starts = _starts(asked.first, last) if asked.first <= last else []
    ends = [midnight(day) for day in [*starts[1:], last + timedelta(days=1)]]
    begins = [midnight(day) for day in starts]
    came = _by_span(work, asked, Case.accepted_at, begins, ends, Case.id.is_not(None))
    done = _by_span(work, asked, Case.decided_at, begins, ends, _DECIDED)
    before = midnight(asked.first)
    open_then = and_(Case.accepted_at < before, or_(~_DECIDED, Case.decided_at >= before))
    at_first = work.session.scalar(_cases(select(func.count()), asked).where(open_then)) or 0
    waiting = at_first
    lines: list[Line] = []
    monthly = len(starts) > 1 and (starts[1] - starts[0]).days > 7
    lasts = [*(day - timedelta(days=1) for day in starts[1:]), last][: len(starts)]
    for day, end, accepted, decided in zip(starts, lasts, came, done, strict=True):
        waiting += accepted - decided
        words = day.strftime("%Y-%m" if monthly else "%m-%d")
        lines.append(Line(words, (accepted, decided, waiting), _of_span(asked, day, end)))
    return answer(
        ChartName.FLOW,
        says=_flow_says(sum(came), sum(done), at_first, waiting),
        shape=Shape.LINES,
        unit=Unit.COUNT,
        heads=(_("Accepted"), _("Decided"), _("Waiting at the end")),
        lines=tuple(lines),
        rows_are=_("Month") if monthly else _("Week from"),
    )


def _of_span(asked: ReportQuery, first: date, last: date) -> tuple[BehindQuery, BehindQuery]:
    """Return the applications that were accepted, and decided, between two days."""
    part = replace(asked, first=first, last=last)
    return (
        BehindQuery(asked=part, figure=Figure.ACCEPTED),
        BehindQuery(asked=part, figure=Figure.DECIDED),
    )


def _flow_says(came: int, done: int, first: int, last: int) -> str:
    if last > first:
        says = _("The backlog grows: {came} accepted, {done} decided, {last} waiting, {more} more.")
    elif last < first:
        says = _(
            "The backlog shrinks: {came} accepted, {done} decided, {last} waiting, {less} less."
        )
    else:
        says = _("The backlog stays: {came} accepted, {done} decided, {last} waiting.")
    return says.format(
        came=f"{came:,}", done=f"{done:,}", last=f"{last:,}", more=last - first, less=first - last
    )


def _starts(first: date, last: date) -> list[date]:
    """Return the days on which the weeks begin, the first cut by the period; or the months."""
    monday = first - timedelta(days=first.weekday())
    weeks = [monday + timedelta(weeks=number) for number in range((last - monday).days // 7 + 1)]
    if len(weeks) <= WEEKS:
        return [max(first, day) for day in weeks]
    months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return [max(first, date(month // 12, month % 12 + 1, 1)) for month in months]


def _by_span(
    work: Work,
    asked: ReportQuery,
    column: Any,
    begins: Sequence[datetime],
    ends: Sequence[datetime],
    where: ColumnElement[bool],
) -> list[int]:
    """Count cases by the span that an instant of theirs falls into, in one statement."""
    if not begins:
        return []
    span = case(
        *((column < end, number) for number, end in enumerate(ends)), else_=len(ends)
    ).label("span")
    counted = _cases(select(span, func.count()), asked).where(
        where, column >= begins[0], column < ends[-1]
    )
    found: Counter[int] = Counter()
    for number, count in work.session.execute(counted.group_by(span)):
        found[number] += count
    return [found[number] for number in range(len(begins))]


# Where they wait

DECISION: Final = N_("Decision on the application")
APPROVAL: Final = N_("Approval of the award")
PAYMENT: Final = N_("From approval to payment")


def waits(work: Work, asked: ReportQuery) -> Chart:
    """Tell for each step in how many working days half of them end, and nine of ten."""
    begin, end = midnight(asked.first), midnight(asked.last + timedelta(days=1))
    steps: dict[str, list[int]] = {}
    decided = _cases(select(Case.accepted_at, Case.decided_at), asked)
    decided = decided.where(_DECIDED, Case.decided_at >= begin, Case.decided_at < end)
    steps[_(DECISION)] = _working(work.session.execute(decided))
    kinds = (StepKind.VISIT, StepKind.CROSS_CHECK, StepKind.NOTICE, StepKind.REVIEW)
    taken = (
        select(FilingStep.kind, FilingStep.opened_at, FilingStep.done_at)
        .join(Household, FilingStep.household_id == Household.id)
        .where(FilingStep.state == StepState.DONE, FilingStep.kind.in_(kinds))
        .where(FilingStep.done_at >= begin, FilingStep.done_at < end)
    )
    of_kind: dict[StepKind, list[tuple[datetime, datetime | None]]] = {kind: [] for kind in kinds}
    for kind, opened, done in work.session.execute(_of_district(taken, asked)):
        of_kind[kind].append((opened, done))
    steps |= {kind.label: _working(found) for kind, found in of_kind.items()}
    approved = _awards(select(AwardVersion.proposed_at, Approval.decided_at), asked).where(
        Approval.final, Approval.decided_at >= begin, Approval.decided_at < end
    )
    steps[_(APPROVAL)] = _working(work.session.execute(approved))
    paid = (
        _awards(select(Approval.decided_at, Posting.posted_at), asked)
        .join(Posting, Posting.award_version_id == AwardVersion.id)
        .where(Approval.final, Approval.decision == Decision.APPROVED)
        .where(Posting.to_account == Account.PAID)
        .where(Posting.posted_at >= begin, Posting.posted_at < end)
    )
    steps[_(PAYMENT)] = _working(work.session.execute(paid))
    lines = tuple(Line(words, _percentiles(days)) for words, days in steps.items() if days)
    slowest = max(lines, key=lambda line: (line.values[1] or 0, line.values[0] or 0), default=None)
    return answer(
        ChartName.WAITS,
        says=_(
            "Longest: {step}, half within {half} working days, nine of ten within {most}."
        ).format(step=slowest.label, half=slowest.values[0], most=slowest.values[1])
        if slowest
        else _("Nothing was decided in this period."),
        shape=Shape.RANGES,
        unit=Unit.DAYS,
        heads=(_("Half within"), _("Nine of ten within"), _("How many of them")),
        lines=lines,
        rows_are=_("Step"),
    )


def _awards(statement: Select[*Chosen], asked: ReportQuery) -> Select[*Chosen]:
    joined = (
        statement.select_from(Approval)
        .join(AwardVersion, Approval.award_version_id == AwardVersion.id)
        .join(Award, AwardVersion.award_id == Award.id)
        .join(Household, Award.household_id == Household.id)
    )
    return _of_district(joined, asked)


def _working(pairs: Iterable[Any]) -> list[int]:
    """Return the working days between each two instants."""
    days = cache(workdays_left)
    return [days(local_day(begun), local_day(done)) for begun, done in pairs if done is not None]


def _percentiles(days: list[int]) -> tuple[int, int, int]:
    """Return the numbers of days within which half and nine tenths end, and how many they are."""
    ordered, number = sorted(days), len(days)
    return ordered[-(-number // 2) - 1], ordered[-(-number * 9 // 10) - 1], number


# When they come

_WEEKDAYS: Final = (
    N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday"), N_("Friday"),
    N_("Saturday"), N_("Sunday"),
)  # fmt: skip


def arrivals(work: Work, asked: ReportQuery) -> Chart:
    """Tell on which weekday and in which half hour applications were accepted."""
    begin, end = midnight(asked.first), midnight(asked.last + timedelta(days=1))
    at = Case.accepted_at
    slot = (
        extract("dow", at).cast(Integer),
        extract("hour", at).cast(Integer),
        case((extract("minute", at) >= 30, 1), else_=0),
    )
    found = _cases(select(*slot, func.count()), asked).where(at >= begin, at < end)
    # The store counts in UTC; the zone of China has no summer time.
    ahead = begin.astimezone().utcoffset() or timedelta()
    shift = ahead // timedelta(minutes=30)
    counts: Counter[tuple[int, int]] = Counter()
    for weekday, hour, half, number in work.session.execute(found.group_by(*slot)):
        place = ((weekday - 1) % 7 * 48 + hour * 2 + half + shift) % (7 * 48)
        counts[place // 48, place % 48] += number
    halves = range(
        min((half for _day, half in counts), default=0),
        max((half for _day, half in counts), default=-1) + 1,
    )
    days = [day for day in range(7) if day < 5 or any(each == day for each, _half in counts)]
    busiest = max(counts, key=lambda place: counts[place], default=None)
    return answer(
        ChartName.ARRIVALS,
        says=_("Busiest: {day} from {time}, {count} of {all} applications.").format(
            day=_(_WEEKDAYS[busiest[0]]),
            time=_clock(busiest[1]),
            count=counts[busiest],
            all=f"{counts.total():,}",
        )
        if busiest
        else _("Nothing was accepted in this period."),
        shape=Shape.HEAT,
        unit=Unit.COUNT,
        heads=tuple(_clock(half) for half in halves),
        lines=tuple(
            Line(_(_WEEKDAYS[day]), tuple(counts[day, half] for half in halves)) for day in days
        ),
        rows_are=_("Weekday"),
    )


def _clock(half: int) -> str:
    return f"{half // 2}:{half % 2 * 30:02d}"


# Why things come back

TOLD: Final = 10
"""Reasons in the chart; the others are summed up."""


def reasons(work: Work, asked: ReportQuery) -> Chart:
    """Tell for which reasons applications and awards were sent back or refused, and payments
    failed."""
    counts: Counter[str] = Counter()
    for kind, reason, number in _reasons(work, asked):
        counts[_("{kind}: {reason}").format(kind=kind, reason=reason or "—")] += number
    ranked = counts.most_common()
    lines = [Line(words, (number,)) for words, number in ranked[:TOLD]]
    if rest := sum(number for _words, number in ranked[TOLD:]):
        lines.append(Line(_("The others"), (rest,)))
    return answer(
        ChartName.REASONS,
        says=_("Most often: {reason} ({count} of {all}).").format(
            reason=ranked[0][0], count=ranked[0][1], all=counts.total()
        )
        if ranked
        else _("Nothing came back in this period."),
        shape=Shape.RANKED,
        unit=Unit.COUNT,
        heads=(_("How many of them"),),
        lines=tuple(lines),
        rows_are=_("Reason"),
    )


def _reasons(work: Work, asked: ReportQuery) -> Iterator[tuple[str, str, int]]:
    begin, end = midnight(asked.first), midnight(asked.last + timedelta(days=1))
    stopped = (CaseState.RETURNED, CaseState.REFUSED)
    cases = _cases(select(Case.state, Case.opinion, func.count()), asked).where(
        Case.state.in_(stopped), Case.decided_at >= begin, Case.decided_at < end
    )
    for state, reason, number in work.session.execute(cases.group_by(Case.state, Case.opinion)):
        yield _("Application {state}").format(state=state.label), reason, number
    decisions = (Decision.SENT_BACK, Decision.REFUSED, Decision.CHANGE_AMOUNT)
    decided = _awards(select(Approval.decision, Approval.opinion, func.count()), asked).where(
        Approval.decision.in_(decisions), Approval.decided_at >= begin, Approval.decided_at < end
    )
    grouped = decided.group_by(Approval.decision, Approval.opinion)
    for decision, reason, number in work.session.execute(grouped):
        yield _("Award {decision}").format(decision=decision.label), reason, number
    failed = (
        select(BatchLine.reason, func.count())
        .join(AwardVersion, BatchLine.award_version_id == AwardVersion.id)
        .join(Award, AwardVersion.award_id == Award.id)
        .join(Household, Award.household_id == Household.id)
        .where(BatchLine.state == LineState.FAILED)
        .where(BatchLine.settled_on.between(asked.first, asked.last))
    )
    for reason, number in work.session.execute(
        _of_district(failed, asked).group_by(BatchLine.reason)
    ):
        yield _("Payment"), reason, number
