"""Writes tables as a workbook: a sheet each, texts as texts, money as numbers in yuan.

No text is ever a formula, whatever it begins with, and no sum is one either: people and
households of a total are counted, not added up.
"""

import io
import re
from collections.abc import Sequence
from typing import Any, Final

from app.core.i18n import _
from app.reports.records import Report
from app.reports.telling import Column, Shape, Table, Value, made, tables, title

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
"""What a text may begin with that a spreadsheet would take for a formula when typed again."""
_NOT_IN_NAMES: Final = re.compile(r"[\[\]:*?/\\]")
_LONGEST_NAME: Final = 31
_FORMATS: Final = {Shape.TEXT: "@", Shape.NUMBER: "#,##0", Shape.YUAN: "#,##0.00"}
_WIDTHS: Final = {Shape.TEXT: 30, Shape.NUMBER: 14, Shape.YUAN: 18}
_HEAD: Final = 3
"""The row of the headings, below the title and who made it."""


def report_workbook(report: Report) -> bytes:
    """Return a report as a workbook, a sheet for each of its tables."""
    heading = (f"{report.center}　{title(report)}", made(report))
    return workbook(list(tables(report)), heading)


def workbook(tables: Sequence[Table], heading: tuple[str, str]) -> bytes:
    """Return tables as a workbook; every sheet begins with the two lines of ``heading``."""
    import xlsxwriter  # noqa: PLC0415 # pyright: ignore[reportMissingTypeStubs] - heavy, on first use; it has no stubs

    file = io.BytesIO()
    written: Any = xlsxwriter.Workbook(file, {"in_memory": True})
    names: set[str] = set()
    for table in tables:
        name = _name(table.title, names)
        _Sheet(written, written.add_worksheet(name)).write(table, heading)
    written.close()
    return file.getvalue()


def _name(title: str, taken: set[str]) -> str:
    """Return a name that a sheet may have and none has yet."""
    name = base = _NOT_IN_NAMES.sub(" ", title)[:_LONGEST_NAME]
    count = 1
    while name.lower() in taken:
        count += 1
        name = f"{base[: _LONGEST_NAME - 4]} {count}"
    taken.add(name.lower())
    return name


class _Sheet:
    """One sheet in the making."""

    def __init__(self, written: Any, sheet: Any) -> None:
        self._written = written
        self._sheet = sheet
        self._formats: dict[tuple[Any, ...], Any] = {}

    def write(self, table: Table, heading: tuple[str, str]) -> None:
        """Write a table below its heading."""
        sheet = self._sheet
        self._text(0, 0, heading[0], bold=True)
        self._text(1, 0, " ".join(filter(None, (heading[1], table.note))))
        for at, column in enumerate(table.columns):
            self._text(_HEAD, at, column.head, bold=True)
            sheet.set_column(at, at, _WIDTHS[column.shape])
        sheet.freeze_panes(_HEAD + 1, 1)
        down = _HEAD + 1
        for row in table.rows:
            self._row(down, table.columns, row)
            down += 1
        if table.total is not None:
            self._row(down, table.columns, table.total, bold=True)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(_HEAD)
        sheet.set_footer(_("&CPage &P of &N"))

    def _row(
        self, down: int, columns: Sequence[Column], row: Sequence[Value], *, bold: bool = False
    ) -> None:
        for at, (column, value) in enumerate(zip(columns, row, strict=True)):
            if value is None:
                self._text(down, at, "—", bold=bold)
            elif isinstance(value, str):
                self._text(down, at, value, bold=bold)
            else:
                yuan = column.shape is Shape.YUAN
                places = "#,##0.0" if isinstance(value, float) else _FORMATS[column.shape]
                look = self._format(num_format=places, bold=bold)
                self._sheet.write_number(down, at, value / 100 if yuan else value, look)

    def _text(self, down: int, at: int, text: str, *, bold: bool = False) -> None:
        guarded = text.startswith(_FORMULA)
        look = self._format(num_format="@", bold=bold, quote_prefix=guarded)
        self._sheet.write_string(down, at, text, look)

    def _format(self, **look: Any) -> Any:
        key = tuple(sorted(look.items()))
        if key not in self._formats:
            self._formats[key] = self._written.add_format(look)
        return self._formats[key]
