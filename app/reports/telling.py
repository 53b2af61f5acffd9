"""Lays a report out as tables: the console, the workbook and the paper show the same ones."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from app.core.i18n import N_, _
from app.core.money import yuan_text
from app.reports.charts import OF_ITEMS, OF_MONTHS, OF_PLAN
from app.reports.lent_records import LoanCut, Loans
from app.reports.placed_records import Placed, PlacedCut, Placements
from app.reports.records import Cut, Figure, Figures, FundMoves, Report

Value = str | int | float | None
"""A cell: a text, a number, an amount in fen; `None` for what cannot be told."""


class Shape(Enum):
    """What the cells of a column are."""

    TEXT = auto()
    NUMBER = auto()
    YUAN = auto()
    """An amount in fen, shown in yuan."""


@dataclass(frozen=True)
class Column:
    """A column with its heading."""

    head: str
    shape: Shape


@dataclass(frozen=True)
class Table:
    """A part of a report as a table."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    total: tuple[Value, ...] | None = None
    note: str = ""
    """What one has to know to read it."""
    chart: str = ""
    """The name of the chart of the report that draws it."""

    def shown(self, row: Sequence[Value]) -> list[str]:
        """Return the cells of a row as people read them."""
        return [show(value, column.shape) for value, column in zip(row, self.columns, strict=True)]


def show(value: Value, shape: Shape) -> str:
    """Return a cell as people read it."""
    if value is None:
        return "—"
    if shape is Shape.YUAN and isinstance(value, int):
        return yuan_text(value)
    return f"{value:,}" if isinstance(value, (int, float)) and shape is Shape.NUMBER else str(value)


FIGURES: Final = (
    (N_("Person-times"), Shape.NUMBER),
    (N_("Distinct people"), Shape.NUMBER),
    (N_("Households"), Shape.NUMBER),
    (N_("Amount (yuan)"), Shape.YUAN),
)
HEADS: Final = {
    Cut.ITEM: N_("Item"),
    Cut.SOURCE: N_("Source"),
    Cut.FUND: N_("Fund"),
    Cut.AREA: N_("Policy area"),
    Cut.DISTRICT: N_("District"),
    Cut.CATEGORY: N_("Category"),
    Cut.CAUSE: N_("Main cause"),
    Cut.WAY: N_("Way of payment"),
    Cut.MONTH: N_("Month"),
}
LENT_FIGURES: Final = (
    (N_("Quantity"), Shape.NUMBER),
    (N_("Amount (yuan)"), Shape.YUAN),
    (N_("People given work"), Shape.NUMBER),
)
LOAN_HEADS: Final = {
    LoanCut.KIND: N_("Borrower kind"),
    LoanCut.DISTRICT: N_("District"),
    LoanCut.BANK: N_("Lending bank"),
    LoanCut.MONTH: N_("Month"),
}
PLACED_FIGURES: Final = (
    (N_("Placed"), Shape.NUMBER),
    (N_("Proved"), Shape.NUMBER),
    (N_("Presumed"), Shape.NUMBER),
    (N_("Without proof"), Shape.NUMBER),
    (N_("Free of charge"), Shape.NUMBER),
)
PLACED_HEADS: Final = {
    PlacedCut.GROUP: N_("Kind of person"),
    PlacedCut.DISTRICT: N_("District"),
    PlacedCut.EMPLOYER: N_("Employer"),
    PlacedCut.MONTH: N_("Month"),
}
CHARTS: Final = {Cut.ITEM: OF_ITEMS, Cut.MONTH: OF_MONTHS}
"""The cuts that are drawn."""
ONCE: Final = N_("Whoever stands in several rows is counted once in the total.")


def title(report: Report) -> str:
    """Return the title of a report."""
    asked = report.asked
    if asked.year is not None:
        return _("Annual report of {year}").format(year=asked.year)
    if len(report.rows(Cut.MONTH)) == 1 and asked.first.day == 1:
        month = _("Monthly report of {year}-{month}")
        return month.format(year=asked.first.year, month=f"{asked.first.month:02d}")
    return _("Report from {first} to {last}").format(first=asked.first, last=asked.last)


def made(report: Report) -> str:
    """Say until when it tells, who made it and when."""
    says = _("As of {day}; made by {name} on {moment}")
    moment = f"{report.made_at.astimezone():%Y-%m-%d %H:%M}"
    return says.format(day=report.as_of, name=report.made_by, moment=moment)


def tables(report: Report) -> Iterator[Table]:
    """Yield the tables of a report in their order."""
    yield _in_all(report)
    for cut in Cut:
        rows = report.rows(cut)
        if rows:
            yield Table(
                title=cut.label,
                columns=_columns((HEADS[cut], Shape.TEXT), *FIGURES),
                rows=tuple((row.label, *_figures(row)) for row in rows),
                total=(_("Total"), *_figures(report.relief)),
                note=_(ONCE) if len(rows) > 1 else "",
                chart=CHARTS.get(cut, ""),
            )
    if report.funds:
        yield from _funds(report.funds)
    yield from _files(report)
    yield _cases(report)
    if any(row.id for row in report.plan):
        yield _plan(report)
    yield from _placements(report.placements)
    yield from _loans(report.loans)


