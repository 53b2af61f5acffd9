"""The workbench: what waits for whom, by due day, with the days behind and the reminders."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from app.center.actions import enter_value
from app.center.records import ValueForm
from app.core.money import Fen
from app.core.words.disbursements import Decision
from app.drafts.actions import save_draft
from app.drafts.records import DraftForm
from app.funds.actions import enter_budget
from app.funds.records import BudgetForm
from app.reference.dated import ValueArea
from tests.hiring import JobDesk
from tests.ui.desks import Seat, Seats
from tests.world import World
from ui import theme
from ui.kit.labels import text_width
from ui.pages.workbench import WorkbenchPage


def work(sit: Seats, user: str) -> Seat[WorkbenchPage]:
    return sit(user, "workbench")


def column(seat: Seat[WorkbenchPage], name: str) -> list[str]:
    """Return the words of one column, row by row."""
    model = seat.page.table.model
    at = [each.name for each in model.columns].index(name)
    return [model.at(row, at).text for row in range(model.rowCount())]


def counts(seat: Seat[WorkbenchPage]) -> dict[str, int | None]:
    parts = [button.part for button in seat.page.segments._buttons]  # pyright: ignore[reportPrivateUsage] - what it shows
    return {part.key: part.count for part in parts}


def went(seat: Seat[Any]) -> list[tuple[str, object]]:
    """Catch where the page wants to go instead of going there."""
    caught: list[tuple[str, object]] = []

    def catch(name: str, what: object) -> None:
        caught.append((name, what))

    seat.page.go.disconnect()
    seat.page.go.connect(catch)
    return caught


def press(seat: Seat[Any], key: Qt.Key) -> None:
    QTest.keyClick(seat.window.focusWidget() or seat.page, key)
    seat.rest()


def reminders(seat: Seat[WorkbenchPage]) -> list[str]:
    return [notice.title for notice in seat.page.reminders.notices]


def draft(world: World, title: str) -> None:
    world.do("wang", save_draft, DraftForm(id=f"d-{title}", form="intake", title=title, content={}))


def test_a_caseworker_sees_own_cases_proposals_and_drafts(world: World, sit: Seats) -> None:
    world.accept()
    world.file()
    draft(world, "李未完")
    seat = work(sit, "wang")
    assert sorted(column(seat, "stage")) == ["在档", "已受理", "草稿"]
    assert column(seat, "days_left")[0] == "剩 10 天"
    assert counts(seat) == {
        "all": 3, "overdue": 0, "soon": 0, "mend": 0, "back": 0, "ready": 1, "draft": 1
    }  # fmt: skip
    assert "继续登记" in column(seat, "next_step")


def test_what_came_back_leads_to_the_proposal_again(world: World, sit: Seats) -> None:
    award_id = world.propose()
    world.decide(award_id, Decision.SENT_BACK, opinion="补充票据")
    seat = work(sit, "wang")
    gone = went(seat)
    assert column(seat, "stage") == ["已退回"]
    press(seat, Qt.Key.Key_Return)
    assert gone == [("award", ("amend", award_id))]


def test_a_draft_goes_on_where_it_was(world: World, sit: Seats) -> None:
    draft(world, "李未完")
    seat = work(sit, "wang")
    gone = went(seat)
    press(seat, Qt.Key.Key_Return)
    assert gone == [("intake", "d-李未完")]


def test_every_kind_of_draft_goes_on_where_it_was(world: World, sit: Seats) -> None:
    for form in ("change", "award/12/living_relief", "amend/7", "of another program"):
        kept = DraftForm(id=form, form=form, title="李未完", content={})
        world.do("wang", save_draft, kept)
    seat = work(sit, "wang")
    rows = seat.page.table.rows()
    assert {(row.items, row.next_step, row.page, row.what) for row in rows} == {
        ("档案变更", "继续变更", "intake", "change"),
        ("救助提议", "继续提议", "award", (12, "living_relief")),
        ("救助提议", "继续提议", "award", ("amend", 7)),
    }


def test_overdue_is_red_with_a_word_and_a_number_key_narrows(world: World, sit: Seats) -> None:
    late, early = world.accept(), world.clock.instant
    world.clock.instant = early + timedelta(days=20)
    world.accept()
    seat = work(sit, "wang")
    first = seat.page.table.model.at(0, 0)
    assert (first.text[:2], first.icon, first.tone) == ("逾期", "circle-x", "bad")
    press(seat, Qt.Key.Key_2)
    assert [row.number for row in seat.page.table.rows()] == [late.case_number]
    press(seat, Qt.Key.Key_1)
    assert len(seat.page.table.rows()) == 2


def test_slash_filters_by_name_and_escape_ends_it(world: World, sit: Seats) -> None:
    world.accept()
    second = world.accept()
    seat = work(sit, "wang")
    press(seat, Qt.Key.Key_Slash)
    assert seat.window.focusWidget() is seat.page.filter
    seat.page.filter.setText(second.case_number)
    assert [row.number for row in seat.page.table.rows()] == [second.case_number]
    press(seat, Qt.Key.Key_Escape)
    assert len(seat.page.table.rows()) == 2
    assert seat.window.focusWidget() is seat.page.table.view


def test_a_supervisor_files_and_decides(world: World, sit: Seats) -> None:
    world.accept()
    award_id = world.propose(fen=90_000)
    seat = work(sit, "zhao")
    assert counts(seat) == {"all": 2, "overdue": 0, "soon": 0, "file": 1, "decide": 1}
    assert column(seat, "next_step") == ["核对后建档（王芳受理）", "审批（王芳提议）"]
    assert column(seat, "amount") == ["", "900.00"]
    gone = went(seat)
    seat.page.table.select(1)
    press(seat, Qt.Key.Key_Return)
    assert gone == [("approval", award_id)]


def test_finance_pays_and_follows_batches(world: World, sit: Seats) -> None:
    world.approved(fen=80_000)
    batch = world.batch()
    seat = work(sit, "qian")
    assert counts(seat) == {"all": 2, "pay": 1, "batch": 1}
    assert set(column(seat, "next_step")) == {
        "编入发放批次（2026年市财政困难职工帮扶资金（演示））",
        "核对后冻结",
    }
    gone = went(seat)
    assert seat.page.table.select_where(lambda row: row.strand == "batch")
    press(seat, Qt.Key.Key_Return)
    assert gone == [("batches", batch)]


def test_the_administrator_sees_no_case_content(world: World, sit: Seats) -> None:
    world.accept()
    seat = work(sit, "admin")
    assert not seat.page.table.rows()
    assert not seat.page.today.isVisible()
    assert not seat.page.segments.isVisible()
    texts = [each.text() for each in seat.page.findChildren(QLabel) if each.isVisible()]
    assert "管理员不看案件内容" in texts


def test_the_auditor_sees_what_is_overdue(world: World, sit: Seats) -> None:
    world.accept()
    seat = work(sit, "zhou")
    assert not seat.page.table.rows()
    world.clock.instant += timedelta(days=30)
    seat.page.reload()
    seat.rest()
    assert column(seat, "next_step") == ["王芳受理，还没有审核"]


def test_the_days_behind_add_up(world: World, sit: Seats) -> None:
    world.accept()
    world.file()
    seat = work(sit, "wang")
    assert len(seat.page.days.chart.bars) == 10
    last = seat.page.days.chart.bars[-1]
    assert (last.label, last.first, last.second) == ("11-20", 2, 1)
    assert seat.page.days.says.text() == "受理 2 件，办结 1 件，在办增加 1 件。"
    assert seat.page.today.sentence() == "今日受理 2 件，办结 1 件，在办 1 件"


def test_a_day_without_a_line_is_told(world: World, sit: Seats) -> None:
    world.clock.instant = world.clock.instant.replace(year=2031)
    assert reminders(work(sit, "wang")) == ["今天没有已知的低保线：市区、县（市）"]


def test_what_others_entered_waits_for_the_second_person(world: World, sit: Seats) -> None:
    value = ValueForm(
        area=ValueArea.DISTRICTS,
        amount=Fen(95_000),
        effective_from=date(2027, 1, 1),
        effective_to=date(2027, 12, 31),
        document="演示文件〔2027〕1号",
    )
    world.do("admin", enter_value, value)
    budget = BudgetForm(
        fund_id=world.fund_id(),
        amount=Fen(100_000),
        document="演示预算追加",
        granted_on=date(2026, 11, 1),
    )
    world.do("qian", enter_budget, budget)
    assert reminders(work(sit, "zhao")) == ["1 条标准待您确认", "1 笔预算待您确认"]
    assert reminders(work(sit, "wang")) == []


def test_the_list_follows_what_others_do(world: World, sit: Seats) -> None:
    seat = work(sit, "zhao")
    assert not seat.page.table.rows()
    world.accept()
    seat.desk.tell_changed(frozenset(seat.page.shows))
    seat.rest()
    assert counts(seat)["file"] == 1


def test_a_small_window_keeps_the_list(
    world: World, sit: Seats, picture: Callable[[Any, str], Any]
) -> None:
    world.accept()
    seat = work(sit, "wang")
    assert seat.page.days.isVisible()
    theme.use(theme.application(), theme.Scheme.DARK, 150)
    seat.window.resize(1366, 691)
    seat.rest()
    assert not seat.page.days.isVisible()
    assert seat.page.table.model.at(0, 2).second == world.accepted[0].case_number
    assert "今日受理 1 件" in seat.page.today.sentence()
    assert picture(seat.window, "workbench").stat().st_size > 10_000


def test_the_job_officer_sees_overdue_slips(world: World, sit: Seats) -> None:
    desk = JobDesk(world)
    issued = desk.refer()
    seat = work(sit, "li")
    assert counts(seat) == {"all": 0, "overdue": 0, "soon": 0, "slip": 0, "follow": 0}
    world.clock.instant += timedelta(days=9)
    seat = work(sit, "li")
    assert counts(seat) == {"all": 1, "overdue": 1, "soon": 0, "slip": 1, "follow": 0}
    assert column(seat, "number") == [issued.number]
    assert column(seat, "days_left") == ["逾期 2 天"]
    gone = went(seat)
    press(seat, Qt.Key.Key_Return)
    assert gone == [("jobs", ("referrals", issued.id))]


def test_long_matters_get_the_room_that_next_steps_leave(world: World, sit: Seats) -> None:
    desk = JobDesk(world)
    desk.refer()
    world.clock.instant += timedelta(days=9)
    seat = work(sit, "li")
    seat.rest()
    head = seat.page.table.view.horizontalHeader()
    names = [each.name for each in seat.page.table.model.columns]
    for name in ("items", "next_step"):
        (words,) = column(seat, name)
        assert head.sectionSize(names.index(name)) > text_width("body", words) + 16, words


def test_a_recognition_waits_for_the_supervisor(world: World, sit: Seats) -> None:
    desk = JobDesk(world)
    desk.applied(desk.seeker())
    seat = work(sit, "zhao")
    assert counts(seat)["recognise"] == 1
    assert column(seat, "next_step") == ["审定就业困难认定（李强申请）"]
