"""The verbs of batches: put together, checked, frozen, settled."""

import hashlib
from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import func, select

from app.center.store import the_center
from app.core.errors import NotFound, NotNow
from app.core.i18n import _
from app.core.plain import canonical
from app.core.words.disbursements import (
    AwardState,
    AwardStep,
    BatchState,
    BatchStep,
    Decision,
    LineState,
)
from app.core.words.funds import Account
from app.core.words.papers import PaperKind
from app.disbursements.batch_records import (
    BatchById,
    BatchForm,
    BatchStepForm,
    CallOff,
    CorrectionForm,
    TakeOut,
)
from app.disbursements.book import enter
from app.disbursements.issuing import payment_facts
from app.disbursements.preflight import checked_lines
from app.disbursements.rules import (
    BATCH_FLOW,
    FLOW,
    FundOver,
    NothingToPay,
    NotToCorrect,
    OtherWay,
    StoppedByCheck,
)
from app.disbursements.store import newest_version
from app.funds.ledger import move
from app.funds.rules import paying_days
from app.papers.store import issue, void_issued
from app.work import Permission, SecondPersonNeeded, Topic, Work, action
from db.models.disbursements import Approval, Award, AwardVersion, Batch, BatchLine
from db.models.funds import Fund


@action(needs=Permission.PREPARE_BATCHES, changes={Topic.BATCHES, Topic.AWARDS})
def open_batch(work: Work, form: BatchForm) -> int:
    """Open a batch with approved awards; return its id.

    They are all given in the same way; raises `OtherWay`.
    """
    number = f"B{work.today.year}-{work.next_number('batch'):04d}"
    return _open(work, number, form)


@action(needs=Permission.PREPARE_BATCHES, changes={Topic.BATCHES, Topic.AWARDS})
def open_correction(work: Work, form: CorrectionForm) -> int:
    """Open the batch that follows another with its failed payments, mended and approved anew.

    Its number is that of the first batch with ``-R1``, ``-R2`` and so on; return its id.
    """
    failed = work.load(Batch, form.batch_id)
    offered = {award.id for award, _version in to_correct(work, failed)}
    for award_id in form.award_ids:
        if award_id not in offered:
            award = work.load(Award, award_id)
            raise NotToCorrect(award=award.number, number=failed.number)
    first = failed
    while first.follows_id is not None:
        first = work.load(Batch, first.follows_id)
    made = select(func.count(Batch.id)).where(Batch.number.startswith(f"{first.number}-R"))
    number = f"{first.number}-R{(work.session.scalar(made) or 0) + 1}"
    asked = BatchForm(award_ids=form.award_ids, layout=failed.layout, way=failed.way)
    return _open(work, number, asked, follows=failed)


def to_correct(work: Work, batch: Batch) -> list[tuple[Award, AwardVersion]]:
    """Return the awards of failed payments of a batch that are approved anew, in its way."""
    found = work.session.execute(
        select(Award)
        .join(AwardVersion, AwardVersion.award_id == Award.id)
        .join(BatchLine, BatchLine.award_version_id == AwardVersion.id)
        .where(
            BatchLine.batch_id == batch.id,
            BatchLine.state == LineState.FAILED,
            Award.state == AwardState.APPROVED,
        )
        .order_by(BatchLine.line)
    )
    newest = [(award, newest_version(work.session, award.id)) for (award,) in found]
    return [(award, version) for award, version in newest if version.way is batch.way]


