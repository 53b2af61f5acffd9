"""Batches on the screen: put together, checked, frozen, sent, answered; and who may do what."""

import dataclasses
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from app.core.words.disbursements import AwardState, BatchState, Decision, LineState, PayWay
from app.disbursements.batch_queries import batch_rows, batch_view
from app.disbursements.batch_records import BatchById, BatchView
from app.disbursements.cash import cash_days
from app.disbursements.queries import award_view
from app.disbursements.records import AwardById
from app.exchange.actions import bank_file
from app.exchange.bank_batch import answer_of_the_bank
from app.exchange.bank_layout import layout
from app.papers.actions import void_paper
from app.papers.queries import paper_rows
from app.papers.records import PaperQuery, VoidForm
from tests.payments import answered, approved_by_hand, by_hand, hand, mend, paid
from tests.ui.desks import Seat, Seats
from tests.world import World
from ui import theme
from ui.kit.buttons import Button
from ui.pages.batches import BatchesPage


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Make a folder where bank files are saved."""
    made = tmp_path / "银行"
    made.mkdir()
    return made


def view(world: World, batch_id: int) -> BatchView:
    return world.ask("qian", batch_view, BatchById(id=batch_id))


def state_of(world: World, award_id: int) -> AwardState:
    return world.ask("zhao", award_view, AwardById(id=award_id)).row.state


def button(seat: Seat[Any], name: str) -> Button:
    found = [each for each in seat.page.findChildren(Button, name) if each.isVisible()]
    assert found, name
    return found[0]


def press(seat: Seat[Any], name: str) -> None:
    assert button(seat, name).isEnabled(), button(seat, name).reason
    button(seat, name).click()
    seat.rest()
    seat.rest()


def offered(seat: Seat[Any]) -> set[str]:
    return {each.objectName() for each in seat.page.findChildren(Button) if each.isVisible()}


def answer(world: World, batch_id: int, failures: dict[int, str]) -> bytes:
    file = world.do("qian", bank_file, BatchById(id=batch_id))
    return answer_of_the_bank(layout(view(world, batch_id).layout), file.batch, failures)


def test_nothing_is_there_yet(sit: Seats) -> None:
    seat: Seat[BatchesPage] = sit("qian", "batches")
    texts = [each.text() for each in seat.page.findChildren(QLabel) if each.isVisible()]
    assert "还没有发放批次" in texts
    assert button(seat, "act_new_batch").reason == "没有已批准、未发放的款项"


def test_from_approved_awards_to_paid(world: World, sit: Seats, folder: Path) -> None:
    first, second = world.approved(80_000), world.approved(30_050)
    seat: Seat[BatchesPage] = sit("qian", "batches")
    press(seat, "act_new_batch")
    assert seat.page.bar().text().startswith("已选 2 笔，合计 1,100.50 元")
    press(seat, "act_open_batch")
    batch_id = world.ask("qian", batch_rows)[0].id
    assert seat.page.visible_title == "发放批次 B2026-0001"
    assert seat.page.primary is button(seat, "act_freeze")
    assert "壹仟壹佰元零伍角整" in {
        each.text() for each in seat.page.findChildren(QLabel) if each.isVisible()
    }
    press(seat, "act_freeze")
    assert seat.asking.asked == ["冻结批次 B2026-0001？"]
    seat.asking.file = folder
    press(seat, "act_send_to_bank")
    saved = list(folder.iterdir())
    assert [each.name for each in saved] == [view(world, batch_id).bank_file]
    assert saved[0].read_bytes() == world.do("qian", bank_file, BatchById(id=batch_id)).data
    result = folder / "回盘.txt"
    result.write_bytes(answer(world, batch_id, {}))
    seat.asking.file = result
    press(seat, "act_take_result")
    assert view(world, batch_id).row.state is BatchState.RECONCILED
    assert {state_of(world, first), state_of(world, second)} == {AwardState.PAID}
    assert seat.page.bar().text().startswith("2 笔全部入账")
    assert seat.page.primary is None


def test_what_must_be_settled_stops_the_freezing_until_it_is_out(world: World, sit: Seats) -> None:
    filed = world.file()
    first, twice = world.propose(filed, 50_000), world.propose(filed, 30_000)
    for award_id in (first, twice):
        world.decide(award_id)
    batch_id = world.batch(first, twice, world.approved())
    seat: Seat[BatchesPage] = sit("qian", "batches", batch_id)
    assert button(seat, "act_freeze").reason == "还有 2 笔必须处理，冻结前请先移出或更正"
    assert "两笔相同项目" in seat.page.batch.banners.says()
    seat.asking.reason_given = "本月只发一次"
    QTest.keyClick(seat.page, Qt.Key.Key_X, Qt.KeyboardModifier.AltModifier)
    seat.rest()
    seat.rest()
    removed = view(world, batch_id).lines[0]
    assert removed.reason == "本月只发一次"
    assert state_of(world, removed.award_id) is AwardState.APPROVED
    assert button(seat, "act_freeze").isEnabled()


def test_the_next_problem_is_found_round_and_round(world: World, sit: Seats) -> None:
    batch_id = world.batch(world.approved(), world.approved())
    seat: Seat[BatchesPage] = sit("qian", "batches", batch_id)
    seen: list[int] = []
    for _round in range(3):
        press(seat, "act_next_problem")
        current = seat.page.batch.table.current()
        assert current is not None
        assert current.check == "look"
        seen.append(current.line)
    assert seen[0] == seen[2] != seen[1]


def test_failures_stand_grouped_by_cause_with_what_comes_next(
    world: World, sit: Seats, folder: Path
) -> None:
    award_id = world.approved(80_000)
    batch_id = world.frozen(award_id, world.approved(30_000))
    seat: Seat[BatchesPage] = sit("qian", "batches", batch_id)
    seat.asking.file = folder
    press(seat, "act_send_to_bank")
    seat.asking.file = folder / "回盘.txt"
    seat.asking.file.write_bytes(answer(world, batch_id, {1: "账号已销户"}))
    press(seat, "act_take_result")
    assert seat.page.bar().text().startswith("1 笔没有入账：1 笔账号已销户")
    texts = {each.text() for each in seat.page.batch.status.findChildren(QLabel)}
    assert {"账号已销户", "800.00 元，已退回资金来源"} <= texts
    assert "由经办人更正账户" in seat.page.batch.banners.says()
    assert state_of(world, award_id) is AwardState.RETURNED


def test_lines_that_do_not_fit_are_shown_before_anything_is_booked(
    world: World, sit: Seats, folder: Path
) -> None:
    batch_id = world.frozen(world.approved(), world.approved())
    seat: Seat[BatchesPage] = sit("qian", "batches", batch_id)
    seat.asking.file = folder
    press(seat, "act_send_to_bank")
    good = answer(world, batch_id, {})
    seat.asking.file = folder / "回盘.txt"
    seat.asking.file.write_bytes(good.replace(b"\n2|", b"\n7|", 1))
    press(seat, "act_take_result")
    assert "还没有记账" in seat.page.banners.says()
    assert "第 7 笔" in seat.page.banners.says()
    assert view(world, batch_id).row.paid == 0
    press(seat, "act_book_what_fits")
    assert view(world, batch_id).row.paid == 1
    seat.asking.file.write_bytes(good)
    press(seat, "act_take_result")
    assert view(world, batch_id).row.paid == 2


def test_a_bank_file_that_cannot_be_saved_is_said_and_saved_again(
    world: World, sit: Seats, folder: Path
) -> None:
    batch_id = world.frozen()
    seat: Seat[BatchesPage] = sit("qian", "batches", batch_id)
    seat.asking.file = folder / "nowhere" / "x.txt"
    press(seat, "act_send_to_bank")
    assert "没有保存" in seat.page.banners.says()
    seat.asking.file = folder
    press(seat, "act_bank_file")
    assert [each.name for each in folder.iterdir()] == [view(world, batch_id).bank_file]


def test_the_payment_list_is_issued_once(world: World, sit: Seats) -> None:
    batch_id = world.frozen()
    seat: Seat[BatchesPage] = sit("qian", "batches", batch_id)
    opened: list[tuple[str, object]] = []

    def note(name: str, what: object) -> None:
        opened.append((name, what))

    seat.page.go.disconnect()
    seat.page.go.connect(note)
    press(seat, "act_payment_list")
    press(seat, "act_payment_list")
    papers = world.ask("qian", paper_rows, PaperQuery(subject=f"batch/{batch_id}"))
    assert opened == [("papers", papers[0].id)] * 2
    assert len(papers) == 1
    void = VoidForm(id=papers[0].id, version=papers[0].version, reason="打印有误")
    world.do("zhao", void_paper, void)
    press(seat, "act_payment_list")
    assert opened[-1] == ("papers", world.ask("qian", paper_rows, PaperQuery())[0].id)
    assert opened[-1] != opened[0], "a void paper is no paper of the batch"


def test_whoever_may_only_read_finds_the_acts_grey_with_the_reason(
    world: World, sit: Seats
) -> None:
    batch_id = world.batch(world.approved(), world.approved())
    seat: Seat[BatchesPage] = sit("zhou", "batches", batch_id)
    assert "需要权限" in button(seat, "act_freeze").reason
    assert "需要权限" in button(seat, "act_take_out").reason
    seat.page.leave()
    seat.rest()
    assert "需要权限" in button(seat, "act_new_batch").reason


def test_a_batch_is_left_and_found_again(world: World, sit: Seats) -> None:
    batch_id = world.batch()
    seat: Seat[BatchesPage] = sit("qian", "batches", batch_id)
    QTest.keyClick(seat.page, Qt.Key.Key_Escape)
    seat.rest()
    assert offered(seat) == {"act_funds", "act_new_batch"}
    seat.page.table.view.setFocus()
    QTest.keyClick(seat.page.table.view, Qt.Key.Key_Return)
    seat.rest()
    assert seat.page.visible_title == "发放批次 B2026-0001"
    assert seat.window.focusWidget() is seat.page.batch.table.view


def test_an_award_approved_meanwhile_appears_among_those_to_choose(
    world: World, sit: Seats
) -> None:
    world.approved()
    seat: Seat[BatchesPage] = sit("qian", "batches", "new")
    seat.page.choosing.table.check(lambda _row: False)
    second = world.propose()
    world.decide(second, Decision.APPROVED)
    seat.page.reload()
    seat.rest()
    assert [award.id for award in seat.page.choosing.chosen()] == [second]


@pytest.mark.parametrize("percent", [100, 115, 130, 150])
def test_it_fits_an_office_screen_at_every_text_size(
    world: World, sit: Seats, percent: int
) -> None:
    batch_id = world.batch(world.approved(), world.approved())
    seat: Seat[BatchesPage] = sit("qian", "batches", batch_id)
    theme.use(theme.application(), theme.Scheme.LIGHT, percent)
    seat.window.resize(1366, 690)
    seat.rest()
    assert seat.window.minimumSizeHint().width() <= 1366
    assert seat.window.minimumSizeHint().height() <= 690
    assert button(seat, "act_freeze").isVisible()
    assert seat.page.batch.status.isVisible() is (percent < 130)
    if percent >= 130:
        press(seat, "act_status")
        assert seat.page.batch.status.isVisible()


# Handing out, what comes back, correction, calls


def texts(seat: Seat[Any]) -> set[str]:
    return {each.text() for each in seat.page.findChildren(QLabel) if each.isVisible()}


def test_cash_is_chosen_frozen_and_signed_for(world: World, sit: Seats) -> None:
    for _ in range(2):
        approved_by_hand(world, PayWay.CASH)
    seat: Seat[BatchesPage] = sit("qian", "batches", "new")
    assert seat.page.choosing.way() is PayWay.CASH, "there is nothing else to pay"
    assert not seat.page.choosing.layouts.isVisible()
    press(seat, "act_open_batch")
    press(seat, "act_freeze")
    assert button(seat, "act_payment_list").text() == "打印领取签名表"
    press(seat, "act_begin")
    assert seat.page.bar().text().startswith("正在发放，还有 2 笔没有签收")
    QTest.keyClick(seat.page, Qt.Key.Key_S, Qt.KeyboardModifier.AltModifier)
    seat.rest()
    seat.rest()
    batch_id = world.ask("qian", batch_rows)[0].id
    assert view(world, batch_id).row.paid == 1
    assert button(seat, "act_sign").reason == "这一笔已经记账"
    seat.page.batch.table.select_where(lambda row: row.state is LineState.PAYING)
    seat.asking.reason_given = "已经离世"
    press(seat, "act_not_collected")
    assert view(world, batch_id).row.state is BatchState.RECONCILED
    assert "未领取" in seat.page.batch.banners.says()
    press(seat, "act_receipts")


def test_all_sign_at_once(world: World, sit: Seats) -> None:
    batch_id = by_hand(world, PayWay.GOODS)
    seat: Seat[BatchesPage] = sit("qian", "batches", batch_id)
    press(seat, "act_begin")
    press(seat, "act_all_signed")
    assert seat.asking.asked[-1] == "2 笔全部签收了吗？"
    assert view(world, batch_id).row.paid == 2
    assert "已签收 2 笔" in seat.page.bar().text()


def test_money_that_came_back_is_entered_by_one_and_confirmed_by_another(
    world: World, sit: Seats
) -> None:
    award_id, batch_id = paid(world)
    seat: Seat[BatchesPage] = sit("qian", "batches", batch_id)
    press(seat, "act_refund")
    form = seat.page.pane.form
    assert form is not None
    assert form.value("amount") == 80_000
    form.set_value("document", "退汇凭证 118 号")
    form.set_value("reason", "账户已注销")
    press(seat, "act_send_form")
    assert seat.page.pane.isHidden()
    seat.page.open("refunds")
    seat.rest()
    assert "请由他人确认" in button(seat, "act_confirm_refund").reason
    other: Seat[BatchesPage] = sit("zhao", "batches", "refunds")
    other.page.books.refunds.select(0)
    press(other, "act_confirm_refund")
    assert state_of(world, award_id) is AwardState.RETURNED
    assert button(other, "act_confirm_refund").reason == "已经办结"
    assert button(other, "act_refund_slip").isEnabled()


def test_a_day_of_cash_is_counted_and_confirmed(world: World, sit: Seats) -> None:
    hand(world, by_hand(world, PayWay.CASH))
    seat: Seat[BatchesPage] = sit("qian", "batches", "cash")
    seat.page.books.cash.select(0)
    press(seat, "act_count_cash")
    form = seat.page.books.pane.form
    assert form is not None
    form.set_value("drawn", 100_000)
    form.set_value("counted", 40_000)
    press(seat, "act_send_form")
    assert "请由他人确认" in button(seat, "act_confirm_cash").reason
    other: Seat[BatchesPage] = sit("zhao", "batches", "cash")
    other.page.books.cash.select(0)
    press(other, "act_confirm_cash")
    assert world.ask("qian", cash_days)[0].confirmed_by == "赵建国"


def test_the_correction_batch_is_one_press_with_links_both_ways(world: World, sit: Seats) -> None:
    award_id = world.approved()
    batch_id = world.frozen(award_id)
    answered(world, batch_id, {1: "账号已销户"})
    seat: Seat[BatchesPage] = sit("qian", "batches", batch_id)
    assert seat.page.primary is None, "nothing is mended yet"
    mend(world, award_id)
    seat.page.reload()
    seat.rest()
    press(seat, "act_correct")
    assert seat.page.visible_title == "发放批次 B2026-0001-R1"
    press(seat, f"go_batch_{batch_id}")
    assert seat.page.visible_title == "发放批次 B2026-0001"
    assert "补发批次" in texts(seat)


def test_somebody_is_drawn_called_and_the_answer_recorded(world: World, sit: Seats) -> None:
    _award, batch_id = paid(world)
    seat: Seat[BatchesPage] = sit("zhao", "batches", batch_id)
    press(seat, "act_sample")
    press(seat, "act_draw_100")
    seat.page.sample.table.select(0)
    press(seat, "act_phone")
    assert "查看已记入审计" in seat.page.sample.says.text()
    press(seat, "act_received")
    assert "1 笔足额收到" in seat.page.sample.share.text()
    assert not button(seat, "act_received").isEnabled()


def test_the_bank_that_leaves_a_payment_out_is_told(world: World, sit: Seats, folder: Path) -> None:
    batch_id = world.frozen(world.approved(), world.approved())
    seat: Seat[BatchesPage] = sit("qian", "batches", batch_id)
    seat.asking.file = folder
    press(seat, "act_send_to_bank")
    file = world.do("qian", bank_file, BatchById(id=batch_id))
    one = dataclasses.replace(file.batch, lines=file.batch.lines[:1])
    seat.asking.file = folder / "回盘.txt"
    seat.asking.file.write_bytes(answer_of_the_bank(layout("delimited"), one, {}))
    press(seat, "act_take_result")
    assert "1 笔银行没有回复" in seat.page.banners.says()
    assert view(world, batch_id).row.state is BatchState.SENT


def test_a_frozen_batch_that_does_not_go_out_is_called_off(world: World, sit: Seats) -> None:
    award_id = world.approved()
    batch_id = world.frozen(award_id)
    seat: Seat[BatchesPage] = sit("qian", "batches", batch_id)
    seat.asking.reason_given = "申请人去世"
    press(seat, "act_call_off")
    assert seat.asking.asked == ["B2026-0001 整批退回？"]
    assert view(world, batch_id).row.state is BatchState.RECONCILED
    assert state_of(world, award_id) is AwardState.RETURNED
    assert "act_call_off" not in offered(seat)
