"""The five decisions, the opinion they need, and the amount one would approve."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from app.core.i18n import N_, _
from app.core.money import Fen
from app.core.record import spec
from app.core.words.disbursements import Decision
from app.disbursements.records import DecisionForm
from ui import theme
from ui.kit.buttons import Button
from ui.kit.day_editor import Today
from ui.kit.field_box import FieldBox
from ui.kit.keys import ENTER
from ui.kit.labels import Icon, Label, Rule, mark
from ui.kit.number_editors import AmountEditor
from ui.pages.approval.papers import StepPapers


@dataclass(frozen=True)
class Act:
    """How one decision is offered."""

    decision: Decision
    words: str
    kind: str
    icon: str
    name: str


ACTS = (
    Act(Decision.APPROVED, N_("Approve"), "primary", "check", "act_approve"),
    Act(Decision.CHANGE_AMOUNT, N_("Other amount"), "secondary", "", "act_change_amount"),
    Act(Decision.SENT_BACK, N_("Send back"), "secondary", "", "act_send_back"),
    Act(Decision.REFUSED, N_("Not approved"), "danger", "ban", "act_refuse"),
    Act(Decision.DEFERRED, N_("To collective decision"), "quiet", "", "act_defer"),
)
"""In the order of their keys, 1 to 5."""


@dataclass(frozen=True)
class Decided:
    """What the second person wants."""

    decision: Decision
    opinion: str
    amount: Fen | None = None
    papers: Mapping[str, Any] = field(default_factory=dict[str, Any])
    """What a step beyond the supervisor's rests on."""


