"""Makes the rows of an import from a checked archive: all of it before the store is asked.

Pure. Columns that the archive does not know stay unknown; the ids are given when the rows are
written.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Final

import msgspec

from app.core.columns import Columns
from app.core.i18n import N_, _
from app.core.text import backwards, bare_name, ends_of, number_key
from app.core.words import Answer
from app.core.words.households import FileState, Sex
from app.core.words.imports import Decision
from app.exchange.archive_people import is_open
from app.exchange.archive_records import (
    Archive,
    ArchiveHousehold,
    ArchiveMember,
    ArchiveProblem,
    Severity,
)
from app.exchange.importing_records import Decided, Prepared

OF_HOUSEHOLD: Final = (
    *("category", "filed_on", "district", "address", "work_unit", "main_cause"),
    *("income_12_months", "members_living_together", "zero_employment", "single_parent"),
    *("archive_level", "housing", "floor_area", "account_bank", "account_branch"),
    *("account_number", "account_holder"),
)
"""Columns of a household that the archive has under the same name."""

OF_PERSON: Final = ("name", "id_number", "monthly_income", "health", "disability", "insurance")
OF_HEAD: Final = (
    *("phone", "ethnicity", "political_status", "work_status", "model_worker", "industry"),
    *("marital_status", "residence_type", "unit_kind", "unit_condition"),
)
OF_MEMBER: Final = ("relation", "work_status", "school_stage", "unit", "note")
"""Columns of every member, of the head alone, and of the others."""

MOST_CAUSES: Final = 3
HEAD: Final = "本人"
OF_NO_HEAD: Final = {"relation": HEAD, "unit": "", "note": ""}
"""What those columns hold of the head."""

NOT_ASKED: Final = {
    "household": (
        *("receives_dibao", "unemployed_registered", "wage_arrears", "labour_dispute"),
        *("in_mutual_aid", "has_motor_vehicle", "has_business_premises"),
        *("high_fee_school_or_study_abroad", "refuses_verification"),
    ),
    "member": ("union_member", "admitted_this_year"),
}
EMPTY: Final = {"household": ("cause_note",), "member": ()}
"""Columns that an archive has nothing for and that hold no ``NULL``."""


def in_center(problem: ArchiveProblem) -> bool:
    """Tell whether a problem is that a person or a number is on file in the center already."""
    return problem.code in ("person_twice", "household_twice") and "row" not in problem.data


def on_file(archive: Archive) -> dict[int, list[ArchiveProblem]]:
    """Return the households that nothing else is wrong with than that they, or one of them, are on
    file already: what becomes of them can be decided."""
    wrong: dict[int, list[ArchiveProblem]] = {}
    for problem in archive.problems:
        if problem.severity is Severity.ERROR and problem.household:
            wrong.setdefault(problem.household, []).append(problem)
    return {row: found for row, found in wrong.items() if all(map(in_center, found))}


def can_be(problems: Sequence[ArchiveProblem], head: str) -> list[Decision]:
    """Return what can become of a household that is on file already.

    A person is in one active file only: whose head is on file is left out or completed; if it is
    a member, the household can come in without them.
    """
    of_head = any(problem.value == head for problem in problems)
    number_only = all(problem.code == "household_twice" for problem in problems)
    ways = [Decision.SKIP]
    if of_head or number_only:
        ways.append(Decision.MERGE)
    if not of_head:
        ways.append(Decision.NEW)
    return ways


def prepare(decided: Decided) -> Prepared:
    """Return the rows of an import."""
    archive = decided.archive
    open_cases = on_file(archive)
    taken = list(archive.sound())
    completing: list[ArchiveHousehold] = []
    settled = 0
    by_row = {each.row: each for each in archive.households}
    for row, problems in open_cases.items():
        match decided.decisions.get(row):
            case Decision.NEW:
                taken.append(_as_new(by_row[row], problems))
            case Decision.MERGE:
                completing.append(by_row[row])
            case Decision.SKIP:
                pass
            case _:
                continue
        settled += len(problems)
    members = [(place, each) for place, home in enumerate(taken) for each in home.members]
    people, keys = _people(taken, members)
    return Prepared(
        households=_households(taken),
        members=people,
        keys=keys,
        unnumbered=[
            place
            for place, each in enumerate(taken)
            if not each.file_number and each.state is FileState.ACTIVE
        ],
        completing=completing,
        rows=archive.rows,
        left_out=len(archive.households) - len(taken) - len(completing),
        errors=archive.errors - settled,
    )


def _as_new(household: ArchiveHousehold, problems: Iterable[ArchiveProblem]) -> ArchiveHousehold:
    """Return a household without what is in use: a number, or members of another file."""
    used = {problem.value for problem in problems}
    number = household.file_number
    return msgspec.structs.replace(
        household,
        file_number="" if number in used else number,
        members=tuple(each for each in household.members if each.id_number not in used),
    )


def _households(taken: Sequence[ArchiveHousehold]) -> Columns:
    each: dict[str, list[Any]] = {
        name: [getattr(household, name) for household in taken] for name in OF_HOUSEHOLD
    }
    each |= {
        "file_number": [household.file_number or None for household in taken],
        "file_state": [household.state for household in taken],
        "account_reversed": [backwards(number) for number in each["account_number"]],
        "secondary_causes": [secondary_causes(household) for household in taken],
        "note": [note_of(household) for household in taken],
    }
    return Columns(len(taken), each, _blanks("household"))


def _blanks(table: str) -> dict[str, Any]:
    return dict.fromkeys(NOT_ASKED[table], Answer.NOT_ASKED) | dict.fromkeys(EMPTY[table], "")


def secondary_causes(household: ArchiveHousehold) -> tuple[str, ...]:
    """Return the further causes: at most three, the main one not among them."""
    return _other_causes(household)[:MOST_CAUSES]


def _other_causes(household: ArchiveHousehold) -> tuple[str, ...]:
    return tuple(word for word in household.secondary_causes if word != household.main_cause)


def note_of(household: ArchiveHousehold) -> str:
    """Return the note, with what has no place of its own."""
    more = _other_causes(household)[MOST_CAUSES:]
    if not more:
        return household.note
    says = _(N_("Further causes: {causes}")).format(causes="、".join(more))
    return f"{household.note}\n{says}".strip()


def _people(
    taken: Sequence[ArchiveHousehold],
    members: Sequence[tuple[int, ArchiveMember]],
) -> tuple[Columns, list[tuple[str, int]]]:
    """Return the heads, then all others, and the further search keys of them."""
    others = [member for _place, member in members]
    places = [place for place, _member in members]
    each: dict[str, list[Any]] = {
        name: [getattr(person, name) for person in (*taken, *others)] for name in OF_PERSON
    }
    for name in OF_HEAD:
        blank: Any = "" if name == "phone" else None
        each[name] = [getattr(person, name) for person in taken] + [blank] * len(others)
    for name in OF_MEMBER:
        heads = each.get(name, [OF_NO_HEAD.get(name)] * len(taken))[: len(taken)]
        each[name] = heads + [getattr(person, name) for person in others]
    each["household_id"] = [*range(len(taken)), *places]
    each["position"] = [1] * len(taken) + list(_positions(places))
    opened = [is_open(household) for household in taken]
    each["active"] = opened + [opened[place] for place in places]
    keys = _sought(each)
    keys += [
        (number_key(home.file_number), place)
        for place, home in enumerate(taken)
        if home.file_number
    ]
    numbers = each["id_number"]
    each["birth"] = [date.fromisoformat(number[6:14]) if number else None for number in numbers]
    each["sex"] = [_sex(number) if number else None for number in numbers]
    each["id_reversed"] = [number[::-1] for number in numbers]
    each["phone_reversed"] = [backwards(number) for number in each["phone"]]
    return Columns(len(numbers), each, _blanks("member")), keys


def _positions(places: Sequence[int]) -> Iterable[int]:
    """Yield the places of members within their households; the head has the first."""
    last, position = -1, 1
    for place in places:
        position = position + 1 if place == last else 2
        last = place
        yield position


def _sex(number: str) -> Sex:
    return Sex.MALE if number[16] in "13579" else Sex.FEMALE


def _sought(each: dict[str, list[Any]]) -> list[tuple[str, int]]:
    """Add the columns that people are sought by; return the further keys."""
    known: dict[str, tuple[tuple[str, str, str, str, str], tuple[str, ...]]] = {}
    rows: list[tuple[str, str, str, str, str]] = []
    further: list[tuple[str, int]] = []
    for place, name in enumerate(each["name"]):
        found = known.get(name)
        if found is None:
            found = known[name] = _name_columns(name)
        columns, keys = found
        rows.append(columns)
        if keys:
            further += [(key, place) for key in keys]
    names = ("surname", "pinyin", "initials", "name_reversed", "ends")
    each.update(zip(names, map(list, zip(*rows, strict=True)), strict=True) if rows else ())
    return further


def _name_columns(name: str) -> tuple[tuple[str, str, str, str, str], tuple[str, ...]]:
    from app.core.pinyin import name_keys  # noqa: PLC0415 - loads the pinyin tables, on first use

    keys = name_keys(name)
    bare = bare_name(name)
    pinyin = keys.full[0] if keys.full else ""
    initials = keys.initials[0] if keys.initials else ""
    further = {*keys.full, *keys.initials, bare} - {name, pinyin, initials}
    return (name[:1], pinyin, initials, bare[::-1], ends_of(bare)), tuple(sorted(further))
