"""Keys of forms: Enter goes to the next field, and never while a word is being composed.

An input method shows the characters under composition as pre-edit text. The Enter that confirms
them belongs to it: it must neither leave the field nor submit the form.
"""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QPlainTextEdit, QWidget

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class FocusFollower(QObject):
    """Lets ``watcher`` filter what comes to whoever has the focus: keys and composition.

    The latest filter of a widget is asked first, so the watcher comes before what the widget's
    page installed. A filter on the application would see the same, but with it every event of
    every widget, and each would have to pass through Python.
    """

    def __init__(self, watcher: QObject, app: QGuiApplication) -> None:
        super().__init__(watcher)
        self._watcher = watcher
        app.focusObjectChanged.connect(self._follow)
        self._follow(app.focusObject())

    def _follow(self, focused: QObject | None) -> None:
        """Install the filter; it stays on what had the focus, where nothing comes any more."""
        if focused is not None:
            focused.installEventFilter(self._watcher)


class Composing(QObject):
    """Knows whether the focused field holds pre-edit text; watches the whole application."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._where: QObject | None = None
        self._just_committed = False
        FocusFollower(self, app)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the pre-edit text; swallow the Enter that belongs to it."""
        if isinstance(event, QKeyEvent):
            return event.type() != QEvent.Type.KeyRelease and self._guard(event)
        if isinstance(event, QInputMethodEvent):
            self._follow(watched, event)
        elif watched is self._where and event.type() == QEvent.Type.FocusOut:
            self._where = None
        return False

    def _follow(self, watched: QObject, event: QInputMethodEvent) -> None:
        if event.preeditString():
            self._where = watched
        else:
            self._where = None
            if event.commitString():
                # Some input methods hand on the Enter they were confirmed with.
                self._just_committed = True
                QTimer.singleShot(0, self, self._settle)

    def _settle(self) -> None:
        self._just_committed = False

    def _guard(self, event: QKeyEvent) -> bool:
        if event.key() not in ENTER:
            return False
        if self._where is None and not self._just_committed:
            return False
        event.accept()
        return True


def next_field(now: QWidget, *, back: bool = False) -> None:
    """Move the focus along the Tab order from ``now``, to what one can type into or press."""
    window = now.window()
    after = _beside(now, back=back)
    while after is not None and after is not now:
        tabs = bool(after.focusPolicy() & Qt.FocusPolicy.TabFocus)
        open_ = after.isVisibleTo(window) and after.isEnabled() and after.window() is window
        aside = isinstance(after, EnterPresses) and after.aside
        if tabs and open_ and not aside and not now.isAncestorOf(after):
            why = Qt.FocusReason.BacktabFocusReason if back else Qt.FocusReason.TabFocusReason
            after.setFocus(why)
            return
        after = _beside(after, back=back)


def _beside(widget: QWidget, *, back: bool) -> QWidget | None:
    return widget.previousInFocusChain() if back else widget.nextInFocusChain()


class EnterPresses(QAbstractButton):
    """A button that Enter presses as Space does; Qt leaves Enter to buttons of its own."""

    aside = False
    """Whether Enter passes it by on its way from field to field: it is pressed on purpose only."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press with Enter alone, once for one stroke."""
        keypad = Qt.KeyboardModifier.KeypadModifier
        if event.key() not in ENTER or event.modifiers() & ~keypad:
            super().keyPressEvent(event)
        elif not event.isAutoRepeat():
            self.click()


class EnterMoves(QObject):
    """Lets Enter and Shift+Enter move between the fields of a form (installed on each)."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move on Enter; leave it to buttons, and to text of several lines."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() not in ENTER or not isinstance(watched, QWidget):
            return False
        if isinstance(watched, QPlainTextEdit):
            return False
        if isinstance(watched, QAbstractButton) and not watched.isCheckable():
            return False
        shift = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if event.modifiers() & (
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        ):
            return False
        next_field(watched, back=bool(shift))
        return True
