"""Measures every row, prints the table and writes it to ``docs/benchmarks.md``.

``python -m benchmarks [start] [intake] [search] [papers] [assess] [backup] [import] [report]
[loans] [jobs] [volume]``:
with names, those parts are measured and printed, and the document stays as it is.
"""

import logging
import os
import platform
import sys
from collections.abc import Callable, Sequence
from typing import Final

from app.core.assets import root
from benchmarks.archive import open_archive
from benchmarks.assessing import CHUNK, EQUAL, assessment_rows
from benchmarks.backups import backup_rows
from benchmarks.importing import import_row, relief_row
from benchmarks.intake import intake_row
from benchmarks.jobs import match_rows
from benchmarks.loans import loan_rows
from benchmarks.measure import Row, Timing
from benchmarks.papers import paper_rows
from benchmarks.reports import report_rows
from benchmarks.search import KeyKind, search_rows
from benchmarks.starts import start_rows
from benchmarks.stores import data_key
from benchmarks.volume import volume_rows

DOCUMENT: Final = root() / "docs" / "benchmarks.md"

BUSY: Final = 0.7
"""The load from which on other programs spoil the slowest runs."""

INTRODUCTION: Final = """\
# Benchmarks

Every figure stands beside a floor or a peer that was measured in the same run, in turn with it: a
ratio holds on another machine, a number of milliseconds does not. The median (p50) and the time
that one run in a hundred exceeds (p99) are shown. `make bench` measures and writes this page;
`make bench ARGS=search` measures one part and only prints it.

{machine}.
The archive has 300,000 households with 846,126 people, 300,000 cases and 100,000 papers in an
encrypted store; it is made once and kept in the user's cache folder (580 MB).
"""

KINDS: Final = """\
## The universal box, kind by kind

What `search` takes in the store against the same rows by raw SQL on an index, on a connection of
its own with a cache of the same size.
"""

HOW: Final = """\
## How it is measured

- The windows are painted without a screen (Qt's offscreen platform). Their time begins where the
  process is asked for and ends when the first painting is over; the modules are compiled before.
- The first search begins with the press of the sign-in button, after a second and a half in which
  a person would type the password, and ends when the hits are in their list; Argon2, the desk with
  its workbench and the 80 ms for which the box waits for the next key are in it.
- The rows of an intake are read back from a rehearsal and written raw to a copy of the store with
  the same key, pragmas, indexes and triggers; both are synced at every commit.
- Typst sets the same page with the same fonts, words and QR code (handed to it as a picture); the
  same compiler is kept and only the data change.
- The packs are translated word by word, by a program, into a variable of OpenFisca and an
  expression of zen-engine for each figure, gate and measure. The peers have two values, so the
  households they share with us have nothing unknown; {equal} of each era (2022 and 2024) must get
  the same answers from all three first, and every household of the archive from OpenFisca. What
  is worked out of dates is handed to zen-engine ready, and its contexts are made beforehand.
- The trace of OpenFisca and of zen-engine says what each figure and measure came to. Our reasons
  say it of every criterion, with its limit, its source and what is missing.
- One household is timed as ten and a tenth of it taken, on days of 2022 and 2024 in turn.
- The report of a year is asked of a store of its own with 3,000,000 payments (some 600 MB, and an
  unencrypted copy of them for polars and DuckDB); raw SQL and both peers must tell every figure of
  every cut as we do first. The peers' libraries are loaded and the copy is attached before.
- The archive is decided in parts of {chunk} households; garbage is collected between them.
- The matches are held against what a hand would write in SQL for just this seeker or vacancy; it
  must leave the same number, with all that we show among them, and every rank is the sum of its
  reasons. Its store has 50,000 seekers, 5,000 vacancies and 10,000 referrals.
- Money out at volume goes through four people's desks, each act on a copy of the store that the one
  before left, three times; the raw SQL writes into another copy what the act wrote there, past no
  guard of the store, but checks, assesses and seals nothing.
- How much typing a kill costs is another program's figure: `make kill-intake`.
"""


