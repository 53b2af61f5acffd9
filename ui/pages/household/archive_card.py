"""The further items of the archive, as far as they are known, of the household and each member."""

from collections.abc import Iterator, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout

from app.core.i18n import _
from app.core.kinds import Amount, Area, Code, Count, ManyCodes
from app.core.record import Field, Record, specs
from app.core.words import Answer
from app.households.archive_records import MEMBER_ITEMS
from app.households.records import HouseholdForm, HouseholdView, Revealed
from app.reference.mappings import told
from ui.kit.cards import Card, Facts
from ui.kit.cells import shown
from ui.kit.day_editor import Today
from ui.kit.labels import Label

UNKNOWN = (None, "", (), Answer.NOT_ASKED, Answer.NOT_KNOWN)


class ArchiveCard(Card):
    """What is known stands there; what is not is named in one line."""

    def __init__(self, today: Today) -> None:
        super().__init__(_("Further items of the archive"))
        self._today = today
        self._sides = Facts(150), Facts(150)
        columns = QHBoxLayout()
        columns.setSpacing(24)
        for side in self._sides:
            columns.addWidget(side, 1, Qt.AlignmentFlag.AlignTop)
        self.add(columns)
        self._people = Facts(92)
        self.add(self._people)
        self._open = Label(role="hint", wrap=True)
        self.add(self._open)

    def show_household(self, view: HouseholdView, clear: Revealed | None) -> None:
        """Show the items; ``clear`` has the contacts after they were revealed."""
        form = view.form if clear is None else clear.form
        items = list(self._items(form.archive))
        half = (len(items) + 1) // 2
        for side, part in zip(self._sides, (items[:half], items[half:]), strict=True):
            side.clear()
            for label, words in part:
                side.add_fact(label, words)
        self._show_people(form)
        unknown = [
            _(field.kind.label)
            for field in specs(type(form.archive))
            if getattr(form.archive, field.name) in UNKNOWN
        ]
        words = _("Not filled in yet: {names}").format(names=_(", ").join(unknown))
        self._open.setText(words if unknown else "")

    def _show_people(self, form: HouseholdForm) -> None:
        self._people.clear()
        for member in form.members:
            items = self._items(member, MEMBER_ITEMS)
            words = [_("{label}: {value}").format(label=name, value=said) for name, said in items]
            if words:
                self._people.add_fact(member.name, "　".join(words).replace("\n", " "))

    def _items(self, record: Record, names: Sequence[str] = ()) -> Iterator[tuple[str, str]]:
        """Yield what is known of a record: label and words."""
        for field in specs(type(record)):
            value = getattr(record, field.name)
            if value not in UNKNOWN and (not names or field.name in names):
                yield _(field.kind.label), self._words(field, value)

    def _words(self, field: Field, value: Any) -> str:
        """Return a value in words: one of an earlier list is shown as such, contacts as the form
        has them, masked or revealed."""
        match field.kind:
            case Code(list=name):
                return told(name, value, self._today())
            case ManyCodes(list=name):
                return _(", ").join(told(name, word, self._today()) for word in value)
            case Area():
                return _("{area} m²").format(area=shown(field.kind, value))
            case Amount():
                return _("{amount} yuan").format(amount=shown(field.kind, value))
            case Count():
                return str(value)  # a year has no thousands
            case kind if kind.private:
                return str(value)
            case kind:
                return shown(kind, value)
