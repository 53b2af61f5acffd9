"""A worklist that may be longer than what it lists: what is opened from elsewhere may be older."""

from collections.abc import Sequence
from typing import Any, TypeVar

from PySide6.QtWidgets import QComboBox

from ui.kit.asking_page import AskingPage
from ui.kit.worklist import FilterLine, Worklist

P = TypeVar("P", bound=AskingPage)


class LongList(Worklist[P]):
    """A list with a line of text and a box of states, one of which is all."""

    text: FilterLine
    standing: QComboBox

    def __init__(self, page: P, everything: object) -> None:
        super().__init__(page)
        self._everything = everything
        """What the box holds where it narrows nothing."""
        self._older: int | None = None
        """What was opened and is older than all that is listed: it stands last."""

    def show_found(self, rows: Sequence[Any], says: str) -> None:
        """Show the rows. What is wanted and is not among them is looked for in the whole list;
        where it is older than all that is listed, it stands last and stays chosen."""
        if self.elsewhere(rows) and self.widen():
            self.refresh()
            return
        if self.wanted is not None:
            self._older = self.wanted if self.elsewhere(rows) else None
        elif not self._stays(rows):
            self._older = None
        last = [each for each in self.table.rows() if self.identity(each) == self._older]
        self.show_list([*rows, *last], says)
        if self._older is not None and not last:
            self.ask_view(self._older)

    def _stays(self, rows: Sequence[Any]) -> bool:
        """Tell whether what is older is chosen still, in a list that nothing narrows."""
        chosen = self.table.current()
        return (
            chosen is not None
            and self.identity(chosen) == self._older
            and not self.narrowed()
            and all(self.identity(row) != self._older for row in rows)
        )

    def put_last(self, row: Any) -> None:
        """Let what has come into sight stand last in the list that it is too old for."""
        listed = self.table.rows()
        if self.identity(row) != self._older or row in listed:
            return
        newer = [each for each in listed if self.identity(each) != self._older]
        self.table.show_rows([*newer, row])
        self.table.select_where(lambda each: self.identity(each) == self._older)

    def ask_view(self, key: int) -> None:
        """Show one thing by its id."""
        raise NotImplementedError

    def narrowed(self) -> bool:
        """Tell whether something narrows the list."""
        return bool(self.text.asked()) or self.standing.currentData() != self._everything

    def widen(self) -> bool:
        """Narrow the list by nothing; tell whether something did."""
        narrowed = self.narrowed()
        self.text.clear()
        self.standing.setCurrentIndex(self.standing.findData(self._everything))
        return narrowed
