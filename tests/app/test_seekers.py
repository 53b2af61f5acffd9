"""Job seekers: registered once, linked to their file, withdrawn and renewed, masked."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.days import months_after
from app.core.errors import Conflict, Invalid, NotNow, Refused
from app.core.money import Fen
from app.core.words import Answer
from app.core.words.households import Sex
from app.core.words.placements import (
    Education,
    PersonKind,
    RecognitionState,
    SeekerState,
    Shift,
    SkillGrade,
    Strain,
)
from app.households.actions import change_household, open_form
from app.households.merging import merge_households, undo_change
from app.households.merging_queries import compare_households
from app.households.merging_records import MergeForm, MoveForm, PairQuery, UndoForm
from app.households.moving_people import move_member
from app.households.queries import household_view
from app.households.records import ById, EmploymentForm, HouseholdForm, Reveal
from app.households.rules import OneOfTheOthers
from app.placements.seeker_queries import known_seeker, seeker_count, seeker_rows
from app.placements.seeker_records import (
    PersonAsked,
    PersonFound,
    SeekerById,
    SeekerEndForm,
    SeekerForm,
    SeekerQuery,
    SeekerRenewForm,
)
from app.placements.seeker_rules import (
    NotWithdrawn,
    OtherRequest,
    PersonFixed,
    RegisteredAlready,
    RenewedBefore,
    TooYoung,
    valid_until,
    wishes_of,
)
from app.placements.seeker_words import (
    AT_WORK,
    MIGRANT,
    NO_DISABILITY,
    WITHOUT_WORK,
    disabled,
    kind_of,
    work_status,
)
from app.placements.seekers import (
    change_seeker,
    open_seeker_form,
    register_seeker,
    renew_seeker,
    reveal_seeker,
    withdraw_seeker,
)
from app.reference.codes import known_words
from app.reference.job_rules import rules_on
from tests.filled import raw
from tests.hiring import SEEKER, JobDesk, registration
from tests.people import household, id_number, intake, member
from tests.world import World, changed


@pytest.fixture
def desk(world: World) -> JobDesk:
    return JobDesk(world)


def change(desk: JobDesk, seeker_id: int, **more: Any) -> None:
    opened = desk.world.do("li", open_seeker_form, SeekerById(id=seeker_id))
    desk.world.do("li", change_seeker, changed(opened, seeker=changed(opened.seeker, **more)))


def withdraw(desk: JobDesk, seeker_id: int) -> None:
    desk.world.do("li", withdraw_seeker, SeekerEndForm(**desk.at(seeker_id), reason="回老家"))


def renew(desk: JobDesk, seeker_id: int, day: date | None = None) -> None:
    form = SeekerRenewForm(**desk.at(seeker_id), day=day or desk.today)
    desk.world.do("li", renew_seeker, form)


def who(desk: JobDesk, number: str) -> PersonFound:
    return desk.world.ask("li", known_seeker, PersonAsked(id_number=number))


def found(desk: JobDesk, **asked: Any) -> list[int]:
    query = SeekerQuery(**asked)
    rows = desk.world.ask("li", seeker_rows, query)
    assert desk.world.ask("li", seeker_count, query) == len(rows)
    return [row.id for row in rows]


# The registration


def test_a_registration_keeps_what_was_told_and_reads_the_rest_from_the_number(
    desk: JobDesk,
) -> None:
    told: dict[str, Any] = {
        "name": "葛 示例",
        "phone": "154 0000 7777",
        "second_wish": "帮厨",
        "third_wish": "厨师",
        "wage_wish": Fen(250_000),
        "districts": ("南岗区", "道里区"),
        "shifts": (Shift.DAY, Shift.HOURS),
        "limits": (Strain.LIFTING, Strain.COLD),
        "education": Education.JUNIOR,
        "skill_grade": SkillGrade.FIVE,
    }
    seeker_id = desk.seeker(id_number="2390 8119 7803 0500 46", **told)
    seen = desk.see(seeker_id)
    assert (seen.row.number, seen.row.state) == ("求2026-0001", SeekerState.SEEKING)
    assert (seen.row.sex, seen.row.age) == (Sex.FEMALE, 48)
    assert (seen.row.id_number, seen.row.phone) == ("2390**********0046", "154****7777")
    assert (seen.seeker.id_number, seen.seeker.phone) == (seen.row.id_number, seen.row.phone)
    assert seen.row.wishes == ("厨师", "帮厨"), "a wish stands there once"
    assert seen.row.valid_until == date(2027, 5, 20), "six months by the rules of the day"
    assert not seen.row.expired
    assert (seen.no_shows, seen.many_no_shows, seen.rules_provisional) == (0, False, True)
    assert seen.entered_by == "李强"
    shown = desk.world.do("wang", reveal_seeker, SeekerById(id=seeker_id)).seeker
    assert shown.id_number == SEEKER
    assert shown.phone == "15400007777"
    for name in ("limits", "shifts", "districts", "wage_wish", "education", "skill_grade"):
        assert getattr(shown, name) == told[name]


def test_a_form_comes_back_as_it_was_told(desk: JobDesk) -> None:
    whole = registration(
        desk.today,
        address="示例街 1 号",
        residence_type="非农业",
        marital_status="已婚",
        employment_number="2301000000000001",
        receives_dibao=Answer.NO,
        zero_employment=Answer.NOT_KNOWN,
        disabled=Answer.YES,
        union_member=Answer.YES,
        education=Education.VOCATIONAL,
        major="烹饪",
        skill_grade=SkillGrade.FOUR,
        skills="中式烹调师",
        resume="2001—2019 年在示例食堂\n2019 年下岗",
        limits=(Strain.STANDING, Strain.HEAT),
        second_wish="面点师",
        third_wish="保洁",
        wage_wish=Fen(300_000),
        districts=("道里区", "南岗区"),
        shifts=(Shift.DAY, Shift.HOURS),
        board=Answer.NO,
        wants_training=Answer.YES,
        available_on=date(2026, 12, 1),
        note="会骑电动车",
    )
    seeker_id = desk.world.do("li", register_seeker, whole)
    opened = desk.world.do("li", open_seeker_form, SeekerById(id=seeker_id))
    assert opened.seeker == whole


def test_who_may_keep_the_registrations(desk: JobDesk) -> None:
    seeker_id = desk.seeker()
    for user in ("wang", "zhao", "zhou"):
        assert desk.see(seeker_id, user).row.id == seeker_id
        with pytest.raises(Refused):
            desk.world.do(user, open_seeker_form, SeekerById(id=seeker_id))
    with pytest.raises(Refused):
        desk.see(seeker_id, "qian")


def test_a_person_is_registered_once(desk: JobDesk) -> None:
    first = desk.seeker(id_number=SEEKER)
    with pytest.raises(RegisteredAlready) as told:
        desk.seeker(id_number=SEEKER.lower())
    assert "求2026-0001" in told.value.tell()
    asked = who(desk, SEEKER)
    assert asked.live is not None
    assert (asked.live.id, asked.earlier) == (first, None)
    assert "求2026-0001" in asked.why_not
    withdraw(desk, first)
    asked = who(desk, SEEKER)
    assert (asked.live, asked.why_not) == (None, "")
    assert asked.earlier is not None
    assert asked.earlier.id == first
    second = desk.seeker(id_number=SEEKER)
    with pytest.raises(RegisteredAlready):
        renew(desk, first)
    assert desk.see(second).row.number == "求2026-0002"


def test_the_store_too_keeps_one_registration_of_a_person(desk: JobDesk) -> None:
    desk.seeker()
    with (
        raw(desk.world.office.path) as sql,
        pytest.raises(Exception, match="guard"),
    ):
        sql.again("job_seeker", "id = 1", number="求2026-0009")


def test_nobody_under_sixteen_is_registered(desk: JobDesk) -> None:
    for born in ("20101121", "20120101"):
        with pytest.raises(TooYoung):
            desk.seeker(id_number=id_number(8, born))
    assert "16" in who(desk, id_number(8, "20101121")).why_not
    assert desk.see(desk.seeker(id_number=id_number(8, "20101120"))).row.age == 16


@pytest.mark.parametrize(
    ("field", "more"),
    [
        ("id_number", {"id_number": "239081197803050047"}),
        ("wish", {"wish": " "}),
        ("phone", {"phone": "1540000"}),
        ("shifts", {"shifts": ()}),
        ("limits", {"limits": (Strain.HEAT, Strain.HEAT)}),
        ("registered_on", {"registered_on": date(2026, 11, 21)}),
        ("unemployed_since", {"unemployed_registered": Answer.NO}),
        (
            "unemployed_since",
            {"registered_on": date(2026, 3, 1), "unemployed_since": date(2026, 3, 2)},
        ),
    ],
)
def test_what_cannot_be_is_marked_at_its_field(
    desk: JobDesk, field: str, more: dict[str, Any]
) -> None:
    with pytest.raises(Invalid) as told:
        desk.seeker(**more)
    assert [problem.field for problem in told.value.problems] == [field]


def test_who_tells_since_when_they_are_registered_is_registered(desk: JobDesk) -> None:
    seen = desk.see(desk.seeker(unemployed_registered=Answer.NOT_ASKED))
    assert seen.seeker.unemployed_registered is Answer.YES
    seen = desk.see(desk.seeker(unemployed_registered=Answer.NOT_KNOWN, unemployed_since=None))
    assert seen.seeker.unemployed_registered is Answer.NOT_KNOWN


# The file of the household


def filed(world: World, **of_the_head: Any) -> tuple[int, str]:
    """Take in a household of a laid-off worker with a daughter; return the worker's number too."""
    form: HouseholdForm = changed(
        household("单示例", 2, members=(member("单小例", 4),)),
        employment=EmploymentForm(
            work_status="下(待)岗",
            disability="肢体残疾三级",
            unemployed_registered=Answer.YES,
            unemployed_since=date(2025, 1, 8),
            zero_employment=Answer.NO,
        ),
    )
    form = changed(form, head=changed(form.head, **of_the_head))
    return world.accept(intake(form)).household_id, id_number(2)


