"""A policy document with a mistake is refused with its file, table and key."""

import copy
import re
import tomllib
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from app.core.assets import resource, root
from app.core.money import Fen
from app.policy import problems
from app.policy.catalog import Catalog, shipped
from app.policy.documents import read_toml
from app.policy.loader import digest, load, read_pack
from app.policy.pack import Area, FirstAndFurther, Fixed, Group, How, Leaf, Literal
from app.policy.problems import DocumentProblem, NamedTwice

CLASSIFICATION = read_toml(resource("policies", "classification", "2020-01-01.toml"))
AREA = read_toml(resource("policies", "social_security", "2020-01-01.toml"))

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


MISTAKES: list[tuple[Document, Change, str, tuple[str, ...]]] = [
    (CLASSIFICATION, without("title"), "missing_key", ("document", "title")),
    (CLASSIFICATION, lambda d: d.update(tilte="x"), "unknown_key", ("tilte", "title")),
    (CLASSIFICATION, lambda d: d.update(title=3), "wrong_type", ("title", "3")),
    (CLASSIFICATION, lambda d: d.update(in_force="x"), "wrong_type", ("in_force", "x")),
    (CLASSIFICATION, lambda d: d.update(departments="x"), "wrong_type", ("departments",)),
    (CLASSIFICATION, lambda d: d.update(departments=[1]), "wrong_type", ("departments",)),
    (CLASSIFICATION, lambda d: d.update(category={}), "wrong_type", ("category",)),
    (CLASSIFICATION, lambda d: d.update(category=[1]), "wrong_type", ("category",)),
    (CLASSIFICATION, lambda d: d.update(words=1), "wrong_type", ("words",)),
    (CLASSIFICATION, lambda d: d["words"].pop("held"), "missing_key", ("words", "held")),
    (CLASSIFICATION, lambda d: d.update(area="clasification"), "unknown_word", ("classification",)),
    (CLASSIFICATION, lambda d: d.update(status="final"), "unknown_word", ("status", "final")),
    (CLASSIFICATION, lambda d: d["figure"][0].update(months=0), "wrong_type", ("figure[1]", "0")),
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
    (CLASSIFICATION, leaf(again=1), "wrong_type", ("again",)),
    (CLASSIFICATION, lambda d: d["category"][0].update(name="很困难"), "unknown_word", ("很困难",)),
    (CLASSIFICATION, lambda d: d["category"][1].update(name="深度困难"), "named_twice", ()),
    (CLASSIFICATION, lambda d: d["category"][0].pop("condition"), "missing_key", ("condition",)),
    (CLASSIFICATION, without("category"), "wrong_shape", ("[[category]]",)),
    (AREA, without("measure"), "wrong_shape", ("[[measure]]",)),
    (AREA, measure(kind="gift"), "unknown_word", ("gift",)),
    (AREA, measure(kind="service"), "wrong_shape", ("measure[1]",)),
    (AREA, measure(unit="member"), "unknown_word", ("member", "household")),
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


def test_every_code_of_a_pack_problem_is_provoked_and_in_the_docs() -> None:
    tried = {code for _, _, code, _ in MISTAKES}
    packs = {kind.code for kind in problems.PackProblem.__subclasses__()}
    assert packs - tried == {"wrong_file_name"}
    everything = packs | {kind.code for kind in problems.SituationProblem.__subclasses__()}
    everything |= {"cannot_open", "not_utf8", "not_toml"}
    told = root().joinpath("docs", "policy-messages.md").read_text("utf-8")
    assert everything == set(re.findall(r"^\| `(\w+)`", told, re.MULTILINE))


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
    assert shipped().packs()[0].digest == digest(CLASSIFICATION)


def test_the_other_awards_and_groups_are_read() -> None:
    document = copy.deepcopy(AREA)
    first, second = document["measure"][0], copy.deepcopy(document["measure"][0])
    common = {"says": "{amount}", "source": ["S14"], "confidence": "seen"}
    first["award"] = {"kind": "fixed", "amount": Decimal("268.50"), **common}
    second["id"] = "festival"
    heads = "members_living_together"
    second["award"] = {
        "kind": "first_and_further",
        "first": 150,
        "further": 50,
        "heads": heads,
        **common,
    }
    vehicle = {"fact": "has_motor_vehicle", "test": "is", "value": True, **common, "says": ""}
    second["condition"] = [{"says": "", "not": [vehicle]}]
    document["measure"] = [first, second]
    fixed, festival = read_pack(document).measures
    assert fixed.grant is not None
    assert fixed.grant.award == Fixed(Fen(26850))
    assert festival.grant is not None
    award_ = festival.grant.award
    assert isinstance(award_, FirstAndFurther)
    assert (award_.first_fen, award_.further_fen, award_.heads.name) == (15000, 5000, heads)
    group = festival.conditions[0]
    assert isinstance(group, Group)
    assert group.how is How.NOT
    part = group.parts[0]
    assert isinstance(part, Leaf)
    assert part.limit == Literal(value=True)


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
    assert shipped().asked_by("income_12_months", day) == ("困难认定",)
    assert shipped().asked_by("district", day) == ("困难认定", "生活救助")
    assert shipped().asked_by("union_member", day) == ("生活救助",)
    assert shipped().asked_by("zero_employment", day) == ()
    assert shipped().asked_by("district", date(2013, 5, 1)) == ()
