"""The page of lists: opened, filled by the policy or a roster, handed in, followed."""

from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from app.core.money import Fen
from app.core.words.disbursements import ListKind, ListState, PayWay
from app.core.words.funds import FundSource
from app.disbursements.list_queries import list_rows
from app.disbursements.list_records import ListEntry, ListQuery, ListRow
from tests.app.test_disbursements_members import fund
from tests.app.test_lists import id_of, opened
from tests.imports import bring_in, workbook
from tests.ui.desks import Seat, Seats
from tests.world import World
from ui import theme
from ui.kit.buttons import Button
from ui.pages.lists import ListsPage


def lists(world: World) -> list[ListRow]:
    return world.ask("wang", list_rows, ListQuery())


def button(seat: Seat[ListsPage], name: str) -> Button:
    found = seat.page.findChild(Button, name)
    assert found is not None
    return found


def press(seat: Seat[ListsPage], name: str) -> None:
    button(seat, name).click()
    seat.rest()


def fill(seat: Seat[ListsPage]) -> None:
    """Look for people by the policy and put all of them on the list."""
    press(seat, "act_look")
    press(seat, "act_put")


def test_there_is_no_list_yet(sit: Seats) -> None:
    seat = sit("wang", "lists")
    assert seat.window.offers()["F9"].reason == "请选一份名单"
    assert not button(seat, "act_new_list").reason


def test_a_festival_list_is_opened_filled_and_handed_in(world: World, sit: Seats) -> None:
    for _each in range(2):
        world.file()
    seat = sit("wang", "lists")
    press(seat, "act_new_list")
    form = seat.page.form.form
    assert form.value("measure") == "festival_relief"
    form.set_value("title", "2027 年春节送温暖")
    form.set_value("fund_id", world.fund_id())
    form.set_value("amount", Fen(50_000))
    press(seat, "act_send_list")
    assert seat.page.detail.rows.rows() == []
    fill(seat)
    assert [row.amount for row in seat.page.detail.rows.rows()] == [50_000, 50_000]
    assert "每一行成为一笔单独的救助" in seat.page.bar().text()
    seat.window.press("F9")
    seat.rest()
    (row,) = lists(world)
    assert (row.state, row.total) == (ListState.PROPOSED, 100_000)
    assert seat.window.toast.text() == "2 笔，1,000.00 元，已提交审批"
    assert button(seat, "act_propose_list").reason == "每一行都已成为救助"


def test_those_left_out_are_told_with_the_reason(world: World, sit: Seats) -> None:
    accepted = world.file()
    for _each in range(2):
        world.propose(accepted, 300_000, measure="festival_relief")
    list_id = opened(world)
    seat = sit("wang", "lists", list_id)
    press(seat, "act_look")
    pane = seat.page.candidates
    assert pane.yes.rows() == []
    assert button(seat, "act_put").reason == "还没有勾选"
    pane.segments.press(1)
    ((_name, _district, _file, _category, why),) = pane.no.texts()
    assert why == "额度已用完：已发 0.00 元，在途 6,000.00 元"


def _first(row: ListEntry) -> bool:
    return row.id == 1


def test_rows_are_taken_off_and_the_list_back(world: World, sit: Seats) -> None:
    for _each in range(2):
        world.file()
    seat = sit("wang", "lists", opened(world))
    fill(seat)
    rows = seat.page.detail.rows
    rows.check(_first)
    press(seat, "act_take_off")
    assert [row.id for row in rows.rows()] == [2]
    seat.window.press("F9")
    seat.rest()
    seat.window.press("F8")
    seat.rest()
    assert seat.asking.asked[-1].startswith("收回名单 L2026-0001")
    assert lists(world)[0].state is ListState.WITHDRAWN


def agency(world: World) -> int:
    return opened(
        world,
        kind=ListKind.AGENCY,
        title="民政局代发",
        measure="",
        fund_id=fund(world, FundSource.AGENCY),
        amount=None,
        document="代发委托函〔2026〕3 号",
    )


