"""The charts of the loan desk: every number is that of the lists, and every shape can be drawn."""

from datetime import date

import pytest

from app.reports.charts import Chart, Shape
from app.reports.loan_charts import (
    AGEING,
    EXPOSURE,
    PACE,
    QUOTAS,
    LoanChartsAsked,
    loan_charts,
)
from app.reports.shapes import draw
from tests.guarantees import funded, give_quota, lent, repaid
from tests.world import World

MONTH = 76_250


def charts(world: World, **asked: date) -> dict[str, Chart]:
    found: tuple[Chart, ...] = world.ask("sun", loan_charts, LoanChartsAsked(**asked))
    return {chart.name: chart for chart in found}


@pytest.fixture
def late(world: World) -> int:
    """Return the fund of a loan that is late since 10 October, in a district with a quota."""
    fund_id = funded(world, 10_000_000)
    give_quota(world, fund_id, 10_000_000)
    loan_id = lent(world, fund_id)
    repaid(world, loan_id, *(date(2026, month, 10) for month in range(3, 10)))
    return fund_id


def test_the_charts_say_what_the_lists_say(world: World, late: int) -> None:
    found = charts(world)
    assert list(found) == [AGEING, PACE, EXPOSURE, QUOTAS]
    aged = found[AGEING]
    assert [line.label for line in aged.lines][:2] == ["1—30 天", "31—60 天"]
    assert [line.values[0] for line in aged.lines] == [0, 10_000_000, 0, 0, 0]
    assert "100%" in aged.says
    pace = found[PACE]
    assert len(pace.lines) == 12
    assert pace.lines[-1].values == (9 * MONTH, 7 * MONTH, 2 * MONTH)
    assert "1,525.00" in pace.says
    assert found[EXPOSURE].lines[0].values == (50_000_000, 10_000_000, 0)
    assert "400,000.00" in found[EXPOSURE].says
    assert found[QUOTAS].lines[0].label == "南岗区"
    assert "南岗区" in found[QUOTAS].says


def test_the_charts_of_a_past_day_are_those_of_that_day(world: World, late: int) -> None:
    found = charts(world, as_of=date(2026, 9, 30))
    assert found[AGEING].empty
    assert "没有逾期" in found[AGEING].says
    assert found[PACE].lines[-1].values == (7 * MONTH, 7 * MONTH, 0)
    assert "全部还清" in found[PACE].says


def test_the_charts_are_drawn_and_say_so_when_there_is_nothing(world: World) -> None:
    for chart in charts(world).values():
        assert chart.empty
        assert chart.says
        assert draw(chart).marks == ()


def test_every_number_of_the_charts_has_its_place_in_the_drawing(world: World, late: int) -> None:
    for chart in charts(world).values():
        picture = draw(chart, width=640, height=260)
        marked = {(mark.line, mark.column) for mark in picture.marks}
        assert len(marked) >= len(chart.lines)
        assert all(0 <= mark.x <= 640 and 0 <= mark.y <= 260 for mark in picture.marks)
    assert {chart.shape for chart in charts(world).values()} == {
        Shape.COLUMNS,
        Shape.LINES,
        Shape.PACED,
    }
