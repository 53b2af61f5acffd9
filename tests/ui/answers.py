"""Answers that come in any order: what a page shows may not rest on which came first.

Two threads read the store, so in the program the order is chance. Here it is drawn from a seed and
the same in every run; ``make answers N=7`` draws another.
"""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from random import Random
from typing import Any

from PySide6.QtCore import QTimer

from ui.tasks import Broke, Done, Tasks


class AnyOrder(Tasks):
    """Gives an answer when none is under way any more: any of those that wait."""

    def __init__(self) -> None:
        super().__init__()
        self._asked = 0
        self._here: dict[int, Callable[[], object]] = {}
        self._chance = Random(os.environ.get("ANSWERS", "1"))  # noqa: S311 - no secret

    def idle(self) -> bool:
        """Tell whether no answer is awaited, nor kept back."""
        return super().idle() and not self._here

    def _start(
        self, pool: ThreadPoolExecutor, work: Callable[[], Any], done: Done, broke: Broke
    ) -> None:
        self._asked += 1
        keep = partial(self._keep, self._asked)
        super()._start(pool, work, partial(keep, done), partial(keep, broke))

    def _keep(self, number: int, told: Callable[[Any], object], answer: Any) -> None:
        self._here[number] = partial(told, answer)
        QTimer.singleShot(0, self, self._give)

    def _give(self) -> None:
        if self._closed:
            self._here.clear()
        elif self._here and super().idle():
            QTimer.singleShot(0, self, self._give)
            self._here.pop(self._chance.choice(sorted(self._here)))()
