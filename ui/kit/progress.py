"""How far long work is: a bar, words, and a way to stop it."""

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.core.i18n import _
from ui.kit.buttons import Button
from ui.kit.labels import Label
from ui.kit.notices import ProgressBar


class ProgressLine(QWidget):
    """One line: words, the bar, per cent, and the button that stops; hidden while nothing runs."""

    def __init__(self, stop: Callable[[], object]) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        self._words = Label(role="small")
        self._bar = ProgressBar()
        self._share = Label(role="small")
        self._share.setObjectName("progress_share")
        row.addWidget(self._words)
        row.addWidget(self._bar, 1)
        row.addWidget(self._share)
        row.addWidget(Button(_("Stop"), stop, kind="quiet", name="act_stop_job"))
        self.hide()

    def begin(self, words: str) -> None:
        """Show that something runs."""
        self._words.setText(words)
        self.show_share(0)
        self.show()

    def show_share(self, share: float) -> None:
        """Show how far it is, 0 to 1."""
        self._bar.set_share(share)
        self._share.setText(f"{share:.0%}")
