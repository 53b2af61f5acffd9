"""A batch to the bank and back: the file, the answer, the money, and what is paid again."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec
import pytest

from app.center.actions import keep_center
from app.center.queries import center_facts
from app.center.records import CenterForm
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
from app.exchange import actions, bank_batch
from app.exchange.actions import bank_file, freeze_batch, send_to_bank, take_bank_result
from app.exchange.bank_batch import answer_of_the_bank
from app.exchange.bank_file import DoesNotFit
from app.exchange.bank_layout import Layout, NoSuchLayout, layout
from app.exchange.bank_result import NotABankFile
from app.exchange.queries import bank_check, bank_file_name, layout_rows
from app.exchange.records import BankFile, ResultForm
from app.exchange.rules import OtherBatch
from app.exchange.saving import NotRead, NotSaved, read_file, save_file
from app.funds.queries import fund_rows
from tests.filled import copy_center
from tests.payments import freeze
from tests.world import World, open_world

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


# Every layout in both encodings, and every way a result can be odd


SHAPES = [
    ("delimited", "GB18030"),
    ("delimited", "UTF-8"),
    ("fixed_width", "GB18030"),
    ("fixed_width", "UTF-8"),
    ("workbook", "UTF-8"),
]


@dataclass
class Sent:
    """A batch of three payments at a bank of one layout."""

    world: World
    shape: Layout
    batch_id: int
    file: BankFile
    before: tuple[int, int, int]

    def answer(self, failures: dict[int, str] | None = None, *left_out: int) -> bytes:
        """Return the bank's answer, some payments left out."""
        kept = tuple(line for line in self.file.batch.lines if line.line not in left_out)
        batch = replace(self.file.batch, lines=kept)
        return answer_of_the_bank(self.shape, batch, failures or {})

    def take(self, data: bytes, *, despite: bool = False) -> Settlement:
        return take(self.world, self.batch_id, data, despite=despite)

    def untouched(self) -> bool:
        lines = view(self.world, self.batch_id).lines
        still = {line.state for line in lines} == {LineState.PAYING}
        return still and money(self.world) == self.before


@pytest.fixture(scope="module")
def three_approved(
    template: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, tuple[int, ...]]:
    """Make the store in which three awards are approved."""
    store = tmp_path_factory.mktemp("approved") / "center.db"
    copy_center(template, store)
    world = open_world(store)
    first, second = world.approved(80_000), world.approved(30_050)
    world.form()  # the third household cannot be filed
    awards = first, second, world.approved(20_000)
    world.office.close()
    return store, awards


@pytest.fixture(params=SHAPES, ids="-".join)
def sent(
    three_approved: tuple[Path, tuple[int, ...]],
    tmp_path: Path,
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Sent]:
    made, awards = three_approved
    store = tmp_path / "center.db"
    copy_center(made, store)
    world = open_world(store)
    for _taken in range(4):
        world.form()
    name, encoding = request.param
    shape = msgspec.structs.replace(layout(name), encoding=encoding)
    for module in (actions, bank_batch):
        monkeypatch.setattr(module, "layout", {name: shape}.__getitem__)
    form = BatchForm(award_ids=awards, layout=name)
    batch_id = world.do("qian", open_batch, form)
    step = BatchStepForm(id=batch_id, version=view(world, batch_id).row.version)
    world.do("qian", freeze_batch, step)
    file = send(world, batch_id)
    yield Sent(world, shape, batch_id, file, money(world))
    world.office.close()


def failed_word(sent: Sent) -> str:
    return next(iter(sent.shape.status.failed.values()))


def test_a_result_of_any_layout_is_booked_once(sent: Sent) -> None:
    data = sent.answer({2: failed_word(sent)})
    done = sent.take(data)
    assert (done.paid, done.failed, done.unanswered, done.problems) == (2, 1, 0, ())
    assert done.causes[0].reason == failed_word(sent)
    available, reserved, paid = sent.before
    assert money(sent.world) == (available + 30_050, reserved - 130_050, paid + 100_000)
    assert sent.take(data).again
    assert money(sent.world) == (available + 30_050, reserved - 130_050, paid + 100_000)


def test_a_payment_left_out_stays_at_the_bank_until_it_is_answered(sent: Sent) -> None:
    done = sent.take(sent.answer(None, 3))
    assert (done.paid, done.unanswered) == (2, 1)
    assert view(sent.world, sent.batch_id).row.state is BatchState.SENT
    sent.take(sent.answer())
    assert view(sent.world, sent.batch_id).row.state is BatchState.RECONCILED
    assert money(sent.world)[2] == sent.before[2] + 130_050


