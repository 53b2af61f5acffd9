"""Charts: what the store sums up is counted again by a few lines, and drawn for every look."""

import io
import random
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pypdf
import pytest

from app.core.i18n import _
from app.core.money import Fen
from app.core.words.disbursements import Decision, LineState, PayWay
from app.core.words.funds import FundSource
from app.disbursements.batch_records import CallOff, NotCollected
from app.disbursements.batches import call_off
from app.disbursements.handing import begin_handing, not_collected
from app.funds.actions import confirm_budget, enter_budget
from app.funds.queries import budget_rows
from app.funds.records import BudgetForm, BudgetStep
from app.papers.pen import Layer, Press
from app.policy.pack import Area
from app.reports.charts import Chart, ChartName, Line, Shape, Unit, report_charts
from app.reports.dashboard import ChartQuery, dashboard, dashboard_chart
from app.reports.drawing import PAPER, fitted, text_width
from app.reports.given import two_years_to
from app.reports.inking import ink
from app.reports.queries import behind, relief_rows, report
from app.reports.records import BehindQuery, ReportQuery, of_month, of_year
from app.reports.rendering import svg
from app.reports.rules import PeriodBackwards
from app.reports.shapes import SHAPES, draw
from tests.filled import pay, raw
from tests.funds import carry, granted, opened
from tests.payments import answered, by_hand, mend, step, view
from tests.world import World

YEAR = of_year(2026)


@dataclass(frozen=True)
class Paid:
    """A payment of the past, as it is written into the book."""

    day: date
    area: str | None
    cause: str | None
    household: int | None
    person: int
    fen: int
    times: int = 1


def past(households: list[int], count: int = 300) -> list[Paid]:
    """Make payments of two years to some households and to people without a file."""
    chance = random.Random(7)  # noqa: S311 - invents payments, keeps no secret
    causes = ["患重特大疾病", "子女上学", "下岗失业", None]
    made: list[Paid] = []
    for number in range(count):
        household = chance.choice([*households, None])
        made.append(
            Paid(
                day=date(2024, 10, 1) + timedelta(days=chance.randrange(780)),
                area=chance.choice(["medical", "schooling", "income", "culture", None]),
                cause=chance.choice(causes) if household else None,
                household=household,
                person=1 + (households.index(household) if household else number % 3 + 50),
                fen=chance.choice([-1, 1, 1, 1]) * chance.randrange(1, 90_000),
            )
        )
    return made


def write(store: Path, payments: list[Paid]) -> None:
    """Write payments into the book as an import would, past every verb."""
    with raw(store) as books:
        columns = {row[1]: row for row in books.run("PRAGMA table_info(import_batch)")}
        values = {
            name: (0 if "INT" in kind else "2026-11-20 02:30:00" if "DATE" in kind else "")
            for name, (_at, _name, kind, needed, *_more) in columns.items()
            if needed
        }
        values |= {"id": 900, "number": "DR-900", "kind": "relief", "state": "imported"}
        _insert(books.connection, "import_batch", values)
        for person in {each.person for each in payments}:
            _insert(
                books.connection,
                "relief_person",
                {"id": 1000 + person, "id_number": f"x{person}", "name": "李示例"},
            )
        for number, each in enumerate(payments):
            _insert(
                books.connection,
                "relief",
                {
                    "id": 5000 + number, "day": each.day.isoformat(), "item": "other",
                    "measure": "", "area": each.area, "source": "city", "cause": each.cause,
                    "person_id": 1000 + each.person, "household_id": each.household,
                    "fen": each.fen, "times": 1 if each.fen > 0 else -1, "import_batch_id": 900,
                    "handler": "", "note": "", "counted": 1,
                },
            )  # fmt: skip
        books.connection.commit()


def _insert(connection: Any, table: str, values: Mapping[str, object]) -> None:
    names, marks = ", ".join(values), ", ".join("?" * len(values))
    connection.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", tuple(values.values()))


