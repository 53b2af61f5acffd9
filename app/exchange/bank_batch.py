"""Reads a batch out of the store as the bank is told it."""

from collections.abc import Mapping
from typing import Final

from sqlalchemy import select

from app.cases.measures import title_of
from app.center.store import the_center
from app.core.clock import local_day
from app.core.words.disbursements import LineState
from app.exchange.bank_file import write, write_result
from app.exchange.bank_layout import BankBatch, BankLine, Layout, file_name, layout
from app.exchange.records import BankFile
from app.work import Work
from db.models.disbursements import Award, AwardVersion, Batch, BatchLine

DEMONSTRATION: Final = "演示"
"""What the names of bank files of a demonstration center begin with: no bank shall take one."""


def bank_batch(work: Work, batch: Batch) -> BankBatch:
    """Return the payments of a batch with holders and accounts in the clear.

    The day is the one it was frozen on, so that the same batch gives the same file for good.
    """
    found = work.session.execute(
        select(BatchLine.line, AwardVersion, Award.measure)
        .join(AwardVersion, BatchLine.award_version_id == AwardVersion.id)
        .join(Award, AwardVersion.award_id == Award.id)
        .where(BatchLine.batch_id == batch.id, BatchLine.state != LineState.REMOVED)
        .order_by(BatchLine.line)
    )
    day = local_day(batch.frozen_at or batch.prepared_at)
    return BankBatch(
        number=batch.number,
        day=day,
        payer_account=batch.payer_account,
        lines=tuple(
            BankLine(
                line=line,
                account=version.account_number,
                name=version.account_holder,
                amount=version.amount,
                bank=version.account_bank,
                purpose=title_of(measure, day),
            )
            for line, version, measure in found
        ),
    )


def file_of(work: Work, batch: Batch) -> BankFile:
    """Return the file for the bank; raise `NotWritable` naming the payment that does not fit."""
    shape, told = layout(batch.layout), bank_batch(work, batch)
    name = file_name(shape, told)
    if the_center(work.session).demonstration:
        name = DEMONSTRATION + name
    return BankFile(name=name, data=write(shape, told), batch=told)


def answer_of_the_bank(shape: Layout, batch: BankBatch, failures: Mapping[int, str]) -> bytes:
    """Return what a bank would answer, for the demonstration and the tour.

    ``failures`` gives by number of payment what the bank finds wrong, in the layout's own words
    (``账号不存在``) or their keys (``01``).
    """
    words = {meaning: word for word, meaning in shape.status.failed.items()}
    return write_result(
        shape, batch, {line: words.get(what, what) for line, what in failures.items()}
    )
