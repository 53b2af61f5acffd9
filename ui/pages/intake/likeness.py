"""The duplicate panel: who may be the same person, and by what. It advises and never blocks."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.i18n import _
from app.core.words.households import FileState
from app.households.records import Likeness
from ui.kit.banners import Banner
from ui.kit.buttons import Button

OPEN_FILES: Final = frozenset({FileState.PENDING, FileState.ACTIVE})
"""Who stands in one of these cannot be taken in a second time."""


class LikenessPanel(QWidget):
    """One banner between the fields while another household looks the same."""

    open_wanted = Signal(int)
    """Open this household instead."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("likenesses")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 4)
        self._banner: Banner | None = None
        self._shown: tuple[Likeness, ...] = ()
        self._dismissed: set[int] = set()
        self.hide()

    def begin(self) -> None:
        """Forget everything: another person stands at the counter."""
        self._dismissed.clear()
        self.show_likenesses(())

    def show_likenesses(self, found: Sequence[Likeness]) -> None:
        """Show the likeliest household, or take the panel away."""
        likes = tuple(like for like in found if like.household_id not in self._dismissed)
        if likes == self._shown:
            return
        self._shown = likes
        if self._banner is not None:
            self._column.removeWidget(self._banner)
            self._banner.hide()
            self._banner.deleteLater()
            self._banner = None
        if likes:
            self._banner = self._made(likes[0], len(likes) - 1)
            self._column.addWidget(self._banner)
        self.setVisible(bool(likes))

    def _made(self, like: Likeness, others: int) -> Banner:
        file = like.file_number or _("no file number yet")
        name = like.name
        if like.relation is not None or like.head != like.name:
            name = _("{name} ({relation} in the household of {head})").format(
                name=name, relation=like.relation or _("member"), head=like.head
            )
        if like.left_on is not None:
            left = _("former member, until {day}").format(day=like.left_on)
            name = _("{name}, {left}").format(name=name, left=left)
        title = _("Perhaps known: {name}, {file} ({state})").format(
            name=name, file=file, state=like.file_state.label
        )
        same = _(", ").join(_(label) for label in like.same)
        barred = like.certain and like.file_state in OPEN_FILES
        says = (
            _("The same: {fields}. A person stands in one open file only: open that household")
            if barred
            else _("The same: {fields}. You can go on")
        )
        text = says.format(fields=same)
        if others:
            text += _("; {count} more look alike").format(count=others)
        opens = Button(
            _("Open that household"), self.open, key="Alt+O", icon="folder-open",
            name="open_existing",
        )  # fmt: skip
        acts = [opens]
        if not barred:
            dismiss = Button(
                _("Another person"), self._dismiss, kind="quiet", name="another_person"
            )
            acts.insert(0, dismiss)
        for act in acts:
            act.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Enter goes from field to field past it
        tone = "bad" if like.certain else "wait"
        return Banner(tone, title, text, acts, icon="users")

    def open(self) -> None:
        """Ask for the household shown."""
        if self._shown:
            self.open_wanted.emit(self._shown[0].household_id)

    def _dismiss(self) -> None:
        self._dismissed |= {like.household_id for like in self._shown}
        self.show_likenesses(())

    def says(self) -> str:
        """Return the words shown, or nothing."""
        return f"{self._banner.title} {self._banner.text}" if self._banner else ""
