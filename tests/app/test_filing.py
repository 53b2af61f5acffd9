"""Filing steps on a real store: visit, cross-check, notice, and what a center requires."""

from datetime import date

import pytest

from app.audit.queries import audit_rows
from app.audit.records import AuditQuery
from app.cases.actions import accept_further, file_case, refuse_case
from app.cases.queries import case_view
from app.cases.records import Accepted, ApplicationForm, CaseById, CaseStepForm, NewApplication
from app.core.errors import Conflict, Invalid, NotFound, NotNow, Refused, RuleBroken
from app.core.words.filing import (
    NoticeResult,
    StepKind,
    StepState,
    VisitResult,
)
from app.core.words.households import FileState
from app.core.words.papers import PaperKind, PaperState
from app.documents.actions import add_document, withdraw_document
from app.documents.records import AddForm, DocumentWithdrawal
from app.filing.actions import (
    answer_objection,
    begin_check,
    begin_visit,
    note_objection,
    report_visit,
    require_steps,
)
from app.filing.issuing import issue_authorisation, issue_visit_record
from app.filing.queries import filing_rules, step_rows, steps_waiting
from app.filing.records import (
    AnswerForm,
    BeginForm,
    ObjectionForm,
    Posted,
    RequiredForm,
    StepById,
    StepRow,
    StepsQuery,
    VisitForm,
)
from app.filing.reports import CheckReport, NoticeReport
from app.filing.rules import (
    AlreadyRunning,
    FileClosed,
    NoObjectionOpen,
    NotClassified,
    NoticeRuns,
    ObjectionOpen,
    PostedBefore,
    SignatureMissing,
    StepsMissing,
    TooFewInvestigators,
)
from app.households.queries import household_view
from app.households.records import ById
from tests.scans import scan
from tests.steps import (
    TODAY,
    about,
    adults,
    at,
    check,
    down,
    facts,
    newest,
    papers,
    path,
    post,
    seen,
    visit,
    void,
)
from tests.world import World, changed

# Visits


def test_a_visit_is_begun_with_its_day_and_done_with_its_report(world: World) -> None:
    accepted = world.accept()
    step = world.do("wang", begin_visit, about(accepted))
    row = newest(world, accepted)
    assert (row.state, row.kind, row.days_left) == (StepState.OPEN, StepKind.VISIT, 3)
    assert row.due_on == date(2026, 11, 25)
    world.do("wang", report_visit, VisitForm(id=step, version=row.version, report=seen()))
    row = newest(world, accepted)
    assert (row.state, row.result, row.done_by) == (StepState.DONE, "confirmed", "王芳")
    assert row.report == seen()
    assert row.days_left is None


def test_two_people_visit_together(world: World) -> None:
    accepted = world.accept()
    for second in ("", "王芳 "):
        with pytest.raises(TooFewInvestigators):
            visit(world, accepted, second_investigator=second)
        void(world, accepted)


def test_a_visit_lies_not_in_the_future(world: World) -> None:
    accepted = world.accept()
    with pytest.raises(Invalid):
        visit(world, accepted, visited_on=date(2026, 11, 21))


def test_one_visit_of_a_household_runs_at_a_time(world: World) -> None:
    accepted, other = world.accept(), world.accept()
    world.do("wang", begin_visit, about(accepted))
    with pytest.raises(AlreadyRunning):
        world.do("wang", begin_visit, about(accepted))
    world.do("wang", begin_visit, about(other))
    void(world, accepted)
    world.do("wang", begin_visit, about(accepted))


def test_a_step_of_another_kind_or_version_is_not_reported(world: World) -> None:
    accepted = world.accept()
    step = world.do("wang", begin_check, about(accepted))
    with pytest.raises(NotFound):
        world.do("wang", report_visit, VisitForm(id=step, version=1, report=seen()))
    done = visit(world, accepted)
    with pytest.raises(Conflict):
        world.do("wang", report_visit, VisitForm(id=done, version=1, report=seen()))
    with pytest.raises(NotNow):
        world.do("wang", report_visit, VisitForm(id=done, version=2, report=seen()))


def test_documents_of_another_household_do_not_belong_to_a_step(world: World) -> None:
    accepted = world.accept()
    step = world.do("wang", begin_visit, about(accepted))
    form = VisitForm(id=step, version=1, report=seen(), documents=(99,))
    with pytest.raises(NotFound):
        world.do("wang", report_visit, form)


