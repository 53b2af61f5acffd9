"""The paper of an award: its approval form."""

from app.core.words.papers import PaperKind
from app.disbursements.issuing import approval_facts
from app.disbursements.records import AwardById
from app.papers.store import issue
from app.work import Permission, Topic, Work, action
from db.models.disbursements import Award


@action(needs=Permission.ISSUE_PAPERS, changes={Topic.PAPERS})
def issue_approval_form(work: Work, asked: AwardById) -> int:
    """Issue the approval form of an award as it stands; return the paper's id."""
    award = work.load(Award, asked.id)
    facts = approval_facts(work, award)
    return issue(
        work,
        PaperKind.APPROVAL_FORM,
        facts,
        subject=f"award/{award.id}",
        title=facts.name,
        household_id=award.household_id,
        checker=facts.approver,
    ).id
