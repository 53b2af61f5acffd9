"""The assessment page: what may be had and why, what is missing, and the way to a proposal."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from app.cases.queries import case_rows
from app.cases.records import Accepted, CaseQuery
from app.core.words.cases import CaseState
from app.core.words.disbursements import AwardState, Decision
from app.disbursements.queries import award_rows
from app.disbursements.records import AwardQuery
from tests.ui.desks import Seat, Seats
from tests.world import World
from ui import theme
from ui.kit.buttons import Button
from ui.kit.labels import Chip, Status
from ui.pages.assessment import AssessmentPage
from ui.pages.assessment.page import stages

LIVING = ("social_security", "living_relief")
CLASS = ("classification", "")


def assess(sit: Seats, accepted: Accepted, user: str = "wang") -> Seat[AssessmentPage]:
    return sit(user, "assessment", accepted.household_id)


def unknown(world: World) -> Accepted:
    """Take in the household of which the income is not known."""
    world.form()
    world.form()
    return world.accept()


def texts(seat: Seat[Any]) -> list[str]:
    """Return every word in sight, after the layout came to rest."""
    seat.rest()
    labels = [each for each in seat.page.findChildren(QLabel) if each.isVisible()]
    painted = [
        each for kind in (Status, Chip) for each in seat.page.findChildren(kind) if each.isVisible()
    ]
    found = [each.text() for each in labels] + [each.text for each in painted]
    return [text for text in found if text]


def button(seat: Seat[Any], name: str) -> Button:
    found = seat.page.findChild(Button, name)
    assert found is not None
    return found


def went(seat: Seat[Any]) -> list[tuple[str, object]]:
    """Catch where the page wants to go instead of going there."""
    caught: list[tuple[str, object]] = []

    def catch(name: str, what: object) -> None:
        caught.append((name, what))

    seat.page.go.disconnect()
    seat.page.go.connect(catch)
    return caught


def test_the_classification_stands_first_then_what_may_be_had(world: World, sit: Seats) -> None:
    seat = assess(sit, world.file())
    assert list(seat.page.areas._cards) == [CLASS, LIVING]  # pyright: ignore[reportPrivateUsage] - the order on screen
    shown = texts(seat)
    assert "可享受" in shown
    assert shown.count("9,000.00 元") == 2  # on the card and as the total
    assert "认定为深度困难" in shown
    assert "家庭月人均净收入 400.00 元" in shown


def test_a_limit_says_its_dates_and_where_it_comes_from(world: World, sit: Seats) -> None:
    seat = assess(sit, world.file())
    line = seat.page.detail.criteria.lines[-1]
    assert line.value == "400.00 元，须低于 900.00 元"
    assert "低保线（市区）900.00 元，2026-01-01 至 2026-12-31" in line.source
    assert "演示" in line.source
    assert (line.article, line.category) == ("第三条", "深度困难")
    assert "低于当地城市低保标准" in line.article_text


def test_all_conditions_can_be_seen(world: World, sit: Seats) -> None:
    seat = assess(sit, world.file())
    criteria = seat.page.detail.criteria
    telling = len(criteria.lines)
    button(seat, "act_all").click()
    assert len(criteria.lines) == telling + 6  # the exclusions, one by one
    assert {line.level for line in criteria.lines} == {0, 1}


def test_the_grant_shows_its_working_and_the_papers(world: World, sit: Seats) -> None:
    seat = assess(sit, world.file())
    seat.page.areas.choose(LIVING)
    shown = texts(seat)
    assert "可享受生活救助，最高 9,000.00 元" in shown
    working = "10 个月 × 低保标准 900.00 元 = 本年度上限 9,000.00 元，已领 0.00 元"
    assert any(text.startswith(working) for text in shown)
    assert any("近 12 个月收入证明或工资流水" in text for text in shown)


def test_f9_goes_to_the_proposal_of_the_filed_case(world: World, sit: Seats) -> None:
    accepted = world.file()
    seat = assess(sit, accepted)
    gone = went(seat)
    seat.window.press("F9")
    assert gone == [("award", (accepted.case_id, "living_relief"))]


def test_what_is_missing_is_named_with_its_paper(world: World, sit: Seats) -> None:
    accepted = unknown(world)
    seat = assess(sit, accepted)
    shown = texts(seat)
    assert "暂不能认定：还缺 1 项" in shown
    assert "待补材料" in shown
    assert "缺 1 项：近 12 个月收入证明和工资流水" in shown
    open_line = next(line for line in seat.page.detail.criteria.lines if line.open)
    assert open_line.source == "要看：近 12 个月收入证明和工资流水"
    gone = went(seat)
    seat.window.press("F8")
    assert gone == [("intake", ("change", accepted.household_id))]


def test_before_the_filing_nothing_can_be_proposed(world: World, sit: Seats) -> None:
    accepted = world.accept()
    seat = assess(sit, accepted)
    act = button(seat, "act_propose_award")
    assert act.reason == f"先建档（案件 {accepted.case_number}）"
    assert act.reason in texts(seat)
    gone = went(seat)
    seat.window.press("F9")
    assert gone == []


def test_another_day_is_looked_at_and_left(world: World, sit: Seats) -> None:
    seat = assess(sit, world.file())
    day = seat.page.day
    day.line.setFocus()
    day.line.clear()
    QTest.keyClicks(day.line, "20240601")
    QTest.keyClick(day.line, Qt.Key.Key_Return)
    seat.rest()
    assert "这是 2024-06-01 的测算结果" in seat.page.banners.says()
    assert any("2024-06-01 这一天没有已知的标准" in text for text in texts(seat))
    assert button(seat, "act_propose_award").reason == "只能按今天的结果提议"
    button(seat, "act_values").click()
    button(seat, "act_today").click()
    seat.rest()
    assert day.value() == date(2026, 11, 20)
    assert not button(seat, "act_propose_award").reason


def test_the_document_its_day_and_that_it_is_provisional(world: World, sit: Seats) -> None:
    seat = assess(sit, world.file())
    document = seat.page.findChild(QLabel, "detail_document")
    assert document is not None
    assert document.text() == "困难职工家庭认定标准（2020—2022 年口径，暂行），2020-01-01 起"
    assert "暂行，待中心确认" in texts(seat)
    button(seat, "act_articles").click()
    assert "第六条" in texts(seat)
    assert not seat.page.detail.criteria.isVisible()


def test_who_only_reads_is_told_the_right(world: World, sit: Seats) -> None:
    seat = assess(sit, world.file(), "zhou")
    assert button(seat, "act_propose_award").reason == "需要权限：提出救助提议"
    assert "认定为深度困难" in texts(seat)


def test_relief_on_its_way_moves_the_ribbon(world: World, sit: Seats) -> None:
    accepted = world.file()
    seat = assess(sit, accepted)
    ribbon = seat.page.ribbon
    assert ribbon.accessibleName().startswith("救助提议 3 / 5")
    world.propose(accepted)
    seat.desk.tell_changed(frozenset(seat.page.shows))
    seat.rest()
    assert ribbon.accessibleName().startswith("审批 4 / 5")


@pytest.mark.parametrize(
    ("decision", "states"),
    [
        (None, ["done", "done", "done", "now", "next"]),
        (Decision.SENT_BACK, ["done", "done", "done", "stopped", "next"]),
        (Decision.APPROVED, ["done", "done", "done", "done", "now"]),
    ],
)
def test_stages_of_a_case(world: World, decision: Decision | None, states: list[str]) -> None:
    accepted = world.file()
    award_id = world.propose(accepted)
    if decision is not None:
        world.decide(award_id, decision, opinion="请看票据")
    case = world.ask("wang", case_rows, CaseQuery(household_id=accepted.household_id))[0]
    award = world.ask("wang", award_rows, AwardQuery(case_id=accepted.case_id))[0]
    assert case.state is CaseState.FILED
    assert award.state is not AwardState.WITHDRAWN
    assert [stage.state for stage in stages(case, award)] == states
    assert [stage.state for stage in stages(case, None)][2] == "now"


def test_a_small_window_shows_one_column_at_a_time(
    world: World, sit: Seats, picture: Callable[[Any, str], Any]
) -> None:
    seat = assess(sit, unknown(world))
    page = seat.page
    theme.use(theme.application(), theme.Scheme.CONTRAST, 150)
    seat.window.resize(1366, 691)
    seat.rest()
    assert (page.areas.isVisible(), page.detail.isVisible()) == (True, False)
    page.areas.first().setFocus()
    QTest.keyClick(page.areas.first(), Qt.Key.Key_Return)
    seat.rest()
    assert (page.areas.isVisible(), page.detail.isVisible()) == (False, True)
    QTest.keyClick(page, Qt.Key.Key_Escape)
    assert (page.areas.isVisible(), page.detail.isVisible()) == (True, False)
    assert picture(seat.window, "assessment").stat().st_size > 10_000


def test_a_wide_window_opens_the_third_column(world: World, sit: Seats) -> None:
    seat = assess(sit, world.file())
    seat.window.resize(1920, 1080)
    seat.page.areas.choose(LIVING)
    seat.rest()
    assert seat.page.beside.isVisible()
    assert "计算过程" in texts(seat)
