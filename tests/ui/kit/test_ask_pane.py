"""The pane that asks for one thing at a time."""

from typing import Annotated

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from app.core.kinds import Text
from app.core.record import Record
from tests.ui.conftest import Shown
from ui.kit.ask_pane import AskPane
from ui.kit.editing import Context
from ui.kit.form import FormView


class Note(Record):
    """A form of two fields."""

    first: Annotated[str, Text(label="")] = ""
    last: Annotated[str, Text(label="")] = ""


def test_tab_goes_from_the_last_field_to_what_is_done_with_the_form(shown: Shown) -> None:
    beside, pane = QLineEdit(), AskPane(lambda: None, "pane")
    page = QWidget()
    row = QHBoxLayout(page)
    row.addWidget(beside)
    row.addWidget(pane)
    window = shown(page, 800, 400)
    window.activateWindow()
    for _time in range(2):  # the second form is newer than the buttons too
        form: FormView[Note] = FormView(Note, ["first", "last"], context=Context())
        pane.ask("登记", form, "登记便条", print)
        form.show()
        last = form.boxes["last"].editor.target()
        last.setFocus()
        QTest.keyClick(last, Qt.Key.Key_Tab)
        assert window.focusWidget() is pane.finish
