"""The pre-flight: every check on both sides of its edge."""

from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest

from app.core.money import Fen
from app.core.words.disbursements import BatchState, PayWay
from app.disbursements.batch_queries import batch_view
from app.disbursements.batch_records import BatchById, BatchForm, CheckRow
from app.disbursements.batches import open_batch
from app.disbursements.deciding_records import TieForm
from app.disbursements.proposing import propose_series
from app.disbursements.queries import award_rows
from app.disbursements.records import AwardQuery, SeriesForm
from app.disbursements.rules import StoppedByCheck
from app.disbursements.ties import declare_tie
from app.exchange import queries
from app.exchange.bank_layout import layout
from app.exchange.queries import bank_check
from tests.filled import raw
from tests.payments import answered, approved_by_hand, award, freeze, line, mend, view
from tests.steps import at
from tests.world import World


def check(world: World, batch_id: int, title: str) -> CheckRow:
    return next(row for row in view(world, batch_id).checks if row.title == title)


def card(world: World, number: str, **more: Any) -> int:
    """Return a batch with one payment to an account."""
    award_id = world.propose(account_number=number, **more)
    world.decide(award_id)
    return world.batch(award_id)


GOOD = "6222021234567890128"


def alter(store: Path, *statements: str) -> None:
    """Change the store past its guards, as nobody can in the program."""
    with raw(store) as sql:
        sql.switch_off_the_guards()
        for statement in statements:
            sql.run(statement)
        sql.connection.commit()


@pytest.mark.parametrize(
    ("number", "level"), [(GOOD, "ok"), ("622202123456", "look"), ("6222021234567890129", "look")]
)
def test_the_last_digit_of_a_card_wants_a_look(world: World, number: str, level: str) -> None:
    assert check(world, card(world, number), "卡号校验").level == level


@pytest.mark.parametrize(
    ("holder", "level"), [("李示例", "ok"), ("李镕基", "ok"), ("张𬭎宇", "look"), ("王㛃", "look")]
)
def test_what_older_banks_cannot_write_is_shown_with_its_code_point(
    world: World, holder: str, level: str
) -> None:
    batch_id = card(world, GOOD, account_holder=holder)
    assert check(world, batch_id, "生僻字").level == level
    if level == "look":
        rare = holder[1]
        says = [row.check_says for row in view(world, batch_id).lines]
        assert any(f"{rare} (U+{ord(rare):04X})" in told for told in says) or len(says) == 1


@pytest.mark.parametrize(("digits", "level"), [(13, "ok"), (18, "ok"), (12, "stop"), (19, "stop")])
def test_accounts_are_as_long_as_the_layout_says(
    world: World, monkeypatch: pytest.MonkeyPatch, digits: int, level: str
) -> None:
    shape = msgspec.structs.replace(layout("delimited"), accounts=(13, 18))
    monkeypatch.setattr(queries, "layout", {"delimited": shape}.__getitem__)
    batch_id = card(world, "6" * digits)
    found = world.ask("qian", bank_check, BatchById(id=batch_id))
    assert found.row.level == level
    assert len(found.lines) == (level == "stop")


def test_the_same_account_of_two_households_wants_a_look(world: World) -> None:
    first, second = world.approved(), world.approved()
    batch_id = world.batch(first, second)
    assert check(world, batch_id, "一户一账号").says == "2 笔请确认"


def test_two_accounts_of_two_households_are_well(world: World) -> None:
    first = world.approved()
    second = world.propose(account_number="6222021234567890136")
    world.decide(second)
    assert check(world, world.batch(first, second), "一户一账号").level == "ok"


def test_the_account_of_a_household_paid_before_wants_a_look(world: World) -> None:
    answered(world, world.frozen())
    found = line(world, world.batch(world.approved()))
    assert found.check == "look"


def test_the_same_measure_within_a_month_wants_a_look_and_later_none(world: World) -> None:
    filed = world.file()
    first = world.propose(filed, 10_000)
    world.decide(first)
    answered(world, world.frozen(first))
    second = world.propose(filed, 10_000)
    world.decide(second)
    at(world, 2026, 12, 21)
    batch_id = world.batch(second)
    assert check(world, batch_id, "重复发放").level == "look"
    at(world, 2026, 12, 22)
    assert check(world, batch_id, "重复发放").level == "ok"


def test_the_same_household_twice_in_a_batch_stops(world: World) -> None:
    filed = world.file()
    awards = [world.propose(filed, 10_000), world.propose(filed, 20_000)]
    for award_id in awards:
        world.decide(award_id)
    batch_id = world.batch(*awards)
    assert check(world, batch_id, "重复发放").level == "stop"
    with pytest.raises(StoppedByCheck):
        freeze(world, batch_id)


