"""Python text that is being written: blocks of lines, constants, and the values they read.

A value (a fact, a figure, a dated line) is read once, in the innermost block that covers every use
of it: what few households are asked, the others do not pay for.
"""

from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple

from app.policy.pack import Figure, Line

INDENT = "    "


class Counted(NamedTuple):
    """A figure, as counted at first or on a re-test."""

    figure: Figure
    retest: bool


Key = str | Line | Counted
"""What is read: the key of a fact, or another word of the writer's; a dated value; a figure."""


@dataclass(frozen=True)
class Reading:
    """How a value comes to its local name."""

    lines: tuple[str, ...] = ()
    of: tuple[Key, ...] = ()
    """The values that the lines read in turn."""
    of_person: bool = False
    """True when it is another one for each member."""


@dataclass
class _Block:
    """A line such as ``if x:`` with what stands below it."""

    head: str
    loops: bool = False
    parts: "list[str | _Block]" = field(default_factory=list["str | _Block"])
    uses: dict[Key, None] = field(default_factory=dict[Key, None])
    """The values that its own lines read, in order."""

    @property
    def blocks(self) -> "Iterator[_Block]":
        return (part for part in self.parts if isinstance(part, _Block))


class Source:
    """The text of one function, and the constants it names.

    ``name_of`` gives the local name of a value, ``reading_of`` how it comes to it.
    """

    def __init__(
        self, head: str, name_of: Callable[[Key], str], reading_of: Callable[[Key], Reading]
    ) -> None:
        self._top = self._block = _Block(head)
        self._name_of = name_of
        self._reading_of = reading_of
        self.names: dict[str, Any] = {}
        """The constants and functions that stand outside the text."""

    def add(self, *lines: str) -> None:
        """Add lines to the present block."""
        self._block.parts += lines

    @contextmanager
    def block(self, head: str, *, loops: bool = False) -> Generator[None]:
        """Write a block below a line such as ``if x:``; ``loops`` when it runs for each member."""
        above, self._block = self._block, _Block(head, loops)
        above.parts.append(self._block)
        yield
        self._block = above

    def text(self) -> str:
        """Return the whole text."""
        return "\n".join(self._written(self._top, frozenset(), "")) + "\n"

    def use(self, key: Key) -> str:
        """Return the local name of a value that the next line reads."""
        self._block.uses[key] = None
        return self._name_of(key)

    def constant(self, value: object) -> str:
        """Return the name of a constant."""
        for name, known in self.names.items():
            if type(known) is type(value) and known == value:
                return name
        name = f"k{len(self.names)}"
        self.names[name] = value
        return name

    def scaled(self, amount: str, times: Decimal) -> str:
        """Return the text of an amount (not negative) times a factor, to the fen, half up."""
        if times == 1:
            return amount
        above, below = times.as_integer_ratio()
        return f"({amount} * {2 * above} + {below}) // {2 * below}"

    def _written(self, block: _Block, known: frozenset[Key], indent: str) -> Iterator[str]:
        """Yield the lines of a block; ``known`` are the values read above it."""
        yield indent + block.head
        indent += INDENT
        read: dict[Key, None] = {}
        for key in self._read_by(block):
            self._read(key, known, read)
        for key in read:
            yield from (indent + line for line in self._reading_of(key).lines)
        known = known.union(read)
        for part in block.parts:
            if isinstance(part, _Block):
                yield from self._written(part, known, indent)
            else:
                yield indent + part

    def _read(self, key: Key, known: frozenset[Key], read: dict[Key, None]) -> None:
        """Add a value to those that are read, after what it is made of."""
        if key not in known and key not in read:
            for other in self._reading_of(key).of:
                self._read(other, known, read)
            read[key] = None

    def _read_by(self, block: _Block) -> Iterable[Key]:
        """Return what a block reads before its first line: what its own lines need or several
        blocks in it, and what is the same for every member of a loop in it."""
        here = dict(block.uses)
        below = Counter[Key]()
        for part in block.blocks:
            for key in self._read_within(part):
                if part.loops and not self._reading_of(key).of_person:
                    here[key] = None
                below[key] += 1
        return here | {key: None for key, blocks in below.items() if blocks > 1}

    def _read_within(self, block: _Block) -> dict[Key, None]:
        """Return what is read in a block and below it, with what that is made of."""
        found: dict[Key, None] = {}
        for key in block.uses:
            self._read(key, frozenset(), found)
        for part in block.blocks:
            found |= self._read_within(part)
        return found
