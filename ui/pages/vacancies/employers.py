"""Employers: their papers, their vacancies, whom they were sent and whom they hired."""

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from app.core.i18n import _
from app.placements.employer_queries import employer_rows, employer_view
from app.placements.employer_records import (
    EmployerById,
    EmployerForm,
    EmployerQuery,
    EmployerRow,
    EmployerView,
)
from app.placements.employers import change_employer, enter_employer, reveal_employer
from app.placements.placement_queries import placement_rows
from app.placements.placement_records import PlacementQuery, PlacementRow
from app.placements.referral_queries import referral_rows
from app.placements.referral_records import ReferralQuery, ReferralRow
from app.placements.vacancies import open_vacancy
from app.placements.vacancy_queries import vacancy_rows
from app.placements.vacancy_records import VacancyQuery, VacancyRow
from ui.kit.ask_pane import Act
from ui.kit.asking_page import Offers
from ui.kit.cards import EmptyState, Facts
from ui.kit.cells import Column, joined
from ui.kit.choice_editors import ComboBox
from ui.kit.detail import DetailCard, Line, scrolled
from ui.kit.long_list import LongList
from ui.kit.table import RecordTable
from ui.kit.worklist import LIMIT, FilterLine, listed
from ui.pages.vacancies.cells import (
    employer_cell,
    employer_standing,
    employer_standing_cell,
    hired_cell,
    hiring_cell,
    pay_cell,
    place_cell,
    posts_cell,
    referral_cell,
    result_cell,
    since_cell,
    standing_cell,
    vacancy_cell,
)
from ui.pages.vacancies.employer_acts import EmployerActs
from ui.phones import phones_act

if TYPE_CHECKING:
    from ui.pages.vacancies.page import VacanciesPage

VACANCIES, SENT, HIRED, PAPERS = "vacancies", "sent", "hired", "papers"
ALL, HIRING, BARRED = "all", "hiring", "barred"


class EmployerDetail(DetailCard):
    """The employer that is chosen."""

    def __init__(self) -> None:
        self.view: EmployerView | None = None
        self.vacancies, self.sent, self.hired = _vacancies(), _sent(), _hired()
        self.facts = Facts(132)
        super().__init__(
            "employer",
            _("Choose an employer"),
            {
                VACANCIES: (_("Vacancies"), self.vacancies),
                SENT: (_("People sent"), self.sent),
                HIRED: (_("Hired"), self.hired),
                PAPERS: (_("Papers shown"), scrolled(self.facts)),
            },
        )

    def show_view(self, view: EmployerView | None) -> None:
        """Show another employer, or none."""
        other = view is None or self.view is None or view.row.id != self.view.row.id
        self.view = view
        if other:
            for table in (self.vacancies, self.sent, self.hired):
                table.show_rows([])
        if view is None:
            self.show_none()
            return
        self.show_head(view.row.name, employer_standing(view.row), list(_lines(view)))
        self.show_facts(view.employer)

    def show_facts(self, form: EmployerForm) -> None:
        """Show what is known of it; private values as they come."""
        self.facts.clear()
        for name, value in _facts(form):
            self.facts.add_fact(name, value or _("not told"), tone="" if value else "wait")

    def count(self) -> None:
        """Show how much is in each part."""
        self.show_parts(
            {
                VACANCIES: len(self.vacancies.rows()),
                SENT: len(self.sent.rows()),
                HIRED: len(self.hired.rows()),
            }
        )


