"""What tests of the page of imports do: open a workbook, press, choose a column, wait."""

from pathlib import Path
from typing import Any

from tests.ui.desks import Seat, Seats
from ui.kit.buttons import Button
from ui.kit.choice_editors import ComboBox
from ui.pages.imports import ImportsPage
from ui.pages.imports.columns import ColumnsDialog


def opened(sit: Seats, file: Path, user: str = "wang") -> Seat[ImportsPage]:
    """Open the page of imports and in it a workbook."""
    seat: Seat[ImportsPage] = sit(user, "imports")
    seat.asking.file = file
    press(seat, "act_open_workbook")
    return seat


def button(seat: Seat[Any], name: str) -> Button:
    """Return the button of that name that is seen."""
    found = [each for each in seat.page.findChildren(Button, name) if each.isVisible()]
    assert found, name
    return found[0]


def press(seat: Seat[Any], name: str) -> None:
    """Press a button, which has to be on, and wait for what it does."""
    assert button(seat, name).isEnabled(), button(seat, name).reason
    button(seat, name).click()
    rest(seat)


def rest(seat: Seat[Any]) -> None:
    """Wait for an answer and for what the page asks after it."""
    for _round in range(4):
        seat.rest()


def columns(seat: Seat[ImportsPage]) -> ColumnsDialog:
    """Ask for the columns and return the dialog, the column that is not known first in it."""
    press(seat, "act_columns")
    [dialog] = seat.window.findChildren(ColumnsDialog)
    return dialog


def read_first_as(seat: Seat[ImportsPage], dialog: ColumnsDialog, field: str) -> None:
    """Say what the first column of the dialog is, and read the workbook anew."""
    first = dialog.findChildren(ComboBox)[0]
    at = first.findText(field)
    first.setCurrentIndex(at)
    first.activated.emit(at)
    [again] = [each for each in dialog.findChildren(Button) if each.objectName() == "confirm"]
    again.click()
    rest(seat)
