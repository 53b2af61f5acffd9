"""What the words of a household file tell of a job seeker, and the other way round. Pure."""

from collections.abc import Mapping
from typing import Final

from app.core.words import Answer
from app.core.words.placements import PersonKind

AT_WORK: Final = "在岗"
"""A word of the code list ``work_status``."""

NO_DISABILITY: Final = "无"
"""The word of the code list ``disability`` for somebody without one."""

MIGRANT: Final = "农民工"
"""A word of the code lists ``work_status`` and ``person_type``."""

WITHOUT_WORK: Final[Mapping[PersonKind, str]] = {
    PersonKind.UNEMPLOYED: "失(无)业",
    PersonKind.LAID_OFF: "下(待)岗",
}
"""Kinds of person that tell the work status by themselves."""


def kind_of(work_status: str | None, person_type: str | None) -> PersonKind | None:
    """Return what kind of person somebody of a household file is; `None` when it does not tell."""
    kinds = {word: kind for kind, word in WITHOUT_WORK.items()}
    if work_status in kinds:
        return kinds[work_status]
    return PersonKind.MIGRANT if MIGRANT in (work_status, person_type) else None


def work_status(kind: PersonKind | None, registered: Answer, *, placed: bool) -> str | None:
    """Return the work status of somebody who looks for work, or found some; `None` while nobody
    said how they stand."""
    if placed:
        return AT_WORK
    if kind is not None and kind in WITHOUT_WORK:
        return WITHOUT_WORK[kind]
    return WITHOUT_WORK[PersonKind.UNEMPLOYED] if registered is Answer.YES else None


def disabled(disability: str | None) -> Answer:
    """Return whether the word of a household file for a disability tells of one."""
    if disability is None:
        return Answer.NOT_ASKED
    return Answer.NO if disability == NO_DISABILITY else Answer.YES
