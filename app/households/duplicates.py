"""Finds households that are perhaps one: while a form is typed, and in the whole archive."""

from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import Any, Final, NamedTuple

from app.core.contact import normalise_card, normalise_phone
from app.core.i18n import N_
from app.core.kinds import BankCard, ResidentId
from app.core.masking import mask
from app.core.resident_id import ResidentIdFacts, normalise_id, read_id
from app.core.text import normalise
from app.core.words.households import DuplicateWay, FileState
from app.households.merging_records import DuplicateRow, WorklistQuery
from app.households.records import ById, DuplicateQuery, Likeness
from app.households.standing import standing
from app.households.store import people_of
from app.work import Permission, Work, query

ID, CARD = ResidentId(label=""), BankCard(label="")

SAME_PERSON: Final = N_("Resident ID number")
"""What makes a likeness certain."""
SAME_MEMBER: Final = N_("Resident ID number of a member")

SHORTEST_ADDRESS: Final = 6
"""Characters of an address that tells a home."""

PEOPLE: Final = (
    "SELECT m.id, m.household_id, m.name, m.position, m.relation, m.id_number, m.birth, "
    "h.account_number, h.file_number, h.file_state, m.left_on, (SELECT p.name FROM member p "
    "WHERE p.household_id = h.id AND p.position = 1) FROM member m "
    "JOIN household h ON h.id = m.household_id "
    "WHERE h.file_state NOT IN ('merged', 'withdrawn') AND "
)

CONDITIONS: Final = {
    SAME_PERSON: "m.id_number = :number",
    SAME_MEMBER: "m.id_number = :number",
    N_("Name and birth"): "m.birth = :birth AND m.name = :name",
    N_("Mobile"): "m.phone = :phone",
    N_("Card or account number"): "h.account_number = :card AND m.position = 1",
    N_("Home address"): "h.address = :address AND m.position = 1",
}
"""What two households can have in common, the most telling first: one index each."""

WAYS: Final = {
    label: f"{PEOPLE}{condition} AND h.id <> :own ORDER BY +m.id DESC LIMIT 20"
    for label, condition in CONDITIONS.items()
}


class Person(NamedTuple):
    """A row of `PEOPLE`."""

    id: int
    household_id: int
    name: str
    position: int
    relation: str | None
    id_number: str
    birth: str | None
    account_number: str
    file_number: str | None
    file_state: str
    left_on: str | None
    head: str | None


@query(needs=Permission.READ_HOUSEHOLDS)
def likenesses(work: Work, asked: DuplicateQuery) -> list[Likeness]:
    """List households that may be the one being typed, and what agrees; advice, never a bar."""
    found: dict[int, Person] = {}
    same: dict[int, dict[str, None]] = {}
    for label, bound in _typed(work, asked):
        for row in work.rows(WAYS[label], own=asked.except_household or 0, **bound):
            person = Person._make(row)
            found.setdefault(person.household_id, person)
            same.setdefault(person.household_id, {})[label] = None
    likes = [
        Likeness(
            household_id=id_,
            name=person.name,
            head=person.head or "",
            relation=person.relation if person.position != 1 else None,
            file_number=person.file_number or "",
            file_state=FileState(person.file_state),
            same=tuple(same[id_]),
            certain=person.left_on is None and bool(same[id_].keys() & {SAME_PERSON, SAME_MEMBER}),
            left_on=date.fromisoformat(person.left_on) if person.left_on else None,
        )
        for id_, person in found.items()
    ]
    return sorted(likes, key=lambda like: (not like.certain, -len(like.same)))[:3]


@query(needs=Permission.READ_HOUSEHOLDS)
def doubles_of(work: Work, asked: ById) -> list[Likeness]:
    """List households that may be the same as one that is on file, and what agrees."""
    household = standing(work, asked.id)
    head, *others = people_of(household)
    known = DuplicateQuery(
        id_number=head.id_number,
        name=head.name,
        phone=head.phone,
        account_number=household.account_number,
        address=household.address,
        members=tuple(each.id_number for each in others),
        except_household=household.id,
    )
    return likenesses.run(work, known)


