"""Decides what a pack says about one household on one day, and gives every reason.

All truth here has three values: yes, no, and `None` for "cannot tell yet". What is unknown is
never taken for no; a no that is certain stands whatever else is unknown.
"""

import operator
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, NamedTuple

from app.core.i18n import N_, _
from app.core.money import ZERO, Fen, divide
from app.policy.catalog import Catalog
from app.policy.facts import CATEGORY, CATEGORY_ON_RETEST, HOUSEHOLD, Fact, Facts, FactValue
from app.policy.pack import (
    Area,
    Category,
    Criterion,
    Figure,
    FirstAndFurther,
    Fixed,
    Grant,
    Group,
    How,
    Leaf,
    Limit,
    Line,
    Literal,
    Measure,
    MonthsOfLine,
    Outcome,
    Pack,
    Share,
    Test,
    scale,
)
from app.reference.dated import DatedValue, ValueKind
from app.reference.values import Values

NO_CATEGORY: Final = ""
"""The value of the fact ``category`` for a household that is known to be in none."""

LimitValue = FactValue | tuple[FactValue, ...]


class _OneOf:
    """The test for a word in a list, in the shape of the operators."""

    def __call__(self, value: FactValue, words: tuple[FactValue, ...]) -> bool:
        return value in words


TESTS: Final[dict[Test, Callable[[Any, Any], bool]]] = {
    Test.IS: operator.eq,
    Test.ONE_OF: _OneOf(),
    Test.BELOW: operator.lt,
    Test.AT_MOST: operator.le,
    Test.ABOVE: operator.gt,
    Test.AT_LEAST: operator.ge,
}


@dataclass(frozen=True)
class MissingFact:
    """A fact that is needed and unknown."""

    fact: Fact

    @property
    def name(self) -> str:
        """Return the name of the fact."""
        return self.fact.name

    @property
    def paper(self) -> str:
        """Return the paper that would settle it, in the language in use."""
        return self.fact.proof

    def tell(self) -> str:
        """Return the sentence for the counter."""
        return _("{fact} is not known. It is seen from: {paper}").format(
            fact=self.fact.title, paper=self.paper
        )


@dataclass(frozen=True)
class MissingLine:
    """A dated value that nobody knows for this day and district."""

    kind: ValueKind
    district: str
    day: date
    known_on: date | None

    @property
    def name(self) -> str:
        """Return the name of the dated value."""
        return self.kind.value

    @property
    def paper(self) -> str:
        """Return the paper that would settle it, in the language in use."""
        return _("The notice that sets the line")

    def tell(self) -> str:
        """Return the sentence for the counter."""
        text = N_("{kind}: no line known for this day ({district}, {day}); enter the center's.")
        if self.known_on:
            text = N_(
                "{kind}: no line known for this day ({district}, {day}) by what was published "
                "until {known_on}."
            )
        return _(text).format(
            kind=self.kind.label, district=self.district, day=self.day, known_on=self.known_on
        )


@dataclass(frozen=True)
class MissingPolicy:
    """No document is in force on the day."""

    area: Area
    day: date

    @property
    def name(self) -> str:
        """Return the name that stands for the document."""
        return "policy"

    @property
    def paper(self) -> str:
        """Return the paper that would settle it, in the language in use."""
        return _("The policy document")

    def tell(self) -> str:
        """Return the sentence for the counter."""
        return _("{area}: no policy document is known for {day}.").format(
            area=self.area.label, day=self.day
        )


Missing = MissingFact | MissingLine | MissingPolicy


class Reason(NamedTuple):
    """One criterion as it came out: the household's value beside the limit."""

    criterion: Criterion
    held: bool | None
    value: FactValue | None = None
    limit: LimitValue | None = None
    line: DatedValue | None = None
    """The dated value the limit was taken from."""
    declared: bool = False
    """True when a declaration settled what is not known."""
    parts: "tuple[Reason, ...]" = ()
    category: str = ""
    """The category this reason belongs to."""

    @property
    def article(self) -> str:
        """Return the number of the article."""
        return self.criterion.clause.article

    @property
    def fact(self) -> str:
        """Return the name of the fact or figure; empty for a group."""
        return self.criterion.subject.name if isinstance(self.criterion, Leaf) else ""

    def leaves(self) -> "tuple[Reason, ...]":
        """Return the reasons of single criteria, in order."""
        if not self.parts:
            return (self,)
        return tuple(leaf for part in self.parts for leaf in part.leaves())


