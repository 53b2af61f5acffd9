"""The page itself: the list of batches, a new one, and one batch on its way to the bank."""

from collections.abc import Callable
from functools import partial

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QWidget

from app.core.i18n import N_, _
from app.core.money import yuan_text
from app.core.record import Nothing
from app.core.words.disbursements import AwardState, BatchState, PayWay
from app.disbursements.batch_queries import batch_rows, batch_view
from app.disbursements.batch_records import (
    BatchById,
    BatchForm,
    BatchLineRow,
    BatchRow,
    BatchView,
)
from app.disbursements.batches import issue_payment_list, open_batch, open_correction, take_out
from app.disbursements.cash import cash_days
from app.disbursements.handing import begin_handing, hand_out
from app.disbursements.queries import award_rows
from app.disbursements.records import AwardQuery, AwardRow
from app.disbursements.refunds import refund_rows
from app.exchange.actions import bank_file, freeze_batch, send_to_bank, take_bank_result
from app.exchange.queries import bank_check, layout_rows
from app.exchange.records import BankCheck, LayoutRow
from app.funds.queries import fund_rows
from app.work import Topic
from ui.kit.buttons import Button
from ui.kit.labels import Chip, Label
from ui.kit.layout import row
from ui.kit.page import Page
from ui.pages.batches.acts import BatchActs
from ui.pages.batches.body import BatchBody
from ui.pages.batches.books import CASH, REFUNDS, Books
from ui.pages.batches.cells import STATES, state_label
from ui.pages.batches.choosing import Choosing
from ui.pages.batches.line_acts import LineActs
from ui.pages.batches.money_acts import MoneyActs
from ui.pages.batches.pane import FormPane
from ui.pages.batches.sample_pane import SamplePane
from ui.pages.batches.words import BEGIN, CORRECT, SIGN, Standing, with_doubts

NEW = "new"


