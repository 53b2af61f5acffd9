"""What a policy document says, as plain data: a `Pack` and its parts.

A pack is complete: what applied on a day can be printed and signed. Criteria are data: a fact, a
test from a closed list, a limit. There are no expressions.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import ClassVar

from app.core.i18n import N_
from app.core.money import Fen
from app.core.words import Word
from app.core.words.funds import FundSource
from app.policy.awards import Award, asked_by, lines_of
from app.policy.facts import Fact, FactType, FactValue, Holder
from app.reference.dated import Confidence, ValueKind


class Area(Word):
    """The classification of files, and the seven areas of assistance."""

    CLASSIFICATION = "classification", N_("Classification")
    EMPLOYMENT = "employment", N_("Employment")
    MEDICAL = "medical", N_("Medical care")
    SCHOOLING = "schooling", N_("Schooling")
    INCOME = "income", N_("Income distribution")
    LABOUR = "labour", N_("Labour")
    SOCIAL_SECURITY = "social_security", N_("Social security")
    CULTURE = "culture", N_("Spiritual and cultural life")


class Status(Word):
    """Whether the center has confirmed a pack."""

    CONFIRMED = "confirmed", N_("Confirmed")
    PROVISIONAL = "provisional", N_("Provisional, to be confirmed by the center")


class Outcome(Word):
    """The answer of an assessment."""

    YES = "yes", N_("Meets the conditions")
    NO = "no", N_("Does not meet the conditions")
    UNKNOWN = "unknown", N_("Cannot tell yet")


class Relation(Word):
    """The closed list of tests."""

    IS = "is", N_("is")
    ONE_OF = "one_of", N_("is one of")
    GIVEN = "given", N_("is given")
    BELOW = "below", N_("is below")
    AT_MOST = "at_most", N_("is at most")
    ABOVE = "above", N_("is above")
    AT_LEAST = "at_least", N_("is at least")


class How(Word):
    """How the parts of a group count."""

    ALL = "all", N_("all of")
    ANY = "any", N_("any of")
    NOT = "not", N_("none of")


@dataclass(frozen=True)
class Figure:
    """An amount per head and month: (``plus`` − ``less``) ÷ ``months`` ÷ ``heads``, to the fen,
    half up. On a re-test the facts ``plus_on_retest`` count as income too."""

    name: str
    label: str
    plus: tuple[Fact, ...]
    less: tuple[Fact, ...]
    months: int
    heads: Fact
    plus_on_retest: tuple[Fact, ...] = ()

    type: ClassVar[FactType] = FactType.YUAN

    def income(self, *, retest: bool) -> tuple[Fact, ...]:
        """Return the facts that are added up."""
        return self.plus + self.plus_on_retest if retest else self.plus


Subject = Fact | Figure


@dataclass(frozen=True)
class Literal:
    """A limit written in the document; money is whole fen."""

    value: FactValue | tuple[FactValue, ...]


@dataclass(frozen=True)
class Line:
    """A limit that is a dated value of the household's district, times a factor."""

    kind: ValueKind
    times: Decimal = Decimal(1)


@dataclass(frozen=True)
class Share:
    """A limit that is another amount of the household, times a factor."""

    of: Fact
    times: Decimal


Limit = Literal | Line | Share


@dataclass(frozen=True)
class Clause:
    """What every criterion and award carries: the article, the words, the source."""

    article: str = ""
    says: str = ""
    """What is asked, in the document's own words, with the places ``{value}`` and ``{limit}``."""
    source: tuple[str, ...] = ()
    confidence: Confidence | None = None


@dataclass(frozen=True)
class Leaf:
    """One criterion: a subject, a test, a limit."""

    clause: Clause
    subject: Subject
    test: Relation
    limit: Limit | None
    settled_by: Fact | None = None
    """A declaration: while the subject is unknown and this fact is true, the criterion holds."""


@dataclass(frozen=True)
class Group:
    """Several criteria together. ``NOT`` holds when none of its parts does."""

    clause: Clause
    how: How
    parts: tuple["Criterion", ...]


Criterion = Leaf | Group


@dataclass(frozen=True)
class Category:
    """A category of the classification: all of ``conditions`` must hold."""

    name: str
    article: str
    conditions: tuple[Criterion, ...]


class MeasureKind(Word):
    """Who does something: money from us, a service of ours, a referral to another department."""

    GRANT = "grant", N_("Grant")
    SERVICE = "service", N_("Service")
    REFERRAL = "referral", N_("Referral")


class Period(Word):
    """The time over which a measure is counted."""

    CALENDAR_YEAR = "calendar_year", N_("Per calendar year")


class Stacking(Word):
    """Whether a household may have a measure beside or after another."""

    RETEST = "retest", N_("Several, each after a new test")
    ONE_ONLY = "one_only", N_("One only")
    SEVERAL = "several", N_("Several beside each other")


