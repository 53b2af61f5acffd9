"""Takes a bank's result apart: what became of each payment, and every line that is odd.

A line that cannot be understood is told with its number and its text; none is dropped.
"""

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.core.contact import check_card, normalise_card
from app.core.errors import AppError, Problem
from app.core.i18n import N_
from app.core.money import Fen, NotAnAmount, parse_yuan, yuan_text
from app.exchange.bank_layout import AMOUNTS, Column, Layout, title_columns


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

    @property
    def answer(self) -> tuple[str, Fen, bool]:
        """Return what it says of the payment, wherever and why it says so."""
        return self.account, self.amount, self.ok


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


class NotABankFile(AppError):
    """The file as a whole cannot be read."""

    says = N_("This is no bank result of the layout “{layout}”. Nothing was booked.")


_CJK = "\u2000"
"""Below this no sign of a Chinese text stands: GB18030 bytes may pass for UTF-8 with such."""


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
    read: list[tuple[_Line, BankResultRow]] = []
    wholes: list[tuple[_Line, dict[str, str]]] = []
    problems: list[BankFileProblem] = []
    for columns, place, code, says in (
        (side.header, 0, "no_header", N_("The line at the head of the file is missing.")),
        (
            title_columns(side),
            0,
            "no_titles",
            N_("The line with the names of the columns is missing."),
        ),
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
            read.append((line, _result_row(layout, line)))
        except _Odd as odd:
            problems.append(BankFileProblem(at=line.at, text=line.text, problem=odd.problem))
    if not read and not wholes:
        raise NotABankFile(layout=layout.title)
    rows, told_twice = _told_once(read)
    problems += told_twice
    for line, whole in wholes:
        problems += _disagreements(layout, line, whole, rows)
    problems.sort(key=lambda problem: problem.at)
    number = next((whole["batch"] for _, whole in wholes if "batch" in whole), "")
    return BankResult(batch=number, rows=tuple(rows), problems=tuple(problems))


def _told_once(
    read: Sequence[tuple[_Line, BankResultRow]],
) -> tuple[list[BankResultRow], list[BankFileProblem]]:
    """Return one answer to each payment, and the lines that say it again; of two answers that
    differ none is taken."""
    said: dict[int, set[tuple[str, Fen, bool]]] = {}
    for _at, row in read:
        said.setdefault(row.line, set()).add(row.answer)
    rows: dict[int, BankResultRow] = {}
    problems: list[BankFileProblem] = []
    for line, row in read:
        if len(said[row.line]) > 1:
            says = N_(
                "Payment {line} stands in the file with different answers; none is taken. Ask the "
                "bank which one holds."
            )
        elif row.line in rows:
            says = N_("Payment {line} stands in the file twice.")
        else:
            rows[row.line] = row
            continue
        problem = Problem("line", "line_twice", says, {"line": row.line})
        problems.append(BankFileProblem(at=line.at, text=line.text, problem=problem))
    return list(rows.values()), problems


def _result_row(layout: Layout, line: _Line) -> BankResultRow:
    values = _values(layout, layout.back.columns, line)
    number, account, word = values["line"], normalise_card(values["account"]), values["status"]
    if not re.fullmatch("[0-9]{1,9}", number):
        says = N_("“{value}” is no number of a payment.")
        raise _Odd("line", "bad_line", says, value=number)
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
        show = yuan_text if field in AMOUNTS else str
        try:
            value = _amount(layout, whole[field]) if field in AMOUNTS else int(whole[field] or 0)
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


def _lines(layout: Layout, data: bytes) -> list[_Line]:
    """Return the lines of a file that hold anything, each with its number."""
    if layout.form == "workbook":
        return _sheet(layout, data)
    found: list[_Line] = []
    data = _in_its_encoding(layout, data)
    for at, raw in enumerate(data.split(b"\n"), start=1):
        bare = raw.rstrip(b"\r")
        if bare.strip():
            found.append(_Line(at, bare.decode(layout.encoding, errors="replace"), bare))
    return found


def _in_its_encoding(layout: Layout, data: bytes) -> bytes:
    """Return a file in the encoding of its layout when it was saved in another meanwhile."""
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        text = data.decode("UTF-8")
        if layout.encoding == "UTF-8" or all(s.isascii() or s >= _CJK for s in text):
            return text.encode(layout.encoding)
    except UnicodeError:
        pass
    try:
        return data.decode("GB18030").encode(layout.encoding)
    except UnicodeError:
        return data


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
