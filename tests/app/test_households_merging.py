"""Whole files are merged, split and changed in their members, and every act can be taken back."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from app.cases.actions import accept_case, accept_further, issue_certificate
from app.cases.notices import ReasonSheetForm, issue_reason_sheet
from app.cases.queries import case_rows
from app.cases.records import (
    Accepted,
    CaseQuery,
    CertificateForm,
    NewApplication,
)
from app.cases.rules import NoFile
from app.core.errors import AppError, Conflict
from app.core.words.households import ChangeKind, DuplicateWay, FileState
from app.disbursements.queries import award_view
from app.disbursements.records import AwardById
from app.documents.actions import add_document, give_documents
from app.documents.records import AddForm, GiveForm
from app.documents.rules import FileGivenUp
from app.facts.gather import relief_received
from app.filing.actions import begin_visit
from app.filing.deciding import propose_return
from app.filing.records import BeginForm, ReturnForm
from app.filing.reports import ReturnTold
from app.households.actions import change_household, open_form
from app.households.duplicates import TWICE, WAYS, doubles_of, duplicates, likenesses
from app.households.issuing import issue_archive_form
from app.households.merging import mark_apart, merge_households, undo_change
from app.households.merging_queries import compare_households
from app.households.merging_records import (
    ApartForm,
    HeadChangeForm,
    MoveForm,
    PairQuery,
    Related,
    SamePerson,
    SplitForm,
    Taken,
    UndoForm,
    WorklistQuery,
)
from app.households.merging_rules import (
    AlreadyUndone,
    FileNotOpen,
    HeadNeedsNumber,
    HeadStays,
    KeepTheOpenFile,
    MoneyOnTheWay,
    NotPaired,
    OpenMatter,
    SameHousehold,
    TouchedSince,
    WrongPair,
)
from app.households.moving import pointers
from app.households.moving_people import change_head, move_member, split_household
from app.households.records import ById, ChangeForm, DuplicateQuery, HouseholdForm, Reveal
from app.households.rules import FileMerged, FileWithdrawn
from app.papers.queries import paper_rows
from app.papers.records import PaperQuery
from app.search.queries import search
from app.search.records import SearchQuery
from app.services.actions import request_service
from app.services.records import ServiceForm
from app.work import Work
from tests.filled import pay, raw
from tests.people import household, id_number, intake
from tests.regrouping import (
    A,
    B,
    C,
    changes,
    compare,
    dumped,
    family,
    lookalikes,
    merge,
    merge_form,
    move,
    register,
    split,
    stands,
    tried,
    two_files,
    undo,
    view,
    view_in,
    with_everything,
    without,
)
from tests.scans import scan
from tests.world import World, changed

# Merging


def test_everything_of_the_other_file_goes_to_the_one_that_is_kept(world: World) -> None:
    keep, other = two_files(world)
    world.do("wang", add_document, AddForm(file=scan(text="1"), household_id=other, kind="身份证"))
    seen = compare(world, keep, other)
    assert [(each.name, each.certain, each.by) for each in seen.pairs] == [
        ("单示例", False, "Name")
    ]
    assert [each.name for each in seen.other.members if each.id in seen.joining] == ["配偶", "乙"]
    assert not seen.keeps_relation
    assert {each.label: each.count for each in seen.follows} == {
        "历次申请": 1,
        "证照": 1,
        "本户材料": 1,
    }
    wife = seen.joining[0]
    merge(world, keep, other, relations=(Related(member_id=wife, relation="妻子"),))

    after = view(world, keep)
    assert [each.name for each in after.members] == ["单示例", "甲", "配偶", "乙"]
    assert [each.relation for each in after.members] == ["本人", "女儿", "妻子", None]
    assert view(world, other) == after, "the other file leads to the one that was kept"
    assert len(world.ask("wang", case_rows, CaseQuery(household_id=keep))) == 2
    assert len(world.ask("wang", paper_rows, PaperQuery(household_id=keep))) == 2
    with raw(world.office.path) as sql:
        assert sql.run("SELECT file_state, merged_into_id FROM household WHERE id = ?", other) == [
            ("merged", keep)
        ]
        assert sql.one("SELECT household_id FROM document") == keep


def test_a_file_that_was_given_up_takes_no_document(world: World) -> None:
    keep, other = two_files(world)
    merge(world, keep, other)
    with pytest.raises(FileGivenUp):
        world.do("wang", add_document, AddForm(file=scan("晚到的材料"), household_id=other))
    with pytest.raises(FileGivenUp):
        world.do("wang", give_documents, GiveForm(draft_id="d", household_id=other))


def test_the_kept_file_wins_field_by_field_as_was_chosen(world: World) -> None:
    keep = register(world, household(members=(changed(A, health=None),), card=""))
    theirs = household(
        order=12, members=(changed(A, id_number="", health="良好", relation="儿子"),)
    )
    theirs = changed(theirs, head=changed(theirs.head, phone="15400009999", address="示例路 9号"))
    other = register(world, theirs)
    seen = compare(world, keep, other)
    told = {each.field: (each.kept, each.other, each.suggested) for each in seen.differences}
    assert told["address"] == ("", "示例路 9号", True)
    assert told["account_number"] == ("", "6222 **** 0128", True)
    head, daughter = seen.pairs
    assert {each.field for each in head.differences} == {"id_number", "phone"}
    assert [(each.field, each.suggested) for each in daughter.differences] == [("health", True)]
    assert "15400009999" not in str(seen)
    form = merge_form(seen)
    phone = Taken(kept_id=head.kept_id, field="phone")
    world.do("wang", merge_households, changed(form, taken=(*form.taken, phone)))

    after = world.do("wang", open_form, Reveal(household_id=keep)).household
    assert after.head.id_number == id_number(2), "the kept one wins"
    assert (after.head.phone, after.head.address) == ("15400009999", "示例路 9号")
    assert after.account.account_number == "6222021234567890128"
    assert (after.members[0].health, after.members[0].relation) == ("良好", "女儿")
    found = world.ask("wang", likenesses, DuplicateQuery(phone="15400009999"))
    assert [each.household_id for each in found] == [keep]


def test_a_merge_and_its_undoing_leave_everything_as_it_was(world: World) -> None:
    keep, other = two_files(world)
    world.do("wang", add_document, AddForm(file=scan(text="1"), household_id=other, kind="身份证"))
    before = stands(world)
    change = merge(world, keep, other)
    assert stands(world) != before
    undo(world, change)
    assert stands(world) == before
    again = merge(world, keep, other)
    undo(world, again)
    assert stands(world) == before
    assert [(each.kind, each.undone) for each in changes(world, keep)] == [
        (ChangeKind.MERGE, True),
        (ChangeKind.MERGE, True),
    ]


def test_an_act_is_undone_once(world: World) -> None:
    change = merge(world, *two_files(world))
    done = undo(world, change)
    for each in (change, done):
        with pytest.raises(AlreadyUndone):
            undo(world, each)


def test_the_file_in_force_is_the_one_that_is_kept(world: World) -> None:
    pending = register(world, household("别人", 12))
    filed = world.file().household_id
    seen = compare(world, pending, filed)
    assert seen.obstacle == KeepTheOpenFile(file=view(world, filed).file_number).tell()
    with pytest.raises(KeepTheOpenFile):
        world.do("wang", merge_households, merge_form(seen))
    merge(world, filed, pending)


def test_of_two_files_in_force_one_number_stays_marked(world: World) -> None:
    first, second = world.file().household_id, world.file().household_id
    number = view(world, second).file_number
    paper = CertificateForm(household_id=second, purpose="就学", valid_until=world.clock.today())
    world.do("wang", issue_certificate, paper)
    merge(world, first, second)
    after = view(world, first)
    assert [(each.household_id, each.file_number) for each in after.merged] == [(second, number)]
    assert after.file_number != number
    found = world.ask("wang", search, SearchQuery(text=number)).hits
    assert [(hit.id, hit.state, hit.past) for hit in found] == [
        (first, f"{number}　已并入 {after.file_number}", True)
    ]
    by_name = world.ask("wang", search, SearchQuery(text=view(world, first).name)).hits
    assert (by_name[0].id, by_name[0].past) == (first, False), "what counts stands first"
    with raw(world.office.path) as sql:
        assert sql.one("SELECT file_number FROM household WHERE id = ?", second) == number
        assert sql.one("SELECT last FROM number_series WHERE series = 'file'") == 2


def test_nothing_is_merged_while_the_bank_pays(world: World) -> None:
    filed = world.file()
    award = world.propose(filed)
    world.decide(award)
    world.batch(award)
    other = register(world, household("别人", 12))
    with pytest.raises(MoneyOnTheWay) as told:
        merge(world, filed.household_id, other)
    assert "B2026-0001" in told.value.tell()


def test_paid_relief_goes_along_and_back(world: World) -> None:
    first, second = world.file(), world.file()
    award = world.propose(second, fen=50_000)
    world.decide(award)
    pay(world, world.frozen(award))
    before = stands(world)
    change = merge(world, first.household_id, second.household_id)
    with raw(world.office.path) as sql:
        assert sql.one("SELECT household_id FROM award") == first.household_id
    undo(world, change)
    assert stands(world) == before


@pytest.mark.parametrize("same", [(), "wrong", "twice"])
def test_one_number_is_one_person(world: World, same: Any) -> None:
    first = register(world, household(members=(A, B)))
    with raw(world.office.path) as sql:
        sql.run("UPDATE household SET file_state = 'closed'")
        sql.run("UPDATE member SET active = 0")
    second = register(world, household("别人", 12, members=(A,)))
    seen = compare(world, second, first)
    assert [(each.name, each.certain) for each in seen.pairs] == [("甲", True)]
    pair = SamePerson(kept_id=seen.pairs[0].kept_id, other_id=seen.pairs[0].other_id)
    wrong = {
        (): ((), NotPaired),
        "wrong": ((changed(pair, other_id=99),), WrongPair),
        "twice": ((pair, changed(pair, other_id=seen.joining[0])), WrongPair),
    }
    pairs, error = wrong[same]
    with pytest.raises(error):
        world.do("wang", merge_households, merge_form(seen, same=pairs))
    merge(world, second, first)


def test_a_household_is_not_merged_with_itself_nor_twice(world: World) -> None:
    keep, other = two_files(world)
    with pytest.raises(SameHousehold):
        merge(world, keep, keep)
    form = merge_form(compare(world, keep, other))
    world.do("wang", merge_households, form)
    with pytest.raises(Conflict):
        world.do("wang", merge_households, form)
    stale = changed(form, keep_version=view(world, keep).version, give_up_version=2)
    with pytest.raises(FileMerged):
        world.do("wang", merge_households, stale)


def test_who_has_a_merged_file_open_is_told(world: World) -> None:
    keep, other = two_files(world)
    kept, given_up = (
        world.do("wang", open_form, Reveal(household_id=id_)) for id_ in (keep, other)
    )
    merge(world, keep, other)
    with pytest.raises(Conflict):
        world.do("wang", change_household, kept)
    with pytest.raises(AppError):
        world.do("wang", change_household, given_up)
    fresh = changed(given_up, version=2)
    with pytest.raises(FileMerged):
        world.do("wang", change_household, fresh)


# Splitting, moving, another head


def test_members_become_a_household_of_their_own(world: World) -> None:
    id_, rows = family(world)
    proof = AddForm(file=scan(text="1"), household_id=id_, member_id=rows["乙"], kind="身份证")
    world.do("wang", add_document, proof)
    before = stands(world)
    done = split(world, id_, rows["甲"], rows["乙"])
    made, left = view(world, done.household_id), view(world, id_)
    assert [(each.name, each.relation, each.joined_on) for each in made.members] == [
        ("甲", "本人", date(2026, 11, 20)),
        ("乙", "儿子", date(2026, 11, 20)),
    ]
    assert (made.file_state, made.form.head.address) == (FileState.PENDING, "示例路 7号")
    assert made.phone == "154****7777"
    assert made.form.income.income_12_months is None, "nothing is known of the new household"
    assert [each.name for each in left.members] == ["单示例", "无证"]
    assert left.form.income.members_living_together == 2
    assert left.form.income.income_12_months is None, "the sum was told for four people"
    assert [(each.name, each.household_id) for each in left.former] == [
        ("甲", made.id),
        ("乙", made.id),
    ]
    with raw(world.office.path) as sql:
        assert sql.one("SELECT household_id FROM document") == made.id
    undo(world, done.change_id)
    after = stands(world)
    assert without(after, "household", done.household_id) == before
    assert view(world, done.household_id).id == id_, "the empty file leads back"


def test_who_split_off_can_apply_on_their_own(world: World) -> None:
    id_, rows = family(world)
    made = split(world, id_, rows["甲"]).household_id
    accepted = world.do("wang", accept_further, NewApplication(household_id=made))
    assert accepted.household_id == made
    with pytest.raises(AppError):
        world.do("wang", accept_further, NewApplication(household_id=made))


def test_a_split_with_a_later_application_is_not_undone(world: World) -> None:
    id_, rows = family(world)
    done = split(world, id_, rows["甲"])
    world.do("wang", accept_further, NewApplication(household_id=done.household_id))
    with pytest.raises(TouchedSince) as told:
        undo(world, done.change_id)
    assert told.value.data["what"] == "申请 2026-0002"
    assert changes(world, id_)[0].why_not == told.value.tell()


def test_who_may_split_off(world: World) -> None:
    id_, rows = family(world)
    for head, others, error in (
        (rows["单示例"], (), HeadStays),
        (rows["无证"], (), HeadNeedsNumber),
        (rows["甲"], (rows["单示例"],), HeadStays),
        (rows["甲"], (rows["甲"],), WrongPair),
        (99, (), WrongPair),
    ):
        with pytest.raises(error):
            split(world, id_, head, *others)


def test_a_member_goes_to_another_household_and_back(world: World) -> None:
    id_, rows = family(world)
    to = register(world, household("别人", 12, members=(C,)))
    before = stands(world)
    change = move(world, id_, rows["甲"], to)
    there = view(world, to)
    assert [(each.name, each.relation) for each in there.members][-1] == ("甲", "女儿")
    assert there.members[-1].joined_on == date(2026, 10, 1)
    assert there.form.income.members_living_together == 3
    assert [each.name for each in view(world, id_).former] == ["甲"]
    assert [(each.kind, each.about) for each in changes(world, to)] == [
        (ChangeKind.MOVE, "甲　单示例")
    ]
    undo(world, change)
    assert stands(world) == before
    assert view(world, id_).former == ()


def test_who_may_go_where(world: World) -> None:
    id_, rows = family(world)
    to = register(world, household("别人", 12, members=(C,)))
    with pytest.raises(SameHousehold):
        move(world, id_, rows["甲"], id_)
    with pytest.raises(HeadStays):
        move(world, id_, rows["单示例"], to)
    with pytest.raises(Conflict):
        move(world, id_, rows["甲"], to, to_version=99)
    with raw(world.office.path) as sql:
        sql.run("UPDATE member SET id_number = (SELECT id_number FROM member WHERE id = ?), "
                "active = 0 WHERE name = '丙'", rows["甲"])  # fmt: skip
        sql.run("UPDATE household SET file_state = 'closed' WHERE id = ?", to)
    with pytest.raises(FileNotOpen):
        move(world, id_, rows["甲"], to)
    with pytest.raises(FileNotOpen):
        move(world, to, view(world, to).members[1].id, id_)


def test_another_member_becomes_the_head(world: World) -> None:
    id_, rows = family(world)
    before = stands(world)
    form = HeadChangeForm(
        household_id=id_,
        version=view(world, id_).version,
        head_id=rows["乙"],
        relations=(Related(member_id=rows["单示例"], relation="母亲"),),
        phone="15400005555",
        person_type="困难农民工",
        reason="原户主长期住院",
    )
    change = world.do("wang", change_head, form)
    after = view(world, id_)
    assert [(each.name, each.relation) for each in after.members] == [
        ("乙", "本人"),
        ("甲", None),
        ("无证", None),
        ("单示例", "母亲"),
    ]
    assert (after.name, after.phone) == ("乙", "154****5555")
    assert after.form.head.person_type == "困难农民工"
    assert [(each.kind, each.about) for each in changes(world, id_)] == [(ChangeKind.HEAD, "乙")]
    undo(world, change)
    assert stands(world) == before
    for head, error in ((rows["无证"], HeadNeedsNumber), (rows["单示例"], WrongPair)):
        with pytest.raises(error):
            world.do(
                "wang", change_head, changed(form, version=view(world, id_).version, head_id=head)
            )


def test_what_is_in_hand_for_a_person_is_finished_first(world: World) -> None:
    """A second household stands on file, with a service for one of its members."""
    filed = world.file()
    people = view(world, filed.household_id).members
    with raw(world.office.path) as sql:
        sql.run(
            "INSERT INTO assessment (number, household_id, as_of, facts, packs, values_used, "
            "result, digest, made_by, made_at) VALUES ('C', ?, '2026-11-20', '{}', '[]', '[]', "
            "'{}', 'x', 1, '2026-11-20')",
            filed.household_id,
        )
        sql.run(
            "INSERT INTO service_request (version, number, household_id, member_id, measure, kind, "
            "title, department, entitlement, papers, assessment_id, note, requested_by, "
            "requested_at, state, result) VALUES (1, 'F2026-0001', ?, ?, 'x', 'service', 'x', "
            "'', '', '[]', (SELECT max(id) FROM assessment), '', 1, '2026-11-20', 'open', '')",
            filed.household_id,
            people[1].id,
        )
    with pytest.raises(OpenMatter) as told:
        split(world, filed.household_id, people[1].id)
    assert told.value.data["number"] == "F2026-0001"


# Undoing and later acts


def test_what_a_later_act_touched_is_not_undone(world: World) -> None:
    keep, other = two_files(world)
    change = merge(world, keep, other)
    form = world.do("wang", open_form, Reveal(household_id=keep))
    members = form.household.members
    theirs = next(each for each in members if each.name == "乙")
    mended = tuple(changed(each, health="良好") if each is theirs else each for each in members)
    world.do(
        "wang", change_household, changed(form, household=changed(form.household, members=mended))
    )
    with pytest.raises(TouchedSince) as told:
        undo(world, change)
    assert told.value.data["what"] == "成员乙"


def test_what_a_later_act_did_not_touch_stays_after_an_undoing(world: World) -> None:
    """Only their own rows of the kept file changed: the other file comes back as it was."""
    keep, other = two_files(world)
    before = view(world, other)
    change = merge(world, keep, other, taken=())
    form = world.do("wang", open_form, Reveal(household_id=keep))
    mended = changed(form.household.members[0], health="良好")
    members = (mended, *form.household.members[1:])
    world.do(
        "wang", change_household, changed(form, household=changed(form.household, members=members))
    )
    undo(world, change)
    assert view(world, keep).members[1].health == "良好"
    assert changed(view(world, other), version=0) == changed(before, version=0)


def test_the_newest_act_is_undone_first(world: World) -> None:
    keep, other = two_files(world)
    before = stands(world)
    merged = merge(world, keep, other)
    son = next(each for each in view(world, keep).members if each.name == "配偶")
    moved = split(world, keep, son.id).change_id
    with pytest.raises(TouchedSince):
        undo(world, merged)
    undo(world, moved)
    undo(world, merged)
    assert without(stands(world), "household", 3) == before


# Any households at all


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(forms=lookalikes(), data=st.data())
def test_any_two_households_are_merged_and_come_back_as_they_were(
    world: World, forms: tuple[HouseholdForm, HouseholdForm], data: st.DataObject
) -> None:
    def run(work: Work) -> None:
        keep, other = (with_everything(work, form) for form in forms)
        before = dumped(work)
        seen = compare_households.run(work, PairQuery(keep_id=keep, other_id=other))
        some = data.draw(st.sets(st.sampled_from(range(len(seen.pairs) + 1))))
        pairs = [pair for at, pair in enumerate(seen.pairs) if pair.certain or at in some]
        choices = [
            Taken(kept_id=each.kept_id, field=each.field)
            for differing in (seen.differences, *(pair.differences for pair in pairs))
            for each in differing
        ]
        taken = data.draw(st.lists(st.sampled_from(choices), unique=True)) if choices else []
        form = merge_form(
            seen,
            same=tuple(SamePerson(kept_id=p.kept_id, other_id=p.other_id) for p in pairs),
            taken=tuple(taken),
        )
        change = merge_households.run(work, form)
        work.session.expire_all()
        together = view_in(work, keep)
        people = len(seen.keep.members) + len(seen.other.members) - len(pairs)
        assert len(together.members) == people
        assert len({each.id for each in together.members}) == people
        assert view_in(work, other) == together
        points = [
            (model.__tablename__, work.connection.exec_driver_sql(
                f'SELECT count(*) FROM "{model.__tablename__}" WHERE {column} = {other}'
            ).scalar())
            for model, column in pointers("household")
        ]  # fmt: skip
        left = {table: count for table, count in points if count}
        assert left.keys() <= {"member"}, "only doubles stay"
        undo_change.run(work, UndoForm(change_id=change, reason="并错了"))
        assert dumped(work) == before

    tried(world, run)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(forms=lookalikes(), data=st.data())
def test_any_household_is_split_and_its_people_moved_and_all_comes_back(
    world: World, forms: tuple[HouseholdForm, HouseholdForm], data: st.DataObject
) -> None:
    def run(work: Work) -> None:
        first, second = (with_everything(work, form) for form in forms)
        before = dumped(work)
        seen = view_in(work, first)
        numbered = [each.id for each in seen.members[1:] if each.id_number]
        if not numbered:
            return
        head = data.draw(st.sampled_from(numbered))
        others = [each.id for each in seen.members[1:] if each.id != head]
        along = data.draw(st.lists(st.sampled_from(others), unique=True)) if others else []
        done = split_household.run(
            work,
            SplitForm(
                household_id=first,
                version=seen.version,
                head_id=head,
                others=tuple(Related(member_id=each) for each in along),
                reason="分户",
            ),
        )
        acts = [done.change_id]
        rest = [each.id for each in view_in(work, first).members[1:]]
        if rest:
            acts.append(
                move_member.run(
                    work,
                    MoveForm(
                        member_id=data.draw(st.sampled_from(rest)),
                        household_id=first,
                        version=view_in(work, first).version,
                        to_id=done.household_id,
                        to_version=view_in(work, done.household_id).version,
                        relation=None,
                        joined_on=date(2026, 11, 1),
                        reason="同住",
                    ),
                )
            )
        acts.append(
            merge_households.run(
                work,
                merge_form(
                    compare_households.run(work, PairQuery(keep_id=second, other_id=first)),
                ),
            )
        )
        for act in reversed(acts):
            undo_change.run(work, UndoForm(change_id=act, reason="办错了"))
        assert without(dumped(work), "household", done.household_id) == before

    tried(world, run)


# Files that count no more


def withdrawn(world: World, household_id: int) -> None:
    """Let a household stand as an import that was undone leaves it."""
    with raw(world.office.path) as sql:
        sql.switch_off_the_guards()
        sql.run("UPDATE household SET file_state = 'withdrawn', file_number = NULL")
        sql.run("UPDATE member SET active = 0 WHERE household_id = ?", household_id)


def writing(world: World, id_: int) -> dict[str, Callable[[], Any]]:
    """Return every act that would write into the file of a household."""
    valid_until = world.clock.today()
    form = household("谁", 20)

    def do(action: Any, request: Any) -> Callable[[], Any]:
        return lambda: world.do("wang", action, request)

    return {
        "change": do(change_household, ChangeForm(id=id_, version=99, household=form)),
        "apply": do(accept_further, NewApplication(household_id=id_)),
        "apply anew": do(accept_case, changed(intake(form), known_id=id_, known_version=99)),
        "certificate": do(
            issue_certificate,
            CertificateForm(household_id=id_, purpose="就学", valid_until=valid_until),
        ),
        "archive form": do(issue_archive_form, ById(id=id_)),
        "reasons": do(issue_reason_sheet, ReasonSheetForm(household_id=id_)),
        "service": do(request_service, ServiceForm(household_id=id_, measure="counselling")),
        "step": do(begin_visit, BeginForm(household_id=id_)),
        "return": do(
            propose_return,
            ReturnForm(household_id=id_, told=ReturnTold(returned_on=valid_until, cause="病")),
        ),
    }


def test_nothing_is_written_into_a_file_that_was_merged(world: World) -> None:
    keep, other = world.file().household_id, world.file().household_id
    merge(world, keep, other)
    kept = view(world, keep).file_number
    for name, act in writing(world, other).items():
        with pytest.raises(FileMerged) as told:
            act()
        assert kept in told.value.tell(), name
    assert world.do("wang", open_form, Reveal(household_id=other)).id == keep


def test_nothing_is_written_into_a_file_whose_import_was_undone(world: World) -> None:
    id_ = register(world, household())
    name = view(world, id_).name
    withdrawn(world, id_)
    acts = writing(world, id_)
    acts["open"] = lambda: world.do("wang", open_form, Reveal(household_id=id_))
    for act in acts.values():
        with pytest.raises(FileWithdrawn):
            act()
    other = register(world, household("别人", 12))
    for act in (lambda: merge(world, other, id_), lambda: merge(world, id_, other)):
        with pytest.raises(FileWithdrawn):
            act()
    (hit,) = world.ask("wang", search, SearchQuery(text=name)).hits
    assert (hit.id, hit.state, hit.past) == (id_, FileState.WITHDRAWN.label, True)
    again = register(world, household())
    hits = world.ask("wang", search, SearchQuery(text=name)).hits
    assert [(each.id, each.past) for each in hits] == [(again, False), (id_, True)]


def test_who_left_a_household_is_found_as_a_former_member(world: World) -> None:
    id_ = register(world, household(members=(A, B)))
    form = world.do("wang", open_form, Reveal(household_id=id_))
    (stays,) = (each for each in form.household.members if each.name == "乙")
    left = changed(form.household, members=(stays,))
    world.do("wang", change_household, changed(form, household=left))
    (hit,) = world.ask("wang", search, SearchQuery(text=A.id_number)).hits
    assert (hit.id, hit.title, hit.past) == (id_, "甲", True)
    assert hit.detail.startswith("原成员，2026-11-20 离开")
    to = register(world, household("别人", 12, members=(A,), card=""))
    hits = world.ask("wang", search, SearchQuery(text=A.id_number)).hits
    assert [(each.id, each.past) for each in hits] == [(to, False), (id_, True)]


def test_a_household_that_is_known_applies_with_its_file_brought_up_to_date(world: World) -> None:
    id_, rows = family(world)
    made = split(world, id_, rows["甲"]).household_id
    form = world.do("wang", open_form, Reveal(household_id=made))
    head = changed(form.household.head, address="示例路 8号")
    told = changed(form.household, head=head)
    asked = changed(intake(told), known_id=made, known_version=form.version)
    accepted = world.do("wang", accept_case, asked)
    assert accepted.household_id == made
    assert view(world, made).form.head.address == "示例路 8号"
    with pytest.raises(Conflict):
        world.do("wang", accept_case, asked)
    with pytest.raises(NoFile):
        world.do("wang", accept_case, changed(asked, known_version=view(world, made).version))


# Whose unit it is


def test_a_unit_goes_with_the_worker(world: World) -> None:
    form = household(members=(changed(A, unit="示例纺织厂"), B))
    form = changed(form, head=changed(form.head, work_unit="示例机械厂"))
    id_ = register(world, form)
    before = stands(world)
    rows = {each.name: each.id for each in view(world, id_).members}
    asked = HeadChangeForm(
        household_id=id_, version=view(world, id_).version, head_id=rows["甲"], reason="户主更换"
    )
    change = world.do("wang", change_head, asked)
    after = world.do("wang", open_form, Reveal(household_id=id_)).household
    assert after.head.work_unit == "示例纺织厂"
    assert {each.name: each.unit for each in after.members} == {"单示例": "示例机械厂", "乙": ""}
    undo(world, change)
    assert stands(world) == before

    done = split(world, id_, rows["甲"])
    made = world.do("wang", open_form, Reveal(household_id=done.household_id)).household
    assert made.head.work_unit == "示例纺织厂"
    to = register(world, household("别人", 12, card=""))
    merge(world, to, done.household_id)
    joined = world.do("wang", open_form, Reveal(household_id=to)).household
    assert [(each.name, each.unit) for each in joined.members] == [("甲", "示例纺织厂")]


# What the store itself refuses


def test_no_row_goes_to_another_household_unnoted(world: World) -> None:
    keep, other = two_files(world)
    change = merge(world, keep, other)
    undo(world, change)
    with raw(world.office.path) as sql:
        for table in ("case", "paper", "member"):
            with pytest.raises(Exception, match="guard"):
                sql.run(
                    f'UPDATE "{table}" SET household_id = ? WHERE household_id = ?', keep, other
                )
        with pytest.raises(Exception, match="guard"):
            sql.run("UPDATE member SET position = 9 WHERE position = 1")
        sql.run("UPDATE member SET position = 9 WHERE position = 2 AND household_id = ?", keep)


def test_every_table_that_points_at_a_household_is_known_here() -> None:
    """A new one has to say how it follows a merge: it moves, or this list says why not."""
    known = {
        *("member", "case", "award", "assessment", "paper", "service_request", "document"),
        *("filing_step", "household", "staff_tie", "relief", "relief_person"),
        *("loan", "loan_side", "job_seeker", "placement"),
    }
    assert {pointer.model.__tablename__ for pointer in pointers("household")} <= known
    assert {pointer.model.__tablename__ for pointer in pointers("member")} <= known


# Duplicates in the archive


def worklist(world: World, **asked: Any) -> list[tuple[str, int, int]]:
    rows = world.ask("wang", duplicates, WorklistQuery(**asked))
    return [(row.name, row.id, row.other_id) for row in rows]


def test_who_stands_in_two_files_is_listed(world: World) -> None:
    first = register(world, household(members=(A,)))
    with raw(world.office.path) as sql:
        sql.run("UPDATE household SET file_state = 'closed'")
        sql.run("UPDATE member SET active = 0")
    second = register(world, household("别人", 12, members=(A,), card=""))
    third = register(world, household("又一户", 14))
    assert worklist(world) == [("甲", second, first)], "the open file is the one to keep"
    assert worklist(world, way=DuplicateWay.CARD) == [("又一户", third, first)]
    assert worklist(world, way=DuplicateWay.BIRTH) == []
    fourth = register(world, household("又一户", 16, card=""))
    assert worklist(world, way=DuplicateWay.BIRTH) == [("又一户", third, fourth)]

    form = ApartForm(household_id=fourth, other_id=third, reason="同名同日生")
    apart = world.do("wang", mark_apart, form)
    assert worklist(world, way=DuplicateWay.BIRTH) == []
    undo(world, apart)
    assert worklist(world, way=DuplicateWay.BIRTH) == [("又一户", third, fourth)]

    merge(world, second, first)
    assert worklist(world) == []


def test_the_doubles_of_one_file_are_found_by_all_its_people(world: World) -> None:
    first = register(world, household(members=(A,)))
    with raw(world.office.path) as sql:
        sql.run("UPDATE household SET file_state = 'closed'")
        sql.run("UPDATE member SET active = 0")
    second = register(world, household("别人", 12, members=(A,), card=""))
    (like,) = world.ask("wang", doubles_of, ById(id=first))
    assert (like.household_id, like.head, like.certain) == (second, "别人", True)
    assert like.same == ("Resident ID number of a member", "Mobile")


def test_every_look_for_duplicates_goes_along_an_index(world: World) -> None:
    bound: dict[str, str] = dict.fromkeys(
        ("number", "birth", "name", "phone", "card", "address", "own"), "1"
    )
    with raw(world.office.path) as sql:
        for statement in WAYS.values():
            plan = sql.connection.execute(f"EXPLAIN QUERY PLAN {statement}", bound).fetchall()
            assert not [row for row in plan if row[3].startswith("SCAN")], plan
        for groups, people in TWICE.values():
            for text in (groups, people):
                values = ["1"] * text.count("?")
                plan = sql.run(f"EXPLAIN QUERY PLAN {text}", *values)
                assert not [row for row in plan if "SCAN" in row[3] or "B-TREE" in row[3]], plan


# What counts as received


def cap_left(world: World, award_id: int) -> tuple[int, int]:
    cap = world.ask("zhao", award_view, AwardById(id=award_id)).cap
    return cap.used, cap.left or 0


def paid(world: World, filed: Accepted, fen: int) -> None:
    award = world.propose(filed, fen=fen)
    world.decide(award)
    pay(world, world.frozen(award))


def received(world: World, household_id: int) -> int:
    with world.office.engines.reader.connect() as connection:
        return relief_received(Session(connection), household_id, 2026)


def test_what_both_files_received_counts_after_a_merge(world: World) -> None:
    first, second = world.file(), world.file()
    paid(world, first, 30_000)
    paid(world, second, 50_000)
    change = merge(world, first.household_id, second.household_id)
    assert received(world, first.household_id) == 80_000
    award = world.propose(first, fen=10_000)
    assert cap_left(world, award)[0] == 80_000
    undo(world, change)
    assert received(world, first.household_id) == 30_000
    assert received(world, second.household_id) == 50_000


def test_what_was_given_before_a_split_counts_in_both_parts(world: World) -> None:
    filed = world.file()
    paid(world, filed, 30_000)
    id_ = filed.household_id
    told = world.do("wang", open_form, Reveal(household_id=id_)).household
    son = next(each for each in view(world, id_).members[1:] if each.id_number)
    world.clock.instant += timedelta(days=1)
    made = split(world, id_, son.id).household_id
    assert received(world, id_) == received(world, made) == 30_000
    world.clock.instant += timedelta(days=1)
    form = world.do("wang", open_form, Reveal(household_id=id_))
    asked_anew = changed(form.household, income=told.income, expenditure=told.expenditure)
    world.do("wang", change_household, changed(form, household=asked_anew))
    paid(world, filed, 20_000)
    assert received(world, id_) == 50_000
    assert received(world, made) == 30_000, "given after they had left"


def test_who_split_off_may_keep_the_file_when_all_live_together_again(world: World) -> None:
    """The first file leads to the one that was split from it: what was given counts once."""
    filed = world.file()
    paid(world, filed, 30_000)
    son = next(each for each in view(world, filed.household_id).members[1:] if each.id_number)
    world.clock.instant += timedelta(days=1)
    made = split(world, filed.household_id, son.id).household_id
    world.do("wang", accept_further, NewApplication(household_id=made))
    with raw(world.office.path) as sql:
        sql.switch_off_the_guards()
        sql.run("UPDATE household SET file_state = 'pending'")
    merge(world, made, filed.household_id)
    assert received(world, made) == 30_000


def test_what_a_member_was_given_goes_with_them(world: World) -> None:
    filed = world.file()
    paid(world, filed, 30_000)
    id_ = filed.household_id
    son = next(each for each in view(world, id_).members[1:] if each.id_number)
    with raw(world.office.path) as sql:
        sql.switch_off_the_guards()
        sql.run("UPDATE award SET member_id = ?", son.id)
    to = register(world, household("别人", 12))
    move(world, id_, son.id, to)
    assert (received(world, id_), received(world, to)) == (0, 30_000)
