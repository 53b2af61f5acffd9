"""What is done with claims of interest subsidy: made, confirmed, sent, paid, withdrawn."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from app.core.i18n import _
from app.core.words.loans import ClaimState
from app.core.words.papers import PaperKind
from app.exchange.saving import save_file
from app.loans.claim_issuing import claim_book
from app.loans.subsidies import (
    confirm_claim,
    draft_claim,
    receive_claim,
    send_claim,
    withdraw_claim,
)
from app.loans.subsidy_papers import GOES_OUT, issue_subsidy_list
from app.loans.subsidy_records import (
    ClaimBook,
    ClaimById,
    ClaimDue,
    ClaimForm,
    ClaimReceived,
    ClaimRow,
    ClaimSent,
    ClaimStep,
    ClaimView,
    ClaimWithdrawal,
)
from ui.issuing import show_paper
from ui.kit.ask_pane import Act, AskPane, Perform
from ui.kit.cells import yuan
from ui.kit.editing import Context
from ui.kit.form import FormView
from ui.kit.page import Page
from ui.pages.guarantees.cells import quarter_of
from ui.pages.guarantees.claim_detail import ClaimDetail

STANDS = (ClaimState.DRAFTED, ClaimState.CONFIRMED, ClaimState.SENT)
"""States of a claim that can still be withdrawn."""


class ClaimActs:
    """The acts on the claim in sight."""

    def __init__(
        self,
        page: Page,
        detail: ClaimDetail,
        pane: AskPane,
        show: Callable[[], None],
        perform: Perform,
    ) -> None:
        self._page, self._desk, self._detail, self._pane = page, page.desk, detail, pane
        self._show, self._perform = show, perform
        self._due: Sequence[ClaimDue] = ()

    def show_due(self, due: Sequence[ClaimDue]) -> None:
        """Know which banks have not claimed the last quarter."""
        self._due = due

    # What is offered

    def primary(self) -> Act:
        """Return what comes next for the claim in sight; a new one where it is at its end."""
        view, reason = self._detail.view, self._desk.reason
        new = Act(_("Make a claim"), self.ask_new, reason(draft_claim), "plus")
        if view is None:
            return new
        row = view.row
        if row.state is ClaimState.DRAFTED:
            return Act(
                _("Confirm the claim"),
                partial(self.confirm, row),
                reason(confirm_claim) or _against(view),
                "circle-check",
            )
        if row.state is ClaimState.CONFIRMED:
            return Act(
                _("Sent to the treasury…"),
                partial(self.ask_sent, row),
                reason(send_claim),
                "upload",
            )
        if row.state is ClaimState.SENT:
            return Act(
                _("Money came…"), partial(self.ask_received, row), reason(receive_claim), "banknote"
            )
        return new

    def more(self) -> tuple[Act, ...]:
        """Return what is done now and then."""
        view = self._detail.view
        if view is None:
            return ()
        acts: list[Act] = []
        if view.row.state in GOES_OUT:
            closed = self._desk.reason(claim_book)
            acts.append(Act(_("Save the list as a workbook…"), self.save_list, closed, "download"))
        if view.row.state in STANDS:
            later = "" if view.newest else _("A later claim of this bank rests on this one")
            acts.append(
                Act(
                    _("Withdraw the claim…"),
                    partial(self.ask_withdrawal, view.row),
                    self._desk.reason(withdraw_claim) or later,
                    "undo-2",
                )
            )
        return tuple(acts)

    def printing(self) -> str:
        """Return why the list cannot be printed, or nothing."""
        view = self._detail.view
        if view is None:
            return _("Choose a claim")
        if view.row.state not in GOES_OUT:
            return _("The list is printed once the claim is confirmed")
        return self._desk.reason(issue_subsidy_list)

    def says(self) -> tuple[str, str, str]:
        """Return what the bar says, and in which tone: what stands in the way, what is due."""
        view = self._detail.view
        if view is not None and view.stale:
            return _("Entries became known since"), _("Withdraw it and make it anew"), "wait"
        if view is not None and view.row.state in STANDS:
            says = _("Total {amount} yuan").format(amount=yuan(view.row.fen))
            return says, (_mine() if view.row.mine and _waits(view.row) else ""), ""
        if self._due:
            return _("{count} claims are due").format(count=len(self._due)), "", "wait"
        return "", "", ""

    # The way of a claim

    def ask_new(self, due: ClaimDue | None = None) -> None:
        """Ask for which bank and quarter a claim is made; the first that is due is proposed."""
        form: FormView[ClaimForm] = FormView(
            ClaimForm,
            ("bank", "year", "quarter", "note"),
            spans={"bank": 12, "year": 6, "quarter": 6, "note": 12},
            hints={"bank": _("As the loans name it")},
            name="claim_form",
        )
        proposed = due or next(iter(self._due), None)
        if proposed is not None:
            form.set_value("bank", proposed.bank)
            form.set_value("year", proposed.year)
            form.set_value("quarter", proposed.quarter)

        def send(record: ClaimForm) -> None:
            says = _("Claim of {bank} made, another person confirms it")
            self._perform(draft_claim, record, says.format(bank=record.bank))

        says = _("Its lines come from the plans and entries of the loans.")
        self._ask(_("New claim"), form, _("Make the claim"), send, says)

    def confirm(self, row: ClaimRow) -> None:
        """Confirm a claim after a last question."""
        says = _("Confirm the claim of {bank}, {quarter}?")
        text = _("{number}, {count} loans, {amount} yuan, made by {name}.")
        self._desk.asking.confirm(
            self._page,
            says.format(bank=row.bank, quarter=quarter_of(row)),
            text.format(number=row.number, count=row.loans, amount=yuan(row.fen), name=row.made_by),
            _("Confirm the claim"),
            partial(self._perform, confirm_claim, ClaimStep(**_named(row)), _("Claim confirmed")),
        )

    def ask_sent(self, row: ClaimRow) -> None:
        """Ask on which day a claim went to the treasury."""
        form: FormView[ClaimSent] = FormView(
            ClaimSent,
            ("day",),
            spans={"day": 6},
            fixed=_named(row),
            context=Context(today=self._desk.today),
            name="claim_sent_form",
        )
        form.set_value("day", self._desk.today())

        def send(record: ClaimSent) -> None:
            self._perform(send_claim, record, _("{number} is sent").format(number=row.number))

        self._ask(_("{number} went out").format(number=row.number), form, _("Save"), send)

    def ask_received(self, row: ClaimRow) -> None:
        """Ask what the treasury paid."""
        form: FormView[ClaimReceived] = FormView(
            ClaimReceived,
            ("day", "amount", "note"),
            spans={"day": 6, "amount": 6, "note": 12},
            hints={"note": _("When another sum came than was claimed: why")},
            fixed=_named(row),
            context=Context(today=self._desk.today),
            name="claim_received_form",
        )
        form.set_value("day", self._desk.today())
        form.set_value("amount", row.fen)

        def send(record: ClaimReceived) -> None:
            says = _("{amount} yuan of {number} came")
            done = says.format(amount=yuan(record.amount), number=row.number)
            self._perform(receive_claim, record, done)

        says = _("{amount} yuan were claimed").format(amount=yuan(row.fen))
        title = _("Money for {number}").format(number=row.number)
        self._ask(title, form, _("Save"), send, says)

    def ask_withdrawal(self, row: ClaimRow) -> None:
        """Withdraw a claim after asking why."""

        def withdraw(reason: str) -> None:
            form = ClaimWithdrawal(**_named(row), reason=reason)
            self._perform(
                withdraw_claim, form, _("{number} is withdrawn").format(number=row.number)
            )

        self._desk.asking.reason(
            self._page,
            _("Withdraw {number}?").format(number=row.number),
            _("Its quarter can be claimed anew."),
            _("Withdraw the claim"),
            withdraw,
            danger=True,
        )

    def print_list(self) -> None:
        """Issue the list of the claim in sight, or show the one that was issued."""
        if self._detail.view is not None and not self.printing():
            claim = self._detail.view.row.id
            show_paper(
                self._page,
                PaperKind.SUBSIDY_LIST,
                f"subsidy_claim/{claim}",
                issue_subsidy_list,
                ClaimById(id=claim),
            )

    def save_list(self) -> None:
        """Save the list of the claim in sight as a workbook, ID numbers in the clear."""
        if (view := self._detail.view) is None:
            return

        def ask(book: ClaimBook) -> None:
            self._desk.asking.save_file(
                self._page,
                _("Where shall the workbook go?"),
                book.name,
                _("All files (*)"),
                lambda place: self._desk.produce(save_file, place, book.data, then=saved),
            )

        def saved(place: Path) -> None:
            self._page.toast.emit(_("Saved: {name}").format(name=place.name), None)

        self._desk.perform(claim_book, ClaimById(id=view.row.id), then=ask)

    def _ask(
        self,
        title: str,
        form: FormView[Any],
        verb: str,
        send: Callable[[Any], object],
        says: str = "",
    ) -> None:
        self._pane.ask(title, form, verb, send, says=says)
        self._show()
        form.first().setFocus()


def _named(row: ClaimRow) -> dict[str, Any]:
    return {"id": row.id, "version": row.version}


def _waits(row: ClaimRow) -> bool:
    return row.state is ClaimState.DRAFTED


def _mine() -> str:
    return _("You made this yourself, so another person confirms it")


def _against(view: ClaimView) -> str:
    """Return what stands against confirming a claim."""
    if view.row.mine:
        return _mine()
    return _("Entries became known since") if view.stale else ""
