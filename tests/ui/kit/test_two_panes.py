"""A list and what is chosen in it, where there is room for one of them only."""

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from tests.ui.conftest import Shown
from ui.kit.two_panes import TwoPanes


def panes() -> tuple[TwoPanes, QLineEdit, QLineEdit]:
    """Return two panes with a field in each."""
    left, right, listed, thing = QWidget(), QWidget(), QLineEdit(), QLineEdit()
    QHBoxLayout(left).addWidget(listed)
    QHBoxLayout(right).addWidget(thing)
    return TwoPanes(left, right), listed, thing


def test_the_list_comes_first_where_there_is_room_for_one(shown: Shown) -> None:
    both, listed, thing = panes()
    shown(both, 600, 400)
    listed.setFocus()
    both.set_narrow(True)
    assert listed.isVisible()
    assert not thing.isVisible()


def test_what_is_being_typed_stays_in_sight_when_the_room_gets_short(shown: Shown) -> None:
    both, listed, thing = panes()
    shown(both, 600, 400)
    told: list[bool] = []
    both.turned.connect(told.append)
    thing.setFocus()
    both.set_narrow(True)
    assert thing.isVisible()
    assert thing.hasFocus()
    assert told == [True]
    assert both.back()
    assert listed.isVisible()
