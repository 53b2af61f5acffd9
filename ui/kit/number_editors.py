"""Editors of numbers: money, counts, and the private numbers that are masked when left."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent

from app.core.contact import doubt_card, normalise_card, normalise_phone
from app.core.errors import Problem
from app.core.i18n import N_, _
from app.core.masking import mask
from app.core.money import NotAnAmount, capitals, parse_yuan, yuan_text
from app.core.record import Field
from app.core.resident_id import ResidentIdFacts, normalise_id, read_id
from app.core.text import normalise
from ui.kit.buttons import IconButton
from ui.kit.day_editor import Today, local_today
from ui.kit.editors import TextEditor
from ui.kit.labels import Label


class AmountEditor(TextEditor):
    """Money: typed at the right in yuan, kept in fen; capitals below where money is decided."""

    unit = N_("yuan")

    def __init__(self, field: Field, *, with_capitals: bool = False) -> None:
        super().__init__(field)
        self._with_capitals = with_capitals
        self.line.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.line.setInputMethodHints(Qt.InputMethodHint.ImhFormattedNumbersOnly)
        self.row.addWidget(Label(_(self.unit), "soft"))
        self.edited.connect(self._tell_capitals)

    def show_capitals(self) -> None:
        """Write the amount in capitals below while it is typed."""
        self._with_capitals = True

    def value(self) -> Any:
        """Return the amount in fen."""
        try:
            return None if self.blank() else parse_yuan(self.text())
        except NotAnAmount:
            return None

    def set_value(self, value: Any) -> None:
        """Show an amount."""
        self.set_text("" if value is None else yuan_text(value))
        self._tell_capitals()

    def trouble(self) -> Problem | None:
        """Return why the text is no amount."""
        try:
            if not self.blank():
                parse_yuan(self.text())
        except NotAnAmount as error:
            return self._problem(error.code, self._words_for(error.code))
        return None

    def _words_for(self, code: str) -> str:
        return AMOUNT_TROUBLE[code]

    def _tell_capitals(self) -> None:
        value = self.value()
        if self._with_capitals:
            self.found.emit(capitals(value) if value else "", "", "")

    def _focus_left(self, event: QFocusEvent) -> None:
        if (value := self.value()) is not None:
            self.set_text(yuan_text(value))
        super()._focus_left(event)


AMOUNT_TROUBLE = {
    "bad_amount": N_("Please write an amount in yuan, such as 1,200.00"),
    "negative_amount": N_("An amount cannot be below zero"),
    "too_many_decimals": N_("An amount has two decimals at most"),
}


class AreaEditor(AmountEditor):
    """A floor area: typed in square metres, kept in hundredths of one."""

    unit = N_("m²")

    def _words_for(self, code: str) -> str:
        return N_("Please write square metres with two decimals at most, such as 56.50")


class CountEditor(TextEditor):
    """A whole number."""

    def __init__(self, field: Field) -> None:
        super().__init__(field)
        self.line.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.line.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)

    def value(self) -> Any:
        """Return the number."""
        text = normalise(self.text()).replace(",", "")
        return int(text) if text.isascii() and text.removeprefix("-").isdigit() else None

    def trouble(self) -> Problem | None:
        """Return why the text is no number."""
        if self.blank() or self.value() is not None:
            return None
        return self._problem("bad_count", N_("Please write a whole number"))


class MaskedEditor(TextEditor):
    """A private number: clear while it is typed, masked when left, with an eye to look again.
    A number whose kind says it is not private (the center's telephone) is never masked.

    The eye tells ``reveal_wanted``: the page performs the logged act and calls `reveal`. What
    this person has typed since the form was shown is revealed without asking.
    """

    reveal_wanted = Signal()

    def __init__(self, field: Field, keep: Callable[[str], str] = normalise) -> None:
        super().__init__(field)
        self._keep = keep
        self._clear = ""
        self._own = True
        self._masked = False
        hints = Qt.InputMethodHint.ImhLatinOnly | Qt.InputMethodHint.ImhNoPredictiveText
        self.line.setInputMethodHints(hints)
        self._eye = IconButton("eye", _("Show"), self.ask_to_reveal, tone="text_soft", size=26)
        self._eye.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.add_tool(self._eye)
        self._eye.setHidden(not field.kind.private)

    def _typed(self) -> None:
        self._clear, self._own, self._masked = self.line.text(), True, False
        super()._typed()

    def text(self) -> str:
        """Return the number in the clear."""
        return self._clear

    def set_text(self, text: str) -> None:
        """Show a number, masked unless the person is typing it."""
        self._clear = text
        self._own = True
        self._show_masked()

    def set_value(self, value: Any) -> None:
        """Show a number of the store, masked; the eye asks before showing it."""
        self.set_text("" if value is None else str(value))
        self._own = not self._clear

    def value(self) -> Any:
        """Return the number as it is kept."""
        kept = self._keep(self._clear)
        return None if not kept and self.field.optional else kept

    def reveal(self) -> None:
        """Show the number in the clear; what the page calls after the act was logged."""
        self._own, self._masked = True, False
        self.line.setText(self._clear)
        self._eye.show_icon("eye-off", _("Hide"))

    def ask_to_reveal(self) -> None:
        """Do what the eye does: mask again, show what was typed here, or ask the page."""
        if not self._masked:
            self._show_masked()
        elif self._own:
            self.reveal()
        else:
            self.reveal_wanted.emit()

    def _show_masked(self) -> None:
        kept = self._keep(self._clear)
        self._masked = self.field.kind.private and bool(kept)
        self.line.setText(mask(self.field.kind, kept))
        self._eye.show_icon("eye", _("Show"))

    def _focus_came(self) -> None:
        if self._masked and self._own:
            self._masked = False
            self.line.setText(self._clear)
            self.line.selectAll()

    def _focus_left(self, event: QFocusEvent) -> None:
        self._show_masked()
        super()._focus_left(event)

    def set_state(self, state: str) -> None:
        """Show a state; a number that is wrong stays readable for the one who typed it."""
        super().set_state(state)
        if state == "bad" and self._own and self._masked:
            self.reveal()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Empty a masked number of the store on the first key, so that stars are never edited."""
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and self._masked
            and not self._own
            and ((event.text().isprintable() and event.text()) or event.key() in _ERASERS)
        ):
            self._clear, self._own, self._masked = "", True, False
            self.line.clear()
        return super().eventFilter(watched, event)


