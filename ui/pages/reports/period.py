"""The bar above a report: which period, district and policy area it tells."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.core.i18n import _
from app.core.record import specs
from app.policy.pack import Area
from app.reports.records import ReportQuery, of_month, of_year
from ui import theme
from ui.kit.buttons import IconButton
from ui.kit.choice_editors import ComboBox
from ui.kit.day_editor import DayEditor
from ui.kit.labels import Label
from ui.kit.segments import Part, Segments

YEAR, MONTH, SPAN = "year", "month", "span"
_FIELDS: Final = {field.name: field for field in specs(ReportQuery)}


class PeriodBar(QWidget):
    """Chooses a year, a month or two days, a district and an area; ``chosen`` tells them."""

    chosen = Signal(object)

    def __init__(self, today: date, districts: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._at = today
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.kinds = Segments(
            [Part(YEAR, _("Year")), Part(MONTH, _("Month")), Part(SPAN, _("From – to"))],
            name="segments_period",
        )
        self.kinds.chosen.connect(self._turn)
        row.addWidget(self.kinds)
        self.before = IconButton(
            "chevron-left", _("Earlier"), lambda: self._step(-1), key="Alt+PgUp", name="act_earlier"
        )
        self.after = IconButton(
            "chevron-right", _("Later"), lambda: self._step(1), key="Alt+PgDown", name="act_later"
        )
        self._shown = Label("", "strong")
        self._shown.setObjectName("period_shown")
        for widget in (self.before, self._shown, self.after):
            row.addWidget(widget)
        self.first, self.last = DayEditor(_FIELDS["first"]), DayEditor(_FIELDS["last"])
        self._to = Label("–")
        for editor, name in ((self.first, "period_first"), (self.last, "period_last")):
            editor.target().setObjectName(name)
            editor.left.connect(self._typed)
        for widget in (self.first, self._to, self.last):
            row.addWidget(widget)
        row.addStretch(1)
        self.district = self._combo("filter_district", _("District"))
        self.district.addItem(_("Every district"), "")
        for key, words in districts:
            self.district.addItem(words, key)
        self.area = self._combo("filter_area", _("Policy area"))
        self.area.addItem(_("Every area"), "")
        for area in Area:
            if area is not Area.CLASSIFICATION:
                self.area.addItem(area.label, area.value)
        self._labels = [Label(_("District"), "small"), Label(_("Policy area"), "small")]
        for label, box in zip(self._labels, (self.district, self.area), strict=True):
            row.addWidget(label)
            row.addWidget(box)
        theme.changes.changed.connect(self._size)
        self._asked = of_year(today.year)
        self._size()
        self._show()

    def _combo(self, name: str, words: str) -> ComboBox:
        box = ComboBox()
        box.setObjectName(name)
        box.setAccessibleName(words)
        box.activated.connect(self._tell)
        return box

    def _size(self) -> None:
        for editor in (self.first, self.last):
            editor.setFixedWidth(theme.px(132))
        for box in (self.district, self.area):
            box.setFixedWidth(theme.px(150))

    def set_slim(self, slim: bool) -> None:
        """Leave the names of the lists out; their first entry says what they are."""
        for label in self._labels:
            label.setVisible(not slim)

    def asked(self) -> ReportQuery:
        """Return what is chosen."""
        return ReportQuery(
            first=self._asked.first,
            last=self._asked.last,
            area=self.area.currentData(),
            district=self.district.currentData(),
        )

    def words(self) -> str:
        """Return what is chosen, for the head and the names of files."""
        return self._words(self._asked)

    @staticmethod
    def _words(asked: ReportQuery) -> str:
        if asked.year is not None:
            return _("{year}, whole year").format(year=asked.year)
        if asked == of_month(asked.first.year, asked.first.month):
            return f"{asked.first:%Y-%m}"
        return f"{asked.first} – {asked.last}"

    def show_query(self, asked: ReportQuery) -> None:
        """Show a period, and what it is narrowed to; nobody is told."""
        self._asked = ReportQuery(first=asked.first, last=asked.last)
        self._at = asked.first
        kind = MONTH if self._asked == of_month(asked.first.year, asked.first.month) else SPAN
        self.kinds.choose(YEAR if asked.year is not None else kind)
        for box, key in ((self.district, asked.district), (self.area, asked.area)):
            box.setCurrentIndex(max(0, box.findData(key)))
        self._show()

    def bind(self, owner: QWidget) -> None:
        """Bind the keys of the bar within a page."""
        keys = {
            "Alt+Y": lambda: self.kinds.press(0),
            "Alt+M": lambda: self.kinds.press(1),
            "Alt+D": lambda: self.kinds.press(2),
            "Alt+PgUp": self.before.click,
            "Alt+PgDown": self.after.click,
        }
        for key, run in keys.items():
            shortcut = QShortcut(QKeySequence(key), owner)
            shortcut.activated.connect(run)

    def _turn(self, kind: str) -> None:
        """Go over to years, months or days, around the day in sight."""
        match kind:
            case "year":
                self._asked = of_year(self._at.year)
            case "month":
                self._asked = of_month(self._at.year, self._at.month)
            case _:
                self._show()
                self.first.target().setFocus()
                return
        self._show()
        self._tell()

    def _step(self, by: int) -> None:
        """Go to the period before or after, of the same length."""
        now = self._asked
        if self.kinds.value() == YEAR:
            self._asked = of_year(now.first.year + by)
        elif self.kinds.value() == MONTH:
            month = now.first.year * 12 + now.first.month - 1 + by
            self._asked = of_month(month // 12, month % 12 + 1)
        else:
            length = timedelta(days=(now.last - now.first).days + 1)
            self._asked = ReportQuery(first=now.first + by * length, last=now.last + by * length)
        self._at = self._asked.first
        self._show()
        self._tell()

    def _typed(self) -> None:
        first, last = self.first.value(), self.last.value()
        if first is None or last is None or (first, last) == (self._asked.first, self._asked.last):
            return
        self._asked = ReportQuery(first=first, last=last)
        self._at = first
        self._tell()

    def _show(self) -> None:
        span = self.kinds.value() == SPAN
        for widget in (self.first, self._to, self.last):
            widget.setVisible(span)
        self._shown.setVisible(not span)
        self._shown.setText(self.words())
        self.first.set_value(self._asked.first)
        self.last.set_value(self._asked.last)

    def _tell(self) -> None:
        self.chosen.emit(self.asked())