class Working(NamedTuple):
    """How the amount of a grant was found: what the period allows, less what was received."""

    grant: Grant
    cap_fen: Fen
    used_fen: Fen
    months: int | None
    heads: int | None
    line: DatedValue | None

    @property
    def amount_fen(self) -> Fen:
        """Return what is left to give."""
        return Fen(max(self.cap_fen - self.used_fen, 0))


class Assessment(NamedTuple):
    """What a pack says: of the classification, or of one measure."""

    pack: Pack
    measure: Measure | None
    day: date
    outcome: Outcome
    amount_fen: Fen | None
    """The most that can be given; `None` while one cannot tell."""
    category: str | None
    """The category, of a classification that says yes."""
    net_per_head_fen: Fen | None
    """The net income a head and month that decided, of a classification."""
    reasons: tuple[Reason, ...]
    missing: tuple[Missing, ...]
    """What is needed and unknown, and no more than that; empty unless the outcome is unknown."""
    working: Working | None = None

    @property
    def lines(self) -> tuple[DatedValue, ...]:
        """Return the dated values this rests on, each once."""
        found = [leaf.line for reason in self.reasons for leaf in reason.leaves()]
        found.append(self.working.line if self.working else None)
        return tuple(dict.fromkeys(line for line in found if line))


class Findings(NamedTuple):
    """Everything the packs in force say about one household on one day."""

    day: date
    known_on: date | None
    classification: Assessment | None
    """`None` when no classification is in force on the day."""
    areas: tuple[tuple[Pack, tuple[Assessment, ...]], ...]

    @property
    def packs(self) -> tuple[Pack, ...]:
        """Return the packs that were used."""
        first = (self.classification.pack,) if self.classification else ()
        return (*first, *(pack for pack, _assessments in self.areas))

    def measure(self, id_: str) -> Assessment | None:
        """Return the assessment of one measure by its id."""
        for _pack, assessments in self.areas:
            for assessment in assessments:
                if assessment.measure and assessment.measure.id == id_:
                    return assessment
        return None


def assess_all(
    catalog: Catalog, facts: Facts, values: Values, day: date, known_on: date | None = None
) -> Findings:
    """Assess the classification and every area in force on ``day``."""
    pack = catalog.in_force(Area.CLASSIFICATION, day)
    classification = classify(pack, facts, values, day, known_on) if pack else None
    in_force = [catalog.in_force(area, day) for area in Area if area is not Area.CLASSIFICATION]
    return Findings(
        day,
        known_on,
        classification,
        tuple(
            (area, assess(area, facts, values, day, known_on, classification))
            for area in in_force
            if area
        ),
    )


def classify(
    pack: Pack,
    facts: Facts,
    values: Values,
    day: date,
    known_on: date | None = None,
    *,
    retest: bool = False,
) -> Assessment:
    """Assess the classification: the first category whose conditions hold.

    ``retest`` counts relief already received as income, where the pack says so.
    """
    case = _Case(facts, values, day, known_on, retest=retest)
    reasons = case.reasons(pack.conditions)
    basic = _all(reasons)
    category: Category | None = None
    chosen: bool | None = False
    tried: tuple[Reason, ...] = ()
    shown = list(reasons)
    for category in pack.categories:
        tried = tuple(
            reason._replace(category=category.name) for reason in case.reasons(category.conditions)
        )
        shown += tried
        chosen = _all(tried)
        if chosen is not False:
            break
    if basic is False or chosen is False:
        outcome = Outcome.NO
    elif basic and chosen:
        outcome = Outcome.YES
    else:
        outcome = Outcome.UNKNOWN
    missing = _once(case.missing((*reasons, *tried))) if outcome is Outcome.UNKNOWN else ()
    return Assessment(
        pack,
        None,
        day,
        outcome,
        None,
        category.name if category and outcome is Outcome.YES else None,
        _net(shown),
        tuple(shown),
        missing,
    )


def assess(
    pack: Pack,
    facts: Facts,
    values: Values,
    day: date,
    known_on: date | None = None,
    classification: Assessment | None = None,
) -> tuple[Assessment, ...]:
    """Assess the measures of an area's pack; of a classification, the one assessment.

    ``classification`` is the answer for the same household and day; without it the category is
    unknown. Raises nothing: what is not known makes the answer unknown.
    """
    if pack.area is Area.CLASSIFICATION:
        return (classify(pack, facts, values, day, known_on),)
    retest = classification
    if classification and CATEGORY_ON_RETEST.name in pack.asks:
        again = classification.pack
        if counts_on_retest(again, facts):
            retest = classify(again, facts, values, day, known_on, retest=True)
    derived = {CATEGORY.name: classification, CATEGORY_ON_RETEST.name: retest}
    case = _Case(
        {**facts, **{name: category_value(found) for name, found in derived.items()}},
        values,
        day,
        known_on,
        derived,
    )
    return tuple(case.measure(pack, measure) for measure in pack.measures)


