"""The third column of a wide window: how the amount was found, and the papers needed."""

from collections.abc import Collection

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.core.i18n import _
from app.core.money import yuan_text
from app.policy.findings import Assessment, Working
from ui.kit.cards import Card, clear_layout
from ui.kit.labels import Label, Rule
from ui.pages.assessment.detail import section_layout
from ui.pages.assessment.sections import papers, steps


class Beside(QWidget):
    """The working of an answer step by step, and its papers with whether they are here."""

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)

    def show_assessment(self, found: Assessment, handed_in: Collection[str]) -> None:
        """Show another answer."""
        clear_layout(self._column)
        if found.working is not None:
            self._column.addWidget(_working(found.working))
        if found.measure and found.measure.papers:
            card = Card()
            card.add(section_layout(papers(found.measure, handed_in)))
            self._column.addWidget(card)
        self._column.addStretch(1)

    def speaks(self) -> bool:
        """Tell whether there is anything to show."""
        return self._column.count() > 1


def _working(working: Working) -> Card:
    card = Card(_("How the amount was found"))
    for text, figure in steps(working):
        card.add(_figure(text, figure, "body"))
        card.add(Rule())
    total = _("{amount} yuan").format(amount=yuan_text(working.amount_fen))
    card.add(_figure(_("Can be given"), total, "strong"))
    return card


def _figure(text: str, figure: str, role: str) -> QHBoxLayout:
    row = QHBoxLayout()
    row.addWidget(Label(text, role))
    row.addStretch(1)
    row.addWidget(Label(figure, role))
    return row
