"""Goes to the one paper of a matter, issuing it when there is none; prints one at once."""

from collections.abc import Callable
from typing import TypeVar

from app.core.record import Record
from app.core.words.papers import PaperKind, PaperState
from app.papers.actions import note_print
from app.papers.queries import paper_rows, paper_view
from app.papers.records import PaperById, PaperQuery, PaperRow, PaperView, PrintForm
from app.papers.sheet import Sheet
from app.work import Action
from ui.desk import Desk
from ui.kit.page import Page
from ui.printing import NoPrinter

Request = TypeVar("Request", bound=Record)


def show_paper(
    page: Page, kind: PaperKind, subject: str, issue: Action[Request, int], request: Request
) -> None:
    """Open the paper of ``subject`` in the register, issuing it when there is none that counts."""

    def go(paper_id: int) -> None:
        page.go.emit("papers", paper_id)

    def found(papers: list[PaperRow]) -> None:
        issued = next((paper for paper in papers if paper.state is PaperState.ISSUED), None)
        if issued:
            go(issued.id)
        else:
            page.desk.perform(issue, request, then=go)

    page.desk.ask(paper_rows, PaperQuery(subject=subject, kind=kind), then=found)


def print_at_once(desk: Desk, paper_id: int, then: Callable[[bool], object]) -> None:
    """Print a paper and note the print; tell whether a printer took it. One that none took
    stays under “To print”."""

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