def counts_on_retest(pack: Pack, facts: Facts) -> bool:
    """Tell whether a re-test can differ: something that counts as income then is not nought."""
    return any(facts.get(fact.name) != 0 for fact in pack.counted_on_retest)


def category_value(classification: Assessment | None) -> str | None:
    """Return the answer of a classification as the value of the fact ``category``."""
    if classification is None or classification.outcome is Outcome.UNKNOWN:
        return None
    return classification.category or NO_CATEGORY


def figure_value(figure: Figure, facts: Facts, *, retest: bool = False) -> Fen | None:
    """Return a figure of the household, `None` while a part of it is unknown."""
    total = 0
    for fact in figure.income(retest=retest):
        amount = facts.get(fact.name)
        if not isinstance(amount, int):
            return None
        total += amount
    for fact in figure.less:
        amount = facts.get(fact.name)
        if not isinstance(amount, int):
            return None
        total -= amount
    heads = facts.get(figure.heads.name)
    if not isinstance(heads, int) or heads < 1:
        return None
    return divide(total, figure.months * heads)


def _all(reasons: Iterable[Reason]) -> bool | None:
    """Return no as soon as one is no, then unknown as soon as one is unknown."""
    answer: bool | None = True
    for reason in reasons:
        if reason.held is False:
            return False
        if reason.held is None:
            answer = None
    return answer


def _any(reasons: Iterable[Reason]) -> bool | None:
    answer: bool | None = False
    for reason in reasons:
        if reason.held:
            return True
        if reason.held is None:
            answer = None
    return answer


def _not(held: bool | None) -> bool | None:
    return None if held is None else not held


def _once(missing: Iterable[Missing]) -> tuple[Missing, ...]:
    return tuple(dict.fromkeys(missing))


def _net(reasons: Sequence[Reason]) -> Fen | None:
    """Return the last net income that was compared: the one that decided."""
    for reason in reversed(reasons):
        leaf = reason.criterion
        is_figure = isinstance(leaf, Leaf) and isinstance(leaf.subject, Figure)
        if is_figure and isinstance(reason.value, int):
            return Fen(reason.value)
    return None


