"""What is in a store: rows, acts, ledger. Read by raw SQL from a copy, whatever its schema."""

import sqlite3
from collections.abc import Callable, Generator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from queue import SimpleQueue
from typing import Final

import msgspec

from app.audit.chain import read_chain
from app.core.i18n import _
from db.backup import Told, digest_of, is_whole, rows_of
from db.engine import connect_copy, sqlcipher

NO_CONTENT: Final = ("office.sign_in", "office.sign_out", "office.lock", "office.back_up")
"""Acts after which there is nothing new to be kept."""
LAST_ACT: Final = (
    f"SELECT max(id) FROM audit WHERE verb NOT IN ({', '.join(map(repr, NO_CONTENT))})"  # noqa: S608 - fixed words
)
LEDGER: Final = "SELECT account, sum(fen) FROM balance GROUP BY account ORDER BY account"
ASTRAY: Final = """
    WITH moved AS (
        SELECT fund_id, from_account AS account, -amount AS fen FROM posting
        UNION ALL SELECT fund_id, to_account, amount FROM posting
        UNION ALL SELECT fund_id, account, -fen FROM balance
    )
    SELECT count(*) FROM (
        SELECT 1 FROM moved GROUP BY fund_id, account HAVING sum(fen) <> 0
    )
"""
"""How many accounts do not stand where their postings put them."""

AT_ONCE: Final = 2
"""Threads that read a copy through; the library computes outside the lock of Python."""


class Contents(msgspec.Struct, frozen=True, kw_only=True):
    """What a store held at one moment; no personal data."""

    schema: int
    center: str
    rows: dict[str, int]
    """Rows by table."""
    acts: int
    last_hash: str
    """Of the audit trail."""
    ledger: dict[str, int]
    """Fen by account, over all funds."""
    mark: str
    """Changes with everything that is worth a new backup."""
    broken_at: int | None = None
    """The first act that does not continue the audit trail."""
    astray: int = 0
    """Accounts of funds that do not agree with the ledger."""

    @property
    def sound(self) -> bool:
        """Tell whether the audit trail is unbroken and the ledger agrees."""
        return self.broken_at is None and not self.astray

    def troubles(self) -> list[str]:
        """Say what does not agree, in the language in use."""
        found: list[str] = []
        if self.broken_at is not None:
            says = _("The audit trail is broken at act {act}")
            found.append(says.format(act=self.broken_at))
        if self.astray:
            says = _("{count} accounts do not agree with the ledger")
            found.append(says.format(count=self.astray))
        return found


class Unreadable(Exception):
    """A copy is not whole, or does not open with this key."""


def read_through(path: Path, key: bytes, told: Told) -> tuple[Contents, str]:
    """Read every page of a copy; return what is in it, and the SHA-256 of the file.

    Raises `Unreadable`.
    """
    try:
        with (
            closing(connect_copy(path, key)) as copy,
            _checkers(path, key) as check,
            ThreadPoolExecutor(AT_ONCE) as pool,
        ):
            rows = rows_of(copy)
            digest = pool.submit(digest_of, path)
            largest_first = sorted(rows, key=lambda table: -rows[table])
            checks = {table: pool.submit(check, table) for table in largest_first}
            try:
                contents = _contents(copy, rows)
                _watch(checks, rows, told)
            except BaseException:
                pool.shutdown(wait=True, cancel_futures=True)
                raise
            return contents, digest.result()
    except sqlcipher.DatabaseError as error:
        raise Unreadable(str(path)) from error


@contextmanager
def _checkers(path: Path, key: bytes) -> Generator[Callable[[str], bool]]:
    """Open the copy once for each thread, and tell by them whether a table is whole: to open a
    copy costs more than to check a small table."""
    idle: SimpleQueue[sqlite3.Connection] = SimpleQueue()

    def check(table: str) -> bool:
        connection = idle.get()
        try:
            return is_whole(connection, table)
        finally:
            idle.put(connection)

    with ExitStack() as opened:
        for _thread in range(AT_ONCE):
            idle.put(opened.enter_context(closing(connect_copy(path, key))))
        yield check


def mark_of(connection: sqlite3.Connection) -> str:
    """Return what changes with everything worth a backup: acts, drafts, the schema."""
    (schema,) = connection.execute("PRAGMA user_version").fetchone()
    (act,) = connection.execute(LAST_ACT).fetchone()
    drafts = connection.execute("SELECT count(*), max(saved_at) FROM draft").fetchone()
    return " ".join(str(part) for part in (schema, act, *drafts))


def _contents(copy: sqlite3.Connection, rows: dict[str, int]) -> Contents:
    chain = read_chain(copy)
    return Contents(
        schema=copy.execute("PRAGMA user_version").fetchone()[0],
        center=copy.execute("SELECT name FROM center").fetchone()[0],
        rows=rows,
        acts=chain.acts,
        last_hash=chain.last_hash,
        ledger=dict(copy.execute(LEDGER).fetchall()),
        mark=mark_of(copy),
        broken_at=chain.broken_at,
        astray=copy.execute(ASTRAY).fetchone()[0],
    )


def _watch(checks: dict[str, Future[bool]], rows: dict[str, int], told: Told) -> None:
    """Wait for the checks of all tables, and tell how far they are."""
    done, of = 0, sum(rows.values()) or 1
    for table, check in checks.items():
        if not check.result():
            raise Unreadable(table)
        done += rows[table]
        told(done / of)
