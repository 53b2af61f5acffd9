"""The verbs that change issued papers: printed, printed again, void."""

from app.core.errors import Invalid, NotNow, Problem
from app.core.i18n import N_
from app.core.words.papers import PaperState
from app.papers.records import PrintForm, VoidForm
from app.papers.store import prints_of
from app.work import Permission, Topic, Work, action
from db.models.papers import Paper, PaperPrint


@action(needs=Permission.ISSUE_PAPERS, changes={Topic.PAPERS})
def note_print(work: Work, form: PrintForm) -> int:
    """Note that the printer took a copy; return the copy's number. Viewing is no print."""
    paper = work.load(Paper, form.id)
    if paper.state is PaperState.VOID:
        raise NotNow(state=paper.state.label, step="print")
    copy = prints_of(work, paper.id) + 1
    reason = form.reason.strip()
    if copy > 1 and not reason:
        says = N_("A further copy needs its reason, as: lost, damaged, second office")
        raise Invalid([Problem("reason", "missing", says)])
    work.subject = f"paper/{paper.id}"
    work.add(
        PaperPrint(
            paper_id=paper.id,
            copy=copy,
            reason=reason,
            printed_by=work.actor.id,
            printed_at=work.now,
        )
    )
    return copy


@action(needs=Permission.VOID_PAPERS, changes={Topic.PAPERS})
def void_paper(work: Work, form: VoidForm) -> None:
    """Make a paper void, with the reason; the number stays in the register."""
    paper = work.load(Paper, form.id, form.version)
    if paper.state is PaperState.VOID:
        raise NotNow(state=paper.state.label, step="void")
    paper.state = PaperState.VOID
    paper.void_reason = form.reason.strip()
    paper.voided_by = work.actor.id
