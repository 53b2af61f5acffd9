"""The packs in force on one day with the dated values of that day: what one decides by."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import cached_property

from app.core.money import ZERO, Fen
from app.policy.awards import scale
from app.policy.catalog import Catalog
from app.policy.compiled import NO, Answer, Answers, program
from app.policy.facts import FOUND, RECEIVED, RELIEF, Facts, Known
from app.policy.findings import Assessment, Findings, Trace, Turn
from app.policy.pack import Area, Measure, Outcome, Pack
from app.policy.tracing import Classified, When, classified, trace_measure
from app.policy.turning import turns_of
from app.reference.dated import ValueKind
from app.reference.values import Values


def assess_all(
    catalog: Catalog, known: Known, values: Values, day: date, known_on: date | None = None
) -> Findings:
    """Assess the classification and every area in force on ``day``.

    Raises nothing: what is not known makes an answer unknown.
    """
    return Rulebook(catalog, values, day, known_on).assess(known)


class Rulebook:
    """Decides for many households of one day, or assesses one with its reasons.

    ``known_on`` leaves out dated values that were published later.
    """

    def __init__(
        self, catalog: Catalog, values: Values, day: date, known_on: date | None = None
    ) -> None:
        self.day = day
        self.known_on = known_on
        self._catalog = catalog
        self.classification = catalog.in_force(Area.CLASSIFICATION, day)
        found = [catalog.in_force(area, day) for area in Area if area is not Area.CLASSIFICATION]
        self.areas = tuple(pack for pack in found if pack)
        self.when = When(values, day, known_on)
        self.measures = tuple(measure for pack in self.areas for measure in pack.measures)
        """The measures in the order of the answers."""
        self._program = program(self.classification, self.areas)
        self._lines = [_Line(self.when, *line) for line in self._program.lines]

    def decide(self, known: Known) -> Answers:
        """Return the category and the answers for one household, without reasons."""
        return self._program.decide(known, self._lines, self.day)

    def decide_many(self, households: Iterable[Known]) -> list[Answers]:
        """Return the answers for many households."""
        decide, lines, day = self._program.decide, self._lines, self.day
        return [decide(known, lines, day) for known in households]

    def assess(self, known: Known) -> Findings:
        """Return what can be said of one household; reasons are made when they are read."""
        answers = self.decide(known)
        made = _Household(self, known)
        return Findings(self.day, self.known_on, known, lambda: made.assessments(answers))

    def until(self, pack: Pack) -> date | None:
        """Return the day from which a later pack replaces this one."""
        return self._catalog.until(pack)


class _Household:
    """One household and the book it is assessed by: what explains its assessments."""

    def __init__(self, book: Rulebook, known: Known) -> None:
        self.book = book
        self.known = known

    def assessments(
        self, answers: Answers
    ) -> tuple[Assessment | None, tuple[tuple[Pack, tuple[Assessment, ...]], ...]]:
        """Put the answers beside the packs and measures they belong to."""
        category, found = answers
        first: Assessment | None = None
        if self.book.classification:
            answer = None if category is None else 0 if category else NO
            first = self._assessment(self.book.classification, None, None, answer, category)
        rest = iter(found)
        areas = [
            (
                pack,
                tuple(
                    each
                    for measure in pack.measures
                    for each in self._of_measure(pack, measure, next(rest))
                ),
            )
            for pack in self.book.areas
        ]
        return first, tuple(areas)

    def _of_measure(
        self, pack: Pack, measure: Measure, answer: Answer | list[Answer]
    ) -> Iterable[Assessment]:
        if not isinstance(answer, list):
            yield self._assessment(pack, measure, None, answer)
            return
        for at, each in enumerate(answer):
            yield self._assessment(pack, measure, at if self.known.members else None, each)

    def _assessment(
        self,
        pack: Pack,
        measure: Measure | None,
        member: int | None,
        answer: Answer,
        category: str | None = None,
    ) -> Assessment:
        outcome, amount = _read(answer)
        if measure is None:
            amount = None
        return Assessment(
            pack,
            measure,
            self.book.day,
            self.known,
            member,
            outcome,
            amount,
            category or None,
            self,
        )

    # What explains an assessment

    @cached_property
    def _classified(self) -> Classified:
        return classified(self.book.classification, self.known, self.book.when)

    def trace(self, assessment: Assessment) -> Trace:
        """Work an assessment out with every reason."""
        measure = assessment.measure
        if measure is not None:
            member = assessment.member
            return trace_measure(measure, self.known, member, self.book.when, self._classified)
        assert self._classified.first  # noqa: S101 - the classification that is explained
        return self._classified.first

    def turns(self, assessment: Assessment) -> tuple[Turn, ...]:
        """Return the changes of one fact, each of which would turn a no into a yes."""
        pack, measure = assessment.pack, assessment.measure
        asked = measure.asks if measure else pack.asks
        if measure and self.book.classification and CATEGORIES & asked:
            asked |= self.book.classification.asks
        return turns_of(assessment, asked, lambda known: self._answer(assessment, known))

    def next_year(self, assessment: Assessment) -> bool:
        """Tell whether a no would be a yes with nothing received in the year."""
        known = self.known
        fresh = Known(_nothing_received(known.household), [*map(_nothing_received, known.members)])
        answer = self._answer(assessment, fresh)
        return answer is not None and answer > NO

    def until(self, pack: Pack) -> date | None:
        """Return the day from which a later pack replaces this one."""
        return self.book.until(pack)

    def _answer(self, assessment: Assessment, known: Known) -> Answer:
        category, answers = self.book.decide(known)
        measure = assessment.measure
        if measure is None:
            return None if category is None else 0 if category else NO
        answer = answers[self.book.measures.index(measure)]
        return answer[assessment.member or 0] if isinstance(answer, list) else answer


CATEGORIES = {fact.key for fact in FOUND}


def _nothing_received(facts: Facts) -> Facts:
    kept = {name: value for name, value in facts.items() if not name.startswith(RECEIVED)}
    return {**kept, RELIEF: 0} if RELIEF in facts else kept


def _read(answer: Answer) -> tuple[Outcome, Fen | None]:
    if answer is None:
        return Outcome.UNKNOWN, None
    if answer < 0:
        return Outcome.NO, ZERO
    return Outcome.YES, Fen(answer)


class _Line(dict[str | None, Fen | None]):
    """The amounts of one dated value on one day, by district; looked up when asked."""

    def __init__(self, when: When, kind: ValueKind, times: Decimal) -> None:
        super().__init__({None: None})
        self._when, self._kind, self._times = when, kind, times

    def __missing__(self, district: str | None) -> Fen | None:
        values, day, known_on = self._when
        line = values.line(self._kind, str(district), day, known_on)
        self[district] = found = scale(line.amount_fen, self._times) if line else None
        return found
