"""Every figure of files, applications and funds opens exactly what it counts."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from app.cases.actions import refuse_case
from app.cases.queries import case_view
from app.cases.records import CaseById, CaseStepForm
from app.core.words.filing import ExitOutcome
from app.core.words.funds import RefundKind
from app.reports import behind
from app.reports.lent import KINDS
from app.reports.placed_behind import OF_JOBS
from app.reports.queries import behind as what_is_behind
from app.reports.queries import report
from app.reports.records import (
    BehindQuery,
    BehindRow,
    Cut,
    Figure,
    Report,
    ReportQuery,
    of_month,
    of_year,
)
from app.reports.rules import PeriodBackwards
from tests.filled import do_the_whole_job, pay
from tests.payments import confirm, refund
from tests.steps import come_back, decide, leave
from tests.world import World, changed

Cell = tuple[Figure, str | None, int]
"""A figure, the row it stands in, and what it says: how many, or fen of a fund."""

PERIODS = (
    of_year(2026), of_year(2027), of_month(2026, 11), of_month(2026, 12), of_month(2026, 10),
    ReportQuery(first=date(2026, 11, 21), last=date(2027, 1, 31)),
)  # fmt: skip


@pytest.fixture
def lived(world: World) -> World:
    """Return a world of which files left and came back, and money came back, over months."""
    do_the_whole_job(world)
    households = [world.file() for _number in range(3)]
    for one in households[:2]:
        leave(world, one)
        decide(world, one)
    world.clock.instant += timedelta(days=12)
    first, second = world.approved(80_000), world.approved(30_000)
    pay(world, world.frozen(first, second))
    confirm(world, refund(world, first, 20_000))
    confirm(world, refund(world, second, 30_000, kind=RefundKind.RECOVERED, document="追缴决定"))
    world.clock.instant += timedelta(days=5)
    come_back(world, households[0])
    decide(world, households[0])
    refused = world.accept().case_id
    version = world.ask("zhao", case_view, CaseById(id=refused)).row.version
    step = CaseStepForm(id=refused, version=version, opinion="收入超过标准")
    world.do("zhao", refuse_case, step)
    world.accept()
    return world


def files_and_cases(seen: Report) -> Iterator[Cell]:
    files, cases = seen.files, seen.cases
    yield Figure.OPENED, None, files.opened
    yield Figure.RETURNED, None, files.returned
    yield Figure.CLOSED, None, files.closed
    yield from ((Figure.CLOSED, each.key, each.count) for each in files.by_reason)
    yield Figure.OPEN_AT_END, None, files.open_at_end
    yield from ((Figure.OPEN_AT_END, each.key, each.count) for each in files.by_category)
    yield Figure.ACCEPTED, None, cases.accepted
    yield Figure.DECIDED, None, cases.closed
    yield Figure.FILED, None, cases.filed
    yield Figure.REFUSED, None, cases.refused
    yield Figure.LATE, None, cases.late


def money(seen: Report) -> Iterator[Cell]:
    for fund in seen.funds:
        key = str(fund.id)
        yield Figure.OPENING, key, fund.opening
        yield Figure.GRANTED, key, fund.granted
        yield Figure.CARRIED, key, fund.carried_in - fund.carried_out
        yield Figure.PAID, key, fund.paid
        yield Figure.BACK, key, fund.back
        yield Figure.CLOSING, key, fund.closing
        yield Figure.RESERVED, key, fund.reserved
        yield Figure.MOVED, key, fund.closing - fund.opening


def rows(world: World, asked: ReportQuery, figure: Figure, key: str | None) -> list[BehindRow]:
    """Return the rows of all pages."""
    found: list[BehindRow] = []
    query = BehindQuery(asked=asked, figure=figure, key=key)
    count = world.ask("zhao", what_is_behind, query).count
    for page in range(count // behind.PAGE + 1):
        found += world.ask("zhao", what_is_behind, changed(query, page=page)).rows
    assert len({row.id for row in found}) == len(found) == count
    return found


def test_every_figure_opens_as_many_rows_as_it_says(
    lived: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(behind, "PAGE", 3)
    said: dict[Figure, int] = dict.fromkeys(Figure, 0)
    district = lived.ask("zhao", report, of_year(2026)).rows(Cut.DISTRICT)[0].key
    for asked in (*PERIODS, changed(of_year(2026), district=district)):
        seen = lived.ask("zhao", report, asked)
        for figure, key, number in files_and_cases(seen):
            assert len(rows(lived, asked, figure, key)) == number, (asked, figure, key)
            said[figure] += number
        for figure, key, fen in money(seen):
            found = rows(lived, asked, figure, key)
            query = BehindQuery(asked=asked, figure=figure, key=key)
            assert lived.ask("zhao", what_is_behind, query).fen == fen, (asked, figure, key)
            assert sum(row.fen or 0 for row in found) == fen
            said[figure] += abs(fen)
    nothing = [figure for figure, number in said.items() if not number]
    # loans and the job service: test_report_loans.py, test_report_jobs.py
    assert set(nothing) == {Figure.LATE, Figure.LENT, *KINDS, *OF_JOBS}


def test_rows_say_whose_and_when(lived: World) -> None:
    asked = of_year(2026)
    gone = rows(lived, asked, Figure.CLOSED, ExitOutcome.LIFTED.value)
    assert [row.day for row in gone] == [date(2026, 11, 20)] * 2
    assert {row.says for row in gone} == {ExitOutcome.LIFTED.label}
    assert all(row.name and row.number and row.household_id for row in gone)
    accepted = rows(lived, asked, Figure.ACCEPTED, None)
    assert all(row.case_id and row.number for row in accepted)
    fund = str(lived.fund_id())
    back = rows(lived, asked, Figure.BACK, fund)
    assert [row.fen for row in back][-2:] == [20_000, 30_000]
    assert all(row.case_id and row.household_id and row.name for row in back)
    assert all(not row.name for row in rows(lived, asked, Figure.GRANTED, fund))


def test_a_late_decision_is_listed(world: World) -> None:
    accepted = world.accept()
    world.clock.instant += timedelta(days=90)
    world.file(accepted)
    [row] = rows(world, of_year(2027), Figure.LATE, None)
    assert row.case_id == accepted.case_id
    assert world.ask("zhao", report, of_year(2027)).cases.late == 1


def test_what_stands_behind_a_period_backwards_is_refused(world: World) -> None:
    asked = ReportQuery(first=date(2026, 2, 1), last=date(2026, 1, 1))
    with pytest.raises(PeriodBackwards):
        world.ask("zhao", what_is_behind, BehindQuery(asked=asked, figure=Figure.OPENED))
