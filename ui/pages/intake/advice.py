"""Looks up, while the form is typed, what policy makes of it and who may be the same person."""

from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from app.cases.queries import assess_form
from app.cases.records import TrialRequest
from app.households.duplicates import likenesses
from app.households.records import DuplicateQuery, Likeness
from app.policy.findings import Findings
from ui.desk import Desk
from ui.documents.listing import missing_proofs
from ui.pages.intake.column import SectionColumn
from ui.pages.intake.likeness import LikenessPanel
from ui.pages.intake.outlook import Outlook, OutlookPane

LOOK_MS: Final = 300
"""Pause after a change before anything is looked up."""


class Advice(QObject):
    """The pre-judgement and the likenesses of the form as it stands."""

    changed = Signal()
    """There is another pre-judgement."""

    def __init__(
        self, desk: Desk, form: SectionColumn, panel: LikenessPanel, pane: OutlookPane
    ) -> None:
        super().__init__(form)
        self._desk, self._form = desk, form
        self._panel, self._pane = panel, pane
        self.outlook: Outlook | None = None
        """The pre-judgement in few words; `None` while too little is known."""
        self.proofs: tuple[str, ...] = ()
        """The names of the proofs that it waits for."""
        self.except_household: int | None = None
        """The household whose own file is open: it is no likeness of itself."""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)

    def look_soon(self) -> None:
        """Look after a pause of typing."""
        self._timer.start()

    def look(self) -> None:
        """Look now."""
        self._timer.stop()
        if self._form.blank():
            self.outlook, self.proofs = None, ()
            self._panel.show_likenesses(())
            self.changed.emit()
            return
        if self._desk.may(assess_form):
            trial = TrialRequest(household=self._form.household())
            self._desk.ask(assess_form, trial, then=self._found, latest=self)
        if self._desk.may(likenesses):
            self._desk.ask(likenesses, self._query(), then=self._alike, latest=self._panel)

    def _query(self) -> DuplicateQuery:
        head = self._form.head
        members = self._form.members.record()
        return DuplicateQuery(
            id_number=head.value("id_number") or "",
            name=head.value("name") or "",
            phone=head.value("phone") or "",
            account_number=self._form.account.value("account_number") or "",
            address=head.value("address") or "",
            members=tuple(filter(None, (each.id_number for each in members))),
            except_household=self.except_household,
        )

    def _alike(self, found: list[Likeness]) -> None:
        if not self._form.blank():
            self._panel.show_likenesses(found)

    def _found(self, findings: Findings) -> None:
        if self._form.blank():
            return
        self.outlook = Outlook.of(findings)
        self.proofs = missing_proofs(filter(None, (findings.classification,)))
        self._pane.show_findings(findings)
        self._form.application.show_outlook(findings)
        self.changed.emit()

    def begin(self, except_household: int | None = None) -> None:
        """Forget everything: another form is shown."""
        self._timer.stop()
        self.except_household = except_household
        self.outlook, self.proofs = None, ()
        self._panel.begin()
