"""Files to the bank and back, laid out as the bank wants them: the documents that say how.

A layout is a document in ``resources/bank_layouts``: which columns in which order, how they are
parted, how amounts are written, and the same for the result that comes back. `bank_file` makes the
file for a batch, `bank_result` takes the answer apart.
"""

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

import msgspec

from app.core.assets import resource
from app.core.errors import AppError, NotFound
from app.core.i18n import N_
from app.core.money import Fen

LineField = Literal["line", "account", "name", "amount", "bank", "purpose", "status", "reason"]
"""What a column of a payment can hold."""
BatchField = Literal["batch", "day", "payer_account", "count", "total", "paid_count", "paid_total"]
"""What a column of a header or totals line can hold."""
AMOUNTS: Final = frozenset({"amount", "total", "paid_total"})
"""The columns that hold money."""
COUNTS: Final = frozenset({"line", "count", "paid_count"})
"""The columns that hold a whole number."""


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
    accounts: tuple[int, int] = (12, 19)
    """The fewest and the most digits of an account that this bank takes."""


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


class LayoutDamaged(AppError):
    """A layout document cannot be used."""

    says = N_("The bank layout “{layout}” cannot be used: {problem}. Nothing was written.")


class NoSuchLayout(NotFound):
    """There is no layout of that name."""

    says = N_("There is no bank layout “{layout}”.")


_FOLDER: Final = "bank_layouts"
_ONLY_BACK: Final = frozenset({"status", "reason", "paid_count", "paid_total"})


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
    if not 1 <= found.accounts[0] <= found.accounts[1]:
        yield "accounts"
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


def names_the_payer(layout: Layout) -> bool:
    """Tell whether the file for the bank names the account that pays."""
    columns = (*layout.send.header, *layout.send.columns, *layout.send.totals)
    return any(column.field == "payer_account" for column in columns)


def title_columns(side: Side) -> tuple[Column, ...]:
    """Return the line of titles as columns of constants; empty when there is none."""
    if not side.titles:
        return ()
    return tuple(
        msgspec.structs.replace(column, field="constant", text=column.title)
        for column in side.columns
    )
