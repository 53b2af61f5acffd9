"""The award page: the cap before the amount, the account, and what came back."""

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtWidgets import QLabel

from app.audit.queries import audit_rows
from app.audit.records import AuditQuery
from app.cases.records import Accepted
from app.core.money import Fen
from app.core.words.disbursements import AwardState, Decision, NeedKind, PayWay
from app.disbursements.queries import award_rows, award_view
from app.disbursements.records import AwardById, AwardQuery, AwardRow, NeedForm
from app.drafts.queries import draft_view, my_drafts
from app.drafts.records import DraftById, DraftView
from tests.ui.desks import Seat, Seats
from tests.world import World
from ui import theme
from ui.kit.buttons import Button
from ui.kit.segments import Segments
from ui.pages.award import AwardPage


def propose(sit: Seats, what: object) -> Seat[AwardPage]:
    return sit("wang", "award", what)


def went(seat: Seat[Any]) -> list[tuple[str, object]]:
    """Catch where the page wants to go instead of going there."""
    caught: list[tuple[str, object]] = []

    def catch(name: str, what: object) -> None:
        caught.append((name, what))

    seat.page.go.disconnect()
    seat.page.go.connect(catch)
    return caught


def button(seat: Seat[Any], name: str) -> Button:
    found = seat.page.findChild(Button, name)
    assert found is not None
    return found


def figures(seat: Seat[AwardPage]) -> list[str]:
    """Return the four figures of the cap: at most, paid, on the way, left."""
    labels = seat.page.proposal.cap.findChildren(QLabel)
    return [each.text() for each in labels if each.property("role") == "title"]


def message(seat: Seat[AwardPage], field: str) -> str:
    return seat.page.proposal.form.boxes[field].message.text()


def fill(seat: Seat[AwardPage], world: World, fen: int) -> None:
    form = seat.page.proposal.form
    form.set_value("amount", Fen(fen))
    form.set_value("fund_id", world.fund_id())
    seat.rest()


def awards(world: World, accepted: Accepted) -> list[AwardRow]:
    return world.ask("wang", award_rows, AwardQuery(case_id=accepted.case_id))


def test_the_cap_stands_there_before_an_amount_is_typed(world: World, sit: Seats) -> None:
    accepted = world.file()
    world.propose(accepted, fen=80_000)
    seat = propose(sit, accepted.case_id)
    assert figures(seat) == ["10,800.00", "0.00", "800.00", "10,000.00"]
    assert seat.page.proposal.cap.says.text() == "还没有填写金额"
    assert seat.window.focusWidget() is seat.page.first_focus()
    assert "还要填写：金额" in seat.page.bar().text()


def test_an_amount_is_written_in_capitals_and_taken_off_the_cap(world: World, sit: Seats) -> None:
    seat = propose(sit, world.file().case_id)
    fill(seat, world, 180_056)
    assert message(seat, "amount") == "壹仟捌佰元零伍角陆分"
    says = "本次 1,800.56 元，之后还可提议 8,999.44 元"
    assert seat.page.proposal.cap.says.text() == says


def test_more_than_the_cap_is_marked_at_the_field(world: World, sit: Seats) -> None:
    seat = propose(sit, world.file().case_id)
    fill(seat, world, 1_080_001)
    assert "10,800.01 元超过了还可救助的金额" in message(seat, "amount")
    assert seat.page.proposal.cap.says.text() == "超出可提议的额度 0.01 元"
    seat.window.press("F9")
    seat.rest()
    assert "10,800.01 元超过了还可救助的金额" in seat.page.banners.says()
    assert not awards(world, world.accepted[0])


def test_f9_submits_to_another_person(world: World, sit: Seats) -> None:
    accepted = world.file()
    seat = propose(sit, (accepted.case_id, "living_relief"))
    gone = went(seat)
    fill(seat, world, 180_000)
    assert "由另一人审批" in seat.page.bar().text()
    seat.window.press("F9")
    seat.rest()
    (award,) = awards(world, accepted)
    assert (award.amount, award.state) == (180_000, AwardState.PROPOSED)
    assert gone == [("household", accepted.household_id)]
    assert seat.window.toast.text().startswith("已提交审批：")
    seat.page.reload()
    seat.window.press("F9")
    seat.rest()
    assert len(awards(world, accepted)) == 1  # the page is empty again
    assert seat.page.banners.says() == "还没有选定一户 请按 F3 查找。"


