"""The document that says how a register of loans looks (``loans.toml``), and how its words and
numbers are read: terms, rates, shares of the subsidy, methods of repayment.
"""

import functools
import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Final

from app.core.i18n import N_
from app.core.words.loans import RepaymentMethod
from app.exchange.archive_document import bare_title, bare_word, read_document
from app.exchange.archive_problems import Odd
from app.exchange.archive_words import Meaning, unknown
from app.exchange.registers import RegisterShape, has_titles
from app.exchange.workbook import Workbook

TELLING: Final = frozenset({"principal", "months", "rate", "method", "lent_on"})
"""Columns by which a sheet of loans is known: no other workbook has two of them."""
_MONTHS: Final = re.compile(r"(\d{1,3})\s*(?:个)?月?", re.ASCII)
_YEARS: Final = re.compile(r"(\d{1,2})\s*年", re.ASCII)
_NUMBER: Final = re.compile(r"\d{1,3}(?:\.\d+)?")
_LONGEST: Final = 120
_MILLIONTHS: Final = 10_000
_HIGHEST: Final = Decimal(36)
"""Percent a year; no rate of a guaranteed loan is anywhere near it."""
_FRACTION: Final = Decimal("0.5")
"""Below it a cell holds the rate itself where percent are asked for: 4.35 % as 0.0435."""


class LoansShape(RegisterShape, frozen=True, forbid_unknown_fields=True):
    """The document of the columns and of the words."""

    method: Mapping[RepaymentMethod, tuple[str, ...]]
    share: Mapping[str, tuple[str, ...]]


@functools.cache
def loans_shape() -> LoansShape:
    """Return how a register of loans looks. Raises `ArchiveDocumentDamaged`."""
    return read_document("loans.toml", LoansShape)


@functools.cache
def names() -> Mapping[str, Meaning]:
    """Return the readers of the columns whose cells are words or numbers of loans."""
    return {"months": _months, "rate": _rate, "share": _share, "method": _method}


def usual_words(field: str) -> tuple[str, ...]:
    """Return the words that the cells of a column can have; nothing where it is no list."""
    return tuple(said[0] for said in loans_shape().method.values()) if field == "method" else ()


@functools.cache
def shared_in_loans() -> frozenset[str]:
    """Return the fields of which one value can hold for every row."""
    shared = {column.field for column in loans_shape().columns if column.shared}
    return frozenset(shared - {"principal", "lent_on"} | {"bank"})


def looks_like_loans(book: Workbook) -> bool:
    """Tell by the titles whether a workbook is a register of loans."""
    own = frozenset(
        bare_title(title)
        for column in loans_shape().columns
        if column.field in {"rate", "method", "months", "share"}
        for title in (column.title, *column.also)
    )
    return has_titles(book, own)


def _months(text: str) -> object:
    """Read a term: ``24``, ``24个月``, ``2年``."""
    if not bare_word(text):
        return None
    years = _YEARS.fullmatch(text.strip())
    months = _MONTHS.fullmatch(text.strip())
    count = int(years[1]) * 12 if years else int(months[1]) if months else 0
    if 1 <= count <= _LONGEST:
        return count
    return Odd(code="bad_months", data={"value": text})


def _rate(text: str) -> object:
    """Read a rate a year in percent as whole millionths; the bare rate is offered as percent."""
    if not bare_word(text):
        return None
    percent = _percent(text)
    if percent is None or percent > _HIGHEST:
        return Odd(code="bad_rate", data={"value": text})
    if not text.strip().endswith(("%", "％")) and 0 < percent < _FRACTION:
        offer = f"{(percent * 100).normalize():f}%"
        return Odd(
            code="bad_rate",
            says=N_("{value} percent a year is hardly meant; as percent it would be {offer}."),
            data={"value": text, "offer": offer},
            offer=offer,
        )
    millionths = percent * _MILLIONTHS
    if millionths != int(millionths):
        return Odd(code="bad_rate", data={"value": text})
    return int(millionths)


def _share(text: str) -> object:
    """Read which part of the interest is subsidised, in percent."""
    said = {bare_word(word): int(key) for key, all_ in loans_shape().share.items() for word in all_}
    bare = bare_word(text)
    if bare in said:
        return said[bare]
    if not bare:
        return None
    percent = _percent(text)
    if percent is not None and 0 < percent <= 1 and not text.strip().endswith(("%", "％")):
        percent *= 100
    if percent is None or percent > 100 or percent != int(percent):
        return Odd(code="bad_share", data={"value": text})
    return int(percent)


def _percent(text: str) -> Decimal | None:
    bare = text.strip().removesuffix("%").removesuffix("％").strip()
    try:
        return Decimal(bare) if _NUMBER.fullmatch(bare) else None
    except InvalidOperation:  # a digit of another script
        return None


def _method(text: str) -> object:
    said = {
        bare_word(word): method for method, all_ in loans_shape().method.items() for word in all_
    }
    bare = bare_word(text)
    if bare in said:
        return said[bare]
    return unknown(text, bare, {word: said_of(method) for word, method in said.items()})


def said_of(method: RepaymentMethod) -> str:
    """Return the usual word of a method in registers (exchange.md, section 4)."""
    return loans_shape().method[method][0]
