"""The certificate of hardship (困难职工证明), issued from the file without a dialog."""

from datetime import date

from PySide6.QtCore import Signal

from app.cases.records import CertificateForm
from app.core.i18n import _
from app.core.words.households import FileState
from app.households.records import HouseholdView
from ui.kit.buttons import Button
from ui.kit.cards import Card
from ui.kit.day_editor import Today
from ui.kit.editing import Context
from ui.kit.form import FormView
from ui.kit.labels import Label


class CertificateCard(Card):
    """What the certificate is for and until when it holds; one button issues it."""

    wanted = Signal(object)
    """Issue this (`CertificateForm`)."""

    def __init__(self, today: Today, reason: str) -> None:
        super().__init__(_("Certificate of hardship"))
        self._today, self._reason = today, reason
        self.form: FormView[CertificateForm] = FormView(
            CertificateForm,
            ["purpose", "valid_until"],
            spans={"purpose": 6, "valid_until": 3},
            hints={"purpose": _("such as: reduction of school fees")},
            context=Context(today=today),
            name="form_certificate",
        )
        self.add(self.form)
        foot = self.add_foot()
        self._why = Label(role="hint")
        foot.addWidget(self._why, 1)
        self.issue = Button(
            _("Issue the certificate"),
            self._issue,
            icon="badge-check",
            name="act_issue_certificate",
        )
        foot.addWidget(self.issue)

    def show_household(self, view: HouseholdView) -> None:
        """Begin a certificate of this household."""
        filed = view.file_state is FileState.ACTIVE
        why = self._reason or ("" if filed else _("Only a household on file gets the certificate"))
        self.issue.allow(why)
        self._why.setText(why or _("The paper opens for printing"))
        if self.form.dirty() and self._shown == view.id:
            return
        self._shown = view.id
        year_end = date(self._today().year, 12, 31)
        self.form.set_record(
            CertificateForm(household_id=view.id, purpose="", valid_until=year_end)
        )

    _shown = 0

    def settle(self) -> None:
        """Forget what was typed: it was issued."""
        self.form.clear()
        self._shown = 0

    def _issue(self) -> None:
        if (form := self.form.record()) is not None:
            self.wanted.emit(form)
