"""Translates the packs in force on a day, word by word, into expressions of another language.

The peers have two values, not three: they are given households of whom every fact is known, and
what settles the unknown (a declaration) is left out.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import lcm
from typing import Final

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
    lines_of,
    scale,
)
from app.policy.compiled import NO
from app.policy.facts import FOUND, Fact, Holder
from app.policy.findings import NO_CATEGORY
from app.policy.pack import (
    Criterion,
    Figure,
    Grant,
    How,
    Leaf,
    Line,
    Literal,
    Measure,
    Pack,
    Relation,
    Share,
    leaves,
)
from app.policy.rulebook import Rulebook
from app.policy.vocabulary import HOUSEHOLD
from app.reference.districts import district_names

NO_MOST: Final = 10**12
"""Fen: stands for no most at all."""

OPERATORS: Final = {
    Relation.IS: "==",
    Relation.BELOW: "<",
    Relation.AT_MOST: "<=",
    Relation.ABOVE: ">",
    Relation.AT_LEAST: ">=",
}


class Dialect(ABC):
    """How an expression is written in a language."""

    @abstractmethod
    def fact(self, key: str) -> str: ...

    @abstractmethod
    def term(self, name: str) -> str:
        """Return a term that was written before, of the household."""

    @abstractmethod
    def word(self, key: str, word: str) -> str:
        """Return a word that the fact ``key`` takes."""

    @abstractmethod
    def one_of(self, value: str, key: str, words: Iterable[str]) -> str: ...

    @abstractmethod
    def all(self, tests: Sequence[str]) -> str: ...

    @abstractmethod
    def any(self, tests: Sequence[str]) -> str: ...

    @abstractmethod
    def negated(self, test: str) -> str: ...

    @abstractmethod
    def choose(self, test: str, then: str, other: str) -> str: ...

    @abstractmethod
    def table(self, value: str, key: str, amounts: Mapping[str, int], other: int) -> str:
        """Return the amount for the word ``value`` of the fact ``key``."""

    @abstractmethod
    def least(self, amounts: Sequence[str]) -> str: ...

    @abstractmethod
    def divided(self, amount: str, by: str, *, signed: bool) -> str:
        """Divide to the fen, half up (away from zero); ``signed`` when it may be below nought."""

    @abstractmethod
    def given(self, left: str) -> str:
        """Return what is left to give, or `NO` when that is nothing."""


@dataclass(frozen=True)
class Term:
    """One named expression, of the household or of each member."""

    name: str
    text: str
    uses: tuple[str, ...]
    """The facts and terms in it."""
    of_member: bool = False


def local(key: str) -> str:
    """Return the key of a fact as a name."""
    return key.replace(".", "_")


class Rules:
    """The packs of a day as terms, each made of facts and earlier ones."""

    def __init__(self, book: Rulebook, dialect: Dialect) -> None:
        self._book = book
        self._say = dialect
        self._uses: dict[str, None] = {}
        self.terms: list[Term] = []
        self._lines = list(dict.fromkeys(_lines(book)))
        self._figures = list(dict.fromkeys(_figures(book)))
        for at, line in enumerate(self._lines):
            amounts = self._amounts(line)
            self._add(f"line{at}", self._table(HOUSEHOLD["district"], amounts, 0))
        self._classify()
        for measure in book.measures:
            self._measure(measure)

    def _add(self, name: str, text: str, *, of_member: bool = False) -> None:
        self.terms.append(Term(name, text, tuple(self._uses), of_member))
        self._uses = {}

    def _amounts(self, line: Line) -> dict[str, int]:
        values, day, known_on = self._book.when
        found = {name: values.line(line.kind, name, day, known_on) for name in district_names()}
        missing = [name for name, value in found.items() if value is None]
        if missing:
            raise LookupError(f"no {line.kind} is known for {missing} on {day}")
        return {name: scale(value.amount_fen, line.times) for name, value in found.items() if value}

    # The classification

    def _classify(self) -> None:
        pack = self._book.classification
        if pack is None:
            raise LookupError("no classification is in force")
        for retest in (False, True):
            for figure in self._figures:
                if figure.plus_on_retest or not retest:
                    text = self._figure(figure, retest=retest)
                    self._add(self._name(figure, retest=retest), text)
            name = "category_on_retest" if retest else "category"
            self._add(name, self._category(pack, retest=retest))

    def _figure(self, figure: Figure, *, retest: bool) -> str:
        plus = [self._value(fact) for fact in figure.income(retest=retest)]
        less = [self._value(fact) for fact in figure.less]
        total = "(" + " - ".join([" + ".join(plus) or "0", *less]) + ")"
        by = f"({figure.months} * {self._value(figure.heads)})"
        return self._say.divided(total, by, signed=bool(less))

    def _name(self, figure: Figure, *, retest: bool) -> str:
        again = "_again" if retest and figure.plus_on_retest else ""
        return f"figure{self._figures.index(figure)}{again}"

    def _category(self, pack: Pack, *, retest: bool) -> str:
        found = self._say.word("category", NO_CATEGORY)
        for category in reversed(pack.categories):
            test = self._every((*pack.conditions, *category.conditions), retest=retest)
            found = self._say.choose(test, self._say.word("category", category.name), found)
        return found

    # Measures

    def _measure(self, measure: Measure) -> None:
        """Write one measure; of a member, what asks the household alone is a term before it."""
        conditions = measure.conditions
        gate: list[str] = []
        if measure.per_member:
            own = [each for each in conditions if any(map(_of_member, leaves((each,))))]
            shared = tuple(each for each in conditions if each not in own)
            if tests := self._tests(shared):
                name = f"gate_{measure.id}"
                self._add(name, self._say.all(tests))
                gate.append(self._term(name))
                conditions = tuple(own)
        tests = [*gate, *self._tests(conditions)]
        given = self._given(measure.grant) if measure.grant else "0"
        text = self._say.choose(self._say.all(tests), given, str(NO)) if tests else given
        self._add(measure.id, text, of_member=measure.per_member)

    def _given(self, grant: Grant) -> str:
        left = self._award(grant.award)
        if grant.used:
            left = f"({left} - {self._value(grant.used)})"
        if grant.household_most_fen is not None and grant.household_used:
            together = f"({grant.household_most_fen} - {self._value(grant.household_used)})"
            left = self._say.least([left, together])
        return self._say.given(left)

    def _award(self, award: Award) -> str:
        match award:
            case Fixed(amount):
                return str(amount)
            case ByWord(fact, amounts):
                return self._table(fact, amounts, 0)
            case FirstAndFurther(first, further, fact):
                heads = self._value(fact)
                return self._say.choose(
                    f"({heads} > 0)", f"({first} + {further} * ({heads} - 1))", "0"
                )
            case PerHead(amount, fact):
                return f"({amount} * {self._value(fact)})"
            case MonthsOfLine(kind, months, by):
                return f"({self._line(Line(kind))} * {self._table(by, months, 0)})"
            case ShareOf():
                return self._share(award)
            case Bands(of, bands):
                text, amount = "0", self._value(of)
                for above, given in bands:
                    text = self._say.choose(f"({amount} > {above})", str(given), text)
                return text
            case LeastOf(parts):
                return self._say.least([self._award(part) for part in parts])

    def _share(self, award: ShareOf) -> str:
        amount = self._value(award.of)
        if award.deductible_fen:
            above = f"({amount} - {award.deductible_fen})"
            amount = self._say.choose(f"({above} > 0)", above, "0")
        if isinstance(award.times, Mapping):
            whole = lcm(*(times.as_integer_ratio()[1] for times in award.times.values()))
            parts = {word: int(times * whole) for word, times in award.times.items()}
            part = self._table(award.by, parts, 0)
        else:
            part, whole = map(str, award.times.as_integer_ratio())
        given = self._say.divided(f"({amount} * {part})", str(whole), signed=False)
        if award.most_fen is None:
            return given
        if isinstance(award.most_fen, Mapping):
            return self._say.least([given, self._table(award.by, award.most_fen, NO_MOST)])
        return self._say.least([given, str(award.most_fen)])

    # Criteria

    def _every(self, criteria: Sequence[Criterion], *, retest: bool = False) -> str:
        return self._say.all(self._tests(criteria, retest=retest))

    def _tests(self, criteria: Sequence[Criterion], *, retest: bool = False) -> list[str]:
        """Return the tests of criteria; whether a fact is given needs none."""
        return [
            self._test(each, retest=retest)
            for each in criteria
            if not (isinstance(each, Leaf) and each.test is Relation.GIVEN)
        ]

    def _test(self, criterion: Criterion, *, retest: bool) -> str:
        if isinstance(criterion, Leaf):
            return self._leaf(criterion, retest=retest)
        tests = self._tests(criterion.parts, retest=retest)
        match criterion.how:
            case How.ALL:
                return self._say.all(tests)
            case How.ANY:
                return self._say.any(tests)
            case How.NOT:
                return self._say.negated(self._say.any(tests))

    def _leaf(self, leaf: Leaf, *, retest: bool) -> str:
        subject, limit = leaf.subject, leaf.limit
        if isinstance(subject, Figure):
            value = self._term(self._name(subject, retest=retest))
        else:
            value = self._value(subject)
        match limit:
            case Literal(bool(wanted)):
                return value if wanted else self._say.negated(value)
            case Literal(tuple(words)) if isinstance(subject, Fact):
                return self._say.one_of(value, subject.key, [str(word) for word in words])
            case Literal(str(word)) if isinstance(subject, Fact):
                against = self._say.word(subject.key, word)
            case Literal(int(number)):
                against = str(number)
            case Line():
                against = self._line(limit)
            case Share(of, times):
                against = self._scaled(of, times)
            case _:
                raise TypeError(f"{leaf} has a limit that no shipped pack has")
        return f"({value} {OPERATORS[leaf.test]} {against})"

    def _scaled(self, fact: Fact, times: Decimal) -> str:
        above, below = times.as_integer_ratio()
        return self._say.divided(f"({self._value(fact)} * {above})", str(below), signed=False)

    def _line(self, line: Line) -> str:
        return self._term(f"line{self._lines.index(line)}")

    def _table(self, fact: Fact, amounts: Mapping[str, int], other: int) -> str:
        return self._say.table(self._value(fact), fact.key, amounts, other)

    def _value(self, fact: Fact) -> str:
        if fact in FOUND:
            return self._term(fact.key)
        self._uses[fact.key] = None
        return self._say.fact(fact.key)

    def _term(self, name: str) -> str:
        self._uses[name] = None
        return self._say.term(name)


def _lines(book: Rulebook) -> Iterator[Line]:
    for leaf in _leaves(book):
        if isinstance(leaf.limit, Line):
            yield leaf.limit
    for measure in book.measures:
        if measure.grant:
            yield from map(Line, lines_of(measure.grant.award))


def _figures(book: Rulebook) -> Iterator[Figure]:
    return (leaf.subject for leaf in _leaves(book) if isinstance(leaf.subject, Figure))


def _leaves(book: Rulebook) -> Iterator[Leaf]:
    for pack in (book.classification, *book.areas):
        if pack:
            yield from pack.leaves


def _of_member(leaf: Leaf) -> bool:
    facts = (leaf.subject, leaf.limit.of if isinstance(leaf.limit, Share) else None)
    return any(isinstance(fact, Fact) and fact.holder is Holder.MEMBER for fact in facts)
