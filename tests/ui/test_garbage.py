"""Widgets are freed on the thread of the screen, never on one that reads the store."""

import gc
from threading import Thread
from weakref import ref

from PySide6.QtWidgets import QApplication, QWidget

from ui.garbage import Collector


class Ring(QWidget):
    """A widget that holds itself, as pages do by their callbacks."""

    def __init__(self) -> None:
        super().__init__()
        self.me = self


def test_a_worker_thread_frees_no_widget(qapp: QApplication) -> None:
    collector = Collector(qapp)
    gone = ref(Ring())
    worker = Thread(target=lambda: [[item] for item in range(100_000)])
    worker.start()
    worker.join()
    assert gone() is not None
    rubbish: list[list[int]] = [[] for _each in range(gc.get_threshold()[0] + 1)]
    collector.collect()
    assert rubbish
    assert gone() is None
    assert not gc.isenabled()
    collector.deleteLater()
