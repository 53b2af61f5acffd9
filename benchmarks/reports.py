"""The report of one year among three million payments, against raw SQL, polars and DuckDB.

The payments are those of twelve years of 300,000 households, the year told is one of them; they
stand in the relief book as an import of the past writes them. The store is made once and kept in
the user's cache folder with an unencrypted copy, which the peers read. The rows of households are
left out: a report counts them by their ids.
"""

import gc
import hashlib
import os
import random
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, Final

from app.core.assets import root
from app.core.clock import FixedClock
from app.office import enter_store
from app.reference.codes import codes
from app.reference.districts import district_names
from app.reports.queries import report
from app.reports.records import Cut, Report, of_year
from benchmarks.measure import Goal, Row, Timing, stopwatch, times, timing
from benchmarks.stores import (
    PASSWORD,
    TODAY,
    USER,
    cache_folder,
    data_key,
    new_center,
    scratch,
)
from db.engine import connect

PAYMENTS: Final = int(os.environ.get("BANGFU_BENCH_RELIEF", "3000000"))
HOUSEHOLDS: Final = PAYMENTS // 10
FIRST_YEAR: Final = 2014
YEARS: Final = 12
YEAR: Final = 2020
ROUNDS: Final = 9
WARM: Final = 1
SEED: Final = 2012

ITEMS: Final = {"living": 6, "medical": 3, "schooling": 2, "festival": 12, "temporary": 1}
AREAS: Final = {"medical": "medical", "schooling": "schooling"}
SOURCES: Final = {"central": 4, "provincial": 2, "city": 3, "union_fees": 5, "donation": 1}
WAYS: Final = {"card": 8, "cash": 1, "goods": 1}

Told = dict[str, dict[str, tuple[int, int, int, int]]]
"""Cut to key to person-times, people, households, fen."""

COLUMNS: Final = {
    Cut.ITEM: "item",
    Cut.SOURCE: "source",
    Cut.FUND: "'past.' || source",
    Cut.AREA: "area",
    Cut.DISTRICT: "district",
    Cut.CATEGORY: "category",
    Cut.CAUSE: "cause",
    Cut.WAY: "way",
    Cut.MONTH: "substr(day, 1, 7)",
}
PERIOD: Final = f"counted = 1 AND day BETWEEN '{YEAR}-01-01' AND '{YEAR}-12-31'"
FIGURES: Final = (
    "CAST(sum(times) AS bigint), count(DISTINCT person_id), count(DISTINCT household_id), "
    "CAST(sum(fen) AS bigint)"
)
STREAMED: Final = (
    f"SELECT day, item, source, sum(times), sum(fen) FROM relief WHERE {PERIOD} "
    "GROUP BY day, item, source"
)
"""What the index gives in the order it stands in."""
NEEDED: Final = (
    "day, item, source, area, district, category, cause, way, person_id, household_id, times, fen"
)


def report_rows() -> list[Row]:
    """Measure the report of a year; all that tell the same figures are held equal first."""
    store, plain = _stores()
    clock = FixedClock(datetime.combine(TODAY, time(10)).astimezone())
    office, actor = enter_store(store, USER, PASSWORD, clock)
    with closing(office), closing(connect(store, data_key(store), read_only=True)) as raw:
        polars, duck = _polars(plain), _duckdb(plain)
        told = _told(office.ask(actor, report, of_year(YEAR)))
        for name, other in (("SQL", _by_sql(raw)), ("polars", polars()), ("DuckDB", duck())):
            if other != told:
                raise AssertionError(f"{name} counts otherwise")
        ways: list[Callable[[], Any]] = [
            lambda: office.ask(actor, report, of_year(YEAR)),
            lambda: raw.execute(STREAMED).fetchall(),
            polars,
            duck,
        ]
        ours, stream, by_polars, by_duck = _in_turn(ways)
        sql = timing([stopwatch(_by_sql, raw) for _ in range(3)])
    work = f"annual report, {sum(row[0] for row in told['item'].values()):,} payments of 3 million"
    return [
        Row(
            f"{work}: nine cuts with person-times, people, households, yuan",
            "raw SQL telling the same: sums and distinct counts, cut by cut",
            ours,
            sql,
            (times("p50", ours, sql, 1.5),),
        ),
        Row(
            f"{work}: the same",
            "raw SQL streaming the index in group order: times and yuan by day, item, source",
            ours,
            stream,
            (times("p50", ours, stream, 1.5),),
            why=WHY_STREAM,
        ),
        Row(
            f"{work}: the same",
            "polars reading the year from the unencrypted copy (ADBC)",
            ours,
            by_polars,
            (Goal("p50", 0.33, ours.median / by_polars.median),),
            why=WHY_POLARS,
        ),
        Row(
            f"{work}: the same",
            "DuckDB reading the year from the unencrypted copy",
            ours,
            by_duck,
            (Goal("p50", 0.33, ours.median / by_duck.median),),
        ),
    ]


