"""Which papers a registration or a recognition has; what is chosen opens in the register."""

from functools import partial
from typing import TYPE_CHECKING

from app.core.words.papers import PaperKind
from app.core.words.placements import RecognitionState
from app.placements.issuing import (
    issue_recognition_certificate,
    issue_recognition_form,
    issue_seeker_form,
)
from app.placements.recognition_records import RecognitionById, RecognitionRow
from app.placements.seeker_records import SeekerById, SeekerView
from ui.issuing import show_paper
from ui.kit.menus import Menu

if TYPE_CHECKING:
    from ui.pages.jobs.page import JobsPage


def seeker_papers(page: "JobsPage", view: SeekerView) -> Menu:
    """Return the menu of the papers of a registration."""
    menu = Menu(page, "seeker_papers")
    asked = SeekerById(id=view.row.id)

    def go(paper_id: int) -> None:
        page.go.emit("papers", paper_id)

    # The registration changes: each print is a paper of its own.
    menu.put(
        PaperKind.SEEKER_FORM.label,
        lambda: page.desk.perform(issue_seeker_form, asked, then=go),
    )
    for recognition in view.recognitions[:1]:
        _put_recognition(page, menu, recognition)
    return menu


def recognition_papers(page: "JobsPage", row: RecognitionRow) -> Menu:
    """Return the menu of the papers of a recognition."""
    menu = Menu(page, "recognition_papers")
    _put_recognition(page, menu, row)
    return menu


def _put_recognition(page: "JobsPage", menu: Menu, row: RecognitionRow) -> None:
    subject, asked = f"recognition/{row.id}", RecognitionById(id=row.id)
    kinds = [(PaperKind.RECOGNITION_FORM, issue_recognition_form)]
    if row.state is RecognitionState.RECOGNISED:
        kinds.append((PaperKind.RECOGNITION_CERTIFICATE, issue_recognition_certificate))
    for kind, issue in kinds:
        menu.put(kind.label, partial(show_paper, page, kind, subject, issue, asked))
