"""What is done with a match: the letter, an exclusion with its reason, and asking why not."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.i18n import _
from app.core.record import Nothing
from app.placements.excluding import exclude_match
from app.placements.match_queries import why_not
from app.placements.match_records import (
    ExclusionQuery,
    Pair,
    PairView,
)
from app.placements.referrals import issue_referral
from app.placements.seeker_records import SeekerView
from app.placements.vacancy_queries import vacancy_rows
from app.placements.vacancy_records import VacancyQuery, VacancyRow
from ui.kit.ask_pane import Act
from ui.kit.asking_page import Offers
from ui.kit.cards import EmptyState
from ui.kit.cells import Cell, Column, joined
from ui.kit.form import FormView
from ui.kit.labels import Label
from ui.kit.table import RecordTable
from ui.kit.worklist import FilterLine
from ui.matching import Reasons
from ui.pages.jobs.matches import Matches
from ui.referring import ask_excluded, ask_exclusion, ask_letter

if TYPE_CHECKING:
    from ui.pages.jobs.page import JobsPage

WHY_NOT_KEY = "Alt+W"
TABLE_HIGH, REASONS_HIGH = 180, 220


class MatchActs:
    """The acts of the list of matches; the card of the seeker stays in sight."""

    def __init__(self, page: "JobsPage", matches: Matches) -> None:
        self._page, self._desk, self._matches = page, page.desk, matches

    def offers(self, view: SeekerView) -> Offers:
        """Return what can be done with the marked vacancy."""
        row, reason = self._matches.chosen(), self._desk.reason
        if self._matches.comparing():
            back = Act(_("Back to the list"), self.back, "", "undo-2", "Alt+C")
            return Offers(beside=[back], says=(view.row.name, _("Vacancies side by side"), ""))
        nothing = "" if row else _("Choose a vacancy")
        letter = Act(
            _("Write the letter"),
            partial(self.ask_letter, view),
            nothing or reason(issue_referral),
            "printer",
            "F12",
        )
        exclude = Act(
            _("Exclude…"),
            partial(self._exclude, view),
            nothing or reason(exclude_match),
            "ban",
            "Alt+X",
        )
        compare = Act(
            _("Compare"), self._compare, self._matches.why_not_compare(), "columns-2", "Alt+C"
        )
        more = [
            Act(
                _("Why not this vacancy…"),
                partial(self.ask_why_not, view),
                "",
                "list-checks",
                WHY_NOT_KEY,
            ),
            Act(_("Excluded vacancies…"), partial(self._ask_excluded, view), icon="ban"),
        ]
        says = joined(row.vacancy.occupation, row.vacancy.employer) if row else ""
        return Offers(letter, None, [exclude, compare], more, (says, "", ""))

    # The letter, and excluding

    def ask_letter(self, view: SeekerView, vacancy_id: int | None = None) -> None:
        """Ask when the interview is; the letter is numbered, printed and filed."""
        row = self._matches.chosen()
        if vacancy_id is None and row is not None:
            vacancy_id = row.vacancy.id
        if vacancy_id is not None and not self._desk.reason(issue_referral):
            self._with_pair(view, vacancy_id, self._ask_letter)

    def _with_pair(
        self, view: SeekerView, vacancy_id: int, then: Callable[[PairView], object]
    ) -> None:
        pair = Pair(job_seeker_id=view.row.id, vacancy_id=vacancy_id)
        self._desk.ask(why_not, pair, then=then, latest=self._matches)

    def _ask_letter(self, pair: PairView) -> None:
        ask_letter(self._page, pair, lambda _letter: self._matches.close_compared())

    def _exclude(self, view: SeekerView) -> None:
        if (row := self._matches.chosen()) is not None:
            self._with_pair(view, row.vacancy.id, self._ask_exclusion)

    def _ask_exclusion(self, pair: PairView) -> None:
        ask_exclusion(self._page, pair.seeker, pair.vacancy)

    def _ask_excluded(self, view: SeekerView) -> None:
        """Show what was excluded for a seeker; the marked one can be taken back."""
        title = _("Excluded for {name}").format(name=view.row.name)
        ask_excluded(self._page, ExclusionQuery(job_seeker_id=view.row.id), title)

    # Side by side, and why not

    def _compare(self) -> None:
        self._matches.compare(self._letter_for)

    def _letter_for(self, vacancy_id: int) -> None:
        if (view := self._page.seekers.view) is not None:
            self.ask_letter(view, vacancy_id)

    def back(self) -> None:
        """Return from side by side to the list."""
        self._matches.close_compared()
        self._page.tell()
        self._matches.table.first().setFocus()

    def ask_why_not(self, view: SeekerView) -> None:
        """Look for a vacancy and tell every limit of it for this seeker."""
        page = self._page
        below = _WhyNot(page, view)
        form = FormView(Nothing, name="why_not_form")

        def send(_record: object) -> None:
            if (row := below.table.current()) is not None:
                page.close_pane()
                self.ask_letter(view, row.id)

        title = _("Why not this vacancy for {name}?").format(name=view.row.name)
        page.ask_for(title, form, _("Write the letter"), send, below=below)
        page.pane.finish.allow(_("Choose a vacancy"))
        below.text.setFocus()
        below.ask()


class _WhyNot(QWidget):
    """A line that looks for vacancies, those found, and what each limit says of the marked one."""

    def __init__(self, page: "JobsPage", view: SeekerView) -> None:
        super().__init__()
        self._page, self._view = page, view
        self.text = FilterLine("why_not_filter", _("Occupation, employer or number"), self.ask)
        self.table: RecordTable[VacancyRow] = RecordTable(
            VacancyRow,
            [
                Column("occupation", _("Vacancy"), cell=_found, stretch=True),
                Column("state", width=120),
            ],
            name="table_why_not",
            two_lines=True,
            sortable=False,
            empty=EmptyState(_("No vacancy found")),
        )
        self.table.setMinimumHeight(TABLE_HIGH)
        self.table.picked.connect(self._pick)
        self.text.returnPressed.connect(self.table.view.setFocus)
        self.reasons = Reasons()
        self.reasons.setMinimumHeight(REASONS_HIGH)
        self._says = Label(role="strong", wrap=True)
        self._says.setObjectName("why_not_says")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for widget in (self.text, self.table, self._says):
            column.addWidget(widget)
        column.addWidget(self.reasons, 1)

    def ask(self) -> None:
        """Look for vacancies."""
        asked = VacancyQuery(text=self.text.asked(), limit=50)
        self._page.desk.ask(vacancy_rows, asked, then=self.table.show_rows, latest=self.text)

    def _pick(self, row: VacancyRow | None) -> None:
        if row is None:
            self.reasons.show_match(None)
            return
        pair = Pair(job_seeker_id=self._view.row.id, vacancy_id=row.id)
        self._page.desk.ask(why_not, pair, then=self._show, latest=self.reasons)

    def _show(self, pair: PairView) -> None:
        self.reasons.show_match(pair.match)
        stands = pair.stands
        says = "；".join(each.says for each in stands)
        self._says.setText(says or _("Nothing stands against it"))
        self._says.set_tone("bad" if stands else "ok")
        self._page.pane.finish.allow(says or self._page.desk.reason(issue_referral))


def _found(row: VacancyRow) -> Cell:
    return Cell(row.occupation, joined(row.employer, row.number), bold=True)