def test_a_payment_nobody_sent_is_told_and_nothing_booked(sent: Sent) -> None:
    stranger = replace(sent.file.batch.lines[0], line=9, amount=Fen(1))
    lines = (*sent.file.batch.lines, stranger)
    data = answer_of_the_bank(sent.shape, replace(sent.file.batch, lines=lines), {})
    done = sent.take(data)
    assert any("第 9 笔" in problem for problem in done.problems)
    assert sent.untouched()
    assert sent.take(data, despite=True).paid == 3


def test_a_total_that_does_not_add_up_is_told_and_nothing_booked(sent: Sent) -> None:
    shown = "130050" if sent.shape.amounts == "fen" else "1300.50"
    wrong = answer_of_the_bank(sent.shape, sent.file.batch, {})
    if sent.shape.form == "workbook":
        smaller = replace(sent.file.batch.lines[2], amount=Fen(19_999))
        batch = replace(sent.file.batch, lines=(*sent.file.batch.lines[:2], smaller))
        wrong = answer_of_the_bank(sent.shape, batch, {})
    else:
        assert shown.encode() in wrong
        wrong = wrong.replace(shown.encode(), shown.replace("3", "4", 1).encode())
    assert sent.take(wrong).problems
    assert sent.untouched()


@pytest.mark.parametrize("data", [b"", b"\xff\xd8\xff\xe0 JFIF", b"PK\x03\x04 no workbook"])
def test_a_file_that_is_none_of_the_banks_is_refused(sent: Sent, data: bytes) -> None:
    with pytest.raises(NotABankFile):
        sent.take(data)
    assert sent.untouched()


def test_the_file_that_was_sent_is_no_answer(sent: Sent) -> None:
    try:
        done = sent.take(sent.file.data)
    except NotABankFile:
        pass
    else:
        assert done.problems
    assert sent.untouched()


def test_the_answer_of_another_batch_is_refused_even_where_it_is_not_named(sent: Sent) -> None:
    world = sent.world
    other = world.do(
        "qian",
        open_batch,
        BatchForm(award_ids=(world.approved(7_700),), layout=view(world, sent.batch_id).layout),
    )
    step = BatchStepForm(id=other, version=view(world, other).row.version)
    world.do("qian", freeze_batch, step)
    file = send(world, other)
    with pytest.raises(OtherBatch, match=view(world, other).row.number):
        sent.take(answer_of_the_bank(sent.shape, file.batch, {}))
    assert {line.state for line in view(world, sent.batch_id).lines} == {LineState.PAYING}


def test_two_months_of_the_same_people_are_told_apart_by_a_person_where_no_batch_is_named(
    sent: Sent,
) -> None:
    """A second batch of the same amounts and account is at the bank: in a layout that names no
    batch its answer looks the same."""
    world, name = sent.world, view(sent.world, sent.batch_id).layout
    alike = tuple(world.approved(line.amount) for line in sent.file.batch.lines)
    other = world.do("qian", open_batch, BatchForm(award_ids=alike, layout=name))
    freeze(world, other)
    send(world, other)
    done = sent.take(sent.answer())
    if sent.shape.form != "workbook":
        assert (done.paid, done.problems) == (3, ())
        return
    assert [view(world, other).row.number in problem for problem in done.problems] == [True]
    assert {line.state for line in view(world, sent.batch_id).lines} == {LineState.PAYING}
    assert sent.take(sent.answer(), despite=True).paid == 3


def test_a_result_saved_in_another_encoding_is_read_all_the_same(sent: Sent) -> None:
    if sent.shape.form == "workbook":
        return
    data = sent.answer({1: failed_word(sent)})
    other = "UTF-8" if sent.shape.encoding == "GB18030" else "GB18030"
    done = sent.take(data.decode(sent.shape.encoding).encode(other))
    assert (done.paid, done.failed, done.problems) == (2, 1, ())
    assert done.causes[0].reason == failed_word(sent)


def test_the_file_names_the_account_that_pays_as_it_was_when_the_batch_was_made(
    world: World,
) -> None:
    facts = world.ask("admin", center_facts)
    batch_id = world.batch()
    form = CenterForm(name=facts.name, payer_account="6222021234567890136")
    world.do("admin", keep_center, form)
    step = BatchStepForm(id=batch_id, version=view(world, batch_id).row.version)
    world.do("qian", freeze_batch, step)
    file = send(world, batch_id)
    assert file.batch.payer_account == facts.payer_account != ""
    assert facts.payer_account.encode() in file.data


def test_a_center_without_its_account_is_told(world: World) -> None:
    facts = world.ask("admin", center_facts)
    world.do("admin", keep_center, CenterForm(name=facts.name, payer_account=""))
    found = world.ask("qian", bank_check, BatchById(id=world.batch()))
    assert (found.row.level, found.lines) == ("look", ())
