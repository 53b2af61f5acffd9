"""The close of a day on which cash was handed out: drawn, paid, left, counted by two people."""

from datetime import date

from sqlalchemy import func, select

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
    _payments, paid = _handed_out(work, form.day)
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


def _handed_out(work: Work, day: date) -> tuple[int, Fen]:
    """Return how many payments were signed for in cash on a day, and their sum."""
    count, fen = work.session.execute(
        select(func.count(), func.coalesce(func.sum(AwardVersion.amount), 0))
        .select_from(BatchLine)
        .join(Batch, BatchLine.batch_id == Batch.id)
        .join(AwardVersion, BatchLine.award_version_id == AwardVersion.id)
        .where(
            Batch.way == PayWay.CASH,
            BatchLine.state == LineState.PAID,
            BatchLine.settled_on == day,
        )
    ).one()
    return count, Fen(fen)


@query(needs=Permission.READ_BATCHES)
def cash_days(work: Work, _nothing: Nothing) -> list[CashDayRow]:
    """List the days on which cash was handed out, the newest first."""
    names = _names(work)
    counted = {
        each.day: each
        for each in work.session.scalars(select(CashDay).order_by(CashDay.day.desc()).limit(200))
    }
    days = work.session.scalars(
        select(BatchLine.settled_on)
        .join(Batch, BatchLine.batch_id == Batch.id)
        .where(
            Batch.way == PayWay.CASH,
            BatchLine.state == LineState.PAID,
            BatchLine.settled_on.is_not(None),
        )
        .distinct()
        .order_by(BatchLine.settled_on.desc())
        .limit(200)
    )
    return [
        _row(work, day, counted.get(day), names)
        for day in sorted({*counted, *filter(None, days)}, reverse=True)
    ]


def _names(work: Work) -> dict[int | None, str]:
    return dict(work.session.execute(select(Staff.id, Staff.name)).all())


def _row(
    work: Work, day: date, counted: CashDay | None, names: dict[int | None, str]
) -> CashDayRow:
    payments, paid = _handed_out(work, day)
    paid = counted.paid if counted else paid
    return CashDayRow(
        id=counted.id if counted else None,
        version=counted.version if counted else None,
        day=day,
        payments=payments,
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
    row = _row(work, day.day, day, _names(work))
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
