"""The blacklist: who is on it and why, objections that wait, who was taken off."""

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Final

from app.core.i18n import _
from app.core.words.placements import BarState
from app.placements.employer_queries import bar_rows
from app.placements.employer_records import BarQuery, BarRow
from app.placements.employers import lift_bar, note_objection, uphold_bar
from ui.kit.ask_pane import Act
from ui.kit.asking_page import Offers
from ui.kit.cards import EmptyState, Facts
from ui.kit.cells import Column
from ui.kit.choice_editors import ComboBox
from ui.kit.detail import DetailCard, Line, scrolled
from ui.kit.table import RecordTable
from ui.kit.worklist import Worklist, listed
from ui.pages.vacancies.cells import bar_cell, bar_standing, bar_state_cell
from ui.pages.vacancies.employer_acts import EmployerActs

if TYPE_CHECKING:
    from ui.pages.vacancies.page import VacanciesPage

LIVE: Final = "live"
UNANSWERED: Final = "unanswered"
ALL: Final = "all"


class BarDetail(DetailCard):
    """The entry that is chosen."""

    def __init__(self) -> None:
        self._facts = Facts(120)
        super().__init__(
            "bar", _("Choose an entry"), {"facts": (_("Entry"), scrolled(self._facts))}
        )

    def show_row(self, row: BarRow | None) -> None:
        """Show another entry, or none."""
        if row is None:
            self.show_none()
            return
        self.show_head(row.employer, bar_standing(row), list(_lines(row)))
        self._facts.clear()
        for name, value in _facts(row):
            if value:
                self._facts.add_fact(name, value)


class Bars(Worklist["VacanciesPage"]):
    """Who is on the blacklist. F9 takes off, which another person does than who put it there."""

    key = "bars"

    def __init__(self, page: "VacanciesPage") -> None:
        super().__init__(page)
        self.standing = ComboBox()
        self.standing.setObjectName("bar_standing")
        self.standing.setAccessibleName(_("State"))
        for key, words in (
            (LIVE, BarState.IN_FORCE.label),
            (UNANSWERED, _("Objection to decide")),
            (BarState.LIFTED.value, BarState.LIFTED.label),
            (ALL, _("All")),
        ):
            self.standing.addItem(words, key)
        self.standing.activated.connect(self.refresh)
        self.table: RecordTable[BarRow] = RecordTable(
            BarRow,
            [
                Column("employer", cell=bar_cell, stretch=True),
                Column("state", width=150, cell=bar_state_cell),
            ],
            name="table_bars",
            two_lines=True,
            empty=EmptyState(
                _("Nobody is on the blacklist"),
                _("An employer is put there from its own card, with the reason."),
            ),
        )
        self.left = listed(self.table, self.standing)
        self.thing = self.detail = BarDetail()
        self.row: BarRow | None = None

    def connect(self) -> None:
        """Follow the list."""
        super().connect()
        self.acts = EmployerActs(self.page)

    def refresh(self, _what: object = None) -> None:
        """Ask for the list, and for how many objections wait."""
        if self.wanted is not None:
            self.standing.setCurrentIndex(self.standing.findData(ALL))
        self.desk.ask(bar_rows, self._query(), then=self._show_rows, latest=self.table)

    def _query(self) -> BarQuery:
        match self.standing.currentData():
            case "live":
                return BarQuery(states=(BarState.IN_FORCE,))
            case "unanswered":
                return BarQuery(unanswered=True)
            case "lifted":
                return BarQuery(states=(BarState.LIFTED,))
            case _:
                return BarQuery()

    def _show_rows(self, rows: list[BarRow]) -> None:
        self.show_list(rows, _("{count} entries").format(count=f"{len(rows):,}"))

    def pick(self, row: BarRow | None) -> None:
        """Show the entry that is marked."""
        self.row = row
        self.detail.show_row(row)
        self.page.tell()

    def offers(self) -> Offers:
        """Return what can be done with the entry in sight."""
        row, reason = self.row, self.desk.reason
        if row is None:
            return Offers()
        see = Act(
            _("Open the employer"), partial(self.page.see_employer, row.employer_id),
            icon="building-2",
        )  # fmt: skip
        if row.state is BarState.LIFTED:
            return Offers(more=[see], says=(row.employer, row.state.label, ""))
        second = _("You put it there, so another person takes it off") if row.mine else ""
        lift = Act(
            _("Take off…"), partial(self.acts.ask_lifting, row), second or reason(lift_bar),
            "undo-2", "F9",
        )  # fmt: skip
        beside: list[Act] = []
        if row.unanswered:
            keep = partial(self.acts.ask_upholding, row)
            closed = second or reason(uphold_bar)
            beside.append(Act(_("Keep there…"), keep, closed, "ban", "Alt+B"))
        else:
            note = partial(self.acts.ask_objection, row)
            words = _("Take down an objection…")
            beside.append(Act(words, note, reason(note_objection), "pencil", "Alt+B"))
        return Offers(lift, None, beside, [see], (row.employer, second, ""))


def _lines(row: BarRow) -> Iterator[Line]:
    says = _("Put there on {day} by {name}")
    yield says.format(day=row.barred_on, name=row.barred_by)
    if row.unanswered:
        yield _("An objection waits to be decided"), "messages-square", "wait"


def _facts(row: BarRow) -> Iterator[tuple[str, str]]:
    yield _("Reason"), row.reason
    yield _("Document"), row.document
    yield _("Objected on"), row.objected_on.isoformat() if row.objected_on else ""
    yield _("Objection"), row.objection
    yield _("Opinion"), row.opinion
    yield _("Taken off on"), row.lifted_on.isoformat() if row.lifted_on else ""
    yield _("Taken off by"), row.lifted_by
