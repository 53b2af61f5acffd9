"""The one door to the center: every verb passes here.

It checks the record and the right, opens the transaction, runs the verb, writes the audit row
in the same transaction, commits, and says which topics changed.
"""

import hmac
import secrets
from collections.abc import Generator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Generic, TypeVar

from sqlalchemy import Connection, exc, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from app import verbs
from app.audit.trail import Trail
from app.backups.actions import change_backup_plan
from app.backups.making import Keeper
from app.backups.manifest import Backup
from app.center.records import CenterForm
from app.core.checks import check
from app.core.clock import Clock, SystemClock
from app.core.errors import (
    AppError,
    Conflict,
    Invalid,
    NotFound,
    Refused,
    RuleBroken,
    StoreBusy,
)
from app.core.record import Record, values
from app.core.words.backups import Reason
from app.core.words.staff import Role
from app.households.rules import PersonOnFile
from app.papers.seal import new_key
from app.staff.actions import add_staff, note_new_password
from app.staff.records import ByUser, PasswordForm, StaffForm
from app.staff.rights import permissions_of
from app.staff.rules import check_password
from app.work import Action, Actor, Query, SecondPersonNeeded, Topic, Work
from db.backup import Told
from db.engine import Engines, connect, open_engines, refuse_network_path, sqlcipher
from db.keys import KeyFile, key_file_of, new_data_key, new_recovery_key
from db.migrate import run_migrations, upgrade
from db.models.center import Center
from db.models.staff import Staff
from db.trouble import StoreDamaged, StoreExists, StoreMissing, WrongPassword, translate

Request = TypeVar("Request", bound=Record)
Result = TypeVar("Result")

SYSTEM = Actor(0, "", "Bangfu", frozenset(), frozenset())
"""Who acts before anybody can sign in: the making of a store."""

BROKEN: dict[str, type[AppError]] = {
    "member_not_replaced": PersonOnFile,
    "member_not_pushed_out": PersonOnFile,
    "second_person": SecondPersonNeeded,
    "third_person": SecondPersonNeeded,
    "guard ": RuleBroken,
}
"""What a broken constraint means, by a part of its name; a verb that checks first says more."""

TROUBLES = (exc.DatabaseError, sqlcipher.Error, OSError)
"""What the database, its driver and the system raise, for `translate` to tell."""


@dataclass(frozen=True)
class Done(Generic[Result]):
    """What an action returned and the topics it changed."""

    result: Result
    topics: frozenset[Topic]