def test_pressing_twice_proposes_once(world: World, sit: Seats) -> None:
    accepted = world.file()
    seat = propose(sit, accepted.case_id)
    went(seat)
    fill(seat, world, 180_000)
    seat.window.press("F9")
    seat.window.press("F9")
    seat.rest()
    assert len(awards(world, accepted)) == 1


def test_what_is_missing_is_marked_and_nothing_is_sent(world: World, sit: Seats) -> None:
    accepted = world.file()
    seat = propose(sit, accepted.case_id)
    seat.window.press("F9")
    seat.rest()
    assert message(seat, "amount") == "此项必填"
    assert not awards(world, accepted)


def test_another_holder_is_pointed_out(world: World, sit: Seats) -> None:
    seat = propose(sit, world.file().case_id)
    form = seat.page.proposal.form
    assert message(seat, "account_holder") == ""
    form.set_value("account_holder", "张某")
    assert message(seat, "account_holder") == "户名不是户主，审批时会提示"


def test_a_fund_that_does_not_reach_is_pointed_out(world: World, sit: Seats) -> None:
    seat = propose(sit, world.file().case_id)
    fund = seat.page.proposal.fund
    fill(seat, world, 10_000)
    left = fund.left_in_fund()
    assert left is not None
    assert f"余 {left // 100:,}.00 元" in fund.box.currentText()
    assert message(seat, "fund_id") == ""
    fill(seat, world, left + 1)
    assert message(seat, "fund_id") == "这项资金余额不足"


def test_the_card_is_masked_until_the_logged_reveal(world: World, sit: Seats) -> None:
    seat = propose(sit, world.file().case_id)
    box = seat.page.proposal.form.boxes["account_number"]
    line: Any = box.editor.target()
    masked = line.text()
    assert "****" in masked
    seat.page.proposal.form.reveal_wanted.emit("account_number")
    seat.rest()
    assert "*" not in line.text()
    rows = world.ask("zhou", audit_rows, AuditQuery(verb="households.reveal"))
    assert [row.actor for row in rows] == ["王芳"]


def test_what_was_typed_survives_a_change_elsewhere(world: World, sit: Seats) -> None:
    accepted = world.file()
    seat = propose(sit, accepted.case_id)
    fill(seat, world, 123_400)
    world.propose(accepted, fen=100_000)
    seat.desk.tell_changed(frozenset(seat.page.shows))
    seat.rest()
    assert figures(seat)[2:] == ["1,000.00", "9,800.00"]
    assert seat.page.proposal.amount() == 123_400


def drafts(world: World) -> list[DraftView]:
    rows = world.ask("wang", my_drafts)
    return [world.ask("wang", draft_view, DraftById(id=row.id)) for row in rows]


def test_nothing_typed_is_no_draft(world: World, sit: Seats) -> None:
    seat = propose(sit, world.file().case_id)
    seat.page.before_leaving()
    seat.rest()
    assert not drafts(world)


def test_what_was_typed_is_there_when_the_case_is_opened_again(world: World, sit: Seats) -> None:
    accepted = world.file()
    seat = propose(sit, accepted.case_id)
    fill(seat, world, 123_400)
    seat.page.proposal.form.set_value("account_holder", "张某")
    seat.page.before_leaving()
    seat.rest()
    (draft,) = drafts(world)
    assert draft.form == f"award/{accepted.case_id}/living_relief"
    assert set(draft.content) == {"amount", "fund_id", "account_holder"}  # no card nobody typed
    again = propose(sit, accepted.case_id)
    again.rest()
    again.rest()
    assert again.page.proposal.amount() == 123_400
    assert again.page.proposal.form.value("fund_id") == world.fund_id()
    assert message(again, "account_holder") == "户名不是户主，审批时会提示"
    went(again)
    again.window.press("F9")
    again.rest()
    assert [award.amount for award in awards(world, accepted)] == [123_400]
    assert not drafts(world)


def test_another_case_has_a_draft_of_its_own(world: World, sit: Seats) -> None:
    first, second = world.file(), world.file()
    seat = propose(sit, first.case_id)
    fill(seat, world, 50_000)
    seat.page.open(second.case_id)
    seat.rest()
    assert seat.page.proposal.amount() is None
    seat.page.open(first.case_id)
    seat.rest()
    seat.rest()
    assert seat.page.proposal.amount() == 50_000
    seat.page.open(first.case_id)  # the same once more: before the store has it
    seat.rest()
    assert seat.page.proposal.amount() == 50_000
    assert len(drafts(world)) == 1


