"""What is done with money at the counter and after it went out: signed, returned, corrected."""

from functools import partial

from app.core.i18n import _
from app.core.money import Fen, yuan_text
from app.core.words.disbursements import LineState, PayWay
from app.core.words.funds import BudgetState, RefundKind
from app.core.words.papers import PaperKind
from app.disbursements.batch_records import (
    BatchById,
    BatchLineRow,
    BatchView,
    CorrectionForm,
    HandOut,
    NotCollected,
)
from app.disbursements.batches import open_correction
from app.disbursements.cash import close_day, confirm_day, issue_cash_day_sheet
from app.disbursements.cash_records import CashDayById, CashDayRow, CashDayStep, CloseDayForm
from app.disbursements.handing import begin_handing, hand_out, not_collected
from app.disbursements.refund_records import (
    DemandForm,
    RefundById,
    RefundForm,
    RefundRow,
    RefundStep,
)
from app.disbursements.refunds import (
    confirm_refund,
    enter_refund,
    issue_recovery_demand,
    issue_refund_slip,
    withdraw_refund,
)
from app.disbursements.vouchers import issue_receipt_slips, issue_vouchers
from ui.issuing import show_paper
from ui.kit.form import FormView
from ui.pages.batches.acts import BatchActs, step_of
from ui.pages.batches.pane import FormPane


