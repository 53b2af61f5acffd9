"""Lists what stands behind the figures of files, applications and funds.

Each list is chosen by the words that count its figure (`movements.py`), so it has as many rows as
the figure says; the movements of a fund sum to theirs.
"""

from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Select, and_, func, select

from app.core.clock import local_day
from app.core.i18n import N_, _
from app.core.money import Fen
from app.core.words.cases import CaseState
from app.core.words.filing import ExitOutcome, StepKind
from app.core.words.funds import Account, RefundKind
from app.funds.ledger import kind_of
from app.reference.workdays import workdays_left
from app.reports.movements import (
    accepted_in,
    decided_in,
    held_by,
    here,
    is_late,
    moved_in,
    name_of,
    of_cases,
    open_at_end_of,
    opened_in,
    reserved_by,
    span,
)
from app.reports.records import BehindQuery, BehindRow, BehindRows, Figure
from app.work import Work
from db.models.cases import Case
from db.models.disbursements import Award, AwardVersion
from db.models.filing import FilingStep
from db.models.funds import Posting, Refund
from db.models.households import Household, Member

PAGE: Final = 200
"""Rows on a page."""

WORKING_DAYS: Final = N_("{state}, {days} working days")

_HEAD: Final = and_(Member.household_id == Household.id, Member.position == 1)
"""Finds the head of a household."""


def rows_of(work: Work, asked: BehindQuery) -> BehindRows:
    """Return one page of what stands behind a figure."""
    match asked.figure:
        case Figure.OPENED | Figure.OPEN_AT_END:
            found, row = _files(asked), _file
        case Figure.RETURNED | Figure.CLOSED:
            found, row = _steps(asked), _step
        case Figure.ACCEPTED | Figure.DECIDED | Figure.FILED | Figure.REFUSED | Figure.LATE:
            found, row = _cases(work, asked), _case
        case _:
            return _movements(work, asked)
    number = work.session.scalar(select(func.count()).select_from(found.order_by(None).subquery()))
    page = work.session.execute(found.limit(PAGE).offset(PAGE * asked.page))
    return BehindRows(count=number or 0, fen=None, rows=tuple(row(*each) for each in page))


# Files


def _files(asked: BehindQuery) -> Select[*tuple[Any, ...]]:
    told = (Household.id, Household.filed_on, Household.file_number, Member.name)
    found = here(select(*told, Household.category), asked.asked).outerjoin(Member, _HEAD)
    opened = asked.figure is Figure.OPENED
    found = found.where(opened_in(asked.asked) if opened else open_at_end_of(asked.asked))
    if asked.key is not None:
        found = found.where(func.coalesce(Household.category, "") == asked.key)
    return found.order_by(Household.filed_on, Household.id)


def _file(
    key: int, day: date | None, number: str | None, name: str | None, category: str | None
) -> BehindRow:
    return _row(key, day, number, name, category or "", household=key)


def _steps(asked: BehindQuery) -> Select[*tuple[Any, ...]]:
    step = (FilingStep.id, FilingStep.done_at, FilingStep.kind, FilingStep.result)
    kind = StepKind.RETURN if asked.figure is Figure.RETURNED else StepKind.EXIT
    found = (
        here(select(*step, Household.id, Household.file_number, Member.name), asked.asked)
        .join_from(FilingStep, Household, FilingStep.household_id == Household.id)
        .outerjoin(Member, _HEAD)
        .where(moved_in(asked.asked), FilingStep.kind == kind)
    )
    if asked.key is not None:
        found = found.where(FilingStep.result == asked.key)
    return found.order_by(FilingStep.done_at, FilingStep.id)


def _step(
    key: int,
    done: datetime,
    kind: StepKind,
    result: str,
    household: int,
    number: str | None,
    name: str | None,
) -> BehindRow:
    says = ExitOutcome(result).label if kind is StepKind.EXIT else kind.label
    return _row(key, local_day(done), number, name, says, household=household)


# Applications


