"""Amounts that differ by row: the line they are typed in, and what is to be written of them."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.core.i18n import _
from app.core.money import Fen
from app.core.record import spec
from app.disbursements.list_records import ListEntry, ListPick, ListRowsForm, ListView
from ui import theme
from ui.kit.buttons import Button
from ui.kit.labels import Elided, KeyCap, Label
from ui.kit.number_editors import AmountEditor

STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class AmountLine(QWidget):
    """Whose amount it is, the amount, and the way to give the same to all that are marked.

    Enter takes the amount and goes on to the next row; Up and Down walk without taking it.
    """

    taken = Signal(object)
    """The amount for the row that is selected, in fen; `None` for what the list gives each."""
    taken_for_marked = Signal(object)
    stepped = Signal(int)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self._shown: tuple[object, int | None] | None = None
        self._whose = Elided(role="small")
        self._says = Label(role="small", tone="bad")
        self._says.setObjectName(f"{name}_says")
        self.editor = AmountEditor(spec(ListPick, "amount"))
        self.editor.line.setObjectName(f"{name}_amount")
        self.editor.line.setAccessibleName(_("Amount of the row"))
        self.editor.line.returnPressed.connect(self._take)
        self.editor.line.installEventFilter(self)
        self.marked = Button("", self._take_for_marked, kind="quiet", small=True,
                             key="Alt+A", name=f"{name}_marked")  # fmt: skip
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 12, 4)
        row.setSpacing(8)
        row.addWidget(KeyCap("Alt+M"))
        row.addWidget(self._whose, 1)
        row.addWidget(self._says)
        row.addWidget(self.editor)
        row.addWidget(self.marked)
        go = QShortcut(QKeySequence("Alt+M"), self)
        go.activated.connect(self.enter)
        theme.changes.changed.connect(self._size)
        self._size()

    def _size(self) -> None:
        self.editor.setFixedWidth(theme.px(150))

    def enter(self) -> None:
        """Go to the amount."""
        self.editor.line.setFocus()
        self.editor.line.selectAll()

    def show_row(self, row: object, whose: str, amount: int | None) -> None:
        """Show whose amount it is, and the amount; what is being typed for the same row stays."""
        if (row, amount) == self._shown:
            return
        self._shown = (row, amount)
        self._whose.setText(_("Amount for {name}").format(name=whose) if whose else "")
        self.editor.set_value(amount or None)
        self.editor.setEnabled(bool(whose))
        self._says.setText("")
        if self.editor.line.hasFocus():
            self.editor.line.selectAll()

    def show_marked(self, count: int) -> None:
        """Say to how many rows the same amount can be given at once."""
        self.marked.setText(_("For all {count} marked").format(count=f"{count:,}"))
        self.marked.allow("" if count else _("Nobody is marked"))

    def _makes_sense(self) -> bool:
        """Tell whether an amount was typed, or nothing; say what is wrong with anything else."""
        trouble = self.editor.trouble()
        self._says.setText(trouble.tell() if trouble else "")
        return trouble is None

    def _take(self) -> None:
        if self._makes_sense():
            self._shown = None
            self.taken.emit(self.editor.value() or None)
            self.stepped.emit(1)

    def _take_for_marked(self) -> None:
        if self._makes_sense():
            self._shown = None
            self.taken_for_marked.emit(self.editor.value() or None)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Walk along the rows with the arrows while the amount has the focus."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            by = STEPS.get(Qt.Key(event.key()))
            if by is not None:
                self.stepped.emit(by)
                return True
        return super().eventFilter(watched, event)


class RowAmounts:
    """Amounts typed for rows of a list and not written yet; of each row the last one counts."""

    def __init__(self) -> None:
        self._typed: dict[int, ListPick] = {}

    def note(self, entries: Sequence[ListEntry], amount: Fen | None) -> None:
        """Note what rows get."""
        for entry in entries:
            if (home := entry.household_id) is not None:
                pick = ListPick(household_id=home, member_id=entry.member_id, amount=amount)
                self._typed[entry.id] = pick

    def forget(self) -> None:
        """Forget what was typed: another list is in sight."""
        self._typed = {}

    def form(self, view: ListView) -> ListRowsForm | None:
        """Return what is to be written of the list as it stands, once; `None` for nothing."""
        rows, self._typed = tuple(self._typed.values()), {}
        return ListRowsForm(id=view.row.id, version=view.row.version, rows=rows) if rows else None
