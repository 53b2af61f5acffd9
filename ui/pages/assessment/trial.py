"""The trial mode (试算): asks what would be if facts were otherwise; nothing is kept."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.cases.trial import TrialFacts, assess_trial
from app.policy.findings import Findings
from ui.answers import Answer, answers
from ui.pages.assessment.trying import TrialPanel

if TYPE_CHECKING:
    from ui.pages.assessment.page import AssessmentPage


class Trial(QObject):
    """Whether the page is on trial, and what comes of the facts as they are typed.

    What was typed stays for the next time, until another household is shown.
    """

    turned = Signal()
    """It began or ended."""
    came = Signal()
    """There is another result of the trial."""

    def __init__(self, page: "AssessmentPage") -> None:
        super().__init__(page)
        self._page = page
        self.on = False
        self._found: Findings | None = None
        self.panel = TrialPanel(page.desk.today)
        self.panel.edited.connect(self._ask)

    def forget(self) -> None:
        """End it and forget what was typed: another household is shown."""
        self.on, self._found = False, None
        self.panel.forget()

    def turn(self) -> None:
        """Begin the trial, or end it."""
        if self._page.findings is None or self._page.view is None:
            return
        self.on, self._found = not self.on, None
        self.again()
        self.turned.emit()

    def again(self) -> None:
        """Try on what the file holds now."""
        findings = self._page.findings
        if self.on and findings is not None:
            self.panel.begin(findings, self._page.names())
            self._ask()

    def answers(self) -> list[Answer]:
        """Return what came of the trial; nothing while there is none."""
        return answers(self._found, self._page.names()) if self.on and self._found else []

    def _ask(self) -> None:
        view = self._page.view
        if view is None or not self.on:
            return
        household, members = self.panel.changes()
        request = TrialFacts(
            household_id=view.id, as_of=self._page.as_of(), household=household, members=members
        )
        self._page.desk.ask(assess_trial, request, then=self._came, latest=(self, "trial"))

    def _came(self, findings: Findings) -> None:
        if self.on:
            self._found = findings
            self.came.emit()