def test_only_documents_that_count_are_named_with_a_step(world: World) -> None:
    accepted, other = world.accept(), world.accept()
    first, second = (
        world.do("wang", add_document, AddForm(file=scan(), household_id=each.household_id))
        for each in (accepted, other)
    )
    step = world.do("wang", begin_visit, about(accepted))
    form = VisitForm(id=step, version=1, report=seen(), documents=(first, second))
    with pytest.raises(NotFound):
        world.do("wang", report_visit, form)
    gone = DocumentWithdrawal(id=first, version=1, reason="扫错了")
    world.do("wang", withdraw_document, gone)
    with pytest.raises(NotFound):
        world.do("wang", report_visit, changed(form, documents=(first,)))
    assert newest(world, accepted).documents == ()


def test_what_belongs_to_a_notice_stays_with_it_though_it_is_withdrawn(world: World) -> None:
    accepted = world.accept()
    post(world, accepted)
    row = newest(world, accepted)
    objection = ObjectionForm(
        id=row.id, version=row.version, received_on=TODAY, says="有人说他家有车"
    )
    world.do("wang", note_objection, objection)
    file = AddForm(file=scan(), household_id=accepted.household_id)
    letter = world.do("wang", add_document, file)
    row = newest(world, accepted)
    answer = AnswerForm(
        id=row.id, version=row.version, answer="经查没有", upheld=True, posted_on=TODAY,
        documents=(letter,),
    )  # fmt: skip
    world.do("wang", answer_objection, answer)
    gone = DocumentWithdrawal(id=letter, version=1, reason="扫错了")
    world.do("wang", withdraw_document, gone)
    assert newest(world, accepted).documents == (letter,)


def test_an_application_of_another_household_is_refused_by_the_store(world: World) -> None:
    accepted, other = world.accept(), world.accept()
    strange = BeginForm(household_id=accepted.household_id, case_id=other.case_id)
    with pytest.raises(RuleBroken):
        world.do("wang", begin_visit, strange)


def test_the_visit_record_is_printed_before_and_filled_in_after(world: World) -> None:
    accepted = world.accept()
    step = world.do("wang", begin_visit, about(accepted))
    first = world.do("wang", issue_visit_record, StepById(id=step))
    before = facts(world, first)
    assert before["found"] == before["result"] == ""
    assert [row["clear"] for row in before["questions"]] == [""] * 6
    assert "*" in before["id_number"]
    world.do("wang", report_visit, VisitForm(id=step, version=1, report=seen()))
    after = facts(world, world.do("wang", issue_visit_record, StepById(id=step)))
    assert after["investigators"] == ["王芳", "于社区"]
    assert [row["clear"] for row in after["questions"]][:3] == ["清楚", "未问", "不清楚"]
    assert {row.state for row in papers(world, PaperKind.VISIT_RECORD)} == {
        PaperState.ISSUED,
        PaperState.VOID,
    }


# Cross-checks


def test_a_check_needs_the_signature_of_every_adult(world: World) -> None:
    accepted = world.accept()
    everybody = adults(world, accepted)
    assert everybody
    with pytest.raises(SignatureMissing) as absent:
        check(world, accepted, signed_by=())
    head = world.ask("wang", household_view, ById(id=accepted.household_id)).name
    assert head in absent.value.tell()
    void(world, accepted)
    check(world, accepted)
    row = newest(world, accepted)
    assert (row.state, row.result) == (StepState.DONE, "agrees")
    assert isinstance(row.report, CheckReport)
    assert row.report.signed_by == everybody


def test_the_authorisation_names_everybody_who_is_asked_about(world: World) -> None:
    accepted = world.accept()
    step = world.do("wang", begin_check, about(accepted))
    said = facts(world, world.do("wang", issue_authorisation, StepById(id=step)))
    view = world.ask("wang", household_view, ById(id=accepted.household_id))
    assert [row["name"] for row in said["people"]] == [member.name for member in view.members]
    grown = {row.name for row in path(world, accepted).adults}
    for row in said["people"]:
        assert row["signs"] == ("" if row["name"] in grown else "由监护人签字")
        assert "*" not in row["id_number"]
    assert "民政部门" in said["partners"]


# The public notice


def test_a_notice_is_posted_masked_and_comes_down_after_its_days(world: World) -> None:
    at(world, 2026, 9, 28)
    accepted = world.accept()
    posted = post(world, accepted, date(2026, 9, 28))
    assert (posted.ends_on, posted.ends_provisional) == (date(2026, 10, 10), False)
    said = facts(world, posted.paper_id)
    view = world.ask("wang", household_view, ById(id=accepted.household_id))
    (row,) = said["rows"]
    assert (
        row["name"] == said["name"] == view.name[0] + "*" * (len(view.name) - 1)
        or "*" in (row["name"])
    )
    assert view.name not in str(said)
    assert (row["category"], row["items"]) == ("深度困难", ["生活救助"])
    assert said["ends_on"] == "2026-10-10"
    for private in (view.form.head.address, view.id_number, view.phone):
        assert not private or private not in str(said)
    at(world, 2026, 10, 10)
    with pytest.raises(NoticeRuns):
        down(world, accepted, date(2026, 10, 10))
    at(world, 2026, 10, 12)
    done = down(world, accepted, date(2026, 10, 11))
    row = newest(world, accepted)
    assert (row.state, row.result) == (StepState.DONE, NoticeResult.NO_OBJECTION)
    result = facts(world, done.paper_id)
    assert (result["taken_down_on"], result["result"]) == ("2026-10-11", "公示无异议")


