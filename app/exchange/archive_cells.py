"""Reads the cells of a column, each kind in its way.

A reader takes what stands in the cell and gives its value, or an `Odd` that says what is wrong.
Columns of few different values remember them; names and numbers of people, which differ from row
to row, are looked at once by a pattern, and taken apart only when they do not fit it.
"""

import functools
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from app.core.contact import normalise_phone
from app.core.days import read_day
from app.core.i18n import N_
from app.core.money import NotAnAmount, parse_yuan
from app.core.text import normalise
from app.core.words import Answer
from app.exchange.archive_document import Column, Kind
from app.exchange.archive_numbers import read_card, resident_ids
from app.exchange.archive_problems import Odd
from app.exchange.archive_words import (
    Meaning,
    ailment,
    district_of,
    sex,
    state,
    word_of,
    yes_no,
)
from app.exchange.workbook import Cell

Reader = Callable[[Cell], object]

BLANKS: Final[dict[Kind, object]] = {
    **dict.fromkeys(("text", "id", "card", "phone", "state"), ""),
    "yes_no": Answer.NOT_ASKED,
    "words": (),
}
"""What an empty cell gives, where it is not `None`."""

_REMEMBERED: Final = 50_000
_LINES: Final = 1000
"""Characters from which a text may have several lines."""
_SIGNS: Final = r"!-~\u3400-\u9fff、。“”《》（）：；·"
_PLAIN: Final = re.compile(rf"[{_SIGNS}]*")
_PLAIN_COLUMNS: Final[dict[Kind, re.Pattern[str]]] = {
    "text": re.compile(rf"[{_SIGNS}\n]*"),
    "phone": re.compile(r"(?:1[3-9]\d{9})?(?:\n(?:1[3-9]\d{9})?)*", re.ASCII),
}
"""Texts, one a line, that are kept as they stand."""
_DIFFERENT: Final = frozenset({"text", "id", "card", "phone"})
"""Kinds of which the cells differ from row to row."""
_UNSAID: Final = frozenset("-—/\\、.*") | {"", "--", "——", "无", "暂无", "不详", "未知", "无记录"}
_ISO: Final = re.compile(
    r"(\d{4})\s*(?:[-/.]|年)\s*(\d{1,2})\s*(?:[-/.]|月)\s*(\d{1,2})\s*日?"
    r"(?:[ T]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?",
    re.ASCII,
)
_EIGHT: Final = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
_MONTH: Final = re.compile(r"(\d{4})\s*(?:[-/.]|年)\s*(\d{1,2})\s*月?()", re.ASCII)
_AMERICAN: Final = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})", re.ASCII)
_CHINESE: Final = str.maketrans("〇零一二三四五六七八九", "00123456789")
_FIRST_YEAR: Final = 1900
_NUMBER: Final = re.compile(r"-?\d[\d,]*(?:\.\d+)?", re.ASCII)
_UNIT: Final = re.compile(r"(?:平方米|平米|平方|平|㎡|m2|m²|人|口|户)$", re.IGNORECASE)
_PEOPLE: Final = re.compile(r"(?:口之家|口人|个人|[人口户个名位])$")
_SPOKEN: Final = str.maketrans("壹贰叁肆伍陆柒捌玖拾两俩仨", "123456789十223")
_BAND: Final = re.compile(r"[≤≥<>＜＞]?\s*\d+\s*(?:[-~—至]\s*\d+)?(?:以上|以下|以内)?")
_MOST_PEOPLE: Final = 30
_MOST_CAUSES: Final = 3
"""Secondary causes of the national form; further ones are kept in the note."""
_LARGEST: Final = 9_999_00
"""Hundredths of a square metre."""


class Remembering(dict[Cell, object]):
    """Reads each different cell once."""

    def __init__(self, read: Reader, blank: object) -> None:
        super().__init__({"": blank})
        self._read = read
        self.odd = False
        """True once a cell was odd."""

    def __missing__(self, cell: Cell) -> object:
        value = self._read(cell)
        self.odd = self.odd or isinstance(value, Odd)
        if len(self) < _REMEMBERED:
            self[cell] = value
        return value


