"""The lists that the loan desk works from: due, overdue, checks, steps, second persons.

Every list is counted as of today from days that stand in the store: a line of a plan is overdue
when its last day in time lies before today. So nothing has to run at night, and a list that is
opened after a holiday is as right as any other. Sorting and paging are the store's.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from sqlalchemy import ColumnElement, Select, Subquery, func, null, select, text

from app.core.masking import mask
from app.core.money import Fen
from app.core.record import Nothing
from app.core.words.loans import ChangeState, LoanEventKind, LoanState
from app.loans.queries import called
from app.loans.rules import NEXT, OPEN
from app.loans.showing import PHONE, WEEK
from app.loans.view_records import (
    LoanList,
    LoanSort,
    WorkCount,
    WorkCounts,
    WorkPage,
    WorkQuery,
    WorkRow,
)
from app.reference.workdays import workdays_left
from app.work import Permission, Work, query
from db.models.loans import Loan, LoanChange, LoanCheck, LoanInstalment

LATE: Final[Mapping[LoanList, tuple[int, int | None]]] = {
    LoanList.OVERDUE_30: (1, 30),
    LoanList.OVERDUE_90: (31, 90),
    LoanList.OVERDUE_MORE: (91, None),
}
"""Days overdue of the oldest line, from and to."""

Lines = Select[int, int, None, date, Fen, int, None, None]
"""Lines of plans, loan by loan, in the columns that every list has."""

COMING: Final = timedelta(days=WEEK)
"""How far ahead what is due this week, or a check, is listed."""


@query(needs=Permission.READ_LOANS)
def loan_work(work: Work, asked: WorkQuery) -> WorkPage:
    """List what waits at the loan desk, a page at a time, with what the whole list holds."""
    waits = waiting(asked.list, work.today, asked.step)
    named = [called(words)] if (words := asked.text.strip()) else []
    count, amount = _totals(work, waits, asked.list, named)
    columns = (waits.c.id, waits.c.version, waits.c.day, waits.c.fen, waits.c.lines)
    found = select(Loan, *columns, waits.c.kind, waits.c.entered_by)
    found = found.join(waits, waits.c.loan_id == Loan.id).where(*_still(asked.list), *named)
    key = {
        LoanSort.DAY: waits.c.day,
        LoanSort.AMOUNT: waits.c.fen,
        LoanSort.NUMBER: Loan.number,
        LoanSort.NAME: Loan.name,
        LoanSort.BANK: Loan.bank,
    }[asked.sort]
    order = key.desc() if asked.descending else key.asc()
    page = found.order_by(order.nulls_last(), Loan.id).offset(asked.offset).limit(asked.limit)
    rows = tuple(_row(work, asked.list, *each) for each in work.session.execute(page))
    return WorkPage(rows=rows, total=count, amount=amount)


@query(needs=Permission.READ_LOANS)
def loan_counts(work: Work, _: Nothing) -> WorkCounts:
    """Count what waits at the loan desk, list by list."""
    lists: list[WorkCount] = []
    for each in LoanList:
        count, amount = _totals(work, waiting(each, work.today, None), each)
        lists.append(WorkCount(list=each, count=count, amount=amount))
    late = select(func.count()).where(Loan.step_due_on < work.today)
    return WorkCounts(lists=tuple(lists), steps_overdue=work.session.scalar(late) or 0)


def _totals(
    work: Work, waits: Subquery, which: LoanList, wanted: Sequence[ColumnElement[bool]] = ()
) -> tuple[int, Fen]:
    """Return how many lines a list has, and the sum of its amounts."""
    sums = select(func.count(), func.sum(waits.c.fen)).select_from(Loan)
    found = sums.join(waits, waits.c.loan_id == Loan.id).where(*_still(which), *wanted)
    count, amount = work.session.execute(found).one()
    return count, Fen(amount or 0)


def _still(which: LoanList) -> tuple[ColumnElement[bool], ...]:
    """Return the condition that a list still concerns its loans: what waits for money to come in
    ends with the loan."""
    if which in (LoanList.STEPS, LoanList.SECOND_PERSON):
        return ()
    return (Loan.state == LoanState.REPAYING,)


def waiting(which: LoanList, today: date, step: LoanState | None) -> Subquery:
    """Select what waits in a list: of which loan, its id and version, its day and sum."""
    match which:
        case LoanList.DUE:
            lines = _open_lines(
                LoanInstalment.pay_by >= today, LoanInstalment.due_on < today + COMING
            )
        case LoanList.CHECKS:
            return _checks(today)
        case LoanList.STEPS:
            return _steps(step)
        case LoanList.SECOND_PERSON:
            return _changes()
        case _:
            lines = _overdue(today, *LATE[which])
    return lines.subquery()


def _open_lines(*wanted: ColumnElement[bool]) -> Lines:
    """Select the open lines of plans that are ``wanted``, loan by loan.

    Written so that the store takes the partial index of open lines by their days, which holds all
    that is asked for, and not that of every line by its loan.
    """
    left = LoanInstalment.principal + LoanInstalment.interest - LoanInstalment.paid
    return (
        select(
            LoanInstalment.loan_id,
            LoanInstalment.loan_id.label("id"),
            null().label("version"),
            func.min(LoanInstalment.pay_by).label("day"),
            func.sum(left).label("fen"),
            func.count().label("lines"),
            null().label("kind"),
            null().label("entered_by"),
        )
        .where(text("loan_instalment.open"), *wanted)
        .group_by(LoanInstalment.loan_id + 0)
    )


def _overdue(today: date, least: int, most: int | None) -> Lines:
    """Select the loans whose oldest late line is so many days late, with all that is late.

    No last day in time lies before its due day, so that the index of due days leaves little.
    """
    lines = _open_lines(LoanInstalment.due_on < today, LoanInstalment.pay_by < today)
    oldest = func.min(LoanInstalment.pay_by)
    lines = lines.having(oldest <= today - timedelta(days=least))
    return lines if most is None else lines.having(oldest >= today - timedelta(days=most))


def _checks(today: date) -> Subquery:
    """Select the post-loan checks that are due or late."""
    found = select(
        LoanCheck.loan_id,
        LoanCheck.id,
        LoanCheck.version,
        LoanCheck.due_on.label("day"),
        null().label("fen"),
        null().label("lines"),
        null().label("kind"),
        null().label("entered_by"),
    )
    due = (LoanCheck.result.is_(None), LoanCheck.due_on < today + COMING)
    return found.where(*due).subquery()


def _steps(step: LoanState | None) -> Subquery:
    """Select the loans on their way to the money, with the day their next step is due."""
    found = select(
        Loan.id.label("loan_id"),
        Loan.id,
        null().label("version"),
        Loan.step_due_on.label("day"),
        Loan.asked.label("fen"),
        null().label("lines"),
        null().label("kind"),
        null().label("entered_by"),
    )
    states = [here for here in OPEN if step is None or NEXT[here] is step]
    return found.where(Loan.state.in_(states)).subquery()


def _changes() -> Subquery:
    """Select the changes that wait for a second person."""
    found = select(
        LoanChange.loan_id,
        LoanChange.id,
        LoanChange.version,
        LoanChange.day,
        LoanChange.fen,
        null().label("lines"),
        LoanChange.kind,
        LoanChange.entered_by,
    )
    return found.where(LoanChange.state == ChangeState.ENTERED).subquery()


def _row(
    work: Work,
    which: LoanList,
    loan: Loan,
    id_: int,
    version: int | None,
    day: date | None,
    fen: int | None,
    lines: int | None,
    kind: LoanEventKind | None,
    entered_by: int | None,
) -> WorkRow:
    by = loan.entered_by if entered_by is None else entered_by
    return WorkRow(
        id=id_,
        loan_id=loan.id,
        version=loan.version if version is None else version,
        number=loan.number,
        name=loan.name,
        phone=mask(PHONE, loan.phone),
        bank=loan.bank,
        state=loan.state,
        day=day,
        days=_days(which, day, work.today),
        amount=Fen(fen) if fen is not None else None,
        lines=lines,
        step=NEXT.get(loan.state),
        change=kind,
        mine=by == work.actor.id,
    )


def _days(which: LoanList, day: date | None, today: date) -> int | None:
    """Return the days that a list tells: overdue ones, working days left, or days left."""
    if day is None or which is LoanList.SECOND_PERSON:
        return None
    if which is LoanList.STEPS:
        return workdays_left(today, day)
    return (today - day).days if which in LATE else (day - today).days
