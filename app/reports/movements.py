"""Reads what moved in a period beside relief: money of the funds, files, cases, and the plan."""

from collections import Counter, defaultdict
from datetime import date, datetime, timedelta
from typing import Final, TypeVarTuple

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, exists, func, or_, select

from app.core.clock import local_day, midnight
from app.core.i18n import _
from app.core.money import Fen
from app.core.words.cases import CaseState
from app.core.words.filing import ExitOutcome, StepKind, StepState
from app.core.words.funds import Account, RefundKind
from app.core.words.households import FileState
from app.core.words.relief import ReliefItem
from app.reference.workdays import workdays_left
from app.reports.counting import Count
from app.reports.cutting import UNKNOWN_LABEL, district_words
from app.reports.records import (
    CaseMoves,
    Counted,
    Cut,
    FileMoves,
    FundMoves,
    PlanRow,
    ReportQuery,
)
from app.work import Work
from db.models.cases import Case
from db.models.filing import FilingStep
from db.models.funds import Fund, Posting, Refund
from db.models.households import Household
from db.models.relief import ReliefPlan

Chosen = TypeVarTuple("Chosen")

HELD = (Account.AVAILABLE, Account.RESERVED)
"""The accounts whose sum a fund holds."""

_BACK = {
    RefundKind.BANK: "returned",
    RefundKind.RECOVERED: "recovered",
    RefundKind.GIVEN_BACK: "given_back",
}


def fund_moves(work: Work, asked: ReportQuery) -> tuple[FundMoves, ...]:
    """Return what each fund held, took in and gave out, from the postings alone."""
    begin, end = span(asked)
    before = Posting.posted_at < begin
    found = work.session.execute(
        select(
            Posting.fund_id,
            before,
            Posting.from_account,
            Posting.to_account,
            Posting.carry_over_id.is_not(None),
            Refund.kind,
            func.sum(Posting.amount),
        )
        .outerjoin(Refund, Posting.refund_id == Refund.id)
        .where(Posting.posted_at < end)
        .group_by(
            Posting.fund_id,
            before,
            Posting.from_account,
            Posting.to_account,
            Posting.carry_over_id.is_not(None),
            Refund.kind,
        )
    )
    sums: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for fund_id, earlier, start, to, carried, kind, fen in found:
        told = sums[fund_id]
        held = held_by(start, to) * fen
        told["closing"] += held
        told["reserved"] += reserved_by(start, to) * fen
        if earlier:
            told["opening"] += held
        elif name := name_of(start, to, kind, carried=carried):
            told[name] += fen
    funds = work.session.scalars(select(Fund).order_by(Fund.year, Fund.id))
    return tuple(
        _fund(fund, sums[fund.id])
        for fund in funds
        if fund.id in sums or asked.first.year <= fund.year <= asked.last.year
    )


def held_by(start: Account, to: Account) -> int:
    """Tell whether a movement lets a fund hold more (1), less (-1), or as much."""
    return (to in HELD) - (start in HELD)


def reserved_by(start: Account, to: Account) -> int:
    """Tell whether a movement reserves (1), ends a reserve (-1), or neither."""
    return (to is Account.RESERVED) - (start is Account.RESERVED)


def name_of(start: Account, to: Account, kind: RefundKind | None, *, carried: bool) -> str:
    """Return the column a movement stands in; none when it stays within the fund."""
    if Account.GRANTED in (start, to):
        way = "in" if start is Account.GRANTED else "out"
        return f"carried_{way}" if carried else "granted"
    if to is Account.PAID:
        return "paid"
    if start is Account.PAID:
        return _BACK[kind] if kind else "returned"
    return ""


def _fund(fund: Fund, told: Counter[str]) -> FundMoves:
    names = (
        *("opening", "granted", "carried_in", "carried_out", "paid"),
        *("returned", "recovered", "given_back", "reserved", "closing"),
    )
    money = {name: Fen(told[name]) for name in names}
    return FundMoves(id=fund.id, name=fund.name, source=fund.source, year=fund.year, **money)


def file_moves(work: Work, asked: ReportQuery) -> FileMoves:
    """Return the files opened, closed, come back, and those open on the last day.

    Category and district are those of today: what they were on an earlier day is not kept.
    """
    steps = work.session.execute(
        here(select(FilingStep.kind, FilingStep.result, func.count()), asked)
        .join_from(FilingStep, Household, FilingStep.household_id == Household.id)
        .where(moved_in(asked))
        .group_by(FilingStep.kind, FilingStep.result)
    ).all()
    reasons = {result: number for kind, result, number in steps if kind is StepKind.EXIT}
    open_at_end = work.session.execute(
        here(select(Household.category, func.count()), asked)
        .where(open_at_end_of(asked))
        .group_by(Household.category)
    )
    categories: Counter[str] = Counter()
    for category, number in open_at_end:
        categories[category or ""] += number
    opened = here(select(func.count()).select_from(Household), asked).where(opened_in(asked))
    return FileMoves(
        opened=work.session.scalar(opened) or 0,
        returned=sum(number for kind, _result, number in steps if kind is StepKind.RETURN),
        closed=sum(reasons.values()),
        open_at_end=categories.total(),
        by_reason=tuple(
            Counted(key=outcome.value, label=outcome.label, count=reasons.get(outcome.value, 0))
            for outcome in ExitOutcome
        ),
        by_category=tuple(
            Counted(key=key, label=key or _(UNKNOWN_LABEL), count=number)
            for key, number in sorted(categories.items(), key=lambda each: (-each[1], each[0]))
        ),
    )


