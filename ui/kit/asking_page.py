"""A page of a list and what is chosen in it, which asks for one thing at a time instead of that.

The page tells what can be done by `AskingPage.offers`; buttons, keys and menu follow from it.
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedLayout, QWidget

from app.core.errors import Invalid
from app.core.i18n import _
from app.core.record import Record
from ui.kit.ask_pane import Act, AskPane, Form
from ui.kit.buttons import Button
from ui.kit.menus import Menu
from ui.kit.page import Page
from ui.kit.two_panes import TwoPanes

if TYPE_CHECKING:
    from app.work import Action

BESIDE = 2
"""Most acts that stand beside the primary one; others stand in the menu."""


class Offers(NamedTuple):
    """What can be done with what is in sight, and what the bar says of it."""

    first: Act | None = None
    """The primary act."""
    new: Act | None = None
    beside: Sequence[Act] = ()
    more: Sequence[Act] = ()
    says: tuple[str, str, str] = ("", "", "")
    """A strong line, a small one, and the tone of the strong one. Without a small one, it says why
    the primary act is closed."""


class AskingPage(Page):
    """Lists at the left, what is chosen at the right, a form instead of it while one is asked."""

    narrow = 1020
    """Logical width below which one pane is in sight at a time."""

    def compose(
        self, lists: Sequence[QWidget], details: Sequence[QWidget], shares: tuple[int, int]
    ) -> None:
        """Stack the lists at the left and the details at the right, with the pane that asks."""
        self._acting = False
        self._offered: set[str] = set()
        self._more_acts: Sequence[Act] = ()
        self.pane = AskPane(self.close_pane, f"{self.name}_form_pane")
        left, right = QWidget(), QWidget()
        self._left, self._right = QStackedLayout(left), QStackedLayout(right)
        for each in lists:
            self._left.addWidget(each)
        for each in details:
            self._right.addWidget(each)
        self._detail = details[0]
        self.add(self.arrange(left, right, shares), 1)
        self._add_buttons()
        escape = QShortcut(QKeySequence("Esc"), self)
        escape.activated.connect(self._escape)

    def arrange(self, left: QWidget, right: QWidget, shares: tuple[int, int]) -> QWidget:
        """Return lists and details in their places; the pane that asks stands in that of the
        details."""
        self._right.addWidget(self.pane)
        self.panes = TwoPanes(left, right, shares)
        self.panes.turned.connect(self.tell)
        return self.panes

    def _add_buttons(self) -> None:
        bar = self.bar()
        self._new = self.add_act(Button("", key="Alt+N", icon="plus", name="act_new"))
        self._more = bar.add(
            Button(
                _("More…"),
                self._open_menu,
                kind="quiet",
                key="Alt+M",
                icon="chevron-up",
                name="act_more",
            )
        )
        self._beside = [bar.add(Button("", name=f"act_beside_{at}")) for at in range(BESIDE)]
        self._first = bar.add(Button("", kind="primary", name="act_first"))
        self._runs: dict[Button, Callable[[], object]] = {}
        for button in (self._new, *self._beside, self._first):
            button.clicked.connect(partial(self._run, button))

    def _run(self, button: Button) -> None:
        if run := self._runs.get(button):
            run()

    # For subclasses to write

    def offers(self) -> Offers:
        """Return what can be done now; not asked for while a form is in sight."""
        raise NotImplementedError

    # Which list and which detail

    def bring(self, at: int, detail: QWidget) -> None:
        """Bring the list at place ``at`` and its detail into sight."""
        self._left.setCurrentIndex(at)
        self._detail = detail
        self.close_pane()

    def enter(self, _row: object = None) -> None:
        """Go from the list to what is chosen, where there is room for one only."""
        self.panes.enter()

    # What is offered

    def tell(self, _what: object = None) -> None:
        """Let buttons, keys and words follow from what is in sight."""
        asking = self.asking_now()
        offers = Offers() if asking else self.offers()
        self._more_acts = offers.more
        self._more.setVisible(bool(offers.more))
        beside = [*offers.beside, *([None] * BESIDE)]
        for button, act in zip(
            (self._new, *self._beside, self._first),
            (offers.new, *beside[:BESIDE], offers.first),
            strict=True,
        ):
            self._show_act(button, act)
        self.primary = self.pane.finish if asking else self._first
        bar = self.bar()
        bar.setVisible(offers.first is not None or bool(offers.beside or offers.more))
        first, second, tone = offers.says
        closed = offers.first.reason if offers.first is not None else ""
        bar.say(first, second or closed, tone)
        self._offer_keys()

    def _show_act(self, button: Button, act: Act | None) -> None:
        button.setVisible(act is not None)
        if act is None:
            return
        button.setText(act.words)
        button.icon_name = act.icon
        if button is not self._new and button.key != act.key:
            button.set_key(act.key)
        self._runs[button] = act.run
        button.allow(_("Being written") if self._acting else act.reason)

    def _offer_keys(self) -> None:
        shown = {
            each.key: each
            for each in (*self._beside, self._first)
            if not each.isHidden() and each.key.startswith("F")
        }
        for key in self._offered - set(shown):
            self.withdraw(key)
        for key, button in shown.items():
            self.offer(key, button.words(), button.click, button.reason)
        self._offered = set(shown)

    def _open_menu(self) -> None:
        self.more().popup(self._more.mapToGlobal(self._more.rect().topLeft()))

    def more(self) -> Menu:
        """Return the menu of what is done now and then."""
        menu = Menu(self, f"{self.name}_menu")
        for act in self._more_acts:
            entry = menu.put(act.words, act.run, icon=act.icon)
            entry.setEnabled(not act.reason)
            entry.setToolTip(act.reason)
        menu.setToolTipsVisible(True)
        return menu

    # Acts

    def do(
        self,
        verb: "Action[Any, Any]",
        form: Record,
        says: str,
        then: Callable[[Any], object] | None = None,
    ) -> None:
        """Perform an act once, say what was done, and show the page anew; what was typed stays
        when it is refused."""
        if self._acting:
            return
        self._acting, asked = True, self.pane.form
        self.pane.finish.allow(_("Being written"))

        def done(result: Any) -> None:
            self._acting = False
            self.banners.clear()
            self.close_pane()
            if then is not None:
                then(result)
            if says:
                self.toast.emit(says, None)
            self.reload()

        invalid = partial(self._invalid, asked)
        self.desk.perform(verb, form, then=done, invalid=invalid, failed=self._failed)

    def _invalid(self, asked: Form | None, error: Invalid) -> None:
        self._acting = False
        self.pane.finish.allow("")
        if asked is not None and self.pane.form is asked:
            asked.show_problems(error)
        shown = asked.boxes if asked is not None else {}
        if any(each.field.partition(".")[0] not in shown for each in error.problems):
            self._failed(error)

    def _failed(self, error: Exception) -> None:
        self._acting = False
        self.pane.finish.allow("")
        self.tell()
        self.desk.feedback.show(error)

    # The pane that asks

    def asking_now(self) -> bool:
        """Tell whether a form is in sight."""
        return self._right.currentWidget() is self.pane

    def show_pane(self) -> None:
        """Bring the form into sight; the focus goes to its first field, if it has one."""
        self._right.setCurrentWidget(self.pane)
        self.panes.enter()
        self.tell()
        if self.pane.form is not None and self.pane.form.boxes:
            self.pane.form.first().setFocus()

    def ask_for(
        self,
        title: str,
        form: Form,
        verb: str,
        send: Callable[[Any], object],
        *,
        says: str = "",
        above: QWidget | None = None,
        below: QWidget | None = None,
    ) -> None:
        """Ask for one thing: ``send`` gets its record once it is whole and sound."""
        self.pane.ask(title, form, verb, send, says=says, above=above, below=below)
        self.show_pane()
        if above is not None:
            above.setFocus()

    def close_pane(self) -> None:
        """Return from the form to what is chosen."""
        self.pane.clear()
        self._right.setCurrentWidget(self._detail)
        self.tell()

    def _escape(self) -> None:
        if self.asking_now():
            self.close_pane()
        else:
            self.panes.back()

    def compact(self, width: int, height: int) -> None:
        """Show one pane at a time in a small window."""
        del height
        self.panes.set_narrow(width < self.narrow)