def test_a_registration_is_filled_from_the_file_of_the_household(desk: JobDesk) -> None:
    home, number = filed(desk.world, union_member=Answer.YES, address="示例街 1 号")
    asked = who(desk, number)
    assert asked.why_not == ""
    assert [(each.household_id, each.name, each.head) for each in asked.people] == [
        (home, "单示例", "单示例")
    ]
    form = asked.form
    assert form is not None
    assert (form.name, form.district, form.address) == ("单示例", "南岗区", "示例街 1 号")
    assert form.person_kind is PersonKind.LAID_OFF
    assert (form.unemployed_registered, form.unemployed_since) == (Answer.YES, date(2025, 1, 8))
    assert (form.disabled, form.zero_employment) == (Answer.YES, Answer.NO)
    assert (form.receives_dibao, form.union_member) == (Answer.NOT_ASKED, Answer.YES)
    assert form.phone == "", "it is private: the query does not show it"
    seeker_id = desk.world.do("li", register_seeker, changed(form, wish="保洁"))
    seen = desk.see(seeker_id)
    assert (seen.row.household_id, seen.row.member_id) == (home, asked.people[0].member_id)
    assert seen.row.phone == "154****1234", "taken from the file"
    assert found(desk, household_id=home) == [seeker_id]


def test_a_worker_on_file_and_their_family_are_of_their_own_kind(desk: JobDesk) -> None:
    form = desk.world.form()
    home: HouseholdForm = changed(
        form.household,
        employment=changed(form.household.employment, work_status="在岗"),
        members=(member("单小例", 4),),
    )
    accepted = desk.world.file(desk.world.accept(changed(form, household=home)))
    view = desk.world.ask("wang", household_view, ById(id=accepted.household_id))
    head, family = (
        who(desk, number) for number in (form.household.head.id_number, id_number(4, "20100101"))
    )
    assert head.form is not None
    assert head.form.person_kind is PersonKind.WORKER_IN_HARDSHIP
    assert head.people[0].file_number == view.file_number != ""
    assert family.form is not None
    assert family.form.person_kind is PersonKind.FAMILY_IN_HARDSHIP


