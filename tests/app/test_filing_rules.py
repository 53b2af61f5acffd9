"""The rules of filing steps: working days of a notice, what is missing, who signs, the sample."""

from datetime import date, timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import NotNow
from app.core.words.filing import (
    BEFORE_FILING,
    RESULTS,
    CheckResult,
    ExitOutcome,
    NoticeResult,
    ReviewResult,
    StepAct,
    StepKind,
    StepState,
    VisitResult,
)
from app.filing.policy import (
    FilingPolicy,
    NoFilingPolicy,
    NoticeUnit,
    PathStep,
    Shown,
    filing_policy,
    shipped_policies,
    what_is_wrong,
)
from app.filing.reports import CheckReport, ExitTold, NoticeReport, Objection
from app.filing.rules import (
    FLOW,
    AuthorisedTooLate,
    DoneStep,
    ExitTestNotMet,
    NobodyAsked,
    NoSuchExit,
    NoticeRuns,
    NoticeRunsProvisionally,
    ObjectionOpen,
    SignatureMissing,
    WordsMissing,
    add_months,
    check_answers,
    check_exit,
    check_take_down,
    drawn,
    fits,
    is_adult,
    last_day,
    missing_steps,
    notice_end,
    quarter_end,
)
from app.reference import workdays
from app.reference.workdays import Calendar, calendar
from tests.world import changed

NOTICE = filing_policy(date(2026, 9, 28)).notice
OPEN, DONE, VOID = StepState.OPEN, StepState.DONE, StepState.VOID
VISIT, CHECK, POSTED = BEFORE_FILING


# The public notice


def test_a_notice_across_the_national_day_ends_on_the_saturday_that_is_worked() -> None:
    """Posted on Monday 2026-09-28; it counts from the day after. By hand, from the notice of the
    State Council: 09-29 Tue 1, 09-30 Wed 2, 10-01 to 10-07 off, 10-08 Thu 3, 10-09 Fri 4, and
    Saturday 10-10 is worked: 5."""
    end = notice_end(NOTICE, date(2026, 9, 28))
    assert (end.day, end.provisional) == (date(2026, 10, 10), False)


def test_the_clock_starts_the_day_after_posting() -> None:
    friday, monday = date(2026, 11, 20), date(2026, 11, 23)
    assert notice_end(NOTICE, friday).day == date(2026, 11, 27)
    assert notice_end(NOTICE, monday).day == date(2026, 11, 30)


def test_a_notice_that_reaches_into_a_year_without_a_calendar_is_provisional() -> None:
    """Posted on Monday 2026-12-28: 29, 30, 31 are three days; 2027-01-01 is expected to be off,
    Monday 01-04 and Tuesday 01-05 are the fourth and fifth."""
    end = notice_end(NOTICE, date(2026, 12, 28))
    assert (end.day, end.provisional) == (date(2027, 1, 5), True)


def test_it_is_certain_once_that_year_is_announced(monkeypatch: pytest.MonkeyPatch) -> None:
    known = calendar()
    announced = Calendar(known.announced | {2027}, known.off, known.worked)
    monkeypatch.setattr(workdays, "calendar", lambda: announced)
    end = notice_end(NOTICE, date(2026, 12, 28))
    assert (end.day, end.provisional) == (date(2027, 1, 5), False)


def test_days_of_the_calendar_need_no_table() -> None:
    end = last_day(7, NoticeUnit.DAYS, date(2026, 12, 28))
    assert (end.day, end.provisional) == (date(2027, 1, 4), False)


@given(st.dates(date(2012, 1, 1), date(2026, 12, 1)))
def test_a_notice_stands_five_whole_working_days(posted_on: date) -> None:
    end = notice_end(NOTICE, posted_on).day
    days = [posted_on + timedelta(n) for n in range(1, (end - posted_on).days + 1)]
    assert sum(calendar().expected(day) for day in days) == NOTICE.length
    assert calendar().expected(end)


def running(**changes: Any) -> NoticeReport:
    report = NoticeReport(
        place="社区公告栏",
        first_posted_on=date(2026, 9, 28),
        posted_on=date(2026, 9, 28),
        ends_on=date(2026, 10, 10),
        ends_provisional=False,
        length=5,
        unit=NoticeUnit.WORKING_DAYS,
    )
    return changed(report, **changes)


def test_a_notice_comes_down_after_its_last_day() -> None:
    for day in (date(2026, 9, 29), date(2026, 10, 10)):
        with pytest.raises(NoticeRuns) as early:
            check_take_down(running(), day)
        assert "2026-10-10" in early.value.tell()
    check_take_down(running(), date(2026, 10, 11))


def test_an_end_that_is_not_certain_says_so() -> None:
    posted = date(2026, 12, 28)
    with pytest.raises(NoticeRunsProvisionally) as early:
        check_take_down(running(posted_on=posted), date(2027, 1, 5))
    assert "暂定" in early.value.tell()