class Employers(LongList["VacanciesPage"]):
    """Units that hire through the center. F9 takes in a vacancy of the one in sight."""

    key = "employers"

    def __init__(self, page: "VacanciesPage") -> None:
        super().__init__(page, ALL)
        self.text = FilterLine("employer_filter", _("Name or code"), self.refresh)
        self.standing = ComboBox()
        self.standing.setObjectName("employer_standing")
        self.standing.setAccessibleName(_("State"))
        self.standing.setMinimumContentsLength(6)
        for key, words in (
            (ALL, _("All")),
            (HIRING, _("Hiring now")),
            (BARRED, _("On the blacklist")),
        ):
            self.standing.addItem(words, key)
        self.standing.activated.connect(self.refresh)
        self.table: RecordTable[EmployerRow] = RecordTable(
            EmployerRow,
            [
                Column("name", cell=employer_cell, stretch=True),
                Column("vacancies", _("Looks for"), 112, hiring_cell, right=False),
                Column("missing", _("State"), 156, employer_standing_cell),
            ],
            name="table_employers",
            two_lines=True,
            empty=EmptyState(_("No employer here"), _("Enter one with Alt+N.")),
        )
        self.left = listed(self.table, self.text, self.standing)
        self.thing = self.detail = EmployerDetail()
        self.view: EmployerView | None = None

    def connect(self) -> None:
        """Follow list and detail."""
        super().connect()
        self.acts = EmployerActs(self.page)
        self.detail.turned.connect(self.page.tell)
        self.detail.vacancies.opened.connect(self._open_vacancy)
        self.detail.sent.opened.connect(self.page.open_referral)
        self.detail.hired.opened.connect(self.page.open_placement)

    def _open_vacancy(self, row: VacancyRow) -> None:
        self.page.see_vacancy(row.id)

    # Asking

    def refresh(self, _what: object = None) -> None:
        """Ask for the list."""
        standing = self.standing.currentData()
        if self.wanted is not None:
            self.text.clear()
        asked = EmployerQuery(
            text=self.text.asked(),
            hiring=True if standing == HIRING else None,
            barred=True if standing == BARRED else None,
            limit=LIMIT,
        )
        self.desk.ask(employer_rows, asked, then=self._show_rows, latest=self.table)

    def _show_rows(self, rows: list[EmployerRow]) -> None:
        self.show_found(rows, _("{count} employers").format(count=f"{len(rows):,}"))

    def keys(self) -> list[tuple[str, str]]:
        """Return the keys of the list."""
        return [("Enter", _("Open"))]

    def pick(self, row: EmployerRow | None) -> None:
        """Show the employer that is marked."""
        if row is None:
            self._show(None)
        else:
            self.ask_view(row.id)

    def ask_view(self, key: int) -> None:
        """Show one employer by its id."""
        asked = EmployerById(id=key)
        self.desk.ask(employer_view, asked, then=self._show, latest=self.detail)

    def _show(self, view: EmployerView | None) -> None:
        if view is None or self.view is None or view.row.id != self.view.row.id:
            self.page.banners.clear()  # what was said of the one before, such as whom to call
        self.view = view
        self.detail.show_view(view)
        self.page.tell()
        if view is None:
            return
        self.put_last(view.row)
        of, ask, detail = view.row.id, self.desk.ask, self.detail

        def vacancies(rows: list[VacancyRow]) -> None:
            detail.vacancies.show_rows(rows)
            detail.count()

        def sent(rows: list[ReferralRow]) -> None:
            detail.sent.show_rows(rows)
            detail.count()

        def hired(rows: list[PlacementRow]) -> None:
            detail.hired.show_rows(rows)
            detail.count()

        ask(vacancy_rows, VacancyQuery(employer_id=of), then=vacancies, latest=detail.vacancies)
        ask(referral_rows, ReferralQuery(employer_id=of), then=sent, latest=detail.sent)
        ask(placement_rows, PlacementQuery(employer_id=of), then=hired, latest=detail.hired)

    # What is offered

    def offers(self) -> Offers:
        """Return what can be done with the employer in sight."""
        reason, view = self.desk.reason, self.view
        new = Act(_("New employer"), self.acts.ask_new, reason(enter_employer))
        if view is None:
            return Offers(new=new)
        report = Act(
            _("Report a vacancy"), self._report, _closed(view.row) or reason(open_vacancy),
            "plus", "F9",
        )  # fmt: skip
        change = Act(
            _("Change the employer"),
            partial(self.acts.ask_change, view),
            reason(change_employer),
            "pencil",
            "Alt+B",
        )
        more = [
            Act(_("Show private values"), self._reveal, reason(reveal_employer), "eye"),
            *self.acts.more(view),
        ]
        placed = _("{placed} placed, {missed} not hired, {out} slips still out")
        says = placed.format(placed=view.row.placed, missed=view.not_hired, out=view.referrals_out)
        phones = phones_act(self.page, None, view.row.id)
        return Offers(report, new, (*phones, change), more, (joined(view.row.name, says), "", ""))

    def _report(self) -> None:
        if self.view is not None:
            self.page.vacancies.acts.ask_of(self.view.row.id, self.view.row.name)

    def _reveal(self) -> None:
        """Show the private values, which the trail keeps; another employer masks them again."""
        if self.view is not None:
            self.detail.choose(PAPERS)
            self.desk.perform(
                reveal_employer,
                EmployerById(id=self.view.row.id),
                then=lambda clear: self.detail.show_facts(clear.employer),
            )