def test_somebody_is_linked_by_the_number_or_as_told(desk: JobDesk) -> None:
    home, number = filed(desk.world)
    seeker_id = desk.seeker(id_number=number, name="单示例")
    assert desk.see(seeker_id).row.household_id == home
    view = desk.world.ask("wang", household_view, ById(id=home))
    with pytest.raises(OneOfTheOthers):
        desk.seeker(household_id=home, member_id=view.members[1].id + 99)
    other = desk.seeker(household_id=home, member_id=view.members[1].id)
    assert desk.see(other).row.member_id == view.members[1].id
    assert desk.see(desk.seeker()).file_number == ""


def test_a_request_for_job_placement_leads_to_its_household_alone(desk: JobDesk) -> None:
    accepted = desk.world.accept(intake(job_placement_form()))
    view = desk.world.ask("wang", household_view, ById(id=accepted.household_id))
    asked = desk.world.request(accepted, "job_placement", member_id=view.members[0].id)
    with pytest.raises(OtherRequest):
        desk.seeker(service_request_id=asked.id)
    seeker_id = desk.seeker(id_number=id_number(2), service_request_id=asked.id)
    assert desk.see(seeker_id).service_number == asked.number
    training = desk.world.request(accepted, "skill_training", member_id=view.members[0].id)
    with pytest.raises(OtherRequest):
        change(desk, seeker_id, service_request_id=training.id)


