"""What holds of every assessment: three-valued, and equal with and without reasons."""

import copy
from datetime import date
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.core.assets import resource
from app.policy.assess import assess, assess_all, classify
from app.policy.catalog import shipped
from app.policy.compiled import assess_many
from app.policy.documents import read_toml
from app.policy.facts import HOUSEHOLD, WHEN, FactValue
from app.policy.findings import Assessment
from app.policy.loader import read_pack
from app.policy.pack import Area, MonthsOfLine, Outcome, Pack
from app.policy.truth import every, none, some
from app.reference.dated import shipped_values
from app.reference.values import Values

DAY = date(2022, 11, 15)
VALUES = Values(shipped_values())
Known = dict[str, FactValue | None]

_found = shipped().in_force(Area.CLASSIFICATION, DAY)
assert _found is not None
CLASSIFICATION = _found


def festival() -> Pack:
    """A pack of ours with the awards and groups that the shipped ones do not use yet."""
    document: dict[str, Any] = copy.deepcopy(
        read_toml(resource("policies", "social_security", "2020-01-01.toml"))
    )
    common = {"says": "", "source": ["S14"], "confidence": "general"}
    vehicle = {"fact": "has_motor_vehicle", "test": "is", "value": True, **common}
    home = {"fact": "dwellings", "test": "above", "value": 1, **common}
    first = document["measure"][0]
    first |= {"id": "festival", "condition": [{"says": "", "not": [vehicle, home]}]}
    heads = "members_living_together"
    first["award"] = {
        "kind": "first_and_further",
        "first": 150,
        "further": 50,
        "heads": heads,
        **common,
    }
    second = copy.deepcopy(first) | {"id": "card", "kind": "service"}
    del second["award"]
    third = copy.deepcopy(first) | {"id": "fixed"}
    third["award"] = {"kind": "fixed", "amount": 500, "used": "relief_received_this_year", **common}
    document["measure"] = [first, second, third]
    return read_pack(document)


AREAS = [pack for pack in shipped().packs() if pack.area is not Area.CLASSIFICATION] + [festival()]

AMOUNTS = st.sampled_from([0, 1, 100000, 600000, 2000000, 3006000, 4800000, 8012000]) | st.integers(
    0, 12_000_000
)
BY_NAME: dict[str, st.SearchStrategy[FactValue]] = {
    "district": st.sampled_from(["南岗区", "宾县", "双城区"]),
    "person_type": st.sampled_from(["城镇职工", "农民工"]),
    "main_cause": st.sampled_from(["患重特大疾病", "其他"]),
    "members_living_together": st.integers(1, 6),
    "dwellings": st.integers(0, 3),
}


def value_of(name: str) -> st.SearchStrategy[FactValue]:
    if name in BY_NAME:
        return BY_NAME[name]
    return AMOUNTS if HOUSEHOLD[name].type.value == "yuan" else st.booleans()


ASKED = sorted(
    {name for pack in (CLASSIFICATION, *AREAS) for name in pack.asks if name in HOUSEHOLD}
    - set(WHEN)
)
COMPLETE: st.SearchStrategy[Known] = st.fixed_dictionaries({name: value_of(name) for name in ASKED})
LIKELY: st.SearchStrategy[Known] = COMPLETE.map(
    lambda facts: {
        **facts,
        **{name: False for name in ASKED if HOUSEHOLD[name].type.value == "yes_no"},
        "dwellings": 1,
        "no_exclusion_declared": True,
    }
)
DAYS = st.sampled_from([DAY, date(2020, 6, 1), date(2024, 6, 1), date(2024, 8, 1)])
KNOWN_ON = st.sampled_from([None, date(2022, 10, 19), date(2026, 1, 1)])


@st.composite
def partial(draw: st.DrawFn) -> tuple[Known, Known]:
    """Draw what is known of a household, and the whole truth about it."""
    truth = draw(COMPLETE | LIKELY)
    hidden = draw(st.sets(st.sampled_from(ASKED), max_size=4))
    known = {name: value for name, value in truth.items() if name not in hidden}
    if known.get("no_exclusion_declared") is True:
        # A declaration speaks of what is not given: the whole truth agrees with it.
        settled = {leaf.subject.name for leaf in CLASSIFICATION.leaves if leaf.settled_by}
        truth |= {name: 1 if name == "dwellings" else False for name in settled & hidden}
    return known, truth


