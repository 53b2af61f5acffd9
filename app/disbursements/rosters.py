"""Who stands on a list: the rows as they are kept, and what an agency's confirmed roster says."""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from typing import Any, TypeVar

import msgspec
from sqlalchemy import select

from app.cases.measures import agency_measure
from app.core.money import Fen
from app.core.words.disbursements import AwardState, ListKind
from app.disbursements.rules import NoSuchMeasure
from app.policy.findings import Assessment, Findings, Trace, Turn
from app.policy.pack import Outcome, Pack
from app.work import Work
from db.models.disbursements import Award, AwardList
from db.models.households import Member

K = TypeVar("K", int, str)


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One row of a list. Of an agency it is kept as entrusted, also when nobody is known by it."""

    line: int
    household: int | None = None
    member: int | None = None
    """The person a grant per member is for, or whom an agency named."""
    fen: int | None = None
    """`None` for what the whole list gives each."""
    name: str = ""
    id_number: str = ""
    bank: str = ""
    account: str = ""


def entries(list_: AwardList) -> list[Entry]:
    """Return the rows of a list in their order."""
    return msgspec.convert(list_.roster, list[Entry])


def kept(rows: Iterable[Entry]) -> Any:
    """Return rows as a list keeps them."""
    return [
        {name: value for name, value in row.items() if value not in (None, "")}
        for row in msgspec.to_builtins(list(rows))
    ]


def fen_of(list_: AwardList, entry: Entry) -> Fen:
    """Return what a row gets; nought where nobody said it."""
    return Fen(entry.fen if entry.fen is not None else list_.amount or 0)


def taken(work: Work, list_: AwardList) -> dict[tuple[int, int | None], Award]:
    """Return the awards of a list by whom they are for; those taken back can be given anew.

    A refused one stays: handing the list in again does not ask once more what was decided.
    """
    found = work.session.scalars(
        select(Award).where(Award.list_id == list_.id, Award.state != AwardState.WITHDRAWN)
    )
    return {(award.household_id, award.member_id): award for award in found}


class _Roster:
    """Explains an answer that rests on a roster: there is nothing to work out."""

    def trace(self, assessment: Assessment) -> Trace:
        """Return the bare answer."""
        return Trace(assessment.outcome, assessment.amount_fen, None, None, (), (), None, None)

    def turns(self, assessment: Assessment) -> tuple[Turn, ...]:
        """Return nothing: the department decides who is on its roster."""
        del assessment
        return ()

    def next_year(self, assessment: Assessment) -> bool:
        """Tell that a roster does not end with the year."""
        del assessment
        return False

    def until(self, pack: Pack) -> None:
        """Tell that no later document replaces a roster."""
        del pack


def on_roster(
    work: Work, findings: Findings, list_id: int | None, member_id: int | None
) -> Assessment:
    """Return what the confirmed roster of an agency says of a person, as an answer.

    Raises `NoSuchMeasure` where there is no list, or no classification to rest it on.
    """
    if list_id is None or findings.classification is None:
        raise NoSuchMeasure(measure=agency_measure().title)
    fen = entrusted(work, list_id).get(member_id or 0)
    return Assessment(
        pack=findings.classification.pack,
        measure=agency_measure(),
        day=findings.day,
        known=findings.known,
        member=None,
        outcome=Outcome.YES if fen else Outcome.NO,
        amount_fen=fen or None,
        category=None,
        book=_Roster(),
    )


def entrusted(work: Work, list_id: int) -> Mapping[int, Fen]:
    """Return what the confirmed roster of an agency gives each person; nothing of another list.

    Who was merged into another file since is known by both rows. Worked out once an act, within
    which neither a confirmed roster changes nor files are merged: a list asks it for every row.
    """
    known: dict[int, Mapping[int, Fen]] = work.session.info.setdefault("entrusted", {})
    if list_id not in known:
        known[list_id] = _entrusted(work, work.load(AwardList, list_id))
    return known[list_id]


def _entrusted(work: Work, list_: AwardList) -> Mapping[int, Fen]:
    if list_.kind is not ListKind.AGENCY or list_.confirmed_by is None:
        return {}
    rows = entries(list_)
    merged = _merged(work, {row.member for row in rows if row.member is not None})
    given: dict[int, Fen] = {}
    for row in rows:
        member = row.member
        while member is not None:
            given[member] = Fen(given.get(member, 0) + fen_of(list_, row))
            member = merged.get(member)
    return given


def _merged(work: Work, members: set[int]) -> dict[int, int]:
    """Return of the people whose file was merged into another the row they have there."""
    merged: dict[int, int] = {}
    while members:
        for part in parts(members):
            found = select(Member.id, Member.merged_into_id).where(Member.id.in_(part))
            pairs = work.session.execute(found.where(Member.merged_into_id.is_not(None)))
            merged |= {one: other for one, other in pairs if other is not None}
        members = {*merged.values()} - merged.keys() - members
    return merged


def matched(work: Work, rows: Sequence[Entry]) -> list[Entry]:
    """Return the rows of a roster, each with its person and the open file they are in."""
    found = dict[str, tuple[int, int]]()
    for part in parts({row.id_number for row in rows} - {""}):
        known = select(Member.id_number, Member.household_id, Member.id).where(
            Member.id_number.in_(part), Member.active
        )
        for number, household, member in work.session.execute(known):
            found[number] = household, member
    nobody = (None, None)
    return [
        msgspec.structs.replace(row, household=household, member=member)
        for row in rows
        for household, member in [found.get(row.id_number, nobody)]
    ]


def other_names(work: Work, rows: Sequence[Entry]) -> list[str]:
    """Return whose name on file differs from the one on the roster, both."""
    there: dict[int, str] = {}
    for part in parts({row.member for row in rows if row.member is not None}):
        names = select(Member.id, Member.name).where(Member.id.in_(part))
        there |= dict(work.session.execute(names).all())
    found = ((row.name, there.get(row.member or 0, row.name)) for row in rows)
    return [f"{entrusted} / {known}" for entrusted, known in found if entrusted != known]


def parts(keys: Set[K]) -> Iterator[list[K]]:
    """Yield keys in order, as many at a time as one statement asks for."""
    every = sorted(keys)
    yield from (every[start : start + 500] for start in range(0, len(every), 500))