@pytest.fixture
def book(world: World, store: Path) -> list[Paid]:
    """Bring a past of two years into the world, for three households and some without a file."""
    households = [world.file().household_id for _number in range(2)]
    payments = past(households)
    write(store, payments)
    return payments


def asked(world: World, name: ChartName, period: ReportQuery = YEAR) -> Chart:
    return world.ask("zhao", dashboard_chart, ChartQuery(asked=period, name=name))


def table(chart: Chart) -> dict[tuple[str, str], int]:
    """Return what stands in a chart, by line and heading; nothing for what is 0."""
    return {
        (line.label, head): value
        for line in chart.lines
        for head, value in zip(chart.heads, line.values, strict=True)
        if value
    }


def within(payments: list[Paid], period: ReportQuery) -> list[Paid]:
    return [each for each in payments if period.first <= each.day <= period.last]


def area(each: Paid) -> str:
    return Area(each.area).label if each.area else _("Unknown")


@pytest.mark.parametrize("period", [YEAR, of_year(2025), of_month(2026, 3), of_year(2030)])
def test_months_and_areas_share_out_every_fen(
    world: World, book: list[Paid], period: ReportQuery
) -> None:
    expected: Counter[tuple[str, str]] = Counter()
    for each in within(book, period):
        expected[f"{each.day:%Y-%m}", area(each)] += each.fen
    assert table(asked(world, ChartName.MONTHS, period)) == {
        place: fen for place, fen in expected.items() if fen
    }


def test_causes_and_areas_count_person_times(world: World, book: list[Paid]) -> None:
    expected: Counter[tuple[str, str]] = Counter()
    for each in within(book, YEAR):
        cause = each.cause or _("Unknown" if each.household else "Without file")
        expected[cause, area(each)] += 1 if each.fen > 0 else -1
    assert table(asked(world, ChartName.CAUSES)) == {
        place: times for place, times in expected.items() if times
    }


@pytest.mark.parametrize("name", [ChartName.MONTHS, ChartName.CAUSES])
def test_every_number_opens_the_payments_that_make_it(
    world: World, book: list[Paid], name: ChartName
) -> None:
    chart, opened = asked(world, name), 0
    for line in chart.lines:
        for column, value in enumerate(line.values):
            if (behind := line.behind(column)) is not None:
                rows = world.ask("zhao", relief_rows, behind)
                assert value == (rows.fen if chart.unit is Unit.FEN else rows.person_times)
                opened += rows.count
    known = [each for each in within(book, YEAR) if each.area or name is ChartName.MONTHS]
    assert opened == len(known)


def test_repeated_help_looks_back_two_years(world: World, book: list[Paid]) -> None:
    helped = {each.household for each in within(book, YEAR)} - {None}
    times: Counter[int] = Counter()
    for each in book:
        if each.household in helped and date(2025, 1, 1) <= each.day <= date(2026, 12, 31):
            times[each.household or 0] += 1 if each.fen > 0 else -1
    chart = asked(world, ChartName.REPEATS)
    assert sum(line.values[0] or 0 for line in chart.lines) == len(times)
    assert chart.lines[-1].values == (sum(number >= 25 for number in times.values()),)


@pytest.mark.parametrize(
    ("last", "first"),
    [
        (date(2026, 12, 31), date(2025, 1, 1)),
        (date(2026, 2, 28), date(2024, 3, 1)),
        (date(2024, 2, 29), date(2022, 3, 1)),
        (date(2026, 11, 20), date(2024, 11, 21)),
    ],
)
def test_two_years_to_a_day_begin_on_the_day_after_it(last: date, first: date) -> None:
    assert two_years_to(last) == first


