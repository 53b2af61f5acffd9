"""The page itself: what waits at the left, the loan that is chosen at the right."""

from functools import partial
from typing import Any

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedLayout, QVBoxLayout, QWidget

from app.core.errors import Invalid
from app.core.i18n import N_, _
from app.core.record import Nothing, Record
from app.core.words.loans import ChangeState, LoanEventKind, LoanState
from app.loans.actions import enquire
from app.loans.money import confirm_change, enter_change, record_repayment
from app.loans.qualifying import check_eligibility
from app.loans.queries import loan_rows, loan_view
from app.loans.records import LoanById, LoanPage, LoanQuery, LoanRow
from app.loans.side_queries import sides_view
from app.loans.side_records import SidesOf, SidesView
from app.loans.sides import add_side
from app.loans.steps import decide_guarantee, send_back_guarantee
from app.loans.view_records import LoanList, LoanView, WorkCounts, WorkPage, WorkQuery, WorkRow
from app.loans.worklists import loan_counts, loan_work
from app.work import Action, Topic
from ui.kit.buttons import Button
from ui.kit.cards import EmptyState
from ui.kit.cells import Column
from ui.kit.menus import Menu
from ui.kit.page import Page
from ui.kit.segments import Part, Segments
from ui.kit.table import RecordTable
from ui.kit.two_panes import TwoPanes
from ui.pages.loans import printing, words
from ui.pages.loans.cells import state_cell, sum_cell, when_cell, who_cell, yuan
from ui.pages.loans.detail import CHECKS, MONEY, SIDES, Detail
from ui.pages.loans.money_acts import MoneyActs
from ui.pages.loans.pane import AskPane
from ui.pages.loans.qualify import Qualify
from ui.pages.loans.step_acts import StepActs

