"""Households: what was typed comes back, unknown stays unknown, a person is in one open file."""

import string
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.cases.actions import refuse_case
from app.cases.records import Accepted, CaseStepForm
from app.core.errors import Invalid
from app.core.money import Fen
from app.core.record import Nothing
from app.core.text import normalise
from app.core.words import Answer
from app.core.words.households import FileState, Sex
from app.disbursements.queries import award_view
from app.disbursements.records import AwardById
from app.households.actions import change_household, open_form, reveal
from app.households.duplicates import likenesses
from app.households.queries import household_view
from app.households.records import (
    AccountForm,
    ById,
    ChangeForm,
    DeclarationForm,
    DuplicateQuery,
    EmploymentForm,
    ExpenditureForm,
    HeadForm,
    HouseholdForm,
    HouseholdView,
    IncomeForm,
    Likeness,
    MemberForm,
    Reveal,
)
from app.households.rules import (
    HeadIsMember,
    PersonOnFile,
    PersonOnFileOf,
    questions,
    stage_of,
)
from app.households.store import form_of, new_household
from app.reference.codes import code_list
from app.work import Action, Permission, Work
from tests.filled import raw
from tests.people import household, id_number, intake, member
from tests.world import World, changed

# What was typed comes back

SIGNS = "".join(map(chr, range(0x4E00, 0x4E40))) + "𠮷䶮·，。（）" + string.ascii_letters + " 123"


def kept(most: int) -> st.SearchStrategy[str]:
    return st.text(SIGNS, max_size=most).map(normalise)


def code(name: str) -> st.SearchStrategy[str | None]:
    return st.none() | st.sampled_from(code_list(name).versions[-1].words)


names = kept(12).filter(bool)
fen = st.none() | st.integers(0, 10**10).map(Fen)
answers = st.sampled_from(Answer)
counts = st.none() | st.integers(0, 20)
days = st.none() | st.dates(date(1990, 1, 1), date(2026, 11, 20))
births = st.dates(date(1930, 1, 1), date(2026, 1, 1)).map(lambda day: f"{day:%Y%m%d}")

members = st.builds(
    MemberForm,
    relation=code("relation"),
    name=names,
    id_number=st.just(""),
    work_status=code("member_status"),
    monthly_income=fen,
    health=code("health"),
    disability=code("disability"),
    school_stage=code("school_stage"),
    admitted_this_year=answers,
    school_costs_this_year=fen,
    medical_self_paid_12_months=fen,
    unemployed_since=days,
)


@st.composite
def households(draw: st.DrawFn) -> HouseholdForm:
    """Draw a form as the checks let it through: any answer may be unknown."""
    orders = draw(st.lists(st.integers(1, 999), min_size=5, max_size=5, unique=True))
    others = [
        changed(other, id_number=draw(st.sampled_from(["", id_number(order, draw(births))])))
        for order, other in zip(orders[1:], draw(st.lists(members, max_size=4)), strict=False)
    ]
    head = HeadForm(
        id_number=id_number(orders[0], draw(births)),
        name=draw(names),
        ethnicity=draw(code("ethnicity")),
        phone=draw(st.sampled_from(["15400001234", "0451-82345678", "82345678-801"])),
        union_member=draw(answers),
        work_unit=draw(kept(20)),
        person_type=draw(code("person_type")),
        district=draw(st.none() | st.sampled_from(["南岗区", "宾县"])),
        address=draw(kept(30)),
    )
    cards = st.just("") | st.text(string.digits, min_size=12, max_size=19)
    return HouseholdForm(
        head=head,
        members=tuple(others),
        income=draw(
            st.builds(
                IncomeForm,
                members_living_together=st.none() | st.integers(1, 30),
                income_12_months=fen,
                financial_assets=fen,
                receives_dibao=answers,
            )
        ),
        expenditure=draw(
            st.builds(
                ExpenditureForm,
                main_cause=code("main_cause"),
                cause_note=st.text(SIGNS, max_size=40),
                rigid_expenditure_12_months=fen,
                necessary_employment_cost_12_months=fen,
                accident_loss_12_months=fen,
                medical_self_paid_12_months=fen,
                in_mutual_aid=answers,
            )
        ),
        employment=draw(
            st.builds(
                EmploymentForm,
                work_status=code("work_status"),
                health=code("health"),
                disability=code("disability"),
                monthly_income=fen,
                unemployed_registered=answers,
                unemployed_since=days,
                zero_employment=answers,
                wage_arrears=answers,
                labour_dispute=answers,
            )
        ),
        account=draw(
            st.builds(
                AccountForm,
                account_holder=kept(10),
                account_bank=kept(20),
                account_number=cards,
            )
        ),
        declaration=draw(
            st.builds(
                DeclarationForm,
                declared=st.booleans(),
                dwellings=counts,
                has_motor_vehicle=answers,
                has_business_premises=answers,
                high_fee_school_or_study_abroad=answers,
                refuses_verification=answers,
            )
        ),
    )