def test_a_narrower_question_has_a_smaller_answer(world: World, book: list[Paid]) -> None:
    narrow = ReportQuery(first=YEAR.first, last=YEAR.last, area="medical")
    chart = asked(world, ChartName.MONTHS, narrow)
    assert chart.heads == (Area.MEDICAL.label,)
    medical = sum(each.fen for each in within(book, YEAR) if each.area == "medical")
    assert sum(line.values[0] or 0 for line in chart.lines) == medical


def test_cases_are_told_by_week(world: World) -> None:
    world.file()
    world.accept()
    chart = asked(world, ChartName.FLOW)
    assert (chart.lines[-1].label, chart.lines[-1].values) == ("11-16", (2, 1, 1))
    assert [line.values for line in chart.lines[:-1]] == [(0, 0, 0)] * (len(chart.lines) - 1)
    assert chart.lines[0].label == "01-01"
    years = asked(world, ChartName.FLOW, ReportQuery(first=date(2024, 5, 3), last=YEAR.last))
    assert [line.label for line in years.lines][:2] == ["2024-05", "2024-06"]
    assert (years.lines[-1].label, years.lines[-1].values) == ("2026-11", (2, 1, 1))
    assert asked(world, ChartName.FLOW, of_year(2027)).empty


def test_the_hour_is_that_of_the_counter(world: World) -> None:
    world.accept()
    chart = asked(world, ChartName.ARRIVALS)
    here = world.clock.now().astimezone()
    assert chart.heads == (f"{here.hour}:{here.minute // 30 * 30:02d}",)
    assert [line.values for line in chart.lines] == [(0,), (0,), (0,), (0,), (1,)]


def test_steps_wait_for_working_days(world: World) -> None:
    award = world.propose()
    world.clock.instant += timedelta(days=5)
    world.decide(award)
    chart = asked(world, ChartName.WAITS)
    lines = {line.label: line.values for line in chart.lines}
    assert lines[_("Approval of the award")] == (3, 3, 1)
    assert lines[_("Decision on the application")] == (0, 0, 1)
    told = svg(draw(chart).drawing).decode()
    assert "3（1 件）" in told, "one figure where half and nearly all took as long"
    assert "–" not in told


def test_money_goes_from_approval_to_the_account(world: World) -> None:
    awards = [world.approved(80_000), world.approved(30_000)]
    pay(world, world.frozen(*awards), {2: "账号已销户"})
    chart = asked(world, ChartName.STEPS)
    assert {line.label: line.values[0] for line in chart.lines} == {
        _("Approved"): 110_000, _("Not sent yet"): 0, _("Sent"): 110_000,
        _("Returned by the bank"): -30_000, _("Paid again"): 0, _("At the bank"): 0,
        _("Arrived"): 80_000,
    }  # fmt: skip
    reasons = asked(world, ChartName.REASONS)
    assert [(line.label, line.values) for line in reasons.lines] == [("发放：账号已销户", (1,))]


def steps(world: World) -> list[int | None]:
    """Return the figures of the chart from approval to the account, one by one."""
    return [line.values[0] for line in asked(world, ChartName.STEPS).lines]


def call_it_off(world: World, batch_id: int) -> None:
    version = view(world, batch_id).row.version
    world.do("qian", call_off, CallOff(id=batch_id, version=version, reason="申请人去世"))


@pytest.mark.parametrize("way", PayWay)
def test_a_batch_that_was_called_off_was_never_sent(world: World, way: PayWay) -> None:
    card = way is PayWay.CARD
    batch_id = world.frozen(world.approved(60_000)) if card else by_hand(world, way)
    call_it_off(world, batch_id)
    assert steps(world) == [60_000, -60_000, 0, 0, 0, 0, 0]


def test_what_is_approved_anew_after_a_batch_was_called_off_is_sent_once(world: World) -> None:
    award_id = world.approved(80_000)
    call_it_off(world, world.frozen(award_id))
    mend(world, award_id)
    again = world.frozen(award_id)
    answered(world, again, {1: "账号已销户"})
    assert steps(world) == [80_000, 0, 80_000, -80_000, 0, 0, 0]
    mend(world, award_id)
    call_it_off(world, world.frozen(award_id))
    mend(world, award_id)
    answered(world, world.frozen(award_id))
    assert steps(world) == [80_000, 0, 80_000, -80_000, 80_000, 0, 80_000]


