"""Prints the acceptance receipt at once; without a printer it stays under “To print”."""

from collections.abc import Callable

from app.cases.records import Accepted
from app.core.i18n import N_, _
from app.papers.actions import note_print
from app.papers.queries import paper_view
from app.papers.records import PaperById, PaperView, PrintForm
from app.papers.sheet import Sheet
from ui.desk import Desk
from ui.printing import NoPrinter

PRINTED = N_("{number} accepted, one receipt printed")
LEFT = N_("{number} accepted; the receipt stands under “To print”")


def print_receipt(desk: Desk, accepted: Accepted, say: Callable[[str], object]) -> None:
    """Print the receipt of a case and note the print; say whether a printer took it."""
    paper_id = accepted.paper_id

    def then(printed: bool) -> None:
        say(_(PRINTED if printed else LEFT).format(number=accepted.case_number))

    def failed(_error: Exception) -> None:
        then(False)

    def put_on_paper(pdf: bytes) -> None:
        if desk.printer is None:
            then(False)
            return
        try:
            desk.printer.print_pdf(pdf)
        except NoPrinter:
            then(False)
            return
        desk.perform(note_print, PrintForm(id=paper_id), then=lambda _copy: then(True))

    def draw(view: PaperView) -> None:
        desk.produce(_pdf, view.sheet, then=put_on_paper, failed=failed)

    if desk.may(paper_view) and desk.may(note_print):
        desk.ask(paper_view, PaperById(id=paper_id), then=draw, failed=failed)
    else:
        then(False)


def _pdf(sheet: Sheet) -> bytes:
    from app.papers.render import render  # noqa: PLC0415 - reportlab, on first use

    return render(sheet)
