"""One row of a list of records that is typed: its cells, its second line, what is wrong."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.core.i18n import _
from app.core.record import Field, Record
from ui.kit.buttons import IconButton
from ui.kit.editing import Context, make_editor
from ui.kit.editors import Editor, focus_of
from ui.kit.labels import Status
from ui.kit.more_line import MoreLine

R = TypeVar("R", bound=Record)


@dataclass(frozen=True)
class More(Generic[R]):
    """What stands in the second line of a row: the fields, what is always offered (see
    `RecordsEditor.offer`), and which of them a row as typed is asked."""

    fields: Sequence[str]
    always: Collection[str]
    asked: Callable[[R], Sequence[str]]
    later: Sequence[str] = ()
    """Fields that get their editors when they are offered, or when a row holds one of them."""


class Row(QObject, Generic[R]):
    """One row: its editors, the second line if it has one, and below what is wrong with it."""

    def __init__(
        self,
        fields: Sequence[Field],
        further: Sequence[Field],
        context: Context,
        parent: QObject,
        always: Collection[str] = (),
    ) -> None:
        super().__init__(parent)
        self.base: R | None = None
        self.cells: dict[str, Editor] = {
            field.name: make_editor(field, context) for field in fields
        }
        others = {field.name: make_editor(field, context) for field in further}
        self.editors = self.cells | others
        self.more = MoreLine(others, always, parent.objectName()) if others else None
        self.remove = IconButton("x", _("Take this row away"), key="Ctrl+Delete", size=26)
        self.says = Status(role="small", tone="bad")
        self.says.hide()
        self._wrong: dict[str, str] = {}

    def add(self, fields: Sequence[Field], context: Context) -> dict[str, Editor]:
        """Make editors of further fields for the second line, and return them."""
        made = {field.name: make_editor(field, context) for field in fields}
        self.editors |= made
        if self.more is not None:
            self.more.add(made)
        return made

    def widgets(self) -> list[QWidget]:
        """Return everything that belongs to the row."""
        lines = [self.more] if self.more else []
        return [*self.cells.values(), *lines, self.remove, self.says]

    def targets(self) -> list[QWidget]:
        """Return what one goes through with Enter: the cells, and the second line when open."""
        further = self.more.shown() if self.more and self.more.is_open() else []
        return [self.editors[name].target() for name in [*self.cells, *further]]

    def holds(self, widget: QWidget | None) -> bool:
        """Tell whether a widget is one of the row's, or inside one."""
        return widget is not None and any(
            each is widget or each.isAncestorOf(widget) for each in self.widgets()
        )

    def gaps(self) -> list[QWidget]:
        """Return what is empty and wanted; of a second line that is shut, the button of it."""
        empty = [focus_of(editor) for editor in self.cells.values() if editor.blank()]
        if self.more is None or not (missing := self.more.gaps()):
            return empty
        if not self.more.is_open():
            return [*empty, self.more.button]
        return empty + [focus_of(self.editors[name]) for name in missing]

    def missing(self) -> int:
        """Return how many fields are empty and wanted."""
        further = len(self.more.gaps()) if self.more else 0
        return further + sum(editor.blank() for editor in self.cells.values())

    def blank(self) -> bool:
        """Tell whether nothing was entered at all."""
        return all(editor.blank() for editor in self.editors.values())

    def mark(self, name: str, says: str) -> None:
        """Mark one cell as wrong, or (empty) as right; all that is wrong is said below."""
        self._wrong[name] = says
        editor = self.editors[name]
        editor.set_state("bad" if says else editor.rest_state())
        named = _("{label}: {problem}")
        words = [
            named.format(label=_(self.editors[each].field.kind.label), problem=text)
            for each, text in self._wrong.items()
            if text
        ]
        self.says.show_state("　".join(words), "circle-x", "bad")
        self.says.setVisible(bool(words))

    def red(self) -> int:
        """Return how many cells are marked."""
        return sum(bool(text) for text in self._wrong.values())
