"""The verb that issues the list of a quarter's claim of interest subsidy."""

from app.core.errors import NotNow
from app.core.words.loans import ClaimState
from app.core.words.papers import PaperKind
from app.loans.papers import SubsidyListFacts, SubsidyRow
from app.loans.subsidy_queries import claim_view
from app.loans.subsidy_records import ClaimById
from app.papers.store import issue
from app.work import Permission, Topic, Work, action

GOES_OUT = (ClaimState.CONFIRMED, ClaimState.SENT, ClaimState.RECEIVED)
"""States of a claim whose list may go to the treasury."""


@action(needs=Permission.ISSUE_PAPERS, changes={Topic.PAPERS})
def issue_subsidy_list(work: Work, asked: ClaimById) -> int:
    """Issue the list (贴息申报明细表) of a confirmed claim; return the paper's id.

    Raises `NotNow` for a claim that nobody confirmed, or that was withdrawn.
    """
    view = claim_view.run(work, asked)
    claim = view.row
    if claim.state not in GOES_OUT:
        raise NotNow(state=claim.state.label, step="issue")
    facts = SubsidyListFacts(
        name=claim.bank,
        claim_number=claim.number,
        first_day=claim.first_day,
        last_day=claim.last_day,
        rows=tuple(
            SubsidyRow(
                line=line.number,
                name=line.name,
                loan_number=line.loan_number,
                base=line.base,
                from_on=line.from_on,
                to_on=line.to_on,
                days=line.days,
                rate=f"{line.rate}%",
                amount=line.fen,
                reason=line.reason,
            )
            for line in view.lines
        ),
        count=claim.loans,
        amount=claim.fen,
        preparer=claim.made_by,
        checker=claim.confirmed_by,
    )
    work.subject = f"subsidy_claim/{claim.id}"
    return issue(
        work,
        PaperKind.SUBSIDY_LIST,
        facts,
        subject=work.subject,
        title=f"{claim.bank} {claim.number}",
        checker=claim.confirmed_by,
    ).id
