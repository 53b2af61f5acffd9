"""What the lists that are narrowed have in common: a text, a state, and finding what is wanted."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtWidgets import QComboBox

from ui.kit.worklist import FilterLine, Worklist

if TYPE_CHECKING:
    from ui.pages.jobs.page import JobsPage

ALL: Final = "all"


class JobList(Worklist["JobsPage"]):
    """A list with a line of text and a box of states, one of which is all."""

    page: "JobsPage"
    text: FilterLine
    standing: QComboBox

    def show_found(self, rows: Sequence[Any], says: str) -> None:
        """Show the rows; what is wanted from elsewhere and is not among them is looked for in
        the whole list, and shown alone when it is older than all that is listed."""
        if self.elsewhere(rows) and self.widen():
            self.refresh()
            return
        missing = self.wanted if self.elsewhere(rows) else None
        self.show_list(rows, says)
        if missing is not None:
            self.ask_view(missing)

    def ask_view(self, key: int) -> None:
        """Show one thing by its id."""
        raise NotImplementedError

    def widen(self) -> bool:
        """Narrow the list by nothing; tell whether something did."""
        narrowed = bool(self.text.asked()) or self.standing.currentData() != ALL
        self.text.clear()
        self.standing.setCurrentIndex(self.standing.findData(ALL))
        return narrowed