class Undo(Exception):
    """Takes a try back."""


def tried(world: World, run: Callable[[Work], Any]) -> Any:
    """Run something in a transaction that is taken back, and return what it returned."""
    found: list[Any] = []

    def act(work: Work, _: Nothing) -> None:
        found.append(run(work))
        raise Undo

    with pytest.raises(Undo):
        world.do("wang", Action("t.t", act, Permission.READ_CENTER, "", frozenset()), Nothing())
    return found[0]


def stored(work: Work, form: HouseholdForm) -> HouseholdForm:
    made = new_household(work, form)
    work.session.flush()
    work.session.expire_all()
    return form_of(made)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(form=households())
def test_a_form_comes_back_from_the_store_as_it_was_typed(
    world: World, form: HouseholdForm
) -> None:
    assert tried(world, lambda work: stored(work, form)) == form


def test_nothing_that_was_not_asked_becomes_a_no(world: World) -> None:
    bare = HouseholdForm(head=HeadForm(id_number=id_number(2), name="单", phone="15400001234"))
    form = tried(world, lambda work: stored(work, bare))
    for section in (form.income, form.expenditure, form.employment, form.declaration):
        values = [getattr(section, name) for name in section.__dataclass_fields__]
        assert not [value for value in values if value in (Answer.NO, 0) and value is not False]
    assert form == bare


# Members


def accept(world: World, form: HouseholdForm) -> Accepted:
    return world.accept(intake(form))


def opened(world: World, household_id: int) -> ChangeForm:
    return world.do("wang", open_form, Reveal(household_id=household_id))


def change(world: World, household_id: int, **other: Any) -> HouseholdForm:
    """Change parts of a household and return it as it stands then."""
    form = opened(world, household_id)
    world.do("wang", change_household, changed(form, household=changed(form.household, **other)))
    return opened(world, household_id).household


def view(world: World, household_id: int) -> HouseholdView:
    return world.ask("wang", household_view, ById(id=household_id))


A, B, C = member("甲", 4), member("乙", 6), member("丙", 8)


@pytest.mark.parametrize(
    "wanted",
    [(), (A,), (B,), (C,), (B, C), (C, A), (B, A, C), (C, A, B), (A, B, C, member("丁", 10))],
)
def test_members_come_go_and_change_places(world: World, wanted: tuple[MemberForm, ...]) -> None:
    accepted = accept(world, household(members=(A, B, C)))
    assert change(world, accepted.household_id, members=wanted).members == wanted
    assert change(world, accepted.household_id, members=(A, B, C)).members == (A, B, C)


def test_a_member_becomes_the_head_by_an_act_of_its_own(world: World) -> None:
    accepted = accept(world, household(members=(A,)))
    head = opened(world, accepted.household_id).household.head
    new_head = changed(head, id_number=A.id_number, name=A.name)
    old_head = changed(member("单示例", None, "配偶"), id_number=head.id_number)
    with pytest.raises(HeadIsMember):
        change(world, accepted.household_id, head=new_head, members=(old_head,))
    assert opened(world, accepted.household_id).household.members == (A,)


def rows(world: World) -> dict[str, int]:
    with raw(world.office.path) as sql:
        return dict(sql.run("SELECT name, id FROM member WHERE left_on IS NULL ORDER BY id"))


def test_the_row_of_a_person_stays_that_persons(world: World) -> None:
    """What was given to a member belongs to that member, whatever happens to the others."""
    accepted = accept(world, household(members=(A, B, C)))
    before = rows(world)
    form = change(world, accepted.household_id, members=(C, B))
    assert form.members == (C, B)
    assert rows(world) == {name: id_ for name, id_ in before.items() if name != "甲"}
    mended = changed(form.members[1], id_number=id_number(66, "20100101"))
    change(world, accepted.household_id, members=(form.members[0], mended))
    assert rows(world)["乙"] == before["乙"], "a number was put right"
    somebody_else = changed(mended, name="丁", id_number=id_number(68, "20100101"))
    change(world, accepted.household_id, members=(C, somebody_else))
    assert rows(world)["丁"] not in before.values(), "typed over another one"
    change(world, accepted.household_id, members=(A, C))
    assert rows(world)["甲"] == before["甲"], "who comes back is known again"


