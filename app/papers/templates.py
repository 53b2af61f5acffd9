"""The wording and layout of papers, dated data in ``resources/papers/<kind>/<day>.toml``.

A text of a template names facts in braces, ``{name}``, with a form where the fact is not plain
text: ``{issued_on:day}``, ``{amount:yuan}``. A part in brackets, ``[，系{employer}职工]``, is left
out when one of its facts is not known. Widths and heights are in millimetres, sizes in points.
"""

import functools
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, Final, Literal, cast

import msgspec
from msgspec.structs import replace

from app.core.assets import resource
from app.core.money import capitals, yuan_text
from app.core.words.papers import PaperKind
from app.papers.days import capital_day
from app.papers.fonts import Face


class Struct(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A part of a template."""


class Block(Struct, tag_field="block", frozen=True, kw_only=True):
    """A part of the page; blocks follow each other downwards."""

    above: float = 0
    """Room above it."""
    when: str = ""
    """A text; given and coming out empty, it leaves the block out."""


class Line(Block, tag="line", frozen=True, kw_only=True):
    """One line of text, such as the title or the number."""

    text: str
    face: Face = Face.SERIF
    size: float = 10.5
    align: Literal["left", "center", "right"] = "left"
    spacing: float = 0
    """Room between the characters, in ems."""
    keep: float = 0
    """Room for what must stand on the same page below it."""


class Spread(Block, tag="spread", frozen=True, kw_only=True):
    """Several short texts on one line, evenly spread."""

    texts: tuple[str, ...]
    face: Face = Face.SERIF
    size: float = 10.5


class Paragraph(Block, tag="paragraph", frozen=True, kw_only=True):
    """Running text."""

    text: str
    face: Face = Face.SERIF
    size: float = 12
    leading: float = 1.6
    indent: float = 2
    """Room before the first line, in ems."""


class Cell(Struct, frozen=True, kw_only=True):
    """A cell of a form: a label, or a text with a second one at its lower right."""

    label: str = ""
    text: str = ""
    foot: str = ""
    span: int = 1
    align: Literal["left", "center", "right"] = "left"
    size: float = 10.5
    seal: float = 0
    """The diameter kept free for a seal over ``foot``."""


class Row(Struct, frozen=True, kw_only=True):
    """A row of a form, at least this high."""

    cells: tuple[Cell, ...]
    height: float = 8
    when: str = ""
    """A text; while it comes out empty, the row is left out."""


class Form(Block, tag="form", frozen=True, kw_only=True):
    """A ruled form of labels and values. It may break between rows."""

    columns: tuple[float, ...]
    large_columns: tuple[float, ...] = ()
    """The same in large type, where the usual ones would be too narrow for a label."""
    pad: float = 1.8
    """Between the rules and the text."""
    rows: tuple[Row, ...]


class Column(Struct, frozen=True, kw_only=True):
    """A column of a table."""

    head: str
    text: str
    width: float
    carried: str = ""
    """What stands there in the lines between two pages, of the facts of the last row
    and ``{words}``, what the line is called."""
    continued: str = ""
    """What the first row of a page says in place of an empty text, of the facts of the row before
    it whose text was not empty."""
    align: Literal["left", "center", "right"] = "left"


class Table(Block, tag="table", frozen=True, kw_only=True):
    """A ruled table with a row for each group of facts in the list ``rows``.

    It breaks between rows and repeats its head. With ``forward`` and ``brought`` a line at the
    break says what its columns carry over. With ``sum``, the fact to add up, each page
    closes with its own sum and the last one with the sum of all.
    """

    rows: str
    columns: tuple[Column, ...]
    large_columns: tuple[Column, ...] = ()
    """The columns in large type, where there is no room for as many."""
    row_height: float = 7.5
    size: float = 9.5
    keep: float = 0
    """Room for what must stand on the same page as the last row."""
    sum: str = ""
    page_total: str = ""
    """Beside the sum of a page; knows ``{page_count}`` and ``{page_amount}``."""
    forward: str = ""
    """What the last line of a page is called when the table goes on, such as 过次页."""
    brought: str = ""
    """What the first line of the next page is called, such as 承前页: both say the same."""
    total: str = ""
    """Beside the sum of all; knows ``{total_count}`` and ``{total_amount}``."""


class Closing(Block, tag="closing", frozen=True, kw_only=True):
    """Unit and date at the lower right, in the middle of the room kept free for the seal."""

    lines: tuple[str, ...]
    face: Face = Face.SERIF
    size: float = 12
    seal: float = 42
    """The diameter of the room for the seal."""
    qr: float = 0
    """The side of a QR code at the left; 0 for none."""


class Tear(Block, tag="tear", frozen=True, kw_only=True):
    """A dashed line to tear along, with a text in its middle over which the seal goes."""

    text: str
    size: float = 9


class Turn(Block, tag="turn", frozen=True, kw_only=True):
    """Begins a page, unless one has just begun."""


class Each(Block, tag="each", frozen=True, kw_only=True):
    """The same blocks once for each group of facts in the list ``rows``; they know its facts."""

    rows: str
    blocks: tuple["Line | Paragraph | Form | Table | Turn | Each", ...]


class Foot(Struct, frozen=True, kw_only=True):
    """What stands at the bottom of every page."""

    lines: tuple[str, ...]
    qr: float = 0
    """The side of the QR code; 0 for none."""
    note: str = ""
    """In the middle, in the colour of the seal."""
    page: str = ""
    """At the right; knows ``{page}`` and ``{pages}``."""


class Words(Struct, frozen=True, kw_only=True):
    """The marks of copies and of demonstration papers."""

    original: str
    again: str
    specimen: str
    sample_seal: str


class Template(Struct, frozen=True, kw_only=True):
    """How one kind of paper looks and reads from one day on."""

    title: str
    source: str
    """Where the wording comes from, and whether the center has confirmed it."""
    width: float
    height: float
    margins: tuple[float, float, float, float]
    """Top, right, bottom, left; the foot stands above the bottom one."""
    framed: bool = False
    copies: tuple[str, ...] = ("",)
    """Who keeps a copy: the paper is drawn once for each, who is called ``{keeper}``."""
    running: str = ""
    """What stands at the top of the second and later pages."""
    words: Words
    foot: Foot
    small: float = 9
    """The size of the foot and the running head. Nothing that one must read is smaller."""
    blocks: tuple[Line | Spread | Paragraph | Form | Table | Closing | Tear | Turn | Each, ...]


def template_in_force(kind: PaperKind, day: date) -> str:
    """Return the name of the template of ``kind`` in force on ``day``, as a sheet keeps it.

    Raises `LookupError` for a day before the first template.
    """
    days = sorted(path.stem for path in (resource("papers") / kind).glob("*.toml"))
    past = [since for since in days if since <= day.isoformat()]
    if not past:
        raise LookupError(f"no template of {kind} for {day}")
    return f"{kind}/{past[-1]}"


@functools.cache
def template(name: str) -> Template:
    """Read the template that a sheet names."""
    path = resource("papers", f"{name}.toml")
    return msgspec.toml.decode(path.read_bytes(), type=Template)


LARGE: Final = 16 / 11
"""How much larger the text is in large type: 16 points instead of 11."""
_TITLE: Final = 20
"""What is as large as this is large enough."""


@functools.cache
def enlarged(name: str) -> Template:
    """Return a template in large type: the same words and widths, and rooms that grow."""
    usual = template(name)
    blocks = tuple(map(_enlarged, usual.blocks))
    return replace(usual, small=usual.small * LARGE, blocks=blocks)


def _enlarged(part: Any) -> Any:
    """Enlarge a block, or a row, cell or column of one."""
    changes: dict[str, Any] = {}
    for name in part.__struct_fields__:
        value = getattr(part, name)
        if name == "size":
            changes[name] = max(value, min(value * LARGE, _TITLE))
        elif name in ("height", "row_height", "keep"):
            changes[name] = value * LARGE
        elif isinstance(value, tuple):
            items = cast("tuple[Any, ...]", value)
            changes[name] = tuple(
                _enlarged(item) if isinstance(item, Struct) else item for item in items
            )
    if columns := getattr(part, "large_columns", ()):
        changes["columns"] = columns
    return replace(part, **changes)


def fill(text: str, facts: Mapping[str, Any]) -> str:
    """Put the facts into a text of a template; raise `KeyError` for one that is not there."""
    return "".join([part(facts) for part in _parts(text)])


@functools.cache
def is_fixed(text: str) -> bool:
    """Tell whether ``text`` is the same on all papers of a center."""
    return all(name.startswith("center") for name, _ in _FACT.findall(text))


Part = Callable[[Mapping[str, Any]], str]

_PART = re.compile(r"\[([^\[\]]*)\]|([^\[\]]+)")
_FACT = re.compile(r"\{([a-z_0-9]+)(?::([a-z]+))?\}")


@functools.cache
def _parts(text: str) -> Sequence[Part]:
    """Compile a text of a template."""
    return [
        _optional(optional) if optional else _plain(plain)
        for optional, plain in _PART.findall(text)
    ]


def _plain(text: str) -> Part:
    literals = _FACT.split(text)[::3]
    named = [(name, FORMS[form]) for name, form in _FACT.findall(text)]
    if not named:
        return lambda facts: text

    def filled(facts: Mapping[str, Any]) -> str:
        said = [literals[0]]
        for (name, form), literal in zip(named, literals[1:], strict=True):
            value = facts[name]
            said.append("" if value is None else form(value))
            said.append(literal)
        return "".join(said)

    return filled


def _optional(text: str) -> Part:
    names = [name for name, _ in _FACT.findall(text)]
    whole = _plain(text)
    # A sheet made before there was a fact does without the part that names it.
    return lambda facts: whole(facts) if all(_known(facts.get(name)) for name in names) else ""


def _known(value: Any) -> bool:
    """Tell whether there is something to print; a zero is known."""
    return bool(value) or (isinstance(value, int) and value is not False)


def _day(value: str) -> str:
    day = date.fromisoformat(value)
    return f"{day.year}年{day.month}月{day.day}日"


def _capital_day(value: str) -> str:
    return capital_day(date.fromisoformat(value))


def _numbered(items: Sequence[str]) -> str:
    return "\n".join(f"{place}. {item}" for place, item in enumerate(items, start=1))


FORMS: Final[Mapping[str, Callable[[Any], str]]] = {
    "": str,
    "day": _day,
    "capitalday": _capital_day,
    "yuan": yuan_text,
    "capitals": capitals,
    "list": "、".join,
    "lines": "\n".join,
    "semicolons": "；".join,
    "numbered": _numbered,
    "if": lambda value: "",  # only decides whether the bracketed part is printed
}
"""How a fact can be written."""
