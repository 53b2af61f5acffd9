"""Mending: what is put in place of cells, one by one or all with the same wrong word at once."""

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping

import msgspec

from app.exchange.archive_document import shared_fields
from app.exchange.archive_records import ArchiveProblem, Severity


class Mends(msgspec.Struct, frozen=True, kw_only=True):
    """What a person decided about a workbook; it is read once more with it, the file stays."""

    cells: Mapping[tuple[str, int, str], str] = {}
    """By sheet, row and field: what stands there instead."""
    words: Mapping[tuple[str, str, str], str] = {}
    """By sheet, field and what stands in the cells (``""`` for empty ones, and for a column that
    the sheet does not have): what stands in all of them instead."""
    left_out: frozenset[tuple[str, int]] = frozenset()
    """Rows, by sheet, that are passed over; a household with its members."""

    columns: Mapping[tuple[str, str], str] = {}
    """By sheet and title: the field that a column is, ``""`` to leave the column out."""

    def columns_of(self, sheet: str) -> Mapping[str, str]:
        """Return what the columns of a sheet were said to be, by title."""
        return {title: field for (name, title), field in self.columns.items() if name == sheet}

    def rows_left_out(self, sheet: str) -> frozenset[int]:
        """Return the rows of a sheet that are passed over."""
        return frozenset(row for name, row in self.left_out if name == sheet)


class BulkFix(msgspec.Struct, frozen=True, kw_only=True):
    """The same problem in several cells of a column, to be mended at once."""

    sheet: str
    column: str
    field: str
    code: str
    value: str
    """What stands in all of them."""
    offer: str
    rows: tuple[int, ...]


def bulk_fixes(
    problems: Iterable[ArchiveProblem], shared: Container[str] | None = None
) -> list[BulkFix]:
    """Return the wrong values that stand in a column more than once, the most frequent first.

    ``shared`` are the fields of which one value can hold for every row.
    """
    shared = shared_fields() if shared is None else shared
    alike: dict[tuple[str, str, str, str], list[ArchiveProblem]] = defaultdict(list)
    for problem in problems:
        if problem.whole or not problem.field or problem.severity is not Severity.ERROR:
            continue
        if problem.value or (problem.code == "missing" and problem.field in shared):
            key = (problem.sheet, problem.field, problem.code, problem.value)
            alike[key].append(problem)
    fixes = [
        BulkFix(
            sheet=sheet,
            column=found[0].column,
            field=field,
            code=code,
            value=value,
            offer=found[0].offer,
            rows=tuple(problem.row for problem in found),
        )
        for (sheet, field, code, value), found in alike.items()
        if len(found) > 1
    ]
    return sorted(fixes, key=lambda fix: -len(fix.rows))


def with_offers(problems: Iterable[ArchiveProblem], before: Mends | None = None) -> Mends:
    """Return the mends that take every proposal for a cell with an error."""
    before = before or Mends()
    offers = {
        (problem.sheet, problem.row, problem.field): problem.offer
        for problem in problems
        if problem.offer and problem.severity is Severity.ERROR and not problem.whole
    }
    words = {
        (problem.sheet, problem.field, ""): problem.offer
        for problem in problems
        if problem.offer and problem.whole
    }
    return msgspec.structs.replace(
        before, cells={**offers, **before.cells}, words={**before.words, **words}
    )
