"""The job service of a period: from registration to staying in work, and who was placed."""

from collections.abc import Callable, Iterator
from typing import Annotated

from app.core.i18n import _
from app.core.kinds import Choice, Count, Key, Text
from app.core.record import Record
from app.reports.placed_records import PlacedCut
from app.reports.records import Figure, Report
from app.reports.telling import job_lines
from ui.kit.cards import EmptyState
from ui.kit.cells import Cell, Column
from ui.kit.table import RecordTable


class JobsTold(Record):
    """A line of the job service, and what stands behind it."""

    id: Annotated[str, Key()]
    label: Annotated[str, Text(label="")]
    count: Annotated[int, Count(label="")]
    proved: Annotated[int | None, Count(label="")] = None
    """Of placements cut by cut, as those that follow."""
    presumed: Annotated[int | None, Count(label="")] = None
    not_shown: Annotated[int | None, Count(label="")] = None
    free: Annotated[int | None, Count(label="")] = None
    opens: Annotated[Figure | None, Choice(label="", words=Figure)] = None
    """`None` of a figure that counts something else than rows."""
    cut: Annotated[PlacedCut | None, Choice(label="", words=PlacedCut)] = None
    key: Annotated[str, Text(label="")] = ""


def job_table() -> RecordTable[JobsTold]:
    """Return the table of the job service of a period."""
    return RecordTable(
        JobsTold,
        [
            Column("label", _("Job service"), stretch=True),
            Column("count", _("Quantity"), width=84),
            *(
                Column(name, words, width=84, cell=_part(name), right=True)
                for name, words in (
                    ("proved", _("Proved")),
                    ("presumed", _("Presumed")),
                    ("not_shown", _("Without proof")),
                    ("free", _("Free of charge")),
                )
            ),
        ],
        name="table_jobs_told",
        sortable=False,
        empty=EmptyState(
            _("Nobody was registered or placed in this period"),
            _("Choose another period above, or bring an old register in by “Import”."),
        ),
    )


def _part(name: str) -> Callable[[JobsTold], Cell]:
    def cell(row: JobsTold) -> Cell:
        value: int | None = getattr(row, name)
        return Cell("" if value is None else f"{value:,}")

    return cell


def show_jobs(table: RecordTable[JobsTold], report: Report) -> None:
    """Show the way from registration to work, then the placements cut by cut."""
    told = report.placements
    table.show_rows([*_whole(report), *_cut_by_cut(report)] if told.anything else [])
    table.set_foot(
        _("Presumed: the slip was overdue and the rules count that as hired; counted apart"),
        [("Enter", _("See who"))],
        total=_("{placed} placed, {presumed} of them presumed").format(
            placed=f"{told.placed:,}", presumed=f"{told.presumed:,}"
        ),
    )


def _whole(report: Report) -> Iterator[JobsTold]:
    for number, (figure, words, count) in enumerate(job_lines(report.placements)):
        yield JobsTold(id=str(number), label=words, count=count, opens=figure)
    for row in report.placements.stayed:
        words = _("After {months} months: of {due} asked, {left} left, {unknown} not known").format(
            months=row.months, due=row.due, left=row.left, unknown=row.unknown
        )
        yield JobsTold(id=f"stayed {row.months}", label=words, count=row.at_work)


def _cut_by_cut(report: Report) -> Iterator[JobsTold]:
    for told in report.placements.cuts:
        for row in told.rows:
            yield JobsTold(
                id=f"{told.cut.value} {row.key}",
                label=f"{told.cut.label}　{row.label}",
                count=row.placed,
                proved=row.proved,
                presumed=row.presumed,
                not_shown=row.not_shown,
                free=row.free,
                opens=Figure.PLACED,
                cut=told.cut,
                key=row.key,
            )