def test_the_same_version_twice_stops_although_the_store_would_refuse_it(
    world: World, store: Path
) -> None:
    first, second = world.batch(world.approved(10_000)), world.batch(world.approved(20_000))
    version = award(world, line(world, first).award_id).row.award_version_id
    alter(
        store,
        "DROP INDEX uq_batch_line_paid_once",
        f"UPDATE batch_line SET award_version_id = {version} WHERE batch_id = {second}",
    )
    assert check(world, second, "重复发放").level == "stop"


def test_an_award_that_is_not_as_it_was_approved_stops(world: World, store: Path) -> None:
    batch_id = world.batch()
    assert check(world, batch_id, "审批签名").level == "ok"
    alter(store, "UPDATE award_version SET amount = amount + 1")
    assert check(world, batch_id, "审批签名").level == "stop"


def test_a_step_of_the_approval_that_is_missing_stops(world: World, store: Path) -> None:
    batch_id = world.batch()
    alter(store, """UPDATE award_version SET steps = '["supervisor", "collective"]'""")
    found = check(world, batch_id, "审批签名")
    assert found.level == "stop"
    assert "2 步里完成了 1 步" in view(world, batch_id).lines[0].check_says


def test_the_tie_of_whoever_freezes_stops(world: World) -> None:
    filed = world.file()
    award_id = world.propose(filed)
    world.decide(award_id)
    batch_id = world.batch(award_id)
    assert check(world, batch_id, "人员回避").level == "ok"
    tie = TieForm(
        household_id=filed.household_id, staff_id=world.actor("qian").id, note="户主是姑妈"
    )
    world.do("zhao", declare_tie, tie)
    assert check(world, batch_id, "人员回避").level == "stop"
    other = world.ask("zhao", batch_view, BatchById(id=batch_id)).checks
    assert next(row for row in other if row.title == "人员回避").level == "ok", "is no relation"


def test_a_month_of_a_series_waits_for_its_day(world: World) -> None:
    filed = world.file()
    form = SeriesForm(
        case_id=filed.case_id,
        measure="living_relief",
        amount=Fen(10_000),
        fund_id=world.fund_id(),
        account_holder="李示例",
        account_number=GOOD,
        months=2,
        first_on=date(2026, 11, 20),
    )
    world.do("wang", propose_series, form)
    first, second = award_ids(world)
    for award_id in (first, second):
        world.decide(award_id)
    today, later = world.batch(first), world.batch(second)
    assert check(world, today, "应发日期").level == "ok"
    assert check(world, later, "应发日期").level == "stop"
    at(world, 2026, 12, 19)
    assert check(world, later, "应发日期").level == "stop"
    at(world, 2026, 12, 20)
    assert check(world, later, "应发日期").level == "ok"
    assert check(world, later, "重复发放").level == "ok", "two months of one series"


def award_ids(world: World) -> list[int]:
    return [row.id for row in world.ask("zhao", award_rows, AwardQuery())]


def test_a_fund_pays_until_its_last_day(world: World) -> None:
    batch_id = world.batch()
    at(world, 2026, 12, 31)
    assert check(world, batch_id, "资金使用期限").level == "ok"
    at(world, 2027, 1, 1)
    assert check(world, batch_id, "资金使用期限").level == "stop"


def test_what_is_reserved_holds_for_the_whole_batch(world: World, store: Path) -> None:
    batch_id = world.batch(world.approved(10_000), world.approved(20_000))
    assert check(world, batch_id, "资金余额").level == "ok"
    alter(store, "UPDATE balance SET fen = fen - 1 WHERE account = 'reserved' AND fen > 0")
    found = check(world, batch_id, "资金余额")
    assert (found.level, found.says) == ("stop", "2 笔必须处理")


def test_cash_is_checked_without_accounts(world: World) -> None:
    awards = (approved_by_hand(world, PayWay.CASH),)
    batch_id = world.do("qian", open_batch, BatchForm(award_ids=awards, way=PayWay.CASH))
    titles = {row.title for row in view(world, batch_id).checks}
    assert "卡号校验" not in titles
    assert "资格复算" in titles
    assert line(world, batch_id).check == "ok"
    freeze(world, batch_id)
    assert view(world, batch_id).row.state is BatchState.FROZEN


def test_a_mended_payment_is_no_duplicate_of_the_one_that_failed(world: World) -> None:
    award_id = world.approved()
    answered(world, world.frozen(award_id), {1: "账号已销户"})
    mend(world, award_id)
    assert check(world, world.batch(award_id), "重复发放").level == "ok"
