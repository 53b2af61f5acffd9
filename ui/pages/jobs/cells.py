"""How seekers, their letters, jobs and recognitions read in lists."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtWidgets import QComboBox, QSizePolicy

from app.core.i18n import _
from app.core.words.placements import (
    Proof,
    RecognitionState,
    SeekerState,
)
from app.placements.recognition_records import RecognitionRow
from app.placements.seeker_records import SeekerRow
from ui.kit.cells import UNKNOWN, Cell, joined, yuan
from ui.kit.choice_editors import ComboBox

DASH: Final = UNKNOWN.text

SEEKERS: Final = {
    SeekerState.SEEKING: ("search", "accent"),
    SeekerState.PLACED: ("circle-check", "ok"),
    SeekerState.WITHDRAWN: ("undo-2", ""),
}
RECOGNITIONS: Final = {
    RecognitionState.APPLIED: ("clock", "wait"),
    RecognitionState.RECOGNISED: ("badge-check", "ok"),
    RecognitionState.REFUSED: ("ban", "bad"),
    RecognitionState.ENDED: ("undo-2", ""),
}
PROOFS: Final = {
    Proof.CONTRACT: ("circle-check", "ok"),
    Proof.INSURANCE: ("circle-check", "ok"),
    Proof.WAGE: ("circle-check", "ok"),
    Proof.PRESUMED: ("clock", "wait"),
    Proof.NOT_SHOWN: ("circle-question-mark", "wait"),
}


def wage(fen: int | None) -> str:
    """Return a monthly wage with its unit, or the sign of what is not known."""
    return DASH if fen is None else _("{amount} yuan").format(amount=yuan(fen))


def chooser(
    name: str,
    words: str,
    choices: Sequence[tuple[str | None, str]],
    turned: Callable[[], object],
) -> ComboBox:
    """Return a box that narrows a list to one of a few kinds."""
    box = ComboBox()
    box.setObjectName(name)
    box.setAccessibleName(words)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    box.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    for key, label in choices:
        box.addItem(label, key)
    box.activated.connect(lambda: turned())
    return box


# Seekers


def seeker_cell(row: SeekerRow) -> Cell:
    """Return who looks for work, with the number of the registration."""
    age = _("aged {age}").format(age=row.age)
    return Cell(row.name, joined(row.number, row.sex.label, age), bold=True)


def wish_cell(row: SeekerRow) -> Cell:
    """Return what somebody would like to do, and for how much."""
    wage = _("{amount} yuan or more").format(amount=yuan(row.wage_wish)) if row.wage_wish else ""
    return Cell("、".join(row.wishes), joined(wage, row.district or ""))


def seeker_state_cell(row: SeekerRow) -> Cell:
    """Return where a registration stands, and until when."""
    recognised = row.recognition is RecognitionState.RECOGNISED
    second = RecognitionState.RECOGNISED.label if recognised else ""
    if row.expired:
        says = _("Registration expired")
        return Cell(says, row.valid_until.isoformat(), icon="clock", tone="wait")
    icon, tone = SEEKERS[row.state]
    if row.state is SeekerState.SEEKING and not second:
        second = _("until {day}").format(day=row.valid_until.isoformat())
    second_tone = "ok" if recognised else ""
    return Cell(row.state.label, second, icon=icon, tone=tone, second_tone=second_tone)


# Recognitions


def recognition_cell(row: RecognitionRow) -> Cell:
    """Return who is to be recognised."""
    return Cell(row.name, row.number, bold=True)


def grounds_cell(row: RecognitionRow) -> Cell:
    """Return the grounds that hold."""
    by = _("applied by {name}").format(name=row.applied_by)
    return Cell("、".join(row.grounds) or DASH, joined(by, row.applied_on.isoformat()))


def recognition_state_cell(row: RecognitionRow) -> Cell:
    """Return where a recognition stands, and who may decide it."""
    icon, tone = RECOGNITIONS[row.state]
    if row.state is RecognitionState.APPLIED:
        if row.mine:
            second = _("waits for another person")
        else:
            second = _("something cannot be told") if row.unknown else _("waits for you")
    else:
        day = row.ended_on or row.decided_on
        second = day.isoformat() if day else ""
    return Cell(row.state.label, second, icon=icon, tone=tone)
