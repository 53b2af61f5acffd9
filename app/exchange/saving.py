"""Puts a file where the person wants it, whole or not at all."""

import os
from pathlib import Path

from app.core.errors import AppError
from app.core.files import why
from app.core.i18n import N_


class NotSaved(AppError):
    """The file could not be written there."""

    says = N_(
        "The file was not saved: {problem}. Nothing is lost; save it once more, perhaps in "
        "another folder."
    )


class NotRead(AppError):
    """The file could not be read."""

    says = N_("The file could not be read: {problem}. Nothing was booked.")


def save_file(place: Path, data: bytes) -> Path:
    """Write ``data`` to ``place`` and return it.

    It is written aside, brought to the disk and moved, so that a half file never bears the
    name; a USB stick that is pulled out afterwards holds it. Raises `NotSaved`.
    """
    aside = place.with_name(f".{place.name}.{os.getpid()}")
    try:
        with aside.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(place)
    except OSError as error:
        aside.unlink(missing_ok=True)
        raise NotSaved(problem=why(error)) from error
    return place


def read_file(place: Path) -> bytes:
    """Return what stands in a file; raise `NotRead`."""
    try:
        return place.read_bytes()
    except OSError as error:
        raise NotRead(problem=why(error)) from error
