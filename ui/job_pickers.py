"""Picks a job seeker or an employer for whatever is done for one."""

from app.core.i18n import _
from app.core.words.placements import SeekerState
from app.placements.employer_queries import employer_rows
from app.placements.employer_records import EmployerQuery, EmployerRow
from app.placements.seeker_queries import seeker_rows
from app.placements.seeker_records import SeekerQuery, SeekerRow
from ui.desk import Desk
from ui.kit.cards import EmptyState
from ui.kit.cells import Cell, Column
from ui.kit.picker import Picker
from ui.kit.table import RecordTable

MOST = 20
REGISTERED = (SeekerState.SEEKING, SeekerState.PLACED)


class SeekerPicker(Picker[SeekerRow]):
    """Picks somebody whose registration was not withdrawn."""

    def __init__(self, desk: Desk) -> None:
        table: RecordTable[SeekerRow] = RecordTable(
            SeekerRow,
            [
                Column("name", width=150, cell=_seeker),
                Column("number", _("Registration"), cell=_registration, stretch=True),
            ],
            name="table_seekers_found",
            two_lines=True,
            sortable=False,
            empty=EmptyState(_("Only who is registered can be chosen")),
        )
        hint = _("Name, registration number or whole ID number")
        super().__init__(table, label=_("Job seeker"), hint=hint, name="pick_seeker")
        self._desk = desk

    def seek(self, text: str) -> None:
        """Ask for the seekers that fit."""
        asked = SeekerQuery(text=text, states=REGISTERED, limit=MOST)
        self._desk.ask(seeker_rows, asked, then=self.show_found, latest=self)


class EmployerPicker(Picker[EmployerRow]):
    """Picks an employer."""

    def __init__(self, desk: Desk) -> None:
        table: RecordTable[EmployerRow] = RecordTable(
            EmployerRow,
            [
                Column("name", cell=_employer, stretch=True),
                Column("missing", _("Papers shown"), width=150, cell=_papers),
            ],
            name="table_employers_found",
            two_lines=True,
            sortable=False,
            empty=EmptyState(_("An employer that is new is entered first")),
        )
        hint = _("A part of the name, or the code")
        super().__init__(table, label=_("Employer"), hint=hint, name="pick_employer")
        self._desk = desk

    def seek(self, text: str) -> None:
        """Ask for the employers that fit."""
        asked = EmployerQuery(text=text, limit=MOST)
        self._desk.ask(employer_rows, asked, then=self.show_found, latest=self)


def _seeker(row: SeekerRow) -> Cell:
    age = _("aged {age}").format(age=row.age)
    return Cell(row.name, f"{row.sex.label}　{age}", bold=True)


def _registration(row: SeekerRow) -> Cell:
    wishes = "、".join(row.wishes)
    if row.expired:
        words = f"{row.number}　{_('Registration expired')}"
        return Cell(words, wishes, icon="triangle-alert", tone="wait")
    return Cell(f"{row.number}　{row.state.label}", wishes)


def _employer(row: EmployerRow) -> Cell:
    return Cell(row.name, row.uscc, bold=True)


def _papers(row: EmployerRow) -> Cell:
    if row.barred:
        return Cell(_("On the blacklist"), icon="ban", tone="bad")
    if row.missing:
        return Cell(_("Papers missing"), "、".join(row.missing), icon="triangle-alert", tone="wait")
    return Cell(_("Papers complete"), icon="circle-check", tone="ok")
