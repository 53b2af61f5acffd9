"""Files to the bank and back, laid out as the bank wants them.

A layout is a document in ``resources/bank_layouts``: which columns in which order, how they are
parted, how amounts are written, and the same for the result that comes back. `write` makes the
file for a batch, `read_result` takes the answer apart. What a bank's file holds that cannot be
understood is told line by line; nothing is dropped.
"""

import functools
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, Final, Literal

import msgspec

from app.core.assets import resource
from app.core.contact import check_card, normalise_card
from app.core.errors import AppError, NotFound, Problem, RuleBroken
from app.core.i18n import N_
from app.core.money import Fen, NotAnAmount, parse_yuan, yuan_text

LineField = Literal["line", "account", "name", "amount", "bank", "purpose", "status", "reason"]
"""What a column of a payment can hold."""
BatchField = Literal["batch", "day", "payer_account", "count", "total", "paid_count", "paid_total"]
"""What a column of a header or totals line can hold."""


class Column(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One column of a line."""

    field: Literal[LineField, BatchField, "constant"]
    text: str = ""
    """What a constant says."""
    title: str = ""
    """The name in the line of titles."""
    width: int = 0
    """Bytes, in a file of fixed widths."""
    align: Literal["left", "right"] = "left"
    pad: str = " "


class Side(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One direction: what is sent, or what comes back."""

    columns: tuple[Column, ...]
    header: tuple[Column, ...] = ()
    titles: bool = False
    totals: tuple[Column, ...] = ()


class Status(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The bank's words for what became of a payment."""

    paid: tuple[str, ...]
    failed: dict[str, str]
    """The word and what it means."""


class Layout(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One layout: the document as it is written."""

    title: str
    form: Literal["delimited", "fixed", "workbook"]
    amounts: Literal["yuan", "fen"]
    file_name: str
    send: Side
    back: Side
    status: Status
    encoding: Literal["GB18030", "GBK", "UTF-8"] = "GB18030"
    separator: str = ""


@dataclass(frozen=True, kw_only=True)
class BankLine:
    """One payment as the bank is told it."""

    line: int
    """Its number in the batch, from 1; the result names it."""
    account: str
    name: str
    amount: Fen
    bank: str = ""
    purpose: str = ""


@dataclass(frozen=True, kw_only=True)
class BankBatch:
    """A frozen batch as the bank is told it."""

    number: str
    day: date
    payer_account: str
    lines: tuple[BankLine, ...]


@dataclass(frozen=True, kw_only=True)
class BankResultRow:
    """What the bank says became of one payment."""

    at: int
    """The line in the bank's file, from 1."""
    line: int
    """The number in the batch."""
    account: str
    name: str
    amount: Fen
    ok: bool
    reason: str
    """Why it was not paid; empty when it was."""


@dataclass(frozen=True, kw_only=True)
class BankFileProblem:
    """A line of the bank's file that cannot be taken as it stands."""

    at: int
    """The line in the file, from 1; 0 is the file as a whole."""
    text: str
    """The line as it stands."""
    problem: Problem

    def tell(self) -> str:
        """Return the sentence for the person, in the language in use."""
        return self.problem.tell()


@dataclass(frozen=True, kw_only=True)
class BankResult:
    """A bank's file taken apart. With problems, nothing should be booked before a look."""

    batch: str
    """The number of the batch as the header or totals line tells it; may be empty."""
    rows: tuple[BankResultRow, ...]
    problems: tuple[BankFileProblem, ...]


class LayoutDamaged(AppError):
    """A layout document cannot be used."""

    says = N_("The bank layout “{layout}” cannot be used: {problem}. Nothing was written.")


class NoSuchLayout(NotFound):
    """There is no layout of that name."""

    says = N_("There is no bank layout “{layout}”.")


class NotWritable(RuleBroken):
    """One payment cannot be written as the bank wants it; no file is made."""


class NotInEncoding(NotWritable):
    """A character that the bank's encoding lacks."""

    says = N_(
        "Payment {line}: the bank's file cannot hold “{character}” (encoding {encoding}). "
        "Ask the bank how it writes the holder's name, or take the payment out."
    )


class DoesNotFit(NotWritable):
    """A text longer than its column."""

    says = N_(
        "Payment {line}: “{text}” takes {count} bytes, the bank's column {width}. Please shorten "
        "it or take the payment out."
    )


class HoldsSeparator(NotWritable):
    """A text with the very sign that parts the columns, or with a line break."""

    says = N_(
        "Payment {line}: “{text}” holds a sign that parts columns or lines. Please take it out."
    )


class NotABankFile(AppError):
    """The file as a whole cannot be read."""

    says = N_("This is no bank result of the layout “{layout}”. Nothing was booked.")


_FOLDER: Final = "bank_layouts"
_AMOUNTS: Final = frozenset({"amount", "total", "paid_total"})
_COUNTS: Final = frozenset({"line", "count", "paid_count"})
_ONLY_BACK: Final = frozenset({"status", "reason", "paid_count", "paid_total"})
_LINE_END: Final = "\r\n"
_Row = tuple[tuple[Column, ...], Mapping[str, str | int], int]
"""Columns, their values, the number of the payment (0 for header and totals)."""


def layout_names() -> tuple[str, ...]:
    """Return the names of the layouts, for a choice."""
    return tuple(sorted(path.stem for path in resource(_FOLDER).glob("*.toml")))


@functools.cache
def layout(name: str) -> Layout:
    """Return the layout ``name``; raise `NoSuchLayout` or `LayoutDamaged`."""
    if name not in layout_names():
        raise NoSuchLayout(layout=name)
    return parse_layout(resource(_FOLDER, f"{name}.toml").read_bytes(), name)


def parse_layout(document: bytes, name: str) -> Layout:
    """Read a layout document; raise `LayoutDamaged` with what is wrong in it."""
    try:
        found = msgspec.toml.decode(document, type=Layout)
    except msgspec.DecodeError as error:
        raise LayoutDamaged(layout=name, problem=str(error)) from error
    wrong = next(_mistakes(found), None)
    if wrong:
        raise LayoutDamaged(layout=name, problem=wrong)
    return found


def _mistakes(found: Layout) -> Iterator[str]:
    """Yield what the types of a layout document cannot say."""
    if (found.form == "delimited") != bool(found.separator):
        yield "separator"
    for side in (found.send, found.back):
        for columns in (side.header, side.columns, side.totals):
            if found.form == "fixed" and any(column.width < 1 for column in columns):
                yield "width"
            if any(len(column.pad) != 1 for column in columns):
                yield "pad"
        for columns in (side.header, side.totals):
            if columns and not (columns[0].field == "constant" and columns[0].text):
                yield "header, totals: the first column is a constant text"
        if side.titles and not all(column.title for column in side.columns):
            yield "title"
    sent = (*found.send.header, *found.send.columns, *found.send.totals)
    if any(column.field in _ONLY_BACK for column in sent):
        yield "send: status, reason, paid_count, paid_total only come back"
    if not {"line", "account", "amount", "status"} <= {c.field for c in found.back.columns}:
        yield "back: line, account, amount, status"
    try:
        found.file_name.format(batch="1", day=date(2013, 1, 1))
    except (LookupError, ValueError) as error:
        yield f"file_name: {error}"


def file_name(layout: Layout, batch: BankBatch) -> str:
    """Return what the file for ``batch`` is called."""
    named = layout.file_name.format(batch=batch.number, day=batch.day)
    return re.sub(r'[\\/:*?"<>|\x00-\x1f]', "-", named)


def write(layout: Layout, batch: BankBatch) -> bytes:
    """Return the file for the bank, the same bytes for the same batch.

    Raises `NotInEncoding`, `DoesNotFit` or `HoldsSeparator`, each naming the payment.
    """
    return _written(layout, layout.send, batch, {})


def write_result(
    layout: Layout, batch: BankBatch, failed: Mapping[int, str] | None = None
) -> bytes:
    """Return what a bank would answer: for the demonstration, the tour and the tests.

    ``failed`` gives the bank's word (a key of ``layout.status.failed``) by number of payment.
    """
    return _written(layout, layout.back, batch, failed or {})


def _written(layout: Layout, side: Side, batch: BankBatch, failed: Mapping[int, str]) -> bytes:
    rows = list(_rows(layout, side, batch, failed))
    match layout.form:
        case "delimited":
            return b"".join(_delimited(layout, row) for row in rows)
        case "fixed":
            return b"".join(_fixed(layout, row) for row in rows)
        case "workbook":
            return _workbook(layout, batch, rows)


def _rows(
    layout: Layout, side: Side, batch: BankBatch, failed: Mapping[int, str]
) -> Iterator[_Row]:
    """Yield the lines of a file: header, titles, payments, totals."""
    paid = [line.amount for line in batch.lines if line.line not in failed]
    whole: dict[str, str | int] = {
        "batch": batch.number,
        "day": f"{batch.day:%Y%m%d}",
        "payer_account": batch.payer_account,
        "count": len(batch.lines),
        "total": sum(line.amount for line in batch.lines),
        "paid_count": len(paid),
        "paid_total": sum(paid),
    }
    if side.header:
        yield side.header, whole, 0
    if side.titles:
        yield tuple(_title(column) for column in side.columns), {}, 0
    for line in batch.lines:
        word = failed.get(line.line)
        yield (
            side.columns,
            {
                "line": line.line,
                "account": line.account,
                "name": line.name,
                "amount": line.amount,
                "bank": line.bank,
                "purpose": line.purpose,
                "status": layout.status.paid[0] if word is None else word,
                "reason": "" if word is None else layout.status.failed.get(word, ""),
            },
            line.line,
        )
    if side.totals:
        yield side.totals, whole, 0


def _title(column: Column) -> Column:
    return msgspec.structs.replace(column, field="constant", text=column.title)


def _text(layout: Layout, column: Column, values: Mapping[str, str | int]) -> str:
    if column.field == "constant":
        return column.text
    value = values[column.field]
    if column.field in _AMOUNTS and layout.amounts == "yuan":
        return "{}.{:02d}".format(*divmod(int(value), 100))
    return str(value)


def _delimited(layout: Layout, row: _Row) -> bytes:
    columns, values, line = row
    texts = [_text(layout, column, values) for column in columns]
    for text in texts:
        if layout.separator in text or not text.isprintable():
            raise HoldsSeparator(line=line, text=text)
    return _encoded(layout, layout.separator.join(texts) + _LINE_END, line)


def _fixed(layout: Layout, row: _Row) -> bytes:
    columns, values, line = row
    cells: list[bytes] = []
    for column in columns:
        text = _text(layout, column, values)
        if not text.isprintable():
            raise HoldsSeparator(line=line, text=text)
        cell, pad = _encoded(layout, text, line), column.pad.encode("ascii")
        if len(cell) > column.width:
            raise DoesNotFit(line=line, text=text, count=len(cell), width=column.width)
        left = column.align == "left"
        cells.append(cell.ljust(column.width, pad) if left else cell.rjust(column.width, pad))
    return b"".join(cells) + _LINE_END.encode()


def _encoded(layout: Layout, text: str, line: int) -> bytes:
    try:
        return text.encode(layout.encoding)
    except UnicodeEncodeError as error:
        character = error.object[error.start]
        raise NotInEncoding(line=line, character=character, encoding=layout.encoding) from error


def _workbook(layout: Layout, batch: BankBatch, rows: list[_Row]) -> bytes:
    """Write accounts as text and amounts as numbers, which the bank adds up."""
    import xlsxwriter  # noqa: PLC0415 # pyright: ignore[reportMissingTypeStubs] - heavy, on first use; it has no stubs

    file = io.BytesIO()
    book: Any = xlsxwriter.Workbook(file, {"in_memory": True})
    book.set_properties({"created": datetime.combine(batch.day, time())})
    amounts = book.add_format({"num_format": "0.00" if layout.amounts == "yuan" else "0"})
    sheet = book.add_worksheet()
    for place, (columns, values, _) in enumerate(rows):
        for column_place, column in enumerate(columns):
            text = _text(layout, column, values)
            if column.field in _AMOUNTS:
                sheet.write_number(place, column_place, Decimal(text), amounts)
            elif column.field in _COUNTS:
                sheet.write_number(place, column_place, int(text))
            else:
                sheet.write_string(place, column_place, text)
    book.close()
    return file.getvalue()


@dataclass(frozen=True)
class _Line:
    """One line of a bank's file: its number, how it looks, and what it is made of."""

    at: int
    text: str
    raw: bytes = b""
    cells: tuple[str, ...] = ()


class _Odd(Exception):
    """A line that cannot be taken as it stands; caught where lines are taken."""

    def __init__(self, field: str, code: str, says: str, **data: object) -> None:
        super().__init__(code)
        self.problem = Problem(field, code, says, data)


def read_result(layout: Layout, data: bytes) -> BankResult:
    """Take a bank's result apart: what became of each payment, and every line that is odd.

    Raises `NotABankFile` when not one line is of this layout.
    """
    side, body = layout.back, _lines(layout, data)
    rows: list[BankResultRow] = []
    taken: set[int] = set()
    wholes: list[tuple[_Line, dict[str, str]]] = []
    problems: list[BankFileProblem] = []
    for columns, place, code, says in (
        (side.header, 0, "no_header", N_("The line at the head of the file is missing.")),
        (_titles(side), 0, "no_titles", N_("The line with the names of the columns is missing.")),
        (side.totals, -1, "no_totals", N_("The line of totals at the end is missing.")),
    ):
        try:
            if columns:
                wholes.append((body[place], _values(layout, columns, body[place])))
                del body[place]
        except (_Odd, IndexError):
            problems.append(BankFileProblem(at=0, text="", problem=Problem("", code, says)))
    for line in body:
        try:
            rows.append(_result_row(layout, line, taken))
            taken.add(rows[-1].line)
        except _Odd as odd:
            problems.append(BankFileProblem(at=line.at, text=line.text, problem=odd.problem))
    if not rows and not wholes:
        raise NotABankFile(layout=layout.title)
    for line, whole in wholes:
        problems += _disagreements(layout, line, whole, rows)
    problems.sort(key=lambda problem: problem.at)
    number = next((whole["batch"] for _, whole in wholes if "batch" in whole), "")
    return BankResult(batch=number, rows=tuple(rows), problems=tuple(problems))


def _result_row(layout: Layout, line: _Line, taken: set[int]) -> BankResultRow:
    values = _values(layout, layout.back.columns, line)
    number, account, word = values["line"], normalise_card(values["account"]), values["status"]
    if not re.fullmatch("[0-9]{1,9}", number):
        says = N_("“{value}” is no number of a payment.")
        raise _Odd("line", "bad_line", says, value=number)
    if int(number) in taken:
        says = N_("Payment {line} stands in the file twice.")
        raise _Odd("line", "line_twice", says, line=int(number))
    wrong = check_card(account, field="account")
    if wrong is not None:
        raise _Odd("account", "bad_account", wrong.says, **wrong.data)
    if word not in layout.status.paid and word not in layout.status.failed:
        says = N_("The bank's word “{value}” is not known; ask the bank what it means.")
        raise _Odd("status", "unknown_status", says, value=word)
    ok = word in layout.status.paid
    return BankResultRow(
        at=line.at,
        line=int(number),
        account=account,
        name=values.get("name", ""),
        amount=_amount(layout, values["amount"]),
        ok=ok,
        reason="" if ok else values.get("reason") or layout.status.failed[word],
    )


def _disagreements(
    layout: Layout, line: _Line, whole: dict[str, str], rows: list[BankResultRow]
) -> Iterator[BankFileProblem]:
    """Yield where a header or totals line says other sums than the payments add up to."""
    paid = [row.amount for row in rows if row.ok]
    sums = {
        "count": len(rows),
        "total": sum(row.amount for row in rows),
        "paid_count": len(paid),
        "paid_total": sum(paid),
    }
    for field, found in sums.items():
        if field not in whole:
            continue
        show = yuan_text if field in _AMOUNTS else str
        try:
            value = _amount(layout, whole[field]) if field in _AMOUNTS else int(whole[field] or 0)
            told = show(value)
        except (_Odd, ValueError):
            told = whole[field]
        if told != show(found):
            says = N_("The bank's file says {told}; its payments add up to {added}.")
            data: dict[str, object] = {"told": told, "added": show(found)}
            problem = Problem(field, "totals_disagree", says, data)
            yield BankFileProblem(at=line.at, text=line.text, problem=problem)


def _amount(layout: Layout, text: str) -> Fen:
    try:
        if layout.amounts == "yuan":
            return parse_yuan(text)
        if re.fullmatch("[0-9]{1,15}", text or "0"):
            return Fen(int(text or "0"))
    except NotAnAmount:
        pass
    raise _Odd("amount", "bad_amount", N_("“{value}” is no amount."), value=text)


def _values(layout: Layout, columns: tuple[Column, ...], line: _Line) -> dict[str, str]:
    """Return the values of a line by field; raise `_Odd` when it is not made of ``columns``."""
    cells = _cells(layout, columns, line)
    if len(cells) != len(columns):
        raise _Odd(
            "",
            "short_row" if len(cells) < len(columns) else "long_row",
            N_("The line has {count} columns; {expected} are expected."),
            count=len(cells),
            expected=len(columns),
        )
    for column, cell in zip(columns, cells, strict=True):
        if column.field == "constant" and cell != column.text:
            says = N_("The line begins otherwise than a payment: “{value}”.")
            raise _Odd("", "unknown_row", says, value=cell)
    return {column.field: cell for column, cell in zip(columns, cells, strict=True)}


def _cells(layout: Layout, columns: tuple[Column, ...], line: _Line) -> list[str]:
    if layout.form == "workbook":
        width = max([place for place, cell in enumerate(line.cells, 1) if cell] + [len(columns)])
        return [*line.cells[:width], *[""] * (width - len(line.cells))]
    if layout.form == "delimited":
        return [cell.strip() for cell in _decoded(layout, line.raw).split(layout.separator)]
    widths = [column.width for column in columns]
    # Blanks at the end of a line may be lost on the way, nothing else.
    filled = line.raw.rstrip(b" ").ljust(sum(widths))
    shortest = sum(widths[:-1]) if columns[-1].pad == " " else sum(widths)
    if len(filled) > sum(widths) or len(line.raw) < shortest:
        raise _Odd(
            "",
            "long_row" if len(filled) > sum(widths) else "short_row",
            N_("The line has {count} bytes; {expected} are expected."),
            count=len(line.raw),
            expected=sum(widths),
        )
    cells: list[str] = []
    start = 0
    for column in columns:
        cell = _decoded(layout, filled[start : start + column.width])
        cells.append(cell.rstrip(column.pad) if column.align == "left" else cell.lstrip(column.pad))
        start += column.width
    return cells


def _decoded(layout: Layout, raw: bytes) -> str:
    try:
        return raw.decode(layout.encoding)
    except UnicodeDecodeError:
        says = N_("The line is not written in {encoding}, or its columns are shifted.")
        raise _Odd("", "unreadable", says, encoding=layout.encoding) from None


def _titles(side: Side) -> tuple[Column, ...]:
    return tuple(_title(column) for column in side.columns) if side.titles else ()


def _lines(layout: Layout, data: bytes) -> list[_Line]:
    """Return the lines of a file that hold anything, each with its number."""
    if layout.form == "workbook":
        return _sheet(layout, data)
    if layout.encoding == "UTF-8":
        data = data.removeprefix(b"\xef\xbb\xbf")
    found: list[_Line] = []
    for at, raw in enumerate(data.split(b"\n"), start=1):
        bare = raw.rstrip(b"\r")
        if bare.strip():
            found.append(_Line(at, bare.decode(layout.encoding, errors="replace"), bare))
    return found


def _sheet(layout: Layout, data: bytes) -> list[_Line]:
    from python_calamine import (  # noqa: PLC0415 - heavy, on first use
        CalamineError,
        CalamineWorkbook,
    )

    try:
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0)
    except CalamineError as error:
        raise NotABankFile(layout=layout.title) from error
    found: list[_Line] = []
    for at, row in enumerate(sheet.to_python(skip_empty_area=False), start=1):
        cells = tuple(_cell_text(value) for value in row)
        if any(cells):
            found.append(_Line(at, " | ".join(cells), cells=cells))
    return found


def _cell_text(value: object) -> str:
    """Return a cell as text. A whole number that a spreadsheet keeps exactly has no point."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 10**15:
        return str(int(value))
    return str(value).strip()
