"""Forms: made from a record type, they give back a record or say under each field what is wrong."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QScrollArea, QWidget

from app.core.checks import check_field
from app.core.errors import Invalid, Problem
from app.core.i18n import _
from app.core.kinds import Flag, Key, Many
from app.core.record import Field, Record, specs, values
from ui import theme
from ui.kit.editing import SPANS, Context, make_editor
from ui.kit.editors import Editor
from ui.kit.field_box import FieldBox
from ui.kit.keys import EnterMoves
from ui.kit.labels import Label
from ui.kit.number_editors import MaskedEditor

R = TypeVar("R", bound=Record)
NARROW = 400
"""Logical width below which every field takes twice its columns."""


class FormView(QWidget, Generic[R]):
    """The form of one record type, on a grid of twelve columns.

    ``fields`` chooses and orders the fields (default: all but keys and lists); ``sections``
    (title, fields) does the same with headings. ``spans`` and ``hints`` change single fields,
    ``editors`` replaces the editor of one, ``fixed`` gives values that are not shown. Below the
    logical width ``narrow`` every field takes twice its columns.
    """

    edited = Signal()
    """A person changed something."""
    problems_changed = Signal()
    reveal_wanted = Signal(str)
    """The eye of this private field was pressed: log it, then call ``reveal(name)``."""

    def __init__(
        self,
        record_type: type[R],
        fields: Sequence[str] = (),
        *,
        sections: Sequence[tuple[str, Sequence[str]]] = (),
        spans: Mapping[str, int] | None = None,
        hints: Mapping[str, str] | None = None,
        editors: Mapping[str, Callable[[Field], Editor]] | None = None,
        fixed: Mapping[str, Any] | None = None,
        context: Context | None = None,
        name: str = "form",
        narrow: int = NARROW,
    ) -> None:
        super().__init__()
        self.setObjectName(name)
        self._narrow = narrow
        self._record_type = record_type
        self._fixed = dict(fixed or {})
        self._spans = spans or {}
        self._base: R | None = None
        self._before: dict[str, str] = {}
        self._enter = EnterMoves(self)
        known = {field.name: field for field in specs(record_type)}
        self._sections = list(sections) or [("", list(fields) or _usual(known.values()))]
        self._context = context or Context()
        self.boxes: dict[str, FieldBox] = {}
        for _title, names in self._sections:
            for each in names:
                field = known[each]
                own = (editors or {}).get(each)
                editor = own(field) if own else make_editor(field, self._context)
                self._add(editor, (hints or {}).get(each, ""))
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(4)
        self._doubled: bool | None = None
        self._headings = [Label(title, "strong") for title, _names in self._sections]
        self._arrange(doubled=False)
        self._before = self.typed()

    def _add(self, editor: Editor, hint: str) -> None:
        field = editor.field
        box = FieldBox(editor, hint=hint, star=_must(field) and not isinstance(field.kind, Flag))
        self.boxes[field.name] = box
        editor.target().installEventFilter(self._enter)
        editor.edited.connect(lambda: self._edited(box))
        editor.left.connect(lambda: self._left(box))
        if isinstance(editor, MaskedEditor):
            editor.reveal_wanted.connect(lambda: self.reveal_wanted.emit(field.name))

    def _arrange(self, *, doubled: bool) -> None:
        """Put the boxes on the grid, row by row; doubled where the window is narrow."""
        if doubled == self._doubled:
            return
        self._doubled = doubled
        row = 0
        for heading, (title, names) in zip(self._headings, self._sections, strict=True):
            if title:
                self._grid.addWidget(heading, row, 0, 1, 12)
                row += 1
            else:
                heading.hide()
            at = 0
            for name in names:
                box = self.boxes[name]
                usual = SPANS.get(type(box.field.kind), 4)
                span = min(12, self._spans.get(name, usual) * (2 if doubled else 1))
                if at + span > 12:
                    row, at = row + 1, 0
                self._grid.addWidget(box, row, at, 1, span)
                at += span
            row += 1
        self._grid.setRowStretch(row, 1)
        for column in range(12):
            self._grid.setColumnStretch(column, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give fields more columns where the form is narrow."""
        super().resizeEvent(event)
        self._arrange(doubled=theme.logical_width(self) < self._narrow)

    # Values

    def record(self) -> R | None:
        """Return the record, or `None` after marking what is wrong and going to the first.

        A field left empty that may not be unknown keeps its default, or what stood there before.
        """
        if not self.check():
            self.focus_problem()
            return None
        typed = {name: box.editor.value() for name, box in self.boxes.items()}
        entered = {
            name: value
            for name, value in typed.items()
            if value is not None or self.boxes[name].field.optional
        }
        kept = self._fixed if self._base is None else values(self._base)
        return self._record_type(**{**kept, **entered})

    def set_record(self, record: R) -> None:
        """Show a record; fields that have no editor keep its values."""
        self._base = record
        for name, box in self.boxes.items():
            box.set_found("")
            box.editor.set_value(getattr(record, name))
            box.set_problem("")
        self._before = self.typed()
        self.problems_changed.emit()

    def clear(self) -> None:
        """Empty every field and forget the record shown."""
        self._base = None
        for box in self.boxes.values():
            box.set_found("")
            box.editor.set_value(None)
            box.set_problem("")
        self._before = self.typed()
        self.problems_changed.emit()

    def value(self, name: str) -> Any:
        """Return the value of one field as far as it makes sense."""
        return self.boxes[name].editor.value()

    def set_value(self, name: str, value: Any) -> None:
        """Put a value into one field."""
        box = self.boxes[name]
        box.editor.set_value(value)
        box.set_problem("")
        self.edited.emit()

    def typed(self) -> dict[str, str]:
        """Return what stands in every field as typed, for a draft."""
        return {name: box.editor.text() for name, box in self.boxes.items()}

    def set_typed(self, typed: Mapping[str, str]) -> None:
        """Put a draft back; fields it does not know stay."""
        for name, text in typed.items():
            if name in self.boxes:
                self.boxes[name].editor.set_text(text)
                self.boxes[name].set_problem("")

    def dirty(self) -> bool:
        """Tell whether anything differs from the record shown."""
        return self.typed() != self._before

    def settle(self) -> None:
        """Take what stands there as the state that `dirty` compares with: it was saved."""
        self._before = self.typed()

    def reveal(self, name: str) -> None:
        """Show a private field in the clear, after the act was logged."""
        editor = self.boxes[name].editor
        if isinstance(editor, MaskedEditor):
            editor.reveal()

    # Problems

    @property
    def problems(self) -> list[Problem]:
        """What is wrong now, required fields that are empty included; marks nothing."""
        found = (self._problem(box) for box in self.boxes.values())
        return [problem for problem in found if problem is not None]

    def missing(self) -> list[str]:
        """Return the labels of required fields that are empty."""
        boxes = (box for box in self.boxes.values() if _must(box.field) and box.editor.blank())
        return [_(box.field.kind.label) for box in boxes]

    def red(self) -> int:
        """Return how many fields are marked as wrong."""
        return sum(box.red() for box in self.boxes.values())

    def check(self) -> bool:
        """Mark every field that is wrong; tell whether none is."""
        right = True
        for box in self.boxes.values():
            problem = self._problem(box)
            box.set_problem(problem.tell() if problem else "")
            right = right and problem is None
        self.problems_changed.emit()
        return right

    def show_problems(self, invalid: Invalid) -> None:
        """Mark the fields that the office found wrong and go to the first."""
        for problem in invalid.problems:
            if (box := self.boxes.get(problem.field.partition(".")[0])) is not None:
                box.set_problem(problem.tell())
        self.problems_changed.emit()
        self.focus_problem()

    def focus_problem(self) -> None:
        """Go to the first field that is marked as wrong."""
        for name, box in self.boxes.items():
            if box.red():
                self.focus(name)
                return

    def _problem(self, box: FieldBox) -> Problem | None:
        trouble = box.editor.trouble()
        return trouble or check_field(box.field, box.editor.value(), today=self._context.today())

    def _edited(self, box: FieldBox) -> None:
        if box.red():
            self._mark(box)
        self.edited.emit()

    def _left(self, box: FieldBox) -> None:
        """Check a field when it is left; one that was never filled stays in peace."""
        if not box.editor.blank() or box.red():
            self._mark(box)

    def _mark(self, box: FieldBox) -> None:
        problem = self._problem(box)
        was = box.red()
        box.set_problem(problem.tell() if problem else "")
        if was != box.red():
            self.problems_changed.emit()

    # Focus

    def focus(self, name: str) -> None:
        """Go to a field and bring it into view."""
        target = self.boxes[name].editor.target()
        parent = self.parentWidget()
        while parent is not None:
            if isinstance(parent, QScrollArea):
                parent.ensureWidgetVisible(self.boxes[name], 0, theme.px(24))
            parent = parent.parentWidget()
        target.setFocus()

    def first(self) -> QWidget:
        """Return the field that gets the focus when the page is shown."""
        return next(iter(self.boxes.values())).editor.target()

    def set_read_only(self, names: Sequence[str], why: str = "") -> None:
        """Let fields be read and copied only, and say why below them."""
        for name in names:
            self.boxes[name].editor.set_read_only()
            self.boxes[name].set_hint(why)


def _usual(fields: Any) -> list[str]:
    return [field.name for field in fields if not isinstance(field.kind, Key | Many)]


def _must(field: Field) -> bool:
    """Tell whether a field has to be filled: it has no default, and nothing is not allowed."""
    return field.required and not field.optional