def _columns(*columns: tuple[str, Shape]) -> tuple[Column, ...]:
    return tuple(Column(_(head), shape) for head, shape in columns)


def _figures(row: Figures) -> tuple[int, int, int, int]:
    return row.person_times, row.people, row.households, row.fen


def _in_all(report: Report) -> Table:
    without = report.without_file
    return Table(
        title=_("Relief in all"),
        columns=_columns((N_("Whose relief"), Shape.TEXT), *FIGURES),
        rows=(
            (_("All relief"), *_figures(report.relief)),
            (_("Of them without a file"), *_figures(without)[:2], None, without.fen),
        ),
        note=_("Whoever has no file is counted as a person, not as a household."),
    )


def _funds(funds: Sequence[FundMoves]) -> Iterator[Table]:
    names = ("opening", "granted", "carried_in", "back", "carried_out", "paid")
    heads = (
        (N_("Opening"), Shape.YUAN),
        (N_("Granted"), Shape.YUAN),
        (N_("Carried in"), Shape.YUAN),
        (N_("Came back"), Shape.YUAN),
        (N_("Carried out"), Shape.YUAN),
        (N_("Paid"), Shape.YUAN),
        (N_("Closing"), Shape.YUAN),
        (N_("Reserved of it"), Shape.YUAN),
    )
    yield _of_funds(
        _("Funds in and out"), funds, heads, (*names, "closing", "reserved"),
        _("Closing = opening + granted + carried in + came back - carried out - paid."),
    )  # fmt: skip
    if any(fund.back for fund in funds):
        heads = (
            (N_("Returned by the bank"), Shape.YUAN),
            (N_("Recovered"), Shape.YUAN),
            (N_("Given back"), Shape.YUAN),
        )
        names = ("returned", "recovered", "given_back")
        back = [fund for fund in funds if fund.back]
        yield _of_funds(_("Money that came back"), back, heads, names)


def _of_funds(
    title: str,
    funds: Sequence[FundMoves],
    heads: Sequence[tuple[str, Shape]],
    names: Sequence[str],
    note: str = "",
) -> Table:
    rows = [(fund.name, *(int(getattr(fund, name)) for name in names)) for fund in funds]
    sums = (sum(getattr(fund, name) for fund in funds) for name in names)
    return Table(
        title=title,
        columns=_columns((N_("Fund"), Shape.TEXT), *heads),
        rows=tuple(rows),
        total=(_("Total"), *sums),
        note=note,
    )


def _files(report: Report) -> Iterator[Table]:
    files = report.files
    number = (N_("Quantity"), Shape.NUMBER)
    left = tuple(
        (_("Closed: {reason}").format(reason=each.label), each.count) for each in files.by_reason
    )
    yield Table(
        title=_("Movement of files"),
        columns=_columns((N_("Files"), Shape.TEXT), number),
        rows=(
            (_("Opened"), files.opened),
            (_("Back on file"), files.returned),
            *left,
            (_("Open at the end"), files.open_at_end),
        ),
    )
    if files.by_category:
        yield Table(
            title=_("Files open at the end"),
            columns=_columns((N_("Category"), Shape.TEXT), number),
            rows=tuple((each.label, each.count) for each in files.by_category),
            total=(_("Total"), files.open_at_end),
            note=_("By the category they have today."),
        )


def _cases(report: Report) -> Table:
    cases = report.cases
    return Table(
        title=_("Applications of the period"),
        columns=_columns(
            (N_("Applications of the period"), Shape.TEXT), (N_("Quantity"), Shape.NUMBER)
        ),
        rows=(
            (_("Accepted in the period"), cases.accepted),
            (_("Decided"), cases.closed),
            (_("Put on file"), cases.filed),
            (_("Not filed"), cases.refused),
            (_("Decided late"), cases.late),
            (_("Working days to the decision, on average"), cases.mean_days),
        ),
    )


def _plan(report: Report) -> Table:
    return Table(
        title=_("Plan against done"),
        columns=_columns(
            (N_("Item"), Shape.TEXT),
            (N_("Households planned"), Shape.NUMBER),
            (N_("Households helped"), Shape.NUMBER),
            (N_("Yuan planned"), Shape.YUAN),
            (N_("Yuan given"), Shape.YUAN),
            (N_("Done, %"), Shape.NUMBER),
        ),
        rows=tuple(
            (
                row.item.label,
                row.planned_households if row.id else None,
                row.households,
                row.planned_fen if row.id else None,
                row.fen,
                row.share,
            )
            for row in report.plan
        ),
        total=(
            _("Total"),
            sum(row.planned_households for row in report.plan),
            report.relief.households,
            sum(row.planned_fen for row in report.plan),
            report.relief.fen,
            None,
        ),
        chart=OF_PLAN,
    )


