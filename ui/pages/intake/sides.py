"""What stands beside the form: the pre-judgement in full and the documents, where there is room."""

from typing import Final

from PySide6.QtWidgets import QWidget

from app.core.i18n import _
from app.policy.vocabulary import HOUSEHOLD, MEMBER
from ui.documents.pane import DocumentsPane
from ui.kit.buttons import Button
from ui.kit.rail import SectionRail
from ui.pages.intake.outlook import OutlookPane

ROOMY: Final = 1700
"""Logical width from which the pre-judgement in full stands open beside the form."""
SLIM: Final = 1320
"""Logical width below which the rail gives way to the documents."""
NARROW, LOW = 1100, 560
"""Logical sizes below which there is room for the form or a pane, not for both."""


class Sides:
    """Opens and closes the two panes; without room for both, the one asked for last stands."""

    def __init__(
        self, rail: SectionRail, form: QWidget, pane: OutlookPane, documents: DocumentsPane
    ) -> None:
        self._rail, self._form = rail, form
        self._pane, self._documents = pane, documents
        self._size = (0, 0)
        self._pane_wanted: bool | None = None
        self._documents_wanted: bool | None = None
        self.may_assess = self.may_read = True
        self.opener = Button(
            _("Documents"),
            self.turn_documents,
            key="F8",
            icon="panel-right-open",
            name="act_documents",
        )
        pane.closed.connect(self.turn_pane)
        documents.closed.connect(self.turn_documents)
        documents.counted.connect(self._count)
        pane.hide()
        documents.hide()

    def _count(self, count: str) -> None:
        self.opener.setText(f"{_('Documents')} {count}".strip())

    def turn_pane(self) -> None:
        """Open or close the pre-judgement in full."""
        self._pane_wanted = self._pane.isHidden()
        self._documents_wanted = None
        self._fit()

    def turn_documents(self) -> None:
        """Open or close the documents."""
        self._documents_wanted = self._documents.isHidden()
        if self._documents_wanted and self._size[0] < ROOMY:
            self._pane_wanted = False
        self._fit()

    def point_to(self, field: str) -> None:
        """Select the document that proves a field, or is missing for it, while none is read.

        What is scanned then is taken for what the field needs.
        """
        fact = HOUSEHOLD.get(field) or MEMBER.get(field)
        documents = self._documents
        if fact is not None and documents.view.key() is None and documents.list.isVisible():
            documents.list.point_to(fact.paper)

    def fit(self, width: int, height: int) -> None:
        """Give way to the size of the window, divided by the text size."""
        self._size = (width, height)
        self._fit()

    def narrow(self) -> bool:
        """Tell whether the form stands alone, and its bar has one line."""
        return self._size[0] < NARROW or self._size[1] < LOW

    def _fit(self) -> None:
        roomy, narrow = self._size[0] >= ROOMY, self.narrow()
        pane = roomy if self._pane_wanted is None else self._pane_wanted
        pane = pane and self.may_assess
        documents = not narrow if self._documents_wanted is None else self._documents_wanted
        documents = documents and (roomy or not pane) and self.may_read
        self._pane.setVisible(pane)
        self._documents.setVisible(documents)
        self.opener.setHidden(documents)
        alone = (pane or documents) and narrow  # both would be cut
        self._form.setHidden(alone)
        self._pane.set_alone(alone)
        self._documents.set_alone(alone)
        slim = (pane and not roomy) or (documents and self._size[0] < SLIM)
        self._rail.set_slim(narrow or slim)
