"""Money that was paid and comes back: two people, back to its fund, off the book."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from app.core.errors import Invalid, NotNow, Refused
from app.core.money import Fen
from app.core.words.disbursements import AwardState, LineState, NeedKind, PayWay
from app.core.words.funds import BudgetState, RefundKind
from app.core.words.papers import PaperKind
from app.core.words.staff import Role
from app.disbursements.offering import open_offer
from app.disbursements.records import AwardById, NeedForm, OfferQuery
from app.disbursements.refund_records import DemandForm, RefundById, RefundStep
from app.disbursements.refunds import (
    BeforePaid,
    DocumentNeeded,
    MoreThanPaid,
    NothingPaid,
    NotThroughTheBank,
    NotWhole,
    confirm_refund,
    issue_recovery_demand,
    issue_refund_slip,
    refund_rows,
    returnable,
    withdraw_refund,
)
from app.disbursements.rules import NeedMet
from app.papers.queries import paper_view
from app.papers.records import PaperById
from app.papers.render import render
from app.work import SecondPersonNeeded
from tests.filled import raw
from tests.papers import joined, pages_of
from tests.payments import (
    another,
    answered,
    award,
    by_hand,
    confirm,
    hand,
    line,
    mend,
    money,
    paid,
    refund,
    view,
)
from tests.world import World

RETURNED = {"kind": RefundKind.BANK, "reason": "账户已注销", "document": "退汇凭证 118 号"}
RECOVERED = {
    "kind": RefundKind.RECOVERED,
    "reason": "隐瞒车辆",
    "document": "哈工帮处〔2026〕3 号",
}


def text_of(world: World, paper_id: int) -> str:
    sheet = world.ask("zhao", paper_view, PaperById(id=paper_id)).sheet
    return joined("".join(pages_of(render(sheet))))


def times(store: Path) -> list[tuple[int, int]]:
    """Return fen and person-times of the rows of the book."""
    with raw(store) as sql:
        return [(row[0], row[1]) for row in sql.run("SELECT fen, times FROM relief ORDER BY id")]


def test_a_payment_that_the_bank_returns_is_failed_and_goes_out_again(
    world: World, store: Path
) -> None:
    before = money(world)
    award_id, batch_id = paid(world)
    row = refund(world, award_id, 80_000, **RETURNED)
    assert money(world) == (before[0] - 80_000, before[1], before[2] + 80_000), "not yet"
    confirm(world, row)
    assert money(world) == before
    told = line(world, batch_id)
    assert (told.state, told.reason, told.back) == (LineState.FAILED, "账户已注销", 80_000)
    assert award(world, award_id).row.state is AwardState.RETURNED
    assert times(store) == [(80_000, 1), (-80_000, -1)]
    mend(world, award_id)
    answered(world, world.frozen(award_id))
    assert money(world)[2] == before[2] + 80_000
    assert times(store)[-1] == (80_000, 1)


def test_what_comes_back_counts_where_the_payment_counted(world: World, store: Path) -> None:
    award_id, _batch = paid(world)
    with raw(store) as sql:
        sql.run("UPDATE household SET district = '宾县', main_cause = NULL")
    confirm(world, refund(world, award_id, 80_000, **RETURNED))
    with raw(store) as sql:
        told = sql.run("SELECT district, cause, person_id FROM relief ORDER BY id")
    assert told[0] == told[1]
    assert told[0][0] != "宾县"


def test_a_part_that_is_given_back_leaves_the_award_paid(world: World, store: Path) -> None:
    before = money(world)
    award_id, _batch = paid(world)
    confirm(world, refund(world, award_id, 10_000))
    assert money(world) == (before[0] - 70_000, before[1], before[2] + 70_000)
    assert award(world, award_id).row.state is AwardState.PAID
    confirm(world, refund(world, award_id, 70_000, **RECOVERED))
    assert money(world) == before
    assert times(store) == [(80_000, 1), (-10_000, 0), (-70_000, -1)]
    stands = world.ask("qian", returnable, AwardById(id=award_id))
    assert (stands.paid, stands.back, stands.waiting, stands.left) == (80_000, 80_000, 0, 0)


@pytest.mark.parametrize("told", [RETURNED, RECOVERED, {}], ids=["returned", "recovered", "given"])
def test_what_comes_back_in_the_next_year_gives_no_room_there(
    world: World, told: dict[str, Any]
) -> None:
    """The cap is of a calendar year: what was paid in the last one is not part of it."""
    award_id, _batch = paid(world, 300_000)
    asked = OfferQuery(case_id=world.accepted[0].case_id, measure="living_relief")
    world.clock.instant = datetime(2027, 1, 8, 2, 30, tzinfo=UTC)
    before = world.do("wang", open_offer, asked).cap
    confirm(world, refund(world, award_id, 300_000, **told))
    cap = world.do("wang", open_offer, asked).cap
    assert cap.used == 0
    assert cap.left == before.left - cap.reserved
    assert cap.reserved == (300_000 if told is RETURNED else 0)


def test_what_was_given_back_whole_meets_its_need_no_more(world: World) -> None:
    stay = NeedForm(kind=NeedKind.HOSPITAL_STAY, number="ZY2026-00317")
    home = world.file()
    award_id = world.propose(home, needs=(stay,))
    world.decide(award_id)
    answered(world, world.frozen(award_id))
    confirm(world, refund(world, award_id, 79_999))
    with pytest.raises(NeedMet):
        world.propose(home, 20_000, needs=(stay,))
    confirm(world, refund(world, award_id, 1))
    world.propose(home, 20_000, needs=(stay,))


def test_what_the_bank_returned_meets_its_need_still(world: World) -> None:
    stay = NeedForm(kind=NeedKind.HOSPITAL_STAY, number="ZY2026-00317")
    home = world.file()
    award_id = world.propose(home, needs=(stay,))
    world.decide(award_id)
    answered(world, world.frozen(award_id))
    confirm(world, refund(world, award_id, 80_000, **RETURNED))
    with pytest.raises(NeedMet):
        world.propose(home, 20_000, needs=(stay,))
    mend(world, award_id, needs=(stay,))


def test_not_more_comes_back_than_went_out(world: World) -> None:
    award_id, _batch = paid(world)
    with pytest.raises(MoreThanPaid, match=r"800\.01"):
        refund(world, award_id, 80_001)
    refund(world, award_id, 60_000)
    with pytest.raises(MoreThanPaid, match=r"600\.00"):
        refund(world, award_id, 20_001)
    refund(world, award_id, 20_000)


def test_nothing_comes_back_before_the_day_it_was_paid(world: World) -> None:
    award_id, _batch = paid(world)
    day = world.clock.today()
    with pytest.raises(BeforePaid, match="才发放"):
        refund(world, award_id, 10_000, came_on=day - timedelta(days=1))
    refund(world, award_id, 10_000, came_on=day)


def test_the_bank_returns_a_payment_whole_or_not_at_all(world: World) -> None:
    award_id, _batch = paid(world)
    with pytest.raises(NotWhole, match=r"800\.00"):
        refund(world, award_id, 79_999, **RETURNED)
    confirm(world, refund(world, award_id, 1))
    with pytest.raises(NotWhole):
        refund(world, award_id, 79_999, **RETURNED)


def test_nothing_comes_back_of_what_was_not_paid(world: World) -> None:
    with pytest.raises(NothingPaid):
        refund(world, world.approved(), 1)


def test_cash_and_goods_come_back_through_no_bank(world: World) -> None:
    batch_id = by_hand(world, PayWay.GOODS, count=1)
    hand(world, batch_id)
    award_id = line(world, batch_id).award_id
    with pytest.raises(NotThroughTheBank):
        refund(world, award_id, 30_000, **RETURNED)
    confirm(world, refund(world, award_id, 30_000))
    assert award(world, award_id).row.state is AwardState.PAID


@pytest.mark.parametrize("kind", [RefundKind.BANK, RefundKind.RECOVERED])
def test_what_the_bank_returns_and_what_is_recovered_rests_on_a_document(
    world: World, kind: RefundKind
) -> None:
    award_id, _batch = paid(world)
    with pytest.raises(DocumentNeeded):
        refund(world, award_id, 80_000, kind=kind, document=" ")
    with pytest.raises(Invalid):
        refund(world, award_id, 80_000, came_on=date(2026, 11, 21))


def test_another_person_confirms_the_supervisor_or_a_second_of_finance(world: World) -> None:
    award_id, _batch = paid(world)
    row = refund(world, award_id, 10_000)
    with pytest.raises(SecondPersonNeeded):
        confirm(world, row, "qian")
    with pytest.raises(Refused):
        confirm(world, row, "wang")
    another(world, "wu", "吴会计", Role.FINANCE)
    confirm(world, row, "wu")
    told = world.ask("qian", refund_rows)[0]
    assert (told.state, told.confirmed_by) == (BudgetState.CONFIRMED, "吴会计")


def test_a_refund_is_decided_once(world: World) -> None:
    award_id, _batch = paid(world)
    row = refund(world, award_id, 10_000)
    world.do("qian", withdraw_refund, RefundStep(id=row.id, version=row.version))
    told = world.ask("qian", refund_rows)[0]
    assert told.state is BudgetState.WITHDRAWN
    with pytest.raises(NotNow):
        world.do("zhao", confirm_refund, RefundStep(id=told.id, version=told.version))
    assert world.ask("qian", returnable, AwardById(id=award_id)).left == 80_000


def test_refunds_to_confirm_stand_first_each_with_its_number(world: World) -> None:
    award_id, _batch = paid(world)
    confirm(world, refund(world, award_id, 10_000))
    refund(world, award_id, 5_000)
    rows = world.ask("zhao", refund_rows)
    assert [row.number for row in rows] == ["T2026-00002", "T2026-00001"]
    assert [row.mine for row in world.ask("qian", refund_rows)] == [True, True]


def test_the_slip_tells_what_came_back_to_which_fund(world: World) -> None:
    award_id, batch_id = paid(world)
    row = refund(world, award_id, 10_000)
    with pytest.raises(NotNow):
        world.do("qian", issue_refund_slip, RefundById(id=row.id))
    confirm(world, row)
    said = text_of(world, world.do("qian", issue_refund_slip, RefundById(id=row.id)))
    assert "退款单" in said
    assert "人民币壹佰元整" in said
    assert row.number in said
    assert view(world, batch_id).by_fund[0][0] in said


def test_what_was_claimed_falsely_is_demanded_back_in_writing(world: World) -> None:
    award_id, _batch = paid(world)
    form = DemandForm(
        award_id=award_id,
        amount=Fen(80_000),
        reason="未申报名下车辆。",
        document="哈工帮处〔2026〕3 号处理决定",
        due_on=date(2026, 12, 20),
    )
    paper = world.do("zhao", issue_recovery_demand, form)
    said = text_of(world, paper)
    assert "帮扶资金追回通知" in said
    assert "人民币捌佰元整" in said
    assert "2026年12月20日" in said
    seen = world.ask("zhao", paper_view, PaperById(id=paper))
    assert seen.row.kind is PaperKind.RECOVERY_DEMAND
    confirm(world, refund(world, award_id, 80_000, **RECOVERED))
    with pytest.raises(MoreThanPaid):
        world.do("zhao", issue_recovery_demand, form)
