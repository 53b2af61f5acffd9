"""Collects the problems of one sheet while it is read."""

import functools
from collections.abc import Mapping
from typing import Any, Final

from app.core.i18n import N_
from app.exchange.archive_document import Column
from app.exchange.archive_header import Header
from app.exchange.archive_problems import CODES, Code, Odd
from app.exchange.archive_records import ArchiveProblem, Severity

_ABSENT: Final = N_(
    "Say under “Columns” which column it is; or write here what holds for every row of the sheet."
)
_UNREAD: Final = N_("Say under “Columns” which column it is, or add it to the workbook.")


class Report:
    """The problems of one sheet."""

    def __init__(
        self,
        sheet: str,
        header: Header,
        codes: Mapping[str, Code] = CODES,
        *,
        of_households: bool,
    ) -> None:
        self.sheet, self._codes = sheet, codes
        self._below = header.bottom
        self._of_households = of_households
        self.problems: list[ArchiveProblem] = []
        self._titles = {field: place.title for field, place in header.places.items()}

    def title(self, field: str) -> str:
        """Return the title of a column as it stands in the sheet."""
        return self._titles.get(field, "")

    def add(
        self,
        code: str,
        row: int,
        field: str = "",
        *,
        column: str = "",
        says: str = "",
        data: dict[str, Any] | None = None,
        value: str = "",
        offer: str = "",
        household: int = 0,
        severity: Severity | None = None,
        mend: str = "",
        whole: bool = False,
    ) -> ArchiveProblem:
        """Note a problem; what is the same for all of its code need not be said."""
        known = self._codes[code]
        column = column or self.title(field)
        if self._of_households and row > self._below and code != "total_row":
            household = row
        problem = ArchiveProblem(
            sheet=self.sheet,
            row=row,
            column=column,
            field=field,
            code=code,
            severity=severity or known.severity,
            says=says or known.says,
            data={"column": column, **(data or {})},
            mend_says=mend or known.mend,
            value=value,
            offer=offer,
            household=household,
            whole=whole,
        )
        self.problems.append(problem)
        return problem

    def add_odd(self, odd: Odd, row: int, field: str, value: str) -> None:
        """Note what is wrong with a cell."""
        add = functools.partial(self.add, odd.code, row, field, value=value[:100], mend=odd.mend)
        add(says=odd.says, data=odd.data, offer=odd.offer, severity=odd.severity)

    def add_absent(self, column: Column, said: Odd | None = None) -> None:
        """Note a column that has to be there and is not; ``said`` is wrong for all its rows."""
        odd = said or Odd(code="missing", says=N_("The sheet has no column “{column}”."))
        self.add(
            odd.code,
            self._below,
            column.field if column.shared else "",
            column=column.title,
            says=odd.says,
            data=odd.data,
            value=str(odd.data.get("value", "")),
            offer=odd.offer,
            mend=_ABSENT if column.shared else _UNREAD,
            whole=True,
        )
