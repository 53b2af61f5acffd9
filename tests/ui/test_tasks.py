"""Work beside the screen: its answers come back on the screen's thread, until it is closed."""

from functools import partial
from threading import Event

from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from tests.ui.answers import AnyOrder
from ui.tasks import Tasks


def test_an_answer_comes_back(qtbot: QtBot) -> None:
    tasks, told = Tasks(), list[int]()
    tasks.read(lambda: 7, told.append, lambda error: None)
    qtbot.waitUntil(tasks.idle)
    assert told == [7]
    tasks.close()


def test_what_arrives_after_the_end_is_dropped() -> None:
    """Also what was on its way already: the page that asked is going away."""
    tasks, told, next_begun = Tasks(), list[int](), Event()
    tasks.write(lambda: 7, told.append, lambda error: None)
    tasks.write(next_begun.set, lambda answer: None, lambda error: None)
    assert next_begun.wait(timeout=60)
    tasks.close()
    QCoreApplication.sendPostedEvents(tasks)
    assert told == []


def test_answers_come_in_any_order_and_in_the_same_one_each_time(qtbot: QtBot) -> None:
    orders = list[list[int]]()
    for _run in range(2):
        tasks, told = AnyOrder(), list[int]()
        for number in range(12):
            tasks.read(partial(int, number), told.append, lambda error: None)
        qtbot.waitUntil(tasks.idle)
        tasks.close()
        orders.append(told)
    assert sorted(orders[0]) == list(range(12)) != orders[0]
    assert orders[0] == orders[1]
