"""Finds the measures of the policy in force on a day."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Final

from app.core.i18n import _
from app.core.words.funds import FundSource
from app.policy.catalog import shipped
from app.policy.pack import Area, Measure, MeasureKind, Outcome

AGENCY: Final = "agency_payment"
"""The measure of what another department entrusts to the center (代发): no policy of ours gives
it, it rests on the roster that the department sent, and only agency money pays it."""


def agency_measure() -> Measure:
    """Return what agency money is given under."""
    return Measure(
        id=AGENCY,
        kind=MeasureKind.GRANT,
        title=_("Agency payment"),
        conditions=(),
        wording={
            Outcome.YES: _("On the confirmed roster with {amount}"),
            Outcome.NO: _("Not on the confirmed roster"),
        },
        needs_file=False,
        funds=(FundSource.AGENCY,),
    )


def measures_on(day: date) -> tuple[Measure, ...]:
    """Return every measure in force on ``day``, area by area."""
    packs = (shipped().in_force(area, day) for area in Area)
    return tuple(measure for pack in packs if pack for measure in pack.measures)


def measure_on(id_: str, day: date) -> Measure | None:
    """Return a measure by its id; what agencies entrust is one of every day."""
    if id_ == AGENCY:
        return agency_measure()
    return next((measure for measure in measures_on(day) if measure.id == id_), None)


def papers_missing(items: Iterable[str], handed_in: Collection[str], day: date) -> tuple[str, ...]:
    """Return the papers that the measures ``items`` ask for and nobody handed in, each once."""
    measures = (measure_on(id_, day) for id_ in items)
    asked = dict.fromkeys(paper for each in measures if each for paper in each.papers)
    return tuple(paper for paper in asked if paper not in handed_in)


def area_of(id_: str, day: date) -> Area | None:
    """Return the area that a measure belongs to; `None` when the policy of the day has it not."""
    return shipped().area_of(id_, day)


def title_of(id_: str, day: date, person: str = "") -> str:
    """Return what a measure is called, with the name of the member it is for.

    It is the bare id when the policy of the day has none such.
    """
    found = measure_on(id_, day)
    title = found.title if found else id_
    return _("{measure} ({names})").format(measure=title, names=person) if person else title
