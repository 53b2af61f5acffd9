"""The archive that searches are measured on: 300,000 households in an encrypted store.

Made once by bulk inserts (minutes) and kept in the user's cache folder (580 MB), under a
name made from the schema, the invented people and this module.
"""

import hashlib
import json
import shutil
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from typing import Any, Final

from app.core.assets import resource, root
from app.core.clock import FixedClock
from app.core.pinyin import name_keys
from app.core.text import ends_of
from app.core.words.cases import CaseState
from app.core.words.households import FileState
from app.core.words.papers import PaperKind, PaperState
from app.demo.center import CENTER, MEASURE
from app.demo.households import DemoHousehold, DemoMember
from app.demo.people import demo_households
from app.office import Office, enter_store
from app.papers.seal import MARK, check_code
from app.papers.store import MARKS
from app.work import Actor
from benchmarks.stores import PASSWORD, TODAY, USER, cache_folder, data_key, new_center, scratch
from db.engine import connect

HOUSEHOLDS: Final = 300_000
SEED: Final = 2012
CHUNK: Final = 5_000
DAYS_PER_DAY: Final = 5
OPEN_FOR: Final = timedelta(days=1)
"""Cases are filed a day after they were accepted."""
PAPER_EVERY: Final = 3
"""Every third household has a paper."""

INVENTED_BY: Final = ("people", "households", "circumstances", "answers", "draws")
"""The modules of the demonstration that the households come from."""

Values = dict[str, Any]


@dataclass(frozen=True)
class Archive:
    """The open archive: the office in front of it and a raw reading connection beside it."""

    office: Office
    actor: Actor
    raw: sqlite3.Connection

    def close(self) -> None:
        self.raw.close()
        self.office.close()


def open_archive() -> Archive:
    """Open the archive, making it first when there is none of this schema."""
    folder = cache_folder() / f"archive-{_version()}"
    path = folder / "archive.bangfu"
    if not path.exists():
        with scratch() as workplace:
            fresh = workplace / folder.name
            fresh.mkdir()
            _make(fresh / path.name)
            fresh.rename(folder)
        for former in set(cache_folder().glob("archive-*")) - {folder}:
            shutil.rmtree(former)
    clock = FixedClock(datetime.combine(TODAY, time(10)).astimezone())
    office, actor = enter_store(path, USER, PASSWORD, clock)
    return Archive(office, actor, connect(path, data_key(path), read_only=True))


def _version() -> str:
    """Return a name that changes with everything the archive is made from."""
    sources = [
        *sorted(root().glob("db/migrations/versions/*.py")),
        *(root() / f"app/demo/{name}.py" for name in INVENTED_BY),
        resource("demo", "people.toml"),
        Path(__file__),
    ]
    digest = hashlib.sha256(b"".join(source.read_bytes() for source in sources))
    return f"{HOUSEHOLDS}-{digest.hexdigest()[:16]}"


def _make(fresh: Path) -> None:
    """Make the archive at ``fresh``."""
    print(f"Making the archive of {HOUSEHOLDS:,} households (once) ...", flush=True)
    new_center(fresh)
    connection = connect(fresh, data_key(fresh))
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("PRAGMA cache_size = -400000")
    slow = connection.execute(
        "SELECT type, name, sql FROM sqlite_master "
        "WHERE type IN ('index', 'trigger') AND sql IS NOT NULL"
    ).fetchall()
    for kind, name, _ in slow:
        connection.execute(f"DROP {kind} {name}")
    people = demo_households(HOUSEHOLDS, seed=SEED, today=TODAY)
    rows = _Rows()
    while chunk := [_years_ago(each) for each in islice(people, CHUNK)]:
        connection.execute("BEGIN")
        for table, values in rows.of(chunk):
            _insert(connection, table, values)
        connection.execute("COMMIT")
    for *_, sql in slow:
        connection.execute(sql)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


def _years_ago(household: DemoHousehold) -> DemoHousehold:
    """Spread the households over fourteen years, some 60 a day."""
    age = TODAY - household.registered_on
    return replace(household, registered_on=TODAY - DAYS_PER_DAY * age)


def _insert(connection: sqlite3.Connection, table: str, values: Sequence[Values]) -> None:
    names = list(values[0])
    connection.executemany(
        f'INSERT INTO "{table}" ({", ".join(names)}) VALUES ({", ".join("?" * len(names))})',
        [tuple(row.values()) for row in values],
    )


