"""The steps of one household: the list at the left, at the right what is done next."""

from functools import partial
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.core.i18n import N_, _
from app.core.words.filing import StepKind, StepState
from app.core.words.households import FileState
from app.filing.actions import begin_check, begin_visit, note_objection, void_step
from app.filing.deciding import report_review
from app.filing.records import BeginForm, ObjectionForm, StepById, StepRow, VoidStepForm
from ui.documents.picker import DocumentPicker
from ui.filing.task import Here, Task
from ui.filing.tasks import PAPERS, begin_task, task_of
from ui.filing.words import due_cell, kind_cell, state_cell, state_words, told, who_cell
from ui.issuing import show_paper
from ui.kit.ask_pane import stops
from ui.kit.buttons import Button
from ui.kit.cards import Card, EmptyState, Facts, clear_layout
from ui.kit.cells import Column
from ui.kit.labels import Chip, Label
from ui.kit.layout import scrolling
from ui.kit.page import Page
from ui.kit.table import RecordTable
from ui.kit.two_panes import TwoPanes

PENDING: Final = (StepKind.VISIT, StepKind.CROSS_CHECK, StepKind.NOTICE)
ON_FILE: Final = (*PENDING, StepKind.REVIEW, StepKind.EXIT)
BEGINS: Final = {
    FileState.PENDING: PENDING,
    FileState.ACTIVE: ON_FILE,
    FileState.CLOSED: (StepKind.RETURN,),
}
"""What can be begun with a file, by where it stands."""
WORDS: Final = {
    StepKind.VISIT: N_("Begin a visit"),
    StepKind.CROSS_CHECK: N_("Begin a cross-check"),
    StepKind.NOTICE: N_("Post a notice"),
    StepKind.REVIEW: N_("Review"),
    StepKind.EXIT: N_("Exit"),
    StepKind.RETURN: N_("Return"),
}
PRINT: Final = {
    StepKind.VISIT: N_("Visit record"),
    StepKind.CROSS_CHECK: N_("Authorisation"),
    StepKind.REVIEW: N_("Review sheet"),
}
RUNNING: Final = (StepState.OPEN, StepState.REPORTED)


