"""Dates: typed first (``20261122``, ``1122``, ``11-22``, ``t``, ``+3``), the calendar second."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from PySide6.QtCore import QDate, QPoint, Qt
from PySide6.QtGui import QFocusEvent, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QFrame, QVBoxLayout

from app.core.days import read_day
from app.core.errors import Problem
from app.core.i18n import N_, _
from app.core.record import Field
from ui import theme
from ui.kit.buttons import IconButton
from ui.kit.editors import TextEditor

Today = Callable[[], date]


def local_today() -> date:
    """Return today by the clock of this PC."""
    return datetime.now().astimezone().date()


class DayEditor(TextEditor):
    """A date: typed in any usual way, or picked from a calendar (Alt+Down)."""

    def __init__(self, field: Field, today: Today = local_today) -> None:
        super().__init__(field)
        self._today = today
        self.line.setInputMethodHints(Qt.InputMethodHint.ImhPreferNumbers)
        self._button = IconButton(
            "calendar", _("Calendar"), self._open, key="Alt+↓", tone="text_soft", size=26
        )
        self._button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.add_tool(self._button)
        self._popup: QFrame | None = None

    def value(self) -> Any:
        """Return the date."""
        return read_day(self.text(), self._today())

    def set_value(self, value: Any) -> None:
        """Show a date."""
        self.set_text("" if value is None else value.isoformat())

    def trouble(self) -> Problem | None:
        """Return why the text is no date."""
        if self.blank() or self.value() is not None:
            return None
        says = N_("Please write a date such as 2026-11-22, 1122 or t for today")
        return self._problem("bad_day", says)

    def _focus_left(self, event: QFocusEvent) -> None:
        if (value := self.value()) is not None:
            self.set_value(value)
        super()._focus_left(event)

    def _open(self) -> None:
        calendar = QCalendarWidget()
        shown = self.value() or self._today()
        calendar.setSelectedDate(QDate(shown.year, shown.month, shown.day))
        self._popup = self._make_popup(calendar)
        self._popup.move(self.mapToGlobal(QPoint(0, self.height() + 2)))
        self._popup.show()
        calendar.setFocus()

    def _make_popup(self, calendar: QCalendarWidget) -> QFrame:
        popup = QFrame(self, Qt.WindowType.Popup)
        popup.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        popup.setProperty("kind", "popup")
        column = QVBoxLayout(popup)
        column.setContentsMargins(1, 1, 1, 1)
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        plain = QTextCharFormat()
        plain.setForeground(theme.color("text_soft"))
        for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            calendar.setWeekdayTextFormat(day, plain)
        calendar.clicked.connect(self._picked)
        calendar.activated.connect(self._picked)
        column.addWidget(calendar)
        return popup

    def _picked(self, day: QDate) -> None:
        self.set_value(date(day.year(), day.month(), day.day()))
        if self._popup is not None:
            self._popup.close()
            self._popup = None
        self.edited.emit()
        self.left.emit()
        self.line.setFocus()