def test_cash_that_nobody_collected_went_out_and_came_back(world: World) -> None:
    batch_id = by_hand(world, PayWay.CASH)
    world.do("qian", begin_handing, step(world, batch_id))
    seen = view(world, batch_id)
    left = tuple(row.id for row in seen.lines if row.state is LineState.PAYING)
    form = NotCollected(batch_id=batch_id, version=seen.row.version, line_ids=left, reason="未领取")
    world.do("qian", not_collected, form)
    assert steps(world) == [60_000, 0, 60_000, -60_000, 0, 0, 0]


def opens_what_it_sums(world: World, chart: Chart) -> dict[str, int | None]:
    """Hold what is paid of each line against the rows it opens; return what each opens."""
    opened_by: dict[str, int | None] = {}
    for line in chart.lines:
        behind = line.behind(1)
        fen = world.ask("zhao", relief_rows, behind).fen if behind else None
        assert fen in (None, line.values[1]), line.label
        opened_by[line.label] = fen
    return opened_by


def test_a_budget_opens_what_its_funds_paid_and_nothing_of_the_past(
    world: World, store: Path
) -> None:
    pay(world, world.frozen(world.approved(80_000)))
    area = Area.SOCIAL_SECURITY
    write(store, [Paid(date(2026, 5, 4), area.value, None, None, 1, 70_000)])
    until = date(2027, 3, 31)
    fund = opened(world, name="跨年", source=FundSource.CITY, pays_until=until)
    granted(world, fund, 200_000, area)
    late = world.propose(fen=50_000, fund_id=fund)
    world.decide(late)
    world.clock.instant = datetime(2027, 1, 8, 2, 30, tzinfo=UTC)
    pay(world, world.frozen(late))
    assert opens_what_it_sums(world, asked(world, ChartName.BURN)) == {
        _("All"): 130_000,
        area.label: 130_000,
        _("Not tied to an area"): None,
    }


def test_a_budget_is_held_against_the_year(world: World) -> None:
    pay(world, world.frozen(world.approved(80_000)))
    world.approved(30_000)
    chart = asked(world, ChartName.BURN)
    assert chart.lines[0].values == (80_000_000, 80_000, 30_000)
    assert chart.lines[1].values == (60_000_000, 80_000, 30_000)
    assert chart.pace == 1000 * 324 // 365
    assert "800,000.00 元已用 1,100.00 元" in chart.says
    behind = chart.lines[1].behind(1)
    assert behind is not None
    assert world.ask("zhao", relief_rows, behind).fen == 80_000


def test_what_a_fund_paid_in_the_next_year_stands_behind_its_figure(world: World) -> None:
    until = date(2027, 3, 31)
    fund = opened(world, name="跨年", source=FundSource.CITY, pays_until=until)
    granted(world, fund, 200_000)
    award_id = world.propose(fen=50_000, fund_id=fund)
    world.decide(award_id)
    world.clock.instant = datetime(2027, 1, 8, 2, 30, tzinfo=UTC)
    pay(world, world.frozen(award_id))
    line = next(each for each in asked(world, ChartName.BURN).lines if each.label == "跨年")
    behind = line.behind(1)
    assert behind is not None
    assert line.values[1] == world.ask("zhao", relief_rows, behind).fen == 50_000


