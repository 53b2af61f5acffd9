"""What holds of every assessment: three-valued, and equal with and without reasons.

Ten thousand random households a run ask every shipped pack of every era, and a pack of ours with
every kind of award and group; ``make soundness N=...`` asks more.
"""

import functools
import os
import random
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any, Final

import pytest
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st

from app.policy.awards import MonthsOfLine
from app.policy.catalog import Catalog, shipped
from app.policy.compiled import NO, Answer, Answers
from app.policy.facts import RECEIVED, RELIEF, Known
from app.policy.findings import Assessment, MissingFact
from app.policy.loader import read_pack
from app.policy.pack import Area, Outcome, Pack
from app.policy.rulebook import Rulebook
from app.policy.truth import every, none, some
from app.reference.dated import shipped_values
from app.reference.values import Values
from tests.policies.households import Drawn, Households, reveal

MANY: Final = int(os.environ.get("SOUNDNESS", "10000"))
"""How many random households are asked in a run."""

BATCH: Final = 100
"""Households drawn from one number of hypothesis."""

DAY = date(2022, 11, 15)
VALUES = Values(shipped_values())
HEADS = "members_living_together"

Document = dict[str, Any]


def workshop() -> Pack:
    """Return a pack with every kind of award, groups in groups, and a most for all members."""
    sourced: Document = {"says": "", "source": ["S"], "confidence": "general"}
    vehicle = {"fact": "has_motor_vehicle", "test": "is", "value": True, **sourced}
    homes = {"fact": "dwellings", "test": "above", "value": 1, **sourced}
    grown = {"fact": "member.age", "test": "at_least", "value": 16, **sourced}
    idle = {"fact": "member.months_unemployed", "test": "above", "value": 12, **sourced}
    either = {"says": "", "any": [grown, {"says": "", "all": [idle, {"says": "", "not": [homes]}]}]}
    of_all = [{"says": "", "not": [vehicle, homes]}]
    cost, loss = "member.school_costs_this_year", "accident_loss_12_months"
    stage = {"by": "member.school_stage", "times": {"高中": Decimal("0.333"), "小学": 1}}
    used = {"used": "relief_received_this_year"}
    share: Document = {"kind": "share", "of": loss, "times": Decimal("0.15"), "deductible": 50}
    bands = [{"above": 0, "amount": 100}, {"above": 1000, "amount": 300}]
    months: Document = {"kind": "months_of_line", "line": "dibao_line"}
    deep = {**months, "months": {"深度困难": 1}}
    priced: dict[str, tuple[str, Document]] = {
        "festival": ("household", {"kind": "first_and_further", "first": 150, "further": 50}),
        "fixed": ("household", {"kind": "fixed", "amount": 500, **used}),
        "each": ("household", {"kind": "per_head", "amount": Decimal("33.33"), **used}),
        "loss": ("household", {**share, "most": {"深度困难": 80, "相对困难": 90}}),
        "bands": ("household", {"kind": "bands", "of": loss, "bands": bands}),
        "least": (
            "household",
            {"kind": "least_of", "parts": [share, deep]},
        ),
        "stage": ("member", {"kind": "share", "of": cost, **stage, "most": 800}),
        "pupil": (
            "member",
            {
                "kind": "by_word",
                "fact": "member.school_stage",
                "amounts": {"小学": 300},
                "used": "member.received.pupil",
                "household_most": 500,
            },
        ),
        "months": (
            "member",
            {**months, "by": "member.school_stage", "months": {"小学": 1, "高中": 2}},
        ),
    }
    for name in ("festival", "each"):
        priced[name][1]["heads"] = HEADS
    measures = [
        {
            "id": name,
            "kind": "grant",
            "title": name,
            "unit": unit,
            "says": {"yes": "", "no": "", "unknown": ""},
            "condition": [either] if unit == "member" else of_all,
            "award": {**sourced, **award},
        }
        for name, (unit, award) in priced.items()
    ]
    return read_pack(
        {
            "area": "culture",
            "in_force": date(2000, 1, 1),
            "title": "",
            "status": "provisional",
            "sources": {"S": ""},
            "measure": measures,
        }
    )


