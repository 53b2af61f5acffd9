"""Dated values: the dibao lines and the minimum wages, each from a day to a day.

A day that no row covers is unknown. Nothing is carried forward past the end of a row.
"""

import functools
import itertools
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Annotated

import msgspec

from app.core.i18n import N_
from app.core.kinds import Amount, Choice, Day, Flag, Text
from app.core.money import Fen
from app.core.record import Record
from app.core.words import Word
from app.reference.documents import ReferenceDamaged, folder, read


class ValueKind(Word):
    """What a dated value is."""

    DIBAO_LINE = "dibao_line", N_("Dibao line")
    MINIMUM_WAGE = "minimum_wage", N_("Minimum wage")


class ValueArea(Word):
    """Where a dated value applies. `app.reference.districts` says which district lies where."""

    DISTRICTS = "districts", N_("City districts")
    COUNTIES = "counties", N_("Counties")
    TIER_1 = "tier_1", N_("Tier 1")
    TIER_2 = "tier_2", N_("Tier 2")
    TIER_3 = "tier_3", N_("Tier 3")
    TIER_4 = "tier_4", N_("Tier 4")


AREAS: dict[ValueKind, tuple[ValueArea, ...]] = {
    ValueKind.DIBAO_LINE: (ValueArea.DISTRICTS, ValueArea.COUNTIES),
    ValueKind.MINIMUM_WAGE: (
        ValueArea.TIER_1,
        ValueArea.TIER_2,
        ValueArea.TIER_3,
        ValueArea.TIER_4,
    ),
}
"""The areas each kind is set for."""


class Origin(Word):
    """Who put a dated value in."""

    SHIPPED = "shipped", N_("Came with the program")
    CENTER = "center", N_("Entered by the center")


class Confidence(Word):
    """How sure a figure is, amount and dates together: the weaker of the two counts."""

    CONFIRMED = "confirmed", N_("Confirmed by the center")
    SEEN = "seen", N_("Seen in a source")
    WEAK = "weak", N_("Seen only in weak sources")
    DEDUCED = "deduced", N_("Deduced")
    GENERAL = "general", N_("General knowledge, to be confirmed")


class DatedValue(Record):
    """An amount in force from a day to a day, both included: yuan per person per month for the
    dibao line, yuan per month for the minimum wage."""

    kind: Annotated[ValueKind, Choice(label=N_("Value"), words=ValueKind)]
    area: Annotated[ValueArea, Choice(label=N_("Area"), words=ValueArea)]
    amount_fen: Annotated[Fen, Amount(label=N_("Amount"), at_least=1)]
    effective_from: Annotated[date, Day(label=N_("In force from"))]
    effective_to: Annotated[date | None, Day(label=N_("In force to"))] = None
    published_on: Annotated[date | None, Day(label=N_("Published on"))] = None
    document: Annotated[str, Text(label=N_("Document"))] = ""
    source: Annotated[str, Text(label=N_("Source"), max_length=200)] = ""
    confidence: Annotated[Confidence, Choice(label=N_("Confidence"), words=Confidence)]
    origin: Annotated[Origin, Choice(label=N_("Origin"), words=Origin)]
    demonstration: Annotated[bool, Flag(label=N_("Demonstration value"))] = False

    def covers(self, day: date) -> bool:
        """Tell whether the value is in force on ``day``."""
        return self.effective_from <= day and (
            self.effective_to is None or day <= self.effective_to
        )

    def known_by(self, day: date) -> bool:
        """Tell whether the value had been published by ``day``.

        Lines are often announced months after they take effect. Where the day of publication is
        not known, the last day in force stands for it, or the first one of an open-ended value.
        """
        return (self.published_on or self.effective_to or self.effective_from) <= day


def find(
    values: Iterable[DatedValue],
    kind: ValueKind,
    area: ValueArea,
    day: date,
    known_on: date | None = None,
) -> DatedValue | None:
    """Return the value in force on ``day``, or `None` when no value is known for that day.

    ``known_on`` leaves out what was published later. A center's own value comes before a shipped
    one; of several of the center's own, the one that took effect last.
    """
    return max(
        (
            value
            for value in values
            if value.kind == kind
            and value.area == area
            and value.covers(day)
            and (known_on is None or value.known_by(known_on))
        ),
        key=lambda value: (value.origin is Origin.CENTER, value.effective_from),
        default=None,
    )


class Row(msgspec.Struct, forbid_unknown_fields=True, rename={"from_": "from"}):
    """One row of a document of dated values."""

    area: str
    yuan: Decimal
    from_: date
    to: date
    source: str
    confidence: str
    document: str = ""
    published: date | None = None


class ValueTable(msgspec.Struct, forbid_unknown_fields=True):
    """A document of dated values, as it is written."""

    kind: str
    title: str
    unit: str
    value: list[Row]


@functools.cache
def shipped_values() -> tuple[DatedValue, ...]:
    """Return the dated values that came with the program, by kind, area and day.

    Raises `ReferenceDamaged`, also when two rows cover the same day.
    """
    return tuple(
        value
        for file in ("dibao_lines.toml", "minimum_wages.toml")
        for value in read_values(folder(file).name, read(folder(file), ValueTable))
    )


def read_values(file: str, table: ValueTable) -> tuple[DatedValue, ...]:
    """Make dated values of the rows of one document. Raises `ReferenceDamaged`."""
    try:
        values = [_value(ValueKind(table.kind), row) for row in table.value]
    except ValueError as error:
        raise ReferenceDamaged(file=file, problem=str(error)) from error
    values.sort(key=lambda value: (value.area, value.effective_from))
    for before, after in itertools.pairwise(values):
        if before.area == after.area and before.covers(after.effective_from):
            problem = f"{before.area}: {before.effective_from} and {after.effective_from} overlap"
            raise ReferenceDamaged(file=file, problem=problem)
    return tuple(values)


def _value(kind: ValueKind, row: Row) -> DatedValue:
    area = ValueArea(row.area)
    fen = row.yuan * 100
    if area not in AREAS[kind] or row.to < row.from_ or fen <= 0 or fen != int(fen):
        raise ValueError(f"{row.area} {row.from_}..{row.to} {row.yuan}")
    return DatedValue(
        kind=kind,
        area=area,
        amount_fen=Fen(int(fen)),
        effective_from=row.from_,
        effective_to=row.to,
        published_on=row.published,
        document=row.document,
        source=row.source,
        confidence=Confidence(row.confidence),
        origin=Origin.SHIPPED,
    )
