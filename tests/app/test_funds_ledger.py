"""The ledger of a fund: as of any day, by kind, on paper and in a workbook."""

import io
import itertools
import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from openpyxl import load_workbook

from app.core.money import Fen
from app.core.words.funds import MoveKind
from app.funds.issuing import PeriodAhead, days_of, issue_fund_ledger, ledger_workbook
from app.funds.papers import FUND_LEDGER, FundLedgerFacts, LedgerLine
from app.funds.queries import ledger_rows, year_end_rows
from app.funds.records import LedgerQuery, LedgerRow, Period, YearEndQuery
from app.papers.queries import paper_view
from app.papers.records import PaperById
from app.papers.render import render
from app.papers.sheet import Sheet, thaw
from tests.filled import pay
from tests.funds import granted, opened
from tests.papers import joined, pages_of, sheet
from tests.world import World


def test_the_ledger_stands_on_any_day(world: World) -> None:
    fund_id = opened(world)
    granted(world, fund_id, 50_000)
    first = world.clock.today()
    world.clock.instant += timedelta(days=1)
    award_id = world.propose(fund_id=fund_id, fen=20_000)
    world.decide(award_id)
    world.clock.instant += timedelta(days=3)
    pay(world, world.frozen(award_id))
    rows: list[LedgerRow] = world.ask("qian", ledger_rows, LedgerQuery(fund_id=fund_id))
    assert [(row.kind, row.available, row.reserved, row.paid) for row in rows] == [
        (MoveKind.PAID, 30_000, 0, 20_000),
        (MoveKind.RESERVED, 30_000, 20_000, 0),
        (MoveKind.BUDGET, 50_000, 0, 0),
    ]
    assert [row.award_id for row in rows] == [award_id, award_id, None]
    assert [row.batch_id is None for row in rows] == [False, True, True]
    second = first + timedelta(days=1)
    asked = LedgerQuery(fund_id=fund_id, since=second, until=second)
    (only,) = world.ask("qian", ledger_rows, asked)
    assert (only.kind, only.reserved) == (MoveKind.RESERVED, 20_000)
    for kind in MoveKind:
        found = world.ask("qian", ledger_rows, LedgerQuery(fund_id=fund_id, kinds=(kind,)))
        assert [row.kind for row in found] == [kind] * sum(row.kind is kind for row in rows)


def test_a_long_ledger_comes_a_page_at_a_time(world: World) -> None:
    fund_id = opened(world)
    for fen in range(10_000, 60_000, 10_000):
        granted(world, fund_id, fen)
    whole = world.ask("qian", ledger_rows, LedgerQuery(fund_id=fund_id))
    read: list[LedgerRow] = []
    before: int | None = None
    while page := world.ask(
        "qian", ledger_rows, LedgerQuery(fund_id=fund_id, before=before, limit=2)
    ):
        assert len(page) <= 2
        read += page
        before = page[-1].id
    assert read == whole
    assert [row.available for row in read] == [150_000, 100_000, 60_000, 30_000, 10_000]


def test_a_movement_belongs_to_the_local_day(world: World) -> None:
    """Half past seven in the morning in Harbin is still yesterday in UTC."""
    fund_id = opened(world)
    world.clock.instant = datetime(2026, 11, 30, 23, 30, tzinfo=UTC)
    granted(world, fund_id, 50_000)
    last, first = date(2026, 11, 30), date(2026, 12, 1)
    assert world.ask("qian", ledger_rows, LedgerQuery(fund_id=fund_id, until=last)) == []
    (row,) = world.ask("qian", ledger_rows, LedgerQuery(fund_id=fund_id, since=first, until=first))
    assert row.amount == 50_000
    ends = [YearEndQuery(year=2026), YearEndQuery(year=2025)]
    held = [[row.id for row in world.ask("qian", year_end_rows, asked)] for asked in ends]
    assert fund_id in held[0]
    assert held[1] == []


def ledger_of(world: World, asked: Period) -> str:
    """Issue the ledger of a period; return what its pages say, with no room between."""
    key = world.do("qian", issue_fund_ledger, asked)
    view = world.ask("qian", paper_view, PaperById(id=key))
    return joined("".join(pages_of(render(view.sheet))))