WHY_STREAM: Final = (
    "The stream gives person-times and yuan alone, of three columns. People and households are "
    "counted once in each of some sixty rows, for which every payment has to be seen with its "
    "person, its household and all that it counts under. Reading that from the same index takes "
    "SQLite four times the stream, before anything is counted; the rest is two unions a payment, "
    "in plain Python. Only counts kept beside the book would be quicker, and those would have to "
    "be kept right through returns, merges and imports that are undone."
)
WHY_POLARS: Final = (
    "Polars counts on both cores and reads without the key; we count on one, in plain Python."
)


def _in_turn(ways: Sequence[Callable[[], Any]]) -> list[Timing]:
    """Time each way in turn, so that a slow moment hits all."""
    seconds: list[list[float]] = [[] for _way in ways]
    for turn in range(ROUNDS + WARM):
        for place, way in enumerate(ways):
            gc.collect()
            taken = stopwatch(way)
            if turn >= WARM:
                seconds[place].append(taken)
    return [timing(each) for each in seconds]


def _told(seen: Report) -> Told:
    return {
        cut.value: {
            row.key: (row.person_times, row.people, row.households, row.fen)
            for row in seen.rows(cut)
        }
        for cut in Cut
    }


def _by_sql(raw: Any) -> Told:
    """Count cut by cut; whatever has no row is told by nobody."""
    return {
        cut.value: {
            key or "": tuple(figures)
            for key, *figures in raw.execute(
                f"SELECT {column}, {FIGURES} FROM relief WHERE {PERIOD} GROUP BY 1"
            ).fetchall()
        }
        for cut, column in COLUMNS.items()
    }


def _polars(plain: Path) -> Callable[[], Told]:
    import polars  # noqa: PLC0415 - only in a measurement

    pl: Any = polars
    figures = [
        pl.col("times").sum(),
        pl.col("person_id").n_unique(),
        pl.col("household_id").n_unique(),
        pl.col("fen").sum(),
    ]
    asked = f"SELECT {NEEDED} FROM relief WHERE {PERIOD}"

    def tell() -> Told:
        frame = pl.read_database_uri(asked, f"sqlite:///{plain}", engine="adbc").with_columns(
            month=pl.col("day").str.slice(0, 7), fund="past." + pl.col("source")
        )
        return {
            cut.value: {
                key or "": tuple(told)
                for key, *told in frame.lazy().group_by(cut.value).agg(figures).collect().rows()
            }
            for cut in Cut
        }

    return tell


def _duckdb(plain: Path) -> Callable[[], Told]:
    import duckdb  # noqa: PLC0415 - only in a measurement
    import duckdb_extensions  # noqa: PLC0415 - with it # pyright: ignore[reportMissingTypeStubs] - it has none

    connection: Any = duckdb.connect()
    extensions: Any = duckdb_extensions
    extensions.import_extension("sqlite_scanner", con=connection)
    connection.execute("LOAD sqlite_scanner")
    connection.execute(f"ATTACH '{plain}' AS store (TYPE sqlite, READ_ONLY)")
    read = f"SELECT {NEEDED} FROM store.relief WHERE {PERIOD.replace('counted = 1', 'counted')}"

    def tell() -> Told:
        connection.execute(f"CREATE OR REPLACE TEMP TABLE relief AS {read}")
        return {
            cut.value: {
                key or "": tuple(told)
                for key, *told in connection.execute(
                    f"SELECT {column.replace('day', 'CAST(day AS varchar)')}, {FIGURES} "
                    "FROM temp.relief GROUP BY 1"
                ).fetchall()
            }
            for cut, column in COLUMNS.items()
        }

    return tell