def _closed(row: EmployerRow) -> str:
    """Return why an employer may report no vacancy."""
    if row.barred:
        return _("The employer is on the blacklist")
    if row.missing:
        return _("Papers missing: {papers}").format(papers="、".join(row.missing))
    return ""


def _lines(view: EmployerView) -> Iterator[Line]:
    row = view.row
    yield joined(row.uscc, row.kind or "", row.industry or "", row.district or "")
    yield joined(row.contact, row.phone, view.employer.address)
    if view.doubt:
        yield view.doubt, "triangle-alert", "wait"
    if row.missing:
        words = _("Papers missing: {papers}").format(papers="、".join(row.missing))
        yield words, "triangle-alert", "wait"
    if view.bars and row.barred:
        bar = view.bars[0]
        says = _("On the blacklist since {day}: {reason}")
        yield says.format(day=bar.barred_on, reason=bar.reason), "ban", "bad"


def _facts(form: EmployerForm) -> Iterator[tuple[str, str]]:
    yield _("Licence seen on"), form.licence_seen_on.isoformat() if form.licence_seen_on else ""
    yield (
        _("Letter of introduction seen on"),
        (form.letter_seen_on.isoformat() if form.letter_seen_on else ""),
    )
    if form.from_elsewhere:
        yield _("Proof of its own county"), form.elsewhere_proof
    yield _("Handler"), form.handler
    yield _("Resident ID number of the handler"), form.handler_id_number
    yield _("Contact"), form.contact
    yield _("Telephone"), form.phone
    yield _("Address"), form.address
    if form.note:
        yield _("Note"), form.note


def _vacancies() -> RecordTable[VacancyRow]:
    return RecordTable(
        VacancyRow,
        [
            Column("occupation", _("Vacancy"), cell=vacancy_cell, stretch=True),
            Column("wage_from", _("Pay (yuan)"), 150, pay_cell),
            Column("free_posts", _("Free"), 64, posts_cell, right=True),
            Column("state", width=136, cell=standing_cell),
        ],
        name="table_employer_vacancies",
        two_lines=True,
        flat=True,
        sortable=False,
        empty=EmptyState(_("No vacancy was reported yet")),
    )


def _sent() -> RecordTable[ReferralRow]:
    return RecordTable(
        ReferralRow,
        [
            Column("name", cell=referral_cell, stretch=True),
            Column("occupation", width=140),
            Column("issued_on", width=110),
            Column("state", width=170, cell=result_cell),
        ],
        name="table_employer_sent",
        two_lines=True,
        flat=True,
        sortable=False,
        empty=EmptyState(_("Nobody was sent there yet")),
    )


def _hired() -> RecordTable[PlacementRow]:
    return RecordTable(
        PlacementRow,
        [
            Column("name", cell=hired_cell, stretch=True),
            Column("occupation", width=140),
            Column("started_on", width=140, cell=since_cell),
            Column("state", width=150, cell=place_cell),
        ],
        name="table_employer_hired",
        two_lines=True,
        flat=True,
        sortable=False,
        empty=EmptyState(_("Nobody was hired through the center yet")),
    )
