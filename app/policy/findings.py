"""What an assessment finds: the answer, every reason, what is missing, how the money was found."""

from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

from app.core.i18n import N_, _
from app.core.money import Fen
from app.policy.facts import Fact, FactType, FactValue
from app.policy.pack import Area, Criterion, Grant, Leaf, Measure, Outcome, Pack
from app.reference.dated import DatedValue, ValueKind

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
    def paper(self) -> str:
        """Return the paper that would settle it, in the language in use."""
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