def span(asked: ReportQuery) -> tuple[datetime, datetime]:
    """Return the instants between which a period lies; it ends before the second."""
    return midnight(asked.first), midnight(asked.last + timedelta(days=1))


_MOVED: Final = and_(
    FilingStep.kind.in_((StepKind.EXIT, StepKind.RETURN)), FilingStep.state == StepState.DONE
)


def _first_filed() -> ScalarSelect[datetime | None]:
    filed = select(func.min(Case.decided_at)).where(
        Case.household_id == Household.id, Case.state == CaseState.FILED
    )
    return filed.scalar_subquery()


def moved_in(asked: ReportQuery) -> ColumnElement[bool]:
    """Say that a step took a file out in the period, or back in."""
    begin, end = span(asked)
    return and_(_MOVED, FilingStep.done_at >= begin, FilingStep.done_at < end)


def opened_in(asked: ReportQuery) -> ColumnElement[bool]:
    """Say that a file was opened in the period. A file that came back says since when it is open
    again, so the day it was opened first is that of its case; of one that was imported nobody
    knows it."""
    begin, end = span(asked)
    first_filed = _first_filed()
    came_back = exists().where(
        FilingStep.household_id == Household.id,
        FilingStep.kind == StepKind.RETURN,
        FilingStep.state == StepState.DONE,
    )
    return and_(
        Household.file_state.in_((FileState.ACTIVE, FileState.CLOSED)),
        or_(
            and_(Household.filed_on.between(asked.first, asked.last), ~came_back),
            and_(came_back, first_filed >= begin, first_filed < end),
        ),
    )


def open_at_end_of(asked: ReportQuery) -> ColumnElement[bool]:
    """Say that a file was open on the last day: it is open now, or the first that happened to it
    later is that it left."""
    _begin, end = span(asked)
    moved_later = and_(_MOVED, FilingStep.done_at >= end)
    households = select(FilingStep.household_id).where(moved_later)
    first_later = (
        select(FilingStep.kind)
        .where(FilingStep.household_id == Household.id, moved_later)
        .order_by(FilingStep.done_at, FilingStep.id)
        .limit(1)
        .scalar_subquery()
    )
    open_now = and_(Household.file_state == FileState.ACTIVE, Household.filed_on <= asked.last)
    filed_by_then = or_(Household.filed_on <= asked.last, _first_filed() < end)
    return or_(
        and_(open_now, Household.id.not_in(households)),
        and_(Household.id.in_(households), first_later == StepKind.EXIT, filed_by_then),
    )


def here(statement: Select[*Chosen], asked: ReportQuery) -> Select[*Chosen]:
    """Narrow households to those of the district that is asked for."""
    if not asked.district:
        return statement
    return statement.where(Household.district.in_(district_words(asked.district)))


def case_moves(work: Work, asked: ReportQuery) -> CaseMoves:
    """Return the applications of the period, and how long those took that were decided in it."""
    accepted = of_cases(select(func.count()), asked).where(accepted_in(asked))
    decided = of_cases(
        select(Case.state, Case.accepted_at, Case.decided_at, Case.due_on), asked
    ).where(decided_in(asked))
    states: Counter[CaseState] = Counter()
    spans: Counter[tuple[date, date]] = Counter()
    late = 0
    for state, begun, done, due in work.session.execute(decided):
        states[state] += 1
        if done is not None:
            spans[local_day(begun), local_day(done)] += 1
            late += is_late(done, due)
    return CaseMoves(
        accepted=work.session.scalar(accepted) or 0,
        closed=states.total(),
        filed=states[CaseState.FILED],
        refused=states[CaseState.REFUSED],
        late=late,
        working_days=sum(
            workdays_left(begun, done) * times for (begun, done), times in spans.items()
        ),
    )


def of_cases(statement: Select[*Chosen], asked: ReportQuery) -> Select[*Chosen]:
    """Choose from cases with their households, in the district that is asked for."""
    return here(
        statement.select_from(Case).join(Household, Case.household_id == Household.id), asked
    )


def accepted_in(asked: ReportQuery) -> ColumnElement[bool]:
    """Say that an application was accepted in the period."""
    begin, end = span(asked)
    return and_(Case.accepted_at >= begin, Case.accepted_at < end)


def decided_in(asked: ReportQuery) -> ColumnElement[bool]:
    """Say that an application was put on file or refused in the period."""
    begin, end = span(asked)
    decided = Case.state.in_((CaseState.FILED, CaseState.REFUSED))
    return and_(decided, Case.decided_at >= begin, Case.decided_at < end)


def is_late(decided: datetime, due: date) -> bool:
    """Tell whether an application was decided after the day it was due."""
    return local_day(decided) > due


def plan_rows(work: Work, asked: ReportQuery, found: Count) -> tuple[PlanRow, ...]:
    """Return what was planned for the year beside what was done, item by item; nothing when the
    period is no whole year, or narrower than the center."""
    if asked.year is None or asked.area or asked.district:
        return ()
    plans = {
        plan.item: plan
        for plan in work.session.scalars(select(ReliefPlan).where(ReliefPlan.year == asked.year))
    }
    rows: list[PlanRow] = []
    for item in ReliefItem:
        plan, done = plans.get(item), found.figures((Cut.ITEM, item.value))
        if plan or done.person_times or done.fen:
            rows.append(
                PlanRow(
                    id=plan.id if plan else None,
                    version=plan.version if plan else None,
                    item=item,
                    planned_households=plan.households if plan else 0,
                    planned_fen=plan.fen if plan else Fen(0),
                    households=done.households,
                    person_times=done.person_times,
                    fen=done.fen,
                    document=plan.document if plan else "",
                )
            )
    return tuple(rows)
