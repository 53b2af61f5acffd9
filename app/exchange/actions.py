"""The verbs between a batch and the bank: frozen, the file that goes, the result that comes."""

import hashlib
from collections.abc import Iterator

from sqlalchemy import select

from app.core.errors import NotNow
from app.core.i18n import N_, _
from app.core.money import Fen, yuan_text
from app.core.words.disbursements import BatchState, BatchStep, LineState, PayWay
from app.disbursements.batch_records import BatchById, BatchStepForm, Cause, Settlement
from app.disbursements.batches import check_period, freeze, papers_told_less, settle_line
from app.disbursements.rules import BATCH_FLOW
from app.exchange.bank_batch import file_of
from app.exchange.bank_layout import layout
from app.exchange.bank_result import BankResult, BankResultRow, read_result
from app.exchange.records import BankFile, ResultForm
from app.exchange.rules import NotByBank, OtherBatch
from app.facts.payments import keep_loaded
from app.work import Permission, Topic, Work, action
from db.models.disbursements import Award, AwardVersion, Batch, BatchLine
from db.models.households import Household

ANSWERED = {LineState.PAID: True, LineState.FAILED: False}
"""What was booked for a payment, by its state."""

_Lines = dict[int, tuple[BatchLine, AwardVersion]]


@action(needs=Permission.PREPARE_BATCHES, changes={Topic.BATCHES})
def freeze_batch(work: Work, form: BatchStepForm) -> str:
    """Freeze a batch: nothing in it can change any more; return its digest.

    Raises what `freeze` does, and `NotWritable` for a payment that the bank's layout cannot hold:
    frozen, it could be neither sent nor mended.
    """
    digest = freeze(work, form)
    batch = work.load(Batch, form.id)
    if batch.way is PayWay.CARD:
        file_of(work, batch)
    return digest


@action(needs=Permission.PREPARE_BATCHES, changes={Topic.BATCHES})
def send_to_bank(work: Work, form: BatchStepForm) -> BankFile:
    """Make the bank file of a frozen batch, which counts as sent from now on.

    Raises `NotWritable` naming the payment that the bank's layout cannot hold, and `FundOver`.
    """
    batch = _by_bank(work.load(Batch, form.id, form.version))
    after = BATCH_FLOW.after(batch.state, BatchStep.SEND)
    check_period(work, batch)
    file = file_of(work, batch)
    batch.state, batch.bank_file = after, file.name
    return file


@action(needs=Permission.PREPARE_BATCHES, changes={Topic.AUDIT})
def bank_file(work: Work, asked: BatchById) -> BankFile:
    """Give the bank file of a batch once more, byte for byte the same.

    An action, since it holds every account in the clear: the trail says who took it when.
    """
    batch = _by_bank(work.load(Batch, asked.id))
    if batch.bank_file is None:
        raise NotNow(state=batch.state.label, step=BatchStep.SEND)
    work.subject = f"batch/{batch.id}"
    return file_of(work, batch)


@action(
    needs=Permission.PREPARE_BATCHES,
    changes={Topic.BATCHES, Topic.AWARDS, Topic.FUNDS, Topic.PAPERS},
)
def take_bank_result(work: Work, form: ResultForm) -> Settlement:
    """Book what the bank says of a batch: paid, or the money back to its fund.

    Lines that fit no payment are told, never dropped; while there are any, nothing is booked
    unless the form says so. What is booked already is not booked again. Raises `OtherBatch`.
    """
    batch = _by_bank(work.load(Batch, form.id))
    work.subject = f"batch/{batch.id}"
    digest = hashlib.sha256(form.data).hexdigest()
    result = read_result(layout(batch.layout), form.data)
    lines = _lines_of(work, batch)
    _refuse_other(work, batch, result, digest, lines)
    fitting, problems = _match(result, lines)
    fresh = [(line, row) for line, row in fitting if line.state not in ANSWERED]
    if fresh:
        problems += _doubts(work, batch, result)
    again = batch.result_digest == digest or not (fresh or problems)
    if not again:
        work.load(Batch, form.id, form.version)
        BATCH_FLOW.after(batch.state, BatchStep.RECONCILE)
        if form.despite_problems or not problems:
            _load(work, batch)
            for line, row in fresh:
                settle_line(work, batch, line, paid=row.ok, reason=row.reason)
            if any(row.ok for _line, row in fresh):
                papers_told_less(work, batch)
            batch.result_digest = digest
            if all(line.state in ANSWERED for line, _version in lines.values()):
                batch.state = BATCH_FLOW.after(batch.state, BatchStep.RECONCILE)
    rows = [row for _line, row in fitting]
    return Settlement(
        paid=sum(row.ok for row in rows),
        failed=sum(not row.ok for row in rows),
        paid_amount=Fen(sum(row.amount for row in rows if row.ok)),
        returned_amount=Fen(sum(row.amount for row in rows if not row.ok)),
        again=again,
        unanswered=sum(line.state not in ANSWERED for line, _version in lines.values()),
        causes=_causes(rows),
        problems=tuple(problems),
    )


