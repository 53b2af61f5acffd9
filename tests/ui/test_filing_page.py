"""Filing steps on the screen: the tab of a household, the work lists, what the center requires."""

from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QLineEdit, QPlainTextEdit, QWidget

from app.cases.records import Accepted
from app.core.words.filing import StepDecision, StepKind, StepState
from app.core.words.households import FileState
from app.documents.actions import add_document
from app.documents.records import AddForm
from app.filing.actions import begin_visit, require_steps
from app.filing.queries import filing_rules
from app.filing.records import (
    FileList,
    RequiredForm,
)
from app.filing.reports import CheckReport, NoticeReport
from tests.scans import picture, scan
from tests.steps import (
    about,
    at,
    decide,
    leave,
    newest,
    path,
    post,
    review,
    visit,
)
from tests.ui.conftest import click_key, drop, type_text
from tests.ui.desks import Seat, Seats
from tests.world import World
from ui import theme
from ui.kit.buttons import Button
from ui.kit.rail import RailItem
from ui.kit.ribbon import Stage
from ui.pages.filing import FilingPage
from ui.pages.household import HouseholdPage
from ui.pages.household.steps import with_steps
from ui.waiting import Waiting


def steps(sit: Seats, user: str, accepted: Accepted) -> Seat[HouseholdPage]:
    """Open a household at its steps."""
    seat = sit(user, "household", ("steps", accepted.household_id))
    for _round in range(3):
        seat.rest()
    return seat


def button(seat: Seat[Any], name: str) -> Button:
    found = seat.page.findChild(Button, name)
    assert found is not None, name
    return found


def press(seat: Seat[Any], name: str) -> None:
    button(seat, name).click()
    for _round in range(3):
        seat.rest()


def fill(seat: Seat[Any], name: str, text: str) -> None:
    for kind in (QPlainTextEdit, QLineEdit):
        for field in seat.page.findChildren(kind, name):
            if field.isVisible():
                field.setFocus()
                field.clear()
                type_text(field, text)
                return
    raise AssertionError(name)


def choose(seat: Seat[HouseholdPage], name: str, label: str) -> None:
    """Choose a word of a list in the form of the step."""
    task = seat.page.steps._task  # pyright: ignore[reportPrivateUsage] - the form has no name of its own
    assert task is not None
    box: Any = task.form.boxes[name].editor.target()
    box.setCurrentIndex(box.findText(label, Qt.MatchFlag.MatchContains))
    box.activated.emit(box.currentIndex())


def texts(widget: QWidget) -> str:
    shown = [each for each in widget.findChildren(QWidget) if each.isVisible()]
    return " ".join(str(each.property("text") or "") for each in shown)


def words(stages: list[Stage]) -> list[tuple[str, str]]:
    return [(stage.words, stage.state) for stage in stages]


# The tab of a household


def test_a_visit_is_begun_and_recorded_by_keyboard(world: World, sit: Seats) -> None:
    accepted = world.accept()
    seat = steps(sit, "wang", accepted)
    assert seat.page.tabs.tabText(seat.page.tabs.currentIndex()) == "建档步骤"
    click_key(seat.window, Qt.Key.Key_1)
    for _round in range(3):
        seat.rest()
    assert newest(world, accepted).kind is StepKind.VISIT
    assert button(seat, "act_step").words() == "登记调查结果"
    fill(seat, "second_investigator", "于社区")
    fill(seat, "found", "情况属实")
    choose(seat, "result", "与申报一致")
    click_key(seat.window, Qt.Key.Key_F9)
    for _round in range(3):
        seat.rest()
    row = newest(world, accepted)
    assert (row.state, row.result) == (StepState.DONE, "confirmed")
    assert "与申报一致" in str(seat.page.steps.table.texts())


def tabbed(seat: Seat[HouseholdPage], name: str) -> list[QWidget]:
    """Return where Tab leads from a field of the form before it comes to the act."""
    steps = seat.page.steps
    task = steps._task  # pyright: ignore[reportPrivateUsage] - the form has no name of its own
    assert task is not None
    task.form.boxes[name].editor.target().setFocus()
    passed: list[QWidget] = []
    while len(passed) < 8:
        click_key(seat.window, Qt.Key.Key_Tab)
        focus = seat.window.focusWidget()
        assert focus is not None
        if focus is steps.act:
            return passed
        passed.append(focus)
    raise AssertionError(passed)