class DecisionPad(QWidget):
    """Takes the decision: by key outside text fields, by button everywhere."""

    decided = Signal(object)
    """A `Decided`."""
    edited = Signal()
    """A person typed something."""

    def __init__(self, today: Today) -> None:
        super().__init__()
        self.buttons: dict[Decision, Button] = {}
        self._pending: Decision | None = None
        self._reason = ""
        self._one_line = False
        self.opinion = QPlainTextEdit()
        self.opinion.setObjectName("opinion")
        self.opinion.setTabChangesFocus(True)
        self.opinion.installEventFilter(self)
        self.opinion.textChanged.connect(self._opinion_edited)
        self._label = Label(_("Opinion of the approver"), "small")
        self._label.setBuddy(self.opinion)
        self._hint = Label(
            _("As you like when approving; sending back and refusing need the reason"), "hint"
        )
        editor = AmountEditor(spec(DecisionForm, "suggested_amount"), with_capitals=True)
        editor.line.returnPressed.connect(self._amount_given)
        self._editor = editor
        self.amount = FieldBox(editor)
        self._take_amount = Button(
            _("Send back with this amount"), self._amount_given, name="act_send_amount"
        )
        self.papers = StepPapers(today)
        self.papers.edited.connect(self._papers_edited)
        self._says_icon = Icon("shield-check")
        self._says = Label(role="small", wrap=True)
        self._says.setObjectName("decision_says")
        self._compose()
        theme.changes.changed.connect(self._size)
        self._size()
        escape = QShortcut(QKeySequence("Esc"), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self._give_up)

    def _compose(self) -> None:
        self._head = QHBoxLayout()
        self._head.setSpacing(8)
        self._head.addWidget(self._label)
        self._head.addWidget(self._hint)
        self._head.addStretch(1)
        self._line = QHBoxLayout()
        self._line.setSpacing(8)
        self._line.addWidget(self.opinion, 1)
        says = QHBoxLayout()
        says.setSpacing(6)
        says.addWidget(self._says_icon)
        says.addWidget(self._says, 1)
        self._amount_row = QWidget()
        amount = QHBoxLayout(self._amount_row)
        amount.setContentsMargins(0, 0, 0, 0)
        amount.setSpacing(12)
        amount.addWidget(self.amount, 1)
        amount.addWidget(self._take_amount)
        self._amount_row.hide()
        words = QVBoxLayout()
        words.setContentsMargins(16, 8, 16, 8)
        words.setSpacing(4)
        words.addWidget(self.papers)
        words.addLayout(self._head)
        words.addLayout(self._line)
        words.addWidget(self._amount_row)
        words.addLayout(says)
        bar = QWidget()
        bar.setObjectName("acts_bar")
        acts = QHBoxLayout(bar)
        acts.setContentsMargins(16, 10, 16, 12)
        acts.setSpacing(8)
        for key, act in enumerate(ACTS, 1):
            button = Button(_(act.words), kind=act.kind, icon=act.icon, key=str(key), name=act.name)
            button.clicked.connect(lambda _checked=False, what=act.decision: self.choose(what))
            self.buttons[act.decision] = button
            if act.decision is Decision.DEFERRED:
                acts.addStretch(1)
            acts.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Rule())
        column.addLayout(words)
        column.addWidget(Rule())
        column.addWidget(bar)

    def set_one_line(self, one_line: bool) -> None:
        """Show the opinion as one line until it has the focus: on small screens."""
        if one_line == self._one_line:
            return
        self._one_line = one_line
        self._hint.setVisible(not one_line)
        self.papers.set_low(one_line)
        self._head.removeWidget(self._label)
        self._line.removeWidget(self._label)
        (self._line if one_line else self._head).insertWidget(0, self._label)
        self._size()

    def _size(self) -> None:
        small = self._one_line and not self.opinion.hasFocus() and self._pending is None
        self.opinion.setFixedHeight(theme.px(34 if small else 52))

    # What stands there

    def reset(self) -> None:
        """Empty the pad: another award came up."""
        self.opinion.blockSignals(True)
        self.opinion.clear()
        self.opinion.blockSignals(False)
        self._editor.set_value(None)
        self.papers.clear()
        self._give_up()

    def typed(self) -> dict[str, str]:
        """Return what was typed, for a draft."""
        return {"opinion": self.opinion.toPlainText(), **self.papers.form.typed()}

    def set_typed(self, typed: Mapping[str, str]) -> None:
        """Put a draft back."""
        self.opinion.blockSignals(True)
        self.opinion.setPlainText(typed.get("opinion", ""))
        self.opinion.blockSignals(False)
        self.papers.form.set_typed(typed)
        self._tell()

    def allow(self, reason: str, closed: dict[Decision, str] | None = None) -> None:
        """Offer the decisions, or grey them all with the reason; ``closed`` greys single ones."""
        self._reason = reason
        for decision, button in self.buttons.items():
            button.allow(reason or (closed or {}).get(decision, ""))
        self.opinion.setReadOnly(bool(reason))
        mark(self.opinion, state="readonly" if reason else "")
        self._tell()

    def say(self, words: str) -> None:
        """Say what this person may do here, in peace."""
        self._peace = words
        self._tell()

    _peace = ""

    def _tell(self) -> None:
        pending = self._pending
        words, icon, tone = self._reason or self._peace, "shield-check", ""
        if self._reason:
            icon, tone = "lock", "wait"
        elif pending not in (None, Decision.APPROVED) and not (
            self._text() or self._lacks_amount()
        ):
            verb = self.buttons[pending].words()
            words = _("Write the reason, then press Enter: {verb}").format(verb=verb)
            icon, tone = "pencil", "bad"
        elif pending is Decision.APPROVED and self.papers.lacking():
            words = _("Write what this step rests on, then press Ctrl+Enter: {verb}").format(
                verb=self.buttons[pending].words()
            )
            icon, tone = "pencil", "bad"
        self._says.setText(words)
        self._says.set_tone(tone)
        self._says_icon.show_icon(icon, tone or "text_soft")
        self._says_icon.setVisible(bool(words))
        if not self._reason:
            missing = tone == "bad" and pending is not Decision.APPROVED
            mark(self.opinion, state="bad" if missing else "")

    def _text(self) -> str:
        return self.opinion.toPlainText().strip()

    # Deciding

    def choose(self, decision: Decision) -> None:
        """Take a decision as far as it is complete; go to what it still needs."""
        self._pending = decision
        asks_amount = decision is Decision.CHANGE_AMOUNT
        self._amount_row.setVisible(asks_amount)
        if self._lacks_amount():
            self._tell()
            self._editor.line.setFocus()
        elif decision is Decision.APPROVED and (lacking := self.papers.lacking()):
            self._tell()
            self.papers.form.focus(lacking)
        elif decision is not Decision.APPROVED and not self._text():
            self._size()
            self._tell()
            self.opinion.setFocus()
        else:
            self._pending = None
            amount = self._amount() if asks_amount else None
            papers = self.papers.values() if decision is Decision.APPROVED else {}
            self.decided.emit(Decided(decision, self._text(), amount, papers))

    def _amount(self) -> Fen | None:
        value = self._editor.value()
        return Fen(value) if value else None

    def _lacks_amount(self) -> bool:
        return self._pending is Decision.CHANGE_AMOUNT and not self._amount()

    def _amount_given(self) -> None:
        trouble = self._editor.trouble()
        missing = "" if self._amount() else _("Please write the amount you would approve.")
        self.amount.set_problem(trouble.tell() if trouble else missing)
        if self._amount() and not trouble:
            self.choose(Decision.CHANGE_AMOUNT)

    def _give_up(self) -> None:
        self._pending = None
        self._amount_row.hide()
        self.amount.set_problem("")
        self._size()
        self._tell()

    def _opinion_edited(self) -> None:
        self._tell()
        self.edited.emit()

    def _papers_edited(self) -> None:
        self._tell()
        self.edited.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let Enter end the reason that a decision waits for; Shift+Enter makes a line."""
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self._size()
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            plain = event.modifiers() in (
                Qt.KeyboardModifier.NoModifier,
                Qt.KeyboardModifier.KeypadModifier,
            )
            if event.key() in ENTER and plain and self._pending is not None:
                if self._text() or self._pending is Decision.APPROVED:
                    self.choose(self._pending)
                return True
        return super().eventFilter(watched, event)
