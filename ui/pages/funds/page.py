"""The page itself: the funds with their accounts, and of one what stands in `Detail`."""

from functools import partial

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.cases.measures import measures_on
from app.core.errors import Invalid
from app.core.i18n import N_, _
from app.core.money import yuan_text
from app.core.record import Nothing
from app.core.words.funds import BudgetState
from app.funds.actions import enter_budget, open_fund
from app.funds.carrying import enter_carry_over
from app.funds.queries import (
    budget_rows,
    carry_over_rows,
    every_fund,
    fund_view,
    ledger_rows,
    year_end_rows,
)
from app.funds.records import (
    BudgetRow,
    CarryOverRow,
    FundById,
    FundRow,
    FundView,
    LedgerRow,
    YearEndQuery,
    YearEndRow,
)
from app.policy.pack import MeasureKind
from app.reference.choices import DISTRICT, choices
from app.work import Topic
from ui.kit.buttons import Button
from ui.kit.cards import EmptyState
from ui.kit.cells import Cell, Column
from ui.kit.day_editor import local_today
from ui.kit.labels import Label
from ui.kit.page import Page
from ui.kit.table import RecordTable
from ui.pages.funds.acts import FundActs
from ui.pages.funds.cells import bar_cell, earmark_cell, name_cell, total
from ui.pages.funds.detail import Detail
from ui.pages.funds.forms import FormPane
from ui.pages.funds.offers import Offers