class _Case:
    """One household on one day, while it is looked at."""

    def __init__(
        self,
        facts: Facts,
        values: Values,
        day: date,
        known_on: date | None,
        derived: dict[str, Assessment | None] | None = None,
        *,
        retest: bool = False,
    ) -> None:
        self.facts = facts
        self.values = values
        self.day = day
        self.known_on = known_on
        self.derived = derived or {}
        self.retest = retest

    def reasons(self, criteria: Iterable[Criterion]) -> tuple[Reason, ...]:
        """Look at every criterion of a list."""
        return tuple([self.reason(criterion) for criterion in criteria])

    def reason(self, criterion: Criterion) -> Reason:
        """Look at one criterion."""
        if isinstance(criterion, Leaf):
            return self.leaf(criterion)
        parts = self.reasons(criterion.parts)
        return Reason(criterion, _together(criterion, parts), parts=parts)

    def leaf(self, leaf: Leaf) -> Reason:
        """Compare one fact or figure with its limit."""
        subject = leaf.subject
        if isinstance(subject, Figure):
            value = figure_value(subject, self.facts, retest=self.retest)
        else:
            value = self.facts.get(subject.name)
        limit, line = self.limit(leaf.limit)
        if value is None:
            declared = leaf.settled_by is not None and self.facts.get(leaf.settled_by.name) is True
            return Reason(leaf, True if declared else None, None, limit, line, declared)
        if leaf.test is Test.GIVEN:
            return Reason(leaf, True, value)
        held = None if limit is None else TESTS[leaf.test](value, limit)
        return Reason(leaf, held, value, limit, line)

    def limit(self, limit: Limit | None) -> tuple[LimitValue | None, DatedValue | None]:
        """Return a limit and the dated value it was taken from."""
        match limit:
            case Literal(value):
                return value, None
            case Line(kind, times):
                line = self.line(kind)
                return (scale(line.amount_fen, times), line) if line else (None, None)
            case Share(of, times):
                amount = self.facts.get(of.name)
                return (scale(amount, times) if isinstance(amount, int) else None), None
            case None:
                return None, None

    def line(self, kind: ValueKind) -> DatedValue | None:
        """Return the dated value of the household's district, `None` when it is unknown."""
        district = self.facts.get("district")
        if not isinstance(district, str):
            return None
        return self.values.line(kind, district, self.day, self.known_on)

    def measure(self, pack: Pack, measure: Measure) -> Assessment:
        """Assess one measure."""
        reasons = self.reasons(measure.conditions)
        held = _all(reasons)
        outcome = {True: Outcome.YES, False: Outcome.NO, None: Outcome.UNKNOWN}[held]
        missing = _once(self.missing(reasons)) if held is None else ()
        amount: Fen | None = None if held is None else ZERO
        working: Working | None = None
        if held and measure.grant:
            working = self.working(measure.grant)
            if working is None:
                outcome, amount = Outcome.UNKNOWN, None
                missing = _once(self.missing_for(measure.grant))
            else:
                amount = working.amount_fen
                outcome = Outcome.YES if amount else Outcome.NO
        return Assessment(
            pack, measure, self.day, outcome, amount, None, None, reasons, missing, working
        )

    def working(self, grant: Grant) -> Working | None:
        """Work out the money of a grant, `None` while a part of it is unknown."""
        used = self.facts.get(grant.used.name) if grant.used else 0
        if not isinstance(used, int):
            return None
        match grant.award:
            case Fixed(amount):
                return Working(grant, amount, Fen(used), None, None, None)
            case FirstAndFurther(first, further, fact):
                heads = self.facts.get(fact.name)
                if not isinstance(heads, int):
                    return None
                cap = Fen(first + further * (heads - 1)) if heads else ZERO
                return Working(grant, cap, Fen(used), None, heads, None)
            case MonthsOfLine(kind, by_category):
                category = self.facts.get(CATEGORY.name)
                line = self.line(kind)
                if line is None or not isinstance(category, str):
                    return None
                months = by_category.get(category, 0)
                cap = Fen(line.amount_fen * months)
                return Working(grant, cap, Fen(used), months, None, line)

    def missing(self, reasons: Iterable[Reason]) -> Iterable[Missing]:
        """Name what would settle the reasons that are open; settled ones need nothing."""
        for reason in reasons:
            if reason.held is not None:
                continue
            criterion = reason.criterion
            if isinstance(criterion, Group):
                yield from self.missing(reason.parts)
                continue
            if reason.value is None:
                yield from self._missing_subject(criterion)
            if reason.limit is None and criterion.limit:
                yield from self._missing_limit(criterion.limit)

    def missing_for(self, grant: Grant) -> Iterable[Missing]:
        """Name what would settle the money of a grant."""
        if grant.used:
            yield from self._missing_fact(grant.used)
        match grant.award:
            case FirstAndFurther(heads=heads):
                yield from self._missing_fact(heads)
            case MonthsOfLine(kind=kind):
                yield from self._missing_fact(CATEGORY)
                if self.line(kind) is None:
                    yield from self._missing_limit(Line(kind))
            case Fixed():
                pass

    def _missing_subject(self, leaf: Leaf) -> Iterable[Missing]:
        subject = leaf.subject
        if isinstance(subject, Fact):
            yield from self._missing_fact(subject)
            return
        for fact in (*subject.income(retest=self.retest), *subject.less, subject.heads):
            yield from self._missing_fact(fact)

    def _missing_fact(self, fact: Fact) -> Iterable[Missing]:
        value = self.facts.get(fact.name)
        if fact.name in self.derived:
            if value is None:
                yield from self._missing_category(self.derived[fact.name])
        elif value is None or (isinstance(value, int) and value < fact.at_least):
            yield MissingFact(fact)

    def _missing_category(self, classification: Assessment | None) -> Iterable[Missing]:
        if classification:
            yield from classification.missing
        else:
            yield MissingPolicy(Area.CLASSIFICATION, self.day)

    def _missing_limit(self, limit: Limit) -> Iterable[Missing]:
        match limit:
            case Line(kind=kind):
                district = self.facts.get("district")
                if isinstance(district, str):
                    yield MissingLine(kind, district, self.day, self.known_on)
                else:
                    yield MissingFact(HOUSEHOLD["district"])
            case Share(of=of):
                yield from self._missing_fact(of)
            case Literal():
                pass


def _together(group: Group, parts: Iterable[Reason]) -> bool | None:
    match group.how:
        case How.ALL:
            return _all(parts)
        case How.ANY:
            return _any(parts)
        case How.NOT:
            return _not(_any(parts))
