"""What is known of a paper, in words: state, number, wording, copies, check code, prints."""

import re
from typing import Final

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.core.i18n import N_, _
from app.core.words.papers import PaperState
from app.papers.records import PaperRow
from app.papers.records import PaperView as Opened
from app.papers.sheet import Sheet
from ui.kit.cards import clear_layout
from ui.kit.cells import Cell
from ui.kit.labels import Chip, Label, Rule

STATES: Final = {
    "unprinted": (N_("To print"), "clock", "wait"),
    "printed": (N_("Has been printed"), "circle-check", "ok"),
    "reprinted": (N_("Reprint {copy}"), "copy-plus", "accent"),
    "void": (N_("Void"), "ban", "bad"),
}
"""How a paper stands in the register: words, icon, tone."""
NUMBERED: Final = re.compile(r"(?P<name>.+) (?P<number>\S*\d{4}-\d+)")
"""A title that ends with the number of what the paper belongs to."""


class PaperFacts(QWidget):
    """What is known of a paper: number, wording, copies, check code, every print."""

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(14, 12, 12, 12)
        self._column.setSpacing(2)

    def clear(self) -> None:
        """Show nothing."""
        clear_layout(self._column)

    def show_paper(self, opened: Opened) -> None:
        """Show what is known of this paper."""
        self.clear()
        row, sheet = opened.row, opened.sheet
        words, icon, tone = state_of(row)
        chip = QHBoxLayout()
        chip.addWidget(Chip(words, icon, tone))
        chip.addStretch(1)
        self._column.addLayout(chip)
        if opened.void_reason:
            self._say(_("Why it is void"), opened.void_reason)
        self._say(_("Number"), row.number)
        self._say(_("Wording"), _wording(sheet))
        self._say(_("Copies"), _copies(row))
        self._say(_("Check code"), sheet.check_code)
        issued = f"{row.issued_at.astimezone():%Y-%m-%d %H:%M}　{row.issued_by}"
        self._say(_("Issued at"), issued)
        if opened.prints:
            self._column.addSpacing(8)
            self._column.addWidget(Rule())
        for each in opened.prints:
            at = f"{each.printed_at.astimezone():%m-%d %H:%M}"
            told = "　".join(part for part in (each.printed_by, each.reason) if part)
            self._say(_("Copy {copy}, {at}").format(copy=each.copy, at=at), told)
        self._column.addStretch(1)
        note = Label(_("A copy counts once the printer has taken it"), "small", wrap=True)
        self._column.addWidget(note)

    def _say(self, name: str, value: str) -> None:
        self._column.addSpacing(8)
        self._column.addWidget(Label(name, "small"))
        shown = Label(value, wrap=True)
        self._column.addWidget(shown)


def short_number(number: str) -> str:
    """Return a number without what stands before its year: 〔2013〕第00118号."""
    return number[number.find("〔") :] if "〔" in number else number


def state_of(row: PaperRow) -> tuple[str, str, str]:
    """Return how a paper stands: words, icon, tone."""
    if row.state is PaperState.VOID:
        key = "void"
    else:
        key = ("unprinted", "printed", "reprinted")[min(row.prints, 2)]
    words, icon, tone = STATES[key]
    return _(words).format(copy=row.prints - 1), icon, tone


def paper_cell(row: PaperRow) -> Cell:
    """Return the first cell of the register: which paper, with its number."""
    return Cell(row.kind.label, short_number(row.number))


def about_cell(row: PaperRow) -> Cell:
    """Return whom a paper is about; the number of the loan or registration stands below."""
    match = NUMBERED.fullmatch(row.title)
    if match is None:
        return Cell(row.title, row.note)
    return Cell(match["name"], row.note or match["number"])


def state_cell(row: PaperRow) -> Cell:
    """Return the cell of the register that says how the paper stands."""
    words, icon, tone = state_of(row)
    return Cell(words, icon=icon, tone=tone)


def _wording(sheet: Sheet) -> str:
    return _("{paper}, wording of {day}").format(
        paper=sheet.kind.label, day=sheet.template.rpartition("/")[2]
    )


def _copies(row: PaperRow) -> str:
    if row.state is PaperState.VOID:
        return _("{count} printed").format(count=row.prints)
    if not row.prints:
        return _("1 copy, original")
    return _("{count} printed, next is copy {copy}").format(count=row.prints, copy=row.prints + 1)


def line_of(opened: Opened) -> str:
    """Return what the side column says in one line, for small windows."""
    row = opened.row
    parts = (state_of(row)[0], row.number, _copies(row), opened.sheet.check_code)
    return "　".join(parts)
