"""The approval desk: what is read, the keys, what a decision still needs, and who may decide."""

from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from app.core.words.disbursements import AwardState, Decision
from app.disbursements.deciding_records import TieForm
from app.disbursements.queries import award_view
from app.disbursements.records import AwardById, AwardView
from app.disbursements.ties import declare_tie
from app.drafts.queries import my_drafts
from tests.ui.desks import Seat, Seats
from tests.world import World
from ui import theme
from ui.kit.buttons import Button
from ui.pages.approval import ApprovalPage


def award(world: World, award_id: int) -> AwardView:
    return world.ask("zhao", award_view, AwardById(id=award_id))


def press(seat: Seat[Any], key: Qt.Key, widget: QWidget | None = None) -> None:
    """Press a key where the focus is, or in ``widget``."""
    QTest.keyClick(widget or seat.window.focusWidget() or seat.page, key)
    seat.rest()


def label(seat: Seat[Any], name: str) -> str:
    found = seat.page.findChild(QLabel, name)
    assert found is not None
    return found.text()


def button(seat: Seat[Any], name: str) -> Button:
    found = seat.page.findChild(Button, name)
    assert found is not None
    return found


def opinion(seat: Seat[ApprovalPage]) -> Any:
    return seat.page.pad.opinion


def test_nothing_waits(sit: Seats) -> None:
    seat = sit("zhao", "approval")
    texts = [each.text() for each in seat.page.findChildren(QLabel) if each.isVisible()]
    assert "没有待审事项" in texts
    assert not button(seat, "act_approve").isVisible()


def test_name_amount_in_capitals_flags_and_the_fund_stand_there(world: World, sit: Seats) -> None:
    award_id = world.propose(fen=239_756)
    seat: Seat[ApprovalPage] = sit("zhao", "approval", award_id)
    texts = [each.text() for each in seat.page.findChildren(QLabel) if each.isVisible()]
    assert label(seat, "award_amount") == "2,397.56 元"
    assert "贰仟叁佰玖拾柒元伍角陆分" in texts
    assert "不是本户成员" in seat.page.reading.flags.says()
    assert label(seat, "budget_left") == "597,602.44 元"
    assert "本件 2,397.56 元" in label(seat, "budget_sentence")
    assert any("低保标准" in text for text in texts)


def test_one_approves_and_the_next_opens_by_itself(world: World, sit: Seats) -> None:
    first, second = world.propose(), world.propose()
    seat: Seat[ApprovalPage] = sit("zhao", "approval")
    press(seat, Qt.Key.Key_1)
    assert award(world, first).row.state is AwardState.APPROVED
    assert seat.window.toast.text() == f"已批准，下一件：{award(world, second).row.name}"
    current = seat.page.table.current()
    assert current is not None
    assert current.id == second
    press(seat, Qt.Key.Key_1)
    assert seat.window.toast.text() == "已批准，没有待审事项了"
    assert label(seat, "session") == "本次已审 2 件，合计 1,600.00 元"


def test_a_digit_in_the_opinion_is_a_digit(world: World, sit: Seats) -> None:
    award_id = world.propose()
    seat: Seat[ApprovalPage] = sit("zhao", "approval")
    opinion(seat).setFocus()
    press(seat, Qt.Key.Key_1)
    assert opinion(seat).toPlainText() == "1"
    assert award(world, award_id).row.state is AwardState.PROPOSED


@pytest.mark.parametrize(
    ("key", "state"),
    [
        (Qt.Key.Key_3, AwardState.RETURNED),
        (Qt.Key.Key_4, AwardState.REFUSED),
        (Qt.Key.Key_5, AwardState.COLLECTIVE),
    ],
)
def test_the_reason_is_asked_for_and_enter_ends_it(
    world: World, sit: Seats, key: Qt.Key, state: AwardState
) -> None:
    award_id = world.propose()
    seat: Seat[ApprovalPage] = sit("zhao", "approval")
    press(seat, key)
    assert award(world, award_id).row.state is AwardState.PROPOSED
    assert seat.window.focusWidget() is opinion(seat)
    assert "请写明理由" in label(seat, "decision_says")
    press(seat, Qt.Key.Key_Return)
    assert award(world, award_id).row.state is AwardState.PROPOSED
    opinion(seat).setPlainText("收入证明过期")
    press(seat, Qt.Key.Key_Return)
    assert award(world, award_id).row.state is state
    assert award(world, award_id).decisions[0].opinion == "收入证明过期"


