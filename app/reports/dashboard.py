"""The dashboard: one query answers one question with a chart, another all of them for paper.

The store sums up; what comes over is as long as the chart, not as the archive.
"""

from collections.abc import Callable, Mapping
from typing import Annotated, Final

from app.core.i18n import N_
from app.core.kinds import Choice, Part
from app.core.record import Record
from app.reports.charts import Chart, ChartName
from app.reports.flowing import arrivals, flow, reasons, waits
from app.reports.given import causes, months, repeats
from app.reports.placed_charts import referrals
from app.reports.records import ReportQuery
from app.reports.rules import check_period
from app.reports.spending import burn, steps
from app.work import Permission, Work, query


class ChartQuery(Record):
    """Asks for one chart of a period."""

    asked: Annotated[ReportQuery, Part()]
    name: Annotated[ChartName, Choice(label=N_("Chart"), words=ChartName)]


@query(needs=Permission.READ_REPORTS)
def dashboard_chart(work: Work, asked: ChartQuery) -> Chart:
    """Answer one question of the dashboard. Raises `PeriodBackwards`."""
    check_period(asked.asked)
    return CHARTS[asked.name](work, asked.asked)


@query(needs=Permission.READ_REPORTS)
def dashboard(work: Work, asked: ReportQuery) -> tuple[Chart, ...]:
    """Answer every question of the dashboard that has an answer. Raises `PeriodBackwards`."""
    check_period(asked)
    made = (make(work, asked) for make in CHARTS.values())
    return tuple(chart for chart in made if not chart.empty)


CHARTS: Final[Mapping[ChartName, Callable[[Work, ReportQuery], Chart]]] = {
    ChartName.FLOW: flow,
    ChartName.BURN: burn,
    ChartName.MONTHS: months,
    ChartName.STEPS: steps,
    ChartName.WAITS: waits,
    ChartName.CAUSES: causes,
    ChartName.ARRIVALS: arrivals,
    ChartName.REASONS: reasons,
    ChartName.REPEATS: repeats,
    ChartName.REFERRALS: referrals,
}