ALL = "all"
COMMITTEE = LoanState.GUARANTEED
"""The step that the committee decides."""
LENT = (LoanState.REPAYING, LoanState.RECORDED, LoanState.COMPENSATED)


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
        self.work = _work_table()
        self.all = _all_table()
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
        self.pane = AskPane(self.close_pane)
        holder = QWidget()
        self._stack = QStackedLayout(holder)
        self._stack.addWidget(self.detail)
        self._stack.addWidget(self.pane)
        self.panes = TwoPanes(left, holder, (430, 700))
        self.add(self.segments)
        self.add(self.panes, 1)
        self.steps = StepActs(self, self.pane, self._show_pane, self._do)
        self.money = MoneyActs(self, self.pane, self._show_pane, self._do)
        self.qualify = Qualify(self, self.pane, self._show_pane, self._do)
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
                _("New enquiry"), self.steps.ask_new, key="Alt+N", icon="plus", name="act_new_loan"
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
                self._go_on,
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
        known = {each.list: each.count for each in counts.lists} if counts else {}
        parts = [Part(ALL, _("All"))]
        for each in LoanList:
            count = known.get(each, 0)
            bad = count and each in (
                LoanList.OVERDUE_30,
                LoanList.OVERDUE_90,
                LoanList.OVERDUE_MORE,
            )
            parts.append(
                Part(
                    each.value,
                    each.label,
                    count,
                    "triangle-alert" if bad else "",
                    "bad" if bad else "",
                )
            )
        self.segments.show_parts(parts)
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
                return _loan_of(row) == wanted

            table.select_where(is_wanted)
            return
        self._pick(table.current())

    def _pick(self, row: WorkRow | LoanRow | None) -> None:
        if row is None:
            if self._wanted is None:
                self._show(None)
        else:
            self._ask_loan(_loan_of(row))

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
        says, why = self._primary(view)
        self._next.setText(says)
        self._next.setVisible(bool(says) and not asking)
        self._next.allow(nothing or why)
        self.bar().say(*_bar(view))
        self._offer_keys(asking=asking)

    def _offer_keys(self, *, asking: bool) -> None:
        """Offer the F-keys of the buttons that are there."""
        for button in (self._print, self._payoff, self._next):
            if asking or button.isHidden():
                self.withdraw(button.key)
            else:
                self.offer(button.key, button.words(), button.click, button.reason)

    def _primary(self, view: LoanView) -> tuple[str, str]:
        """Return what comes next for a loan, and why this person may not do it."""
        reason = self.desk.reason
        waiting = self._waiting(view)
        if self.detail.part() == MONEY and waiting is not None:
            mine = _("You entered this yourself, so another person confirms it")
            return _("Confirm the change"), mine if waiting.mine else reason(confirm_change)
        if self.detail.part() == CHECKS and self._check_due() is not None:
            return _("Report the check"), reason(record_repayment)
        if view.next_step is COMMITTEE:
            mine = _("Another person has to decide") if view.not_by_me else ""
            return words.step(COMMITTEE), reason(decide_guarantee) or mine
        if view.next_step is not None:
            return words.step(view.next_step), reason(check_eligibility)
        if view.row.state in (LoanState.REPAYING, LoanState.RECORDED):
            return _("Book a repayment"), reason(record_repayment)
        if view.row.state is LoanState.COMPENSATED:
            return LoanEventKind.RECOVERED.label, reason(enter_change)
        return "", ""

    def _waiting(self, view: LoanView) -> Any:
        chosen = self.detail.changes.current()
        if chosen is not None and chosen.state is ChangeState.ENTERED:
            return chosen
        return next((each for each in view.changes if each.state is ChangeState.ENTERED), None)

    def _check_due(self) -> Any:
        chosen = self.detail.checks.current()
        if chosen is not None and chosen.result is None:
            return chosen
        view = self._view
        checks = view.checks if view else ()
        return next((each for each in checks if each.result is None), None)

    def _go_on(self) -> None:
        view = self._view
        if view is None:
            return
        waiting, check = self._waiting(view), self._check_due()
        if self.detail.part() == MONEY and waiting is not None:
            self.money.ask_confirm(view, waiting)
        elif self.detail.part() == CHECKS and check is not None:
            self.money.ask_check(check)
        elif view.next_step is LoanState.CHECKED:
            self.qualify.ask(view)
        elif view.next_step is not None:
            self.steps.next(view)
        elif view.row.state is LoanState.COMPENSATED:
            self.money.ask_change(view, LoanEventKind.RECOVERED)
        elif view.row.state in LENT:
            self.money.ask_repayment(view)

    def _ask_payoff(self) -> None:
        if self._view is not None:
            self.money.ask_payoff(self._view)

    def _ask_side(self) -> None:
        if self._view is not None:
            self.money.ask_side(self._view)

    def _open_menu(self) -> None:
        if self._view is not None:
            menu = self.more(self._view)
            menu.popup(self._more.mapToGlobal(self._more.rect().topLeft()))

    def more(self, view: LoanView) -> Menu:
        """Return the menu of what is done with a loan now and then."""
        menu = Menu(self, "loan_menu")
        put = menu.put
        if view.next_step is not None:
            committee = view.next_step is COMMITTEE and self.desk.may(send_back_guarantee)
            put(_("Change the enquiry"), partial(self.steps.ask_change, view), icon="pencil")
            if view.row.state is not LoanState.ENQUIRED:
                put(
                    _("Send one step back…"),
                    partial(self.steps.back, view, by_committee=committee),
                    icon="corner-down-left",
                )
            put(
                _("Refuse the loan…"),
                partial(self.steps.refuse, view, by_committee=committee),
                icon="ban",
            )
            put(_("The borrower withdraws…"), partial(self.steps.withdraw, view), icon="undo-2")
        if view.row.state is LoanState.REPAYING:
            for kind in (LoanEventKind.EXTENDED, LoanEventKind.COMPENSATED):
                put(kind.label, partial(self.money.ask_change, view, kind))
        if view.row.state is LoanState.COMPENSATED:
            kind = LoanEventKind.WRITTEN_OFF
            put(kind.label, partial(self.money.ask_change, view, kind))
        entry = self.detail.events.current()
        if self.detail.part() == MONEY and entry is not None and entry.reversed_by is None:
            put(
                _("Reverse entry {number}").format(number=entry.number),
                partial(self.money.ask_change, view, LoanEventKind.REVERSED, entry),
                icon="undo-2",
            )
        change = self.detail.changes.current()
        if change is not None and change.state is ChangeState.ENTERED and change.mine:
            put(_("Take the change back"), partial(self.money.take_back, change))
        side = self.detail.sides.current()
        if self.detail.part() == SIDES and side is not None and side.live:
            put(
                _("Change {name}").format(name=side.name),
                partial(self.money.ask_side, view, side),
                icon="pencil",
            )
            put(
                _("Release {name}").format(name=side.name),
                partial(self.money.release, side),
                icon="undo-2",
            )
        if view.row.household_id is not None:
            put(
                _("Open the household file"),
                partial(self.go.emit, "household", view.row.household_id),
                icon="users",
            )
        if view.previous_id is not None:
            put(_("Open the loan before this one"), partial(self.open, view.previous_id))
        return menu

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
LATE = (LoanList.OVERDUE_30, LoanList.OVERDUE_90, LoanList.OVERDUE_MORE)


def _loan_of(row: WorkRow | LoanRow) -> int:
    return row.loan_id if isinstance(row, WorkRow) else row.id


def _bar(view: LoanView) -> tuple[str, str]:
    """Return what the bar says: what comes next and what stands in its way."""
    if view.next_step is not None:
        says = _("Next: {step}").format(step=words.step(view.next_step))
        light, _icon, _tone = words.light(view)
        return says, light
    return words.owes(view), ""


def _work_table() -> RecordTable[WorkRow]:
    return RecordTable(
        WorkRow,
        [
            Column("name", _("Loans"), 160, who_cell, stretch=True),
            Column("amount", width=116, cell=sum_cell, right=True),
            Column("day", _("What waits"), 150, when_cell),
        ],
        name="table_work",
        two_lines=True,
        empty=EmptyState(_("Nothing waits here")),
    )


def _all_table() -> RecordTable[LoanRow]:
    return RecordTable(
        LoanRow,
        [
            Column("name", _("Loans"), 160, who_cell, stretch=True),
            Column("asked", _("Amount (yuan)"), 116, sum_cell, right=True),
            Column("state", width=150, cell=state_cell),
        ],
        name="table_loans",
        two_lines=True,
        empty=EmptyState(_("No loan yet"), _("Enter an enquiry with Alt+N.")),
    )
