"""The strip of totals: what a period comes to, at a glance."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.core.i18n import _
from app.core.money import yuan_text
from app.reports.charts import share
from app.reports.records import Figure, Report
from ui.kit.cards import Card
from ui.kit.labels import Elided, Label, Rule

FIGURES: Final = {
    "accepted": Figure.ACCEPTED,
    "closed": Figure.DECIDED,
    "days": Figure.DECIDED,
    "late": Figure.LATE,
}
"""What stands behind the figures of applications."""
BUDGET: Final = "budget"
"""Behind it stand the funds; behind all others payments."""


class _Total(QWidget):
    """A figure with its name; it can be pressed."""

    pressed = Signal()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tell that the figure was pressed."""
        self.pressed.emit()
        event.accept()


class Strip(Card):
    """The figures side by side; one line of words where there is no room."""

    pressed = Signal(str)
    """The figure that was pressed: a key of `FIGURES`, or another."""

    def __init__(self) -> None:
        super().__init__()
        self._row = QHBoxLayout()
        self._row.setSpacing(14)
        self._figures: dict[str, tuple[QWidget, Label]] = {}
        for key, name in (
            ("times", _("Person-times")),
            ("people", _("Distinct people")),
            ("households", _("Households")),
            ("fen", _("Amount (yuan)")),
            ("accepted", _("Accepted")),
            ("closed", _("Decided")),
            ("days", _("Mean working days")),
            ("late", _("Overdue")),
            (BUDGET, _("Paid of budget")),
        ):
            self._add(key, name)
        holder = QWidget()
        holder.setLayout(self._row)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._wide = holder
        self._line = Elided(role="strong")
        self._line.setObjectName("totals_line")
        self.add(holder)
        self.add(self._line)
        self.body.setContentsMargins(12, 8, 12, 8)
        self.set_small(small=False)

    def _add(self, key: str, name: str) -> None:
        holder = _Total()
        holder.setObjectName(f"press_{key}")
        holder.setCursor(Qt.CursorShape.PointingHandCursor)
        holder.setToolTip(_("See what stands behind"))
        holder.pressed.connect(lambda: self.pressed.emit(key))
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Label(name, "small"))
        shown = Label("", "title")
        shown.setObjectName(f"total_{key}")
        column.addWidget(shown)
        if self._figures:
            self._row.addWidget(Rule(upright=True))
        self._row.addWidget(holder, 2 if key == "fen" else 1)
        self._figures[key] = (holder, shown)

    def set_small(self, *, small: bool) -> None:
        """Show one line instead of the figures."""
        self._wide.setVisible(not small)
        self._line.setVisible(small)

    def show_report(self, report: Report) -> None:
        """Show the totals of a report."""
        relief, cases = report.relief, report.cases
        days = cases.mean_days
        held = sum(fund.opening + fund.granted + fund.carried_in for fund in report.funds)
        held -= sum(fund.carried_out for fund in report.funds)
        paid = sum(
            fund.paid - fund.returned - fund.recovered - fund.given_back for fund in report.funds
        )
        for key, words in {
            "times": f"{relief.person_times:,}",
            "people": f"{relief.people:,}",
            "households": f"{relief.households:,}",
            "fen": yuan_text(relief.fen),
            "accepted": f"{cases.accepted:,}",
            "closed": f"{cases.closed:,}",
            "days": "—" if days is None else f"{days:.1f}",
            "late": f"{cases.late:,}",
            BUDGET: share(paid, held),
        }.items():
            self._figures[key][1].setText(words)
        says = _(
            "{times} person-times, {households} households, {fen} yuan; {accepted} accepted,"
            " {closed} decided, {late} overdue; {budget} of the budget paid"
        )
        self._line.setText(
            says.format(**{key: shown.text() for key, (_box, shown) in self._figures.items()})
        )
