"""Synthetic people: sound in form, nobody real, the same for the same seed."""

import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import islice

import pytest

from app.cases.measures import measures_on
from app.core.assets import resource
from app.core.contact import check_card, check_phone, doubt_card
from app.core.money import divide
from app.core.resident_id import ResidentIdFacts, read_id
from app.core.words import Answer
from app.demo.center import LINES, SEED, intake_form
from app.demo.households import PLANTED, DemoHousehold, DemoMember, Planted
from app.demo.people import demo_households
from app.facts.gather import Relief, known_of_form
from app.papers.fonts import missing_glyphs
from app.policy.catalog import shipped
from app.policy.findings import Findings
from app.policy.pack import Outcome
from app.policy.rulebook import Rulebook
from app.reference.codes import codes
from app.reference.dated import Confidence, DatedValue, Origin, ValueKind, shipped_values
from app.reference.districts import district
from app.reference.values import Values

TODAY = date(2026, 11, 22)
MANY = list(demo_households(2000, seed=2012, today=TODAY))
PEOPLE = [member for household in MANY for member in household.members]
GIVEN_UNDER_PROVINCE = range(239001, 239012)
"""The codes of Heilongjiang's 2390 that were ever in force (1986-1995)."""


def facts(member: DemoMember) -> ResidentIdFacts:
    read = read_id(member.id_number, today=TODAY)
    assert isinstance(read, ResidentIdFacts)
    return read


def test_the_same_seed_gives_the_same_people() -> None:
    again = demo_households(2000, seed=2012, today=TODAY)
    assert list(again) == MANY
    assert list(demo_households(100, seed=2013, today=TODAY)) != MANY[:100]


def test_a_small_center_is_the_beginning_of_a_large_one() -> None:
    assert list(islice(demo_households(10**6, seed=2012, today=TODAY), 50)) == MANY[:50]
    assert list(demo_households(0, seed=2012, today=TODAY)) == []


def test_id_numbers_are_sound_and_tell_what_the_data_say() -> None:
    for member in PEOPLE:
        told = facts(member)
        assert (told.birth, told.sex) == (member.birth, member.sex)


def test_id_numbers_belong_to_nobody() -> None:
    areas = {int(member.id_number[:6]) for member in PEOPLE}
    assert len(areas) > 10
    for area in areas:
        assert area // 100 == 2390
        assert area not in GIVEN_UNDER_PROVINCE
        assert area % 100 > 80


def test_nobody_comes_twice() -> None:
    numbers = [member.id_number for member in PEOPLE]
    cards = [household.account_number for household in MANY]
    assert len(set(numbers)) == len(numbers)
    assert len(set(cards)) == len(cards)


def test_phones_and_cards_are_sound_and_of_nobody() -> None:
    for household in MANY:
        assert check_phone(household.head.phone) is None
        assert household.head.phone.startswith("154")
        assert check_card(household.account_number) is None
        assert doubt_card(household.account_number) is None
        assert household.account_number.startswith("629999")
    shared = len(MANY) - len({household.head.phone for household in MANY})
    assert shared == 1  # the planted pair


def test_addresses_units_and_banks_are_marked_as_invented() -> None:
    for household in MANY:
        for text in (household.address, household.work_unit, household.account_bank):
            assert "示例" in text


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("relation", "relation"),
        ("health", "health"),
        ("disability", "disability"),
        ("school_stage", "school_stage"),
        ("ethnicity", "ethnicity"),
    ],
)
def test_the_words_of_people_are_those_of_the_code_lists(field: str, words: str) -> None:
    told = {getattr(member, field) for member in PEOPLE} - {None}
    assert told <= set(codes(words, TODAY))


def test_the_words_of_households_are_those_of_the_code_lists() -> None:
    heads = {household.head.work_status for household in MANY}
    others = {member.work_status for household in MANY for member in household.members[1:]}
    assert heads <= set(codes("work_status", TODAY))
    assert others - {None} <= set(codes("member_status", TODAY))
    assert {household.main_cause for household in MANY} <= set(codes("main_cause", TODAY))
    assert {household.person_type for household in MANY} <= set(codes("person_type", TODAY))
    assert all(district(household.district) for household in MANY)


def test_rare_characters_occur_and_can_be_printed() -> None:
    document = tomllib.loads(resource("demo", "people.toml").read_text(encoding="utf-8"))
    rare: str = document["given"]["rare"]
    assert any(ord(sign) > 0xFFFF for sign in rare)
    assert any(sign in rare for member in PEOPLE for sign in member.name)
    assert missing_glyphs("".join(member.name for member in PEOPLE) + rare) == []


def net_per_head(household: DemoHousehold) -> int | None:
    if household.income_12_months is None:
        return None
    net = household.income_12_months - (household.rigid_expenditure_12_months or 0)
    return divide(net, 12 * household.members_living_together)


def test_the_first_households_show_what_they_are_planted_for() -> None:
    by_kind = {household.planted: household for household in reversed(MANY)}
    assert [household.planted for household in MANY[: len(PLANTED)]] == list(PLANTED)
    assert net_per_head(by_kind[Planted.DEEP]) == 40000
    assert net_per_head(by_kind[Planted.RELATIVE]) == 120000
    assert net_per_head(by_kind[Planted.UNKNOWN]) is None
    for kind in (Planted.DEEP, Planted.RELATIVE, Planted.UNKNOWN):
        assert by_kind[kind].declared
        assert by_kind[kind].members_living_together == 3
        assert by_kind[kind].necessary_employment_cost_12_months == 0


