"""The loans of a period: lent cut by cut, and what came and went of their money."""

from collections.abc import Iterator
from typing import Annotated

from app.core.i18n import _
from app.core.kinds import Amount, Choice, Count, Key, Text
from app.core.money import Fen, yuan_text
from app.core.record import Record
from app.reports.lent_records import LoanCut
from app.reports.records import Figure, Report
from ui.kit.cards import EmptyState
from ui.kit.cells import UNKNOWN, Cell, Column
from ui.kit.table import RecordTable


class LoanTold(Record):
    """A line of loans or entries, and what stands behind it."""

    id: Annotated[str, Key()]
    label: Annotated[str, Text(label="")]
    count: Annotated[int, Count(label="")]
    fen: Annotated[Fen, Amount(label="")]
    jobs: Annotated[int | None, Count(label="")]
    """`None` of entries: they are of loans whose jobs are told already."""
    opens: Annotated[Figure | None, Choice(label="", words=Figure)] = None
    """`None` of what is at risk, which the page of the guarantee fund shows."""
    cut: Annotated[LoanCut | None, Choice(label="", words=LoanCut)] = None
    key: Annotated[str, Text(label="")] = ""


def loan_table() -> RecordTable[LoanTold]:
    """Return the table of the loans of a period."""
    return RecordTable(
        LoanTold,
        [
            Column("label", _("Guaranteed loans"), stretch=True),
            Column("count", _("Quantity"), width=84),
            Column("fen", _("Amount (yuan)"), width=140),
            Column("jobs", _("People given work"), width=110, cell=_jobs, right=True),
        ],
        name="table_loans_told",
        sortable=False,
        empty=EmptyState(
            _("No loan was lent or repaid in this period"),
            _("Choose another period above, or bring an old register of loans in by “Import”."),
        ),
    )


def _jobs(row: LoanTold) -> Cell:
    return UNKNOWN if row.jobs is None else Cell(f"{row.jobs:,}")


def show_loans(table: RecordTable[LoanTold], report: Report) -> None:
    """Show what was lent, repaid, paid by the guarantee fund and recovered, then cut by cut."""
    whole = [*_whole(report), *_at_risk(report)]
    anything = any(row.count for row in whole)
    table.show_rows([*whole, *_cut_by_cut(report)] if anything else [])
    table.set_foot(
        _("Amounts in yuan; repaid with interest; entries that were reversed do not count"),
        [("Enter", _("See loans"))],
        total=_("Lent {fen} yuan").format(fen=yuan_text(report.loans.lent.fen)),
    )


def _whole(report: Report) -> Iterator[LoanTold]:
    loans = report.loans
    entries = (
        (Figure.LENT, loans.lent, loans.lent.jobs),
        (Figure.REPAID, loans.repaid, None),
        (Figure.COMPENSATED, loans.compensated, None),
        (Figure.DEBT_RECOVERED, loans.recovered, None),
        (Figure.WRITTEN_OFF, loans.written_off, None),
    )
    for figure, told, jobs in entries:
        yield LoanTold(
            id=figure.value,
            label=figure.label,
            count=told.count,
            fen=told.fen,
            jobs=jobs,
            opens=figure,
        )


def _at_risk(report: Report) -> Iterator[LoanTold]:
    """Yield the principal of the loans that were late on the last day of the year."""
    view = report.loans.ageing
    for row in view.risk if view is not None and view.loans else ():
        words = _("At risk, over {days} days").format(days=row.days)
        label = f"{words}　{row.percent}"
        yield LoanTold(id=f"risk {row.days}", label=label, count=row.loans, fen=row.fen, jobs=None)


def _cut_by_cut(report: Report) -> Iterator[LoanTold]:
    for told in report.loans.cuts:
        for row in told.rows:
            yield LoanTold(
                id=f"{told.cut.value} {row.key}",
                label=f"{told.cut.label}　{row.label}",
                count=row.count,
                fen=row.fen,
                jobs=row.jobs,
                opens=Figure.LENT,
                cut=told.cut,
                key=row.key,
            )
