"""All loans together as of a day: what is at risk, how late, due and paid, jobs."""

from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.core.i18n import _
from app.core.record import Nothing
from app.loans.portfolio import ageing, portfolio
from app.loans.portfolio_records import (
    AgeingAsked,
    AgeingRow,
    AgeingView,
    JobsRow,
    PortfolioView,
    RiskRow,
)
from app.reports.charts import Chart
from app.reports.loan_charts import LoanChartsAsked, loan_charts
from ui import theme
from ui.desk import Desk
from ui.kit.buttons import Button
from ui.kit.cards import Card, EmptyState, Figures, clear_layout
from ui.kit.cells import Cell, Column, yuan
from ui.kit.editing import Context
from ui.kit.form import FormView
from ui.kit.labels import Label
from ui.kit.layout import scrolling
from ui.kit.table import RecordTable
from ui.pages.guarantees.cells import BAD_FROM, jobs_cell, late_cell, percent, seen_cell
from ui.pages.guarantees.drawn import ChartCard


class Portfolio(QWidget):
    """What the loans come to, on any day."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._columns = 2
        self.day: FormView[AgeingAsked] = FormView(
            AgeingAsked,
            ("as_of",),
            spans={"as_of": 12},
            context=Context(today=desk.today),
            name="portfolio_day",
        )
        self.day.set_value("as_of", desk.today())
        self.day.settle()
        self.show_day = Button(_("Show this day"), self.ask, key="Alt+A", name="act_show_day")
        self._said = Label(role="small", wrap=True)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self.day)
        head.addWidget(self.show_day)
        head.addWidget(self._said, 1)
        self._figures, self._charts = QVBoxLayout(), QGridLayout()
        self._charts.setSpacing(12)
        self.ageing, self.jobs = _ageing_table(), _jobs_table()
        self._tables = QGridLayout()
        self._tables.setSpacing(12)
        self._cards = [
            _card(_("Ageing of loans"), self.ageing),
            _card(_("Jobs by year"), self.jobs),
        ]
        self.charts: list[ChartCard] = []
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for part in (self._figures, self._tables, self._charts):
            column.addLayout(part)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(8)
        outer.addLayout(head)
        self.area = scrolling(inside)
        outer.addWidget(self.area, 1)
        theme.changes.changed.connect(self._size)
        self._size()
        self._place()

    def _size(self) -> None:
        self.day.setFixedWidth(theme.px(220))
        self.ageing.setMinimumHeight(theme.px(290))
        self.jobs.setMinimumHeight(theme.px(290))

    # Asking

    def ask(self) -> None:
        """Ask how the loans stood on the day that is typed."""
        asked = self.day.record()
        if asked is None:
            return
        self._desk.ask(ageing, asked, then=self._show_ageing, latest=self.ageing)
        self._desk.ask(portfolio, Nothing(), then=self._show_jobs, latest=self.jobs)
        charts = LoanChartsAsked(as_of=asked.as_of)
        self._desk.ask(loan_charts, charts, then=self._show_charts, latest=self._charts)

    def _show_ageing(self, view: AgeingView) -> None:
        clear_layout(self._figures)
        figures = Figures()
        count = _("{count} loans").format(count=f"{view.loans:,}")
        figures.add_figure(_("Outstanding (yuan)"), yuan(view.outstanding), more=count)
        for risk in view.risk:
            figures.add_figure(
                _("At risk, over {days} days").format(days=risk.days),
                percent(risk.hundredths),
                more=_risk_words(risk),
            )
        figures.add_figure(_("Paid for borrowers, not recovered"), yuan(view.owed_to_fund))
        self._figures.addWidget(figures)
        says = _("As of {day}").format(day=view.as_of)
        if view.recorded:
            more = _("{count} loans are on record only and not counted")
            says += "　" + more.format(count=f"{view.recorded:,}")
        self._said.setText(says)
        self.ageing.show_rows(view.rows)
        bad = sum(row.outstanding for row in view.rows if row.first >= BAD_FROM)
        self.ageing.set_foot(
            count, total=_("Late for more than 90 days: {amount} yuan").format(amount=yuan(bad))
        )

    def _show_jobs(self, view: PortfolioView) -> None:
        self.jobs.show_rows(view.jobs)
        jobs = sum(row.jobs for row in view.jobs)
        self.jobs.set_foot(_("As of today"), total=_("{count} jobs").format(count=f"{jobs:,}"))

    def _show_charts(self, charts: Sequence[Chart]) -> None:
        clear_layout(self._charts)
        self.charts = [ChartCard(self._desk, chart) for chart in charts]
        self._place()

    # Giving way

    def set_columns(self, count: int) -> None:
        """Put what stands side by side into one column or two."""
        if count != self._columns:
            self._columns = count
            self._place()

    def _place(self) -> None:
        for grid, cards in ((self._tables, self._cards), (self._charts, self.charts)):
            for at, card in enumerate(cards):
                grid.addWidget(card, at // self._columns, at % self._columns)
            grid.setColumnStretch(0, 1)
            grid.setColumnStretch(1, self._columns - 1)


def _risk_words(risk: RiskRow) -> str:
    says = _("{amount} yuan, {count} loans")
    return says.format(amount=yuan(risk.fen), count=f"{risk.loans:,}")


def _card(title: str, table: QWidget) -> Card:
    card = Card(title, flush=True)
    card.add(table)
    return card


def _ageing_table() -> RecordTable[AgeingRow]:
    return RecordTable(
        AgeingRow,
        [
            Column("first", _("Days late"), cell=late_cell, stretch=True, right=False),
            Column("loans", width=70),
            Column("late", _("Late (yuan)"), 120),
            Column("outstanding", _("Outstanding (yuan)"), 130),
        ],
        name="table_ageing",
        flat=True,
        sortable=False,
        empty=EmptyState(_("No loan yet")),
    )


def _jobs_table() -> RecordTable[JobsRow]:
    return RecordTable(
        JobsRow,
        [
            Column("year", width=60, cell=lambda row: Cell(str(row.year)), right=True),
            Column("loans", width=64),
            Column("principal", _("Principal (yuan)"), 126),
            Column("jobs", width=118, cell=jobs_cell, right=True),
            Column("seen", cell=seen_cell, right=True, stretch=True),
        ],
        name="table_jobs",
        two_lines=True,
        flat=True,
        sortable=False,
        empty=EmptyState(_("No loan yet")),
    )
