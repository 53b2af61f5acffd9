"""What each column of a workbook is: told by its title, or chosen by hand."""

from collections.abc import Callable, Mapping
from typing import Final

from PySide6.QtWidgets import QGridLayout, QWidget

from app.core.i18n import _
from app.exchange.archive_records import SheetColumn
from app.exchange.importing_columns import columns_of
from ui import theme
from ui.kit.asking import Dialog
from ui.kit.buttons import Button
from ui.kit.choice_editors import ComboBox
from ui.kit.labels import Icon, Label
from ui.kit.layout import scrolling
from ui.pages.imports.job import Job

Chosen = dict[str, dict[str, str]]
"""The fields by part and title, as `ColumnsForm` has them."""

_WIDTH: Final = 560
_HEIGHT: Final = 380


class ColumnsDialog(Dialog):
    """A line for each column, those that are not read first; what is chosen is read anew."""

    def __init__(
        self,
        parent: QWidget,
        job: Job,
        kept: Mapping[str, Mapping[str, str]],
        done: Callable[[Chosen], object],
        title: str = "",
    ) -> None:
        says = _(
            "Columns are told by their titles. Choose for those that are not read or read "
            "wrongly; it is kept for the next workbooks."
        )
        super().__init__(parent, _("What the columns are"), says, "columns_dialog")
        self.setFixedWidth(min(theme.px(_WIDTH), max(parent.width() - 40, 320)))
        self._chosen: Chosen = {part: dict(said) for part, said in kept.items()}
        self._done = done
        inside = QWidget()
        self._grid = QGridLayout(inside)
        self._grid.setContentsMargins(0, 0, 8, 0)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(2, 1)
        for column in sorted(job.read.columns, key=lambda column: bool(column.field)):
            self._add(job, column, focused=column.title == title)
        area = scrolling(inside)
        area.setFixedHeight(min(theme.px(_HEIGHT), max(parent.height() - theme.px(220), 160)))
        self.body.addWidget(area)
        back = Button(_("Go back"), self.reject, key="Esc", name="go_back")
        again = Button(_("Read anew"), self._read, kind="primary", name="confirm")
        self.add_acts([back, again])

    def _add(self, job: Job, column: SheetColumn, *, focused: bool) -> None:
        part = job.part(column.sheet)
        box = ComboBox()
        box.setObjectName(f"column_{column.title}")
        box.setAccessibleName(column.title)
        box.addItem(_("Not read"), "")
        for field in columns_of(part):
            box.addItem(field.title, field.field)
        box.setCurrentIndex(max(box.findData(column.field), 0))

        def choose(at: int) -> None:
            self._chosen.setdefault(part, {})[column.title] = box.itemData(at)

        box.activated.connect(choose)
        down = self._grid.rowCount()
        if not column.field:
            self._grid.addWidget(Icon("triangle-alert", "wait"), down, 0)
        label = Label(column.title, wrap=True)
        label.setToolTip(column.sheet)
        label.setBuddy(box)
        self._grid.addWidget(label, down, 1)
        self._grid.addWidget(box, down, 2)
        if focused:
            box.setFocus()

    def _read(self) -> None:
        self.accept()
        self._done(self._chosen)