_ERASERS = (Qt.Key.Key_Backspace, Qt.Key.Key_Delete)


class ResidentIdEditor(MaskedEditor):
    """A resident ID number; below it stands what it tells: birth, sex and age."""

    def __init__(self, field: Field, today: Today = local_today) -> None:
        super().__init__(field, normalise_id)
        self._today = today
        self.line.setMaxLength(40)
        self.edited.connect(self._tell)

    def facts(self) -> ResidentIdFacts | None:
        """Return what the number tells, once it is sound."""
        read = read_id(self.text(), today=self._today(), field=self.field.name)
        return read if isinstance(read, ResidentIdFacts) else None

    def set_text(self, text: str) -> None:
        """Show a number and what it tells."""
        super().set_text(text)
        self._tell()

    def _tell(self) -> None:
        facts = self.facts()
        words = ""
        if facts is not None:
            words = _("Check digit right, {birth}, {sex}, {age} years").format(
                birth=facts.birth.isoformat(), sex=facts.sex.label, age=facts.age(self._today())
            )
        self.found.emit(words, "ok", "")


class PhoneEditor(MaskedEditor):
    """A telephone number."""

    def __init__(self, field: Field) -> None:
        super().__init__(field, normalise_phone)


class BankCardEditor(MaskedEditor):
    """A bank card number; a last digit that does not fit is a warning, not an error."""

    def __init__(self, field: Field) -> None:
        super().__init__(field, normalise_card)
        self.edited.connect(self._tell)

    def set_text(self, text: str) -> None:
        """Show a number and the doubt about it, if any."""
        super().set_text(text)
        self._tell()

    def _tell(self) -> None:
        doubt = doubt_card(self.text(), field=self.field.name)
        self.found.emit(doubt.tell() if doubt else "", "wait", "")
