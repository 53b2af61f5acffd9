"""The page of training: courses with their seats and results, vouchers with their paper."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QLineEdit, QWidget

from app.core.words.papers import PaperKind
from app.core.words.placements import CourseState, EnrolmentState, VoucherState
from app.papers.queries import paper_rows
from app.papers.records import PaperQuery
from app.placements.training_queries import course_rows, enrolment_rows, voucher_rows
from app.placements.training_records import (
    CourseQuery,
    CourseRow,
    EnrolmentQuery,
    EnrolmentRow,
    VoucherQuery,
    VoucherRow,
)
from tests.hiring import JobDesk
from tests.ui.conftest import check_fits, click_key
from tests.ui.desks import Seat, Seats
from tests.world import World
from ui import theme
from ui.kit.buttons import Button
from ui.pages.training import TrainingPage
from ui.pages.training.vouchers import Vouchers

Picture = Callable[[QWidget, str], object]


@pytest.fixture
def desk(world: World) -> JobDesk:
    return JobDesk(world)


def button(seat: Seat[TrainingPage], name: str) -> Button:
    found = seat.page.findChild(Button, name)
    assert found is not None
    return found


def press(seat: Seat[TrainingPage], name: str) -> None:
    button(seat, name).click()
    seat.rest()


def key(seat: Seat[TrainingPage], name: str) -> None:
    assert not seat.window.offers()[name].reason
    seat.window.press(name)
    seat.rest()


def fill(seat: Seat[TrainingPage], **values: object) -> None:
    """Fill the form in the pane."""
    form = seat.page.pane.form
    assert form is not None
    for name, value in values.items():
        form.set_value(name, value)
    form.edited.emit()
    seat.rest()


def pick(seat: Seat[TrainingPage], text: str) -> None:
    """Look for a job seeker in the form by keys alone."""
    line = seat.window.focusWidget()
    assert isinstance(line, QLineEdit)
    line.setText(text)
    click_key(line, Qt.Key.Key_Return)
    seat.rest()


def mark(seat: Seat[TrainingPage], name: str) -> None:
    """Mark the seat of a person."""

    def theirs(row: EnrolmentRow) -> bool:
        return row.name == name

    assert seat.page.courses.detail.seats.select_where(theirs)
    seat.rest()


def courses(world: World) -> list[CourseRow]:
    return world.ask("li", course_rows, CourseQuery())


def seats(world: World) -> list[EnrolmentRow]:
    return world.ask("li", enrolment_rows, EnrolmentQuery())


def vouchers(world: World) -> list[VoucherRow]:
    return world.ask("li", voucher_rows, VoucherQuery())


def choose(seat: Seat[TrainingPage], words: str) -> None:
    """Choose an entry of the menu of what is done now and then."""
    entry = next(each for each in seat.page.more().actions() if each.text() == words)
    assert entry.isEnabled()
    entry.trigger()
    seat.rest()


def test_a_course_is_entered_and_filled_by_nothing_but_the_page(
    world: World, desk: JobDesk, sit: Seats, picture: Picture
) -> None:
    desk.seeker(name="葛示例")
    desk.voucher(desk.seeker(name="袁示例"))
    today = world.clock.today()
    seat = sit("li", "training")
    picture(seat.window, "training_empty")
    press(seat, "act_new")
    fill(seat, name="中式烹调初级班", school="示例技工学校", hours=80, seats=2)
    fill(seat, starts_on=today, ends_on=today + timedelta(days=10))
    picture(seat.window, "course_new")
    press(seat, "act_send_form")
    (course,) = courses(world)
    assert (course.seats, course.taken) == (2, 0)
    key(seat, "F9")
    press(seat, "act_send_form")
    assert not seats(world), "nobody was picked"
    pick(seat, "葛")
    press(seat, "act_send_form")
    assert [row.voucher for row in seats(world)] == [""]
    key(seat, "F9")
    pick(seat, "袁")
    paid = seat.page.findChild(QCheckBox, "paid_by_voucher")
    assert paid is not None
    assert paid.isChecked()
    picture(seat.window, "course_enrol")
    press(seat, "act_send_form")
    (used,) = vouchers(world)
    assert used.state is VoucherState.USED
    assert button(seat, "act_first").reason == "名额已满"
    picture(seat.window, "course_full")


def test_a_full_course_and_a_second_seat_keep_what_was_typed(desk: JobDesk, sit: Seats) -> None:
    course = desk.course(seats=3)
    desk.enrolled(course, desk.seeker(name="葛示例"))
    seat = sit("li", "training", course)
    key(seat, "F9")
    fill(seat, note="自带工具")
    line = seat.page.findChild(QLineEdit, "pick_seeker")
    assert line is not None
    line.setFocus()
    pick(seat, "葛")
    press(seat, "act_send_form")
    form = seat.page.pane.form
    assert form is not None
    assert seat.page.asking_now()
    assert form.value("note") == "自带工具"
    assert seat.page.banners.says()


def test_results_end_a_course(world: World, desk: JobDesk, sit: Seats, picture: Picture) -> None:
    course = desk.course()
    desk.enrolled(course, desk.seeker(name="葛示例"))
    desk.enrolled(course, desk.seeker(name="袁示例"))
    desk.pass_to(desk.today + timedelta(days=12))
    seat = sit("li", "training", course)
    picture(seat.window, "course_over")
    mark(seat, "葛示例")
    key(seat, "F9")
    fill(seat, state=EnrolmentState.COMPLETED, completed_on=desk.today, certificate="示证 0088")
    picture(seat.window, "course_result")
    press(seat, "act_send_form")
    mark(seat, "袁示例")
    key(seat, "F9")
    fill(seat, state=EnrolmentState.NOT_COMPLETED)
    form = seat.page.pane.form
    assert form is not None
    assert form.boxes["certificate"].isHidden()
    press(seat, "act_send_form")
    assert form.boxes["note"].red(), "who did not complete it wants words"
    fill(seat, note="中途退出")
    press(seat, "act_send_form")
    key(seat, "F9")
    (row,) = courses(world)
    assert row.state is CourseState.ENDED
    assert (row.completed, row.certified) == (1, 1)
    picture(seat.window, "course_ended")
    mark(seat, "葛示例")
    seat.asking.reason_given = "证书编号录错"
    choose(seat, "撤回葛示例的结果…")
    states = {row.name: row.state for row in seats(world)}
    assert states["葛示例"] is EnrolmentState.ENROLLED


def test_a_course_is_changed_and_cancelled(world: World, desk: JobDesk, sit: Seats) -> None:
    course = desk.course()
    seat = sit("li", "training", course)
    press(seat, "act_beside_1")
    fill(seat, seats=30)
    press(seat, "act_send_form")
    assert courses(world)[0].seats == 30
    seat.asking.reason_given = "报名人数不足"
    choose(seat, "取消培训班…")
    assert courses(world)[0].state is CourseState.CANCELLED


def test_a_voucher_is_issued_printed_and_made_void(
    world: World, desk: JobDesk, sit: Seats, picture: Picture
) -> None:
    desk.seeker(name="葛示例")
    seat = sit("li", "training")
    seat.page.turn_to(Vouchers.key)
    seat.rest()
    press(seat, "act_new")
    pick(seat, "葛")
    picture(seat.window, "voucher_new")
    press(seat, "act_send_form")
    (voucher,) = vouchers(world)
    (paper,) = world.ask("li", paper_rows, PaperQuery())
    assert paper.kind is PaperKind.TRAINING_VOUCHER
    assert seat.window.page() is not seat.page
    again = sit("li", "training", (Vouchers.key, voucher.id))
    picture(again.window, "voucher")
    key(again, "F12")
    assert again.window.page() is not again.page
    again.window.back()
    again.rest()
    again.asking.reason_given = "发错人"
    press(again, "act_beside_0")
    assert vouchers(world)[0].state is VoucherState.VOID


def test_a_caseworker_looks_on(desk: JobDesk, sit: Seats) -> None:
    course = desk.course()
    seat = sit("wang", "training", course)
    assert button(seat, "act_new").reason
    assert button(seat, "act_first").reason


@pytest.mark.parametrize(
    ("scheme", "percent", "name"),
    [
        (theme.Scheme.LIGHT, 150, "150"),
        (theme.Scheme.DARK, 100, "dark"),
        (theme.Scheme.CONTRAST, 100, "contrast"),
    ],
)
def test_the_page_in_other_looks(
    desk: JobDesk,
    sit: Seats,
    picture: Picture,
    qapp: QApplication,
    scheme: theme.Scheme,
    percent: int,
    name: str,
) -> None:
    course = desk.course(seats=12)
    for who in ("葛示例", "袁示例", "邓示例"):
        desk.enrolled(course, desk.seeker(name=who))
    desk.voucher(desk.seeker(name="许示例"))
    theme.use(qapp, scheme, percent)
    seat = sit("li", "training")
    picture(seat.window, f"training_list_{name}")
    seat.page.see_course(course)
    seat.rest()
    picture(seat.window, f"training_{name}")
    key(seat, "F9")
    pick(seat, "许")
    picture(seat.window, f"training_enrol_{name}")
    check_fits(seat.window)
    seat.page.close_pane()
    seat.page.turn_to(Vouchers.key)
    seat.rest()
    picture(seat.window, f"vouchers_list_{name}")
    seat.page.enter()
    seat.rest()
    picture(seat.window, f"vouchers_{name}")
    check_fits(seat.window)
