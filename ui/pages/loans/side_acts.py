"""Who and what stands beside a borrower: guarantors, partners, spouses, things."""

from collections.abc import Callable

from app.core.i18n import _
from app.core.record import Record
from app.core.words.loans import LoanParty
from app.loans.side_queries import guarantor_view
from app.loans.side_records import (
    GuarantorAsked,
    GuarantorView,
    SideChange,
    SideForm,
    SideRow,
    SideStep,
)
from app.loans.sides import add_side, change_side, release_side
from app.loans.view_records import LoanView
from ui.kit.ask_pane import AskPane, Form, Perform, capitals
from ui.kit.cells import yuan
from ui.kit.editing import Context
from ui.kit.form import FormView
from ui.kit.labels import Label
from ui.kit.page import Page


class SideActs:
    """The acts on those who stand for a loan."""

    def __init__(
        self, page: Page, pane: AskPane, show: Callable[[], None], perform: Perform
    ) -> None:
        self._page, self._desk, self._pane = page, page.desk, pane
        self._show, self._perform = show, perform

    def ask_side(self, view: LoanView, side: SideRow | None = None) -> None:
        """Ask for a guarantor, partner, spouse, or a thing; or what one should have said."""
        record: type[Record] = SideForm if side is None else SideChange
        fixed = (
            {"loan_id": view.row.id} if side is None else {"id": side.id, "version": side.version}
        )
        names = ["party", *SIDE] if side is None else list(SIDE)
        form: Form = FormView(
            record,
            names,
            spans=SPANS,
            editors={"covers": capitals},
            fixed=fixed,
            context=Context(today=self._desk.today),
            name="side_form",
        )
        if side is None:
            form.set_value("party", LoanParty.GUARANTOR)
        else:
            for name in SIDE:
                if name not in ("id_number", "phone") and hasattr(side, name):
                    form.set_value(name, getattr(side, name))
            form.boxes["id_number"].set_hint(_("Type the whole number again"))
        says = Label(role="small", wrap=True)
        says.setObjectName("side_says")
        form.boxes["only_the_name"].setVisible(False)

        def known(found: GuarantorView) -> None:
            if self._pane.form is not form:
                return
            parts = [
                _("{number} {name}: {amount} yuan").format(
                    number=each.number, name=each.borrower, amount=yuan(each.left)
                )
                for each in (*found.own, *found.loans)
            ]
            says.setText("\n".join([found.against, *parts]).strip())

        def look() -> None:
            if number := form.value("id_number"):
                asked = GuarantorAsked(id_number=number, loan_id=view.row.id)
                self._desk.ask(guarantor_view, asked, then=known, latest=says)

        def send(form: Record) -> None:
            self._perform(
                add_side if side is None else change_side, form, _("Counter-guarantee kept")
            )

        title = _("Beside the borrower of {number}").format(number=view.row.number)
        self._pane.ask(title, form, _("Keep"), send, below=says)
        form.boxes["id_number"].editor.left.connect(look)
        form.settle()
        self._show()
        form.focus("form")

    def release(self, side: SideRow) -> None:
        """Release a guarantor, with the reason."""

        def send(reason: str) -> None:
            form = SideStep(id=side.id, version=side.version, reason=reason)
            self._perform(release_side, form, _("Released"))

        self._desk.asking.reason(
            self._page,
            _("Release {name}?").format(name=side.name),
            _("They stand for this loan no longer; it stays on record."),
            _("Release"),
            send,
            danger=True,
        )


SIDE = (
    *("form", "name", "id_number", "phone", "unit", "monthly_income", "own_debts", "covers"),
    *("thing", "value", "only_the_name"),
)
SPANS = {
    **{"party": 6, "form": 6, "name": 6, "id_number": 6, "phone": 6, "unit": 6},
    **{"monthly_income": 6, "own_debts": 6, "covers": 12, "thing": 8, "value": 4},
    "only_the_name": 12,
}
