"""What can be asked about the store as a whole: whether it is sound, and what a period held."""

from app.audit.records import CheckReport
from app.center.store import the_center
from app.core.record import Nothing
from app.reports.behind import rows_of
from app.reports.checking import check_everything
from app.reports.lent import KINDS, loans_behind, loans_of
from app.reports.movements import case_moves, file_moves, fund_moves, plan_rows
from app.reports.placed import placements_of
from app.reports.placed_behind import OF_JOBS, jobs_behind
from app.reports.records import (
    BehindQuery,
    BehindRows,
    Figure,
    ReliefQuery,
    ReliefRows,
    Report,
    ReportQuery,
)
from app.reports.relief import counted, relief_page, tables, totals
from app.reports.rules import check_period
from app.work import Permission, Work, query


@query(needs=Permission.CHECK_STORE)
def check_store(work: Work, _: Nothing) -> CheckReport:
    """Check the whole store: file, trail, ledger, seals, numbers."""
    return check_everything(work.session)


@query(needs=Permission.READ_REPORTS)
def report(work: Work, asked: ReportQuery) -> Report:
    """Tell a period: relief cut by cut, funds, files, cases, plan against done, job service, loans.

    Raises `PeriodBackwards`.
    """
    check_period(asked)
    found = counted(work, asked)
    relief, without_file = totals(found)
    center = the_center(work.session)
    return Report(
        asked=asked,
        center=center.name,
        made_at=work.now,
        made_by=work.actor.name,
        as_of=min(asked.last, work.today),
        demonstration=center.demonstration,
        relief=relief,
        without_file=without_file,
        cuts=tables(work, asked, found),
        funds=fund_moves(work, asked),
        files=file_moves(work, asked),
        cases=case_moves(work, asked),
        plan=plan_rows(work, asked, found),
        placements=placements_of(work, asked),
        loans=loans_of(work, asked),
    )


@query(needs=Permission.READ_REPORTS)
def relief_rows(work: Work, asked: ReliefQuery) -> ReliefRows:
    """List the payments behind a figure of a report, a page of 200 at a time, by day."""
    check_period(asked.asked)
    return relief_page(work, asked)


@query(needs=Permission.READ_REPORTS)
def behind(work: Work, asked: BehindQuery) -> BehindRows:
    """List what stands behind a figure that is not of relief, 200 at a time."""
    check_period(asked.asked)
    if asked.figure in OF_JOBS:
        return jobs_behind(work, asked)
    of_loans = asked.figure is Figure.LENT or asked.figure in KINDS
    return loans_behind(work, asked) if of_loans else rows_of(work, asked)
