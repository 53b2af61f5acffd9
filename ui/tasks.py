"""Where work is done: one thread writes the store, two read it, one makes paper.

Answers come back on the thread of the screen, through one long-lived object and a queued signal.
"""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal, Slot

Done = Callable[[Any], object]
Broke = Callable[[Exception], object]


class Tasks(QObject):
    """Runs work beside the screen."""

    _arrived = Signal(object)
    _heard = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._writer = ThreadPoolExecutor(1, "store")
        self._readers = ThreadPoolExecutor(2, "reader")
        self._paper = ThreadPoolExecutor(1, "paper")
        self._waiting = 0
        self._closed = False
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._heard.connect(self._hear, Qt.ConnectionType.QueuedConnection)

    def write(self, work: Callable[[], Any], done: Done, broke: Broke) -> None:
        """Run ``work`` on the one thread that writes the store."""
        self._start(self._writer, work, done, broke)

    def read(self, work: Callable[[], Any], done: Done, broke: Broke) -> None:
        """Run ``work`` on one of the two threads that read the store."""
        self._start(self._readers, work, done, broke)

    def paper(self, work: Callable[[], Any], done: Done, broke: Broke) -> None:
        """Run ``work`` on the thread that makes paper."""
        self._start(self._paper, work, done, broke)

    def tell(self, words: Callable[[], object]) -> None:
        """Run ``words`` on the thread of the screen: how far a piece of work is."""
        if not self._closed:
            self._heard.emit(words)

    def idle(self) -> bool:
        """Tell whether no answer is awaited."""
        return self._waiting == 0

    def close(self) -> None:
        """Let running work end and take no more; its answers are dropped."""
        self._closed = True
        self._arrived.disconnect(self._deliver)
        for pool in (self._readers, self._paper, self._writer):
            pool.shutdown(wait=True)

    def _start(
        self, pool: ThreadPoolExecutor, work: Callable[[], Any], done: Done, broke: Broke
    ) -> None:
        if self._closed:
            return  # a timer of a page that is going away
        self._waiting += 1
        pool.submit(work).add_done_callback(partial(self._finished, done, broke))

    def _finished(self, done: Done, broke: Broke, future: "Future[Any]") -> None:
        """Carry the end of a piece of work over; runs on the thread that did it."""
        error = future.exception()
        if error is None:
            self._arrived.emit(partial(done, future.result()))
        elif isinstance(error, Exception):
            self._arrived.emit(partial(broke, error))

    @Slot(object)
    def _deliver(self, answer: Callable[[], object]) -> None:
        self._waiting -= 1
        if not self._closed:  # one on its way when work was closed: who asked is going away
            answer()

    @Slot(object)
    def _hear(self, words: Callable[[], object]) -> None:
        if not self._closed:
            words()