def test_tab_goes_from_the_form_over_its_documents_to_the_act(world: World, sit: Seats) -> None:
    seat = steps(sit, "wang", world.accept())
    press(seat, "begin_notice")
    assert tabbed(seat, "place") == []
    press(seat, "begin_visit")
    passed = tabbed(seat, "found")
    assert passed
    assert all(seat.page.steps.documents.isAncestorOf(each) for each in passed)


def test_what_is_not_filled_in_is_told_and_nothing_written(world: World, sit: Seats) -> None:
    accepted = world.accept()
    seat = steps(sit, "wang", accepted)
    press(seat, "begin_visit")
    press(seat, "act_step")
    assert newest(world, accepted).state is StepState.OPEN
    assert "此项必填" in texts(seat.page.steps)


def test_a_check_offers_those_who_sign_and_who_is_usually_asked(world: World, sit: Seats) -> None:
    accepted = world.accept()
    seat = steps(sit, "wang", accepted)
    press(seat, "begin_cross_check")
    boxes = [box for box in seat.page.steps.findChildren(QCheckBox) if box.isVisible()]
    signers = [box for box in boxes if box.objectName().startswith("signed_by")]
    asked = [
        box.text() for box in boxes if box.objectName().startswith("asked") and box.isChecked()
    ]
    assert len(signers) == len(path(world, accepted).adults)
    assert "不动产登记机构" in asked
    for box in signers:
        box.click()
    choose(seat, "result", "比对一致")
    press(seat, "act_step")
    row = newest(world, accepted)
    assert row.state is StepState.DONE
    assert isinstance(row.report, CheckReport)


def test_a_notice_is_posted_and_its_sheet_opens(world: World, sit: Seats) -> None:
    accepted = world.accept()
    seat = steps(sit, "wang", accepted)
    went = caught(seat)
    press(seat, "begin_notice")
    assert "5 个工作日" in texts(seat.page.steps)
    assert "张贴到 2026-11-27" in texts(seat.page.steps)
    fill(seat, "posted_on", "2026-12-29")
    assert "张贴到 2027-01-06（暂定）" in texts(seat.page.steps)
    fill(seat, "posted_on", "2026-11-20")
    press(seat, "act_step")
    assert went[-1][0] == "papers"
    row = newest(world, accepted)
    assert isinstance(row.report, NoticeReport)
    assert row.report.place == "单位公告栏"
    assert "剩 5 天" in seat.page.steps.table.texts()[0][2]


def caught(seat: Seat[Any]) -> list[tuple[str, object]]:
    """Catch where the page wants to go instead of going there."""
    found: list[tuple[str, object]] = []

    def catch(name: str, what: object) -> None:
        found.append((name, what))

    seat.page.go.disconnect()
    seat.page.go.connect(catch)
    return found


def test_an_objection_is_noted_and_answered(world: World, sit: Seats) -> None:
    accepted = world.accept()
    post(world, accepted)
    seat = steps(sit, "wang", accepted)
    caught(seat)
    assert button(seat, "act_step").words() == "取下并出具公示结果"
    seat.asking.reason_given = "有人说他家有车"
    press(seat, "act_note_objection")
    assert button(seat, "act_step").words() == "登记答复"
    assert "有人说他家有车" in texts(seat.page.steps)
    fill(seat, "answer", "经查没有")
    press(seat, "act_step")
    report = newest(world, accepted).report
    assert isinstance(report, NoticeReport)
    assert report.objections[0].answer == "经查没有"


def test_a_notice_that_stands_too_short_says_until_when(world: World, sit: Seats) -> None:
    accepted = world.accept()
    post(world, accepted)
    seat = steps(sit, "wang", accepted)
    told: list[str] = []

    def say(_tone: str, title: str, text: str) -> None:
        told.append(title + text)

    seat.desk.feedback.banner.connect(say)
    press(seat, "act_step")
    assert "2026-11-27" in told[0]


def test_an_exit_is_proposed_and_another_person_decides(world: World, sit: Seats) -> None:
    accepted = world.file()
    seat = steps(sit, "wang", accepted)
    press(seat, "begin_exit")
    choose(seat, "reason", "脱困")
    fill(seat, "months", "6")
    fill(seat, "shown", "工资流水")
    press(seat, "act_step")
    assert newest(world, accepted).state is StepState.REPORTED
    assert not button(seat, "act_step").isEnabled()
    decider = steps(sit, "zhao", accepted)
    went = caught(decider)
    choose(decider, "decision", "同意")
    press(decider, "act_step")
    assert path(world, accepted).file_state is FileState.CLOSED
    assert went[-1][0] == "papers"


