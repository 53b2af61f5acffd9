"""Answers the search box. Every look-up is a range of an indexed column: names, readings and
numbers from the front, tails from the back of a reversed column."""

from datetime import date
from typing import Any, Final

from sqlalchemy import text

from app.center.store import the_center
from app.core.i18n import N_, _
from app.core.kinds import BankCard, Phone, ResidentId
from app.core.masking import mask
from app.core.resident_id import age
from app.core.words.cases import CaseState
from app.core.words.households import FileState, Sex
from app.core.words.papers import PaperKind, PaperState
from app.papers.store import MARKS
from app.search.records import Hit, HitKind, Hits, SearchQuery
from app.search.text import Typed, classify
from app.work import Permission, Work, query

ID, PHONE, CARD = ResidentId(label=""), Phone(label=""), BankCard(label="")

_PEOPLE: Final = (
    "SELECT m.household_id, m.name, m.birth, m.sex, m.id_number, m.phone, h.district, "
    "h.file_number, h.file_state, h.account_number FROM member m "
    "JOIN household h ON h.id = m.household_id "
)
_RANGE: Final = " >= :key AND {0} < :end ORDER BY {1} LIMIT :most"


def _people_by(column: str, order: str) -> str:
    return _PEOPLE + f"WHERE {column}" + _RANGE.format(column, order)


PEOPLE: Final[dict[Typed, tuple[str, str]]] = {
    Typed.NAME: ("", _people_by("m.name", "m.name, m.id DESC")),
    Typed.PINYIN: ("", _people_by("m.pinyin", "m.pinyin, m.id DESC")),
    Typed.INITIALS: ("", _people_by("m.initials", "m.initials, m.id DESC")),
    Typed.ID_NUMBER: (N_("ID"), _people_by("m.id_number", "m.id_number")),
    Typed.ID_TAIL: (N_("ID"), _people_by("m.id_reversed", "m.id_reversed")),
    Typed.PHONE: (N_("Mobile"), _people_by("m.phone", "m.phone")),
    Typed.PHONE_TAIL: (N_("Mobile"), _people_by("m.phone_reversed", "m.phone_reversed")),
    Typed.CARD: (N_("Card"), _people_by("m.position = 1 AND h.account_number", "h.id")),
    Typed.CARD_TAIL: (N_("Card"), _people_by("m.position = 1 AND h.account_reversed", "h.id")),
}
"""How each kind of text finds people: the label of what matched, and the statement."""

SURNAME: Final = _PEOPLE + "WHERE m.surname = :key ORDER BY m.id DESC LIMIT :most"
"""A bare surname: the newest people, straight from the index on surname and id."""

READING: Final = (
    _PEOPLE
    + "JOIN search_key k ON k.member_id = m.id WHERE k.key >= :key AND k.key < :end LIMIT :most"
)

READINGS: Final = (Typed.NAME, Typed.PINYIN, Typed.INITIALS)
"""What has further keys: second readings, and names without their dots."""

FILES: Final = _PEOPLE + "WHERE m.position = 1 AND h.file_number = :key"
CASES: Final = (
    'SELECT c.id, c.number, c.state, m.name FROM "case" c '
    "JOIN member m ON m.household_id = c.household_id AND m.position = 1 "
    "WHERE c.number = :key"
)
PAPERS: Final = {
    column: f"SELECT id, kind, number, state, title, issued_on FROM paper WHERE {column} = :key"  # noqa: S608 - of the list below
    for column in ("number", "check_code", "payload")
}
FILE_MARK: Final = "档"
"""The character of a household's file in its number: 哈工帮档〔2013〕第00118号."""


@query(needs=Permission.READ_HOUSEHOLDS)
def search(work: Work, asked: SearchQuery) -> Hits:
    """Find people, cases and papers by what was typed, the most telling way first."""
    typed = classify(asked.text)
    found: dict[tuple[HitKind, int], Hit] = {}
    for guess in typed.guesses:
        for hit in _look_up(work, guess.typed, guess.key, asked.limit):
            found.setdefault((hit.kind, hit.id), hit)
    order = list(HitKind)
    hits = sorted(found.values(), key=lambda hit: order.index(hit.kind))
    return Hits(text=typed.text, hits=tuple(hits[: asked.limit]))


