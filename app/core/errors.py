"""What can go wrong, as types with data. Words are chosen at the edge, by `tell`.

Anything that is not an `AppError` is a bug.
"""

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from app.core.i18n import N_, _


@dataclass(frozen=True)
class Problem:
    """One thing wrong with one field: where, what (a stable code) and the words for it."""

    field: str
    code: str
    says: str
    data: dict[str, object] = dataclasses.field(default_factory=dict[str, object])

    def tell(self) -> str:
        """Return the sentence for the person, in the language in use."""
        return _(self.says).format(**self.data)


class AppError(Exception):
    """Something the person at the counter can understand and act on.

    A subclass carries its sentence as a message id in ``says``; the keyword arguments fill it.
    """

    says: ClassVar[str] = N_("This cannot be done.")

    def __init__(self, **data: object) -> None:
        super().__init__(type(self).__name__)
        self.data = data

    def tell(self) -> str:
        """Return what happened, what is kept and what to do next, in the language in use."""
        return _(self.says).format(**self.data)

    def __str__(self) -> str:
        """Return the same sentence as `tell`."""
        return self.tell()


class Invalid(AppError):
    """Fields are wrong: marks under those fields, focus on the first."""

    says = N_("{count} entries need to be mended. What was typed is kept.")

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(count=len(problems))
        self.problems = tuple(problems)


class RuleBroken(AppError):
    """The rules of the center say no. Each rule has its subclass with the way out in words."""


class Refused(AppError):
    """Not this person."""

    says = N_("You do not have the right to do this: {permission}. Ask a colleague who has.")


class NotNow(AppError):
    """The step is closed in the present state."""

    says = N_("This step is not open now: the state is “{state}”. The page shows the newest state.")


class Conflict(AppError):
    """Somebody else changed the same thing meanwhile."""

    says = N_("{who} changed this meanwhile. What you typed is kept; look at the newest version.")


class NotFound(AppError):
    """There is no such thing, or no longer where it was sought."""

    says = N_("{what} was not found.")


class StoreBusy(AppError):
    """The store is in use by another act."""

    says = N_("The data are being written at this moment. Nothing was lost; please try again.")


class StoreTrouble(AppError):
    """The store cannot be opened or written: see `app.core.words.store` for the kinds."""

    says = N_("The data could not be read or written. What was typed is kept.")
