"""Alembic's entry: runs the migrations on the connection handed in by `db.migrate`."""

from typing import Any, Literal, cast

from alembic import context

from db import models
from db.types import Instant, Json, Stored

PLAIN: dict[type[Any], str] = {
    Stored: "sa.String(length=40)",
    Instant: "sa.DateTime()",
    Json: "sa.Text()",
}


def plain_type(what: str, item: Any, _context: Any) -> str | Literal[False]:
    """Write our own types as plain ones, so that a migration never changes with the program."""
    if what != "type":
        return False
    return PLAIN.get(cast("type[Any]", type(item))) or False


connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=models.Base.metadata,
    render_as_batch=True,
    render_item=plain_type,
)
context.run_migrations()
