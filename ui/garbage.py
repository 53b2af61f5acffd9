"""Frees what nobody reaches any more, on the thread of the screen only.

A page that went away is a ring of references, so it is freed by Python's collector, and that runs
in whatever thread happens to allocate. A widget freed by a thread that reads the store takes
the program down; so the collector is called from here instead of by itself.
"""

import gc
from typing import Final

from PySide6.QtCore import QObject, QTimer

EVERY_MS: Final = 500


class Collector(QObject):
    """Calls the collector as often as it would call itself, between two events."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.collect)
        self._timer.start()

    def collect(self) -> None:
        """Collect the oldest generation whose count is over its threshold."""
        counts, limits = gc.get_count(), gc.get_threshold()
        for generation in (2, 1, 0):
            if counts[generation] > limits[generation]:
                gc.collect(generation)
                return
