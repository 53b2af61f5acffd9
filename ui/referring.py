"""What is done with one pair of seeker and vacancy, whichever page it was found on."""

from collections.abc import Callable, Sequence

from app.core.i18n import N_, _
from app.core.record import Nothing
from app.placements.excluding import exclude_match, take_back_exclusion
from app.placements.match_queries import exclusion_rows
from app.placements.match_records import (
    ExclusionForm,
    ExclusionQuery,
    ExclusionRow,
    ExclusionStep,
    PairView,
    SeekerCard,
    VacancyCard,
)
from app.placements.referral_records import ReferralForm, ReferralIssued
from app.placements.referrals import issue_referral
from ui.issuing import print_at_once
from ui.kit.asking_page import AskingPage
from ui.kit.cards import EmptyState
from ui.kit.cells import Cell, Column
from ui.kit.editing import Context
from ui.kit.form import FormView
from ui.kit.table import RecordTable
from ui.matching import Reasons

PRINTED = N_("Letter {number} printed; the slip is due on {day}")
LEFT = N_("Letter {number} stands under “To print”; the slip is due on {day}")
SPANS = {"interview_on": 5, "interview_at": 7, "note": 12}
REASONS_HIGH, TABLE_HIGH = 220, 180


def ask_letter(
    page: AskingPage, pair: PairView, then: Callable[[ReferralIssued], object] | None = None
) -> None:
    """Ask when the interview is; the letter is numbered, printed and filed. What keeps the two
    apart closes the act and is said."""
    seeker, vacancy = pair.seeker, pair.vacancy
    form = FormView(
        ReferralForm,
        ["interview_on", "interview_at", "note"],
        spans=SPANS,
        fixed={"job_seeker_id": seeker.id, "vacancy_id": vacancy.id},
        context=Context(today=page.desk.today),
        name="letter_form",
    )
    reasons = Reasons()
    reasons.show_match(pair.match)
    reasons.setMinimumHeight(REASONS_HIGH)

    def issued(letter: ReferralIssued) -> None:
        if then is not None:
            then(letter)

        def printed(taken: bool) -> None:
            says = _(PRINTED if taken else LEFT)
            day = letter.due_on.isoformat()
            page.toast.emit(says.format(number=letter.number, day=day), None)
            page.go.emit("papers", letter.paper_id)

        print_at_once(page.desk, letter.paper_id, printed)

    def send(record: ReferralForm) -> None:
        page.do(issue_referral, record, "", issued)

    title = _("Letter of referral for {name}: {occupation}, {employer}")
    page.ask_for(
        title.format(name=seeker.name, occupation=vacancy.occupation, employer=vacancy.employer),
        form,
        _("Write and print"),
        send,
        says=_("The number is used up even when the printer does not answer."),
        below=reasons,
    )
    page.pane.finish.allow("；".join(each.says for each in pair.stands))


def ask_exclusion(page: AskingPage, seeker: SeekerCard, vacancy: VacancyCard) -> None:
    """Exclude a pair after asking why: it is shown to neither side any more."""

    def send(reason: str) -> None:
        form = ExclusionForm(job_seeker_id=seeker.id, vacancy_id=vacancy.id, reason=reason)
        page.do(exclude_match, form, _("Excluded: it is shown no more"))

    title = _("Exclude {occupation} at {employer} for {name}?")
    page.desk.asking.reason(
        page,
        title.format(occupation=vacancy.occupation, employer=vacancy.employer, name=seeker.name),
        _("It is shown to neither side any more. This can be taken back."),
        _("Exclude"),
        send,
    )


def ask_excluded(page: AskingPage, asked: ExclusionQuery, title: str) -> None:
    """Show what was excluded; the marked one can be taken back."""

    def show(rows: Sequence[ExclusionRow]) -> None:
        table = _excluded_table()
        table.show_rows(rows)

        def send(_record: Nothing) -> None:
            if (row := table.current()) is not None:
                step = ExclusionStep(id=row.id, version=row.version)
                page.do(take_back_exclusion, step, _("Exclusion taken back"))

        form = FormView(Nothing, name="excluded_form")
        page.ask_for(title, form, _("Take back the marked one"), send, below=table)
        nothing = "" if rows else _("Nothing was excluded")
        page.pane.finish.allow(page.desk.reason(take_back_exclusion) or nothing)
        table.view.setFocus()

    page.desk.ask(exclusion_rows, asked, then=show, latest=page.pane)


def _excluded_table() -> RecordTable[ExclusionRow]:
    table: RecordTable[ExclusionRow] = RecordTable(
        ExclusionRow,
        [
            Column("name", _("Job seeker"), 120, _who),
            Column("occupation", _("Vacancy"), 160, _what),
            Column("reason", cell=_why, stretch=True),
        ],
        name="table_excluded",
        two_lines=True,
        sortable=False,
        empty=EmptyState(_("Nothing was excluded")),
    )
    table.setMinimumHeight(TABLE_HIGH)
    return table


def _who(row: ExclusionRow) -> Cell:
    return Cell(row.name, row.seeker_number, bold=True)


def _what(row: ExclusionRow) -> Cell:
    return Cell(row.occupation, row.employer)


def _why(row: ExclusionRow) -> Cell:
    return Cell(row.reason, row.entered_by)
