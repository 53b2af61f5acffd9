"""A policy document with a mistake is refused with its file, table and key."""

import copy
import re
import tomllib
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

import pytest

from app.core.assets import resource, root
from app.core.i18n import _
from app.core.money import Fen
from app.policy import problems
from app.policy.awards import (
    Award,
    Bands,
    ByWord,
    FirstAndFurther,
    Fixed,
    LeastOf,
    MonthsOfLine,
    PerHead,
    ShareOf,
)
from app.policy.catalog import Catalog, shipped
from app.policy.documents import read_toml
from app.policy.facts import CATEGORY, Holder
from app.policy.loader import digest, load, read_pack
from app.policy.pack import Area, Grant, Group, How, Leaf, Literal, Pack
from app.policy.problems import DocumentProblem, NamedTwice
from app.policy.vocabulary import HOUSEHOLD, MEMBER
from app.reference.dated import ValueKind

CLASSIFICATION = read_toml(resource("policies", "classification", "2020-01-01.toml"))
AREA = read_toml(resource("policies", "social_security", "2020-01-01.toml"))

COMMON = {"says": "{amount}", "source": ["S14"], "confidence": "seen"}
"""What every award carries."""

HEADS = "members_living_together"

Document = dict[str, Any]
Change = Callable[[Document], object]


def raised(document: Document, change: Change) -> DocumentProblem:
    changed = copy.deepcopy(document)
    change(changed)
    with pytest.raises(DocumentProblem) as caught:
        read_pack(changed, "draft.toml")
    return caught.value


def without(key: str) -> Change:
    return lambda document: document.pop(key)


def leaf(**changes: object) -> Change:
    """Change the criterion of the first category."""
    return lambda document: document["category"][0]["condition"][0].update(changes)


def unlimited(**changes: object) -> Change:
    """Replace the limit of the criterion of the first category."""

    def change(document: Document) -> None:
        criterion = document["category"][0]["condition"][0]
        del criterion["line"]
        criterion.update(changes)

    return change


def measure(**changes: object) -> Change:
    return lambda document: document["measure"][0].update(changes)


def award(**changes: object) -> Change:
    return lambda document: document["measure"][0]["award"].update(changes)


def priced(kind: str, *, unit: str = "household", **keys: object) -> Change:
    """Replace the award of the first measure, which is then given to ``unit``."""

    def change(document: Document) -> None:
        award = {"kind": kind, **COMMON, **keys}
        document["measure"][0].update(unit=unit, award=award, approval=[])

    return change


def service(**changes: object) -> Change:
    """Make the first measure a service."""

    def change(document: Document) -> None:
        first = document["measure"][0]
        del first["award"]
        first.update(kind="service", department="本中心", entitlement="介绍工作", approval=[])
        first.update(changes)

    return change


def bare(key: str) -> Change:
    """Make the first measure a service without one of its keys."""

    def change(document: Document) -> None:
        service()(document)
        del document["measure"][0][key]

    return change


def asking(fact: str, *, unit: str = "household", **limit: object) -> Change:
    """Ask one thing only in the first measure, which is given to ``unit``."""
    criterion = {"fact": fact, "test": "above", "value": 0, **COMMON, "says": "", **limit}
    return lambda document: document["measure"][0].update(unit=unit, condition=[criterion])


