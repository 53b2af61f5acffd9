"""A page of several worklists, one in sight at a time."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QTableView, QWidget

from ui.kit.asking_page import AskingPage, Offers
from ui.kit.detail import DetailCard
from ui.kit.segments import Part, Segments
from ui.kit.worklist import Worklist

LOW = 560
"""Logical height below which what is chosen gives way."""


class WorklistsPage(AskingPage):
    """Segments choose the list; digits do the same while the focus is in one."""

    def compose_lists(self, lists: Sequence[Worklist[Any]], shares: tuple[int, int]) -> None:
        """Put the lists at the left and what is chosen in them at the right."""
        self._lists = {each.key: each for each in lists}
        self.segments = Segments(self.parts(), name=f"segments_{self.name}")
        self.segments.chosen.connect(self._turned)
        self.beside_title(self.segments)
        self.compose([each.left for each in lists], [each.thing for each in lists], shares)
        for each in lists:
            each.connect()
            for number in range(len(lists)):
                digit = QShortcut(QKeySequence(str(number + 1)), each.table)
                digit.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
                digit.activated.connect(lambda at=number: self.segments.press(at))
        self._turned(lists[0].key)

    def parts(self) -> list[Part]:
        """Return the segments, with what waits in each; for subclasses to write."""
        raise NotImplementedError

    def show_parts(self) -> None:
        """Show anew what waits in each list."""
        self.segments.show_parts(self.parts())

    def worklist(self) -> Worklist[Any]:
        """Return the list in sight."""
        return self._lists[self.segments.value() or next(iter(self._lists))]

    def _turned(self, key: str) -> None:
        each = self._lists[key]
        self.panes.back()
        self.banners.clear()
        self.bring(list(self._lists).index(key), each.thing)
        if self.isVisible():
            self.refresh()
            self.first_focus().setFocus()
        else:
            self._stale = True

    def turn_to(self, key: str, wanted: int | None = None) -> None:
        """Show another list, and one thing in it."""
        self._lists[key].wanted = wanted
        self.segments.choose(key)
        self._turned(key)
        if wanted is not None:
            self.enter()

    def open(self, what: object) -> None:
        """Show one thing of the first list by id, or of another: its key with the id."""
        match what:
            case int():
                self.turn_to(next(iter(self._lists)), what)
            case (str(key), int(wanted)) if key in self._lists:
                self.turn_to(key, wanted)
            case _:
                pass

    def enter(self, row: object = None) -> None:
        """Go from a row of the list to what is chosen: to the rows in it, where there are some.

        Without a row it only comes into sight, where there is room for one.
        """
        super().enter(row)
        if row is None and not self.panes.narrow:
            return
        views = self._detail.findChildren(QTableView)
        if (view := next((each for each in views if each.isVisible()), None)) is not None:
            view.setFocus()

    def close_pane(self) -> None:
        """Return from the form to what is chosen; the focus goes back to the list."""
        focused = QApplication.focusWidget()
        left = focused is not None and self.pane.isAncestorOf(focused)
        super().close_pane()
        if left:
            self.first_focus().setFocus()

    def _escape(self) -> None:
        if self.asking_now():
            self.close_pane()
        else:
            self.panes.back()
            self.first_focus().setFocus()

    def refresh(self) -> None:
        """Ask for the list in sight."""
        self.worklist().refresh()

    def offers(self) -> Offers:
        """Return what the list in sight offers."""
        return self.worklist().offers()

    def compact(self, width: int, height: int) -> None:
        """Show one pane at a time in a narrow window, and fewer lines in a low one."""
        super().compact(width, height)
        for each in self._lists.values():
            if isinstance(each.thing, DetailCard):
                each.thing.set_low(low=height < LOW)

    def first_focus(self) -> QWidget:
        """Begin in the list, or in the line above it while nothing is there."""
        return self.worklist().first()
