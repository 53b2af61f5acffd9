"""Asking by telephone whether relief was received: payments drawn by lot, and the answers."""

import random
import secrets
from collections.abc import Sequence

from sqlalchemy import select

from app.cases.measures import title_of
from app.core.errors import NotNow, RuleBroken
from app.core.i18n import N_
from app.core.kinds import Phone
from app.core.masking import mask
from app.core.words.disbursements import LineState, SampleResult
from app.core.words.papers import PaperKind
from app.disbursements.batch_records import BatchById
from app.disbursements.papers import CallListFacts, CallRow
from app.disbursements.sample_records import (
    Callee,
    CallForm,
    DrawForm,
    Sample,
    SampleById,
    SampleRow,
)
from app.households.store import head_of
from app.papers.store import issue
from app.work import Permission, SecondPersonNeeded, Topic, Work, action, query
from db.models.disbursements import Award, AwardVersion, Batch, BatchLine, ReceiptSample
from db.models.households import Household, Member
from db.models.staff import Staff

PHONE = Phone(label="")


class NothingToDraw(RuleBroken):
    """Every payment was drawn, or none is paid."""

    says = N_("Batch {number} has no paid payment that was not drawn yet.")


class NoteNeeded(RuleBroken):
    """An answer that is not a plain yes needs words."""

    says = N_("Please write what was said: finance looks into it.")


@action(needs=Permission.SAMPLE_RECEIPTS, changes={Topic.BATCHES})
def draw_sample(work: Work, form: DrawForm) -> int:
    """Draw paid payments of a batch by lot; return how many.

    The trail keeps the seed and what it drew from, so that the lot can be drawn again.
    """
    batch = work.load(Batch, form.batch_id)
    work.subject = f"batch/{batch.id}"
    drawn = select(ReceiptSample.batch_line_id)
    lines = work.session.scalars(
        select(BatchLine.id)
        .where(
            BatchLine.batch_id == batch.id,
            BatchLine.state == LineState.PAID,
            BatchLine.id.not_in(drawn),
        )
        .order_by(BatchLine.line)
    ).all()
    if not lines:
        raise NothingToDraw(number=batch.number)
    seed = secrets.token_hex(8)
    chosen = draw(lines, seed, how_many(len(lines), form))
    work.notes |= {"seed": seed, "from": len(lines), "drawn": len(chosen)}
    work.session.add_all(
        ReceiptSample(
            batch_line_id=line, drawn_by=work.actor.id, drawn_at=work.now, result=None, note=""
        )
        for line in chosen
    )
    return len(chosen)


def how_many(of: int, form: DrawForm) -> int:
    """Return how many are drawn: a share is rounded up, so that some always are."""
    if form.percent is not None:
        return -(-of * form.percent // 100)
    return min(of, form.count or 1)


def draw(lines: Sequence[int], seed: str, count: int) -> list[int]:
    """Return ``count`` of ``lines``, in their order; the same for the same seed."""
    lot = random.Random(seed)  # noqa: S311 - a lot that can be drawn again, no secret
    return sorted(lot.sample(lines, count))


@action(needs=Permission.SAMPLE_RECEIPTS, changes={Topic.BATCHES})
def record_call(work: Work, form: CallForm) -> None:
    """Record what somebody said; whoever proposed or paid it does not ask about it."""
    sample = work.load(ReceiptSample, form.id, form.version)
    if sample.result is not None:
        raise NotNow(state=sample.result.label, step="record_call")
    line = work.load(BatchLine, sample.batch_line_id)
    if work.actor.id in _had_a_part(line):
        raise SecondPersonNeeded()
    note = form.note.strip()
    if form.result in (SampleResult.DIFFERS, SampleResult.NOT_RECEIVED) and not note:
        raise NoteNeeded()
    sample.result, sample.note = form.result, note
    sample.called_by, sample.called_at = work.actor.id, work.now
    work.subject = f"batch/{line.batch_id}"


def _had_a_part(line: BatchLine) -> set[int]:
    return {line.proposed_by, line.entered_by}


@action(needs=Permission.SAMPLE_RECEIPTS, changes={Topic.AUDIT})
def open_callee(work: Work, asked: SampleById) -> Callee:
    """Give name and telephone number of somebody to be called, in the clear; the trail keeps it."""
    sample = work.load(ReceiptSample, asked.id)
    line = work.load(BatchLine, sample.batch_line_id)
    award = work.load(Award, work.load(AwardVersion, line.award_version_id).award_id)
    household = work.load(Household, award.household_id)
    work.subject = f"household/{household.id}"
    member = work.load(Member, award.member_id) if award.member_id else head_of(household)
    return Callee(name=member.name, phone=member.phone or head_of(household).phone)


@query(needs=Permission.READ_BATCHES)
def sample_of(work: Work, asked: BatchById) -> Sample:
    """Tell what was drawn of a batch and what was said."""
    names: dict[int | None, str] = dict(work.session.execute(select(Staff.id, Staff.name)).all())
    paid = work.session.scalars(
        select(BatchLine.id).where(
            BatchLine.batch_id == asked.id, BatchLine.state == LineState.PAID
        )
    ).all()
    found = work.session.execute(
        select(ReceiptSample, BatchLine, AwardVersion, Award, Household)
        .join(BatchLine, ReceiptSample.batch_line_id == BatchLine.id)
        .join(AwardVersion, BatchLine.award_version_id == AwardVersion.id)
        .join(Award, AwardVersion.award_id == Award.id)
        .join(Household, Award.household_id == Household.id)
        .where(BatchLine.batch_id == asked.id)
        .order_by(BatchLine.line)
    )
    rows = tuple(
        SampleRow(
            id=sample.id,
            version=sample.version,
            line=line.line,
            name=version.payee,
            phone=mask(PHONE, head_of(household).phone),
            title=title_of(award.measure, work.today),
            amount=version.amount,
            result=sample.result,
            note=sample.note,
            drawn_by=names[sample.drawn_by],
            called_by=names.get(sample.called_by, ""),
            called_at=sample.called_at,
            mine=work.actor.id in _had_a_part(line),
        )
        for sample, line, version, award, household in found
    )
    return Sample(
        paid=len(paid),
        drawn=len(rows),
        called=sum(row.result is not None for row in rows),
        received=sum(row.result is SampleResult.RECEIVED for row in rows),
        rows=rows,
    )


@action(needs=Permission.SAMPLE_RECEIPTS, changes={Topic.PAPERS})
def issue_call_list(work: Work, asked: BatchById) -> int:
    """Issue the list of who is to be called (回访名单), numbers masked; return the paper's id."""
    batch = work.load(Batch, asked.id)
    rows = sample_of.run(work, asked).rows
    if not rows:
        raise NothingToDraw(number=batch.number)
    facts = CallListFacts(
        name=batch.number,
        batch_number=batch.number,
        rows=tuple(
            CallRow(
                line=row.line,
                name=row.name,
                phone=row.phone,
                measure=row.title,
                amount=row.amount,
                result=row.result.label if row.result else "",
                note=row.note,
            )
            for row in rows
        ),
        count=len(rows),
    )
    return issue(
        work, PaperKind.CALL_LIST, facts, subject=f"batch/{batch.id}", title=batch.number
    ).id
