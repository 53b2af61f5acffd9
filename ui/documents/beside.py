"""Documents at the right of a page that can do without them: folded into a button where narrow."""

from typing import Final

from PySide6.QtWidgets import QHBoxLayout, QLayout, QWidget

from app.core.i18n import _
from app.documents.queries import documents_of
from ui.documents.pane import DocumentsPane
from ui.kit.buttons import Button
from ui.kit.page import Page

ROOMY: Final = 1700
"""Logical width from which the documents stand open by themselves."""
NARROW, LOW = 1100, 560
"""Logical sizes below which there is room for the page or the documents, not for both."""


class DocumentsBeside(QWidget):
    """What a page shows, and the documents of its household; F8 and a button of its head turn."""

    def __init__(self, page: Page, content: QLayout) -> None:
        super().__init__()
        self._page = page
        self._may = page.desk.may(documents_of)
        self._wanted: bool | None = None
        self._size = (0, 0)
        self._narrow = False
        self._content = QWidget()
        self._content.setLayout(content)
        content.setContentsMargins(0, 0, 0, 0)
        self.pane = DocumentsPane(page.desk)
        self.pane.closed.connect(self.turn)
        self.pane.counted.connect(self._count)
        self.pane.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self._content, 1)
        row.addWidget(self.pane)
        self._opener = page.add_act(
            Button(
                _("Documents"), self.turn, key="F8", icon="panel-right-open", name="act_documents"
            )
        )
        reason = page.desk.reason(documents_of)
        self._opener.allow(reason)
        page.offer("F8", _("Documents"), self.turn, reason)

    def _count(self, count: str) -> None:
        self._opener.setText(f"{_('Documents')} {count}".strip())

    def turn(self) -> None:
        """Open the documents and go to them, or close them and return to the page."""
        self._wanted = self.pane.isHidden()
        self._page.compact(*self._size)
        if self._wanted:
            (self.pane.list.view if self.pane.list.rows() else self.pane).setFocus()
        elif (first := self._page.first_focus()) is not None:
            first.setFocus()

    def give_way(self) -> None:
        """Another household comes: where there is room for one only, the page comes first."""
        if self._wanted and self._narrow:
            self._wanted = None
            self._page.compact(*self._size)

    def show_document(self, document_id: int) -> None:
        """Open the documents at one of them; that it is opened is kept."""
        if self.pane.isHidden():
            self.turn()
        self.pane.show_document(document_id)

    def fit(self, width: int, height: int) -> bool:
        """Give way to the size of the window; tell whether little is left for the page."""
        self._size = (width, height)
        narrow = width < NARROW or height < LOW
        if narrow and not self._narrow:
            self._wanted = None  # it was opened where there was room for both
        self._narrow = narrow
        opened = self._may and (width >= ROOMY if self._wanted is None else self._wanted)
        self.pane.setVisible(opened)
        self.pane.set_alone(opened and narrow)
        self._content.setHidden(opened and narrow)
        self._opener.setHidden(opened)
        return narrow or (opened and width < ROOMY)
