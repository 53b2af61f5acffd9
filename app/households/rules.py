"""What the center demands of a household."""

from app.core.errors import Problem, RuleBroken
from app.core.i18n import N_
from app.core.resident_id import normalise_id
from app.households.records import HouseholdForm


class PersonOnFile(RuleBroken):
    """One person is in one active file only (一人一档)."""

    says = N_(
        "A person of this household stands in another file that is open. Open that file, or "
        "take the person out here; what was typed is kept."
    )


class PersonOnFileOf(PersonOnFile):
    """The same, with the file named."""

    says = N_(
        "{name} stands in another open file: {file}. Open that file, or take the person out "
        "here; what was typed is kept."
    )


def form_problems(form: HouseholdForm) -> list[Problem]:
    """Return what is wrong with the form as a whole: the same person twice in it."""
    problems: list[Problem] = []
    seen = {normalise_id(form.head.id_number)}
    for place, member in enumerate(form.members):
        number = normalise_id(member.id_number)
        if number and number in seen:
            says = N_("This person stands in the form already")
            problems.append(Problem(f"members[{place}].id_number", "person_twice", says))
        seen.add(number)
    return problems