def test_who_leaves_an_open_file_is_named_with_the_day(world: World) -> None:
    accepted = accept(world, household(members=(A, B)))
    world.clock.instant += timedelta(days=3)
    change(world, accepted.household_id, members=(B, C))
    seen = view(world, accepted.household_id)
    assert [(each.name, each.left_on) for each in seen.former] == [("甲", date(2026, 11, 23))]
    assert [each.joined_on for each in seen.members] == [None, None, date(2026, 11, 23)]


def test_birth_and_sex_are_read_from_the_number_and_go_with_it(world: World) -> None:
    accepted = accept(world, household(members=(A,)))
    seen = view(world, accepted.household_id)
    assert (seen.sex, seen.age) == (Sex.FEMALE, 46)
    assert seen.members[1].age == 16
    change(world, accepted.household_id, members=(member("丙"),))
    assert view(world, accepted.household_id).members[1].age is None


def test_the_same_person_twice_in_a_form_is_told_in_their_place(world: World) -> None:
    twice = household(members=(A, member("又一", 4)))
    with pytest.raises(Invalid) as wrong:
        accept(world, twice)
    assert [problem.field for problem in wrong.value.problems] == ["members[1].id_number"]


# One open file


def test_a_person_is_in_one_open_file_and_the_other_one_is_named(world: World) -> None:
    first = accept(world, household(members=(A,)))
    with pytest.raises(PersonOnFileOf) as pending:
        accept(world, household("别人", 12, members=(A,)))
    assert pending.value.data == {"name": "甲", "file": "还没有档案号"}
    with raw(world.office.path) as sql:
        sql.run(
            "UPDATE household SET file_state = 'active', file_number = '档1' WHERE id = ?",
            first.household_id,
        )
    with pytest.raises(PersonOnFile) as active:
        accept(world, household("别人", 12, members=(A,)))
    assert active.value.data["file"] == "档1"


def test_who_was_taken_out_may_stand_in_another_file(world: World) -> None:
    first = accept(world, household(members=(A,)))
    change(world, first.household_id, members=())
    second = accept(world, household("别人", 12, members=(A,)))
    with pytest.raises(PersonOnFileOf):
        change(world, first.household_id, members=(A,))
    assert len(view(world, second.household_id).members) == 2


def test_a_file_that_was_refused_frees_its_people(world: World) -> None:
    first = accept(world, household(members=(A,)))
    world.do(
        "zhao", refuse_case, CaseStepForm(id=first.case_id, version=1, opinion="不符合建档条件")
    )
    assert view(world, first.household_id).file_state is FileState.REFUSED
    assert len(view(world, first.household_id).members) == 2, "still shown"
    again = accept(world, household(members=(A,)))
    assert again.household_id != first.household_id
    found = world.ask("wang", likenesses, DuplicateQuery(id_number=id_number(2)))
    assert {like.household_id for like in found} == {first.household_id, again.household_id}


def test_people_without_a_number_stand_in_any_file(world: World) -> None:
    nobody = member("无证")
    accept(world, household(members=(nobody, nobody)))
    accept(world, household("别人", 12, members=(nobody,)))


# Masks


def test_a_file_is_shown_masked_and_revealed_on_demand(world: World) -> None:
    accepted = accept(world, household(members=(A,)))
    seen = view(world, accepted.household_id)
    number = id_number(2)
    assert seen.id_number == f"2390{'*' * 10}{number[-4:]}"
    assert (seen.phone, seen.account_number) == ("154****1234", "6222 **** 0128")
    for private in (number, A.id_number, "15400001234", "6222021234567890128"):
        assert private not in str(seen)
    shown = world.do("wang", reveal, Reveal(household_id=accepted.household_id))
    assert (shown.id_number, shown.phone) == (number, "15400001234")
    assert (shown.account_number, shown.members) == ("6222021234567890128", (A.id_number,))


def test_what_was_decided_keeps_the_facts_it_rested_on(world: World) -> None:
    accepted = world.file()
    award = world.propose(accepted)
    change(world, accepted.household_id, income=IncomeForm(income_12_months=Fen(99)))
    seen = world.ask("zhao", award_view, AwardById(id=award))
    assert seen.basis.classification[0].held is True
    assert seen.changed_since
    assert {difference.now for difference in seen.changed_since} >= {"0.99"}


# Likenesses


def like(world: World, **typed: Any) -> list[Likeness]:
    return world.ask("wang", likenesses, DuplicateQuery(**typed))