def test_a_notice_does_not_end_over_an_open_objection() -> None:
    said = Objection(received_on=date(2026, 9, 30), says="家里有两套房")
    with pytest.raises(ObjectionOpen):
        check_take_down(running(objections=(said,)), date(2026, 10, 20))
    answered = changed(said, answer="经查只有一套")
    check_take_down(running(objections=(answered,)), date(2026, 10, 20))


# What is missing before filing


def step(kind: StepKind, state: StepState = DONE, result: str = "") -> DoneStep:
    passing = {VISIT: "confirmed", CHECK: "agrees", POSTED: "no_objection"}
    return DoneStep(kind, state, result or (passing[kind] if state is DONE else ""))


def test_only_what_is_required_can_be_missing() -> None:
    assert missing_steps((), []) == ()
    assert missing_steps(BEFORE_FILING, []) == BEFORE_FILING
    assert missing_steps((VISIT, POSTED), [step(POSTED), step(CHECK)]) == (VISIT,)


@pytest.mark.parametrize("result", [VisitResult.DIFFERS])
def test_a_result_that_speaks_against_filing_does_not_count(result: str) -> None:
    assert missing_steps((VISIT,), [step(VISIT, result=result)]) == (VISIT,)
    assert missing_steps((CHECK,), [step(CHECK, result=CheckResult.DIFFERS)]) == (CHECK,)
    assert missing_steps((POSTED,), [step(POSTED, result=NoticeResult.UPHELD)]) == (POSTED,)
    assert missing_steps((CHECK,), [step(CHECK, result=CheckResult.EXPLAINED)]) == ()


def test_the_newest_step_that_is_not_void_counts() -> None:
    differs = step(VISIT, result=VisitResult.DIFFERS)
    assert missing_steps((VISIT,), [step(VISIT), differs]) == ()
    assert missing_steps((VISIT,), [differs, step(VISIT)]) == (VISIT,)
    assert missing_steps((VISIT,), [step(VISIT, VOID), step(VISIT)]) == ()
    assert missing_steps((VISIT,), [step(VISIT, OPEN), step(VISIT)]) == (VISIT,)


def test_every_step_of_the_flow_leads_on_and_nothing_leaves_what_is_closed() -> None:
    assert FLOW.after(OPEN, StepAct.REPORT) is StepState.REPORTED
    assert FLOW.after(StepState.REPORTED, StepAct.SEND_BACK) is OPEN
    for state in (DONE, VOID):
        assert not FLOW.steps(state)
        with pytest.raises(NotNow):
            FLOW.after(state, StepAct.REPORT)


# Visits, checks, exits, reviews


def test_an_adult_is_eighteen_or_of_unknown_birth() -> None:
    assert not is_adult(date(2008, 11, 21), date(2026, 11, 20))
    assert is_adult(date(2008, 11, 20), date(2026, 11, 20))
    assert not is_adult(date(2008, 2, 29), date(2026, 2, 28))
    assert is_adult(date(2008, 2, 29), date(2026, 3, 1))
    assert is_adult(None, date(2026, 11, 20))


def answers(**changes: Any) -> CheckReport:
    report = CheckReport(
        authorised_on=date(2026, 11, 10),
        signed_by=(1, 2),
        asked=("民政部门",),
        answered_on=date(2026, 11, 12),
        result=CheckResult.AGREES,
    )
    return changed(report, **changes)


def test_every_adult_signs_before_anybody_is_asked() -> None:
    adults = [(1, "李示例"), (2, "王示例")]
    check_answers(answers(), adults)
    with pytest.raises(SignatureMissing) as absent:
        check_answers(answers(signed_by=(1,)), adults)
    assert absent.value.data == {"names": "王示例"}
    with pytest.raises(NobodyAsked):
        check_answers(answers(asked=()), adults)
    with pytest.raises(AuthorisedTooLate):
        check_answers(answers(answered_on=date(2026, 11, 9)), adults)
    for result in (CheckResult.DIFFERS, CheckResult.EXPLAINED):
        with pytest.raises(WordsMissing):
            check_answers(answers(result=result), adults)
        check_answers(answers(result=result, differences="名下有车，已报废"), adults)


def told(reason: str, months: int | None = None) -> ExitTold:
    return ExitTold(reason=reason, shown="工资流水", months=months, effective_on=date(2026, 11, 20))


@pytest.mark.parametrize("months", [None, 0, 5])
def test_out_of_hardship_needs_six_months_in_a_row(months: int | None) -> None:
    lifted = filing_policy(date(2026, 11, 20)).exit("lifted")
    assert lifted is not None
    with pytest.raises(ExitTestNotMet) as short:
        check_exit(told("lifted", months), lifted)
    assert short.value.data == {"title": "脱困", "needed": 6, "shown": months or 0}
    assert check_exit(told("lifted", 6), lifted).outcome is ExitOutcome.LIFTED