MISTAKES: list[tuple[Document, Change, str, tuple[str, ...]]] = [
    (CLASSIFICATION, without("title"), "missing_key", ("document", "title")),
    (CLASSIFICATION, lambda d: d.update(tilte="x"), "unknown_key", ("tilte", "title")),
    (CLASSIFICATION, lambda d: d.update(title=3), "wrong_type", ("title", "3")),
    (CLASSIFICATION, lambda d: d.update(in_force="x"), "wrong_type", ("in_force", "x")),
    (CLASSIFICATION, lambda d: d.update(departments="x"), "wrong_type", ("departments",)),
    (CLASSIFICATION, lambda d: d.update(departments=[1]), "wrong_type", ("departments",)),
    (CLASSIFICATION, lambda d: d.update(category={}), "wrong_type", ("category",)),
    (CLASSIFICATION, lambda d: d.update(category=[1]), "wrong_type", ("category",)),
    (CLASSIFICATION, lambda d: d.update(words={}), "unknown_key", ("document", "words")),
    (CLASSIFICATION, lambda d: d.update(area="clasification"), "unknown_word", ("classification",)),
    (CLASSIFICATION, lambda d: d.update(status="final"), "unknown_word", ("status", "final")),
    (CLASSIFICATION, lambda d: d["figure"][0].update(months=0), "wrong_type", ("figure[1]", "0")),
    (CLASSIFICATION, lambda d: d["figure"][0].update(name="net after"), "bad_name", ("net after",)),
    (CLASSIFICATION, lambda d: d["figure"][1].update(name="net_after_rigid"), "named_twice", ()),
    (
        CLASSIFICATION,
        lambda d: d["figure"][0].update(plus=["incme_12_months"]),
        "unknown_fact",
        ("figure[1]", "plus", "income_12_months"),
    ),
    (CLASSIFICATION, lambda d: d["figure"][0].update(heads="union_member"), "unfit_test", ()),
    (CLASSIFICATION, leaf(fact="monthly_income"), "unfit_test", ("monthly_income",)),
    (CLASSIFICATION, leaf(fact="net_after_rigd"), "unknown_fact", ("net_after_rigid",)),
    (CLASSIFICATION, leaf(fact="as_of"), "unknown_fact", ("as_of",)),
    (CLASSIFICATION, leaf(fact="category"), "unknown_fact", ("category",)),
    (CLASSIFICATION, leaf(fact="main_cause"), "unfit_test", ("below", "main_cause")),
    (CLASSIFICATION, leaf(test="less"), "unknown_word", ("test", "less")),
    (CLASSIFICATION, leaf(test="is"), "unfit_test", ("is",)),
    (CLASSIFICATION, leaf(test="given"), "unfit_test", ("given",)),
    (CLASSIFICATION, leaf(line="dibao"), "unknown_word", ("dibao_line",)),
    (CLASSIFICATION, leaf(times="2"), "wrong_type", ("times",)),
    (CLASSIFICATION, leaf(times=0), "wrong_type", ("times",)),
    (CLASSIFICATION, leaf(value=1), "wrong_shape", ()),
    (CLASSIFICATION, unlimited(), "wrong_shape", ()),
    (CLASSIFICATION, unlimited(value="x"), "wrong_type", ("value", "x")),
    (CLASSIFICATION, unlimited(value=Decimal("1.005")), "too_precise", ("value", "1.005")),
    (CLASSIFICATION, unlimited(value=-1), "too_precise", ("value", "-1")),
    (CLASSIFICATION, unlimited(value=1, times=2), "unfit_test", ("times",)),
    (CLASSIFICATION, unlimited(fact="dwellings", share_of="income_12_months"), "unfit_test", ()),
    (CLASSIFICATION, unlimited(fact="dwellings", value=True), "wrong_type", ("true",)),
    (
        CLASSIFICATION,
        unlimited(fact="person_type", test="is", value="农民"),
        "unknown_word",
        ("农民工",),
    ),
    (
        CLASSIFICATION,
        unlimited(fact="person_type", test="one_of", value="农民工"),
        "wrong_type",
        (),
    ),
    (CLASSIFICATION, unlimited(fact="person_type", test="one_of", value=[]), "wrong_type", ()),
    (CLASSIFICATION, leaf(settled_by="dwellings"), "unfit_test", ("settled_by", "dwellings")),
    (CLASSIFICATION, leaf(article="第三"), "unknown_article", ("第三", "第三条")),
    (CLASSIFICATION, leaf(source=["S1"]), "unknown_source", ("S1",)),
    (CLASSIFICATION, leaf(source=[]), "unsourced_value", ("category[1].condition[1]",)),
    (CLASSIFICATION, leaf(confidence="sure"), "unknown_word", ("confidence", "sure")),
    (CLASSIFICATION, leaf(says="{amount}"), "unknown_place", ("amount",)),
    (CLASSIFICATION, leaf(says="{value"), "unknown_place", ("{value",)),
    (CLASSIFICATION, leaf(all=[]), "wrong_shape", ("category[1].condition[1]",)),
    (CLASSIFICATION, lambda d: d["condition"][0].update(all=[]), "wrong_shape", ()),
    (CLASSIFICATION, lambda d: d["condition"][0].update(any=[]), "wrong_shape", ()),
    (CLASSIFICATION, leaf(again=True), "unknown_key", ("again",)),
    (CLASSIFICATION, lambda d: d["category"][0].update(name="很困难"), "unknown_word", ("很困难",)),
    (CLASSIFICATION, lambda d: d["category"][1].update(name="深度困难"), "named_twice", ()),
    (CLASSIFICATION, lambda d: d["category"][0].pop("condition"), "missing_key", ("condition",)),
    (CLASSIFICATION, without("category"), "wrong_shape", ("[[category]]",)),
    (AREA, without("measure"), "wrong_shape", ("[[measure]]",)),
    (AREA, measure(kind="gift"), "unknown_word", ("gift",)),
    (AREA, measure(kind="service"), "wrong_shape", ("measure[1]",)),
    (AREA, measure(unit="person"), "unknown_word", ("unit", "person", "member")),
    (AREA, measure(period="year"), "unknown_word", ("calendar_year",)),
    (AREA, measure(stacking="many"), "unknown_word", ("many",)),
    (AREA, measure(needs_file="yes"), "wrong_type", ("needs_file",)),
    (AREA, measure(says={"yes": "{x}", "no": "", "unknown": ""}), "unknown_place", ("x",)),
    (AREA, lambda d: d["measure"].append(d["measure"][0]), "named_twice", ("living_relief",)),
    (AREA, award(kind="months"), "unknown_word", ("months_of_line",)),
    (AREA, award(kind="fixed"), "unknown_key", ("line",)),
    (AREA, award(amount=5), "unknown_key", ("amount",)),
    (AREA, award(used="dwellings"), "unfit_test", ("dwellings",)),
    (AREA, award(months={"深度": 10}), "unknown_key", ("深度", "深度困难")),
    (AREA, award(months={"深度困难": "10"}), "wrong_type", ("深度困难",)),
    (AREA, award(confidence="sure"), "unknown_word", ("sure",)),
    (AREA, award(source=[]), "unsourced_value", ("measure[1].award",)),
    (AREA, award(says="{heads} {value}"), "unknown_place", ("says", "value")),
    (AREA, award(household_most=-1), "too_precise", ("household_most",)),
    (AREA, bare("department"), "missing_key", ("measure[1]", "department")),
    (AREA, bare("entitlement"), "missing_key", ("measure[1]", "entitlement")),
    (AREA, service(kind="grant"), "wrong_shape", ("measure[1]",)),
    (AREA, measure(funds=["centrl"]), "unknown_word", ("funds", "centrl", "central")),
    (AREA, measure(funds="central"), "wrong_type", ("funds",)),
    (AREA, measure(papers=[1]), "wrong_type", ("papers",)),
    (AREA, measure(approval=[{**COMMON, "says": ""}]), "missing_key", ("approval[1]", "above")),
    (AREA, measure(approval=[{"above": 1, "says": ""}]), "unsourced_value", ("approval[1]",)),
    (AREA, measure(approval=[{"abve": 1}]), "unknown_key", ("abve", "above")),
    (AREA, measure(approval=[{**COMMON, "above": 1}]), "unknown_place", ("amount",)),
    (AREA, priced("fixed"), "missing_key", ("measure[1].award", "amount")),
    (AREA, priced("fixed", amount=Decimal("0.001")), "too_precise", ("amount", "0.001")),
    (AREA, priced("by_word", fact="dwellings", amounts={}), "unfit_test", ("dwellings",)),
    (
        AREA,
        priced("by_word", unit="member", fact="member.school_stage", amounts={"大学": 1}),
        "unknown_key",
        ("measure[1].award.amounts", "大学", "大学本科"),
    ),
    (AREA, priced("per_head", amount=1, heads="district"), "unfit_test", ("heads", "district")),
    (AREA, priced("first_and_further", first=1, heads="dwellings"), "missing_key", ("further",)),
    (AREA, priced("months_of_line", line="dibao", months={}), "unknown_word", ("dibao_line",)),
    (
        AREA,
        priced("months_of_line", line="dibao_line", by="dwellings", months={}),
        "unfit_test",
        ("by", "dwellings"),
    ),
    (AREA, priced("share", of="district", times=1), "unfit_test", ("of", "district")),
    (AREA, priced("share", of="income_12_months", times=0), "wrong_type", ("times", "0")),
    (
        AREA,
        priced("share", of="income_12_months", times={"深度困难": "1"}),
        "wrong_type",
        ("measure[1].award.times", "深度困难"),
    ),
    (
        AREA,
        priced("share", of="income_12_months", most={"深度": 1}),
        "unknown_key",
        ("measure[1].award.most", "深度困难"),
    ),
    (
        AREA,
        priced("share", of="income_12_months", deductible=-1),
        "too_precise",
        ("deductible", "-1"),
    ),
    (AREA, priced("bands", of="income_12_months"), "wrong_shape", ("measure[1].award",)),
    (
        AREA,
        priced("bands", of="income_12_months", bands=[{"above": 0}]),
        "missing_key",
        ("measure[1].award.bands[1]", "amount"),
    ),
    (
        AREA,
        priced(
            "bands",
            of="income_12_months",
            bands=[{"above": 5, "amount": 1}, {"above": 0, "amount": 2}],
        ),
        "wrong_shape",
        ("measure[1].award",),
    ),
    (AREA, priced("least_of"), "wrong_shape", ("measure[1].award",)),
    (
        AREA,
        priced("least_of", parts=[{"kind": "least_of", "parts": ()}]),
        "unknown_word",
        ("measure[1].award.parts[1]", "least_of"),
    ),
    (
        AREA,
        priced("least_of", parts=[{"kind": "fixed", "amont": 1}]),
        "unknown_key",
        ("measure[1].award.parts[1]", "amont", "amount"),
    ),
    (AREA, asking("member.age"), "unfit_test", ("measure[1].condition[1]", "member.age")),
    (AREA, asking("age"), "unfit_test", ("age",)),
    (AREA, asking("member.agge", unit="member"), "unknown_fact", ("member.agge", "member.age")),
    (AREA, asking("received.living_releif"), "unknown_fact", ("received.living_relief",)),
    (AREA, asking("member.received.living_relief"), "unfit_test", ("member.received",)),
    (AREA, asking("received.medical_relief"), "unknown_fact", ("received.medical_relief",)),
    (
        AREA,
        asking("member.school_stage", unit="member", test="is", value="大学"),
        "unknown_word",
        ("大学", "大学本科"),
    ),
    (AREA, asking("member.birth", unit="member"), "unfit_test", ("above", "birth")),
    (AREA, asking("member.age", unit="member", line="dibao_line"), "wrong_shape", ()),
]


