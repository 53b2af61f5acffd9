"""Gathers what the papers of payments say: lists to sign, vouchers, receipts, what comes back."""

from collections import Counter

from sqlalchemy import select

from app.cases.measures import title_of
from app.center.store import the_center
from app.core.clock import local_day
from app.core.i18n import _
from app.core.masking import mask
from app.core.money import Fen
from app.core.words.disbursements import LineState, PayWay
from app.core.words.funds import Account
from app.disbursements.issuing import CARD, ID, LIST_NAME, goods_words, person_in, staff_name
from app.disbursements.papers import (
    DemandFacts,
    HandingFacts,
    HandingRow,
    RefundFacts,
    SlipFacts,
    SlipsFacts,
    VoucherFacts,
    VoucherRow,
)
from app.disbursements.refund_records import DemandForm
from app.households.store import head_of
from app.work import Work
from db.models.disbursements import Award, AwardVersion, Batch, BatchLine
from db.models.funds import Fund, Posting, Refund
from db.models.households import Household

Payment = tuple[BatchLine, AwardVersion, Award, Household, Fund]


def payments_in(work: Work, batch: Batch, *states: LineState) -> list[Payment]:
    """Return the payments of a batch in these states, in their order."""
    found = work.session.execute(
        select(BatchLine, AwardVersion, Award, Household, Fund)
        .join(AwardVersion, BatchLine.award_version_id == AwardVersion.id)
        .join(Award, AwardVersion.award_id == Award.id)
        .join(Household, Award.household_id == Household.id)
        .join(Fund, AwardVersion.fund_id == Fund.id)
        .where(BatchLine.batch_id == batch.id, BatchLine.state.in_(states))
        .order_by(BatchLine.line)
    )
    return [(line, version, award, home, fund) for line, version, award, home, fund in found]


def handing_facts(work: Work, batch: Batch) -> HandingFacts:
    """Return what the list to sign of a frozen batch of cash or goods says."""
    found = payments_in(work, batch, LineState.PAYING, LineState.PAID, LineState.FAILED)
    rows = tuple(
        HandingRow(
            line=line.line,
            name=version.payee,
            id_number=mask(ID, head_of(household).id_number),
            measure=_title(work, household, award),
            item=version.goods,
            quantity=version.quantity,
            unit_value=version.unit_value,
            amount=version.amount,
        )
        for line, version, award, household, _fund in found
    )
    goods = batch.way is PayWay.GOODS
    return HandingFacts(
        name=_(LIST_NAME).format(number=batch.number),
        batch_number=batch.number,
        way=batch.way.label,
        prepared_on=local_day(batch.frozen_at or batch.prepared_at),
        fund="、".join(dict.fromkeys(fund.name for *_rest, fund in found)),
        cash=not goods,
        goods=goods,
        cash_rows=() if goods else rows,
        goods_rows=rows if goods else (),
        count=len(rows),
        amount=Fen(sum(row.amount for row in rows)),
        batch_digest=batch.frozen_digest or "",
        preparer=staff_name(work, batch.prepared_by),
        approver=_deciders(work, found),
    )


def voucher_facts(work: Work, batch: Batch, fund: Fund) -> VoucherFacts:
    """Return what the voucher of a batch says of one fund: what was paid, by measure."""
    paid = payments_in(work, batch, LineState.PAID)
    found = [payment for payment in paid if payment[-1].id == fund.id]
    counts, sums = Counter[str](), Counter[str]()
    for _line, version, award, _household, _fund in found:
        title = title_of(award.measure, work.today)
        counts[title] += 1
        sums[title] += version.amount
    return VoucherFacts(
        name=_(LIST_NAME).format(number=batch.number),
        batch_number=batch.number,
        fund=fund.name,
        way=batch.way.label,
        paid_on=max(line.settled_on or work.today for line, *_rest in found),
        payer_account=batch.payer_account if batch.way is PayWay.CARD else "",
        bank_file=batch.bank_file or "",
        rows=tuple(
            VoucherRow(measure=title, count=count, amount=Fen(sums[title]))
            for title, count in counts.items()
        ),
        count=len(found),
        amount=Fen(sum(sums.values())),
        batch_digest=batch.frozen_digest or "",
        preparer=staff_name(work, batch.prepared_by),
        approver=_deciders(work, found),
    )


def slips_facts(work: Work, batch: Batch) -> SlipsFacts:
    """Return the receipts of a batch, one for each payment that was made."""
    found = payments_in(work, batch, LineState.PAID)
    return SlipsFacts(
        name=_(LIST_NAME).format(number=batch.number),
        batch_number=batch.number,
        rows=tuple(
            SlipFacts(
                line=line.line,
                payee=version.payee,
                id_number=mask(ID, head_of(household).id_number),
                award_number=award.number,
                measure=_title(work, household, award),
                received=_received(version),
                fund=fund.name,
                amount=version.amount,
                paid_on=line.settled_on or work.today,
            )
            for line, version, award, household, fund in found
        ),
        count=len(found),
        amount=Fen(sum(version.amount for _line, version, *_rest in found)),
    )


def _received(version: AwardVersion) -> str:
    if version.way is PayWay.GOODS:
        return goods_words(version)
    label = version.way.label
    return f"{label} {mask(CARD, version.account_number)}" if version.account_number else label


def demand_facts(work: Work, award: Award, version: AwardVersion, form: DemandForm) -> DemandFacts:
    """Return what the demand for money that was claimed falsely says."""
    center = the_center(work.session)
    household = work.load(Household, award.household_id)
    return DemandFacts(
        name=version.payee,
        award_number=award.number,
        measure=_title(work, household, award),
        paid=version.amount,
        paid_on=local_day(_paid(work, version).posted_at),
        amount=form.amount,
        reason=form.reason.strip(),
        document=form.document.strip(),
        due_on=form.due_on,
        payer_account=center.payer_account,
        center_address=center.address,
        center_phone=center.telephone,
    )


def refund_facts(work: Work, refund: Refund, version: AwardVersion) -> RefundFacts:
    """Return what the slip of a confirmed refund says."""
    award = work.load(Award, version.award_id)
    return RefundFacts(
        name=version.payee,
        refund_number=refund.number,
        award_number=award.number,
        measure=_title(work, work.load(Household, award.household_id), award),
        fund=work.load(Fund, version.fund_id).name,
        kind=refund.kind.label,
        amount=refund.amount,
        paid=version.amount,
        came_on=refund.came_on,
        reason=refund.reason,
        document=refund.document,
        entered_by=staff_name(work, refund.entered_by),
        confirmed_by=staff_name(work, refund.confirmed_by or refund.entered_by),
    )


def _paid(work: Work, version: AwardVersion) -> Posting:
    return work.session.scalars(
        select(Posting).where(
            Posting.award_version_id == version.id, Posting.to_account == Account.PAID
        )
    ).one()


def _title(work: Work, household: Household, award: Award) -> str:
    return title_of(award.measure, work.today, person_in(household, award))


def _deciders(work: Work, found: list[Payment]) -> str:
    return "、".join(sorted({staff_name(work, line.decided_by) for line, *_rest in found}))
