"""Answers the search box. Every look-up is a range of an indexed column: names, readings and
numbers from the front, tails from the back of a reversed column."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain, islice
from typing import Final, NamedTuple

from app.core.i18n import N_, _
from app.core.kinds import BankCard, Kind, Phone, ResidentId, Text
from app.core.masking import mask
from app.core.money import yuan_text
from app.core.resident_id import age
from app.core.text import ends_of
from app.core.words.cases import CaseState
from app.core.words.filing import ExitOutcome
from app.core.words.households import FileState, Sex
from app.core.words.loans import LoanState
from app.core.words.papers import PaperKind, PaperState
from app.loans.numbers import loan_number
from app.papers.store import MARKS
from app.search.jobs import jobs
from app.search.records import Hit, HitKind, Hits, SearchQuery
from app.search.text import Guess, Typed, classify
from app.work import Permission, Work, query

FILE_MARK: Final = "档"
"""The character of a file in its number: 哈工帮档〔2013〕第00118号."""

READ_AHEAD: Final = 4
"""So many rows may be read for one hit: members of one household make one hit."""


_ID, _PHONE, _BANK_CARD = ResidentId(label=""), Phone(label=""), BankCard(label="")
_UNIT = Text(label="")


class _Person(NamedTuple):
    """A row of `_PEOPLE`."""

    household_id: int
    name: str
    birth: str | None
    sex: str | None
    id_number: str
    phone: str
    district: str | None
    file_number: str | None
    file_state: str
    account_number: str
    work_unit: str
    merged_into: int | None
    left_on: str | None


@dataclass(frozen=True)
class Way:
    """One way in which a text finds people."""

    statement: str
    label: str = ""
    """What matched, when it is not the name."""
    kind: Kind = _ID
    column: str = ""
    """The value that matched, shown masked by its kind."""

    def matched(self, person: _Person) -> str:
        """Return what matched, as ``手机 138****4417``; nothing for a name."""
        if not self.label:
            return ""
        return f"{_(self.label)} {mask(self.kind, getattr(person, self.column))}"


_COLUMNS: Final = (
    "SELECT h.id, m.name, m.birth, m.sex, m.id_number, m.phone, h.district, "
    "h.file_number, h.file_state, h.account_number, h.work_unit, h.merged_into_id, m.left_on "
)
_PEOPLE: Final = f"{_COLUMNS}FROM member m JOIN household h ON h.id = m.household_id "


def _from(column: str, *, newest_first: bool = False, among: str = "") -> str:
    """Return the statement for people whose ``column`` begins with the key."""
    order = f"{column}, m.id DESC" if newest_first else column
    return (
        f"{_PEOPLE}WHERE {among}{column} >= :key AND {column} < :end ORDER BY {order} LIMIT :most"
    )


def _card(column: str) -> Way:
    statement = _from(column, among="m.position = 1 AND ")
    return Way(statement, N_("Card"), _BANK_CARD, "account_number")


WAYS: Final[dict[Typed, Way]] = {
    Typed.NAME: Way(_from("m.name", newest_first=True)),
    Typed.PINYIN: Way(_from("m.pinyin", newest_first=True)),
    Typed.INITIALS: Way(_from("m.initials", newest_first=True)),
    Typed.ID_NUMBER: Way(_from("m.id_number"), N_("ID"), _ID, "id_number"),
    Typed.ID_TAIL: Way(_from("m.id_reversed"), N_("ID"), _ID, "id_number"),
    Typed.PHONE: Way(_from("m.phone"), N_("Mobile"), _PHONE, "phone"),
    Typed.PHONE_TAIL: Way(_from("m.phone_reversed"), N_("Mobile"), _PHONE, "phone"),
    Typed.GIVEN_NAME: Way(_from("m.name_reversed", newest_first=True)),
    Typed.UNIT: Way(
        _from("h.work_unit", among="m.position = 1 AND "), N_("Work unit"), _UNIT, "work_unit"
    ),
    Typed.CARD: _card("h.account_number"),
    Typed.CARD_TAIL: _card("h.account_reversed"),
}
"""How each kind of text finds people."""

SURNAME: Final = Way(f"{_PEOPLE}WHERE m.surname = :key ORDER BY m.id DESC LIMIT :most")
"""A bare surname: the newest people, straight from the index on surname and id."""

READING: Final = Way(
    f"{_PEOPLE}JOIN search_key k ON k.member_id = m.id "
    "WHERE k.key >= :key AND k.key < :end ORDER BY k.key LIMIT :most"
)
"""A further key: another reading of the name, or the name without its dots."""

_AS_LONG: Final = "length(m.name_reversed) = :length AND "
LIKE: Final = (
    Way(_from("m.name", among="length(m.name_reversed) = :length AND ", newest_first=True)),
    Way(
        _from("m.name_reversed", among="length(m.name_reversed) = :length AND ", newest_first=True)
    ),
    Way(
        f"{_PEOPLE}WHERE m.ends = :key AND length(m.name_reversed) = :length "
        "ORDER BY m.id DESC LIMIT :most"
    ),
)
"""One wrong character at the end, at the beginning, between: each by an index of its own."""

FILE: Final = Way(
    f"{_COLUMNS}FROM household h LEFT JOIN member m ON m.household_id = h.id AND m.position = 1 "
    "WHERE h.file_number = :key"
)
"""By its number; in a file that was merged nobody may stand any more."""

KEPT: Final = f"{_PEOPLE}WHERE m.position = 1 AND h.id = :key"
"""The file that another one was merged into."""

WAY_OUT: Final = (
    "SELECT result FROM filing_step WHERE household_id = :key AND kind = 'exit' "
    "AND state = 'done' ORDER BY done_at DESC LIMIT 1"
)
"""In which way a file was left."""

CASES: Final = (
    'SELECT c.id, c.number, c.state, m.name FROM "case" c '
    "JOIN member m ON m.household_id = c.household_id AND m.position = 1 "
    "WHERE c.number = :key"
)
_LOANS: Final = "SELECT id, number, state, name, coalesce(principal, asked) FROM loan "
LOANS: Final = {
    Typed.BOARD_NUMBER: f"{_LOANS}WHERE number = :key",
    Typed.ID_NUMBER: f"{_LOANS}WHERE id_number = :key ORDER BY id DESC LIMIT :most",
    Typed.NAME: f"{_LOANS}WHERE name >= :key AND name < :end ORDER BY name, id DESC LIMIT :most",
}
"""How a text finds loans: by their number, by the borrower's ID number or name."""
PAPERS: Final = {
    column: f"SELECT id, kind, number, state, title, issued_on FROM paper WHERE {column} = :key"  # noqa: S608 - of the list below
    for column in ("number", "check_code", "payload")
}


