"""What an assessment finds: the answer at once, every reason when it is read.

The answer is decided for all measures together (`app.policy.rulebook`); reasons, what is missing
and how the money was found are worked out for the one assessment that somebody looks at.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final, NamedTuple, Protocol

from app.core.i18n import N_, _
from app.core.money import Fen
from app.policy.facts import Fact, FactType, FactValue, Known
from app.policy.pack import Area, Criterion, Grant, Leaf, Measure, Outcome, Pack
from app.reference.dated import DatedValue, ValueKind
from app.reference.proofs import proof

NO_CATEGORY: Final = ""
"""The value of the fact ``category`` for a household that is known to be in none."""

LimitValue = FactValue | tuple[FactValue, ...]


@dataclass(frozen=True)
class MissingFact:
    """A fact that is needed and unknown."""

    fact: Fact

    @property
    def name(self) -> str:
        """Return the name of the fact."""
        return self.fact.name

    @property
    def proof(self) -> str:
        """Return the name of the proof that would settle it."""
        return self.fact.paper

    @property
    def paper(self) -> str:
        """Return what that proof is called."""
        return self.fact.proof

    def tell(self) -> str:
        """Return the sentence for the counter."""
        says = (
            _("Whether this holds is not known: {fact}. It is seen from: {paper}")
            if self.fact.type is FactType.YES_NO
            else _("{fact} is not known. It is seen from: {paper}")
        )
        return says.format(fact=self.fact.title, paper=self.paper)


@dataclass(frozen=True)
class MissingLine:
    """A dated value that nobody knows for this day and district."""

    kind: ValueKind
    district: str
    day: date
    known_on: date | None

    proof: Final = "center_standard"

    @property
    def name(self) -> str:
        """Return the name of the dated value."""
        return self.kind.value

    @property
    def paper(self) -> str:
        """Return what the paper that would settle it is called."""
        return proof(self.proof).title

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

    proof: Final = "policy_document"

    @property
    def name(self) -> str:
        """Return the name that stands for the document."""
        return "policy"

    @property
    def paper(self) -> str:
        """Return what the paper that would settle it is called."""
        return proof(self.proof).title

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
    together_left_fen: Fen | None
    """What all members together may still get, where there is such a most."""
    numbers: Mapping[str, int]
    """Counts that went into it, by the place in the award's sentence: months, heads."""
    amounts: Mapping[str, Fen]
    """Amounts that went into it, by the place: of, most, deductible, line."""
    shares: Mapping[str, str]
    """Shares that went into it, written as in the document: share."""
    line: DatedValue | None

    @property
    def amount_fen(self) -> Fen:
        """Return what is left to give."""
        left = self.cap_fen - self.used_fen
        if self.together_left_fen is not None:
            left = min(left, self.together_left_fen)
        return Fen(max(left, 0))


class Trace(NamedTuple):
    """One assessment worked out with everything that can be said about it."""

    outcome: Outcome
    amount_fen: Fen | None
    category: str | None
    net_per_head_fen: Fen | None
    reasons: tuple[Reason, ...]
    missing: tuple[Missing, ...]
    working: Working | None
    expected_fen: Fen | None


class Turn(NamedTuple):
    """The least change of one fact that would turn a no into a yes."""

    fact: Fact
    now: FactValue
    needed: FactValue
    amount_fen: Fen | None
    """What could be given then; `None` of the classification."""


class Book(Protocol):
    """What an assessment was decided by, and what explains it."""

    def trace(self, assessment: "Assessment") -> Trace:
        """Work it out with every reason."""
        ...

    def turns(self, assessment: "Assessment") -> tuple[Turn, ...]:
        """Return the changes of one fact, each of which would turn a no."""
        ...

    def next_year(self, assessment: "Assessment") -> bool:
        """Tell whether a no ends with the calendar year."""
        ...

    def until(self, pack: Pack) -> date | None:
        """Return the day from which a later pack replaces this one."""
        ...


@dataclass(eq=False)  # not frozen: some fifty are made for a household, and that is slow
class Assessment:
    """What a pack says: of the classification, or of one measure, for one member or for all.

    Nobody changes it once it is made.
    """

    pack: Pack
    measure: Measure | None
    day: date
    known: Known
    member: int | None
    """Whose it is: the place in ``known.members``; `None` of a household's measure, and where
    no member was named."""
    outcome: Outcome
    amount_fen: Fen | None
    """The most that can be given; `None` while one cannot tell."""
    category: str | None
    """The category, of a classification that says yes."""
    book: Book

    @cached_property
    def trace(self) -> Trace:
        """Return it worked out with every reason."""
        return self.book.trace(self)

    @cached_property
    def turns(self) -> tuple[Turn, ...]:
        """Return the changes of one fact that the household can prove or make, each of which
        would turn a no."""
        return self.book.turns(self) if self.outcome is Outcome.NO else ()

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Return every criterion as it came out."""
        return self.trace.reasons

    @property
    def missing(self) -> tuple[Missing, ...]:
        """Return what is needed and unknown and no more; empty unless the answer is unknown."""
        return self.trace.missing

    @property
    def working(self) -> Working | None:
        """Return how the money was found."""
        return self.trace.working

    @property
    def net_per_head_fen(self) -> Fen | None:
        """Return the net income a head and month that decided, of a classification."""
        return self.trace.net_per_head_fen

    @property
    def expected_fen(self) -> Fen | None:
        """Return what could be given if what is missing proves true, as far as that is known."""
        return self.trace.expected_fen

    @property
    def lines(self) -> tuple[DatedValue, ...]:
        """Return the dated values this rests on, each once."""
        found = [leaf.line for reason in self.reasons for leaf in reason.leaves()]
        found.append(self.working.line if self.working else None)
        return tuple(dict.fromkeys(line for line in found if line))


_BEST: Final = {Outcome.YES: 0, Outcome.UNKNOWN: 1, Outcome.NO: 2}


@dataclass(frozen=True, eq=False)
class Findings:
    """Everything the packs in force say about one household on one day."""

    day: date
    known_on: date | None
    known: Known
    make: Callable[[], tuple[Assessment | None, tuple[tuple[Pack, tuple[Assessment, ...]], ...]]]

    @cached_property
    def _made(self) -> tuple[Assessment | None, tuple[tuple[Pack, tuple[Assessment, ...]], ...]]:
        return self.make()

    @property
    def classification(self) -> Assessment | None:
        """Return the classification; `None` when none is in force on the day."""
        return self._made[0]

    @property
    def areas(self) -> tuple[tuple[Pack, tuple[Assessment, ...]], ...]:
        """Return the pack of each area with its assessments; one for each member of a measure
        that is given to members."""
        return self._made[1]

    @property
    def packs(self) -> tuple[Pack, ...]:
        """Return the packs that were used."""
        first = (self.classification.pack,) if self.classification else ()
        return (*first, *(pack for pack, _assessments in self.areas))

    @property
    def all(self) -> Iterator[Assessment]:
        """Yield the classification and every other assessment."""
        if self.classification:
            yield self.classification
        for _pack, assessments in self.areas:
            yield from assessments

    def of(self, id_: str) -> tuple[Assessment, ...]:
        """Return the assessments of one measure: several when it is given to members."""
        return tuple(each for each in self.all if each.measure and each.measure.id == id_)

    def measure(self, id_: str, member: int | None = None) -> Assessment | None:
        """Return the assessment of one measure, of one member or else the best there is."""
        found = [each for each in self.of(id_) if member is None or each.member == member]
        return min(found, key=lambda each: _BEST[each.outcome], default=None)
