"""The tables of a report: relief cut by cut, funds, files and cases, plan against done."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Annotated, Final

from app.core.i18n import _
from app.core.kinds import Choice, Key, Text
from app.core.money import Fen, yuan_text
from app.core.record import Record
from app.reports.charts import share
from app.reports.records import Cut, CutRow, Figure, FundMoves, PlanRow, Report
from app.reports.telling import HEADS
from ui.kit.cards import EmptyState
from ui.kit.cells import UNKNOWN, Cell, Column
from ui.kit.table import RecordTable


class Told(Record):
    """A line of words with its figure, and what stands behind it."""

    id: Annotated[str, Key()]
    label: Annotated[str, Text(label="")]
    figure: Annotated[str, Text(label="")]
    opens: Annotated[Figure, Choice(label="", words=Figure)]
    key: Annotated[str | None, Text(label="")] = None


def cut_table() -> RecordTable[CutRow]:
    """Return the table of one cut."""
    return RecordTable(
        CutRow,
        [
            Column("label", stretch=True),
            Column("person_times", width=84),
            Column("people", width=84),
            Column("households", width=84),
            Column("fen", _("Amount (yuan)"), width=124),
        ],
        name="table_cut",
        empty=EmptyState(_("Nothing was given in this period")),
    )


def show_cut(table: RecordTable[CutRow], report: Report, cut: Cut) -> None:
    """Show the rows of a cut, and below them the total that they share out."""
    name, *figures = table.model.columns
    table.model.columns = (replace(name, title=_(HEADS[cut])), *figures)
    table.show_rows(report.rows(cut))
    relief = report.relief
    says = _("Total: {times} person-times, {people} people, {households} households")
    table.set_foot(
        says.format(
            times=f"{relief.person_times:,}",
            people=f"{relief.people:,}",
            households=f"{relief.households:,}",
        ),
        [("Enter", _("See payments"))],
        total=_("{fen} yuan").format(fen=yuan_text(relief.fen)),
    )


def _money(name: str) -> Column:
    return Column(name, width=112)


def tell_empty(table: RecordTable[CutRow], told: Report) -> None:
    """Say what to do when nothing was given in the period."""
    if not told.relief.person_times and not told.relief.fen:
        table.set_empty(
            _("Nothing was given in this period"),
            _("Choose another period above, or bring the relief of earlier years in by “Import”."),
        )


def fund_table() -> RecordTable[FundMoves]:
    """Return the table of funds: what they held, took in and gave out."""
    return RecordTable(
        FundMoves,
        [
            Column("name", stretch=True),
            _money("opening"),
            _money("granted"),
            Column("carried", _("Carried over"), width=112, cell=_carried, right=True),
            _money("paid"),
            Column("back", _("Came back"), width=104, cell=_back, right=True),
            _money("closing"),
            _money("reserved"),
        ],
        name="table_fund_moves",
        empty=EmptyState(
            _("No fund held money in this period"),
            _("Finance opens a fund and enters its budget under “Funds”."),
        ),
    )


OF_FUND: Final = {
    "name": Figure.MOVED,
    "opening": Figure.OPENING,
    "granted": Figure.GRANTED,
    "carried": Figure.CARRIED,
    "paid": Figure.PAID,
    "back": Figure.BACK,
    "closing": Figure.CLOSING,
    "reserved": Figure.RESERVED,
}
"""What stands behind the columns of a fund."""


def _carried(row: FundMoves) -> Cell:
    return Cell(yuan_text(Fen(row.carried_in - row.carried_out)))


def _back(row: FundMoves) -> Cell:
    return Cell(yuan_text(Fen(row.returned + row.recovered + row.given_back)))


def show_funds(table: RecordTable[FundMoves], report: Report) -> None:
    """Show the funds, and what they hold together."""
    table.show_rows(report.funds)
    closing = sum(fund.closing for fund in report.funds)
    table.set_foot(
        _("Amounts in yuan; closing = opening + granted + carried over - paid + came back"),
        [("Enter", _("See movements"))],
        total=_("Closing {fen} yuan").format(fen=yuan_text(Fen(closing))),
    )


def told_table(name: str, title: str) -> RecordTable[Told]:
    """Return a table of words and figures."""
    return RecordTable(
        Told,
        [
            Column("label", title, stretch=True),
            Column("figure", _("Figure"), width=110, right=True),
        ],
        name=name,
        sortable=False,
    )


def files_told(report: Report) -> list[Told]:
    """Return what moved among the files."""
    files = report.files
    return [
        _told(_("Put on file"), files.opened, Figure.OPENED),
        _told(_("Came back on file"), files.returned, Figure.RETURNED),
        _told(_("Left the files"), files.closed, Figure.CLOSED),
        *(
            _told(f"　{each.label}", each.count, Figure.CLOSED, each.key)
            for each in files.by_reason
        ),
        _told(_("On file on the last day"), files.open_at_end, Figure.OPEN_AT_END),
        *(
            _told(f"　{each.label}", each.count, Figure.OPEN_AT_END, each.key)
            for each in files.by_category
        ),
    ]


def cases_told(report: Report) -> list[Told]:
    """Return what became of applications."""
    cases, days = report.cases, report.cases.mean_days
    mean = "—" if days is None else f"{days:.1f}"
    return [
        _told(_("Applications accepted"), cases.accepted, Figure.ACCEPTED),
        _told(_("Decided"), cases.closed, Figure.DECIDED),
        _told("　" + _("Put on file"), cases.filed, Figure.FILED),
        _told("　" + _("Not filed"), cases.refused, Figure.REFUSED),
        _told(_("Decided late"), cases.late, Figure.LATE),
        Told(
            id="days",
            label=_("Mean working days to the decision"),
            figure=mean,
            opens=Figure.DECIDED,
        ),
    ]


def _told(label: str, count: int, opens: Figure, key: str | None = None) -> Told:
    line = opens.value if key is None else f"{opens.value} {key}"
    return Told(id=line, label=label, figure=f"{count:,}", opens=opens, key=key)


def plan_table() -> RecordTable[PlanRow]:
    """Return the table of plan against done."""
    return RecordTable(
        PlanRow,
        [
            Column("item", width=120),
            Column("planned_households", width=96),
            Column("households", _("Households helped"), width=96),
            Column("planned_fen", _("Planned (yuan)"), width=124),
            Column("fen", _("Given (yuan)"), width=124),
            Column("share", _("Share done"), width=70, cell=_done, right=True),
            Column("document", stretch=True),
        ],
        name="table_plan",
        empty=EmptyState(
            _("Nothing is planned or given in this year"),
            _("Finance writes down here what the year is meant to bring."),
        ),
    )


def _done(row: PlanRow) -> Cell:
    return Cell(share(row.fen, row.planned_fen)) if row.planned_fen else UNKNOWN


def show_plan(table: RecordTable[PlanRow], report: Report) -> None:
    """Show the plan, or say why there is none."""
    asked = report.asked
    if asked.year is None or asked.area or asked.district:
        table.set_empty(
            _("A plan is of a whole year and of the whole center"),
            _("Choose a year above, every district and every area."),
        )
    table.show_rows(report.plan)
    planned, done = sum(row.planned_fen for row in report.plan), sum(row.fen for row in report.plan)
    says = _("Planned {planned} yuan, given {done} yuan")
    table.set_foot(
        says.format(planned=yuan_text(Fen(planned)), done=yuan_text(Fen(done))),
        [("Enter", _("See payments"))],
        total=share(done, planned) if planned else "",
    )


def cuts() -> Iterator[tuple[Cut, str]]:
    """Yield the cuts with their words."""
    for cut in Cut:
        yield cut, cut.label
