"""Narrows what waits to one list, one policy area or one measure."""

from collections import Counter
from collections.abc import Iterable, Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.cases.measures import title_of
from app.core.i18n import _
from app.disbursements.records import ApprovalRow
from ui import theme
from ui.kit.choice_editors import ComboBox
from ui.kit.labels import KeyCap

WIDE, LEAST = 190, 76


def parts_of(each: ApprovalRow) -> tuple[str, ...]:
    """Return the parts of the queue that an award belongs to."""
    parts = [f"measure {each.award.measure}"]
    if each.area:
        parts.append(f"area {each.area}")
    if each.list_id is not None:
        parts.append(f"list {each.list_id}")
    return tuple(parts)


class _Box(ComboBox):
    """As wide as a list is called where there is room, and narrow where there is not."""

    def sizeHint(self) -> QSize:
        return QSize(theme.px(WIDE), super().sizeHint().height())


class Narrowing(QWidget):
    """One box: everything, or one list, area or measure, each with how many wait."""

    chosen = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.box = _Box()
        self.box.setObjectName("narrow_approvals")
        self.box.setAccessibleName(_("Show only"))
        self.box.activated.connect(self.chosen)
        self.box.currentTextChanged.connect(self.box.setToolTip)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self.box)
        self._cap = KeyCap("/")
        row.addWidget(self._cap)
        slash = QShortcut(QKeySequence("/"), self)
        slash.activated.connect(self.open)
        theme.changes.changed.connect(self._size)
        self._size()

    def _size(self) -> None:
        self.box.setMinimumWidth(theme.px(LEAST))
        self.box.setMaximumWidth(theme.px(WIDE))

    def set_small(self, small: bool) -> None:
        """Do without the key cap where room is short."""
        self._cap.setVisible(not small)

    def open(self) -> None:
        """Go to the box: arrows and letters choose."""
        self.box.setFocus()

    def fits(self, each: ApprovalRow) -> bool:
        """Tell whether an award belongs to what was chosen."""
        chosen = self.box.currentData()
        return chosen is None or chosen in parts_of(each)

    def clear(self) -> None:
        """Show everything again."""
        self.box.setCurrentIndex(0)

    def show_rows(self, rows: Sequence[ApprovalRow]) -> None:
        """Offer what there is to choose among; what was chosen stays as long as it is there."""
        before = self.box.currentData()
        self.box.clear()
        self.box.addItem(_("Everything that waits"), None)
        count = Counter(part for each in rows for part in parts_of(each))
        says = _("{title} ({count})")
        for titles in (_lists(rows), _areas(rows), _measures(rows)):
            if titles:
                self.box.insertSeparator(self.box.count())
            for part, title in titles.items():
                self.box.addItem(says.format(title=title, count=f"{count[part]:,}"), part)
        at = self.box.findData(before) if before is not None else 0
        self.box.setCurrentIndex(max(at, 0))
        self.box.view().setMinimumWidth(self.box.view().sizeHintForColumn(0) + 24)
        self.setVisible(bool(rows))


def _lists(rows: Iterable[ApprovalRow]) -> dict[str, str]:
    return {
        f"list {each.list_id}": f"{each.list_title} {each.list_number}"
        for each in rows
        if each.list_id is not None
    }


def _areas(rows: Iterable[ApprovalRow]) -> dict[str, str]:
    return {f"area {each.area}": each.area for each in rows if each.area}


def _measures(rows: Sequence[ApprovalRow]) -> dict[str, str]:
    """Return the measures; not the one that is all there is of its area."""
    of_area: dict[str, set[str]] = {}
    for each in rows:
        of_area.setdefault(each.area, set()).add(each.award.measure)
    return {
        f"measure {each.award.measure}": title_of(
            each.award.measure, each.award.proposed_at.astimezone().date()
        )
        for each in rows
        if not each.area or len(of_area[each.area]) > 1
    }
