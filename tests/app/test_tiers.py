"""The documents on the tiers of approval: each rule on both sides of its edge, to the fen."""

import functools
from datetime import date
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.money import Fen
from app.core.words.disbursements import ApprovalStep
from app.core.words.funds import FundSource
from app.disbursements.rules import attended_names
from app.disbursements.tiers import (
    RANKS,
    Matter,
    NoTiers,
    Rule,
    Steps,
    Tiers,
    shipped_tiers,
    tiers_named,
    tiers_on,
    what_is_wrong,
)
from app.policy.catalog import shipped
from app.policy.pack import Area
from app.reference.dated import Confidence

S, C, P, N = ApprovalStep
DAY = date(2026, 11, 20)


def matter(fen: int, measure: str = "living_relief", **other: Any) -> Matter:
    found: dict[str, Any] = {
        "area": Area.MEDICAL if measure == "medical_relief" else Area.SOCIAL_SECURITY,
        "fund": FundSource.CITY,
        "level": None,
        **other,
    }
    return Matter(fen=Fen(fen), measure=measure, **found)


@pytest.mark.parametrize("document", shipped_tiers(), ids=lambda tiers: str(tiers.in_force))
def test_every_figure_names_its_source_and_a_guess_says_so(document: Tiers) -> None:
    assert what_is_wrong(document) == ""
    assert document.status == "provisional"
    for figure in document.figures():
        if figure.source == ("assumed",):
            assert figure.confidence is Confidence.GENERAL
    assert "待中心确认" in document.sources["assumed"]


@pytest.mark.parametrize("day", [date(2012, 6, 1), date(2020, 1, 1), DAY])
def test_above_five_thousand_is_decided_together(day: date) -> None:
    tiers = tiers_on(day)
    assert tiers.steps_for(matter(500_000)) == (S,)
    assert tiers.why(matter(500_000)) == ()
    assert tiers.steps_for(matter(500_001)) == (C,)
    assert tiers.why(matter(500_001)) == ("超过 5,000 元的，集体研究",)


@pytest.mark.parametrize(
    ("fen", "steps"),
    [
        (500_000, (S,)),
        (500_001, (C,)),
        (2_000_000, (C,)),
        (2_000_001, (C, P)),
        (5_000_000, (C, P)),
        (5_000_001, (C, P, N)),
    ],
)
def test_large_medical_relief_goes_up(fen: int, steps: tuple[ApprovalStep, ...]) -> None:
    assert tiers_on(DAY).steps_for(matter(fen, "medical_relief")) == steps


def test_only_medical_relief_goes_up_and_not_before_2020() -> None:
    assert tiers_on(DAY).steps_for(matter(9_000_000)) == (C,)
    before = tiers_on(date(2019, 12, 31))
    assert before.steps_for(matter(9_000_000, "medical_relief")) == (C,)


def test_a_document_begins_on_its_day() -> None:
    assert tiers_on(date(2019, 12, 31)).in_force == date(2012, 1, 1)
    assert tiers_on(date(2020, 1, 1)).in_force == date(2020, 1, 1)
    assert tiers_named("2012-01-01") is tiers_on(date(2015, 1, 1))
    with pytest.raises(NoTiers):
        tiers_on(date(2011, 12, 31))
    with pytest.raises(NoTiers):
        tiers_named("2013-01-01")


def test_what_the_policy_hints_at_is_what_the_tiers_ask() -> None:
    """Two documents say when medical relief goes up: they say the same."""
    hints = [
        (pack.in_force, measure.id, hint)
        for pack in shipped().packs()
        for measure in pack.measures
        for hint in measure.approval
    ]
    assert len(hints) == 2
    for day, measure, hint in hints:
        rules = [
            rule
            for rule in tiers_on(day).rules
            if rule.measures == (measure,) and rule.above_fen == hint.above_fen
        ]
        assert [rule.title for rule in rules] == [hint.clause.says]
        assert rules[0].source == hint.clause.source


def rule(**conditions: Any) -> Rule:
    made: dict[str, Any] = {
        "title": "试",
        "steps": (C,),
        "source": ("assumed",),
        "confidence": Confidence.GENERAL,
    }
    return Rule(**{**made, **conditions})


