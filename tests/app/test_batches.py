"""Batches that follow another, the papers that close a batch, and asking whether it came."""

import pytest

from app.core.errors import NotNow, Refused
from app.core.money import Fen
from app.core.words.disbursements import (
    AwardState,
    BatchState,
    LineState,
    PayWay,
    SampleResult,
)
from app.core.words.funds import FundSource, RefundKind
from app.core.words.papers import PaperKind, PaperState
from app.core.words.staff import Role
from app.disbursements.batch_records import BatchById, CallOff, CorrectionForm, NotCollected
from app.disbursements.batches import call_off, issue_payment_list, open_correction
from app.disbursements.handing import not_collected
from app.disbursements.rules import FundOver, NothingToPay, NotToCorrect
from app.disbursements.sample_records import CallForm, DrawForm, Sample, SampleById
from app.disbursements.sampling import (
    NoteNeeded,
    NothingToDraw,
    draw,
    draw_sample,
    how_many,
    issue_call_list,
    open_callee,
    record_call,
    sample_of,
)
from app.disbursements.vouchers import NothingPaidYet, issue_receipt_slips, issue_vouchers
from app.funds.actions import confirm_budget, enter_budget, open_fund
from app.funds.queries import budget_rows
from app.funds.records import BudgetForm, BudgetStep, FundForm
from app.papers.queries import paper_rows, paper_view
from app.papers.records import PaperById, PaperQuery
from app.papers.render import render
from app.work import SecondPersonNeeded
from tests.papers import joined, pages_of
from tests.payments import (
    another,
    answered,
    award,
    by_hand,
    confirm,
    freeze,
    hand,
    mend,
    money,
    paid,
    refund,
    send,
    view,
)
from tests.steps import at
from tests.world import World

CLOSED = "账号已销户"


def correct(world: World, batch_id: int, *awards: int) -> int:
    return world.do("qian", open_correction, CorrectionForm(batch_id=batch_id, award_ids=awards))


def said(world: World, paper_id: int) -> str:
    sheet = world.ask("qian", paper_view, PaperById(id=paper_id)).sheet
    return joined("".join(pages_of(render(sheet))))


def two_that_failed(world: World) -> tuple[int, int, int]:
    """Return two awards whose payment failed, and their batch."""
    first, second = world.approved(80_000), world.approved(30_000)
    batch_id = world.frozen(first, second)
    answered(world, batch_id, {1: CLOSED, 2: CLOSED})
    return first, second, batch_id


# A correction batch


def test_a_correction_batch_takes_what_was_mended_and_approved_anew(world: World) -> None:
    before = money(world)
    first, second, batch_id = two_that_failed(world)
    assert view(world, batch_id).correctable == ()
    mend(world, first)
    assert [row.id for row in view(world, batch_id).correctable] == [first]
    follower = correct(world, batch_id, first)
    seen = view(world, follower)
    assert seen.row.number == "B2026-0001-R1"
    assert seen.follows is not None
    assert (seen.follows.id, seen.follows.number) == (batch_id, "B2026-0001")
    assert [link.number for link in view(world, batch_id).followed_by] == ["B2026-0001-R1"]
    assert view(world, batch_id).correctable == ()
    mend(world, second)
    other = correct(world, batch_id, second)
    assert view(world, other).row.number == "B2026-0001-R2"
    for each in (follower, other):
        freeze(world, each)
        answered(world, each)
    assert money(world) == (before[0] - 110_000, before[1], before[2] + 110_000)


def test_what_fails_again_is_made_good_under_the_first_number(world: World) -> None:
    award_id = world.approved()
    batch_id = world.frozen(award_id)
    for expected in ("B2026-0001-R1", "B2026-0001-R2"):
        answered(world, batch_id, {1: CLOSED})
        mend(world, award_id)
        batch_id = correct(world, batch_id, award_id)
        assert view(world, batch_id).row.number == expected
        freeze(world, batch_id)


