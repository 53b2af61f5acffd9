"""Works one assessment out with every reason: what the counter reads and the papers print.

A no that is certain stands whatever else is unknown; nothing unknown is taken for no.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from app.core.money import ZERO, Fen
from app.core.resident_id import age
from app.policy.amounts import Amounts
from app.policy.awards import asked_by, lines_of, scale
from app.policy.facts import (
    AGE,
    CATEGORY,
    CATEGORY_ON_RETEST,
    FOUND,
    MONTHS_UNEMPLOYED,
    NOBODY,
    RECEIVED,
    Fact,
    Facts,
    FactValue,
    Known,
    months_between,
    received_by_household,
    received_by_member,
)
from app.policy.findings import (
    NO_CATEGORY,
    LimitValue,
    Missing,
    MissingFact,
    MissingLine,
    MissingPolicy,
    Reason,
    Trace,
    Working,
)
from app.policy.pack import (
    Area,
    Category,
    Criterion,
    Figure,
    Grant,
    Group,
    Leaf,
    Limit,
    Line,
    Literal,
    Measure,
    Outcome,
    Pack,
    Relation,
    Share,
)
from app.policy.truth import TESTS, TOGETHER, every, figure_value
from app.policy.vocabulary import HOUSEHOLD, MEMBER
from app.reference.dated import DatedValue, ValueKind
from app.reference.values import Values


class When(NamedTuple):
    """The day of an assessment and the dated values it may use."""

    values: Values
    day: date
    known_on: date | None


def trace_classification(pack: Pack, known: Known, when: When, *, retest: bool = False) -> Trace:
    """Work out the classification: the first category whose conditions hold.

    ``retest`` counts relief already received as income, where the pack says so.
    """
    case = _Case(known.household, when, None, retest=retest)
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
    found = category.name if category and outcome is Outcome.YES else None
    return Trace(outcome, None, found, _net(shown), tuple(shown), missing, None, None)


class Classified(NamedTuple):
    """The classification of a household, and as it is with relief received counted."""

    first: Trace | None
    on_retest: Trace | None


def classified(pack: Pack | None, known: Known, when: When) -> Classified:
    """Classify a household; without a pack its category is unknown."""
    if pack is None:
        return Classified(None, None)
    first = again = trace_classification(pack, known, when)
    if any(known.household.get(fact.name) != 0 for fact in pack.counted_on_retest):
        again = trace_classification(pack, known, when, retest=True)
    return Classified(first, again)


def trace_measure(
    measure: Measure, known: Known, member: int | None, when: When, by: Classified
) -> Trace:
    """Work out one measure, for the household or for one member of it."""
    found = {CATEGORY.key: by.first, CATEGORY_ON_RETEST.key: by.on_retest}
    person = known.members[member] if member is not None else NOBODY
    facts = _facts_asked(measure, known, person, when.day, found)
    return _Case(facts, when, found).measure(measure)


def category_value(trace: Trace | None) -> str | None:
    """Return the answer of a classification as the value of the fact ``category``."""
    if trace is None or trace.outcome is Outcome.UNKNOWN:
        return None
    return trace.category or NO_CATEGORY


def _facts_asked(
    measure: Measure, known: Known, person: Facts, day: date, found: dict[str, Trace | None]
) -> Facts:
    facts: dict[str, FactValue | None] = dict(known.household)
    facts |= {key: category_value(trace) for key, trace in found.items()}
    for key in measure.asks:
        if key.startswith(RECEIVED):
            facts[key] = received_by_household(known.household, key)
    if not measure.per_member:
        return facts
    facts |= {f"member.{name}": value for name, value in person.items()}
    birth, since = person.get("birth"), person.get("unemployed_since")
    facts[AGE.key] = age(birth, day) if isinstance(birth, date) else None
    months = months_between(since, day) if isinstance(since, date) else None
    facts[MONTHS_UNEMPLOYED.key] = months
    for key in measure.asks:
        if key.startswith(f"member.{RECEIVED}"):
            facts[key] = received_by_member(known, person, key.removeprefix("member."))
    return facts


def _once(missing: Iterable[Missing]) -> tuple[Missing, ...]:
    return tuple(dict.fromkeys(missing))


def _net(reasons: Sequence[Reason]) -> Fen | None:
    """Return the last net income that was compared: the one that decided."""
    leaves = [leaf for reason in reasons for leaf in reason.leaves()]
    for leaf in reversed(leaves):
        criterion = leaf.criterion
        is_figure = isinstance(criterion, Leaf) and isinstance(criterion.subject, Figure)
        if is_figure and isinstance(leaf.value, int):
            return Fen(leaf.value)
    return None


class _Case:
    """One household, or one member, on one day, while it is looked at."""

    def __init__(
        self,
        facts: Facts,
        when: When,
        found: dict[str, Trace | None] | None,
        *,
        retest: bool = False,
    ) -> None:
        self.facts = facts
        self.when = when
        self.found = found or {}
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
            value = self.facts.get(subject.key)
        limit, line = self.limit(leaf.limit)
        if value is None:
            declared = leaf.settled_by is not None and self.facts.get(leaf.settled_by.key) is True
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
                amount = self.facts.get(of.key)
                return (scale(amount, times) if isinstance(amount, int) else None), None
            case None:
                return None, None

    def line(self, kind: ValueKind) -> DatedValue | None:
        """Return the dated value of the household's district, `None` when it is unknown."""
        district = self.facts.get("district")
        if not isinstance(district, str):
            return None
        return self.when.values.line(kind, district, self.when.day, self.when.known_on)

    def measure(self, measure: Measure) -> Trace:
        """Work one measure out."""
        reasons = self.reasons(measure.conditions)
        held = every(reason.held for reason in reasons)
        outcome = {True: Outcome.YES, False: Outcome.NO, None: Outcome.UNKNOWN}[held]
        missing = _once(self.missing(reasons)) if held is None else ()
        amount: Fen | None = None if held is None else ZERO
        grant = measure.grant
        working = self.working(grant) if grant and held is not False else None
        if grant and held:
            if working is None:
                outcome, amount = Outcome.UNKNOWN, None
                missing = _once(self.missing_for(grant))
            else:
                amount = working.amount_fen
                outcome = Outcome.YES if amount else Outcome.NO
        expected = working.amount_fen if working and held is None else None
        shown = working if held else None
        return Trace(outcome, amount, None, None, reasons, missing, shown, expected)

    def working(self, grant: Grant) -> Working | None:
        """Work out the money of a grant, `None` while a part of it is unknown."""
        used = self.facts.get(grant.used.key) if grant.used else 0
        amounts = Amounts(self.facts, self.line)
        cap = amounts.of(grant.award)
        together: Fen | None = None
        if grant.household_most_fen is not None and grant.household_used:
            received = self.facts.get(grant.household_used.key)
            if not isinstance(received, int):
                return None
            together = Fen(max(grant.household_most_fen - received, 0))
        if cap is None or not isinstance(used, int):
            return None
        return Working(
            grant,
            cap,
            Fen(used),
            together,
            amounts.numbers,
            amounts.amounts,
            amounts.shares,
            amounts.line,
        )

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
        for fact in (grant.used, grant.household_used, *asked_by(grant.award)):
            if fact:
                yield from self._missing_fact(fact)
        for kind in lines_of(grant.award):
            if self.line(kind) is None:
                yield from self._missing_limit(Line(kind))

    def _missing_subject(self, leaf: Leaf) -> Iterable[Missing]:
        subject = leaf.subject
        if isinstance(subject, Fact):
            yield from self._missing_fact(subject)
            return
        for fact in (*subject.income(retest=self.retest), *subject.less, subject.heads):
            yield from self._missing_fact(fact)

    def _missing_fact(self, fact: Fact) -> Iterable[Missing]:
        value = self.facts.get(fact.key)
        if value is not None and not (isinstance(value, int) and value < fact.at_least):
            return
        if fact in FOUND:
            yield from self._missing_category(self.found.get(fact.key))
        elif fact is AGE:
            yield MissingFact(MEMBER["birth"])
        elif fact is MONTHS_UNEMPLOYED:
            yield MissingFact(MEMBER["unemployed_since"])
        else:
            yield MissingFact(fact)

    def _missing_category(self, classification: Trace | None) -> Iterable[Missing]:
        if classification:
            yield from classification.missing
        else:
            yield MissingPolicy(Area.CLASSIFICATION, self.when.day)

    def _missing_limit(self, limit: Limit) -> Iterable[Missing]:
        match limit:
            case Line(kind=kind):
                district = self.facts.get("district")
                if isinstance(district, str):
                    yield MissingLine(kind, district, self.when.day, self.when.known_on)
                else:
                    yield MissingFact(HOUSEHOLD["district"])
            case Share(of=of):
                yield from self._missing_fact(of)
            case Literal():
                pass
