"""The relief book against the ledger: what was altered with the guards switched off is named."""

from pathlib import Path

import pytest
from sqlalchemy import case, func, or_, select
from sqlalchemy.orm import Session

from app.core.words.funds import Account
from app.reports.queries import report
from app.reports.records import of_year
from db.models.funds import Posting
from tests.app.test_checking import checked, found
from tests.app.test_reports import invented
from tests.filled import pay, raw
from tests.payments import confirm, refund
from tests.relief_rows import write
from tests.world import World


@pytest.fixture
def paid(world: World) -> World:
    """Two payments, of which a part of one came back; a year of the past beside them."""
    first, second = world.approved(80_000), world.approved(30_000)
    pay(world, world.frozen(first, second))
    confirm(world, refund(world, first, 20_000))
    write(world.office.path, invented(2, count=30))
    return world


def test_a_year_is_what_was_posted_as_paid_less_what_came_back(paid: World) -> None:
    with Session(paid.office.engines.reader) as session:
        back = Posting.from_account == Account.PAID
        moved = case((back, -Posting.amount), else_=Posting.amount)
        posted = session.scalar(
            select(func.sum(moved)).where(or_(back, Posting.to_account == Account.PAID))
        )
    seen = paid.ask("zhao", report, of_year(2026))
    assert (seen.relief.fen, posted) == (90_000, 90_000)
    assert sum(fund.paid - fund.back for fund in seen.funds) == seen.relief.fen


ALTERED = {
    "DELETE FROM relief WHERE posting_id = {paid}": "posting/{paid}",
    "UPDATE relief SET fen = fen + 1 WHERE posting_id = {paid}": "relief/{row}",
    "UPDATE relief SET day = '2026-11-19' WHERE posting_id = {paid}": "relief/{row}",
    "UPDATE relief SET source = 'donation' WHERE posting_id = {paid}": "relief/{row}",
    "UPDATE relief SET fund_id = 2 WHERE posting_id = {paid}": "relief/{row}",
    "UPDATE relief SET counted = 0 WHERE posting_id = {paid}": "relief/{row}",
    "UPDATE relief SET fen = -fen WHERE posting_id = {paid}": "relief/{row}",
    "UPDATE relief SET counted = 0 WHERE id = {past}": "relief/{past}",
    "UPDATE posting SET amount = amount + 5 WHERE id = {paid}": "relief/{row}",
}


@pytest.mark.parametrize("sql", ALTERED)
def test_a_book_that_was_altered_is_named(paid: World, sql: str) -> None:
    store: Path = paid.office.path
    paid.office.close()
    with raw(store) as opened:
        posting = opened.one("SELECT min(id) FROM posting WHERE to_account = 'paid'")
        known = {
            "paid": posting,
            "row": opened.one("SELECT id FROM relief WHERE posting_id = ?", posting),
            "past": opened.one("SELECT max(id) FROM relief WHERE posting_id IS NULL"),
        }
        opened.switch_off_the_guards()
        opened.run(sql.format(**known))
    told = found(checked(store))
    assert {row for part, row in told if part == "relief"} == {ALTERED[sql].format(**known)}


def test_an_undone_import_that_still_counts_is_named(paid: World) -> None:
    store = paid.office.path
    paid.office.close()
    with raw(store) as opened:
        opened.switch_off_the_guards()
        opened.run(
            "UPDATE import_batch SET state = 'undone', undone_by = 1, reason = '错', "
            "undone_at = '2026-11-21 00:00:00.000000'"
        )
        past = opened.run("SELECT id FROM relief WHERE posting_id IS NULL")
    told = {row for part, row in found(checked(store)) if part == "relief"}
    assert told == {f"relief/{row[0]}" for row in past}
