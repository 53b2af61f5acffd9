"""The money of a loan: repayments, what two people do, checks, and who stands beside it."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.i18n import _
from app.core.money import yuan_text
from app.core.words.loans import LoanEventKind, LoanState
from app.loans.checks import do_check
from app.loans.money import confirm_change, enter_change, record_repayment, withdraw_change
from app.loans.money_queries import (
    change_preview,
    payoff,
    preview_change,
    preview_repayment,
)
from app.loans.money_records import (
    ChangeAsked,
    ChangeForm,
    ChangePreview,
    LoanChangeRow,
    LoanChangeStep,
    LoanEventRow,
    PayoffAsked,
    PayoffView,
    RepaymentForm,
    RepaymentPreview,
)
from app.loans.records import LoanCheckForm, LoanCheckRow
from app.loans.view_records import LoanView
from ui.kit.ask_pane import AskPane, Form, Perform, capitals
from ui.kit.cards import Card, Facts
from ui.kit.cells import joined, yuan
from ui.kit.editing import Context
from ui.kit.form import FormView
from ui.kit.labels import Label
from ui.kit.page import Page
from ui.pages.loans.part_of_fund import PartOfFund
from ui.pages.loans.plan_table import pairs_table, parts_table


class MoneyActs:
    """The acts once the bank has lent, and those on guarantors."""

    def __init__(
        self, page: Page, pane: AskPane, show: Callable[[], None], perform: Perform
    ) -> None:
        self._page, self._desk, self._pane = page, page.desk, pane
        self._show, self._perform = show, perform

    # Repayments

    def ask_repayment(self, view: LoanView) -> None:
        """Ask what came in, and show what it settles while it is typed."""
        form = self._form(
            RepaymentForm,
            ["day", "fen", "payer", "document", "note", "early", "another"],
            {"loan_id": view.row.id, "version": view.row.version},
        )
        parts, says = parts_table(), Label(role="small", wrap=True)
        says.setObjectName("repayment_says")
        standing = view.standing
        form.set_value("day", self._desk.today())
        if standing is not None:
            due = standing.principal_overdue + standing.interest_overdue + standing.penalty
            form.set_value("fen", due or standing.next_due or None)
        for name in ("early", "another"):
            form.boxes[name].hide()

        def show(preview: RepaymentPreview) -> None:
            if self._pane.form is not form:
                return
            parts.show_rows(preview.lines)
            form.boxes["early"].setVisible(bool(preview.beyond))
            form.boxes["another"].setVisible(bool(preview.twice))
            says.setText(_settles(preview))
            self._pane.finish.allow(_over(preview))

        def wrong(error: Exception) -> None:
            if self._pane.form is not form:
                return
            parts.show_rows([])
            says.setText(str(error))

        def count() -> None:
            if not form.missing() and not form.red() and (record := form.record()) is not None:
                self._desk.ask(preview_repayment, record, then=show, failed=wrong, latest=parts)

        def send(record: RepaymentForm) -> None:
            done = _("{amount} yuan booked").format(amount=yuan_text(record.fen))
            self._perform(record_repayment, record, done)

        below = QWidget()
        column = QVBoxLayout(below)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(says)
        column.addWidget(parts, 1)
        self._pane.ask(
            _("Repayment of {number}").format(number=view.row.number),
            form,
            _("Book the repayment"),
            send,
            below=below,
        )
        form.settle()
        form.edited.connect(count)
        self._show()
        form.focus("fen")
        count()

    def ask_payoff(self, view: LoanView) -> None:
        """Show what settles the loan on a day (提前结清试算)."""
        form = self._form(PayoffAsked, ["day"], {"loan_id": view.row.id})
        form.set_value("day", self._desk.today())
        card, facts = Card(_("What settles the loan")), Facts(150)
        card.add(facts)
        explained = Label(role="small", wrap=True)
        card.add(explained)

        def show(answer: PayoffView) -> None:
            if self._pane.form is not form:
                return
            facts.clear()
            for label, fen in (
                (_("Principal"), answer.principal),
                (_("Interest"), answer.interest),
                (_("Overdue interest"), answer.penalty),
                (_("Paid ahead"), answer.ahead),
                (_("Total"), answer.total),
                (_("Interest saved"), answer.saved),
            ):
                facts.add_fact(label, _("{amount} yuan").format(amount=yuan(fen)))
            explained.setText("\n".join(answer.explained))

        def wrong(error: Exception) -> None:
            if self._pane.form is not form:
                return
            facts.clear()
            explained.setText(str(error))

        def count(record: PayoffAsked | None = None) -> None:
            if (asked := record or form.record()) is not None:
                self._desk.ask(payoff, asked, then=show, failed=wrong, latest=facts)

        self._pane.ask(
            _("Early settlement of {number}").format(number=view.row.number),
            form,
            _("Count"),
            count,
            below=card,
        )
        form.edited.connect(count)
        self._show()
        count()

    # What two people do

    def ask_change(
        self, view: LoanView, kind: LoanEventKind, entry: LoanEventRow | None = None
    ) -> None:
        """Ask for a change that another person confirms, with the plan before and after."""
        fields = CHANGED[kind]
        fixed: dict[str, Any] = {
            "loan_id": view.row.id,
            "version": view.row.version,
            "kind": kind,
        }
        if entry is not None:
            fixed["reverses"] = entry.number
        form = self._form(ChangeForm, fields, fixed)
        form.set_value("day", self._desk.today())
        of_fund = (
            PartOfFund(self._desk, self._pane, form, view.row.id)
            if kind is LoanEventKind.COMPENSATED
            else None
        )
        if "fen" in fields and of_fund is None and view.standing is not None:
            form.set_value("fen", view.standing.owed_to_fund or None)
        pairs, says = pairs_table(), Label(role="small", wrap=True)
        pairs.hide()
        warns = Label(tone="wait", wrap=True)
        warns.setObjectName("change_warns")
        warns.hide()

        def show(preview: ChangePreview) -> None:
            if self._pane.form is not form:
                return
            changed = [pair for pair in preview.plan if pair.changed]
            pairs.show_rows(changed)
            pairs.setVisible(bool(changed))
            told = _before_and_after(view, preview)
            says.setText(told if changed else joined(told, _("The plan does not change")))
            warns.setText(preview.warns)
            warns.setVisible(bool(preview.warns))

        def wrong(error: Exception) -> None:
            if self._pane.form is not form:
                return
            pairs.hide()
            says.setText(str(error))
            warns.hide()

        def count() -> None:
            if not form.missing() and not form.red() and (record := form.record()) is not None:
                self._desk.ask(preview_change, record, then=show, failed=wrong, latest=pairs)

        def send(record: ChangeForm) -> None:
            self._perform(enter_change, record, _("Entered; another person confirms it"))

        below = QWidget()
        column = QVBoxLayout(below)
        column.setContentsMargins(0, 0, 0, 0)
        if of_fund is not None:
            column.addWidget(of_fund)
        column.addWidget(warns)
        column.addWidget(says)
        column.addWidget(pairs, 1)
        column.addStretch()
        title = f"{kind.label}　{view.row.number}"
        if entry is not None:
            title += "　" + _("of entry {number}").format(number=entry.number)
        self._pane.ask(
            title,
            form,
            _("Enter"),
            send,
            below=below,
            says=_("Another person confirms it; only then it counts."),
        )
        form.settle()
        form.edited.connect(count)
        self._show()
        form.focus(fields[0])
        if of_fund is not None:
            of_fund.ask()

    def ask_confirm(self, view: LoanView, change: LoanChangeRow) -> None:
        """Show what a change would do, and ask whether it is confirmed."""

        def ask(preview: ChangePreview) -> None:
            amount = _("{amount} yuan").format(amount=yuan(change.fen)) if change.fen else ""
            parts = [amount, change.document, change.reason, preview.warns]
            parts.append(_before_and_after(view, preview))
            title = _("Confirm: {change} of {number}?")
            done = _("Confirmed: {change} of {number}").format(
                change=change.kind.label, number=view.row.number
            )
            self._desk.asking.confirm(
                self._page,
                title.format(change=change.kind.label, number=view.row.number),
                "\n".join(part for part in parts if part),
                _("Confirm"),
                partial(self._step, confirm_change, change, done),
            )

        self._desk.ask(change_preview, ChangeAsked(id=change.id), then=ask)

    def take_back(self, change: LoanChangeRow) -> None:
        """Withdraw a change that was entered wrongly and is not confirmed yet."""
        self._step(withdraw_change, change, _("Taken back"))

    def _step(self, verb: Any, change: LoanChangeRow, done: str) -> None:
        self._perform(verb, LoanChangeStep(id=change.id, version=change.version), done)

    # Checks

    def ask_check(self, check: LoanCheckRow) -> None:
        """Ask what a post-loan check found."""
        form = self._form(
            LoanCheckForm,
            ["done_on", "result", "jobs", "findings"],
            {"id": check.id, "version": check.version},
        )
        form.set_value("done_on", self._desk.today())

        def send(record: LoanCheckForm) -> None:
            self._perform(do_check, record, _("Check booked; the next one is planned"))

        self._pane.ask(
            _("Post-loan check, due {day}").format(day=check.due_on.isoformat()),
            form,
            _("Book the check"),
            send,
            says=_("Misuse stops the subsidy and takes back what was claimed."),
        )
        form.settle()
        self._show()
        form.focus("result")

    def _form(self, record: type[Any], fields: list[str], fixed: dict[str, Any]) -> Form:
        return FormView(
            record,
            fields,
            spans=SPANS,
            editors={name: capitals for name in ("fen", "covers") if name in fields},
            fixed=fixed,
            context=Context(today=self._desk.today),
            name="money_form",
        )


CHANGED = {
    LoanEventKind.EXTENDED: ["months", "day", "document", "reason"],
    LoanEventKind.COMPENSATED: ["fen", "day", "document", "reason"],
    LoanEventKind.RECOVERED: ["fen", "payer", "day", "document", "reason"],
    LoanEventKind.WRITTEN_OFF: ["fen", "day", "document", "reason"],
    LoanEventKind.REVERSED: ["day", "document", "reason"],
}
"""What each change asks for."""
SPANS = {
    **{"day": 4, "fen": 8, "payer": 4, "document": 8, "note": 12, "early": 6, "another": 6},
    **{"months": 4, "reason": 12, "done_on": 4, "result": 5, "jobs": 3, "findings": 12},
    **{"party": 6, "form": 6, "name": 6, "id_number": 6, "phone": 6, "unit": 6},
    **{"monthly_income": 6, "own_debts": 6, "covers": 12, "thing": 8, "value": 4},
    "only_the_name": 12,
}


def _settles(preview: RepaymentPreview) -> str:
    """Return what a payment does, in words."""
    if preview.on_record:
        parts = [_("on record only: the payment is kept; what is due is told once all are entered")]
        return "　".join([*parts, *_looks_like(preview)])
    parts = [_("due {amount} yuan").format(amount=yuan(preview.due))]
    if preview.settles:
        parts.append(_("this settles the loan"))
    elif preview.beyond:
        says = _("{amount} yuan more than is due: an early repayment, or typed wrongly?")
        parts.append(says.format(amount=yuan(preview.beyond)))
    if preview.back_dated:
        parts.append(_("lies before what was entered already; all of it is counted anew"))
    parts += _looks_like(preview)
    left = _("{amount} yuan of principal left then").format(amount=yuan(preview.outstanding_after))
    return "　".join([*parts, left])


def _looks_like(preview: RepaymentPreview) -> list[str]:
    if not preview.twice:
        return []
    numbers = "、".join(str(number) for number in preview.twice)
    return [_("looks like entry {numbers}: another payment?").format(numbers=numbers)]


def _over(preview: RepaymentPreview) -> str:
    if not preview.over:
        return ""
    says = _("{amount} yuan more than the whole loan")
    return says.format(amount=yuan(preview.over))


def _before_and_after(view: LoanView, preview: ChangePreview) -> str:
    if view.row.state is LoanState.RECORDED:
        return view.row.state.label  # nothing of it is counted yet
    before, after = preview.before, preview.after
    says = _("Principal left {before} → {after} yuan, owed to the fund {owed} → {owes} yuan")
    words = says.format(
        before=yuan(before.outstanding),
        after=yuan(after.outstanding),
        owed=yuan(before.owed_to_fund),
        owes=yuan(after.owed_to_fund),
    )
    if before.ends_on != after.ends_on and before.ends_on and after.ends_on:
        ends = _("ends {before} → {after}")
        words += "　" + ends.format(before=before.ends_on, after=after.ends_on)
    return words
