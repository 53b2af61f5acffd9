"""The tab of the filing steps: the panel, what it asks, and its act as the page's."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from PySide6.QtWidgets import QStackedWidget, QTabBar

from app.cases.records import CaseRow
from app.core.i18n import _
from app.core.record import Nothing
from app.core.words.filing import BEFORE_FILING, IN_THE_WAY, RESULTS, StepState
from app.filing.queries import filing_path, filing_rules
from app.filing.records import FilingPath, FilingRules, StepRow
from app.households.records import ById
from ui.filing.panel import StepsPanel
from ui.filing.task import Here
from ui.kit.page import Page
from ui.kit.ribbon import Stage
from ui.pages.household.next_step import FILE, NextStep

FIRST: Final = 2
"""Stages a case has at least: acceptance and filing."""


class StepsTab(StepsPanel):
    """The panel on the page of a household; ``told`` is called when its steps are known."""

    def __init__(self, page: Page, tabs: QTabBar, told: Callable[[], None]) -> None:
        super().__init__(page)
        self._tabs = tabs
        self.path: FilingPath | None = None
        self._told = told
        self._rules: FilingRules | None = None
        self._household_id: int | None = None
        self._may = page.desk.may(filing_path)
        self._brought = False
        """The household was opened for its steps."""
        self.task_changed.connect(told)
        tabs.currentChanged.connect(told)

    def forget(self, household_id: int) -> None:
        """Another household is shown."""
        self.path = None
        self._household_id = household_id
        self.clear()

    def ask(self) -> None:
        """Ask for the steps of the household; bring them into sight if it was opened for them."""
        id_, desk = self._household_id, self._page.desk
        if id_ is None or not self._may:
            return
        stack = self.parentWidget()
        if self._brought and isinstance(stack, QStackedWidget):
            self._tabs.setCurrentIndex(stack.indexOf(self))
            self.first().setFocus()
        self._brought = False
        if self._rules is None:
            desk.ask(filing_rules, Nothing(), then=self._take_rules, latest=(self, "rules"))
        take = partial(self._take_path, id_)
        desk.ask(filing_path, ById(id=id_), then=take, latest=(self, "path"))

    def _take_rules(self, rules: FilingRules) -> None:
        self._rules = rules
        self._show_both()

    def _take_path(self, household_id: int, path: FilingPath) -> None:
        if household_id == self._household_id:
            self.path = path
            self._show_both()
            self._told()

    def _show_both(self) -> None:
        if self.path and self._rules and self._household_id:
            self.show_steps(Here(self._household_id, self.path, self._rules))

    def wanted(self, what: object) -> object:
        """Return which household to show; asked for its steps, the tab comes into sight."""
        match what:
            case ("steps", int(household_id)):
                self._brought = True
                return household_id
            case _:
                return what

    def take_over(self) -> bool:
        """While the tab is in sight, F9 and Ctrl+Enter belong to its form, and the bar of the case
        leaves it the room; tell whether it is."""
        self._page.bar().setVisible(self.isHidden())
        if self.isHidden():
            return False
        seen = self.isVisibleTo(self._page)  # the documents may stand before it
        self._page.primary = self.act if seen else None
        if self.act.isHidden() or not seen:
            self._page.withdraw("F9")
        else:
            self._page.offer("F9", self.act.words(), self.act.click, self.act.reason)
        return True


def with_steps(
    stages: Sequence[Stage], case: CaseRow | None, path: FilingPath | None
) -> list[Stage]:
    """Return the stages of a case with its filing steps between acceptance and filing: those that
    are required and those that were taken. A file that was left ends with its way out."""
    if case is None or path is None or len(stages) < FIRST:
        return list(stages)
    newest = {row.kind: row for row in reversed(path.steps) if _counts(row, case)}
    taken = [
        Stage(kind.label, _state(newest.get(kind)))
        for kind in BEFORE_FILING
        if kind in newest or (kind in path.missing)
    ]
    accepted, filing, *rest = stages
    if path.missing and filing.state == "now":
        filing = Stage(filing.words, "next")
    out = [Stage(path.way_out, "stopped")] if path.way_out else []
    return _with_one_present([accepted, *taken, filing, *rest, *out])


def _with_one_present(stages: Sequence[Stage]) -> list[Stage]:
    """Return stages of which the first at work alone is the present one."""
    now = next((stage for stage in stages if stage.state == "now"), None)
    return [
        Stage(stage.words, "next") if stage.state == "now" and stage is not now else stage
        for stage in stages
    ]


def _counts(row: StepRow, case: CaseRow) -> bool:
    return row.case_id == case.id and row.state is not StepState.VOID


def _state(row: StepRow | None) -> str:
    match row:
        case None:
            return "next"
        case StepRow(state=StepState.DONE):
            return "done" if RESULTS[row.kind](row.result) not in IN_THE_WAY else "stopped"
        case _:
            return "now"


def held_back(step: NextStep, path: FilingPath | None) -> NextStep:
    """Return the next step; filing is closed while a required step is missing, and says which."""
    if step.act != FILE or path is None or not path.missing:
        return step
    missing = _(", ").join(kind.label for kind in path.missing)
    words = _("Still missing before filing: {steps}").format(steps=missing)
    return step._replace(says=words, reason=step.reason or words)
