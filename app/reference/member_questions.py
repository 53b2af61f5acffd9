"""Which further questions of intake fit which member of a household."""

import functools

import msgspec

from app.reference.documents import folder, read


class Schooling(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who is asked about school: by age in full years, or by occupation."""

    from_age: int
    to_age: int
    statuses: tuple[str, ...]
    """Occupations at school that leave the stage open."""
    not_at_school: tuple[str, ...]
    """Stages of schooling after which nothing more is asked."""


class Medical(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who is not asked about the cost of illness: by health and disability."""

    well: tuple[str, ...]
    able: tuple[str, ...]


class Unemployment(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who is asked since when they are registered: by occupation."""

    statuses: tuple[str, ...]


class Contract(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who is asked about the labour contract: by occupation, the head by the kind of worker."""

    statuses: tuple[str, ...]
    person_types: tuple[str, ...]


class MemberQuestions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The document ``resources/reference/member_questions.toml``."""

    schooling: Schooling
    medical: Medical
    unemployment: Unemployment
    contract: Contract


@functools.cache
def member_questions() -> MemberQuestions:
    """Return the shipped document. Raises `ReferenceDamaged`."""
    return read(folder("member_questions.toml"), MemberQuestions)
