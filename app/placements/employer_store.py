"""Moves an employer between the form and the row, and finds what stands against it."""

from typing import Any, Final

from sqlalchemy import ColumnElement, exists, select

from app.core.contact import doubt_uscc, normalise_phone, normalise_uscc
from app.core.errors import Invalid
from app.core.i18n import _
from app.core.record import specs
from app.core.resident_id import normalise_id
from app.core.text import normalise
from app.core.words.placements import BarState
from app.placements.employer_records import EmployerForm
from app.placements.employer_rules import (
    EmployerBarred,
    EmployerThere,
    PapersMissing,
    missing_papers,
    problems,
)
from app.work import Work
from db.models.vacancies import Employer, EmployerBar

KEPT: Final = tuple(
    field.name for field in specs(EmployerForm) if field.name not in {"uscc_compared", "draft_id"}
)
"""The columns that a form fills."""

BARRED: Final[ColumnElement[bool]] = exists().where(
    EmployerBar.employer_id == Employer.id, EmployerBar.state == BarState.IN_FORCE
)
"""Whether the employer of a row is on the blacklist."""


def kept(work: Work, form: EmployerForm, but: int = 0) -> dict[str, Any]:
    """Return what a form says as an employer keeps it. Raises `Invalid`, `EmployerThere`."""
    if wrong := list(problems(form)):
        raise Invalid(wrong)
    told: dict[str, Any] = {name: getattr(form, name) for name in KEPT}
    told |= {name: normalise(value) for name, value in told.items() if type(value) is str}
    told["uscc"] = normalise_uscc(form.uscc)
    told["phone"] = normalise_phone(form.phone)
    told["handler_id_number"] = normalise_id(form.handler_id_number)
    twin = work.session.scalar(
        select(Employer).where(Employer.uscc == told["uscc"], Employer.id != but)
    )
    if twin is not None:
        raise EmployerThere(uscc=twin.uscc, name=twin.name)
    return told


def form_of(employer: Employer) -> EmployerForm:
    """Return what is known of an employer, as its form tells it."""
    told = {name: getattr(employer, name) for name in KEPT}
    return EmployerForm(**told, uscc_compared=doubt_uscc(employer.uscc) is not None)


def bar_of(work: Work, employer: Employer) -> EmployerBar | None:
    """Return the entry on the blacklist that is in force, or `None`."""
    return work.session.scalar(
        select(EmployerBar).where(
            EmployerBar.employer_id == employer.id, EmployerBar.state == BarState.IN_FORCE
        )
    )


def check_not_barred(work: Work, employer: Employer) -> None:
    """Raise `EmployerBarred` for an employer on the blacklist."""
    if bar := bar_of(work, employer):
        raise EmployerBarred(employer=employer.name, day=bar.barred_on, reason=bar.reason)


def check_may_hire(work: Work, employer: Employer) -> None:
    """Raise unless an employer may report posts now: `EmployerBarred`, `PapersMissing`."""
    check_not_barred(work, employer)
    if missing := missing_papers(form_of(employer)):
        raise PapersMissing(employer=employer.name, papers="、".join(map(_, missing)))
