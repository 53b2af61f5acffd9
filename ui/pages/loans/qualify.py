"""Whether a borrower qualifies: every condition with its basis, answered while one looks on."""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from app.core.i18n import _
from app.core.record import values
from app.core.words.loans import BorrowerKind
from app.loans.eligibility_records import (
    EligibilityAnswers,
    EligibilityAsked,
    EligibilityFindings,
    EligibilityReason,
)
from app.loans.qualifying import check_eligibility, preview_eligibility
from app.loans.records import EligibilityForm
from app.loans.view_records import LoanView
from ui.kit.ask_pane import AskPane, Perform
from ui.kit.cards import EmptyState, clear_layout
from ui.kit.cells import Cell, Column, yuan
from ui.kit.editing import Context
from ui.kit.form import FormView
from ui.kit.labels import Label
from ui.kit.page import Page
from ui.kit.table import RecordTable

OF_ALL = ("group_proved", "micro_profit", "repaid_in_time")
OF_FIRMS = ("labour_intensive", "hires_contracted", "wage_arrears", "insurance_arrears")


class Qualify:
    """Asks what the desk saw, and shows what the rules say of it."""

    def __init__(
        self, page: Page, pane: AskPane, show: Callable[[], None], perform: Perform
    ) -> None:
        self._page, self._desk, self._pane = page, page.desk, pane
        self._show, self._perform = show, perform

    def ask(self, view: LoanView) -> None:
        """Ask for the answers; the step can be booked once every condition is met."""
        firm = view.row.borrower_kind is BorrowerKind.SMALL_FIRM
        names = [*OF_ALL, *(OF_FIRMS if firm else ())]
        form: Any = FormView(
            EligibilityAsked,
            ["day", *names],
            spans={"day": 6, **dict.fromkeys(names, 6)},
            context=Context(today=self._desk.today),
            name="qualify_form",
        )
        form.set_value("day", self._desk.today())
        below = _Below()

        def told() -> EligibilityForm | None:
            asked = form.record()
            if asked is None:
                return None
            told: dict[str, Any] = {**values(asked), "papers": below.papers()}
            day = told.pop("day")
            return EligibilityForm(
                id=view.row.id,
                version=view.row.version,
                day=day,
                answers=EligibilityAnswers(**told),
            )

        def show(found: EligibilityFindings) -> None:
            if self._pane.form is not form:
                return
            below.show_findings(found)
            self._pane.finish.allow("" if found.qualifies else _("Not every condition is met"))

        def count() -> None:
            if (asked := told()) is not None:
                self._desk.ask(preview_eligibility, asked, then=show, failed=wrong, latest=below)

        def wrong(error: Exception) -> None:
            if self._pane.form is not form:
                return
            below.clear(str(error))
            self._pane.finish.allow(str(error))

        def send(_answers: object) -> None:
            if (asked := told()) is not None:
                self._perform(check_eligibility, asked, _("Qualifies: the reasons are sealed"))

        title = _("Does {name} qualify?　{number}")
        self._pane.ask(
            title.format(name=view.row.name, number=view.row.number),
            form,
            _("Qualifies"),
            send,
            below=below,
        )
        form.settle()
        form.edited.connect(count)
        below.edited = count
        self._show()
        form.focus(names[0])
        count()


class _Below(QWidget):
    """The conditions with their basis, and the papers that were handed in."""

    def __init__(self) -> None:
        super().__init__()
        self.edited: Callable[[], object] = lambda: None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self._says = Label(role="strong", wrap=True)
        self._says.setObjectName("qualify_says")
        column.addWidget(self._says)
        self.reasons = RecordTable(
            EligibilityReason,
            [Column("says", _("Condition"), stretch=True, cell=_reason)],
            name="table_reasons",
            two_lines=True,
            sortable=False,
            empty=EmptyState(_("No rules are known for this kind of borrower and day")),
        )
        self.reasons.setMinimumHeight(220)
        column.addWidget(self.reasons, 1)
        self._papers_title = Label(_("Papers handed in"), "strong")
        column.addWidget(self._papers_title)
        holder = QWidget()
        self._papers = QVBoxLayout(holder)
        self._papers.setContentsMargins(0, 0, 0, 0)
        column.addWidget(holder)
        self._boxes: dict[str, QCheckBox] = {}

    def papers(self) -> tuple[str, ...]:
        """Return the papers that are ticked."""
        return tuple(title for title, box in self._boxes.items() if box.isChecked())

    def clear(self, words: str) -> None:
        """Show nothing but why."""
        self._says.setText(words)
        self.reasons.show_rows([])

    def show_findings(self, found: EligibilityFindings) -> None:
        """Show what the rules say."""
        parts = [found.title]
        if found.most is not None:
            parts.append(_("at most {amount} yuan").format(amount=yuan(found.most)))
        if found.longest is not None:
            parts.append(_("at most {count} months").format(count=found.longest))
        if found.provisional:
            parts.append(_("the rules are not confirmed yet"))
        self._says.setText("　".join(parts))
        self.reasons.show_rows(found.reasons)
        titles = [paper.says for paper in found.papers]
        if titles != list(self._boxes):
            self._show_papers(titles)

    def _toggled(self, _on: bool) -> None:
        self.edited()

    def _show_papers(self, titles: list[str]) -> None:
        before = set(self.papers())
        clear_layout(self._papers)
        self._boxes = {}
        self._papers_title.setVisible(bool(titles))
        line: QHBoxLayout | None = None
        for place, title in enumerate(titles):
            if place % 2 == 0 or line is None:
                line = QHBoxLayout()
                self._papers.addLayout(line)
            box = QCheckBox(title)
            box.setChecked(title in before)
            box.toggled.connect(self._toggled)
            self._boxes[title] = box
            line.addWidget(box, 1)


def _reason(row: EligibilityReason) -> Cell:
    icon, tone = {
        True: ("circle-check", "ok"),
        False: ("ban", "bad"),
        None: ("circle-question-mark", "wait"),
    }[row.held]
    settled = _("settled by {paper}").format(paper=row.settled_by) if row.held is None else ""
    return Cell(
        row.says, settled or f"{row.article}　{row.source}".strip("　"), icon=icon, tone=tone
    )
