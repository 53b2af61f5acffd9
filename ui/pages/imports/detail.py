"""What is wrong in one row, and the ways to mend it: in place, everywhere, or left out."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.core.i18n import _
from app.core.words.imports import Decision
from app.exchange.archive_records import ArchiveProblem, Severity
from ui.kit.buttons import Button
from ui.kit.cards import Card, Facts
from ui.kit.labels import Chip, Label
from ui.kit.segments import Part, Segments
from ui.pages.imports.job import Job

TONES = {Severity.ERROR: ("circle-x", "bad"), Severity.WARNING: ("triangle-alert", "wait")}


def look_of(severity: Severity, decision: Decision | None) -> tuple[str, str, str]:
    """Return words, icon and tone of a problem: what was decided upon is none any more."""
    if decision is not None:
        return _("Settled by decision"), "circle-check", "ok"
    return severity.label, *TONES[severity]


class ProblemDetail(Card):
    """The problem that is picked in the table."""

    mended = Signal(object, str)
    """The problem and what shall stand in its cell."""
    mended_everywhere = Signal(object, str)
    left_out = Signal(object)
    decided = Signal(object, object)
    """The problem and a `Decision`."""
    decided_all = Signal(object)

    def __init__(self) -> None:
        super().__init__(_("Mend"))
        self._problem: ArchiveProblem | None = None
        self._chip = Chip("")
        self.add_to_head(self._chip)
        self._facts = Facts()
        self._says = Label(wrap=True)
        self._mend = Label(role="small", wrap=True)
        for widget in (self._facts, self._says, self._mend):
            self.add(widget)
        self._compose_line()
        self._compose_decisions()
        self._out = Button(
            _("Leave the household out"), self._leave_out, kind="quiet", name="act_leave_out"
        )
        row = QHBoxLayout()
        row.addWidget(self._out)
        row.addStretch(1)
        self.add(row)
        self.body.addStretch(1)

    def _compose_line(self) -> None:
        self.line = QLineEdit()
        self.line.setObjectName("mend_value")
        self.line.setMaxLength(1000)
        self.line.returnPressed.connect(self._take)
        self._caption = Label(_("What shall stand there"), "small")
        self._caption.setBuddy(self.line)
        self._words = Label(role="small", tone="soft", wrap=True)
        self._words.setObjectName("mend_words")
        self._take_one = Button(
            _("Mend this cell"), self._take, key="Alt+M", icon="check", name="act_mend"
        )
        self._take_all = Button("", self._take_everywhere, key="Alt+A", name="act_mend_all")
        acts = QHBoxLayout()
        acts.setSpacing(8)
        acts.addWidget(self._take_one)
        acts.addWidget(self._take_all)
        acts.addStretch(1)
        self._editing = QWidget()
        column = QVBoxLayout(self._editing)
        column.setContentsMargins(0, 4, 0, 4)
        column.setSpacing(6)
        column.addWidget(self._caption)
        column.addWidget(self.line)
        column.addWidget(self._words)
        column.addLayout(acts)
        self.add(self._editing)

    def _compose_decisions(self) -> None:
        self.ways = Segments(name="segments_decision")
        self.ways.chosen.connect(self._decide)
        self._all = Button(_("The same for all of them"), self._decide_all, name="act_decide_all")
        self._deciding = QWidget()
        column = QVBoxLayout(self._deciding)
        column.setContentsMargins(0, 4, 0, 4)
        column.setSpacing(6)
        column.addWidget(Label(_("What becomes of this household?"), "small"))
        column.addWidget(self.ways)
        row = QHBoxLayout()
        row.addWidget(self._all)
        row.addStretch(1)
        column.addLayout(row)
        self.add(self._deciding)

    def show_problem(self, job: Job, problem: ArchiveProblem | None) -> None:
        """Show a problem with the ways to mend it; nothing for `None`."""
        self._problem = problem
        for widget in (self._chip, self._facts, self._editing, self._deciding, self._out):
            widget.setVisible(problem is not None)
        if problem is None:
            self._says.setText(_("Pick a row at the left."))
            self._mend.setText("")
            return
        self._chip.show_state(*look_of(problem.severity, job.decision(problem)))
        self._facts.clear()
        says = _("{sheet}, every row") if problem.whole else _("{sheet}, row {row}")
        place = says.format(sheet=problem.sheet, row=problem.row)
        self._facts.add_fact(_("Where"), place)
        if problem.column:
            self._facts.add_fact(_("Column"), problem.column)
        if problem.value:
            self._facts.add_fact(_("Stands there"), problem.value)
        self._says.setText(problem.tell())
        self._mend.setText(problem.tell_mend())
        self._show_ways(job, problem)

    def _show_ways(self, job: Job, problem: ArchiveProblem) -> None:
        ways = job.ways(problem)
        self._deciding.setVisible(bool(ways))
        self.ways.show_parts([Part(way.value, way.label) for way in ways])
        chosen = job.decision(problem) or Decision.SKIP
        if ways:
            self.ways.choose(chosen.value)
        can_mend = bool(problem.field) and not ways and problem.code != "total_row"
        self._editing.setVisible(can_mend)
        self.line.setText(problem.offer or problem.value)
        self._name_line(job, problem)
        alike = job.alike(problem)
        self._take_all.setText(_("Mend all {count} like it").format(count=alike))
        self._take_all.setVisible(alike > 1)
        household = bool(problem.household)
        self._out.setText(_("Leave the household out") if household else _("Leave the row out"))
        no_row = problem.whole or problem.code in ("total_row", "unknown_column")
        self._out.setVisible(not ways and not no_row)

    def _name_line(self, job: Job, problem: ArchiveProblem) -> None:
        """Say what the line is for: a cell, or every row; and the words that can stand there."""
        if problem.whole:
            self._caption.setText(_("What holds for every row of the sheet"))
            self._take_one.setText(_("Put it into every row"))
        else:
            self._caption.setText(_("What shall stand there"))
            self._take_one.setText(_("Mend this cell"))
        words = job.words(problem)
        self._words.setText(_("Words of the list: {words}").format(words="、".join(words)))
        self._words.setVisible(bool(words))

    def _take(self) -> None:
        if self._problem is not None and self._editing.isVisible():
            self.mended.emit(self._problem, self.line.text().strip())

    def _take_everywhere(self) -> None:
        if self._problem is not None:
            self.mended_everywhere.emit(self._problem, self.line.text().strip())

    def _leave_out(self) -> None:
        if self._problem is not None:
            self.left_out.emit(self._problem)

    def _decide(self) -> None:
        if self._problem is not None and self.ways.value():
            self.decided.emit(self._problem, Decision(self.ways.value()))

    def _decide_all(self) -> None:
        if self.ways.value():
            self.decided_all.emit(Decision(self.ways.value()))