def _look_up(work: Work, typed: Typed, key: str, most: int) -> list[Hit]:
    if typed in PEOPLE:
        return _people(work, typed, key, most)
    match typed:
        case Typed.NUMBER:
            return _cases(work, [key])
        case Typed.NUMBER_TAIL:
            years = (work.today.year, work.today.year - 1)
            return _cases(work, [f"{year}-{int(key):04d}" for year in years])
        case Typed.PAPER_NUMBER:
            numbers = _full_numbers(key, the_center(work.session).number_prefix)
            files = [row for number in numbers for row in _rows(work, FILES, number, most)]
            papers = [hit for number in numbers for hit in _papers(work, "number", number)]
            return [*(_person(work, typed, "", row) for row in files), *papers]
        case Typed.CHECK_CODE:
            return _papers(work, "check_code", key)
        case Typed.SCAN:
            return _papers(work, "payload", key)
        case _:
            return []


def _full_numbers(key: str, prefix: str) -> list[str]:
    """Return the numbers that a typed one may be: in full, without the prefix, or without both
    the prefix and the mark of its kind."""
    head, bracket, rest = key.partition("〔")
    if head:
        return list(dict.fromkeys([key, prefix + key]))
    return [f"{prefix}{mark}{bracket}{rest}" for mark in (FILE_MARK, *MARKS.values())]


def _people(work: Work, typed: Typed, key: str, most: int) -> list[Hit]:
    label, statement = PEOPLE[typed]
    if typed is Typed.NAME and len(key) == 1:
        statement = SURNAME
    rows = _rows(work, statement, key, most)
    if typed in READINGS and len(key) > 1 and len(rows) < most:
        rows += _rows(work, READING, key, most - len(rows))
    return [_person(work, typed, label, row) for row in rows]


def _rows(work: Work, statement: str, key: str, most: int) -> list[Any]:
    bound = {"key": key, "end": key + "\U0010ffff", "most": most}
    return list(work.session.execute(text(statement), bound))


def _person(work: Work, typed: Typed, label: str, row: Any) -> Hit:
    matched = {
        N_("ID"): lambda: mask(ID, row.id_number),
        N_("Mobile"): lambda: mask(PHONE, row.phone),
        N_("Card"): lambda: mask(CARD, row.account_number),
    }.get(label)
    birth = date.fromisoformat(row.birth) if row.birth else None
    facts = (
        Sex(row.sex).label if row.sex else "",
        _("{age} years").format(age=age(birth, work.today)) if birth else "",
        row.district or "",
    )
    state = FileState(row.file_state).label
    return Hit(
        kind=HitKind.PERSON,
        id=row.household_id,
        title=row.name,
        matched=f"{_(label)} {matched()}" if matched else "",
        detail="　".join(fact for fact in facts if fact),
        state=f"{row.file_number}　{state}" if row.file_number else state,
    )


def _cases(work: Work, numbers: list[str]) -> list[Hit]:
    rows = [row for number in numbers for row in work.session.execute(text(CASES), {"key": number})]
    return [
        Hit(
            kind=HitKind.CASE,
            id=row.id,
            title=row.number,
            matched="",
            detail=row.name,
            state=CaseState(row.state).label,
        )
        for row in rows
    ]


def _papers(work: Work, column: str, key: str) -> list[Hit]:
    rows = work.session.execute(text(PAPERS[column]), {"key": key})
    return [
        Hit(
            kind=HitKind.PAPER,
            id=row.id,
            title=f"{PaperKind(row.kind).label} {row.number}",
            matched="",
            detail=row.title,
            state=f"{row.issued_on}　{PaperState(row.state).label}",
        )
        for row in rows
    ]
