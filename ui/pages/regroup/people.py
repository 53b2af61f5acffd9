"""The people of a household as rows: who goes, who is the head, what they are to the head."""

from collections.abc import Sequence
from enum import StrEnum

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QGridLayout,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from app.core.i18n import _
from app.core.record import spec
from app.households.merging_records import Related
from app.households.records import MemberView
from ui import theme
from ui.kit.editing import Context, make_editor
from ui.kit.editors import Editor
from ui.kit.labels import Label, Rule


class Act(StrEnum):
    """What the page does with a household."""

    SPLIT = "split"
    MOVE = "move"
    HEAD = "head"


class PersonRow:
    """One person: a check where several go, a radio where one is chosen, the new relation."""

    def __init__(self, member: MemberView, act: Act, context: Context, *, head: bool) -> None:
        self.member = member
        self.head = head
        self.goes = QCheckBox()
        self.goes.setObjectName(f"goes_{member.id}")
        self.goes.setAccessibleName(_("{name} goes along").format(name=member.name))
        self.chosen = QRadioButton()
        self.chosen.setObjectName(f"chosen_{member.id}")
        words = _("{name} goes") if act is Act.MOVE else _("{name} becomes the head")
        self.chosen.setAccessibleName(words.format(name=member.name))
        self.relation: Editor = make_editor(spec(Related, "relation"), context)
        self.relation.target().setObjectName(f"relation_{member.id}")
        self.relation.target().setAccessibleName(
            _("{name}: relation to the head").format(name=member.name)
        )
        self.relation.setFixedWidth(theme.px(150))
        years = "" if member.age is None else _("{age} years").format(age=member.age)
        self.name = Label(member.name, "strong" if head else "body")
        number = member.id_number or _("no ID number")
        facts = filter(None, (member.relation, years, number))
        self.facts = Label("　".join(facts), "small")


class PeopleRows(QWidget):
    """The rows for one act; the head of the household stands in them, but does not go."""

    edited = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._act = Act.SPLIT
        self.rows: list[PersonRow] = []
        self._group = QButtonGroup(self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._holder: QWidget | None = None

    def show_people(self, members: Sequence[MemberView], act: Act) -> None:
        """Show the people anew; nothing is chosen yet."""
        if self._holder is not None:
            self._holder.hide()
            self._holder.deleteLater()
        self._act = act
        self._group = QButtonGroup(self)
        self.rows = [
            PersonRow(member, act, self._context, head=at == 0) for at, member in enumerate(members)
        ]
        self._holder = holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(5, 1)
        self._headings(grid)
        for row in self.rows:
            self._place(grid, row)
        self._column.addWidget(holder)
        self._tell()

    def _headings(self, grid: QGridLayout) -> None:
        words = {
            Act.SPLIT: (_("Goes"), _("New head"), "", "", _("To the new head")),
            Act.MOVE: ("", _("Moves"), "", "", ""),
            Act.HEAD: ("", _("New head"), "", "", _("To the new head")),
        }
        for column, word in enumerate(words[self._act]):
            grid.addWidget(Label(word, "small"), 0, column)
        grid.addWidget(Rule(), 1, 0, 1, 6)

    def _place(self, grid: QGridLayout, row: PersonRow) -> None:
        at = grid.rowCount()
        goes = self._act is Act.SPLIT and not row.head
        widgets = (row.goes, row.chosen, row.name, row.facts, row.relation)
        for column, widget in enumerate(widgets):
            grid.addWidget(widget, at, column)
        row.goes.setVisible(goes)
        row.chosen.setVisible(not row.head)
        self._group.addButton(row.chosen)
        if self._act is not Act.MOVE and not row.member.id_number:
            row.chosen.setEnabled(False)
            row.chosen.setToolTip(_("A head needs an ID number in the file"))
        row.goes.toggled.connect(self._changed)
        row.chosen.toggled.connect(self._changed)
        row.relation.edited.connect(self.edited)

    def _changed(self) -> None:
        self._tell()
        self.edited.emit()

    def _tell(self) -> None:
        """Open the relations that are asked, and let the new head of a split go along."""
        chosen = self.chosen()
        for row in self.rows:
            if self._act is Act.SPLIT and row is chosen and not row.goes.isChecked():
                row.goes.setChecked(True)
            asked = {
                Act.SPLIT: row.goes.isChecked(),
                Act.MOVE: False,
                Act.HEAD: chosen is not None,
            }
            row.relation.setVisible(asked[self._act] and row is not chosen)

    def chosen(self) -> PersonRow | None:
        """Return the person whose radio is on."""
        return next((row for row in self.rows if row.chosen.isChecked()), None)

    def others(self) -> tuple[Related, ...]:
        """Return those besides the chosen one whose relation is asked."""
        chosen = self.chosen()
        return tuple(
            Related(member_id=row.member.id, relation=row.relation.value())
            for row in self.rows
            if row is not chosen and (self._act is Act.HEAD or row.goes.isChecked())
        )

    def first(self) -> QWidget:
        """Return the first button that can be pressed."""
        open_ = (row for row in self.rows if not row.head and row.chosen.isEnabled())
        row = next(open_, None)
        return row.chosen if row else self
