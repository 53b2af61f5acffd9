"""Makes the file for the bank from a frozen batch and a layout.

The same batch gives the same bytes. What cannot be written stops with its payment named: nothing
is cut, replaced or left out.
"""

import io
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime, time
from decimal import Decimal
from typing import Any, Final

from app.core.errors import RuleBroken
from app.core.i18n import N_
from app.exchange.bank_layout import (
    AMOUNTS,
    COUNTS,
    BankBatch,
    Column,
    Layout,
    Side,
    title_columns,
)


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


class OtherAccount(NotWritable):
    """An account that is none of this bank's."""

    says = N_(
        "Payment {line}: accounts of this bank have {least} to {most} digits and nothing else; "
        "this has {count} signs. Compare it with the card, or take the payment out."
    )


_LINE_END: Final = "\r\n"
_Row = tuple[tuple[Column, ...], Mapping[str, str | int], int]
"""Columns, their values, the number of the payment (0 for header and totals)."""


def write(layout: Layout, batch: BankBatch) -> bytes:
    """Return the file for the bank, the same bytes for the same batch.

    Raises `NotInEncoding`, `DoesNotFit`, `HoldsSeparator` or `OtherAccount`, each naming the
    payment.
    """
    least, most = layout.accounts
    for line in batch.lines:
        digits = line.account.isascii() and line.account.isdigit()
        if not digits or not least <= len(line.account) <= most:
            count = len(line.account)
            raise OtherAccount(line=line.line, least=least, most=most, count=count)
    return _written(layout, layout.send, batch, {})


def odd_lines(layout: Layout, batch: BankBatch) -> Iterator[tuple[int, NotWritable]]:
    """Yield every payment that the bank's layout cannot hold, with what is wrong."""
    try:
        write(layout, batch)
    except NotWritable:
        pass  # now one by one
    else:
        return
    for line in batch.lines:
        try:
            write(layout, replace(batch, lines=(line,)))
        except NotWritable as error:
            yield line.line, error


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
        yield title_columns(side), {}, 0
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


def _text(layout: Layout, column: Column, values: Mapping[str, str | int]) -> str:
    if column.field == "constant":
        return column.text
    value = values[column.field]
    if column.field in AMOUNTS and layout.amounts == "yuan":
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
            if column.field in AMOUNTS:
                sheet.write_number(place, column_place, Decimal(text), amounts)
            elif column.field in COUNTS:
                sheet.write_number(place, column_place, int(text))
            else:
                sheet.write_string(place, column_place, text)
    book.close()
    return file.getvalue()
