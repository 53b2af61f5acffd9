"""The filing steps of the demonstration: some are in hand, some wait for the second person.

They are taken on its last day, by the verbs of whoever may take them.
"""

import functools

import msgspec

from app.cases.queries import case_rows
from app.cases.records import CaseQuery, CaseRow
from app.core.assets import resource
from app.core.words import Answer
from app.core.words.cases import CaseState
from app.core.words.filing import ReviewResult, ReviewWay, VisitResult
from app.demo.desk import Desk
from app.filing.actions import begin_check, begin_visit, note_objection, post_notice, report_visit
from app.filing.deciding import propose_exit, report_review
from app.filing.records import (
    BeginForm,
    ExitForm,
    ObjectionForm,
    PostForm,
    ReviewForm,
    VisitForm,
)
from app.filing.reports import SIX_CLEAR, ExitTold, ReviewTold, VisitReport
from app.filing.rules import NotClassified


class StepWords(msgspec.Struct, forbid_unknown_fields=True):
    """What people write: ``resources/demo/steps.toml``."""

    second_investigator: str
    found: str
    place: str
    objection: str
    changes: str
    opinion: str
    shown: str


@functools.cache
def step_words() -> StepWords:
    """Return what people write."""
    return msgspec.toml.decode(resource("demo", "steps.toml").read_bytes(), type=StepWords)


def take_steps(desk: Desk) -> None:
    """Begin visits, checks and notices for those who wait; review a file, propose an exit."""
    waiting = _cases(desk, CaseState.ACCEPTED)
    for place, case in enumerate(waiting):
        about = BeginForm(household_id=case.household_id, case_id=case.id)
        step = desk.do("wang", begin_visit, about)
        if place % 3:
            desk.do("wang", report_visit, _visited(desk, step))
        if place % 3 == 1:
            desk.do("wang", begin_check, about)
        if place % 3 == 2:
            _post(desk, case)
    filed = _cases(desk, CaseState.FILED)
    if filed:
        desk.do("wang", report_review, _review(desk, filed[0]))
    if len(filed) > 1:
        desk.do("wang", propose_exit, _exit(desk, filed[-1]))


def _cases(desk: Desk, state: CaseState) -> list[CaseRow]:
    """Return cases in the order they were accepted."""
    rows = desk.ask("wang", case_rows, CaseQuery(state=state, limit=1000))
    return sorted(rows, key=lambda row: row.id)


def _visited(desk: Desk, step: int) -> VisitForm:
    words = step_words()
    report = VisitReport(
        visited_on=desk.clock.today(),
        investigator=desk.people["wang"].name,
        second_investigator=words.second_investigator,
        found=words.found,
        result=VisitResult.CONFIRMED,
        **dict.fromkeys(SIX_CLEAR, Answer.YES),
    )
    return VisitForm(id=step, version=1, report=report)


def _post(desk: Desk, case: CaseRow) -> None:
    """Post a notice with an objection to look into; who is not classified yet is not posted."""
    words, today = step_words(), desk.clock.today()
    form = PostForm(
        household_id=case.household_id, case_id=case.id, posted_on=today, place=words.place
    )
    try:
        posted = desk.do("wang", post_notice, form)
    except NotClassified:
        return
    if case.id % 2:  # issuing the sheet made the second version of the step
        said = words.objection
        noted = ObjectionForm(id=posted.id, version=2, received_on=today, says=said)
        desk.do("wang", note_objection, noted)


def _review(desk: Desk, case: CaseRow) -> ReviewForm:
    words = step_words()
    told = ReviewTold(
        reviewed_on=desk.clock.today(),
        way=ReviewWay.VISIT,
        changes=words.changes,
        outcome=ReviewResult.KEPT,
        opinion=words.opinion,
    )
    return ReviewForm(household_id=case.household_id, told=told)


def _exit(desk: Desk, case: CaseRow) -> ExitForm:
    told = ExitTold(reason="safety_net", shown=step_words().shown, effective_on=desk.clock.today())
    return ExitForm(household_id=case.household_id, told=told)
