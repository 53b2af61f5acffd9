"""What a task of a filing step is: its form, its act, the documents it can name."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from app.core.record import Record
from app.filing.records import FilingPath, FilingRules
from app.work import Action
from ui.kit.form import FormView


@dataclass(frozen=True)
class Here:
    """The household whose steps are shown, and what the policy of the day says of them."""

    household_id: int
    path: FilingPath
    rules: FilingRules


class Wanted(NamedTuple):
    """The documents that can be named with a step."""

    kind: str
    """What a new one is, a word of the code list ``attachment``; empty: it can be anything."""
    named: tuple[int, ...] = ()
    """Those that belong to the step already."""


@dataclass(frozen=True)
class Task:
    """One act with its form: what it is called, how the form becomes its request."""

    key: str
    """The same for the same task, so that what was typed stays while the page is refreshed."""
    title: str
    words: str
    """On the button."""
    action: Action[Any, Any]
    form: FormView[Any]
    request: Callable[[Any, tuple[int, ...]], Record]
    """Makes the request of what the form says and of the documents that are named."""
    done: str
    """The toast, a message id."""
    says: str = ""
    reason: str = ""
    """Why the act is closed to this person."""
    paper: Callable[[Any], int | None] = field(default=lambda _result: None)
    """The paper that the act made, from its result."""
    documents: Wanted | None = None
    """The documents that are asked for; `None` where none belong to it."""
