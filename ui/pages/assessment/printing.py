"""Asks which paper the client takes home: the reason sheet, or the notice of what is missing."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.cases.notices import (
    MissingNoticeForm,
    ReasonSheetForm,
    issue_missing_notice,
    issue_reason_sheet,
)
from app.core.i18n import _
from app.core.record import spec
from app.core.words.papers import PaperKind
from app.papers.needed import needed
from ui.kit.asking import Dialog
from ui.kit.buttons import Button
from ui.kit.choice_editors import FlagEditor
from ui.kit.labels import Label
from ui.kit.segments import Part, Segments

if TYPE_CHECKING:
    from ui.pages.assessment.page import AssessmentPage

DAYS: Final = (5, 10, 15, 20)
USUAL: Final = 10


class Wanted(NamedTuple):
    """The paper that was chosen."""

    kind: PaperKind
    large: bool
    days: int
    whole: bool


class PaperDialog(Dialog):
    """Offers the papers of an assessment; ``then`` gets what was chosen."""

    def __init__(
        self, parent: QWidget, name: str, no_notice: str, then: Callable[[Wanted], object]
    ) -> None:
        title = _("Which paper for {name}?").format(name=name)
        super().__init__(parent, title, "", "paper_dialog")
        self._then = then
        self.body.setSpacing(10)
        self.kinds = Segments(
            [
                Part(kind.value, kind.label)
                for kind in (PaperKind.REASON_SHEET, PaperKind.MISSING_NOTICE)
            ],
            name="segments_paper",
        )
        self.kinds.chosen.connect(self._show)
        self._says = Label(role="small", wrap=True)
        self._says.setObjectName("paper_says")
        self._no_notice = no_notice
        self.days = Segments(
            [Part(str(days), _("{days} working days").format(days=days)) for days in DAYS],
            name="segments_days",
        )
        self.days.choose(str(USUAL))
        self._days_row = QWidget()
        row = QHBoxLayout(self._days_row)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(Label(_("To be brought within"), "small"))
        row.addWidget(self.days)
        row.addStretch(1)
        self.large = FlagEditor(spec(ReasonSheetForm, "large"))
        self.whole = FlagEditor(spec(ReasonSheetForm, "whole"))
        for widget in (self.kinds, self._says, self._days_row, self.large, self.whole):
            self.body.addWidget(widget)
        back = Button(_("Go back"), self.reject, key="Esc", name="go_back")
        self._yes = Button(
            _("Issue and show"), self._finish, kind="primary", key="Ctrl+Enter", name="confirm"
        )
        self.add_acts([back, self._yes])
        self._show()
        self.kinds.setFocus()

    def choose(self, kind: PaperKind) -> None:
        """Choose a paper."""
        self.kinds.choose(kind.value)
        self._show()

    def _kind(self) -> PaperKind:
        return PaperKind(self.kinds.value())

    def _show(self) -> None:
        notice = self._kind() is PaperKind.MISSING_NOTICE
        self._days_row.setVisible(notice)
        self.whole.setVisible(not notice)
        says = _("All seven areas: what can be had, what to bring, what not and why.")
        if notice:
            says = self._no_notice or _(
                "Every paper that is still missing, where to get it, and by when."
            )
        self._says.setText(says)
        self._says.set_tone("wait" if notice and self._no_notice else "")
        self._yes.allow(self._no_notice if notice else "")
        self.adjustSize()

    def _finish(self) -> None:
        self.accept()
        large, whole = bool(self.large.value()), bool(self.whole.value())
        self._then(Wanted(self._kind(), large, int(self.days.value()), whole))


class Papers:
    """Asks which paper the client takes home, issues it and opens it in the register."""

    def __init__(self, page: "AssessmentPage") -> None:
        self._page = page

    def why_not(self) -> str:
        """Return why no paper can be issued now, or nothing."""
        if reason := self._page.desk.reason(issue_reason_sheet):
            return reason
        if self._page.trial.on:
            return _("Nothing can be done by a trial; end it first")
        return "" if self._page.findings else _("The assessment is not there yet")

    def ask(self) -> None:
        """Ask which paper, how large, and by when what is missing has to be here."""
        findings, view = self._page.findings, self._page.view
        if findings is None or view is None:
            return
        no_notice = ""
        if not any(paper.with_client for paper in needed(findings)):
            no_notice = _("There is nothing that the household has to bring.")
        elif findings.day != self._page.desk.today():
            no_notice = _("The notice speaks of today; go back to today first.")
        then = partial(self._issue, view.id, findings.day)
        PaperDialog(self._page.window(), view.name, no_notice, then).open()

    def _issue(self, household_id: int, day: date, wanted: Wanted) -> None:
        desk, large = self._page.desk, wanted.large
        if wanted.kind is PaperKind.MISSING_NOTICE:
            notice = MissingNoticeForm(household_id=household_id, days=wanted.days, large=large)
            desk.perform(issue_missing_notice, notice, then=self._show)
        else:
            sheet = ReasonSheetForm(
                household_id=household_id, as_of=day, large=large, whole=wanted.whole
            )
            desk.perform(issue_reason_sheet, sheet, then=self._show)

    def _show(self, paper_id: int) -> None:
        self._page.go.emit("papers", paper_id)