class StepsPanel(QWidget):
    """What was done with a file and what comes next, each step in a short form.

    Digits begin a step; the one filled button belongs to the form, its key is given by the page.
    """

    document_wanted = Signal(int)
    """A document of a step is to be looked at."""
    task_changed = Signal()
    """Another act is offered, or none: `act` has it."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page, self._desk = page, page.desk
        self._here: Here | None = None
        self._task: Task | None = None
        self._beginning: StepKind | None = None
        self._wanted: int | None = None
        self._focus_due = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        self._begin_row = QWidget()
        self._begins = QHBoxLayout(self._begin_row)
        self._begins.setContentsMargins(0, 0, 0, 0)
        self._begins.setSpacing(8)
        column.addWidget(self._begin_row)
        self.panes = TwoPanes(self._make_list(), self._make_task(), (500, 620))
        self.panes.turned.connect(self._begin_row.setHidden)
        column.addWidget(self.panes, 1)
        self._show(None)

    def _make_list(self) -> QWidget:
        card = Card(flush=True)
        self.table: RecordTable[StepRow] = RecordTable(
            StepRow,
            [
                Column("kind", width=120, cell=kind_cell),
                Column("state", width=120, cell=state_cell, stretch=True),
                Column("due_on", width=120, cell=due_cell),
                Column("opened_by", _("By"), 96, who_cell),
            ],
            name="table_steps",
            two_lines=True,
            empty=EmptyState(_("No step was taken yet"), _("Begin one above.")),
            flat=True,
        )
        self.table.picked.connect(self._pick)
        self.table.opened.connect(self._enter)
        card.add(self.table)
        return card

    def _make_task(self) -> QWidget:
        card = Card(flush=True)
        self._title = Label(role="section")
        self._title.setObjectName("step_title")
        self._chip = Chip("")
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._chip)
        self._facts = Facts(96)
        self._says = Label(role="small", wrap=True)
        self._form_place = QVBoxLayout()
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(16, 12, 16, 8)
        column.setSpacing(10)
        column.addLayout(head)
        column.addWidget(self._facts)
        column.addWidget(self._says)
        column.addLayout(self._form_place)
        self.documents = DocumentPicker(self._desk)
        self.documents.opened.connect(self.document_wanted)
        column.addWidget(self.documents)
        column.addStretch(1)
        card.body.addWidget(scrolling(inside), 1)
        foot = card.add_foot()
        foot.setContentsMargins(16, 8, 16, 8)
        self._void = self._side(_("Make void…"), self._ask_void, "ban", "act_void_step", "danger")
        self._object = self._side(
            _("Note an objection…"), self._ask_objection, "messages-square", "act_note_objection"
        )
        self._print = self._side("", self._show_paper, "scroll-text", "act_print_step")
        foot.addWidget(self._void)
        foot.addStretch(1)
        foot.addWidget(self._object)
        foot.addWidget(self._print)
        self.act = Button("", self.run, kind="primary", key="F9", name="act_step")
        foot.addWidget(self.act)
        return card

    def _side(self, words: str, run: Any, icon: str, name: str, kind: str = "quiet") -> Button:
        return Button(words, run, kind=kind, icon=icon, small=True, name=name)

    # What is shown

    def first(self) -> QWidget:
        """Return where the focus goes: the list, or where nothing was taken yet, what begins."""
        self._focus_due = self._here is None
        if self._here is None or self._here.path.steps:
            return self.table.first()
        begins = (self._begins.itemAt(at).widget() for at in range(self._begins.count()))
        return next((each for each in begins if isinstance(each, Button)), self.table.view)

    def clear(self) -> None:
        """Forget the household: another one is shown."""
        self._here = self._beginning = self._wanted = None
        self.table.show_rows([])
        self.documents.show_household(None)
        self._show(None)

    def show_steps(self, here: Here) -> None:
        """Show the steps of a household; what is being typed stays."""
        first = self._here is None
        self._here = here
        if first:
            self.documents.show_household(here.household_id)
        focus = self.window().focusWidget()
        held = self._focus_due or self._begin_row.isAncestorOf(focus or self)
        self._offer_begins(here)
        rows = here.path.steps
        self.table.show_rows(rows)
        if held:  # the buttons are new ones, in sight at the next turn only
            first = self.first()
            first.show()
            first.setFocus()
        if self._wanted is not None:
            wanted, self._wanted = self._wanted, None
            self.table.select_where(lambda row: row.id == wanted)
            if self._task is not None:
                self._task.form.first().setFocus()
        elif first and rows:
            self.table.select_where(lambda row: row.state in RUNNING)
        if self._beginning is None:
            self._pick(self.table.current())

    def _offer_begins(self, here: Here) -> None:
        """Offer what can be begun with a file where it stands."""
        clear_layout(self._begins)
        running = {row.kind for row in here.path.steps if row.state in RUNNING}
        reason = self._desk.reason(report_review)
        for at, kind in enumerate(BEGINS.get(here.path.file_state, ()), start=1):
            begin = Button(
                _(WORDS[kind]), partial(self.begin, kind), key=str(at), small=True,
                name=f"begin_{kind}",
            )  # fmt: skip
            begin.allow(reason or (_("It is in hand") if kind in running else ""))
            self._begins.addWidget(begin)
        self._begins.addStretch(1)
        missing = _(", ").join(kind.label for kind in here.path.missing)
        if missing:
            words = _("Still missing before filing: {steps}").format(steps=missing)
            self._begins.addWidget(Label(words, "small", tone="wait"))

    def _pick(self, row: StepRow | None) -> None:
        """Show a step; a form that is being filled in stays."""
        self._beginning = None
        self._show(row)

    def _show(self, row: StepRow | None) -> None:
        here = self._here
        task = task_of(self._desk, here, row) if here and row else None
        self._facts.clear()
        self._facts.setVisible(row is not None)
        for label, words in told(row) if row else ():
            if words:
                self._facts.add_fact(label, Label(words, wrap=True))
        if row is not None and row.reason:
            self._facts.add_fact(_("Reason"), Label(row.reason, wrap=True))
        self._title.setText(row.kind.label if row else "")
        self._chip.setVisible(row is not None)
        if row is not None:
            self._chip.show_state(*state_words(row))
        self._offer_sides(row)
        self._turn_to(task, row.documents if row else ())

    def _offer_sides(self, row: StepRow | None) -> None:
        """Offer what stands beside the act: print, note an objection, make void."""
        runs = row is not None and row.state in RUNNING
        self._void.setVisible(runs)
        self._void.allow(self._desk.reason(void_step))
        posted = runs and row is not None and row.kind is StepKind.NOTICE
        self._object.setVisible(posted)
        self._object.allow(self._desk.reason(note_objection))
        printed = row is not None and row.kind in PRINT and not self._unreported(row)
        self._print.setVisible(printed)
        if row is not None and printed:
            self._print.setText(_(PRINT[row.kind]))
            self._print.allow(self._desk.reason(PAPERS[row.kind][1]))

    @staticmethod
    def _unreported(row: StepRow) -> bool:
        """Tell whether a review has nothing to print yet."""
        return row.kind is StepKind.REVIEW and not row.result

    def _turn_to(self, task: Task | None, named: tuple[int, ...] = ()) -> None:
        """Ask another form, unless the same is being filled in; without one that asks for
        documents, show those that were ``named``."""
        typed = self._task is not None and (self._task.form.dirty() or self.documents.dirty())
        if task and self._task and task.key == self._task.key and typed:
            return
        clear_layout(self._form_place)
        self._task = task
        if task is not None:
            self._form_place.addWidget(task.form)
            self._lead_to_act(task)
        if task is not None and task.documents is not None:
            self.documents.ask(*task.documents)
        else:
            self.documents.tell(named)
        self._says.setText(task.says if task else "")
        self._says.setVisible(bool(task and task.says))
        self.act.setVisible(task is not None)
        self.act.setText(task.words if task else "")
        self.act.allow(task.reason if task else "")
        self.task_changed.emit()

    def _lead_to_act(self, task: Task) -> None:
        """Let Tab go from the list through form and documents to the act, as they stand: a form
        is newer than the button and would come after the whole page."""
        before = self.table.view
        way = [*stops([task.form], self.act), *stops([self.documents], self.act), self.act]
        for each in way:
            QWidget.setTabOrder(before, each)
            before = each

    # Acts

    def begin(self, kind: StepKind) -> None:
        """Begin a step: a visit and a check at once, the others by their form."""
        here = self._here
        if here is None:
            return
        if kind in (StepKind.VISIT, StepKind.CROSS_CHECK):
            action = begin_visit if kind is StepKind.VISIT else begin_check
            form = BeginForm(household_id=here.household_id, case_id=here.path.case_id)
            self._desk.perform(action, form, then=self._begun)
            return
        self._beginning = kind
        self._facts.hide()
        self._chip.hide()
        self._offer_sides(None)
        task = begin_task(self._desk, here, kind)
        self._title.setText(task.title)
        self._turn_to(task)
        self.panes.enter()
        task.form.first().setFocus()

    def _begun(self, step_id: int) -> None:
        self._wanted = step_id
        self.panes.enter()

    def run(self) -> None:
        """Do what the form is for; where there is room for the list only, show the form first."""
        task = self._task
        if task is not None and self.panes.right.isHidden():
            self.panes.enter()
            task.form.first().setFocus()
            return
        record = task.form.record() if task else None
        if task is None or record is None:
            return

        def done(result: Any) -> None:
            task.form.settle()
            self._beginning = self._task = None
            self._page.toast.emit(_(task.done), None)
            if (paper_id := task.paper(result)) is not None:
                self._page.go.emit("papers", paper_id)

        invalid = task.form.show_problems
        self._desk.perform(
            task.action, task.request(record, self.documents.chosen()), then=done, invalid=invalid
        )

    def _show_paper(self) -> None:
        if (row := self.table.current()) is not None:
            kind, issue = PAPERS[row.kind]
            about = f"filing_step/{row.id}"
            show_paper(self._page, kind, about, issue, StepById(id=row.id))

    def _ask_objection(self) -> None:
        if (row := self.table.current()) is None:
            return

        def note(says: str) -> None:
            today = self._desk.today()
            form = ObjectionForm(id=row.id, version=row.version, received_on=today, says=says)
            self._desk.perform(note_objection, form)

        self._desk.asking.reason(
            self._page,
            _("Note an objection to this notice"),
            _("Write what is said, not by whom. The notice cannot end before it is answered."),
            _("Note the objection"),
            note,
            label=_("Objection"),
        )

    def _ask_void(self) -> None:
        if (row := self.table.current()) is None:
            return

        def void(reason: str) -> None:
            form = VoidStepForm(id=row.id, version=row.version, reason=reason)
            self._desk.perform(void_step, form)

        self._desk.asking.reason(
            self._page,
            _("Make this step void: {step}?").format(step=row.kind.label),
            _("It stays in the file, marked; the papers it issued become void too."),
            _("Make void"),
            void,
            danger=True,
        )

    def _enter(self, _row: StepRow) -> None:
        self.panes.enter()
        if self._task is not None:
            self._task.form.first().setFocus()

    def fit(self, *, narrow: bool) -> None:
        """Show list and form one at a time where there is room for one only."""
        self.panes.set_narrow(narrow)
        self._begin_row.setHidden(narrow and not self.panes.right.isHidden())