class _Rows:
    """Turns invented households into rows, numbered from 1."""

    def __init__(self) -> None:
        self._member = 0
        self._cases: Counter[int] = Counter()
        self._papers: Counter[int] = Counter()

    def of(self, people: Iterable[DemoHousehold]) -> Iterator[tuple[str, list[Values]]]:
        """Yield each table with the rows of ``people``, in an order that keeps references whole."""
        tables: dict[str, list[Values]] = {
            name: [] for name in ("household", "member", "search_key", "case", "paper")
        }
        for household in people:
            case_number = self._number(self._cases, household)
            tables["household"].append(_household(household, case_number))
            for position, person in enumerate(household.members, start=1):
                self._member += 1
                member = _member(self._member, household.number, position, person)
                tables["member"].append(member)
                tables["search_key"] += _search_keys(member)
            tables["case"].append(_case(household, case_number))
            if household.number % PAPER_EVERY == 0:
                number = self._number(self._papers, household)
                tables["paper"].append(_paper(household, number))
        yield from tables.items()

    @staticmethod
    def _number(series: Counter[int], household: DemoHousehold) -> int:
        series[household.registered_on.year] += 1
        return series[household.registered_on.year]


_TAKEN_OVER: Final = [
    field.name
    for field in fields(DemoHousehold)
    if field.name not in ("number", "planted", "registered_on", "members", "declared")
]
_TAKEN_OVER_MEMBER: Final = [
    field.name for field in fields(DemoMember) if field.name not in ("birth", "sex")
]


def _household(household: DemoHousehold, number: int) -> Values:
    year = household.registered_on.year
    return {name: getattr(household, name) for name in _TAKEN_OVER} | {
        "id": household.number,
        "version": 1,
        "file_number": f"{CENTER.number_prefix}档〔{year}〕第{number:05d}号",
        "file_state": FileState.ACTIVE.value,
        "filed_on": household.registered_on.isoformat(),
        "cause_note": "",
        "members_living_together": household.members_living_together,
        "declared_on": household.registered_on.isoformat() if household.declared else None,
        "account_reversed": household.account_number[::-1],
    }


def _member(id_: int, household_id: int, position: int, person: DemoMember) -> Values:
    keys = name_keys(person.name)
    since = person.unemployed_since
    return {name: getattr(person, name) for name in _TAKEN_OVER_MEMBER} | {
        "id": id_,
        "version": 1,
        "household_id": household_id,
        "position": position,
        "active": True,
        "surname": person.name[0],
        "pinyin": keys.full[0],
        "initials": keys.initials[0],
        "name_reversed": person.name[::-1],
        "ends": ends_of(person.name),
        "id_reversed": person.id_number[::-1],
        "phone_reversed": person.phone[::-1],
        "birth": person.birth.isoformat(),
        "sex": person.sex.value,
        "unemployed_since": since.isoformat() if since else None,
    }


def _search_keys(member: Values) -> list[Values]:
    keys = name_keys(member["name"])
    further = {*keys.full, *keys.initials} - {member["pinyin"], member["initials"]}
    return [{"key": key, "member_id": member["id"]} for key in sorted(further)]


def _case(household: DemoHousehold, number: int) -> Values:
    day = household.registered_on
    filed = day < TODAY - OPEN_FOR
    return {
        "id": household.number,
        "version": 1,
        "number": f"{day.year}-{number:04d}",
        "household_id": household.number,
        "state": (CaseState.FILED if filed else CaseState.ACCEPTED).value,
        "items": json.dumps([MEASURE]),
        "papers_handed_in": "[]",
        "note": "",
        "accepted_by": 2,
        "accepted_at": _instant(day),
        "due_on": (day + timedelta(days=14)).isoformat(),
        "due_provisional": False,
        "decided_by": 1 if filed else None,
        "decided_at": _instant(day + OPEN_FOR) if filed else None,
        "opinion": "",
    }


def _instant(day: date) -> str:
    return datetime.combine(day, time(2)).isoformat(" ")


def _paper(household: DemoHousehold, number: int) -> Values:
    day = household.registered_on
    kind = PaperKind.ACCEPTANCE_RECEIPT
    payload = MARK + hashlib.sha512(f"{household.number}".encode()).hexdigest().upper()
    return {
        "id": household.number // PAPER_EVERY,
        "version": 1,
        "kind": kind.value,
        "number": f"{CENTER.number_prefix}{MARKS[kind]}〔{day.year}〕第{number:05d}号",
        "template": "",
        "title": household.head.name,
        "household_id": household.number,
        "subject": f"case/{household.number}",
        "issued_on": day.isoformat(),
        "facts": "{}",
        "digest": "",
        "payload": payload,
        "check_code": check_code(payload),
        "issued_by": 1,
        "issued_at": _instant(day),
        "state": PaperState.ISSUED.value,
        "void_reason": "",
    }