def copied(world: World) -> str:
    name, number = id_of(world, world.file())
    titles = "姓名\t身份证号码\t发放金额\t卡号"
    rows = [f"{name}\t{number}\t123.45\t", "某人\t239001197001010016\t1,000\t"]
    return "\n".join([titles, *rows, "合计\t\t1123.45\t"])


@pytest.mark.parametrize("how", ["pasted", "read"])
def test_a_roster_is_taken_in_and_confirmed_by_another(
    world: World, sit: Seats, tmp_path: Path, how: str
) -> None:
    list_id, text = agency(world), copied(world)
    seat = sit("wang", "lists", list_id)
    assert "名册须先由另一人核定" in button(seat, "act_propose_list").reason or (
        button(seat, "act_propose_list").reason == "名单上还没有人"
    )
    if how == "pasted":
        QGuiApplication.clipboard().setText(text)
        seat.page.detail.rows.setFocus()
        seat.page.paste()
    else:
        file = tmp_path / "名册.csv"
        file.write_bytes(text.replace("1,000", "1000").replace("\t", ",").encode("gb18030"))
        seat.asking.file = file
        button(seat, "act_read_roster").click()
    seat.rest()
    assert "在档 1 行，未建档 1 行 未建档：某人" in seat.page.banners.says()
    assert button(seat, "act_propose_list").reason == "名册须先由另一人核定"
    other = sit("zhao", "lists", list_id)
    other.page.findChild(Button, "act_confirm_list").click()
    other.rest()
    assert lists(world)[0].state is ListState.CONFIRMED
    seat.page.reload()
    seat.rest()
    seat.window.press("F9")
    seat.rest()
    assert "1 行未列入" in seat.page.banners.says()


def test_a_roster_that_cannot_be_read_is_told(world: World, sit: Seats) -> None:
    seat = sit("wang", "lists", agency(world))
    QGuiApplication.clipboard().setText("姓名\t身份证号\t金额\n某人\t239001197001010017\t很多\n")
    seat.page.paste()
    seat.rest()
    assert "名册有 1 行读不懂" in seat.page.banners.says()
    QGuiApplication.clipboard().setText("没有标题")
    seat.page.paste()
    seat.rest()
    assert "没有找到姓名、身份证号、金额三列的标题" in seat.page.banners.says()


@pytest.mark.parametrize("percent", [100, 150])
def test_the_page_fits_at_every_text_size(
    world: World, sit: Seats, qapp: QApplication, tmp_path: Path, percent: int
) -> None:
    for _each in range(3):
        try:
            world.file()
        except Exception:  # noqa: BLE001, S112 - the third of the demonstration cannot be filed
            continue
    theme.use(qapp, theme.Scheme.LIGHT, percent)
    seat = sit("wang", "lists", opened(world, way=PayWay.GOODS, goods="大米（袋）",
                                       quantity=2, unit_value=Fen(6_550)))  # fmt: skip
    fill(seat)
    seat.window.press("F9")
    seat.rest()
    assert seat.window.minimumSizeHint().width() <= 1366
    assert seat.window.grab().save(str(tmp_path / f"lists-{percent}.png"))


def test_a_file_that_came_in_with_an_archive_may_still_apply(world: World, sit: Seats) -> None:
    """The list opened an application for itself alone."""
    bring_in(world, workbook(1)[1])
    seat = sit("wang", "lists", opened(world, way=PayWay.CASH))
    fill(seat)
    seat.window.press("F9")
    seat.rest()
    (entry,) = seat.page.detail.rows.rows()
    assert entry.award_number == "J2026-00001"
    household = sit("wang", "household", entry.household_id)
    act = household.page.findChild(Button, "act_apply")
    assert act is not None
    assert act.isVisible()
    assert not act.reason
