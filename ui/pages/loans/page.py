"""The page itself: what waits at the left, the loan that is chosen at the right."""

from typing import Any

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedLayout, QVBoxLayout, QWidget

from app.core.errors import Invalid
from app.core.i18n import N_, _
from app.core.record import Nothing, Record
from app.loans.actions import enquire
from app.loans.queries import loan_rows, loan_view
from app.loans.records import LoanById, LoanPage, LoanQuery, LoanRow
from app.loans.side_queries import sides_view
from app.loans.side_records import SidesOf, SidesView
from app.loans.sides import add_side
from app.loans.view_records import LoanList, LoanView, WorkCounts, WorkPage, WorkQuery, WorkRow
from app.loans.worklists import loan_counts, loan_work
from app.work import Action, Topic
from ui.kit.ask_pane import AskPane
from ui.kit.buttons import Button
from ui.kit.cells import yuan
from ui.kit.menus import Menu
from ui.kit.page import Page
from ui.kit.segments import Segments
from ui.kit.table import RecordTable
from ui.kit.two_panes import TwoPanes
from ui.pages.loans import menus, printing, words
from ui.pages.loans.detail import SIDES, Detail
from ui.pages.loans.enquiry import Enquiry
from ui.pages.loans.lists import ALL, all_table, loan_of, parts_of, work_table
from ui.pages.loans.money_acts import MoneyActs
from ui.pages.loans.next_act import LENT, NextAct
from ui.pages.loans.on_record import OnRecord
from ui.pages.loans.qualify import Qualify
from ui.pages.loans.side_acts import SideActs
from ui.pages.loans.step_acts import StepActs