def main(parts: Sequence[str]) -> int:
    """Measure and print; write the document when everything was measured."""
    logging.disable(logging.INFO)
    rows: list[Row] = []
    kinds: list[KeyKind] = []
    wanted = parts or list(PARTS)
    if hasattr(os, "getloadavg") and os.getloadavg()[0] > BUSY:
        print("Other programs are busy on this machine; every p99 will show it.", file=sys.stderr)
    for part in wanted:
        print(f"Measuring: {part} ...", file=sys.stderr, flush=True)
        rows += PARTS[part](kinds)
    page = _page(rows, kinds)
    print(page)
    if set(wanted) == set(PARTS):
        DOCUMENT.write_text(page, encoding="utf-8")
    return 0


def _start(_kinds: list[KeyKind]) -> list[Row]:
    archive = open_archive()
    archive.close()
    return start_rows(archive.office.path)


def _search(kinds: list[KeyKind]) -> list[Row]:
    archive = open_archive()
    try:
        rows, found = search_rows(archive)
    finally:
        archive.close()
    kinds += found
    return rows


def _assess(_kinds: list[KeyKind]) -> list[Row]:
    archive = open_archive()
    try:
        return assessment_rows(archive)
    finally:
        archive.close()


def _backup(_kinds: list[KeyKind]) -> list[Row]:
    archive = open_archive()
    archive.close()
    return backup_rows(archive.office.path, data_key(archive.office.path))


PARTS: Final[dict[str, Callable[[list[KeyKind]], list[Row]]]] = {
    "start": _start,
    "intake": lambda _kinds: [intake_row()],
    "search": _search,
    "papers": lambda _kinds: paper_rows(),
    "assess": _assess,
    "import": lambda _kinds: [import_row(), relief_row()],
    "backup": _backup,
    "report": lambda _kinds: report_rows(),
    "loans": lambda _kinds: loan_rows(),
    "jobs": lambda _kinds: match_rows(),
    "volume": lambda _kinds: volume_rows(),
}


def _page(rows: Sequence[Row], kinds: Sequence[KeyKind]) -> str:
    machine = f"Measured with {os.cpu_count()} cores and Python {platform.python_version()}"
    parts = [INTRODUCTION.format(machine=machine), _table(rows)]
    if missed := [row for row in rows if row.missed]:
        parts.append(_misses(missed))
    if kinds:
        parts += [KINDS, _kinds_table(kinds)]
    return "\n".join([*parts, HOW.format(equal=f"{EQUAL:,}", chunk=f"{CHUNK:,}")])


def _table(rows: Sequence[Row]) -> str:
    lines = [
        "| Work | p50 | p99 | Floor or peer | p50 | p99 | Goal | Measured | |",
        "|---|--:|--:|---|--:|--:|---|--:|---|",
    ]
    for row in rows:
        goals = "<br>".join(goal.tell() for goal in row.goals)
        measured = "<br>".join(goal.tell_measured() for goal in row.goals)
        floor = _times(row.floor) if row.floor else " | "
        verdict = "missed" if row.missed else "met"
        lines.append(
            f"| {row.work} | {_times(row.ours)} | {row.against} | {floor} "
            f"| {goals} | {measured} | {verdict} |"
        )
    return "\n".join([*lines, ""])


def _misses(rows: Sequence[Row]) -> str:
    lines = ["## What misses its goal", ""]
    for row in rows:
        told = ", ".join(
            f"{goal.name} {goal.tell_measured()} instead of {goal.most:g} {goal.unit}"
            for goal in row.missed
        )
        lines.append(f"- **{row.work}**: {told}. {row.why}".rstrip())
    return "\n".join([*lines, ""])


def _kinds_table(kinds: Sequence[KeyKind]) -> str:
    lines = [
        "| What is typed | p50 | p99 | Raw p50 | Raw p99 | Ratio p50 | Ratio p99 |",
        "|---|--:|--:|--:|--:|--:|--:|",
    ]
    lines += [
        f"| {kind.name} | {_times(kind.ours)} | {_times(kind.floor)} "
        f"| {kind.p50:.1f} × | {kind.p99:.1f} × |"
        for kind in kinds
    ]
    return "\n".join([*lines, ""])


def _times(timing: Timing) -> str:
    return f"{_told(timing.median)} | {_told(timing.p99)}"


def _told(seconds: float) -> str:
    """Return a time in the unit that suits it, with three figures."""
    for unit, size in (("s", 1.0), ("ms", 1e-3)):
        if seconds >= size:
            return f"{seconds / size:.3g} {unit}"
    return f"{seconds * 1e6:.3g} µs"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
