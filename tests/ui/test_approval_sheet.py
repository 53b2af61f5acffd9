"""What the approval desk shows of an award, of lists, and of two households that share something;
and pictures of it."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget

from app.core.money import Fen
from app.core.words.disbursements import AwardState, NeedKind, PayWay
from app.core.words.funds import FundSource
from app.disbursements.deciding_records import ApprovalQuery
from app.disbursements.list_records import ListPick, ListStep
from app.disbursements.lists import propose_list
from app.disbursements.queries import approval_rows, award_view
from app.disbursements.records import ApprovalRow, AwardById, NeedForm
from app.funds.actions import confirm_budget, enter_budget, open_fund
from app.funds.records import BudgetForm, BudgetStep, FundForm
from tests.app.test_comparing import PHONE, sharing
from tests.app.test_lists import opened, put, view
from tests.app.test_needs import pupil
from tests.ui.desks import Seat, Seats
from tests.world import World, changed
from ui import theme
from ui.kit.buttons import Button
from ui.pages.approval import ApprovalPage, queue

LOOKS = [
    (theme.Scheme.LIGHT, 100),
    (theme.Scheme.LIGHT, 150),
    (theme.Scheme.DARK, 100),
    (theme.Scheme.CONTRAST, 150),
]
Picture = Callable[[QWidget, str], Path]


def words(seat: Seat[Any]) -> str:
    """Return everything the sheet says."""
    labels = seat.page.reading.findChildren(QLabel)
    return "\n".join(label.text() for label in labels if not label.isHidden())


def button(seat: Seat[Any], name: str) -> Button:
    found = seat.page.findChild(Button, name)
    assert found is not None
    return found


def press(seat: Seat[Any], key: Qt.Key, *, control: bool = False) -> None:
    modifier = Qt.KeyboardModifier.ControlModifier if control else Qt.KeyboardModifier.NoModifier
    QTest.keyClick(seat.window.focusWidget() or seat.page, key, modifier)
    seat.rest()


def rows(world: World) -> list[ApprovalRow]:
    return world.ask("zhao", approval_rows, ApprovalQuery())


def donated(world: World) -> int:
    """Open a fund with a donor's wish."""
    form = FundForm(
        name="爱心企业捐款", source=FundSource.DONATION, year=2026,
        donor="示例机械厂", condition="用于冬季取暖和生活补助",
    )  # fmt: skip
    fund_id = world.do("qian", open_fund, form)
    today = world.clock.today()
    budget = BudgetForm(
        fund_id=fund_id, amount=Fen(5_000_000), document="捐赠协议〔2026〕2 号", granted_on=today
    )
    step = BudgetStep(id=world.do("qian", enter_budget, budget), version=1)
    world.do("zhao", confirm_budget, step)
    return fund_id


def festival(world: World, count: int = 2, **more: Any) -> tuple[int, list[int]]:
    """Hand a list in whose awards wait; return it and the awards."""
    list_id = opened(world, way=PayWay.CASH, title="2027 年春节送温暖", **more)
    filed = [world.file() for _each in range(count)]
    put(world, list_id, *(ListPick(household_id=each.household_id) for each in filed))
    step = ListStep(id=list_id, version=view(world, list_id).row.version)
    world.do("wang", propose_list, step)
    awards = [entry.award_id for entry in view(world, list_id).entries]
    return list_id, [award for award in awards if award is not None]


# The sheet


def test_goods_their_need_and_the_wish_of_the_donor_stand_on_the_sheet(
    world: World, sit: Seats
) -> None:
    world.propose(
        fen=13_100, way=PayWay.GOODS, goods="大米（袋）", quantity=2, unit_value=Fen(6_550),
        account_holder="", account_number="", fund_id=donated(world),
        needs=(NeedForm(kind=NeedKind.INVOICE, number="00128845"),),
    )  # fmt: skip
    seat: Seat[ApprovalPage] = sit("zhao", "approval")
    says = words(seat)
    assert "大米（袋） 2 × 65.50 元 = 131.00 元" in says
    assert "票据号码 00128845" in says
    assert "示例机械厂" in says
    assert "用于冬季取暖和生活补助" in says
    assert "所在名单" not in says


def test_the_cap_says_what_is_left_after_this_award(world: World, sit: Seats) -> None:
    accepted = world.file()
    world.propose(accepted, fen=100_000)
    last = world.propose(accepted, fen=50_000)
    cap = world.ask("zhao", award_view, AwardById(id=last)).cap
    assert cap.left is not None
    seat: Seat[ApprovalPage] = sit("zhao", "approval", last)
    after = f"{(cap.left - 50_000) / 100:,.2f}"
    assert f"在办 1,000.00 元　本件后还可领 {after} 元" in words(seat)


