"""What can be asked about bank layouts, and whether a batch can be written in its own."""

from app.core.errors import AppError
from app.core.i18n import _
from app.core.record import Nothing
from app.disbursements.batch_records import BatchById, CheckRow
from app.exchange.bank_batch import bank_batch, file_of
from app.exchange.bank_file import odd_lines
from app.exchange.bank_layout import layout, layout_names, names_the_payer
from app.exchange.records import BankCheck, LayoutRow, LineDoubt
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
def bank_check(work: Work, asked: BatchById) -> BankCheck:
    """Tell whether a batch can be written as its bank wants it: the last check before freezing."""
    batch = work.load(Batch, asked.id)
    told = bank_batch(work, batch)
    total = len(told.lines)
    doubts: tuple[LineDoubt, ...] = ()
    level, says = "ok", _("Can be written")
    try:
        shape = layout(batch.layout)
        doubts = tuple(
            LineDoubt(line=line, says=error.tell()) for line, error in odd_lines(shape, told)
        )
        if doubts:
            level, says = "stop", doubts[0].says
            if len(doubts) > 1:
                says = _("{count} must be settled").format(count=len(doubts))
        elif not told.payer_account and names_the_payer(shape):
            level = "look"
            says = _("The center's account is not entered: see the settings")
    except AppError as error:
        level, says = "stop", error.tell()
    passed = 0 if level == "stop" and not doubts else total - len(doubts)
    row = CheckRow(title=_("Bank file"), says=says, level=level, passed=passed, total=total)
    return BankCheck(row=row, lines=doubts)


@query(needs=Permission.PREPARE_BATCHES)
def bank_file_name(work: Work, asked: BatchById) -> str:
    """Return what the bank file of a batch is called, to suggest it before the file is made."""
    return file_of(work, work.load(Batch, asked.id)).name
