"""All loans together: how overdue they are, whether repayments keep pace, jobs they made.

Of today the lines of the plans that are kept beside the loans tell it; of a past day every loan is
played again from what happened, so that an entry which became known later is in it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final, NamedTuple

from sqlalchemy import Row, String, func, select

from app.core.money import ZERO, Fen
from app.core.record import Nothing
from app.core.words.loans import LoanEventKind, LoanState
from app.loans.events import Event
from app.loans.portfolio_records import (
    AgeingAsked,
    AgeingRow,
    AgeingView,
    JobsRow,
    PaceAsked,
    PaceRow,
    PaceView,
    PortfolioView,
    RiskRow,
)
from app.loans.replay import replay
from app.loans.rules import LENT
from app.loans.standing import Standing
from app.loans.store import event_of, state_of
from app.loans.subsidies import KEPT
from app.loans.terms import from_plain
from app.reference.workdays import calendar
from app.work import Permission, Work, query
from db.models.loans import Loan, LoanCheck, LoanEvent, LoanInstalment

RANGES: Final = ((1, 30), (31, 60), (61, 90), (91, 180), (181, None))
"""Days late, from and to, beside loans of which nothing is late."""

RISK: Final = (30, 60, 90)
"""Portfolio at risk is told for loans late for more than so many days."""


class Aged(NamedTuple):
    """Loans that are late for the same number of days."""

    days: int
    """0 when nothing is late."""
    loans: int
    late: int
    outstanding: int


@query(needs=Permission.READ_LOANS)
def portfolio(work: Work, _: Nothing) -> PortfolioView:
    """Return all loans together as of today: ageing, risk, jobs."""
    return PortfolioView(ageing=_ageing(work, work.today), jobs=tuple(_jobs(work)))


@query(needs=Permission.READ_LOANS)
def ageing(work: Work, asked: AgeingAsked) -> AgeingView:
    """Return how overdue the loans are on a day, and what is at risk."""
    return _ageing(work, asked.as_of or work.today)


def _ageing(work: Work, day: date) -> AgeingView:
    owed = ZERO
    if day >= work.today:
        aged = list(aged_today(work, day))
        compensated = Loan.state == LoanState.COMPENSATED
        owed = Fen(work.session.scalar(select(func.sum(Loan.owed_to_fund)).where(compensated)) or 0)
    else:
        found = list(standings(work, day))
        aged = list(map(aged_of, (each for each in found if _is_repaying(each))))
        owed = Fen(sum(each.owed_to_fund for each in found))
    recorded = select(func.count()).where(Loan.state == LoanState.RECORDED)
    return view_of(day, aged, owed, work.session.scalar(recorded) or 0)


def view_of(day: date, aged: Iterable[Aged], owed: Fen, recorded: int) -> AgeingView:
    """Sum up loans by how late they are."""
    loans: Counter[int] = Counter()
    late: Counter[int] = Counter()
    outstanding: Counter[int] = Counter()
    for each in aged:
        place = next(
            (at for at, (_first, last) in enumerate(RANGES) if last is None or each.days <= last)
        )
        at = place + 1 if each.days else 0
        loans[at] += each.loans
        late[at] += each.late
        outstanding[at] += each.outstanding
    whole = outstanding.total()
    rows = tuple(
        AgeingRow(
            first=first,
            last=last,
            loans=loans[at],
            late=Fen(late[at]),
            outstanding=Fen(outstanding[at]),
        )
        for at, (first, last) in enumerate(((0, 0), *RANGES))
    )
    return AgeingView(
        as_of=day,
        loans=loans.total(),
        outstanding=Fen(whole),
        rows=rows,
        risk=tuple(_risk(days, rows, whole) for days in RISK),
        owed_to_fund=owed,
        recorded=recorded,
    )


def _risk(days: int, rows: Iterable[AgeingRow], whole: int) -> RiskRow:
    late = [row for row in rows if row.first > days]
    fen = sum(row.outstanding for row in late)
    return RiskRow(
        days=days,
        loans=sum(row.loans for row in late),
        fen=Fen(fen),
        hundredths=-(-fen * 10_000 // whole) if whole else 0,
    )


# Today: read from the plans that are kept

OVERDUE: Final = """
SELECT since, count(*), sum(late), sum(l.outstanding)
FROM (
    SELECT loan_id, min(pay_by) AS since, sum(principal + interest - paid) AS late
    FROM loan_instalment
    WHERE open AND due_on < :today AND pay_by < :today
    GROUP BY loan_id
) JOIN loan l INDEXED BY ix_loan_state ON l.state = 'repaying' AND l.id = loan_id
GROUP BY since
"""
"""The loans by the day since which they are late. No last day in time lies before its due day, so
that the index of open lines by due day, which holds all that is read here, leaves little."""


def aged_today(work: Work, day: date) -> Iterator[Aged]:
    """Yield the loans that are being repaid, by how many days they are late today."""
    loans, outstanding = work.session.execute(
        select(func.count(), func.coalesce(func.sum(Loan.outstanding), 0)).where(
            Loan.state == LoanState.REPAYING
        )
    ).one()
    for since, count, late, left in work.rows(OVERDUE, today=day.isoformat()):
        loans -= count
        outstanding -= left
        yield Aged((day - date.fromisoformat(since)).days, count, late, left)
    yield Aged(0, loans, 0, outstanding)


# A past day: played again


def standings(work: Work, day: date) -> Iterator[Standing]:
    """Yield how every loan stood at the end of a day that the bank had lent by then."""
    known = calendar()
    contracts = work.session.execute(
        select(Loan.id, Loan.terms)
        .where(Loan.state.in_(KEPT), Loan.lent_on <= day)
        .order_by(Loan.id)
    )
    events = _events(work)
    for loan_id, contract in contracts:
        yield replay(from_plain(contract), events[loan_id], day, known)


def _events(work: Work) -> dict[int, list[Event]]:
    """Return what happened to every loan, in the order it became known."""
    events: dict[int, list[Event]] = defaultdict(list)
    rows = select(LoanEvent).order_by(LoanEvent.loan_id, LoanEvent.number)
    for row in work.session.scalars(rows.execution_options(yield_per=5000)):
        events[row.loan_id].append(event_of(row))
    return events


def _is_repaying(standing: Standing) -> bool:
    return state_of(standing) is LoanState.REPAYING


def aged_of(standing: Standing) -> Aged:
    """Return how late one loan was."""
    late = sum(
        line.total - line.paid
        for line in standing.instalments
        if line.settled_on is None and line.pay_by < standing.as_of
    )
    return Aged(standing.overdue_days, 1, late, standing.outstanding)


# Due and paid


@query(needs=Permission.READ_LOANS)
def pace(work: Work, asked: PaceAsked) -> PaceView:
    """Return what fell due and what was paid, month by month, added up from the first day.

    What was late on the first day is due from the beginning; what was paid ahead is paid.
    """
    due = _by_month(
        work.session.execute(
            select(
                func.substr(LoanInstalment.due_on, 1, 7, type_=String),
                func.sum(LoanInstalment.principal + LoanInstalment.interest),
            )
            .where(LoanInstalment.due_on <= asked.last)
            .group_by(func.substr(LoanInstalment.due_on, 1, 7, type_=String))
        )
    )
    paid = _by_month(_paid(work, asked.last))
    first = f"{asked.first:%Y-%m}"
    before = sum(fen for month, fen in due.items() if month < first) - sum(
        fen for month, fen in paid.items() if month < first
    )
    sum_due, sum_paid = max(0, before), max(0, -before)
    rows: list[PaceRow] = []
    for month in _months(asked.first, asked.last):
        sum_due += due[month]
        sum_paid += paid[month]
        rows.append(PaceRow(month=month, due=Fen(sum_due), paid=Fen(sum_paid)))
    return PaceView(rows=tuple(rows))


def _by_month(found: Iterable[Row[str, Fen]]) -> Counter[str]:
    counted: Counter[str] = Counter()
    for month, fen in found:
        counted[month] += fen
    return counted


PAID: Final = (LoanEventKind.REPAID, LoanEventKind.COMPENSATED)
"""What comes to the bank: from the borrower's side, or from the guarantee fund."""


