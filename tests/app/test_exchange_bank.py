"""A batch to the bank and back: the file, the answer, the money, and what is paid again."""

from dataclasses import replace
from pathlib import Path

import pytest

from app.core.errors import Conflict, NotNow
from app.core.money import Fen
from app.core.words.disbursements import AwardState, BatchState, LineState
from app.disbursements.batch_queries import batch_view
from app.disbursements.batch_records import (
    BatchById,
    BatchForm,
    BatchStepForm,
    BatchView,
    Cause,
    Settlement,
    TakeOut,
)
from app.disbursements.batches import open_batch, take_out
from app.disbursements.proposing import amend_award
from app.disbursements.queries import award_view
from app.disbursements.records import AwardById, AwardChange, AwardView
from app.exchange.actions import bank_file, freeze_batch, send_to_bank, take_bank_result
from app.exchange.bank_batch import answer_of_the_bank
from app.exchange.bank_file import DoesNotFit
from app.exchange.bank_layout import NoSuchLayout, layout
from app.exchange.queries import bank_check, bank_file_name, layout_rows
from app.exchange.records import BankFile, ResultForm
from app.exchange.rules import OtherBatch
from app.exchange.saving import NotRead, NotSaved, read_file, save_file
from app.funds.queries import fund_rows
from tests.world import World

CLOSED = "账号已销户"
OTHER_NAME = "户名不符"


def view(world: World, batch_id: int) -> BatchView:
    return world.ask("qian", batch_view, BatchById(id=batch_id))


def award(world: World, award_id: int) -> AwardView:
    return world.ask("zhao", award_view, AwardById(id=award_id))


def money(world: World) -> tuple[int, int, int]:
    """Return what is available, reserved and paid."""
    fund = world.ask("qian", fund_rows)[0]
    return fund.available, fund.reserved, fund.paid


def send(world: World, batch_id: int) -> BankFile:
    step = BatchStepForm(id=batch_id, version=view(world, batch_id).row.version)
    return world.do("qian", send_to_bank, step)


def answer(file: BankFile, failures: dict[int, str] | None = None) -> bytes:
    return answer_of_the_bank(layout("delimited"), file.batch, failures or {})


def take(world: World, batch_id: int, data: bytes, *, despite: bool = False) -> Settlement:
    version = view(world, batch_id).row.version
    form = ResultForm(id=batch_id, version=version, data=data, despite_problems=despite)
    return world.do("qian", take_bank_result, form)


def lines(data: bytes) -> list[bytes]:
    return data.splitlines(keepends=True)


@pytest.mark.parametrize("shape", ["fixed_width", "none such"])
def test_what_the_bank_cannot_be_told_is_not_frozen(world: World, shape: str) -> None:
    award_id = world.propose(account_holder="买买提·示例" * 6)
    world.decide(award_id)
    form = BatchForm(award_ids=(award_id,), layout=shape)
    batch_id = world.do("qian", open_batch, form)
    step = BatchStepForm(id=batch_id, version=view(world, batch_id).row.version)
    with pytest.raises((DoesNotFit, NoSuchLayout)):
        world.do("qian", freeze_batch, step)
    assert view(world, batch_id).row.state is BatchState.DRAFT
    (line,) = view(world, batch_id).lines
    out = TakeOut(batch_id=batch_id, version=step.version, line_id=line.id, reason="户名太长")
    world.do("qian", take_out, out)
    assert award(world, award_id).row.state is AwardState.APPROVED


def test_the_file_for_the_bank_is_the_same_for_good(world: World) -> None:
    batch_id = world.frozen()
    name = world.ask("qian", bank_file_name, BatchById(id=batch_id))
    file = send(world, batch_id)
    assert file.name == name
    assert file.name.startswith("演示")
    assert view(world, batch_id).row.state is BatchState.SENT
    assert view(world, batch_id).bank_file == file.name
    assert world.do("qian", bank_file, BatchById(id=batch_id)) == file


