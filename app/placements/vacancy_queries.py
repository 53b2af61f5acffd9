"""What can be asked about vacancies: lists, one with who was sent there, the minimum wage."""

from collections.abc import Iterator

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from app.core.errors import RuleBroken
from app.core.words.placements import PayUnit, ReferralState, VacancyState
from app.placements.employer_queries import rows_from as employers_from
from app.placements.employer_store import BARRED
from app.placements.public_welfare import last_day, wage_floor
from app.placements.public_welfare_rules import near_pension
from app.placements.vacancies import form_of
from app.placements.vacancy_records import (
    TermAsked,
    TermView,
    VacancyById,
    VacancyCounts,
    VacancyPlacementRow,
    VacancyQuery,
    VacancyReferralRow,
    VacancyRow,
    VacancyView,
    WageAsked,
    WageFloor,
)
from app.placements.vacancy_rules import confirm_by, fresh_since
from app.reference.job_rules import rules_on
from app.work import Permission, Work, query
from db.models.placements import JobReferral, Placement
from db.models.seekers import JobSeeker
from db.models.staff import Staff
from db.models.vacancies import Employer, Vacancy

OPEN = Vacancy.state == VacancyState.OPEN
FREE = Vacancy.hired < Vacancy.heads


def _stale(work: Work) -> ColumnElement[bool]:
    """Return the condition that a vacancy hires but has to be confirmed again."""
    return and_(OPEN, Vacancy.confirmed_on < fresh_since(work.today))


def _expired(work: Work) -> ColumnElement[bool]:
    """Return the condition that a vacancy hires but has run out."""
    return and_(OPEN, Vacancy.valid_until < work.today)


@query(needs=Permission.READ_JOBS)
def vacancy_rows(work: Work, asked: VacancyQuery) -> list[VacancyRow]:
    """List vacancies, the newest first, a page at a time; those to be confirmed by employer."""
    order = (Employer.name, Vacancy.id) if asked.stale else (Vacancy.id.desc(),)
    page = _found(work, asked).order_by(*order).offset(asked.offset).limit(asked.limit)
    return list(rows_from(work, page))


@query(needs=Permission.READ_JOBS)
def vacancy_count(work: Work, asked: VacancyQuery) -> int:
    """Count vacancies."""
    found = select(func.count()).select_from(_found(work, asked).subquery())
    return work.session.scalar(found) or 0


def _found(work: Work, asked: VacancyQuery) -> Select[Vacancy]:
    found = select(Vacancy).join(Employer, Vacancy.employer_id == Employer.id)
    return found.where(*_wanted(work, asked))


def _wanted(work: Work, asked: VacancyQuery) -> Iterator[ColumnElement[bool]]:
    if asked.states:
        yield Vacancy.state.in_(asked.states)
    if asked.employer_id is not None:
        yield Vacancy.employer_id == asked.employer_id
    if asked.district is not None:
        yield Vacancy.district == asked.district
    if asked.public_welfare is not None:
        yield Vacancy.public_welfare.is_(asked.public_welfare)
    switches = (
        (asked.stale, _stale(work)),
        (asked.expired, _expired(work)),
        (asked.barred, BARRED),
        (asked.free, FREE),
    )
    for wanted, condition in switches:
        if wanted is not None:
            yield condition if wanted else ~condition
    if text := asked.text.strip():
        yield or_(
            Vacancy.number.startswith(text, autoescape=True),
            Vacancy.occupation.contains(text, autoescape=True),
            Employer.name.contains(text, autoescape=True),
        )


def rows_from(work: Work, narrowed: Select[Vacancy]) -> Iterator[VacancyRow]:
    """Yield the lines of a list of vacancies joined with their employers, as of today."""
    referred = (
        select(func.count())
        .where(JobReferral.vacancy_id == Vacancy.id, JobReferral.state != ReferralState.VOID)
        .correlate(Vacancy)
        .scalar_subquery()
    )
    found = narrowed.add_columns(Employer.name, BARRED, referred)
    since = fresh_since(work.today)
    for vacancy, employer, barred, sent in work.session.execute(found):
        open_ = vacancy.state is VacancyState.OPEN
        due = confirm_by(vacancy.confirmed_on, work.today)
        yield VacancyRow(
            id=vacancy.id,
            version=vacancy.version,
            number=vacancy.number,
            state=vacancy.state,
            employer_id=vacancy.employer_id,
            employer=employer,
            public_welfare=vacancy.public_welfare,
            occupation=vacancy.occupation,
            heads=vacancy.heads,
            hired=vacancy.hired,
            free_posts=max(0, vacancy.heads - vacancy.hired),
            referred=sent,
            district=vacancy.district,
            workplace=vacancy.workplace,
            shift=vacancy.shift,
            wage_from=vacancy.wage_from,
            wage_to=vacancy.wage_to,
            pay_unit=vacancy.pay_unit,
            education=vacancy.education,
            skill_grade=vacancy.skill_grade,
            age_from=vacancy.age_from,
            age_to=vacancy.age_to,
            sex=vacancy.sex,
            insured=vacancy.insured,
            board=vacancy.board,
            opened_on=vacancy.opened_on,
            confirmed_on=vacancy.confirmed_on,
            confirm_by=due.day,
            confirm_by_provisional=due.provisional,
            valid_until=vacancy.valid_until,
            stale=open_ and vacancy.confirmed_on < since,
            expired=open_ and vacancy.valid_until < work.today,
            barred=barred,
        )


