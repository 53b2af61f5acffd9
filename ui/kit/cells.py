"""How a value reads: the text of each kind, and the cell a table draws."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, cast

from app.core.i18n import _
from app.core.kinds import (
    Amount,
    Area,
    BankCard,
    Count,
    Day,
    Flag,
    Kind,
    Lines,
    Moment,
    Name,
    Phone,
    ResidentId,
    YesNo,
)
from app.core.masking import mask
from app.core.money import Fen, yuan_text
from app.core.words import Answer, Word


@dataclass(frozen=True)
class Mark:
    """A small sign with a word, one of a few in a line: what speaks for a thing and against."""

    text: str
    icon: str
    tone: str
    sign: str = ""
    """What the icon says, where only words are read."""

    def sentence(self) -> str:
        """Return its words."""
        return f"{self.sign} {self.text}".strip()


@dataclass(frozen=True)
class Cell:
    """One cell: words, with icon and tone where it is a status, and a small second line."""

    text: str
    second: str = ""
    icon: str = ""
    tone: str = ""
    """``ok``, ``wait``, ``bad``, ``accent`` or empty; red is bold."""
    bold: bool = False
    second_tone: str = ""
    marks: tuple["Mark", ...] = ()
    """Signs with a word each, in place of the second line."""
    shares: tuple[float, float] | None = None
    """Of a budget: what is used and what is bound, as shares of the whole; drawn as a bar that
    takes the place of the words, which say the same."""

    def sentence(self) -> str:
        """Return all its words, for the tooltip and the screen reader."""
        marks = "　".join(mark.sentence() for mark in self.marks)
        return "，".join(part for part in (self.text, self.second, marks) if part)


UNKNOWN: Final = Cell("—", tone="text_faint")


def yuan(fen: int | None) -> str:
    """Return an amount, or the sign of what is not known."""
    return UNKNOWN.text if fen is None else yuan_text(Fen(fen))


def joined(*parts: str) -> str:
    """Return facts in one line, those that say nothing left out."""
    return "　".join(part for part in parts if part)


def shown(kind: Kind, value: Any) -> str:
    """Return the text of a value as lists and facts show it: private kinds are masked."""
    match kind, value:
        case _, None | "":
            return ""
        case ((Amount() | Area()), int()):
            return yuan_text(value)
        case _, tuple():
            words = cast("tuple[str, ...]", value)
            return _(", ").join(each.label if isinstance(each, Word) else each for each in words)
        case Count(), int():
            return f"{value:,}"
        case Day(), date():
            return value.isoformat()
        case Moment(), datetime():
            return value.astimezone().strftime("%Y-%m-%d %H:%M")
        case Flag(), bool():
            return _("Yes") if value else _("No")
        case _, Word():
            return value.label
        case _:
            return mask(kind, value)


def cell(kind: Kind, value: Any) -> Cell:
    """Return the cell of a value: unknown is shown as unknown, never as empty or no."""
    if isinstance(kind, YesNo) and value in (Answer.NOT_ASKED, Answer.NOT_KNOWN):
        return Cell(value.label, icon="circle-dashed", tone="wait")
    if value is None:
        return UNKNOWN
    return Cell(shown(kind, value))


def right_aligned(kind: Kind) -> bool:
    """Tell whether values of this kind are compared, and so stand at the right."""
    return isinstance(kind, Amount | Count)


_WIDTHS: Final[dict[type[Kind], int]] = {
    Amount: 110,
    Count: 70,
    Day: 100,
    Moment: 140,
    Name: 90,
    ResidentId: 180,
    Phone: 116,
    BankCard: 140,
    Flag: 60,
    YesNo: 100,
    Lines: 240,
}


def usual_width(kind: Kind) -> int:
    """Return how wide a column of this kind is, when nothing else is said."""
    return _WIDTHS.get(type(kind), 120)


@dataclass(frozen=True)
class Column:
    """A column of a table: a field of the row, or words a function makes of the row.

    ``cell`` makes a `Cell` (a status, a second line) of the row; without it the value of the
    field ``name`` is shown as its kind says. ``stretch`` lets it take the room left over.
    """

    name: str
    title: str | None = None
    width: int | None = None
    cell: Callable[[Any], Cell] | None = None
    stretch: bool = False
    right: bool | None = None