def _typed(work: Work, asked: DuplicateQuery) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield what is known of the one being typed: what to look for, and with which value."""
    number = normalise_id(asked.id_number)
    if number:
        yield SAME_PERSON, {"number": number}
    for each in filter(None, map(normalise_id, asked.members)):
        yield SAME_MEMBER, {"number": each}
    read = read_id(number, today=work.today)
    if (name := normalise(asked.name)) and isinstance(read, ResidentIdFacts):
        yield "Name and birth", {"name": name, "birth": read.birth.isoformat()}
    if phone := normalise_phone(asked.phone):
        yield "Mobile", {"phone": phone}
    if card := normalise_card(asked.account_number):
        yield "Card or account number", {"card": card}
    if len(address := normalise(asked.address)) >= SHORTEST_ADDRESS:
        yield "Home address", {"address": address}


TWICE: Final = {
    DuplicateWay.NUMBER: (
        "SELECT id_number FROM member WHERE id_number > '' GROUP BY id_number HAVING count(*) > 1",
        f"{PEOPLE}m.id_number = ? AND m.left_on IS NULL ORDER BY m.id",
    ),
    DuplicateWay.BIRTH: (
        "SELECT birth, name FROM member WHERE birth > '' GROUP BY birth, name HAVING count(*) > 1",
        f"{PEOPLE}m.birth = ? AND m.name = ? AND m.left_on IS NULL ORDER BY m.id",
    ),
    DuplicateWay.CARD: (
        "SELECT account_number FROM household WHERE account_number > '' "
        "GROUP BY account_number HAVING count(*) > 1",
        f"{PEOPLE}h.account_number = ? AND m.position = 1 ORDER BY h.id",
    ),
}
"""What stands in the archive more than once, and who has it; both along an index."""

APART: Final = (
    "SELECT c.household_id, c.other_id FROM household_change c WHERE c.kind = 'apart' AND NOT "
    "EXISTS (SELECT 1 FROM household_change u WHERE u.undoes_id = c.id)"
)

RANK: Final = {FileState.ACTIVE: 0, FileState.PENDING: 1}
"""The file to keep is the one in force, else the older one."""


@query(needs=Permission.READ_HOUSEHOLDS)
def duplicates(work: Work, asked: WorklistQuery) -> list[DuplicateRow]:
    """List pairs of households that are perhaps one, by one thing that stands in both."""
    apart = {frozenset(pair) for pair in work.rows(APART)}
    return list(islice(_pairs(work, asked.way, apart), asked.limit))


def _pairs(work: Work, way: DuplicateWay, apart: set[frozenset[Any]]) -> Iterator[DuplicateRow]:
    groups, people = TWICE[way]
    seen: set[frozenset[int]] = set()
    for key in work.rows(groups):
        found = sorted(_people(work, people, key), key=_rank)
        for place, first in enumerate(found):
            for other in found[place + 1 :]:
                pair = frozenset((first.household_id, other.household_id))
                told_apart = way is DuplicateWay.BIRTH and first.id_number == other.id_number
                if len(pair) == 2 and not told_apart and pair not in apart | seen:
                    seen.add(pair)
                    yield _row(way, first, other)


def _people(work: Work, statement: str, key: tuple[Any, ...]) -> list[Person]:
    cursor = work.connection.connection.cursor()
    try:
        return [Person._make(row) for row in cursor.execute(statement, key)]
    finally:
        cursor.close()


def _rank(person: Person) -> tuple[int, int]:
    return RANK.get(FileState(person.file_state), 2), person.household_id


def _row(way: DuplicateWay, first: Person, other: Person) -> DuplicateRow:
    match way:
        case DuplicateWay.NUMBER:
            same = mask(ID, first.id_number)
        case DuplicateWay.CARD:
            same = mask(CARD, first.account_number)
        case _:
            same = first.birth or ""
    return DuplicateRow(
        id=first.household_id,
        other_id=other.household_id,
        name=first.name,
        other_name=other.name if other.name != first.name else "",
        same=same,
        file_number=first.file_number or "",
        file_state=FileState(first.file_state),
        head=first.head or "",
        other_file_number=other.file_number or "",
        other_file_state=FileState(other.file_state),
        other_head=other.head or "",
    )
