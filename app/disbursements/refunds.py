"""Money that was paid and comes back: from the bank, recovered after a false claim, given back.

One person enters it, another confirms it; only then it is back in its fund and in the book.
"""

from collections.abc import Sequence

from sqlalchemy import func, select

from app.core.errors import NotNow, RuleBroken
from app.core.i18n import N_
from app.core.money import Fen, yuan_text
from app.core.record import Nothing, values
from app.core.words.disbursements import AwardStep, LineState, PayWay
from app.core.words.funds import Account, BudgetState, RefundKind
from app.core.words.papers import PaperKind
from app.disbursements.book import enter
from app.disbursements.needs import end
from app.disbursements.payment_facts import demand_facts, refund_facts
from app.disbursements.records import AwardById
from app.disbursements.refund_records import (
    DemandForm,
    RefundById,
    RefundForm,
    RefundRow,
    RefundStep,
    Returnable,
)
from app.disbursements.rules import FLOW
from app.disbursements.store import newest_version
from app.funds.ledger import move
from app.papers.store import issue
from app.work import Permission, SecondPersonNeeded, Topic, Work, action, query
from db.models.disbursements import Award, AwardVersion, BatchLine
from db.models.funds import Fund, Posting, Refund
from db.models.staff import Staff


class NothingPaid(RuleBroken):
    """Only what was paid can come back."""

    says = N_("Nothing was paid on award {award} that could come back.")


class MoreThanPaid(RuleBroken):
    """More would come back than went out."""

    says = N_(
        "{amount} yuan are more than can come back of award {award}: {paid} paid, {back} back "
        "already, {waiting} to be confirmed, {left} left."
    )


class NotWhole(RuleBroken):
    """A bank returns a payment whole."""

    says = N_(
        "The bank returns a payment whole: {paid} yuan. Enter a part as given back or recovered."
    )


class NotThroughTheBank(RuleBroken):
    """Cash and goods went through no bank."""

    says = N_("This was paid {way}: no bank can return it. Enter it as given back.")


class BeforePaid(RuleBroken):
    """It cannot come back before it went out."""

    says = N_("This was paid on {paid}; it cannot have come back on {came} already.")


class DocumentNeeded(RuleBroken):
    """What comes back from the bank or is recovered rests on a document."""

    says = N_("Please write the number of the bank's slip, or of the decision to recover.")


@action(needs=Permission.PREPARE_BATCHES, changes={Topic.FUNDS, Topic.AWARDS, Topic.BATCHES})
def enter_refund(work: Work, form: RefundForm) -> int:
    """Enter money that came back; it counts once a second person confirms it."""
    award = work.load(Award, form.award_id)
    work.subject = f"award/{award.id}"
    version = _paid_version(work, award)
    stands = _returnable(work, version)
    if form.kind is RefundKind.BANK:
        if version.way is not PayWay.CARD:
            raise NotThroughTheBank(way=version.way.label)
        if form.amount != stands.paid or stands.back or stands.waiting:
            raise NotWhole(paid=yuan_text(stands.paid))
    _check_left(award, form.amount, stands)
    paid_on = _paid_line(work, version).settled_on
    if paid_on is not None and form.came_on < paid_on:
        raise BeforePaid(paid=paid_on, came=form.came_on)
    if form.kind is not RefundKind.GIVEN_BACK and not form.document.strip():
        raise DocumentNeeded()
    told = values(form) | {"reason": form.reason.strip(), "document": form.document.strip()}
    del told["award_id"]
    refund = Refund(
        **told,
        number=f"T{work.today.year}-{work.next_number('refund'):05d}",
        award_version_id=version.id,
        state=BudgetState.ENTERED,
        entered_by=work.actor.id,
        entered_at=work.now,
    )
    return work.add(refund).id


@action(needs=Permission.CONFIRM_PAYMENTS, changes={Topic.FUNDS, Topic.AWARDS, Topic.BATCHES})
def confirm_refund(work: Work, step: RefundStep) -> None:
    """Confirm what somebody else entered: the money is back in its fund and off the book.

    A payment that the bank returned counts as failed from now on, its award as sent back. One that
    was given back or recovered whole meets no need any more: it cannot be proposed anew.
    """
    refund = _entered(work, step)
    if refund.entered_by == work.actor.id:
        raise SecondPersonNeeded()
    version = work.load(AwardVersion, refund.award_version_id)
    award = work.load(Award, version.award_id)
    stands = _returnable(work, version)
    whole = stands.back + refund.amount == stands.paid
    refund.state = BudgetState.CONFIRMED
    refund.confirmed_by = work.actor.id
    if refund.kind is RefundKind.BANK:
        line = _paid_line(work, version)
        line.state = LineState.FAILED
        line.reason = refund.reason
        award.state = FLOW.after(award.state, AwardStep.RETURN_MONEY)
    elif whole:
        end(work, award)
    work.session.flush()
    posting = move(
        work,
        version.fund_id,
        refund.amount,
        from_account=Account.PAID,
        to_account=Account.AVAILABLE,
        memo=f"{refund.number} {award.number} {refund.kind.label}",
        award_version_id=version.id,
        refund_id=refund.id,
    )
    enter(work, posting, version, award, whole=whole)