def test_money_of_an_area_is_told_apart(world: World) -> None:
    pay(world, world.frozen(world.approved(80_000)))
    form = BudgetForm(
        fund_id=world.fund_id(),
        amount=Fen(50_000),
        document="演示文件〔2026〕9 号",
        granted_on=date(2026, 11, 18),
        area=Area.SOCIAL_SECURITY,
    )
    world.do("qian", enter_budget, form)
    entered = next(row for row in world.ask("qian", budget_rows) if row.amount == 50_000)
    world.do("zhao", confirm_budget, BudgetStep(id=entered.id, version=entered.version))
    chart = asked(world, ChartName.BURN)
    assert {line.label: line.values for line in chart.lines} == {
        _("All"): (80_050_000, 80_000, 0),
        Area.SOCIAL_SECURITY.label: (50_000, 50_000, 0),
        _("Not tied to an area"): (80_000_000, 30_000, 0),
    }
    assert opens_what_it_sums(world, chart) == {
        _("All"): 80_000,
        Area.SOCIAL_SECURITY.label: None,
        _("Not tied to an area"): None,
    }


def test_money_of_an_area_stays_so_when_it_is_carried_over(world: World) -> None:
    area = Area.SOCIAL_SECURITY
    leaving = opened(world, name="今年", source=FundSource.CITY)
    entering = opened(world, name="明年", source=FundSource.CITY, year=2027)
    granted(world, leaving, 100_000, area)
    carry(world, leaving, entering, 40_000, area)
    chart = asked(world, ChartName.BURN)
    assert {line.label: line.values[0] for line in chart.lines} == {
        _("All"): 80_060_000,
        area.label: 60_000,
        _("Not tied to an area"): 80_000_000,
    }
    chart = asked(world, ChartName.BURN, of_year(2027))
    assert {line.label: line.values for line in chart.lines} == {area.label: (40_000, 0, 0)}


def test_why_things_were_sent_back_is_ranked(world: World) -> None:
    for _number in range(2):
        world.decide(world.propose(), Decision.SENT_BACK, opinion="请核对银行卡户名。")
    chart = asked(world, ChartName.REASONS)
    assert [line.values for line in chart.lines] == [(2,)]
    assert chart.lines[0].label.endswith("请核对银行卡户名。")


@pytest.mark.parametrize("name", ChartName)
def test_an_empty_center_has_empty_charts(world: World, name: ChartName) -> None:
    chart = asked(world, name, of_year(2001))
    assert chart.empty
    assert chart.says
    assert draw(chart).marks == ()


def test_a_period_backwards_is_refused(world: World) -> None:
    backwards = ReportQuery(first=YEAR.last, last=YEAR.first)
    with pytest.raises(PeriodBackwards):
        asked(world, ChartName.FLOW, backwards)


# Drawing


def made(shape: Shape, lines: int = 8, heads: int = 3, unit: Unit = Unit.FEN) -> Chart:
    chance = random.Random(3)  # noqa: S311 - invents numbers, keeps no secret
    most = 60 if shape is Shape.RANGES else 5_000_000
    return Chart(
        name="made",
        title="标题",
        question="问题？",
        says="答案。",
        shape=shape,
        unit=unit,
        heads=tuple(f"系列{number}" for number in range(heads)),
        lines=tuple(
            Line(
                f"很长的名称之{number}，写不下就省略",
                tuple(chance.randrange(most) for _head in range(heads)),
            )
            for number in range(lines)
        ),
        rows_are="项",
        pace=890,
        series=3 if shape is Shape.STACKED else 0,
    )


def texts(drawing: Any) -> list[tuple[float, float, float, str]]:
    """Return the texts of a drawing: left, right, middle, words."""
    return [
        (each.x, each.x + text_width(each.text, each.fontSize), each.y, each.text)
        for each in drawing.contents
        if type(each).__name__ == "String"
    ]


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize(("width", "size"), [(480, 8), (560, 12), (420, 18)])
def test_no_text_leaves_the_sheet_or_lies_on_another(
    shape: Shape, width: float, size: float
) -> None:
    drawn = draw(made(shape), width=width, height=20 * size, size=size).drawing
    found = texts(drawn)
    assert found
    for left, right, _y, words in found:
        assert left >= -0.01, words
        assert right <= width + 0.01, words
    for at, (left, right, y, words) in enumerate(found):
        for other_left, other_right, other_y, others in found[at + 1 :]:
            apart = right <= other_left + 0.01 or other_right <= left + 0.01
            assert apart or abs(y - other_y) > size * 0.6, (words, others)