class ColumnReader:
    """Reads the cells of one column, many at once."""

    def __init__(
        self,
        column: Column,
        *,
        today: date,
        starts_1904: bool,
        scale: int = 1,
        names: Mapping[str, Meaning] | None = None,
    ) -> None:
        self.column = column
        self.replaced: dict[str, str] = {}
        """What stands in cells, and what is read instead."""
        self._plain = _PLAIN_COLUMNS.get(column.kind)
        read = reader_of(
            column, today=today, starts_1904=starts_1904, scale=scale, names=names or {}
        )
        self._memory = None
        if column.kind not in _DIFFERENT:
            self._memory = Remembering(read, BLANKS.get(column.kind))
            read = self._memory.__getitem__
        self._read: Reader = read

    def read(self, cells: Sequence[Cell]) -> list[object]:
        """Return the values of the cells; what is odd among them is an `Odd`."""
        if self.replaced:
            cells = [self.replaced.get(plain_text(cell), cell) for cell in cells]
        if self._plain and self._all_plain(cells, self._plain):
            return list(cells)
        return list(map(self._read, cells))

    def may_be_odd(self, values: list[object]) -> bool:
        """Tell whether one of the values that were read last is odd."""
        if self._memory is not None and not self._memory.odd:
            return False
        return Odd in map(type, values)

    def _all_plain(self, cells: Sequence[Cell], plain: re.Pattern[str]) -> bool:
        """Tell whether all cells are texts that need no look of their own."""
        texts: Sequence[Any] = cells
        try:
            joined = "\n".join(texts)
        except TypeError:
            return False
        return plain.fullmatch(joined) is not None and max(map(len, texts)) <= self.column.most


def reader_of(
    column: Column,
    *,
    today: date,
    starts_1904: bool,
    scale: int = 1,
    names: Mapping[str, Meaning] | None = None,
) -> Reader:
    """Return the reader of the cells of a column, one by one.

    ``scale`` is how many yuan one in the column means; ``names`` read the words of lists that
    are no code lists.
    """
    match column.kind:
        case "text":
            return text_of(column.most)
        case "id":
            return resident_ids(today)
        case "card":
            return read_card
        case "phone":
            return read_phone
        case "day":
            return day_of(today, starts_1904=starts_1904)
        case "yuan":
            return yuan_of(scale)
        case "count":
            return read_count
        case "area":
            return read_area
        case "words":
            return words_of(column.list)
        case "code":
            return _meaning(word_of(column.list))
        case "named":
            return _meaning((names or {})[column.list])
        case "yes_no":
            return _meaning(functools.partial(yes_no, asked=column.title))
        case kind:
            meanings = {"district": district_of, "sex": sex}
            meanings |= {"state": state, "ailment": ailment}
            return _meaning(meanings[kind])


def plain_text(cell: Cell) -> str:
    """Return what a cell shows, in the form in which text is kept; a whole number has no point."""
    if isinstance(cell, str):
        return normalise(cell)
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else f"{cell:.15g}"
    if isinstance(cell, datetime) and cell.time() == datetime.min.time():
        cell = cell.date()
    return str(cell)


def text_of(most: int) -> Reader:
    """Return a reader of texts of at most ``most`` characters."""

    def read(cell: Cell) -> object:
        if isinstance(cell, str) and len(cell) <= most and _PLAIN.fullmatch(cell):
            return cell
        text = plain_text(cell)
        if most < _LINES:
            text = " ".join(text.split())
        if len(text) > most:
            return Odd(value="", code="too_long", data={"most": most, "count": len(text)})
        return text

    return read


def read_phone(cell: Cell) -> object:
    """Read a telephone number; one that cannot be is kept as it stands."""
    if isinstance(cell, str) and len(cell) == 11 and cell.isdigit() and cell.isascii():
        return cell
    number = normalise_phone(plain_text(cell))
    return "" if number in _UNSAID else number[:40]


def _meaning(meaning: Meaning) -> Reader:
    def read(cell: Cell) -> object:
        return meaning(plain_text(cell))

    return read


def words_of(name: str) -> Reader:
    """Return a reader of several words of a code list, parted by 、 or ；."""
    meaning = word_of(name)

    def read(cell: Cell) -> object:
        found: list[str] = []
        notes: list[str] = []
        for said in re.split(r"[、；;，,\n|]+", plain_text(cell)):
            word = meaning(said.strip())
            if isinstance(word, Odd):
                if word.code:
                    return word
                notes.append(word.note)
                word = word.value
            if isinstance(word, str) and word not in found:
                found.append(word)
        notes += found[_MOST_CAUSES:]
        value = tuple(found[:_MOST_CAUSES])
        return Odd(value=value, note="、".join(notes)) if notes else value

    return read


def day_of(today: date, *, starts_1904: bool) -> Reader:
    """Return a reader of days that are over or today; numbers are days of the spreadsheet."""
    epoch = date(1904, 1, 1) if starts_1904 else date(1899, 12, 30)

    def read(cell: Cell) -> object:
        text = plain_text(cell)
        if text in _UNSAID:
            return None
        match cell:
            case bool():
                found = None
            case datetime():
                found = cell.date()
            case date():
                found = cell
            case int() | float() if 1 <= cell < 100_000:
                found = epoch + timedelta(days=int(cell))
            case _:
                found = _day(_ISO.fullmatch(text) or _EIGHT.fullmatch(text))
        if found and found.year >= _FIRST_YEAR and found <= today:
            return found
        offer = _likely_day(text, today)
        return Odd(code="bad_date", data={"value": text[:40]}, offer=offer)

    return read