def _stores() -> tuple[Path, Path]:
    """Return the store and its unencrypted copy, made when there are none of this schema."""
    folder = cache_folder() / f"relief-{_version()}"
    store, plain = folder / "relief.bangfu", folder / "plain.db"
    if not folder.exists():
        with scratch() as workplace:
            fresh = workplace / folder.name
            fresh.mkdir()
            _make(fresh / store.name, fresh / plain.name)
            fresh.rename(folder)
        for former in set(cache_folder().glob("relief-*")) - {folder}:
            shutil.rmtree(former)
    return store, plain


def _version() -> str:
    sources = [*sorted(root().glob("db/migrations/versions/*.py")), Path(__file__)]
    digest = hashlib.sha256(b"".join(source.read_bytes() for source in sources))
    return f"{PAYMENTS}-{digest.hexdigest()[:16]}"


def _make(store: Path, plain: Path) -> None:
    """Write the payments, indexes and guards made anew afterwards, and copy all of it."""
    print(f"Making a store of {PAYMENTS:,} payments (once) ...", flush=True)
    new_center(store)
    with closing(connect(store, data_key(store))) as connection:
        for pragma in ("synchronous = OFF", "cache_size = -400000", "foreign_keys = OFF"):
            connection.execute(f"PRAGMA {pragma}")
        slow = connection.execute(
            "SELECT type, name, sql FROM sqlite_master WHERE tbl_name IN ('relief', "
            "'relief_person') AND type IN ('index', 'trigger') AND sql IS NOT NULL"
        ).fetchall()
        for kind, name, _sql in slow:
            connection.execute(f"DROP {kind} {name}")
        connection.execute("BEGIN")
        _fill(connection)
        for *_what, sql in slow:
            connection.execute(sql)
        connection.execute("COMMIT")
        connection.execute("ANALYZE")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.execute("ATTACH DATABASE ? AS plain KEY ''", (str(plain),))
        connection.execute("SELECT sqlcipher_export('plain')").fetchall()


def _fill(connection: sqlite3.Connection) -> None:
    connection.execute(
        "INSERT INTO import_batch (id, version, number, kind, file_name, digest, rows, households, "
        "members, merged, left_out, numbers, completed, state, made_by, made_at, reason) VALUES "
        "(1, 1, 'D2026-0001', 'relief', '', '', ?, 0, 0, 0, 0, '{}', '{}', 'imported', 1, "
        "'2026-11-20 00:00:00.000000', '')",
        (PAYMENTS,),
    )
    connection.executemany(
        "INSERT INTO relief_person (id, id_number, name, household_id) VALUES (?, ?, '某', ?)",
        ((key, f"2390{key:014}", (key + 1) // 2) for key in range(1, 2 * HOUSEHOLDS + 1)),
    )
    connection.executemany(
        "INSERT INTO relief (day, item, measure, area, source, district, category, cause, way, "
        "person_id, household_id, fen, times, import_batch_id, handler, note, counted) "
        "VALUES (?, ?, '', ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, 1, '王芳', '', 1)",
        _payments(),
    )


def _payments() -> Iterator[tuple[Any, ...]]:
    """Yield payments day by day; what a household is does not change."""
    rng = random.Random(SEED)  # noqa: S311 - invents payments, keeps no secret
    day = date(YEAR, 1, 1)
    homes = list(
        zip(
            _drawn(rng, {name: place for place, name in enumerate(district_names()[::-1], 1)}),
            _drawn(rng, dict.fromkeys(codes("category", day), 1)),
            _drawn(rng, {name: place for place, name in enumerate(codes("main_cause", day), 1)}),
            strict=True,
        )
    )
    items, sources, ways = (_drawn(rng, weights, PAYMENTS) for weights in (ITEMS, SOURCES, WAYS))
    days = (date(FIRST_YEAR + YEARS, 1, 1) - date(FIRST_YEAR, 1, 1)).days
    for number, (item, source, way) in enumerate(zip(items, sources, ways, strict=True)):
        home = rng.randrange(HOUSEHOLDS)
        yield (
            (date(FIRST_YEAR, 1, 1) + timedelta(days=number * days // PAYMENTS)).isoformat(),
            item,
            AREAS.get(item, "social_security"),
            source,
            *homes[home],
            way,
            2 * home + (1 if rng.random() < 0.7 else 2),
            home + 1,
            rng.randrange(5_000, 100_000, 100),
        )


def _drawn(rng: random.Random, weights: dict[str, int], count: int = HOUSEHOLDS) -> list[str]:
    return rng.choices(list(weights), list(weights.values()), k=count)
