"""What the guarantee fund bears when it pays for a borrower: told, and offered as the sum."""

from datetime import date

from app.core.money import Fen
from app.loans.money_queries import fund_part
from app.loans.money_records import FundPartView, PayoffAsked
from ui.desk import Desk
from ui.kit.ask_pane import AskPane, Form
from ui.kit.labels import Label


class PartOfFund(Label):
    """Says what the fund bears on the day of the form, and how that comes about."""

    def __init__(self, desk: Desk, pane: AskPane, form: Form, loan_id: int) -> None:
        super().__init__(role="small", wrap=True)
        self.setObjectName("part_of_fund")
        self._desk, self._pane, self._form, self._loan_id = desk, pane, form, loan_id
        self._day: date | None = None
        self._offered: Fen | None = None
        form.edited.connect(self.ask)

    def ask(self) -> None:
        """Ask for the part of the day, once for each day."""
        day = self._form.value("day")
        if day is None or day == self._day:
            return
        self._day = day
        asked = PayoffAsked(loan_id=self._loan_id, day=day)
        self._desk.ask(fund_part, asked, then=self._offer, failed=self._wrong, latest=self)

    def _offer(self, part: FundPartView) -> None:
        """Show the part; what somebody typed as the sum stays."""
        if self._pane.form is not self._form:
            return
        self.setText(part.explained)
        if self._form.value("fen") in (None, self._offered):
            self._offered = part.most or None
            self._form.set_value("fen", self._offered)
            self._form.edited.emit()

    def _wrong(self, error: Exception) -> None:
        if self._pane.form is self._form:
            self.setText(str(error))
