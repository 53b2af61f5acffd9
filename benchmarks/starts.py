"""Process start to a painted window, and sign-in to the first search, against an empty window."""

import subprocess
import sys
import time
from pathlib import Path
from typing import Final

from benchmarks.measure import Goal, Row, timing
from benchmarks.stores import PASSWORD, environment, scratch

STARTS: Final = 11
WARM_UP: Final = 1


def start_rows(store: Path) -> list[Row]:
    """Return the rows of the table; ``store`` is the archive."""
    windows: list[float] = []
    searches: list[float] = []
    empty: list[float] = []
    with scratch() as home:
        for _ in range(STARTS + WARM_UP):
            empty += _seconds(home, "benchmarks.empty_window")
            windows += _seconds(home, "benchmarks.first_minute", str(store), "")
        for _ in range(STARTS + WARM_UP):
            _, search = _seconds(home, "benchmarks.first_minute", str(store), PASSWORD)
            searches.append(search)
    floor = timing(empty[WARM_UP:])
    window, search = timing(windows[WARM_UP:]), timing(searches[WARM_UP:])
    return [
        Row(
            "process start to sign-in window painted",
            "process start to an empty Qt window painted",
            window,
            floor,
            [Goal("p50", 2.2, window.median / floor.median)],
            why="Half of what is above the floor is Qt for Python making the classes and "
            "enumerations of the widgets in use, on first use of each; a quarter is reading our "
            "own modules, a quarter laying the page out.",
        ),
        Row(
            "sign-in pressed to first search answered, Argon2 included",
            "process start to an empty Qt window painted",
            search,
            floor,
            [Goal("p50", 5, search.median / floor.median)],
            why="The desk is made meanwhile, and its workbench asks the store for nine lists.",
        ),
    ]


def _seconds(home: Path, module: str, *arguments: str) -> list[float]:
    """Run a module offscreen with a home of its own; return the seconds it prints."""
    done = subprocess.run(  # noqa: S603 - ours
        [sys.executable, "-m", module, str(time.monotonic()), *arguments],
        env=environment(home),
        check=True,
        capture_output=True,
        text=True,
    )
    return [float(line) for line in done.stdout.split()]
