"""Turns the packs in force on a day into one plain function over whole fen, without reasons.

The function is written out as Python and compiled once for a set of packs, so that an archive is
decided at the speed of hand-written rules. A property test holds its answers equal to those of
`app.policy.tracing`, which gives the reasons.

A criterion becomes two expressions: whether it may hold, whatever the unknown turns out to be, and
whether it is sure to. A measure that may not hold is a no; most measures end there. What several
measures ask first is asked once for all of them.
"""

import functools
from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, Final, TypeVar

from app.core.money import Fen
from app.core.resident_id import age
from app.policy.facts import (
    AGE,
    CATEGORY,
    CATEGORY_ON_RETEST,
    MONTHS_UNEMPLOYED,
    NOBODY,
    RECEIVED,
    RELIEF,
    Known,
    months_between,
    received_by_household,
    received_by_member,
)
from app.policy.findings import NO_CATEGORY
from app.policy.pack import Category, Criterion, Line, Measure, Pack
from app.policy.source import Counted, Key, Reading, Source
from app.policy.writing import asked_alike, known_to_hold, may_hold, opened, write_amount
from app.reference.dated import ValueKind

Placed = TypeVar("Placed", Line, Counted)

NO: Final = -1
"""How the answer no is written; yes is the amount in fen (nought for a service), unknown is
`None`."""

Answer = int | None
Answers = tuple[str | None, list[Answer | list[Answer]]]
"""The category (the empty word for none, `None` unknown) and the answers, measure by measure:
of a measure for members, one for each member."""

Lines = Sequence[Mapping[str | None, Fen | None]]
"""For each of `Program.lines`, the amounts by district."""


@dataclass(frozen=True)
class Program:
    """The packs of a day, compiled."""

    decide: Callable[[Known, Lines, date], Answers]
    lines: tuple[tuple[ValueKind, Decimal], ...]
    """The dated values that are asked, each with its factor."""
    source: str
    """The function as written, to be read."""


KEPT: Final = 64
"""How many programs are kept; a run over drafts makes many."""

_programs: dict[tuple[str, ...], Program] = {}


def program(classification: Pack | None, areas: Sequence[Pack]) -> Program:
    """Return the compiled form of these packs; it is made once."""
    packs = [*([classification] if classification else []), *areas]
    key = tuple(f"{pack.id} {pack.digest}" for pack in packs)
    if key not in _programs:
        if len(_programs) >= KEPT:
            _programs.clear()
        _programs[key] = _Compiler(classification, areas).program()
    return _programs[key]


class _Ages(dict[date | None, int | None]):
    """The ages on one day, by the date of birth; worked out when asked."""

    def __init__(self, day: date) -> None:
        super().__init__({None: None})
        self._day = day

    def __missing__(self, birth: date) -> int:
        self[birth] = found = age(birth, self._day)
        return found


@functools.lru_cache(maxsize=8)
def _ages_on(day: date) -> _Ages:
    return _Ages(day)


@dataclass(frozen=True)
class _Open:
    """A measure while it is written: what it still has to be asked."""

    name: str
    """The local name of its answer, or list of answers."""
    measure: Measure
    criteria: Mapping[Hashable, Criterion]
    """By what they ask, each once."""

    @property
    def target(self) -> str:
        """Return where the answer goes."""
        return f"{self.name}[at]" if self.measure.per_member else self.name

    def without(self, asked: Sequence[Hashable]) -> "_Open":
        """Return it with less to ask."""
        return replace(self, criteria={k: c for k, c in self.criteria.items() if k not in asked})


