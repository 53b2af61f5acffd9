"""The situations beside this file, written for policy staff, come out as they say."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from app.policy.catalog import shipped
from app.policy.pack import Area, Leaf, Pack, Relation, leaves
from tests.policies.situations import (
    HERE,
    Case,
    WrongSituation,
    answer,
    catalog,
    differences,
    paths,
    read,
)


def _readable() -> Iterator[Case]:
    for path in paths():
        try:
            yield from read(path)
        except WrongSituation:  # told by the test of the file
            continue


CASES = list(_readable())


@pytest.mark.parametrize("path", paths(), ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_file_of_situations_can_be_read(path: Path) -> None:
    assert read(path)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_situation_comes_out_as_expected(case: Case) -> None:
    assert not list(differences(case, answer(catalog(case.area), case)))


@pytest.mark.parametrize("area", Area)
def test_every_criterion_decides_a_situation_each_way(area: Area) -> None:
    """A criterion that no situation ever meets, or ever fails, is not tested at all."""
    packs = catalog(area)
    seen: dict[int, set[bool | None]] = defaultdict(set)
    for case in CASES:
        found = answer(packs, case) if case.area is area else None
        for reason in found.reasons if found else ():
            for leaf in reason.leaves():
                seen[id(leaf.criterion)].add(leaf.held)

    idle = [
        (pack.id, part, leaf.subject.name, leaf.test.value, ways(leaf) - seen[id(leaf)])
        for pack in packs.packs()
        if pack.area is area
        for part, leaf in parts(pack)
        if not ways(leaf) <= seen[id(leaf)]
    ]
    assert not idle


def parts(pack: Pack) -> Iterator[tuple[str, Leaf]]:
    """Yield every criterion with the category or measure it stands in."""
    yield from (("", leaf) for leaf in leaves(pack.conditions))
    for category in pack.categories:
        yield from ((category.name, leaf) for leaf in leaves(category.conditions))
    for measure in pack.measures:
        yield from ((measure.id, leaf) for leaf in leaves(measure.conditions))


def ways(leaf: Leaf) -> set[bool | None]:
    """Return how a criterion must come out: what is merely to be given is given or unknown."""
    return {True, None} if leaf.test is Relation.GIVEN else {True, False}


@pytest.mark.parametrize("pack", shipped().packs(), ids=lambda pack: pack.id)
def test_every_pack_and_every_measure_has_situations(pack: Pack) -> None:
    assert (HERE / f"{pack.id}.toml").is_file()
    asked = {case.measure for case in CASES if case.pack == pack.id}
    assert asked == ({measure.id for measure in pack.measures} or {None})


@pytest.mark.parametrize("year", range(2012, 2027))
def test_every_area_has_a_pack_in_force(year: int) -> None:
    for day in (date(year, 1, 1), date(year, 7, 1), date(year, 12, 31)):
        assert {area for area in Area if shipped().in_force(area, day)} == set(Area)


def test_no_pack_is_confirmed_before_the_center_has_done_so() -> None:
    assert {pack.status.value for pack in shipped().packs()} == {"provisional"}


MISTAKES = [
    ("expct = 1", ("文件最上面", "expct", "household")),
    ("[[case]]\nname='甲'\nchnage={}\nexpect={outcome='yes'}", ("甲", "chnage", "change")),
    ("[[case]]\nname='甲'\nexpect={outcom='yes'}", ("甲", "expect", "outcom", "outcome")),
    ("[[case]]\nname='甲'\nexpect={outcome='maybe'}", ("maybe", "$.case[0].expect.outcome")),
    ("[[case]]\nname='甲'\nexpect={outcome='none', net=1}", ("甲", "none")),
    ("[[case]]\nname='甲'\nexpect={outcome='yes', category='深'}", ("甲", "深", "深度困难")),
    ("[[case]]\nname='甲'\nmember=2\nexpect={outcome='yes'}", ("甲", "第 2 个成员")),
    ("[[case]]\nname='甲'\nmember_change=[{at=1}]\nexpect={outcome='no'}", ("甲", "第 1 个成员")),
    ("[[case]]\nname='甲'\nwithout=['dwellings']\nexpect={outcome='no'}", ("甲", "dwellings")),
    ("[[case]]\nname='甲'\nmeasure='living_relief'\nexpect={outcome='no'}", ("甲", "measure")),
    ("[[case]]\nname='甲'\nchange={incme=1}\nexpect={outcome='no'}", ("甲", "incme")),
    ("[[case]]\nname='甲'\nexpect={outcome='no'}\n" * 2, ("甲",)),
    ("[[case]", ("TOML",)),
]


@pytest.mark.parametrize(("text", "named"), MISTAKES)
def test_a_mistake_in_a_situation_is_named(
    text: str, named: tuple[str, ...], tmp_path: Path
) -> None:
    path = tmp_path / "classification" / "2020-01-01.toml"
    path.parent.mkdir()
    path.write_text(f"{text}\n[household]\nas_of = 2022-11-15\n", "utf-8")
    with pytest.raises(WrongSituation) as caught:
        read(path)
    for word in ("classification/2020-01-01.toml", *named):
        assert word in str(caught.value)
