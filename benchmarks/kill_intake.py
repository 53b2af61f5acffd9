"""Kills a real intake page while it is typed into and tells how much typing was lost.

``python -m benchmarks.kill_intake 100``: every round has a process, a store and a moment of its
own. After the SIGKILL the store is opened, checked as ``bangfu check`` does, and the draft is
compared with what stood on the screen key by key.
"""

import json
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import repeat
from pathlib import Path
from random import Random
from threading import Timer
from typing import Final

from app.core.record import Nothing
from app.office import enter_store, open_with_key
from app.reports.queries import check_store
from app.work import Actor
from benchmarks.stores import (
    PASSWORD,
    USER,
    copy_center,
    data_key,
    environment,
    new_center,
    scratch,
)

GOAL_MS: Final = 2_500
AT_ONCE: Final = 2
EARLIEST, LATEST = 1.0, 6.0
"""Seconds of typing before the kill."""
START_SECONDS: Final = 60
"""A page that is not typed into by then never will be."""
SEED: Final = 20121101


@dataclass(frozen=True)
class Key:
    """One key as it was typed: when, into which field, and what stood there afterwards."""

    at: float
    field: str
    text: str


@dataclass(frozen=True)
class Round:
    """What one kill cost."""

    keys: int
    lost_keys: int
    lost_ms: float
    """The age of the oldest key that is not in the draft."""
    damage: str
    """What the check of the store found; nothing, if all is well."""


@dataclass(frozen=True)
class Template:
    """The closed store that every round copies."""

    path: Path
    key: bytes
    actor: Actor


def main() -> int:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    random = Random(SEED)  # noqa: S311 - moments to kill at
    moments = [random.uniform(EARLIEST, LATEST) for _ in range(count)]
    with scratch() as folder:
        path = folder / "template.db"
        new_center(path)
        office, actor = enter_store(path, USER, PASSWORD)
        office.close()
        template = Template(path, data_key(path), actor)
        with ThreadPoolExecutor(AT_ONCE) as pool:
            rounds = list(pool.map(kill, repeat(template), range(count), moments))
    return tell(rounds)


def kill(template: Template, number: int, after: float) -> Round:
    """Let a page be typed into for ``after`` seconds, kill it and look at what is left."""
    store = template.path.with_name(f"{number}.db")
    copy_center(template.path, store)
    typist = subprocess.Popen(  # noqa: S603 - ours
        [sys.executable, "-m", "benchmarks.typist", str(store), str(number)],
        env=environment(template.path.parent),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    too_long = Timer(START_SECONDS, typist.kill)
    too_long.start()
    try:
        if typist.stdout is None:
            raise RuntimeError("no pipe")
        first = typist.stdout.readline()
        too_long.cancel()
        time.sleep(after)
        killed_at = time.monotonic()
    finally:
        too_long.cancel()
        typist.kill()
    rest, _ = typist.communicate()
    whole = [line for line in (first + rest).splitlines(keepends=True) if line.endswith("\n")]
    keys = [Key(*json.loads(line)) for line in whole]
    if not keys:
        raise RuntimeError("nothing was typed: try python -m benchmarks.typist by itself")
    return judge(template, store, keys, killed_at)


def judge(template: Template, store: Path, keys: Sequence[Key], killed_at: float) -> Round:
    """Open the store as the next program would, check it, and look for every key."""
    office = open_with_key(store, template.key)
    try:
        report = office.ask(template.actor, check_store, Nothing())
        connection = office.engines.reader.raw_connection()
        try:
            row = connection.cursor().execute("SELECT content FROM draft WHERE open").fetchone()
        finally:
            connection.close()
    finally:
        office.close()
    draft: dict[str, str] = json.loads(row[0]) if row else {}
    lost = missing(keys, draft)
    return Round(
        keys=len(keys),
        lost_keys=len(lost),
        lost_ms=max(((killed_at - key.at) * 1e3 for key in lost), default=0.0),
        damage="; ".join(finding.says for finding in report.findings),
    )


def missing(keys: Sequence[Key], draft: dict[str, str]) -> list[Key]:
    """Return the keys that came after what the draft has of their field."""
    lost: list[Key] = []
    for field in dict.fromkeys(key.field for key in keys):
        typed = [key for key in keys if key.field == field]
        states = ["", *(bare(key.text) for key in typed)]
        kept = bare(draft.get(field, ""))
        last = len(states) - 1 - states[::-1].index(kept) if kept in states else 0
        lost += typed[last:]
    return lost


def bare(text: str) -> str:
    """Return a text without the room that a field puts between its digits when it is left."""
    return "".join(text.split())


def tell(rounds: Sequence[Round]) -> int:
    """Print what was lost; return 1 when the goal was missed."""
    losses = sorted(each.lost_ms for each in rounds)
    damaged = [each.damage for each in rounds if each.damage]
    print(f"{len(rounds)} kills, {sum(each.keys for each in rounds)} keys typed")
    print(f"lost on the way: {sum(each.lost_keys for each in rounds)} keys")
    print(f"median loss: {losses[len(losses) // 2]:.0f} ms")
    print(f"worst loss: {losses[-1]:.0f} ms (goal: at most {GOAL_MS})")
    print(f"damaged stores: {len(damaged)} (goal: 0)", *dict.fromkeys(damaged))
    return int(losses[-1] > GOAL_MS or bool(damaged))


if __name__ == "__main__":
    sys.exit(main())