class FundsPage(Page):
    """Where money comes from, what is left, and how it moved."""

    name = "funds"
    title = N_("Funds")
    icon = "coins"
    shows = frozenset({Topic.FUNDS})

    def build(self) -> None:
        """Compose the list of funds above the detail of one."""
        self._budgets: list[BudgetRow] = []
        self._carried: list[CarryOverRow] = []
        self._view: FundView | None = None
        self._wanted: int | None = None
        """The fund to show once the list is there."""
        self._small = self._narrow = False
        grants = (each for each in measures_on(local_today()) if each.kind is MeasureKind.GRANT)
        self._measures = {each.id: each.title for each in grants}
        self.acts = FundActs(self, self._sent, self._invalid)
        self._waiting = Label(role="small", tone="wait")
        self.beside_title(self._waiting)
        self._new_fund = self.add_act(
            Button(_("New fund"), self.ask_fund, icon="plus", key="Alt+N", name="act_new_fund")
        )
        self._carry = self.add_act(
            Button(
                _("Carry over"),
                self.ask_carry_over,
                icon="arrow-right",
                key="Alt+J",
                name="act_carry_over",
            )
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
                Column("name", stretch=True, cell=name_cell),
                Column("source", width=90),
                Column("year", width=60, cell=lambda each: Cell(str(each.year)), right=True),
                Column("measures", width=140, cell=self._earmark),
                Column("id", _("Paid, approved, left"), width=130, cell=bar_cell, right=False),
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
        self.detail = Detail(self._arrange, self._ask_ledger)
        self.segments = self.detail.segments
        self.budgets, self.ledger = self.detail.budgets, self.detail.ledger
        for table in (self.budgets, self.detail.carry_overs):
            table.picked.connect(self._allow)
        self.ledger.opened.connect(self._open_row)
        self.detail.year_end.opened.connect(self._open_held)
        self.offers = Offers(
            self.desk,
            self.detail,
            self.acts,
            self.table.current,
            self.ask_terms,
            self._ask_more_ledger,
        )
        self.pane = FormPane(self.close_form)
        self.pane.hide()
        self._lists = QWidget()
        column = QVBoxLayout(self._lists)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.table, 2)
        column.addWidget(self.detail, 3)
        panes = QHBoxLayout()
        panes.setSpacing(12)
        panes.addWidget(self._lists, 1)
        panes.addWidget(self.pane)
        self.add(panes, 1)
        escape = QShortcut(QKeySequence("Esc"), self)
        escape.activated.connect(self.close_form)

    def _earmark(self, row: FundRow) -> Cell:
        return earmark_cell(row, self._measures)

    # Loading

    def refresh(self) -> None:
        """Ask for funds, budgets, carry-overs and what of the chosen fund is in sight."""
        self.desk.ask(every_fund, Nothing(), then=self._show_funds, latest=self.table)
        self.desk.ask(budget_rows, Nothing(), then=self._show_budgets, latest=self.budgets)
        self.desk.ask(
            carry_over_rows, Nothing(), then=self._show_carried, latest=self.detail.carry_overs
        )

    def open(self, what: object) -> None:
        """Show one fund by its id."""
        if isinstance(what, int) and not self.table.select_where(lambda row: row.id == what):
            self._wanted = what

    def _show_funds(self, rows: list[FundRow]) -> None:
        self.table.show_rows(rows)
        wanted, self._wanted = self._wanted, None
        self.table.select_where(lambda row: row.id == wanted)
        self.table.set_foot(
            _("{count} funds").format(count=len(rows)),
            total=_("Available in all {amount} yuan").format(amount=yuan_text(total(rows))),
        )
        self._pick(self.table.current())

    def _show_budgets(self, rows: list[BudgetRow]) -> None:
        self._budgets = rows
        self._show_fund()

    def _show_carried(self, rows: list[CarryOverRow]) -> None:
        self._carried = rows
        self._show_fund()

    def _pick(self, picked: object) -> None:
        self._view = None
        self._show_fund()
        if isinstance(picked, FundRow):
            self._ask_ledger()
            self.desk.ask(
                fund_view, FundById(id=picked.id), then=self._show_view, latest=self.detail.areas
            )
            self.desk.ask(
                year_end_rows,
                YearEndQuery(year=picked.year),
                then=partial(self._show_held, picked.year),
                latest=self.detail.year_end,
            )

    def _ask_ledger(self, _at: int = 0) -> None:
        if (fund := self.table.current()) is not None:
            asked = self.detail.asked(fund)
            self.desk.ask(ledger_rows, asked, then=self._show_ledger, latest=self.ledger)

    def _ask_more_ledger(self) -> None:
        """Ask for the movements before the last in sight."""
        fund, rows = self.table.current(), self.ledger.rows()
        if fund is not None and rows:
            asked = self.detail.asked(fund, before=rows[-1])
            self.desk.ask(ledger_rows, asked, then=self._show_more_ledger, latest=self.ledger)

    def _show_more_ledger(self, rows: list[LedgerRow]) -> None:
        self.detail.show_more_ledger(rows)
        self._arrange()

    def _show_ledger(self, rows: list[LedgerRow]) -> None:
        self.detail.show_ledger(rows)
        self._arrange()

    def _show_view(self, view: FundView) -> None:
        self._view = view
        self.detail.show_view(view)
        self._arrange()

    def _show_held(self, year: int, rows: list[YearEndRow]) -> None:
        self.detail.show_year_end(rows, year)

    def _show_fund(self) -> None:
        waiting = sum(row.state is BudgetState.ENTERED for row in self._budgets)
        carried = sum(row.state is BudgetState.ENTERED for row in self._carried)
        says = [
            _("{count} budgets to be confirmed").format(count=waiting) if waiting else "",
            _("{count} carry-overs to be confirmed").format(count=carried) if carried else "",
        ]
        self._waiting.setText("　".join(filter(None, says)))
        fund = self.table.current()
        self.detail.show_fund(fund, self._budgets, self._carried)
        if fund is None:
            self.detail.show_ledger([])
        self._arrange()

    # What is offered

    def _arrange(self) -> None:
        asking = self.pane.isVisibleTo(self)
        self.detail.arrange(small=self._small, asking=asking)
        self.offers.arrange()
        self._lists.setVisible(not (self._small and asking))
        for act in (self._new_fund, self._carry, self._new_budget):
            act.setVisible(not asking)
        spare = {"source", "measures", "year", "id"} if self._small or asking else set[str]()
        self.table.hide_columns(spare | ({"measures"} if self._narrow else set[str]()))
        self._allow()

    def _allow(self, _picked: object = None) -> None:
        fund, reason = self.table.current(), self.desk.reason
        no_fund = "" if fund else _("Open a fund first")
        closed = _("This fund is closed") if fund and not fund.open else no_fund
        self._new_fund.allow(reason(open_fund))
        self._new_budget.allow(reason(enter_budget) or closed)
        nothing_left = "" if fund and fund.available else _("Nothing is left to carry over")
        self._carry.allow(reason(enter_carry_over) or no_fund or nothing_left)
        touched = self._view is not None and self._view.touched
        self.offers.allow(touched=touched)

    def compact(self, width: int, height: int) -> None:
        """Leave out columns, then let a form take the whole page."""
        self._small, self._narrow = width < 1100, width < 1320
        self._show_fund()

    def first_focus(self) -> QWidget:
        """Start in the list of funds."""
        return self.table.view

    # Going on from a row

    def _open_row(self, row: object) -> None:
        """Open what a movement was for: its batch, its household, its budget or carry-over."""
        if not isinstance(row, LedgerRow):
            return
        if row.refund_id is None and row.batch_id is not None:
            self.go.emit("batches", row.batch_id)
        elif row.household_id is not None:
            self.go.emit("household", row.household_id)
        elif row.carry_over_id is not None:
            self.segments.choose("carry_overs")
            self.detail.carry_overs.select_where(lambda each: each.id == row.carry_over_id)
        elif row.budget_id is not None:
            self.segments.choose("budgets")
            self.budgets.select_where(lambda each: each.id == row.budget_id)
        self._arrange()

    def _open_held(self, row: object) -> None:
        if isinstance(row, YearEndRow):
            self.open(row.id)

    # Acts

    def _earmark_lists(self) -> dict[str, dict[str, str]]:
        words = {"categories": "category", "districts": DISTRICT}
        named = {name: choices(list_, local_today()) for name, list_ in words.items()}
        return {"measures": self._measures} | {
            name: dict(zip(known, known, strict=True)) for name, known in named.items()
        }

    def ask_fund(self) -> None:
        """Open the form of a new fund."""
        self._open_form()
        self.pane.ask_fund(self._earmark_lists(), self.acts.open_fund).first().setFocus()

    def ask_terms(self) -> None:
        """Open the form in which the terms of the fund in sight are put right."""
        if (fund := self.table.current()) is not None:
            self._open_form()
            lists = self._earmark_lists()
            self.pane.ask_terms(fund, lists, self.acts.change_fund).first().setFocus()

    def ask_budget(self) -> None:
        """Open the form of a budget for the fund in sight."""
        if (fund := self.table.current()) is not None:
            self._open_form()
            self.pane.ask_budget(fund, self.acts.enter_budget).first().setFocus()

    def ask_carry_over(self) -> None:
        """Open the form of a carry-over from the fund in sight."""
        if (fund := self.table.current()) is None:
            return
        others = [
            (row.id, row.name)
            for row in self.table.rows()
            if row.open
            and row.id != fund.id
            and row.source is fund.source
            and row.year >= fund.year
        ]
        self._open_form()
        self.pane.ask_carry_over(fund, others, self.acts.enter_carry_over).first().setFocus()

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

    def _sent(self, words: str, part: str) -> None:
        self.close_form()
        self.segments.choose(part)
        self.toast.emit(words, None)

    def _invalid(self, error: Invalid) -> None:
        if self.pane.form is not None:
            self.pane.form.show_problems(error)
