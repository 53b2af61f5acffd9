"""Synthetic people: sound in form, nobody real, the same for the same seed."""

import tomllib
from datetime import date
from itertools import islice

import pytest

from app.core.assets import resource
from app.core.contact import check_card, check_phone, doubt_card
from app.core.money import divide
from app.core.resident_id import ResidentIdFacts, read_id
from app.core.words import Answer
from app.demo.people import PLANTED, DemoHousehold, DemoMember, Planted, demo_households
from app.papers.fonts import missing_glyphs
from app.reference.codes import codes
from app.reference.districts import district

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
    assert {getattr(member, field) for member in PEOPLE} <= set(codes(words, TODAY))


def test_the_words_of_households_are_those_of_the_code_lists() -> None:
    heads = {household.head.work_status for household in MANY}
    others = {member.work_status for household in MANY for member in household.members[1:]}
    assert heads <= set(codes("work_status", TODAY))
    assert others <= set(codes("member_status", TODAY))
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
    net = household.income_12_months - household.rigid_expenditure_12_months
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
