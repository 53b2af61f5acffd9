"""Reads and writes filing steps; the verbs of cases ask it what is still missing."""

from collections.abc import Iterable
from datetime import date
from typing import Any, TypeVar

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.center.store import the_center
from app.core.errors import NotFound
from app.core.i18n import _
from app.core.record import Record
from app.core.words.documents import DocumentState
from app.core.words.filing import BEFORE_FILING, DECIDED, StepAct, StepKind, StepState
from app.filing.policy import FilingPolicy, filing_policy
from app.filing.reports import REPORTS, Report, Sampled
from app.filing.rules import (
    FLOW,
    AlreadyRunning,
    DoneStep,
    StepsMissing,
    is_adult,
    missing_steps,
)
from app.households.store import people_of
from app.reference.workdays import Deadline, add_workdays
from app.work import Work
from db.models.documents import Document
from db.models.filing import FilingStep
from db.models.households import Household, Member

R = TypeVar("R", bound=Record)

RUNNING = (StepState.OPEN, StepState.REPORTED)


def running(work: Work, household_id: int, kind: StepKind) -> FilingStep | None:
    """Return the step of a kind that runs for a household, if one does."""
    return work.session.scalar(
        select(FilingStep).where(
            FilingStep.household_id == household_id,
            FilingStep.kind == kind,
            FilingStep.state.in_(RUNNING),
        )
    )


def begin(
    work: Work,
    household: Household,
    kind: StepKind,
    *,
    case_id: int | None = None,
    due: Deadline | None = None,
) -> FilingStep:
    """Begin a step; raise `AlreadyRunning` when one of its kind is in hand."""
    if running(work, household.id, kind):
        raise AlreadyRunning(step=kind.label)
    step = work.add(
        FilingStep(
            household_id=household.id,
            case_id=case_id,
            kind=kind,
            state=StepState.OPEN,
            due_on=due.day if due else None,
            due_provisional=due.provisional if due else False,
            opened_by=work.actor.id,
            opened_at=work.now,
            result="",
            documents=[],
            reason="",
        )
    )
    work.subject = f"filing_step/{step.id}"
    return step


def due_of(policy: FilingPolicy, kind: StepKind, today: date) -> Deadline | None:
    """Return until when a step that begins today is due; nothing where no time is set."""
    rule = policy.step(kind)
    return add_workdays(today, rule.working_days) if rule and rule.working_days else None


def load_step(work: Work, id_: int, version: int | None, *kinds: StepKind) -> FilingStep:
    """Return a step; raise `NotFound` for one of another kind."""
    step = work.load(FilingStep, id_, version)
    if step.kind not in kinds:
        raise NotFound(what=f"{' '.join(kinds)} {id_}")
    work.subject = f"filing_step/{step.id}"
    return step


def write(
    work: Work, step: FilingStep, result: str, report: Record, documents: Iterable[int] = ()
) -> None:
    """Write the report of a step. One that nobody else decides is done with it.

    ``documents`` are all that belong to it.
    """
    name_documents(work, step, documents)
    step.state = FLOW.after(step.state, StepAct.REPORT)
    keep(step, report)
    step.result = result
    step.reported_by = work.actor.id
    step.reported_at = work.now
    step.reason = ""
    if step.kind not in DECIDED:
        close(work, step, StepAct.FINISH)


def close(work: Work, step: FilingStep, act: StepAct, reason: str = "") -> None:
    """Finish a step or make it void."""
    step.state = FLOW.after(step.state, act)
    step.done_by = work.actor.id
    step.done_at = work.now
    step.reason = reason.strip()


def keep(step: FilingStep, report: Record) -> None:
    """Keep a report with its step as plain data."""
    step.report = msgspec.to_builtins(report)


def report_of(step: FilingStep) -> Report | None:
    """Return the report of a step; of a drawn review not made yet, how it was drawn."""
    data: dict[str, Any] | None = step.report
    if data is None:
        return None
    drawn = step.kind is StepKind.REVIEW and "outcome" not in data
    return msgspec.convert(data, Sampled if drawn else REPORTS[step.kind])


def read(step: FilingStep, kind: type[R]) -> R:
    """Return the report of a step that is known to have one of this type."""
    found = report_of(step)
    if not isinstance(found, kind):
        raise NotFound(what=f"{kind.__name__} {step.id}")
    return found


def name_documents(work: Work, step: FilingStep, documents: Iterable[int]) -> None:
    """Say which documents belong to a step.

    Raises `NotFound` for one of another household, and for one that was withdrawn and did not
    belong to it before.
    """
    found = [work.load(Document, id_) for id_ in dict.fromkeys(documents)]
    for document in found:
        kept = document.state is DocumentState.KEPT or document.id in step.documents
        if document.household_id != step.household_id or not kept:
            raise NotFound(what=f"document {document.id}")
    step.documents = [document.id for document in found]


def required_steps(session: Session, day: date) -> tuple[StepKind, ...]:
    """Return what has to be done before filing, in order: by the policy of the day, and what the
    center requires besides."""
    own = the_center(session).required_steps
    return tuple(
        kind
        for step in filing_policy(day).steps
        if (kind := step.name.kind) and (step.required or kind.value in own)
    )


def missing_for(session: Session, case_id: int, day: date) -> tuple[StepKind, ...]:
    """Return the required steps that are not done for an application."""
    found = session.execute(
        select(FilingStep.kind, FilingStep.state, FilingStep.result)
        .where(FilingStep.case_id == case_id, FilingStep.kind.in_(BEFORE_FILING))
        .order_by(FilingStep.id.desc())
    )
    return missing_steps(required_steps(session, day), [DoneStep(*each) for each in found])


def check_steps(work: Work, case_id: int) -> None:
    """Raise `StepsMissing` unless every required step is done for an application."""
    if missing := missing_for(work.session, case_id, work.today):
        raise StepsMissing(steps=_(", ").join(kind.label for kind in missing))


def adults_of(household: Household, today: date) -> list[Member]:
    """Return the members who sign for themselves."""
    return [member for member in people_of(household) if is_adult(member.birth, today)]
