"""What happens between closing the window and the end: drafts are saved, a backup is made.

Over 300 ms it is shown; whoever does not want to wait closes without one, or goes on working.
"""

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from app.core.errors import AppError
from app.core.i18n import _
from app.core.words.backups import Reason
from ui.desk import Job, Stopped
from ui.feedback import BUG, note_bug
from ui.kit.asking import Dialog, fit
from ui.kit.buttons import Button
from ui.kit.labels import Label
from ui.kit.notices import ProgressBar
from ui.tasks import Tasks

if TYPE_CHECKING:
    from app.office import Office
    from ui.lock import Gate

SHOW_MS: Final = 300


class ClosingDialog(Dialog):
    """Says that a backup is being made, or why it failed."""

    again = Signal()
    leave = Signal()

    def __init__(self, parent: QWidget) -> None:
        says = _("What was done since the last backup is being copied and checked.")
        super().__init__(parent, _("Backing up before closing"), says, "closing_dialog")
        self.bar = ProgressBar()
        self.body.addWidget(self.bar)
        self.says = Label(wrap=True, tone="bad")
        self.says.setObjectName("closing_says")
        self.says.hide()
        self.body.addWidget(self.says)
        self.back = Button(_("Go on working"), self.reject, key="Esc", name="act_stay")
        self.without = Button(
            _("Close without a backup"), self.leave.emit, kind="quiet", name="act_close_without"
        )
        self.retry = Button(
            _("Try again"), self.again.emit, kind="primary", icon="refresh-cw", name="act_retry"
        )
        self.retry.hide()
        self.add_acts([self.without, self.back, self.retry])

    def show_share(self, share: float) -> None:
        """Show how far the backup is."""
        self.bar.set_share(share)

    def begin(self) -> None:
        """Show that it is being made (again)."""
        self._tell(working=True)
        self.bar.set_share(0)

    def fail(self, words: str) -> None:
        """Say why it failed; it can be tried again."""
        self._tell(working=False)
        self.says.setText(_("There is no new backup.") + "\n" + words)
        self.retry.setFocus()
        fit(self)

    def _tell(self, *, working: bool) -> None:
        """Show that it is at work, or that it failed."""
        for widget in (self.bar, self.findChild(QWidget, "dialog_text")):
            if widget is not None:
                widget.setVisible(working)
        for widget in (self.says, self.retry):
            widget.setVisible(not working)


class Closing(QObject):
    """Closes a gate once what was done is backed up, or the person wants it without."""

    def __init__(self, gate: "Gate", office: "Office", tasks: Tasks) -> None:
        super().__init__(gate)
        self._gate, self._office, self._tasks = gate, office, tasks
        self._job = Job()
        self._waiting = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SHOW_MS)
        self._timer.timeout.connect(self._show)
        self.dialog: ClosingDialog | None = None

    def begin(self) -> None:
        """Save the drafts and make the backup, unless it is being made."""
        if self._waiting:
            return
        frame = self._gate.frame()
        if frame is not None:
            frame.save_drafts()
        self._timer.start()
        self._run()

    def _run(self) -> None:
        job = self._job = Job()
        self._waiting = True

        def tell(share: float) -> None:
            job.go_on()
            self._tasks.tell(lambda: self._hear(share))

        self._tasks.write(
            lambda: self._office.back_up_if_changed(Reason.CLOSE, tell), self._made, self._broke
        )

    def _show(self) -> None:
        dialog = self.dialog = ClosingDialog(self._gate)
        dialog.again.connect(self._try_again)
        dialog.leave.connect(self._leave)
        dialog.rejected.connect(self._stay)
        dialog.open()

    def _hear(self, share: float) -> None:
        if self.dialog is not None:
            self.dialog.show_share(share)

    def _made(self, _backup: Any) -> None:
        self._waiting = False
        self._leave()

    def _broke(self, error: Exception) -> None:
        self._waiting = False
        if isinstance(error, Stopped):
            return
        words = error.tell() if isinstance(error, AppError) else _(BUG)
        if not isinstance(error, AppError):
            words = words.format(number=note_bug(error))
        self._timer.stop()
        if self.dialog is None:
            self._show()
        if self.dialog is not None:
            self.dialog.fail(words)

    def _try_again(self) -> None:
        if self.dialog is not None:
            self.dialog.begin()
        self._run()

    def _leave(self) -> None:
        """Close the window; a backup that is being made leaves nothing behind."""
        self._job.stop()
        self._timer.stop()
        self._drop()
        self._gate.go()

    def _stay(self) -> None:
        self._job.stop()
        self.dialog = None

    def _drop(self) -> None:
        dialog, self.dialog = self.dialog, None
        if dialog is not None:
            dialog.accept()