def _day(found: re.Match[str] | None) -> date | None:
    try:
        return date(int(found[1]), int(found[2]), int(found[3] or 1)) if found else None
    except ValueError:
        return None


def _likely_day(text: str, today: date) -> str:
    """Return the day that is probably meant; empty when there is none."""
    text = text.translate(_CHINESE)
    day = _day(_ISO.fullmatch(text) or _MONTH.fullmatch(text))
    if day is None and (american := _AMERICAN.fullmatch(text)):
        month, number, year = american.groups()
        day = _day(_ISO.fullmatch(f"{year}-{month}-{number}"))
        day = day or _day(_ISO.fullmatch(f"{year}-{number}-{month}"))
    if day is None and re.fullmatch(r"\d{2}\D\d{1,2}\D\d{1,2}日?|\d{6}", text, re.ASCII):
        day = read_day(text, today)
    return day.isoformat() if day and day.year >= _FIRST_YEAR and day <= today else ""


def yuan_of(scale: int) -> Reader:
    """Return a reader of amounts, into fen."""

    def read(cell: Cell) -> object:
        if isinstance(cell, float) and scale == 1 and 0 <= cell < 1e12:
            fen = round(cell * 100)
            if fen / 100 == cell:
                return fen
        text = _in_yuan(plain_text(cell), scale)
        if text in _UNSAID - {"无"}:
            return None
        try:
            return parse_yuan(text)
        except NotAnAmount as odd:
            return Odd(code=odd.code, data={"value": text[:40]}, offer=_likely_yuan(text, odd.code))

    return read


def _in_yuan(text: str, scale: int) -> str:
    """Return an amount that is counted in thousands or ten thousands as one in yuan."""
    if scale == 1 or not _NUMBER.fullmatch(text):
        return text
    return f"{Decimal(text.replace(',', '')) * scale:f}"


def _likely_yuan(text: str, code: str) -> str:
    """Return the amount that is probably meant; empty when there is none."""
    if text == "无":
        return "0"
    found = _NUMBER.findall(text)
    if code == "negative_amount" or len(found) != 1 or found[0].startswith("-"):
        return ""
    try:
        amount = Decimal(found[0].replace(",", "")) * (10_000 if "万" in text else 1)
        return f"{amount.quantize(Decimal('0.01'), 'ROUND_HALF_UP'):f}"
    except InvalidOperation:
        return ""


def read_count(cell: Cell) -> object:
    """Read how many people there are."""
    said = plain_text(cell)
    text = _PEOPLE.sub("", said).strip()
    if text in _UNSAID:
        return None
    if re.fullmatch(r"\d{1,9}", text, re.ASCII) and 0 < int(text) <= _MOST_PEOPLE:
        return int(text)
    negative = re.fullmatch(r"-\d+", text, re.ASCII)
    code, says = "bad_amount", N_("“{value}” is no number of people.")
    if negative:
        code, says = "negative_amount", ""
    mend = N_("Write the number of people in digits, such as 3.")
    return Odd(code=code, says=says, data={"value": said[:40]}, offer=_counted(text), mend=mend)


def _counted(text: str) -> str:
    """Return a number up to 30 that is written in characters, in digits; empty for others."""
    found = re.fullmatch(r"([1-3]?)(十?)([1-9]?)", text.translate(_CHINESE).translate(_SPOKEN))
    if not found or not text:
        return ""
    tens = int(found[1] or 1) if found[2] else 0
    ones = int(found[3] or 0) if found[2] else int(found[1] + found[3])
    number = 10 * tens + ones
    return str(number) if number <= _MOST_PEOPLE else ""


def read_area(cell: Cell) -> object:
    """Read an area, into hundredths of a square metre; a band of the old form is kept as a note."""
    text = _UNIT.sub("", plain_text(cell)).strip()
    if text in _UNSAID:
        return None
    try:
        area = int(Decimal(text.replace(",", "")).quantize(Decimal("0.01"), "ROUND_HALF_UP") * 100)
    except (InvalidOperation, ValueError):
        if _BAND.fullmatch(text):
            return Odd(note=text)
        area = -1
    if 0 <= area <= _LARGEST:
        return area or None
    says = N_("“{value}” is no area.")
    offer = _likely_yuan(text, "")
    return Odd(code="bad_amount", says=says, data={"value": text[:40]}, offer=offer)
