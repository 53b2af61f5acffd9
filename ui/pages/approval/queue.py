"""What waits for a decision: listed at once, then looked at closely a part at a time."""

from typing import Final

from PySide6.QtCore import QObject, Signal

from app.disbursements.deciding_records import ApprovalQuery
from app.disbursements.queries import approval_rows
from app.disbursements.records import ApprovalRow
from ui.desk import Desk

AT_ONCE: Final = 30
"""Awards looked at with one question, so that a long queue keeps nobody waiting."""


class Queue(QObject):
    """The rows of the list; what was known of a row stands until it was looked at again."""

    listed = Signal()
    """Other awards wait."""
    looked = Signal()
    """The same awards wait, and more is known of them."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.rows: list[ApprovalRow] = []
        self._due: list[int] = []

    def ask(self) -> None:
        """Ask what waits."""
        asked = ApprovalQuery(look=False)
        self._desk.ask(approval_rows, asked, then=self._list, latest=self)

    def still_to_look(self) -> int:
        """Return of how many nobody knows yet whether they can be approved together."""
        return sum(not row.light for row in self.rows)

    def _list(self, rows: list[ApprovalRow]) -> None:
        known = {row.id: row for row in self.rows}
        self.rows = [_as_known(row, known.get(row.id)) for row in rows]
        self._due = [row.id for row in sorted(self.rows, key=lambda row: bool(row.light))]
        self.listed.emit()
        self._look_on()

    def _look_on(self) -> None:
        """Look at the next part, those first of which nothing is known."""
        part, self._due = self._due[:AT_ONCE], self._due[AT_ONCE:]
        if part:
            asked = ApprovalQuery(award_ids=tuple(part))
            self._desk.ask(approval_rows, asked, then=self._take, latest=self)

    def _take(self, looked: list[ApprovalRow]) -> None:
        found = {row.id: row for row in looked}
        rows = [found.get(row.id, row) for row in self.rows]
        if rows != self.rows:
            self.rows = rows
            self.looked.emit()
        self._look_on()


def _as_known(row: ApprovalRow, before: ApprovalRow | None) -> ApprovalRow:
    """Return a row as it is known, unless it changed since."""
    if before is None or not before.light:
        return row
    now, then = row.award, before.award
    same = (now.version, now.award_version_id) == (then.version, then.award_version_id)
    return before if same else row
