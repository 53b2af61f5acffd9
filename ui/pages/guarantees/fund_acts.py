"""What is done with guarantee funds: their terms, their capital by two people, their quotas."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from app.core.i18n import _
from app.core.record import Field
from app.core.words.loans import ChangeState, GuaranteeMoveKind
from app.loans.guarantee_records import (
    CapitalForm,
    GuaranteeFundChange,
    GuaranteeFundForm,
    GuaranteeFundView,
    GuaranteeMoveRow,
    MoveStep,
    QuotaForm,
    QuotaRow,
)
from app.loans.guarantees import (
    CAPITAL,
    change_guarantee_fund,
    confirm_capital,
    enter_capital,
    open_guarantee_fund,
    set_quota,
    withdraw_capital,
)
from app.reference.districts import district_names
from ui.kit.ask_pane import Act, AskPane, Perform
from ui.kit.cells import yuan
from ui.kit.choice_editors import ChoiceEditor
from ui.kit.editing import Context
from ui.kit.form import FormView
from ui.kit.number_editors import AmountEditor
from ui.kit.page import Page
from ui.pages.guarantees.fund_detail import FundDetail

TERMS = ("name", "leverage", "share_percent", "stop_percent", "document")
WIDE = {"name": 12, "document": 12, "leverage": 4, "share_percent": 4, "stop_percent": 4}


class FundActs:
    """The acts on the guarantee fund in sight."""

    def __init__(
        self,
        page: Page,
        detail: FundDetail,
        pane: AskPane,
        show: Callable[[], None],
        perform: Perform,
    ) -> None:
        self._page, self._desk, self._detail, self._pane = page, page.desk, detail, pane
        self._show, self._perform = show, perform

    # What is offered

    def primary(self) -> Act:
        """Return what comes next: capital that waits for this person, else new capital."""
        move = self._detail.waiting()
        if move is not None and not move.mine and self._desk.may(confirm_capital):
            return Act(_("Confirm the capital"), partial(self.confirm, move), icon="circle-check")
        return Act(_("Enter capital"), self.ask_capital, self._closed(enter_capital), "download")

    def secondary(self) -> tuple[Act, ...]:
        """Return what stands beside it: a quota, and new capital where another act is first."""
        quota = Act(_("Set a quota"), self.ask_quota, self._closed(set_quota), "scale")
        capital = Act(_("Enter capital"), self.ask_capital, self._closed(enter_capital), "download")
        return (quota,) if self.primary().words == capital.words else (quota, capital)

    def _closed(self, verb: Any) -> str:
        return self._desk.reason(verb) or (
            "" if self._detail.view else _("Open a guarantee fund first")
        )

    def more(self) -> tuple[Act, ...]:
        """Return what is done now and then."""
        view = self._detail.view
        if view is None:
            return ()
        may_change = self._desk.reason(change_guarantee_fund)
        acts = [Act(_("Change the terms"), self.ask_terms, may_change, "pencil")]
        move = self._detail.waiting()
        if move is not None:
            acts.append(
                Act(
                    _("Withdraw the movement…"),
                    partial(self.withdraw, move),
                    self._desk.reason(withdraw_capital),
                    "undo-2",
                )
            )
        chosen = self._detail.moves.current()
        if chosen is not None and chosen.loan_id is not None:
            says = _("Open loan {number}").format(number=chosen.loan_number)
            acts.append(Act(says, partial(self.open_loan, chosen), "", "hand-coins"))
        return tuple(acts)

    def says(self) -> tuple[str, str]:
        """Return what the bar says: what waits, and for whom."""
        view, move = self._detail.view, self._detail.waiting()
        if view is None:
            return "", ""
        if move is None:
            return _("Room left {amount} yuan").format(amount=yuan(view.row.left)), ""
        says = _("{kind} of {amount} yuan waits to be confirmed")
        who = (
            _("You entered this yourself, so another person confirms it")
            if move.mine
            else _("Entered by {name}").format(name=move.entered_by)
        )
        return says.format(kind=move.kind.label, amount=yuan(move.amount)), who

    # Funds

    def ask_fund(self) -> None:
        """Ask for a new guarantee fund."""
        form: FormView[GuaranteeFundForm] = FormView(
            GuaranteeFundForm, TERMS, spans=WIDE, name="guarantee_form"
        )

        def send(record: GuaranteeFundForm) -> None:
            done = _("Guarantee fund opened: {name}").format(name=record.name)
            self._perform(open_guarantee_fund, record, done)

        says = _("It stands for nothing until its capital is entered and confirmed.")
        self._ask(_("New guarantee fund"), form, _("Open the guarantee fund"), send, says)

    def ask_terms(self) -> None:
        """Ask what the fund may stand for from now on."""
        if (view := self._detail.view) is None:
            return
        row = view.row
        fields = (*TERMS, "open")
        form: FormView[GuaranteeFundChange] = FormView(
            GuaranteeFundChange,
            fields,
            spans=WIDE | {"open": 12},
            fixed={"id": row.id, "version": row.version},
            name="guarantee_terms_form",
        )
        for name in fields:
            form.set_value(name, getattr(row, name))

        def send(record: GuaranteeFundChange) -> None:
            done = _("Terms of {fund} changed").format(fund=record.name)
            self._perform(change_guarantee_fund, record, done)

        says = _("What the fund stands for already stays as it is.")
        title = _("Terms of {fund}").format(fund=row.name)
        self._ask(title, form, _("Change the terms"), send, says)

    # Capital

    def ask_capital(self) -> None:
        """Ask for capital that was paid in or out."""
        if (view := self._detail.view) is None:
            return

        def kinds(field: Field) -> ChoiceEditor:
            return ChoiceEditor(field, [(each, each.label) for each in CAPITAL])

        form: FormView[CapitalForm] = FormView(
            CapitalForm,
            ("kind", "day", "amount", "document"),
            spans={"kind": 6, "day": 6, "amount": 12, "document": 12},
            editors={"kind": kinds, "amount": _capitals},
            fixed={"fund_id": view.row.id},
            context=Context(today=self._desk.today),
            name="capital_form",
        )
        form.set_value("kind", GuaranteeMoveKind.CAPITAL_IN)
        form.set_value("day", self._desk.today())

        def send(record: CapitalForm) -> None:
            done = _("Entered {amount} yuan, another person confirms it")
            self._perform(enter_capital, record, done.format(amount=yuan(record.amount)))

        title = _("Capital of {fund}").format(fund=view.row.name)
        says = _("Another person confirms it; only then it counts.")
        self._ask(title, form, _("Enter"), send, says, focus="amount")

    def confirm(self, move: GuaranteeMoveRow) -> None:
        """Confirm capital after a last question."""
        title = _("Confirm: {kind}, {amount} yuan?")
        text = _("{day}, by {document}, entered by {name}. From now on the limit counts with it.")
        self._desk.asking.confirm(
            self._page,
            title.format(kind=move.kind.label, amount=yuan(move.amount)),
            text.format(day=move.day, document=move.document, name=move.entered_by),
            _("Confirm the capital"),
            partial(
                self._perform,
                confirm_capital,
                MoveStep(id=move.id, version=move.version),
                _("Capital confirmed"),
            ),
        )

    def withdraw(self, move: GuaranteeMoveRow) -> None:
        """Withdraw capital that was entered wrongly."""
        if move.state is not ChangeState.ENTERED:
            return
        says = _("Withdraw: {kind}, {amount} yuan?")
        self._desk.asking.confirm(
            self._page,
            says.format(kind=move.kind.label, amount=yuan(move.amount)),
            _("It was not confirmed, so no money is touched. It can be entered anew."),
            _("Withdraw the movement"),
            partial(
                self._perform,
                withdraw_capital,
                MoveStep(id=move.id, version=move.version),
                _("Movement withdrawn"),
            ),
            danger=True,
        )

    def open_loan(self, row: object) -> None:
        """Go to the loan a movement was for."""
        if isinstance(row, GuaranteeMoveRow) and row.loan_id is not None:
            self._page.go.emit("loans", row.loan_id)

    # Quotas

    def ask_quota(self, chosen: object = None) -> None:
        """Ask for the quota of a district: a new one, or another for the one that is chosen."""
        if (view := self._detail.view) is None or self._desk.reason(set_quota):
            return

        def districts(field: Field) -> ChoiceEditor:
            return ChoiceEditor(field, [(each, each) for each in district_names()])

        form: FormView[QuotaForm] = FormView(
            QuotaForm,
            ("district", "year", "fen", "document"),
            spans={"district": 8, "year": 4, "fen": 12, "document": 12},
            editors={"district": districts, "fen": _capitals},
            fixed={"fund_id": view.row.id, "version": None},
            name="quota_form",
        )
        form.set_value("year", self._detail.asked_year())
        known = isinstance(chosen, QuotaRow) and bool(chosen.district)
        if isinstance(chosen, QuotaRow) and known:
            form.set_value("district", chosen.district)
            form.set_value("fen", chosen.quota)
            form.set_value("document", chosen.document)

        def send(record: QuotaForm) -> None:
            done = _("Quota of {district} for {year}: {amount} yuan").format(
                district=record.district, year=record.year, amount=yuan(record.fen)
            )
            self._perform(set_quota, replace(record, version=_version(view, record)), done)

        title = _("Quota of a district of {fund}").format(fund=view.row.name)
        says = _("Once a district has a quota, every district needs one.")
        focus = "fen" if known else "district"
        self._ask(title, form, _("Set the quota"), send, says, focus=focus)

    def _ask(
        self,
        title: str,
        form: FormView[Any],
        verb: str,
        send: Callable[[Any], object],
        says: str,
        *,
        focus: str = "",
    ) -> None:
        self._pane.ask(title, form, verb, send, says=says)
        self._show()
        if focus:
            form.focus(focus)
        else:
            form.first().setFocus()


def _version(view: GuaranteeFundView, form: QuotaForm) -> int | None:
    """Return the version of the quota that is changed, as it is in sight."""
    return next(
        (
            row.version
            for row in view.quotas
            if (row.district, row.year) == (form.district, form.year)
        ),
        None,
    )


def _capitals(field: Field) -> AmountEditor:
    return AmountEditor(field, with_capitals=True)
