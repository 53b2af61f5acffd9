"""One batch: where it stands, its figures, the state at the left and its payments at the right."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.core.i18n import N_, _
from app.core.money import yuan_text
from app.core.words.disbursements import BatchState, LineState, PayWay
from app.disbursements.batch_records import BatchLineRow, BatchView, CheckRow
from app.exchange.records import LayoutRow
from ui import theme
from ui.kit.banners import Banner, BannerArea
from ui.kit.buttons import Button
from ui.kit.cards import Card, Figures, clear_layout
from ui.kit.cells import Cell, Column
from ui.kit.labels import Label
from ui.kit.ribbon import StageRibbon
from ui.kit.table import RecordTable
from ui.pages.batches.cells import LEVELS, line_cell, reason_cell, stages, trouble
from ui.pages.batches.status import StatusCard

SIDE = 300


class BatchBody(QWidget):
    """Reads a batch; what is done with it is the page's."""

    take_out = Signal(object)
    """The payment (`BatchLineRow`) that shall not go out."""

    def __init__(self, export_again: Callable[[], object]) -> None:
        super().__init__()
        self._view: BatchView | None = None
        self._checks: tuple[CheckRow, ...] = ()
        self._layouts: dict[str, LayoutRow] = {}
        self._small = self._low = self._flat = self._status_open = False
        self._aside = False
        self._closed = ""
        self.ribbon = StageRibbon()
        way = Card()
        way.body.setContentsMargins(12, 4, 12, 4)
        way.add(self.ribbon)
        self._figures = QVBoxLayout()
        self.status = StatusCard(export_again)
        self.table = RecordTable(
            BatchLineRow,
            [
                Column("check", _("State"), width=124, cell=self._line_cell),
                Column("name", width=80, stretch=True),
                Column("case_number", width=92),
                Column("title", width=88),
                Column("goods", width=190),
                Column("amount", width=104),
                Column("account_holder", _("Account holder"), width=80),
                Column("account_number", _("Bank card"), width=138),
                Column("fund", width=140),
                Column("reason", width=140, cell=reason_cell),
            ],
            name="table_lines",
            flat=True,
        )
        self.table.picked.connect(self._picked)
        self.banners = BannerArea()
        self.banners.setObjectName("line_banner")
        holder = QWidget()
        framed = QVBoxLayout(holder)
        framed.setContentsMargins(12, 12, 12, 10)
        framed.addWidget(self.banners)
        self._banner_room = holder
        self._turn_status = Button(
            "", self._toggle_status, kind="quiet", small=True, name="act_status"
        )
        self._take_out = Button(
            _("Take this payment out"),
            self._want_out,
            kind="quiet",
            key="Alt+X",
            small=True,
            name="act_take_out_quietly",
        )
        self._lines = Card(flush=True)
        self._lines.body.setSpacing(0)
        self._lines.add(holder)
        self._lines.body.addWidget(self.table, 1)
        foot = self._lines.add_foot()
        self._count = Label(role="small")
        self._total = Label(role="strong")
        self._total.setObjectName("batch_total")
        foot.addWidget(self._count)
        foot.addWidget(self._turn_status)
        foot.addStretch(1)
        foot.addWidget(self._take_out)
        self.foot = foot
        """Where further acts of the chosen payment stand."""
        foot.addWidget(Label(_("Total"), "small"))
        foot.addWidget(self._total)
        middle = QHBoxLayout()
        middle.setSpacing(12)
        middle.addWidget(self.status)
        middle.addWidget(self._lines, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(way)
        column.addLayout(self._figures)
        column.addLayout(middle, 1)
        theme.changes.changed.connect(self._arrange)
        self._arrange()

    # Showing

    def show_layouts(self, rows: Sequence[LayoutRow]) -> None:
        """Know what the layouts are called."""
        self._layouts = {row.name: row for row in rows}

    def show_batch(self, view: BatchView, checks: Sequence[CheckRow], closed: str) -> None:
        """Show a batch; ``closed`` is why this person may not change it."""
        before = self._view
        moved = before is None or (before.row.id, before.row.state) != (view.row.id, view.row.state)
        self._view, self._checks, self._closed = view, tuple(checks), closed
        self.ribbon.show_stages(stages(view.row.state, view.row.way))
        self._show_figures(view)
        self.status.show_batch(view, checks)
        self.table.show_rows(sorted(view.lines, key=trouble))
        current = self.table.current()
        if view.lines and (moved or (current and current.state is LineState.REMOVED)):
            self.table.select(0)
        self._count.setText(self._order(view))
        self._total.setText(_("{amount} yuan").format(amount=yuan_text(view.row.amount)))
        self._arrange()
        self._picked(self.table.current())

    def _order(self, view: BatchView) -> str:
        removed = sum(line.state is LineState.REMOVED for line in view.lines)
        says = _("{count} payments, problems first").format(count=view.row.count)
        return says + (_(", {count} taken out").format(count=removed) if removed else "")

    def _show_figures(self, view: BatchView) -> None:
        clear_layout(self._figures)
        if self._flat:
            return
        row = view.row
        bank = self._layouts.get(view.layout)
        persons = _("{count} households").format(count=view.households)
        funds = "，".join(
            _("{fund}: {count}").format(fund=fund, count=count)
            for fund, count, _amount in view.by_fund
        )
        if self._low:
            line = QWidget()
            words = QHBoxLayout(line)
            words.setContentsMargins(0, 0, 0, 0)
            words.setSpacing(16)
            for text in (
                _("{count} payments").format(count=row.count),
                _("{amount} yuan").format(amount=yuan_text(row.amount)),
            ):
                words.addWidget(Label(text, "section"))
            words.addWidget(Label(view.capitals, "small"))
            words.addStretch(1)
            self._figures.addWidget(line)
            return
        figures = Figures()
        figures.add_figure(_("Payees"), str(row.count), _("persons"), persons)
        figures.add_figure(_("Total"), yuan_text(row.amount), _("yuan"), view.capitals)
        figures.add_figure(_("Source of funds"), str(len(view.by_fund)), _("sources"), funds)
        if row.way is PayWay.CARD:
            figures.add_figure(
                _("Bank file"),
                bank.title if bank else view.layout,
                "",
                view.bank_file or (bank.encoding if bank else ""),
            )
        else:
            signed = _("{count} signed").format(count=row.paid)
            figures.add_figure(_("How it is given"), row.way.label, "", signed)
        self._figures.addWidget(figures)

    # One payment

    def _line_cell(self, line: BatchLineRow) -> Cell:
        if self._view is None:
            return line_cell(line, BatchState.DRAFT)
        return line_cell(line, self._view.row.state, self._view.row.way)

    def _picked(self, picked: object) -> None:
        self.banners.clear()
        line = picked if isinstance(picked, BatchLineRow) else None
        draft = self._view is not None and self._view.row.state is BatchState.DRAFT
        live = line is not None and line.state is LineState.PREPARED and draft
        problem = line is not None and line.check != "ok" and live
        if line is not None and problem:
            self.banners.show_banner(self._banner(line))
        elif line is not None and line.state is LineState.FAILED:
            self.banners.show_banner(_failed_banner(line, self._view))
        self._banner_room.setVisible(bool(self.banners.says()))
        self._take_out.setVisible(live and not problem)
        self._take_out.allow(self._closed)

    def _banner(self, line: BatchLineRow) -> Banner:
        _icon, tone, words = LEVELS[line.check]
        title = _("{what}: {name}, {measure} {amount} yuan").format(
            what=_(words), name=line.name, measure=line.title, amount=yuan_text(line.amount)
        )
        out = Button(
            _("Take this payment out"),
            self._want_out,
            kind="danger",
            icon="x",
            key="Alt+X",
            name="act_take_out",
        )
        out.allow(self._closed)
        return Banner(tone, title, line.check_says, [out])

    def _want_out(self) -> None:
        line = self.table.current()
        if line is not None:
            self.take_out.emit(line)

    def next_problem(self) -> None:
        """Go to the next payment that wants to be looked at, round and round."""
        rows = self.table.rows()
        current = self.table.current()
        at = rows.index(current) if current in rows else -1
        order = [*range(at + 1, len(rows)), *range(at + 1)]
        for i in order:
            if rows[i].check != "ok" and rows[i].state is LineState.PREPARED:
                self.table.select(i)
                self.table.view.setFocus()
                return

    # Giving way

    def compact(self, *, low: bool, small: bool, flat: bool) -> None:
        """Figures in one line first, then the pre-flight behind a button, then no figures."""
        if (low, small, flat) == (self._low, self._small, self._flat):
            return
        self._low, self._small, self._flat = low, small, flat
        self._status_open = False
        if self._view is not None:
            self._show_figures(self._view)
        self._arrange()

    def leave_room(self, aside: bool) -> None:
        """Give way to a pane at the right, while there is one."""
        if aside != self._aside:
            self._aside = aside
            self._arrange()

    def _toggle_status(self) -> None:
        self._status_open = not self._status_open
        self._arrange()

    def _arrange(self) -> None:
        view = self._view
        small = self._small or self._aside
        draft = view is not None and view.row.state is BatchState.DRAFT
        self.status.setVisible(not small or self._status_open)
        self.table.setVisible(not (small and self._status_open))
        if small:
            self.status.setMaximumHeight(theme.px(170))
            self.status.setFixedWidth(theme.px(SIDE))
        else:
            self.status.setMaximumHeight(16_777_215)
            self.status.setFixedWidth(theme.px(SIDE))
        self._turn_status.setVisible(small)
        self._turn_status.setText(self._status_words())
        hidden: set[str] = set()
        if view is not None and not any(line.reason for line in view.lines):
            hidden.add("reason")
        if not draft or "reason" not in hidden:
            hidden.add("fund")
        if small:
            hidden |= {"case_number", "account_holder", "account_number", "fund"}
        if view is not None and view.row.way is not PayWay.CARD:
            hidden |= {"account_holder", "account_number"}
        if view is None or view.row.way is not PayWay.GOODS:
            hidden.add("goods")
        self.table.hide_columns(hidden)

    def _status_words(self) -> str:
        stops = sum(check.level == "stop" for check in self._checks)
        looks = sum(check.level == "look" for check in self._checks)
        if stops:
            return _("Pre-flight: {count} to be settled").format(count=stops)
        if looks:
            return _("Pre-flight: {count} to be confirmed").format(count=looks)
        if self._checks:
            return _("Pre-flight")
        by_hand = self._view is not None and self._view.row.way is not PayWay.CARD
        return _("Handing out") if by_hand else _("Bank and result")


def _failed_banner(line: BatchLineRow, view: BatchView | None) -> Banner:
    says = N_("Not paid: {name}, {amount} yuan, {reason}")
    if view is not None and view.row.way is not PayWay.CARD:
        says = N_("Not collected: {name}, {amount} yuan, {reason}")
    title = _(says).format(name=line.name, amount=yuan_text(line.amount), reason=line.reason)
    return Banner(
        "bad",
        title,
        _(
            "The money is back in its fund. The proposer mends the account; approved again, it "
            "can go into a new batch."
        ),
    )
