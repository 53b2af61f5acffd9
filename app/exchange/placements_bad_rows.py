"""Writes the placements that were kept out as a workbook of their own, each with what is wrong."""

from app.exchange.archive_bad_rows import as_read
from app.exchange.archive_mending import Mends
from app.exchange.placements_document import placements_shape
from app.exchange.placements_reading import placement_rows
from app.exchange.placements_records import PlacementRegister
from app.exchange.registers import bad_register_rows
from app.exchange.workbook import Workbook


def bad_placement_rows(
    book: Workbook, register: PlacementRegister, mends: Mends | None = None
) -> bytes:
    """Return a workbook with the placements that were kept out; it can be mended and read again."""
    look = placements_shape()
    read = as_read(register.columns, mends)
    return bad_register_rows(
        lambda sheet: placement_rows(book, sheet, read),
        look.columns,
        look.ignored[0],
        sheets=[sheet for sheet in book.names if sheet not in register.unread],
        places={line.place for line in register.lines},
        kept_out=register.kept_out,
        problems=register.problems,
    )
