"""What can be asked about bank layouts, and whether a batch can be written in its own."""

from app.core.errors import AppError
from app.core.i18n import _
from app.core.record import Nothing
from app.disbursements.batch_records import BatchById, CheckRow
from app.exchange.bank_batch import file_of
from app.exchange.bank_layout import layout, layout_names
from app.exchange.records import LayoutRow
from app.work import Permission, Work, query
from db.models.disbursements import Batch


@query(needs=Permission.READ_BATCHES)
def layout_rows(_work: Work, _nothing: Nothing) -> list[LayoutRow]:
    """List the bank layouts there are."""
    found = [(name, layout(name)) for name in layout_names()]
    return [
        LayoutRow(name=name, title=shape.title, encoding=shape.encoding) for name, shape in found
    ]


@query(needs=Permission.READ_BATCHES)
def bank_check(work: Work, asked: BatchById) -> CheckRow:
    """Tell whether a batch can be written as its bank wants it: the last check before freezing."""
    batch = work.load(Batch, asked.id)
    level, says = "ok", _("Can be written")
    try:
        count = len(file_of(work, batch).batch.lines)
    except AppError as error:
        level, says, count = "stop", error.tell(), 0
    return CheckRow(title=_("Bank file"), says=says, level=level, passed=count, total=count)


@query(needs=Permission.PREPARE_BATCHES)
def bank_file_name(work: Work, asked: BatchById) -> str:
    """Return what the bank file of a batch is called, to suggest it before the file is made."""
    return file_of(work, work.load(Batch, asked.id)).name
