"""Cash and goods: handed out at the counter against a signature, the rest back to its fund."""

from sqlalchemy import select

from app.core.errors import NotNow, RuleBroken
from app.core.i18n import N_
from app.core.words.disbursements import BatchState, BatchStep, LineState, PayWay
from app.core.words.papers import PaperKind
from app.disbursements.batch_records import BatchById, BatchStepForm, HandOut, NotCollected
from app.disbursements.batches import check_period, papers_told_less, settle_line
from app.disbursements.payment_facts import handing_facts
from app.disbursements.rules import BATCH_FLOW
from app.papers.store import issue
from app.work import Permission, Topic, Work, action
from db.models.disbursements import Batch, BatchLine, CashDay

CHANGES = {Topic.BATCHES, Topic.AWARDS, Topic.FUNDS, Topic.PAPERS}


class NotAtTheCounter(RuleBroken):
    """A bank pays this batch."""

    says = N_("Batch {number} is paid by the bank; nobody signs for it at the counter.")


class DayClosed(RuleBroken):
    """The cash of the day is counted already."""

    says = N_("The cash of {day} is counted and closed; what is handed out now counts tomorrow.")


@action(needs=Permission.PREPARE_BATCHES, changes={Topic.BATCHES})
def begin_handing(work: Work, form: BatchStepForm) -> None:
    """Begin to hand out a frozen batch of cash or goods.

    Raises `FundOver` after the last day of a fund.
    """
    batch = _at_the_counter(work, form.id, form.version)
    check_period(work, batch)
    batch.state = BATCH_FLOW.after(batch.state, BatchStep.SEND)


@action(needs=Permission.PREPARE_BATCHES, changes=CHANGES)
def hand_out(work: Work, form: HandOut) -> None:
    """Book that people signed for their cash or goods today; raise `DayClosed`.

    Raises `FundOver` after the last day of a fund.
    """
    batch = _at_the_counter(work, form.batch_id, form.version)
    if batch.way is PayWay.CASH and closed_on(work):
        raise DayClosed(day=work.today)
    check_period(work, batch)
    _settle(work, batch, form, paid=True, reason="")


@action(needs=Permission.PREPARE_BATCHES, changes=CHANGES)
def not_collected(work: Work, form: NotCollected) -> None:
    """Book that cash or goods were not collected: the money goes back to its fund."""
    batch = _at_the_counter(work, form.batch_id, form.version)
    _settle(work, batch, form, paid=False, reason=form.reason.strip())


@action(needs=Permission.ISSUE_PAPERS, changes={Topic.PAPERS})
def issue_handing_list(work: Work, asked: BatchById) -> int:
    """Issue the list that people sign for cash or goods (领取签名表); return the paper's id."""
    batch = _at_the_counter(work, asked.id, None)
    if batch.state is BatchState.DRAFT:
        raise NotNow(state=batch.state.label, step="issue")
    facts = handing_facts(work, batch)
    return issue(
        work,
        PaperKind.HANDING_LIST,
        facts,
        subject=f"batch/{batch.id}",
        title=batch.number,
        checker=facts.approver,
    ).id


def closed_on(work: Work) -> bool:
    """Tell whether today's cash is counted already."""
    return work.session.scalar(select(CashDay.id).where(CashDay.day == work.today)) is not None


def _at_the_counter(work: Work, batch_id: int, version: int | None) -> Batch:
    batch = work.load(Batch, batch_id, version)
    if batch.way is PayWay.CARD:
        raise NotAtTheCounter(number=batch.number)
    work.subject = f"batch/{batch.id}"
    return batch


def _settle(work: Work, batch: Batch, form: HandOut, *, paid: bool, reason: str) -> None:
    after = BATCH_FLOW.after(batch.state, BatchStep.RECONCILE)
    for line_id in dict.fromkeys(form.line_ids):
        line = work.load(BatchLine, line_id)
        if line.batch_id != batch.id or line.state is not LineState.PAYING:
            raise NotNow(state=line.state.label, step="hand_out")
        settle_line(work, batch, line, paid=paid, reason=reason)
    if paid:
        papers_told_less(work, batch)
    waiting = work.session.scalar(
        select(BatchLine.id).where(
            BatchLine.batch_id == batch.id, BatchLine.state == LineState.PAYING
        )
    )
    batch.state = batch.state if waiting else after
