"""The pane at the right of the page: one form at a time, with its own primary button."""

from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.core.i18n import _
from app.core.record import Record
from ui import theme
from ui.kit.buttons import Button, IconButton
from ui.kit.cards import Card, clear_layout
from ui.kit.form import FormView
from ui.kit.labels import Label, Rule
from ui.kit.layout import scrolling

R = TypeVar("R", bound=Record)
WIDTH = 352


class FormPane(Card):
    """Holds one form; `ask` shows it, closing hides the pane."""

    turned = Signal()
    """It came or went."""

    def __init__(self) -> None:
        super().__init__(" ", flush=True)
        self.setObjectName("money_pane")
        self.add_to_head(
            IconButton("x", _("Close"), self.hide, key="Esc", size=26, name="close_form")
        )
        holder = QWidget()
        self._holder = QVBoxLayout(holder)
        self._holder.setContentsMargins(12, 8, 12, 12)
        self._holder.setSpacing(8)
        self.add(Rule())
        self.add(scrolling(holder))
        acts = QHBoxLayout()
        acts.setContentsMargins(12, 10, 12, 12)
        acts.setSpacing(8)
        acts.addStretch(1)
        acts.addWidget(Button(_("Go back"), self.hide, kind="quiet", name="act_close_form"))
        self.finish = Button("", self._send, kind="primary", name="act_send_form")
        acts.addWidget(self.finish)
        self.add(Rule())
        self.add(acts)
        self.form: FormView[Any] | None = None
        self._take: Callable[[Any], object] = print
        theme.changes.changed.connect(self._size)
        self._size()
        self.hide()

    def setVisible(self, visible: bool) -> None:
        """Tell that it came or went: the list beside it has less room, or more."""
        super().setVisible(visible)
        self.turned.emit()

    def _size(self) -> None:
        self.setFixedWidth(theme.px(WIDTH))

    def ask(
        self, title: str, form: FormView[R], verb: str, take: Callable[[R], object], note: str = ""
    ) -> None:
        """Show a form; ``take`` gets what was entered once it is sound."""
        clear_layout(self._holder)
        self.title.setText(title)
        self.title.setWordWrap(True)
        self.finish.setText(verb)
        self.form, self._take = form, take
        self._holder.addWidget(form)
        if note:
            self._holder.addWidget(Label(note, "small", wrap=True))
        self._holder.addStretch(1)
        self.show()
        if first := form.first():
            first.setFocus()

    def _send(self) -> None:
        if self.form is not None and (record := self.form.record()) is not None:
            self._take(record)
