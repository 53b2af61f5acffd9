"""The verbs' side of the office: what a verb is given, and what it declares.

An action changes the store and says which topics it changes; a query only reads. Both are plain
functions of a `Work` and one record, and both need a permission.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from hashlib import sha256
from itertools import islice, repeat
from typing import Any, Final, Generic, TypeVar

from sqlalchemy import (
    Column,
    Connection,
    Dialect,
    Text,
    bindparam,
    func,
    insert,
    select,
    type_coerce,
    update,
)
from sqlalchemy.orm import Session
from sqlalchemy.sql.schema import ScalarElementColumnDefault

from app.core.columns import Columns, pack
from app.core.errors import Conflict, NotFound, RuleBroken
from app.core.i18n import N_
from app.core.plain import plain
from app.core.record import Record
from app.core.words import Word
from app.core.words.staff import Role
from db.base import Base, Entity, Row
from db.models.audit import AuditRow
from db.models.imports import BulkRows
from db.models.numbers import NumberSeries


class Permission(Word):
    """What a verb needs; `app.staff.rights` gives them to roles."""

    READ_CENTER = "read_center", N_("See the center")
    KEEP_CENTER = "keep_center", N_("Keep the center's particulars")
    ENTER_VALUES = "enter_values", N_("Enter the center's dated values")
    CONFIRM_VALUES = "confirm_values", N_("Confirm the center's dated values")
    READ_STAFF = "read_staff", N_("See staff")
    KEEP_STAFF = "keep_staff", N_("Keep staff")
    KEEP_DRAFTS = "keep_drafts", N_("Keep drafts of one's own")
    READ_HOUSEHOLDS = "read_households", N_("See households")
    REGISTER_HOUSEHOLDS = "register_households", N_("Register households")
    IMPORT_ARCHIVE = "import_archive", N_("Import an archive")
    REVEAL_PRIVATE = "reveal_private", N_("See private data in the clear")
    READ_DOCUMENTS = "read_documents", N_("See documents of households")
    KEEP_DOCUMENTS = "keep_documents", N_("Keep documents of households")
    READ_CASES = "read_cases", N_("See cases")
    ACCEPT_CASES = "accept_cases", N_("Accept cases")
    FILE_CASES = "file_cases", N_("File cases")
    TAKE_STEPS = "take_steps", N_("Take filing steps")
    DECIDE_STEPS = "decide_steps", N_("Decide reviews, exits and returns")
    ASSESS = "assess", N_("Assess households")
    REQUEST_SERVICES = "request_services", N_("Request services and referrals")
    CLOSE_SERVICES = "close_services", N_("Close services and referrals")
    READ_FUNDS = "read_funds", N_("See funds")
    KEEP_FUNDS = "keep_funds", N_("Keep funds")
    CONFIRM_BUDGETS = "confirm_budgets", N_("Confirm budgets")
    READ_AWARDS = "read_awards", N_("See awards")
    PROPOSE_AWARDS = "propose_awards", N_("Propose awards")
    APPROVE_AWARDS = "approve_awards", N_("Approve awards")
    DECLARE_TIES = "declare_ties", N_("Say who is related to a household")
    READ_BATCHES = "read_batches", N_("See batches")
    PREPARE_BATCHES = "prepare_batches", N_("Prepare and pay batches")
    CONFIRM_PAYMENTS = "confirm_payments", N_("Confirm refunds and cash days")
    SAMPLE_RECEIPTS = "sample_receipts", N_("Ask whether relief was received")
    READ_LOANS = "read_loans", N_("See loans")
    KEEP_LOANS = "keep_loans", N_("Keep loans")
    DECIDE_GUARANTEES = "decide_guarantees", N_("Decide guarantees of loans")
    CONFIRM_LOANS = "confirm_loans", N_("Confirm money of loans")
    KEEP_GUARANTEES = "keep_guarantees", N_("Keep the guarantee fund")
    READ_JOBS = "read_jobs", N_("See the job service")
    KEEP_JOBS = "keep_jobs", N_("Keep the job service")
    DECIDE_JOBS = "decide_jobs", N_("Decide recognitions and the blacklist")
    READ_PAPERS = "read_papers", N_("See papers")
    ISSUE_PAPERS = "issue_papers", N_("Issue papers")
    VOID_PAPERS = "void_papers", N_("Make papers void")
    READ_REPORTS = "read_reports", N_("See reports")
    READ_AUDIT = "read_audit", N_("See the audit trail")
    CHECK_STORE = "check_store", N_("Check the store")
    KEEP_BACKUPS = "keep_backups", N_("Keep backups")


class Topic(StrEnum):
    """What a page can show and an action can change."""

    CENTER = "center"
    VALUES = "values"
    STAFF = "staff"
    DRAFTS = "drafts"
    HOUSEHOLDS = "households"
    DOCUMENTS = "documents"
    CASES = "cases"
    FILING = "filing"
    IMPORTS = "imports"
    SERVICES = "services"
    FUNDS = "funds"
    AWARDS = "awards"
    BATCHES = "batches"
    LOANS = "loans"
    JOBS = "jobs"
    PAPERS = "papers"
    AUDIT = "audit"
    BACKUPS = "backups"


class SecondPersonNeeded(RuleBroken):
    """Whoever made it cannot check it, whatever roles they hold."""

    says = N_("You made this yourself, so another person has to decide it.")


@dataclass(frozen=True)
class Actor:
    """The signed-in person."""

    id: int
    user: str
    name: str
    roles: frozenset[Role]
    permissions: frozenset[Permission]

    def may(self, verb: "Verb[Any, Any]") -> bool:
        """Tell whether this person has the right to ``verb``."""
        return verb.needs in self.permissions


@dataclass
class Work:
    """What a verb needs to do its work: the open transaction, who, and when."""

    connection: Connection
    """The open transaction; verbs use `session`, made on first use, or `rows`."""
    actor: Actor
    today: date
    now: datetime
    notes: dict[str, Any] = field(default_factory=dict[str, Any])
    """What only the verb knows and the audit row should hold; never private data."""
    subject: str | None = None
    """What the act is about, as ``case/12``, when it is not the first row it changed."""
    leavers: list[str] = field(default_factory=list[str])
    """Users whose password opens nothing any more once the act is done: the office closes
    their slots of the key file."""

    @cached_property
    def session(self) -> Session:
        """Return the rows as objects, within the transaction."""
        return Session(self.connection)

    def load(self, model: "type[E]", key: int, version: int | None = None) -> "E":
        """Return a row by its id.

        With ``version``, raise `Conflict` when somebody changed the row since it was read;
        raise `NotFound` when there is none.
        """
        row = self.session.get(model, key)
        if row is None:
            raise NotFound(what=f"{model.__tablename__} {key}")
        if version is not None and isinstance(row, Entity) and row.version != version:
            raise Conflict(who=self.last_to_change(row))
        return row

    def add(self, row: "E") -> "E":
        """Add a row and give it its id."""
        self.session.add(row)
        self.session.flush()
        return row

    def rows(self, statement: str, **bound: object) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of one raw statement, each read when it is asked for.

        For what has to be read quickly: it passes the ORM by, within the same transaction.
        """
        with closing(self.connection.connection.cursor()) as cursor:
            yield from cursor.execute(statement, bound)

    def last_to_change(self, row: Row) -> str:
        """Return who changed ``row`` last, by name; the act may have been about another row."""
        told = type_coerce(AuditRow.changes, Text).contains(
            f'"{subject_of(row)}":', autoescape=True
        )
        last = self.session.scalars(
            select(AuditRow.actor_name).where(told).order_by(AuditRow.id.desc()).limit(1)
        ).first()
        return last or "?"

    def made_by_me(self, *subjects: str, verbs: Collection[str]) -> bool:
        """Tell whether the person acting did one of ``verbs`` on one of ``subjects`` before."""
        mine = select(AuditRow.id).where(
            AuditRow.subject.in_(subjects),
            AuditRow.actor_id == self.actor.id,
            AuditRow.verb.in_(verbs),
        )
        return self.session.scalar(mine.limit(1)) is not None

    def next_number(self, series: str) -> int:
        """Return the next number of a series, from 1 in every year, without gaps.

        It belongs to this transaction: when the act fails, the number is free again.
        """
        year = self.today.year
        row = self.session.get(NumberSeries, (series, year))
        if row is None:
            row = NumberSeries(series=series, year=year, last=1)
            self.session.add(row)
        else:
            row.last += 1
        return row.last

    def next_numbers(self, series: str, count: int) -> int:
        """Take ``count`` numbers of a series one after the other; return the first."""
        first = self.next_number(series)
        self.session.flush()
        row = self.session.get_one(NumberSeries, (series, self.today.year))
        step = "UPDATE number_series SET last = last + 1 WHERE series = ? AND year = ?"
        if count > 1:
            self.connection.exec_driver_sql(step, [(series, row.year)] * (count - 1))
            self.session.refresh(row)
        return first

    def insert_many(self, model: type[Base], columns: Columns) -> None:
        """Write many new rows at once, with the ids they bring.

        They are kept as written (`BulkRows`) and the audit row names them by their digest, so
        that the check knows each of them. Search keys, which are made of other rows, are not.
        """
        table = model.metadata.tables[model.__tablename__]
        if not columns.count:
            return
        given = columns.each.keys() | columns.same.keys()
        for column in table.c:
            if column.name not in given and isinstance(column.default, ScalarElementColumnDefault):
                columns.same[column.name] = column.default.arg
        if issubclass(model, Entity):
            columns.same["version"] = 1
        self.session.flush()
        dialect = self.connection.dialect
        names = [*columns.each, *columns.same]
        compiled = (
            insert(table).values({name: bindparam(name) for name in names}).compile(dialect=dialect)
        )
        bound = [_bound(table.c[name], columns, dialect) for name in compiled.positiontup or names]
        values = list(islice(zip(*bound, strict=False), columns.count))
        self.connection.exec_driver_sql(compiled.string, values)
        if issubclass(model, Row):
            content = pack(Columns(columns.count, columns.each, plain(columns.same)))
            digest = sha256(content).hexdigest()
            self.session.add(BulkRows(digest=digest, content=content))
            told = {"rows": columns.count, "digest": digest}
            self.notes.setdefault("written", {})[model.__tablename__] = told

    def change_many(
        self,
        model: type[Row],
        first: int,
        last: int,
        values: Mapping[str, Any],
        moved: Mapping[str, str] | None = None,
    ) -> int:
        """Change the rows from one id to another alike; return how many they are.

        ``moved`` names columns that get what another one held. The audit row says all of it.
        With `insert_many`, the only way to write rows that were not loaded.
        """
        table = model.metadata.tables[model.__tablename__]
        new: dict[str, Any] = {name: table.c[held] for name, held in (moved or {}).items()}
        new |= values
        if issubclass(model, Entity):
            new["version"] = table.c.version + 1
        self.session.flush()
        statement = update(table).where(table.c.id.between(first, last)).values(new)
        count = self.connection.execute(statement).rowcount
        self.notes.setdefault("changed", []).append(
            {
                "table": model.__tablename__,
                "first": first,
                "last": last,
                "values": plain(dict(values)),
                "moved": dict(moved or {}),
            }
        )
        return count

    def next_id(self, model: type[Row]) -> int:
        """Return the id that the next row of a table gets: for `insert_many`."""
        return (self.session.scalar(select(func.max(model.id))) or 0) + 1