class _Compiler:
    def __init__(self, classification: Pack | None, areas: Sequence[Pack]) -> None:
        self.classification = classification
        self.measures = [measure for pack in areas for measure in pack.measures]
        self.asks = frozenset[str]().union(*(measure.asks for measure in self.measures))
        self.lines: list[Line] = []
        self.figures: list[Counted] = []
        self.out = Source("def decide(known, lines, day):", self._name, self._reading)
        self.out.names |= {
            "NOBODY": (NOBODY,),
            "ages_on": _ages_on,
            "months_between": months_between,
            "by_household": received_by_household,
            "by_member": received_by_member,
        }

    def program(self) -> Program:
        self._classify()
        self._of_household()
        self._of_members()
        answers = ", ".join(f"o{at}" for at in range(len(self.measures)))
        self.out.add(f"return category, [{answers}]")
        source = self.out.text()
        # The text is made here of checked packs: names, numbers and quoted words only.
        exec(compile(source, "<policy>", "exec"), self.out.names)  # noqa: S102 - see above
        decide: Any = self.out.names["decide"]
        return Program(decide, tuple((line.kind, line.times) for line in self.lines), source)

    # What is known, as local names

    def _name(self, key: Key) -> str:
        match key:
            case Line():
                return f"line{_place(key, self.lines)}"
            case Counted():
                return f"figure{_place(key, self.figures)}"
            case str():
                return key.replace(".", "_")

    def _reading(self, key: Key) -> Reading:
        name = self._name(key)
        match key:
            case Line():
                lines = f"{name} = lines[{_place(key, self.lines)}][district]"
                return Reading((lines,), ("district",))
            case Counted():
                return self._reading_of_figure(key, name)
            case str() if key in _PREPARED:
                return _PREPARED[key]
            case str() if key.startswith("member."):
                return _reading_of_person(key, name)
            case str():
                return _reading_of_fact(key, name)

    def _reading_of_figure(self, key: Counted, name: str) -> Reading:
        """Return how a figure is counted: as `app.core.money.divide` does it."""
        figure, retest = key
        plus = [fact.key for fact in figure.income(retest=retest)]
        less = [fact.key for fact in figure.less]
        facts = (*plus, *less, figure.heads.key)
        unknown = " or ".join(f"{self._name(each)} is None" for each in facts)
        total = " + ".join(map(self._name, plus)) + "".join(f" - {self._name(x)}" for x in less)
        heads = self._name(figure.heads.key)
        lines = (
            f"if {unknown} or {heads} < 1: {name} = None",
            "else:",
            f"    twice, by = 2 * ({total or 0}), {figure.months} * {heads}",
            f"    if twice < 0: {name} = -((by - twice) // (2 * by))",
            f"    else: {name} = (by + twice) // (2 * by)",
        )
        return Reading(lines, facts)

    # The classification

    def _classify(self) -> None:
        out, pack = self.out, self.classification
        if pack is None:
            out.add("category = category_on_retest = None")
            return
        self._category(pack, "category", retest=False)
        if CATEGORY_ON_RETEST.key not in self.asks:
            return
        out.add("category_on_retest = category")
        counted = [f"{out.use(fact.key)} == 0" for fact in pack.counted_on_retest]
        if counted:
            with out.block(f"if not ({' and '.join(counted)}):"):
                self._category(pack, "category_on_retest", retest=True)

    def _category(self, pack: Pack, target: str, *, retest: bool) -> None:
        out = self.out
        out.add(f"{target} = {NO_CATEGORY!r}")
        with out.block(f"if {may_hold(out, pack.conditions, retest=retest)}:"):
            self._first_of(pack.categories, pack.conditions, target, retest=retest)

    def _first_of(
        self,
        categories: tuple[Category, ...],
        basic: tuple[Criterion, ...],
        target: str,
        *,
        retest: bool,
    ) -> None:
        out = self.out
        if not categories:
            out.add("pass")
            return
        category, *others = categories
        with out.block(f"if {may_hold(out, category.conditions, retest=retest)}:"):
            sure = known_to_hold(out, (*category.conditions, *basic), retest=retest)
            out.add(f"{target} = {category.name!r} if {sure} else None")
        with out.block("else:"):
            self._first_of(tuple(others), basic, target, retest=retest)

    # Measures

    def _of_household(self) -> None:
        chosen = [
            _Open(f"o{at}", measure, _by_asking(measure.conditions))
            for at, measure in enumerate(self.measures)
            if not measure.per_member
        ]
        self.out.add(*(f"{each.target} = {NO}" for each in chosen))
        self._ask(chosen)

    def _of_members(self) -> None:
        chosen = [
            _Open(f"o{at}", measure, _by_asking(measure.conditions))
            for at, measure in enumerate(self.measures)
            if measure.per_member
        ]
        if not chosen:
            return
        out = self.out
        out.add("people = known.members or NOBODY", f"no = [{NO}] * len(people)")
        out.add(*(f"{each.name} = [*no]" for each in chosen))
        with out.block("for at, person in enumerate(people):", loops=True):
            self._ask(chosen)

    def _ask(self, waiting: Sequence[_Open]) -> None:
        """Write the measures of which all that is not asked here may hold.

        What most of them ask comes first, in one block around all that ask it; a measure that
        gets no further stays a no.
        """
        self._answer([each for each in waiting if not each.criteria])
        left: list[_Open] = [each for each in waiting if each.criteria]
        while left:
            times = Counter(key for each in left for key in each.criteria)
            most = max(times, key=times.__getitem__)
            group = [each for each in left if most in each.criteria]
            left = [each for each in left if most not in each.criteria]
            # What one asks that none of the others leaves out.
            criteria = group[0].criteria
            alike = [key for key in criteria if all(key in each.criteria for each in group)]
            first, *others = [criteria[key] for key in alike]
            with ExitStack() as gates:
                for asked in ([first], others):
                    test = may_hold(self.out, asked)
                    if test != "True":
                        gates.enter_context(self.out.block(f"if {test}:"))
                self._ask([each.without(alike) for each in group])

    def _answer(self, asked: Sequence[_Open]) -> None:
        """Write the answers of measures that ask the same, all of which may hold."""
        if not asked:
            return
        out = self.out
        with out.block(f"if {known_to_hold(out, asked[0].measure.conditions)}:"):
            for each in asked:
                if each.measure.grant:
                    write_amount(out, each.measure.grant, each.target, NO)
                else:
                    out.add(f"{each.target} = 0")
        with out.block("else:"):
            out.add(*(f"{each.target} = None" for each in asked))


