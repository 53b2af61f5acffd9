"""Paper: PDF bytes to a printer, without a dialog. The double keeps the sheets."""

from typing import Any, Final, Protocol

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from app.core.errors import AppError
from app.core.i18n import N_
from app.core.pdfium import PDFIUM

DPI: Final = 300
POINTS: Final = 72


class NoPrinter(AppError):
    """There is nothing to print with."""

    says = N_("No printer answers. The paper stays under “To print”; its number is taken.")


class Printer(Protocol):
    """Puts pages on paper."""

    def print_pdf(self, pdf: bytes, *, copies: int = 1, title: str = "") -> None:
        """Print every page of ``pdf``; raise `NoPrinter` when nothing answers."""
        ...

    def name(self) -> str:
        """Return the name of the printer, or nothing."""
        ...


def pages(pdf: bytes, dpi: int = DPI) -> list[QImage]:
    """Return the pages of ``pdf`` as pictures."""
    import pypdfium2  # noqa: PLC0415 - heavy, on first use  # pyright: ignore[reportMissingTypeStubs] - it has none

    library: Any = pypdfium2
    with PDFIUM:
        return _pages(library.PdfDocument(pdf), dpi)


def _pages(document: Any, dpi: int) -> list[QImage]:
    try:
        found: list[QImage] = []
        for page in document:
            bitmap = page.render(scale=dpi / POINTS, rev_byteorder=True, prefer_bgrx=True)
            image = QImage(
                bytes(bitmap.buffer),
                bitmap.width,
                bitmap.height,
                bitmap.stride,
                QImage.Format.Format_RGBX8888,
            ).copy()
            image.setDotsPerMeterX(round(dpi / 0.0254))
            image.setDotsPerMeterY(round(dpi / 0.0254))
            found.append(image)
            bitmap.close()
        return found
    finally:
        document.close()


class SystemPrinter:
    """A printer of this PC: the one named, or the usual one."""

    def __init__(self, wanted: str = "") -> None:
        self._wanted = wanted

    def name(self) -> str:
        """Return the name of the printer, or nothing."""
        info = QPrinterInfo.printerInfo(self._wanted) if self._wanted else QPrinterInfo()
        return (info if not info.isNull() else QPrinterInfo.defaultPrinter()).printerName()

    def print_pdf(self, pdf: bytes, *, copies: int = 1, title: str = "") -> None:
        """Print every page of ``pdf`` at its own size."""
        name = self.name()
        if not name:
            raise NoPrinter
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setPrinterName(name)
        printer.setDocName(title)
        printer.setCopyCount(copies)
        put_on_paper(pages(pdf), printer)


def put_on_paper(images: list[QImage], printer: QPrinter) -> None:
    """Draw one picture on each sheet; raise `NoPrinter` when the printer does not take them."""
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setFullPage(True)
    painter = QPainter()
    if not painter.begin(printer):
        raise NoPrinter
    for number, image in enumerate(images):
        if number:
            printer.newPage()
        painter.drawImage(QRectF(painter.viewport()), image)
    painter.end()


class KeptSheets:
    """The double: keeps what would have been printed."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, bytes, int]] = []

    def name(self) -> str:
        """Return a name."""
        return "kept"

    def print_pdf(self, pdf: bytes, *, copies: int = 1, title: str = "") -> None:
        """Keep the sheet with its title and copies."""
        self.sheets.append((title, pdf, copies))
