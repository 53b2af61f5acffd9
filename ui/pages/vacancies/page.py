"""The page itself: vacancies, employers, the blacklist, and what is asked instead of them."""

from app.core.i18n import N_, _
from app.drafts.queries import draft_view
from app.drafts.records import DraftById, DraftView
from app.placements.employer_queries import bar_rows
from app.placements.employer_records import BarQuery, BarRow
from app.placements.placement_records import PlacementRow
from app.placements.referral_records import ReferralRow
from app.placements.vacancy_records import VacancyPlacementRow, VacancyReferralRow
from app.work import Topic
from ui.drafting import EMPLOYER
from ui.form_draft import FormDraft
from ui.kit.segments import Part
from ui.kit.worklists_page import LOW, WorklistsPage
from ui.pages.vacancies.bars import Bars
from ui.pages.vacancies.employers import Employers
from ui.pages.vacancies.vacancies import Vacancies

SMALL = 1240


class VacanciesPage(WorklistsPage):
    """Employers and what they want filled: confirmed again, matched, sent to; and who is barred."""

    name = "vacancies"
    title = N_("Recruiting")
    icon = "building-2"
    shows = frozenset({Topic.JOBS})

    def build(self) -> None:
        """Compose the worklists, and ask for nothing yet."""
        self._unconfirmed = self._objections = 0
        self.vacancies, self.employers, self.bars = Vacancies(self), Employers(self), Bars(self)
        self.draft = FormDraft(self)
        self.compose_lists((self.vacancies, self.employers, self.bars), (460, 700))

    def parts(self) -> list[Part]:
        """Return the segments: vacancies to be confirmed again and objections carry a sign."""
        stale = ("triangle-alert", "wait") if self._unconfirmed else ("", "")
        waits = ("messages-square", "wait") if self._objections else ("", "")
        return [
            Part(Vacancies.key, _("Vacancies"), self._unconfirmed or None, *stale),
            Part(Employers.key, _("Employers")),
            Part(Bars.key, _("Blacklist"), self._objections or None, *waits),
        ]

    def show_stale(self, count: int) -> None:
        """Show how many vacancies are to be confirmed again."""
        self._unconfirmed = count
        self.show_parts()

    def _show_objections(self, rows: list[BarRow]) -> None:
        self._objections = len(rows)
        self.show_parts()

    def see_vacancy(self, vacancy_id: int) -> None:
        """Show one vacancy."""
        self.turn_to(Vacancies.key, vacancy_id)

    def see_employer(self, employer_id: int) -> None:
        """Show one employer."""
        self.turn_to(Employers.key, employer_id)

    def see_bar(self, bar_id: int) -> None:
        """Show one entry on the blacklist."""
        self.turn_to(Bars.key, bar_id)

    def open(self, what: object) -> None:
        """Show what was asked for, or go on with a draft."""
        match what:
            case ("draft", str(draft_id)):
                asked = DraftById(id=draft_id)
                self.desk.ask(draft_view, asked, then=self._go_on, latest=self.draft)
            case _:
                super().open(what)

    def _go_on(self, draft: DraftView) -> None:
        if draft.form == EMPLOYER:
            self.turn_to(Employers.key)
            self.employers.acts.ask_new(draft)
        else:
            self.turn_to(Vacancies.key)
            self.vacancies.acts.ask_new(draft)

    def before_leaving(self) -> None:
        """Keep what is typed."""
        self.draft.keep()

    def open_referral(self, row: ReferralRow | VacancyReferralRow) -> None:
        """Go to the letter somebody was sent with."""
        self.go.emit("jobs", ("referrals", row.id))

    def open_placement(self, row: PlacementRow | VacancyPlacementRow) -> None:
        """Go to the work somebody found."""
        self.go.emit("jobs", ("placements", row.id))

    def refresh(self) -> None:
        """Ask for the list in sight, and for the objections that wait."""
        asked = BarQuery(unanswered=True)
        self.desk.ask(bar_rows, asked, then=self._show_objections, latest=self.segments)
        super().refresh()

    def compact(self, width: int, height: int) -> None:
        """Leave out columns, then show one pane at a time."""
        super().compact(width, height)
        self.vacancies.detail.matches.set_low(low=height < LOW)
        small = self.narrow <= width < SMALL
        self.vacancies.table.hide_columns({"wage_from"} if small else set())
        self.employers.table.hide_columns({"vacancies"} if small else set())