def test_a_likeness_names_all_that_agrees_and_whom_it_is_certain_of(world: World) -> None:
    accepted = accept(world, household(members=(A, B)))
    found = like(
        world,
        id_number=id_number(2),
        name="单示例",
        phone="154-0000-1234",
        account_number="6222 0212 3456 7890 128",
    )
    assert found == [
        Likeness(
            household_id=accepted.household_id,
            name="单示例",
            head="单示例",
            relation=None,
            file_number="",
            file_state=FileState.PENDING,
            same=(
                "Resident ID number",
                "Name and birth",
                "Mobile",
                "Card or account number",
            ),
            certain=True,
        )
    ]


NUMBER = "Resident ID number"


@pytest.mark.parametrize(
    ("typed", "same", "name"),
    [
        ({"id_number": id_number(4, "20100101")}, (NUMBER,), "甲"),
        ({"members": (id_number(2),)}, ("Resident ID number of a member",), "单示例"),
        ({"members": (id_number(4, "20100101"),)}, ("Resident ID number of a member",), "甲"),
        ({"phone": "15400001234"}, ("Mobile",), "单示例"),
        ({"account_number": "6222021234567890128"}, ("Card or account number",), "单示例"),
        ({"name": "单示例", "id_number": id_number(88)}, ("Name and birth",), "单示例"),
        ({"address": "示例路　１号院 2-301"}, ("Home address",), "单示例"),
    ],
)
def test_each_thing_that_agrees_is_enough(
    world: World, typed: dict[str, Any], same: tuple[str, ...], name: str
) -> None:
    form = household(members=(A, B))
    accept(world, changed(form, head=changed(form.head, address="示例路 1号院 2-301")))
    found = like(world, **typed)
    assert [(each.same, each.name, each.head) for each in found] == [(same, name, "单示例")]
    assert found[0].certain is same[0].startswith(NUMBER)
    assert found[0].relation == ("女儿" if name == "甲" else None)


def test_a_name_alone_is_no_likeness_nor_is_ones_own_file(world: World) -> None:
    accepted = accept(world, household())
    assert like(world, name="单示例") == []
    assert like(world) == []
    assert like(world, phone="15400001234", except_household=accepted.household_id) == []


def test_the_certain_likeness_comes_first_of_three(world: World) -> None:
    certain = accept(world, household())
    for order in range(20, 28, 2):
        accept(world, household("同号", order, card=""))
    found = like(world, id_number=id_number(2), phone="15400001234")
    assert len(found) == 3
    assert found[0].household_id == certain.household_id


def test_days_pass_and_the_declaration_keeps_its_day(world: World) -> None:
    accepted = accept(world, changed(household(), declaration=DeclarationForm(declared=True)))
    world.clock.instant += timedelta(days=3)
    change(world, accepted.household_id, members=(A,))
    with raw(world.office.path) as sql:
        assert sql.one("SELECT declared_on FROM household") == "2026-11-20"
    change(world, accepted.household_id, declaration=DeclarationForm(declared=False))
    with raw(world.office.path) as sql:
        assert sql.one("SELECT declared_on FROM household") is None


# What is asked whom


SCHOOL = ("admitted_this_year", "school_costs_this_year")


@pytest.mark.parametrize(
    ("given", "asked"),
    [
        ({}, ()),
        ({"work_status": "在岗", "health": "良好"}, ()),
        ({"work_status": "小学"}, SCHOOL),
        ({"work_status": "学龄前"}, ()),
        ({"work_status": "大学生"}, ("school_stage",)),
        ({"work_status": "大学生", "school_stage": "大学本科"}, SCHOOL),
        ({"school_stage": "不在学"}, ()),
        ({"id_number": id_number(2, "20101121")}, ("school_stage",)),
        ({"id_number": id_number(2, "20101121"), "work_status": "务农"}, ()),
        ({"id_number": id_number(2, "20001119")}, ()),
        ({"id_number": id_number(2, "20001121")}, ("school_stage",)),
        ({"id_number": id_number(2, "20201121")}, ()),
        ({"health": "恶性肿瘤"}, ("medical_self_paid_12_months",)),
        ({"disability": "肢体残疾二级"}, ("medical_self_paid_12_months",)),
        ({"disability": "无"}, ()),
        ({"work_status": "失(无)业"}, ("unemployed_since",)),
    ],
)
def test_only_what_fits_a_person_is_asked(given: dict[str, str], asked: tuple[str, ...]) -> None:
    form = MemberForm(name="单示例", **given)  # pyright: ignore[reportArgumentType] - texts all
    assert questions(form, date(2026, 11, 20)) == ("health", *asked)


def test_an_occupation_that_is_a_stage_of_schooling_tells_it() -> None:
    assert stage_of(MemberForm(name="单示例", work_status="高中")) == "高中"
    assert stage_of(MemberForm(name="单示例", work_status="高中", school_stage="初中")) == "初中"
    assert stage_of(MemberForm(name="单示例", work_status="大学生")) is None