def test_a_step_is_made_void_with_its_reason(world: World, sit: Seats) -> None:
    accepted = world.accept()
    post(world, accepted)
    seat = steps(sit, "wang", accepted)
    seat.asking.reason_given = "贴错了"
    press(seat, "act_void_step")
    assert newest(world, accepted).state is StepState.VOID
    assert button(seat, "act_step").isHidden()


def test_what_is_typed_stays_while_others_change_something(world: World, sit: Seats) -> None:
    accepted = world.accept()
    seat = steps(sit, "wang", accepted)
    press(seat, "begin_visit")
    fill(seat, "found", "老人卧床")
    seat.page.reload()
    seat.rest()
    field = next(
        each for each in seat.page.findChildren(QPlainTextEdit, "found") if each.isVisible()
    )
    assert field.toPlainText() == "老人卧床"


def test_who_may_not_take_steps_sees_why(world: World, sit: Seats) -> None:
    accepted = world.accept()
    seat = steps(sit, "zhou", accepted)
    begin = button(seat, "begin_visit")
    assert not begin.isEnabled()
    assert "办理建档步骤" in begin.reason


def test_another_household_forgets_the_steps_of_the_first(world: World, sit: Seats) -> None:
    first, second = world.accept(), world.accept()
    visit(world, first)
    seat = steps(sit, "wang", first)
    assert len(seat.page.steps.table.rows()) == 1
    seat.window.go("household", ("steps", second.household_id))
    for _round in range(3):
        seat.rest()
    assert not list(seat.page.steps.table.rows())


def test_a_small_window_shows_the_list_first_and_f9_leads_to_the_form(
    world: World, sit: Seats
) -> None:
    accepted = world.accept()
    world.do("wang", begin_visit, about(accepted))
    seat = steps(sit, "wang", accepted)
    panel = seat.page.steps
    seat.page.compact(900, 500)
    seat.rest()
    assert panel.panes.right.isHidden()
    click_key(seat.window, Qt.Key.Key_F9)
    assert panel.panes.left.isHidden()
    assert newest(world, accepted).state is StepState.OPEN
    assert not button(seat, "begin_notice").isVisible()
    click_key(panel.panes, Qt.Key.Key_Escape)
    assert panel.panes.right.isHidden()
    assert button(seat, "begin_notice").isVisible()


# The ribbon and the next step


def test_no_form_is_acted_on_behind_the_documents(world: World, sit: Seats) -> None:
    theme.use(theme.application(), theme.Scheme.LIGHT, 150)
    seat = steps(sit, "wang", world.accept())
    assert isinstance(seat.window.focusWidget(), Button), "no step yet: what begins one"
    press(seat, "begin_notice")
    assert seat.page.primary is button(seat, "act_step")
    seat.window.press("F8")
    seat.rest()
    pane, focus = seat.page.documents.pane, seat.window.focusWidget()
    assert pane.isVisible()
    assert pane is focus or pane.isAncestorOf(focus)
    assert seat.page.primary is None
    assert "F9" not in seat.page.f_keys
    pane.closed.emit()
    seat.rest()
    assert seat.page.primary is button(seat, "act_step")


def test_the_ribbon_shows_the_steps_as_they_are(world: World, sit: Seats) -> None:
    world.do("admin", require_steps, RequiredForm(visit=True))
    accepted = world.accept()
    post(world, accepted)
    seat = steps(sit, "zhao", accepted)
    shown = words(list(seat.page.ribbon._stages))  # pyright: ignore[reportPrivateUsage] - what is drawn
    assert shown[:4] == [
        ("受理", "done"),
        ("入户调查", "next"),
        ("公示", "now"),
        ("建档", "next"),
    ]
    seat.page.tabs.setCurrentIndex(0)
    filing = button(seat, "act_file_case")
    assert not filing.isEnabled()
    assert "入户调查" in filing.reason
    visit(world, accepted)
    seat.page.reload()
    for _round in range(3):
        seat.rest()
    assert button(seat, "act_file_case").isEnabled()


def test_a_file_that_was_left_ends_with_its_way_out() -> None:
    assert with_steps([], None, None) == []


# The work lists


def test_the_lists_lead_to_the_household(world: World, sit: Seats) -> None:
    first, second = world.file(), world.accept()
    post(world, second)
    review(world, first)
    seat: Seat[FilingPage] = sit("zhao", "filing")
    seat.rest()
    went = caught(seat)
    assert seat.page.segments.words()[:2] == ["待审定", "公示中"]
    row = seat.page.steps.rows()[0]
    assert (row.household_id, row.kind) == (first.household_id, StepKind.REVIEW)
    seat.page.steps.opened.emit(row)
    assert went == [("household", ("steps", first.household_id))]
    click_key(seat.page.steps.view, Qt.Key.Key_2)
    seat.rest()
    (shown,) = seat.page.steps.rows()
    assert shown.household_id == second.household_id


