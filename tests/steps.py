"""Filing steps taken in tests: a visit, a cross-check, a notice, and those two people take."""

from datetime import UTC, date, datetime
from typing import Any

from app.cases.records import Accepted
from app.core.words import Answer
from app.core.words.filing import (
    CheckResult,
    ReviewResult,
    ReviewWay,
    StepDecision,
    VisitResult,
)
from app.core.words.papers import PaperKind
from app.filing.actions import (
    begin_check,
    begin_visit,
    post_notice,
    report_check,
    report_visit,
    take_down,
    void_step,
)
from app.filing.deciding import decide_step, propose_exit, propose_return, report_review
from app.filing.queries import filing_path
from app.filing.records import (
    BeginForm,
    CheckForm,
    DecideForm,
    ExitForm,
    FilingPath,
    Posted,
    PostForm,
    ReturnForm,
    ReviewForm,
    StepRow,
    TakeDownForm,
    VisitForm,
    VoidStepForm,
)
from app.filing.reports import CheckReport, ExitTold, ReturnTold, ReviewTold, VisitReport
from app.households.records import ById
from app.papers.queries import paper_rows, paper_view
from app.papers.records import PaperById, PaperQuery, PaperRow
from tests.world import World, changed

TODAY = date(2026, 11, 20)
"""A Friday."""


def at(world: World, year: int, month: int, day: int) -> None:
    """Let it be half past ten in Harbin on another day."""
    world.clock.instant = datetime(year, month, day, 2, 30, tzinfo=UTC)


def about(accepted: Accepted) -> BeginForm:
    return BeginForm(household_id=accepted.household_id, case_id=accepted.case_id)


def path(world: World, accepted: Accepted) -> FilingPath:
    return world.ask("wang", filing_path, ById(id=accepted.household_id))


def newest(world: World, accepted: Accepted) -> StepRow:
    return path(world, accepted).steps[0]


def seen(**changes: Any) -> VisitReport:
    report = VisitReport(
        visited_on=TODAY,
        investigator="王芳",
        second_investigator="于社区",
        spoken_with="李示例",
        members=Answer.YES,
        income=Answer.NO,
        found="家里四口人，老人卧床。",
        result=VisitResult.CONFIRMED,
    )
    return changed(report, **changes)


def visit(world: World, accepted: Accepted, **changes: Any) -> int:
    step = world.do("wang", begin_visit, about(accepted))
    world.do("wang", report_visit, VisitForm(id=step, version=1, report=seen(**changes)))
    return step


def adults(world: World, accepted: Accepted) -> tuple[int, ...]:
    return tuple(row.id for row in path(world, accepted).adults)


def check(world: World, accepted: Accepted, **changes: Any) -> int:
    step = world.do("wang", begin_check, about(accepted))
    report = CheckReport(
        authorised_on=TODAY,
        signed_by=adults(world, accepted),
        asked=("民政部门", "不动产登记机构"),
        answered_on=TODAY,
        answers="均无记录",
        result=CheckResult.AGREES,
    )
    form = CheckForm(id=step, version=1, report=changed(report, **changes))
    world.do("wang", report_check, form)
    return step


def post(world: World, accepted: Accepted, posted_on: date = TODAY) -> Posted:
    form = PostForm(
        household_id=accepted.household_id,
        case_id=accepted.case_id,
        posted_on=posted_on,
        place="社区公告栏",
    )
    return world.do("wang", post_notice, form)


def down(world: World, accepted: Accepted, on: date) -> Posted:
    row = newest(world, accepted)
    form = TakeDownForm(id=row.id, version=row.version, taken_down_on=on)
    return world.do("wang", take_down, form)


def papers(world: World, kind: PaperKind) -> list[PaperRow]:
    return world.ask("wang", paper_rows, PaperQuery(kind=kind))


def facts(world: World, paper_id: int | None) -> dict[str, Any]:
    assert paper_id is not None
    return dict(world.ask("wang", paper_view, PaperById(id=paper_id)).sheet.facts)


def void(world: World, accepted: Accepted, reason: str = "填错了") -> None:
    row = newest(world, accepted)
    world.do("wang", void_step, VoidStepForm(id=row.id, version=row.version, reason=reason))


def review(
    world: World,
    accepted: Accepted,
    outcome: ReviewResult = ReviewResult.KEPT,
    on: date = TODAY,
    user: str = "wang",
    documents: tuple[int, ...] = (),
) -> int:
    told = ReviewTold(
        reviewed_on=on, way=ReviewWay.COUNTER, changes="无", outcome=outcome, opinion="情况属实"
    )
    form = ReviewForm(household_id=accepted.household_id, told=told, documents=documents)
    return world.do(user, report_review, form)


def leave(world: World, accepted: Accepted, reason: str = "lifted", months: int | None = 6) -> int:
    told = ExitTold(reason=reason, shown="六个月工资流水", months=months, effective_on=TODAY)
    return world.do("wang", propose_exit, ExitForm(household_id=accepted.household_id, told=told))


def come_back(world: World, accepted: Accepted) -> int:
    told = ReturnTold(returned_on=TODAY, cause="再次失业")
    form = ReturnForm(household_id=accepted.household_id, told=told)
    return world.do("wang", propose_return, form)


def decide(
    world: World,
    accepted: Accepted,
    decision: StepDecision = StepDecision.AGREE,
    opinion: str = "",
    user: str = "zhao",
) -> Any:
    row = newest(world, accepted)
    form = DecideForm(id=row.id, version=row.version, decision=decision, opinion=opinion)
    return world.do(user, decide_step, form)


def take_some_steps(world: World, accepted: Accepted) -> None:
    """Visit a household, make one step void, review it, and let an exit wait for its decision."""
    visit(world, accepted)
    world.do("wang", begin_check, about(accepted))
    void(world, accepted)
    review(world, accepted)
    decide(world, accepted)
    leave(world, accepted)
