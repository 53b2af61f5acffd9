"""Completes files that are there with what an archive says of them: what is known is never
overwritten, and all of it can be taken back."""

from collections.abc import Sequence
from typing import Any, Final

import msgspec
from sqlalchemy import select

from app.core.contact import normalise_card
from app.core.i18n import N_, _
from app.core.text import backwards
from app.core.words import Answer
from app.core.words.households import FileState
from app.exchange.archive_records import ArchiveHousehold, ArchiveMember
from app.exchange.importing_rows import (
    HEAD,
    OF_HEAD,
    OF_HOUSEHOLD,
    OF_MEMBER,
    OF_PERSON,
    secondary_causes,
)
from app.exchange.importing_rules import ImportTouched
from app.households.store import add_search_keys, fill_keys, head_of, people_of, touch
from app.work import Work
from db.models.households import Household, Member

UNKNOWN: Final = (None, "", (), Answer.NOT_ASKED, Answer.NOT_KNOWN)

COMPLETED: Final = tuple(
    name for name in OF_HOUSEHOLD if name not in ("category", "filed_on", "zero_employment")
)
"""What an old archive may add to a file; how it is classified is decided by the center."""


class Completed(msgspec.Struct, frozen=True):
    """What was written into one file: which cells, in which rows, and who was added."""

    household: int
    version: int
    cells: dict[str, dict[str, Any]]
    """By row (``member/12``): the columns, each with what it held before."""
    added: list[int]
    versions: list[tuple[int, int]]
    """Each member with its version."""


def complete(work: Work, found: ArchiveHousehold) -> Completed | None:
    """Write into the file of a household what it does not know yet; `None` without such a file."""
    household = _file_of(work, found)
    if household is None:
        return None
    cells: dict[str, dict[str, Any]] = {}
    head = head_of(household)
    archive = {name: getattr(found, name) for name in COMPLETED}
    archive["account_number"] = normalise_card(found.account_number)
    archive["secondary_causes"] = secondary_causes(found)
    if household.account_number:  # an account is one thing: its bank is not that of another one
        archive["account_bank"] = archive["account_branch"] = ""
    _fill(cells, household, archive)
    household.account_reversed = backwards(household.account_number)
    if head.id_number == found.id_number:
        _fill(cells, head, {name: getattr(found, name) for name in (*OF_PERSON, *OF_HEAD)})
        fill_keys(work, head)
    added = _add_members(work, household, found.members)
    touch(household)
    work.session.flush()
    return Completed(
        household.id,
        household.version,
        cells,
        [member.id for member in added],
        _versions(household),
    )


def _versions(household: Household) -> list[tuple[int, int]]:
    return sorted((member.id, member.version) for member in household.members)


def _file_of(work: Work, found: ArchiveHousehold) -> Household | None:
    """Return the open file of the person, else the file of that number."""
    by_person = (
        select(Household)
        .join(Member)
        .where(Member.active, Member.id_number == found.id_number, Member.id_number != "")
    )
    by_number = select(Household).where(
        Household.file_number == found.file_number,
        Household.file_state.in_((FileState.ACTIVE, FileState.PENDING)),
    )
    return work.session.scalar(by_person) or work.session.scalar(by_number)


def _fill(cells: dict[str, dict[str, Any]], row: Household | Member, new: dict[str, Any]) -> None:
    for name, value in new.items():
        held = getattr(row, name)
        if held in UNKNOWN and value not in UNKNOWN:
            cells.setdefault(f"{row.__tablename__}/{row.id}", {})[name] = held
            setattr(row, name, value)


def _add_members(
    work: Work, household: Household, members: Sequence[ArchiveMember]
) -> list[Member]:
    """Add people who are in no open file and not in this one by name."""
    here = {member.id_number for member in people_of(household)}
    names = {member.name for member in people_of(household) if not member.id_number}
    numbers = [each.id_number for each in members]
    elsewhere = set(
        work.session.scalars(
            select(Member.id_number).where(Member.active, Member.id_number.in_(numbers))
        )
    )
    last = max(member.position for member in household.members)
    added: list[Member] = []
    for each in members:
        if each.id_number in here | elsewhere or each.name in names or each.relation == HEAD:
            continue
        last += 1
        row = Member(
            position=last,
            active=True,
            joined_on=work.today,
            union_member=Answer.NOT_ASKED,
            admitted_this_year=Answer.NOT_ASKED,
            ethnicity=None,
            phone="",
            **{name: getattr(each, name) for name in OF_PERSON},
            **{name: getattr(each, name) for name in OF_MEMBER},
        )
        fill_keys(work, row)
        household.members.append(row)
        added.append(row)
    work.session.flush()
    for row in added:
        add_search_keys(work.session, row, new=True)
    return added


def take_back(work: Work, done: Completed) -> None:
    """Take back what was written into a file. Raises `ImportTouched` when it changed since."""
    household = work.load(Household, done.household)
    if household.version != done.version or _versions(household) != done.versions:
        raise ImportTouched(
            name=_name_of(household),
            file=household.file_number or _("no file number yet"),
            what=_(N_("The household")),
        )
    rows: dict[str, Household | Member] = {f"household/{household.id}": household}
    rows |= {f"member/{member.id}": member for member in household.members}
    for subject, cells in done.cells.items():
        row = rows[subject]
        for name, held in cells.items():
            setattr(row, name, _typed(held))
    household.account_reversed = backwards(household.account_number)
    fill_keys(work, head_of(household))
    for member in household.members:
        if member.id in done.added:
            member.active, member.left_on = False, work.today
    touch(household)
    work.session.flush()


def _typed(held: Any) -> Any:
    """Return what was not known as the column holds it."""
    if isinstance(held, list):
        return ()
    return Answer(held) if held in list(Answer) else held


def _name_of(household: Household) -> str:
    return head_of(household).name
