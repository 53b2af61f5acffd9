"""The list of services and referrals: closed with a result, taken back, on the way to the file."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from app.core.words.papers import PaperState
from app.core.words.services import ServiceState
from app.papers.queries import paper_view
from app.papers.records import PaperById
from app.services.actions import close_service
from app.services.queries import service_rows
from app.services.records import CloseForm, Requested, ServiceQuery, ServiceRow
from tests.ui.conftest import click_key
from tests.ui.desks import Seat, Seats
from tests.world import World
from ui import theme
from ui.kit.rail import RailItem
from ui.pages.services import ServicesPage
from ui.waiting import Waiting


def services(sit: Seats, user: str = "wang", what: object = None) -> Seat[ServicesPage]:
    return sit(user, "services", what)


def requests(world: World) -> dict[int, ServiceRow]:
    return {row.id: row for row in world.ask("wang", service_rows, ServiceQuery())}


def texts(widget: QWidget) -> str:
    shown = [each for each in widget.findChildren(QWidget) if each.isVisible()]
    return " ".join(str(each.property("text") or "") for each in shown)


def went(seat: Seat[Any]) -> list[tuple[str, object]]:
    """Catch where the page wants to go instead of going there."""
    caught: list[tuple[str, object]] = []

    def catch(name: str, what: object) -> None:
        caught.append((name, what))

    seat.page.go.disconnect()
    seat.page.go.connect(catch)
    return caught


@pytest.fixture
def two(world: World) -> tuple[Requested, Requested]:
    """Ask for a service and a referral of one household."""
    accepted = world.file()
    return world.request(accepted, note="下午方便"), world.request(accepted, "dibao_application")


def test_nothing_is_in_hand_yet(sit: Seats) -> None:
    seat = services(sit)
    assert "没有办理中的事项" in texts(seat.page)
    assert seat.window.offers()["F9"].reason == "请选择一项"


def test_what_was_asked_stands_beside_the_list(
    world: World, sit: Seats, two: tuple[Requested, Requested]
) -> None:
    seat = services(sit)
    assert seat.page.table.view.hasFocus()
    assert seat.page.segments.words()[0] == ServiceState.OPEN.label
    row = requests(world)[two[0].id]
    for words in (row.number, row.department, row.entitlement, row.note, *row.papers):
        assert words in texts(seat.page)
    assert "没有有效的转介单" in seat.window.offers()["F12"].reason
    click_key(seat.page.table.view, Qt.Key.Key_Down)
    seat.rest()
    referral = requests(world)[two[1].id]
    assert referral.entitlement in texts(seat.page)
    gone = went(seat)
    seat.window.press("F12")
    assert gone == [("papers", two[1].paper_id)]


def test_f9_closes_with_the_result(
    world: World, sit: Seats, two: tuple[Requested, Requested]
) -> None:
    seat = services(sit)
    seat.asking.reason_given = "已谈三次"
    seat.window.press("F9")
    seat.rest()
    seat.rest()
    row = requests(world)[two[0].id]
    assert (row.state, row.result, row.closed_by) == (ServiceState.DONE, "已谈三次", "王芳")
    assert seat.window.toast.text() == f"{row.number} 已办结"
    assert [each.id for each in seat.page.table.rows()] == [two[1].id]
    seat.page.segments.press(1)
    seat.rest()
    assert "已谈三次" in texts(seat.page)
    assert seat.window.offers()["F9"].reason == "这一项已结束"


def test_f8_takes_back_and_voids_the_slip(
    world: World, sit: Seats, two: tuple[Requested, Requested]
) -> None:
    seat = services(sit)
    seat.page.table.select(1)
    seat.asking.reason_given = "已自行申请"
    seat.window.press("F8")
    seat.rest()
    seat.rest()
    assert requests(world)[two[1].id].state is ServiceState.WITHDRAWN
    assert two[1].paper_id is not None
    slip = world.ask("wang", paper_view, PaperById(id=two[1].paper_id))
    assert slip.row.state is PaperState.VOID


def test_enter_opens_the_household(sit: Seats, two: tuple[Requested, Requested]) -> None:
    seat = services(sit)
    gone = went(seat)
    click_key(seat.page.table.view, Qt.Key.Key_Return)
    click_key(seat.window, Qt.Key.Key_O, Qt.KeyboardModifier.AltModifier)
    assert gone == [("household", two[0].household_id)] * 2


def test_segments_and_filter_narrow_the_list(
    world: World, sit: Seats, two: tuple[Requested, Requested]
) -> None:
    world.do("wang", close_service, CloseForm(id=two[0].id, version=1, result="已谈"))
    seat = services(sit)
    for at, found in enumerate([[two[1].id], [two[0].id], [], [two[1].id, two[0].id]]):
        seat.page.segments.press(at)
        seat.rest()
        assert [row.id for row in seat.page.table.rows()] == found
    line = seat.page.findChild(QLineEdit, "service_filter")
    assert line is not None
    click_key(seat.page.table.view, Qt.Key.Key_Slash)
    assert line.hasFocus()
    line.setText("F2026-00009")
    seat.page.reload()
    seat.rest()
    assert "没有找到“F2026-00009”" in texts(seat.page)


def test_a_number_opens_the_request_itself(sit: Seats, two: tuple[Requested, Requested]) -> None:
    seat = services(sit, what=two[1].number)
    assert [row.id for row in seat.page.table.rows()] == [two[1].id]


def test_the_auditor_reads_and_cannot_close(sit: Seats, two: tuple[Requested, Requested]) -> None:
    seat = services(sit, "zhou")
    assert len(seat.page.table.rows()) == len(two)
    for key in ("F8", "F9"):
        assert seat.window.offers()[key].reason.startswith("需要权限")


def test_the_rail_counts_what_is_in_hand(
    world: World, sit: Seats, two: tuple[Requested, Requested]
) -> None:
    seat = services(sit)
    Waiting(seat.window)
    seat.rest()
    item = next(each for each in seat.window.rail.findChildren(RailItem) if each.name == "services")
    assert item.count == len(two)
    seat.asking.reason_given = "已谈"
    seat.window.press("F9")
    seat.rest()
    seat.rest()
    assert item.count == 1
    assert requests(world)[two[0].id].state is ServiceState.DONE


def test_a_household_shows_its_requests(
    world: World, sit: Seats, two: tuple[Requested, Requested]
) -> None:
    seat: Seat[Any] = sit("wang", "household", two[0].household_id)
    seat.rest()
    rows = seat.page.relief.services.texts()
    assert [row[0] for row in rows] == [each.number for each in two]


@pytest.mark.usefixtures("two")
def test_the_page_gives_way_where_there_is_little_room(sit: Seats) -> None:
    theme.use(theme.application(), theme.Scheme.LIGHT, 150)
    seat = services(sit)
    assert seat.page.panes.right.isHidden()
    click_key(seat.page.table.view, Qt.Key.Key_Return)
    assert seat.page.panes.left.isHidden()
    click_key(seat.page.panes, Qt.Key.Key_Escape)
    assert not seat.page.panes.left.isHidden()
