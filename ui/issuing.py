"""Goes to the one paper of a matter: the one that was issued, or a new one."""

from typing import TypeVar

from app.core.record import Record
from app.core.words.papers import PaperKind, PaperState
from app.papers.queries import paper_rows
from app.papers.records import PaperQuery, PaperRow
from app.work import Action
from ui.kit.page import Page

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
