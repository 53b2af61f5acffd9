"""The way in without the password: the sealed recovery key gives a person a new one."""

from collections.abc import Callable
from typing import Annotated

from PySide6.QtWidgets import QWidget

from app.core.errors import AppError, Invalid
from app.core.i18n import N_, _
from app.core.kinds import Secret, Text
from app.core.record import Record
from ui.kit.asking import Dialog
from ui.kit.buttons import Button
from ui.kit.form import FormView
from ui.kit.labels import Label


class RecoveryForm(Record):
    """What the recovery asks: who, the printed key, the new password twice."""

    user: Annotated[str, Text(label=N_("User name"), max_length=24)]
    recovery_key: Annotated[
        str, Text(label=N_("Recovery key"), hint=N_("From the sealed sheet"), max_length=60)
    ]
    password: Annotated[
        str, Secret(label=N_("New password"), hint=N_("At least 8 characters"), min_length=8)
    ]
    again: Annotated[str, Secret(label=N_("New password again"), min_length=8)]


class RecoveryDialog(Dialog):
    """Asks for the recovery key and a new password."""

    def __init__(
        self, parent: QWidget, user: str, recover: Callable[[RecoveryForm], object]
    ) -> None:
        text = _("The sheet with the recovery key is in the safe of the center.")
        super().__init__(parent, _("New password with the recovery key"), text, "recovery")
        self._recover = recover
        self.form = FormView(RecoveryForm, spans=dict.fromkeys(("user", "recovery_key"), 12))
        self.form.set_value("user", user)
        self.body.addWidget(self.form)
        self.trouble = Label(role="small", tone="bad", wrap=True)
        self.trouble.setObjectName("recovery_trouble")
        self.body.addWidget(self.trouble)
        self.add_acts(
            [
                Button(_("Go back"), self.reject, key="Esc", name="go_back"),
                Button(
                    _("Set the new password"), self.set_password, kind="primary", name="act_recover"
                ),
            ]
        )

    def set_password(self) -> None:
        """Set the password, or say what is wrong."""
        form = self.form.record()
        if form is None:
            return
        if form.password != form.again:
            self.trouble.setText(_("The two passwords differ. Please type both again."))
            return
        self._recover(form)

    def refuse(self, error: Exception) -> None:
        """Say why it was refused; what was typed is kept."""
        if isinstance(error, Invalid):
            self.trouble.setText(error.problems[0].tell())
        elif isinstance(error, AppError):
            self.trouble.setText(error.tell())
        else:
            raise error
