"""The papers that close a batch: a voucher for each fund, and the receipts of the payments."""

from sqlalchemy import select

from app.core.errors import RuleBroken
from app.core.i18n import N_
from app.core.words.disbursements import LineState
from app.core.words.papers import PaperKind, PaperState
from app.disbursements.batch_records import BatchById
from app.disbursements.payment_facts import payments_in, slips_facts, voucher_facts
from app.papers.store import issue
from app.work import Permission, Topic, Work, action
from db.models.disbursements import Batch
from db.models.papers import Paper


class NothingPaidYet(RuleBroken):
    """Vouchers and receipts tell what was paid."""

    says = N_("Nothing of batch {number} is paid yet.")


@action(needs=Permission.ISSUE_PAPERS, changes={Topic.PAPERS})
def issue_vouchers(work: Work, asked: BatchById) -> tuple[int, ...]:
    """Issue a voucher (付款凭证) for each fund that a batch was paid from; return the papers.

    Those that count already are given again; when more of the batch is paid they become void.
    """
    batch = work.load(Batch, asked.id)
    funds = {fund.id: fund for *_rest, fund in payments_in(work, batch, LineState.PAID)}
    if not funds:
        raise NothingPaidYet(number=batch.number)
    subject = f"batch/{batch.id}"
    work.subject = subject
    issued: dict[str, int] = dict(
        work.session.execute(
            select(Paper.title, Paper.id).where(
                Paper.kind == PaperKind.VOUCHER,
                Paper.subject == subject,
                Paper.state == PaperState.ISSUED,
            )
        ).all()
    )
    papers: list[int] = []
    for fund in funds.values():
        title = f"{batch.number} {fund.name}"
        if title not in issued:
            facts = voucher_facts(work, batch, fund)
            paper = issue(
                work,
                PaperKind.VOUCHER,
                facts,
                subject=subject,
                title=title,
                checker=facts.approver,
            )
            issued[title] = paper.id
        papers.append(issued[title])
    return tuple(papers)


@action(needs=Permission.ISSUE_PAPERS, changes={Topic.PAPERS})
def issue_receipt_slips(work: Work, asked: BatchById) -> int:
    """Issue the receipts of a batch (领款单), one for each payment made; return the paper's id."""
    batch = work.load(Batch, asked.id)
    facts_of = slips_facts(work, batch) if payments_in(work, batch, LineState.PAID) else None
    if facts_of is None:
        raise NothingPaidYet(number=batch.number)
    return issue(
        work,
        PaperKind.RECEIPT_SLIPS,
        facts_of,
        subject=f"batch/{batch.id}",
        title=batch.number,
    ).id
