"""The pane at the right of a paid batch: who was drawn to be asked, and what they said."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit

from app.core.i18n import _
from app.core.words.disbursements import SampleResult
from app.core.words.papers import PaperKind
from app.disbursements.batch_records import BatchById
from app.disbursements.sample_records import (
    Callee,
    CallForm,
    DrawForm,
    Sample,
    SampleById,
    SampleRow,
)
from app.disbursements.sampling import (
    draw_sample,
    issue_call_list,
    open_callee,
    record_call,
    sample_of,
)
from ui import theme
from ui.issuing import show_paper
from ui.kit.buttons import Button, IconButton
from ui.kit.cards import Card, EmptyState
from ui.kit.cells import Cell, Column
from ui.kit.labels import Label
from ui.kit.table import RecordTable
from ui.pages.batches.acts import BatchActs

WIDTH = 440
RESULTS = {
    SampleResult.RECEIVED: ("circle-check", "ok"),
    SampleResult.DIFFERS: ("triangle-alert", "wait"),
    SampleResult.NOT_RECEIVED: ("circle-x", "bad"),
    SampleResult.UNREACHABLE: ("clock", "text_soft"),
}
SHARES = (5, 10, 20, 100)
"""In a hundred: what is offered to be drawn."""


class SamplePane(Card):
    """Draws, shows whom to call, and takes the answers."""

    turned = Signal()
    """It came or went."""

    def __init__(self, acts: BatchActs) -> None:
        super().__init__(_("Was it received?"), flush=True)
        self.setObjectName("sample_pane")
        self._acts, self._desk = acts, acts.page.desk
        self._batch = 0
        self.add_to_head(
            IconButton("x", _("Close"), self.hide, key="Esc", size=26, name="close_sample")
        )
        self.share = Label(role="strong")
        self.share.setObjectName("sample_share")
        self.share.setContentsMargins(12, 0, 12, 4)
        self.add(self.share)
        draws = QHBoxLayout()
        draws.setContentsMargins(12, 0, 12, 6)
        draws.setSpacing(6)
        draws.addWidget(Label(_("Draw by lot"), "small"))
        self._draws = [
            Button(f"{share}%", self._drawing(share), small=True, name=f"act_draw_{share}")
            for share in SHARES
        ]
        for button in self._draws:
            draws.addWidget(button)
        draws.addStretch(1)
        self.add(draws)
        self.table = RecordTable(
            SampleRow,
            [
                Column("line", width=44),
                Column("name", width=70),
                Column("phone", width=110),
                Column("result", stretch=True, cell=result_cell),
            ],
            name="table_sample",
            flat=True,
            empty=EmptyState(_("Nobody was drawn yet"), _("Draw by lot whom to call.")),
        )
        self.table.picked.connect(self._picked)
        self.body.addWidget(self.table, 1)
        self.says = Label(role="small", wrap=True)
        self.says.setObjectName("sample_says")
        self.note = QLineEdit()
        self.note.setObjectName("sample_note")
        self.note.setMaxLength(200)
        self.note.setPlaceholderText(_("What was said"))
        self.note.setAccessibleName(_("What was said"))
        self.phone = Button(_("Show the number"), self._show_phone, small=True, name="act_phone")
        self.paper = Button(
            _("Call list"), self._print, icon="printer", small=True, name="act_call_list"
        )
        foot = QHBoxLayout()
        foot.setContentsMargins(12, 6, 12, 4)
        foot.setSpacing(6)
        foot.addWidget(self.phone)
        foot.addWidget(self.note, 1)
        foot.addWidget(self.paper)
        self.add(foot)
        self.says.setContentsMargins(12, 0, 12, 0)
        self.add(self.says)
        answers = QGridLayout()
        answers.setContentsMargins(12, 4, 12, 10)
        answers.setSpacing(6)
        self._answers = {
            result: Button(
                result.label,
                self._answering(result),
                small=True,
                key=f"Alt+{place}",
                name=f"act_{result.value}",
            )
            for place, result in enumerate(SampleResult, start=1)
        }
        for place, button in enumerate(self._answers.values()):
            answers.addWidget(button, place // 2, place % 2)
        answers.setColumnStretch(2, 1)
        self.add(answers)
        theme.changes.changed.connect(self._size)
        self._size()
        self.hide()

    def setVisible(self, visible: bool) -> None:
        """Tell that it came or went: the list beside it has less room, or more."""
        super().setVisible(visible)
        self.turned.emit()

    def _size(self) -> None:
        self.setFixedWidth(theme.px(WIDTH))

    def show_of(self, batch_id: int) -> None:
        """Show what was drawn of a batch."""
        self._batch = batch_id
        self._desk.ask(sample_of, BatchById(id=batch_id), then=self._show, latest="sample")

    def _show(self, sample: Sample) -> None:
        says = _("{drawn} of {paid} drawn, {called} called, {received} received in full")
        text = says.format(
            drawn=sample.drawn, paid=sample.paid, called=sample.called, received=sample.received
        )
        if sample.called:
            percent = 100 * sample.received // sample.called
            text += " " + _("({percent}% of those called)").format(percent=percent)
        self.share.setText(text)
        self.table.show_rows(sample.rows)
        all_drawn = _("Every payment was drawn") if sample.drawn == sample.paid else ""
        for button in self._draws:
            button.allow(self._desk.reason(draw_sample) or all_drawn)
        self.paper.allow(
            self._desk.reason(issue_call_list) or ("" if sample.rows else _("Nobody was drawn yet"))
        )
        self._picked(self.table.current())
        self.show()

    def _picked(self, row: object) -> None:
        self.says.setText("")
        self.note.clear()
        closed = self._desk.reason(record_call)
        if not isinstance(row, SampleRow):
            closed = closed or _("Choose a line first")
        elif row.result is not None:
            closed = closed or _("The answer is recorded already")
            self.note.setText(row.note)
        elif row.mine:
            closed = closed or _("You had a part in this payment; another person calls")
        for button in self._answers.values():
            button.allow(closed)
        self.phone.allow(closed)

    def _drawing(self, share: int) -> Callable[[], None]:
        def draw() -> None:
            form = DrawForm(batch_id=self._batch, percent=share)
            self._acts.perform(draw_sample, form, lambda _count: self.show_of(self._batch))

        return draw

    def _answering(self, result: SampleResult) -> Callable[[], None]:
        def answer() -> None:
            if (row := self.table.current()) is not None:
                form = CallForm(
                    id=row.id, version=row.version, result=result, note=self.note.text()
                )
                self._acts.perform(record_call, form, lambda _n: self.show_of(self._batch))

        return answer

    def _show_phone(self) -> None:
        row = self.table.current()
        if row is None:
            return

        def told(callee: Callee) -> None:
            says = _("{name}: {phone}. That it was shown is kept.")
            number = callee.phone or _("no number in the file")
            self.says.setText(says.format(name=callee.name, phone=number))

        self._acts.perform(open_callee, SampleById(id=row.id), told)

    def _print(self) -> None:
        asked, subject = BatchById(id=self._batch), f"batch/{self._batch}"
        show_paper(self._acts.page, PaperKind.CALL_LIST, subject, issue_call_list, asked)


def result_cell(row: SampleRow) -> Cell:
    """Return what was said."""
    if row.result is None:
        return Cell(_("Not called yet"), tone="text_soft")
    icon, tone = RESULTS[row.result]
    return Cell(row.result.label, second=row.note, icon=icon, tone=tone)