class MoneyActs:
    """The acts at the counter, and those after the money went out."""

    def __init__(self, acts: BatchActs, pane: FormPane, books_pane: FormPane) -> None:
        self._acts, self._pane, self._books_pane = acts, pane, books_pane
        self._page = acts.page
        self._desk = acts.page.desk

    # At the counter

    def begin(self, view: BatchView) -> None:
        """Begin to hand out."""
        says = _("Handing out begins: print the list to sign with F12")
        self._acts.perform(begin_handing, step_of(view), lambda _n: self._acts.told(says))

    def sign_all(self, view: BatchView) -> None:
        """Book that everybody left signed, after a question."""
        ids = tuple(line.id for line in view.lines if line.state is LineState.PAYING)
        self._desk.asking.confirm(
            self._page,
            _("Did all {count} sign?").format(count=len(ids)),
            _("They are booked as handed out today. This cannot be taken back."),
            _("All signed"),
            lambda: self._sign(view, ids),
        )

    def sign(self, view: BatchView, line: BatchLineRow) -> None:
        """Book that one person signed."""
        self._sign(view, (line.id,))

    def _sign(self, view: BatchView, ids: tuple[int, ...]) -> None:
        form = HandOut(batch_id=view.row.id, version=view.row.version, line_ids=ids)
        says = _("{count} signed").format(count=len(ids))
        self._acts.perform(hand_out, form, lambda _n: self._acts.told(says))

    def leave_out(self, view: BatchView, line: BatchLineRow) -> None:
        """Book that one was not collected, with the reason."""

        def book(reason: str) -> None:
            form = NotCollected(
                batch_id=view.row.id,
                version=view.row.version,
                line_ids=(line.id,),
                reason=reason,
            )
            says = _("Not collected: the money is back in its fund")
            self._acts.perform(not_collected, form, lambda _n: self._acts.told(says))

        self._desk.asking.reason(
            self._page,
            _("{name} did not collect {amount} yuan?").format(
                name=line.name, amount=yuan_text(line.amount)
            ),
            _("The money goes back to its fund; the proposer can propose anew."),
            _("Not collected"),
            book,
        )

    # After it went out

    def correct(self, view: BatchView) -> None:
        """Make the correction batch of what was mended and approved anew."""
        awards = tuple(row.id for row in view.correctable)
        form = CorrectionForm(batch_id=view.row.id, award_ids=awards)
        self._acts.perform(open_correction, form, self._page.open)

    def vouchers(self, view: BatchView) -> None:
        """Issue the vouchers, one for each fund, and go to the first."""

        def go(papers: tuple[int, ...]) -> None:
            self._acts.told(_("{count} vouchers issued").format(count=len(papers)))
            self._page.go.emit("papers", papers[0])

        self._acts.perform(issue_vouchers, BatchById(id=view.row.id), go)

    def receipts(self, view: BatchView) -> None:
        """Go to the receipts of a batch; they are issued once."""
        batch = BatchById(id=view.row.id)
        subject = f"batch/{batch.id}"
        show_paper(self._page, PaperKind.RECEIPT_SLIPS, subject, issue_receipt_slips, batch)

    def ask_refund(self, view: BatchView, line: BatchLineRow) -> None:
        """Ask for money that came back of one payment."""
        form = FormView(
            RefundForm,
            ["kind", "amount", "came_on", "document", "reason"],
            spans=dict.fromkeys(("kind", "amount", "came_on", "document", "reason"), 12),
            fixed={"award_id": line.award_id},
            name="refund_form",
        )
        left = Fen(line.amount - line.back)
        by_bank = view.row.way is PayWay.CARD and not line.back
        form.set_value("kind", RefundKind.BANK if by_bank else RefundKind.GIVEN_BACK)
        form.set_value("amount", left)
        form.set_value("came_on", self._desk.today())
        form.settle()
        self._pane.ask(
            _("Money back from {name}").format(name=line.name),
            form,
            _("Enter"),
            lambda record: self._acts.perform(enter_refund, record, self._entered),
            _(
                "Another person confirms it; only then it is back in its fund. What the bank "
                "returns whole goes to the proposer, who mends the account."
            ),
        )

    def _entered(self, _refund: int) -> None:
        self._pane.hide()
        self._acts.told(_("Entered; a second person confirms it under “Money back”"))

    def ask_demand(self, line: BatchLineRow) -> None:
        """Ask for what a demand for money claimed falsely says, and issue it."""
        form = FormView(
            DemandForm,
            ["amount", "document", "reason", "due_on"],
            spans=dict.fromkeys(("amount", "document", "reason", "due_on"), 12),
            fixed={"award_id": line.award_id},
            name="demand_form",
        )
        form.set_value("amount", Fen(line.amount - line.back))
        form.settle()
        self._pane.ask(
            _("Demand money back from {name}").format(name=line.name),
            form,
            _("Issue the demand"),
            lambda record: self._acts.perform(
                issue_recovery_demand, record, partial(self._page.go.emit, "papers")
            ),
        )

    # The lists

    def confirm(self, row: RefundRow) -> None:
        """Confirm a refund after a question."""
        step = RefundStep(id=row.id, version=row.version)
        self._desk.asking.confirm(
            self._page,
            _("Confirm {number}, {amount} yuan from {name}?").format(
                number=row.number, amount=yuan_text(row.amount), name=row.name
            ),
            _("Compared with “{document}”: the money is back in {fund} from now on.").format(
                document=row.document or row.reason, fund=row.fund
            ),
            _("Confirm"),
            lambda: self._acts.perform(
                confirm_refund, step, lambda _n: self._acts.told(_("Back in its fund"))
            ),
        )

    def withdraw(self, row: RefundRow) -> None:
        """Withdraw a refund that was entered wrongly."""
        step = RefundStep(id=row.id, version=row.version)
        self._acts.perform(withdraw_refund, step, lambda _n: self._acts.told(_("Withdrawn")))

    def slip(self, row: RefundRow) -> None:
        """Go to the slip of a confirmed refund; it is issued once."""
        asked = RefundById(id=row.id)
        show_paper(self._page, PaperKind.REFUND_SLIP, f"refund/{row.id}", issue_refund_slip, asked)

    def ask_count(self, row: CashDayRow) -> None:
        """Ask what was drawn for a day, and what is left in the box."""
        form = FormView(
            CloseDayForm,
            ["drawn", "counted", "note"],
            spans=dict.fromkeys(("drawn", "counted", "note"), 12),
            fixed={"day": row.day, "version": row.version},
            name="cash_form",
        )
        for name in ("drawn", "counted"):
            if (value := getattr(row, name)) is not None:
                form.set_value(name, value)
        form.settle()
        self._books_pane.ask(
            _("Cash of {day}").format(day=row.day),
            form,
            _("Close the day"),
            lambda record: self._acts.perform(close_day, record, self._counted),
            _("{amount} yuan were signed for. Another person counts with you and confirms.").format(
                amount=yuan_text(row.paid)
            ),
        )

    def _counted(self, _day: int) -> None:
        self._books_pane.hide()
        self._acts.told(_("Counted; a second person confirms it"))

    def confirm_count(self, row: CashDayRow) -> None:
        """Confirm the count of somebody else."""
        if row.id is None or row.version is None:
            return
        step = CashDayStep(id=row.id, version=row.version)
        self._acts.perform(confirm_day, step, lambda _n: self._acts.told(_("The day is closed")))

    def cash_sheet(self, row: CashDayRow) -> None:
        """Go to the sheet of a closed day; it is issued once."""
        if row.id is not None:
            asked = CashDayById(id=row.id)
            subject = f"cash_day/{row.id}"
            show_paper(self._page, PaperKind.CASH_DAY_SHEET, subject, issue_cash_day_sheet, asked)


def refund_reason(row: RefundRow | None, *, second: bool) -> str:
    """Return why a refund cannot be confirmed (``second``) or withdrawn; nothing when it can."""
    if row is None:
        return _("Choose a line first")
    if row.state is not BudgetState.ENTERED:
        return _("It is decided already")
    if second and row.mine:
        return _("You entered it yourself; another person confirms it")
    return ""


def count_reason(row: CashDayRow | None, *, second: bool) -> str:
    """Return why a day cannot be confirmed (``second``) or counted; nothing when it can."""
    if row is None:
        return _("Choose a line first")
    if row.confirmed_by:
        return _("The day is closed already")
    if second and row.id is None:
        return _("It is not counted yet")
    if second and row.mine:
        return _("You counted it yourself; another person confirms it")
    return ""