def _paid(work: Work, last: date) -> Iterable[Row[str, Fen]]:
    """Return the months and sums of what came to the bank and was not reversed."""
    undone = (
        select(LoanEvent.loan_id, LoanEvent.reverses)
        .where(LoanEvent.kind == LoanEventKind.REVERSED)
        .subquery()
    )
    return work.session.execute(
        select(func.substr(LoanEvent.day, 1, 7, type_=String), func.sum(LoanEvent.fen))
        .outerjoin(
            undone,
            (undone.c.loan_id == LoanEvent.loan_id) & (undone.c.reverses == LoanEvent.number),
        )
        .join(Loan, Loan.id == LoanEvent.loan_id)
        .where(LoanEvent.kind.in_(PAID), LoanEvent.day <= last, undone.c.reverses.is_(None))
        .where(Loan.state.in_(KEPT))
        .group_by(func.substr(LoanEvent.day, 1, 7, type_=String))
    )


def _months(first: date, last: date) -> Iterator[str]:
    for month in range(first.year * 12 + first.month - 1, last.year * 12 + last.month):
        yield f"{month // 12}-{month % 12 + 1:02d}"


# Jobs


def _jobs(work: Work) -> Iterator[JobsRow]:
    """Yield the years in which loans were lent, the newest first."""
    newest = (
        select(LoanCheck.loan_id, LoanCheck.jobs)
        .where(LoanCheck.jobs.is_not(None))
        .order_by(LoanCheck.loan_id, LoanCheck.done_on, LoanCheck.id)
    )
    seen = {loan_id: jobs or 0 for loan_id, jobs in work.session.execute(newest)}
    by_year: dict[int, list[Loan]] = defaultdict(list)
    lent = select(Loan).where(Loan.state.in_(LENT))
    for loan in work.session.scalars(lent):
        if loan.lent_on is not None:
            by_year[loan.lent_on.year].append(loan)
    for year in sorted(by_year, reverse=True):
        loans = by_year[year]
        yield JobsRow(
            year=year,
            loans=len(loans),
            principal=Fen(sum(loan.principal or 0 for loan in loans)),
            jobs=sum(loan.jobs or 0 for loan in loans),
            unknown=sum(loan.jobs is None for loan in loans),
            seen=sum(seen.get(loan.id, 0) for loan in loans),
            checked=sum(loan.id in seen for loan in loans),
        )
