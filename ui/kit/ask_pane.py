"""The pane at the right that asks for one thing at a time, with its own primary button."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.core.i18n import _
from app.core.record import Field, Record
from ui.kit.buttons import Button, IconButton
from ui.kit.cards import Card, clear_layout
from ui.kit.form import FormView
from ui.kit.labels import Label, Rule
from ui.kit.layout import scrolling
from ui.kit.number_editors import AmountEditor

if TYPE_CHECKING:
    from app.work import Action

Form = FormView[Any]
Perform = Callable[["Action[Any, Any]", Record, str], None]
"""Performs an act, says what was done, and shows the page anew."""


class Act(NamedTuple):
    """What a button or an entry of a menu does."""

    words: str
    run: Callable[[], object]
    reason: str = ""
    """Why it is closed now."""
    icon: str = ""
    key: str = ""


def stops(parts: Sequence[QWidget], start: QWidget) -> list[QWidget]:
    """Return where Tab stops within some parts, in the order in which it comes there from
    ``start``."""
    found: list[QWidget] = []
    each = start.nextInFocusChain()
    while each is not None and each is not start:
        halts = each.focusPolicy() & Qt.FocusPolicy.TabFocus
        if halts and any(part.isAncestorOf(each) for part in parts):
            found.append(each)
        each = each.nextInFocusChain()
    return found


class AskPane(Card):
    """Holds one form; what it rests on stands above or below it as words or a table."""

    edited = Signal()

    def __init__(self, close: Callable[[], object], name: str) -> None:
        super().__init__(" ", flush=True)
        self.setObjectName(name)
        self.add_to_head(IconButton("x", _("Close"), close, key="Esc", size=26, name="close_form"))
        holder = QWidget()
        self._holder = QVBoxLayout(holder)
        self._holder.setContentsMargins(16, 10, 16, 14)
        self._holder.setSpacing(10)
        self.add(Rule())
        self.body.addWidget(scrolling(holder), 1)
        acts = QHBoxLayout()
        acts.setContentsMargins(12, 10, 12, 12)
        acts.setSpacing(8)
        self._says = Label(role="small", wrap=True)
        self._says.setObjectName("form_says")
        acts.addWidget(self._says, 1)
        self._back = Button(_("Go back"), close, kind="quiet", name="act_close_form")
        acts.addWidget(self._back)
        self.finish = Button("", self._send, kind="primary", key="Ctrl+Enter", name="act_send_form")
        acts.addWidget(self.finish)
        self.add(Rule())
        self.add(acts)
        self.form: Form | None = None
        self._ready: Callable[[Any], object] | None = None

    def ask(
        self,
        title: str,
        form: Form,
        verb: str,
        send: Callable[[Any], object],
        *,
        says: str = "",
        above: QWidget | None = None,
        below: QWidget | None = None,
    ) -> Form:
        """Show a form; ``send`` gets its record once it is whole and sound."""
        clear_layout(self._holder)
        self.title.setText(title)
        self.finish.setText(verb)
        self.finish.allow("")
        self._says.setText(says)
        self.form, self._ready = form, send
        if above is not None:
            self._holder.addWidget(above)
        self._holder.addWidget(form)
        if below is not None:
            self._holder.addWidget(below, 1)
        else:
            self._holder.addStretch(1)
        self._end_with_acts([part for part in (above, form, below) if part is not None])
        form.edited.connect(self.edited)
        form.settle()
        return form

    def _end_with_acts(self, parts: Sequence[QWidget]) -> None:
        """Let Tab go from the last field to what is done with the form, not out of the page: the
        fields are newer than the buttons and would come after them."""
        last = [self.finish, *stops(parts, self.finish)][-1]
        QWidget.setTabOrder(last, self.finish)
        QWidget.setTabOrder(self.finish, self._back)

    def clear(self) -> None:
        """Ask nothing more: what is still on its way for the form comes too late."""
        self.form = None

    def say(self, words: str) -> None:
        """Say something beside the primary button."""
        self._says.setText(words)

    def _send(self) -> None:
        if self.form is None or self._ready is None:
            return
        if (record := self.form.record()) is not None:
            self._ready(record)


def capitals(field: Field) -> AmountEditor:
    """Return an editor of an amount that shows it in capitals below."""
    return AmountEditor(field, with_capitals=True)