@action(needs=Permission.PREPARE_BATCHES, changes={Topic.FUNDS, Topic.AWARDS, Topic.BATCHES})
def withdraw_refund(work: Work, step: RefundStep) -> None:
    """Withdraw a refund that was entered wrongly and is not confirmed yet."""
    _entered(work, step).state = BudgetState.WITHDRAWN


def _entered(work: Work, step: RefundStep) -> Refund:
    refund = work.load(Refund, step.id, step.version)
    if refund.state is not BudgetState.ENTERED:
        raise NotNow(state=refund.state.label, step="confirm")
    return refund


def _check_left(award: Award, amount: Fen, stands: Returnable) -> None:
    if amount > stands.left:
        told = {name: yuan_text(fen) for name, fen in values(stands).items()}
        raise MoreThanPaid(amount=yuan_text(amount), award=award.number, **told)


def _paid_version(work: Work, award: Award) -> AwardVersion:
    version = newest_version(work.session, award.id)
    if not _returnable(work, version).paid:
        raise NothingPaid(award=award.number)
    return version


def _paid_line(work: Work, version: AwardVersion) -> BatchLine:
    return work.session.scalars(
        select(BatchLine).where(
            BatchLine.award_version_id == version.id, BatchLine.state == LineState.PAID
        )
    ).one()


def _returnable(work: Work, version: AwardVersion) -> Returnable:
    def total(account: str) -> Fen:
        column = Posting.to_account if account == "to" else Posting.from_account
        fen = work.session.scalar(
            select(func.sum(Posting.amount)).where(
                Posting.award_version_id == version.id, column == Account.PAID
            )
        )
        return Fen(fen or 0)

    waits = work.session.scalar(
        select(func.sum(Refund.amount)).where(
            Refund.award_version_id == version.id, Refund.state == BudgetState.ENTERED
        )
    )
    paid, back, waiting = total("to"), total("from"), Fen(waits or 0)
    return Returnable(paid=paid, back=back, waiting=waiting, left=Fen(paid - back - waiting))


def came_back(work: Work, versions: Sequence[int]) -> dict[int, Fen]:
    """Return what of paid versions came back and was confirmed."""
    found = work.session.execute(
        select(Posting.award_version_id, func.sum(Posting.amount))
        .where(Posting.from_account == Account.PAID, Posting.award_version_id.in_(versions))
        .group_by(Posting.award_version_id)
    )
    return {version: Fen(fen) for version, fen in found if version is not None}


@query(needs=Permission.READ_BATCHES)
def returnable(work: Work, asked: AwardById) -> Returnable:
    """Tell what of an award was paid, came back, and may still come back."""
    award = work.load(Award, asked.id)
    return _returnable(work, newest_version(work.session, award.id))


@query(needs=Permission.READ_BATCHES)
def refund_rows(work: Work, _nothing: Nothing) -> list[RefundRow]:
    """List the refunds, those to be confirmed first."""
    names: dict[int | None, str] = dict(work.session.execute(select(Staff.id, Staff.name)).all())
    found = work.session.execute(
        select(Refund, AwardVersion, Award, Fund.name)
        .join(AwardVersion, Refund.award_version_id == AwardVersion.id)
        .join(Award, AwardVersion.award_id == Award.id)
        .join(Fund, AwardVersion.fund_id == Fund.id)
        .order_by(Refund.state != BudgetState.ENTERED, Refund.id.desc())
        .limit(500)
    )
    return [
        RefundRow(
            id=refund.id,
            version=refund.version,
            award_id=award.id,
            number=refund.number,
            award_number=award.number,
            name=version.payee,
            fund=fund,
            kind=refund.kind,
            amount=refund.amount,
            reason=refund.reason,
            document=refund.document,
            came_on=refund.came_on,
            state=refund.state,
            entered_by=names[refund.entered_by],
            confirmed_by=names.get(refund.confirmed_by, ""),
            mine=refund.entered_by == work.actor.id,
        )
        for refund, version, award, fund in found
    ]


@action(needs=Permission.ISSUE_PAPERS, changes={Topic.PAPERS})
def issue_recovery_demand(work: Work, form: DemandForm) -> int:
    """Issue the demand for money that was claimed falsely (追回通知); return the paper's id."""
    award = work.load(Award, form.award_id)
    version = _paid_version(work, award)
    _check_left(award, form.amount, _returnable(work, version))
    facts = demand_facts(work, award, version, form)
    return issue(
        work,
        PaperKind.RECOVERY_DEMAND,
        facts,
        subject=f"award/{award.id}",
        title=version.payee,
        household_id=award.household_id,
    ).id


@action(needs=Permission.ISSUE_PAPERS, changes={Topic.PAPERS})
def issue_refund_slip(work: Work, asked: RefundById) -> int:
    """Issue the slip of a confirmed refund (退款单); return the paper's id."""
    refund = work.load(Refund, asked.id)
    if refund.state is not BudgetState.CONFIRMED:
        raise NotNow(state=refund.state.label, step="issue")
    version = work.load(AwardVersion, refund.award_version_id)
    facts = refund_facts(work, refund, version)
    return issue(
        work,
        PaperKind.REFUND_SLIP,
        facts,
        subject=f"refund/{refund.id}",
        title=version.payee,
        household_id=work.load(Award, version.award_id).household_id,
        checker=facts.confirmed_by,
    ).id