@pytest.mark.parametrize(
    ("document", "change", "code", "named"), MISTAKES, ids=lambda part: str(part)[:24]
)
def test_a_mistake_is_named(
    document: Document, change: Change, code: str, named: tuple[str, ...]
) -> None:
    problem = raised(document, change)
    assert problem.code == code
    for word in ("draft.toml", *named):
        assert word in problem.tell()


KINDS = {
    "Any document": [
        kind for kind in DocumentProblem.__subclasses__() if not kind.__subclasses__()
    ],
    "A policy document": problems.PackProblem.__subclasses__(),
    "A household situation": problems.SituationProblem.__subclasses__(),
}
"""The kinds of mistakes, by the chapter of the page that lists them."""


def test_every_kind_of_mistake_in_a_pack_is_provoked() -> None:
    tried = {code for _document, _change, code, _named in MISTAKES}
    assert {kind.code for kind in KINDS["A policy document"]} - tried == {"wrong_file_name"}


@pytest.mark.parametrize("chapter", KINDS)
def test_the_page_of_messages_agrees_with_the_program(chapter: str) -> None:
    """It lists every kind of mistake once, with an example that the program could say."""
    page = root().joinpath("docs", "policy-messages.md").read_text("utf-8")
    text = page.partition(f"## {chapter}")[2].partition("## ")[0]
    examples = dict(re.findall(r"^\| `(\w+)` \| (.+?) \|", text, re.MULTILINE))
    assert sorted(examples) == sorted(kind.code for kind in KINDS[chapter])
    for kind in KINDS[chapter]:
        sentence = re.sub(r"\\\{\w+\\\}", ".+", re.escape(_(kind.says)))
        assert re.fullmatch(sentence.removesuffix("。"), examples[kind.code]), kind.code


