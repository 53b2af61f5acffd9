"""What a period is told as: payments by verbs and of the past, counted again by a few lines."""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from app.core.errors import Conflict, Refused
from app.core.i18n import DEFAULT_LANGUAGE, use_language
from app.core.money import Fen
from app.core.words.funds import RefundKind
from app.core.words.relief import ReliefItem
from app.reports.actions import keep_plan
from app.reports.as_json import as_json
from app.reports.queries import relief_rows, report
from app.reports.records import (
    NO_FILE,
    NOT_KNOWN,
    Cut,
    Figures,
    PlanForm,
    ReliefQuery,
    Report,
    ReportQuery,
    of_month,
    of_year,
)
from app.reports.rules import PeriodBackwards
from tests.filled import pay
from tests.payments import confirm, refund
from tests.relief_rows import Given, shared, told, write
from tests.world import World, changed, open_world

DISTRICTS = ("道里区", "南岗区", "呼兰县", "呼兰区", "某地", None)
KEYS: dict[Cut, Callable[[Given], str]] = {
    Cut.ITEM: lambda row: row.item,
    Cut.SOURCE: lambda row: row.source,
    Cut.FUND: lambda row: f"past.{row.source}",
    Cut.AREA: lambda row: row.area or NOT_KNOWN,
    Cut.DISTRICT: lambda row: (
        (row.district or "").replace("县", "区") or (NOT_KNOWN if row.household else NO_FILE)
    ),
    Cut.CATEGORY: lambda row: row.category or (NOT_KNOWN if row.household else NO_FILE),
    Cut.CAUSE: lambda row: row.cause or (NOT_KNOWN if row.household else NO_FILE),
    Cut.WAY: lambda row: row.way or NOT_KNOWN,
    Cut.MONTH: lambda row: row.month,
}


def ask(world: World, asked: ReportQuery | None = None, user: str = "zhao") -> Report:
    return world.ask(user, report, asked or of_year(2026))


def figures(row: Figures) -> tuple[int, int, int, int]:
    return row.person_times, row.people, row.households, row.fen