def job_placement_form() -> HouseholdForm:
    return changed(household(), employment=EmploymentForm(work_status="失(无)业"))


def test_a_registration_follows_the_file_when_households_are_merged_and_back(
    desk: JobDesk,
) -> None:
    world = desk.world
    keep, other = (
        world.accept(intake(household(name, order))).household_id
        for name, order in (("单示例", 2), ("别示例", 12))
    )
    seeker_id = desk.seeker(id_number=id_number(12), name="别示例")
    desk.recognised(seeker_id)
    seen = world.ask("wang", compare_households, PairQuery(keep_id=keep, other_id=other))
    assert "求职者" in {each.label for each in seen.follows}
    form = MergeForm(
        keep_id=keep,
        keep_version=seen.keep.version,
        give_up_id=other,
        give_up_version=seen.other.version,
        reason="同一户",
    )
    merged = world.do("wang", merge_households, form)
    assert desk.see(seeker_id).row.household_id == keep
    world.do("wang", undo_change, UndoForm(change_id=merged, reason="并错了"))
    assert desk.see(seeker_id).row.household_id == other


def test_a_registration_goes_with_the_member_it_is_of(desk: JobDesk) -> None:
    world = desk.world
    there = world.accept(intake(household("单示例", 2, members=(member("子示例", 41),))))
    to = world.accept(intake(household("别示例", 12)))
    old, new = (
        world.ask("wang", household_view, ById(id=each.household_id)) for each in (there, to)
    )
    child = old.members[1].id
    seeker_id = desk.seeker(household_id=there.household_id, member_id=child, name="子示例")
    form = MoveForm(
        household_id=there.household_id,
        version=old.version,
        member_id=child,
        to_id=to.household_id,
        to_version=new.version,
        reason="另住",
        relation="其他",
        joined_on=desk.today,
    )
    world.do("wang", move_member, form)
    row = desk.see(seeker_id).row
    assert (row.household_id, row.member_id) == (to.household_id, child)


def test_who_moved_to_another_household_is_changed_as_before(desk: JobDesk) -> None:
    world = desk.world
    asking = changed(job_placement_form(), members=(member("子示例", 41),))
    there, to = world.accept(intake(asking)), world.accept(intake(household("别示例", 12)))
    old, new = (
        world.ask("wang", household_view, ById(id=each.household_id)) for each in (there, to)
    )
    child = old.members[1].id
    asked = world.request(there, "job_placement", member_id=old.members[0].id)
    seeker_id = desk.seeker(
        household_id=there.household_id,
        member_id=child,
        name="子示例",
        service_request_id=asked.id,
    )
    old = world.ask("wang", household_view, ById(id=there.household_id))
    form = MoveForm(
        household_id=there.household_id,
        version=old.version,
        member_id=child,
        to_id=to.household_id,
        to_version=new.version,
        reason="另住",
        relation="其他",
        joined_on=desk.today,
    )
    world.do("wang", move_member, form)
    change(desk, seeker_id, note="换了住处")
    seen = desk.see(seeker_id)
    assert (seen.row.household_id, seen.row.member_id) == (to.household_id, child)
    assert (seen.seeker.note, seen.service_number) == ("换了住处", asked.number)


