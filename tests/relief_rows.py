"""Payments of the past put straight into the relief book of a store, and counted by few lines."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tests.filled import Raw, raw

PEOPLE = 40


@dataclass(frozen=True)
class Given:
    """One payment, or one that came back."""

    day: date
    item: str
    source: str
    area: str | None
    district: str | None
    category: str | None
    cause: str | None
    way: str | None
    person: int
    household: int | None
    fen: int
    times: int = 1

    @property
    def month(self) -> str:
        return f"{self.day:%Y-%m}"


def write(store: Path, rows: Sequence[Given]) -> None:
    """Write payments as an import of the past would, guards and all."""
    with raw(store) as sql:
        sql.run("BEGIN")
        batch = _batch(sql)
        known = {row[0] for row in sql.run("SELECT id FROM relief_person")}
        for person in {row.person for row in rows} - known:
            told = (person, f"23900119{person:010d}", f"某{person}")
            sql.run("INSERT INTO relief_person (id, id_number, name) VALUES (?, ?, ?)", *told)
        for row in rows:
            sql.run(
                "INSERT INTO relief (day, item, measure, area, source, district, category, cause, "
                "way, person_id, household_id, fen, times, import_batch_id, handler, note, counted)"
                " VALUES (?, ?, '', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '王芳', '', 1)",
                row.day.isoformat(),
                *(row.item, row.area, row.source, row.district, row.category, row.cause),
                *(row.way, row.person, row.household, row.fen, row.times, batch),
            )
        sql.run("COMMIT")


def _batch(sql: Raw) -> int:
    count = sql.one("SELECT count(*) FROM import_batch") + 1
    sql.run(
        "INSERT INTO import_batch (version, number, kind, file_name, digest, rows, households, "
        "members, merged, left_out, numbers, completed, state, made_by, made_at, reason) VALUES "
        "(1, ?, 'relief', '历史.xlsx', ?, 1, 0, 0, 0, 0, '{}', '{}', 'imported', 1, "
        "'2026-11-20 00:00:00.000000', '')",
        f"D2012-{count}",
        str(count),
    )
    return sql.one("SELECT max(id) FROM import_batch")


def told(rows: Iterable[Given]) -> tuple[int, int, int, int]:
    """Count payments one by one: person-times, people, households, fen."""
    rows = list(rows)
    people: defaultdict[int, int] = defaultdict(int)
    households: defaultdict[int | None, int] = defaultdict(int)
    for row in rows:
        people[row.person] += row.times
        households[row.household] += row.times
    return (
        sum(row.times for row in rows),
        sum(left > 0 for left in people.values()),
        sum(left > 0 for key, left in households.items() if key is not None),
        sum(row.fen for row in rows),
    )


def shared(
    rows: Iterable[Given], key: Callable[[Given], str]
) -> dict[str, tuple[int, int, int, int]]:
    """Count payments apart by a key."""
    groups: defaultdict[str, list[Given]] = defaultdict(list)
    for row in rows:
        groups[key(row)].append(row)
    return {name: told(group) for name, group in groups.items()}
