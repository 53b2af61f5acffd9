"""Works out the money of an award, and keeps what went into it for the sentence."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import TypeVar

from app.core.money import ZERO, Fen
from app.core.plain import number_text
from app.policy.awards import (
    Award,
    Bands,
    ByWord,
    FirstAndFurther,
    Fixed,
    LeastOf,
    MonthsOfLine,
    PerHead,
    ShareOf,
    scale,
)
from app.policy.facts import Fact, Facts
from app.reference.dated import DatedValue, ValueKind

T = TypeVar("T")


class Amounts:
    """The amount of one award for one household or member.

    ``numbers``, ``amounts``, ``shares`` and ``line`` are what went into it, by the place in the
    award's sentence.
    """

    def __init__(self, facts: Facts, line: Callable[[ValueKind], DatedValue | None]) -> None:
        self.facts = facts
        self._line = line
        self.numbers: dict[str, int] = {}
        self.amounts: dict[str, Fen] = {}
        self.shares: dict[str, str] = {}
        self.line: DatedValue | None = None

    def of(self, award: Award) -> Fen | None:
        """Return the amount, `None` while a fact or line it needs is unknown."""
        match award:
            case Fixed(amount):
                return amount
            case ByWord(fact, amounts):
                return self._by_word(fact, amounts, ZERO)
            case FirstAndFurther(first, further, fact):
                heads = self._heads(fact)
                if heads is None:
                    return None
                return Fen(first + further * (heads - 1)) if heads else ZERO
            case PerHead(amount, fact):
                heads = self._heads(fact)
                return None if heads is None else Fen(amount * heads)
            case MonthsOfLine(kind, by_word, by):
                return self._months(kind, by_word, by)
            case ShareOf():
                return self._share(award)
            case Bands(of, bands):
                amount = self._amount(of)
                if amount is None:
                    return None
                return next((given for above, given in reversed(bands) if amount > above), ZERO)
            case LeastOf(parts):
                found = [self.of(part) for part in parts]
                known = [each for each in found if each is not None]
                return min(known) if len(known) == len(parts) else None

    def _months(self, kind: ValueKind, by_word: Mapping[str, int], by: Fact) -> Fen | None:
        line = self._line(kind)
        months = self._by_word(by, by_word, 0)
        if line is None or months is None:
            return None
        self.line = line
        self.numbers["months"] = months
        self.amounts["line"] = line.amount_fen
        return Fen(line.amount_fen * months)

    def _share(self, award: ShareOf) -> Fen | None:
        amount = self._amount(award.of)
        times: Decimal | None
        if isinstance(award.times, Mapping):
            times = self._by_word(award.by, award.times, Decimal(0))
        else:
            times = award.times
        most: Fen | None = None
        if isinstance(award.most_fen, Mapping):
            word = self.facts.get(award.by.key)
            if not isinstance(word, str):
                return None
            most = award.most_fen.get(word)
        elif award.most_fen is not None:
            most = award.most_fen
        if amount is None or times is None:
            return None
        given = scale(max(amount - award.deductible_fen, 0), times)
        self.shares["share"] = number_text(times * 100) + "%"
        self.amounts["deductible"] = award.deductible_fen
        if most is not None:
            self.amounts["most"] = most
            given = min(given, most)
        return given

    def _by_word(self, fact: Fact, table: Mapping[str, T], nothing: T) -> T | None:
        """Return what a table says of the word of a fact; a word that is not in it, nothing."""
        word = self.facts.get(fact.key)
        return table.get(word, nothing) if isinstance(word, str) else None

    def _heads(self, fact: Fact) -> int | None:
        heads = self.facts.get(fact.key)
        if not isinstance(heads, int):
            return None
        self.numbers["heads"] = heads
        return heads

    def _amount(self, fact: Fact) -> Fen | None:
        amount = self.facts.get(fact.key)
        if not isinstance(amount, int):
            return None
        self.amounts["of"] = Fen(amount)
        return Fen(amount)
