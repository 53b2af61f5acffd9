"""Who stands on a list: the rows as they are kept, and what an agency's confirmed roster says."""

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from sqlalchemy import select

from app.cases.measures import agency_measure
from app.core.money import Fen
from app.core.words.disbursements import ListKind
from app.disbursements.rules import NoSuchMeasure
from app.disbursements.ways import NOT_COUNTED
from app.policy.findings import Assessment, Findings, Trace, Turn
from app.policy.pack import Outcome, Pack
from app.work import Work
from db.models.disbursements import Award, AwardList
from db.models.households import Member


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
    """Return the awards of a list that are not withdrawn or refused, by whom they are for."""
    found = work.session.scalars(
        select(Award).where(Award.list_id == list_.id, Award.state.not_in(NOT_COUNTED))
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
    list_ = work.load(AwardList, list_id)
    named = list_.kind is ListKind.AGENCY and list_.confirmed_by is not None
    rows = entries(list_) if named and member_id is not None else []
    fen = Fen(sum(fen_of(list_, row) for row in rows if _is(work, row.member, member_id)))
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


def _is(work: Work, entrusted: int | None, member_id: int | None) -> bool:
    """Tell whether a row means a person, also after their file was merged into another."""
    while entrusted is not None and entrusted != member_id:
        entrusted = work.load(Member, entrusted).merged_into_id
    return entrusted is not None


def matched(work: Work, rows: Sequence[Entry]) -> list[Entry]:
    """Return the rows of a roster, each with its person and the open file they are in."""
    found = dict[str, tuple[int, int]]()
    numbers = [row.id_number for row in rows if row.id_number]
    for start in range(0, len(numbers), 500):
        part = numbers[start : start + 500]
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