def test_no_other_award_gets_into_a_correction_batch(world: World) -> None:
    first, second, batch_id = two_that_failed(world)
    world.form()  # the third household cannot be filed
    stranger = world.approved()
    for award_id in (stranger, second, first):
        with pytest.raises(NotToCorrect):
            correct(world, batch_id, award_id)
    with pytest.raises(NothingToPay):
        correct(world, batch_id)
    mend(world, first)
    with pytest.raises(NotToCorrect):
        correct(world, batch_id, first, stranger)
    assert award(world, first).row.state is AwardState.APPROVED


def test_what_the_bank_returned_later_can_be_corrected_too(world: World) -> None:
    award_id, batch_id = paid(world)
    told = {"kind": RefundKind.BANK, "reason": "退汇", "document": "凭证 1 号"}
    confirm(world, refund(world, award_id, 80_000, **told))
    mend(world, award_id)
    assert [row.id for row in view(world, batch_id).correctable] == [award_id]


def test_a_payment_of_another_way_is_not_offered(world: World) -> None:
    first, _second, batch_id = two_that_failed(world)
    mend(world, first, way=PayWay.CASH, account_holder="", account_number="")
    assert view(world, batch_id).correctable == ()


# A batch that was frozen and does not go out


def test_a_frozen_batch_is_called_off_whole(world: World) -> None:
    before = money(world)
    batch_id = world.frozen(world.approved(80_000), world.approved(30_000))
    call_it_off(world, batch_id)
    assert money(world) == before
    seen = view(world, batch_id)
    assert (seen.row.state, seen.row.failed, seen.bank_file) == (BatchState.RECONCILED, 2, "")
    assert {row.reason for row in seen.lines} == {"申请人去世"}
    award_id = seen.lines[0].award_id
    assert award(world, award_id).row.state is AwardState.RETURNED
    mend(world, award_id)
    again = correct(world, batch_id, award_id)
    freeze(world, again)
    answered(world, again)
    assert money(world)[2] == before[2] + 80_000


@pytest.mark.parametrize("sent", [False, True])
def test_only_a_batch_that_is_frozen_and_not_sent_is_called_off(world: World, sent: bool) -> None:
    batch_id = world.frozen() if sent else world.batch()
    if sent:
        send(world, batch_id)
    before = money(world)
    with pytest.raises(NotNow):
        call_it_off(world, batch_id)
    assert money(world) == before


def call_it_off(world: World, batch_id: int) -> None:
    version = view(world, batch_id).row.version
    world.do("qian", call_off, CallOff(id=batch_id, version=version, reason="申请人去世"))


def test_nothing_goes_to_the_bank_after_the_last_day_of_the_fund(world: World) -> None:
    batch_id = world.frozen()
    at(world, 2027, 1, 1)
    with pytest.raises(FundOver, match="整批退回"):
        send(world, batch_id)
    call_it_off(world, batch_id)
    at(world, 2026, 12, 31)
    send(world, world.frozen(world.approved()))


@pytest.mark.parametrize("way", [PayWay.CASH, PayWay.GOODS])
def test_nothing_is_handed_out_after_the_last_day_of_the_fund(world: World, way: PayWay) -> None:
    before, batch_id = money(world), by_hand(world, way)
    at(world, 2026, 12, 31)
    hand(world, batch_id, 1)
    at(world, 2027, 1, 1)
    with pytest.raises(FundOver):
        hand(world, batch_id, 2)
    (left,) = (row.id for row in view(world, batch_id).lines if row.state is LineState.PAYING)
    form = NotCollected(
        batch_id=batch_id,
        version=view(world, batch_id).row.version,
        line_ids=(left,),
        reason="年底未领",
    )
    world.do("qian", not_collected, form)
    assert money(world) == (before[0] - 30_000, before[1], before[2] + 30_000)


