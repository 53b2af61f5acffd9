"""Issues the archive form of a household. An earlier one becomes void."""

from collections.abc import Sequence

from sqlalchemy import select

from app.core.i18n import N_, _
from app.core.words.documents import DocumentState
from app.core.words.papers import PaperKind, PaperState
from app.households.papers import archive_form_of
from app.households.records import ById
from app.households.standing import living
from app.households.store import head_of
from app.papers.sheet import canonical, facts_of
from app.papers.store import issue, sheet_of, void_issued
from app.work import Permission, Topic, Work, action
from db.models.documents import Document
from db.models.papers import Paper

ISSUED_ANEW = N_("The archive form was issued anew")


@action(needs=Permission.ISSUE_PAPERS, changes={Topic.PAPERS})
def issue_archive_form(work: Work, asked: ById) -> int:
    """Issue the archive form (困难职工档案表) in its three copies; return the paper's id.

    One that says the same still holds. Raises `GlyphMissing` for what no font can print.
    """
    household = living(work, asked.id)
    work.subject = f"household/{household.id}"
    facts = archive_form_of(household, _attachments(work, household.id), work.today)
    for paper in _in_force(work):
        if canonical(sheet_of(paper).facts) == canonical(facts_of(facts)):
            return paper.id
    void_issued(work, PaperKind.ARCHIVE_FORM, work.subject, _(ISSUED_ANEW))
    paper = issue(
        work,
        PaperKind.ARCHIVE_FORM,
        facts,
        subject=work.subject,
        title=head_of(household).name,
        household_id=household.id,
    )
    return paper.id


def _in_force(work: Work) -> Sequence[Paper]:
    """Return the form of the subject that holds, if one was issued."""
    issued = select(Paper).where(
        Paper.kind == PaperKind.ARCHIVE_FORM,
        Paper.subject == work.subject,
        Paper.state == PaperState.ISSUED,
    )
    return work.session.scalars(issued).all()


def _attachments(work: Work, household_id: int) -> tuple[str, ...]:
    """Return kind and name of every document of the household that counts."""
    kept = select(Document.kind, Document.name).where(
        Document.household_id == household_id, Document.state == DocumentState.KEPT
    )
    found = work.session.execute(kept.order_by(Document.id)).all()
    return tuple(f"{kind}（{name}）" if kind else name for kind, name in found)
