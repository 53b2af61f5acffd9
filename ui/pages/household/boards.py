"""What people of the household have at the other boards: loans, registrations, jobs."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any

from app.core.i18n import _
from app.core.kinds import Day, Key, Kind, Name, Text
from app.core.money import yuan_text
from app.core.record import Record
from app.loans.queries import loan_rows
from app.loans.records import LoanPage, LoanQuery, LoanRow
from app.placements.placement_queries import placement_rows
from app.placements.placement_records import PlacementQuery, PlacementRow
from app.placements.seeker_queries import seeker_rows
from app.placements.seeker_records import SeekerQuery, SeekerRow
from ui.kit.cards import Card
from ui.kit.cells import Column
from ui.kit.page import Page
from ui.kit.table import RecordTable

LEAST = 130
BOARDS = ("loans", "seekers", "placements")


class BoardRow(Record):
    """A loan, a registration or a placement of somebody of the household."""

    id: Annotated[str, Key()]
    page: Annotated[str, Key()]
    what: Annotated[Any, Kind(label="")]
    """What the page opens."""
    matter: Annotated[str, Text(label="")]
    number: Annotated[str, Text(label="")]
    name: Annotated[str, Name(label="")]
    says: Annotated[str, Text(label="")]
    state: Annotated[str, Text(label="")]
    day: Annotated[date | None, Day(label="")]


class BoardsCard(Card):
    """Shown when there is anything; Enter goes to the board."""

    def __init__(self, page: Page) -> None:
        super().__init__(_("Loans and work"), flush=True)
        self._page = page
        self._told: dict[str, list[BoardRow]] = {}
        self.table: RecordTable[BoardRow] = RecordTable(
            BoardRow,
            [
                Column("matter", _("Matter"), width=100),
                Column("number", _("Number"), width=130),
                Column("name", _("Name"), width=90),
                Column("says", _("What it is"), stretch=True),
                Column("state", _("State"), width=120),
                Column("day", _("Date"), width=110),
            ],
            name="table_boards",
            flat=True,
            sortable=False,
        )
        self.table.opened.connect(self._open)
        self.table.setMinimumHeight(LEAST)
        self.add(self.table)
        self.hide()

    def _open(self, row: BoardRow) -> None:
        self._page.go.emit(row.page, row.what)

    def ask(self, household_id: int) -> None:
        """Ask each board that is open to this person."""
        self._told.clear()
        self.table.show_rows([])
        self.hide()
        ask, may = self._page.desk.ask, self._page.desk.may
        if may(loan_rows):
            asked = LoanQuery(household_id=household_id)
            ask(loan_rows, asked, then=self._take_loans, latest=(self, "loans"))
        if may(seeker_rows):
            seekers = SeekerQuery(household_id=household_id)
            ask(seeker_rows, seekers, then=self._take_seekers, latest=(self, "seekers"))
        if may(placement_rows):
            placed = PlacementQuery(household_id=household_id)
            ask(placement_rows, placed, then=self._take_placements, latest=(self, "placements"))

    def _take_loans(self, found: LoanPage) -> None:
        self._take("loans", [_of_loan(row) for row in found.rows])

    def _take_seekers(self, rows: list[SeekerRow]) -> None:
        self._take("seekers", [_of_seeker(row) for row in rows])

    def _take_placements(self, rows: list[PlacementRow]) -> None:
        self._take("placements", [_of_placement(row) for row in rows])

    def _take(self, board: str, rows: list[BoardRow]) -> None:
        self._told[board] = rows
        found = sorted(self._rows(), key=lambda row: row.day or date.max, reverse=True)
        self.table.show_rows(found)
        self.setVisible(bool(found))

    def _rows(self) -> Iterator[BoardRow]:
        for board in BOARDS:  # whichever answered first: equal days keep this order
            yield from self._told.get(board, [])


def _of_loan(row: LoanRow) -> BoardRow:
    return BoardRow(
        id=f"loan/{row.id}",
        page="loans",
        what=row.id,
        matter=_("Guaranteed loan"),
        number=row.number,
        name=row.name,
        says=_("{purpose}, {fen} yuan").format(
            purpose=row.purpose, fen=yuan_text(row.principal or row.asked)
        ),
        state=row.state.label,
        day=row.lent_on,
    )


def _of_seeker(row: SeekerRow) -> BoardRow:
    return BoardRow(
        id=f"job_seeker/{row.id}",
        page="jobs",
        what=row.id,
        matter=_("Job seeker"),
        number=row.number,
        name=row.name,
        says="、".join(row.wishes),
        state=row.state.label,
        day=row.registered_on,
    )


def _of_placement(row: PlacementRow) -> BoardRow:
    return BoardRow(
        id=f"placement/{row.id}",
        page="jobs",
        what=("placements", row.id),
        matter=_("Placed"),
        number=row.number,
        name=row.name,
        says=f"{row.employer}　{row.occupation}",
        state=row.state.label,
        day=row.started_on,
    )
