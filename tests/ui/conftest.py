"""What tests of the screens share: the dressed application, widgets in a window, pictures."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QPointF, Qt
from PySide6.QtGui import QDropEvent, QImage, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.desks import Seats
from tests.world import World
from ui import theme
from ui.application import dress

SMALL = (1366, 690)
"""What a 768-line office screen leaves under a title bar and a task bar."""


PATIENCE_MS = 60_000
"""How long a test waits for what must come: a wait ends as soon as it is there, and what a busy
machine is late with is not wrong."""


class PatientBot(QtBot):
    """A bot that waits for as long as it takes."""

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = PATIENCE_MS) -> None:
        """Wait until ``callback`` is true, or asserts nothing that does not hold."""
        super().waitUntil(callback, timeout=timeout)


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    """A bot for one test, with patience."""
    return PatientBot(request)


class Shown(Protocol):
    """Shows a widget in a window and lays it out."""

    def __call__(self, widget: QWidget, width: int = ..., height: int = ...) -> QWidget: ...


@pytest.fixture(scope="session")
def qapp(qapp_args: list[str]) -> QApplication:
    """The one application, dressed as the program dresses it."""
    app = QApplication(qapp_args)
    dress(app, "zh_CN", 100, theme.Scheme.LIGHT)
    return app


@pytest.fixture(autouse=True)
def usual_look(qapp: QApplication) -> Iterator[None]:
    """Return to the light scheme at 100 % after a test that chose another, once its windows,
    which would all have to be laid out again, are gone."""
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    if (theme.scheme(), theme.percent()) != (theme.Scheme.LIGHT, 100):
        theme.use(qapp, theme.Scheme.LIGHT, 100)


def settle() -> None:
    """Let layouts come to rest: heights that follow widths need more than one round."""
    for _round in range(6):
        QCoreApplication.sendPostedEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)


def type_text(widget: QWidget, text: str) -> None:
    """Type characters of any script into a field, as key presses."""
    for character in text:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            key = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, character)
            QCoreApplication.sendEvent(widget, key)


def click_key(
    widget: QWidget,
    key: Qt.Key,
    modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> None:
    """Press and release a key as the keyboard does, shortcuts included."""
    QTest.keyClick(widget, key, modifier)


@pytest.fixture
def shown(qtbot: QtBot) -> Shown:
    """Show a widget in a window of its own and return the window."""

    kept: list[QWidget] = []

    def show(widget: QWidget, width: int = SMALL[0], height: int = SMALL[1]) -> QWidget:
        window = widget
        if not widget.objectName() or widget.objectName() != "window":
            window = QWidget()
            window.setObjectName("window")
            column = QVBoxLayout(window)
            column.setContentsMargins(0, 0, 0, 0)
            column.addWidget(widget)
        kept.append(window)  # nobody else holds it
        qtbot.addWidget(window)
        window.resize(width, height)
        with qtbot.waitExposed(window, timeout=PATIENCE_MS):
            window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        settle()
        return window

    return show


@pytest.fixture
def picture(tmp_path: Path) -> Callable[[QWidget, str], Path]:
    """Keep a picture of a widget in the folder of the test."""

    def take(widget: QWidget, name: str) -> Path:
        settle()
        path = tmp_path / f"{name}.png"
        assert widget.grab().save(str(path))
        return path

    return take


def check_fits(window: QWidget) -> None:
    """Hold a window to the smallest screen: nothing pushes it, nothing in it is cut sideways."""
    assert (window.width(), window.height()) == SMALL, "nothing asked for more room"
    for area in window.findChildren(QScrollArea):
        if area.isVisible():
            assert area.widget().minimumSizeHint().width() <= area.viewport().width()


def drop(widget: QWidget, content: bytes) -> None:
    """Drop a picture on a widget that takes documents."""
    data = QMimeData()
    data.setImageData(QImage.fromData(content))
    event = QDropEvent(
        QPointF(9, 9), Qt.DropAction.CopyAction, data,
        Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    widget.dropEvent(event)
    assert event.isAccepted()


@pytest.fixture
def sit(world: World, qtbot: QtBot, shown: Shown) -> Iterator[Seats]:
    """Seat people of the world before the frame with one page open: ``sit("zhao", "approval")``."""

    def wait(ready: Callable[[], bool]) -> None:
        qtbot.waitUntil(ready)

    seats = Seats(world, shown, wait, settle)
    yield seats
    seats.close()