@pytest.mark.parametrize("shape", SHAPES)
def test_the_same_drawing_is_svg_and_pdf(shape: Shape) -> None:
    chart = made(shape)
    tree = ET.fromstring(svg(draw(chart).drawing))  # noqa: S314 - we wrote it
    families = {
        part.strip()
        for node in tree.iter("{http://www.w3.org/2000/svg}text")
        for part in node.attrib["style"].split(";")
        if part.strip().startswith("font-family")
    }
    assert families == {"font-family: Noto Sans SC"}
    drawing = draw(chart).drawing
    page, press = Layer(), Press(title="图", author="", subject="")
    ink(page, drawing, 0, 0)
    press.page(480, 200, Layer(), page)
    [made_page] = pypdf.PdfReader(io.BytesIO(press.finish())).pages
    said = made_page.extract_text()
    assert all(words in said for _left, _right, _y, words in texts(drawing))


@pytest.mark.parametrize("shape", SHAPES)
def test_every_number_can_be_pointed_at(shape: Shape) -> None:
    chart = made(shape)
    marks = draw(chart).marks
    assert {mark.line for mark in marks} == set(range(len(chart.lines)))
    assert all(mark.x >= -0.01 and mark.width > 0 for mark in marks)


def test_more_series_than_can_be_told_apart_are_summed_up() -> None:
    chart = made(Shape.STACKED, heads=5)
    drawn = chart.drawn()
    assert drawn.heads == ("系列0", "系列1", _("The others"))
    for line, shown in zip(chart.lines, drawn.lines, strict=True):
        assert sum(value or 0 for value in line.values) == sum(value or 0 for value in shown.values)


def test_a_text_is_cut_where_there_is_no_room() -> None:
    assert fitted("困难职工", 400, 10) == "困难职工"
    assert fitted("困难职工帮扶中心", 50, 10) == "困难职工…"
    assert text_width("𠮷", 10) > 0
    assert text_width("\ue000", 10) == 10


def test_a_report_brings_its_charts(world: World, book: list[Paid]) -> None:
    told = world.ask("zhao", report, YEAR)
    charts = report_charts(told)
    assert [chart.name for chart in charts] == ["report_items", "report_months"]
    for chart in charts:
        assert sum(line.values[0] or 0 for line in chart.lines) == told.relief.fen
    assert PAPER.surface == "#FFFFFF"


def test_every_number_of_the_flow_opens_its_applications(world: World) -> None:
    world.file()
    world.clock.instant += timedelta(days=9)
    world.accept()
    lines = asked(world, ChartName.FLOW).lines
    assert sum(line.values[0] or 0 for line in lines) == 2
    for line in lines:
        for column in (0, 1):
            opens = line.behind(column)
            assert isinstance(opens, BehindQuery)
            assert world.ask("zhao", behind, opens).count == line.values[column]
        assert line.behind(2) is None


def test_a_month_is_not_drawn_by_month(world: World, book: list[Paid]) -> None:
    told = world.ask("zhao", report, of_month(2026, 5))
    assert [chart.name for chart in report_charts(told)] == ["report_items"]


def test_paper_has_every_chart_that_has_an_answer(world: World, book: list[Paid]) -> None:
    charts = {chart.name: chart for chart in world.ask("zhao", dashboard, YEAR)}
    for name in ChartName:
        alone = asked(world, name)
        assert charts.get(name.value) == (None if alone.empty else alone)
    with pytest.raises(PeriodBackwards):
        world.ask("zhao", dashboard, ReportQuery(first=YEAR.last, last=YEAR.first))
