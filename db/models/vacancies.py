"""Employers, the blacklist, and the vacancies they report."""

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, validates

from app.core.money import Fen
from app.core.words import Answer, Word
from app.core.words.households import Sex
from app.core.words.placements import (
    BarState,
    Education,
    PayUnit,
    Shift,
    SkillGrade,
    Strain,
    VacancyState,
)
from db.base import PRIVATE, Entity
from db.types import Flags, Identity, Stored, in_order


class Employer(Entity):
    """A unit that hires through the center."""

    __tablename__ = "employer"
    __table_args__ = (
        CheckConstraint("uscc <> ''", name="with_uscc"),
        Index("ix_employer_name", "name"),
    )

    uscc: Mapped[str] = mapped_column(unique=True)
    """Unified social credit code."""
    name: Mapped[str]
    kind: Mapped[str | None]
    """A code of the list of kinds of units."""
    industry: Mapped[str | None]
    district: Mapped[str | None]
    address: Mapped[str]
    contact: Mapped[str]
    phone: Mapped[str] = mapped_column(info=PRIVATE)
    handler: Mapped[str]
    """Who came to report vacancies for it."""
    handler_id_number: Mapped[str] = mapped_column(info=PRIVATE)
    licence_seen_on: Mapped[date | None]
    letter_seen_on: Mapped[date | None]
    """The day its letter of introduction was seen."""
    from_elsewhere: Mapped[bool]
    elsewhere_proof: Mapped[str]
    """Of a unit from elsewhere: the proof of its own county's agency."""
    note: Mapped[str]
    entered_by: Mapped[int] = mapped_column(Identity, ForeignKey("staff.id"))
    entered_at: Mapped[datetime]


class EmployerBar(Entity):
    """An employer on the blacklist: why, what it objected, and who took it off again."""

    __tablename__ = "employer_bar"
    __table_args__ = (
        CheckConstraint("reason <> ''", name="with_words"),
        CheckConstraint("lifted_by IS NULL OR lifted_by <> barred_by", name="second_person"),
        CheckConstraint(
            "(state = 'lifted') = (lifted_by IS NOT NULL) AND "
            "(lifted_by IS NULL) = (lifted_on IS NULL)",
            name="lifted_by_someone",
        ),
        Index(
            "uq_employer_bar_live",
            "employer_id",
            unique=True,
            sqlite_where=text("state = 'in_force'"),
        ),
    )

    employer_id: Mapped[int] = mapped_column(Identity, ForeignKey("employer.id"), index=True)
    state: Mapped[BarState] = mapped_column(Stored(BarState))
    reason: Mapped[str]
    document: Mapped[str]
    barred_on: Mapped[date]
    barred_by: Mapped[int] = mapped_column(Identity, ForeignKey("staff.id"))
    objected_on: Mapped[date | None]
    objection: Mapped[str]
    """What the employer said against it; empty when it said nothing."""
    lifted_on: Mapped[date | None]
    lifted_by: Mapped[int | None] = mapped_column(Identity, ForeignKey("staff.id"))
    opinion: Mapped[str]
    """Why it was taken off, or why an objection was not followed."""


class Vacancy(Entity):
    """Posts of one kind that an employer wants filled."""

    __tablename__ = "vacancy"
    __table_args__ = (
        CheckConstraint("heads > 0 AND hired >= 0", name="heads"),
        CheckConstraint("wage_from > 0 AND (wage_to IS NULL OR wage_to >= wage_from)", name="wage"),
        CheckConstraint(
            "(age_from IS NULL AND age_to IS NULL AND sex IS NULL) OR limit_ground <> ''",
            name="limit_has_ground",
        ),
        CheckConstraint("age_from IS NULL OR age_from >= 16", name="no_child_labour"),
        CheckConstraint("state <> 'withdrawn' OR ended_reason <> ''", name="withdrawn_with_words"),
        Index(  # holds all that a match looks at
            "ix_vacancy_match",
            *("state", "confirmed_on", "valid_until", "hired", "heads", "employer_id", "district"),
            *("shift", "strains", "sex", "age_from", "age_to", "public_welfare", "occupation"),
            *("wage_from", "wage_to", "pay_unit", "education", "skill_grade", "insured", "board"),
        ),
    )

    number: Mapped[str] = mapped_column(unique=True)
    """As 岗2026-0031."""
    state: Mapped[VacancyState] = mapped_column(Stored(VacancyState))
    employer_id: Mapped[int] = mapped_column(Identity, ForeignKey("employer.id"), index=True)
    public_welfare: Mapped[bool]
    """A public-welfare post (公益性岗位): for recognised people alone."""
    occupation: Mapped[str] = mapped_column(index=True)
    duties: Mapped[str]
    heads: Mapped[int]
    hired: Mapped[int]
    """Placements in it that were not taken back."""
    district: Mapped[str | None]
    workplace: Mapped[str]
    shift: Mapped[Shift] = mapped_column(Stored(Shift))
    working_hours: Mapped[str]
    strains: Mapped[tuple[Strain, ...]] = mapped_column(Flags(Strain))
    wage_from: Mapped[Fen]
    wage_to: Mapped[Fen | None]
    pay_unit: Mapped[PayUnit] = mapped_column(Stored(PayUnit))
    education: Mapped[Education | None] = mapped_column(Stored(Education))
    """At least; `None` asks for none."""
    skill_grade: Mapped[SkillGrade | None] = mapped_column(Stored(SkillGrade))
    age_from: Mapped[int | None]
    age_to: Mapped[int | None]
    sex: Mapped[Sex | None] = mapped_column(Stored(Sex))
    limit_ground: Mapped[str]
    """What law allows the limit of age or sex; a limit without ground is not taken in."""
    form: Mapped[str]
    """Form of employment (用工形式) in words: no sourced list exists."""
    contract_months: Mapped[int | None]
    probation_months: Mapped[int | None]
    insured: Mapped[Answer]
    board: Mapped[Answer]
    conditions: Mapped[str]
    """What else is asked for and offered."""
    opened_on: Mapped[date]
    confirmed_on: Mapped[date]
    """The day the employer last said it still stands."""
    valid_until: Mapped[date]
    ended_reason: Mapped[str]
    note: Mapped[str]
    entered_by: Mapped[int] = mapped_column(Identity, ForeignKey("staff.id"))
    entered_at: Mapped[datetime]

    @validates("strains")
    def _in_order(self, _name: str, words: Iterable[Word]) -> tuple[Word, ...]:
        """Keep a set of words as it is read again, so that the trail finds it unchanged."""
        return in_order(words)
