"""How the list of the workbench shares its room."""

from typing import Final

from ui import theme
from ui.kit.labels import text_width
from ui.kit.table import RecordTable
from ui.pages.workbench.rows import WorkRow

ITEMS: Final = 110
"""Least width of the matters."""
MARGINS: Final = 28
"""What a cell needs beside its words, a scroll bar included."""


def share_room(table: RecordTable[WorkRow]) -> None:
    """Give the matters what their longest needs, as far as no next step is cut for it."""
    names = [column.name for column in table.model.columns]
    items, steps = names.index("items"), names.index("next_step")
    head = table.view.horizontalHeader()
    others = (head.sectionSize(at) for at in range(len(names)) if at not in (items, steps))
    room = table.view.viewport().width() - sum(others)
    wide = min(_longest(table, "items"), room - _longest(table, "next_step"))
    table.view.setColumnWidth(items, max(theme.px(ITEMS), wide))


def _longest(table: RecordTable[WorkRow], name: str) -> int:
    words = (text_width("body", getattr(row, name)) for row in table.rows())
    return max(words, default=0) + theme.px(MARGINS)
