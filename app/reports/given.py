"""The charts of relief: where it goes, whom it helps, and how often."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from sqlalchemy import String, and_, case, func, select

from app.core.days import months_after
from app.core.i18n import _
from app.core.money import Fen, yuan_text
from app.reports.charts import Chart, ChartName, Line, Shape, Unit, answer, share
from app.reports.cutting import cut_to, label, months_of, order
from app.reports.records import NO_FILE, NOT_KNOWN, Cut, ReliefQuery, ReportQuery
from app.reports.relief import rows_behind
from app.work import Work
from db.models.relief import Relief

# Where it goes


def months(work: Work, asked: ReportQuery) -> Chart:
    """Tell month by month into which areas relief went."""
    month = func.substr(Relief.day, 1, 7, type_=String)
    found = work.session.execute(
        select(month, func.coalesce(Relief.area, NOT_KNOWN), func.sum(Relief.fen))
        .where(*rows_behind(ReliefQuery(asked=asked)))
        .group_by(month, func.coalesce(Relief.area, NOT_KNOWN))
    )
    fen: Counter[tuple[str, str]] = Counter()
    areas: Counter[str] = Counter()
    by_month: Counter[str] = Counter()
    for name, area, amount in found:
        fen[name, area] += amount
        areas[area] += amount
        by_month[name] += amount
    ranked = [area for area, _fen in areas.most_common()]
    lines = tuple(
        Line(
            name,
            tuple(fen[name, area] for area in ranked),
            tuple(
                ReliefQuery(asked=cut_to(asked, name), cut=Cut.AREA, key=area) for area in ranked
            ),
        )
        for name in months_of(asked)
    )
    says = _("Nothing was given in this period.")
    if areas.total() > 0:
        best = max(by_month, key=lambda name: by_month[name])
        says = _("Most went into {area}: {fen} yuan, {share}; most of all in {month}.").format(
            area=label(Cut.AREA, ranked[0], {}),
            fen=yuan_text(Fen(areas[ranked[0]])),
            share=share(areas[ranked[0]], areas.total()),
            month=best,
        )
    heads = tuple(label(Cut.AREA, area, {}) for area in ranked)
    chart = answer(ChartName.MONTHS, says, Shape.STACKED, Unit.FEN, _("Month"), heads, lines)
    return replace(chart, series=3)


# Whom we help, and how often

TOLD: Final = 12
"""Causes in the chart; the others are summed up."""


def causes(work: Work, asked: ReportQuery) -> Chart:
    """Tell with which areas those were helped who are in hardship for a cause."""
    parts = (
        func.coalesce(Relief.cause, NOT_KNOWN),
        func.coalesce(Relief.area, NOT_KNOWN),
        Relief.household_id.is_not(None),
    )
    found = work.session.execute(
        select(*parts, func.sum(Relief.times))
        .where(*rows_behind(ReliefQuery(asked=asked)))
        .group_by(*parts)
    )
    times: Counter[tuple[str, str]] = Counter()
    for cause, area, filed, number in found:
        times[cause or (NOT_KNOWN if filed else NO_FILE), area] += number
    areas = sorted({area for _cause, area in times}, key=lambda area: order(Cut.AREA, area))
    by_cause: Counter[str] = Counter()
    for (cause, _area), number in times.items():
        by_cause[cause] += number
    ranked = [cause for cause, _number in by_cause.most_common()]
    lines = [
        Line(
            label(Cut.CAUSE, cause, {}),
            tuple(times[cause, area] for area in areas),
            tuple(
                ReliefQuery(asked=replace(asked, area=area), cut=Cut.CAUSE, key=cause)
                if area
                else None
                for area in areas
            ),
        )
        for cause in ranked[:TOLD]
    ]
    if ranked[TOLD:]:
        rest = (sum(times[cause, area] for cause in ranked[TOLD:]) for area in areas)
        lines.append(Line(_("The others"), tuple(rest)))
    says = _("Nothing was given in this period.")
    if times.total() > 0:
        most = max(times, key=lambda place: times[place])
        says = _("Most often: {cause}, helped with {area}, {count} of {all} person-times.").format(
            cause=label(Cut.CAUSE, most[0], {}),
            area=label(Cut.AREA, most[1], {}),
            count=f"{times[most]:,}",
            all=f"{times.total():,}",
        )
    heads = tuple(label(Cut.AREA, area, {}) for area in areas)
    return answer(
        ChartName.CAUSES, says, Shape.HEAT, Unit.COUNT, _("Main cause"), heads, tuple(lines)
    )


_OFTEN: Final = ((1, 1), (2, 2), (3, 3), (4, 5), (6, 8), (9, 12), (13, 24), (25, None))


def two_years_to(last: date) -> date:
    """Return the first of the 24 months that end with a day."""
    return months_after(last + timedelta(days=1), -24)


def repeats(work: Work, asked: ReportQuery) -> Chart:
    """Tell how often the households helped in the period were helped in the 24 months to its
    end."""
    last = asked.last
    first = two_years_to(last)
    helped = case((and_(*rows_behind(ReliefQuery(asked=asked))), 1), else_=0)
    times = func.sum(Relief.times)
    each = (
        select(times.label("times"))
        .where(Relief.counted.is_(True), Relief.day.between(first, last))
        .where(Relief.household_id.is_not(None))
        .group_by(Relief.household_id + 0)  # by no index: the one of the days has all in it
        .having(times > 0, func.max(helped) == 1)
        .subquery()
    )
    found = work.session.execute(select(each.c.times, func.count()).group_by(each.c.times))
    counts: Counter[int] = Counter()
    for number, households in found:
        at = next(at for at, (_low, high) in enumerate(_OFTEN) if high is None or number <= high)
        counts[at] += households
    again = counts.total() - counts[0]
    says = _("{count} of {all} households were helped more than once in 24 months, {share}.")
    return answer(
        ChartName.REPEATS,
        says.format(
            count=f"{again:,}", all=f"{counts.total():,}", share=share(again, counts.total())
        )
        if counts
        else _("Nobody on file was helped in this period."),
        Shape.COLUMNS,
        Unit.COUNT,
        _("Times helped"),
        (_("Households"),),
        tuple(Line(_often(*span), (counts[at],)) for at, span in enumerate(_OFTEN)),
    )


def _often(low: int, high: int | None) -> str:
    if high is None:
        return _("{low} or more").format(low=low)
    return str(low) if low == high else f"{low}–{high}"