@query(needs=Permission.READ_HOUSEHOLDS)
def search(work: Work, asked: SearchQuery) -> Hits:
    """Find people, cases, loans, job seekers, vacancies and papers by what was typed.

    Every meaning of the text gets an equal share of the places, in turn; people stand first.
    """
    typed = classify(asked.text)
    most = asked.limit * READ_AHEAD
    found: dict[tuple[HitKind, int], tuple[int, Hit]] = {}
    past: dict[tuple[HitKind, int], tuple[int, Hit]] = {}
    sources = [_look_up(work, guess, most) for guess in typed.guesses]
    if Permission.READ_LOANS in work.actor.permissions:
        sources += [_loans(work, guess, most) for guess in typed.guesses]
    if Permission.READ_JOBS in work.actor.permissions:
        sources += [jobs(work, guess, most) for guess in typed.guesses]
    for place, hit in _in_turn(sources):
        (past if hit.past else found).setdefault((hit.kind, hit.id), (place, hit))
        if len(found) == asked.limit:
            break
    for key, each in islice(past.items(), asked.limit):
        if len(found) < asked.limit:
            found.setdefault(key, each)
    if not any(kind is HitKind.PERSON for kind, _id in found) and (
        name := typed.key(Typed.MISSPELT)
    ):
        found |= {(hit.kind, hit.id): (0, hit) for hit in _misspelt(work, name, asked.limit)}
    ordered = sorted(found.values(), key=lambda each: (*_rank(each[1]), each[0]))
    return Hits(text=typed.text, hits=tuple(hit for _, hit in ordered))


_ORDER: Final = {kind: place for place, kind in enumerate(HitKind)}


def _rank(hit: Hit) -> tuple[int, bool]:
    """Return where a hit stands: people first, and of one kind what counts now."""
    return _ORDER[hit.kind], hit.past


def _in_turn(sources: Iterable[Iterator[Hit]]) -> Iterator[tuple[int, Hit]]:
    """Yield a hit of each source in turn, with the place of its source; nothing is read ahead."""
    waiting = dict(enumerate(sources))
    while waiting:
        for place in list(waiting):
            hit = next(waiting[place], None)
            if hit is None:
                del waiting[place]
            else:
                yield place, hit


def _look_up(work: Work, guess: Guess, most: int) -> Iterator[Hit]:
    """Return the hits of one meaning of the text, read as they are asked for."""
    key = guess.key
    match guess.typed:
        case Typed.NAME if len(key) == 1:
            return _people(work, SURNAME, key, most)
        case Typed.NAME | Typed.PINYIN | Typed.INITIALS as named:
            ways = (WAYS[named], READING)
            return chain.from_iterable(_people(work, way, key, most) for way in ways)
        case Typed.OLD_NUMBER:
            return _people(work, READING, key, most)
        case Typed.NUMBER:
            return _cases(work, key)
        case Typed.NUMBER_TAIL:
            years = (work.today.year, work.today.year - 1)
            return chain.from_iterable(_cases(work, f"{year}-{int(key):04d}") for year in years)
        case Typed.PAPER_NUMBER:
            return _numbered(work, key)
        case Typed.CHECK_CODE:
            return _papers(work, "check_code", key)
        case Typed.SCAN:
            return _papers(work, "payload", key)
        case Typed.COMMAND | Typed.MISSPELT | Typed.BOARD_NUMBER:
            return iter(())
        case way:
            return _people(work, WAYS[way], key, most)


