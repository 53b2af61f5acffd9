"""The rail of areas: one is marked, and all can be reached where there is no room for all."""

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from tests.ui.conftest import SMALL, Shown
from tests.ui.desks import Seats
from ui import theme
from ui.kit.rail import Rail, RailItem

MANY = 24


def item(rail: QWidget, name: str) -> RailItem:
    found = rail.findChild(RailItem, f"area_{name}")
    assert found is not None
    return found


def in_sight(rail: Rail, name: str) -> bool:
    """Tell whether the whole of an area can be seen."""
    found = item(rail, name)
    return found.visibleRegion().boundingRect() == found.rect()


def test_an_area_without_room_is_scrolled_into_sight(shown: Shown) -> None:
    rail = Rail()
    for number in range(MANY):
        rail.add(f"area{number}", "区域", "coins", str(number))
    rail.add("settings", "设置", "settings", "Ctrl+,", bottom=True)
    shown(rail, 300, 400)
    rail.set_current("area0")
    assert not in_sight(rail, f"area{MANY - 1}")
    rail.set_current(f"area{MANY - 1}")
    assert in_sight(rail, f"area{MANY - 1}")
    assert in_sight(rail, "settings")


def test_one_area_is_marked_also_the_one_at_the_bottom(shown: Shown) -> None:
    rail = Rail()
    rail.add("first", "第一", "coins", "1")
    rail.add("settings", "设置", "settings", "Ctrl+,", bottom=True)
    shown(rail, 300, 400)
    rail.set_current("first")
    rail.set_current("settings")
    assert rail.current() == "settings"
    chosen: list[str] = []
    rail.chosen.connect(chosen.append)
    item(rail, "first").click()
    assert chosen == ["first"]
    assert rail.current() == "settings", "the page that comes into sight moves the mark"


@pytest.mark.parametrize("user", ["wang", "zhao", "li"])
def test_all_areas_of_a_person_are_in_sight_at_large_text(
    sit: Seats, qapp: QApplication, user: str
) -> None:
    theme.use(qapp, theme.Scheme.LIGHT, 150)
    seat = sit(user, "workbench")
    rail = seat.window.rail
    assert seat.window.height() == SMALL[1]
    areas = [each.objectName().removeprefix("area_") for each in rail.findChildren(RailItem)]
    assert [name for name in areas if not in_sight(rail, name)] == []
