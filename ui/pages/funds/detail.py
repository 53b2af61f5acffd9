"""What stands below the list of funds: of one fund its budgets, ledger, areas, carry-overs and
terms, and what the funds of its year still hold."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from app.core.i18n import N_, _
from app.core.money import yuan_text
from app.core.words.funds import BudgetState, MoveKind
from app.funds.issuing import days_of
from app.funds.records import (
    AreaRow,
    BudgetRow,
    CarryOverRow,
    FundRow,
    FundView,
    LedgerQuery,
    LedgerRow,
    Period,
    YearEndRow,
)
from ui.kit.cards import Card, EmptyState, clear_layout
from ui.kit.cells import Cell, Column
from ui.kit.choice_editors import ComboBox
from ui.kit.day_editor import local_today
from ui.kit.labels import Label
from ui.kit.layout import scrolling
from ui.kit.segments import Part, Segments
from ui.kit.table import RecordTable
from ui.pages.funds.cells import (
    accounts_cell,
    area_cell,
    balance,
    balance_cell,
    left_cell,
    move_cell,
    state_cell,
)

PARTS = {
    "budgets": N_("Budgets"),
    "ledger": N_("Ledger"),
    "areas": N_("By area"),
    "carry_overs": N_("Carry-overs"),
    "terms": N_("Earmarks"),
    "year_end": N_("Year end"),
}
MONTHS = 12
PAGE = 200
"""Movements that are shown at once."""


class Detail(Card):
    """The card below the list of funds."""

    def __init__(self, arrange: Callable[[], object], ask_ledger: Callable[[int], object]) -> None:
        super().__init__(flush=True)
        self.setObjectName("fund_detail")
        self._fund: FundRow | None = None
        self.goes_on = False
        """Whether there may be movements before those in sight."""
        self.segments = Segments([Part(key, _(words)) for key, words in PARTS.items()],
                                 name="segments_fund")  # fmt: skip
        self.segments.chosen.connect(arrange)
        self._balance = Label(role="small")
        self._balance.setObjectName("balance")
        self.month = _chooser("ledger_month", _("Month"), ask_ledger)
        self.kind = _chooser("ledger_kind", _("Movement"), ask_ledger)
        self.kind.addItem(_("All movements"), None)
        for kind in MoveKind:
            self.kind.addItem(kind.label, kind.value)
        self._make_tables()
        self._terms = QWidget()
        self._terms.setObjectName("fund_terms")
        self._sentences = QVBoxLayout(self._terms)
        self._sentences.setContentsMargins(12, 8, 12, 12)
        self._sentences.setSpacing(6)
        self._compose()

    def _make_tables(self) -> None:
        self.budgets = RecordTable(
            BudgetRow,
            [
                Column("state", width=110, cell=state_cell),
                Column("amount", width=130),
                Column("area", width=110, cell=area_cell),
                Column("granted_on", width=110),
                Column("document", stretch=True),
                Column("entered_by", width=100),
            ],
            name="table_budgets",
            flat=True,
            empty=EmptyState(_("No budget yet"), _("Enter the amount the notice grants.")),
        )
        self.ledger = RecordTable(
            LedgerRow,
            [
                Column("at", width=140),
                Column("kind", _("Movement"), width=120, cell=move_cell),
                Column("amount", width=110),
                Column("from_account", _("Accounts"), width=150, cell=accounts_cell),
                Column("available", _("Available (yuan)"), width=120),
                Column("reserved", _("Balance (yuan)"), width=120, cell=balance_cell, right=True),
                Column("memo", stretch=True),
                Column("by", width=80),
            ],
            name="table_ledger",
            flat=True,
            empty=EmptyState(_("Nothing has moved yet")),
        )
        self.areas = RecordTable(
            AreaRow,
            [
                Column("area", stretch=True, cell=area_cell),
                Column("granted", _("Granted (yuan)"), width=140),
                Column("reserved", _("Approved, not paid (yuan)"), width=140),
                Column("paid", _("Paid out (yuan)"), width=140),
                Column("beyond", _("Of any area (yuan)"), width=140),
                Column("left", _("Left (yuan)"), width=140, cell=left_cell, right=True),
            ],
            name="table_areas",
            flat=True,
            empty=EmptyState(
                _("Not divided by area"),
                _("A budget that names an area keeps its money for that area."),
            ),
        )
        self.carry_overs = RecordTable(
            CarryOverRow,
            [
                Column("state", width=110, cell=state_cell),
                Column("amount", width=120),
                Column("from_fund", _("From or to"), width=260, cell=self._where),
                Column("area", width=110, cell=area_cell),
                Column("document", stretch=True),
                Column("entered_by", width=90),
            ],
            name="table_carry_overs",
            flat=True,
            empty=EmptyState(
                _("Nothing was carried over"),
                _("What is left of a fund can go to a fund of the same source."),
            ),
        )
        self.year_end = RecordTable(
            YearEndRow,
            [
                Column("name", stretch=True),
                Column("last_day", width=110),
                Column("available", _("Available (yuan)"), width=130),
                Column("reserved", _("Approved, not paid (yuan)"), width=130),
                Column("carried", _("Carried over since (yuan)"), width=140),
                Column("waiting", _("Being carried over (yuan)"), width=140),
            ],
            name="table_year_end",
            flat=True,
            empty=EmptyState(_("No fund holds anything")),
        )

    def _compose(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(12, 8, 12, 8)
        head.setSpacing(12)
        head.addWidget(self.segments)
        head.addStretch(1)
        head.addWidget(self._balance)
        head.addWidget(self.month)
        head.addWidget(self.kind)
        self.add(head)
        holder = QWidget()
        self._stack = QStackedLayout(holder)
        self._widgets: dict[str, QWidget] = {
            "budgets": self.budgets,
            "ledger": self.ledger,
            "areas": self.areas,
            "carry_overs": self.carry_overs,
            "terms": scrolling(self._terms),
            "year_end": self.year_end,
        }
        for widget in self._widgets.values():
            self._stack.addWidget(widget)
        self.body.addWidget(holder, 1)
        self.foot = self.add_foot()

    def _where(self, row: CarryOverRow) -> Cell:
        if self._fund is not None and row.from_fund_id == self._fund.id:
            return Cell(_("To {fund}").format(fund=row.to_fund), icon="arrow-right")
        return Cell(_("From {fund}").format(fund=row.from_fund), icon="corner-down-left")

    # What is shown

    def part(self) -> str:
        """Return which part is in sight."""
        return self.segments.value()

    def show_fund(
        self, fund: FundRow | None, budgets: list[BudgetRow], carry_overs: list[CarryOverRow]
    ) -> None:
        """Show budgets and carry-overs of a fund."""
        if (fund and fund.id) != (self._fund and self._fund.id):
            self._offer_months(fund)
        self._fund = fund
        mine = [row for row in budgets if fund and row.fund == fund.name]
        moved = [
            row for row in carry_overs if fund and fund.id in (row.from_fund_id, row.to_fund_id)
        ]
        self.budgets.show_rows(mine)
        self.carry_overs.show_rows(moved)
        self._count()

    def show_ledger(self, rows: Sequence[LedgerRow]) -> None:
        """Show the movements, the newest first."""
        self.goes_on = len(rows) == PAGE
        self.ledger.show_rows(rows)
        self._count()

    def show_more_ledger(self, rows: Sequence[LedgerRow]) -> None:
        """Show earlier movements below those in sight."""
        self.ledger.show_rows([*self.ledger.rows(), *rows])
        self.goes_on = len(rows) == PAGE
        self._count()

    def show_view(self, view: FundView) -> None:
        """Show the money by area and the terms."""
        self.areas.show_rows(list(view.areas))
        clear_layout(self._sentences)
        for place, words in enumerate(view.terms):
            self._sentences.addWidget(Label(words, "strong" if place == 0 else "body", wrap=True))
        if view.provisional:
            says = _("Rules of the source, to be confirmed by the center: {note}")
            note = Label(says.format(note=view.source_note), "small", wrap=True)
            self._sentences.addWidget(note)
        self._sentences.addStretch(1)
        self._count()

    def show_year_end(self, rows: list[YearEndRow], year: int) -> None:
        """Show what funds still hold, or held at the end of a year."""
        self.year_end.show_rows(rows)
        held = sum(row.available + row.reserved for row in rows)
        words = _("{count} funds held money at the end of {year}")
        if year >= local_today().year:
            words = _("{count} funds of {year} and before hold money")
        told = words.format(count=len(rows), year=year)
        self.year_end.set_foot(told, total=_("{amount} yuan").format(amount=yuan_text(held)))
        self._count()

    def _count(self) -> None:
        waiting = sum(row.state is BudgetState.ENTERED for row in self.carry_overs.rows())
        counts = {
            "budgets": len(self.budgets.rows()),
            "ledger": len(self.ledger.rows()),
            "areas": len(self.areas.rows()) or None,
            "carry_overs": len(self.carry_overs.rows()),
        }
        self.segments.show_parts(
            [
                Part(
                    key,
                    _(words),
                    counts.get(key),
                    *(("clock", "wait") if key == "carry_overs" and waiting else ()),
                )
                for key, words in PARTS.items()
            ]
        )

    def arrange(self, *, small: bool, asking: bool) -> None:
        """Show the part that is chosen, and what belongs beside it."""
        part = self.part()
        self._stack.setCurrentWidget(self._widgets[part])
        shown = self._fund is not None and not small and not asking and part == "budgets"
        self._balance.setText(balance(self._fund) if shown and self._fund else "")
        ledger = part == "ledger"
        self.month.setVisible(ledger)
        self.kind.setVisible(ledger)
        self.ledger.hide_columns({"from_account", "by", "available"} if small else set())
        self.budgets.hide_columns({"entered_by"} if small else set())
        self.carry_overs.hide_columns({"entered_by", "area"} if small else set())
        self.year_end.hide_columns({"waiting"} if small else set())

    # The ledger

    def _offer_months(self, fund: FundRow | None) -> None:
        self.month.clear()
        self.month.addItem(_("All days"), None)
        if fund is None:
            return
        years = range(fund.year, (fund.pays_until or date(fund.year, 12, 31)).year + 1)
        for year in years:
            self.month.addItem(_("Year {year}").format(year=year), (year, None))
            for month in range(1, MONTHS + 1):
                words = _("Month {month} of {year}").format(year=year, month=month)
                self.month.addItem(words, (year, month))

    def period(self, fund: FundRow) -> Period:
        """Return the year or month that is chosen; the year of the fund for all days."""
        year, month = self.month.currentData() or (fund.year, None)
        return Period(fund_id=fund.id, year=year, month=month)

    def asked(self, fund: FundRow, before: LedgerRow | None = None) -> LedgerQuery:
        """Return what movements are asked for, or those before one of them."""
        chosen, kind = self.month.currentData(), self.kind.currentData()
        since, until = days_of(self.period(fund)) if chosen is not None else (None, None)
        return LedgerQuery(
            fund_id=fund.id,
            since=since,
            until=until,
            kinds=(MoveKind(kind),) if kind else (),
            before=before.id if before else None,
            limit=PAGE,
        )


def _chooser(name: str, label: str, chosen: Callable[[int], object]) -> ComboBox:
    box = ComboBox()
    box.setObjectName(name)
    box.setAccessibleName(label)
    box.setMinimumContentsLength(9)
    box.activated.connect(chosen)
    return box
