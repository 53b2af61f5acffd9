"""The page itself: the funds with their accounts, and of one its budgets and its ledger."""

from functools import partial

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from app.cases.measures import measures_on
from app.core.errors import Invalid
from app.core.i18n import N_, _
from app.core.money import yuan_text
from app.core.record import Nothing
from app.core.words.funds import BudgetState
from app.funds.actions import confirm_budget, enter_budget, open_fund, withdraw_budget
from app.funds.queries import budget_rows, fund_rows, ledger_rows
from app.funds.records import (
    BudgetForm,
    BudgetRow,
    BudgetStep,
    FundForm,
    FundRow,
    LedgerQuery,
    LedgerRow,
)
from app.policy.pack import MeasureKind
from app.work import Topic
from ui.kit.buttons import Button
from ui.kit.cards import Card, EmptyState
from ui.kit.cells import Cell, Column
from ui.kit.day_editor import local_today
from ui.kit.labels import Label
from ui.kit.page import Page
from ui.kit.segments import Part, Segments
from ui.kit.table import RecordTable
from ui.pages.funds.cells import accounts_cell, balance, budget_cell, earmark_cell, move_cell
from ui.pages.funds.forms import FormPane


class FundsPage(Page):
    """Where money comes from, what is left, and how it moved."""

    name = "funds"
    title = N_("Funds")
    icon = "coins"
    shows = frozenset({Topic.FUNDS})

    def build(self) -> None:
        """Compose the list of funds above budgets and ledger."""
        self._budgets: list[BudgetRow] = []
        self._ledger: list[LedgerRow] = []
        self._small = self._narrow = False
        grants = (each for each in measures_on(local_today()) if each.kind is MeasureKind.GRANT)
        self._measures = {each.id: each.title for each in grants}
        self._waiting = Label(role="small", tone="wait")
        self.beside_title(self._waiting)
        self._new_fund = self.add_act(
            Button(_("New fund"), self.ask_fund, icon="plus", key="Alt+N", name="act_new_fund")
        )
        self._new_budget = self.add_act(
            Button(
                _("Enter a budget"),
                self.ask_budget,
                kind="primary",
                icon="pencil",
                key="Alt+B",
                name="act_new_budget",
            )
        )
        self.table = RecordTable(
            FundRow,
            [
                Column("name", stretch=True),
                Column("source", width=90),
                Column("year", width=60, cell=lambda each: Cell(str(each.year)), right=True),
                Column("measures", width=150, cell=self._earmark),
                Column("granted", _("Granted (yuan)"), width=122),
                Column("available", _("Available (yuan)"), width=122),
                Column("reserved", _("Approved, not paid (yuan)"), width=132),
                Column("paid", _("Paid out (yuan)"), width=122),
            ],
            name="table_funds",
            empty=EmptyState(
                _("No fund yet"), _("Finance opens a fund and enters its budget; another confirms.")
            ),
        )
        self.table.picked.connect(self._pick)
        self.segments = Segments(
            [Part("budgets", _("Budgets"), 0), Part("ledger", _("Ledger"), 0)],
            name="segments_fund",
        )
        self.segments.chosen.connect(self._arrange)
        self._balance = Label(role="small")
        self._balance.setObjectName("balance")
        self.budgets = RecordTable(
            BudgetRow,
            [
                Column("state", width=110, cell=budget_cell),
                Column("amount", width=130),
                Column("granted_on", width=110),
                Column("document", stretch=True),
                Column("entered_by", width=100),
            ],
            name="table_budgets",
            flat=True,
            empty=EmptyState(_("No budget yet"), _("Enter the amount the notice grants.")),
        )
        self.budgets.picked.connect(self._allow)
        self.ledger = RecordTable(
            LedgerRow,
            [
                Column("at", width=140),
                Column("id", _("Movement"), width=130, cell=move_cell, right=False),
                Column("amount", width=120),
                Column("from_account", _("Accounts"), width=160, cell=accounts_cell),
                Column("memo", stretch=True),
                Column("by", width=90),
            ],
            name="table_ledger",
            flat=True,
            empty=EmptyState(_("Nothing has moved yet")),
        )
        self.pane = FormPane(self.close_form)
        self.pane.hide()
        self._compose()
        escape = QShortcut(QKeySequence("Esc"), self)
        escape.activated.connect(self.close_form)

    def _compose(self) -> None:
        below = Card(flush=True)
        head = QHBoxLayout()
        head.setContentsMargins(12, 8, 12, 8)
        head.setSpacing(12)
        head.addWidget(self.segments)
        head.addStretch(1)
        head.addWidget(self._balance)
        below.add(head)
        holder = QWidget()
        self._stack = QStackedLayout(holder)
        self._stack.addWidget(self.budgets)
        self._stack.addWidget(self.ledger)
        below.body.addWidget(holder, 1)
        foot = below.add_foot()
        self._foot = Label(role="small")
        self._foot.setObjectName("budget_says")
        self._withdraw = Button(
            _("Withdraw the budget"), self.withdraw_chosen, small=True, name="act_withdraw_budget"
        )
        self._confirm = Button(
            _("Confirm the budget"),
            self.confirm_chosen,
            icon="check",
            key="Alt+C",
            small=True,
            name="act_confirm_budget",
        )
        foot.addWidget(self._foot)
        foot.addStretch(1)
        foot.addWidget(self._withdraw)
        foot.addWidget(self._confirm)
        self._lists = QWidget()
        column = QVBoxLayout(self._lists)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.table, 2)
        column.addWidget(below, 3)
        panes = QHBoxLayout()
        panes.setSpacing(12)
        panes.addWidget(self._lists, 1)
        panes.addWidget(self.pane)
        self.add(panes, 1)

    def _earmark(self, row: FundRow) -> Cell:
        return earmark_cell(row, self._measures)

    # Loading

    def refresh(self) -> None:
        """Ask for funds, budgets and the ledger in sight."""
        self.desk.ask(fund_rows, Nothing(), then=self._show_funds, latest=self.table)
        self.desk.ask(budget_rows, Nothing(), then=self._show_budgets, latest=self.budgets)

    def open(self, what: object) -> None:
        """Show one fund by its id."""
        if isinstance(what, int):
            self.table.select_where(lambda row: row.id == what)

    def _show_funds(self, rows: list[FundRow]) -> None:
        self.table.show_rows(rows)
        left = yuan_text(sum(row.available for row in rows))
        self.table.set_foot(
            _("{count} funds").format(count=len(rows)),
            total=_("Available in all {amount} yuan").format(amount=left),
        )
        self._pick(self.table.current())

    def _show_budgets(self, rows: list[BudgetRow]) -> None:
        self._budgets = rows
        waiting = sum(row.state is BudgetState.ENTERED for row in rows)
        says = _("{count} budgets to be confirmed").format(count=waiting) if waiting else ""
        self._waiting.setText(says)
        self._show_fund()

    def _pick(self, picked: object) -> None:
        if isinstance(picked, FundRow):
            asked = LedgerQuery(fund_id=picked.id)
            self.desk.ask(ledger_rows, asked, then=self._show_ledger, latest=self.ledger)
        self._show_fund()

    def _show_ledger(self, rows: list[LedgerRow]) -> None:
        self._ledger = rows
        self._show_fund()

    def _show_fund(self) -> None:
        fund = self.table.current()
        budgets = [row for row in self._budgets if fund and row.fund == fund.name]
        ledger = self._ledger if fund else []
        self.budgets.show_rows(budgets)
        self.ledger.show_rows(ledger)
        self.segments.show_parts(
            [
                Part("budgets", _("Budgets"), len(budgets)),
                Part("ledger", _("Ledger"), len(ledger)),
            ]
        )
        self._balance.setText(balance(fund) if fund and not self._small else "")
        self._arrange()

    # What is offered

    def _arrange(self) -> None:
        ledger = self.segments.value() == "ledger"
        self._stack.setCurrentWidget(self.ledger if ledger else self.budgets)
        self._confirm.setVisible(not ledger)
        self._withdraw.setVisible(not ledger)
        asking = self.pane.isVisibleTo(self)
        self._lists.setVisible(not (self._small and asking))
        self._new_fund.setVisible(not asking)
        self._new_budget.setVisible(not asking)
        spare = {"source", "measures", "year"} if self._small or asking else set[str]()
        self.table.hide_columns(spare | ({"measures"} if self._narrow else set[str]()))
        self._allow()

    def _allow(self) -> None:
        budget, fund = self.budgets.current(), self.table.current()
        ledger = self.segments.value() == "ledger"
        open_ = budget is not None and budget.state is BudgetState.ENTERED
        nothing = "" if open_ else _("There is no budget to be confirmed here")
        own = ""
        if open_ and budget is not None and budget.mine:
            own = _("You entered this one, so another person has to confirm it.")
        says = _("Every movement is one line; nothing is ever changed or taken out.")
        self._foot.setText(says if ledger else own)
        self._confirm.allow(self.desk.reason(confirm_budget) or nothing or own)
        self._withdraw.allow(self.desk.reason(withdraw_budget) or nothing)
        self._new_fund.allow(self.desk.reason(open_fund))
        no_fund = "" if fund else _("Open a fund first")
        self._new_budget.allow(self.desk.reason(enter_budget) or no_fund)

    def compact(self, width: int, height: int) -> None:
        """Leave out columns, then let a form take the whole page."""
        self._small, self._narrow = width < 1100, width < 1320
        self.ledger.hide_columns({"from_account", "by"} if self._small else set())
        self.budgets.hide_columns({"entered_by"} if self._small else set())
        self._show_fund()

    def first_focus(self) -> QWidget:
        """Start in the list of funds."""
        return self.table.view

    # Acts

    def ask_fund(self) -> None:
        """Open the form of a new fund."""
        self._open_form()
        self.pane.ask_fund(self._measures, self._send_fund).first().setFocus()

    def ask_budget(self) -> None:
        """Open the form of a budget for the fund in sight."""
        if (fund := self.table.current()) is not None:
            self._open_form()
            self.pane.ask_budget(fund, self._send_budget).first().setFocus()

    def _open_form(self) -> None:
        self.banners.clear()
        self.pane.show()
        self.primary = self.pane.finish
        self._arrange()

    def close_form(self) -> None:
        """Close the form; what was typed is dropped with it."""
        self.pane.hide()
        self.primary = self._new_budget
        self._arrange()
        self.table.view.setFocus()

    def _send_fund(self, form: FundForm) -> None:
        self.desk.perform(
            open_fund,
            form,
            then=lambda _id: self._sent(_("Fund opened: {name}").format(name=form.name)),
            invalid=self._invalid,
        )

    def _send_budget(self, form: BudgetForm) -> None:
        says = _("Entered {amount} yuan, another person confirms it")
        words = says.format(amount=yuan_text(form.amount))
        self.desk.perform(
            enter_budget, form, then=lambda _id: self._sent(words), invalid=self._invalid
        )

    def _sent(self, words: str) -> None:
        self.close_form()
        self.segments.choose("budgets")
        self.toast.emit(words, None)

    def _invalid(self, error: Invalid) -> None:
        if self.pane.form is not None:
            self.pane.form.show_problems(error)

    def confirm_chosen(self) -> None:
        """Confirm the budget in sight after a last question."""
        if (budget := self.budgets.current()) is None:
            return
        amount = yuan_text(budget.amount)
        self.desk.asking.confirm(
            self,
            _("Confirm {amount} yuan for {fund}?").format(amount=amount, fund=budget.fund),
            _("By {document}. From now on the fund holds this money.").format(
                document=budget.document
            ),
            _("Confirm the budget"),
            partial(
                self.desk.perform,
                confirm_budget,
                BudgetStep(id=budget.id, version=budget.version),
                then=lambda _done: self.toast.emit(_("Budget confirmed"), None),
            ),
        )

    def withdraw_chosen(self) -> None:
        """Withdraw the budget in sight that was entered wrongly."""
        if (budget := self.budgets.current()) is None:
            return
        amount = yuan_text(budget.amount)
        self.desk.asking.confirm(
            self,
            _("Withdraw the budget of {amount} yuan?").format(amount=amount),
            _("It was not confirmed, so no money is touched. It can be entered anew."),
            _("Withdraw the budget"),
            partial(
                self.desk.perform,
                withdraw_budget,
                BudgetStep(id=budget.id, version=budget.version),
                then=lambda _done: self.toast.emit(_("Budget withdrawn"), None),
            ),
            danger=True,
        )
