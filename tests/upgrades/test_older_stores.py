"""Stores of earlier programs, opened by today's: nothing of them is lost or altered."""

from pathlib import Path

import pytest

from app.backups.manifest import open_backup
from app.core.record import Nothing
from app.demo.center import PASSWORD
from app.office import enter_store
from app.reports.queries import check_store
from db.migrate import SCHEMA
from tests.filled import Raw, copy_center, raw

STORES = sorted(Path(__file__).parent.glob("*/center.db"))


@pytest.fixture(params=STORES, ids=lambda store: store.parent.name)
def older(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Copy a store that an earlier program made."""
    copy = tmp_path / "center.db"
    copy_center(request.param, copy)
    return copy


def content(sql: Raw, columns: dict[str, list[str]]) -> dict[str, list[tuple[object, ...]]]:
    """Return every row of every table, by the columns named."""
    named = {table: ", ".join(f'"{name}"' for name in names) for table, names in columns.items()}
    return {
        table: sql.run(f'SELECT {names} FROM "{table}" ORDER BY rowid')
        for table, names in named.items()
    }


def columns(sql: Raw) -> dict[str, list[str]]:
    """Return the tables of a store with their columns."""
    tables = sql.run("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    return {table: sql.columns(table) for (table,) in tables if table != "alembic_version"}


def test_there_are_stores_with_content_in_every_part() -> None:
    assert STORES
    for store in STORES:
        with raw(store) as sql:
            for table in ("household", "member", "award_version", "batch_line", "posting", "paper"):
                assert sql.one(f"SELECT count(*) FROM {table}") > 3


def test_an_upgrade_keeps_every_row_and_value(older: Path) -> None:
    with raw(older) as sql:
        schema, then = sql.one("PRAGMA user_version"), columns(sql)
        before = content(sql, then)
        guards = set(sql.run("SELECT name FROM sqlite_master WHERE type = 'trigger'"))
    assert schema < SCHEMA
    office, _admin = enter_store(older, "admin", PASSWORD)
    office.close()
    with raw(older) as sql:
        assert sql.one("PRAGMA user_version") == SCHEMA
        after = content(sql, then)
        assert {table: rows[: len(before[table])] for table, rows in after.items()} == before
        added = {table for table, rows in after.items() if len(rows) > len(before[table])}
        assert added <= {"audit"}, "signing in stands in the trail"
        assert guards < set(sql.run("SELECT name FROM sqlite_master WHERE type = 'trigger'"))
        assert sql.one("PRAGMA integrity_check") == "ok"


def test_the_backup_made_before_is_what_was_there(older: Path) -> None:
    with raw(older) as sql:
        then = columns(sql)
        before = content(sql, then)
    office, _admin = enter_store(older, "admin", PASSWORD)
    office.close()
    [place] = older.with_name("center-backups").iterdir()
    backup = open_backup(place)
    assert backup.manifest.contents.sound
    with raw(backup.store) as sql:
        assert columns(sql) == then
        assert content(sql, then) == before


def test_an_upgraded_store_passes_the_check(older: Path) -> None:
    """The chain, every row against the trail, the seals of awards, assessments and papers."""
    office, admin = enter_store(older, "admin", PASSWORD)
    try:
        report = office.ask(admin, check_store, Nothing())
    finally:
        office.close()
    assert report.findings == ()
    assert set(report.parts.values()) == {"ok"}
