"""Files that commands are given: read or written whole, or a sentence why not."""

from pathlib import Path

from app.core.errors import AppError
from app.core.files import why
from app.core.i18n import N_


class CannotRead(AppError):
    """A file that a command was given cannot be read."""

    says = N_("{file} cannot be opened: {problem}. Check the name of the file and try again.")


class CannotWrite(AppError):
    """The file that a command was to make cannot be written."""

    says = N_("{file} cannot be written: {problem}. Choose another place and try again.")


def read_file(path: Path) -> bytes:
    """Return what is in a file; raise `CannotRead`."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise CannotRead(file=path, problem=why(error)) from None


def write_file(path: Path, content: bytes) -> None:
    """Write a file; raise `CannotWrite`."""
    try:
        path.write_bytes(content)
    except OSError as error:
        raise CannotWrite(file=path, problem=why(error)) from None
