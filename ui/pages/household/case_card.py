"""The case at work: what was applied for, what policy says of it, and the opinion to write."""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from app.cases.records import CaseStepForm, CaseView
from app.cases.rules import OpinionNeeded
from app.core.i18n import _
from app.core.kinds import Moment
from app.core.words.cases import CaseState
from app.policy.explain import conclusion, says
from app.policy.findings import Assessment, Findings, Reason
from app.policy.pack import Outcome
from app.work import Action
from ui.kit.cards import Card, Facts, clear_layout
from ui.kit.cells import shown
from ui.kit.form import FormView
from ui.kit.labels import Chip, Label, Rule
from ui.kit.layout import remark
from ui.kit.page import Page
from ui.pages.household.stages import LOOKS

MARKS = {
    True: ("circle-check", "ok"),
    False: ("circle-x", "bad"),
    None: ("circle-question-mark", "wait"),
}
TONES = {Outcome.YES: "ok", Outcome.NO: "bad", Outcome.UNKNOWN: "wait"}
MOMENT = Moment(label="")


class CaseCard(Card):
    """One case with the result of the classification and, for those who act, the opinion."""

    words_wanted = Signal()
    """An opinion is needed: bring it into sight."""

    def __init__(self) -> None:
        super().__init__(_("Application"))
        self.setObjectName("case_card")
        self._chip = Chip("")
        self.add_to_head(self._chip)
        self._facts = Facts(92)
        self.add(self._facts)
        self.add(Rule())
        self._findings = QVBoxLayout()
        self._findings.setSpacing(6)
        self.add(self._findings)
        self.opinion = FormView(CaseStepForm, ["opinion"], name="form_opinion")
        self.add(self.opinion)
        self.body.addStretch(1)

    def show_case(self, case: CaseView, asks: str) -> None:
        """Show a case; ``asks`` is what the opinion is for, empty when there is none to write."""
        row = case.row
        icon, tone = LOOKS[row.state]
        self._chip.show_state(row.state.label, icon, tone)
        facts = self._facts
        facts.clear()
        facts.add_fact(_("Case number"), row.number)
        when = shown(MOMENT, row.accepted_at)
        facts.add_fact(_("Acceptance"), _("{name}, {time}").format(name=row.accepted_by, time=when))
        facts.add_fact(_("Applied for"), _(", ").join(row.items) or "—")
        facts.add_fact(_("Papers handed in"), _(", ").join(case.papers_handed_in) or "—")
        if case.note:
            facts.add_fact(_("Note"), case.note)
        if case.row.state is CaseState.ACCEPTED:
            due = row.due_on.isoformat()
            more = _("provisional") if case.due_provisional else ""
            facts.add_fact(_("Due"), due, more)
        if case.decided_at is not None:
            when = shown(MOMENT, case.decided_at)
            by = _("{name}, {time}").format(name=case.decided_by, time=when)
            facts.add_fact(_("Decided by"), by)
        if case.opinion:
            facts.add_fact(_("Opinion"), case.opinion)
        self.opinion.setVisible(bool(asks))
        self.opinion.boxes["opinion"].set_hint(asks)

    def show_findings(self, findings: Findings | None) -> None:
        """Show the classification as of today, in short."""
        clear_layout(self._findings)
        found = findings.classification if findings else None
        if found is None:
            return
        words = conclusion(found)
        self._findings.addWidget(Label(words, "section", tone=TONES[found.outcome], wrap=True))
        for reason in _telling(found):
            self._findings.addLayout(remark(*MARKS[reason.held], says(reason)))
        for missing in found.missing:
            self._findings.addLayout(remark("circle-dashed", "wait", missing.tell()))

    def decide(
        self, page: Page, case: CaseView, action: Action[CaseStepForm, Any], says: str
    ) -> None:
        """Take a step of the case with the opinion as written; ``says`` is the toast."""
        form = self.step(case)
        if form is None:
            return

        def done(result: object) -> None:
            self.opinion.clear()
            page.toast.emit(_(says).format(result=result), None)

        def failed(error: Exception) -> None:
            if not isinstance(error, OpinionNeeded):
                page.desk.feedback.show(error)
                return
            self.words_wanted.emit()
            self.opinion.boxes["opinion"].set_problem(error.tell())
            self.opinion.focus_problem()

        invalid = self.opinion.show_problems
        page.desk.perform(action, form, then=done, invalid=invalid, failed=failed)

    def step(self, case: CaseView) -> CaseStepForm | None:
        """Return the step with the opinion as typed; `None` after marking what is wrong."""
        if not self.opinion.check():
            self.opinion.focus_problem()
            return None
        opinion = str(self.opinion.value("opinion") or "")
        return CaseStepForm(id=case.row.id, version=case.row.version, opinion=opinion)


def _telling(found: Assessment) -> list[Reason]:
    """Return the reasons worth a line: those that hold, or all that stand in the way."""
    if found.outcome is Outcome.YES:
        return [reason for reason in found.reasons if reason.held]
    return [leaf for reason in found.reasons for leaf in reason.leaves() if leaf.held is False]