HOUSEHOLD: Final = "h"
PERSON: Final = "g"
AGES: Final = "ages"

_PREPARED: Final = {
    HOUSEHOLD: Reading(("facts = known.household", "h = facts.get")),
    PERSON: Reading(("g = person.get",), of_person=True),
    AGES: Reading(("ages = ages_on(day)",)),
    CATEGORY.key: Reading(),
    CATEGORY_ON_RETEST.key: Reading(),
}
"""What is at hand before any fact is read."""


def _reading_of_fact(key: str, name: str) -> Reading:
    """Return how a fact of the household is read."""
    read = f"{name} = h({key!r})"
    if not key.startswith(RECEIVED):
        return Reading((read,), (HOUSEHOLD,))
    rest = f"0 if {RELIEF} == 0 else by_household(facts, {key!r})"
    return Reading((read, f"if {name} is None: {name} = {rest}"), (HOUSEHOLD, RELIEF))


def _reading_of_person(key: str, name: str) -> Reading:
    """Return how a fact of one member is read."""
    bare = key.removeprefix("member.")
    if key == AGE.key:
        return Reading((f"{name} = ages[g('birth')]",), (PERSON, AGES), of_person=True)
    if key == MONTHS_UNEMPLOYED.key:
        months = f"{name} = None if since is None else months_between(since, day)"
        return Reading(("since = g('unemployed_since')", months), (PERSON,), of_person=True)
    read = f"{name} = g({bare!r})"
    if not bare.startswith(RECEIVED):
        return Reading((read,), (PERSON,), of_person=True)
    rest = f"0 if {RELIEF} == 0 and not h({bare!r}) else by_member(known, person, {bare!r})"
    lines = (read, f"if {name} is None: {name} = {rest}")
    return Reading(lines, (PERSON, HOUSEHOLD, RELIEF), of_person=True)


def _by_asking(criteria: tuple[Criterion, ...]) -> dict[Hashable, Criterion]:
    """Return criteria by what they ask."""
    return {asked_alike(criterion): criterion for criterion in opened(criteria)}


def _place(thing: Placed, things: list[Placed]) -> int:
    """Return the place of a thing in a list, which it joins when it is new."""
    if thing not in things:
        things.append(thing)
    return things.index(thing)