CLASSIFICATIONS = [pack for pack in shipped().packs() if pack.area is Area.CLASSIFICATION]
LEAVES = [leaf for pack in CLASSIFICATIONS for leaf in pack.leaves]
CATALOGS = (shipped(), Catalog([*CLASSIFICATIONS, workshop()]))
HOUSEHOLDS = [Households(packs.packs()) for packs in CATALOGS]
ERAS = sorted({pack.in_force for pack in shipped().packs()})
DAYS = st.sampled_from(
    [
        *(day for day in ERAS if day.year >= 2007),
        *(date(year, 8, 1) for year in range(2012, 2027)),
        date(2014, 12, 31),
        date(2015, 6, 1),
        DAY,
    ]
)
KNOWN_ON = st.sampled_from([None, None, date(2022, 10, 19), date(2026, 1, 1)])
SEEDS = st.integers(0, 2**48)
WHICH = st.sampled_from(range(len(CATALOGS)))
many = settings(
    max_examples=max(MANY // BATCH, 1),
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)


@functools.cache
def rulebook(which: int, day: date, known_on: date | None = None) -> Rulebook:
    return Rulebook(CATALOGS[which], VALUES, day, known_on)


def drawn(which: int, seed: int, day: date, count: int = BATCH) -> Iterator[Drawn]:
    """Draw the households of one batch."""
    for number in range(count):
        yield HOUSEHOLDS[which].draw(seed * BATCH + number, day)


def flat(answers: Answers) -> list[Answer]:
    """Return the answers of every measure, member by member."""
    found: list[Answer] = []
    for answer in answers[1]:
        found += answer if isinstance(answer, list) else [answer]
    return found


def as_answer(outcome: Outcome, amount: int | None) -> Answer:
    if outcome is Outcome.YES:
        return amount or 0
    return NO if outcome is Outcome.NO else None


@many
@given(WHICH, SEEDS, DAYS, KNOWN_ON)
def test_with_and_without_reasons_the_answer_is_the_same(
    which: int, seed: int, day: date, known_on: date | None
) -> None:
    book = rulebook(which, day, known_on)
    for each in drawn(which, seed, day):
        category, _answers = answers = book.decide(each.known)
        first, *rest = book.assess(each.known).all
        assert (first.trace.outcome is Outcome.UNKNOWN) == (category is None)
        assert (first.trace.category or "") == (category or "")
        traced = [as_answer(found.trace.outcome, found.trace.amount_fen) for found in rest]
        assert traced == flat(answers)
        assert traced == [as_answer(found.outcome, found.amount_fen) for found in rest]


@many
@given(WHICH, SEEDS, DAYS)
def test_learning_more_never_contradicts_an_answer(which: int, seed: int, day: date) -> None:
    book = rulebook(which, day)
    for each in drawn(which, seed, day):
        before, after = book.decide(each.known), book.decide(each.truth)
        assert before[0] in (None, after[0])
        contradicted = [
            (at, told, true)
            for at, (told, true) in enumerate(zip(flat(before), flat(after), strict=True))
            if told not in (None, true)
        ]
        assert not contradicted


@many
@given(WHICH, SEEDS, DAYS)
def test_no_value_of_one_unknown_contradicts_an_answer(which: int, seed: int, day: date) -> None:
    book, rng = rulebook(which, day), random.Random(seed)  # noqa: S311 - to try things out
    for each in drawn(which, seed, day, BATCH // 4):
        category, _answers = before = book.decide(each.known)
        answers = flat(before)
        for known in HOUSEHOLDS[which].could_be(rng, each.known, day):
            after = book.decide(known)
            assert category in (None, after[0])
            assert all(told in (None, now) for told, now in zip(answers, flat(after), strict=True))


@settings(many, max_examples=max(MANY // BATCH // 5, 1))
@given(WHICH, SEEDS, DAYS)
def test_what_is_missing_is_what_is_needed(which: int, seed: int, day: date) -> None:
    """What is named is unknown; to learn it, and what is named then, settles the answer; to learn
    everything else does not."""
    book = rulebook(which, day)
    for each in drawn(which, seed, day, BATCH // 4):
        for found in book.assess(each.known).all:
            assert bool(found.missing) == (found.outcome is Outcome.UNKNOWN)
            for missing in found.missing:
                assert missing.tell()
            nobody = found.member is None and found.measure and found.measure.per_member
            if found.outcome is Outcome.UNKNOWN and not nobody:
                assert again(book, each.truth, found).outcome is settled(book, each, found)
                assert again(book, all_but(found, each), found).outcome is Outcome.UNKNOWN


def settled(book: Rulebook, each: Drawn, found: Assessment) -> Outcome:
    """Return the answer once everything that is named missing has been told, round by round."""
    known = each.known
    while facts := [item.fact for item in found.missing if isinstance(item, MissingFact)]:
        for fact in facts:
            before = known
            known = reveal(known, each.truth, fact, found.member)
            assert known != before, fact
        found = again(book, known, found)
    return found.outcome


def all_but(found: Assessment, each: Drawn) -> Known:
    """Return the whole truth without what is named missing, and without what tells it too: a
    declaration, and of what was received under one measure, the rest that was received."""
    named = {item.fact.key for item in found.missing if isinstance(item, MissingFact)}
    if any(RECEIVED in key for key in named) or RELIEF in named:
        named |= {RELIEF, *(key for key in each.truth.household if key.startswith(RECEIVED))}
    for leaf in LEAVES:
        if leaf.settled_by and leaf.subject.name in named:
            named.add(leaf.settled_by.key)
    household = {key: value for key, value in each.truth.household.items() if key not in named}
    members = [
        {key: value for key, value in told.items() if f"member.{key}" not in named}
        if at == found.member
        else told
        for at, told in enumerate(each.truth.members)
    ]
    return Known(household, members)


def again(book: Rulebook, known: Known, found: Assessment) -> Assessment:
    """Return the same assessment of something else that is known."""
    findings = book.assess(known)
    if found.measure is None:
        assert findings.classification
        return findings.classification
    other = findings.measure(found.measure.id, found.member)
    assert other
    return other


@settings(many, max_examples=max(MANY // BATCH // 5, 1))
@given(WHICH, SEEDS, DAYS)
def test_a_household_answered_in_full_leaves_only_lines_open(
    which: int, seed: int, day: date
) -> None:
    book = rulebook(which, day)
    for each in drawn(which, seed, day, BATCH // 4):
        if each.truth.members:
            for found in book.assess(each.truth).all:
                assert {item.name for item in found.missing} <= {
                    "dibao_line",
                    "minimum_wage",
                    "policy",
                }


@settings(many, max_examples=max(MANY // BATCH // 5, 1))
@given(WHICH, SEEDS, DAYS)
def test_a_grant_stays_within_its_cap(which: int, seed: int, day: date) -> None:
    book = rulebook(which, day)
    for each in drawn(which, seed, day, BATCH // 4):
        for found in book.assess(each.known).all:
            working = found.working
            if working is None:
                continue
            assert found.amount_fen is not None
            assert 0 <= found.amount_fen <= working.cap_fen
            assert (found.outcome is Outcome.YES) == (found.amount_fen > 0)
            award = working.grant.award
            if isinstance(award, MonthsOfLine) and working.line:
                assert working.cap_fen % working.line.amount_fen == 0


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
    amounts: dict[int, int] = {}
    for heads in (1, 2, 3):
        known = Known({HEADS: heads, "has_motor_vehicle": False, "dwellings": 0})
        found = rulebook(1, DAY).assess(known).measure("festival")
        assert found
        assert found.amount_fen is not None
        amounts[heads] = found.amount_fen
    assert amounts == {1: 15000, 2: 20000, 3: 25000}
    assert 11_415 * amounts[1] + (28_512 - 11_415) * (amounts[2] - amounts[1]) == 256_710_000


def test_before_the_first_pack_nothing_is_decided() -> None:
    findings = Rulebook(shipped(), VALUES, date(2006, 12, 31)).assess(Known({}))
    assert findings.classification is None
    assert findings.areas == ()


@pytest.mark.parametrize("facts", [{}, {"category": "深度困难"}])
def test_nobody_can_give_the_category(facts: dict[str, str]) -> None:
    found = rulebook(0, DAY).assess(Known(facts)).measure("living_relief")
    assert found is not None
    assert found.outcome is Outcome.UNKNOWN


def test_the_random_households_are_of_every_kind() -> None:
    """What is drawn reaches every answer of every measure on some day, or proves nothing."""
    reached: dict[str, set[Outcome]] = {}
    for which, packs in enumerate(CATALOGS):
        for day in (date(2013, 8, 1), date(2015, 6, 1), DAY, date(2024, 8, 1)):
            for each in drawn(which, 1, day, 600):
                for found in rulebook(which, day).assess(each.known).all:
                    name = found.measure.id if found.measure else found.pack.area.value
                    reached.setdefault(name, set()).add(found.outcome)
        measures = {measure.id for pack in packs.packs() for measure in pack.measures}
        assert measures <= reached.keys()
    assert {name: kinds for name, kinds in reached.items() if len(kinds) < len(Outcome)} == {}
