"""Takes the report in sight out of the program: as a workbook, as a PDF, on paper."""

from collections.abc import Callable, Sequence
from pathlib import Path

from app.core.i18n import _
from app.exchange.saving import save_file
from app.reports.charts import Chart
from app.reports.dashboard import dashboard
from app.reports.paper import report_paper
from app.reports.records import Report
from app.reports.telling import title
from app.reports.workbook import report_workbook
from ui.kit.page import Page
from ui.printing import Printer


class Output:
    """The ways out; ``told`` gives the report in sight, `None` while it is being counted."""

    def __init__(self, page: Page, told: Callable[[], Report | None]) -> None:
        self._page, self._told = page, told

    def save_workbook(self) -> None:
        """Save the report as a workbook."""
        told = self._told()
        if told is not None:
            self._save(told, "xlsx", _("Workbooks (*.xlsx)"), lambda: report_workbook(told))

    def save_paper(self) -> None:
        """Save the report as a PDF, with its charts."""
        told = self._told()
        if told is not None:
            self._with_charts(
                told,
                lambda charts: self._save(
                    told, "pdf", "PDF (*.pdf)", lambda: report_paper(told, charts)
                ),
            )

    def print(self) -> None:
        """Print the report, with its charts."""
        told, printer = self._told(), self._page.desk.printer
        if told is None or printer is None:
            return

        def printed(name: str) -> None:
            self._page.toast.emit(_("Printed, {name}").format(name=name), None)

        self._with_charts(
            told,
            lambda charts: self._page.desk.produce(_put_out, printer, told, charts, then=printed),
        )

    def _with_charts(self, told: Report, then: Callable[[tuple[Chart, ...]], object]) -> None:
        """Ask for every chart of the period: paper has all of them, in sight or not."""
        self._page.desk.ask(dashboard, told.asked, then=then)

    def _save(self, told: Report, ending: str, filters: str, make: Callable[[], bytes]) -> None:
        def save(place: Path) -> None:
            self._page.desk.produce(_write, make, place, then=saved)

        def saved(place: Path) -> None:
            self._page.toast.emit(_("Saved: {name}").format(name=place.name), None)

        name = f"{title(told)}.{ending}"
        self._page.desk.asking.save_file(self._page, _("Where to?"), name, filters, save)


def _write(make: Callable[[], bytes], place: Path) -> Path:
    return save_file(place, make())


def _put_out(printer: Printer, told: Report, charts: Sequence[Chart]) -> str:
    """Print a report and return the name of the printer that took it; raise `NoPrinter`."""
    printer.print_pdf(report_paper(told, charts), title=title(told))
    return printer.name()