def _loans(loans: Loans) -> Iterator[Table]:
    """Yield what was lent and came back, and what was lent cut by cut."""
    lent = loans.lent
    whole = (
        (Figure.LENT, lent),
        (Figure.REPAID, loans.repaid),
        (Figure.COMPENSATED, loans.compensated),
        (Figure.DEBT_RECOVERED, loans.recovered),
        (Figure.WRITTEN_OFF, loans.written_off),
    )
    yield Table(
        title=_("Guaranteed loans"),
        columns=_columns((N_("Guaranteed loans"), Shape.TEXT), *LENT_FIGURES[:2]),
        rows=tuple((figure.label, each.count, each.fen) for figure, each in whole),
        note=_("People given work by the loans of the period: {jobs}.").format(jobs=lent.jobs),
    )
    if (late := loans.ageing) is not None and late.loans:
        days, share = N_("Late for more than (days)"), N_("Of all that is outstanding")
        yield Table(
            title=_("Portfolio at risk"),
            columns=_columns((days, Shape.NUMBER), *LENT_FIGURES[:2], (share, Shape.TEXT)),
            rows=tuple((row.days, row.loans, row.fen, row.percent) for row in late.risk),
            note=late.tell(),
        )
    for table in loans.cuts:
        if lent.count:
            yield Table(
                title=_("Loans: {cut}").format(cut=table.cut.label),
                columns=_columns((LOAN_HEADS[table.cut], Shape.TEXT), *LENT_FIGURES),
                rows=tuple((row.label, row.count, row.fen, row.jobs) for row in table.rows),
                total=(_("Total"), lent.count, lent.fen, lent.jobs),
            )


def _placements(told: Placements) -> Iterator[Table]:
    """Yield the way from registration to work, who stayed, and who was placed cut by cut."""
    yield Table(
        title=_("Job service"),
        columns=_columns((N_("Job service"), Shape.TEXT), (N_("Quantity"), Shape.NUMBER)),
        rows=tuple((words, number) for _figure, words, number in job_lines(told)),
        note=_(
            "Presumed: the slip was overdue and the rules of its day count that as hired. They "
            "are among those placed, and counted apart."
        ),
    )
    if told.stayed:
        yield Table(
            title=_("Retention"),
            columns=_columns(
                (N_("After months at work"), Shape.TEXT),
                (N_("Follow-ups that have come"), Shape.NUMBER),
                (N_("Still at work"), Shape.NUMBER),
                (N_("Left the job"), Shape.NUMBER),
                (N_("Not known"), Shape.NUMBER),
            ),
            rows=tuple(
                (_("{months} months").format(months=row.months), row.due, row.at_work, row.left,
                 row.unknown)
                for row in told.stayed
            ),
        )  # fmt: skip
    for table in told.cuts:
        if told.placed:
            yield Table(
                title=_("Placements: {cut}").format(cut=table.cut.label),
                columns=_columns((PLACED_HEADS[table.cut], Shape.TEXT), *PLACED_FIGURES),
                rows=tuple((row.label, *_placed(row)) for row in table.rows),
                total=(_("Total"), *_placed(told)),
            )


def _placed(row: Placed) -> tuple[int, ...]:
    return row.placed, row.proved, row.presumed, row.not_shown, row.free


def job_lines(told: Placements) -> Iterator[tuple[Figure | None, str, int]]:
    """Yield the figures of the job service with their names, each with what opens its rows."""
    figures: tuple[tuple[Figure, int], ...] = (
        (Figure.REGISTERED, told.registered),
        (Figure.RECOGNISED, told.recognised),
        (Figure.VACANCIES, told.vacancies),
        (Figure.REFERRED, told.referred),
        (Figure.HIRED, told.hired),
        (Figure.NOT_HIRED, told.not_hired),
        (Figure.NOT_APPEARED, told.not_appeared),
        (Figure.PRESUMED_HIRED, told.presumed_hired),
        (Figure.PLACED, told.placed),
        (Figure.PLACED_PROVED, told.proved),
        (Figure.PLACED_PRESUMED, told.presumed),
        (Figure.PLACED_UNPROVED, told.not_shown),
        (Figure.PLACED_FREE, told.free),
        (Figure.TRAINED, told.trained),
    )
    for figure, number in figures:
        yield figure, figure.label, number
        if figure is Figure.VACANCIES:
            yield None, _("Posts of these vacancies"), told.posts
        if figure is Figure.PLACED:
            yield None, _("Distinct people placed"), told.people
    yield None, _("Placed after training"), told.placed_after_training