def places(node: object) -> Iterator[tuple[Any, Any]]:
    """Yield every place of a document: the table or list, and the key or index."""
    items = (
        list(cast("Document", node).items())
        if isinstance(node, dict)
        else list(enumerate(cast("list[object]", node)))
        if isinstance(node, list)
        else []
    )
    for at, inside in items:
        yield node, at
        yield from places(inside)


@pytest.mark.parametrize("document", [CLASSIFICATION, AREA], ids=["classification", "area"])
@pytest.mark.parametrize(
    "wrong", [3, -1, True, "x", [], [1], [{}], {"x": 1}, date(2020, 1, 1), Decimal("NaN")], ids=repr
)
def test_whatever_is_wrong_has_a_message(document: Document, wrong: object) -> None:
    """A wrong value anywhere is either good enough to be read or told with its place."""
    changed = copy.deepcopy(document)
    told: list[str] = []
    for holder, at in list(places(changed)):
        before = holder[at]
        holder[at] = wrong
        try:
            read_pack(changed, "draft.toml")
        except DocumentProblem as problem:
            told.append(problem.tell())
        holder[at] = before
    assert told
    assert all(text.startswith("draft.toml，") for text in told)


def test_a_file_that_is_not_there_or_not_toml_says_so(tmp_path: Path) -> None:
    path = tmp_path / "draft.toml"
    with pytest.raises(problems.CannotOpen, match="没有这个文件"):
        load(path)
    path.write_text("area = \n", "utf-8")
    with pytest.raises(problems.NotToml) as caught:
        load(path)
    assert "draft.toml 第 1 行" in caught.value.tell()
    path.write_bytes("标题".encode("gb18030"))
    with pytest.raises(problems.NotUtf8):
        load(path)


