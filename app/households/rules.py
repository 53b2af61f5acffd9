"""What the center demands of a household, and what it asks whom."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from app.core.errors import Problem, RuleBroken
from app.core.i18n import N_
from app.core.kinds import Code, ManyCodes
from app.core.record import Record, specs
from app.core.resident_id import ResidentIdFacts, normalise_id, read_id
from app.households.archive_records import MEMBER_ITEMS, ArchiveForm
from app.households.records import HouseholdForm, MemberForm
from app.reference.codes import known_words
from app.reference.member_questions import member_questions
from app.reference.school_stages import school_stages

ITEMS: Final = frozenset(MEMBER_ITEMS) | {field.name for field in specs(ArchiveForm)}
"""The items of the archive, of the household and of its members."""


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
        "This file was merged into another one: {kept}. Its people and papers stand there: open "
        "that one. What was typed here is kept as a draft."
    )


class FileWithdrawn(RuleBroken):
    """The import that made the file was undone."""

    says = N_(
        "The import that made this file was undone: the file does not count any more. Take the "
        "household in anew. What was typed here is kept as a draft."
    )


class OneOfTheOthers(RuleBroken):
    """The member does not belong to the household."""

    says = N_("The person chosen is not of the household chosen. Choose the file once more.")


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
    return [*problems, *archive_problems(form)]


def archive_problems(form: HouseholdForm) -> list[Problem]:
    """Return what is wrong with the items of the archive: a word that no version of its list
    has, the main cause once more among the others."""
    problems = [*_strange_words(form.archive, "archive.")]
    for place, member in enumerate(form.members):
        problems += _strange_words(member, f"members[{place}].")
    if form.expenditure.main_cause in form.archive.secondary_causes:
        says = N_("“{value}” is the main cause already.")
        main = form.expenditure.main_cause
        at = "archive.secondary_causes"
        problems.append(Problem(at, "main_cause_again", says, {"value": main}))
    return problems


def _strange_words(record: Record, path: str) -> Iterator[Problem]:
    for field in specs(type(record)):
        if not isinstance(field.kind, Code | ManyCodes) or field.name not in ITEMS:
            continue
        value = getattr(record, field.name)
        words: tuple[str, ...] = value if isinstance(field.kind, ManyCodes) else (value,)
        known = known_words(field.kind.list)
        for word in words:
            if word is not None and word not in known:
                says = N_("“{value}” is not in the list.")
                yield Problem(f"{path}{field.name}", "unknown_word", says, {"value": word})


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


def contract_questions(member: MemberForm) -> tuple[str, ...]:
    """Return which items of the archive a migrant worker among the members is asked."""
    asked = member.work_status in member_questions().contract.statuses
    return ("contract_signed_on", "contract_term") if asked else ()


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
