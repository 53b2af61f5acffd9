"""OpenFisca deciding by the same rules: a variable for each fact and each term, over arrays.

OpenFisca is AGPL: nothing but these benchmarks imports it.
"""

import functools
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from importlib import import_module
from itertools import chain
from typing import Any, Final

import numpy as np

from app.policy.compiled import NO, Answer, Answers
from app.policy.facts import (
    AGE,
    CATEGORY,
    DERIVED,
    MONTHS_UNEMPLOYED,
    Fact,
    FactType,
    Holder,
    Known,
    words_of,
)
from app.policy.findings import NO_CATEGORY
from app.policy.rulebook import Rulebook
from app.policy.vocabulary import FACTS
from benchmarks.peers_policy.people import asked_facts
from benchmarks.peers_policy.rules import Dialect, Rules, Term, local

entities: Any = import_module("openfisca_core.entities")
enums: Any = import_module("openfisca_core.indexed_enums")
periods: Any = import_module("openfisca_core.periods")
simulations: Any = import_module("openfisca_core.simulations")
systems: Any = import_module("openfisca_core.taxbenefitsystems")
variables: Any = import_module("openfisca_core.variables")
# It ships no types.

Column = Any
"""An array, or what OpenFisca takes for one."""

NUMBER: Final = np.int32
"""What OpenFisca keeps whole numbers in: up to 21 million yuan in fen."""

DERIVED_BY: Final = {
    AGE.key: """
def formula(entity, period):
    birth = entity("member_birth", period)
    years = birth.astype("datetime64[Y]").astype(int) + 1970
    months = birth.astype("datetime64[M]").astype(int) % 12 + 1
    days = (birth - birth.astype("datetime64[M]")).astype(int) + 1
    return day.year - years - ((months > day.month) | (months == day.month) & (days > day.day))
""",
    MONTHS_UNEMPLOYED.key: """
def formula(entity, period):
    since = entity("member_unemployed_since", period)
    months = since.astype("datetime64[M]").astype(int)
    days = (since - since.astype("datetime64[M]")).astype(int) + 1
    return (day.year - 1970) * 12 + day.month - 1 - months - (days > day.day)
""",
}
"""The formulas of what is worked out of a day."""


@functools.cache
def words_in_order(key: str) -> list[str]:
    """Return the words of a fact, in the order of the numbers they stand for."""
    facts = {fact.key: fact for fact in (*FACTS, *DERIVED.values())}
    empty = [NO_CATEGORY] if key.startswith(CATEGORY.key) else []
    return list(dict.fromkeys([*empty, *words_of(facts[key])]))


class _Arrays(Dialect):
    """Expressions over numpy arrays; a word is its place in the list of words."""

    def __init__(self) -> None:
        self.tables: dict[str, Column] = {}

    def fact(self, key: str) -> str:
        return local(key)

    def term(self, name: str) -> str:
        return name

    def word(self, key: str, word: str) -> str:
        return str(words_in_order(key).index(word))

    def one_of(self, value: str, key: str, words: Iterable[str]) -> str:
        chosen = set(words)
        return f"{self._table([word in chosen for word in words_in_order(key)])}[{value}]"

    def all(self, tests: Sequence[str]) -> str:
        return f"({' & '.join(tests)})"

    def any(self, tests: Sequence[str]) -> str:
        return f"({' | '.join(tests)})"

    def negated(self, test: str) -> str:
        return f"(~{test})"

    def choose(self, test: str, then: str, other: str) -> str:
        return f"where({test}, {then}, {other})"

    def table(self, value: str, key: str, amounts: Mapping[str, int], other: int) -> str:
        return f"{self._table([amounts.get(word, other) for word in words_in_order(key)])}[{value}]"

    def least(self, amounts: Sequence[str]) -> str:
        return functools.reduce(lambda one, other: f"minimum({one}, {other})", amounts)

    def divided(self, amount: str, by: str, *, signed: bool) -> str:
        return f"{'divided' if signed else 'shared'}({amount}, {by})"

    def given(self, left: str) -> str:
        return f"given({left})"

    def _table(self, values: Sequence[int]) -> str:
        name = f"k{len(self.tables)}"
        self.tables[name] = np.array(values)
        return name


def _shared(amount: Column, by: Column) -> Column:
    return (2 * amount + by) // (2 * by)


def _divided(amount: Column, by: Column) -> Column:
    return _shared(abs(amount), by) * (1 - 2 * (amount < 0))


def _given(left: Column) -> Column:
    return np.where(left > 0, left, NO)