def test_the_digest_is_of_the_content_not_of_the_layout() -> None:
    one = tomllib.loads("a = 1\nb = [1.50, 2020-01-01]", parse_float=Decimal)
    same = tomllib.loads("# a remark\nb = [ 1.50,\n 2020-01-01 ]\na   = 1", parse_float=Decimal)
    other = tomllib.loads("a = 1\nb = [1.51, 2020-01-01]", parse_float=Decimal)
    assert digest(one) == digest(same)
    assert digest(one) != digest(other)
    found = shipped().find("classification/2020-01-01")
    assert found
    assert found.digest == digest(CLASSIFICATION)


AWARDS: list[tuple[dict[str, Any], str, Award]] = [
    ({"kind": "fixed", "amount": Decimal("268.50")}, "household", Fixed(Fen(26850))),
    (
        {"kind": "by_word", "fact": "member.school_stage", "amounts": {"小学": 500}},
        "member",
        ByWord(MEMBER["school_stage"], {"小学": Fen(50000)}),
    ),
    (
        {"kind": "first_and_further", "first": 150, "further": 50, "heads": HEADS},
        "household",
        FirstAndFurther(Fen(15000), Fen(5000), HOUSEHOLD[HEADS]),
    ),
    (
        {"kind": "per_head", "amount": 200, "heads": HEADS},
        "household",
        PerHead(Fen(20000), HOUSEHOLD[HEADS]),
    ),
    (
        {"kind": "months_of_line", "line": "dibao_line", "months": {"深度困难": 10}},
        "household",
        MonthsOfLine(ValueKind.DIBAO_LINE, {"深度困难": 10}, CATEGORY),
    ),
    (
        {"kind": "share", "of": "accident_loss_12_months", "times": Decimal("0.15"), "most": 10000},
        "household",
        ShareOf(HOUSEHOLD["accident_loss_12_months"], Decimal("0.15"), most_fen=Fen(1000000)),
    ),
    (
        {
            "kind": "share",
            "of": "member.school_costs_this_year",
            "times": {"小学": 1},
            "by": "member.school_stage",
            "deductible": 100,
            "most": {"小学": 500},
        },
        "member",
        ShareOf(
            MEMBER["school_costs_this_year"],
            {"小学": Decimal(1)},
            Fen(10000),
            {"小学": Fen(50000)},
            MEMBER["school_stage"],
        ),
    ),
    (
        {
            "kind": "bands",
            "of": "accident_loss_12_months",
            "bands": [{"above": 0, "amount": 1000}, {"above": 50000, "amount": 3000}],
        },
        "household",
        Bands(
            HOUSEHOLD["accident_loss_12_months"],
            ((Fen(0), Fen(100000)), (Fen(5000000), Fen(300000))),
        ),
    ),
    (
        {
            "kind": "least_of",
            "parts": [{"kind": "fixed", "amount": 9}, {"kind": "fixed", "amount": 8}],
        },
        "household",
        LeastOf((Fixed(Fen(900)), Fixed(Fen(800)))),
    ),
]


