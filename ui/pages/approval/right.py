"""The right of the approval desk: what an award rests on, and the household's documents."""

from collections.abc import Callable
from typing import Final

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.core.i18n import _
from app.disbursements.records import AwardView
from app.documents.queries import documents_of
from ui import theme
from ui.desk import Desk
from ui.documents.pane import DocumentsPane
from ui.kit.buttons import Button
from ui.pages.approval.basis import BasisPane

WIDTH: Final = 352
GAP: Final = 12
NO_LIMIT: Final = 16_777_215
"""Qt's word for no limit."""


class RightPane(QWidget):
    """One of the two at a time, or both where the window is wide."""

    def __init__(self, desk: Desk, close: Callable[[], object]) -> None:
        super().__init__()
        self.basis = BasisPane(close)
        self.documents = DocumentsPane(desk, width=WIDTH)
        self.documents.closed.connect(close)
        self._may_read = desk.may(documents_of)
        self._wide = self._small = False
        self._reads = False
        self._to_documents = self._turner("act_to_documents")
        self._to_basis = self._turner("act_to_basis")
        self._to_basis.setText(_("What it rests on"))
        self.basis.head.insertWidget(self.basis.head.count() - 1, self._to_documents)
        self.documents.head.insertWidget(self.documents.head.count() - 1, self._to_basis)
        self.documents.counted.connect(self._count)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        row.addWidget(self.basis)
        row.addWidget(self.documents)
        self._next = QShortcut(QKeySequence("]"), self)
        self._next.activated.connect(self._read_first)
        self._count("")
        self._arrange()

    def _turner(self, name: str) -> Button:
        return Button("", self.turn, kind="quiet", key="Shift+F8", small=True, name=name)

    def _count(self, count: str) -> None:
        self._to_documents.setText(f"{_('Documents')} {count}".strip())

    def show_award(self, view: AwardView) -> None:
        """Show another award: its basis, and whose documents there are."""
        self.basis.show_award(view)
        self.documents.show_household(view.row.household_id)

    def turn(self) -> None:
        """Go from what it rests on to the documents, or back."""
        if self._may_read and not self._wide:
            self._reads = not self._reads
            self._arrange()

    def _read_first(self) -> None:
        """Go to the documents and open the first."""
        self.turn()
        self.documents.step(1)

    def fit(self, *, wide: bool, small: bool) -> None:
        """Take the room there is: both side by side, one, or one in the place of all."""
        self._wide, self._small = wide, small
        self._arrange()

    def _arrange(self) -> None:
        both = self._wide and self._may_read
        reads = self._reads and not both
        self.basis.setHidden(reads)
        self.documents.setVisible(both or reads)
        self.documents.set_alone(self._small)
        for turner in (self._to_documents, self._to_basis):
            turner.setVisible(self._may_read and not both)
        self._next.setEnabled(self._may_read and not both and not reads)
        width = theme.px(WIDTH)
        self.basis.setMinimumWidth(0 if self._small else width)
        self.basis.setMaximumWidth(NO_LIMIT if self._small else width)
        if self._small:
            self.setMinimumWidth(0)
            self.setMaximumWidth(NO_LIMIT)
        else:
            self.setFixedWidth(width * 2 + GAP if both else width)
