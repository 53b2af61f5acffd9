"""Takes the roster of an agency from a file or from the clipboard."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Final

from PySide6.QtGui import QGuiApplication

from app.core.i18n import _
from app.exchange.roster import RosterRead, read_copied, read_roster
from ui.kit.page import Page

FILES: Final = "*.xlsx *.xls *.csv *.txt"


def ask_roster(page: Page, *, then: Callable[[RosterRead], object]) -> None:
    """Ask which file holds the roster, and read it aside."""

    def read(path: Path) -> None:
        page.desk.produce(_read, path, page.desk.today(), then=then)

    title = _("The roster of the agency")
    page.desk.asking.open_file(page, title, f"{title} ({FILES})", read)


def read_pasted(page: Page, *, then: Callable[[RosterRead], object]) -> None:
    """Read the rows that were copied from a spreadsheet."""
    text = QGuiApplication.clipboard().text()
    page.desk.produce(read_copied, text, page.desk.today(), then=then)


def _read(path: Path, today: date) -> RosterRead:
    return read_roster(path.read_bytes(), today)
