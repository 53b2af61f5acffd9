"""What can be asked about employers: lists of them, one with its vacancies, the blacklist."""

from collections.abc import Iterator
from dataclasses import replace

from sqlalchemy import ColumnElement, ScalarSelect, Select, exists, func, or_, select

from app.core.contact import doubt_uscc, normalise_uscc
from app.core.i18n import _
from app.core.kinds import Phone, ResidentId
from app.core.masking import mask
from app.core.words.placements import (
    BarState,
    PlacementState,
    ReferralState,
    VacancyState,
)
from app.placements.employer_records import (
    BarQuery,
    BarRow,
    EmployerById,
    EmployerQuery,
    EmployerRow,
    EmployerView,
)
from app.placements.employer_rules import missing_papers
from app.placements.employer_store import BARRED, form_of
from app.placements.vacancy_rules import fresh_since
from app.work import Permission, Work, query
from db.models.placements import JobReferral, Placement
from db.models.staff import Staff
from db.models.vacancies import Employer, EmployerBar, Vacancy

ID, PHONE = ResidentId(label=""), Phone(label="")
HIRING = exists().where(Vacancy.employer_id == Employer.id, Vacancy.state == VacancyState.OPEN)


@query(needs=Permission.READ_JOBS)
def employer_rows(work: Work, asked: EmployerQuery) -> list[EmployerRow]:
    """List employers, the newest first, a page at a time."""
    page = select(Employer).where(*_wanted(asked)).order_by(Employer.id.desc())
    return list(rows_from(work, page.offset(asked.offset).limit(asked.limit)))


@query(needs=Permission.READ_JOBS)
def employer_count(work: Work, asked: EmployerQuery) -> int:
    """Count employers."""
    found = select(func.count()).select_from(Employer).where(*_wanted(asked))
    return work.session.scalar(found) or 0


def _wanted(asked: EmployerQuery) -> Iterator[ColumnElement[bool]]:
    if asked.district is not None:
        yield Employer.district == asked.district
    if asked.kind is not None:
        yield Employer.kind == asked.kind
    if asked.barred is not None:
        yield BARRED if asked.barred else ~BARRED
    if asked.hiring is not None:
        yield HIRING if asked.hiring else ~HIRING
    if text := asked.text.strip():
        yield or_(
            Employer.name.contains(text, autoescape=True),
            Employer.uscc.startswith(normalise_uscc(text), autoescape=True),
        )


def rows_from(work: Work, narrowed: Select[Employer]) -> Iterator[EmployerRow]:
    """Yield the lines of a list of employers, with what they offer as of today."""
    found = narrowed.add_columns(
        BARRED,
        _of_open(func.count()),
        _of_open(func.count(), Vacancy.confirmed_on < fresh_since(work.today)),
        _of_open(func.coalesce(func.sum(Vacancy.heads - Vacancy.hired), 0)),
        select(func.count())
        .where(Placement.employer_id == Employer.id, Placement.state != PlacementState.TAKEN_BACK)
        .correlate(Employer)
        .scalar_subquery(),
    )
    for employer, barred, vacancies, stale, free, placed in work.session.execute(found):
        yield EmployerRow(
            id=employer.id,
            version=employer.version,
            uscc=employer.uscc,
            name=employer.name,
            kind=employer.kind,
            industry=employer.industry,
            district=employer.district,
            contact=employer.contact,
            phone=mask(PHONE, employer.phone),
            barred=barred,
            missing=tuple(map(_, missing_papers(form_of(employer)))),
            vacancies=vacancies,
            stale=stale,
            free_posts=free,
            placed=placed,
        )


def _of_open(counted: ColumnElement[int], *more: ColumnElement[bool]) -> ScalarSelect[int]:
    """Select something about the open vacancies of the employer of a row."""
    return (
        select(counted)
        .select_from(Vacancy)
        .where(Vacancy.employer_id == Employer.id, Vacancy.state == VacancyState.OPEN, *more)
        .correlate(Employer)
        .scalar_subquery()
    )


@query(needs=Permission.READ_JOBS)
def employer_view(work: Work, asked: EmployerById) -> EmployerView:
    """Return one employer as the card shows it, with its entries on the blacklist."""
    employer = work.load(Employer, asked.id)
    (row,) = rows_from(work, select(Employer).where(Employer.id == employer.id))
    form = form_of(employer)
    doubt = doubt_uscc(employer.uscc)
    bars = select(EmployerBar).where(EmployerBar.employer_id == employer.id)
    return EmployerView(
        row=row,
        employer=replace(form, phone=row.phone, handler_id_number=mask(ID, form.handler_id_number)),
        doubt=doubt.tell() if doubt else "",
        bars=tuple(_bars(work, bars)),
        referrals_out=_referrals(work, employer, ReferralState.ISSUED),
        not_hired=_referrals(work, employer, ReferralState.NOT_HIRED),
        entered_by=work.load(Staff, employer.entered_by).name,
        entered_at=employer.entered_at,
    )


def _referrals(work: Work, employer: Employer, state: ReferralState) -> int:
    found = (
        select(func.count())
        .select_from(JobReferral)
        .join(Vacancy, JobReferral.vacancy_id == Vacancy.id)
        .where(Vacancy.employer_id == employer.id, JobReferral.state == state)
    )
    return work.session.scalar(found) or 0


@query(needs=Permission.READ_JOBS)
def bar_rows(work: Work, asked: BarQuery) -> list[BarRow]:
    """List entries on the blacklist, the newest first."""
    found = select(EmployerBar)
    if asked.states:
        found = found.where(EmployerBar.state.in_(asked.states))
    if asked.unanswered is not None:
        waits = (
            (EmployerBar.state == BarState.IN_FORCE)
            & EmployerBar.objected_on.is_not(None)
            & (EmployerBar.opinion == "")
        )
        found = found.where(waits if asked.unanswered else ~waits)
    return list(_bars(work, found))


def _bars(work: Work, narrowed: Select[EmployerBar]) -> Iterator[BarRow]:
    names: dict[int, str] = dict(work.session.execute(select(Staff.id, Staff.name)).all())
    found = narrowed.join(Employer, EmployerBar.employer_id == Employer.id)
    for bar, employer in work.session.execute(
        found.add_columns(Employer.name).order_by(EmployerBar.id.desc())
    ):
        in_force = bar.state is BarState.IN_FORCE
        yield BarRow(
            id=bar.id,
            version=bar.version,
            employer_id=bar.employer_id,
            employer=employer,
            state=bar.state,
            reason=bar.reason,
            document=bar.document,
            barred_on=bar.barred_on,
            barred_by=names[bar.barred_by],
            objected_on=bar.objected_on,
            objection=bar.objection,
            unanswered=in_force and bar.objected_on is not None and not bar.opinion,
            lifted_on=bar.lifted_on,
            lifted_by=names[bar.lifted_by] if bar.lifted_by is not None else "",
            opinion=bar.opinion,
            mine=bar.barred_by == work.actor.id,
        )