def test_another_amount_is_asked_for_in_place(world: World, sit: Seats) -> None:
    award_id = world.propose()
    seat: Seat[ApprovalPage] = sit("zhao", "approval")
    press(seat, Qt.Key.Key_2)
    line = seat.page.findChild(QLineEdit, "suggested_amount")
    assert line is not None
    assert seat.window.focusWidget() is line
    QTest.keyClicks(line, "600.5")
    assert label(seat, "message_suggested_amount") == "陆佰元零伍角整"
    press(seat, Qt.Key.Key_Return)
    assert seat.window.focusWidget() is opinion(seat)
    opinion(seat).setPlainText("按实际支出")
    press(seat, Qt.Key.Key_Return)
    view = award(world, award_id)
    assert view.row.state is AwardState.RETURNED
    assert view.decisions[0].suggested_amount == 60_050


def test_escape_takes_a_decision_back_and_keeps_the_opinion(world: World, sit: Seats) -> None:
    world.propose()
    seat: Seat[ApprovalPage] = sit("zhao", "approval")
    press(seat, Qt.Key.Key_3)
    opinion(seat).setPlainText("再")
    press(seat, Qt.Key.Key_Escape)
    assert "可以审批" in label(seat, "decision_says")
    assert opinion(seat).toPlainText() == "再"


def test_whoever_proposed_finds_the_decisions_grey_with_the_reason(
    world: World, sit: Seats
) -> None:
    award_id = world.propose()
    wang, zhao = world.people["wang"], world.people["zhao"]
    world.people["zhao"] = type(zhao)(wang.id, wang.user, wang.name, zhao.roles, zhao.permissions)
    seat: Seat[ApprovalPage] = sit("zhao", "approval")
    assert not any(each.isEnabled() for each in seat.page.pad.buttons.values())
    assert label(seat, "decision_says") == "这件由您经办，须由另一人审批"
    press(seat, Qt.Key.Key_1)
    assert award(world, award_id).row.state is AwardState.PROPOSED


def test_what_waits_for_collective_decision_cannot_be_left_to_it_again(
    world: World, sit: Seats
) -> None:
    award_id = world.propose()
    world.decide(award_id, Decision.DEFERRED, opinion="上会")
    seat: Seat[ApprovalPage] = sit("zhao", "approval")
    assert not button(seat, "act_defer").isEnabled()
    assert button(seat, "act_approve").isEnabled()


def test_j_and_k_walk_also_beside_the_list(world: World, sit: Seats) -> None:
    world.propose()
    second = world.propose()
    seat: Seat[ApprovalPage] = sit("zhao", "approval")
    button(seat, "act_approve").setFocus()
    press(seat, Qt.Key.Key_J)
    current = seat.page.table.current()
    assert current is not None
    assert current.id == second
    press(seat, Qt.Key.Key_K)
    assert label(seat, "award_name") == award(world, second - 1).row.name


