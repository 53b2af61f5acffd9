"""Drives the real program as a person would: opens pages, types, presses, takes pictures.

The tour and the journey tests share it. It waits for what the program does, never for a time.
"""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QElapsedTimer, QEvent, QEventLoop, Qt, QTimer
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QWidget

from app.core.record import Nothing, Record
from app.disbursements.batch_queries import batch_rows
from app.disbursements.queries import award_rows
from app.disbursements.records import AwardQuery
from app.loans.queries import loan_rows
from app.loans.records import LoanQuery
from app.search.queries import search
from app.search.records import SearchQuery
from app.work import Query
from ui.kit.buttons import Button
from ui.kit.cards import AreaCard
from ui.kit.page import Page
from ui.kit.segments import Segments
from ui.main_window import MainWindow
from ui.start import Program

PATIENCE_MS = 60_000
PUT_OFF_MS = 1_200
"""Longer than what a page puts off until the typing pauses."""

Request = TypeVar("Request", bound=Record)
Result = TypeVar("Result")

W = TypeVar("W", bound=QWidget)


class NotThere(AssertionError):
    """A page has not what it should have: said with what it has instead."""


def type_text(field: QWidget, text: str) -> None:
    """Type a text: Chinese through the input method, the rest by keys."""
    if text.isascii():
        QTest.keyClicks(field, text)
        return
    composed = QInputMethodEvent(text, [])
    QCoreApplication.sendEvent(field, composed)
    done = QInputMethodEvent("", [])
    done.setCommitString(text)
    QCoreApplication.sendEvent(field, done)


