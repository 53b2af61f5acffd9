"""One vacancy: who fits it, what was reported of it, who was sent and who was hired."""

from collections.abc import Iterator

from app.core.i18n import _
from app.core.words.placements import VacancyState
from app.placements.match_records import MatchesForVacancy
from app.placements.vacancy_records import (
    VacancyPlacementRow,
    VacancyReferralRow,
    VacancyRow,
    VacancyView,
)
from ui.kit.cards import EmptyState, Facts
from ui.kit.cells import Column, joined, yuan
from ui.kit.detail import DetailCard, Line, scrolled
from ui.kit.table import RecordTable
from ui.pages.vacancies.cells import (
    hired_cell,
    pay_words,
    place_cell,
    referral_cell,
    result_cell,
    since_cell,
    standing,
)
from ui.pages.vacancies.matches import Matches

MATCHES, FACTS, SENT, HIRED = "matches", "facts", "sent", "hired"


class VacancyDetail(DetailCard):
    """The vacancy that is chosen."""

    def __init__(self) -> None:
        self.view: VacancyView | None = None
        self.matches = Matches()
        self.sent, self.hired = _sent_table(), _hired_table()
        self.facts = Facts(120)
        super().__init__(
            "vacancy",
            _("Choose a vacancy"),
            {
                MATCHES: (_("Who fits"), self.matches),
                FACTS: (_("As reported"), scrolled(self.facts)),
                SENT: (_("People sent"), self.sent),
                HIRED: (_("Hired"), self.hired),
            },
        )

    def show_view(self, view: VacancyView | None) -> None:
        """Show another vacancy, or none."""
        if view is None or self.view is None or view.row.id != self.view.row.id:
            self.matches.forget()
        self.view = view
        if view is None:
            self.show_none()
            return
        row = view.row
        self.show_head(f"{row.occupation}　{row.employer}", standing(row), list(_lines(view)))
        self.facts.clear()
        for name, value in _facts(view):
            if value:
                self.facts.add_fact(name, value)
        self.sent.show_rows(view.referrals)
        self.hired.show_rows(view.placements)
        self._count(None)

    def show_matches(self, matches: MatchesForVacancy) -> None:
        """Show who fits the vacancy in sight."""
        if self.view is not None and matches.vacancy.id == self.view.row.id:
            self.matches.show_matches(matches)
            self._count(matches.total)

    def _count(self, fits: int | None) -> None:
        if self.view is not None:
            counts = {SENT: len(self.view.referrals), HIRED: len(self.view.placements)}
            self.show_parts({MATCHES: fits, **counts})


def _lines(view: VacancyView) -> Iterator[Line]:
    row, floor = view.row, view.floor
    hours = joined(row.shift.label, view.vacancy.working_hours)
    yield joined(pay_words(row), row.district or "", row.workplace, hours)
    posts = _("{free} of {heads} posts free").format(free=row.free_posts, heads=row.heads)
    call = joined(view.employer.contact, view.employer.phone)
    yield joined(row.number, posts, _("call {whom}").format(whom=call) if call else "")
    if row.barred:
        yield _("The employer is on the blacklist: nobody is sent there"), "ban", "bad"
    elif row.state is VacancyState.OPEN and row.expired:
        says = _("Run out on {day}: ask the employer whether it still stands")
        yield says.format(day=row.valid_until), "clock", "wait"
    elif row.state is VacancyState.OPEN and row.stale:
        says = _("Last confirmed on {day}: ask the employer whether it still stands")
        yield says.format(day=row.confirmed_on), "triangle-alert", "wait"
    if view.below_floor:
        says = _("Pays less than the minimum wage of {amount} yuan ({document})")
        words = says.format(amount=yuan(floor.amount), document=floor.document)
        yield words, "triangle-alert", "wait"
    if row.state is VacancyState.WITHDRAWN:
        yield _("Withdrawn: {reason}").format(reason=view.ended_reason)


def _facts(view: VacancyView) -> Iterator[tuple[str, str]]:
    form, row = view.vacancy, view.row
    yield _("Duties"), form.duties
    yield _("Asks of the body"), "、".join(each.label for each in form.strains)
    yield _("Education at least"), form.education.label if form.education else ""
    yield _("Skill grade at least"), form.skill_grade.label if form.skill_grade else ""
    yield _("Limits"), _limits(row)
    yield _("Legal ground of the limit"), form.limit_ground
    yield _("Form of employment"), form.form
    months = _("{count} months")
    yield _("Contract"), months.format(count=form.contract_months) if form.contract_months else ""
    trial = form.probation_months
    yield _("Probation"), months.format(count=trial) if trial is not None else ""
    for name, answer in (
        (_("Social insurance paid"), form.insured),
        (_("Gives food and a bed"), form.board),
    ):
        yield name, answer.label
    yield _("Further conditions"), form.conditions
    yield _("Reported on"), row.opened_on.isoformat()
    yield _("Confirmed on"), row.confirmed_on.isoformat()
    yield _("Confirm by"), _confirm_by(row)
    yield _("Valid until"), row.valid_until.isoformat()
    yield _("Minimum wage"), _floor(view)
    yield _("Note"), form.note
    yield _("Entered by"), view.entered_by


def _limits(row: VacancyRow) -> str:
    ages = (
        _("from {age}").format(age=row.age_from) if row.age_from is not None else "",
        _("up to {age}").format(age=row.age_to) if row.age_to is not None else "",
    )
    return joined(*ages, row.sex.label if row.sex else "")


def _confirm_by(row: VacancyRow) -> str:
    if row.state is not VacancyState.OPEN:
        return ""
    about = _("about") if row.confirm_by_provisional else ""
    return joined(row.confirm_by.isoformat(), about)


def _floor(view: VacancyView) -> str:
    if view.floor.amount is None:
        return _("not known for this district and day")
    says = _("{amount} yuan a month, by {document}")
    return says.format(amount=yuan(view.floor.amount), document=view.floor.document)


def _sent_table() -> RecordTable[VacancyReferralRow]:
    return RecordTable(
        VacancyReferralRow,
        [
            Column("name", cell=referral_cell, stretch=True),
            Column("issued_on", width=110),
            Column("state", width=190, cell=result_cell),
        ],
        name="table_sent",
        two_lines=True,
        flat=True,
        sortable=False,
        empty=EmptyState(_("Nobody was sent there yet")),
    )


def _hired_table() -> RecordTable[VacancyPlacementRow]:
    return RecordTable(
        VacancyPlacementRow,
        [
            Column("name", cell=hired_cell, stretch=True),
            Column("started_on", width=140, cell=since_cell),
            Column("wage", width=110),
            Column("state", width=150, cell=place_cell),
        ],
        name="table_hired",
        two_lines=True,
        flat=True,
        sortable=False,
        empty=EmptyState(_("Nobody was hired through the center yet")),
    )
