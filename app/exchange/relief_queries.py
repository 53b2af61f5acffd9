"""What is asked about past relief: a workbook read and checked, the history books there are."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import extract, func, select

from app.core.i18n import N_, _
from app.core.record import Nothing
from app.core.words.imports import ImportKind
from app.exchange.importing_records import ReadForm
from app.exchange.register_store import mends_of, parts_of
from app.exchange.relief_importing import known_people
from app.exchange.relief_reading import read_relief
from app.exchange.relief_records import File, HistoryBook, Paid, ReliefHistory, Who
from app.exchange.relief_who import Center, Files
from app.work import Permission, Work, query
from db.models.households import Household, Member
from db.models.imports import ImportBatch
from db.models.relief import Relief

PAID_HERE = N_("paid by this center")


@query(needs=Permission.IMPORT_ARCHIVE)
def read_relief_workbook(work: Work, asked: ReadForm) -> ReliefHistory:
    """Read and check a workbook of past relief against the center's files; nothing is written."""
    return read_relief(
        asked.book,
        today=work.today,
        center=Center(_FilesOf(work), _PaidTo(work)),
        mends=mends_of(work, asked, ImportKind.RELIEF),
        tick=asked.tick,
    )


class _Home(NamedTuple):
    """What is read of a household."""

    id: int
    number: str
    merged_into: int | None
    district: str | None
    category: str | None
    cause: str | None


class _FilesOf:
    """Looks up files by their numbers and by their people."""

    def __init__(self, work: Work) -> None:
        self._session = work.session
        self._homes: dict[int, _Home] = {}

    def __call__(self, numbers: Collection[str], people: Collection[str]) -> Files:
        """Return the files; of a merged one, that which it was merged into."""
        numbered = {home.number: home.id for home in self._read(Household.file_number, numbers)}
        members = dict(self._members(people))
        self._read_on(home for _name, home in members.values())
        at = {number: self._last(key) for number, key in numbered.items()}
        called = self._called({home.id for home in at.values()})
        return Files(
            {number: _file(home, called[home.id]) for number, home in at.items()},
            {id_: (name, _file(self._last(key))) for id_, (name, key) in members.items()},
        )

    def _members(self, people: Collection[str]) -> Iterator[tuple[str, tuple[str, int]]]:
        """Yield the people with a file by ID number, those in an open file last."""
        for part in parts_of(people):
            rows = self._session.execute(
                select(Member.id_number, Member.name, Member.household_id)
                .join(Household)
                .where(Member.id_number.in_(part), Household.file_number.is_not(None))
                .order_by(Member.active, Member.id)
            )
            yield from ((number, (name, home)) for number, name, home in rows)

    def _read(self, column: Any, keys: Collection[Any]) -> Iterator[_Home]:
        for part in parts_of(keys):
            rows = self._session.execute(
                select(
                    Household.id,
                    Household.file_number,
                    Household.merged_into_id,
                    Household.district,
                    Household.category,
                    Household.main_cause,
                ).where(column.in_(part))
            )
            for row in rows:
                home = self._homes[row.id] = _Home(*row)
                yield home

    def _read_on(self, wanted: Iterable[int]) -> None:
        """Read the households that are not read yet, and those that they were merged into."""
        left = {*wanted, *(home.merged_into for home in self._homes.values())}
        while missing := left - self._homes.keys() - {None}:
            left = {home.merged_into for home in self._read(Household.id, missing)}

    def _last(self, key: int) -> _Home:
        """Return what became of a household that was perhaps merged into another."""
        home = self._homes[key]
        return home if home.merged_into is None else self._last(home.merged_into)

    def _called(self, homes: Collection[int]) -> Mapping[int, list[tuple[str, str]]]:
        """Return names and ID numbers of the people of some households."""
        found: dict[int, list[tuple[str, str]]] = defaultdict(list)
        for part in parts_of(homes):
            rows = self._session.execute(
                select(Member.household_id, Member.name, Member.id_number)
                .where(Member.household_id.in_(part))
                .order_by(Member.household_id, Member.position)
            )
            for home, name, number in rows:
                found[home].append((name, number))
        return found


def _file(home: _Home, people: Iterable[tuple[str, str]] = ()) -> File:
    return File(home.id, home.number, home.district, home.category, home.cause, tuple(people))


class _PaidTo:
    """Looks up what the relief book has of some people."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def __call__(self, people: Collection[Who], first: date, last: date) -> Mapping[Paid, str]:
        """Return their payments of these days, each with the import it came with."""
        known = {key: who for who, key in known_people(self._work, people).items()}
        found: dict[Paid, str] = {}
        for part in parts_of(known):
            rows = self._work.session.execute(
                select(
                    Relief.person_id,
                    Relief.day,
                    Relief.item,
                    Relief.source,
                    Relief.fen,
                    ImportBatch.number,
                )
                .outerjoin(ImportBatch, ImportBatch.id == Relief.import_batch_id)
                .where(
                    Relief.person_id.in_(part),
                    Relief.day.between(first, last),
                    Relief.counted,
                    Relief.times == 1,
                )
            )
            for person, day, item, source, fen, number in rows:
                found[Paid(known[person], day, item, source, fen)] = number or _(PAID_HERE)
        return found


@query(needs=Permission.READ_FUNDS)
def history_books(work: Work, _nothing: Nothing) -> list[HistoryBook]:
    """List what was imported of the past, a book for each source and year, the newest first."""
    year = extract("year", Relief.day)
    standing = Relief.counted, Relief.import_batch_id.is_not(None)
    batches: dict[tuple[Any, int], list[str]] = defaultdict(list)
    told = (
        select(Relief.source, year, ImportBatch.number)
        .join(ImportBatch, ImportBatch.id == Relief.import_batch_id)
        .where(*standing)
        .distinct()
        .order_by(ImportBatch.number)
    )
    for source, of_year, number in work.session.execute(told):
        batches[source, of_year].append(number)
    rows = work.session.execute(
        select(
            Relief.source,
            year,
            func.count(),
            func.count(Relief.person_id.distinct()),
            func.sum(Relief.fen),
        )
        .where(*standing)
        .group_by(Relief.source, year)
        .order_by(year.desc(), func.sum(Relief.fen).desc())
    )
    return [
        HistoryBook(
            source=source,
            year=of_year,
            payments=payments,
            people=people,
            fen=fen,
            batches="、".join(batches[source, of_year]),
        )
        for source, of_year, payments, people, fen in rows
    ]
