"""Writes the payments that were kept out as a workbook of their own, each with what is wrong."""

from collections import defaultdict

from app.exchange.archive_bad_rows import BadSheet, as_read, explain, written
from app.exchange.archive_mending import Mends
from app.exchange.archive_records import ArchiveProblem, Severity
from app.exchange.relief_document import relief_shape
from app.exchange.relief_reading import relief_rows
from app.exchange.relief_records import ReliefHistory
from app.exchange.workbook import Workbook


def bad_relief_rows(book: Workbook, history: ReliefHistory, mends: Mends | None = None) -> bytes:
    """Return a workbook with the payments that were kept out; it can be mended and read again."""
    look = relief_shape()
    mends = as_read(history.columns, mends)
    wrong: dict[tuple[str, int], list[ArchiveProblem]] = defaultdict(list)
    for problem in history.problems:
        wrong[problem.sheet, problem.row].append(problem)
    lines: dict[str, dict[int, str]] = {
        sheet: {} for sheet in book.names if sheet not in history.unread
    }
    payments = {each.place for each in history.payments}
    titles: dict[str, list[ArchiveProblem]] = defaultdict(list)
    for problem in history.problems:
        if problem.severity is Severity.ERROR and (problem.sheet, problem.row) not in payments:
            titles[problem.sheet].append(problem)
    for sheet, row in sorted(history.kept_out):
        lines[sheet][row] = explain(wrong[sheet, row] or titles[sheet])
    return written(
        (
            BadSheet(relief_rows(book, sheet, mends), look.columns, rows)
            for sheet, rows in lines.items()
            if rows or len(lines) == 1
        ),
        look.ignored[0],
    )
