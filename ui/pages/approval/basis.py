"""The pane at the right: the sealed assessment a proposal rests on, criterion by criterion."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.core.i18n import _
from app.disbursements.records import AwardView
from app.disbursements.sealed_records import SealedReason
from ui import theme
from ui.kit.buttons import IconButton
from ui.kit.cards import Card, clear_layout
from ui.kit.labels import Chip, Icon, Label, Rule, Shrinking
from ui.kit.layout import scrolling

MARKS = {
    True: ("circle-check", "ok"),
    False: ("circle-x", "bad"),
    None: ("circle-question-mark", "wait"),
}


class BasisPane(Card):
    """Why the household may get this, as it was on the day of the proposal."""

    def __init__(self, close: Callable[[], object]) -> None:
        super().__init__(_("What it rests on"), flush=True)
        self.setObjectName("basis_pane")
        self._number = Shrinking(role="small")
        self.head.insertWidget(1, self._number)
        self.add_to_head(IconButton("x", _("Close"), close, key="F8", size=26, name="close_basis"))
        holder = QWidget()
        self._rows = QVBoxLayout(holder)
        self._rows.setContentsMargins(12, 4, 12, 12)
        self._rows.setSpacing(8)
        self.add(Rule())
        self.add(scrolling(holder))

    def show_award(self, view: AwardView) -> None:
        """Show the reasons of another award."""
        basis = view.basis
        self._number.setText(f"{basis.number}　{basis.as_of.isoformat()}")
        clear_layout(self._rows)
        if basis.provisional:
            chip = Chip(_("Provisional, to be confirmed by the center"), "clock", "wait")
            self._rows.addWidget(chip, alignment=Qt.AlignmentFlag.AlignLeft)
        self._add_group(view.row.title, basis.measure)
        self._add_group(_("Classification"), basis.classification)
        self._rows.addStretch(1)

    def _add_group(self, title: str, reasons: Sequence[SealedReason]) -> None:
        if not reasons:
            return
        held = sum(reason.held is True for reason in reasons)
        head = QHBoxLayout()
        head.addWidget(Label(title, "strong"))
        words = _("{held} of {count} hold").format(held=held, count=len(reasons))
        head.addWidget(Label(words, "small"))
        head.addStretch(1)
        self._rows.addLayout(head)
        for reason in reasons:
            self._rows.addLayout(_line(reason))
        self._rows.addSpacing(theme.px(4))


def _line(reason: SealedReason) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setSpacing(8)
    icon, tone = MARKS[reason.held]
    line.addWidget(Icon(icon, tone), alignment=Qt.AlignmentFlag.AlignTop)
    words = QVBoxLayout()
    words.setSpacing(0)
    words.addWidget(Label(reason.says, wrap=True))
    origin = "　".join(part for part in (reason.article, reason.source) if part)
    if origin:
        words.addWidget(Label(origin, "small", wrap=True))
    line.addLayout(words, 1)
    return line