class BatchesPage(Page):
    """Money on its way: what is approved goes out in batches that nobody can change later."""

    name = "batches"
    title = N_("Disbursement batches")
    icon = "banknote"
    shows = frozenset({Topic.BATCHES, Topic.AWARDS, Topic.FUNDS, Topic.HOUSEHOLDS})

    def build(self) -> None:
        """Compose the three faces of the page."""
        self._what: int | str | None = None
        """A batch's id, `NEW`, or `None` for the list."""
        self._standing: Standing | None = None
        self._waiting: list[AwardRow] = []
        self._turned = False
        """Another face came up, whose list takes the focus as soon as it has rows."""
        self.acts = BatchActs(self)
        self._chip = Chip("")
        self._waits = Label(role="small")
        self.beside_title(row(self._chip, self._waits))
        self.books = Books()
        self.table = self.books.batches
        self.table.opened.connect(self._open_row)
        self.choosing = Choosing()
        self.choosing.changed.connect(self._say)
        self.batch = BatchBody(self._with(self.acts.export_again))
        self.batch.take_out.connect(self._take_out)
        self.batch.status.follow.connect(self._turn_to)
        self.pane, self.sample = FormPane(), SamplePane(self.acts)
        self.money = MoneyActs(self.acts, self.pane, self.books.pane)
        whole = QWidget()
        beside = QHBoxLayout(whole)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(12)
        beside.addWidget(self.batch, 1)
        beside.addWidget(self.pane)
        beside.addWidget(self.sample)
        self._whole = whole
        for pane in (self.pane, self.sample):
            pane.turned.connect(self._leave_room)
        self._faces = QWidget()
        self._stack = QStackedLayout(self._faces)
        for face in (self.books, self.choosing, whole):
            self._stack.addWidget(face)
        self.add(self._faces, 1)
        self._add_acts()
        self.books.turned.connect(self._allow_books)
        escape = QShortcut(QKeySequence("Esc"), self)
        escape.activated.connect(self.leave)
        self._arrange()

    def _add_acts(self) -> None:
        self._funds = self.add_act(
            Button(_("Funds"), partial(self.go.emit, "funds", None), icon="coins", name="act_funds")
        )
        self._begin = self.add_act(
            Button(
                _("New batch"),
                partial(self._turn_to, NEW),
                kind="primary",
                icon="plus",
                key="Ctrl+Enter",
                name="act_new_batch",
            )
        )
        self._print = self.add_act(
            Button(
                _("Print the payment list"),
                self._with(self.acts.print_list),
                icon="printer",
                key="F12",
                name="act_payment_list",
            )
        )
        bar = self.bar()
        self._leave = bar.add(
            Button(_("Leave, keep the batch"), self.leave, kind="quiet", name="act_leave")
        )
        self._next = bar.add(
            Button(
                _("To the next problem"),
                self.batch.next_problem,
                icon="arrow-right",
                key="Alt+N",
                name="act_next_problem",
            )
        )
        self._lines = LineActs(bar, self)
        self._steps: dict[str, Button] = {
            NEW: Button(_("Make the batch"), self.make, icon="check", name="act_open_batch"),
            BatchState.DRAFT: Button(
                _("Freeze the batch"),
                self._with(self.acts.freeze),
                icon="file-lock",
                name="act_freeze",
            ),
            BatchState.FROZEN: Button(
                _("Make the bank file"),
                self._with(self.acts.send),
                icon="download",
                name="act_send_to_bank",
            ),
            BatchState.SENT: Button(
                _("Take the bank result in"),
                self._with(self.acts.take_result),
                icon="upload",
                name="act_take_result",
            ),
        }
        self._steps |= {
            SIGN: Button(
                _("All signed"),
                self._with(self.money.sign_all),
                icon="check",
                name="act_all_signed",
            ),
            BEGIN: Button(
                _("Begin to hand out"),
                self._with(self.money.begin),
                icon="hand-coins",
                name="act_begin",
            ),
            CORRECT: Button(
                _("Make the correction batch"),
                self._with(self.money.correct),
                icon="refresh-cw",
                name="act_correct",
            ),
        }
        for button in self._steps.values():
            button.kind = "primary"
            button.set_key("Ctrl+Enter")
            bar.add(button)

    # Where the page is

    def open(self, what: object) -> None:
        """Show one batch by its id, ``new`` to put one together, ``refunds`` or ``cash``."""
        if what in (REFUNDS, CASH):
            self._turn_to(None)
            self.books.turn_to(str(what))
        elif isinstance(what, int | str):
            self._turn_to(what)

    def _turn_to(self, what: int | str | None) -> None:
        self._what = what
        self._standing = None
        self.pane.hide()
        self.sample.hide()
        self.banners.clear()
        if what == NEW:
            self.choosing.forget()
        self._arrange()
        self._turned = True
        self.reload()
        if focus := self.first_focus():
            focus.setFocus()

    def _open_row(self, batch: BatchRow) -> None:
        self._turn_to(batch.id)

    def leave(self) -> None:
        """Go back to the list; the batch stays as it is."""
        if self._what is not None:
            self._turn_to(None)

    def first_focus(self) -> QWidget | None:
        """Start in the list in sight."""
        if isinstance(self._what, int):
            return self.batch.table.view
        return (self.choosing.table if self._what == NEW else self.table).view

    def refresh(self) -> None:
        """Ask for what is in sight."""
        self.desk.ask(layout_rows, Nothing(), then=self._show_layouts, latest="batch_layouts")
        approved = AwardQuery(states=(AwardState.APPROVED,), limit=1000)
        self.desk.ask(award_rows, approved, then=self._show_awards, latest="batch_awards")
        if isinstance(self._what, int):
            asked = BatchById(id=self._what)
            self.desk.ask(batch_view, asked, then=self._show_batch, latest="batch_view")
        elif self._what is None:
            nothing, books = Nothing(), self.books
            self.desk.ask(batch_rows, nothing, then=books.show_batches, latest="batch_rows")
            self.desk.ask(refund_rows, nothing, then=books.show_refunds, latest="refund_rows")
            self.desk.ask(cash_days, nothing, then=books.show_cash, latest="cash_days")

    def _show_layouts(self, rows: list[LayoutRow]) -> None:
        self.choosing.show_layouts(rows)
        self.batch.show_layouts(rows)

    def _show_awards(self, rows: list[AwardRow]) -> None:
        self._waiting = rows
        self.choosing.show_awards(rows)
        self._arrange()

    def _show_batch(self, view: BatchView) -> None:
        if view.row.id != self._what:
            return
        if view.row.state is not BatchState.DRAFT or view.row.way is not PayWay.CARD:
            self._show_checked(view, None)
            return
        self.desk.ask(
            bank_check,
            BatchById(id=view.row.id),
            then=partial(self._show_checked, view),
            latest="batch_check",
        )

    def _show_checked(self, view: BatchView, bank: BankCheck | None) -> None:
        if view.row.id != self._what:
            return
        view = with_doubts(view, bank) if bank else view
        self._standing = Standing(view, bank)
        self.batch.show_batch(view, self._standing.checks, self.desk.reason(take_out))
        self._arrange()
        if self._turned and (focus := self.first_focus()):
            self._turned = False
            focus.setFocus()

    def _with(self, act: Callable[[BatchView], object]) -> Callable[[], None]:
        """Return ``act`` on the batch in sight."""

        def run() -> None:
            if self._standing is not None:
                act(self._standing.view)

        return run

    def standing(self) -> Standing | None:
        """Return the batch in sight."""
        return self._standing

    # What is offered

    def _arrange(self) -> None:
        here = self._standing if isinstance(self._what, int) else None
        state = here.view.row.state if here is not None else None
        listing = self._what is None
        face = self.choosing if self._what == NEW else self.books if listing else self._whole
        self._stack.setCurrentWidget(face)
        self._show_title(here)
        self.bar().setVisible(not listing)
        keeps, drops = _("Leave, keep the batch"), _("Leave, make no batch")
        self._leave.setText(drops if self._what == NEW else keeps)
        self._funds.setVisible(listing)
        self._begin.setVisible(listing)
        self._print.setVisible(isinstance(self._what, int))
        self._next.setVisible(
            here is not None and state is BatchState.DRAFT and bool(here.stops + here.looks)
        )
        step = NEW if self._what == NEW else here.step() if here else None
        for each, button in self._steps.items():
            button.setVisible(each == step)
        self.primary = self._begin if listing else self._steps.get(step or "")
        self._allow()
        self._say()

    def _allow(self) -> None:
        """Offer what this person may do now, and say of the rest why not."""
        reason, here = self.desk.reason, self._standing
        self._allow_books()
        self._lines.allow(here)
        nothing = "" if self._waiting else _("No award is approved and waiting to be paid")
        unmarked = "" if self.choosing.chosen() else _("Nothing is marked yet")
        self._funds.allow(reason(fund_rows))
        self._begin.allow(reason(open_batch) or nothing)
        for step, closed in {
            NEW: reason(open_batch) or unmarked,
            BatchState.DRAFT: reason(freeze_batch) or (here.stopped() if here else ""),
            BatchState.FROZEN: reason(send_to_bank),
            BatchState.SENT: reason(take_bank_result),
            BEGIN: reason(begin_handing),
            SIGN: reason(hand_out),
            CORRECT: reason(open_correction),
        }.items():
            self._steps[step].allow(closed)
        self.batch.status.again.allow(reason(bank_file))
        unfrozen = _("The list is printed once the batch is frozen")
        draft = here is None or here.view.row.state is BatchState.DRAFT
        self._print.allow(reason(issue_payment_list) or (unfrozen if draft else ""))
        if isinstance(self._what, int):
            self.offer("F12", _("Print"), self._print.click, self._print.reason)
        else:
            self.withdraw("F12")

    def _show_title(self, here: Standing | None) -> None:
        self._chip.setVisible(here is not None)
        by_hand = here is not None and here.by_hand
        self._print.setText(_("Print the list to sign") if by_hand else _("Print the payment list"))
        if self._what == NEW:
            self.set_title(_("New batch"))
        elif here is not None:
            batch = here.view.row
            self.set_title(_("Batch {number}").format(number=batch.number))
            icon, tone = STATES[batch.state]
            self._chip.show_state(state_label(batch.state, batch.way), icon, tone)
        else:
            self.set_title(_(self.title))
        total = yuan_text(sum(award.amount for award in self._waiting))
        says = _("{count} approved and not paid, {total} yuan")
        words = says.format(count=len(self._waiting), total=total) if self._waiting else ""
        self._waits.setText(words)
        self._waits.setVisible(self._what is None and bool(words))

    def _say(self) -> None:
        if self._what == NEW:
            self.bar().say(*self.choosing.says())
            self._allow()
        elif self._standing is not None:
            self.bar().say(*self._standing.says())

    def compact(self, width: int, height: int) -> None:
        """Give way: figures in one line, then fewer columns."""
        self.batch.compact(
            low=width < 1320 or height < 660, small=width < 1100 or height < 560, flat=height < 480
        )
        narrow = width < 1100
        self.table.hide_columns({"prepared_by", "prepared_at"} if narrow else set())
        self.choosing.table.hide_columns({"number", "proposed_by"} if narrow else set())

    def make(self) -> None:
        """Make a batch of the marked awards and show it."""
        form = BatchForm(
            award_ids=tuple(award.id for award in self.choosing.chosen()),
            layout=self.choosing.layout_name(),
            way=self.choosing.way(),
        )
        self.acts.make(form, self._turn_to)

    def _leave_room(self) -> None:
        self.batch.leave_room(not (self.pane.isHidden() and self.sample.isHidden()))

    def _allow_books(self) -> None:
        self._lines.allow_books(self.books)

    def _take_out(self, line: BatchLineRow) -> None:
        if self._standing is not None:
            self.acts.take_out(self._standing.view, line)
