"""The situations beside this file, written for policy staff, come out as they say."""

import tomllib
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from app.core.money import Fen
from app.policy.assess import assess_all
from app.policy.catalog import shipped
from app.policy.explain import changes
from app.policy.findings import Assessment
from app.policy.pack import Area, Leaf, Pack, Relation
from app.policy.situation import read_situation
from app.reference.dated import shipped_values
from app.reference.values import Values

HERE = Path(__file__).parent
VALUES = Values(shipped_values())
KNOWN = {"outcome", "category", "net", "line", "missing", "against", "amount", "again"}


@dataclass(frozen=True)
class Situation:
    """One situation with what is expected of it."""

    id: str
    measure: str | None
    household: dict[str, Any]
    expect: dict[str, Any]


def situations() -> list[Situation]:
    found: list[Situation] = []
    for path in sorted(HERE.glob("*/*.toml")):
        document = tomllib.loads(path.read_text("utf-8"), parse_float=Decimal)
        for case in document["case"]:
            household = {**document["household"], **case.get("change", {})}
            for name in case.get("without", ()):
                household.pop(name)
            name = f"{path.parent.name}: {case['name']}"
            found.append(Situation(name, document.get("measure"), household, case["expect"]))
    return found


SITUATIONS = situations()


def assessed(situation: Situation) -> Assessment:
    read = read_situation({"household": situation.household})
    findings = assess_all(shipped(), read.facts, VALUES, read.day, read.known_on)
    name = situation.measure
    found = findings.measure(name) if name else findings.classification
    assert found is not None
    return found


def fen(yuan: Decimal | int) -> Fen:
    return Fen(int(yuan * 100))


@pytest.mark.parametrize("situation", SITUATIONS, ids=lambda situation: situation.id)
def test_a_situation_comes_out_as_expected(situation: Situation) -> None:
    expect = situation.expect
    assert not expect.keys() - KNOWN
    found = assessed(situation)
    leaves = [leaf for reason in found.reasons for leaf in reason.leaves()]

    assert found.outcome == expect["outcome"]
    assert found.category == expect.get("category")
    assert [item.name for item in found.missing] == expect.get("missing", [])
    if "net" in expect:
        assert found.net_per_head_fen == fen(expect["net"])
    if "line" in expect:
        assert {line.amount_fen for line in found.lines} == {fen(expect["line"])}
    if "against" in expect:
        assert [leaf.fact for leaf in leaves if leaf.held is False] == expect["against"]
    if "amount" in expect:
        assert found.amount_fen == fen(expect["amount"])
    if "again" in expect:
        day: date = expect["again"]
        assert any(str(day) in sentence for sentence in changes(found))


def test_every_criterion_decides_a_situation_each_way() -> None:
    """A criterion that no situation ever meets, or ever fails, is not tested at all."""
    seen: dict[int, set[bool | None]] = defaultdict(set)
    for situation in SITUATIONS:
        for reason in assessed(situation).reasons:
            for leaf in reason.leaves():
                seen[id(leaf.criterion)].add(leaf.held)

    idle = [
        (pack.id, leaf.subject.name, leaf.test.value)
        for pack in shipped().packs()
        for leaf in pack.leaves
        if not ways(leaf) <= seen[id(leaf)]
    ]
    assert not idle


def ways(leaf: Leaf) -> set[bool | None]:
    """Return how a criterion must come out: what is merely to be given is given or unknown."""
    return {True, None} if leaf.test is Relation.GIVEN else {True, False}


@pytest.mark.parametrize("pack", shipped().packs(), ids=lambda pack: pack.id)
def test_every_pack_has_situations(pack: Pack) -> None:
    assert (HERE / f"{pack.id}.toml").is_file()


def test_no_pack_is_confirmed_before_the_center_has_done_so() -> None:
    assert {pack.status.value for pack in shipped().packs()} == {"provisional"}
    assert shipped().in_force(Area.CLASSIFICATION, date(2019, 12, 31)) is None
