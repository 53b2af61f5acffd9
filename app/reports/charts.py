"""What a chart is: one table of whole numbers, the shape it is drawn in, and its answer in words.

The screen, the paper and the table view all come from this: nothing is drawn that does not stand
in the table.
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final, TypeAlias

from app.core.i18n import N_, _
from app.core.money import Fen, yuan_text
from app.core.words import Word
from app.reports.records import BehindQuery, Cut, PlanRow, ReliefQuery, Report


class ChartName(Word):
    """The charts of the dashboard."""

    FLOW = "flow", N_("Accepted and decided")
    BURN = "burn", N_("Budget used by area")
    MONTHS = "months", N_("Relief by month and area")
    STEPS = "steps", N_("From approval to the account")
    WAITS = "waits", N_("Working days by step")
    CAUSES = "causes", N_("Causes of hardship and areas")
    ARRIVALS = "arrivals", N_("Applications by half hour")
    REASONS = "reasons", N_("Why things came back")
    REPEATS = "repeats", N_("Repeated help in 24 months")
    REFERRALS = "referrals", N_("From referral to staying in work")


QUESTIONS: Final = {
    ChartName.FLOW: N_("Is the backlog growing?"),
    ChartName.BURN: N_("Shall we run out before the year ends?"),
    ChartName.MONTHS: N_("Where does the money go?"),
    ChartName.STEPS: N_("Where is the difference?"),
    ChartName.WAITS: N_("Where do cases wait?"),
    ChartName.CAUSES: N_("Whom do we help, and with what?"),
    ChartName.ARRIVALS: N_("When are how many windows needed?"),
    ChartName.REASONS: N_("Which notice or checklist needs new words?"),
    ChartName.REPEATS: N_("Do households leave hardship?"),
    ChartName.REFERRALS: N_("At which step are people lost?"),
}


class Shape(StrEnum):
    """The ways to draw a table."""

    LINES = "lines"
    """Two lines over time, and the last column as an area."""
    PACED = "paced"
    """A bar on its track for each line: of the first column, the others; with a marker of pace."""
    RANGES = "ranges"
    """A dot and the end of a range for each line."""
    HEAT = "heat"
    RANKED = "ranked"
    COLUMNS = "columns"
    STACKED = "stacked"
    BRIDGE = "bridge"
    """What is added and taken away step by step, from one total to the next."""


class Unit(StrEnum):
    """What the numbers of a chart are."""

    COUNT = "count"
    FEN = "fen"
    DAYS = "days"


Opens: TypeAlias = ReliefQuery | BehindQuery

MOST_SERIES: Final = 3
"""More cannot be told apart without colours."""


@dataclass(frozen=True)
class Line:
    """One line of the table: its name, a number under each heading, and what stands behind."""

    label: str
    values: tuple[int | None, ...]
    opens: tuple[Opens | None, ...] = ()
    """What stands behind each number: payments or applications; empty when nothing is listed."""
    total: bool = False
    """Of a bridge: a sum so far, not a step."""

    def behind(self, column: int) -> Opens | None:
        """Return what stands behind a number."""
        return self.opens[column] if column < len(self.opens) else None


@dataclass(frozen=True)
class Chart:
    """A chart: its question, its answer, its table and its shape."""

    name: str
    title: str
    question: str
    says: str
    """The answer in one sentence, computed."""
    shape: Shape
    unit: Unit
    heads: tuple[str, ...]
    lines: tuple[Line, ...]
    rows_are: str
    """What the lines are: the heading of their names."""
    pace: int | None = None
    """Of a paced chart: how much of the time is over, in thousandths."""
    series: int = 0
    """How many columns are drawn, the others summed up in the last; 0 for all."""

    @property
    def empty(self) -> bool:
        """Tell whether there is nothing to draw."""
        return not any(value for line in self.lines for value in line.values)

    def drawn(self) -> "Chart":
        """Return the chart with the columns that are drawn: the largest, and the rest as one."""
        if not self.series or len(self.heads) <= self.series:
            return self
        kept = self.series - 1
        lines = tuple(
            Line(
                line.label,
                (*line.values[:kept], sum(value or 0 for value in line.values[kept:])),
                line.opens[:kept],
            )
            for line in self.lines
        )
        heads = (*self.heads[:kept], _("The others"))
        return replace(self, heads=heads, lines=lines, series=0)


def words_of(value: int | None, unit: Unit) -> str:
    """Return a number of a chart in full, for its table."""
    if value is None:
        return "—"
    return yuan_text(Fen(value)) if unit is Unit.FEN else f"{value:,}"


def short(value: int, unit: Unit) -> str:
    """Return a number as it stands in the drawing: money in whole yuan."""
    return f"{round(value / 100):,}" if unit is Unit.FEN else f"{value:,}"


def unit_words(unit: Unit) -> str:
    """Return what the numbers are, for the corner of a chart."""
    match unit:
        case Unit.FEN:
            return _("yuan")
        case Unit.DAYS:
            return _("working days")
        case Unit.COUNT:
            return ""


def share(part: int, whole: int) -> str:
    """Return how much of the whole a part is, in whole per cent."""
    return f"{round(100 * part / whole)}%" if whole else "—"


def answer(
    name: ChartName,
    says: str,
    shape: Shape,
    unit: Unit,
    rows_are: str,
    heads: tuple[str, ...],
    lines: tuple[Line, ...],
) -> Chart:
    """Return a chart of the dashboard, with its title and its question."""
    question = _(QUESTIONS[name])
    return Chart(name.value, name.label, question, says, shape, unit, heads, lines, rows_are)


# The charts that a report itself holds


OF_ITEMS: Final = "report_items"
OF_MONTHS: Final = "report_months"
OF_PLAN: Final = "report_plan"


def report_charts(report: Report) -> tuple[Chart, ...]:
    """Return the charts of what stands in a report: by item, by month, plan against done."""
    made = [_of_items(report)]
    if len(report.rows(Cut.MONTH)) > 1:
        made.append(_of_months(report))
    if any(row.planned_fen for row in report.plan):
        made.append(_of_plan(report, report.plan))
    return tuple(chart for chart in made if not chart.empty)


def _of_items(report: Report) -> Chart:
    rows = sorted(report.rows(Cut.ITEM), key=lambda row: -row.fen)
    first = rows[0] if rows else None
    return Chart(
        name=OF_ITEMS,
        title=_("Relief by item"),
        question=_("What is the money given for?"),
        says=_("Most went into {item}: {fen} yuan, {share} of {all} yuan.").format(
            item=first.label,
            fen=yuan_text(first.fen),
            share=share(first.fen, report.relief.fen),
            all=yuan_text(report.relief.fen),
        )
        if first and first.fen > 0
        else _("Nothing was given in this period."),
        shape=Shape.RANKED,
        unit=Unit.FEN,
        heads=(_("Amount"),),
        rows_are=_("Item"),
        lines=tuple(
            Line(
                row.label, (row.fen,), (ReliefQuery(asked=report.asked, cut=Cut.ITEM, key=row.key),)
            )
            for row in rows
        ),
    )


def _of_months(report: Report) -> Chart:
    rows = report.rows(Cut.MONTH)
    most = max(rows, key=lambda row: row.fen, default=None)
    return Chart(
        name=OF_MONTHS,
        title=_("Relief by month"),
        question=_("When is the money given?"),
        says=_("Most was given in {month}: {fen} yuan to {times} person-times.").format(
            month=most.label, fen=yuan_text(most.fen), times=f"{most.person_times:,}"
        )
        if most and most.fen > 0
        else _("Nothing was given in this period."),
        shape=Shape.COLUMNS,
        unit=Unit.FEN,
        heads=(_("Amount"),),
        rows_are=_("Month"),
        lines=tuple(
            Line(
                row.label,
                (row.fen,),
                (ReliefQuery(asked=report.asked, cut=Cut.MONTH, key=row.key),),
            )
            for row in rows
        ),
    )


def _of_plan(report: Report, rows: tuple[PlanRow, ...]) -> Chart:
    planned, done = sum(row.planned_fen for row in rows), sum(row.fen for row in rows)
    return Chart(
        name=OF_PLAN,
        title=_("Plan against done"),
        question=_("Is the plan kept?"),
        says=_("{done} of {planned} yuan planned were given, {share}.").format(
            done=yuan_text(Fen(done)), planned=yuan_text(Fen(planned)), share=share(done, planned)
        ),
        shape=Shape.PACED,
        unit=Unit.FEN,
        heads=(_("Planned"), _("Given")),
        rows_are=_("Item"),
        lines=tuple(
            Line(
                row.item.label,
                (row.planned_fen, row.fen),
                (None, ReliefQuery(asked=report.asked, cut=Cut.ITEM, key=row.item.value)),
            )
            for row in rows
        ),
    )
