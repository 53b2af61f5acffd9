"""A file that two people change at once: nothing typed is lost, and nobody drops out of it."""

from app.households.records import HouseholdForm, MemberForm
from tests.people import household, member
from tests.world import changed
from ui.pages.intake.merging import merge


def people(*members: MemberForm) -> HouseholdForm:
    return household(members=members)


A = changed(member("甲", 4), id=1)
B = changed(member("乙", 6), id=2)
C = changed(member("丙", 8), id=3)


def names(form: HouseholdForm) -> list[str]:
    return [each.name for each in form.members]


def test_who_came_by_a_merge_meanwhile_stays() -> None:
    mine = people(changed(A, health="良好"), B, member("新"))
    both = merge(people(A, B), mine, people(A, B, C))
    assert names(both.form) == ["甲", "乙", "丙", "新"]
    assert both.form.members[0].health == "良好"
    assert both.theirs[0] == "家庭成员"


def test_who_was_taken_out_here_stays_out_and_who_went_there_goes() -> None:
    both = merge(people(A, B, C), people(A, C), people(A, B))
    assert names(both.form) == ["甲"]
    typed = people(A, B, changed(C, health="良好"))
    assert names(merge(people(A, B, C), typed, people(A, B)).form) == ["甲", "乙", "丙"]


def test_two_people_mend_one_member_field_by_field() -> None:
    both = merge(
        people(A, B),
        people(changed(A, health="良好"), B),
        people(changed(A, school_stage="小学"), B),
    )
    (first, _second) = both.form.members
    assert (first.health, first.school_stage) == ("良好", "小学")