def test_a_batch_that_was_not_frozen_does_not_go_to_the_bank(world: World) -> None:
    batch_id = world.batch()
    with pytest.raises(NotNow):
        send(world, batch_id)
    with pytest.raises(NotNow):
        world.do("qian", bank_file, BatchById(id=batch_id))


def test_every_layout_can_be_chosen_and_holds_a_batch(world: World) -> None:
    assert {row.name for row in world.ask("qian", layout_rows)} >= {"delimited", "fixed_width"}
    found = world.ask("qian", bank_check, BatchById(id=world.batch(world.approved())))
    assert (found.row.level, found.row.passed, found.lines) == ("ok", 1, ())


def test_what_the_bank_cannot_hold_is_told_before_the_batch_is_frozen(world: World) -> None:
    award_id = world.propose(account_holder="李|示例")
    world.decide(award_id)
    found = world.ask("qian", bank_check, BatchById(id=world.batch(award_id)))
    assert found.row.level == "stop"
    assert "李|示例" in found.row.says
    assert [doubt.line for doubt in found.lines] == [1]


def test_all_paid_closes_the_batch_and_posts_the_money(world: World) -> None:
    before = money(world)
    first, second = world.approved(80_000), world.approved(30_050)
    batch_id = world.frozen(first, second)
    assert money(world) == (before[0] - 110_050, before[1] + 110_050, before[2])
    done = take(world, batch_id, answer(send(world, batch_id)))
    assert (done.paid, done.failed, done.paid_amount, done.unanswered) == (2, 0, 110_050, 0)
    assert money(world) == (before[0] - 110_050, before[1], before[2] + 110_050)
    assert view(world, batch_id).row.state is BatchState.RECONCILED
    assert award(world, first).row.state is AwardState.PAID


def test_the_same_result_taken_in_twice_changes_nothing(world: World) -> None:
    batch_id = world.frozen()
    data = answer(send(world, batch_id))
    first = take(world, batch_id, data)
    after = money(world), view(world, batch_id)
    again = take(world, batch_id, data)
    assert not first.again
    assert again == replace(first, again=True)  # pyright: ignore[reportArgumentType] - a Record is a dataclass
    assert (money(world), view(world, batch_id)) == after


def test_failures_are_grouped_by_cause_and_the_money_is_back_in_its_fund(world: World) -> None:
    before = money(world)
    first, second = world.approved(80_000), world.approved(30_050)
    world.form()  # the third household cannot be filed
    third, fourth = world.approved(20_000), world.approved(45_001)
    batch_id = world.frozen(first, second, third, fourth)
    data = answer(send(world, batch_id), {1: CLOSED, 2: OTHER_NAME, 4: CLOSED})
    done = take(world, batch_id, data)
    assert done.causes == (
        Cause(reason=CLOSED, count=2, amount=Fen(125_001)),
        Cause(reason=OTHER_NAME, count=1, amount=Fen(30_050)),
    )
    assert (done.paid_amount, done.returned_amount) == (20_000, 155_051)
    assert money(world) == (before[0] - 20_000, before[1], before[2] + 20_000)
    told = {row.line: (row.state, row.reason) for row in view(world, batch_id).lines}
    assert told[1] == (LineState.FAILED, CLOSED)
    assert told[3] == (LineState.PAID, "")