@pytest.mark.parametrize(("written", "unit", "award_"), AWARDS, ids=lambda part: str(part)[:24])
def test_every_kind_of_award_is_read(written: dict[str, Any], unit: str, award_: Award) -> None:
    document = copy.deepcopy(AREA)
    priced(**written, unit=unit)(document)
    assert grant(read_pack(document)).award == award_


def test_all_that_a_grant_may_say_is_read() -> None:
    document = copy.deepcopy(AREA)
    used, most = "member.received.living_relief", Decimal("8000.00")
    priced("fixed", unit="member", amount=1, used=used, household_most=most)(document)
    approval = {"above": 20000, **COMMON, "says": "报省总工会审批"}
    document["measure"][0].update(funds=["city", "donation"], approval=[approval])
    measure_ = read_pack(document).measures[0]
    assert measure_.unit is Holder.MEMBER
    assert [source.value for source in measure_.funds] == ["city", "donation"]
    assert [(hint.above_fen, hint.clause.says) for hint in measure_.approval] == [
        (2000000, "报省总工会审批")
    ]
    found = grant(read_pack(document))
    assert found.used
    assert found.household_used
    assert (found.used.key, found.household_used.key) == (used, "received.living_relief")
    assert found.household_most_fen == 800000


def test_a_service_says_who_does_it_and_what_one_gets() -> None:
    document = copy.deepcopy(AREA)
    service()(document)
    found = read_pack(document).measures[0]
    assert (found.grant, found.department, found.entitlement) == (None, "本中心", "介绍工作")


def test_a_group_of_what_must_not_be_is_read() -> None:
    document = copy.deepcopy(AREA)
    vehicle = {"fact": "has_motor_vehicle", "test": "is", "value": True, **COMMON, "says": ""}
    document["measure"][0]["condition"] = [{"says": "", "not": [vehicle]}]
    group = read_pack(document).measures[0].conditions[0]
    assert isinstance(group, Group)
    assert group.how is How.NOT
    part = group.parts[0]
    assert isinstance(part, Leaf)
    assert part.limit == Literal(value=True)


def grant(pack: Pack) -> Grant:
    """Return the money of the first measure."""
    found = pack.measures[0].grant
    assert found
    return found


def dated(day: date) -> Document:
    return {**AREA, "in_force": day}


def test_a_pack_stays_in_force_until_a_later_one_begins() -> None:
    first, second = (read_pack(dated(date(year, 1, 1))) for year in (2020, 2023))
    catalog = Catalog([second, first])
    area = Area.SOCIAL_SECURITY
    assert catalog.in_force(area, date(2019, 12, 31)) is None
    assert catalog.in_force(area, date(2020, 1, 1)) is first
    assert catalog.in_force(area, date(2022, 12, 31)) is first
    assert catalog.in_force(area, date(2023, 1, 1)) is second
    assert catalog.in_force(area, date(2040, 1, 1)) is second
    assert catalog.until(first) == date(2023, 1, 1)
    assert catalog.until(second) is None
    assert catalog.packs() == (first, second)
    assert catalog.find("social_security/2023-01-01") is second
    assert catalog.find("social_security/2023-01-01", "0" * 64) is None


def test_two_packs_of_one_area_and_day_are_refused() -> None:
    with pytest.raises(NamedTwice):
        Catalog([read_pack(dated(date(2020, 1, 1)))] * 2)


def test_who_asks_for_a_fact() -> None:
    day = date(2022, 11, 15)
    asked = shipped().asked_by
    assert asked("income_12_months", day)[0] == "困难认定"
    assert "生活救助" in asked("district", day)
    assert "生活救助" in asked("union_member", day)
    assert "困难认定" not in asked("union_member", day)
    assert asked("zero_employment", date(2006, 5, 1)) == ()
