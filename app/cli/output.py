"""How commands speak: text for people, JSON for machines, exit codes for both."""

import json
import sys
import unicodedata
from collections.abc import Sequence
from typing import Any, Final

DONE: Final = 0
REFUSED: Final = 1
"""Refused, or problems found. Wrong usage is 2 and ends the program inside `argparse`."""

GAP: Final = "  "


def say(*lines: str) -> None:
    """Write lines for a person."""
    for line in lines:
        sys.stdout.write(line + "\n")


def complain(*lines: str) -> None:
    """Write what went wrong."""
    for line in lines:
        sys.stderr.write(line + "\n")


def give(data: Any) -> None:
    """Write data for another program: in Chinese where the console can, else escaped."""
    unicode = (sys.stdout.encoding or "").lower().replace("-", "").startswith("utf")
    sys.stdout.write(json.dumps(data, ensure_ascii=not unicode, indent=1) + "\n")


def table(rows: Sequence[Sequence[str]], head: Sequence[str]) -> list[str]:
    """Return a table in columns, Chinese characters two cells wide."""
    cells = [head, *rows]
    widths = [max(map(_width, column)) for column in zip(*cells, strict=True)]
    return [
        GAP.join(
            text + " " * (width - _width(text)) for text, width in zip(row, widths, strict=True)
        ).rstrip()
        for row in cells
    ]


def _width(text: str) -> int:
    return sum(1 + (unicodedata.east_asian_width(character) in "WF") for character in text)