def _misspelt(work: Work, name: str, most: int) -> Iterator[Hit]:
    """Find people whose name sounds like the one typed, or has one other character."""
    from app.core.pinyin import name_keys  # noqa: PLC0415 - loads the pinyin tables, on first use

    sounds = (_people(work, WAYS[Typed.PINYIN], key, most) for key in name_keys(name).full)
    keys = (name[:-1], name[:0:-1], ends_of(name))
    looks = (
        _people(work, way, key, most, length=len(name)) for way, key in zip(LIKE, keys, strict=True)
    )
    for _place, hit in islice(_in_turn([*sounds, *looks]), most):
        yield replace(hit, matched=_("similar name"))


def _people(work: Work, way: Way, key: str, most: int, **more: object) -> Iterator[Hit]:
    for row in work.rows(way.statement, key=key, end=key + "\U0010ffff", most=most, **more):
        person = _Person._make(row)
        told = _hit if person.merged_into is None else _merged
        yield told(work, way, person)


def _hit(work: Work, way: Way, person: _Person) -> Hit:
    birth = date.fromisoformat(person.birth) if person.birth else None
    left = _("former member, until {day}").format(day=person.left_on) if person.left_on else ""
    facts = (
        left,
        Sex(person.sex).label if person.sex else "",
        _("{age} years").format(age=age(birth, work.today)) if birth else "",
        person.district or "",
    )
    state, stands = FileState(person.file_state), _stands(work, person)
    return Hit(
        kind=HitKind.PERSON,
        id=person.household_id,
        title=person.name,
        matched=way.matched(person),
        detail="　".join(fact for fact in facts if fact),
        state=f"{person.file_number}　{stands}" if person.file_number else stands,
        past=bool(left) or state is FileState.WITHDRAWN,
    )


def _merged(work: Work, way: Way, person: _Person) -> Hit:
    """Return the hit of somebody whose file was merged: it opens the file that was kept."""
    kept = person
    while kept.merged_into is not None:
        ((*row,),) = work.rows(KEPT, key=kept.merged_into)
        kept = _Person._make(row)
    into = _("merged into {file}").format(file=kept.file_number or kept.name)
    return Hit(
        kind=HitKind.PERSON,
        id=kept.household_id,
        title=person.name or kept.name,
        matched=way.matched(person),
        detail=kept.district or "",
        state="　".join(filter(None, (person.file_number, into))),
        past=True,
    )


def _stands(work: Work, person: _Person) -> str:
    """Return where a file stands; of one that was left, in which way: 已结档：脱困."""
    state = FileState(person.file_state)
    ways = work.rows(WAY_OUT, key=person.household_id) if state is FileState.CLOSED else ()
    for (way,) in ways:
        return _("{state}: {way}").format(state=state.label, way=ExitOutcome(way).label)
    return state.label


def _cases(work: Work, number: str) -> Iterator[Hit]:
    for id_, number_, state, name in work.rows(CASES, key=number):
        yield Hit(
            kind=HitKind.CASE,
            id=id_,
            title=number_,
            matched="",
            detail=name,
            state=CaseState(state).label,
        )


def _loans(work: Work, guess: Guess, most: int) -> Iterator[Hit]:
    """Find loans by one meaning of the text; a bare number may be the number of one."""
    typed, key = guess.typed, guess.key
    if typed is Typed.NUMBER:
        year, number = key.split("-")
        typed, key = Typed.BOARD_NUMBER, loan_number(int(year), int(number))
    if typed not in LOANS or len(key) == 1:
        return
    found = work.rows(LOANS[typed], key=key, end=key + "\U0010ffff", most=most)
    for id_, number, state, name, fen in found:
        state_ = LoanState(state)
        yield Hit(
            kind=HitKind.LOAN,
            id=id_,
            title=number,
            matched=name,
            detail=_("{fen} yuan").format(fen=yuan_text(fen)),
            state=state_.label,
            past=state_ in (LoanState.REFUSED, LoanState.WITHDRAWN),
        )


def _numbered(work: Work, key: str) -> Iterator[Hit]:
    """Find papers and files by their number, typed in full, without the prefix, or without both
    the prefix and the mark of its kind."""
    ((prefix,),) = work.rows("SELECT number_prefix FROM center WHERE id = 1")
    head, bracket, rest = key.partition("〔")
    heads = (
        (head, prefix + head) if head else [prefix + mark for mark in (FILE_MARK, *MARKS.values())]
    )
    for each in heads:
        if each.endswith(FILE_MARK):
            yield from _people(work, FILE, f"{each}{bracket}{rest}", 1)
        else:
            yield from _papers(work, "number", f"{each}{bracket}{rest}")


def _papers(work: Work, column: str, key: str) -> Iterator[Hit]:
    for id_, kind, number, state, title, issued_on in work.rows(PAPERS[column], key=key):
        yield Hit(
            kind=HitKind.PAPER,
            id=id_,
            title=f"{PaperKind(kind).label} {number}",
            matched="",
            detail=title,
            state=f"{issued_on}　{PaperState(state).label}",
        )