class OpenFiscaPeer:
    """The packs of a day as variables of a tax and benefit system."""

    def __init__(self, book: Rulebook) -> None:
        self._measures = book.measures
        self._month = periods.period(f"{book.day:%Y-%m}")
        self._household = asked_facts(book, Holder.HOUSEHOLD)
        self._member = asked_facts(book, Holder.MEMBER)
        build = entities.build_entity
        person = build("person", "persons", "", is_person=True)
        role = {"key": "member", "plural": "members"}
        household = build("household", "households", "", roles=[role])
        self._system = systems.TaxBenefitSystem([household, person])
        self._enums: dict[str, Any] = {}
        for fact in (*self._household.values(), *self._member.values()):
            of_member = fact.holder is Holder.MEMBER
            self._add(local(fact.key), person if of_member else household, self._type_of(fact))
        dialect = _Arrays()
        terms = Rules(book, dialect).terms
        names = {
            **dialect.tables,
            "day": book.day,
            "where": np.where,
            "asarray": np.asarray,
            "minimum": np.minimum,
            "shared": _shared,
            "divided": _divided,
            "given": _given,
        }
        for key, source in DERIVED_BY.items():
            self._add(local(key), person, _formula(source, names))
        for term in terms:
            formula = _formula(_source(term), names)
            self._add(term.name, person if term.of_member else household, formula)

    def simulation(self, households: Sequence[Known], *, trace: bool = False) -> Any:
        """Return a simulation with the facts of these households."""
        builder = simulations.SimulationBuilder()
        builder.create_entities(self._system)
        persons, group = builder.populations["person"], builder.populations["household"]
        counts = [len(known.members) for known in households]
        group.count, persons.count = len(counts), sum(counts)
        group.ids, persons.ids = np.arange(group.count), np.arange(persons.count)
        group.members_entity_id = np.repeat(group.ids, counts)
        simulation = builder.build(self._system)
        simulation.trace = trace
        own = [known.household for known in households]
        members = list(chain.from_iterable(known.members for known in households))
        for asked, holders in ((self._household, own), (self._member, members)):
            for name, fact in asked.items():
                column = self._column(fact, [facts[name] for facts in holders])
                simulation.set_input(local(fact.key), self._month, column)
        return simulation

    def calculate(self, simulation: Any) -> list[Column]:
        """Return the category and the answers of every measure, as arrays."""
        names = ["category", *(measure.id for measure in self._measures)]
        return [simulation.calculate(name, self._month) for name in names]

    def decided(self, households: Sequence[Known], *, trace: bool = False) -> list[Column]:
        """Build and calculate."""
        return self.calculate(self.simulation(households, trace=trace))

    def answers(self, households: Sequence[Known]) -> list[Answers]:
        """Return the answers as we write them."""
        category, *columns = [column.tolist() for column in self.decided(households)]
        names = words_in_order(CATEGORY.key)
        found: list[Answers] = []
        end = 0
        for at, known in enumerate(households):
            first, end = end, end + len(known.members)
            answers: list[Answer | list[Answer]] = [
                column[first:end] if measure.per_member else column[at]
                for measure, column in zip(self._measures, columns, strict=True)
            ]
            found.append((names[int(category[at])], answers))
        return found

    def _add(self, name: str, entity: Any, more: Mapping[str, Any]) -> None:
        month = periods.DateUnit.MONTH
        kept = {"entity": entity, "definition_period": month, "label": name, **more}
        self._system.add_variable(type(name, (variables.Variable,), kept))

    def _type_of(self, fact: Fact) -> dict[str, Any]:
        match fact.type:
            case FactType.YES_NO:
                return {"value_type": bool}
            case FactType.COUNT | FactType.YUAN:
                return {"value_type": int}
            case FactType.DAY:
                return {"value_type": date}
            case FactType.WORD:
                kinds = enums.Enum
                named = [(f"word_{at}", word) for at, word in enumerate(words_in_order(fact.key))]
                self._enums[fact.key] = enum = kinds(local(fact.key), named)
                first = next(iter(enum))
                return {"value_type": kinds, "possible_values": enum, "default_value": first}

    def _column(self, fact: Fact, values: Sequence[Any]) -> Column:
        match fact.type:
            case FactType.YES_NO:
                return np.array(values, bool)
            case FactType.COUNT | FactType.YUAN:
                return np.array(values, NUMBER)
            case FactType.DAY:
                return np.array(values, "datetime64[D]")
            case FactType.WORD:
                place = {word: at for at, word in enumerate(words_in_order(fact.key))}
                places = np.array([place[word] for word in values], np.uint8)
                return enums.EnumArray(places, self._enums[fact.key])


def _source(term: Term) -> str:
    """Return the formula of a term; what is the household's is spread over its members."""
    reads = [
        f"    {local(key)} = asarray(entity{'.household' * _spread(key, term)}"
        f'("{local(key)}", period))'
        for key in term.uses
    ]
    return "\n".join(["def formula(entity, period):", *reads, f"    return {term.text}"])


def _spread(key: str, term: Term) -> bool:
    return term.of_member and not key.startswith("member.")


def _formula(source: str, names: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a variable of whole numbers (or truths) needs that is worked out."""
    found: dict[str, Any] = dict(names)
    # The text is made here of checked packs: names and numbers only.
    exec(compile(source, "<openfisca>", "exec"), found)  # noqa: S102 - see above
    return {"value_type": int, "formula": found["formula"]}
