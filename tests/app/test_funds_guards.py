"""What the store refuses of funds by itself, asked with raw SQL."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.core.words.funds import FundSource
from db.engine import sqlcipher
from tests.filled import Raw, copy_center, pay, raw
from tests.funds import carried, carry, granted, opened, two_years
from tests.world import open_world


@pytest.fixture(scope="module")
def carried_store(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a store with a carry-over that counts, one that waits, and a fund in use."""
    store = tmp_path_factory.mktemp("carried") / "center.db"
    copy_center(template, store)
    world = open_world(store)
    leaving, entering = two_years(world)
    carry(world, leaving, entering, 10_000)
    carried(world, leaving, entering, 20_000)
    used = opened(world, name="在用", source=FundSource.CITY)
    granted(world, used, 90_000)
    world.decide(world.propose(fund_id=used, fen=10_000))
    paid = world.propose(fund_id=used, fen=20_000)
    world.decide(paid)
    pay(world, world.frozen(paid))
    world.office.close()
    return store


@pytest.fixture
def sql(carried_store: Path) -> Iterator[Raw]:
    """Raw SQL in a transaction that is taken back."""
    with raw(carried_store) as opened_store:
        opened_store.run("BEGIN IMMEDIATE")
        yield opened_store
        opened_store.run("ROLLBACK")


def refused(sql: Raw, guard: str, statement: str, *values: object) -> None:
    with pytest.raises(sqlcipher.DatabaseError, match=guard):
        sql.run(statement, *values)


POSTED = (
    "INSERT INTO posting (fund_id, from_account, to_account, amount, carry_over_id, memo, "
    "posted_by, posted_at) SELECT {fund}, '{a}', '{b}', amount + {more}, id, '', 1, "
    "'2026-11-20 00:00:00' FROM carry_over WHERE state = '{state}'"
)


@pytest.mark.parametrize(
    ("fund", "a", "b"),
    [("from_fund_id", "available", "granted"), ("to_fund_id", "granted", "available")],
)
def test_only_a_confirmed_carry_over_moves_money_and_once(
    sql: Raw, fund: str, a: str, b: str
) -> None:
    waits = POSTED.format(fund=fund, a=a, b=b, more=0, state="entered")
    refused(sql, "carry_what_is_confirmed|grant_what_is_confirmed", waits)
    again = POSTED.format(fund=fund, a=a, b=b, more=0, state="confirmed")
    refused(sql, "posting_not_replaced|UNIQUE", again)


def test_a_carry_over_moves_its_amount_between_its_funds(sql: Raw) -> None:
    sql.run("UPDATE carry_over SET state = 'confirmed', confirmed_by = 2 WHERE state = 'entered'")
    second = POSTED + " AND amount = 20000"
    for more, fund in ((1, "from_fund_id"), (-1, "from_fund_id"), (0, "to_fund_id")):
        statement = second.format(
            fund=fund, a="available", b="granted", more=more, state="confirmed"
        )
        refused(sql, "carry_what_is_confirmed", statement)
    whole = second.format(
        fund="from_fund_id", a="available", b="granted", more=0, state="confirmed"
    )
    sql.run(whole)


def test_a_carry_over_is_confirmed_by_another_person_and_stays_decided(sql: Raw) -> None:
    mine = "UPDATE carry_over SET state = 'confirmed', confirmed_by = entered_by"
    refused(sql, "CHECK", f"{mine} WHERE state = 'entered'")
    nobody = "UPDATE carry_over SET state = 'confirmed' WHERE state = 'entered'"
    refused(sql, "CHECK", nobody)
    back = "UPDATE carry_over SET state = 'entered', confirmed_by = NULL WHERE state = 'confirmed'"
    refused(sql, "carry_over_stays_decided", back)
    for column, value in (("amount", 1), ("area", "medical"), ("to_fund_id", 1)):
        refused(sql, "carry_over_fixed", f"UPDATE carry_over SET {column} = ?", value)


def test_a_fund_in_use_keeps_its_earmarks(sql: Raw) -> None:
    used = "WHERE name = '在用'"
    for column, value in (
        ("measures", '["living_relief"]'),
        ("districts", '["南岗区"]'),
        ("pays_until", "2027-12-31"),
        ("file_required", 0),
        ("condition", "随便"),
    ):
        refused(sql, "fund_keeps_its_earmarks", f"UPDATE fund SET {column} = ? {used}", value)
        sql.run(f"UPDATE fund SET {column} = ? WHERE name = '明年'", value)
    for column, other in (("source", "central"), ("year", 2028)):
        refused(sql, "fund_fixed", f"UPDATE fund SET {column} = ? WHERE name = '明年'", other)


def test_a_fund_that_reserved_money_is_not_closed_and_a_closed_one_reserves_none(sql: Raw) -> None:
    refused(sql, "fund_closes_empty_handed", "UPDATE fund SET open = 0 WHERE name = '在用'")
    sql.run("DROP TRIGGER fund_closes_empty_handed")
    sql.run("UPDATE fund SET open = 0 WHERE name = '在用'")
    with pytest.raises(sqlcipher.DatabaseError, match="fund_reserves_while_open"):
        sql.again("posting", "to_account = 'reserved'")


def test_money_of_a_budget_keeps_its_area(sql: Raw) -> None:
    refused(sql, "budget_fixed", "UPDATE budget SET area = 'medical'")
