"""What an act of the page is, and how one is performed."""

from collections.abc import Callable
from typing import Any, NamedTuple

from app.core.record import Record
from app.work import Action

Perform = Callable[[Action[Any, Any], Record, str], None]
"""Performs an act, says what was done, and shows the page anew."""


class Act(NamedTuple):
    """What a button or an entry of a menu does."""

    words: str
    run: Callable[[], object]
    reason: str = ""
    """Why it is closed now."""
    icon: str = ""
