"""Brings a store to this program's schema, with a backup first; refuses a newer one.

The number of the schema stands in ``user_version``, so that a look costs one raw statement and
Alembic is loaded only when an upgrade is due.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from db.engine import Engines
from db.trouble import StoreNewer

SCHEMA = 7
"""The newest migration's number (in ``db/migrations/versions``)."""


def schema_of(engine: Engine) -> int:
    """Return the number of the schema a store has; 0 for an empty one."""
    with engine.connect() as connection:
        return int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())


def upgrade(engines: Engines, back_up: Callable[[], object]) -> bool:
    """Upgrade the store when that is due; tell whether it was.

    A store that has content is backed up first; when that fails, it is not upgraded. Raises
    `StoreNewer` for a store of a newer program, and leaves it as it is.
    """
    found = schema_of(engines.writer)
    if found > SCHEMA:
        raise StoreNewer(found=found, known=SCHEMA)
    if found == SCHEMA:
        return False
    if found:
        back_up()
    run_migrations(engines.writer)
    return True


def run_migrations(engine: Engine) -> None:
    """Run every migration that the store lacks, in one transaction."""
    from alembic import command  # noqa: PLC0415 - heavy, only when an upgrade is due

    with engine.begin() as connection:
        command.upgrade(_config(connection), "head")
        connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA}")


def _config(connection: Any) -> Any:
    from alembic.config import Config  # noqa: PLC0415 - heavy, only when an upgrade is due

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    return config