def _cases(work: Work, asked: BehindQuery) -> Select[*tuple[Any, ...]]:
    came = asked.figure is Figure.ACCEPTED
    day = Case.accepted_at if came else Case.decided_at
    told = (Case.id, Case.number, Case.state, Case.household_id, Case.accepted_at, day)
    found = of_cases(select(*told, Member.name), asked.asked).outerjoin(Member, _HEAD)
    found = found.where(accepted_in(asked.asked) if came else decided_in(asked.asked))
    if asked.figure is Figure.LATE:
        found = found.where(Case.id.in_(_late(work, asked)))
    states = {Figure.FILED: CaseState.FILED, Figure.REFUSED: CaseState.REFUSED}
    if asked.figure in states:
        found = found.where(Case.state == states[asked.figure])
    return found.order_by(day, Case.id)


def _late(work: Work, asked: BehindQuery) -> list[int]:
    decided = of_cases(select(Case.id, Case.decided_at, Case.due_on), asked.asked)
    found = work.session.execute(decided.where(decided_in(asked.asked)))
    return [key for key, done, due in found if done is not None and is_late(done, due)]


def _case(
    key: int,
    number: str,
    state: CaseState,
    household: int,
    accepted: datetime,
    at: datetime,
    name: str | None,
) -> BehindRow:
    """Return an application; ``at`` is when it was decided, or accepted."""
    days = workdays_left(local_day(accepted), local_day(at))
    says = state.label if at == accepted else _(WORKING_DAYS).format(state=state.label, days=days)
    return _row(key, local_day(at), number, name, says, household=household, case=key)


# Movements of a fund


def _movements(work: Work, asked: BehindQuery) -> BehindRows:
    """List the movements that make up a figure of a fund; each says what it adds to it."""
    begin, end = span(asked.asked)
    found = work.session.execute(
        select(
            Posting.id,
            Posting.from_account,
            Posting.to_account,
            Posting.carry_over_id.is_not(None),
            Refund.kind,
            Posting.posted_at < begin,
            Posting.amount,
        )
        .outerjoin(Refund, Posting.refund_id == Refund.id)
        .where(Posting.fund_id == int(asked.key or 0), Posting.posted_at < end)
        .order_by(Posting.posted_at, Posting.id)
    )
    adds: dict[int, Fen] = {}
    for key, start, to, carried, kind, earlier, fen in found:
        times = _times(asked.figure, start, to, kind, carried=carried, earlier=earlier)
        if times:
            adds[key] = Fen(times * fen)
    page = list(adds)[PAGE * asked.page : PAGE * (asked.page + 1)]
    told = (
        select(Posting, Award.case_id, Household.id, Household.file_number, Member.name)
        .outerjoin(AwardVersion, Posting.award_version_id == AwardVersion.id)
        .outerjoin(Award, AwardVersion.award_id == Award.id)
        .outerjoin(Household, Award.household_id == Household.id)
        .outerjoin(Member, _HEAD)
        .where(Posting.id.in_(page))
        .order_by(Posting.posted_at, Posting.id)
    )
    return BehindRows(
        count=len(adds),
        fen=Fen(sum(adds.values())),
        rows=tuple(
            _row(
                posting.id,
                local_day(posting.posted_at),
                number,
                name,
                kind_of(posting).label,
                note=posting.memo,
                household=household,
                case=case,
                fen=adds[posting.id],
            )
            for posting, case, household, number, name in work.session.execute(told)
        ),
    )


def _times(
    figure: Figure,
    start: Account,
    to: Account,
    kind: RefundKind | None,
    *,
    carried: bool,
    earlier: bool,
) -> int:
    """Return how a movement counts in a figure: 1, -1 when it is taken off, or 0."""
    name = "" if earlier else name_of(start, to, kind, carried=carried)
    match figure:
        case Figure.OPENING:
            return held_by(start, to) if earlier else 0
        case Figure.MOVED:
            return 0 if earlier else held_by(start, to)
        case Figure.CLOSING:
            return held_by(start, to)
        case Figure.RESERVED:
            return reserved_by(start, to)
        case Figure.CARRIED:
            return (name == "carried_in") - (name == "carried_out")
        case Figure.BACK:
            return int(name in ("returned", "recovered", "given_back"))
        case _:
            return int(name == figure.value)


def _row(
    key: int,
    day: date | None,
    number: str | None,
    name: str | None,
    says: str,
    *,
    household: int | None,
    case: int | None = None,
    note: str = "",
    fen: Fen | None = None,
) -> BehindRow:
    return BehindRow(
        id=key,
        day=day,
        number=number or "",
        name=name or "",
        says=says,
        note=note,
        fen=fen,
        household_id=household,
        case_id=case,
    )
