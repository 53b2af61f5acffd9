"""Reads a policy document into a `Pack` and refuses anything unknown.

Every mistake is a `PackProblem` that names the file, the table and the key, and the nearest known
name where there is one. ``docs/policy-messages.md`` lists them.
"""

import hashlib
import json
import string
import tomllib
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any, Final, TypeVar, cast

from app.core.i18n import _
from app.core.money import Fen
from app.policy.facts import (
    CATEGORY,
    CATEGORY_ON_RETEST,
    DISTRICTS,
    HOUSEHOLD,
    MEMBER,
    WHEN,
    Fact,
    FactType,
    FactValue,
)
from app.policy.pack import (
    Area,
    Article,
    Award,
    Category,
    Clause,
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
    MeasureKind,
    MonthsOfLine,
    Outcome,
    Pack,
    Period,
    Share,
    Stacking,
    Status,
    Subject,
    Test,
)
from app.policy.problems import (
    MissingKey,
    NamedTwice,
    NotReadable,
    TooPrecise,
    UnfitTest,
    UnknownArticle,
    UnknownKey,
    UnknownPackFact,
    UnknownPlace,
    UnknownSource,
    UnknownWord,
    UnsourcedValue,
    WrongShape,
    WrongType,
    nearest,
)
from app.reference.codes import known_words
from app.reference.dated import Confidence, ValueKind
from app.reference.districts import district_names

PlainWord = TypeVar("PlainWord", bound=StrEnum)

WORDS: Final[dict[str, tuple[str, ...]]] = {
    "held": (),
    "not_held": (),
    "unknown": (),
    "yes": (),
    "no": (),
    "not_given": (),
    "no_line": (),
    "declared": (),
    "no_category": (),
    "yuan": ("amount",),
    "change": ("says",),
    "again": ("day",),
}
"""The short words that every document brings (``[words]``), and the places in them."""

_CLAUSE_KEYS = {"article", "says", "source", "confidence", "again"}
_LEAF_KEYS = {"fact", "test", "value", "line", "share_of", "times", "settled_by"}
_GROUP_KEYS = {how.value for how in How}
_CRITERION_PLACES = {"value", "limit", "line", "times"}
_AWARD_PLACES = {"amount", "cap", "used", "months", "line", "first", "further", "heads"}
_AWARD_KEYS = {
    "fixed": {"amount"},
    "months_of_line": {"line", "months"},
    "first_and_further": {"first", "further", "heads"},
}
_ORDERED = {Test.BELOW, Test.AT_MOST, Test.ABOVE, Test.AT_LEAST}
_NUMBERS = {FactType.YUAN, FactType.COUNT}


def load(path: Path) -> Pack:
    """Read one policy document. Raises `NotReadable` or a `PackProblem`."""
    try:
        raw = tomllib.loads(path.read_text("utf-8-sig"), parse_float=Decimal)
    except (OSError, ValueError) as error:
        raise NotReadable(file=path.name, problem=str(error)) from error
    return read_pack(raw, path.name)


def read_pack(raw: Mapping[str, Any], file: str = "") -> Pack:
    """Make a pack of a parsed document. ``file`` is named in what is raised (`PackProblem`)."""
    return _Document(raw, file).pack()


