"""What is done aside with files: read and examine what is offered, draw what is looked at.

All of it runs on the thread that makes paper (`Desk.produce`), never on that of the screen.
"""

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage, QImageWriter

from app.core.i18n import N_
from app.documents.files import examine
from app.documents.pictures import draw
from app.documents.records import ExaminedFile, OpenedDocument
from app.documents.rules import MOST_BYTES, FileRefused, check_size, clean_name


class FileGone(FileRefused):
    """The file cannot be read."""

    says = N_("“{name}” cannot be read: it is gone, or this PC may not open it. Choose it again.")


def take(path: Path) -> ExaminedFile:
    """Read a file and examine it; the file stays where it is. Raises a `FileRefused`."""
    try:
        check_size(clean_name(path.name), path.stat().st_size)
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)  # it may grow meanwhile
    except OSError:
        raise FileGone(name=clean_name(path.name)) from None
    return examine(path.name, content)


def take_image(image: QImage, name: str) -> ExaminedFile:
    """Examine a picture from the clipboard, as a PNG. Raises a `FileRefused`."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"PNG")).write(image)
    return examine(name, bytes(buffer.data().data()))


def page_of(opened: OpenedDocument, at: int, longest: int) -> QImage:
    """Draw one page of a document. Raises a `RuleBroken` that says why it cannot be shown."""
    drawn = draw(opened.content, opened.media_type, at, longest)
    rows = QImage(
        drawn.data, drawn.width, drawn.height, 4 * drawn.width, QImage.Format.Format_RGB32
    )
    return rows.copy()  # the bytes go with the record
