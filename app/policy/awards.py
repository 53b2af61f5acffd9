"""The closed list of how the money of a grant is found, as data."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from app.core.money import ZERO, Fen
from app.policy.facts import CATEGORY, Fact
from app.reference.dated import ValueKind


@dataclass(frozen=True)
class Fixed:
    """A fixed amount."""

    amount_fen: Fen


@dataclass(frozen=True)
class ByWord:
    """An amount for each word of a fact, such as the stage of schooling."""

    fact: Fact
    amounts: Mapping[str, Fen]


@dataclass(frozen=True)
class FirstAndFurther:
    """An amount for the first member and one for each further member."""

    first_fen: Fen
    further_fen: Fen
    heads: Fact


@dataclass(frozen=True)
class PerHead:
    """An amount for each head."""

    amount_fen: Fen
    heads: Fact


@dataclass(frozen=True)
class MonthsOfLine:
    """So many months of a dated value of the district, by a word of the household or member."""

    kind: ValueKind
    months: Mapping[str, int]
    by: Fact = CATEGORY


@dataclass(frozen=True)
class ShareOf:
    """A share of an amount above a deductible, at most so much; the share and the most may
    hang on a word."""

    of: Fact
    times: Decimal | Mapping[str, Decimal]
    deductible_fen: Fen = ZERO
    most_fen: Fen | Mapping[str, Fen] | None = None
    by: Fact = CATEGORY

    @property
    def asks_word(self) -> bool:
        """Tell whether the word of ``by`` is needed."""
        return isinstance(self.times, Mapping) or isinstance(self.most_fen, Mapping)


@dataclass(frozen=True)
class Bands:
    """A fixed amount for the band an amount lies in: the last one it is above of."""

    of: Fact
    bands: tuple[tuple[Fen, Fen], ...]
    """(above, amount), rising."""


@dataclass(frozen=True)
class LeastOf:
    """The least of several."""

    parts: tuple["Award", ...]


Award = Fixed | ByWord | FirstAndFurther | PerHead | MonthsOfLine | ShareOf | Bands | LeastOf


def parts_of(award: Award) -> tuple[Award, ...]:
    """Return the awards that are looked at, one unless it is the least of several."""
    return award.parts if isinstance(award, LeastOf) else (award,)


def asked_by(award: Award) -> Iterator[Fact]:
    """Yield the facts an award asks, without the district of a line."""
    for part in parts_of(award):
        match part:
            case ByWord(fact=fact) | FirstAndFurther(heads=fact) | PerHead(heads=fact):
                yield fact
            case MonthsOfLine(by=fact):
                yield fact
            case ShareOf(of=of, by=by):
                yield of
                if part.asks_word:
                    yield by
            case Bands(of=of):
                yield of
            case Fixed() | LeastOf():
                pass


def lines_of(award: Award) -> Iterator[ValueKind]:
    """Yield the dated values an award rests on."""
    for part in parts_of(award):
        if isinstance(part, MonthsOfLine):
            yield part.kind


def scale(fen: int, times: Decimal) -> Fen:
    """Multiply to the fen, half up."""
    return Fen(int((fen * times).quantize(Decimal(1), rounding=ROUND_HALF_UP)))