class LoansPage(Page):
    """Guaranteed microloans: enquiries, the way to the money, repayments, what went wrong."""

    name = "loans"
    title = N_("Loans")
    icon = "hand-coins"
    shows = frozenset({Topic.LOANS})

    def build(self) -> None:
        """Compose the lists, the chosen loan, and what is asked instead of it."""
        self._view: LoanView | None = None
        self._sides: SidesView | None = None
        self._wanted: int | None = None
        self._acting = False
        self.segments = Segments(name="segments_lists")
        self.segments.chosen.connect(self._turn_to)
        self.search = QLineEdit()
        self.search.setObjectName("loan_search")
        self.search.setPlaceholderText(_("Name, loan or contract number, whole ID number"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._turn_to)
        self.work = work_table()
        self.all = all_table()
        for table in (self.work, self.all):
            table.picked.connect(self._pick)
            table.opened.connect(self._enter)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.addWidget(self.search, 1)
        column.addLayout(head)
        tables = QWidget()
        self._tables = QStackedLayout(tables)
        self._tables.addWidget(self.work)
        self._tables.addWidget(self.all)
        column.addWidget(tables, 1)
        self.detail = Detail()
        self.detail.turned.connect(self._tell)
        self.detail.changes.picked.connect(self._picked_part)
        self.detail.events.picked.connect(self._picked_part)
        self.detail.sides.picked.connect(self._picked_part)
        self.detail.checks.picked.connect(self._picked_part)
        self.pane = AskPane(self.close_pane, "loan_form_pane")
        holder = QWidget()
        self._stack = QStackedLayout(holder)
        self._stack.addWidget(self.detail)
        self._stack.addWidget(self.pane)
        self.panes = TwoPanes(left, holder, (430, 700))
        self.add(self.segments)
        self.add(self.panes, 1)
        self.enquiry = Enquiry(self, self.pane, self._show_pane, self._do)
        self.beside = SideActs(self, self.pane, self._show_pane, self._do)
        self.steps = StepActs(self, self.pane, self._show_pane, self._do)
        self.money = MoneyActs(self, self.pane, self._show_pane, self._do)
        self.on_record = OnRecord(self, self.pane, self._show_pane, self._do)
        self.qualify = Qualify(self, self.pane, self._show_pane, self._do)
        self.next = NextAct(self)
        self._add_acts()
        self._show_counts(None)
        escape = QShortcut(QKeySequence("Esc"), self)
        escape.activated.connect(self._escape)

    def _add_acts(self) -> None:
        add, bar = self.add_act, self.bar()
        self._funds = add(
            Button(
                _("Guarantee fund"),
                lambda: self.go.emit("guarantees", None),
                kind="quiet",
                icon="shield-check",
                name="act_guarantees",
            )
        )
        self._new = add(
            Button(
                _("New enquiry"),
                self.enquiry.ask_new,
                key="Alt+N",
                icon="plus",
                name="act_new_loan",
            )
        )
        self._more = bar.add(
            Button(
                _("More…"),
                self._open_menu,
                kind="quiet",
                key="Alt+M",
                icon="chevron-up",
                name="act_more",
            )
        )
        self._print = bar.add(
            Button(
                _("Papers…"),
                self._open_papers,
                kind="quiet",
                key="F12",
                icon="printer",
                name="act_papers",
            )
        )
        self._side = bar.add(
            Button(
                _("Counter-guarantee"), self._ask_side, key="Alt+G", icon="users", name="act_side"
            )
        )
        self._payoff = bar.add(
            Button(
                _("Early settlement"),
                self._ask_payoff,
                key="F7",
                icon="calculator",
                name="act_payoff",
            )
        )
        self._next = bar.add(
            Button(
                _("Next step"),
                self._take_next,
                kind="primary",
                key="F9",
                icon="arrow-right",
                name="act_next",
            )
        )

    def _turn_to(self, _key: str) -> None:
        self.refresh()

    def _enter(self, _row: object) -> None:
        self.panes.enter()

    def _picked_part(self, _row: object) -> None:
        self._tell()

    # Asking

    def open(self, what: object) -> None:
        """Show one loan by its id."""
        if isinstance(what, int):
            self._wanted = what
            self._stale = True
            if self.isVisible():
                self.reload()

    def refresh(self) -> None:
        """Ask for the list in sight, for how much waits in each, and for the loan in sight."""
        self.desk.ask(loan_counts, Nothing(), then=self._show_counts, latest=self.segments)
        text = self.search.text().strip()
        if self._wanted is not None:
            self._ask_loan(self._wanted)
        if self._list() == ALL or text:
            asked = LoanQuery(text=text)
            self.desk.ask(loan_rows, asked, then=self._show_all, latest=self._tables)
        else:
            work = WorkQuery(list=LoanList(self._list()))
            self.desk.ask(loan_work, work, then=self._show_work, latest=self._tables)

    def _list(self) -> str:
        return self.segments.value() or ALL

    def _show_counts(self, counts: WorkCounts | None) -> None:
        chosen = self.segments.value() or ALL
        self.segments.show_parts(parts_of(counts))
        self.segments.choose(chosen)

    def _show_work(self, page: WorkPage) -> None:
        self._tables.setCurrentWidget(self.work)
        self.work.show_rows(page.rows)
        total = _("{amount} yuan").format(amount=yuan(page.amount)) if page.amount else ""
        says = _("{count} lines").format(count=f"{page.total:,}")
        self.work.set_foot(says, [("Enter", _("Open"))], total)
        self._select(self.work)

    def _show_all(self, page: LoanPage) -> None:
        self._tables.setCurrentWidget(self.all)
        self.all.show_rows(page.rows)
        says = _("{count} loans").format(count=f"{page.total:,}")
        if page.total > len(page.rows):
            says += _(", the newest {count} shown").format(count=f"{len(page.rows):,}")
        self.all.set_foot(says, [("Enter", _("Open"))])
        self._select(self.all)

    def _select(self, table: RecordTable[Any]) -> None:
        """Let the loan that is wanted be the one in sight; else show the one that is marked."""
        wanted, self._wanted = self._wanted, None
        if wanted is not None:

            def is_wanted(row: WorkRow | LoanRow) -> bool:
                return loan_of(row) == wanted

            table.select_where(is_wanted)
            return
        self._pick(table.current())

    def _pick(self, row: WorkRow | LoanRow | None) -> None:
        if row is None:
            if self._wanted is None:
                self._show(None)
        else:
            self._ask_loan(loan_of(row))

    def _ask_loan(self, loan_id: int) -> None:
        def with_sides(view: LoanView) -> None:
            def both(sides: SidesView) -> None:
                self._show(view, sides)

            self.desk.ask(sides_view, SidesOf(loan_id=loan_id), then=both, latest=self.detail)

        self.desk.ask(loan_view, LoanById(id=loan_id), then=with_sides, latest=self.detail)

    def _show(self, view: LoanView | None, sides: SidesView | None = None) -> None:
        other = view is None or self._view is None or view.row.id != self._view.row.id
        self._view, self._sides = view, sides
        if other and self._stack.currentWidget() is self.pane:
            self.close_pane()
        self.detail.show_loan(view, sides)
        self._tell()

    # What is offered

    def _tell(self) -> None:
        view = self._view
        asking = self._stack.currentWidget() is self.pane
        busy = _("Being written") if self._acting else ""
        nothing = busy or ("" if view else _("Choose a loan"))
        reason = self.desk.reason
        self._new.allow(reason(enquire))
        for button in (self._more, self._print, self._side, self._payoff, self._next):
            button.setVisible(not asking)
            button.allow(nothing)
        if view is None:
            self._next.setText(_("Next step"))
            self.bar().say("", "")
            self._offer_keys(asking=asking)
            return
        lent = view.row.state in LENT
        self._payoff.setVisible(lent and view.standing is not None and not asking)
        on_its_way = view.next_step is not None
        self._side.setVisible((on_its_way or self.detail.part() == SIDES) and not asking)
        self._side.allow(nothing or reason(add_side))
        says, why = self.next.offer(view)
        self._next.setText(says)
        self._next.setVisible(bool(says) and not asking)
        self._next.allow(nothing or why)
        self.bar().say(*words.bar(view))
        self._offer_keys(asking=asking)

    def _offer_keys(self, *, asking: bool) -> None:
        """Offer the F-keys of the buttons that are there."""
        for button in (self._print, self._payoff, self._next):
            if asking or button.isHidden():
                self.withdraw(button.key)
            else:
                self.offer(button.key, button.words(), button.click, button.reason)

    def _take_next(self) -> None:
        if self._view is not None:
            self.next.take(self._view)

    def _ask_payoff(self) -> None:
        if self._view is not None:
            self.money.ask_payoff(self._view)

    def _ask_side(self) -> None:
        if self._view is not None:
            self.beside.ask_side(self._view)

    def _open_menu(self) -> None:
        if self._view is not None:
            menu = self.more()
            menu.popup(self._more.mapToGlobal(self._more.rect().topLeft()))

    def more(self) -> Menu:
        """Return the menu of what is done with the loan in sight now and then."""
        return menus.more(self, self._view) if self._view else Menu(self, "loan_menu")

    def _open_papers(self) -> None:
        if (menu := self.papers()) is not None:
            menu.popup(self._print.mapToGlobal(self._print.rect().topLeft()))

    def papers(self) -> Menu | None:
        """Return the menu of the papers that the loan in sight has by now."""
        return printing.menu_of(self, self._view, self._sides) if self._view else None

    # Acts

    def _do(self, verb: Action[Any, Any], form: Record, says: str) -> None:
        """Perform an act once, say what was done, and show the loan anew."""
        if self._acting:
            return
        self._acting = True
        self.pane.finish.allow(_("Being written"))

        def done(result: Any) -> None:
            self._acting = False
            self.close_pane()
            self.toast.emit(says, None)
            if verb is enquire and isinstance(result, int):
                self.segments.choose(ALL)
                self._wanted = result
            elif self._view is not None:
                self._wanted = self._view.row.id
            self.reload()

        self.desk.perform(verb, form, then=done, invalid=self._invalid, failed=self._failed)

    def _invalid(self, error: Invalid) -> None:
        self._acting = False
        self.pane.finish.allow("")
        if self.pane.form is not None:
            self.pane.form.show_problems(error)

    def _failed(self, error: Exception) -> None:
        self._acting = False
        self.pane.finish.allow("")
        self._tell()
        self.desk.feedback.show(error)

    def _show_pane(self) -> None:
        self._stack.setCurrentWidget(self.pane)
        self.panes.enter()
        self._tell()

    def close_pane(self) -> None:
        """Return from the form to the loan."""
        self.pane.clear()
        self._stack.setCurrentWidget(self.detail)
        self._tell()

    def _escape(self) -> None:
        if self._stack.currentWidget() is self.pane:
            self.close_pane()
        else:
            self.panes.back()

    # Giving way

    def compact(self, width: int, height: int) -> None:
        """Show one pane at a time in a small window."""
        del height
        self.panes.set_narrow(width < NARROW)

    def first_focus(self) -> QWidget:
        """Begin in the list."""
        return (self.work if self._tables.currentWidget() is self.work else self.all).first()


NARROW = 1020
