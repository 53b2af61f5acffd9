"""What is done with a batch: question, act, file, and what is said afterwards."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

from app.core.i18n import _
from app.core.money import yuan_text
from app.core.record import Record
from app.core.words.disbursements import PayWay
from app.core.words.papers import PaperKind
from app.disbursements.batch_records import (
    BatchById,
    BatchForm,
    BatchLineRow,
    BatchStepForm,
    BatchView,
    CallOff,
    Settlement,
    TakeOut,
)
from app.disbursements.batches import call_off, issue_payment_list, open_batch, take_out
from app.disbursements.handing import issue_handing_list
from app.exchange.actions import bank_file, freeze_batch, send_to_bank, take_bank_result
from app.exchange.queries import bank_file_name
from app.exchange.records import BankFile, ResultForm
from app.exchange.saving import read_file, save_file
from app.work import Action
from ui.issuing import show_paper
from ui.kit.buttons import Button
from ui.kit.page import Page

Request = TypeVar("Request", bound=Record)
Result = TypeVar("Result")


class BatchActs:
    """The acts of the page of batches, one at a time."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self._desk = page.desk
        self._running = False

    def make(self, form: BatchForm, then: Callable[[int], object]) -> None:
        """Make a batch of approved awards."""
        self.perform(open_batch, form, then)

    def take_out(self, view: BatchView, line: BatchLineRow) -> None:
        """Take one payment out, with the reason."""
        amount = yuan_text(line.amount)
        self._desk.asking.reason(
            self.page,
            _("Take out {name}, {amount} yuan?").format(name=line.name, amount=amount),
            _("The award stays approved and can go into another batch."),
            _("Take out"),
            lambda reason: self.perform(
                take_out,
                TakeOut(
                    batch_id=view.row.id, version=view.row.version, line_id=line.id, reason=reason
                ),
                lambda _nothing: self.told(_("One payment taken out")),
            ),
        )

    def freeze(self, view: BatchView) -> None:
        """Freeze the batch after a last question."""
        row = view.row
        text = _(
            "{count} payments, {total} yuan ({capitals}). A frozen batch cannot be changed; "
            "what is wrong then needs another batch."
        )
        self._desk.asking.confirm(
            self.page,
            _("Freeze batch {number}?").format(number=row.number),
            text.format(count=row.count, total=yuan_text(row.amount), capitals=view.capitals),
            _("Freeze the batch"),
            lambda: self.perform(freeze_batch, step_of(view), self._frozen),
        )

    def call_off(self, view: BatchView) -> None:
        """Give up a frozen batch that did not go out, with the reason."""

        def act(reason: str) -> None:
            form = CallOff(id=view.row.id, version=view.row.version, reason=reason)
            says = _("Called off: the money is back in its funds")
            self.perform(call_off, form, lambda _nothing: self.told(says))

        self._desk.asking.reason(
            self.page,
            _("Call batch {number} off?").format(number=view.row.number),
            _("The money goes back to its funds; the proposers can propose anew."),
            _("Call off"),
            act,
        )

    def _frozen(self, digest: str) -> None:
        self.told(_("Frozen, digest {digest}").format(digest=digest[:8]))

    def send(self, view: BatchView) -> None:
        """Ask where the bank file goes, make it there, and count the batch as sent."""
        self._ask_place(
            view,
            lambda place: self.perform(send_to_bank, step_of(view), partial(self._save, place)),
        )

    def export_again(self, view: BatchView) -> None:
        """Save the same bank file once more; the trail notes it."""
        asked = BatchById(id=view.row.id)
        self._ask_place(
            view, lambda place: self.perform(bank_file, asked, partial(self._save, place))
        )

    def _ask_place(self, view: BatchView, then: Callable[[Path], object]) -> None:
        def ask(name: str) -> None:
            title = _("Where shall the bank file go?")
            self._desk.asking.save_file(self.page, title, name, _("All files (*)"), then)

        self._desk.ask(bank_file_name, BatchById(id=view.row.id), then=ask)

    def _save(self, place: Path, file: BankFile) -> None:
        def saved(at: Path) -> None:
            self.told(_("Bank file saved: {name}").format(name=at.name))

        self._desk.produce(save_file, place, file.data, then=saved)

    def take_result(self, view: BatchView) -> None:
        """Ask for the bank's file and book what it says."""
        self._desk.asking.open_file(
            self.page,
            _("Which file did the bank send?"),
            _("All files (*)"),
            lambda place: self._desk.produce(read_file, place, then=partial(self._book, view)),
        )

    def _book(self, view: BatchView, data: bytes, *, despite: bool = False) -> None:
        form = ResultForm(
            id=view.row.id, version=view.row.version, data=data, despite_problems=despite
        )
        self.perform(take_bank_result, form, partial(self._booked, view, form))

    def _booked(self, view: BatchView, form: ResultForm, done: Settlement) -> None:
        told = "\n".join(done.problems)
        if done.again:
            title = _("This result was taken in before")
            self.page.say("accent", title, _("Nothing was booked twice."))
        elif done.problems and not form.despite_problems:
            title = _("{count} lines of the file do not fit, nothing is booked yet")
            if done.unanswered:
                without = _("{count} payments are without an answer")
                told += "\n" + without.format(count=done.unanswered)
            act = Button(
                _("Book what fits"),
                lambda: self._book(view, form.data, despite=True),
                name="act_book_what_fits",
            )
            self.page.say("wait", title.format(count=len(done.problems)), told, [act])
        elif done.problems:
            self.page.say("wait", _("These lines were not booked; ask the bank"), told)
        elif done.unanswered:
            title = _("{count} payments are without an answer").format(count=done.unanswered)
            says = _("{paid} paid, {failed} not paid, {amount} yuan back")
            back = yuan_text(done.returned_amount)
            text = says.format(paid=done.paid, failed=done.failed, amount=back)
            then = _("The batch stays open until the bank has answered them too.")
            self.page.say("wait", title, f"{text}。{then}")
        elif done.failed:
            says = _("{paid} paid, {failed} not paid, {amount} yuan back")
            back = yuan_text(done.returned_amount)
            self.told(says.format(paid=done.paid, failed=done.failed, amount=back))
        else:
            self.told(_("{paid} paid").format(paid=done.paid))

    def print_list(self, view: BatchView) -> None:
        """Go to the payment list of a batch; it is issued once."""
        batch = BatchById(id=view.row.id)
        kind, issue = PaperKind.PAYMENT_LIST, issue_payment_list
        if view.row.way is not PayWay.CARD:
            kind, issue = PaperKind.HANDING_LIST, issue_handing_list
        show_paper(self.page, kind, f"batch/{batch.id}", issue, batch)

    def told(self, text: str) -> None:
        """Say shortly what was done."""
        self.page.toast.emit(text, None)

    def perform(
        self,
        action: Action[Request, Result],
        request: Request,
        then: Callable[[Result], object],
    ) -> None:
        """Perform one act at a time: a second press meanwhile does nothing."""
        if self._running:
            return
        self._running = True
        self.page.banners.clear()

        def done(result: Result) -> None:
            self._running = False
            if focus := self.page.first_focus():
                focus.setFocus()
            then(result)

        def failed(error: Exception) -> None:
            self._running = False
            self.page.reload()
            self._desk.feedback.show(error)

        self._desk.perform(action, request, then=done, failed=failed)


def step_of(view: BatchView) -> BatchStepForm:
    """Return the request for a step of a batch as it was seen."""
    return BatchStepForm(id=view.row.id, version=view.row.version)
