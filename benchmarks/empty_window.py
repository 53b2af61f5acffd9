"""The floor of a start: a Qt window with nothing in it, painted.

Called with the monotonic time at which the process was asked for; prints the seconds since.
"""

import sys
import time

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget


class Empty(QWidget):
    """Tells when it was painted."""

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        QTimer.singleShot(0, self._painted)

    def _painted(self) -> None:
        print(time.monotonic() - float(sys.argv[1]), flush=True)
        QApplication.quit()


if __name__ == "__main__":
    application = QApplication([])
    window = Empty()
    window.resize(1366, 768)
    window.show()
    sys.exit(application.exec())
