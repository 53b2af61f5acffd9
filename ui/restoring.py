"""The dialog that restores a backup to a new place: which one, where to, and what opens it."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.core.errors import AppError, Invalid, Problem
from app.core.i18n import N_, _
from app.core.kinds import Secret, Text
from app.core.record import Record
from ui.desk import Job, Stopped
from ui.feedback import BUG, note_bug
from ui.kit.asking import Asking, Dialog, fit
from ui.kit.buttons import Button
from ui.kit.form import FormView
from ui.kit.labels import Label
from ui.kit.progress import ProgressLine

if TYPE_CHECKING:
    from app.backups.manifest import Backup

LENGTH: Final = 400


class RestoreForm(Record):
    """What restoring asks: the backup, the new place, and a key to it."""

    backup: Annotated[
        str,
        Text(
            label=N_("Backup"),
            hint=N_("The folder, such as center-2026-11-20-173005"),
            max_length=LENGTH,
        ),
    ]
    to: Annotated[
        str,
        Text(
            label=N_("Restore to"),
            hint=N_("A new data file; nothing is written over"),
            max_length=LENGTH,
        ),
    ]
    recovery_key: Annotated[
        str,
        Text(label=N_("Recovery key"), hint=N_("From the sealed sheet; or below"), max_length=60),
    ] = ""
    user: Annotated[str, Text(label=N_("User name"), max_length=24)] = ""
    password: Annotated[
        str, Secret(label=N_("Password"), hint=N_("As it was when the backup was made"))
    ] = ""


Restored = tuple[Path, "Backup"]
Restore = Callable[
    [
        RestoreForm,
        Callable[[float], object],
        Callable[[Restored], object],
        Callable[[Exception], object],
    ],
    Job,
]
"""Restores what a form says on another thread: tells how far it is, the end, or what is wrong."""


def opened_by(form: RestoreForm) -> dict[str, str]:
    """Return what opens the backup: the recovery key alone, or user and password."""
    if form.recovery_key:
        return {"recovery_key": form.recovery_key}
    return {"user": form.user, "password": form.password}


class RestoreDialog(Dialog):
    """Restores a backup and says what came back: rows, acts and the last hash of the trail."""

    def __init__(
        self,
        parent: QWidget,
        asking: Asking,
        restore: Restore,
        done: Callable[[Path], object],
        *,
        finish: str,
        backup: str = "",
        to: str = "",
    ) -> None:
        """``finish`` is the verb that calls ``done`` with the restored store."""
        says = _("The data come back to a new place; data and backups that stand are not touched.")
        super().__init__(parent, _("Restore from a backup"), says, "restore_dialog")
        self._asking, self._restore, self._done = asking, restore, done
        self._job: Job | None = None
        self._store: Path | None = None
        self.form: FormView[RestoreForm] = FormView(
            RestoreForm,
            spans={"backup": 12, "to": 12, "recovery_key": 12, "user": 6, "password": 6},
            name="form_restore",
        )
        self.form.set_value("backup", backup)
        self.form.set_value("to", to)
        self.body.addWidget(self.form)
        choices = QHBoxLayout()
        choices.addWidget(
            Button(_("Choose the backup…"), self._ask_backup, kind="quiet", icon="folder-open",
                   name="act_choose_backup")
        )  # fmt: skip
        choices.addWidget(
            Button(_("Choose the place…"), self._ask_place, kind="quiet", icon="folder-input",
                   name="act_choose_place")
        )  # fmt: skip
        choices.addStretch(1)
        self._choices = QWidget()
        self._choices.setLayout(choices)
        choices.setContentsMargins(0, 0, 0, 0)
        self.body.addWidget(self._choices)
        self.progress = ProgressLine(self._stop)
        self.body.addWidget(self.progress)
        self.says = Label(wrap=True)
        self.says.setObjectName("restore_says")
        self.says.hide()
        self.body.addWidget(self.says)
        self.back = Button(_("Go back"), self.reject, key="Esc", name="go_back")
        self.go = Button(_("Restore"), self.run, kind="primary", icon="database-backup",
                         name="act_restore")  # fmt: skip
        self.finish = Button(finish, self._finish, kind="primary", name="act_use_restored")
        self.finish.hide()
        self.add_acts([self.back, self.go, self.finish])

    def showEvent(self, event: QShowEvent) -> None:
        """Take the height that the fields need in the text size in use."""
        super().showEvent(event)
        fit(self)

    def _ask_backup(self) -> None:
        def chosen(folder: Path) -> None:
            self.form.set_value("backup", str(folder))

        self._asking.open_folder(self, _("Which backup?"), chosen)

    def _ask_place(self) -> None:
        def chosen(place: Path) -> None:
            self.form.set_value("to", str(place))

        title, filters = _("Where shall the data be kept?"), _("Data file") + " (*.db)"
        self._asking.save_file(self, title, "center.db", filters, chosen)

    def run(self) -> None:
        """Begin, when the form says all that is needed."""
        form = self.form.record()
        if form is None:
            return
        if not form.recovery_key and not (form.user and form.password):
            says = N_("The recovery key is needed, or user name and password")
            self.form.show_problems(Invalid([Problem("recovery_key", "missing", says)]))
            return
        self.says.hide()
        self._set_running(running=True)
        self._job = self._restore(form, self.progress.show_share, self._restored, self._broke)

    def _set_running(self, *, running: bool) -> None:
        if running:
            self.progress.begin(_("Restoring"))
        else:
            self.progress.hide()
        self.form.setEnabled(not running)
        self._choices.setEnabled(not running)
        self.go.allow(_("Wait until this is done") if running else "")

    def _stop(self) -> None:
        if self._job is not None:
            self._job.stop()

    def _restored(self, restored: Restored) -> None:
        store, backup = restored
        contents = backup.manifest.contents
        self._store = store
        self._set_running(running=False)
        for widget in (self.form, self._choices, self.go, self.back):
            widget.hide()
        lines = [
            _("Restored to {place}.").format(place=store),
            _("Backup of {day}, {center}.").format(
                day=f"{backup.manifest.made_at.astimezone():%Y-%m-%d %H:%M}",
                center=contents.center,
            ),
            _("Read through: {size} MB, {rows} rows in {tables} tables.").format(
                size=f"{backup.manifest.store.size / 1e6:,.1f}",
                rows=f"{sum(contents.rows.values()):,}",
                tables=len(contents.rows),
            ),
            _("{count} acts in the audit trail, the last hash is {hash}.").format(
                count=contents.acts, hash=contents.last_hash[:16]
            ),
            *contents.troubles(),
        ]
        self._say("\n".join(lines), "" if contents.sound else "wait")
        self.finish.show()
        self.finish.setFocus()

    def _broke(self, error: Exception) -> None:
        self._set_running(running=False)
        if isinstance(error, Stopped):
            self._say(_("Stopped. Nothing was left at the new place."), "wait")
        elif isinstance(error, AppError):
            self._say(error.tell(), "bad")
        else:
            self._say(_(BUG).format(number=note_bug(error)), "bad")

    def _say(self, words: str, tone: str) -> None:
        self.says.set_tone(tone)
        self.says.setText(words)
        self.says.show()
        fit(self)

    def _finish(self) -> None:
        if self._store is not None:
            self.accept()
            self._done(self._store)

    def reject(self) -> None:
        """Stop what runs: it leaves nothing behind."""
        self._stop()
        super().reject()