def test_the_planted_pair_is_one_person_at_two_counters() -> None:
    first, second = (h for h in MANY if h.planted is Planted.TWICE)
    for field in ("name", "birth", "phone"):
        assert getattr(first.head, field) == getattr(second.head, field)
    assert first.address == second.address
    assert first.head.id_number != second.head.id_number


def test_families_are_as_they_come() -> None:
    assert 2.5 < len(PEOPLE) / len(MANY) < 3.2
    assert all(household.head.relation == "本人" for household in MANY)
    assert all(0 <= facts(member).age(TODAY) <= 95 for member in PEOPLE)
    assert any(household.income_12_months is None for household in MANY)
    assert {household.receives_dibao for household in MANY} >= {Answer.YES, Answer.NOT_ASKED}
    assert all(household.registered_on <= TODAY for household in MANY)


PUPILS = {"小学", "初中", "高中", "中职中技", "大学专科", "大学本科", "研究生"}
STARTING = {"小学": 7, "初中": 13, "高中": 16, "中职中技": 16, "大学专科": 19, "大学本科": 19}


def test_ages_schools_and_work_agree() -> None:
    for member in PEOPLE:
        years = facts(member).age(TODAY)
        if member.school_stage in PUPILS:
            assert 6 <= years <= 26
            assert member.relation in ("儿子", "女儿")
            assert member.monthly_income in (None, 0)
            assert member.school_costs_this_year != 0
        if member.work_status in ("在岗", "农民工", "下(待)岗", "失(无)业"):
            assert years >= 16
            assert member.school_stage in (None, "不在学")
        if member.work_status == "退休":
            assert years >= 50
        if member.admitted_this_year is Answer.YES and member.school_stage in STARTING:
            assert years == STARTING[member.school_stage]
        if member.unemployed_since:
            assert member.work_status in ("下(待)岗", "失(无)业", None)
            assert member.unemployed_since < TODAY


def test_health_and_disability_agree() -> None:
    disabled = [member for member in PEOPLE if member.disability not in (None, "无")]
    assert len({member.disability for member in disabled}) > 5
    assert {member.health for member in disabled} == {"残疾", None}
    assert "良好" not in {each.health for each in PEOPLE if each.work_status == "病退"}
    for member in disabled:
        if str(member.disability).endswith("一级"):
            assert member.work_status not in ("在岗", "农民工")


def test_what_is_said_of_households_agrees() -> None:
    excluding = (
        "has_motor_vehicle",
        "has_business_premises",
        "high_fee_school_or_study_abroad",
        "refuses_verification",
    )
    for household in MANY:
        answers = [getattr(household, name) for name in excluding]
        if household.declared:
            assert set(answers) == {Answer.NOT_ASKED}
            assert household.dwellings is not None
            assert household.dwellings < 2
        working = any(member.work_status in ("在岗", "农民工") for member in household.members)
        if working:
            assert household.zero_employment is not Answer.YES
        if any(member.unemployed_since for member in household.members):
            assert household.unemployed_registered is not Answer.NO
        if household.in_mutual_aid is Answer.YES:
            assert household.head.union_member is not Answer.NO
    assert sum(household.declared for household in MANY) > 0.8 * len(MANY)


@pytest.mark.parametrize(
    "name",
    ["wage_arrears", "labour_dispute", "in_mutual_aid", "receives_dibao", "unemployed_registered"],
)
def test_most_is_told_and_some_is_not(name: str) -> None:
    told = Counter(getattr(household, name) for household in MANY)
    assert set(told) == set(Answer)
    unknown = told[Answer.NOT_ASKED] + told[Answer.NOT_KNOWN]
    assert 0.02 * len(MANY) < unknown < 0.3 * len(MANY)


def of_the_demonstration() -> Iterator[Findings]:
    """Assess 300 households of the demonstration; those who are in hardship are on file."""
    lines = [
        DatedValue(
            kind=ValueKind.DIBAO_LINE,
            area=area,
            amount_fen=amount,
            effective_from=date(TODAY.year, 1, 1),
            effective_to=date(TODAY.year, 12, 31),
            confidence=Confidence.CONFIRMED,
            origin=Origin.CENTER,
            demonstration=True,
        )
        for area, amount in LINES.items()
    ]
    book = Rulebook(shipped(), Values(shipped_values(), lines), TODAY)
    for household in demo_households(300, seed=SEED, today=TODAY):
        form = intake_form(household).household
        known = known_of_form(form, today=TODAY, relief=Relief(), filed=False)
        found = book.assess(known).classification
        assert found
        filed = found.outcome is Outcome.YES
        yield book.assess(replace(known, household={**known.household, "has_active_file": filed}))


def test_every_measure_is_possible_for_somebody_not_for_another_and_open_for_a_third() -> None:
    found = list(of_the_demonstration())
    outcomes: dict[str, set[Outcome]] = defaultdict(set)
    for findings in found:
        for assessment in findings.all:
            outcomes[assessment.measure.id if assessment.measure else ""].add(assessment.outcome)
    # Whether a household is on file is always known; nothing else decides this.
    always_told = {"festival_relief"}
    assert set(outcomes) == {"", *(measure.id for measure in measures_on(TODAY))}
    for measure, seen in outcomes.items():
        assert seen == set(Outcome) - ({Outcome.UNKNOWN} if measure in always_told else set())


def test_most_households_show_all_three_answers() -> None:
    found = list(of_the_demonstration())
    whole = sum({each.outcome for each in findings.all} == set(Outcome) for findings in found)
    assert whole > 0.6 * len(found)
