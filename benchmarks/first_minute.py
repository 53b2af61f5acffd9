"""Starts the program as a person does: sign-in window, password, first search.

Called with the monotonic time at which the process was asked for, the store and the password of
its first person. Prints the seconds until the sign-in window was painted and, with a password,
those from the press of the button until the answer of the first search was in its list.
"""

import gc
import os
import sys
import time
from typing import TYPE_CHECKING, Final

from app.cli.main import parse

chosen = parse(["--store", sys.argv[2]])
gc.disable()  # as `ui.__main__` does, before it loads what follows

from PySide6.QtCore import QTimer  # noqa: E402 - after the clock has started
from PySide6.QtGui import QPaintEvent  # noqa: E402 - after the clock has started

from ui import start  # noqa: E402 - after the clock has started

if TYPE_CHECKING:
    from app.office import Office
    from app.work import Actor
    from ui.main_window import MainWindow

TYPING_MS: Final = 1_500
"""A person needs at least so long for the password; the program makes use of it."""
SURNAME: Final = "wang"

asked_at, password = float(sys.argv[1]), sys.argv[3]


def tell(since: float) -> None:
    print(time.monotonic() - since, flush=True)


class SignIn(start.SignInPage):
    """The sign-in page, telling when it was painted for the first time."""

    painted = False

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        super().paintEvent(event)
        if not self.painted:
            self.painted = True
            QTimer.singleShot(0, self._told)

    def _told(self) -> None:
        tell(asked_at)
        if not password:
            os._exit(0)
        self.password.line.setText(password)
        QTimer.singleShot(TYPING_MS, self._sign_in)

    def _sign_in(self) -> None:
        Program.pressed_at = time.monotonic()
        super()._sign_in()


class Program(start.Program):
    """The program, searching as soon as the desk is there."""

    pressed_at = 0.0

    def desk_of(self, office: "Office", actor: "Actor") -> "MainWindow":
        window = super().desk_of(office, actor)
        QTimer.singleShot(0, lambda: self._search(window))
        return window

    def _search(self, window: "MainWindow") -> None:
        box = window.box
        box.hits.model.modelReset.connect(self._answered)
        box.setFocus()
        box.setText(SURNAME)
        box.textEdited.emit(SURNAME)

    def _answered(self) -> None:
        tell(self.pressed_at)
        os._exit(0)


if __name__ == "__main__":
    setattr(start, "SignInPage", SignIn)  # noqa: B010 - a name of another module
    setattr(start, "Program", Program)  # noqa: B010 - the same
    start.start(chosen.store, demo=False)