def test_an_exit_needs_a_reason_of_the_policy() -> None:
    with pytest.raises(NoSuchExit):
        check_exit(told("bored"), filing_policy(date(2026, 11, 20)).exit("bored"))


@pytest.mark.parametrize(
    ("outcome", "before", "now", "fit"),
    [
        (ReviewResult.KEPT, "深度困难", "深度困难", True),
        (ReviewResult.KEPT, "深度困难", "", True),
        (ReviewResult.KEPT, "深度困难", "相对困难", False),
        (ReviewResult.CATEGORY_CHANGED, "深度困难", "相对困难", True),
        (ReviewResult.CATEGORY_CHANGED, "深度困难", "深度困难", False),
        (ReviewResult.CATEGORY_CHANGED, "深度困难", "", False),
        (ReviewResult.EXIT, "深度困难", "", True),
        (ReviewResult.EXIT, "深度困难", "深度困难", True),
    ],
)
def test_a_review_proposes_what_the_assessment_allows(
    outcome: ReviewResult, before: str, now: str, fit: bool
) -> None:
    assert fits(outcome, before, now) is fit


# Months and samples


def test_months_end_where_a_month_is_shorter() -> None:
    assert add_months(date(2026, 3, 31), -1) == date(2026, 2, 28)
    assert add_months(date(2024, 2, 29), 12) == date(2025, 2, 28)
    assert add_months(date(2026, 11, 30), 3) == date(2027, 2, 28)
    assert [quarter_end(date(2026, month, 9)) for month in (1, 6, 9, 12)] == [
        date(2026, 3, 31),
        date(2026, 6, 30),
        date(2026, 9, 30),
        date(2026, 12, 31),
    ]


@given(st.dates(date(1950, 1, 1), date(2100, 1, 1)), st.integers(-240, 240))
def test_a_month_is_a_month(day: date, months: int) -> None:
    later = add_months(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day <= day.day


@given(st.sets(st.integers(1, 10_000), max_size=60), st.text(max_size=8), st.integers(1, 100))
def test_the_same_seed_draws_the_same_share(files: set[int], seed: str, percent: int) -> None:
    first = drawn(files, seed, percent)
    assert first == drawn(sorted(files, reverse=True), seed, percent)
    assert set(first) <= files
    assert len(first) * 100 >= len(files) * percent > (len(first) - 1) * 100


def test_another_seed_draws_others() -> None:
    assert drawn(range(1000), "a", 30) != drawn(range(1000), "b", 30)


# The documents


def test_the_shipped_documents_name_a_source_for_every_figure() -> None:
    assert [policy.in_force for policy in shipped_policies()] == [
        date(2012, 1, 1),
        date(2015, 1, 1),
    ]
    for policy in shipped_policies():
        assert policy.status == "provisional"
        assert {policy.steps[0].name, policy.steps[-1].name} == {
            step.name for step in policy.steps if step.required
        }
        used = {source for figure in policy.figures() for source in figure.source}
        assert used | {"S22", "S32", "N48"} >= policy.sources.keys() >= used
        assert {reason.outcome for reason in policy.exits} == set(ExitOutcome)


def test_the_share_that_is_drawn_begins_with_its_document() -> None:
    assert filing_policy(date(2014, 12, 31)).sample is None
    sample = filing_policy(date(2015, 1, 1)).sample
    assert sample is not None
    assert sample.percent == 30


def test_a_day_before_the_first_document_has_none() -> None:
    with pytest.raises(NoFilingPolicy):
        filing_policy(date(2011, 12, 31))


def test_the_names_of_steps_are_those_of_the_store() -> None:
    assert [step.kind for step in PathStep if step.kind] == list(BEFORE_FILING)
    assert set(RESULTS) == set(StepKind)


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"sources": {}}, "source"),
    ({"step": []}, "first step"),
]


@pytest.mark.parametrize(("change", "says"), WRONG)
def test_a_mistake_in_a_document_is_named(change: dict[str, Any], says: str) -> None:
    good: dict[str, Any] = msgspec.to_builtins(shipped_policies()[0])
    bad = msgspec.convert(good | change, FilingPolicy)
    assert what_is_wrong(shipped_policies()[0]) == ""
    assert says in what_is_wrong(bad)


def test_a_notice_can_show_nothing_that_is_private() -> None:
    assert {shown.value for shown in Shown} == {"unit", "household_size", "category", "items"}
    good: dict[str, Any] = msgspec.to_builtins(shipped_policies()[1])
    good["notice"]["content"]["shows"] = ["address"]
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(good, FilingPolicy)
