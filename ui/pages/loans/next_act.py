"""What comes next for a loan: the one primary act, by where it stands and what is in sight."""

from typing import TYPE_CHECKING

from app.core.i18n import _
from app.core.words.loans import ChangeState, LoanEventKind, LoanState
from app.loans.money import confirm_change, enter_change, record_repayment
from app.loans.money_records import LoanChangeRow
from app.loans.qualifying import check_eligibility
from app.loans.records import LoanCheckRow
from app.loans.steps import decide_guarantee
from app.loans.view_records import LoanView
from ui.pages.loans import words
from ui.pages.loans.detail import CHECKS, MONEY
from ui.pages.loans.menus import COMMITTEE

if TYPE_CHECKING:
    from ui.pages.loans.page import LoansPage

LENT = (LoanState.REPAYING, LoanState.RECORDED, LoanState.COMPENSATED)

OWED = (LoanState.COMPENSATED, LoanState.WRITTEN_OFF)
"""States in which something can be recovered; what is written off may still come in."""


class NextAct:
    """Names the next act of a loan and takes it."""

    def __init__(self, page: "LoansPage") -> None:
        self._page = page

    def offer(self, view: LoanView) -> tuple[str, str]:
        """Return what comes next for a loan, and why this person may not do it."""
        reason, part = self._page.desk.reason, self._page.detail.part()
        waiting = self._waiting(view)
        if part == MONEY and waiting is not None:
            mine = _("You entered this yourself, so another person confirms it")
            return _("Confirm the change"), mine if waiting.mine else reason(confirm_change)
        if part == CHECKS and self._check_due(view) is not None:
            return _("Report the check"), reason(record_repayment)
        if view.next_step is COMMITTEE:
            mine = _("Another person has to decide") if view.not_by_me else ""
            return words.step(COMMITTEE), reason(decide_guarantee) or mine
        if view.next_step is not None:
            return words.step(view.next_step), reason(check_eligibility)
        if view.row.state in (LoanState.REPAYING, LoanState.RECORDED):
            return _("Book a repayment"), reason(record_repayment)
        if view.row.state in OWED:
            return LoanEventKind.RECOVERED.label, reason(enter_change)
        return "", ""

    def take(self, view: LoanView) -> None:
        """Ask for what comes next."""
        page, part = self._page, self._page.detail.part()
        waiting, check = self._waiting(view), self._check_due(view)
        if part == MONEY and waiting is not None:
            page.money.ask_confirm(view, waiting)
        elif part == CHECKS and check is not None:
            page.money.ask_check(check)
        elif view.next_step is LoanState.CHECKED:
            page.qualify.ask(view)
        elif view.next_step is not None:
            page.steps.next(view)
        elif view.row.state in OWED:
            page.money.ask_change(view, LoanEventKind.RECOVERED)
        elif view.row.state in LENT:
            page.money.ask_repayment(view)

    def _waiting(self, view: LoanView) -> LoanChangeRow | None:
        """Return the change that waits for a second person: the marked one, or the first."""
        waiting = [each for each in view.changes if each.state is ChangeState.ENTERED]
        chosen = self._page.detail.changes.current()
        return chosen if chosen in waiting else next(iter(waiting), None)

    def _check_due(self, view: LoanView) -> LoanCheckRow | None:
        due = [each for each in view.checks if each.result is None]
        chosen = self._page.detail.checks.current()
        return chosen if chosen in due else next(iter(due), None)
