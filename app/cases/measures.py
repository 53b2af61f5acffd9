"""Finds the measures of the policy in force on a day."""

from datetime import date

from app.core.i18n import _
from app.policy.catalog import shipped
from app.policy.pack import Area, Measure


def measures_on(day: date) -> tuple[Measure, ...]:
    """Return every measure in force on ``day``, area by area."""
    packs = (shipped().in_force(area, day) for area in Area)
    return tuple(measure for pack in packs if pack for measure in pack.measures)


def measure_on(id_: str, day: date) -> Measure | None:
    """Return a measure by its id."""
    return next((measure for measure in measures_on(day) if measure.id == id_), None)


def area_of(id_: str, day: date) -> Area | None:
    """Return the area that a measure belongs to; `None` when the policy of the day has it not."""
    for area in Area:
        pack = shipped().in_force(area, day)
        if pack and any(measure.id == id_ for measure in pack.measures):
            return area
    return None


def title_of(id_: str, day: date, person: str = "") -> str:
    """Return what a measure is called, with the name of the member it is for.

    It is the bare id when the policy of the day has none such.
    """
    found = measure_on(id_, day)
    title = found.title if found else id_
    return _("{measure} ({names})").format(measure=title, names=person) if person else title
