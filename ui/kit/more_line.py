"""The second line of a typed row: what is asked of some only, shut until it is wanted."""

from collections.abc import Collection, Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.core.i18n import _
from ui.kit.buttons import Button
from ui.kit.cells import shown
from ui.kit.editing import SPANS
from ui.kit.editors import Editor
from ui.kit.labels import Elided, Icon, Label

KEY = "Ctrl+D"


class MoreButton(Button):
    """Opens the line; its key is shared by all rows and bound once, for the row in focus."""

    aside = True

    def _bind(self, key: str) -> None:
        """Leave the key to the list of rows."""


class MoreLine(QWidget):
    """Shut, one line of words: what is not asked yet, else what was said. Open, the fields.

    Only fields that fit the row stand in it, and those that hold something.
    """

    turned = Signal()
    """It was opened or shut by its button."""

    def __init__(self, editors: Mapping[str, Editor], always: Collection[str], name: str) -> None:
        super().__init__()
        self._editors = dict(editors)
        self._always = always
        self._asked: tuple[str, ...] = ()
        self.button = MoreButton(
            _("More"), self.turned.emit, kind="quiet", key=KEY, small=True, name=f"{name}_more"
        )
        self.button.icon_name = "chevron-down"
        self._mark = Icon("circle-dashed", "wait", 14)
        self._says = Elided(role="small")
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(6)
        head.addWidget(self.button)
        head.addWidget(self._mark)
        head.addWidget(self._says, 1)
        self._area = QWidget(self)
        self._boxes = {name: _labelled(each, self._area) for name, each in self._editors.items()}
        self._grid = QGridLayout(self._area)
        self._grid.setContentsMargins(12, 2, 0, 8)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(6)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(head)
        column.addWidget(self._area)
        self._area.hide()
        for box in self._boxes.values():
            box.hide()

    def is_open(self) -> bool:
        """Tell whether the fields are shown."""
        return not self._area.isHidden()

    def turn(self, *, open_: bool) -> None:
        """Show or hide the fields."""
        self._area.setVisible(open_)
        self.button.icon_name = "chevron-up" if open_ else "chevron-down"
        self.button.setText(_("Less") if open_ else _("More"))
        self._tell()

    def ask(self, names: Sequence[str]) -> None:
        """Ask these fields; what else is always offered or holds something is shown too."""
        self._asked = tuple(names)
        fitting = {*names, *self._always}
        self._place([each for each, box in self._editors.items() if each in fitting or _held(box)])
        self._tell()

    def add(self, editors: Mapping[str, Editor]) -> None:
        """Take further editors in, after the others."""
        self._editors |= editors
        for name, editor in editors.items():
            self._boxes[name] = _labelled(editor, self._area)
            self._boxes[name].hide()

    def offer(self, names: Collection[str]) -> None:
        """Offer these fields whoever the row is about."""
        self._always = names
        self.ask(self._asked)

    def gaps(self) -> list[str]:
        """Return the fields that are asked and empty."""
        return [name for name in self._asked if self._editors[name].blank()]

    def shown(self) -> list[str]:
        """Return the fields that stand in the line when it is open, in order."""
        return [name for name, box in self._boxes.items() if not box.isHidden()]

    def _place(self, names: Sequence[str]) -> None:
        """Put the fields on a grid of twelve columns, row by row."""
        row = at = 0
        for name, box in self._boxes.items():
            box.setVisible(name in names)
            if name not in names:
                continue
            span = SPANS.get(type(self._editors[name].field.kind), 4)
            if at + span > 12:
                row, at = row + 1, 0
            self._grid.addWidget(box, row, at, 1, span)
            at += span
        for column in range(12):
            self._grid.setColumnStretch(column, 1)

    def _tell(self) -> None:
        """Say what is not asked yet, or what was said; open, the fields say it."""
        missing = [_(self._editors[name].field.kind.label) for name in self.gaps()]
        words = _("Not asked yet: {names}").format(names=_(", ").join(missing))
        if not missing:
            words = "　".join(_said(editor) for editor in self._editors.values() if _held(editor))
        self._mark.setVisible(bool(missing) and not self.is_open())
        self._says.setText("" if self.is_open() else words)
        self._says.set_tone("wait" if missing else "")


def _held(editor: Editor) -> bool:
    return not editor.blank()


def _said(editor: Editor) -> str:
    kind = editor.field.kind
    words = shown(kind, editor.value()) or editor.text()
    return _("{label}: {value}").format(label=_(kind.label), value=words)


def _labelled(editor: Editor, parent: QWidget) -> QWidget:
    box = QWidget(parent)
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(2)
    label = Label(_(editor.field.kind.label), "small")
    label.setBuddy(editor.target())
    column.addWidget(label)
    column.addWidget(editor)
    return box