def test_the_ledger_of_a_month_leads_from_opening_to_closing(world: World) -> None:
    fund_id = opened(world)
    granted(world, fund_id, 50_000)
    world.clock.instant = datetime(2026, 12, 3, 2, 0, tzinfo=UTC)
    world.decide(world.propose(fund_id=fund_id, fen=20_000))
    december = Period(fund_id=fund_id, year=2026, month=12)
    book = load_workbook(io.BytesIO(world.ask("qian", ledger_workbook, december).data))
    assert book.active is not None
    rows = list(book.active.iter_rows(min_row=5, values_only=True))
    assert [row[1] for row in rows] == ["期初", "批准占用", "期末"]
    assert [row[8] for row in rows] == [500, 500, 500]
    assert rows[1][4] == rows[2][4] == 200
    said = ledger_of(world, december)
    assert "哈工帮账〔2026〕第00001号" in said
    assert "截至 2026年12月3日（本期未结束）" in said
    assert "期末结余\u3000500.00 元" in said
    with pytest.raises(PeriodAhead):
        world.ask("qian", ledger_workbook, Period(fund_id=fund_id, year=2027))


def test_a_period_runs_from_its_first_to_its_last_day() -> None:
    def days(month: int | None, year: int = 2026) -> tuple[date, date]:
        return days_of(Period(fund_id=1, year=year, month=month))

    assert days(None) == (date(2026, 1, 1), date(2026, 12, 31))
    assert days(12) == (date(2026, 12, 1), date(2026, 12, 31))
    assert days(2, 2024) == (date(2024, 2, 1), date(2024, 2, 29))


def test_a_ledger_of_many_pages_carries_its_sums_forward() -> None:
    pages = [joined(page) for page in pages_of(render(fund_ledger(60)))]
    assert len(pages) > 2
    for before, after in itertools.pairwise(pages):
        carried = re.search(r"过次页 ([\d.,]+)", before)
        brought = re.search(r"承前页 ([\d.,]+)", after)
        assert carried is not None
        assert brought is not None
        assert carried[1] == brought[1]
    assert "期末 本期合计 600.00" in pages[-1]
    assert "过次页" not in pages[-1]
    assert "承前页" not in pages[0]


def test_a_ledger_of_one_page_carries_nothing() -> None:
    (page,) = pages_of(render(fund_ledger(3)))
    assert "承前页" not in page
    assert "过次页" not in page


def fund_ledger(count: int) -> Sheet:
    """Return a ledger with ``count`` grants of ten yuan."""
    grants = [line(place, 1000) for place in range(1, count + 1)]
    facts = FundLedgerFacts(
        name="某项资金",
        source="市财政",
        period="2026 年度",
        until=date(2026, 12, 31),
        running=False,
        terms=("仅限在档户",),
        lines=(line(0, None), *grants, line(count, count * 1000, what="期末", basis="本期合计")),
        count=count,
        amount=Fen(count * 1000),
        preparer="钱立",
    )
    return sheet(FUND_LEDGER, "哈工帮账〔2026〕第00001号", facts)


def line(
    place: int, income: int | None, what: str = "预算到位", basis: str = "某文件"
) -> LedgerLine:
    so_far = Fen(place * 1000)
    return LedgerLine(
        day=date(2026, 1, 1),
        what=what,
        basis=basis,
        income=None if income is None else Fen(income),
        available=so_far,
        reserved=Fen(0),
        balance=so_far,
        income_so_far=so_far,
        set_aside_so_far=Fen(0),
        outgo_so_far=Fen(0),
    )


def test_a_ledger_that_does_not_add_up_is_not_printed() -> None:
    whole = thaw(fund_ledger(3).to_json())
    assert whole.facts["amount"] == 3000
    facts = FundLedgerFacts(
        name="某项资金",
        source="市财政",
        period="2026 年度",
        until=date(2026, 12, 31),
        running=False,
        terms=(),
        lines=(line(0, None), line(1, 1000)),
        count=1,
        amount=Fen(1000),
        preparer="钱立",
    )
    with pytest.raises(ValueError, match="do not lead"):
        replace(facts, amount=Fen(1001))  # pyright: ignore[reportArgumentType] - a Record is a dataclass
