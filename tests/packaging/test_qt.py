"""The Qt that is installed is one that Bangfu can live with."""

import sys
from importlib.metadata import version

from PySide6.QtCore import QObject, Signal

SIGNALS = 5_000


class Sender(QObject):
    """Says yes or nothing."""

    said = Signal(object)
    answered = Signal(bool)


def test_the_version_is_in_the_range_of_pyproject() -> None:
    """See docs/adr/0007-pyside6-pin.md."""
    installed = tuple(int(part) for part in version("PySide6-Essentials").split("."))
    assert (6, 9, 3) <= installed < (6, 12)


def test_signals_keep_the_references_to_true_and_none() -> None:
    """PySide6 6.12.0 on Python 3.11 gives one back too many each time, and aborts at the end."""
    sender = Sender()
    heard = 0

    def hear(what: object) -> None:
        nonlocal heard
        heard += 1

    sender.said.connect(hear)
    sender.answered.connect(hear)
    before = sys.getrefcount(True), sys.getrefcount(None)
    for _ in range(SIGNALS):
        sender.said.emit(True)
        sender.said.emit(None)
        sender.answered.emit(True)
        sender.isWidgetType()
        sender.blockSignals(False)
    after = sys.getrefcount(True), sys.getrefcount(None)
    assert heard == 3 * SIGNALS
    # Other code holds a few more or less meanwhile; a leak is of the order of the emissions.
    assert all(abs(new - old) < SIGNALS / 10 for old, new in zip(before, after, strict=True))
