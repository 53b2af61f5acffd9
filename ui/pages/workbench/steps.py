"""Filing steps as lines of the workbench: those to be taken, those another person reported."""

from collections.abc import Iterable, Sequence
from typing import Final

from app.core.i18n import N_, _
from app.core.words.filing import StepKind, StepState
from app.filing.actions import begin_visit
from app.filing.deciding import decide_step
from app.filing.queries import step_rows
from app.filing.records import StepRow, StepsQuery
from app.work import Actor
from ui.filing.words import ICONS
from ui.pages.workbench.boards import job_strands
from ui.pages.workbench.money import money_strands
from ui.pages.workbench.rows import ALL, Strand, WorkRow, strands

NEXT: Final = {
    StepKind.VISIT: N_("Visit and record what was found"),
    StepKind.CROSS_CHECK: N_("Record what the departments answered"),
    StepKind.NOTICE: N_("Take the notice down"),
    StepKind.REVIEW: N_("Review the file"),
    StepKind.EXIT: N_("Propose the exit"),
    StepKind.RETURN: N_("Propose the return"),
}
"""What is to be done with a step that is open."""


def all_strands(actor: Actor) -> list[Strand]:
    """Return everything that waits for this person."""
    return strands(actor) + money_strands(actor) + step_strands(actor) + job_strands(actor)


def step_strands(actor: Actor) -> list[Strand]:
    """Return the filing steps that wait for this person, by their rights."""
    found: list[Strand] = []
    if actor.may(begin_visit):
        taken = StepsQuery(states=(StepState.OPEN,), limit=ALL)
        found.append(Strand("steps", "", step_rows, taken, steps_to_take))
    if actor.may(decide_step):
        reported = StepsQuery(states=(StepState.REPORTED,), limit=ALL)
        found.append(Strand("reported", "", step_rows, reported, steps_to_decide))
    return found


def steps_to_take(rows: Sequence[StepRow]) -> Iterable[WorkRow]:
    """Return the open steps; a notice that still stands asks nothing of anybody."""
    for row in rows:
        stands = row.kind is StepKind.NOTICE and (row.days_left or 0) >= 0
        if not stands:
            yield _line(row, "steps", _(NEXT[row.kind]), "accent")


def steps_to_decide(rows: Sequence[StepRow]) -> Iterable[WorkRow]:
    """Return what others reported."""
    step = _("Decide (reported by {name})")
    return (
        _line(row, "reported", step.format(name=row.reported_by), "wait")
        for row in rows
        if not row.mine
    )


def _line(row: StepRow, strand: str, next_step: str, tone: str) -> WorkRow:
    ended = row.kind is StepKind.NOTICE
    return WorkRow(
        id=f"filing_step/{row.id}",
        strand=strand,
        page="household",
        what=("steps", row.household_id),
        household_id=row.household_id,
        days_left=0 if ended else row.days_left,
        due_on=row.due_on,
        number="",
        name=row.name,
        items=row.kind.label,
        stage=row.state.label,
        look=(ICONS[row.kind], tone),
        next_step=next_step,
        at=row.reported_at or row.opened_at,
    )