def test_who_left_the_file_is_changed_as_before(desk: JobDesk) -> None:
    world = desk.world
    home = world.accept(intake(household("单示例", 2, members=(member("子示例", 41),))))
    view = world.ask("wang", household_view, ById(id=home.household_id))
    child = view.members[1].id
    seeker_id = desk.seeker(household_id=view.id, member_id=child, name="子示例")
    opened = world.do("wang", open_form, Reveal(household_id=view.id))
    alone = changed(opened, household=changed(opened.household, members=()))
    world.do("wang", change_household, alone)
    change(desk, seeker_id, phone="15400009999")
    assert desk.see(seeker_id).row.member_id == child


# What becomes of it


def test_a_registration_is_changed_as_long_as_nobody_else_did(desk: JobDesk) -> None:
    seeker_id = desk.seeker()
    old = desk.world.do("li", open_seeker_form, SeekerById(id=seeker_id))
    change(desk, seeker_id, wish="保洁", registered_on=date(2026, 10, 31))
    seen = desk.see(seeker_id)
    assert seen.row.wishes == ("保洁",)
    assert seen.row.valid_until == date(2027, 4, 30)
    with pytest.raises(Conflict):
        desk.world.do("li", change_seeker, old)
    desk.seeker(id_number=SEEKER)
    with pytest.raises(RegisteredAlready):
        change(desk, seeker_id, id_number=SEEKER)
    change(desk, seeker_id, id_number=id_number(5, "19780305"))
    assert desk.see(seeker_id).row.sex is Sex.MALE


def test_the_person_stays_once_something_rests_on_it(desk: JobDesk) -> None:
    seeker_id = desk.seeker()
    desk.applied(seeker_id)
    with pytest.raises(PersonFixed):
        change(desk, seeker_id, id_number=id_number(60, "19780305"))
    change(desk, seeker_id, name="葛例示")
    assert desk.see(seeker_id).row.name == "葛例示"


def test_a_registration_is_withdrawn_and_renewed(desk: JobDesk) -> None:
    seeker_id = desk.seeker()
    withdraw(desk, seeker_id)
    seen = desk.see(seeker_id)
    assert (seen.row.state, seen.ended_reason) == (SeekerState.WITHDRAWN, "回老家")
    with pytest.raises(NotNow):
        withdraw(desk, seeker_id)
    with pytest.raises(NotWithdrawn):
        change(desk, seeker_id, wish="保洁")
    with pytest.raises(RenewedBefore):
        renew(desk, seeker_id, date(2026, 11, 19))
    renew(desk, seeker_id)
    seen = desk.see(seeker_id)
    assert (seen.row.state, seen.ended_reason) == (SeekerState.SEEKING, "")
    with pytest.raises(Invalid):
        desk.world.do("li", withdraw_seeker, SeekerEndForm(**desk.at(seeker_id), reason=" "))


def test_a_registration_runs_out_and_is_renewed(desk: JobDesk) -> None:
    seeker_id = desk.seeker(registered_on=date(2026, 5, 20))
    assert not desk.see(seeker_id).row.expired, "its last day still counts"
    other = desk.seeker(registered_on=date(2026, 5, 19))
    assert desk.see(other).row.expired
    assert found(desk, expired=True) == [other]
    assert found(desk, expired=False) == [seeker_id]
    renew(desk, other)
    assert desk.see(other).row.valid_until == date(2027, 5, 20)
    renew(desk, other, date(2026, 6, 1))
    assert desk.see(other).row.valid_until == date(2027, 5, 20), "it is not made shorter"
    change(desk, other, registered_on=date(2026, 5, 18))
    assert desk.see(other).row.valid_until == date(2027, 5, 20), "what was renewed stays"


