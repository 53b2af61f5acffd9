"""What the center demands of its own dated values."""

from app.center.records import ValueForm
from app.core.errors import Invalid, Problem
from app.core.i18n import N_
from app.reference.dated import AREAS


def check_value(form: ValueForm) -> None:
    """Raise `Invalid` when the days are not in order or the standard has no such area."""
    problems: list[Problem] = []
    if form.effective_to < form.effective_from:
        says = N_("The last day in force lies before the first one")
        problems.append(Problem("effective_to", "days_in_order", says))
    if form.area not in AREAS[form.kind]:
        says = N_("This standard is not set for such an area")
        problems.append(Problem("area", "area_of_kind", says))
    if problems:
        raise Invalid(problems)
