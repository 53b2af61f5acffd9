"""Reads the criteria of a policy document: facts, tests, limits, groups, sentences, sources."""

import string
from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any, Final, cast

from app.core.i18n import _
from app.policy.facts import DERIVED, Fact, FactType, FactValue, Holder, received, words_of
from app.policy.pack import (
    Area,
    Clause,
    Criterion,
    Figure,
    Group,
    How,
    Leaf,
    Limit,
    Line,
    Literal,
    Relation,
    Share,
    Subject,
)
from app.policy.problems import (
    UnfitTest,
    UnknownArticle,
    UnknownPackFact,
    UnknownPlace,
    UnknownSource,
    UnsourcedValue,
    WrongShape,
    nearest,
)
from app.policy.tables import Table
from app.policy.vocabulary import HOUSEHOLD, MEMBER, WHEN
from app.reference.dated import Confidence, ValueKind

CLAUSE_KEYS: Final = frozenset({"article", "says", "source", "confidence"})
"""The keys that every criterion and award may have."""

_LEAF_KEYS = {"fact", "test", "value", "line", "share_of", "times", "settled_by"}
_GROUP_KEYS = {how.value for how in How}
_FIGURE_KEYS = ("name", "label", "plus", "plus_on_retest", "less", "months", "heads")
_PLACES = {"value", "limit", "line", "times"}
_ORDERED = {Relation.BELOW, Relation.AT_MOST, Relation.ABOVE, Relation.AT_LEAST}
_NUMBERS = {FactType.YUAN, FactType.COUNT}


