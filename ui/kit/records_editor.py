"""A list of records typed row by row, such as the members of a household."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import pairwise
from typing import Generic, TypeVar

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.core.checks import check_field
from app.core.errors import Invalid, Problem
from app.core.i18n import _
from app.core.kinds import Amount, Key, Many, ResidentId
from app.core.record import Record, specs, values
from ui import theme
from ui.kit.buttons import Button
from ui.kit.cells import right_aligned, usual_width
from ui.kit.editing import Context
from ui.kit.editors import Editor, focus_of
from ui.kit.keys import ENTER, next_field
from ui.kit.labels import Label, Rule, text_width
from ui.kit.more_line import KEY
from ui.kit.record_row import More, Row
from ui.theme import application

R = TypeVar("R", bound=Record)
ID_WIDTH = 178
"""What a masked ID number with its eye needs, so that it is never cut."""


class RecordsEditor(QWidget, Generic[R]):
    """Rows of one record type, on a grid with headings.

    Enter goes to the next cell and past the last one to a new row; Insert adds a row,
    Ctrl+Delete takes the row of the focus away. With ``more`` every row has a second line that
    Ctrl+D opens and shuts; it asks what fits the row.
    """

    edited = Signal()
    problems_changed = Signal()

    def __init__(
        self,
        record_type: type[R],
        fields: Sequence[str] = (),
        *,
        more: More[R] | None = None,
        context: Context | None = None,
        add: str = "",
        name: str = "rows",
    ) -> None:
        super().__init__()
        self.setObjectName(name)
        self._record_type = record_type
        self._more = more
        self._always = more.always if more else ()
        self._context = context or Context()
        shown = [field for field in specs(record_type) if not isinstance(field.kind, Key | Many)]
        known = {field.name: field for field in specs(record_type)}
        self.fields = [known[each] for each in fields] if fields else shown
        self._further = [known[each] for each in more.fields] if more else []
        self._later = [known[each] for each in more.later] if more else []
        self._rows: list[Row[R]] = []
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(6)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(4)
        outer.addLayout(self._grid)
        foot = QHBoxLayout()
        words = add or _("Add a row")
        self.add = Button(
            words, self.add_row, kind="quiet", key="Insert", icon="plus", name=f"{name}_add"
        )
        foot.addWidget(self.add)
        foot.addStretch(1)
        outer.addLayout(foot)
        shortcut = QShortcut(QKeySequence("Ctrl+Delete"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self._remove_focused)
        if more is not None:
            turn = QShortcut(QKeySequence(KEY), self)
            turn.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            turn.setAutoRepeat(False)
            turn.activated.connect(self._turn_focused)
        self._headings()

    def _headings(self) -> None:
        for column, field in enumerate(self.fields):
            head = QHBoxLayout()
            head.setSpacing(3)
            if right_aligned(field.kind):
                head.addStretch(1)
            head.addWidget(Label(_(field.kind.label), "small"))
            if field.required and not field.optional:
                head.addWidget(Label("*", "small", tone="bad"))
            if not right_aligned(field.kind):
                head.addStretch(1)
            elif isinstance(field.kind, Amount):
                head.addSpacing(text_width("body", _("yuan")) + 6)
            self._grid.addLayout(head, 0, column)
            self._grid.setColumnStretch(column, usual_width(field.kind))
            if isinstance(field.kind, ResidentId):
                self._grid.setColumnMinimumWidth(column, theme.px(ID_WIDTH))
        self._grid.addWidget(Rule(), 1, 0, 1, len(self.fields) + 1)

    # Rows

    def add_row(self) -> None:
        """Add an empty row and go to its first cell."""
        row = self._append()
        next(iter(row.editors.values())).target().setFocus()
        self.edited.emit()

    def _append(self) -> Row[R]:
        row: Row[R] = Row(self.fields, self._further, self._context, self, self._always)
        self._rows.append(row)
        self._follow(row, row.editors)
        if any(field.name in self._always for field in self._later):
            self._complete(row)
        row.remove.clicked.connect(partial(self._remove, row))
        row.remove.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        if row.more is not None:
            row.more.turned.connect(partial(self._turn, row))
        self._ask(row)
        self._place()
        for editor in row.cells.values():
            editor.show()  # now, not in the next turn: the focus goes there
        return row

    def _follow(self, row: Row[R], editors: Mapping[str, Editor]) -> None:
        """Follow what is typed into editors of a row."""
        number = self._rows.index(row)
        for name, editor in editors.items():
            target = editor.target()
            target.setObjectName(f"{name}_{number}")
            target.setAccessibleName(f"{number + 1} {_(editor.field.kind.label)}")
            target.installEventFilter(self)
            editor.edited.connect(partial(self._edited, row, name))
            editor.left.connect(partial(self._left, row, name))

    def _complete(self, row: Row[R]) -> None:
        """Give a row the editors that wait until they are needed."""
        if all(field.name in row.editors for field in self._later):
            return
        made = row.add(self._later, self._context)
        self._follow(row, made)
        if row.base is not None:
            for name, editor in made.items():
                editor.set_value(getattr(row.base, name))

    def offer(self, names: Collection[str]) -> None:
        """Offer these fields in the second line of every row, whoever it is about."""
        self._always = names
        for row in self._rows:
            if any(field.name in names for field in self._later):
                self._complete(row)
            if row.more is not None:
                row.more.offer(names)
                self._ask(row)
        self._order()

    def _ask(self, row: Row[R]) -> None:
        """Let the second line of a row ask what fits what stands in it."""
        if row.more is not None and self._more is not None:
            row.more.ask(() if row.blank() else self._more.asked(self._record(row)))

    def _turn(self, row: Row[R]) -> None:
        """Open the second line and go to its first gap, or shut it and go back to the row."""
        if row.more is None:
            return
        row.more.turn(open_=not row.more.is_open())
        self._order()
        names = row.more.gaps() or row.more.shown() if row.more.is_open() else list(row.cells)[-1:]
        focus_of(row.editors[names[0]]).setFocus(Qt.FocusReason.TabFocusReason)

    def _turn_focused(self) -> None:
        for row in self._rows:
            if row.holds(application().focusWidget()):
                self._turn(row)
                return

    def _place(self) -> None:
        for number, row in enumerate(self._rows):
            line = 2 + 3 * number
            for column, editor in enumerate(row.cells.values()):
                self._grid.addWidget(editor, line, column)
            self._grid.addWidget(row.remove, line, len(self.fields))
            self._grid.addWidget(row.says, line + 1, 0, 1, len(self.fields))
            if row.more is not None:
                self._grid.addWidget(row.more, line + 2, 0, 1, len(self.fields) + 1)
        self._order()

    def _order(self) -> None:
        """Let Tab and Enter go through the rows as they stand."""
        targets = [target for row in self._rows for target in row.targets()]
        for before, after in pairwise([*targets, self.add]):
            QWidget.setTabOrder(before, after)

    def _remove(self, row: Row[R]) -> None:
        self._rows.remove(row)
        for widget in row.widgets():
            self._grid.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        row.deleteLater()
        self._place()
        self.edited.emit()
        self.problems_changed.emit()

    def _remove_focused(self) -> None:
        for row in self._rows:
            if row.holds(application().focusWidget()):
                self._remove(row)
                return

    def count(self) -> int:
        """Return the number of rows that hold anything."""
        return sum(not row.blank() for row in self._rows)

    def editor(self, row: int, name: str) -> Editor:
        """Return the editor of one cell."""
        return self._rows[row].editors[name]

    # Values

    def records(self) -> tuple[R, ...] | None:
        """Return the records, or `None` after marking what is wrong; empty rows do not count."""
        if not self.check():
            self._focus_problem()
            return None
        return tuple(self._record(row) for row in self._rows if not row.blank())

    def _record(self, row: Row[R]) -> R:
        kept = {} if row.base is None else values(row.base)
        entered = {name: editor.value() for name, editor in row.editors.items()}
        return self._record_type(**{**kept, **entered})

    def set_records(self, records: Sequence[R]) -> None:
        """Show these records."""
        self._clear()
        for record in records:
            row = self._append()
            row.base = record
            if any(getattr(record, field.name) for field in self._later):
                self._complete(row)
            for name, editor in row.editors.items():
                editor.set_value(getattr(record, name))
            self._ask(row)
        self.problems_changed.emit()

    def _clear(self) -> None:
        for row in list(self._rows):
            self.blockSignals(True)
            self._remove(row)
            self.blockSignals(False)

    def typed(self) -> list[dict[str, str]]:
        """Return what stands in every cell as typed, for a draft."""
        return [{name: editor.text() for name, editor in row.editors.items()} for row in self._rows]

    def set_typed(self, typed: Sequence[Mapping[str, str]]) -> None:
        """Put a draft back."""
        self._clear()
        for texts in typed:
            row = self._append()
            if any(texts.get(field.name) for field in self._later):
                self._complete(row)
            for name, text in texts.items():
                if name in row.editors:
                    row.editors[name].set_text(text)
            self._ask(row)

    # Problems

    @property
    def problems(self) -> list[Problem]:
        """What is wrong now, by row and field: ``[0].name``; marks nothing."""
        found: list[Problem] = []
        for at, row in enumerate(self._rows):
            if row.blank():
                continue
            for name, editor in row.editors.items():
                if (problem := self._problem(editor)) is not None:
                    found.append(replace(problem, field=f"[{at}].{name}"))
        return found

    def gaps(self) -> list[QWidget]:
        """Return what is empty and wanted in the rows that hold anything."""
        return [gap for row in self._rows if not row.blank() for gap in row.gaps()]

    def missing(self) -> int:
        """Return how many fields are empty and wanted in the rows that hold anything."""
        return sum(row.missing() for row in self._rows if not row.blank())

    def red(self) -> int:
        """Return how many cells are marked as wrong."""
        return sum(row.red() for row in self._rows)

    def check(self) -> bool:
        """Mark every cell that is wrong; tell whether none is."""
        for row in self._rows:
            for name, editor in row.editors.items():
                problem = None if row.blank() else self._problem(editor)
                row.mark(name, problem.tell() if problem else "")
        self.problems_changed.emit()
        return self.red() == 0

    def show_problems(self, invalid: Invalid, prefix: str) -> None:
        """Mark the cells the office found wrong: problems named ``prefix[0].name``."""
        used = [row for row in self._rows if not row.blank()]
        for problem in invalid.problems:
            where, _dot, name = problem.field.partition(".")
            if not where.startswith(f"{prefix}["):
                continue
            at = int(where[len(prefix) + 1 : -1])
            if at < len(used) and name in used[at].editors:
                used[at].mark(name, problem.tell())
        self.problems_changed.emit()
        self._focus_problem()

    def _problem(self, editor: Editor) -> Problem | None:
        today = self._context.today()
        return editor.trouble() or check_field(editor.field, editor.value(), today=today)

    def _edited(self, row: Row[R], name: str) -> None:
        if row.red():
            self._mark(row, name)
        self._ask(row)
        self.edited.emit()

    def _left(self, row: Row[R], name: str) -> None:
        if not row.editors[name].blank():
            self._mark(row, name)

    def _mark(self, row: Row[R], name: str) -> None:
        problem = self._problem(row.editors[name])
        row.mark(name, problem.tell() if problem else "")
        self.problems_changed.emit()

    def _focus_problem(self) -> None:
        for row in self._rows:
            for name, editor in row.editors.items():
                if editor.target().property("state") == "bad":
                    if row.more and name not in row.cells and not row.more.is_open():
                        row.more.turn(open_=True)
                    editor.target().setFocus()
                    return

    # Keys

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let Enter go to the next cell, and past the last one to a new row."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() not in ENTER or not isinstance(watched, QWidget):
            return False
        back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        last = self._rows[-1].targets()[-1] if self._rows else None
        if watched is last and not back and not self._rows[-1].blank():
            self.add_row()
        else:
            next_field(watched, back=back)
        return True