def test_a_draft_goes_with_the_proposal_that_is_taken_back(world: World, sit: Seats) -> None:
    award_id = world.propose()
    world.decide(award_id, Decision.SENT_BACK, opinion="材料不齐")
    seat = propose(sit, ("amend", award_id))
    seat.page.proposal.form.set_value("amount", Fen(70_000))
    seat.page.before_leaving()
    seat.rest()
    assert [draft.form for draft in drafts(world)] == [f"amend/{award_id}"]
    went(seat)
    button(seat, "act_withdraw_award").click()
    seat.rest()
    seat.rest()
    assert not drafts(world)


def test_a_case_that_is_not_filed_cannot_get_anything(world: World, sit: Seats) -> None:
    accepted = world.accept()
    seat = propose(sit, accepted.case_id)
    act = button(seat, "act_propose_award")
    assert act.reason == f"先建档（案件 {accepted.case_number}）"
    assert act.reason in seat.page.bar().text()


def test_a_changed_amount_is_taken_over_by_one_act(world: World, sit: Seats) -> None:
    accepted = world.file()
    award_id = world.propose(accepted, fen=200_000)
    world.decide(
        award_id, Decision.CHANGE_AMOUNT, opinion="票据只到九月", suggested_amount=Fen(150_000)
    )
    seat = propose(sit, ("amend", award_id))
    assert "改金额：赵建国，2026-11-20" in seat.page.banners.says()
    assert "票据只到九月" in seat.page.banners.says()
    assert figures(seat) == ["10,800.00", "0.00", "0.00", "10,800.00"]  # without this one
    assert message(seat, "account_number") == "上次是 6222 **** 0128，请重新填写"
    button(seat, "act_suggested").click()
    seat.page.proposal.form.set_value("account_number", "6222021234567890128")
    gone = went(seat)
    seat.window.press("F9")
    seat.rest()
    view = world.ask("wang", award_view, AwardById(id=award_id))
    assert (view.row.state, view.row.amount, view.sequence) == (AwardState.PROPOSED, 150_000, 2)
    assert gone == [("household", accepted.household_id)]


def test_what_came_back_can_be_taken_back(world: World, sit: Seats) -> None:
    award_id = world.propose()
    world.decide(award_id, Decision.SENT_BACK, opinion="材料不齐")
    seat = propose(sit, ("amend", award_id))
    went(seat)
    button(seat, "act_withdraw_award").click()
    seat.rest()
    assert seat.asking.asked == ["撤回提议 J2026-00001？"]
    view = world.ask("wang", award_view, AwardById(id=award_id))
    assert view.row.state is AwardState.WITHDRAWN


def test_what_is_not_sent_back_cannot_be_amended(world: World, sit: Seats) -> None:
    seat = propose(sit, ("amend", world.propose()))
    assert button(seat, "act_propose_award").reason == "现为“待审批”"


def test_the_basis_gives_way_to_a_small_window(
    world: World, sit: Seats, picture: Callable[[Any, str], Any]
) -> None:
    accepted = world.file()
    seat = propose(sit, accepted.case_id)
    assert seat.page.basis.isVisible()
    theme.use(theme.application(), theme.Scheme.DARK, 150)
    seat.window.resize(1366, 691)
    seat.rest()
    assert not seat.page.basis.isVisible()
    assert picture(seat.window, "award").stat().st_size > 10_000
    gone = went(seat)
    seat.window.press("F7")
    assert gone == [("assessment", accepted.household_id)]


# A grant for one member


def context(seat: Seat[AwardPage]) -> str:
    """Return all words of the head of the page."""
    return " ".join(label.text() for label in seat.page.findChildren(QLabel) if label.isVisible())


def test_a_proposal_begins_with_what_was_applied_for(world: World, sit: Seats) -> None:
    seat = propose(sit, world.file().case_id)
    assert seat.page.measures.value() == "living_relief"
    assert not seat.page.people.isVisible()


def test_of_a_grant_per_member_the_person_is_chosen(world: World, sit: Seats) -> None:
    accepted = world.file()
    seat = propose(sit, (accepted.case_id, "temporary_relief"))
    first, second, _third = seat.page.people.words()
    assert seat.page.people.isVisible()
    assert f"临时救助（{first}）" in context(seat)
    seat.page.people.press(1)
    seat.rest()
    seat.rest()
    assert f"临时救助（{second}）" in context(seat)
    fill(seat, world, 50_000)
    went(seat)
    seat.window.press("F9")
    seat.rest()
    assert awards(world, accepted)[0].person == second


