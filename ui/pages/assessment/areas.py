"""The list of all answers: the classification first, then the measures by what comes of them."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from app.core.i18n import _
from app.core.money import yuan_text
from app.policy.pack import Outcome
from ui.answers import GROUPS, ICONS, TONES, Answer, is_grant, total
from ui.kit.cards import AreaCard, Card, clear_layout
from ui.kit.labels import Label
from ui.kit.layout import scrolling
from ui.pages.assessment.folding import FoldHead

Key = tuple[str, str]
FEW: Final = 4
"""So many answers of what does not qualify are shown as cards; more stand closer, a line each."""


def in_order(answers: Sequence[Answer]) -> list[Answer]:
    """Return all answers as the list shows them."""
    first = [each for each in answers if each.measure is None]
    return first + [
        each
        for outcome, *_look in GROUPS
        for each in answers
        if each.measure and each.outcome is outcome
    ]


class AreaList(QWidget):
    """The cards of all answers; ``chosen`` tells the one to explain, ``opened`` that Enter or a
    click asked for it.

    Up and Down (or K and J) go from card to card, Page Up and Page Down from group to group,
    Home and End to the first and the last.
    """

    chosen = Signal(object)
    opened = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("list_areas")
        self._found: dict[Key, Answer] = {}
        self._cards: dict[Key, AreaCard] = {}
        self._heads: dict[Outcome, FoldHead] = {}
        self._folded: set[Outcome] = set()
        self._only_one = QButtonGroup(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        holder = QWidget()
        self._column = QVBoxLayout(holder)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self._area = scrolling(holder)
        self._area.installEventFilter(self)
        column.addWidget(self._area, 1)
        self._foot = QHBoxLayout()
        self._foot.addWidget(self._compose_foot())
        column.addLayout(self._foot)
        self._area.verticalScrollBar().rangeChanged.connect(self._laid_out)

    def _laid_out(self, _least: int, most: int) -> None:
        """Bring the chosen card into sight again, and let the foot end where the cards end."""
        self._bring_into_sight()
        bar = self._area.verticalScrollBar().sizeHint().width() if most else 0
        self._foot.setContentsMargins(0, 0, bar, 0)

    def _compose_foot(self) -> Card:
        foot = Card()
        row = QHBoxLayout()
        row.setSpacing(8)
        foot.body.setContentsMargins(12, 7, 12, 7)
        foot.add(row)
        self._total_words = Label(role="small")
        self._total = Label(role="strong")
        self._total.setObjectName("total_amount")
        self._open = Label(role="small")
        self._open.setObjectName("total_open")
        row.addWidget(self._total_words)
        row.addWidget(self._total)
        row.addStretch(1)
        row.addWidget(self._open)
        return foot

    # Showing

    def show_answers(
        self, answers: Sequence[Answer], changes: Mapping[Key, str] | None = None
    ) -> None:
        """Show other answers; the card that was chosen stays chosen. ``changes`` says of a trial
        what it makes of each answer."""
        before = self.value()
        had_focus = any(card.hasFocus() for card in self._cards.values())
        clear_layout(self._column)
        changed = changes or {}
        self._found = {each.key: each for each in in_order(answers)}
        groups = {outcome: self._group(outcome) for outcome, *_look in GROUPS}
        dense = len(groups[Outcome.NO]) > FEW
        self._cards = {
            key: self._card(each, changed.get(key, ""), dense=dense and _is_no(each))
            for key, each in self._found.items()
        }
        for key, each in self._found.items():
            if each.measure is None:
                self._column.addWidget(self._cards[key])
        self._heads = {}
        for outcome, icon, words, tone in GROUPS:
            if group := groups[outcome]:
                count = _("{count} items").format(count=len(group))
                head = FoldHead(icon, _(words), count, tone, name=f"group_{outcome}")
                head.turned.connect(partial(self._fold, outcome))
                self._heads[outcome] = head
                self._column.addWidget(head)
            for each in group:
                self._column.addWidget(self._cards[each.key])
        self._column.addStretch(1)
        self._tell_total(trial=changes is not None)
        for outcome in self._folded & self._heads.keys():
            self._heads[outcome].turn(folded=True)
        after = before if before in self._found else next(iter(self._found), None)
        if after is not None:
            self.choose(after)
        if had_focus:
            self.first().setFocus()

    def _group(self, outcome: Outcome) -> list[Answer]:
        return [each for each in self._found.values() if each.measure and each.outcome is outcome]

    def _tell_total(self, *, trial: bool) -> None:
        waiting = len(self._group(Outcome.UNKNOWN))
        grants = _("May get in all, on trial") if trial else _("May get in all")
        self._total_words.setText(grants)
        amount = yuan_text(total(self._found.values()))
        self._total.setText(_("{amount} yuan").format(amount=amount))
        words = _("{count} with papers missing not counted").format(count=waiting)
        self._open.setText(words if waiting else "")

    def _card(self, each: Answer, change: str, *, dense: bool) -> AreaCard:
        classification = each.measure is None
        card = AreaCard(
            ICONS[each.pack.area],
            each.pack.area.label,
            each.best.category or each.title if classification else each.title,
            amount_text(each),
            reason_text(each),
            TONES[each.outcome] if not dense else "",
            dense=dense,
            change=change,
        )
        card.setObjectName("_".join(part for part in ("area", *each.key) if part))
        card.toggled.connect(partial(self._toggled, each))
        card.clicked.connect(self.opened)
        card.installEventFilter(self)
        self._only_one.addButton(card)
        return card

    def _toggled(self, each: Answer, on: bool) -> None:
        if on:
            self._bring_into_sight()
            self.chosen.emit(each)

    def _bring_into_sight(self) -> None:
        card = self.first()
        if card is not self:
            self._area.ensureWidgetVisible(card, 0, 40)

    def _fold(self, outcome: Outcome, folded: bool) -> None:
        """Hide or show the cards of a group; what is chosen stays in sight."""
        self._folded = self._folded | {outcome} if folded else self._folded - {outcome}
        for each in self._group(outcome):
            card = self._cards[each.key]
            card.setVisible(not folded or card.isChecked())

    # Choosing

    def value(self) -> Key | None:
        """Return what the chosen card is of."""
        return next((key for key, card in self._cards.items() if card.isChecked()), None)

    def current(self) -> Answer | None:
        """Return the answer of the chosen card."""
        key = self.value()
        return self._found.get(key) if key else None

    def choose(self, key: Key) -> None:
        """Choose a card and bring it into sight; the focus goes with it from card to card."""
        if key in self._cards:
            follows = any(card.hasFocus() for card in self._cards.values())
            self._cards[key].show()
            self._cards[key].setChecked(True)
            if follows:
                self._cards[key].setFocus()

    def order(self) -> list[Key]:
        """Return what the cards are of, in order."""
        return list(self._cards)

    def first(self) -> QWidget:
        """Return the chosen card: what gets the focus."""
        key = self.value()
        return self._cards[key] if key else self

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move as the class says; what is folded is passed by."""
        if not self._move(event):
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the keys before the scroll area scrolls by them; follow the chosen card when a
        layout moves it."""
        if watched is self._area:
            if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
                return self._move(event)
        elif event.type() == QEvent.Type.Move and watched is self.first():
            self._bring_into_sight()
        return super().eventFilter(watched, event)

    def _move(self, event: QKeyEvent) -> bool:
        after = None if event.modifiers() else self._after(Qt.Key(event.key()))
        if after is not None:
            self.choose(after)
        return after is not None

    def _after(self, key: Qt.Key) -> Key | None:
        keys = [each for each, card in self._cards.items() if not card.isHidden()]
        now = self.value()
        if now not in keys:
            return None
        at = keys.index(now)
        starts = [0] + [
            here
            for here in range(1, len(keys))
            if self._place(keys[here]) != self._place(keys[here - 1])
        ]
        match key:
            case Qt.Key.Key_Down | Qt.Key.Key_J:
                at = min(at + 1, len(keys) - 1)
            case Qt.Key.Key_Up | Qt.Key.Key_K:
                at = max(at - 1, 0)
            case Qt.Key.Key_PageDown:
                at = next((start for start in starts if start > at), len(keys) - 1)
            case Qt.Key.Key_PageUp:
                at = max((start for start in starts if start < at), default=0)
            case Qt.Key.Key_Home:
                at = 0
            case Qt.Key.Key_End:
                at = len(keys) - 1
            case _:
                return None
        return keys[at]

    def _place(self, key: Key) -> Outcome | None:
        """Return the group of a card; the classification stands alone."""
        each = self._found[key]
        return each.outcome if each.measure else None


def _is_no(each: Answer) -> bool:
    return each.measure is not None and each.outcome is Outcome.NO


def reason_text(each: Answer) -> str:
    """Return the one line of reason; of a classification that says yes, the net income."""
    net = each.best.net_per_head_fen
    if each.measure is None and each.outcome is Outcome.YES and net is not None:
        return _("Net income a head and month: {amount} yuan").format(amount=yuan_text(net))
    return each.line()


def amount_text(each: Answer) -> str:
    """Return the money of an answer: what may be had, or what is to be expected."""
    if not is_grant(each):
        return ""
    if each.outcome is Outcome.YES:
        return _("{amount} yuan").format(amount=yuan_text(each.amount_fen))
    if each.outcome is Outcome.UNKNOWN and each.expected_fen:
        return _("about {amount} yuan").format(amount=yuan_text(each.expected_fen))
    return ""