def test_handing_out_does_not_begin_after_the_last_day_of_the_fund(world: World) -> None:
    batch_id = by_hand(world, PayWay.CASH)
    at(world, 2027, 1, 1)
    with pytest.raises(FundOver):
        hand(world, batch_id)


# The papers that close a batch


def other_fund(world: World) -> int:
    form = FundForm(name="2026年工会经费（测试）", source=FundSource.UNION_FEES, year=2026)
    fund_id = world.do("qian", open_fund, form)
    budget = BudgetForm(
        fund_id=fund_id,
        amount=Fen(1_000_000),
        document="工会经费预算 7 号",
        granted_on=world.clock.today(),
    )
    world.do("qian", enter_budget, budget)
    row = next(row for row in world.ask("zhao", budget_rows) if row.fund == form.name)
    world.do("zhao", confirm_budget, BudgetStep(id=row.id, version=row.version))
    return fund_id


def test_a_voucher_for_each_fund_issued_once(world: World) -> None:
    first = world.approved(80_000)
    second = world.propose(fen=30_050, fund_id=other_fund(world))
    world.decide(second)
    batch_id = world.frozen(first, second)
    with pytest.raises(NothingPaidYet):
        world.do("qian", issue_vouchers, BatchById(id=batch_id))
    answered(world, batch_id)
    papers = world.do("qian", issue_vouchers, BatchById(id=batch_id))
    assert world.do("qian", issue_vouchers, BatchById(id=batch_id)) == papers
    texts = [said(world, paper) for paper in papers]
    assert "人民币捌佰元整" in texts[0]
    assert "人民币叁佰元零伍角整" in texts[1]
    assert "2026年工会经费（测试）" in texts[1]
    assert view(world, batch_id).row.number in texts[0]


def test_failed_payments_stand_on_no_voucher(world: World) -> None:
    batch_id = world.frozen(world.approved(80_000), world.approved(30_000))
    answered(world, batch_id, {1: CLOSED})
    (paper,) = world.do("qian", issue_vouchers, BatchById(id=batch_id))
    assert "人民币叁佰元整" in said(world, paper)


def test_vouchers_and_receipts_tell_all_that_was_paid_in_the_end(world: World) -> None:
    batch_id = by_hand(world, PayWay.CASH)
    batch = BatchById(id=batch_id)
    hand(world, batch_id, 1)
    (early,) = world.do("qian", issue_vouchers, batch)
    slips = world.do("qian", issue_receipt_slips, batch)
    hand(world, batch_id, 2)
    (late,) = world.do("qian", issue_vouchers, batch)
    for paper in (early, slips):
        shown = world.ask("qian", paper_view, PaperById(id=paper))
        assert (shown.row.state, shown.void_reason) == (PaperState.VOID, "本批之后又有付款")
    assert "人民币叁佰元整" in said(world, early)
    assert "人民币陆佰元整" in said(world, late)


def test_a_receipt_for_each_payment_in_one_paper(world: World) -> None:
    batch_id = by_hand(world, PayWay.GOODS)
    with pytest.raises(NothingPaidYet):
        world.do("qian", issue_receipt_slips, BatchById(id=batch_id))
    hand(world, batch_id)
    text = said(world, world.do("qian", issue_receipt_slips, BatchById(id=batch_id)))
    assert text.count("领款人签字") == 2
    assert "大米 10 公斤 3 × 100.00" in text
    assert text.count("人民币叁佰元整") == 2


def test_the_payment_list_of_a_correction_bears_its_number(world: World) -> None:
    first, _second, batch_id = two_that_failed(world)
    mend(world, first)
    follower = correct(world, batch_id, first)
    freeze(world, follower)
    assert "B2026-0001-R1" in said(
        world, world.do("qian", issue_payment_list, BatchById(id=follower))
    )


# Asking whether it came


def sample(world: World, batch_id: int) -> Sample:
    return world.ask("zhao", sample_of, BatchById(id=batch_id))