def test_what_was_typed_for_one_member_is_not_that_of_another(world: World, sit: Seats) -> None:
    accepted = world.file()
    seat = propose(sit, (accepted.case_id, "temporary_relief"))
    fill(seat, world, 50_000)
    seat.page.people.press(1)
    seat.rest()
    seat.rest()
    assert seat.page.proposal.amount() is None
    seat.page.people.press(0)
    seat.rest()
    seat.rest()
    assert seat.page.proposal.amount() == 50_000


def test_the_cap_of_all_members_together_is_told(world: World, sit: Seats) -> None:
    accepted = world.file()
    seat = propose(sit, (accepted.case_id, "festival_relief"))
    words = " ".join(label.text() for label in seat.page.proposal.cap.findChildren(QLabel))
    assert "全家合计全年上限 6,000.00 元，还剩 6,000.00 元" in words


# The way it is given


def way(seat: Seat[AwardPage], chosen: PayWay) -> None:
    """Press the part of a way, as a person does."""
    parts = seat.page.proposal.form.findChild(Segments, "way")
    assert parts is not None
    parts.press(list(PayWay).index(chosen))
    seat.rest()


def in_sight(seat: Seat[AwardPage]) -> set[str]:
    return {name for name, box in seat.page.proposal.form.boxes.items() if box.isVisible()}


def test_the_fields_follow_the_way(world: World, sit: Seats) -> None:
    seat = propose(sit, world.file().case_id)
    account, goods = {"account_holder", "account_number"}, {"goods", "quantity", "unit_value"}
    assert account <= in_sight(seat)
    assert not goods & in_sight(seat)
    way(seat, PayWay.CASH)
    assert not (account | goods) & in_sight(seat)
    way(seat, PayWay.GOODS)
    assert goods <= in_sight(seat)
    assert "物资、数量、单价" in seat.page.bar().text()


def test_goods_come_to_an_amount_while_they_are_typed(world: World, sit: Seats) -> None:
    accepted = world.file()
    seat = propose(sit, (accepted.case_id, "living_relief"))
    went(seat)
    way(seat, PayWay.GOODS)
    form = seat.page.proposal.form
    form.set_value("goods", "大米（袋）")
    form.set_value("quantity", 3)
    form.set_value("unit_value", Fen(6_550))
    form.set_value("fund_id", world.fund_id())
    seat.rest()
    assert form.value("amount") == 19_650
    assert "本次 196.50 元" in seat.page.proposal.cap.says.text()
    seat.window.press("F9")
    seat.rest()
    (award,) = awards(world, accepted)
    shown = world.ask("zhao", award_view, AwardById(id=award.id))
    assert (shown.given, shown.quantity, shown.account_number) == (PayWay.GOODS, 3, "")


def test_a_draft_keeps_the_way_and_all_that_was_typed_for_it(world: World, sit: Seats) -> None:
    accepted = world.file()
    seat = propose(sit, accepted.case_id)
    way(seat, PayWay.GOODS)
    seat.page.proposal.form.set_value("goods", "棉被（床）")
    seat.rest()
    seat.page.before_leaving()
    seat.rest()
    again = propose(sit, accepted.case_id)
    form = again.page.proposal.form
    assert (form.way(), form.value("goods")) == (PayWay.GOODS, "棉被（床）")
    assert "quantity" in in_sight(again)


def test_months_make_a_series_whose_sum_stays_under_the_cap(world: World, sit: Seats) -> None:
    accepted = world.file()
    seat = propose(sit, (accepted.case_id, "living_relief"))
    went(seat)
    fill(seat, world, 540_001)
    form = seat.page.proposal.form
    form.set_value("months", 2)
    form.set_value("first_on", date(2026, 11, 20))
    seat.rest()
    assert seat.page.proposal.cap.says.text() == "超出可提议的额度 0.02 元"
    form.set_value("amount", Fen(540_000))
    seat.window.press("F9")
    seat.rest()
    assert [each.amount for each in awards(world, accepted)] == [540_000, 540_000]


def test_a_need_that_was_met_already_is_told_with_its_award(world: World, sit: Seats) -> None:
    stay = NeedForm(kind=NeedKind.HOSPITAL_STAY, number="ZY-317")
    world.propose(world.file(), needs=(stay,))
    accepted = world.file()
    seat = propose(sit, (accepted.case_id, "temporary_relief"))
    assert {"hospital_stays", "invoices"} <= in_sight(seat)
    fill(seat, world, 10_000)
    seat.page.proposal.form.set_value("hospital_stays", "zy-317")
    seat.window.press("F9")
    seat.rest()
    says = seat.page.banners.says()
    for told in ("住院 ZY-317已经帮扶过：J2026-00001", "800.00 元", "2026-11-20"):
        assert told in says
    assert not awards(world, accepted)
