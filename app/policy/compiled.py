"""Turns the packs in force on a day into one plain function over whole fen, without reasons.

The function is written out as Python and compiled once for a set of packs, so that an archive is
decided at the speed of hand-written rules. A property test holds its answers equal to those of
`app.policy.tracing`, which gives the reasons.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from app.core.money import Fen, divide
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
from app.policy.pack import (
    Criterion,
    Figure,
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
from app.policy.source import Source
from app.policy.writing import write_amount
from app.reference.dated import ValueKind

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


_programs: dict[tuple[str, ...], Program] = {}


def program(classification: Pack | None, areas: Sequence[Pack]) -> Program:
    """Return the compiled form of these packs; it is made once."""
    packs = [*([classification] if classification else []), *areas]
    key = tuple(f"{pack.id} {pack.digest}" for pack in packs)
    if key not in _programs:
        _programs[key] = _Compiler(classification, areas).program()
    return _programs[key]


class _Compiler:
    def __init__(self, classification: Pack | None, areas: Sequence[Pack]) -> None:
        self.classification = classification
        self.measures = [measure for pack in areas for measure in pack.measures]
        self.asks = frozenset[str]().union(*(measure.asks for measure in self.measures))
        self.out = Source(self._name)
        self.out.names |= {
            "NOBODY": (NOBODY,),
            "divide": divide,
            "age": age,
            "months_between": months_between,
            "by_household": received_by_household,
            "by_member": received_by_member,
        }
        self._groups = 0

    def program(self) -> Program:
        out = self.out
        with out.block("def decide(known, lines, day):"):
            out.add("facts = known.household", "h = facts.get")
            body = out.mark()
            self._classify()
            self._household_measures()
            self._member_measures()
            answers = ", ".join(f"o{at}" for at in range(len(self.measures)))
            out.add(f"return category, [{answers}]")
            out.insert(body, self._loads())
        source = out.text()
        # The text is made here of checked packs: names, numbers and quoted words only.
        exec(compile(source, "<policy>", "exec"), out.names)  # noqa: S102 - see above
        decide: Any = out.names["decide"]
        return Program(decide, tuple(out.lines), source)

    # What is known, as local names

    def _name(self, key: str) -> str:
        """Return the local name of a fact."""
        if key == CATEGORY.key:
            return "category"
        return key.replace(".", "_")

    def _loads(self) -> list[str]:
        """Return the lines that read the household's facts and the dated values."""
        loads = [
            f"{self._name(key)} = h({key!r})"
            for key in sorted(self.out.used)
            if not key.startswith(("member.", RECEIVED)) and "category" not in key
        ]
        relief = self._name(RELIEF)
        wanted = sorted(key for key in self.out.used if key.startswith(RECEIVED))
        if wanted and RELIEF not in self.out.used:
            loads.append(f"{relief} = h({RELIEF!r})")
        for key in wanted:
            name = self._name(key)
            loads.append(f"{name} = h({key!r})")
            rest = f"0 if {relief} == 0 else by_household(facts, {key!r})"
            loads.append(f"if {name} is None: {name} = {rest}")
        loads += [f"line{at} = lines[{at}][district]" for at in range(len(self.out.lines))]
        return loads

    def _load_member(self, keys: frozenset[str]) -> None:
        out = self.out
        out.add("g = person.get")
        wanted = {key for key in keys if key.startswith("member.")}
        for key in sorted(wanted):
            name, bare = self._name(key), key.removeprefix("member.")
            if key == AGE.key:
                out.add("birth = g('birth')")
                out.add(f"{name} = None if birth is None else age(birth, day)")
            elif key == MONTHS_UNEMPLOYED.key:
                out.add("since = g('unemployed_since')")
                out.add(f"{name} = None if since is None else months_between(since, day)")
            else:
                out.add(f"{name} = g({bare!r})")
            if bare.startswith(RECEIVED):
                whole = out.use(bare)
                out.add(f"if {name} is None:")
                rest = f"0 if {whole} == 0 else by_member(known, person, {bare!r})"
                out.add(f"    {name} = {rest}")

    # The classification

    def _classify(self) -> None:
        out, pack = self.out, self.classification
        if pack is None:
            out.add("category = category_on_retest = None")
            return
        self._category(pack, "category", retest=False)
        if CATEGORY_ON_RETEST.key not in self.asks:
            return
        counted = [f"{out.use(fact.key)} == 0" for fact in pack.counted_on_retest]
        out.add("category_on_retest = category")
        if counted:
            with out.block(f"if not ({' and '.join(counted)}):"):
                self._category(pack, "category_on_retest", retest=True)

    def _category(self, pack: Pack, target: str, *, retest: bool) -> None:
        out = self.out
        self._figures(pack.conditions, retest=retest)
        basic = self._every(pack.conditions, retest=retest)
        out.add(f"{target} = {NO_CATEGORY!r}")
        with out.block(f"if {basic} is not False:"):
            blocks = 0
            for category in pack.categories:
                self._figures(category.conditions, retest=retest)
                chosen = self._every(category.conditions, retest=retest)
                word = f"{category.name!r} if {basic} else None"
                out.add(f"if {chosen} is None: {target} = None")
                out.add(f"elif {chosen}: {target} = {word}")
                out.add("else:")
                out.deeper()
                blocks += 1
            out.add("pass")
            for _block in range(blocks):
                out.back()

    def _figures(self, criteria: tuple[Criterion, ...], *, retest: bool) -> None:
        """Work out the figures of these criteria; each has its own name on a re-test."""
        out = self.out
        for leaf in leaves(criteria):
            figure = leaf.subject
            if not isinstance(figure, Figure):
                continue
            plus = [out.use(fact.key) for fact in figure.income(retest=retest)]
            less = [out.use(fact.key) for fact in figure.less]
            heads = out.use(figure.heads.key)
            name = _figure_name(figure, retest=retest)
            unknown = " or ".join(f"{each} is None" for each in (*plus, *less, heads))
            total = " + ".join(plus) + "".join(f" - {each}" for each in less)
            out.add(f"if {unknown} or {heads} < 1: {name} = None")
            out.add(f"else: {name} = divide({total or 0}, {figure.months} * {heads})")

    # Measures

    def _household_measures(self) -> None:
        for at, measure in enumerate(self.measures):
            if not measure.per_member:
                self._figures(measure.conditions, retest=False)
                self._measure(measure, f"o{at}")

    def _member_measures(self) -> None:
        out = self.out
        of_members = [(at, each) for at, each in enumerate(self.measures) if each.per_member]
        if not of_members:
            return
        out.add(*(f"o{at} = []" for at, _measure in of_members))
        for _at, measure in of_members:
            self._figures(measure.conditions, retest=False)
        asked = frozenset[str]().union(*(measure.asks for _at, measure in of_members))
        with out.block("for person in known.members or NOBODY:"):
            self._load_member(asked)
            for at, measure in of_members:
                self._measure(measure, "answer")
                out.add(f"o{at}.append(answer)")

    def _measure(self, measure: Measure, target: str) -> None:
        out = self.out
        held = self._every(measure.conditions, retest=False)
        out.add(f"if {held} is None: {target} = None")
        out.add(f"elif not {held}: {target} = {NO}")
        with out.block("else:"):
            if measure.grant is None:
                out.add(f"{target} = 0")
            else:
                write_amount(out, measure.grant, target, NO)

    # Criteria

    def _every(self, criteria: tuple[Criterion, ...], *, retest: bool) -> str:
        """Write a list of criteria all of which must hold; return the name of the answer."""
        return self._group(criteria, True, retest=retest)

    def _group(self, parts: tuple[Criterion, ...], sofar: bool, *, retest: bool) -> str:
        """Write parts that must all hold (``sofar`` is true) or one of which must.

        The first part that settles it ends the loop, which runs once.
        """
        out = self.out
        held = f"t{self._groups}"
        self._groups += 1
        out.add(f"{held} = {sofar}")
        with out.block("while True:"):
            for part in parts:
                if isinstance(part, Leaf):
                    self._leaf(part, held, sofar=sofar, retest=retest)
                    continue
                inner = self._group(part.parts, part.how is How.ALL, retest=retest)
                if part.how is How.NOT:
                    out.add(f"if {inner} is not None: {inner} = not {inner}")
                out.add(f"if {inner} is {not sofar}:")
                out.add(f"    {held} = {not sofar}", "    break")
                out.add(f"if {inner} is None: {held} = None")
            out.add("break")
        return held

    def _leaf(self, leaf: Leaf, held: str, *, sofar: bool, retest: bool) -> None:
        out, subject = self.out, leaf.subject
        value = (
            _figure_name(subject, retest=retest)
            if isinstance(subject, Figure)
            else out.use(subject.key)
        )
        settled = out.use(leaf.settled_by.key) if leaf.settled_by else ""
        settles = [f"    {held} = {not sofar}", "    break"]
        if leaf.test is Relation.GIVEN:
            out.add(f"if {value} is None: {held} = None")
            if not sofar:
                out.add("else:", *settles)
            return
        limit = self._limit(leaf)
        if not settled:
            out.add(f"if {value} is None: {held} = None")
        elif sofar:
            out.add(f"if {value} is None:", f"    if {settled} is not True: {held} = None")
        else:
            out.add(f"if {value} is None:", f"    if {settled} is True:")
            out.add(*(f"    {line}" for line in settles), f"    {held} = None")
        if not isinstance(leaf.limit, Literal):
            out.add(f"elif {limit} is None: {held} = None")
        test = f"{value} {_OPERATORS[leaf.test]} {limit}"
        out.add(f"elif not {test}:" if sofar else f"elif {test}:", *settles)

    def _limit(self, leaf: Leaf) -> str:
        out = self.out
        match leaf.limit:
            case Literal(value):
                return out.literal(value)
            case Line(kind, times):
                return out.line(kind, times)
            case Share(of, times):
                amount = out.use(of.key)
                out.add(f"limit = None if {amount} is None else {out.scaled(amount, times)}")
                return "limit"
            case None:
                return ""


_OPERATORS: Final = {
    Relation.IS: "==",
    Relation.ONE_OF: "in",
    Relation.BELOW: "<",
    Relation.AT_MOST: "<=",
    Relation.ABOVE: ">",
    Relation.AT_LEAST: ">=",
}


def _figure_name(figure: Figure, *, retest: bool) -> str:
    return f"figure_{figure.name}_again" if retest else f"figure_{figure.name}"