def call(
    world: World, batch_id: int, result: SampleResult, note: str = "", user: str = "zhao"
) -> None:
    row = next(row for row in sample(world, batch_id).rows if row.result is None)
    form = CallForm(id=row.id, version=row.version, result=result, note=note)
    world.do(user, record_call, form)


def a_paid_batch(world: World) -> int:
    batch_id = world.frozen(world.approved(80_000), world.approved(30_000))
    answered(world, batch_id)
    return batch_id


@pytest.mark.parametrize(
    ("of", "percent", "count"), [(1, 1, 1), (100, 5, 5), (101, 5, 6), (7, 100, 7), (10, 10, 1)]
)
def test_a_share_is_rounded_up(of: int, percent: int, count: int) -> None:
    assert how_many(of, DrawForm(batch_id=1, percent=percent)) == count


def test_the_same_seed_draws_the_same(world: World) -> None:
    lines = list(range(100, 200))
    assert draw(lines, "a1", 10) == draw(lines, "a1", 10)
    assert draw(lines, "a1", 10) != draw(lines, "a2", 10)
    assert len(set(draw(lines, "a1", 100))) == 100


def test_no_payment_is_drawn_twice_nor_one_that_failed(world: World) -> None:
    batch_id = world.frozen(world.approved(80_000), world.approved(30_000))
    answered(world, batch_id, {2: CLOSED})
    assert world.do("zhao", draw_sample, DrawForm(batch_id=batch_id, count=5)) == 1
    assert [row.line for row in sample(world, batch_id).rows] == [1]
    with pytest.raises(NothingToDraw):
        world.do("zhao", draw_sample, DrawForm(batch_id=batch_id, count=1))


def test_the_answers_tell_how_many_received_it(world: World) -> None:
    batch_id = a_paid_batch(world)
    world.do("zhao", draw_sample, DrawForm(batch_id=batch_id, percent=100))
    with pytest.raises(NoteNeeded):
        call(world, batch_id, SampleResult.NOT_RECEIVED, " ")
    call(world, batch_id, SampleResult.NOT_RECEIVED, "卡在亲戚手里")
    call(world, batch_id, SampleResult.RECEIVED)
    told = sample(world, batch_id)
    assert (told.paid, told.drawn, told.called, told.received) == (2, 2, 2, 1)
    assert told.rows[0].note == "卡在亲戚手里"
    again = told.rows[0]
    form = CallForm(id=again.id, version=again.version, result=SampleResult.RECEIVED)
    with pytest.raises(NotNow):
        world.do("zhao", record_call, form)


def test_whoever_proposed_or_paid_it_does_not_ask(world: World) -> None:
    another(world, "wu", "吴会计", Role.FINANCE, Role.SUPERVISOR)
    qian, world.people["qian"] = world.people["qian"], world.people["wu"]
    batch_id = a_paid_batch(world)
    world.people["qian"] = qian
    world.do("wu", draw_sample, DrawForm(batch_id=batch_id, count=1))
    with pytest.raises(SecondPersonNeeded):
        call(world, batch_id, SampleResult.RECEIVED, user="wu")
    with pytest.raises(Refused):
        call(world, batch_id, SampleResult.RECEIVED, user="qian")


def test_the_call_list_hides_numbers_that_are_shown_one_by_one(world: World) -> None:
    batch_id = a_paid_batch(world)
    with pytest.raises(NothingToDraw):
        world.do("zhao", issue_call_list, BatchById(id=batch_id))
    world.do("zhao", draw_sample, DrawForm(batch_id=batch_id, count=1))
    row = sample(world, batch_id).rows[0]
    callee = world.do("zhao", open_callee, SampleById(id=row.id))
    assert callee.phone
    assert callee.phone != row.phone
    text = said(world, world.do("zhao", issue_call_list, BatchById(id=batch_id)))
    assert callee.phone not in text
    assert row.phone in text
    kinds = {paper.kind for paper in world.ask("zhao", paper_rows, PaperQuery())}
    assert PaperKind.CALL_LIST in kinds