def test_the_school_year_of_a_pupil_is_named(world: World, sit: Seats) -> None:
    accepted, member = pupil(world, world.file())
    world.propose(accepted, fen=100_000, measure="golden_autumn", member_id=member)
    seat: Seat[ApprovalPage] = sit("zhao", "approval")
    assert "学年" in words(seat)
    assert "239001" not in words(seat)


def test_a_list_is_named_on_the_sheet_and_nothing_of_an_account(world: World, sit: Seats) -> None:
    festival(world, 1)
    seat: Seat[ApprovalPage] = sit("zhao", "approval")
    assert "L2026-0001　2027 年春节送温暖" in words(seat)
    assert "现金" in words(seat)


# By list


def test_one_list_is_chosen_by_keys_marked_and_approved(world: World, sit: Seats) -> None:
    _list_id, awards = festival(world)
    third = world.propose(world.accepted[0])
    seat: Seat[ApprovalPage] = sit("zhao", "approval")
    assert len(seat.page.table.rows()) == 3
    seat.page.table.view.setFocus()
    press(seat, Qt.Key.Key_Slash)
    box = seat.page.narrowing.box
    assert seat.window.focusWidget() is box
    assert box.itemText(2) == "2027 年春节送温暖 L2026-0001（2）"
    press(seat, Qt.Key.Key_Down)
    assert [row.id for row in seat.page.table.rows()] == awards
    seat.page.table.view.setFocus()
    press(seat, Qt.Key.Key_A, control=True)
    assert len(seat.page.table.checked()) == 2
    button(seat, "act_approve_marked").click()
    seat.rest()
    assert seat.asking.asked == ["同意所选 2 件？"]
    assert {row.id for row in rows(world)} == {third}
    for award_id in awards:
        found = world.ask("zhao", award_view, AwardById(id=award_id))
        assert found.row.state is AwardState.APPROVED
        assert len(found.decisions) == 1
    assert [row.id for row in seat.page.table.rows()] == [third]


def test_a_row_with_a_flag_is_not_marked_and_says_why(world: World, sit: Seats) -> None:
    world.propose()
    seat: Seat[ApprovalPage] = sit("zhao", "approval")
    seat.page.table.view.setFocus()
    press(seat, Qt.Key.Key_Space)
    assert seat.page.table.checked() == []
    assert seat.window.toast.text() == "不能勾选：户名非本户，请逐件审批"
    assert "户名非本户" in seat.page.table.model.at(0, 0).second


