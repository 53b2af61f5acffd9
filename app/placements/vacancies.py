"""The verbs of vacancies: report, change, confirm, withdraw; how many posts are filled."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from sqlalchemy import func, select

from app.core.errors import Invalid, NotFound, NotNow, Problem
from app.core.i18n import N_
from app.core.record import specs
from app.core.text import normalise
from app.core.words.placements import PlacementState, VacancyState
from app.drafts.actions import close_draft
from app.placements.employer_store import check_may_hire, check_not_barred
from app.placements.numbers import Series, next_number
from app.placements.public_welfare import check_wage
from app.placements.vacancy_records import (
    ConfirmForm,
    VacancyChangeForm,
    VacancyEndForm,
    VacancyForm,
    VacancyReopenForm,
)
from app.placements.vacancy_rules import (
    ConfirmedLater,
    NothingChosen,
    NotHiring,
    PostsTaken,
    RunOut,
    VacancyFixed,
    VacancyWithdrawn,
    problems,
    valid_until,
)
from app.work import Permission, Topic, Work, action
from db.models.placements import Placement
from db.models.vacancies import Employer, Vacancy

KEPT: Final = tuple(
    field.name for field in specs(VacancyForm) if field.name not in {"valid_until", "draft_id"}
)
"""The columns that a form fills as they are."""

FIXED: Final = ("employer_id", "public_welfare", "opened_on")
"""What stays as it was reported."""


@action(needs=Permission.KEEP_JOBS, changes={Topic.JOBS, Topic.DRAFTS})
def open_vacancy(work: Work, form: VacancyForm) -> int:
    """Take in the vacancy that an employer reports.

    Raises `EmployerBarred`, `PapersMissing`, `Invalid` for a limit of age or sex without its
    legal ground, and `BelowMinimumWage` for a public-welfare post.
    """
    told = _kept(form)
    employer = work.load(Employer, form.employer_id)
    check_may_hire(work, employer)
    if form.public_welfare:
        check_wage(work, form.district, form.opened_on, form.wage_from)
    vacancy = work.add(
        Vacancy(
            **told,
            number=next_number(work, Series.VACANCY),
            state=VacancyState.OPEN,
            hired=0,
            confirmed_on=form.opened_on,
            valid_until=form.valid_until or valid_until(form.opened_on),
            ended_reason="",
            entered_by=work.actor.id,
            entered_at=work.now,
        )
    )
    work.subject = f"vacancy/{vacancy.id}"
    if form.draft_id:
        close_draft(work, form.draft_id)
    return vacancy.id


@action(needs=Permission.KEEP_JOBS, changes={Topic.JOBS, Topic.DRAFTS})
def change_vacancy(work: Work, form: VacancyChangeForm) -> None:
    """Change what a vacancy says; more posts open a filled one again.

    Raises `Conflict`, `VacancyWithdrawn`, `VacancyFixed`, `PostsTaken`, and as `open_vacancy`
    does.
    """
    vacancy = work.load(Vacancy, form.id, form.version)
    work.subject = f"vacancy/{vacancy.id}"
    if vacancy.state is VacancyState.WITHDRAWN:
        raise VacancyWithdrawn(number=vacancy.number)
    told = _kept(form.vacancy)
    if any(getattr(vacancy, name) != told[name] for name in FIXED):
        raise VacancyFixed(number=vacancy.number)
    if form.vacancy.heads < vacancy.hired:
        raise PostsTaken(number=vacancy.number, hired=vacancy.hired)
    told["valid_until"] = form.vacancy.valid_until or valid_until(vacancy.opened_on)
    changed = {name for name, value in told.items() if getattr(vacancy, name) != value}
    for name in changed:
        setattr(vacancy, name, told[name])
    if vacancy.public_welfare and changed & {"wage_from", "district"}:
        _check_pay(work, vacancy)
    _settle(vacancy)
    if form.vacancy.draft_id:
        close_draft(work, form.vacancy.draft_id)


@action(needs=Permission.KEEP_JOBS, changes={Topic.JOBS})
def confirm_vacancies(work: Work, form: ConfirmForm) -> int:
    """Keep that vacancies still stand, as the employer said in one call; return how many.

    All of them or none. Raises `NothingChosen`, `NotHiring`, `ConfirmedLater`, `RunOut`,
    `EmployerBarred`, `BelowMinimumWage`.
    """
    chosen = _chosen(work, form)
    if late := [each for each in chosen if each.state is not VacancyState.OPEN]:
        raise NotHiring(numbers=_numbers(late))
    if late := [each for each in chosen if each.confirmed_on > form.day]:
        raise ConfirmedLater(numbers=_numbers(late), day=form.day)
    if form.valid_until is not None:
        _check_until(form.valid_until, form.day)
    elif late := [each for each in chosen if each.valid_until < form.day]:
        raise RunOut(numbers=_numbers(late), day=form.day)
    for employer_id in {vacancy.employer_id for vacancy in chosen}:
        check_not_barred(work, work.load(Employer, employer_id))
    for vacancy in chosen:
        vacancy.confirmed_on = form.day
        vacancy.valid_until = form.valid_until or vacancy.valid_until
        if vacancy.public_welfare:
            _check_pay(work, vacancy)
    if said := normalise(form.spoken_with):
        work.notes["spoken_with"] = said
    return len(chosen)


def _chosen(work: Work, form: ConfirmForm) -> Sequence[Vacancy]:
    """Return the vacancies that a form names, by number."""
    ids = {*form.ids}
    if not ids:
        raise NothingChosen()
    found = work.session.scalars(select(Vacancy).where(Vacancy.id.in_(ids)).order_by(Vacancy.id))
    chosen = found.all()
    if missing := ids - {vacancy.id for vacancy in chosen}:
        raise NotFound(what=f"vacancy {min(missing)}")
    return chosen


def _numbers(vacancies: Sequence[Vacancy]) -> str:
    return "、".join(vacancy.number for vacancy in vacancies)


@action(needs=Permission.KEEP_JOBS, changes={Topic.JOBS})
def withdraw_vacancy(work: Work, form: VacancyEndForm) -> None:
    """Withdraw a vacancy: nobody is sent there any more. It can be opened again."""
    vacancy = work.load(Vacancy, form.id, form.version)
    work.subject = f"vacancy/{vacancy.id}"
    if vacancy.state is VacancyState.WITHDRAWN:
        raise NotNow(state=vacancy.state.label, step="withdraw")
    vacancy.state = VacancyState.WITHDRAWN
    vacancy.ended_reason = form.reason.strip()


@action(needs=Permission.KEEP_JOBS, changes={Topic.JOBS})
def reopen_vacancy(work: Work, form: VacancyReopenForm) -> None:
    """Open a vacancy again that was withdrawn; the employer confirmed it on that day.

    Raises `NotNow`, `ConfirmedLater`, `EmployerBarred`, `PapersMissing`, `BelowMinimumWage`.
    """
    vacancy = work.load(Vacancy, form.id, form.version)
    work.subject = f"vacancy/{vacancy.id}"
    if vacancy.state is not VacancyState.WITHDRAWN:
        raise NotNow(state=vacancy.state.label, step="reopen")
    if vacancy.confirmed_on > form.day:
        raise ConfirmedLater(numbers=vacancy.number, day=form.day)
    until = form.valid_until or valid_until(form.day)
    _check_until(until, form.day)
    check_may_hire(work, work.load(Employer, vacancy.employer_id))
    vacancy.state = VacancyState.OPEN
    vacancy.ended_reason = ""
    vacancy.confirmed_on = form.day
    vacancy.valid_until = until
    if vacancy.public_welfare:
        _check_pay(work, vacancy)
    work.session.flush()
    _settle(vacancy)


def count_hired(work: Work, vacancy: Vacancy) -> None:
    """Count the placements in a vacancy anew: it is filled when every post is, else it hires."""
    placed = select(func.count()).where(
        Placement.vacancy_id == vacancy.id, Placement.state != PlacementState.TAKEN_BACK
    )
    vacancy.hired = work.session.scalar(placed) or 0
    _settle(vacancy)
    work.session.flush()


def _settle(vacancy: Vacancy) -> None:
    """Let a vacancy be filled or hire, as its posts say; a withdrawn one stays so."""
    if vacancy.state is not VacancyState.WITHDRAWN:
        full = vacancy.hired >= vacancy.heads
        vacancy.state = VacancyState.FILLED if full else VacancyState.OPEN


def form_of(vacancy: Vacancy) -> VacancyForm:
    """Return what a vacancy says, as its form tells it."""
    told = {name: getattr(vacancy, name) for name in KEPT}
    return VacancyForm(**told, valid_until=vacancy.valid_until)


def _kept(form: VacancyForm) -> dict[str, Any]:
    """Return what a form says as a vacancy keeps it. Raises `Invalid`."""
    if wrong := list(problems(form)):
        raise Invalid(wrong)
    told: dict[str, Any] = {name: getattr(form, name) for name in KEPT}
    return told | {name: normalise(value) for name, value in told.items() if type(value) is str}


def _check_pay(work: Work, vacancy: Vacancy) -> None:
    """Raise `BelowMinimumWage` for a public-welfare post that pays too little today."""
    check_wage(work, vacancy.district, work.today, vacancy.wage_from)


def _check_until(until: date, day: date) -> None:
    if until < day:
        says = N_("This is before the day of the confirmation.")
        raise Invalid([Problem("valid_until", "before_confirmation", says)])
