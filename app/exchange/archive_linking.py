"""Brings members to their households: by file number, or by the ID number of the head."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from app.core.i18n import N_
from app.core.resident_id import long_form, normalise_id
from app.exchange.archive_numbers import SCIENTIFIC
from app.exchange.archive_records import ArchiveHousehold, ArchiveMember
from app.exchange.archive_report import Report

_HALF: Final = 9
"""Characters at the begin and the end of an ID number: one slip leaves one of them whole."""
_SHOWN: Final = 6
"""Digits that 2.30103E+17 still shows."""
_SHORTEST: Final = 14
"""Characters up to the birth date: what is cut later still names the person."""
_LOST: Final = "0" * 11
_ROUNDED: Final = 1000
"""How far a number is off that kept fifteen digits."""
_CHANGED: Final = 3
"""Characters that a month mistyped with its check digit changes."""


class _Heads:
    """The households by what their members may call them."""

    def __init__(self, households: Sequence[ArchiveHousehold], report: Report) -> None:
        self.by_key: dict[str, list[ArchiveHousehold]] = defaultdict(list)
        self._spoilt: dict[str, dict[int, tuple[str, ArchiveHousehold]]] = defaultdict(dict)
        by_row = {household.row: household for household in households}
        for household in households:
            for key in {household.file_number, household.id_number} - {""}:
                self.by_key[key].append(household)
        for problem in report.problems:
            if problem.field == "id_number" and problem.value and problem.row in by_row:
                text = _written_out(normalise_id(problem.value))
                for part in _parts(text):
                    self._spoilt[part][problem.row] = (text, by_row[problem.row])

    def of(self, member: ArchiveMember) -> list[ArchiveHousehold] | None:
        """Return the households a member may belong to; `None` when its two keys disagree."""
        head = normalise_id(member.head_id_number)
        if len(head) == 15 and head.isdigit():
            head = long_form(head)
        by_number = self.by_key.get(member.file_number, []) if member.file_number else []
        by_head = self.by_key.get(head, []) if head else []
        if by_number and by_head:
            both = [each for each in by_number if each in by_head]
            return both or None
        return by_number or by_head or self._like(_written_out(head))

    def _like(self, head: str) -> list[ArchiveHousehold]:
        """Return the one household whose own number was spoilt and was probably this."""
        found: dict[int, ArchiveHousehold] = {}
        for part in _parts(head):
            for row, (text, household) in self._spoilt.get(part, {}).items():
                if _spoilt_from(text, head, household):
                    found[row] = household
        return list(found.values()) if len(found) == 1 else []


def _written_out(number: str) -> str:
    """Return 2.30103E+17 as the digits it still shows, with zeros for the others."""
    return str(int(float(number))) if SCIENTIFIC.fullmatch(number) else number


def _parts(number: str) -> set[str]:
    """Return what of a number is likely to be whole although it was spoilt."""
    if len(number) < _HALF:
        return set()
    return {"<" + number[:_HALF], number[-_HALF:] + ">", "~" + number[:_SHOWN]}


def _spoilt_from(text: str, number: str, household: ArchiveHousehold) -> bool:
    """Tell whether ``text`` is what a spreadsheet or a slip of the key made of ``number``."""
    if text == number:
        return True
    if text.endswith(_LOST) and text[:_SHOWN] == number[:_SHOWN]:
        born = household.birth
        return born is None or born.isoformat().replace("-", "") == number[6:14]
    if len(text) != len(number):
        return _cut_or_slipped(text, number)
    if text.isdigit() and number.isdigit() and abs(int(text) - int(number)) < _ROUNDED:
        return True
    return sum(a != b for a, b in zip(text, number, strict=True)) <= _CHANGED


def _cut_or_slipped(one: str, other: str) -> bool:
    """Tell whether the end was left out, or one character anywhere was left out or added."""
    shorter, longer = sorted((one, other), key=len)
    return (len(shorter) >= _SHORTEST and longer.startswith(shorter)) or any(
        longer[:at] + longer[at + 1 :] == shorter for at in range(len(longer))
    )


def link(
    households: Sequence[ArchiveHousehold],
    members: Sequence[ArchiveMember],
    reports: Sequence[Report],
) -> int:
    """Give each household its members and each problem of theirs its household.

    Of a household that stands in the sheet twice each gets its own. Returns how many members
    belong to none.
    """
    if not members:
        return 0
    report, of_members = reports[0], reports[-1]
    heads = _Heads(households, report)
    found: dict[int, list[ArchiveMember]] = defaultdict(list)
    homes: dict[int, int] = {}
    for member in members:
        fitting = heads.of(member)
        if not fitting:
            _report_lone(member, disagree=fitting is None, report=of_members, sheet=report.sheet)
            continue
        home = next((each for each in fitting if not _has(each, found, member)), fitting[0])
        found[home.row].append(member)
        homes[member.row] = home.row
    for household in households:
        if household.row in found:
            household.members = tuple(found[household.row])
    for problem in of_members.problems:
        problem.household = homes.get(problem.row, 0)
    return len(members) - len(homes)


def _has(
    household: ArchiveHousehold, found: dict[int, list[ArchiveMember]], member: ArchiveMember
) -> bool:
    """Tell whether a person stands in the household already."""
    return bool(member.id_number) and any(
        each.id_number == member.id_number for each in found[household.row]
    )


def _report_lone(member: ArchiveMember, *, disagree: bool, report: Report, sheet: str) -> None:
    field = "file_number" if member.file_number else "head_id_number"
    if not (member.file_number or member.head_id_number):
        return  # named as missing already
    says = ""
    if disagree:
        says = N_("The file number and the head's ID number name two different households.")
    value = getattr(member, field)
    report.add(
        "member_without_household", member.row, field, says=says, data={"sheet": sheet}, value=value
    )
