"""The charts of the loan desk: how overdue, whether repayments keep pace, what can be guaranteed.

Each is one definition for the screen, the paper and the table, as those of the dashboard are.
"""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Final

from app.core.i18n import N_, _
from app.core.kinds import Day
from app.core.money import Fen, yuan_text
from app.core.record import Nothing, Record
from app.loans.guarantee_queries import guarantee_fund_rows, guarantee_fund_view
from app.loans.guarantee_records import GuaranteeFundAsked, GuaranteeFundRow, GuaranteeFundView
from app.loans.portfolio import ageing, pace
from app.loans.portfolio_records import AgeingAsked, AgeingView, PaceAsked, PaceView
from app.reports.charts import Chart, Line, Shape, Unit, share
from app.work import Permission, Work, query

AGEING: Final = "loan_ageing"
PACE: Final = "loan_pace"
EXPOSURE: Final = "guarantee_exposure"
QUOTAS: Final = "guarantee_quotas"

MONTHS: Final = 12
"""How many months back the pace of repayments is shown when nobody says."""


class LoanChartsAsked(Record):
    """Asks for the charts of the loan desk, as of a day; of none, of today."""

    as_of: Annotated[date | None, Day(label=N_("As of"), may_be_future=False)] = None
    first: Annotated[date | None, Day(label=N_("From day"))] = None
    """From when the pace of repayments is shown; `None` for a year before."""


@query(needs=Permission.READ_LOANS)
def loan_charts(work: Work, asked: LoanChartsAsked) -> tuple[Chart, ...]:
    """Return the charts of the loan desk; the guarantee funds are those of today."""
    day = asked.as_of or work.today
    first = asked.first or _year_before(day)
    funds = [row for row in guarantee_fund_rows.run(work, Nothing()) if row.open]
    of_quotas = (
        guarantee_fund_view.run(work, GuaranteeFundAsked(id=row.id, year=day.year)) for row in funds
    )
    return (
        ageing_chart(ageing.run(work, AgeingAsked(as_of=asked.as_of))),
        pace_chart(pace.run(work, PaceAsked(first=first, last=day))),
        exposure_chart(funds),
        *(quota_chart(view) for view in of_quotas if any(row.quota for row in view.quotas)),
    )


def _year_before(day: date) -> date:
    """Return the first day of the month from which a year of months ends on a day."""
    months = day.year * 12 + day.month - MONTHS
    return date(months // 12, months % 12 + 1, 1)


def ageing_chart(view: AgeingView) -> Chart:
    """Show the principal of the loans that are late, by how long they are."""
    late = view.rows[1:]
    month = view.risk[0]
    return Chart(
        name=AGEING,
        title=_("Ageing of loans"),
        question=_("How bad is what is overdue?"),
        says=_(
            "On {day}, {loans} loans with {fen} yuan of principal are late for more than {days} "
            "days, {share} of all that is outstanding."
        ).format(
            day=view.as_of,
            loans=f"{month.loans:,}",
            fen=yuan_text(month.fen),
            days=month.days,
            share=share(month.fen, view.outstanding),
        )
        if any(row.loans for row in late)
        else _("On {day}, no loan is late.").format(day=view.as_of),
        shape=Shape.COLUMNS,
        unit=Unit.FEN,
        heads=(_("Principal at risk"),),
        rows_are=_("Days late"),
        lines=tuple(Line(range_words(row.first, row.last), (row.outstanding,)) for row in late),
    )


def range_words(first: int, last: int | None) -> str:
    """Return how many days late a range of ageing is, in words."""
    if last is None:
        return _("more than {days} days").format(days=first - 1)
    return _("{first} to {last} days").format(first=first, last=last)


def pace_chart(view: PaceView) -> Chart:
    """Show what fell due and what was paid, added up month by month."""
    last = view.rows[-1] if view.rows else None
    behind = last.due - last.paid if last else 0
    if last is None or not last.due:
        says = _("Nothing fell due in this time.")
    elif behind > 0:
        says = _("{paid} of {due} yuan due were paid, {share}; {behind} yuan are missing.").format(
            paid=yuan_text(last.paid),
            due=yuan_text(last.due),
            share=share(last.paid, last.due),
            behind=yuan_text(behind),
        )
    else:
        says = _("All {due} yuan due were paid.").format(due=yuan_text(last.due))
    return Chart(
        name=PACE,
        title=_("Due and paid"),
        question=_("Do repayments keep pace?"),
        says=says,
        shape=Shape.LINES,
        unit=Unit.FEN,
        heads=(_("Due so far"), _("Paid so far"), _("Behind")),
        rows_are=_("Month"),
        lines=tuple(
            Line(row.month, (row.due, row.paid, max(0, row.due - row.paid))) for row in view.rows
        ),
    )


def exposure_chart(funds: Sequence[GuaranteeFundRow]) -> Chart:
    """Show how much of what each guarantee fund may stand for is taken."""
    left = sum(0 if row.stopped else row.left for row in funds)
    stopped = [row.name for row in funds if row.stopped]
    says = _("{left} yuan can still be guaranteed.").format(left=yuan_text(Fen(left)))
    if stopped:
        says += _("{funds}: no new guarantees, too much is bad.").format(funds="、".join(stopped))
    return Chart(
        name=EXPOSURE,
        title=_("Guarantees"),
        question=_("How much can still be guaranteed?"),
        says=says if funds else _("There is no guarantee fund yet."),
        shape=Shape.PACED,
        unit=Unit.FEN,
        heads=(_("May stand for"), _("Lent"), _("Reserved")),
        rows_are=_("Guarantee fund"),
        lines=tuple(Line(row.name, (row.limit, row.lent, row.reserved)) for row in funds),
    )


def quota_chart(view: GuaranteeFundView) -> Chart:
    """Show how much of its quota each district took of a guarantee fund."""
    rows = [row for row in view.quotas if row.quota is not None or row.lent or row.reserved]
    full = [row.district for row in rows if row.quota and not row.left]
    return Chart(
        name=QUOTAS,
        title=_("Quotas of {fund}").format(fund=view.row.name),
        question=_("Which district has room left?"),
        says=_("Nothing is left in {districts}.").format(districts="、".join(full))
        if full
        else _("Every district with a quota has room left."),
        shape=Shape.PACED,
        unit=Unit.FEN,
        heads=(_("Quota"), _("Lent"), _("Reserved")),
        rows_are=_("District"),
        lines=tuple(
            Line(row.district or _("not known"), (row.quota or 0, row.lent, row.reserved))
            for row in rows
        ),
    )