def digest(raw: Mapping[str, Any]) -> str:
    """Return the SHA-256 of a document's content; its layout and comments do not count."""
    canonical = json.dumps(raw, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(canonical.encode()).hexdigest()


class _Table:
    """One table of the document, with its place in the file for messages."""

    def __init__(
        self, file: str, place: str, raw: Mapping[str, Any], keys: Collection[str]
    ) -> None:
        self.file = file
        self.place = place
        self.raw = raw
        for key in raw:
            if key not in keys:
                raise UnknownKey(file=file, table=place, key=key, nearest=nearest(key, keys))

    def wrong(self, key: str, wanted: str) -> WrongType:
        """Return the error for a value that is not what the key wants."""
        found = _plain(self.raw[key])
        return WrongType(file=self.file, table=self.place, key=key, wanted=wanted, found=found)

    def need(self, key: str) -> Any:
        """Return a value that must be there."""
        if key not in self.raw:
            raise MissingKey(file=self.file, table=self.place, key=key)
        return self.raw[key]

    def text(self, key: str, default: str | None = None) -> str:
        """Return a text."""
        value = self.need(key) if default is None else self.raw.get(key, default)
        if not isinstance(value, str):
            raise self.wrong(key, _("text"))
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts, empty when the key is absent."""
        value: Any = self.raw.get(key, [])
        if not isinstance(value, list):
            raise self.wrong(key, _("a list of texts"))
        items = cast("list[object]", value)
        if not all(isinstance(item, str) for item in items):
            raise self.wrong(key, _("a list of texts"))
        return tuple(str(item) for item in items)

    def day(self, key: str) -> date:
        """Return a day."""
        value = self.need(key)
        if not isinstance(value, date) or isinstance(value, datetime):
            raise self.wrong(key, _("a day such as 2020-01-01"))
        return value

    def whole(self, key: str, at_least: int) -> int:
        """Return a whole number."""
        value = self.need(key)
        if not isinstance(value, int) or isinstance(value, bool) or value < at_least:
            wanted = _("a whole number of at least {least}").format(least=at_least)
            raise self.wrong(key, wanted)
        return value

    def flag(self, key: str, *, default: bool) -> bool:
        """Return true or false."""
        value = self.raw.get(key, default)
        if not isinstance(value, bool):
            raise self.wrong(key, _("true or false"))
        return value

    def factor(self, key: str) -> Decimal:
        """Return a factor, 1 when the key is absent."""
        value = self.raw.get(key, 1)
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            raise self.wrong(key, _("a number"))
        if not Decimal(value).is_finite() or value <= 0:
            raise self.wrong(key, _("a number above 0"))
        return Decimal(value)

    def yuan(self, key: str) -> Fen:
        """Return an amount, written in yuan."""
        return self.as_yuan(key, self.need(key))

    def as_yuan(self, key: str, value: object) -> Fen:
        """Turn yuan into fen."""
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            raise self.wrong(key, _("an amount in yuan"))
        fen = Decimal(value) * 100
        if not fen.is_finite() or fen < 0 or fen != fen.to_integral_value():
            raise TooPrecise(file=self.file, table=self.place, key=key, found=str(value))
        return Fen(int(fen))

    def word(self, key: str, words: type[PlainWord]) -> PlainWord:
        """Return a word of a closed list."""
        text = self.text(key)
        try:
            return words(text)
        except ValueError:
            raise self.not_one_of(key, text, [word.value for word in words]) from None

    def not_one_of(self, key: str, found: str, known: Iterable[str]) -> UnknownWord:
        """Return the error for a word outside its list."""
        return UnknownWord(
            file=self.file, table=self.place, key=key, found=found, nearest=nearest(found, known)
        )

    def table(self, key: str, keys: Collection[str]) -> "_Table":
        """Return a table inside this one."""
        value = self.need(key)
        if not isinstance(value, dict):
            raise self.wrong(key, _("a table"))
        return _Table(self.file, self._inside(key), cast("dict[str, Any]", value), keys)

    def tables(self, key: str, keys: Collection[str]) -> "list[_Table]":
        """Return the tables of a list, none when the key is absent; they count from 1."""
        value: Any = self.raw.get(key, [])
        if not isinstance(value, list):
            raise self.wrong(key, _("a list of tables"))
        items = cast("list[object]", value)
        if not all(isinstance(item, dict) for item in items):
            raise self.wrong(key, _("a list of tables"))
        return [
            _Table(self.file, f"{self._inside(key)}[{number}]", cast("dict[str, Any]", item), keys)
            for number, item in enumerate(items, 1)
        ]

    def _inside(self, key: str) -> str:
        return f"{self.place}.{key}" if self.place != _TOP else key


_TOP = "document"


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


class _Document:
    """One document while it is read: what the parts may refer to."""

    KEYS = (
        "area",
        "in_force",
        "title",
        "number",
        "departments",
        "status",
        "note",
        "sources",
        "words",
        "says",
        "article",
        "figure",
        "condition",
        "category",
        "measure",
    )
    MEASURE_KEYS = (
        "id",
        "kind",
        "title",
        "unit",
        "period",
        "stacking",
        "needs_file",
        "papers",
        "says",
        "condition",
        "award",
    )

    def __init__(self, raw: Mapping[str, Any], file: str) -> None:
        self.raw = raw
        self.top = _Table(file, _TOP, raw, self.KEYS)
        self.area = self.top.word("area", Area)
        self.articles = tuple(
            Article(table.text("number"), table.text("text"))
            for table in self.top.tables("article", ("number", "text"))
        )
        self.sources = self._texts("sources")
        self.figures: dict[str, Figure] = {}
        for table in self.top.tables("figure", _FIGURE_KEYS):
            figure = self._figure(table)
            self._once(table, figure.name, {*self.figures, *HOUSEHOLD})
            self.figures[figure.name] = figure

    def pack(self) -> Pack:
        """Read the rest and check that the parts go together."""
        top = self.top
        pack = Pack(
            area=self.area,
            in_force=top.day("in_force"),
            title=top.text("title"),
            number=top.text("number", ""),
            departments=top.texts("departments"),
            status=top.word("status", Status),
            note=top.text("note", ""),
            articles=self.articles,
            sources=self.sources,
            words=self._words(),
            digest=digest(self.raw),
            conditions=self._criteria(top, "condition"),
            categories=self._categories(),
            wording=self._says(top, {"category"}) if "says" in top.raw else None,
            measures=self._measures(),
        )
        if self.area is Area.CLASSIFICATION:
            if not pack.categories or not pack.wording or pack.measures:
                self._shape(_("a classification has [says] and [[category]], and no [[measure]]"))
        elif not pack.measures or pack.categories or pack.conditions or pack.wording:
            self._shape(_("an area has [[measure]]; condition and says stand inside each"))
        return pack

    def _shape(self, why: str) -> None:
        raise WrongShape(file=self.top.file, table=self.top.place, why=why)

    def _once(self, table: _Table, name: str, names: Collection[str]) -> None:
        if name in names:
            raise NamedTwice(file=table.file, table=table.place, found=name)

    def _texts(self, key: str) -> dict[str, str]:
        table = self.top.table(key, self.top.raw.get(key, ()))
        return {name: table.text(name) for name in table.raw}

    def _words(self) -> dict[str, str]:
        table = self.top.table("words", WORDS)
        return {name: self._sentence(table, name, places) for name, places in WORDS.items()}

    def _says(self, table: _Table, places: set[str]) -> dict[Outcome, str]:
        inside = table.table("says", [outcome.value for outcome in Outcome])
        return {
            outcome: self._sentence(inside, outcome.value, places if outcome is Outcome.YES else ())
            for outcome in Outcome
        }

    def _sentence(
        self, table: _Table, key: str, places: Collection[str], default: str | None = None
    ) -> str:
        text = table.text(key, default)
        try:
            found = {
                place for _, place, _, _ in string.Formatter().parse(text) if place is not None
            }
        except ValueError:
            found = {text}
        for place in sorted(found - set(places)):
            raise UnknownPlace(
                file=table.file,
                table=table.place,
                key=key,
                found=place,
                nearest=nearest(place, places) or "-",
            )
        return text

    def _figure(self, table: _Table) -> Figure:
        return Figure(
            name=table.text("name"),
            label=table.text("label"),
            plus=self._amounts(table, "plus"),
            less=self._amounts(table, "less"),
            months=table.whole("months", 1),
            heads=self._fact(table, "heads", table.text("heads"), FactType.COUNT),
            plus_on_retest=self._amounts(table, "plus_on_retest"),
        )

    def _amounts(self, table: _Table, key: str) -> tuple[Fact, ...]:
        return tuple(self._fact(table, key, name, FactType.YUAN) for name in table.texts(key))

    def _fact(self, table: _Table, key: str, name: str, type_: FactType | None = None) -> Fact:
        known = {name: fact for name, fact in HOUSEHOLD.items() if name not in WHEN}
        if self.area is not Area.CLASSIFICATION:
            known |= {fact.name: fact for fact in (CATEGORY, CATEGORY_ON_RETEST)}
        fact = known.get(name)
        if fact is None:
            if name in MEMBER:
                self._unfit(table, key, name, _("it is a fact of one member, not of the household"))
            raise UnknownPackFact(
                file=table.file,
                table=table.place,
                key=key,
                found=name,
                nearest=nearest(name, [*known, *self.figures]),
            )
        if type_ is not None and fact.type is not type_:
            self._unfit(table, key, name, _not_a(fact.type, type_))
        return fact

    def _unfit(self, table: _Table, test: str, fact: str, why: str) -> None:
        raise UnfitTest(file=table.file, table=table.place, test=test, fact=fact, why=why)

    def _clause(self, table: _Table, places: Collection[str]) -> Clause:
        article = table.text("article", "")
        numbers = [article.number for article in self.articles]
        if article and article not in numbers:
            raise UnknownArticle(
                file=table.file,
                table=table.place,
                found=article,
                nearest=nearest(article, numbers),
            )
        source = table.texts("source")
        for name in source:
            if name not in self.sources:
                raise UnknownSource(
                    file=table.file,
                    table=table.place,
                    found=name,
                    nearest=nearest(name, self.sources),
                )
        confidence = table.word("confidence", Confidence) if "confidence" in table.raw else None
        return Clause(
            article=article,
            says=self._sentence(table, "says", places),
            source=source,
            confidence=confidence,
            again=table.flag("again", default=False),
        )

    def _sourced(self, table: _Table, places: Collection[str]) -> Clause:
        clause = self._clause(table, places)
        if not clause.source or clause.confidence is None:
            raise UnsourcedValue(file=table.file, table=table.place)
        return clause

    def _criteria(self, table: _Table, key: str) -> tuple[Criterion, ...]:
        keys = _CLAUSE_KEYS | _LEAF_KEYS | _GROUP_KEYS
        return tuple(self._criterion(inside) for inside in table.tables(key, keys))

    def _criterion(self, table: _Table) -> Criterion:
        hows = [how for how in How if how.value in table.raw]
        if not hows:
            return self._leaf(table)
        if len(hows) > 1 or _LEAF_KEYS & table.raw.keys():
            why = _("a criterion is either one fact and test, or one of all, any, not")
            raise WrongShape(file=table.file, table=table.place, why=why)
        parts = self._criteria(table, hows[0].value)
        if not parts:
            raise WrongShape(file=table.file, table=table.place, why=_("the group is empty"))
        return Group(self._clause(table, ()), hows[0], parts)

    def _leaf(self, table: _Table) -> Leaf:
        name = table.text("fact")
        subject = self.figures.get(name) or self._fact(table, "fact", name)
        test = table.word("test", Test)
        limit = self._limit(table, subject, test)
        settled = table.text("settled_by", "")
        return Leaf(
            clause=(self._sourced if limit else self._clause)(table, _CRITERION_PLACES),
            subject=subject,
            test=test,
            limit=limit,
            settled_by=self._fact(table, "settled_by", settled, FactType.YES_NO)
            if settled
            else None,
        )

    def _limit(self, table: _Table, subject: Subject, test: Test) -> Limit | None:
        given = [key for key in ("value", "line", "share_of") if key in table.raw]
        if test is Test.GIVEN:
            if given:
                self._unfit(table, test, subject.name, _("“given” takes no limit"))
            return None
        if len(given) != 1:
            raise WrongShape(
                file=table.file, table=table.place, why=_("give one of value, line, share_of")
            )
        if test in _ORDERED and subject.type not in _NUMBERS:
            self._unfit(table, test, subject.name, _("it is not a number"))
        if given[0] != "value":
            if test not in _ORDERED or subject.type is not FactType.YUAN:
                self._unfit(table, test, subject.name, _("line and share_of limit amounts only"))
            if given[0] == "line":
                return Line(table.word("line", ValueKind), table.factor("times"))
            of = self._fact(table, "share_of", table.text("share_of"), FactType.YUAN)
            return Share(of, table.factor("times"))
        if "times" in table.raw:
            self._unfit(table, test, subject.name, _("times goes with line or share_of"))
        value: Any = table.raw["value"]
        if test is not Test.ONE_OF:
            return Literal(self._value(table, subject, value))
        if not isinstance(value, list) or not value:
            raise table.wrong("value", _("a list of values"))
        return Literal(
            tuple(self._value(table, subject, item) for item in cast("list[object]", value))
        )

    def _value(self, table: _Table, subject: Subject, value: object) -> FactValue:
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
                known = fact_words(subject)
                if value not in known:
                    raise table.not_one_of("value", value, known)
                return value
            case _:
                raise table.wrong("value", subject.type.label)

    def _categories(self) -> tuple[Category, ...]:
        found: dict[str, Category] = {}
        for table in self.top.tables("category", ("name", "article", "condition")):
            name = table.text("name")
            self._once(table, name, found)
            if name not in known_words("category"):
                raise table.not_one_of("name", name, known_words("category"))
            conditions = self._criteria(table, "condition")
            if not conditions:
                raise MissingKey(file=table.file, table=table.place, key="condition")
            found[name] = Category(name, table.text("article", ""), conditions)
        return tuple(found.values())

    def _measures(self) -> tuple[Measure, ...]:
        found: dict[str, Measure] = {}
        for table in self.top.tables("measure", self.MEASURE_KEYS):
            measure = self._measure(table)
            self._once(table, measure.id, found)
            found[measure.id] = measure
        return tuple(found.values())

    def _measure(self, table: _Table) -> Measure:
        kind = table.word("kind", MeasureKind)
        if table.text("unit") != "household":
            raise table.not_one_of("unit", table.text("unit"), ["household"])
        if (kind is MeasureKind.GRANT) != ("award" in table.raw):
            why = _("a grant has an award, a service or referral has none")
            raise WrongShape(file=table.file, table=table.place, why=why)
        return Measure(
            id=table.text("id"),
            kind=kind,
            title=table.text("title"),
            conditions=self._criteria(table, "condition"),
            wording=self._says(table, {"amount"}),
            grant=self._grant(table) if kind is MeasureKind.GRANT else None,
            period=table.word("period", Period) if "period" in table.raw else None,
            stacking=table.word("stacking", Stacking) if "stacking" in table.raw else None,
            needs_file=table.flag("needs_file", default=True),
            papers=table.texts("papers"),
        )

    def _grant(self, measure: _Table) -> Grant:
        kind = measure.table("award", measure.raw["award"]).text("kind")
        if kind not in _AWARD_KEYS:
            table = measure.table("award", measure.raw["award"])
            raise table.not_one_of("kind", kind, _AWARD_KEYS)
        keys = _CLAUSE_KEYS | {"kind", "used"} | _AWARD_KEYS[kind]
        table = measure.table("award", keys)
        used = table.text("used", "")
        return Grant(
            clause=self._sourced(table, _AWARD_PLACES),
            award=self._award(table, kind),
            used=self._fact(table, "used", used, FactType.YUAN) if used else None,
        )

    def _award(self, table: _Table, kind: str) -> Award:
        if kind == "fixed":
            return Fixed(table.yuan("amount"))
        if kind == "first_and_further":
            heads = self._fact(table, "heads", table.text("heads"), FactType.COUNT)
            return FirstAndFurther(table.yuan("first"), table.yuan("further"), heads)
        known = known_words("category")
        months = table.table("months", table.raw.get("months", ()))
        for name in months.raw:
            if name not in known:
                raise table.not_one_of("months", name, known)
        by_category = {name: months.whole(name, 1) for name in months.raw}
        return MonthsOfLine(table.word("line", ValueKind), by_category)


def _not_a(found: FactType, wanted: FactType) -> str:
    return _("it is “{found}”, not “{wanted}”").format(found=found.label, wanted=wanted.label)


_FIGURE_KEYS = ("name", "label", "plus", "plus_on_retest", "less", "months", "heads")


def fact_words(fact: Fact) -> tuple[str, ...]:
    """Return the words a fact takes, of every version of its code lists."""
    return tuple(
        word
        for name in fact.codes
        for word in (district_names() if name == DISTRICTS else known_words(name))
    )