def _open(work: Work, number: str, form: BatchForm, follows: Batch | None = None) -> int:
    if not form.award_ids:
        raise NothingToPay()
    batch = work.add(
        Batch(
            number=number,
            state=BatchState.DRAFT,
            layout=form.layout,
            prepared_by=work.actor.id,
            prepared_at=work.now,
            way=form.way,
            follows_id=follows.id if follows else None,
            payer_account=the_center(work.session).payer_account,
        )
    )
    work.subject = f"batch/{batch.id}"
    newest = select(func.max(AwardVersion.id)).where(AwardVersion.award_id.in_(form.award_ids))
    of_these = AwardVersion.id.in_(newest.group_by(AwardVersion.award_id))
    found = work.session.execute(
        select(Award, AwardVersion)
        .join(AwardVersion, AwardVersion.award_id == Award.id)
        .where(of_these)
    )
    versions = {award.id: (award, version) for award, version in found}
    given: dict[int, list[Approval]] = defaultdict(list)
    for approval in work.session.scalars(
        select(Approval)
        .join(AwardVersion, Approval.award_version_id == AwardVersion.id)
        .where(of_these, Approval.decision == Decision.APPROVED)
        .order_by(Approval.id)
    ):
        given[approval.award_version_id].append(approval)
    for line, award_id in enumerate(form.award_ids, 1):
        if award_id not in versions:
            raise NotFound(what=f"award {award_id}")
        award, version = versions[award_id]
        award.state = FLOW.after(award.state, AwardStep.PUT_IN_BATCH)
        if version.way is not form.way:
            raise OtherWay(award=award.number, way=version.way.label)
        _add_line(work, batch, line, version, given[version.id])
    return batch.id


def _add_line(
    work: Work, batch: Batch, line: int, version: AwardVersion, given: Sequence[Approval]
) -> None:
    """Put a version into a batch by the last approval; nobody who approved it may."""
    if work.actor.id in {version.proposed_by, *(each.decided_by for each in given)}:
        raise SecondPersonNeeded()
    approval = next(each for each in given if each.final)
    work.session.add(
        BatchLine(
            batch_id=batch.id,
            line=line,
            approval_id=approval.id,
            award_version_id=version.id,
            decision=approval.decision,
            proposed_by=approval.proposed_by,
            decided_by=approval.decided_by,
            entered_by=work.actor.id,
            state=LineState.PREPARED,
            reason="",
        )
    )


@action(needs=Permission.PREPARE_BATCHES, changes={Topic.BATCHES, Topic.AWARDS})
def take_out(work: Work, form: TakeOut) -> None:
    """Take one payment out of a batch that is not frozen; its award stays approved."""
    batch = work.load(Batch, form.batch_id, form.version)
    line = work.load(BatchLine, form.line_id)
    if batch.state is not BatchState.DRAFT or line.batch_id != batch.id:
        raise NotNow(state=batch.state.label, step="take_out")
    if line.state is not LineState.PREPARED:
        raise NotNow(state=line.state.label, step="take_out")
    line.state = LineState.REMOVED
    line.reason = form.reason.strip()
    award = award_of(work, line)
    award.state = FLOW.after(award.state, AwardStep.TAKE_OUT)
    work.subject = f"batch/{batch.id}"


def freeze(work: Work, form: BatchStepForm) -> str:
    """Freeze a batch, for `app.exchange.actions.freeze_batch`; return its digest.

    Every payment is checked and its eligibility assessed anew; raises `StoppedByCheck` while
    one must not go out.
    """
    batch = work.load(Batch, form.id, form.version)
    after = BATCH_FLOW.after(batch.state, BatchStep.FREEZE)
    lines = checked_lines(work, batch)
    if not lines:
        raise NothingToPay()
    versions = [item.version.id for item in lines]
    decided = select(Approval.decided_by).where(
        Approval.award_version_id.in_(versions), Approval.decision == Decision.APPROVED
    )
    deciders = set(work.session.scalars(decided))
    if work.actor.id in deciders | {item.line.proposed_by for item in lines}:
        raise SecondPersonNeeded()
    stopped = [line for line in lines if line.level == "stop"]
    if stopped:
        raise StoppedByCheck(count=len(stopped))
    batch.state = after
    batch.frozen_by = work.actor.id
    batch.frozen_at = work.now
    batch.frozen_digest = digest_of(batch, [(line.line, line.version) for line in lines])
    work.session.flush()
    for line in lines:
        line.line.state = LineState.PAYING
    return batch.frozen_digest or ""