@dataclass(frozen=True)
class Grant:
    """The money of a grant: an award, which is the most that is given in the period."""

    clause: Clause
    award: Award
    used: Fact | None = None
    """What was received in the period already, taken off the award."""
    household_most_fen: Fen | None = None
    """The most that all members of a household together get in the period."""
    household_used: Fact | None = None
    """What all members together received, where there is such a most."""


@dataclass(frozen=True)
class ApprovalHint:
    """Who has to approve an amount above a limit, as a document says it."""

    above_fen: Fen
    clause: Clause


@dataclass(frozen=True)
class Measure:
    """One thing a household, or a member of it, can get."""

    id: str
    kind: MeasureKind
    title: str
    conditions: tuple[Criterion, ...]
    wording: Mapping[Outcome, str]
    unit: Holder = Holder.HOUSEHOLD
    grant: Grant | None = None
    period: Period | None = None
    stacking: Stacking | None = None
    needs_file: bool = True
    """Money of earmarked funds reaches only households with a valid file (先建档后帮扶)."""
    department: str = ""
    """Who does it, of a service or referral."""
    entitlement: str = ""
    """What the person gets, of a service or referral."""
    papers: tuple[str, ...] = ()
    """What to bring."""
    funds: tuple[FundSource, ...] = ()
    """The sources that may pay it; empty when the document does not say."""
    approval: tuple[ApprovalHint, ...] = ()

    @property
    def per_member(self) -> bool:
        """Tell whether it is given to members and not to the household."""
        return self.unit is Holder.MEMBER

    @cached_property
    def asks(self) -> frozenset[str]:
        """Return the keys of the facts the measure may ask, derived ones included."""
        names = _asked_by_grant(self.grant) if self.grant else set[str]()
        return frozenset(names.union(*map(_asked_by_leaf, leaves(self.conditions))))


@dataclass(frozen=True)
class Article:
    """One article of the document."""

    number: str
    text: str


@dataclass(frozen=True, eq=False)
class Pack:
    """One area's policy as in force from one day."""

    area: Area
    in_force: date
    title: str
    number: str
    departments: tuple[str, ...]
    status: Status
    note: str
    articles: tuple[Article, ...]
    sources: Mapping[str, str]
    digest: str
    """SHA-256 of the canonical content: spaces and comments do not count."""
    conditions: tuple[Criterion, ...] = ()
    """Of a classification: what must hold whatever the category."""
    categories: tuple[Category, ...] = ()
    """Of a classification, in the order in which they are tried."""
    wording: Mapping[Outcome, str] | None = None
    measures: tuple[Measure, ...] = ()

    @property
    def id(self) -> str:
        """Return the id a case keeps, such as ``classification/2020-01-01``."""
        return f"{self.area}/{self.in_force}"

    @cached_property
    def leaves(self) -> tuple[Leaf, ...]:
        """Return every single criterion."""
        groups = [self.conditions, *(category.conditions for category in self.categories)]
        groups += [measure.conditions for measure in self.measures]
        return tuple(leaf for group in groups for leaf in leaves(group))

    @cached_property
    def asks(self) -> frozenset[str]:
        """Return the keys of the facts the pack may ask, derived ones included."""
        own = frozenset[str]().union(*map(_asked_by_leaf, self.leaves))
        return own.union(*(measure.asks for measure in self.measures))

    @cached_property
    def counted_on_retest(self) -> tuple[Fact, ...]:
        """Return the facts that count as income when a household is tested again."""
        return tuple(
            dict.fromkeys(
                fact
                for leaf in self.leaves
                if isinstance(leaf.subject, Figure)
                for fact in leaf.subject.plus_on_retest
            )
        )

    def article(self, number: str) -> Article | None:
        """Return an article by its number."""
        return next((article for article in self.articles if article.number == number), None)


def leaves(criteria: tuple[Criterion, ...]) -> tuple[Leaf, ...]:
    """Return the single criteria of a list, groups opened."""
    return tuple(
        leaf
        for criterion in criteria
        for leaf in ((criterion,) if isinstance(criterion, Leaf) else leaves(criterion.parts))
    )


def _asked_by_leaf(leaf: Leaf) -> set[str]:
    subject = leaf.subject
    if isinstance(subject, Figure):
        names = {fact.key for fact in (*subject.income(retest=True), *subject.less, subject.heads)}
    else:
        names = {subject.key}
    if isinstance(leaf.limit, Line):
        names.add("district")
    elif isinstance(leaf.limit, Share):
        names.add(leaf.limit.of.key)
    if leaf.settled_by:
        names.add(leaf.settled_by.key)
    return names


def _asked_by_grant(grant: Grant) -> set[str]:
    names = {fact.key for fact in asked_by(grant.award)}
    names |= {fact.key for fact in (grant.used, grant.household_used) if fact}
    return names | {"district" for _kind in lines_of(grant.award)}
