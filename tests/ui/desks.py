"""A whole desk for tests of pages: the real office, the frame around one page, its person."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, cast

from PySide6.QtWidgets import QWidget

from app.demo.center import STAFF
from tests.ui.answers import AnyOrder
from tests.world import World
from ui.desk import Desk
from ui.feedback import Feedback
from ui.kit.asking import Answers
from ui.kit.page import Page
from ui.main_window import Frame, MainWindow
from ui.printing import KeptSheets
from ui.tasks import Tasks

P = TypeVar("P", bound=Page)


@dataclass
class Seat(Generic[P]):
    """A person before the frame with one page open."""

    window: MainWindow
    page: P
    desk: Desk
    asking: Answers
    sheets: KeptSheets
    rest: Callable[[], None]
    """Waits until no answer is awaited and the layout is at rest."""


class Seats:
    """Seats people of a world at desks of their own; `close` when the test is over."""

    def __init__(
        self,
        world: World,
        show: Callable[[QWidget], object],
        wait: Callable[[Callable[[], bool]], None],
        settle: Callable[[], None],
    ) -> None:
        self._world, self._show, self._wait, self._settle = world, show, wait, settle
        self._opened: list[Tasks] = []

    def __call__(self, user: str, name: str, what: object = None) -> Seat[Any]:
        """Open the page ``name`` for ``user``."""
        tasks, asking, sheets = AnyOrder(), Answers(), KeptSheets()
        self._opened.append(tasks)
        actor, office = self._world.actor(user), self._world.office
        desk = Desk(office, actor, tasks, Feedback(), asking=asking, printer=sheets)
        role = next(role for each, _name, role in STAFF if each == user)
        frame = Frame("困难职工帮扶中心", "哈尔滨市总工会（演示）", role.label, demo=True)
        window = MainWindow(desk, frame, lambda _text, then: then([]))
        self._show(window)

        def rest() -> None:
            self._wait(tasks.idle)
            self._settle()

        page = cast("Page", window.go(name, what))
        rest()
        return Seat(window, page, desk, asking, sheets, rest)

    def close(self) -> None:
        """End the threads of every desk."""
        for tasks in self._opened:
            tasks.close()
