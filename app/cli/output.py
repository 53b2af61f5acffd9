"""How commands speak: text for people, JSON for machines, exit codes for both."""

import json
import sys
from typing import Any

DONE, REFUSED, USAGE = 0, 1, 2


def say(*lines: str) -> None:
    """Write lines for a person."""
    for line in lines:
        sys.stdout.write(line + "\n")


def complain(*lines: str) -> None:
    """Write what went wrong."""
    for line in lines:
        sys.stderr.write(line + "\n")


def give(data: Any) -> None:
    """Write data for another program."""
    sys.stdout.write(json.dumps(data, ensure_ascii=False, indent=1) + "\n")


def table(rows: list[tuple[str, ...]], head: tuple[str, ...]) -> list[str]:
    """Return a table in columns, Chinese characters two cells wide."""
    cells = [head, *rows]
    widths = [max(_width(row[place]) for row in cells) for place in range(len(head))]
    return [
        "  ".join(
            text + " " * (width - _width(text)) for text, width in zip(row, widths, strict=True)
        ).rstrip()
        for row in cells
    ]


def _width(text: str) -> int:
    return sum(2 if ord(character) > 0x2E7F else 1 for character in text)