def _load(work: Work, batch: Batch) -> None:
    """Load at once what is booked, and for whom: thousands of payments need not each ask for it."""
    keep_loaded(work.session)
    found = (
        select(Award, Household)
        .join(Household, Award.household_id == Household.id)
        .join(AwardVersion, AwardVersion.award_id == Award.id)
        .join(BatchLine, BatchLine.award_version_id == AwardVersion.id)
        .where(BatchLine.batch_id == batch.id)
    )
    work.session.execute(found).all()


def _by_bank(batch: Batch) -> Batch:
    if batch.way is not PayWay.CARD:
        raise NotByBank(number=batch.number, way=batch.way.label)
    return batch


def _refuse_other(work: Work, batch: Batch, result: BankResult, digest: str, lines: _Lines) -> None:
    """Raise `OtherBatch` when the file names another batch, was taken in for one, or, where a
    layout names none, when it answers none of these payments and all of another batch's."""
    taken = select(Batch.number).where(Batch.result_digest == digest, Batch.id != batch.id)
    other = work.session.scalar(taken)
    if result.batch not in ("", batch.number):
        other = result.batch
    if not other and not result.batch and not _fitting(result, lines):
        other = next(_also_fitting(work, batch, result), None)
    if other:
        raise OtherBatch(other=other, number=batch.number)


def _also_fitting(work: Work, batch: Batch, result: BankResult) -> Iterator[str]:
    """Yield the numbers of other batches at the bank of which a file answers nothing but payments:
    two months of the same people look alike."""
    sent = select(Batch).where(Batch.state == BatchState.SENT, Batch.id != batch.id)
    for other in work.session.scalars(sent):
        if len(_fitting(result, _lines_of(work, other))) == len(result.rows) > 0:
            yield other.number


def _doubts(work: Work, batch: Batch, result: BankResult) -> Iterator[str]:
    """Yield in words why a file that names no batch may answer another one."""
    if not result.batch:
        says = N_("The file names no batch, and fits {other} as well. Compare it with the bank.")
        for other in _also_fitting(work, batch, result):
            yield _(says).format(other=other)


def _fitting(result: BankResult, lines: _Lines) -> list[BankResultRow]:
    """Return the answers that name a payment with its account and amount."""
    return [row for row in result.rows if row.line in lines and _is(row, lines[row.line][1])]


def _is(row: BankResultRow, version: AwardVersion) -> bool:
    return (row.account, row.amount) == (version.account_number, version.amount)


def _lines_of(work: Work, batch: Batch) -> _Lines:
    found = work.session.execute(
        select(BatchLine, AwardVersion)
        .join(AwardVersion, BatchLine.award_version_id == AwardVersion.id)
        .where(BatchLine.batch_id == batch.id, BatchLine.state != LineState.REMOVED)
    )
    return {line.line: (line, version) for line, version in found}


def _match(
    result: BankResult, lines: _Lines
) -> tuple[list[tuple[BatchLine, BankResultRow]], list[str]]:
    """Return the payments the bank answers, each with its answer, and what fits none."""
    fitting: list[tuple[BatchLine, BankResultRow]] = []
    problems = [
        _("Line {at}: {says}").format(at=problem.at, says=problem.tell())
        if problem.at
        else problem.tell()
        for problem in result.problems
    ]
    for row in result.rows:
        odd = list(_oddities(row, lines))
        problems += odd
        if not odd:
            fitting.append((lines[row.line][0], row))
    return fitting, problems


def _oddities(row: BankResultRow, lines: _Lines) -> Iterator[str]:
    """Yield in words why an answer is not that of the payment it names."""
    told = {"at": row.at, "line": row.line, "name": row.name, "amount": yuan_text(row.amount)}
    if row.line not in lines:
        says = N_("Line {at}: payment {line} ({name}, {amount} yuan) is not in this batch")
        yield _(says).format(**told)
        return
    line, version = lines[row.line]
    if row.account != version.account_number:
        says = N_("Line {at}: payment {line} ({name}) went to another account than was sent")
        yield _(says).format(**told)
    if row.amount != version.amount:
        says = N_("Line {at}: payment {line} ({name}) is {amount} yuan, {sent} yuan were sent")
        yield _(says).format(**told, sent=yuan_text(version.amount))
    if ANSWERED.get(line.state, row.ok) is not row.ok:
        says = N_("Line {at}: payment {line} ({name}) is booked as “{state}” already")
        yield _(says).format(**told, state=line.state.label)


def _causes(rows: list[BankResultRow]) -> tuple[Cause, ...]:
    """Return the failures grouped by what the bank says, the most frequent first."""
    groups: dict[str, list[Fen]] = {}
    for row in rows:
        if not row.ok:
            groups.setdefault(row.reason, []).append(row.amount)
    return tuple(
        Cause(reason=reason, count=len(amounts), amount=Fen(sum(amounts)))
        for reason, amounts in sorted(groups.items(), key=lambda item: -len(item[1]))
    )