def all_of(facts: Known, day: date, known_on: date | None) -> list[Assessment]:
    classification = classify(CLASSIFICATION, facts, VALUES, day, known_on)
    found = [classification]
    for pack in AREAS:
        found += assess(pack, facts, VALUES, day, known_on, classification)
    return found


@settings(max_examples=400)
@given(partial(), DAYS, KNOWN_ON)
def test_with_and_without_reasons_the_answer_is_the_same(
    drawn: tuple[Known, Known], day: date, known_on: date | None
) -> None:
    facts, _ = drawn
    with_reasons = [
        (found.outcome, found.category, found.amount_fen) for found in all_of(facts, day, known_on)
    ]
    many = [assess_many(CLASSIFICATION, [facts], VALUES, day, known_on)]
    many += [assess_many(pack, [facts], VALUES, day, known_on, CLASSIFICATION) for pack in AREAS]
    assert with_reasons == [tuple(decision) for rows in many for row in rows for decision in row]


@settings(max_examples=400)
@given(partial(), DAYS)
def test_learning_more_never_contradicts_an_answer(drawn: tuple[Known, Known], day: date) -> None:
    known, truth = drawn
    for before, after in zip(all_of(known, day, None), all_of(truth, day, None), strict=True):
        if before.outcome is not Outcome.UNKNOWN:
            assert after.outcome is before.outcome
            assert after.category == before.category
            assert after.amount_fen == before.amount_fen


@settings(max_examples=400)
@given(partial(), DAYS)
def test_what_is_missing_is_unknown_and_settles_nothing_else(
    drawn: tuple[Known, Known], day: date
) -> None:
    known, _ = drawn
    for found in all_of(known, day, None):
        assert bool(found.missing) == (found.outcome is Outcome.UNKNOWN)
        for missing in found.missing:
            assert known.get(missing.name) is None
            assert missing.tell()


@given(partial(), DAYS)
def test_a_household_answered_in_full_leaves_only_the_line_open(
    drawn: tuple[Known, Known], day: date
) -> None:
    _, truth = drawn
    for found in all_of(truth, day, None):
        assert {missing.name for missing in found.missing} <= {"dibao_line"}


@given(LIKELY, DAYS)
def test_a_grant_stays_within_its_cap(facts: Known, day: date) -> None:
    for found in all_of(facts, day, None):
        if found.working:
            assert found.amount_fen is not None
            assert 0 <= found.amount_fen <= found.working.cap_fen
            assert (found.outcome is Outcome.YES) == (found.amount_fen > 0)
            award = found.working.grant.award
            if isinstance(award, MonthsOfLine) and found.working.line:
                assert found.working.cap_fen % found.working.line.amount_fen == 0


THREE = st.lists(st.sampled_from([True, False, None]), max_size=4)


@given(THREE)
@example([])
def test_three_valued_groups(held: list[bool | None]) -> None:
    assert every(held) is (False if False in held else None if None in held else True)
    assert some(held) is (True if True in held else None if None in held else False)
    whole = some(held)
    assert none(held) is (None if whole is None else not whole)


def test_festival_relief_gives_the_published_total() -> None:
    """The press of February 2011: 11,415 households, 28,512 persons, 2,567,100 yuan."""
    pack = festival()
    amounts: dict[int, int] = {}
    for heads in (1, 2, 3):
        facts: Known = {
            "members_living_together": heads,
            "has_motor_vehicle": False,
            "dwellings": 0,
        }
        amount = assess(pack, facts, VALUES, DAY)[0].amount_fen
        assert amount is not None
        amounts[heads] = amount
    assert amounts == {1: 15000, 2: 20000, 3: 25000}
    assert 11_415 * amounts[1] + (28_512 - 11_415) * (amounts[2] - amounts[1]) == 256_710_000


def test_before_the_first_pack_nothing_is_decided() -> None:
    findings = assess_all(shipped(), {}, VALUES, date(2013, 5, 1))
    assert findings.classification is None
    assert findings.areas == ()


@pytest.mark.parametrize("facts", [{}, {"category": "深度困难"}])
def test_nobody_can_give_the_category(facts: Known) -> None:
    found = assess_all(shipped(), facts, VALUES, DAY).measure("living_relief")
    assert found is not None
    assert found.outcome is Outcome.UNKNOWN
