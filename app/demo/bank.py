"""Plays the bank for the demonstration: answers a batch that was sent."""

from collections.abc import Mapping

from app.disbursements.batch_records import BatchById
from app.exchange.bank_batch import answer_of_the_bank, bank_batch
from app.exchange.bank_layout import layout
from app.office import Office
from app.work import Actor, Permission, Query, Work
from db.models.disbursements import Batch


def answer(office: Office, actor: Actor, batch_id: int, failures: Mapping[int, str]) -> bytes:
    """Return the result file of a batch; ``failures`` gives the bank's word by line number."""

    def made(work: Work, asked: BatchById) -> bytes:
        batch = work.load(Batch, asked.id)
        return answer_of_the_bank(layout(batch.layout), bank_batch(work, batch), failures)

    query = Query("demo.answer", made, Permission.READ_BATCHES, "Answer as a bank would.")
    return office.ask(actor, query, BatchById(id=batch_id))