def test_one_marks_by_keys_where_there_is_no_room_for_the_list(world: World, sit: Seats) -> None:
    _list_id, awards = festival(world)
    seat: Seat[ApprovalPage] = sit("zhao", "approval")
    theme.use(theme.application(), theme.Scheme.LIGHT, 150)
    seat.rest()
    seat.window.resize(1366, 768)
    seat.rest()
    assert not seat.page.table.isVisible()
    seat.page.setFocus()
    for key in (Qt.Key.Key_Space, Qt.Key.Key_J, Qt.Key.Key_Space, Qt.Key.Key_Space):
        press(seat, key)
    assert [row.id for row in seat.page.table.checked()] == awards[:1]
    QTest.keyClick(seat.page, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert [row.id for row in seat.page.table.checked()] == awards


def test_a_long_queue_is_listed_at_once_and_checked_a_part_at_a_time(
    world: World, sit: Seats, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queue, "AT_ONCE", 1)
    _list_id, awards = festival(world)
    seat: Seat[ApprovalPage] = sit("zhao", "approval")
    assert [row.light for row in seat.page.queue.rows] == ["ok", "ok"]
    assert seat.page.queue.still_to_look() == 0
    seat.page.table.check(lambda _row: True)
    seat.page.reload()
    assert seat.page.queue.still_to_look() == 0
    seat.rest()
    assert [row.id for row in seat.page.table.checked()] == awards


# Two households


def test_two_households_are_compared_by_keys(world: World, sit: Seats) -> None:
    found, other = sharing(world)
    seat: Seat[ApprovalPage] = sit("zhao", "approval", found.row.id)
    QTest.keyClick(seat.page.table.view, Qt.Key.Key_D, Qt.KeyboardModifier.AltModifier)
    seat.rest()
    pane = seat.page.comparing
    assert pane.isVisible()
    assert not seat.page.middle.isVisible()
    texts = [label.text() for label in pane.findChildren(QLabel)]
    names = {world.ask("zhao", award_view, AwardById(id=found.row.id)).row.name}
    assert names <= set(texts)
    press(seat, Qt.Key.Key_Escape)
    assert not pane.isVisible()
    assert seat.page.middle.isVisible()
    gone: list[tuple[str, object]] = []

    def went(name: str, what: object) -> None:
        gone.append((name, what))

    seat.page.go.connect(went)
    button(seat, "act_compare").click()
    seat.rest()
    button(seat, "act_open_other").click()
    assert gone == [("household", other)]


def test_each_of_several_households_can_be_chosen(world: World, sit: Seats) -> None:
    found, other = sharing(world)
    form = world.form()
    head = changed(form.household.head, phone=PHONE)
    third = world.accept(changed(form, household=changed(form.household, head=head)))
    seat: Seat[ApprovalPage] = sit("zhao", "approval", found.row.id)
    button(seat, "act_compare").click()
    seat.rest()
    pane = seat.page.comparing
    assert pane.segments.isVisible()
    pane.segments.press(1)
    seat.rest()
    assert head.name in [label.text() for label in pane.findChildren(QLabel)]
    gone: list[object] = []

    def went(_name: str, what: object) -> None:
        gone.append(what)

    seat.page.go.connect(went)
    button(seat, "act_open_other").click()
    press(seat, Qt.Key.Key_Escape)
    button(seat, "act_compare").click()
    seat.rest()
    button(seat, "act_open_other").click()
    assert gone == [third.household_id, other]


# Pictures


@pytest.mark.parametrize(("scheme", "percent"), LOOKS)
def test_pictures(
    world: World, sit: Seats, picture: Picture, scheme: theme.Scheme, percent: int
) -> None:
    found, _other = sharing(world)
    goods = world.propose(
        world.accepted[1], fen=26_200, way=PayWay.GOODS, goods="大米（袋）", quantity=4,
        unit_value=Fen(6_550), account_holder="", account_number="", fund_id=donated(world),
        needs=(NeedForm(kind=NeedKind.INVOICE, number="00128845"),),
    )  # fmt: skip
    seat: Seat[ApprovalPage] = sit("zhao", "approval", found.row.id)
    theme.use(theme.application(), scheme, percent)
    seat.rest()
    seat.window.resize(1366, 768)
    seat.rest()
    name = f"approval-{scheme.value}-{percent}"
    assert picture(seat.window, name).exists()
    button(seat, "act_compare").click()
    seat.rest()
    assert picture(seat.window, f"{name}-compare").exists()
    assert seat.window.width() == 1366
    seat.page.table.select_where(lambda row: row.id == goods)
    seat.rest()
    assert not seat.page.comparing.isVisible()
    assert picture(seat.window, f"{name}-goods").exists()
    assert seat.window.minimumSizeHint().width() <= 1366
    assert seat.window.minimumSizeHint().height() <= 768


def test_the_head_has_room_for_marks_and_what_is_overdue_in_large_text(
    world: World, sit: Seats, picture: Picture
) -> None:
    festival(world)
    world.clock.instant += timedelta(days=20)
    seat: Seat[ApprovalPage] = sit("zhao", "approval")
    seat.page.together.mark_safe()
    theme.use(theme.application(), theme.Scheme.LIGHT, 150)
    seat.rest()
    seat.window.resize(1366, 768)
    seat.rest()
    assert len(seat.page.segments.words()) == 4
    assert seat.window.width() == 1366
    assert picture(seat.window, "approval-overdue").exists()


@pytest.mark.parametrize(("scheme", "percent"), LOOKS)
def test_pictures_of_a_list_and_of_the_steps(
    world: World, sit: Seats, picture: Picture, scheme: theme.Scheme, percent: int
) -> None:
    festival(world)
    steps = world.propose(world.accepted[0], fen=500_001)
    seat: Seat[ApprovalPage] = sit("zhao", "approval")
    theme.use(theme.application(), scheme, percent)
    seat.rest()
    seat.window.resize(1366, 768)
    seat.rest()
    name = f"approval-{scheme.value}-{percent}"
    seat.page.narrowing.box.setCurrentIndex(2)
    seat.page.narrowing.chosen.emit()
    seat.page.together.mark_safe()
    seat.rest()
    assert len(seat.page.table.checked()) == 1
    assert picture(seat.window, f"{name}-list").exists()
    seat.page.narrowing.clear()
    seat.page.narrowing.chosen.emit()
    seat.page.table.select_where(lambda row: row.id == steps)
    seat.rest()
    assert picture(seat.window, f"{name}-steps").exists()
    assert seat.window.width() == 1366
    assert seat.window.minimumSizeHint().height() <= 768
