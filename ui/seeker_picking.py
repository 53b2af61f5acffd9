"""Picks a job seeker by name, number or ID number, for whatever is done for one."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from app.core.i18n import _
from app.core.words.placements import SeekerState
from app.placements.seeker_queries import seeker_rows
from app.placements.seeker_records import SeekerQuery, SeekerRow
from ui import theme
from ui.desk import Desk
from ui.kit.cards import EmptyState
from ui.kit.cells import Cell, Column
from ui.kit.labels import Label, mark
from ui.kit.table import RecordTable

PAUSE_MS = 200
MOST = 20
REGISTERED = (SeekerState.SEEKING, SeekerState.PLACED)
HIGH = 200


class SeekerPicker(QWidget):
    """A line to search with and the seekers found; the marked one is the one picked."""

    picked = Signal()
    """Another seeker is marked, or none."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.line = QLineEdit()
        self.line.setObjectName("pick_seeker")
        self.line.setPlaceholderText(_("Name, registration number or whole ID number"))
        caption = Label(_("Job seeker"), "small")
        caption.setBuddy(self.line)
        self.line.setAccessibleName(caption.text())
        self._says = Label(role="small", tone="bad")
        self._says.setMinimumHeight(theme.px(17))
        self.table: RecordTable[SeekerRow] = RecordTable(
            SeekerRow,
            [
                Column("name", width=150, cell=_name),
                Column("number", _("Registration"), cell=_registration, stretch=True),
            ],
            name="table_seekers_found",
            two_lines=True,
            sortable=False,
            empty=EmptyState(_("No job seeker found"), _("Only who is registered can be chosen.")),
        )
        self.table.setMinimumHeight(theme.px(HIGH))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        for each in (caption, self.line, self._says):
            column.addWidget(each)
        column.addWidget(self.table, 1)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(PAUSE_MS)
        self._soon.timeout.connect(self.look)
        self.line.textChanged.connect(lambda: self._soon.start())
        self.line.returnPressed.connect(self._go)
        self.table.picked.connect(self._tell)

    def chosen(self) -> SeekerRow | None:
        """Return the seeker that is marked, or `None` after saying that one is needed."""
        row = self.table.current()
        self._says.setText("" if row else _("This has to be filled in."))
        mark(self.line, state="" if row else "bad")
        if row is None:
            self.line.setFocus()
        return row

    def look(self) -> None:
        """Ask for those who fit what is typed; nobody stands there unasked."""
        self._soon.stop()
        if text := self.line.text().strip():
            asked = SeekerQuery(text=text, states=REGISTERED, limit=MOST)
            self._desk.ask(seeker_rows, asked, then=self._show, latest=self)
        else:
            self._show([])

    def _show(self, rows: list[SeekerRow]) -> None:
        self.table.show_rows(rows)
        self.table.set_foot(_("{count} job seekers").format(count=len(rows)))

    def _go(self) -> None:
        """Go from the line to those found."""
        self.look()
        self.table.first().setFocus()

    def _tell(self, _row: object) -> None:
        self._says.setText("")
        mark(self.line, state="")
        self.picked.emit()


def _name(row: SeekerRow) -> Cell:
    age = _("{age} years").format(age=row.age)
    return Cell(row.name, f"{row.sex.label}　{age}", bold=True)


def _registration(row: SeekerRow) -> Cell:
    wishes = _(", ").join(row.wishes)
    if row.expired:
        words = f"{row.number}　{_('Registration expired')}"
        return Cell(words, wishes, icon="triangle-alert", tone="wait")
    return Cell(f"{row.number}　{row.state.label}", wishes)
