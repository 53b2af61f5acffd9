"""The lock: the window that shows the sign-in or somebody's desk, and the timer that locks it."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QInputEvent, QInputMethodEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from ui.sign_in import SignInPage

if TYPE_CHECKING:
    from app.work import Actor
    from ui.main_window import MainWindow


class Gate(QStackedWidget):
    """The window on the screen: the sign-in, or the desk of who signed in.

    Locking saves drafts and asks nothing; who unlocks finds the same field in focus.
    """

    leaving = Signal(bool)
    """A desk is about to go behind the sign-in: locked, or signed out."""
    close_wanted = Signal()
    """The window shall be closed: answer with `go` when what has to be done before is done."""

    def __init__(self, sign_in: SignInPage) -> None:
        super().__init__()
        self.setObjectName("gate")
        self.sign_in = sign_in
        self.addWidget(sign_in)
        self._frame: MainWindow | None = None
        self._focus: QWidget | None = None
        self._may_go = False

    def closeEvent(self, event: QCloseEvent) -> None:
        """Let what has to be done before be done; a system that ends the session does not wait."""
        app = QApplication.instance()
        ends = isinstance(app, QApplication) and app.isSavingSession()
        if self._may_go or ends:
            super().closeEvent(event)
        else:
            event.ignore()
            self.close_wanted.emit()

    def go(self) -> None:
        """Close the window, once the closing that was put off is over."""
        self._may_go = True
        QTimer.singleShot(0, self, self.close)

    def frame(self) -> "MainWindow | None":
        """Return the desk in use or locked."""
        return self._frame

    def locked(self) -> bool:
        """Tell whether the sign-in stands before a desk."""
        return self.currentWidget() is self.sign_in and self._frame is not None

    def enter(self, frame: "MainWindow") -> None:
        """Show the desk of a person instead of the one before."""
        self._drop()
        self._frame = frame
        frame.lock_wanted.connect(self.lock)
        self.addWidget(frame)
        self.setCurrentWidget(frame)
        self.sign_in.welcome()
        frame.take_focus()

    def lock(self) -> None:
        """Lock the desk: drafts first, then the sign-in before it."""
        frame = self._frame
        if frame is None or self.locked():
            return
        self._focus = QApplication.focusWidget()
        self.leaving.emit(True)
        frame.save_drafts()
        self.setCurrentWidget(self.sign_in)
        self.sign_in.show_locked(frame.desk.actor.user)

    def unlock(self, actor: "Actor") -> bool:
        """Return to the locked desk if it is the one of ``actor``; tell whether it is.

        Somebody whose name or rights were changed meanwhile gets a new desk.
        """
        frame = self._frame
        if frame is None or frame.desk.actor != actor:
            return False
        self.setCurrentWidget(frame)
        self.sign_in.welcome()
        (self._focus or frame).setFocus()
        return True

    def leave(self) -> None:
        """Sign out: save drafts, take the desk away, ask for the next person."""
        if self._frame is not None:
            self.leaving.emit(False)
            self._frame.save_drafts()
        self._drop()
        self.setCurrentWidget(self.sign_in)
        self.sign_in.show_open()

    def _drop(self) -> None:
        if self._frame is not None:
            self._frame.desk.close()
            self.removeWidget(self._frame)
            self._frame.deleteLater()
            self._frame = None
            self._focus = None


PAUSE_MS: Final = 1000
"""How long nothing is watched after a touch: what the touch sets going, pages and pictures, need
not pass through here, and a lock comes at most so much early."""


class IdleLock(QObject):
    """Calls ``lock`` when nobody has touched keyboard or mouse for a while; asks nothing.

    It lives as long as its owner, what is locked: a timer that outlived it would call nothing.
    """

    TOUCHES: Final = frozenset(
        {
            QEvent.Type.KeyPress,
            QEvent.Type.InputMethod,
            QEvent.Type.MouseButtonPress,
            QEvent.Type.MouseMove,
            QEvent.Type.Wheel,
        }
    )

    def __init__(
        self, app: QApplication, minutes: float, lock: Callable[[], object], owner: QObject
    ) -> None:
        super().__init__(owner)
        self._app = app
        self.counting = QTimer(self)
        self.counting.setSingleShot(True)
        self.counting.setInterval(round(minutes * 60_000))
        self.counting.timeout.connect(lambda: lock())
        self.counting.start()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._watch)
        self._watch()

    def _watch(self) -> None:
        self._app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Begin to count again at a touch, and look away for a moment."""
        if isinstance(event, QInputEvent | QInputMethodEvent) and event.type() in self.TOUCHES:
            self.counting.start()
            self._app.removeEventFilter(self)
            self._pause.start()
        return False
