"""An error becomes words at the right place: a banner for what people can act on, a window with
a reference number for a bug. The log never holds personal data: types and places only."""

import logging
import sys
import traceback
from contextlib import suppress
from pathlib import Path
from random import SystemRandom
from types import TracebackType
from typing import Final

from PySide6.QtCore import QObject, Signal

from app.core.errors import AppError, Conflict, Invalid, NotNow, StoreBusy
from app.core.i18n import N_, _

log = logging.getLogger("bangfu.bugs")
BUGS: Final = "bugs.log"
"""The file in which the administrator finds what a reference number stands for."""
_LETTERS: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
BUG: Final = N_(
    "This step was not completed; what you filled in is all kept. "
    "Please tell the administrator the number {number}."
)


class Feedback(QObject):
    """Tells the frame what to show; a page in sight shows it as its banner."""

    banner = Signal(str, str, str)
    """Tone, bold line, further words."""
    bug = Signal(str, str)
    """The sentence for a bug, and its reference number."""

    def show(self, error: Exception) -> None:
        """Show an error where it belongs."""
        if isinstance(error, AppError):
            tone, title, text = told(error)
            self.banner.emit(tone, title, text)
        else:
            number = note_bug(error)
            self.bug.emit(_(BUG).format(number=number), number)

    @staticmethod
    def no_right(permission: str) -> str:
        """Return the reason beside an act that is closed to this person."""
        return _("Needs the right: {permission}").format(permission=permission)

    def install(self) -> None:
        """Show what nobody caught on the thread of the screen."""
        sys.excepthook = self._uncaught

    def _uncaught(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if isinstance(error, Exception):
            self.show(error.with_traceback(trace))
        else:
            sys.__excepthook__(kind, error, trace)


def keep_bugs(folder: Path) -> None:
    """Keep what is noted of bugs in a file of ``folder``, made with the first one."""
    with suppress(OSError):  # a folder that cannot be written: bugs are told, not kept
        folder.mkdir(parents=True, exist_ok=True)
        kept = logging.FileHandler(folder / BUGS, encoding="utf-8", delay=True)
        kept.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
        log.addHandler(kept)


def told(error: AppError) -> tuple[str, str, str]:
    """Return tone, bold line and further words of an error people can act on.

    Its sentence says what happened first: that is the bold line; what is kept and what to do
    follow it.
    """
    tone = "wait" if isinstance(error, NotNow | Conflict | StoreBusy | Invalid) else "bad"
    title, text = split_sentence(error.tell())
    return tone, title, text


def split_sentence(words: str) -> tuple[str, str]:
    """Part the first sentence from the rest, in Chinese or English."""
    for at, character in enumerate(words):
        ends = character in "。！？" or (character in ".!?" and words[at + 1 : at + 2] == " ")
        if ends and words[at + 1 :].strip():
            return words[:at] if character in "。." else words[: at + 1], words[at + 1 :].strip()
    return words, ""


def note_bug(error: BaseException) -> str:
    """Log a bug by type and place, without its words, and return its reference number."""
    choice = SystemRandom().choice
    number = "-".join("".join(choice(_LETTERS) for _i in range(4)) for _n in range(2))
    places = traceback.extract_tb(error.__traceback__)
    where = " < ".join(
        f"{place.name} ({place.filename}:{place.lineno})" for place in reversed(places)
    )
    log.error("%s %s at %s", number, type(error).__name__, where)
    return number