@action(needs=Permission.PREPARE_BATCHES, changes={Topic.BATCHES, Topic.AWARDS, Topic.FUNDS})
def call_off(work: Work, form: CallOff) -> None:
    """Give up a frozen batch that did not go out, with the reason.

    The money goes back to its funds, the awards go back to whoever proposed them.
    It is closed as one that went out and of which nothing was paid; it has no bank file.
    """
    batch = work.load(Batch, form.id, form.version)
    batch.state = BATCH_FLOW.after(batch.state, BatchStep.SEND)
    work.subject = f"batch/{batch.id}"
    paying = select(BatchLine).where(
        BatchLine.batch_id == batch.id, BatchLine.state == LineState.PAYING
    )
    for line in work.session.scalars(paying.order_by(BatchLine.line)).all():
        settle_line(work, batch, line, paid=False, reason=form.reason.strip())
    batch.state = BATCH_FLOW.after(batch.state, BatchStep.RECONCILE)


def check_period(work: Work, batch: Batch) -> None:
    """Raise `FundOver` when a fund of a frozen batch does not pay today: it was frozen earlier."""
    funds = (
        select(Fund)
        .join(AwardVersion, AwardVersion.fund_id == Fund.id)
        .join(BatchLine, BatchLine.award_version_id == AwardVersion.id)
        .where(BatchLine.batch_id == batch.id, BatchLine.state == LineState.PAYING)
        .order_by(Fund.id)
    )
    for fund in work.session.scalars(funds.distinct()):
        first, last = paying_days(fund.year, fund.pays_until)
        if not first <= work.today <= last:
            raise FundOver(fund=fund.name, last=last, number=batch.number)


def digest_of(batch: Batch, lines: list[tuple[BatchLine, AwardVersion]]) -> str:
    """Return the SHA-256 over the payments of a batch, as it prints on the list."""
    content = [
        [line.line, version.seal, version.account_number, version.amount] for line, version in lines
    ]
    return hashlib.sha256(canonical([batch.number, content]).encode()).hexdigest()


def award_of(work: Work, line: BatchLine) -> Award:
    """Return the award that a line of a batch pays."""
    return work.load(Award, work.load(AwardVersion, line.award_version_id).award_id)


def settle_line(work: Work, batch: Batch, line: BatchLine, *, paid: bool, reason: str) -> None:
    """Post what became of one payment: paid, or the money back to its fund."""
    version = work.load(AwardVersion, line.award_version_id)
    award = work.load(Award, version.award_id)
    line.reason = reason
    if paid:
        line.state = LineState.PAID
        award.state = FLOW.after(award.state, AwardStep.PAY)
    else:
        line.state = LineState.FAILED
        award.state = FLOW.after(award.state, AwardStep.RETURN_MONEY)
    line.settled_on = work.today
    work.session.flush()
    posting = move(
        work,
        version.fund_id,
        version.amount,
        from_account=Account.RESERVED,
        to_account=Account.PAID if paid else Account.AVAILABLE,
        memo=f"{batch.number} {award.number}" + (f" {reason}" if reason else ""),
        award_version_id=version.id,
    )
    if paid:
        enter(work, posting, version, award)


def papers_told_less(work: Work, batch: Batch) -> None:
    """Make void the vouchers and receipts of a batch of which more was paid since."""
    for kind in (PaperKind.VOUCHER, PaperKind.RECEIPT_SLIPS):
        void_issued(work, kind, f"batch/{batch.id}", _("More of the batch was paid since"))


@action(needs=Permission.ISSUE_PAPERS, changes={Topic.PAPERS})
def issue_payment_list(work: Work, asked: BatchById) -> int:
    """Issue the payment list of a frozen batch; return the paper's id."""
    batch = work.load(Batch, asked.id)
    if batch.state is BatchState.DRAFT:
        raise NotNow(state=batch.state.label, step="issue")
    facts = payment_facts(work, batch)
    return issue(
        work,
        PaperKind.PAYMENT_LIST,
        facts,
        subject=f"batch/{batch.id}",
        title=batch.number,
        checker=facts.approver,
    ).id
