"""Vacancies: the list, the one that is chosen with who fits it, and confirming many at once."""

from functools import partial
from typing import TYPE_CHECKING, Final

from app.core.i18n import _
from app.core.words.placements import VacancyState
from app.placements.excluding import exclude_match
from app.placements.match_queries import seekers_for, why_not
from app.placements.match_records import ExclusionQuery, MatchForVacancy, Pair, SeekerMatch
from app.placements.referrals import issue_referral
from app.placements.vacancies import (
    change_vacancy,
    confirm_vacancies,
    open_vacancy,
    reopen_vacancy,
)
from app.placements.vacancy_queries import vacancy_counts, vacancy_rows, vacancy_view
from app.placements.vacancy_records import (
    VacancyById,
    VacancyCounts,
    VacancyQuery,
    VacancyRow,
    VacancyView,
)
from ui.kit.ask_pane import Act
from ui.kit.asking_page import Offers
from ui.kit.cards import EmptyState
from ui.kit.cells import Column, joined
from ui.kit.choice_editors import ComboBox
from ui.kit.long_list import LongList
from ui.kit.table import RecordTable
from ui.kit.worklist import LIMIT, FilterLine, listed
from ui.pages.vacancies.cells import pay_cell, posts_cell, standing_cell, vacancy_cell
from ui.pages.vacancies.vacancy_acts import VacancyActs
from ui.pages.vacancies.vacancy_detail import MATCHES, VacancyDetail
from ui.phones import phones_act
from ui.referring import ask_excluded, ask_exclusion, ask_letter

if TYPE_CHECKING:
    from ui.pages.vacancies.page import VacanciesPage

OPEN, STALE, EXPIRED, FILLED, WITHDRAWN, WELFARE, ALL = (
    *("open", "stale", "expired", "filled", "withdrawn", "welfare", "all"),
)
LIVE: Final = (VacancyState.OPEN,)


