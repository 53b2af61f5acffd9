"""Where the data shall be kept, and whether that place will do."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QWidget,
)

from app.core.i18n import N_, _
from app.entrance import LEAST_FREE, Site
from ui.first_start.steps import Step
from ui.kit.buttons import Button
from ui.kit.cards import Card
from ui.kit.labels import Label, Status
from ui.kit.layout import row


class PlaceStep(Step):
    """Where the data lie, and what the place is like."""

    name = N_("Place and encryption")
    question = N_("Where shall the data be kept?")
    about = N_("On a disk of this PC, always encrypted. Each person opens them with a password.")
    look_wanted = Signal(object)
    """Ask what the place (a `Path`) is like; answered by `show_site`."""
    folder_wanted = Signal()

    def __init__(self, place: Path) -> None:
        super().__init__()
        self._fits = False
        card = Card()
        self.line = QLineEdit(str(place))
        self.line.setObjectName("place")
        caption = Label(_("Data file"), "small")
        caption.setBuddy(self.line)
        card.add(caption)
        change = Button(_("Change…"), self.folder_wanted.emit, name="act_change_place")
        holder = QHBoxLayout()
        holder.setSpacing(8)
        holder.addWidget(self.line, 1)
        holder.addWidget(change)
        card.add(holder)
        self._local = Status("", "circle-dashed")
        self._writable = Status("", "circle-dashed")
        self._free = Status("", "circle-dashed")
        card.add(row(self._local, self._writable, self._free, None, spacing=20))
        self.trouble = Label(tone="bad", wrap=True)
        self.trouble.setObjectName("place_trouble")
        card.add(self.trouble)
        self.column.addWidget(card)
        facts = Card(_("How it is protected"))
        for words in (
            N_("The data file is encrypted with a random key (AES-256)"),
            N_("The key is wrapped for each person by password; it lies nowhere in the clear"),
            N_("A recovery key is shown at the end: print it twice and seal it"),
            N_("Shared folders are refused: data files get damaged there"),
        ):
            facts.add(Status(_(words), "lock-keyhole", ""))
        self.column.addWidget(facts)
        self.column.addStretch(1)
        self.line.editingFinished.connect(self.look)

    def place(self) -> Path:
        """Return the chosen place."""
        return Path(self.line.text().strip()).expanduser()

    def set_place(self, place: Path) -> None:
        """Choose another place."""
        self.line.setText(str(place))
        self.look()

    def look(self) -> None:
        """Have the place looked at."""
        self._fits = False
        self.look_wanted.emit(self.place())

    def show_site(self, site: Site) -> None:
        """Show what the place is like."""
        self._fits = site.fits()
        _say(self._local, not site.network, N_("Disk of this PC"), N_("Network share"))
        _say(self._writable, site.writable, N_("Writable"), N_("Not writable"))
        gigabytes = f"{site.free / 1e9:,.1f}"
        enough = site.free >= LEAST_FREE
        self._free.show_state(
            _("{gigabytes} GB free").format(gigabytes=gigabytes),
            "circle-check" if enough else "circle-x",
            "ok" if enough else "bad",
        )
        taken = _("There are data at this place already. Choose another name or folder.")
        full = _("Too little room: at least 0.5 GB should be free.")
        blocked = _("The folder cannot be written to. Choose another one.")
        self.trouble.setText(
            site.network
            or (taken if site.taken else "")
            or (blocked if not site.writable else "")
            or ("" if enough else full)
        )

    def ready(self) -> bool:
        """Tell whether a store can be made there."""
        return self._fits

    def first(self) -> QWidget:
        """Return the line with the place."""
        return self.line


def _say(status: Status, good: bool, yes: str, no: str) -> None:
    icon, tone = ("circle-check", "ok") if good else ("circle-x", "bad")
    status.show_state(_(yes if good else no), icon, tone)
