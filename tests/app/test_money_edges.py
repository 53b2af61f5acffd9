"""Every limit on money that ships, on both sides of its edge, to the fen: tiers of approval,
earmarks and mosts of sources, kinds of caps. A new one without its edges here fails."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import msgspec
import pytest

from app.core.money import Fen
from app.core.words.disbursements import ApprovalStep
from app.core.words.funds import FundSource
from app.core.words.relief import ReliefItem
from app.disbursements import limits, source_most, ways
from app.disbursements.limits import cap_of
from app.disbursements.queries import award_view
from app.disbursements.records import AwardById, AwardView
from app.disbursements.rules import OverCap, check_cap
from app.disbursements.source_most import check_source_most
from app.disbursements.store import assessed
from app.disbursements.tiers import Matter, Tiers, shipped_tiers
from app.disbursements.tiers import Rule as TierRule
from app.facts.assessing import assess_stored
from app.facts.payments import Coming, Payment, values_of
from app.funds.rules import (
    FileNeeded,
    ItemNotPaid,
    LevelNeeded,
    OverSourceMost,
    RosterOnly,
    Wanted,
    check_earmarks,
)
from app.policy.catalog import shipped
from app.policy.facts import RELIEF
from app.policy.pack import Area, Measure, MeasureKind
from app.reference.codes import known_words
from app.reference.dated import ValueKind
from app.reference.earmarks import Earmarks, Most, Per, Rule, shipped_earmarks
from app.reference.relief_items import items
from app.work import Work
from db.models.households import Household
from tests.app.test_earmarks import fund
from tests.app.test_needs import pupil
from tests.regrouping import tried
from tests.world import World


def giving(value: object) -> Callable[..., Any]:
    """Return a function that gives a value, whatever it is asked."""

    def give(*_asked: object) -> Any:
        return value

    return give


# Tiers of approval

S, C, P, N = ApprovalStep
FIRST, SECOND = date(2012, 1, 1), date(2020, 1, 1)

Edge = tuple[str, int, tuple[ApprovalStep, ...], tuple[ApprovalStep, ...]]
TIERS: dict[tuple[date, str], Edge] = {
    (FIRST, "超过 5,000 元的，集体研究"): ("living_relief", 500_000, (S,), (C,)),
    (SECOND, "超过 5,000 元的，集体研究"): ("living_relief", 500_000, (S,), (C,)),
    (SECOND, "医疗救助超过 20,000 元的，报省总工会审批"): (
        *("medical_relief", 2_000_000),
        *((C,), (C, P)),
    ),
    (SECOND, "医疗救助超过 50,000 元的，报全国总工会审批"): (
        *("medical_relief", 5_000_000),
        *((C, P), (C, P, N)),
    ),
}
"""By document and rule: a measure, the limit, who decides up to it, and who from one fen more."""

RULES = [(tiers, rule) for tiers in shipped_tiers() for rule in tiers.rules]


def matter(tiers: Tiers, measure: str, fen: int) -> Matter:
    area = shipped().area_of(measure, tiers.in_force)
    area = Area(area) if area else None
    return Matter(fen=Fen(fen), measure=measure, area=area, fund=FundSource.CITY, level=None)


@pytest.mark.parametrize(
    ("tiers", "rule"), RULES, ids=[f"{tiers.in_force} {rule.title}" for tiers, rule in RULES]
)
def test_every_tier_begins_one_fen_above_its_limit(tiers: Tiers, rule: TierRule) -> None:
    measure, limit, below, above = TIERS[tiers.in_force, rule.title]
    assert limit == rule.above_fen
    assert tiers.steps_for(matter(tiers, measure, limit)) == below
    assert tiers.steps_for(matter(tiers, measure, limit + 1)) == above
    assert set(rule.steps) <= set(above)
    assert rule.title in tiers.why(matter(tiers, measure, limit + 1))
    assert rule.title not in tiers.why(matter(tiers, measure, limit))
    if rule.measures:
        other = next(each for each in items().by_measure if each not in rule.measures)
        assert not rule.applies(matter(tiers, other, limit + 1))


@pytest.mark.parametrize(
    ("tiers", "rule"), RULES, ids=[f"{tiers.in_force} {rule.title}" for tiers, rule in RULES]
)
def test_what_is_split_reaches_every_tier(
    world: World, monkeypatch: pytest.MonkeyPatch, tiers: Tiers, rule: TierRule
) -> None:
    """Two parts reach a tier when their sum is a fen above its limit. The limit is put down to what
    the policy of today gives for living, so that the tiers of other years and areas are reached."""
    low = msgspec.structs.replace(rule, above_fen=100_000, measures=(), areas=())
    document = msgspec.structs.replace(tiers, rules=(low,))
    monkeypatch.setattr(ways, "tiers_on", giving(document))
    monkeypatch.setattr(ways, "tiers_named", giving(document))
    home = world.file()
    first = world.propose(home, 60_000)
    second = world.propose(home, 40_000)
    assert [steps(world, each) for each in (first, second)] == [tiers.normal.steps] * 2
    third = world.propose(home, 1)
    assert [steps(world, each) for each in (first, second, third)] == [rule.steps] * 3


def steps(world: World, award_id: int) -> tuple[ApprovalStep, ...]:
    view: AwardView = world.ask("zhao", award_view, AwardById(id=award_id))
    return tuple(each.step for each in view.way)


def test_no_tier_is_gone() -> None:
    assert set(TIERS) == {(tiers.in_force, rule.title) for tiers, rule in RULES}


# Earmarks of sources

EARMARKS = [
    (document, rule, source)
    for document in shipped_earmarks()
    for rule in document.rules
    for source in rule.of
]


@pytest.mark.parametrize(
    ("document", "rule", "source"),
    EARMARKS,
    ids=[f"{document.in_force} {source}" for document, _rule, source in EARMARKS],
)
def test_every_earmark_pays_what_it_says_and_nothing_else(
    document: Earmarks, rule: Rule, source: FundSource
) -> None:
    """A field of a rule that nothing here looks at would be an earmark without edges."""
    assert set(Rule.__struct_fields__) == {
        *("of", "says", "source", "confidence"),
        *("file", "without_file", "levels", "items", "roster"),
    }
    row = fund(source, year=document.in_force.year)
    fits = Wanted(
        measure="m",
        title="某项救助",
        item=next(iter(rule.items), ReliefItem.LIVING),
        day=document.in_force,
        filed=rule.file,
        level=next(iter(rule.levels), None),
        roster=rule.roster,
    )

    def pays(refusal: type[Exception] | None, **changed: Any) -> None:
        wanted = replace(fits, **changed)
        if refusal is None:
            check_earmarks(row, rule, wanted)
            return
        with pytest.raises(refusal):
            check_earmarks(row, rule, wanted)

    pays(None)
    pays(RosterOnly, roster=not rule.roster)
    for item in ReliefItem:
        pays(None if not rule.items or item in rule.items else ItemNotPaid, item=item)
    for level in (*known_words("archive_level"), None):
        pays(None if not rule.levels or level in rule.levels else LevelNeeded, level=level)
    pays(FileNeeded if rule.file and fits.item not in rule.without_file else None, filed=False)
    for item in rule.without_file:
        pays(None, item=item, filed=False, level=None)


MOSTS = [(document, most) for document in shipped_earmarks() for most in document.most]
GIVEN = {
    ReliefItem.LIVING: "living_relief",
    ReliefItem.SCHOOLING: "schooling_relief",
    ReliefItem.FESTIVAL: "festival_relief",
}
"""A measure of each item that has a most."""


@pytest.mark.parametrize(
    ("document", "most"),
    MOSTS,
    ids=[f"{document.in_force} {most.says}" for document, most in MOSTS],
)
def test_every_most_of_a_source_holds_to_the_fen(
    world: World, monkeypatch: pytest.MonkeyPatch, document: Earmarks, most: Most
) -> None:
    """Half of it was paid from one source of the rule, a quarter is on the way from another; what
    other sources gave, and what other people got of what counts by person, takes nothing off."""
    (item,) = most.items
    measure = GIVEN[item]
    home, child = pupil(world, world.file())
    person = child if item is ReliefItem.SCHOOLING else None
    alone = msgspec.structs.replace(document, most=(most,))
    monkeypatch.setattr(source_most, "earmarks_on", giving(alone))
    others = [source for source in FundSource if source not in most.of]

    def at_most(work: Work) -> None:
        household = work.load(Household, home.household_id)
        line = values_of(work.session).line(
            ValueKind.DIBAO_LINE, household.district or "", work.today
        )
        assert line is not None
        fen = most.fen or line.amount_fen * (most.months or 0)
        paid = [Payment(measure, person, fen // 2, most.of[0])]
        paid += [Payment(measure, person, fen, source) for source in others]
        if most.per is Per.PERSON_YEAR:
            paid.append(Payment(measure, -1, fen, most.of[0]))
        coming = [Coming(measure, person, fen // 4, most.of[-1], 1)]
        coming += [Coming(measure, person, fen, most.of[-1], 7)]
        monkeypatch.setattr(source_most, "payments_of", giving(paid))
        monkeypatch.setattr(source_most, "coming_to", giving(coming))
        found = assessed(assess_stored(work, household), household, measure, person)
        left = fen if most.per is Per.PERSON_TIME else fen - fen // 2 - fen // 4
        for source in most.of:
            row = fund(source)
            check_source_most(work, household, found, row, Fen(left), without=7)
            with pytest.raises(OverSourceMost):
                check_source_most(work, household, found, row, Fen(left + 1), without=7)
        for source in others:
            check_source_most(work, household, found, fund(source), Fen(fen * 9))

    tried(world, at_most)


# Kinds of caps

Kind = tuple[bool, str, bool]
"""For a member or the household; what is taken off: nothing, the measure, all relief; whether there
is a most for all members together."""


def kind_of(measure: Measure) -> Kind:
    grant = measure.grant
    assert grant is not None
    off = "nothing" if grant.used is None else "all" if grant.used.key == RELIEF else "measure"
    return measure.per_member, off, grant.household_most_fen is not None


def grants() -> Iterator[Measure]:
    for pack in shipped().packs():
        yield from (each for each in pack.measures if each.kind is MeasureKind.GRANT)


PAID, COMING, OF_OTHERS, OTHER_MEASURE, MOST, TOGETHER = 1_000, 200, 30, 4, 10_000, 3_000
CAPS: dict[Kind, int] = {
    (False, "measure", False): MOST - PAID - COMING - OF_OTHERS,
    (False, "all", False): MOST - PAID - COMING - OF_OTHERS - OTHER_MEASURE,
    (False, "nothing", True): TOGETHER - PAID - COMING - OF_OTHERS,
    (True, "nothing", False): MOST - PAID - COMING,
    (True, "measure", False): MOST - PAID - COMING,
    (True, "measure", True): TOGETHER - PAID - COMING - OF_OTHERS,
}
"""What is left of each kind."""


def test_every_kind_of_cap_that_ships_has_its_edge() -> None:
    assert {kind_of(measure) for measure in grants()} == set(CAPS)


@pytest.mark.parametrize("kind", CAPS, ids=str)
def test_a_cap_leaves_what_is_left_and_not_a_fen_more(
    world: World, monkeypatch: pytest.MonkeyPatch, kind: Kind
) -> None:
    measure = next(each for each in grants() if kind_of(each) == kind)
    home, child = pupil(world, world.file())

    def look(work: Work) -> None:
        household = work.load(Household, home.household_id)
        found = as_if(work, household, measure, child)
        mine = child if measure.per_member else None
        paid = [
            Payment(measure.id, mine, PAID, FundSource.CITY),
            Payment(measure.id, -1, OF_OTHERS, FundSource.CITY),
            Payment("another_measure", mine, OTHER_MEASURE, FundSource.CITY),
        ]
        monkeypatch.setattr(limits, "payments_of", giving(paid))
        coming = [Coming(measure.id, mine, COMING, FundSource.CITY, 1)]
        coming += [Coming(measure.id, mine, MOST, FundSource.CITY, 7)]
        monkeypatch.setattr(limits, "coming_to", giving(coming))
        cap = cap_of(work, household, found, without=7)
        assert cap.left == CAPS[kind]
        check_cap(Fen(CAPS[kind]), cap)
        with pytest.raises(OverCap):
            check_cap(Fen(CAPS[kind] + 1), cap)

    tried(world, look)


@dataclass
class Working:
    """The most of a grant."""

    cap_fen: Fen


@dataclass
class Answer:
    """What a cap looks at of an assessment."""

    measure: Measure
    member: int | None
    day: date
    working: Working


def as_if(work: Work, household: Household, measure: Measure, child: int) -> Any:
    """Return an answer of today as if it were about a measure, with the mosts of this module."""
    other, member = ("schooling_relief", child) if measure.per_member else ("living_relief", None)
    found = assessed(assess_stored(work, household), household, other, member)
    assert measure.grant is not None
    together = None if measure.grant.household_most_fen is None else Fen(TOGETHER)
    grant = replace(measure.grant, household_most_fen=together)
    return Answer(replace(measure, grant=grant), found.member, found.day, Working(Fen(MOST)))
