"""The assessment page: what may be had and why, what is missing, a trial, and the way on."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.cases.queries import assess_household, case_rows
from app.cases.records import Accepted, AssessRequest, CaseQuery
from app.core.words.cases import CaseState
from app.core.words.disbursements import AwardState, Decision
from app.core.words.papers import PaperKind
from app.core.words.services import ServiceState
from app.disbursements.queries import award_rows
from app.disbursements.records import AwardQuery
from app.papers.queries import paper_view
from app.papers.records import PaperById, PaperView
from app.policy.pack import Outcome
from app.services.queries import service_rows
from app.services.records import ServiceQuery
from tests.ui.desks import Seat, Seats
from tests.ui.families import family
from tests.world import World
from ui import theme
from ui.kit.buttons import Button
from ui.kit.cards import AreaCard
from ui.kit.choice_editors import FlagEditor
from ui.kit.labels import Chip, Status
from ui.kit.segments import Segments
from ui.pages.assessment import AssessmentPage
from ui.pages.assessment.folding import FoldHead
from ui.pages.assessment.stages import stages

CLASS = ("classification", "")
LIVING = ("social_security", "living_relief")
TEMPORARY = ("social_security", "temporary_relief")
SUBSIDY = ("social_security", "social_insurance_subsidy")
MEDICAL = ("medical", "medical_relief")
PLACEMENT = ("employment", "job_placement")
SCHOOLING = ("schooling", "schooling_relief")
LOAN = ("employment", "microloan")


def assess(sit: Seats, accepted: Accepted, user: str = "wang") -> Seat[AssessmentPage]:
    return sit(user, "assessment", accepted.household_id)


@pytest.fixture
def filed(world: World) -> Accepted:
    """Put the family with answers of all kinds on file."""
    return world.file(world.accept(family()))


@pytest.fixture
def seat(sit: Seats, filed: Accepted) -> Seat[AssessmentPage]:
    """Sit before the assessment of the family."""
    return assess(sit, filed)


def unknown(world: World) -> Accepted:
    """Take in the household of which the income is not known."""
    world.form()
    world.form()
    return world.accept()


def texts(seat: Seat[Any], inside: QWidget | None = None) -> list[str]:
    """Return every word in sight, after the layout came to rest."""
    seat.rest()
    where = inside or seat.page
    labels = [each for each in where.findChildren(QLabel) if each.isVisible()]
    painted = [
        each for kind in (Status, Chip) for each in where.findChildren(kind) if each.isVisible()
    ]
    found = [each.text() for each in labels] + [each.text for each in painted]
    return [text for text in found if text]


def button(seat: Seat[Any], name: str) -> Button:
    found = seat.page.findChild(Button, name)
    assert found is not None
    return found


def card(seat: Seat[Any], key: tuple[str, str]) -> AreaCard:
    found = seat.page.findChild(AreaCard, "_".join(filter(None, ("area", *key))))
    assert found is not None
    return found


def label(seat: Seat[Any], name: str) -> str:
    found = seat.page.findChild(QLabel, name)
    assert found is not None
    return found.text()


def went(seat: Seat[Any]) -> list[tuple[str, object]]:
    """Catch where the page wants to go instead of going there."""
    caught: list[tuple[str, object]] = []

    def catch(name: str, what: object) -> None:
        caught.append((name, what))

    seat.page.go.disconnect()
    seat.page.go.connect(catch)
    return caught


def paper(world: World, gone: list[tuple[str, object]]) -> PaperView:
    """Return the paper that the page went to."""
    name, id_ = gone[0]
    assert name == "papers"
    assert isinstance(id_, int)
    return world.ask("wang", paper_view, PaperById(id=id_))


def dialog(seat: Seat[Any]) -> QDialog:
    found = seat.window.findChild(QDialog, "paper_dialog")
    assert found is not None
    return found


# The list


def test_the_classification_stands_first_then_the_three_groups(seat: Seat[AssessmentPage]) -> None:
    areas = seat.page.areas
    assert areas.order()[0] == CLASS
    assert len(set(areas.order())) == len(areas.order()) == 23
    heads = [head.objectName() for head in areas.findChildren(FoldHead)]
    assert heads == ["group_yes", "group_unknown", "group_no"]
    places = [areas.order().index(key) for key in (PLACEMENT, LIVING, MEDICAL, LOAN)]
    assert places == sorted(places)


def test_one_card_a_measure_names_its_members_and_their_sum(seat: Seat[AssessmentPage]) -> None:
    shown = texts(seat, card(seat, TEMPORARY))
    assert "12,000.00 元" in shown
    assert any(text.startswith("李秀梅、张示例、张明、张亮：") for text in shown)
    assert any(text.startswith("张明：6 个月") for text in texts(seat, card(seat, SCHOOLING)))
    assert "李秀梅：缺 1 项：医保结算单" in texts(seat, card(seat, MEDICAL))


def test_the_foot_adds_up_the_grants_and_counts_what_waits(seat: Seat[AssessmentPage]) -> None:
    assert label(seat, "total_amount") == "31,200.00 元"
    assert label(seat, "total_open") == "待补 5 项，另计"


def test_many_that_do_not_qualify_stand_closer(seat: Seat[AssessmentPage]) -> None:
    assert card(seat, LOAN).height() < card(seat, MEDICAL).height()
    assert any(text.startswith("不满足：") for text in texts(seat, card(seat, LOAN)))


def test_keys_go_from_card_to_card_and_from_group_to_group(seat: Seat[AssessmentPage]) -> None:
    areas = seat.page.areas
    areas.first().setFocus()
    where: list[tuple[str, str] | None] = []
    for key in (
        *(Qt.Key.Key_Down, Qt.Key.Key_PageDown, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp),
        *(Qt.Key.Key_K, Qt.Key.Key_J, Qt.Key.Key_End, Qt.Key.Key_Home),
    ):
        QTest.keyClick(areas.first(), key)
        where.append(areas.value())
        assert areas.first().hasFocus()
    every = areas.order()
    first_no = next(key for key in every if card(seat, key).height() < 40)
    last_yes = every[every.index(MEDICAL) - 1]
    assert where == [PLACEMENT, MEDICAL, first_no, MEDICAL, last_yes, MEDICAL, every[-1], CLASS]


def test_a_group_is_folded_and_what_is_chosen_stays(seat: Seat[AssessmentPage]) -> None:
    head = seat.page.findChild(FoldHead, "group_no")
    assert head is not None
    QTest.keyClick(head, Qt.Key.Key_Left)
    assert card(seat, LOAN).isHidden()
    seat.page.reload()
    seat.rest()
    assert card(seat, LOAN).isHidden()
    seat.page.areas.choose(LOAN)
    assert not card(seat, LOAN).isHidden()
    head = seat.page.findChild(FoldHead, "group_no")
    assert head is not None
    QTest.keyClick(head, Qt.Key.Key_Space)
    assert not any(card(seat, key).isHidden() for key in seat.page.areas.order())


def test_the_chosen_card_stays_in_sight(seat: Seat[AssessmentPage], qtbot: QtBot) -> None:
    last = seat.page.areas.order()[-1]
    seat.page.areas.choose(last)
    for _turn in range(2):
        qtbot.waitUntil(lambda: not card(seat, last).visibleRegion().isEmpty())
        seat.page.reload()
        seat.rest()


# The opened answer


def test_a_limit_says_its_dates_where_it_comes_from_and_how_sure(
    seat: Seat[AssessmentPage],
) -> None:
    line = seat.page.detail.criteria.lines[-1]
    assert line.value == "450.00 元，须低于 900.00 元"
    assert "低保线（市区）900.00 元，2026-01-01 至 2026-12-31" in line.source
    assert "演示" in line.source
    assert (line.article, line.category) == ("第三条", "深度困难")
    assert line.basis.startswith("见于文件或报道：")
    assert "低于当地城市低保标准" in line.article_text


def test_all_conditions_can_be_seen(seat: Seat[AssessmentPage]) -> None:
    criteria = seat.page.detail.criteria
    telling = len(criteria.lines)
    button(seat, "act_all").click()
    assert len(criteria.lines) == telling + 6  # the exclusions, one by one
    assert {line.level for line in criteria.lines} == {0, 1}


def test_the_grant_shows_its_working_its_papers_and_what_may_pay(
    seat: Seat[AssessmentPage],
) -> None:
    seat.page.areas.choose(LIVING)
    shown = texts(seat)
    assert "可享受生活救助，最高 10,800.00 元" in shown
    working = "12 个月 × 低保标准 900.00 元 = 本年度上限 10,800.00 元，已领 0.00 元"
    assert any(text.startswith(working) for text in shown)
    assert {"需要的材料", "可用资金"} <= set(shown)


def test_papers_that_were_handed_in_are_told_from_those_to_come(
    seat: Seat[AssessmentPage],
) -> None:
    seat.page.areas.choose(SCHOOLING)
    assert "1 / 4 已收" in texts(seat)


def test_each_member_has_an_answer_of_their_own(seat: Seat[AssessmentPage]) -> None:
    page = seat.page
    page.areas.choose(MEDICAL)
    assert page.detail.members.isHidden()  # the others paid nothing
    page.areas.choose(TEMPORARY)
    assert page.detail.members.words() == ["李秀梅", "张示例", "张明", "张亮"]
    page.detail.members.press(2)
    found = page.detail.current()
    assert found is not None
    assert found.member == 2
    page.reload()
    seat.rest()
    found = page.detail.current()
    assert found is not None
    assert found.member == 2


def test_what_is_missing_is_named_with_where_to_get_it(
    seat: Seat[AssessmentPage], filed: Accepted
) -> None:
    seat.page.areas.choose(MEDICAL)
    shown = texts(seat)
    assert "医疗救助暂不能认定：还缺 1 项" in shown
    assert "还要带什么" in shown
    assert any(text.startswith("到哪里办：就诊医院") for text in shown)
    open_line = next(line for line in seat.page.detail.criteria.lines if line.open)
    assert open_line.source == "要看：医保结算单"
    gone = went(seat)
    seat.window.press("F8")
    assert gone == [("intake", ("change", filed.household_id))]


def test_a_no_says_what_would_change_it(world: World, sit: Seats) -> None:
    world.form()
    seat = assess(sit, world.accept())  # in relative hardship: too much for dibao
    seat.page.areas.choose(("social_security", "dibao_application"))
    shown = texts(seat)
    assert "什么会改变结果" in shown
    assert any("如果能证明“家庭近 12 个月总收入”不超过" in text for text in shown)


def test_a_referral_says_who_does_it_and_what_one_gets(seat: Seat[AssessmentPage]) -> None:
    seat.page.areas.choose(SUBSIDY)
    shown = texts(seat)
    assert {"能得到什么", "由谁认定和办理"} <= set(shown)
    assert "户籍地区县人力资源和社会保障部门" in shown


def test_the_document_says_why_this_version_and_that_it_is_provisional(
    seat: Seat[AssessmentPage],
) -> None:
    title = "困难职工家庭认定标准（2023 年起的口径，暂行）"
    assert label(seat, "detail_document") == f"{title}，2023-01-01 起"
    shown = texts(seat)
    assert f"{title}，2023-01-01 起；按 2026-11-20 测算" in shown
    assert "暂行，待中心确认" in shown
    button(seat, "act_articles").click()
    shown = texts(seat)
    assert {"第三条", "来源"} <= set(shown)
    assert not seat.page.detail.criteria.isVisible()


# The way on


def test_f9_goes_to_the_proposal_of_the_filed_case(
    seat: Seat[AssessmentPage], filed: Accepted
) -> None:
    seat.page.areas.choose(LIVING)
    gone = went(seat)
    seat.window.press("F9")
    assert gone == [("award", (filed.case_id, "living_relief"))]


def test_a_grant_for_members_is_proposed_for_the_one_in_sight(
    seat: Seat[AssessmentPage], filed: Accepted
) -> None:
    seat.page.areas.choose(TEMPORARY)
    seat.page.detail.members.press(2)
    gone = went(seat)
    seat.window.press("F9")
    assert seat.page.view is not None
    member = seat.page.view.members[2]
    assert member.name == "张明"
    assert gone == [("award", (filed.case_id, "temporary_relief", member.id))]


def test_the_classification_leads_to_the_first_grant(
    seat: Seat[AssessmentPage], filed: Accepted
) -> None:
    gone = went(seat)
    seat.window.press("F9")
    name, what = gone[0]
    assert name == "award"
    assert isinstance(what, tuple)
    assert what[:2] == (filed.case_id, "schooling_relief")


def test_f9_asks_for_the_service_once(
    seat: Seat[AssessmentPage], world: World, filed: Accepted
) -> None:
    seat.page.areas.choose(PLACEMENT)
    assert button(seat, "act_next").words() == "登记服务申请"
    seat.window.press("F9")
    seat.rest()
    asked = ServiceQuery(household_id=filed.household_id)
    (row,) = world.ask("wang", service_rows, asked)
    assert (row.measure, row.person, row.state) == ("job_placement", "张示例", ServiceState.OPEN)
    assert button(seat, "act_next").reason == f"已在办：{row.number}"
    assert label(seat, "why_not_next") == f"已在办：{row.number}"


def test_f9_writes_the_referral_slip_and_then_shows_it(
    seat: Seat[AssessmentPage], world: World
) -> None:
    seat.page.areas.choose(SUBSIDY)
    gone = went(seat)
    seat.window.press("F9")
    seat.rest()
    assert paper(world, gone).sheet.kind is PaperKind.REFERRAL_SLIP
    assert button(seat, "act_next").words() == "看转介单"
    seat.window.press("F9")
    assert gone[1] == gone[0]


def test_what_cannot_be_told_yet_cannot_be_proposed(seat: Seat[AssessmentPage]) -> None:
    seat.page.areas.choose(MEDICAL)
    assert button(seat, "act_next").reason == "医疗救助暂不能认定"


def test_before_the_filing_nothing_can_be_proposed(world: World, sit: Seats) -> None:
    accepted = world.accept(family())
    seat = assess(sit, accepted)
    seat.page.areas.choose(LIVING)
    act = button(seat, "act_next")
    assert act.reason == f"先建档（案件 {accepted.case_number}）"
    assert act.reason in texts(seat)
    gone = went(seat)
    seat.window.press("F9")
    assert gone == []


def test_another_day_is_looked_at_and_left(seat: Seat[AssessmentPage]) -> None:
    day = seat.page.day
    day.line.setFocus()
    day.line.clear()
    QTest.keyClicks(day.line, "20240601")
    QTest.keyClick(day.line, Qt.Key.Key_Return)
    seat.rest()
    assert "这是 2024-06-01 的测算结果" in seat.page.banners.says()
    assert any("2024-06-01 这一天没有已知的标准" in text for text in texts(seat))
    assert button(seat, "act_next").reason == "只能按今天的结果提议"
    button(seat, "act_values").click()
    button(seat, "act_today").click()
    seat.rest()
    assert day.value() == date(2026, 11, 20)
    assert not button(seat, "act_next").reason


def test_who_only_reads_is_told_the_right(sit: Seats, filed: Accepted) -> None:
    seat = assess(sit, filed, "zhou")
    assert button(seat, "act_next").reason == "需要权限：提出救助提议"
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


# Papers


def test_f12_gives_the_reason_sheet_in_large_type(seat: Seat[AssessmentPage], world: World) -> None:
    gone = went(seat)
    seat.window.press("F12")
    asked = dialog(seat)
    large = asked.findChild(FlagEditor)
    yes = asked.findChild(Button, "confirm")
    assert large is not None
    assert yes is not None
    large.set_value(True)
    yes.click()
    seat.rest()
    view = paper(world, gone)
    assert view.sheet.kind is PaperKind.REASON_SHEET
    assert view.sheet.facts["large"] is True


def test_f12_gives_the_notice_with_its_days(seat: Seat[AssessmentPage], world: World) -> None:
    gone = went(seat)
    seat.window.press("F12")
    asked = dialog(seat)
    kinds, days = (asked.findChild(Segments, f"segments_{name}") for name in ("paper", "days"))
    yes = asked.findChild(Button, "confirm")
    assert kinds is not None
    assert days is not None
    assert yes is not None
    assert days.isHidden() or not days.isVisible()
    kinds.press(1)
    assert days.isVisible()
    days.press(0)
    yes.click()
    seat.rest()
    view = paper(world, gone)
    assert view.sheet.kind is PaperKind.MISSING_NOTICE
    assert view.sheet.facts["days"] == 5


# On trial


def test_a_trial_is_computed_as_one_types_and_saves_nothing(
    seat: Seat[AssessmentPage], world: World, filed: Accepted
) -> None:
    page = seat.page
    page.areas.choose(MEDICAL)
    QTest.keyClick(page, Qt.Key.Key_T, Qt.KeyboardModifier.AltModifier)
    seat.rest()
    field = page.trial.panel.first()
    assert field.objectName() == "trial.0.medical_self_paid_12_months"  # what is missing
    assert field.hasFocus()
    QTest.keyClicks(field, "12000")
    seat.rest()
    assert page.banners.says() == "试算中，改了 1 项情况：不保存，不能按这个结果办理"
    shown = texts(seat)
    assert "医疗救助：待补材料 → 可享受，12,000.00 元" in shown
    assert "原：待补材料" in texts(seat, card(seat, MEDICAL))
    assert "档案为：未填" in shown
    assert label(seat, "total_amount") == "43,200.00 元"
    assert page.trial.panel.changes()[1][0] == {"medical_self_paid_12_months": 1_200_000}
    stored = world.ask("wang", assess_household, AssessRequest(household_id=filed.household_id))
    assert stored.measure("medical_relief").outcome is Outcome.UNKNOWN


def test_nothing_can_be_done_by_a_trial_and_esc_leaves_it(seat: Seat[AssessmentPage]) -> None:
    page = seat.page
    page.areas.choose(LIVING)
    button(seat, "act_try").click()
    seat.rest()
    gone = went(seat)
    for name in ("act_next", "act_print"):
        assert button(seat, name).reason == "试算不能办理，先结束试算"
    seat.window.press("F9")
    seat.window.press("F12")
    assert gone == []
    QTest.keyClick(page.trial.panel.first(), Qt.Key.Key_Escape)
    seat.rest()
    assert page.trial.panel.isHidden()
    assert not page.banners.says()
    assert not button(seat, "act_next").reason
    assert page.areas.first().hasFocus()


def test_what_was_tried_is_there_again_and_can_be_put_back(seat: Seat[AssessmentPage]) -> None:
    page = seat.page
    button(seat, "act_try").click()
    seat.rest()
    panel = page.trial.panel
    panel.scope.press(1)
    box = panel.findChild(Segments, "trial.-1.receives_dibao")
    assert box is not None
    box.press(0)
    seat.rest()
    changed = panel.changes()
    assert changed[0] == {"receives_dibao": True}
    page.trial.turn()
    page.trial.turn()
    seat.rest()
    assert panel.changes() == changed
    button(seat, "act_reset_trial").click()
    seat.rest()
    assert panel.count() == 0
    assert button(seat, "act_reset_trial").reason == "还没有改动"


def test_a_trial_asks_only_what_the_measure_asks(seat: Seat[AssessmentPage]) -> None:
    page = seat.page
    page.areas.choose(PLACEMENT)
    button(seat, "act_try").click()
    seat.rest()
    names = {
        each.objectName().rpartition(".")[2]
        for each in page.trial.panel.findChildren(QWidget)
        if each.objectName().startswith("trial.") and each.isVisible()
    }
    assert names == {"birth", "work_status"}  # the age follows from the birth


# Stages and sizes


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
    assert page.detail.reading().hasFocus()
    QTest.keyClick(page, Qt.Key.Key_Escape)
    assert (page.areas.isVisible(), page.detail.isVisible()) == (True, False)
    page.trial.turn()
    seat.rest()
    assert (page.areas.isVisible(), page.trial.panel.isVisible()) == (False, True)
    assert seat.window.height() == 691  # nothing needs more
    assert picture(seat.window, "assessment").stat().st_size > 10_000


def test_a_wide_window_opens_the_third_column(seat: Seat[AssessmentPage]) -> None:
    page = seat.page
    seat.window.resize(1920, 1080)
    page.areas.choose(LIVING)
    shown = texts(seat, page.beside)
    assert {"计算过程", "低保线", "× 12", "10,800.00 元", "可救助", "需要的材料"} <= set(shown)
    page.trial.turn()
    seat.rest()
    assert page.detail.isVisible()
    assert page.trial.panel.isVisible()
    assert not page.beside.isVisible()
