"""The bar of the household page: the one next step, and sending back and refusing beside it."""

from functools import partial
from typing import Any

from app.cases.actions import file_case, refuse_case, resubmit_case, return_case
from app.cases.records import CaseStepForm, CaseView
from app.core.i18n import N_, _
from app.households.records import HouseholdView
from app.work import Action
from ui.kit.buttons import Button
from ui.kit.page import Page
from ui.pages.household.case_card import CaseCard
from ui.pages.household.next_step import APPLY, FILE, RESUBMIT, NextStep
from ui.pages.household.steps import StepsTab


class Acting:
    """Shows a `NextStep` in the bar of ``page`` and does it."""

    def __init__(self, page: Page, case_card: CaseCard, steps: StepsTab) -> None:
        self._page, self._case_card, self._steps = page, case_card, steps
        self._view: HouseholdView | None = None
        self._case: CaseView | None = None
        self.step = NextStep("")
        bar = page.bar()
        refuse = Button(
            _("Refuse to file"),
            self._ask_refusal,
            kind="danger",
            icon="ban",
            name="act_refuse_case",
        )
        back = Button(_("Send back"), self._send_back, key="Ctrl+B", name="act_return_case")
        self._refuse, self._return = bar.add(refuse), bar.add(back)
        self._next = bar.add(Button("", self.do_next, kind="primary", key="F9", name="act_next"))

    def show(self, step: NextStep, view: HouseholdView | None, case: CaseView | None) -> None:
        """Show what this person can do next with a case, or with a household that has none."""
        self.step, self._view, self._case = step, view, case
        self._page.bar().say(step.says, step.more)
        self._refuse.setVisible(step.may_refuse)
        self._return.setVisible(step.may_return)
        self._next.setVisible(bool(step.act) and self._steps.isHidden())
        self._next.setText(step.words)
        self._next.setObjectName(step.act or "act_next")
        self._next.allow(step.reason)
        self._page.primary = self._next
        if self._steps.take_over():
            return
        if step.act:
            self._page.offer("F9", step.words, self.do_next, step.reason)
        else:
            self._page.withdraw("F9")

    def do_next(self) -> None:
        """Take the next step."""
        match self.step.act:
            case act if act == FILE:
                self._decide(file_case, N_("On file: {result}"))
            case act if act == RESUBMIT:
                self._decide(resubmit_case, N_("Handed in again"))
            case act if act == APPLY and self._view is not None:
                self._page.go.emit("intake", ("apply", self._view.id))
            case _ if self._case is not None:
                self._page.go.emit("award", self._case.row.id)
            case _:
                pass

    def _send_back(self) -> None:
        self._decide(return_case, N_("Sent back to be mended"))

    def _ask_refusal(self) -> None:
        name = self._view.name if self._view else ""
        self._page.desk.asking.confirm(
            self._page,
            _("Refuse to file the household of {name}?").format(name=name),
            _("The application ends with the reason you wrote; the household can apply again."),
            _("Refuse to file"),
            partial(self._decide, refuse_case, N_("Not filed")),
            danger=True,
        )

    def _decide(self, action: Action[CaseStepForm, Any], says: str) -> None:
        """Take a step of the case with the opinion as written."""
        if self._case is not None:
            self._case_card.decide(self._page, self._case, action, says)
