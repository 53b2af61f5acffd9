"""What is done with one pair of seeker and vacancy, whichever page it was found on."""

from collections.abc import Callable

from app.core.i18n import _
from app.placements.excluding import exclude_match
from app.placements.match_records import ExclusionForm, PairView, SeekerCard, VacancyCard
from app.placements.referral_records import ReferralForm, ReferralIssued
from app.placements.referrals import issue_referral
from ui.kit.asking_page import AskingPage
from ui.kit.editing import Context
from ui.kit.form import FormView
from ui.matching import Reasons

SPANS = {"interview_on": 5, "interview_at": 7, "note": 12}
REASONS_HIGH = 220


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
        says = _("Letter {number} written; the slip is due on {day}")
        page.toast.emit(says.format(number=letter.number, day=letter.due_on.isoformat()), None)
        page.go.emit("papers", letter.paper_id)

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