class Office:
    """An open store and the clock; one office serves all who sign in at this PC."""

    def __init__(self, engines: Engines, key: bytes, clock: Clock | None = None) -> None:
        verbs.load()
        self.engines = engines
        self.clock = clock or SystemClock()
        self._key = key
        self._backups = Keeper(engines, key, self.clock)
        with Session(engines.reader) as session:
            center = session.get_one(Center, 1)
            self._masking_key = bytes.fromhex(center.masking_key)

    @property
    def path(self) -> Path:
        """Return where the store is."""
        return self.engines.path

    def perform(
        self, actor: Actor, action: Action[Request, Result], request: Request
    ) -> Done[Result]:
        """Run an action and return what it returned.

        Raises `Refused` without the right, `Invalid` when the record is wrong, and whatever
        the verb raises; the store is then as it was.
        """
        self._admit(actor, action)
        if problems := check(request, today=self.clock.today()):
            raise Invalid(problems)
        with self._transaction(actor) as (work, trail):
            result = action.run(work, request)
            work.session.flush()
            if action.audited:
                trail.write(work, action.name, request)
            for user in work.leavers:
                self.remove_password(user)
        return Done(result, action.changes)

    def ask(self, actor: Actor, query: Query[Request, Result], request: Request) -> Result:
        """Run a query on a read-only connection and return its answer; raises `Refused`."""
        self._admit(actor, query)
        with self._translated(), self.engines.reader.begin() as connection:
            return query.run(self._work(connection, actor), request)

    def sign_in(self, user: str, password: str) -> Actor:
        """Return the person that user and password belong to, with their rights.

        Raises `WrongPassword`; the sign-in stands in the audit trail.
        """
        key = KeyFile.read(key_file_of(self.path)).open_with_password(user, password)
        if key is None or not self.key_fits(key):
            raise WrongPassword()
        return self.enter(user)

    def enter(self, user: str) -> Actor:
        """Return the person with this user name after their key was proved."""
        with Session(self.engines.reader) as session:
            person = session.scalars(
                select(Staff).where(Staff.user == user, Staff.active)
            ).one_or_none()
        if person is None:
            raise WrongPassword()
        actor = actor_of(person)
        with self._transaction(actor) as (work, trail):
            work.subject = f"staff/{actor.id}"
            trail.write(work, "office.sign_in", None)
        return actor

    def begin_with(self, person: StaffForm) -> None:
        """Take one of the first people into the staff list of a store that is being made."""
        self._take_in(SYSTEM, "office.begin", person)

    def add_staff(self, actor: Actor, person: StaffForm) -> Done[int]:
        """Take a person into the staff list with a first password."""
        self._admit(actor, add_staff)
        check_password(person.password)
        if problems := check(person, today=self.clock.today()):
            raise Invalid(problems)
        return Done(self._take_in(actor, add_staff.name, person), add_staff.changes)

    def _take_in(self, actor: Actor, verb: str, person: StaffForm) -> int:
        """Add a person and their slot of the key file, which is written last: should the
        writing stop then, it opens nothing, since nobody of that name is in the list."""
        with self._transaction(actor) as (work, trail):
            result = add_staff.run(work, person)
            trail.write(work, verb, person)
            self.set_password(person.user, person.name, person.password)
        return result

    def change_password(self, actor: Actor, form: PasswordForm) -> None:
        """Give a person a new password: one's own, or anybody's with the right to keep staff."""
        if form.user != actor.user:
            self._admit(actor, note_new_password)
        check_password(form.password)
        with self._transaction(actor) as (work, trail):
            asked = ByUser(user=form.user)
            note_new_password.run(work, asked)
            person = work.session.scalars(select(Staff).where(Staff.user == form.user)).one()
            trail.write(work, note_new_password.name, asked)
            self.set_password(person.user, person.name, form.password)

    def note_sign_out(self, actor: Actor, *, locked: bool) -> None:
        """Write into the trail that ``actor`` locked the desk or signed out."""
        with self._transaction(actor) as (work, trail):
            work.subject = f"staff/{actor.id}"
            trail.write(work, "office.lock" if locked else "office.sign_out", None)

    def recover(self, user: str, password: str) -> None:
        """Give ``user`` a new password after the recovery key was proved."""
        with self._transaction(SYSTEM) as (work, trail):
            person = work.session.scalars(
                select(Staff).where(Staff.user == user, Staff.active)
            ).one_or_none()
            if person is None:
                raise NotFound(what=user)
            work.subject = f"staff/{person.id}"
            trail.write(work, "office.recover", ByUser(user=user))
            self.set_password(person.user, person.name, password)

    def set_password(self, user: str, name: str, password: str) -> None:
        """Give ``user`` a slot in the key file that opens with ``password``."""
        place = key_file_of(self.path)
        KeyFile.read(place).with_slot(user, name, password, self._key).write(place)

    def remove_password(self, user: str) -> None:
        """Take ``user``'s slot out of the key file: the password opens nothing any more."""
        place = key_file_of(self.path)
        KeyFile.read(place).without_slot(user).write(place)

    def back_up(self, actor: Actor, told: Told, at: Path | None = None) -> Done[Backup]:
        """Make a backup, by default where the plan says; also the copy's trail tells of it."""
        self._admit(actor, change_backup_plan)
        with self._transaction(actor) as (work, trail):
            work.subject = "center/1"
            trail.write(work, "office.back_up", None)
        with self._translated():
            made = self._backups.back_up(Reason.ASKED, told, at)
        return Done(made, change_backup_plan.changes)

    def back_up_if_changed(self, reason: Reason, told: Told) -> Backup | None:
        """Make a backup unless the last good one holds all; not within an action."""
        with self._translated():
            return self._backups.back_up_if_changed(reason, told)

    def check_backup(self, actor: Actor, place: Path, told: Told) -> Backup:
        """Read a backup of this store through again; raises what is wrong with it."""
        self._admit(actor, change_backup_plan)
        return self._backups.check(place, told)

    def key_fits(self, key: bytes) -> bool:
        """Tell whether ``key`` is the data key of this store."""
        return hmac.compare_digest(key, self._key)

    def close(self) -> None:
        """Close the store."""
        self.engines.close()

    def _admit(self, actor: Actor, verb: Action[Request, Result] | Query[Request, Result]) -> None:
        if not actor.may(verb):
            raise Refused(permission=verb.needs.label)

    def _work(self, connection: Connection, actor: Actor) -> Work:
        return Work(connection, actor, self.clock.today(), self.clock.now())

    @contextmanager
    def _transaction(self, actor: Actor) -> Generator[tuple[Work, Trail]]:
        with self._translated(), self.engines.writer.begin() as connection:
            work = self._work(connection, actor)
            yield work, Trail(work.session, self._masking_key)
            work.session.flush()

    @contextmanager
    def _translated(self) -> Generator[None]:
        """Turn what the store says into what it means for the person."""
        try:
            yield
        except StaleDataError:
            raise Conflict(who="?") from None
        except exc.TimeoutError:
            raise StoreBusy() from None
        except exc.IntegrityError as error:
            raise (_broken(str(error.orig)) or error) from error
        except TROUBLES as error:
            raise (translate(error, str(self.path)) or error) from error


