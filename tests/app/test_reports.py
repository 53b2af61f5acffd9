"""What a period is told as: payments by verbs and of the past, counted again by a few lines."""

from app.reports.queries import report
from app.reports.records import (
    Cut,
    Report,
    ReportQuery,
    of_year,
)
from tests.filled import pay
from tests.world import World


def told(world: World, asked: ReportQuery | None = None, user: str = "zhao") -> Report:
    return world.ask(user, report, asked or of_year(2026))


def test_what_was_paid_stands_under_everything_it_counts_in(world: World) -> None:
    pay(world, world.frozen(world.approved(80_000), world.approved(30_000)), {2: "账号已销户"})
    seen = told(world)
    assert (seen.relief.person_times, seen.relief.people, seen.relief.households) == (1, 1, 1)
    assert seen.relief.fen == 80_000
    assert seen.without_file.person_times == 0
    for cut in Cut:
        rows = [row for row in seen.rows(cut) if row.person_times]
        assert [(row.people, row.households, row.fen) for row in rows] == [(1, 1, 80_000)]
    assert [row.key for row in seen.rows(Cut.ITEM)] == ["living"]
    assert [row.key for row in seen.rows(Cut.MONTH)] == [
        f"2026-{month:02d}" for month in range(1, 13)
    ]
