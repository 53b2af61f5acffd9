"""Recognition as difficult to employ: examined, applied for, decided by another, ended."""

from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.i18n import _
from app.core.words.placements import RecognitionState
from app.placements.recognising import (
    apply_recognition,
    decide_recognition,
    end_recognition,
    examine_recognition,
)
from app.placements.recognition_records import (
    RecognitionAsked,
    RecognitionDecision,
    RecognitionEndForm,
    RecognitionFindings,
    RecognitionForm,
    RecognitionRow,
)
from app.placements.seeker_records import SeekerView
from app.policy.pack import Outcome
from ui.kit.ask_pane import Form
from ui.kit.banners import Banner
from ui.kit.cards import clear_layout
from ui.kit.cells import joined
from ui.kit.editing import Context
from ui.kit.form import FormView
from ui.kit.labels import Label, Rule
from ui.pages.jobs.conditions import condition_line

if TYPE_CHECKING:
    from ui.pages.jobs.page import JobsPage

TONES: Final = {Outcome.YES: "ok", Outcome.NO: "bad", Outcome.UNKNOWN: "wait"}
LIVE: Final = (RecognitionState.APPLIED, RecognitionState.RECOGNISED)


class FindingsView(QWidget):
    """What the policy says of a person: the conclusion, then every condition with its article."""

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)

    def show_findings(self, found: RecognitionFindings | None) -> None:
        """Show other findings, or none."""
        clear_layout(self._column)
        if found is None:
            return
        papers = "、".join(found.missing)
        missing = _("Bring: {papers}").format(papers=papers) if papers else ""
        text = joined(found.entitlement if found.outcome is Outcome.YES else "", missing)
        self._column.addWidget(Banner(TONES[found.outcome], found.conclusion, text))
        if found.differs:
            says = _("The household file says otherwise")
            self._column.addWidget(Banner("wait", says, "；".join(found.differs)))
        sure = _("the policy is not confirmed yet") if found.provisional else ""
        source = joined(found.title, found.day.isoformat(), sure)
        self._column.addWidget(Label(source, "small", wrap=True))
        for reason in found.reasons:
            self._column.addWidget(Rule())
            self._column.addWidget(condition_line(reason))
        self._column.addStretch(1)


class RecognitionActs:
    """The acts around a recognition."""

    def __init__(self, page: "JobsPage") -> None:
        self._page, self._desk = page, page.desk

    def _context(self) -> Context:
        return Context(today=self._desk.today)

    def ask_apply(self, view: SeekerView) -> None:
        """Show what the policy says of a seeker, and apply; one that stands is opened instead."""
        live = next((each for each in view.recognitions if each.state in LIVE), None)
        if live is not None:
            self._page.turn_to("recognitions", live.id)
            return
        page, below = self._page, FindingsView()
        form: Form = FormView(
            RecognitionForm,
            ["applied_on", "note"],
            spans={"applied_on": 4, "note": 12},
            hints={"note": _("Needed while something cannot be told: how it will be settled")},
            fixed={"job_seeker_id": view.row.id, "version": view.row.version},
            context=self._context(),
            name="recognition_form",
        )
        form.set_value("applied_on", self._desk.today())

        def show(found: RecognitionFindings) -> None:
            if page.pane.form is form:
                below.show_findings(found)
                no = found.outcome is Outcome.NO
                page.pane.finish.allow(_("The policy says no") if no else "")

        def wrong(error: Exception) -> None:
            if page.pane.form is form:
                page.pane.finish.allow(str(error))
                self._desk.feedback.show(error)

        def examine() -> None:
            asked = RecognitionAsked(id=view.row.id, day=form.value("applied_on"))
            self._desk.ask(examine_recognition, asked, then=show, failed=wrong, latest=below)

        def applied(recognition_id: int) -> None:
            page.turn_to("recognitions", recognition_id)

        def send(record: RecognitionForm) -> None:
            says = _("Applied for; another person decides")
            page.do(apply_recognition, record, says, applied)

        title = _("Recognise {name} as difficult to employ").format(name=view.row.name)
        page.ask_for(title, form, _("Apply for recognition"), send, below=below)
        form.boxes["applied_on"].editor.left.connect(examine)
        examine()

    def ask_decide(self, row: RecognitionRow, *, recognised: bool) -> None:
        """Ask for day and words of a decision."""
        page = self._page
        form: Form = FormView(
            RecognitionDecision,
            ["day", "opinion"],
            spans={"day": 4, "opinion": 12},
            fixed={"id": row.id, "version": row.version, "recognised": recognised},
            context=self._context(),
            name="decision_form",
        )
        form.set_value("day", self._desk.today())

        def send(record: RecognitionDecision) -> None:
            state = RecognitionState.RECOGNISED if recognised else RecognitionState.REFUSED
            page.do(decide_recognition, record, f"{row.name}　{state.label}")

        if recognised:
            title, verb = _("Recognise {name}"), _("Recognise")
        else:
            title, verb = _("Do not recognise {name}"), _("Do not recognise")
        page.ask_for(title.format(name=row.name), form, verb, send)

    def ask_end(self, row: RecognitionRow) -> None:
        """Ask since when and why a recognition does not hold any more."""
        page = self._page
        form: Form = FormView(
            RecognitionEndForm,
            ["day", "reason"],
            spans={"day": 4, "reason": 12},
            fixed={"id": row.id, "version": row.version},
            context=self._context(),
            name="end_form",
        )
        form.set_value("day", self._desk.today())

        def send(record: RecognitionEndForm) -> None:
            page.do(end_recognition, record, _("Recognition ended"))

        title = _("End the recognition of {name}").format(name=row.name)
        page.ask_for(title, form, _("End it"), send)
