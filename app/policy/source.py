"""Python text that is being written: lines, blocks, constants, and which facts it reads."""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from typing import Any

from app.reference.dated import ValueKind

INDENT = "    "


class Source:
    """The text of one function, and the constants it names."""

    def __init__(self, name_of: Callable[[str], str]) -> None:
        self._lines: list[str] = []
        self._depth = 0
        self._name_of = name_of
        self.names: dict[str, Any] = {}
        """The constants and functions that stand outside the text."""
        self.used: set[str] = set()
        """The keys of the facts that are read."""
        self.lines: list[tuple[ValueKind, Decimal]] = []
        """The dated values that are read, each with its factor."""

    def add(self, *lines: str) -> None:
        """Add lines at the present depth."""
        self._lines += [INDENT * self._depth + line for line in lines]

    def deeper(self) -> None:
        """Begin a block."""
        self._depth += 1

    def back(self) -> None:
        """End a block."""
        self._depth -= 1

    @contextmanager
    def block(self, head: str) -> Generator[None]:
        """Write a block below a line such as ``if x:``."""
        self.add(head)
        self._depth += 1
        yield
        self._depth -= 1

    def mark(self) -> int:
        """Return the place of the next line, for `insert`."""
        return len(self._lines)

    def insert(self, place: int, lines: list[str]) -> None:
        """Put lines in before what was written later, at the present depth."""
        self._lines[place:place] = [INDENT * self._depth + line for line in lines]

    def text(self) -> str:
        """Return the whole text."""
        return "\n".join(self._lines) + "\n"

    def use(self, key: str) -> str:
        """Return the local name of a fact, which is then read."""
        self.used.add(key)
        return self._name_of(key)

    def constant(self, value: object) -> str:
        """Return the name of a constant."""
        name = f"k{len(self.names)}"
        self.names[name] = value
        return name

    def literal(self, value: object) -> str:
        """Return a limit as text; days and lists of words become constants."""
        if isinstance(value, tuple):
            return self.constant(frozenset(value))  # pyright: ignore[reportUnknownArgumentType] - words, numbers or days
        return self.constant(value) if isinstance(value, date) else repr(value)

    def line(self, kind: ValueKind, times: Decimal = Decimal(1)) -> str:
        """Return the name of a dated value of the household's district, times a factor."""
        self.use("district")
        wanted = (kind, times)
        if wanted not in self.lines:
            self.lines.append(wanted)
        return f"line{self.lines.index(wanted)}"

    def scaled(self, amount: str, times: Decimal) -> str:
        """Return the text of an amount (not negative) times a factor, to the fen, half up."""
        if times == 1:
            return amount
        above, below = times.as_integer_ratio()
        return f"({amount} * {2 * above} + {below}) // {2 * below}"