def _bound(column: Column[Any], columns: Columns, dialect: Dialect) -> Iterable[Any]:
    """Return the values of a column as the driver takes them."""
    process = column.type.bind_processor(dialect)
    if column.name in columns.same:
        value = columns.same[column.name]
        return repeat(process(value) if process else value)
    values = columns.each[column.name]
    return map(process, values) if process else values


def subject_of(row: Row) -> str:
    """Return the name of a row in the audit trail: ``case/12``."""
    return f"{row.__tablename__}/{row.id}"


E = TypeVar("E", bound=Row)
Request = TypeVar("Request", bound=Record)
Result = TypeVar("Result")


@dataclass(frozen=True)
class Verb(Generic[Request, Result]):
    """A verb of the center, with the permission it needs."""

    name: str
    run: Callable[[Work, Request], Result]
    needs: Permission
    says: str
    """Its docstring's first line."""


@dataclass(frozen=True)
class Action(Verb[Request, Result]):
    """A verb that changes the store."""

    changes: frozenset[Topic]
    audited: bool = True


@dataclass(frozen=True)
class Query(Verb[Request, Result]):
    """A verb that only reads."""


ACTIONS: Final[dict[str, Action[Any, Any]]] = {}
QUERIES: Final[dict[str, Query[Any, Any]]] = {}


def action(
    *, needs: Permission, changes: set[Topic], audited: bool = True
) -> Callable[[Callable[[Work, Request], Result]], Action[Request, Result]]:
    """Make a function an action. ``audited=False`` is for drafts only."""

    def make(run: Callable[[Work, Request], Result]) -> Action[Request, Result]:
        verb = Action(_name(run), run, needs, _says(run), frozenset(changes), audited)
        ACTIONS[verb.name] = verb
        return verb

    return make


def query(
    *, needs: Permission
) -> Callable[[Callable[[Work, Request], Result]], Query[Request, Result]]:
    """Make a function a query."""

    def make(run: Callable[[Work, Request], Result]) -> Query[Request, Result]:
        verb = Query(_name(run), run, needs, _says(run))
        QUERIES[verb.name] = verb
        return verb

    return make


def _name(run: Callable[..., Any]) -> str:
    noun = run.__module__.removeprefix("app.").rsplit(".", 1)[0]
    return f"{noun}.{run.__name__}"


def _says(run: Callable[..., Any]) -> str:
    return (run.__doc__ or "").strip().partition("\n")[0]
