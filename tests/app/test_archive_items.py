"""The items of the national form: kept, masked, mended, refused where they make no sense."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.cases.actions import accept_case
from app.core.checks import check
from app.core.errors import Invalid
from app.core.masking import HIDDEN
from app.core.record import specs, values
from app.households.actions import change_household, open_form, reveal
from app.households.archive_records import MEMBER_ITEMS, OF_A_PERSON, ArchiveForm
from app.households.queries import household_view
from app.households.records import (
    ById,
    ExpenditureForm,
    HouseholdForm,
    MemberForm,
    Reveal,
)
from app.reference.codes import code_list, code_lists
from app.reference.mappings import mapped, told
from tests.archive import full_archive, full_household, full_member
from tests.people import household, intake, member
from tests.world import World, changed

TODAY = date(2026, 11, 20)


def accepted(world: World, form: HouseholdForm) -> int:
    return world.do("wang", accept_case, intake(form)).household_id


def opened(world: World, id_: int) -> HouseholdForm:
    return world.do("wang", open_form, Reveal(household_id=id_)).household


def test_every_item_comes_back_as_it_was_said(world: World) -> None:
    form = full_household(full_member("单一一", 11), member("单一二", 12))
    back = opened(world, accepted(world, form))
    assert back.archive == form.archive
    assert back.members == form.members
    unsaid = ArchiveForm()
    assert all(getattr(back.archive, name) != value for name, value in values(unsaid).items())


def test_what_was_not_asked_stays_unknown(world: World) -> None:
    back = opened(world, accepted(world, household(members=(member("单一一"),))))
    assert back.archive == ArchiveForm()
    assert check(ArchiveForm(), today=TODAY) == []


def test_a_change_keeps_the_items_that_it_does_not_touch(world: World) -> None:
    id_ = accepted(world, full_household(full_member("单一一", 11)))
    form = world.do("wang", open_form, Reveal(household_id=id_))
    archive = changed(form.household.archive, housing="租房", needs=())
    world.do(
        "wang",
        change_household,
        changed(form, household=changed(form.household, archive=archive)),
    )
    back = opened(world, id_)
    assert back.archive == changed(full_archive(), housing="租房", needs=())
    assert back.members == (full_member("单一一", 11),)


def test_contacts_are_masked_until_they_are_asked_for(world: World) -> None:
    id_ = accepted(world, full_household(full_member("单一一", 11)))
    view = world.ask("wang", household_view, ById(id=id_))
    assert view.form.archive.other_contact == HIDDEN
    assert view.form.members[0].other_contact == HIDDEN
    assert view.form.members[0].phone == "154****9876"
    assert view.form.archive.housing == full_archive().housing
    clear = world.do("zhao", reveal, Reveal(household_id=id_)).form
    assert clear.archive == full_archive()
    assert clear.members[0].phone == "15400009876"


@pytest.mark.parametrize(
    ("archive", "field", "code"),
    [
        (ArchiveForm(housing="帐篷"), "archive.housing", "unknown_word"),
        (ArchiveForm(needs=("吃饭",)), "archive.needs", "unknown_word"),
        (ArchiveForm(secondary_causes=("子女上学",)), "archive.secondary_causes", "main_cause"),
    ],
)
def test_what_makes_no_sense_is_refused(
    world: World, archive: ArchiveForm, field: str, code: str
) -> None:
    form = changed(household(), archive=archive, expenditure=ExpenditureForm(main_cause="子女上学"))
    with pytest.raises(Invalid) as refused:
        accepted(world, form)
    (problem,) = refused.value.problems
    assert problem.field.endswith(field)
    assert problem.code.startswith(code)


def test_a_member_has_words_of_the_lists(world: World) -> None:
    odd = changed(member("单一一"), insurance="祖传")
    with pytest.raises(Invalid) as refused:
        accepted(world, household(members=(odd,)))
    assert refused.value.problems[0].field.endswith("members[0].insurance")


def test_causes_stand_once_and_are_three_at_most() -> None:
    causes = code_list("main_cause").versions[-1].words
    for said, code in ((causes[:4], "too_many"), (causes[:1] * 2, "word_twice")):
        (problem,) = check(ArchiveForm(secondary_causes=tuple(said)), today=TODAY)
        assert (problem.field, problem.code) == ("secondary_causes", code)


@pytest.mark.parametrize("area", [0, -1, 10_000_00])
def test_a_floor_area_is_one(area: int) -> None:
    (problem,) = check(ArchiveForm(floor_area=area), today=TODAY)
    assert problem.code == "area"


def test_words_of_an_older_list_stay_and_are_told_as_such(world: World) -> None:
    old = ArchiveForm(housing="自购房", industry="金融保险业")
    back = opened(world, accepted(world, changed(household(), archive=old)))
    assert back.archive == old
    assert mapped("health", "癌症", TODAY) == "恶性肿瘤"
    assert mapped("health", "癌症", date(2012, 1, 1)) == "癌症"
    assert mapped("health", "尿毒症", TODAY) == "终末期肾病"
    assert mapped("housing", "自购房", TODAY) is None
    assert told("housing", "自购房", TODAY) not in ("自购房", "")
    assert "恶性肿瘤" in told("health", "癌症", TODAY)
    assert told("health", "良好", TODAY) == "良好"
    assert told("health", None, TODAY) == ""


@given(day=st.dates(date(1990, 1, 1), date(2040, 1, 1)), data=st.data())
def test_a_mapped_word_is_in_use_on_the_day(day: date, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(code_lists())))
    word = data.draw(st.sampled_from(code_list(name).all()))
    found = mapped(name, word, day)
    assert found is None or found in code_list(name).on(day)
    if word in code_list(name).on(day):
        assert found == word


def test_every_item_has_a_place_in_the_form() -> None:
    member_fields = {field.name for field in specs(MemberForm)}
    assert set(MEMBER_ITEMS) <= member_fields
    assert {field.name for field in specs(ArchiveForm)} >= OF_A_PERSON
