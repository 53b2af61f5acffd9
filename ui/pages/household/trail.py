"""The acts on a household, for those who may read the trail."""

from collections.abc import Mapping
from typing import Any, cast

from app.audit.records import AuditView
from app.core.i18n import _
from ui.kit.cards import EmptyState
from ui.kit.cells import Cell, Column
from ui.kit.table import RecordTable


class TrailTable(RecordTable[AuditView]):
    """When, who, what was done and which values changed; private ones stay masked."""

    def __init__(self) -> None:
        super().__init__(
            AuditView,
            [
                Column("at", width=140),
                Column("actor", width=80),
                Column("says", width=260, cell=_act),
                Column("changes", title=_("Changed"), stretch=True, cell=_changes),
            ],
            name="table_trail",
            empty=EmptyState(_("Nothing was changed yet")),
        )


def _act(row: AuditView) -> Cell:
    return Cell(_(row.says).rstrip("."))


def _changes(row: AuditView) -> Cell:
    """Name the columns that got another value; new rows are counted only."""
    words: list[str] = []
    for columns in row.changes.values():
        if isinstance(columns, Mapping):
            words += _changed(cast("Mapping[str, Any]", columns))
    return Cell(_("; ").join(words))


def _changed(columns: Mapping[str, Any]) -> list[str]:
    return [
        f"{name}: {value[0]} → {value[1]}"
        for name, value in columns.items()
        if isinstance(value, list) and len(cast("list[object]", value)) == 2
    ]
