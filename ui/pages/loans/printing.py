"""Which papers a loan has by now; the one that is chosen opens in the register of papers."""

from collections.abc import Callable
from functools import partial

from app.core.words.loans import LoanEventKind, LoanState, StepOutcome
from app.core.words.papers import PaperKind
from app.loans.issuing import (
    issue_commitment,
    issue_overdue_notice,
    issue_plan,
    issue_recommendation,
    issue_repayment_receipt,
    issue_settlement_certificate,
    issue_survey_form,
)
from app.loans.paper_records import EntryPaper, NoticePaper
from app.loans.records import LoanById
from app.loans.side_records import SidesView
from app.loans.view_records import LoanView
from ui.issuing import show_paper
from ui.kit.menus import Menu
from ui.kit.page import Page


def menu_of(page: Page, view: LoanView, sides: SidesView | None) -> Menu:
    """Return the menu of the papers that there can be by now."""
    menu = Menu(page, "loan_papers")
    subject, asked = f"loan/{view.row.id}", LoanById(id=view.row.id)
    taken = {step.step for step in view.steps if step.outcome is StepOutcome.PASSED}
    for step, kind, issue in (
        (LoanState.RECOMMENDED, PaperKind.LOAN_RECOMMENDATION, issue_recommendation),
        (LoanState.SURVEYED, PaperKind.LOAN_SURVEY, issue_survey_form),
        (LoanState.GUARANTEED, PaperKind.GUARANTEE_COMMITMENT, issue_commitment),
    ):
        if step in taken:
            menu.put(kind.label, partial(show_paper, page, kind, subject, issue, asked))
    if view.plan:
        # The plan changes with every payment: each print is a paper of its own.
        menu.put(
            PaperKind.REPAYMENT_PLAN.label,
            lambda: page.desk.perform(issue_plan, asked, then=_go(page)),
        )
    last = next(
        (
            entry
            for entry in reversed(view.events)
            if entry.kind is LoanEventKind.REPAID and entry.reversed_by is None
        ),
        None,
    )
    if last is not None and view.standing is not None:
        receipt = EntryPaper(loan_id=view.row.id, entry=last.number)
        menu.put(
            f"{PaperKind.REPAYMENT_RECEIPT.label}　{last.day.isoformat()}",
            lambda: page.desk.perform(issue_repayment_receipt, receipt, then=_go(page)),
        )
    if view.row.overdue_days:
        _offer_notices(page, menu, view, sides)
    if view.row.state is LoanState.SETTLED:
        kind = PaperKind.SETTLEMENT_CERTIFICATE
        menu.put(
            kind.label,
            partial(show_paper, page, kind, subject, issue_settlement_certificate, asked),
        )
    return menu


def _offer_notices(page: Page, menu: Menu, view: LoanView, sides: SidesView | None) -> None:
    """Offer a notice to the borrower and to each guarantor."""
    names: list[tuple[str, int | None]] = [(view.row.name, None)]
    if sides is not None:
        names += [(side.name, side.id) for side in sides.rows if side.live and side.form]
    for name, side_id in names:
        notice = NoticePaper(loan_id=view.row.id, side_id=side_id)
        menu.put(
            f"{PaperKind.OVERDUE_NOTICE.label}　{name}",
            lambda notice=notice: page.desk.perform(issue_overdue_notice, notice, then=_go(page)),
        )


def _go(page: Page) -> Callable[[int], None]:
    def go(paper_id: int) -> None:
        page.go.emit("papers", paper_id)

    return go
