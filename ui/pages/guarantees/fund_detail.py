"""One guarantee fund: what it may stand for and stands for, its ledger, its quotas."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from app.core.i18n import _
from app.core.words.loans import ChangeState
from app.loans.guarantee_records import (
    GuaranteeFundRow,
    GuaranteeFundView,
    GuaranteeMoveRow,
    QuotaRow,
)
from ui.kit.cards import Card, EmptyState, clear_layout
from ui.kit.cells import Cell, Column, yuan
from ui.kit.choice_editors import ComboBox
from ui.kit.labels import Chip, Label, Rule, Status
from ui.kit.notices import BudgetBar
from ui.kit.segments import Part, Segments
from ui.kit.table import RecordTable
from ui.pages.guarantees.cells import (
    amount_cell,
    district_cell,
    move_cell,
    people_cell,
    percent,
    quota_cell,
    room_cell,
    taken_cell,
)

MOVES, QUOTAS = "moves", "quotas"
YEARS_BACK = 4
"""Years before this one whose quotas can be looked at."""


class FundDetail(Card):
    """The guarantee fund that is chosen."""

    turned = Signal()
    """Another part, year or row is in sight."""

    def __init__(self, today: date) -> None:
        super().__init__(flush=True)
        self.setObjectName("guarantee_detail")
        self.view: GuaranteeFundView | None = None
        self._head = QWidget()
        column = QVBoxLayout(self._head)
        column.setContentsMargins(16, 12, 16, 10)
        column.setSpacing(8)
        line = QHBoxLayout()
        line.setSpacing(8)
        self._name = Label(role="section")
        self._chip = Chip("")
        line.addWidget(self._name)
        line.addWidget(self._chip)
        line.addStretch(1)
        column.addLayout(line)
        self._figures = QHBoxLayout()
        self._figures.setSpacing(14)
        column.addLayout(self._figures)
        self.bar = BudgetBar()
        column.addWidget(self.bar)
        self._bad = Status()
        column.addWidget(self._bad)
        self._terms = Label(role="small", wrap=True)
        column.addWidget(self._terms)
        self.body.addWidget(self._head)
        self.body.addWidget(Rule())
        self.body.setSpacing(0)
        self.moves, self.quotas = _moves_table(), _quotas_table()
        self.moves.picked.connect(self._tell)
        self.quotas.picked.connect(self._tell)
        self._add_parts(today)

    def _add_parts(self, today: date) -> None:
        self.segments = Segments(
            [Part(MOVES, _("Movements")), Part(QUOTAS, _("Quotas by district"))],
            name="segments_guarantee",
        )
        self.segments.chosen.connect(self._turn)
        self.year = ComboBox()
        self.year.setObjectName("quota_year")
        self.year.setAccessibleName(_("Year"))
        self.year.setMinimumContentsLength(7)
        for year in range(today.year + 1, today.year - YEARS_BACK - 1, -1):
            self.year.addItem(_("Year {year}").format(year=year), year)
        self.year.setCurrentIndex(1)
        self.year.activated.connect(self._tell)
        row = QHBoxLayout()
        row.setContentsMargins(12, 8, 12, 8)
        row.addWidget(self.segments)
        row.addStretch(1)
        row.addWidget(self.year)
        self.body.addLayout(row)
        holder = QWidget()
        self._stack = QStackedLayout(holder)
        self._stack.addWidget(self.moves)
        self._stack.addWidget(self.quotas)
        self.body.addWidget(holder, 1)
        self._turn()

    def _turn(self, _key: str = "") -> None:
        quotas = self.part() == QUOTAS
        self._stack.setCurrentWidget(self.quotas if quotas else self.moves)
        self.year.setVisible(quotas)
        self.turned.emit()

    def _tell(self, _what: object = None) -> None:
        self.turned.emit()

    def part(self) -> str:
        """Return which part is in sight."""
        return self.segments.value() or MOVES

    def choose(self, part: str) -> None:
        """Bring a part into sight."""
        self.segments.choose(part)
        self._turn()

    def asked_year(self) -> int:
        """Return the year whose quotas are in sight."""
        return int(self.year.currentData())

    def waiting(self) -> GuaranteeMoveRow | None:
        """Return the movement that waits and is marked, else the first that waits."""
        chosen = self.moves.current()
        if chosen is not None and chosen.state is ChangeState.ENTERED:
            return chosen
        rows = self.view.moves if self.view else ()
        found = [row for row in rows if row.state is ChangeState.ENTERED]
        return next((row for row in found if not row.mine), found[0] if found else None)

    # What is shown

    def show_view(self, view: GuaranteeFundView | None) -> None:
        """Show a fund, or that none is chosen."""
        self.view = view
        self._head.setVisible(view is not None)
        self.moves.show_rows(list(reversed(view.moves)) if view else [])
        self.quotas.show_rows(view.quotas if view else [])
        clear_layout(self._figures)
        if view is None:
            return
        row = view.row
        self._name.setText(row.name)
        self._chip.show_state(*_standing(row))
        product = _("{capital} times {times}").format(capital=yuan(row.capital), times=row.leverage)
        for name, fen, more in (
            (_("Capital (yuan)"), row.capital, ""),
            (_("May stand for"), row.limit, product),
            (_("Lent"), row.lent, ""),
            (_("Reserved"), row.reserved, ""),
            (_("Room left"), row.left, ""),
        ):
            self._add_figure(name, yuan(fen), more)
        self.bar.show_budget(row.limit, row.lent, row.reserved)
        says = _("{lent} lent, {reserved} reserved, {left} left of {limit} yuan").format(
            lent=yuan(row.lent),
            reserved=yuan(row.reserved),
            left=yuan(row.left),
            limit=yuan(row.limit),
        )
        self.bar.setAccessibleName(says)
        self.bar.setToolTip(says)
        self._bad.show_state(_bad_words(row), *_bad_tone(row))
        says = _("The fund bears {share} % of each loan. By {document}")
        self._terms.setText(says.format(share=row.share_percent, document=row.document))
        self.moves.set_foot(
            _("{count} movements").format(count=f"{len(view.moves):,}"),
            [("Enter", _("Open the loan"))] if any(each.loan_id for each in view.moves) else (),
            total=_("{amount} yuan").format(amount=yuan(view.balance)),
        )
        given = sum(each.quota or 0 for each in view.quotas)
        self.quotas.set_foot(
            _("{count} districts").format(count=len(view.quotas)),
            [("Enter", _("Change the quota"))],
            total=_("Given out {amount} yuan").format(amount=yuan(given)),
        )
        self.segments.show_parts(
            [
                Part(
                    MOVES,
                    _("Movements"),
                    len(view.moves),
                    *(("clock", "wait") if row.waiting else ()),
                ),
                Part(QUOTAS, _("Quotas by district"), len(view.quotas)),
            ]
        )

    def _add_figure(self, name: str, figure: str, more: str) -> None:
        if self._figures.count():
            self._figures.addWidget(Rule(upright=True))
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(1)
        column.addWidget(Label(name, "small"))
        column.addWidget(Label(figure, "strong"))
        column.addWidget(Label(more, "hint"))
        self._figures.addWidget(holder, 1)

    def set_small(self, *, small: bool) -> None:
        """Leave out what can be done without in a small window."""
        self.moves.hide_columns({"entered_by"} if small else set())
        self.quotas.hide_columns({"version"} if small else set())


def _standing(row: GuaranteeFundRow) -> tuple[str, str, str]:
    if not row.open:
        return _("No longer in use"), "lock-keyhole", ""
    if row.stopped:
        return _("No new guarantees"), "ban", "bad"
    return _("Gives new guarantees"), "circle-check", "ok"


def _bad_words(row: GuaranteeFundRow) -> str:
    words = _("Bad loans {rate}, {bad} yuan; new guarantees stop at {stop} %").format(
        rate=percent(row.bad_hundredths), bad=yuan(row.bad), stop=row.stop_percent
    )
    if row.owed:
        words += _("; of it {owed} yuan paid for borrowers and not recovered").format(
            owed=yuan(row.owed)
        )
    return words


def _bad_tone(row: GuaranteeFundRow) -> tuple[str, str]:
    if row.stopped:
        return "triangle-alert", "bad"
    near = row.bad_hundredths * 2 >= row.stop_percent * 100
    return ("triangle-alert", "wait") if near else ("circle-check", "ok")


def _moves_table() -> RecordTable[GuaranteeMoveRow]:
    return RecordTable(
        GuaranteeMoveRow,
        [
            Column("day", width=100),
            Column("kind", width=124, cell=move_cell),
            Column("amount", _("Amount (yuan)"), 118, amount_cell, right=True),
            Column(
                "balance", _("Capital (yuan)"), 118, lambda row: Cell(yuan(row.balance)), right=True
            ),
            Column("document", stretch=True),
            Column("entered_by", width=100, cell=people_cell),
        ],
        name="table_moves",
        two_lines=True,
        flat=True,
        sortable=False,
        empty=EmptyState(_("No capital yet"), _("Finance enters it and another person confirms.")),
    )


def _quotas_table() -> RecordTable[QuotaRow]:
    return RecordTable(
        QuotaRow,
        [
            Column("district", width=96, cell=district_cell),
            Column("quota", _("Quota (yuan)"), 112, quota_cell, right=True),
            Column("version", _("Taken"), cell=taken_cell, right=False, stretch=True),
            Column("lent", _("Lent (yuan)"), 112),
            Column("reserved", _("Reserved (yuan)"), 112),
            Column("left", _("Room left (yuan)"), 120, room_cell, right=True),
        ],
        name="table_quotas",
        flat=True,
        sortable=False,
        empty=EmptyState(
            _("Not divided among districts"),
            _("Once a district has a quota, every district needs one."),
        ),
    )