class Vacancies(LongList["VacanciesPage"]):
    """What employers want filled. Space marks vacancies, F9 confirms those marked, F12 writes
    the letter of referral."""

    key = "vacancies"

    def __init__(self, page: "VacanciesPage") -> None:
        super().__init__(page, ALL)
        self.text = FilterLine("vacancy_filter", _("Occupation, employer or number"), self.refresh)
        self.standing = ComboBox()
        self.standing.setObjectName("vacancy_standing")
        self.standing.setAccessibleName(_("State"))
        self.standing.setMinimumContentsLength(8)
        self._show_counts(None)
        self.standing.activated.connect(self.refresh)
        self.table: RecordTable[VacancyRow] = RecordTable(
            VacancyRow,
            [
                Column("occupation", _("Vacancy"), cell=vacancy_cell, stretch=True),
                Column("wage_from", _("Pay (yuan)"), 136, pay_cell),
                Column("free_posts", _("Free"), 56, posts_cell, right=True),
                Column("state", width=128, cell=standing_cell),
            ],
            name="table_vacancies",
            two_lines=True,
            checkable=True,
            why_not=_not_checked,
            empty=EmptyState(
                _("No vacancy here"), _("An employer reports one with its papers: Alt+N.")
            ),
        )
        self.left = listed(self.table, self.text, self.standing)
        self.thing = self.detail = VacancyDetail()
        self.view: VacancyView | None = None

    def connect(self) -> None:
        """Follow list and detail."""
        super().connect()
        self.acts = VacancyActs(self.page)
        self.table.checks_changed.connect(self.page.tell)
        self.table.refused.connect(self._refused)
        self.detail.turned.connect(self.page.tell)
        self.detail.sent.opened.connect(self.page.open_referral)
        self.detail.hired.opened.connect(self.page.open_placement)
        self.detail.matches.turned.connect(self.page.tell)
        self.detail.matches.widened.connect(self._ask_matches)
        self.detail.matches.table.opened.connect(self._letter)

    def _refused(self, why: str) -> None:
        self.page.toast.emit(why, None)

    # Asking

    def query(self) -> VacancyQuery:
        """Return what is asked for: a text looks in all states."""
        text, chosen = self.text.asked(), self.standing.currentData()
        asked = VacancyQuery(text=text, limit=LIMIT)
        match "" if text else chosen:
            case "open":
                return VacancyQuery(states=LIVE, limit=LIMIT)
            case "stale":
                return VacancyQuery(stale=True, states=LIVE, limit=LIMIT)
            case "expired":
                return VacancyQuery(expired=True, states=LIVE, limit=LIMIT)
            case "welfare":
                return VacancyQuery(public_welfare=True, states=LIVE, limit=LIMIT)
            case "filled" | "withdrawn":
                return VacancyQuery(states=(VacancyState(chosen),), limit=LIMIT)
            case _:
                return asked

    def refresh(self, _what: object = None) -> None:
        """Ask for the list, and for how many stand how."""
        self.desk.ask(vacancy_counts, VacancyQuery(), then=self._show_counts, latest=self.standing)
        if self.wanted is not None:
            self.text.clear()
        self.desk.ask(vacancy_rows, self.query(), then=self._show_rows, latest=self.table)

    def _show_counts(self, counts: VacancyCounts | None) -> None:
        """Offer what can be listed, with how many there are."""
        chosen = self.standing.currentData() or OPEN
        self.standing.clear()
        for key, words, count in (
            (OPEN, VacancyState.OPEN.label, None),
            (STALE, _("To be confirmed"), counts.stale if counts else 0),
            (EXPIRED, _("Run out"), counts.expired if counts else 0),
            (WELFARE, _("Public-welfare post"), counts.public_welfare if counts else 0),
            (FILLED, VacancyState.FILLED.label, counts.filled if counts else 0),
            (WITHDRAWN, VacancyState.WITHDRAWN.label, counts.withdrawn if counts else 0),
            (ALL, _("All"), None),
        ):
            self.standing.addItem(f"{words} {count:,}" if count else words, key)
        self.standing.setCurrentIndex(max(0, self.standing.findData(chosen)))
        if counts is not None:
            self.page.show_stale(counts.stale)

    def choose(self, standing: str) -> None:
        """List the vacancies that stand so."""
        self.standing.setCurrentIndex(max(0, self.standing.findData(standing)))
        self.refresh()

    def _show_rows(self, rows: list[VacancyRow]) -> None:
        self.show_found(rows, _("{count} vacancies").format(count=f"{len(rows):,}"))

    def keys(self) -> list[tuple[str, str]]:
        """Return the keys of the list."""
        return [("Space", _("mark")), ("Enter", _("Open"))]

    def pick(self, row: VacancyRow | None) -> None:
        """Show the vacancy that is marked."""
        if row is None:
            self._show(None)
        else:
            self.ask_view(row.id)

    def ask_view(self, key: int) -> None:
        """Show one vacancy by its id."""
        asked = VacancyById(id=key)
        self.desk.ask(vacancy_view, asked, then=self._show, latest=self.detail)

    def _show(self, view: VacancyView | None) -> None:
        if view is None or self.view is None or view.row.id != self.view.row.id:
            self.page.banners.clear()  # what was said of the one before, such as whom to call
        self.view = view
        self.detail.show_view(view)
        if view is not None:
            self.put_last(view.row)
        self._ask_matches()
        self.page.tell()

    def _ask_matches(self) -> None:
        if self.view is not None:
            without = self.detail.matches.without
            asked = MatchForVacancy(vacancy_id=self.view.row.id, without=without)
            then = self.detail.show_matches
            self.desk.ask(seekers_for, asked, then=then, latest=self.detail.matches)

    # What is offered

    def offers(self) -> Offers:
        """Return what can be done with the vacancies that are marked, or the one in sight."""
        reason, view = self.desk.reason, self.view
        new = Act(_("Report a vacancy"), self.acts.ask_new, reason(open_vacancy))
        marked = self.table.checked()
        if marked:
            words = _("Confirm {count} vacancies").format(count=len(marked))
            says = _("{count} marked: the employer says that they still stand")
            first = Act(
                words,
                partial(self.acts.confirm, marked),
                reason(confirm_vacancies),
                "circle-check",
                "F9",
            )
            more = [Act(_("Unmark all"), self._unmark, icon="x")]
            return Offers(first, new, (), more, (says.format(count=len(marked)), "", ""))
        if view is None:
            return Offers(new=new)
        change = Act(
            _("Change the vacancy"),
            partial(self.acts.ask_change, view),
            _withdrawn(view) or reason(change_vacancy),
            "pencil",
            "Alt+B",
        )
        match = self._match()
        phones = phones_act(self.page, match.seeker.id if match else None, view.row.employer_id)
        asks = _to_confirm(view.row)
        more = [
            *self.detail.matches.in_menu(),
            *self.acts.more(view),
            *([] if asks else phones),
            *self._seeker(),
            self._excluded(view),
            *self._marking(),
        ]
        beside = (*phones, change) if asks else (self._exclude(), change)
        return Offers(self._first(view), new, beside, more, self._says(view))

    def _first(self, view: VacancyView) -> Act:
        """Return the act that is next: confirming, opening again, else the letter."""
        row, reason = view.row, self.desk.reason
        if row.state is VacancyState.WITHDRAWN:
            again = partial(self.acts.ask_reopening, view)
            return Act(_("Open it again…"), again, reason(reopen_vacancy), "undo-2", "F9")
        if _to_confirm(row):
            return Act(
                _("It still stands"),
                partial(self.acts.confirm, [row]),
                reason(confirm_vacancies),
                "circle-check",
                "F9",
            )
        nobody = "" if self._match() else _("Choose a job seeker under “Who fits”")
        return Act(
            _("Write the letter"), self._letter, nobody or reason(issue_referral), "printer",
            "F12",
        )  # fmt: skip

    def _exclude(self) -> Act:
        nobody = "" if self._match() else _("Choose a job seeker under “Who fits”")
        closed = nobody or self.desk.reason(exclude_match)
        return Act(_("Exclude…"), self._ask_exclusion, closed, "ban", "Alt+X")

    def _excluded(self, view: VacancyView) -> Act:
        title = _("Excluded from {occupation}").format(occupation=view.row.occupation)
        asked = ExclusionQuery(vacancy_id=view.row.id)
        ask = partial(ask_excluded, self.page, asked, title)
        return Act(_("Excluded job seekers…"), ask, icon="ban")

    def _seeker(self) -> list[Act]:
        match = self._match()
        if match is None:
            return []
        words = _("Open the registration of {name}").format(name=match.seeker.name)
        see = partial(self.page.go.emit, "jobs", match.seeker.id)
        return [Act(words, see, icon="briefcase-business")]

    def _says(self, view: VacancyView) -> tuple[str, str, str]:
        match = self._match()
        if match is not None:
            says = _("{name}: {points} of 100 points")
            words = says.format(name=match.seeker.name, points=match.match.points)
            return words, match.seeker.number, ""
        return joined(view.row.occupation, view.row.employer), "", ""

    def _marking(self) -> list[Act]:
        words = _("Mark all that are to be confirmed")
        return [Act(words, self._mark_stale, icon="list-checks")]

    def _mark_stale(self) -> None:
        self.table.check(lambda row: row.stale or row.expired)

    def _unmark(self) -> None:
        self.table.check(lambda _row: False)

    # Those who fit

    def _match(self) -> SeekerMatch | None:
        shown = self.detail.part() == MATCHES and not self.page.panes.right.isHidden()
        return self.detail.matches.chosen() if shown and self.view is not None else None

    def _letter(self, _row: object = None) -> None:
        match, view = self._match(), self.view
        if match is not None and view is not None and not self.desk.reason(issue_referral):
            pair = Pair(job_seeker_id=match.seeker.id, vacancy_id=view.row.id)
            then = partial(ask_letter, self.page)
            self.desk.ask(why_not, pair, then=then, latest=self.detail.matches.reasons)

    def _ask_exclusion(self) -> None:
        match, found = self._match(), self.detail.matches.view
        if match is not None and found is not None:
            ask_exclusion(self.page, match.seeker, found.vacancy)


def _not_checked(row: VacancyRow) -> str:
    """Return why a vacancy cannot be marked for confirming."""
    return "" if row.state is VacancyState.OPEN else _("Only an open vacancy is confirmed")


def _to_confirm(row: VacancyRow) -> bool:
    """Tell whether the employer has to be asked."""
    return row.state is VacancyState.OPEN and (row.stale or row.expired)


def _withdrawn(view: VacancyView) -> str:
    withdrawn = view.row.state is VacancyState.WITHDRAWN
    return _("Withdrawn vacancies are opened again first") if withdrawn else ""
