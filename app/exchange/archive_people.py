"""One household, one file; one person, one file (一户一档, 一人一档)."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Final, NamedTuple

from app.core.i18n import N_
from app.core.words.households import FileState
from app.exchange.archive_problems import CODES
from app.exchange.archive_records import ArchiveHousehold, ArchiveMember, Severity
from app.exchange.archive_report import Report

_SELF: Final = "本人"
_OPEN: Final = frozenset({FileState.ACTIVE, FileState.PENDING})


class OnFile(NamedTuple):
    """Asks the store which people and numbers are in use already."""

    people: Callable[[Collection[str]], Mapping[str, str]]
    """Takes ID numbers; gives those in an open file, each with the number of that file."""
    file_numbers: Callable[[Collection[str]], Collection[str]]
    """Takes file numbers; gives those that are in use."""


def _no_people(_numbers: Collection[str]) -> Mapping[str, str]:
    return {}


def _no_numbers(_numbers: Collection[str]) -> Collection[str]:
    return ()


NOBODY = OnFile(_no_people, _no_numbers)
"""An empty store."""


def check_people(
    households: Sequence[ArchiveHousehold], reports: Sequence[Report], on_file: OnFile
) -> None:
    """Find households and people that stand in the workbook twice, or in an open file already."""
    heads = check_heads(households, reports[0])
    if len(reports) > 1:
        check_members(households, heads, reports[0], reports[1])
    check_store(households, reports, on_file)


def check_heads(
    households: Sequence[ArchiveHousehold], report: Report
) -> dict[str, ArchiveHousehold]:
    """Find households that stand in the sheet twice: the same head, or the same file number.

    Returns the first household of each head by ID number.
    """
    heads: dict[str, ArchiveHousehold] = {}
    numbers: dict[str, ArchiveHousehold] = {}
    for household in households:
        number, person = household.file_number, household.id_number
        same_head = heads.setdefault(person, household) if person else household
        same_number = numbers.setdefault(number, household) if number else household
        if same_number is not household:
            says = N_("The file number stands in row {row} already.")
            report.add(
                "household_twice",
                household.row,
                "file_number",
                says="" if same_number is same_head else says,
                data={"row": same_number.row},
                value=number,
            )
        elif same_head is not household:
            report.add(
                "household_twice",
                household.row,
                "id_number",
                data={"row": same_head.row},
                value=person,
                severity=_severity("household_twice", household, same_head),
            )
    return heads


def check_members(
    households: Sequence[ArchiveHousehold],
    heads: Mapping[str, ArchiveHousehold],
    of_heads: Report,
    report: Report,
) -> None:
    """Find people who stand in the workbook twice, at every place after the first.

    The head named once more among the members, as 本人, is taken out of them with a warning.
    """
    pairs = [(member, household) for household in households for member in household.members]
    pairs.sort(key=lambda pair: pair[0].row)
    seen: dict[str, tuple[ArchiveMember, ArchiveHousehold]] = {}
    for pair in pairs:
        member, household = pair
        head = heads.get(member.id_number)
        first = seen.setdefault(member.id_number, pair)
        if not member.id_number or (head is None and first is pair):
            continue
        head_again = head is household and member.relation == _SELF
        sheet, row = (report.sheet, first[0].row) if head is None else (of_heads.sheet, head.row)
        severity = _severity("person_twice", household, head or first[1])
        report.add(
            "person_twice",
            member.row,
            "id_number",
            data={"sheet": sheet, "row": row},
            value=member.id_number,
            household=household.row,
            severity=Severity.WARNING if head_again else severity,
        )
        if head_again:
            household.members = tuple(each for each in household.members if each is not member)


def _severity(code: str, one: ArchiveHousehold, other: ArchiveHousehold) -> Severity:
    """Return how bad it is that both have the same person: a closed file may be followed by
    another."""
    both_open = is_open(one) and is_open(other)
    return CODES[code].severity if both_open else Severity.WARNING


def is_open(household: ArchiveHousehold) -> bool:
    """Tell whether the file of a household is open: its people can be in no other."""
    return household.state in _OPEN


def check_store(
    households: Sequence[ArchiveHousehold], reports: Sequence[Report], on_file: OnFile
) -> None:
    """Find people who are in an open file of the center, and file numbers that are in use."""
    opened = [household for household in households if is_open(household)]
    people = on_file.people(
        [
            *(each.id_number for each in opened if each.id_number),
            *(member.id_number for each in opened for member in each.members if member.id_number),
        ]
    )
    numbers = frozenset(
        on_file.file_numbers([each.file_number for each in households if each.file_number])
    )
    if not people and not numbers:
        return
    in_file = N_("This person is in an open file of the center: {file}.")
    for household in households:
        row, number = household.row, household.file_number
        if number in numbers:
            says = N_("The file number is in use in the center already.")
            reports[0].add("household_twice", row, "file_number", says=says, value=number)
        if not is_open(household):
            continue
        if household.id_number in people:
            data = {"file": people[household.id_number]}
            reports[0].add(
                "person_twice", row, "id_number", says=in_file, data=data, value=household.id_number
            )
        for member in household.members:
            if member.id_number in people:
                data = {"file": people[member.id_number]}
                reports[1].add(
                    "person_twice",
                    member.row,
                    "id_number",
                    says=in_file,
                    data=data,
                    value=member.id_number,
                    household=row,
                )