def invented(seed: int, count: int = 600) -> list[Given]:
    """Return payments over the turns of years; of some all or a part came back."""
    rng = random.Random(seed)  # noqa: S311 - invents payments, keeps no secret
    rows: list[Given] = []
    for _number in range(count):
        person = rng.randrange(1, 80)
        filed = person % 6 != 0
        row = Given(
            day=date(2011, 12, 1) + timedelta(days=rng.randrange(430)),
            item=rng.choice(list(ReliefItem)).value,
            source=rng.choice(("central", "city", "donation")),
            area=rng.choice(("medical", "schooling", None)),
            district=rng.choice(DISTRICTS) if filed else None,
            category=rng.choice(("深度困难", "相对困难", None)) if filed else None,
            cause=rng.choice(("患重特大疾病", None)) if filed else None,
            way=rng.choice(("card", "cash", "goods", None)),
            person=person,
            household=person // 3 + rng.choice((100, 100, 101)) if filed else None,
            fen=rng.randrange(1, 90_000),
        )
        rows.append(row)
        if rng.random() < 0.1:
            later = row.day + timedelta(days=rng.randrange(60))
            whole = rng.random() < 0.7
            fen = -row.fen if whole else -max(1, row.fen // 3)
            rows.append(replace(row, day=later, fen=fen, times=-1 if whole else 0))
    return rows


@pytest.mark.parametrize(
    "asked",
    [
        of_year(2012),
        of_month(2012, 2),
        ReportQuery(first=date(2011, 12, 10), last=date(2012, 1, 20)),
        changed(of_year(2012), area="medical"),
        changed(of_year(2012), district="呼兰区"),
        changed(of_year(2012), district=NO_FILE),
    ],
)
def test_every_cut_of_a_period_is_what_one_counts_by_hand(store: Path, asked: ReportQuery) -> None:
    rows = invented(5)
    write(store, rows)
    world = open_world(store)
    seen = ask(world, asked)
    world.office.close()
    meant = [
        row
        for row in rows
        if asked.first <= row.day <= asked.last
        and asked.area in ("", KEYS[Cut.AREA](row))
        and asked.district in ("", KEYS[Cut.DISTRICT](row))
    ]
    assert meant
    assert figures(seen.relief) == told(meant)
    assert figures(seen.without_file) == told(row for row in meant if row.household is None)
    for cut in Cut:
        found = {row.key: figures(row) for row in seen.rows(cut)}
        wanted = shared(meant, KEYS[cut])
        if cut is Cut.MONTH:
            wanted = {key: wanted.get(key, (0, 0, 0, 0)) for key in found}
        assert found == wanted
        assert sum(row.fen for row in seen.rows(cut)) == seen.relief.fen
        assert sum(row.person_times for row in seen.rows(cut)) == seen.relief.person_times


def test_the_months_of_a_year_sum_to_it(store: Path) -> None:
    write(store, invented(8))
    world = open_world(store)
    year = ask(world, of_year(2012))
    months = [ask(world, of_month(2012, month)) for month in range(1, 13)]
    world.office.close()
    assert [figures(each.relief) for each in months] == list(map(figures, year.rows(Cut.MONTH)))
    for cut in Cut:
        for row in year.rows(cut):
            same = [each for one in months for each in one.rows(cut) if each.key == row.key]
            assert sum(each.fen for each in same) == row.fen
            assert sum(each.person_times for each in same) == row.person_times


def test_every_figure_opens_its_payments(store: Path) -> None:
    write(store, invented(11, count=900))
    world = open_world(store)
    year = of_year(2012)
    seen = ask(world, year)
    whole = world.ask("zhao", relief_rows, ReliefQuery(asked=year))
    told = (whole.person_times, whole.people, whole.households, whole.fen)
    assert told == figures(seen.relief)
    pages = [
        world.ask("zhao", relief_rows, ReliefQuery(asked=year, page=page)).rows
        for page in range(whole.count // 200 + 1)
    ]
    assert [len(page) for page in pages[:-1]] == [200] * (len(pages) - 1)
    ids = [row.id for page in pages for row in page]
    assert (len(ids), len(set(ids))) == (whole.count, whole.count)
    days = [row.day for page in pages for row in page]
    assert days == sorted(days)
    for cut in Cut:
        for row in seen.rows(cut):
            behind = ReliefQuery(asked=year, cut=cut, key=row.key)
            opened = world.ask("zhao", relief_rows, behind)
            told = (opened.person_times, opened.people, opened.households, opened.fen)
            assert told == figures(row), row
    narrow = changed(year, area="medical", district="呼兰区")
    opened = world.ask("zhao", relief_rows, ReliefQuery(asked=narrow))
    assert opened.fen == ask(world, narrow).relief.fen
    assert opened.rows[0].id_number == "2390**********" + opened.rows[0].id_number[-4:]
    world.office.close()


def test_what_was_paid_stands_under_everything_it_counts_in(world: World) -> None:
    pay(world, world.frozen(world.approved(80_000), world.approved(30_000)), {2: "账号已销户"})
    seen = ask(world)
    assert figures(seen.relief) == (1, 1, 1, 80_000)
    assert figures(seen.without_file) == (0, 0, 0, 0)
    for cut in Cut:
        assert [figures(row) for row in seen.rows(cut) if row.fen] == [(1, 1, 1, 80_000)]
    assert seen.rows(Cut.FUND)[0].key == str(world.fund_id())
    [row] = world.ask("zhao", relief_rows, ReliefQuery(asked=of_year(2026))).rows
    assert row.case_id is not None
    assert row.file_number
    assert row.id_number.count("*") == 10
    assert ask(world, of_year(2025)).relief == Figures()


def test_money_that_comes_back_is_taken_off(world: World) -> None:
    first, second = world.approved(80_000), world.approved(30_000)
    pay(world, world.frozen(first, second))
    confirm(world, refund(world, first, 20_000))
    assert figures(ask(world).relief) == (2, 2, 2, 90_000)
    confirm(world, refund(world, second, 30_000, kind=RefundKind.RECOVERED, document="追缴决定"))
    seen = ask(world)
    assert figures(seen.relief) == (1, 1, 1, 60_000)
    fund = next(row for row in seen.funds if row.id == world.fund_id())
    assert (fund.paid, fund.given_back, fund.recovered) == (110_000, 20_000, 30_000)
    assert fund.paid - fund.back == seen.relief.fen


def test_what_a_fund_closes_with_is_what_it_opened_with_and_what_moved(world: World) -> None:
    accepted = world.file()

    def approved(fen: int) -> int:
        award = world.propose(accepted, fen=fen)
        world.decide(award)
        return award

    pay(world, world.frozen(approved(80_000)))
    world.clock.instant += timedelta(days=20)
    pay(world, world.frozen(approved(30_000)))
    approved(7_000)
    november, december = ask(world, of_month(2026, 11)), ask(world, of_month(2026, 12))
    for seen in (november, december, ask(world)):
        for fund in seen.funds:
            assert fund.closing == fund.opening + fund.came_in - fund.went_out
    one, two = (
        next(row for row in seen.funds if row.id == world.fund_id())
        for seen in (november, december)
    )
    assert (one.paid, one.reserved) == (80_000, 0)
    assert one.closing == one.opening + one.granted - 80_000
    assert (two.opening, two.paid, two.reserved) == (one.closing, 30_000, 7_000)
    assert (two.granted, two.closing) == (0, one.closing - 30_000)
    assert (november.as_of, december.as_of) == (date(2026, 11, 30), world.clock.today())


def test_files_and_cases_are_counted_by_their_days(world: World) -> None:
    world.file()
    world.accept()
    seen = ask(world, of_month(2026, 11))
    assert (seen.cases.accepted, seen.cases.closed, seen.cases.filed) == (2, 1, 1)
    assert (seen.cases.mean_days, seen.cases.late) == (0.0, 0)
    assert (seen.files.opened, seen.files.closed, seen.files.open_at_end) == (1, 0, 1)
    assert [each.count for each in seen.files.by_category] == [1]
    before = ask(world, of_month(2026, 10))
    assert (before.files.open_at_end, before.cases.accepted) == (0, 0)
    assert before.cases.mean_days is None


def test_the_plan_of_a_year_stands_beside_what_was_done(world: World) -> None:
    form = PlanForm(
        year=2026, item=ReliefItem.LIVING, households=10, fen=Fen(160_000), document="年度计划"
    )
    plan = world.do("qian", keep_plan, form)
    pay(world, world.frozen(world.approved(80_000)))
    [row] = ask(world).plan
    assert (row.id, row.planned_fen, row.fen, row.households, row.share) == (
        plan,
        160_000,
        80_000,
        1,
        50,
    )
    with pytest.raises(Conflict):
        world.do("qian", keep_plan, form)
    assert world.do("qian", keep_plan, changed(form, version=row.version, households=12)) == plan
    assert ask(world).plan[0].planned_households == 12
    assert ask(world, of_month(2026, 11)).plan == ()
    with pytest.raises(Refused):
        world.do("wang", keep_plan, form)


def test_a_period_runs_forwards_and_reports_are_not_for_everybody(world: World) -> None:
    with pytest.raises(PeriodBackwards):
        ask(world, ReportQuery(first=date(2026, 2, 1), last=date(2026, 1, 1)))
    with pytest.raises(Refused):
        ask(world, user="admin")
    for user in ("wang", "zhao", "qian", "sun", "li", "zhou"):
        assert ask(world, user=user).relief.fen == 0


def test_the_data_for_programs_are_in_chinese_in_every_language(store: Path) -> None:
    rows = [row for row in invented(3) if row.day.year == 2012]
    write(store, rows)
    world = open_world(store)
    use_language("en")
    try:
        seen = ask(world, of_year(2012))
        data = as_json(seen)
    finally:
        use_language(DEFAULT_LANGUAGE)
        world.office.close()
    assert "Medical relief" in [row.label for row in seen.rows(Cut.ITEM)]
    relief = data["relief"]
    assert data["year"] == 2012
    assert relief["fen"] == sum(row.fen for row in rows)
    medical = [row for row in rows if row.item == "medical"]
    assert tuple(relief["by_item"]["医疗救助"].values()) == told(medical)
    assert set(relief["by_fund"]) == {"中央财政", "市财政", "社会捐助"}
    assert {"道里区", "未知", "未建档", "某地"} <= set(relief["by_district"])
    assert [each["month"] for each in relief["by_month"]][:2] == ["2012-01", "2012-02"]
    assert len(relief["by_month"]) == 12
    kept = ("placed", "proved", "presumed", "free")
    assert {name: data["placements"][name] for name in kept} == dict.fromkeys(kept, 0)
    assert (data["loans"]["count"], data["loans"]["fen"], data["loans"]["by_bank"]) == (0, 0, {})
