"""The acts on a household, for those who may read the trail."""

from functools import partial

from app.audit.queries import audit_rows
from app.audit.records import AuditQuery, AuditView
from app.core.i18n import _
from ui.kit.cards import EmptyState
from ui.kit.cells import Cell, Column
from ui.kit.page import Page
from ui.kit.table import RecordTable


class TrailTable(RecordTable[AuditView]):
    """When, who and what was done; the audit page shows every value, from what to what."""

    def __init__(self) -> None:
        super().__init__(
            AuditView,
            [
                Column("at", width=150),
                Column("actor", width=100),
                Column("says", width=260, cell=_act, stretch=True),
                Column("changes", title=_("Rows changed"), width=110, cell=_changed, right=True),
            ],
            name="table_trail",
            empty=EmptyState(_("Nothing was changed yet")),
        )
        self._acts: dict[str, list[AuditView]] = {}

    def ask(self, page: Page, *subjects: str) -> None:
        """Ask for the acts on these, where the person may read the trail."""
        for subject in subjects if page.desk.may(audit_rows) else ():
            about = AuditQuery(subject=subject)
            then = partial(self.show_acts, subject)
            page.desk.ask(audit_rows, about, then=then, latest=(self, subject))

    def forget(self) -> None:
        """Take all acts away: another household is shown."""
        self._acts.clear()
        self.show_rows([])

    def show_acts(self, subject: str, rows: list[AuditView]) -> None:
        """Show the acts on one subject among the others, the newest first."""
        self._acts[subject] = rows
        acts = [row for found in self._acts.values() for row in found]
        self.show_rows(sorted(acts, key=lambda row: row.id, reverse=True))


def _act(row: AuditView) -> Cell:
    return Cell(_(row.says).rstrip("."))


def _changed(row: AuditView) -> Cell:
    return Cell(str(len(row.changes)))