class Driver:
    """Somebody who sits at the program."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self._bugs: list[str] = []
        program.feedback.bug.connect(self._note_bug)

    def _note_bug(self, words: str, _number: str) -> None:
        self._bugs.append(words)

    # Signing in and out

    def sign_in(self, user: str, password: str) -> None:
        """Sign in, or take the locked desk over."""
        gate = self.program.gate
        if gate is None:
            raise NotThere("there is no sign-in")
        gate.lock()
        gate.sign_in.choose(user)
        gate.sign_in.wanted.emit(user, password)
        self.until(lambda: gate.frame() is not None and self.window.desk.actor.user == user)
        self.until(lambda: gate.currentWidget() is gate.frame())
        self.rest()

    @property
    def window(self) -> MainWindow:
        """Return the desk in use."""
        frame = self.program.gate.frame() if self.program.gate else None
        if frame is None:
            raise NotThere("nobody is signed in")
        return frame

    @property
    def page(self) -> Page:
        """Return the page in sight."""
        page = self.window.page()
        if page is None:
            raise NotThere("no page is in sight")
        return page

    # Working

    def open(self, name: str, what: object = None) -> Page:
        """Open a page and wait until it shows what it has."""
        page = self.window.go(name, what)
        if page is None:
            raise NotThere(f"{name} is not open to {self.window.desk.actor.user}")
        self.rest()
        return page

    def find(self, kind: type[W], name: str, inside: QWidget | None = None) -> W:
        """Return a widget by its object name."""
        home = inside or self.page
        found = home.findChild(kind, name)
        if found is None:
            there = sorted({each.objectName() for each in home.findChildren(kind)} - {""})
            raise NotThere(f"no {kind.__name__} {name} here; there are {', '.join(there)}")
        return found

    def press(self, name: str, inside: QWidget | None = None) -> None:
        """Press a button and wait for what it does."""
        button = self.find(Button, name, inside)
        if not button.isEnabled():
            raise NotThere(f"{name} is closed: {button.reason}")
        button.click()
        self.rest()

    def key(self, key: str) -> None:
        """Press a function key and wait for what it does."""
        self.window.press(key)
        self.rest()

    def fill(self, name: str, value: str, inside: QWidget | None = None) -> None:
        """Give a field its value the way a person would: type, choose from the list, press."""
        field = self.find(QWidget, name, inside)
        field.setFocus()
        if isinstance(field, QComboBox):
            self._choose(field, value)
        elif isinstance(field, Segments):
            self._press_part(field, value)
        elif isinstance(field, QAbstractButton):
            if not field.isChecked():
                field.click()
        else:
            if isinstance(field, QLineEdit):
                field.selectAll()  # what stands there is typed over
            type_text(field, value)
            QTest.keyClick(field, Qt.Key.Key_Tab)

    def choose_answer(self, name: str) -> None:
        """Choose an answer of the assessment, by area and measure."""
        card = self.find(AreaCard, f"area_{name}")
        card.setFocus()
        card.click()
        self.rest()

    def _choose(self, box: QComboBox, value: str) -> None:
        at = box.findText(value, Qt.MatchFlag.MatchStartsWith)
        if at < 0:
            raise NotThere(f"{box.objectName()} does not offer {value}")
        box.setCurrentIndex(at)
        box.activated.emit(at)

    def _press_part(self, segments: Segments, value: str) -> None:
        words = segments.words()
        if value not in words:
            raise NotThere(f"{segments.objectName()} does not offer {value}")
        segments.press(words.index(value))

    def rest(self) -> None:
        """Wait until nothing is awaited: answers, layouts, and what was put off for a moment."""
        self.until(self.program.tasks.idle)
        for _round in range(3):
            self.spin(10)
            self.until(self.program.tasks.idle)

    def until(self, holds: Callable[[], bool]) -> None:
        """Wait until something holds; raise `NotThere` when it does not come."""
        clock = QElapsedTimer()
        clock.start()
        while not holds():
            if self._bugs:
                raise NotThere(self._bugs.pop())
            if clock.elapsed() > PATIENCE_MS:
                raise NotThere("what was waited for did not come")
            self.spin(5)

    @staticmethod
    def spin(milliseconds: int) -> None:
        """Let the program work for a moment."""
        loop = QEventLoop()
        QTimer.singleShot(milliseconds, loop.quit)
        loop.exec()

    def settle(self) -> None:
        """Wait for what the page put off: a draft, a pre-judgement, a preview."""
        self.spin(PUT_OFF_MS)
        self.rest()

    def show_field(self, name: str) -> None:
        """Put the focus on a field, so that it is in sight."""
        self.find(QWidget, name).setFocus()
        self.rest()

    def search(self, text: str) -> None:
        """Type into the universal box and wait for its list."""
        box = self.window.box
        self.window.window().activateWindow()  # without a screen nobody else does, after a dialog
        box.setFocus()
        box.clear()
        type_text(box, text)
        self.settle()

    # Asking the store, as the person at the desk

    def household_of(self, name: str) -> int:
        """Return the newest household whose head has this name."""
        return self._ask(search, SearchQuery(text=name)).hits[0].id

    def newest_award(self, household_id: int) -> int:
        """Return the newest award of a household."""
        return self._ask(award_rows, AwardQuery(household_id=household_id))[-1].id

    def newest_batch(self) -> int:
        """Return the newest batch."""
        return self._ask(batch_rows, Nothing())[0].id

    def loans_of(self, name: str) -> list[int]:
        """Return the loans of a borrower, the newest first."""
        return [row.id for row in self._ask(loan_rows, LoanQuery(text=name)).rows]

    def _ask(self, query: Query[Request, Result], request: Request) -> Result:
        office = self.program.office
        if office is None:
            raise NotThere("no store is open")
        return office.ask(self.window.desk.actor, query, request)

    # Looking

    def texts(self, widget: QWidget | None = None) -> list[str]:
        """Return the words in sight, label by label."""
        labels = (widget or self.window).findChildren(QLabel)
        return [label.text() for label in labels if label.isVisible() and label.text()]

    def picture(self, widget: QWidget, path: Path) -> str:
        """Keep a picture of a widget; return the digest of the file."""
        for _round in range(6):
            QCoreApplication.sendPostedEvents()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        if not widget.grab().save(str(path)):
            raise NotThere(f"{path.name} could not be written")
        return hashlib.sha256(path.read_bytes()).hexdigest()

    def toast(self) -> str:
        """Return what the toast says."""
        return " ".join(self.texts(self.window.toast))

    def __repr__(self) -> str:
        return f"Driver({self.page.name})" if self.program.gate else "Driver()"