def test_nothing_private_stands_in_the_trail(desk: JobDesk) -> None:
    seeker_id = desk.seeker(id_number=SEEKER)
    desk.recognised(seeker_id)
    change(desk, seeker_id, phone="15400008888")
    with raw(desk.world.office.path) as sql:
        told = "".join(row[0] for row in sql.run("SELECT changes FROM audit"))
        opened = sql.one("SELECT count(*) FROM audit WHERE verb = 'placements.open_seeker_form'")
    for private in (SEEKER, "15400007777", "15400008888", "1978-03-05"):
        assert private not in told
    assert "葛示例" in told
    assert opened == 1


# Lists


def test_seekers_are_found(desk: JobDesk) -> None:
    first = desk.seeker(name="甲示例", district="道里区")
    second = desk.seeker(name="乙示例", person_kind=PersonKind.GRADUATE, id_number=SEEKER)
    third = desk.seeker(name="丙示例")
    withdraw(desk, third)
    desk.recognised(first)
    assert found(desk) == [third, second, first]
    assert found(desk, states=(SeekerState.SEEKING,)) == [second, first]
    assert found(desk, district="道里区") == [first]
    assert found(desk, person_kind=PersonKind.GRADUATE) == [second]
    assert found(desk, recognised=True) == [first]
    assert found(desk, recognised=False) == [third, second]
    assert found(desk, text="乙") == [second]
    assert found(desk, text="求2026-0003") == [third]
    assert found(desk, text=SEEKER) == [second]
    assert found(desk, text="%") == []

    (row,) = desk.world.ask("li", seeker_rows, SeekerQuery(offset=2, limit=1))
    assert (row.id, row.recognition) == (first, RecognitionState.RECOGNISED)


# Pure


@given(st.dates(date(2012, 1, 1), date(2040, 12, 31)))
def test_a_registration_holds_the_months_of_the_rules(day: date) -> None:
    months = rules_on(day).registration_valid.months
    assert valid_until(day) == months_after(day, months)
    assert valid_until(day) <= valid_until(day + timedelta(days=1))


@given(
    st.lists(st.sampled_from(["厨师", " 厨师", "保洁", "", "  ", "ｃｏｏｋ", "cook"]), max_size=3)
)
def test_wishes_stand_once_in_their_order(told: list[str]) -> None:
    first, second, third = [*told, "", "", ""][:3]
    form = SeekerForm(
        name="葛示例",
        id_number=SEEKER,
        wish=first,
        second_wish=second,
        third_wish=third,
        registered_on=date(2026, 11, 20),
    )
    kept = wishes_of(form)
    assert all(kept)
    assert len(set(kept)) == len(kept)
    assert set(kept) == {
        "cook" if "ook" in each or "ｏ" in each else each.strip() for each in told if each.strip()
    }


def test_the_words_are_those_of_the_code_lists() -> None:
    assert {AT_WORK, MIGRANT, *WITHOUT_WORK.values()} <= set(known_words("work_status"))
    assert MIGRANT in known_words("person_type")
    assert NO_DISABILITY in known_words("disability")


@given(st.sampled_from(PersonKind) | st.none(), st.sampled_from(Answer), st.booleans())
def test_nobody_is_out_of_work_unsaid(
    kind: PersonKind | None, registered: Answer, placed: bool
) -> None:
    status = work_status(kind, registered, placed=placed)
    if placed:
        assert status == AT_WORK
    elif status is None:
        assert kind not in WITHOUT_WORK
        assert registered is not Answer.YES
    else:
        assert status in WITHOUT_WORK.values()
        assert kind_of(status, None) in WITHOUT_WORK


def test_what_a_file_tells_of_a_person() -> None:
    assert kind_of("失(无)业", "农民工") is PersonKind.UNEMPLOYED
    assert kind_of("在岗", "农民工") is PersonKind.MIGRANT
    assert kind_of("农民工", None) is PersonKind.MIGRANT
    assert kind_of(None, "城镇职工") is None
    assert [disabled(word) for word in (None, "无", "视力残疾一级")] == [
        *(Answer.NOT_ASKED, Answer.NO, Answer.YES),
    ]
