"""The list of the areas: the classification first, then what the household may get, by outcome."""

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from app.core.i18n import N_, _
from app.core.money import yuan_text
from app.policy.explain import conclusion, says, turning_points, working_text
from app.policy.findings import Assessment, Findings, Reason
from app.policy.pack import Area, Outcome
from ui.kit.cards import AreaCard, Card, GroupHead, clear_layout
from ui.kit.labels import Label
from ui.kit.layout import scrolling

ICONS: Final = {
    Area.CLASSIFICATION: "file-check-2",
    Area.EMPLOYMENT: "briefcase-business",
    Area.MEDICAL: "heart-pulse",
    Area.SCHOOLING: "graduation-cap",
    Area.INCOME: "coins",
    Area.LABOUR: "scale",
    Area.SOCIAL_SECURITY: "umbrella",
    Area.CULTURE: "drama",
}
GROUPS: Final = (
    (Outcome.YES, "circle-check", N_("May get"), "ok"),
    (Outcome.UNKNOWN, "triangle-alert", N_("Papers missing"), "wait"),
    (Outcome.NO, "circle-x", N_("Does not qualify now"), "bad"),
)
TONES: Final = {outcome: tone for outcome, _icon, _words, tone in GROUPS}
Key = tuple[str, str]


def key_of(assessment: Assessment) -> Key:
    """Return what an assessment is of: area and measure."""
    measure = assessment.measure
    return assessment.pack.area.value, measure.id if measure else ""


def in_order(findings: Findings) -> list[Assessment]:
    """Return all assessments as the list shows them."""
    measures = [item for _pack, items in findings.areas for item in items]
    first = [findings.classification] if findings.classification else []
    return first + [
        item for outcome, *_look in GROUPS for item in measures if item.outcome is outcome
    ]


def reason_text(assessment: Assessment) -> str:
    """Return the one line of reason on a card."""
    match assessment.outcome:
        case Outcome.YES:
            return working_text(assessment) or conclusion(assessment)
        case Outcome.UNKNOWN:
            asked = _(", ").join(dict.fromkeys(item.paper for item in assessment.missing))
            return _("{count} missing: {papers}").format(
                count=len(assessment.missing), papers=asked
            )
        case Outcome.NO:
            failed = [*turning_points(assessment), *_failed(assessment)]
            return says(assessment.pack, failed[0]) if failed else conclusion(assessment)


def _failed(assessment: Assessment) -> list[Reason]:
    return [reason for reason in assessment.reasons if reason.held is False]


class AreaList(QWidget):
    """The cards of all areas; ``chosen`` tells the one to explain, ``opened`` that Enter or a
    click asked for it."""

    chosen = Signal(object)
    opened = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("list_areas")
        self._found: dict[Key, Assessment] = {}
        self._cards: dict[Key, AreaCard] = {}
        self._only_one = QButtonGroup(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        holder = QWidget()
        self._column = QVBoxLayout(holder)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        column.addWidget(scrolling(holder), 1)
        foot = Card()
        row = QHBoxLayout()
        row.setSpacing(8)
        foot.body.setContentsMargins(12, 7, 12, 7)
        foot.add(row)
        self._total = Label(role="strong")
        self._open = Label(role="small")
        row.addWidget(Label(_("May get in all"), "small"))
        row.addWidget(self._total)
        row.addStretch(1)
        row.addWidget(self._open)
        column.addWidget(foot)

    def show_findings(self, findings: Findings) -> None:
        """Show other findings; the card that was chosen stays chosen."""
        before = self.value()
        had_focus = any(card.hasFocus() for card in self._cards.values())
        clear_layout(self._column)
        found = in_order(findings)
        self._found = {key_of(item): item for item in found}
        self._cards = {key: self._card(item) for key, item in self._found.items()}
        for item in found[:1] if findings.classification else ():
            self._column.addWidget(self._cards[key_of(item)])
        measures = [item for item in found if item.measure]
        for outcome, icon, words, tone in GROUPS:
            group = [item for item in measures if item.outcome is outcome]
            if group:
                count = _("{count} items").format(count=len(group))
                self._column.addWidget(GroupHead(icon, _(words), count, tone))
            for item in group:
                self._column.addWidget(self._cards[key_of(item)])
        self._column.addStretch(1)
        self._tell_total(measures)
        after = before if before in self._found else next(iter(self._found), None)
        if after is not None:
            self.choose(after)
        if had_focus:
            self.first().setFocus()

    def _tell_total(self, measures: Sequence[Assessment]) -> None:
        total = sum(item.amount_fen or 0 for item in measures if item.outcome is Outcome.YES)
        waiting = sum(item.outcome is Outcome.UNKNOWN for item in measures)
        self._total.setText(_("{amount} yuan").format(amount=yuan_text(total)))
        self._open.setText(
            _("{count} with papers missing not counted").format(count=waiting) if waiting else ""
        )

    def _card(self, item: Assessment) -> AreaCard:
        area, measure = item.pack.area, item.measure
        amount = ""
        if item.outcome is Outcome.YES and item.amount_fen:
            amount = _("{amount} yuan").format(amount=yuan_text(item.amount_fen))
        name = item.category or "" if measure is None else measure.title
        text = conclusion(item) if measure is None else reason_text(item)
        card = AreaCard(ICONS[area], area.label, name, amount, text, TONES[item.outcome])
        key = key_of(item)
        card.setObjectName("_".join(part for part in ("area", *key) if part))
        card.toggled.connect(partial(self._toggled, item))
        card.clicked.connect(self.opened)
        self._only_one.addButton(card)
        return card

    def _toggled(self, item: Assessment, on: bool) -> None:
        if on:
            self.chosen.emit(item)

    def value(self) -> Key | None:
        """Return what the chosen card is of."""
        return next((key for key, card in self._cards.items() if card.isChecked()), None)

    def current(self) -> Assessment | None:
        """Return the assessment of the chosen card."""
        key = self.value()
        return self._found.get(key) if key else None

    def choose(self, key: Key) -> None:
        """Choose a card."""
        if key in self._cards:
            self._cards[key].setChecked(True)

    def first(self) -> QWidget:
        """Return the chosen card: what gets the focus."""
        key = self.value()
        return self._cards[key] if key else self

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move with J and K as in every list; the arrows do it already."""
        step = {Qt.Key.Key_J: 1, Qt.Key.Key_K: -1}.get(Qt.Key(event.key()))
        keys, now = list(self._cards), self.value()
        if step is None or now is None:
            super().keyPressEvent(event)
            return
        after = keys[max(0, min(len(keys) - 1, keys.index(now) + step))]
        self.choose(after)
        self._cards[after].setFocus()