def test_a_failed_payment_is_mended_approved_anew_and_paid_once(world: World) -> None:
    before = money(world)
    award_id = world.approved(80_000)
    batch_id = world.frozen(award_id)
    failed = answer(send(world, batch_id), {1: CLOSED})
    take(world, batch_id, failed)
    returned = award(world, award_id)
    assert returned.row.state is AwardState.RETURNED
    assert money(world) == before
    change = AwardChange(
        award_id=award_id,
        version=returned.row.version,
        amount=returned.row.amount,
        fund_id=returned.fund.id,
        account_holder=returned.account_holder,
        account_number="6222021234567890136",
        opinion="原账户已销户，换卡。",
    )
    world.do("wang", amend_award, change)
    assert award(world, award_id).sequence == 2
    assert money(world) == before, "a new version is not approved yet"
    world.decide(award_id)
    assert money(world) == (before[0] - 80_000, before[1] + 80_000, before[2])
    again = world.frozen(award_id)
    take(world, again, answer(send(world, again)))
    paid = (before[0] - 80_000, before[1], before[2] + 80_000)
    assert money(world) == paid
    with pytest.raises(NotNow):
        world.batch(award_id)
    assert take(world, batch_id, failed).again, "the first result, once more"
    assert money(world) == paid


def test_a_line_that_fits_no_payment_is_told_and_nothing_is_booked_before_a_look(
    world: World,
) -> None:
    batch_id = world.frozen(world.approved(80_000), world.approved(30_000))
    before = money(world)
    head, first, second = lines(answer(send(world, batch_id)))
    stranger = second.replace(b"2|", b"9|", 1)
    done = take(world, batch_id, head + first + stranger)
    assert any("第 9 笔" in problem for problem in done.problems)
    assert money(world) == before
    assert view(world, batch_id).row.state is BatchState.SENT
    booked = take(world, batch_id, head + first + stranger, despite=True)
    assert (booked.paid, booked.unanswered) == (1, 1)
    assert view(world, batch_id).row.state is BatchState.SENT
    take(world, batch_id, head + first + second)
    assert view(world, batch_id).row.state is BatchState.RECONCILED
    assert money(world)[2] == before[2] + 110_000


@pytest.mark.parametrize(
    ("was", "now", "says"),
    [
        (b"6222021234567890128", b"6222021234567890136", "另一账号"),
        (b"800.00", b"800.01", "800.01"),
    ],
)
def test_another_account_or_amount_is_not_taken_for_the_payment(
    world: World, was: bytes, now: bytes, says: str
) -> None:
    batch_id = world.frozen()
    data = answer(send(world, batch_id))
    assert was in data
    done = take(world, batch_id, data.replace(was, now))
    assert any(says in problem for problem in done.problems)
    assert view(world, batch_id).lines[0].state is LineState.PAYING


def test_the_bank_cannot_turn_what_is_booked(world: World) -> None:
    batch_id = world.frozen(world.approved(), world.approved())
    file = send(world, batch_id)
    head, first, _second = lines(answer(file))
    take(world, batch_id, head + first, despite=True)
    after = money(world)
    done = take(world, batch_id, answer(file, {1: CLOSED}))
    assert any("已按“已发放”记账" in problem for problem in done.problems)
    assert money(world) == after


def test_the_result_of_another_batch_is_refused_with_its_number(world: World) -> None:
    first, second = world.frozen(), world.frozen()
    data = answer(send(world, first))
    send(world, second)
    with pytest.raises(OtherBatch, match=view(world, first).row.number):
        take(world, second, data)


def test_a_result_is_not_booked_over_somebody_elses_step(world: World) -> None:
    batch_id = world.frozen()
    stale = view(world, batch_id).row.version
    data = answer(send(world, batch_id))
    with pytest.raises(Conflict):
        world.do("qian", take_bank_result, ResultForm(id=batch_id, version=stale, data=data))


def test_a_file_is_saved_whole_or_not_at_all(tmp_path: Path) -> None:
    place = tmp_path / "代发.txt"
    place.write_bytes(b"old")
    assert read_file(save_file(place, b"new")) == b"new"
    with pytest.raises(NotSaved, match="没有保存"):
        save_file(tmp_path / "nowhere" / "代发.txt", b"new")
    with pytest.raises(NotRead, match="没有记账"):
        read_file(tmp_path / "nowhere")
    assert [each.name for each in tmp_path.iterdir()] == ["代发.txt"]