@pytest.mark.parametrize(
    ("condition", "fits", "other"),
    [
        ({"areas": (Area.MEDICAL,)}, {"area": Area.MEDICAL}, {"area": Area.SCHOOLING}),
        ({"areas": (Area.MEDICAL,)}, {"area": Area.MEDICAL}, {"area": None}),
        ({"funds": (FundSource.CENTRAL,)}, {"fund": FundSource.CENTRAL}, {"fund": FundSource.CITY}),
        ({"levels": ("全国级",)}, {"level": "全国级"}, {"level": "省级"}),
        ({"levels": ("全国级",)}, {"level": "全国级"}, {"level": None}),
        ({"above_fen": 100}, {}, None),
    ],
)
def test_every_condition_of_a_rule_has_to_hold(
    condition: dict[str, Any], fits: dict[str, Any], other: dict[str, Any] | None
) -> None:
    strict = rule(**condition)
    assert strict.applies(matter(101, **fits))
    if other is None:
        assert not strict.applies(matter(100, **fits))
    else:
        assert not strict.applies(matter(101, **other))


def ruled(*ways: Steps) -> Tiers:
    """Return a document by which every award needs each of these ways."""
    rules = tuple(rule(steps=steps, title="、".join(steps)) for steps in ways)
    return msgspec.structs.replace(tiers_on(DAY), rules=rules)


@pytest.mark.parametrize(
    ("ways", "steps", "why"),
    [
        (((S, C), (S, P)), (S, C, P), ((S, C), (S, P))),
        (((C,), (P, N)), (C, P, N), ((C,), (P, N))),
        (((C,), (C, P)), (C, P), ((C, P),)),
        (((C, P), (C, P)), (C, P), ((C, P), (C, P))),
        (((S,), (C,)), (C,), ((C,),)),
        (((S,),), (S,), ()),
        ((), (S,), ()),
    ],
)
def test_no_rule_that_applies_loses_a_step_to_another(
    ways: tuple[Steps, ...], steps: Steps, why: tuple[Steps, ...]
) -> None:
    """What a rule asks for comes instead of the normal way, and beside what others ask for."""
    for order in (ways, ways[::-1]):
        assert ruled(*order).steps_for(matter(1)) == steps
        assert sorted(ruled(*order).why(matter(1))) == sorted(map("、".join, why))


@given(st.lists(st.sets(st.sampled_from(RANKS), min_size=1)))
def test_ways_are_joined_alike_in_every_order_and_at_once_or_one_by_one(
    ways: list[set[ApprovalStep]],
) -> None:
    tiers = tiers_on(DAY)
    made = [tuple(sorted(way, key=RANKS.index)) for way in ways]
    joined = tiers.joined(made)
    assert tiers.joined(made[::-1]) == joined
    assert functools.reduce(lambda one, other: tiers.joined((one, other)), made, (S,)) == joined
    assert set(joined) == {*(step for way in made if way != (S,) for step in way)} or joined == (S,)
    assert sorted(joined, key=RANKS.index) == list(joined)


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"sources": {"S70": "文件"}}, "source"),
        ({"rules": (rule(source=()),)}, "source"),
        ({"rules": (rule(steps=()),)}, "steps"),
        ({"rules": (rule(steps=(P, C)),)}, "steps"),
        ({"rules": (rule(steps=(C, C)),)}, "steps"),
        ({"rules": (rule(levels=("国际级",)),)}, "levels"),
    ],
)
def test_a_mistake_in_a_document_is_named(change: dict[str, object], problem: str) -> None:
    good = tiers_on(DAY)
    broken = msgspec.structs.replace(good, **change)
    assert what_is_wrong(good) == ""
    assert what_is_wrong(broken).startswith(problem)


def test_a_reminder_comes_before_the_end() -> None:
    tiers = tiers_on(DAY)
    late = msgspec.structs.replace(tiers.deadline, remind_before=tiers.deadline.decide_within)
    broken = msgspec.structs.replace(tiers, deadline=late)
    assert what_is_wrong(broken) == "remind_before"


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("赵建国、周明、吴敏", ("赵建国", "周明", "吴敏")),
        (" 赵建国，周明; 吴敏\n赵建国 ", ("赵建国", "周明", "吴敏")),
        ("", ()),
        ("、、", ()),
    ],
)
def test_names_are_told_apart(words: str, names: tuple[str, ...]) -> None:
    assert attended_names(words) == names
