"""Migrations make what the program expects, back up first, and leave newer stores alone."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.exc import OperationalError

from app.backups import making
from app.backups.manifest import open_backup
from app.core.words.backups import Reason
from app.demo.center import PASSWORD
from app.entrance import open_store
from db import migrate
from db.engine import connect, open_engines
from db.keys import KeyFile, key_file_of, new_data_key
from db.migrate import SCHEMA, run_migrations, schema_of, upgrade
from db.models import Base
from db.trouble import NoRoom, StoreDamaged, StoreNewer
from tests.filled import Raw, raw

VERSIONS = Path(migrate.__file__).parent / "migrations"


def key_of(store: Path) -> bytes:
    key = KeyFile.read(key_file_of(store)).open_with_password("wang", PASSWORD)
    assert key is not None
    return key


def schema(sql: Raw) -> list[tuple[object, ...]]:
    return sql.run("SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name")


def test_the_migrations_make_what_the_models_say(store: Path) -> None:
    engines = open_engines(store, key_of(store))
    with engines.writer.connect() as connection:
        context = MigrationContext.configure(connection, opts={"render_as_batch": True})
        differences = compare_metadata(context, Base.metadata)
    engines.close()
    assert not differences


def test_a_fresh_store_has_the_newest_schema(tmp_path: Path) -> None:
    key = new_data_key()
    connect(tmp_path / "new.db", key, create=True).close()
    engines = open_engines(tmp_path / "new.db", key)
    assert schema_of(engines.writer) == 0
    assert upgrade(engines, pytest.fail), "an empty store needs no backup"
    assert schema_of(engines.writer) == SCHEMA
    assert not upgrade(engines, pytest.fail), "nothing is due"
    engines.close()
    assert [path.name for path in tmp_path.iterdir()] == ["new.db"]


def test_the_number_of_the_schema_is_that_of_the_newest_migration() -> None:
    script = ScriptDirectory(str(VERSIONS))
    assert script.get_current_head() == f"{SCHEMA:04d}"
    assert [revision.revision for revision in script.walk_revisions()] == [
        f"{number:04d}" for number in range(SCHEMA, 0, -1)
    ]


def test_an_older_store_is_backed_up_before_it_is_upgraded(
    filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """This store, by a program of tomorrow."""
    with raw(filled) as sql:
        before = schema(sql)
        acts = sql.one("SELECT count(*) FROM audit")
    monkeypatch.setattr(migrate, "SCHEMA", SCHEMA + 1)
    open_store(filled, "wang", PASSWORD)[0].close()
    with raw(filled) as sql:
        assert sql.one("PRAGMA user_version") == SCHEMA + 1
    [place] = filled.with_name("center-backups").iterdir()
    backup = open_backup(place)
    assert backup.manifest.reason is Reason.UPGRADE
    assert backup.manifest.contents.schema == SCHEMA
    with raw(backup.store) as sql:
        assert schema(sql) == before
        assert sql.one("SELECT count(*) FROM audit") == acts
        assert sql.one("PRAGMA user_version") == SCHEMA
        assert sql.one("PRAGMA integrity_check") == "ok"


def test_an_upgrade_that_fails_leaves_the_store_as_it_was(
    filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = key_of(filled)
    with raw(filled) as sql:
        before = schema(sql)
    monkeypatch.setattr(migrate, "SCHEMA", SCHEMA + 1)
    engines = open_engines(filled, key)

    def half(engine: object) -> None:
        with engines.writer.begin() as connection:
            connection.exec_driver_sql("CREATE TABLE half (id INTEGER)")
            connection.exec_driver_sql("INSERT INTO none_such VALUES (1)")

    monkeypatch.setattr(migrate, "run_migrations", half)
    with pytest.raises(OperationalError):
        upgrade(engines, lambda: None)
    engines.close()
    with raw(filled) as sql:
        assert schema(sql) == before
        assert sql.one("PRAGMA user_version") == SCHEMA


def test_migrations_run_in_one_transaction(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the first migration made is gone again when the second one fails."""
    key = new_data_key()
    connect(tmp_path / "new.db", key, create=True).close()
    engines = open_engines(tmp_path / "new.db", key)
    with engines.writer.begin() as connection:  # a trigger of the second one is there already
        connection.exec_driver_sql("CREATE TABLE other (id INTEGER)")
        connection.exec_driver_sql(
            "CREATE TRIGGER staff_kept BEFORE DELETE ON other BEGIN SELECT 1; END"
        )
    with pytest.raises(OperationalError):
        run_migrations(engines.writer)
    with engines.writer.connect() as connection:
        tables = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'")
        assert tables.scalars().all() == ["other"]
    assert schema_of(engines.writer) == 0
    engines.close()


@pytest.mark.parametrize("table", ["household", "audit"])
def test_a_store_that_cannot_be_backed_up_is_not_upgraded(
    filled: Path, monkeypatch: pytest.MonkeyPatch, table: str
) -> None:
    """The first page of the table is damaged; the copy reads every page there is."""
    with raw(filled) as sql:
        page = sql.one(f"SELECT rootpage FROM sqlite_master WHERE name = '{table}'")
        size = int(sql.one("PRAGMA page_size"))
    content = bytearray(filled.read_bytes())
    middle = (page - 1) * size + size // 2
    content[middle : middle + 32] = bytes(byte ^ 0xFF for byte in content[middle : middle + 32])
    filled.write_bytes(content)
    monkeypatch.setattr(migrate, "SCHEMA", SCHEMA + 1)
    with pytest.raises(StoreDamaged):
        open_store(filled, "wang", PASSWORD)
    assert filled.read_bytes() == content
    assert left(filled) == ["center.db", "center.db.backups", "center.db.keys"]


def test_no_room_for_the_backup_is_told_and_the_store_left_untouched(
    filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_parts: object) -> None:
        raise OSError(28, "No space left on device")

    before = filled.read_bytes()
    monkeypatch.setattr(migrate, "SCHEMA", SCHEMA + 1)
    monkeypatch.setattr(making, "copy_store", full)
    with pytest.raises(NoRoom):
        open_store(filled, "wang", PASSWORD)
    assert filled.read_bytes() == before
    assert left(filled) == ["center.db", "center.db.backups", "center.db.keys"]


def left(store: Path) -> list[str]:
    """Return what stands in the folder of a store."""
    return sorted(path.name for path in store.parent.iterdir())


def test_a_store_of_a_newer_program_is_left_untouched(filled: Path) -> None:
    with raw(filled) as sql:
        sql.run(f"PRAGMA user_version = {SCHEMA + 1}")
    before = filled.read_bytes()
    with pytest.raises(StoreNewer) as newer:
        open_store(filled, "wang", PASSWORD)
    assert newer.value.data == {"found": SCHEMA + 1, "known": SCHEMA}
    assert filled.read_bytes() == before
    assert sorted(path.name for path in filled.parent.iterdir()) == ["center.db", "center.db.keys"]
