"""How the page of imports shows states, kinds of problem and the way of a workbook."""

from app.core.i18n import _
from app.core.words.imports import ImportState
from app.exchange.importing_records import ImportRow
from ui.kit.cells import Cell
from ui.kit.ribbon import Stage
from ui.pages.imports.detail import look_of
from ui.pages.imports.job import Job, ProblemRow

STATES = {
    ImportState.IMPORTED: ("circle-check", "ok"),
    ImportState.UNDONE: ("undo-2", ""),
}


def stages_of(job: Job) -> list[Stage]:
    """Return how far a workbook is."""
    mending = "now" if job.read.errors else "done"
    return [
        Stage(_("Read"), "done"),
        Stage(_("Mend"), mending),
        Stage(_("Confirm"), "next" if mending == "now" else "now"),
        Stage(job.end(), "next"),
    ]


def severity_cell(row: ProblemRow) -> Cell:
    """Return how a problem is marked."""
    words, icon, tone = look_of(row.severity, row.decision)
    return Cell(words, icon=icon, tone=tone)


def state_cell(row: ImportRow) -> Cell:
    """Return how the state of an import is marked."""
    icon, tone = STATES[row.state]
    return Cell(row.state.label, icon=icon, tone=tone)


def decision_cell(row: ProblemRow) -> Cell:
    """Return what becomes of the household of a problem."""
    return Cell(row.decision.label if row.decision else "")
