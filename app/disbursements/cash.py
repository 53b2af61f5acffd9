"""The close of a day on which cash was handed out: drawn, paid, left, counted by two people."""

from datetime import date
from typing import Final, NamedTuple

from sqlalchemy import ColumnElement, func, select

from app.center.store import the_center
from app.core.errors import Conflict, NotNow, RuleBroken
from app.core.i18n import N_
from app.core.money import Fen, yuan_text
from app.core.record import Nothing
from app.core.words.disbursements import LineState, PayWay
from app.core.words.funds import BudgetState
from app.core.words.papers import PaperKind
from app.disbursements.cash_records import (
    CashDayById,
    CashDayRow,
    CashDayStep,
    CloseDayForm,
)
from app.disbursements.papers import CashDayFacts
from app.papers.store import issue
from app.work import Permission, SecondPersonNeeded, Topic, Work, action, query
from db.models.disbursements import AwardVersion, Batch, BatchLine, CashDay
from db.models.staff import Staff

DAYS: Final = 200
"""How many days are listed."""


class NoteNeeded(RuleBroken):
    """A count that differs needs words."""

    says = N_("{difference} yuan differ from what should be left ({left}). Please write why.")


class NoCashThatDay(RuleBroken):
    """There is nothing to count."""

    says = N_("No cash was handed out on {day}.")


@action(needs=Permission.PREPARE_BATCHES, changes={Topic.BATCHES})
def close_day(work: Work, form: CloseDayForm) -> int:
    """Count the cash of a day; return the count's id. It can be counted anew until confirmed.

    What was paid is the sum of the payments signed for on the day. Raises `NoteNeeded` when what
    is left is not what was drawn less what was paid.
    """
    paid = _paid_on(work, form.day).fen
    if not paid:
        raise NoCashThatDay(day=form.day)
    difference = form.counted - (form.drawn - paid)
    note = form.note.strip()
    if difference and not note:
        left = yuan_text(form.drawn - paid)
        raise NoteNeeded(difference=yuan_text(difference), left=left)
    told = {"drawn": form.drawn, "counted": form.counted, "note": note if difference else ""}
    told |= {"counted_by": work.actor.id, "counted_at": work.now}
    counted = work.session.scalars(select(CashDay).where(CashDay.day == form.day)).first()
    if counted is None:
        return work.add(CashDay(day=form.day, paid=paid, **told)).id
    if form.version is None:
        raise Conflict(who=work.last_to_change(counted))
    counted = work.load(CashDay, counted.id, form.version)
    _open(counted)
    for name, value in told.items():
        setattr(counted, name, value)
    return counted.id


@action(needs=Permission.CONFIRM_PAYMENTS, changes={Topic.BATCHES})
def confirm_day(work: Work, step: CashDayStep) -> None:
    """Confirm the count of somebody else, after counting the box with them."""
    day = _open(work.load(CashDay, step.id, step.version))
    if day.counted_by == work.actor.id:
        raise SecondPersonNeeded()
    day.confirmed_by = work.actor.id


def _open(day: CashDay) -> CashDay:
    if day.confirmed_by is not None:
        raise NotNow(state=BudgetState.CONFIRMED.label, step="confirm")
    return day


class Paid(NamedTuple):
    """What was signed for in cash on one day."""

    payments: int = 0
    fen: Fen = Fen(0)


def _paid_on(work: Work, day: date) -> Paid:
    return _paid_by_day(work, BatchLine.settled_on == day).get(day, Paid())


def _paid_by_day(work: Work, *which: ColumnElement[bool]) -> dict[date, Paid]:
    """Return what was signed for in cash day by day: on the newest days, or on ``which``."""
    found = work.session.execute(
        select(BatchLine.settled_on, func.count(), func.sum(AwardVersion.amount))
        .join(Batch, BatchLine.batch_id == Batch.id)
        .join(AwardVersion, BatchLine.award_version_id == AwardVersion.id)
        .where(Batch.way == PayWay.CASH, BatchLine.state == LineState.PAID, *which)
        .group_by(BatchLine.settled_on)
        .order_by(BatchLine.settled_on.desc())
        .limit(DAYS)
    )
    return {day: Paid(count, Fen(fen)) for day, count, fen in found if day is not None}


@query(needs=Permission.READ_BATCHES)
def cash_days(work: Work, _nothing: Nothing) -> list[CashDayRow]:
    """List the days on which cash was handed out, the newest first."""
    names, paid = _names(work), _paid_by_day(work)
    counted = {
        each.day: each
        for each in work.session.scalars(select(CashDay).order_by(CashDay.day.desc()).limit(DAYS))
    }
    days = sorted({*counted, *paid}, reverse=True)[:DAYS]
    return [_row(work, day, paid.get(day, Paid()), counted.get(day), names) for day in days]


def _names(work: Work) -> dict[int | None, str]:
    return dict(work.session.execute(select(Staff.id, Staff.name)).all())


def _row(
    work: Work, day: date, told: Paid, counted: CashDay | None, names: dict[int | None, str]
) -> CashDayRow:
    paid = counted.paid if counted else told.fen
    return CashDayRow(
        id=counted.id if counted else None,
        version=counted.version if counted else None,
        day=day,
        payments=told.payments,
        paid=paid,
        drawn=counted.drawn if counted else None,
        counted=counted.counted if counted else None,
        difference=Fen(counted.counted - counted.drawn + paid if counted else 0),
        note=counted.note if counted else "",
        counted_by=names[counted.counted_by] if counted else "",
        confirmed_by=names.get(counted.confirmed_by, "") if counted else "",
        mine=counted is not None and counted.counted_by == work.actor.id,
    )


@action(needs=Permission.ISSUE_PAPERS, changes={Topic.PAPERS})
def issue_cash_day_sheet(work: Work, asked: CashDayById) -> int:
    """Issue the sheet of a day of cash that two people counted (现金日结单)."""
    day = work.load(CashDay, asked.id)
    if day.confirmed_by is None:
        raise NotNow(state=BudgetState.ENTERED.label, step="issue")
    row = _row(work, day.day, _paid_on(work, day.day), day, _names(work))
    facts = CashDayFacts(
        name=the_center(work.session).name,
        day=day.day,
        payments=row.payments,
        drawn=day.drawn,
        amount=day.paid,
        left=Fen(day.drawn - day.paid),
        counted=day.counted,
        difference=row.difference,
        note=day.note,
        counted_by=row.counted_by,
        confirmed_by=row.confirmed_by,
    )
    return issue(
        work,
        PaperKind.CASH_DAY_SHEET,
        facts,
        subject=f"cash_day/{day.id}",
        title=day.day.isoformat(),
        checker=row.confirmed_by,
    ).id
