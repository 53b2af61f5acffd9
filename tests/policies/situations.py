"""Reads the situations beside this file: one household on one day, and what is expected of it.

They are written by and for policy staff (``docs/policy.md``), so a mistake in one is told in
Chinese, with the file, the situation and the nearest known name.
"""

import functools
import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

import msgspec

from app.core.assets import resource
from app.core.money import Fen, yuan_text
from app.policy.catalog import Catalog
from app.policy.explain import changes
from app.policy.findings import Assessment, Book, Trace
from app.policy.loader import load
from app.policy.pack import Area
from app.policy.problems import DocumentProblem, nearest
from app.policy.rulebook import Rulebook
from app.policy.situation import Situation, read_situation
from app.policy.tracing import When, trace_classification
from app.reference.codes import known_words
from app.reference.dated import (
    Confidence,
    DatedValue,
    Origin,
    ValueArea,
    ValueKind,
    shipped_values,
)
from app.reference.values import Values

HERE = Path(__file__).parent
Raw = dict[str, Any]


class WrongSituation(Exception):
    """A situation file is not written as it should be."""


class _Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One table of a situation file."""


class Expect(_Part, frozen=True):
    """What a situation must come out as. What is not written is not looked at; ``missing`` and
    ``category`` always are."""

    outcome: Literal["yes", "no", "unknown", "none"]
    """``none``: on that day there is no such measure, or no classification."""
    category: str | None = None
    net: Decimal | None = None
    """The net income a head and month that decided, in yuan."""
    line: Decimal | None = None
    """The one dated value that was used, in yuan."""
    missing: list[str] = []
    against: list[str] | None = None
    """The facts of every single criterion that does not hold, in order."""
    amount: Decimal | None = None
    again: date | None = None
    """The day from which one can apply again."""
    turns: list[str] | None = None
    """The facts of which one alone, changed by the household, would turn a no."""
    approval: int | None = None
    """How many levels above have to approve the amount."""
    in_force: date | None = None
    """The first day of the pack that answers."""


class MemberChange(_Part, frozen=True):
    """What is otherwise with one member of the base household."""

    at: int
    """Which member, from 1."""
    change: Raw = {}
    without: list[str] = []


class CaseTable(_Part, frozen=True):
    """One ``[[case]]`` as it is written."""

    name: str
    expect: Expect
    measure: str | None = None
    member: int | None = None
    """Whose answer is expected, from 1."""
    retest: bool = False
    """Of a classification: relief already received counts as income."""
    change: Raw = {}
    without: list[str] = []
    members: list[Raw] | None = None
    member_change: list[MemberChange] = []


class ValueTable(_Part, frozen=True, rename={"from_": "from"}):
    """One ``[[value]]``: a dated value that the center entered itself."""

    kind: ValueKind
    area: ValueArea
    yuan: Decimal
    from_: date
    to: date


class File(_Part, frozen=True):
    """A situation file as it is written."""

    case: list[CaseTable]
    household: Raw
    member: list[Raw] = []
    measure: str | None = None
    value: list[ValueTable] = []


@dataclass(frozen=True)
class Case:
    """One situation, ready to be assessed, with what is expected of it."""

    pack: str
    """The id of the pack beside which it stands, such as ``medical/2020-01-01``."""
    name: str
    measure: str | None
    """The measure that is asked; `None` for the classification."""
    member: int | None
    """Whose answer is expected: an index of the members."""
    retest: bool
    situation: Situation
    values: Values
    expect: Expect

    @property
    def area(self) -> Area:
        """Return the area of the pack."""
        return Area(self.pack.partition("/")[0])

    def __str__(self) -> str:
        return ": ".join(filter(None, (self.pack, self.measure, self.name)))


def paths(area: str = "*") -> list[Path]:
    """Return the situation files, of one area or of all."""
    return sorted(HERE.glob(f"{area}/*.toml"))


def read(path: Path) -> list[Case]:
    """Read the situations of one file. Raises `WrongSituation`."""
    return list(_cases(path, f"{path.parent.name}/{path.stem}"))


@functools.cache
def catalog(area: Area) -> Catalog:
    """Return the packs of one area with the classification, which every area asks.

    A mistake in the pack of one area so leaves the others be.
    """
    folders = sorted({Area.CLASSIFICATION, area})
    return Catalog(
        load(path)
        for folder in folders
        for path in sorted(resource("policies").glob(f"{folder}/*.toml"))
    )


def answer(packs: Catalog, case: Case) -> Assessment | None:
    """Return the assessment that a situation speaks of; `None` when there is none on that day."""
    asked = case.situation
    book = Rulebook(packs, case.values, asked.day, asked.known_on)
    findings = book.assess(asked.known)
    if case.measure:
        return findings.measure(case.measure, case.member)
    found = findings.classification
    if found and case.retest:
        found = replace(found, book=_Retest(found.book, book.when))
        return replace(found, outcome=found.trace.outcome, category=found.trace.category)
    return found


class _Retest:
    """Explains a classification with relief already received counted as income."""

    def __init__(self, book: Book, when: When) -> None:
        self.when = when
        self.turns = book.turns
        self.next_year = book.next_year
        self.until = book.until

    def trace(self, assessment: Assessment) -> Trace:
        return trace_classification(assessment.pack, assessment.known, self.when, retest=True)


def differences(case: Case, found: Assessment | None) -> Iterator[str]:
    """Yield each thing that came out otherwise than the situation expects."""
    expect = case.expect
    if found is None or expect.outcome == "none":
        if found is not None or expect.outcome != "none":
            yield _differ("outcome", expect.outcome, found.outcome.value if found else "none")
        return
    if found.outcome.value != expect.outcome:
        yield _differ("outcome", expect.outcome, found.outcome.value)
    if found.category != expect.category:
        yield _differ("category", expect.category, found.category)
    if found.outcome.value == "unknown" or expect.missing:
        missing = [item.name for item in found.missing]
        if missing != expect.missing:
            yield _differ("missing", expect.missing, missing)
    if expect.amount is not None and found.amount_fen != fen(expect.amount):
        yield _differ("amount", expect.amount, _yuan(found.amount_fen))
    if expect.net is not None and found.net_per_head_fen != fen(expect.net):
        yield _differ("net", expect.net, _yuan(found.net_per_head_fen))
    if expect.line is not None:
        lines = {line.amount_fen for line in found.lines}
        if lines != {fen(expect.line)}:
            yield _differ("line", expect.line, [_yuan(line) for line in lines])
    if expect.against is not None:
        against = [
            leaf.fact for reason in found.reasons for leaf in reason.leaves() if leaf.held is False
        ]
        if against != expect.against:
            yield _differ("against", expect.against, against)
    if expect.again is not None and not any(str(expect.again) in text for text in changes(found)):
        yield _differ("again", expect.again, changes(found))
    if expect.turns is not None:
        turns = [turn.fact.key for turn in found.turns]
        if turns != expect.turns:
            yield _differ("turns", expect.turns, turns)
    if expect.approval is not None:
        hints = found.measure.approval if found.measure else ()
        above = [hint for hint in hints if (found.amount_fen or 0) > hint.above_fen]
        if len(above) != expect.approval:
            yield _differ("approval", expect.approval, len(above))
    if expect.in_force is not None and found.pack.in_force != expect.in_force:
        yield _differ("in_force", expect.in_force, found.pack.in_force)


def fen(yuan: Decimal) -> Fen:
    """Turn the yuan of a situation into fen."""
    return Fen(int(yuan * 100))


def _yuan(amount: Fen | None) -> str:
    return "无" if amount is None else yuan_text(amount)


def _differ(key: str, expected: object, found: object) -> str:
    return f"{key} 应为 {expected}，算出 {found}"


def _cases(path: Path, pack: str) -> Iterator[Case]:
    file = f"{pack}.toml"
    area = Area(path.parent.name)
    try:
        raw = tomllib.loads(path.read_text("utf-8"), parse_float=Decimal)
    except ValueError as error:
        raise WrongSituation(f"{file}：不是正确的 TOML（{error}）") from error
    _keys(file, "文件最上面", raw, File)
    tables: list[Raw] = raw.get("case", [])
    for value in raw.get("value", []):
        _keys(file, "value", value, ValueTable)
    for number, table in enumerate(tables, 1):
        place = f"实例“{table.get('name', number)}”"
        _keys(file, place, table, CaseTable)
        _keys(file, f"{place}的 expect", table.get("expect", {}), Expect)
        for change in table.get("member_change", []):
            _keys(file, f"{place}的 member_change", change, MemberChange)
    try:
        document = msgspec.convert(raw, File)
    except msgspec.ValidationError as error:
        raise WrongSituation(f"{file}：{error}（$.case 从 0 数起）") from error
    values = Values(shipped_values(), [_own(value) for value in document.value])
    names: set[str] = set()
    for table in document.case:
        case = _case(file, area, pack, document, table, values)
        if str(case) in names:
            raise WrongSituation(f"{file}：两个实例都叫“{table.name}”")
        names.add(str(case))
        yield case


def _case(
    file: str, area: Area, pack: str, document: File, table: CaseTable, values: Values
) -> Case:
    place = f"{file}，实例“{table.name}”"
    measure = table.measure or document.measure
    if (measure is None) != (area is Area.CLASSIFICATION):
        raise WrongSituation(f"{place}：困难认定不写 measure，其他领域要写是哪个项目")
    if measure is not None:
        _one_of(place, "measure", measure, measures(area))
    if table.retest and measure is not None:
        raise WrongSituation(f"{place}：retest 只用于困难认定")
    expect = table.expect
    if expect.category is not None:
        _one_of(place, "category", expect.category, known_words("category"))
    written = [key for key in Expect.__struct_fields__ if getattr(expect, key) not in (None, [])]
    if expect.outcome == "none" and written != ["outcome"]:
        raise WrongSituation(f"{place}：outcome 是 none 时，expect 不再写别的")
    household = _changed(place, "household", document.household, table.change, table.without)
    members = _members(place, document, table)
    try:
        situation = read_situation({"household": household, "member": members}, place)
    except DocumentProblem as problem:
        raise WrongSituation(problem.tell()) from problem
    member = None
    if table.member is not None:
        if not 1 <= table.member <= len(members):
            raise WrongSituation(f"{place}：没有第 {table.member} 个成员")
        member = table.member - 1
    return Case(pack, table.name, measure, member, table.retest, situation, values, expect)


def _own(value: ValueTable) -> DatedValue:
    return DatedValue(
        kind=value.kind,
        area=value.area,
        amount_fen=fen(value.yuan),
        effective_from=value.from_,
        effective_to=value.to,
        confidence=Confidence.CONFIRMED,
        origin=Origin.CENTER,
    )


def _members(place: str, document: File, table: CaseTable) -> list[Raw]:
    if table.members is not None and table.member_change:
        raise WrongSituation(f"{place}：members 和 member_change 只写一个")
    members = list(document.member if table.members is None else table.members)
    for item in table.member_change:
        if not 1 <= item.at <= len(members):
            raise WrongSituation(f"{place}：没有第 {item.at} 个成员")
        base = members[item.at - 1]
        members[item.at - 1] = _changed(place, "member_change", base, item.change, item.without)
    return members


def _changed(place: str, table: str, base: Raw, change: Raw, without: Collection[str]) -> Raw:
    changed = {**base, **change}
    for name in without:
        if name not in changed:
            raise WrongSituation(f"{place}，{table}：without 里的“{name}”起点本来就没有写")
        del changed[name]
    return changed


@functools.cache
def measures(area: Area) -> tuple[str, ...]:
    """Return the ids of the measures of an area, of every era."""
    packs = catalog(area).packs()
    return tuple(dict.fromkeys(measure.id for pack in packs for measure in pack.measures))


def _keys(file: str, place: str, table: Mapping[str, object], part: type[_Part]) -> None:
    for key in table:
        _one_of(f"{file}，{place}", "", key, part.__struct_encode_fields__)


def _one_of(place: str, key: str, found: str, known: Collection[str]) -> None:
    if found not in known:
        what = f"{key}不能是“{found}”" if key else f"没有“{found}”这个键"
        raise WrongSituation(f"{place}：{what}。相近的：{nearest(found, known)}")