def test_the_keyboard_stays_in_the_list_when_the_list_changes(world: World, sit: Seats) -> None:
    accepted = world.file()
    review(world, accepted)
    post(world, world.accept())
    seat: Seat[FilingPage] = sit("zhao", "filing")
    seat.rest()
    went = caught(seat)
    seat.page.first_focus().setFocus()
    click_key(seat.page.steps.view, Qt.Key.Key_7)
    seat.rest()
    assert seat.page.segments.value() == FileList.NEVER_HELPED
    assert seat.page.files.view.hasFocus()
    click_key(seat.page.files.view, Qt.Key.Key_Return)
    assert went == [("household", ("steps", accepted.household_id))]
    click_key(seat.page.files.view, Qt.Key.Key_2)
    seat.rest()
    assert seat.page.steps.view.hasFocus()


@pytest.mark.parametrize("which", list(FileList))
def test_the_lists_of_files_show_what_the_store_knows(
    which: FileList, world: World, sit: Seats
) -> None:
    accepted = world.file()
    at(world, 2027, 12, 1)
    seat: Seat[FilingPage] = sit("wang", "filing")
    seat.page.segments.choose(which)
    seat.page._ask_rows()  # pyright: ignore[reportPrivateUsage] - what choosing by mouse does
    seat.rest()
    assert [row.household_id for row in seat.page.files.rows()] == [accepted.household_id]


def test_the_sample_is_drawn_once(world: World, sit: Seats) -> None:
    world.file()
    seat: Seat[FilingPage] = sit("zhao", "filing")
    seat.rest()
    assert "30%" in texts(seat.page)
    press(seat, "act_draw_sample")
    assert [row.due_on for row in seat.page.steps.rows()] == [date(2026, 12, 31)]
    assert not button(seat, "act_draw_sample").isEnabled()
    caseworker: Seat[FilingPage] = sit("wang", "filing")
    caseworker.rest()
    assert "审定" in button(caseworker, "act_draw_sample").reason


def test_a_filter_narrows_and_says_when_nothing_fits(world: World, sit: Seats) -> None:
    accepted = world.accept()
    post(world, accepted)
    seat: Seat[FilingPage] = sit("wang", "filing")
    seat.page.segments.choose("notices")
    seat.page.filter.setText("查无此人")
    seat.page._ask_rows()  # pyright: ignore[reportPrivateUsage] - without the pause of typing
    seat.rest()
    assert not list(seat.page.steps.rows())
    assert "查无此人" in texts(seat.page)


# The workbench, the rail and the settings


def test_steps_stand_on_the_workbench_and_are_counted(world: World, sit: Seats) -> None:
    accepted = world.file()
    leave(world, accepted)
    other = world.accept()
    post(world, other)
    supervisor = sit("zhao", "workbench")
    assert "退出" in str(supervisor.page.table.texts())
    assert badge(supervisor) == 1
    listed: FilingPage = sit("wang", "filing", "decide").page
    first = listed.segments.findChildren(QAbstractButton)[0]
    assert (first.accessibleName(), len(listed.steps.rows())) == ("待审定 1", 1)
    caseworker = sit("wang", "workbench")
    assert "公示" not in str([row.items for row in caseworker.page.rows()])
    at(world, 2026, 11, 30)
    later = sit("wang", "workbench")
    assert "取下公示" in str(later.page.table.texts())
    assert badge(later) == 1


def badge(seat: Seat[Any]) -> int:
    Waiting(seat.window)
    seat.rest()
    items = {item.name: item.count for item in seat.window.rail.findChildren(RailItem)}
    return items["filing"]


def test_the_administrator_says_what_is_required(world: World, sit: Seats) -> None:
    seat = sit("admin", "settings")
    for _round in range(2):
        seat.rest()
    card = seat.page.required.cards[StepKind.NOTICE]
    assert not card.isChecked()
    card.click()
    for _round in range(2):
        seat.rest()
    rules = world.ask("admin", filing_rules)
    assert [row.name.value for row in rules.path if row.by_center] == ["notice"]
    other = sit("wang", "settings")
    other.rest()
    other.rest()
    shown = other.page.required.cards[StepKind.NOTICE]
    assert shown.isChecked()
    assert not shown.isEnabled()


