"""Decides what a pack says about one household on one day, and gives every reason.

A no that is certain stands whatever else is unknown; nothing unknown is taken for no.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from app.core.money import ZERO, Fen
from app.policy.catalog import Catalog
from app.policy.facts import CATEGORY, CATEGORY_ON_RETEST, HOUSEHOLD, Fact, Facts
from app.policy.findings import (
    NO_CATEGORY,
    Assessment,
    Findings,
    LimitValue,
    Missing,
    MissingFact,
    MissingLine,
    MissingPolicy,
    Reason,
    Working,
)
from app.policy.pack import (
    Area,
    Category,
    Criterion,
    Figure,
    FirstAndFurther,
    Fixed,
    Grant,
    Group,
    Leaf,
    Limit,
    Line,
    Literal,
    Measure,
    MonthsOfLine,
    Outcome,
    Pack,
    Relation,
    Share,
    scale,
)
from app.policy.truth import TESTS, TOGETHER, every, figure_value
from app.reference.dated import DatedValue, ValueKind
from app.reference.values import Values


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
    basic = every(reason.held for reason in reasons)
    category: Category | None = None
    chosen: bool | None = False
    tried: tuple[Reason, ...] = ()
    shown = list(reasons)
    for category in pack.categories:
        tried = tuple(
            reason._replace(category=category.name) for reason in case.reasons(category.conditions)
        )
        shown += tried
        chosen = every(reason.held for reason in tried)
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
        held = TOGETHER[criterion.how](part.held for part in parts)
        return Reason(criterion, held, parts=parts)

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
        if leaf.test is Relation.GIVEN:
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
        held = every(reason.held for reason in reasons)
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
