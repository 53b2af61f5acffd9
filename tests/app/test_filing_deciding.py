"""Reviews, exits and returns on a real store: one person reports, another decides; the sample."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from app.cases.actions import accept_further
from app.cases.records import Accepted, ApplicationForm, NewApplication
from app.cases.replaying import ReplayRequest, replay
from app.core.errors import Refused
from app.core.money import Fen
from app.core.record import Record
from app.core.words.filing import (
    ExitOutcome,
    ReviewResult,
    StepDecision,
    StepKind,
    StepState,
)
from app.core.words.households import FileState
from app.core.words.papers import PaperKind
from app.disbursements.proposing import withdraw_award
from app.disbursements.queries import award_view
from app.disbursements.records import AwardById, AwardStepForm
from app.filing.actions import begin_visit
from app.filing.deciding import (
    draw_sample,
)
from app.filing.issuing import issue_review_sheet
from app.filing.queries import file_rows, files_waiting, step_rows, steps_waiting
from app.filing.records import (
    FileList,
    FilesQuery,
    SampleForm,
    StepById,
    StepsQuery,
)
from app.filing.reports import (
    ExitReport,
    ReturnReport,
    ReviewReport,
    Sampled,
)
from app.filing.rules import (
    AssessmentChanged,
    CaseUnderway,
    ExitTestNotMet,
    FileClosed,
    MoneyUnderway,
    NotOnFile,
    NotOut,
    OpinionMissing,
    ReviewDoesNotFit,
    SampleDrawn,
    drawn,
)
from app.households.actions import change_household, open_form
from app.households.queries import household_view
from app.households.records import ById, HouseholdView, Reveal
from app.households.rules import PersonOnFile
from app.services.actions import close_service
from app.services.records import CloseForm
from app.work import SecondPersonNeeded
from tests.people import household
from tests.regrouping import merge, move, register
from tests.steps import (
    TODAY,
    about,
    at,
    come_back,
    decide,
    facts,
    leave,
    newest,
    papers,
    path,
    review,
)
from tests.world import World


def view(world: World, accepted: Accepted) -> HouseholdView:
    return world.ask("wang", household_view, ById(id=accepted.household_id))


def out(world: World, accepted: Accepted) -> None:
    leave(world, accepted)
    decide(world, accepted)


def earn(world: World, accepted: Accepted, yuan: int) -> None:
    """Let the household have another income."""
    opened = world.do("wang", open_form, Reveal(household_id=accepted.household_id))
    income = _with(opened.household.income, income_12_months=Fen(yuan * 100))
    household = _with(opened.household, income=income)
    world.do("wang", change_household, _with(opened, household=household))


def _with(record: Record, **changes: Any) -> Any:
    whole: Any = record
    return replace(whole, **changes)


# Reviews


def test_a_review_is_reported_by_one_person_and_decided_by_another(world: World) -> None:
    accepted = world.file()
    step = review(world, accepted)
    row = newest(world, accepted)
    assert (row.state, row.result, row.mine) == (StepState.REPORTED, "kept", True)
    assert isinstance(row.report, ReviewReport)
    assert row.report.category_before == row.report.category_now == "深度困难"
    assert row.report.assessment_number.startswith("C2026-")
    with pytest.raises(Refused):
        decide(world, accepted, user="wang")
    decide(world, accepted, opinion="同意")
    row = newest(world, accepted)
    assert (row.state, row.done_by, row.reason) == (StepState.DONE, "赵建国", "同意")
    assert step == row.id
    assert view(world, accepted).file_state is FileState.ACTIVE


def test_whoever_reported_does_not_decide_whatever_roles_they_hold(world: World) -> None:
    accepted = world.file()
    review(world, accepted, user="zhao")
    with pytest.raises(SecondPersonNeeded):
        decide(world, accepted, user="zhao")


def test_the_assessment_of_a_review_is_sealed_and_can_be_proved(world: World) -> None:
    accepted = world.file()
    review(world, accepted)
    report = newest(world, accepted).report
    assert isinstance(report, ReviewReport)
    proved = world.ask("wang", replay, ReplayRequest(number=report.assessment_number))
    assert proved.same
    assert proved.as_of == TODAY


def test_a_household_in_another_category_gets_it_by_a_review(world: World) -> None:
    accepted = world.file()
    earn(world, accepted, 60_000)
    with pytest.raises(ReviewDoesNotFit) as kept:
        review(world, accepted)
    assert "相对困难" in kept.value.tell()
    review(world, accepted, ReviewResult.CATEGORY_CHANGED)
    decide(world, accepted)
    assert view(world, accepted).category == "相对困难"


def test_what_changed_after_the_report_is_looked_at_again(world: World) -> None:
    accepted = world.file()
    review(world, accepted)
    earn(world, accepted, 60_000)
    with pytest.raises(AssessmentChanged):
        decide(world, accepted)
    with pytest.raises(OpinionMissing):
        decide(world, accepted, StepDecision.SEND_BACK)
    decide(world, accepted, StepDecision.SEND_BACK, "收入变了，请重核")
    row = newest(world, accepted)
    assert (row.state, row.result, row.reported_by) == (StepState.OPEN, "", "")
    assert row.reason == "收入变了，请重核"
    again = review(world, accepted, ReviewResult.CATEGORY_CHANGED)
    assert again == row.id
    decide(world, accepted)


def test_a_review_that_finds_no_hardship_leads_to_an_exit(world: World) -> None:
    accepted = world.file()
    earn(world, accepted, 600_000)
    review(world, accepted, ReviewResult.EXIT)
    decide(world, accepted)
    row = newest(world, accepted)
    assert (row.kind, row.state) == (StepKind.EXIT, StepState.OPEN)
    assert world.ask("wang", steps_waiting).exits == 1
    assert leave(world, accepted, "not_eligible", None) == row.id
    decide(world, accepted)
    assert view(world, accepted).file_state is FileState.CLOSED


def test_a_review_is_refused_by_sending_it_back(world: World) -> None:
    accepted = world.file()
    review(world, accepted)
    decide(world, accepted, StepDecision.REFUSE, "没有入户")
    assert newest(world, accepted).state is StepState.OPEN


def test_the_review_sheet_says_what_was_found_and_decided(world: World) -> None:
    accepted = world.file()
    step = review(world, accepted)
    before = facts(world, world.do("wang", issue_review_sheet, StepById(id=step)))
    assert before["decided"] == before["decider"] == ""
    decide(world, accepted, opinion="准予")
    after = facts(world, world.do("wang", issue_review_sheet, StepById(id=step)))
    assert (after["decided"], after["decider"]) == ("同意：继续在档", "赵建国")
    assert after["assessment_number"] == before["assessment_number"]
    assert len(papers(world, PaperKind.REVIEW_SHEET)) == 2


def test_only_who_is_on_file_is_reviewed(world: World) -> None:
    accepted = world.accept()
    with pytest.raises(NotOnFile):
        review(world, accepted)
    with pytest.raises(NotOnFile):
        leave(world, accepted)


# Exits


def test_a_household_leaves_by_two_people_and_is_told_in_writing(world: World) -> None:
    accepted = world.file()
    number = view(world, accepted).file_number
    leave(world, accepted)
    row = newest(world, accepted)
    assert (row.state, row.result) == (StepState.REPORTED, ExitOutcome.LIFTED)
    assert view(world, accepted).file_state is FileState.ACTIVE
    paper = decide(world, accepted)
    told = facts(world, paper)
    assert (told["outcome"], told["months"], told["file_number"]) == ("脱困", 6, number)
    seen = view(world, accepted)
    assert (seen.file_state, seen.file_number) == (FileState.CLOSED, number)
    assert path(world, accepted).way_out == "脱困"
    with pytest.raises(FileClosed):
        world.do("wang", begin_visit, about(accepted))


def test_out_of_hardship_needs_its_months(world: World) -> None:
    accepted = world.file()
    with pytest.raises(ExitTestNotMet):
        leave(world, accepted, months=5)
    assert not path(world, accepted).steps


def test_the_reasons_lead_to_their_libraries(world: World) -> None:
    for reason, label in (("safety_net", "兜底保障"), ("deceased", "注销")):
        accepted = world.file()
        leave(world, accepted, reason, None)
        decide(world, accepted)
        assert path(world, accepted).way_out == label


def test_money_on_its_way_keeps_a_household_until_it_is_settled(world: World) -> None:
    accepted = world.file()
    award = world.propose(accepted)
    leave(world, accepted)
    with pytest.raises(MoneyUnderway) as underway:
        decide(world, accepted)
    assert "J2026-" in str(underway.value.data["numbers"])
    withdraw(world, award)
    decide(world, accepted)


def withdraw(world: World, award: int) -> None:
    version = world.ask("wang", award_view, AwardById(id=award)).row.version
    world.do("wang", withdraw_award, AwardStepForm(award_id=award, version=version))


def test_an_open_application_is_decided_first(world: World) -> None:
    accepted = world.file()
    application = ApplicationForm(items=("living_relief",))
    form = NewApplication(household_id=accepted.household_id, application=application)
    world.do("wang", accept_further, form)
    leave(world, accepted)
    with pytest.raises(CaseUnderway):
        decide(world, accepted)


def test_a_refused_exit_stays_in_the_list_and_the_household_on_file(world: World) -> None:
    accepted = world.file()
    leave(world, accepted)
    decide(world, accepted, StepDecision.REFUSE, "收入不稳定")
    row = newest(world, accepted)
    assert (row.state, row.reason) == (StepState.VOID, "收入不稳定")
    assert view(world, accepted).file_state is FileState.ACTIVE
    leave(world, accepted)


# Returns


def test_a_household_comes_back_under_its_old_number(world: World) -> None:
    accepted = world.file()
    before = view(world, accepted)
    out(world, accepted)
    at(world, 2026, 12, 10)
    come_back(world, accepted)
    row = newest(world, accepted)
    assert (row.kind, row.state) == (StepKind.RETURN, StepState.REPORTED)
    assert isinstance(row.report, ReturnReport)
    assert view(world, accepted).file_state is FileState.CLOSED
    decide(world, accepted)
    after = view(world, accepted)
    assert (after.file_state, after.file_number) == (FileState.ACTIVE, before.file_number)
    assert (after.filed_on, after.category) == (date(2026, 12, 10), before.category)
    assert [member.name for member in after.members] == [member.name for member in before.members]
    assert path(world, accepted).way_out == ""


def test_only_a_closed_file_is_come_back_to(world: World) -> None:
    accepted = world.file()
    with pytest.raises(NotOut):
        come_back(world, accepted)


def test_nobody_comes_back_who_stands_in_another_file(world: World) -> None:
    form = world.form()
    accepted = world.file(world.accept(form))
    out(world, accepted)
    world.accept(form)  # taken in anew, instead of coming back
    come_back(world, accepted)
    with pytest.raises(PersonOnFile):
        decide(world, accepted)
    assert view(world, accepted).file_state is FileState.CLOSED


def test_who_left_stays_known_to_the_exit(world: World) -> None:
    accepted = world.file()
    leave(world, accepted)
    report = newest(world, accepted).report
    assert isinstance(report, ExitReport)
    assert len(report.members) == len(view(world, accepted).members)


# Lists and the sample


def test_reviews_fall_due_a_year_after_the_last_look(world: World) -> None:
    first, second = world.file(), world.file()

    def due() -> list[int]:
        rows = world.ask("wang", file_rows, FilesQuery(list=FileList.REVIEW_DUE))
        return [row.household_id for row in rows]

    assert due() == []
    at(world, 2027, 9, 30)
    assert due() == []
    at(world, 2027, 10, 1)  # the quarter in which the year ends
    rows = world.ask("wang", file_rows, FilesQuery(list=FileList.REVIEW_DUE))
    assert [row.household_id for row in rows] == [first.household_id, second.household_id]
    assert {row.due_on for row in rows} == {date(2027, 11, 20)}
    assert world.ask("wang", files_waiting).review_due == 2
    review(world, first, on=date(2027, 10, 1))
    decide(world, first)
    assert due() == [second.household_id]


def test_a_file_that_nobody_touched_for_a_year_is_told(world: World) -> None:
    first, second = world.file(), world.file()
    at(world, 2027, 5, 1)
    earn(world, first, 1_000)

    def unchanged() -> list[int]:
        rows = world.ask("wang", file_rows, FilesQuery(list=FileList.UNCHANGED))
        return [row.household_id for row in rows]

    at(world, 2027, 11, 19)
    assert unchanged() == []
    at(world, 2027, 11, 20)
    assert unchanged() == [second.household_id]
    at(world, 2028, 5, 1)
    assert unchanged() == [second.household_id, first.household_id]
    review(world, first, on=date(2028, 5, 1))
    decide(world, first)
    assert unchanged() == [second.household_id]


def test_whoever_joined_or_left_changed_a_file(world: World) -> None:
    """A merge, a split, a move and an application count on both sides; a likeness does not."""
    kept, left = world.file(), world.file()
    given_up = register(world, household("别人", 12))

    def unchanged() -> list[int]:
        rows = world.ask("wang", file_rows, FilesQuery(list=FileList.UNCHANGED))
        return [row.household_id for row in rows]

    def seen(accepted: Accepted) -> HouseholdView:
        return world.ask("wang", household_view, ById(id=accepted.household_id))

    at(world, 2027, 5, 1)
    merge(world, kept.household_id, given_up)
    at(world, 2027, 11, 20)
    assert unchanged() == [left.household_id]
    member = next(each for each in seen(kept).members[1:] if each.relation)
    move(world, kept.household_id, member.id, left.household_id)
    assert unchanged() == []
    at(world, 2028, 11, 20)
    assert unchanged() == [kept.household_id, left.household_id]
    world.do("wang", accept_further, NewApplication(household_id=kept.household_id))
    assert unchanged() == [left.household_id]


def test_files_that_never_got_anything_are_told(world: World) -> None:
    helped, not_yet = world.file(), world.file()

    def never() -> list[int]:
        rows = world.ask("wang", file_rows, FilesQuery(list=FileList.NEVER_HELPED))
        return [row.household_id for row in rows]

    assert never() == [helped.household_id, not_yet.household_id]
    counts = world.ask("wang", files_waiting)
    assert (counts.review_due, counts.unchanged, counts.never_helped) == (0, 0, 2)
    served(world, helped)
    assert never() == [not_yet.household_id]
    name = view(world, not_yet).name
    found = world.ask("wang", file_rows, FilesQuery(list=FileList.NEVER_HELPED, text=name))
    assert [row.household_id for row in found] == [not_yet.household_id]


def served(world: World, accepted: Accepted) -> None:
    request = world.request(accepted)
    world.do("wang", close_service, CloseForm(id=request.id, version=1, result="已办"))


def test_the_sample_of_a_year_is_drawn_once_and_kept(world: World) -> None:
    files = [world.file(), world.file()]
    with pytest.raises(Refused):
        world.do("wang", draw_sample, SampleForm(year=2026))
    count = world.do("zhao", draw_sample, SampleForm(year=2026))
    assert count == 1  # 30 % of two, rounded up
    with pytest.raises(SampleDrawn):
        world.do("zhao", draw_sample, SampleForm(year=2026))
    rows = world.ask("wang", step_rows, StepsQuery(sampled_in=2026))
    kept = rows[0].report
    assert isinstance(kept, Sampled)
    again = drawn([each.household_id for each in files], kept.seed, 30)
    assert sorted(row.household_id for row in rows) == again
    assert (kept.drawn, kept.of, rows[0].due_on) == (1, 2, date(2026, 12, 31))
    counts = world.ask("wang", steps_waiting)
    assert (counts.sampled, counts.reviews) == (1, 1)


def test_a_review_of_a_drawn_file_says_that_it_was_drawn(world: World) -> None:
    accepted = world.file()
    world.do("zhao", draw_sample, SampleForm(year=2026))
    review(world, accepted)
    row = newest(world, accepted)
    assert isinstance(row.report, ReviewReport)
    assert row.report.sampled is not None
    assert row.report.sampled.year == 2026
    decide(world, accepted)
    assert world.ask("wang", steps_waiting).sampled == 0
    assert len(world.ask("wang", step_rows, StepsQuery(sampled_in=2026))) == 1


def test_what_others_reported_waits_to_be_decided(world: World) -> None:
    accepted = world.file()
    review(world, accepted)
    assert world.ask("zhao", steps_waiting).to_decide == 1
    assert world.ask("wang", steps_waiting).to_decide == 0