# The documents of a step


def kept(world: World, accepted: Accepted, text: str = "1", kind: str = "收入证明") -> int:
    form = AddForm(file=scan(text=text), household_id=accepted.household_id, kind=kind)
    return world.do("wang", add_document, form)


def test_documents_of_the_household_are_named_and_new_ones_come_in_there(
    world: World, sit: Seats
) -> None:
    accepted = world.accept()
    first = kept(world, accepted)
    seat = steps(sit, "wang", accepted)
    picker = seat.page.steps.documents
    assert picker.isHidden(), "no form asks for any"
    press(seat, "begin_visit")
    assert [title for _icon, title, _note in picker.list.texts()] == ["收入证明"]
    assert not picker.list.checked()
    drop(picker, picture("PNG", text="调查表"))
    for _round in range(3):
        seat.rest()
    assert [entry.title for entry in picker.list.checked()] == ["入户调查表"]
    picker.list.view.setFocus()
    picker.list.select(0)
    click_key(picker.list.view, Qt.Key.Key_Space)
    fill(seat, "second_investigator", "于社区")
    choose(seat, "result", "与申报一致")
    press(seat, "act_step")
    row = newest(world, accepted)
    assert row.state is StepState.DONE
    assert row.documents[0] == first
    assert len(row.documents) == 2


def test_what_is_checked_stays_while_the_page_is_refreshed(world: World, sit: Seats) -> None:
    accepted = world.accept()
    first = kept(world, accepted)
    seat = steps(sit, "wang", accepted)
    press(seat, "begin_cross_check")
    picker = seat.page.steps.documents
    click_key(picker.list.view, Qt.Key.Key_Space)
    assert picker.chosen() == (first,)
    kept(world, accepted, "2")
    seat.page.reload()
    picker.refresh()
    for _round in range(3):
        seat.rest()
    assert picker.chosen() == (first,)
    assert len(picker.list.rows()) == 2
    assert len(picker.list.checked()) == 1


def test_what_was_copied_is_pasted_into_the_step(world: World, sit: Seats) -> None:
    accepted = world.accept()
    kept(world, accepted)
    seat = steps(sit, "wang", accepted)
    press(seat, "begin_cross_check")
    picker = seat.page.steps.documents
    board = QGuiApplication.clipboard()
    board.setImage(QImage.fromData(picture("PNG", text="授权")))
    picker.list.view.setFocus()
    click_key(picker.list.view, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    for _round in range(3):
        seat.rest()
    board.clear()
    assert [entry.title for entry in picker.list.checked()] == ["核对授权书"]


def test_who_decides_looks_at_what_was_named(world: World, sit: Seats) -> None:
    accepted = world.file()
    first = kept(world, accepted, kind="年审表")
    kept(world, accepted, "2")
    review(world, accepted, documents=(first,))
    seat = steps(sit, "zhao", accepted)
    picker = seat.page.steps.documents
    assert picker.isVisible()
    assert [entry.title for entry in picker.list.rows()] == ["年审表"]
    assert not picker.acceptDrops()
    click_key(picker.list.view, Qt.Key.Key_Return)
    for _round in range(3):
        seat.rest()
    pane = seat.page.documents.pane
    assert pane.isVisible()
    assert pane.view.key() == first


def test_a_review_that_was_sent_back_has_its_documents_still(world: World, sit: Seats) -> None:
    accepted = world.file()
    first = kept(world, accepted, kind="年审表")
    review(world, accepted, documents=(first,))
    decide(world, accepted, StepDecision.SEND_BACK, "请补充")
    seat = steps(sit, "wang", accepted)
    assert seat.page.steps.documents.chosen() == (first,)
    assert not seat.page.steps.documents.dirty()


def test_an_objection_and_the_end_of_its_notice_name_documents(world: World, sit: Seats) -> None:
    accepted = world.accept()
    post(world, accepted)
    letter = kept(world, accepted, kind="公示材料")
    seat = steps(sit, "wang", accepted)
    caught(seat)
    seat.asking.reason_given = "有人说他家有车"
    press(seat, "act_note_objection")
    click_key(seat.page.steps.documents.list.view, Qt.Key.Key_Space)
    fill(seat, "answer", "经查没有")
    press(seat, "act_step")
    assert newest(world, accepted).documents == (letter,)
    assert button(seat, "act_step").words() == "取下并出具公示结果"
    assert seat.page.steps.documents.chosen() == (letter,)