def test_a_notice_into_a_year_without_a_calendar_says_so(world: World) -> None:
    at(world, 2026, 12, 28)
    accepted = world.accept()
    posted = post(world, accepted, date(2026, 12, 28))
    assert (posted.ends_on, posted.ends_provisional) == (date(2027, 1, 5), True)
    assert facts(world, posted.paper_id)["ends_provisional"] is True
    assert newest(world, accepted).due_provisional


def test_an_objection_starts_the_clock_anew(world: World) -> None:
    accepted = world.accept()
    first = post(world, accepted)
    assert first.ends_on == date(2026, 11, 27)
    at(world, 2026, 11, 24)
    row = newest(world, accepted)
    said = ObjectionForm(
        id=row.id, version=row.version, received_on=date(2026, 11, 24), says="有人说他家有车"
    )
    world.do("wang", note_objection, said)
    at(world, 2026, 11, 30)
    with pytest.raises(ObjectionOpen):
        down(world, accepted, date(2026, 11, 30))
    again = answer(world, accepted, date(2026, 11, 30))
    assert again.ends_on == date(2026, 12, 7)
    assert facts(world, again.paper_id)["again"] is True
    assert [paper.state for paper in papers(world, PaperKind.PUBLIC_NOTICE)] == [
        PaperState.ISSUED,
        PaperState.VOID,
    ]
    at(world, 2026, 12, 8)
    done = down(world, accepted, date(2026, 12, 8))
    assert newest(world, accepted).result == NoticeResult.ANSWERED
    result = facts(world, done.paper_id)
    assert result["count"] == 1
    assert result["first_posted_on"] == "2026-11-20"
    assert result["objections"][0]["answer"] == "经查是单位公车"


def answer(world: World, accepted: Accepted, posted_on: date, *, upheld: bool = False) -> Posted:
    row = newest(world, accepted)
    form = AnswerForm(
        id=row.id,
        version=row.version,
        answer="经查是单位公车",
        upheld=upheld,
        posted_on=posted_on,
    )
    return world.do("wang", answer_objection, form)


def test_an_upheld_objection_ends_the_notice_and_nobody_is_filed_on_it(world: World) -> None:
    world.do("admin", require_steps, RequiredForm(notice=True))
    accepted = world.accept()
    post(world, accepted)
    row = newest(world, accepted)
    said = ObjectionForm(id=row.id, version=row.version, received_on=TODAY, says="有两套房")
    world.do("wang", note_objection, said)
    with pytest.raises(PostedBefore):
        answer(world, accepted, date(2026, 11, 19))
    answer(world, accepted, TODAY, upheld=True)
    row = newest(world, accepted)
    assert (row.state, row.result) == (StepState.DONE, NoticeResult.UPHELD)
    assert path(world, accepted).missing == (StepKind.NOTICE,)
    with pytest.raises(StepsMissing):
        world.file(accepted)


def test_there_is_nothing_to_answer_without_an_objection(world: World) -> None:
    accepted = world.accept()
    post(world, accepted)
    with pytest.raises(NoObjectionOpen):
        answer(world, accepted, TODAY)


def test_who_is_not_found_in_hardship_is_not_posted(world: World) -> None:
    for _skipped in range(2):
        world.form()
    accepted = world.accept()  # the third cannot be told
    with pytest.raises(NotClassified):
        post(world, accepted)
    assert not path(world, accepted).steps


def test_a_notice_made_void_takes_its_sheet_along(world: World) -> None:
    accepted = world.accept()
    post(world, accepted)
    void(world, accepted, "贴错了地方")
    (sheet,) = papers(world, PaperKind.PUBLIC_NOTICE)
    assert (sheet.state, sheet.note) == (PaperState.VOID, "贴错了地方")
    assert newest(world, accepted).reason == "贴错了地方"


# What the center requires