class Criteria:
    """What the criteria of one document may refer to, and the reading of them.

    ``measures`` are the ids and titles of the document, for what was received under each.
    """

    def __init__(
        self,
        area: Area,
        articles: Collection[str],
        sources: Collection[str],
        measures: Mapping[str, str],
    ) -> None:
        self.area = area
        self.articles = articles
        self.sources = sources
        self.figures: dict[str, Figure] = {}
        every = [fact for name, fact in HOUSEHOLD.items() if name not in WHEN]
        every += MEMBER.values()
        if area is not Area.CLASSIFICATION:
            every += DERIVED.values()
        every += [received(*measure, holder) for measure in measures.items() for holder in Holder]
        self._every = {fact.key: fact for fact in every}
        self.facts = self._of_household()

    def _of_household(self) -> dict[str, Fact]:
        return {key: fact for key, fact in self._every.items() if fact.holder is Holder.HOUSEHOLD}

    def of(self, unit: Holder) -> None:
        """Read on with the facts that a measure of this unit may ask: facts of one member only
        where the measure is given to members."""
        self.facts = self._every if unit is Holder.MEMBER else self._of_household()

    def read_figures(self, top: Table) -> None:
        """Read the figures of the document; criteria name them like facts."""
        for table in top.tables("figure", _FIGURE_KEYS):
            name = table.name("name")
            table.once(name, {*self.figures, *self.facts})
            self.figures[name] = Figure(
                name=name,
                label=table.text("label"),
                plus=self._amounts(table, "plus"),
                less=self._amounts(table, "less"),
                months=table.whole("months", 1),
                heads=self.fact(table, "heads", FactType.COUNT),
                plus_on_retest=self._amounts(table, "plus_on_retest"),
            )

    def read(self, table: Table, key: str) -> tuple[Criterion, ...]:
        """Read a list of criteria, groups included."""
        keys = CLAUSE_KEYS | _LEAF_KEYS | _GROUP_KEYS
        return tuple(self._criterion(inside) for inside in table.tables(key, keys))

    def fact(self, table: Table, key: str, type_: FactType | None = None) -> Fact:
        """Return the fact that a key names, which must be of ``type_`` when that is given."""
        return self._named(table, key, table.text(key), type_)

    def sentence(
        self, table: Table, key: str, places: Collection[str], default: str | None = None
    ) -> str:
        """Return a sentence of the document, whose places must be among ``places``."""
        text = table.text(key, default)
        try:
            found = {piece[1] for piece in string.Formatter().parse(text)} - {None, *places}
        except ValueError:
            found = {text}
        for place in found:
            raise UnknownPlace(
                file=table.file,
                table=table.place,
                key=key,
                found=place,
                nearest=nearest(str(place), places) or "-",
            )
        return text

    def article(self, table: Table) -> str:
        """Return the number of the article that a table names, empty when it names none."""
        found = table.text("article", "")
        if found and found not in self.articles:
            raise UnknownArticle(
                file=table.file,
                table=table.place,
                found=found,
                nearest=nearest(found, self.articles),
            )
        return found

    def sourced(self, table: Table, places: Collection[str]) -> Clause:
        """Return the clause of a value, which must have a source and a confidence."""
        clause = self._clause(table, places)
        if not clause.source or clause.confidence is None:
            raise UnsourcedValue(file=table.file, table=table.place)
        return clause

    def _clause(self, table: Table, places: Collection[str]) -> Clause:
        source = table.texts("source")
        for name in source:
            if name not in self.sources:
                raise UnknownSource(
                    file=table.file,
                    table=table.place,
                    found=name,
                    nearest=nearest(name, self.sources),
                )
        return Clause(
            article=self.article(table),
            says=self.sentence(table, "says", places),
            source=source,
            confidence=table.word("confidence", Confidence) if "confidence" in table.raw else None,
        )

    def _criterion(self, table: Table) -> Criterion:
        hows = [how for how in How if how.value in table.raw]
        if not hows:
            return self._leaf(table)
        if len(hows) > 1 or _LEAF_KEYS & table.raw.keys():
            why = _("a criterion is either one fact and test, or one of all, any, not")
            raise WrongShape(file=table.file, table=table.place, why=why)
        parts = self.read(table, hows[0].value)
        if not parts:
            raise WrongShape(file=table.file, table=table.place, why=_("the group is empty"))
        return Group(self._clause(table, ()), hows[0], parts)

    def _leaf(self, table: Table) -> Leaf:
        subject = self.figures.get(table.text("fact")) or self.fact(table, "fact")
        test = table.word("test", Relation)
        limit = self._limit(table, subject, test)
        settled = "settled_by" in table.raw
        return Leaf(
            clause=(self.sourced if limit else self._clause)(table, _PLACES),
            subject=subject,
            test=test,
            limit=limit,
            settled_by=self.fact(table, "settled_by", FactType.YES_NO) if settled else None,
        )

    def _limit(self, table: Table, subject: Subject, test: Relation) -> Limit | None:
        given = [key for key in ("value", "line", "share_of") if key in table.raw]
        if test is Relation.GIVEN:
            if given:
                raise self._unfit(table, test, subject.name, _("“given” takes no limit"))
            return None
        if len(given) != 1:
            why = _("give one of value, line, share_of")
            raise WrongShape(file=table.file, table=table.place, why=why)
        if test in _ORDERED and subject.type not in _NUMBERS:
            raise self._unfit(table, test, subject.name, _("it is not a number"))
        if given[0] == "value":
            if "times" in table.raw:
                raise self._unfit(table, test, subject.name, _("times goes with line or share_of"))
            return Literal(self._values(table, subject, test))
        if test not in _ORDERED or subject.type is not FactType.YUAN:
            raise self._unfit(table, test, subject.name, _("line and share_of limit amounts only"))
        if given[0] == "line":
            return Line(table.word("line", ValueKind), table.factor("times"))
        return Share(self.fact(table, "share_of", FactType.YUAN), table.factor("times"))

    def _values(
        self, table: Table, subject: Subject, test: Relation
    ) -> FactValue | tuple[FactValue, ...]:
        value: Any = table.raw["value"]
        if test is not Relation.ONE_OF:
            return self._value(table, subject, value)
        if not isinstance(value, list) or not value:
            raise table.wrong("value", _("a list of values"))
        return tuple(self._value(table, subject, item) for item in cast("list[object]", value))

    def _value(self, table: Table, subject: Subject, value: object) -> FactValue:
        match subject.type:
            case FactType.YUAN:
                return table.as_yuan("value", value)
            case FactType.YES_NO if isinstance(value, bool):
                return value
            case FactType.COUNT if isinstance(value, int) and not isinstance(value, bool):
                return value
            case FactType.DAY if isinstance(value, date) and not isinstance(value, datetime):
                return value
            case FactType.WORD if isinstance(value, str) and isinstance(subject, Fact):
                known = words_of(subject)
                if value not in known:
                    raise table.not_one_of("value", value, known)
                return value
            case _:
                raise table.wrong("value", subject.type.label)

    def _amounts(self, table: Table, key: str) -> tuple[Fact, ...]:
        return tuple(self._named(table, key, name, FactType.YUAN) for name in table.texts(key))

    def _named(self, table: Table, key: str, name: str, type_: FactType | None) -> Fact:
        fact = self.facts.get(name)
        if fact is None:
            if name in self._every or (
                f"member.{name}" in self._every and f"member.{name}" not in self.facts
            ):
                why = _("it is a fact of one member, not of the household")
                raise self._unfit(table, key, name, why)
            of_member = f"member.{name}"
            known = [of_member] if of_member in self.facts else [*self.facts, *self.figures]
            raise UnknownPackFact(
                file=table.file,
                table=table.place,
                key=key,
                found=name,
                nearest=nearest(name, known),
            )
        if type_ is not None and fact.type is not type_:
            why = _("it is “{found}”, not “{wanted}”").format(
                found=fact.type.label, wanted=type_.label
            )
            raise self._unfit(table, key, name, why)
        return fact

    def _unfit(self, table: Table, test: str, fact: str, why: str) -> UnfitTest:
        return UnfitTest(file=table.file, table=table.place, test=test, fact=fact, why=why)