@query(needs=Permission.READ_JOBS)
def vacancy_counts(work: Work, asked: VacancyQuery) -> VacancyCounts:
    """Count how vacancies stand, of those that are asked for."""
    stale, expired = _stale(work), _expired(work)
    offered = and_(OPEN, FREE, ~stale, ~expired, ~BARRED)
    free = Vacancy.heads - Vacancy.hired
    conditions = (
        offered,
        stale,
        expired,
        Vacancy.state == VacancyState.FILLED,
        Vacancy.state == VacancyState.WITHDRAWN,
        and_(offered, Vacancy.public_welfare),
    )
    counted = (func.count().filter(condition) for condition in conditions)
    sums = select(*counted, func.coalesce(func.sum(free).filter(offered), 0))
    found = sums.select_from(Vacancy).join(Employer, Vacancy.employer_id == Employer.id)
    row = work.session.execute(found.where(*_wanted(work, asked))).one()
    return VacancyCounts(
        offered=row[0],
        stale=row[1],
        expired=row[2],
        filled=row[3],
        withdrawn=row[4],
        public_welfare=row[5],
        free_posts=row[6],
    )


@query(needs=Permission.READ_JOBS)
def vacancy_view(work: Work, asked: VacancyById) -> VacancyView:
    """Return one vacancy as the card shows it, with who was sent there and who works there."""
    vacancy = work.load(Vacancy, asked.id)
    of_it = select(Vacancy).join(Employer, Vacancy.employer_id == Employer.id)
    (row,) = rows_from(work, of_it.where(Vacancy.id == vacancy.id))
    (employer,) = employers_from(work, select(Employer).where(Employer.id == vacancy.employer_id))
    floor = wage_floor(work, vacancy.district, work.today)
    by_month = vacancy.pay_unit is PayUnit.MONTH
    return VacancyView(
        row=row,
        vacancy=form_of(vacancy),
        employer=employer,
        floor=floor,
        below_floor=floor.below(vacancy.wage_from) if by_month else None,
        rules_provisional=rules_on(work.today).status == "provisional",
        ended_reason=vacancy.ended_reason,
        referrals=tuple(_referrals(work, vacancy)),
        placements=tuple(_placements(work, vacancy)),
        entered_by=work.load(Staff, vacancy.entered_by).name,
        entered_at=vacancy.entered_at,
    )


def _referrals(work: Work, vacancy: Vacancy) -> Iterator[VacancyReferralRow]:
    found = (
        select(JobReferral, JobSeeker.name)
        .join(JobSeeker, JobReferral.job_seeker_id == JobSeeker.id)
        .where(JobReferral.vacancy_id == vacancy.id)
        .order_by(JobReferral.id.desc())
    )
    for referral, name in work.session.execute(found):
        yield VacancyReferralRow(
            id=referral.id,
            number=referral.number,
            state=referral.state,
            job_seeker_id=referral.job_seeker_id,
            name=name,
            issued_on=referral.issued_on,
            due_on=referral.due_on,
            overdue=referral.state is ReferralState.ISSUED and referral.due_on < work.today,
            result_on=referral.result_on,
            reason=referral.reason,
        )


def _placements(work: Work, vacancy: Vacancy) -> Iterator[VacancyPlacementRow]:
    found = select(Placement).where(Placement.vacancy_id == vacancy.id)
    for placement in work.session.scalars(found.order_by(Placement.id.desc())):
        yield VacancyPlacementRow(
            id=placement.id,
            number=placement.number,
            state=placement.state,
            name=placement.name,
            started_on=placement.started_on,
            ends_on=placement.ends_on,
            left_on=placement.left_on,
            wage=placement.wage,
            proof=placement.proof,
        )


@query(needs=Permission.READ_JOBS)
def minimum_wage(work: Work, asked: WageAsked) -> WageFloor:
    """Return the minimum wage of a district on a day, as far as it is known."""
    return wage_floor(work, asked.district, asked.day)


@query(needs=Permission.READ_JOBS)
def public_welfare_term(work: Work, asked: TermAsked) -> TermView:
    """Tell how long a seeker may hold a public-welfare post, or why not, before it is entered."""
    rules = rules_on(asked.started_on)
    near = asked.retires_on is not None and near_pension(
        rules.public_welfare, asked.started_on, asked.retires_on
    )
    provisional = rules.status == "provisional"
    try:
        last = last_day(work, asked.job_seeker_id, asked.started_on, asked.retires_on)
    except RuleBroken as broken:
        return TermView(why_not=broken.tell(), near_pension=near, rules_provisional=provisional)
    return TermView(last_day=last, near_pension=near, rules_provisional=provisional)