def _broken(text: str) -> AppError | None:
    return next((meaning() for name, meaning in BROKEN.items() if name in text), None)


def actor_of(person: Staff) -> Actor:
    """Return a member of staff as the person who acts."""
    roles = frozenset(Role(role) for role in person.roles)
    return Actor(person.id, person.user, person.name, roles, permissions_of(roles))


def enter_store(
    path: Path, user: str, password: str, clock: Clock | None = None
) -> tuple[Office, Actor]:
    """Open the store at ``path`` with a person's password, upgrading it first when due."""
    keys = KeyFile.read(key_file_of(path))
    key = keys.open_with_password(user, password)
    if key is None:
        raise WrongPassword()
    office = open_with_key(path, key, clock)
    try:
        return office, office.enter(user)
    except BaseException:
        office.close()
        raise


def open_with_key(path: Path, key: bytes, clock: Clock | None = None) -> Office:
    """Open the store at ``path`` with its data key.

    Raises what is wrong with the store: `StoreMissing`, `KeyFileForeign`, `StoreDamaged`,
    `StoreNewer`, `NetworkPath`, `DiskReadOnly`.
    """
    refuse_network_path(path)
    if not path.exists():
        raise StoreMissing(path=path)
    if not path.stat().st_size:
        raise StoreDamaged(path=path)  # cut off to nothing: it would pass for a store to be made
    engines = open_engines(path, key)
    try:
        keeper = Keeper(engines, key, clock or SystemClock())
        upgrade(engines, partial(keeper.back_up, Reason.UPGRADE))
        return Office(engines, key, clock)
    except BaseException as error:
        engines.close()
        if isinstance(error, TROUBLES):
            raise (translate(error, str(path)) or error) from error
        raise


def begin_store(
    path: Path,
    center: CenterForm,
    staff: Sequence[StaffForm],
    *,
    demonstration: bool = False,
    clock: Clock | None = None,
) -> str:
    """Make a store, its key file, its center and its staff; return the recovery key."""
    today = (clock or SystemClock()).today()
    if problems := [problem for form in (center, *staff) for problem in check(form, today=today)]:
        raise Invalid(problems)
    for person in staff:
        check_password(person.password)
    refuse_network_path(path)
    place = key_file_of(path)
    if path.exists() or place.exists():
        raise StoreExists(path=path)
    key, recovery_key = new_data_key(), new_recovery_key()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        KeyFile(secrets.token_hex(16)).with_recovery(recovery_key, key).write(place)
        connect(path, key, create=True).close()
        _fill_store(path, key, center, staff, demonstration=demonstration, clock=clock)
    except BaseException as error:
        for left in (path, place, *(path.with_name(path.name + end) for end in ("-wal", "-shm"))):
            with suppress(OSError):
                left.unlink(missing_ok=True)
        if isinstance(error, TROUBLES):
            raise (translate(error, str(path.parent)) or error) from error
        raise
    return recovery_key


def _fill_store(
    path: Path,
    key: bytes,
    center: CenterForm,
    staff: Sequence[StaffForm],
    *,
    demonstration: bool,
    clock: Clock | None,
) -> None:
    private, public = new_key()
    engines = open_engines(path, key)
    try:
        run_migrations(engines.writer)
        masking_key = secrets.token_bytes(32)
        time = clock or SystemClock()
        with engines.writer.begin() as connection:
            work = Work(connection, SYSTEM, time.today(), time.now())
            trail = Trail(work.session, masking_key)
            work.add(
                Center(
                    id=1,
                    **values(center),
                    demonstration=demonstration,
                    signing_key=private.hex(),
                    verifying_key=public.hex(),
                    masking_key=masking_key.hex(),
                )
            )
            trail.write(work, "office.begin", center)
        office = Office(engines, key, clock)
        for person in staff:
            office.begin_with(person)
    finally:
        engines.close()


def recover(
    path: Path, recovery_key: str, user: str, password: str, clock: Clock | None = None
) -> None:
    """Give ``user`` a new password with the printed recovery key; it stands in the trail.

    Raises `WrongRecoveryKey`, `Invalid` for the password, `NotFound` for the user.
    """
    check_password(password)
    key = KeyFile.read(key_file_of(path)).open_with_recovery_key(recovery_key)
    office = open_with_key(path, key, clock)
    try:
        office.recover(user, password)
    finally:
        office.close()