def test_only_safe_ones_can_be_marked_and_are_approved_one_by_one(world: World, sit: Seats) -> None:
    forms = [world.form(), world.form()]
    safe = [
        world.propose(
            world.file(world.accept(form)),
            account_holder=form.household.account.account_holder,
            account_number=form.household.account.account_number,
        )
        for form in forms
    ]
    world.form()
    doubtful = world.propose()
    seat: Seat[ApprovalPage] = sit("zhao", "approval")
    seat.page.table.check(lambda _each: True)
    assert [each.id for each in seat.page.table.checked()] == safe
    seat.page.table.check(lambda _each: False)
    assert not button(seat, "act_approve_marked").isEnabled()
    seat.page.table.view.setFocus()
    QTest.keyClick(seat.page.table.view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert [each.id for each in seat.page.table.checked()] == safe
    assert button(seat, "act_approve_marked").words() == "同意所选 2 件"
    button(seat, "act_approve_marked").click()
    seat.rest()
    assert seat.asking.asked == ["同意所选 2 件？"]
    assert {award(world, each).row.state for each in safe} == {AwardState.APPROVED}
    assert award(world, doubtful).row.state is AwardState.PROPOSED


def test_a_decision_on_an_old_version_is_refused_and_the_newest_shown(
    world: World, sit: Seats
) -> None:
    award_id = world.propose()
    seat: Seat[ApprovalPage] = sit("zhao", "approval")
    world.decide(award_id, Decision.DEFERRED, opinion="上会")
    press(seat, Qt.Key.Key_1)
    assert "刚改过" in seat.page.banners.says()
    assert award(world, award_id).row.state is AwardState.COLLECTIVE
    assert not button(seat, "act_defer").isEnabled()


def test_f8_closes_and_opens_what_it_rests_on(world: World, sit: Seats) -> None:
    world.propose()
    seat: Seat[ApprovalPage] = sit("zhao", "approval")
    assert seat.page.right.basis.isVisible()
    assert any("低保标准" in each.text() for each in seat.page.right.basis.findChildren(QLabel))
    press(seat, Qt.Key.Key_F8)
    assert not seat.page.right.basis.isVisible()
    assert button(seat, "act_basis").isVisible()
    press(seat, Qt.Key.Key_F8)
    assert seat.page.right.basis.isVisible()


@pytest.mark.parametrize(("percent", "height"), [(100, 690), (115, 690), (130, 690), (150, 690)])
def test_it_fits_an_office_screen_at_every_text_size(
    world: World, sit: Seats, percent: int, height: int
) -> None:
    world.propose()
    seat: Seat[ApprovalPage] = sit("zhao", "approval")
    theme.use(theme.application(), theme.Scheme.LIGHT, percent)
    seat.window.resize(1366, height)
    seat.rest()
    assert seat.window.minimumSizeHint().width() <= 1366
    assert seat.window.minimumSizeHint().height() <= height
    assert button(seat, "act_approve").isVisible()
    assert seat.page.table.isVisible() is (percent < 130)


# Steps beyond the supervisor's


def field(seat: Seat[ApprovalPage], name: str) -> QLineEdit:
    found = seat.page.pad.papers.findChild(QLineEdit, name)
    assert found is not None
    return found


def test_a_collective_decision_asks_for_its_minutes_before_it_is_taken(
    world: World, sit: Seats
) -> None:
    award_id = world.propose(fen=500_001)
    seat: Seat[ApprovalPage] = sit("zhao", "approval")
    assert seat.page.reading.way.isVisible()
    assert "集体研究 2 / 2" in seat.page.reading.way.accessibleName()
    assert "会议纪要" in label(seat, "decision_says")
    press(seat, Qt.Key.Key_1)
    assert award(world, award_id).row.state is AwardState.PROPOSED
    assert seat.window.focusWidget() is field(seat, "document")
    assert "Ctrl+Enter" in label(seat, "decision_says")
    field(seat, "document").setText("办公会纪要〔2026〕9 号")
    field(seat, "document_day").setText("2026-11-19")
    field(seat, "attended").setText("赵建国、周明、吴敏")
    button(seat, "act_approve").click()
    seat.rest()
    view = award(world, award_id)
    assert view.row.state is AwardState.APPROVED
    (decision,) = view.decisions
    assert (decision.document, decision.attended) == (
        "办公会纪要〔2026〕9 号",
        "赵建国、周明、吴敏",
    )


def test_where_one_supervisor_decides_nothing_more_is_asked(world: World, sit: Seats) -> None:
    world.propose()
    seat: Seat[ApprovalPage] = sit("zhao", "approval")
    assert not seat.page.pad.papers.isVisible()
    assert not seat.page.reading.way.isVisible()


def test_refusing_together_needs_the_reason_alone(world: World, sit: Seats) -> None:
    award_id = world.propose(fen=500_001)
    seat: Seat[ApprovalPage] = sit("zhao", "approval")
    opinion(seat).setPlainText("会上未通过")
    press(seat, Qt.Key.Key_4, seat.page.table.view)
    assert award(world, award_id).row.state is AwardState.REFUSED


def test_whoever_is_related_reads_why_it_is_closed(world: World, sit: Seats) -> None:
    accepted = world.file()
    award_id = world.propose(accepted)
    form = TieForm(household_id=accepted.household_id, note="户主的弟弟")
    world.do("zhao", declare_tie, form)
    seat: Seat[ApprovalPage] = sit("zhao", "approval")
    assert "户主的弟弟" in label(seat, "decision_says")
    assert not any(each.isEnabled() for each in seat.page.pad.buttons.values())
    press(seat, Qt.Key.Key_1)
    assert award(world, award_id).row.state is AwardState.PROPOSED
    assert "有回避关系" in seat.page.table.model.at(0, 0).second


def test_an_opinion_that_is_being_written_is_kept_and_comes_back(world: World, sit: Seats) -> None:
    first, second = world.propose(fen=500_001), world.propose()
    seat: Seat[ApprovalPage] = sit("zhao", "approval", first)
    opinion(seat).setPlainText("请核对票据")
    field(seat, "document").setText("办公会纪要")
    field(seat, "document").textEdited.emit("办公会纪要")
    seat.page.table.select_where(lambda each: each.id == second)
    seat.rest()
    assert opinion(seat).toPlainText() == ""
    assert [draft.form for draft in world.ask("zhao", my_drafts)] == [f"opinion/{first}"]
    again: Seat[ApprovalPage] = sit("zhao", "approval", first)
    assert opinion(again).toPlainText() == "请核对票据"
    assert field(again, "document").text() == "办公会纪要"
    press(again, Qt.Key.Key_3, again.page.table.view)
    assert award(world, first).row.state is AwardState.RETURNED
    assert world.ask("zhao", my_drafts) == []


def test_what_is_overdue_stands_first_and_has_a_segment(world: World, sit: Seats) -> None:
    accepted = world.file()
    late = world.propose(accepted)
    world.clock.instant += timedelta(days=20)
    fresh = world.propose(accepted)
    seat: Seat[ApprovalPage] = sit("zhao", "approval")
    assert [each.id for each in seat.page.table.rows()] == [late, fresh]
    assert "逾期" in seat.page.table.model.at(0, 1).second
    seat.page.segments.press(3)
    seat.rest()
    assert [each.id for each in seat.page.table.rows()] == [late]


def test_one_that_changed_meanwhile_is_left_and_named(world: World, sit: Seats) -> None:
    forms = [world.form(), world.form()]
    first, second = (
        world.propose(
            world.file(world.accept(form)),
            account_holder=form.household.account.account_holder,
            account_number=form.household.account.account_number,
        )
        for form in forms
    )
    seat: Seat[ApprovalPage] = sit("zhao", "approval")
    seat.page.table.check(lambda _each: True)
    world.decide(second, Decision.DEFERRED, opinion="上会")
    button(seat, "act_approve_marked").click()
    seat.rest()
    assert award(world, first).row.state is AwardState.APPROVED
    assert award(world, second).row.state is AwardState.COLLECTIVE
    assert award(world, second).row.name in seat.page.banners.says()
    assert seat.window.toast.text() == "已同意 1 件"


@pytest.mark.parametrize("percent", [100, 150])
def test_the_toast_covers_no_decision_and_the_steps_fit(
    world: World, sit: Seats, percent: int
) -> None:
    world.propose(fen=500_001)
    seat: Seat[ApprovalPage] = sit("zhao", "approval")
    theme.use(theme.application(), theme.Scheme.LIGHT, percent)
    seat.window.resize(1366, 768)
    seat.rest()
    seat.window.toast.say("已批准", None)
    seat.rest()
    toast = seat.window.toast.geometry()
    for each in seat.page.pad.buttons.values():
        at = each.mapTo(seat.window, QPoint(0, 0))
        assert not toast.intersects(QRect(at, each.size()))
    assert seat.window.minimumSizeHint().height() <= 768
    assert field(seat, "attended").isVisible()
