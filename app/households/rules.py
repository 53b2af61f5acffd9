"""What the center demands of a household, and what it asks whom."""

from datetime import date

from app.core.errors import Problem, RuleBroken
from app.core.i18n import N_
from app.core.resident_id import ResidentIdFacts, normalise_id, read_id
from app.households.records import HouseholdForm, MemberForm
from app.reference.member_questions import member_questions
from app.reference.school_stages import school_stages


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


class HeadIsMember(RuleBroken):
    """Who stands in a file as a member becomes its head by an act of its own."""

    says = N_(
        "{name} stands in this file as a member. Use “Change the head” in the file for this; "
        "what was typed is kept."
    )


class FileMerged(RuleBroken):
    """The file was merged into another one; its people and papers stand there."""

    says = N_(
        "The file {file} was merged into another one. Search for its number to open that one; "
        "what was typed is kept."
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


def questions(member: MemberForm, today: date) -> tuple[str, ...]:
    """Return which further fields of a member are worth asking, in the order of the form.

    A child or student is asked about school, who is ill or disabled about the cost of it, who
    is out of work since when. The rest may be filled all the same.
    """
    fit = member_questions()
    names = ["health"]
    stage = stage_of(member)
    if stage is None and _at_school(member, today):
        names.append("school_stage")
    elif stage is not None and stage not in fit.schooling.not_at_school:
        names += ["admitted_this_year", "school_costs_this_year"]
    ill = member.health is not None and member.health not in fit.medical.well
    if ill or (member.disability is not None and member.disability not in fit.medical.able):
        names.append("medical_self_paid_12_months")
    if member.work_status in fit.unemployment.statuses:
        names.append("unemployed_since")
    return tuple(names)


def stage_of(member: MemberForm) -> str | None:
    """Return the stage of schooling: as told, else as the occupation tells it."""
    return member.school_stage or school_stages().get(member.work_status or "")


def _at_school(member: MemberForm, today: date) -> bool:
    fit = member_questions().schooling
    if member.work_status in fit.statuses:
        return True
    read = read_id(member.id_number, today=today)
    young = isinstance(read, ResidentIdFacts) and fit.from_age <= read.age(today) <= fit.to_age
    return young and member.work_status is None