def test_without_a_word_of_the_center_acceptance_and_filing_are_enough(world: World) -> None:
    rules = world.ask("wang", filing_rules)
    assert [row.name.value for row in rules.path if row.required] == ["acceptance", "filing"]
    accepted = world.accept()
    assert path(world, accepted).required == ()
    world.file(accepted)
    assert path(world, accepted).file_state is FileState.ACTIVE


def test_what_the_center_requires_keeps_a_household_out_until_it_is_done(world: World) -> None:
    world.do("admin", require_steps, RequiredForm(visit=True, notice=True))
    rules = world.ask("admin", filing_rules)
    assert [row.by_center for row in rules.path] == [False, True, False, True, False]
    accepted = world.accept()
    with pytest.raises(StepsMissing) as missing:
        world.file(accepted)
    assert missing.value.data["steps"] == "入户调查、公示"
    visit(world, accepted, result=VisitResult.DIFFERS)
    post(world, accepted)
    at(world, 2026, 11, 30)
    down(world, accepted, date(2026, 11, 30))
    assert path(world, accepted).missing == (StepKind.VISIT,)
    with pytest.raises(StepsMissing) as missing:
        world.file(accepted)
    assert missing.value.data["steps"] == "入户调查"
    visit(world, accepted)
    world.file(accepted)


def test_a_further_application_of_a_household_on_file_needs_no_step(world: World) -> None:
    accepted = world.file()
    world.do("admin", require_steps, RequiredForm(visit=True))
    application = ApplicationForm(items=("living_relief",))
    again = world.do(
        "wang",
        accept_further,
        NewApplication(household_id=accepted.household_id, application=application),
    )
    assert path(world, accepted).missing == ()
    version = world.ask("zhao", case_view, CaseById(id=again.case_id)).row.version
    world.do("zhao", file_case, CaseStepForm(id=again.case_id, version=version))


def test_a_closed_file_gets_no_step(world: World) -> None:
    accepted = world.accept()
    refuse(world, accepted)
    for action, form in (
        (begin_visit, about(accepted)),
        (begin_check, about(accepted)),
    ):
        with pytest.raises(FileClosed):
            world.do("wang", action, form)


def refuse(world: World, accepted: Accepted) -> None:
    version = world.ask("zhao", case_view, CaseById(id=accepted.case_id)).row.version
    world.do(
        "zhao", refuse_case, CaseStepForm(id=accepted.case_id, version=version, opinion="不符合")
    )


# Lists, rights and the trail


def test_the_lists_show_what_runs_first_by_its_day(world: World) -> None:
    first, second = world.accept(), world.accept()
    visit(world, first)
    world.do("wang", begin_check, about(second))
    post(world, second)
    rows: list[StepRow] = world.ask("wang", step_rows, StepsQuery())
    assert [row.kind for row in rows] == [StepKind.CROSS_CHECK, StepKind.NOTICE, StepKind.VISIT]
    open_ones = StepsQuery(kinds=(StepKind.NOTICE,), states=(StepState.OPEN,))
    assert [row.household_id for row in world.ask("wang", step_rows, open_ones)] == [
        second.household_id
    ]
    name = rows[-1].name
    named = world.ask("wang", step_rows, StepsQuery(text=name[:2]))
    assert name in {row.name for row in named}
    assert not world.ask("wang", step_rows, StepsQuery(text="查无此人"))


def test_what_waits_is_counted(world: World) -> None:
    accepted = world.accept()
    post(world, accepted)
    world.do("wang", begin_visit, about(accepted))
    counts = world.ask("wang", steps_waiting)
    assert (counts.visits, counts.notices, counts.to_take_down, counts.overdue) == (1, 1, 0, 0)
    at(world, 2026, 12, 1)
    counts = world.ask("wang", steps_waiting)
    assert (counts.to_take_down, counts.overdue) == (1, 1)


def test_only_who_takes_steps_takes_them(world: World) -> None:
    accepted = world.accept()
    for user in ("qian", "sun", "zhou", "admin"):
        with pytest.raises(Refused):
            world.do(user, begin_visit, about(accepted))
    with pytest.raises(Refused):
        world.do("wang", require_steps, RequiredForm())


def test_the_trail_tells_of_a_report_without_its_words(world: World) -> None:
    accepted = world.accept()
    step = visit(world, accepted)
    acts = world.ask("zhou", audit_rows, AuditQuery(subject=f"filing_step/{step}"))
    assert [act.verb for act in acts] == ["filing.report_visit", "filing.begin_visit"]
    assert "老人卧床" not in str(acts)


def test_a_notice_says_where_it_stands(world: World) -> None:
    accepted = world.accept()
    post(world, accepted)
    report = newest(world, accepted).report
    assert isinstance(report, NoticeReport)
    assert (report.place, report.length) == ("社区公告栏", 5)
