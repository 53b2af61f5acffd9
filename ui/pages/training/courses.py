"""Courses: the list, and the seats of the one that is chosen."""

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.i18n import _
from app.core.words.placements import CourseState, EnrolmentState
from app.placements.training import (
    change_course,
    end_course,
    enrol,
    open_course,
    tell_enrolment,
)
from app.placements.training_queries import course_rows, course_view
from app.placements.training_records import (
    CourseById,
    CourseQuery,
    CourseRow,
    CourseView,
    EnrolmentRow,
)
from ui.kit.ask_pane import Act
from ui.kit.asking_page import Offers
from ui.kit.cards import EmptyState
from ui.kit.cells import Column, joined
from ui.kit.choice_editors import ComboBox
from ui.kit.detail import DetailCard, Line
from ui.kit.labels import Label
from ui.kit.notices import BudgetBar
from ui.kit.table import RecordTable
from ui.kit.worklist import LIMIT, FilterLine, Worklist, listed
from ui.pages.training.cells import (
    certificate_cell,
    course_cell,
    course_standing,
    course_state_cell,
    days_cell,
    paid_cell,
    person_cell,
    result_cell,
    seats_cell,
)
from ui.pages.training.course_acts import CourseActs

if TYPE_CHECKING:
    from ui.pages.training.page import TrainingPage

ALL: Final = "all"


class CourseDetail(DetailCard):
    """The course that is chosen: its seats as a bar, and who has them."""

    def __init__(self) -> None:
        self.view: CourseView | None = None
        self.seats = _seats_table()
        self._bar, self._says = BudgetBar(), Label(role="small")
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        bar = QVBoxLayout()
        bar.setContentsMargins(16, 10, 16, 6)
        bar.setSpacing(4)
        bar.addWidget(self._bar)
        bar.addWidget(self._says)
        column.addLayout(bar)
        column.addWidget(self.seats, 1)
        super().__init__("course", _("Choose a course"), {"seats": (_("Seats"), holder)})

    def show_view(self, view: CourseView | None) -> None:
        """Show another course, or none."""
        self.view = view
        if view is None:
            self.show_none()
            return
        row = view.row
        self.show_head(row.name, course_standing(row), list(_lines(view)))
        self._bar.show_budget(row.seats, row.taken, 0)
        says = _("{taken} of {seats} seats taken, {free} free")
        words = says.format(taken=row.taken, seats=row.seats, free=row.free_seats)
        self._bar.setAccessibleName(words)
        self._says.setText(words)
        self.seats.show_rows(view.enrolments)
        says = _("{count} enrolments").format(count=len(view.enrolments))
        self.seats.set_foot(says, [("Enter", _("Result"))])


class Courses(Worklist["TrainingPage"]):
    """Training courses. F9 enrols, or enters what came of it once the course is over."""

    key = "courses"

    def __init__(self, page: "TrainingPage") -> None:
        super().__init__(page)
        self.text = FilterLine("course_filter", _("Course, school or number"), self.refresh)
        self.standing = ComboBox()
        self.standing.setObjectName("course_standing")
        self.standing.setAccessibleName(_("State"))
        self.standing.setMinimumContentsLength(6)
        self.standing.addItem(_("All"), ALL)
        for state in CourseState:
            self.standing.addItem(state.label, state.value)
        self.standing.activated.connect(self.refresh)
        self.table: RecordTable[CourseRow] = RecordTable(
            CourseRow,
            [
                Column("name", cell=course_cell, stretch=True),
                Column("starts_on", _("Dates"), 176, days_cell),
                Column("taken", _("Seats"), 76, seats_cell, right=True),
                Column("state", width=128, cell=course_state_cell),
            ],
            name="table_courses",
            two_lines=True,
            empty=EmptyState(_("No course here"), _("Enter one with Alt+N.")),
        )
        self.left = listed(self.table, self.text, self.standing)
        self.thing = self.detail = CourseDetail()
        self.view: CourseView | None = None

    def connect(self) -> None:
        """Follow list and detail."""
        super().connect()
        self.acts = CourseActs(self.page)
        self.detail.seats.picked.connect(self._pick_seat)
        self.detail.seats.opened.connect(self._ask_result)

    def _pick_seat(self, _row: object) -> None:
        self.page.banners.clear()  # what was said of the one before, such as whom to call
        self.page.tell()

    # Asking

    def refresh(self, _what: object = None) -> None:
        """Ask for the list."""
        if self.wanted is not None:
            self.text.clear()
        text, standing = self.text.asked(), self.standing.currentData()
        narrowed = standing != ALL and not text
        states = (CourseState(standing),) if narrowed else ()
        asked = CourseQuery(text=text, states=states, limit=LIMIT)
        self.desk.ask(course_rows, asked, then=self._show_rows, latest=self.table)

    def _show_rows(self, rows: list[CourseRow]) -> None:
        if self.elsewhere(rows) and self.standing.currentData() != ALL:
            self.standing.setCurrentIndex(self.standing.findData(ALL))
            self.refresh()
            return
        missing = self.wanted if self.elsewhere(rows) else None
        self.show_list(rows, _("{count} courses").format(count=f"{len(rows):,}"))
        self.page.show_over(sum(row.over for row in rows))
        if missing is not None:
            self._ask_view(missing)

    def keys(self) -> list[tuple[str, str]]:
        """Return the keys of the list."""
        return [("Enter", _("Open"))]

    def pick(self, row: CourseRow | None) -> None:
        """Show the course that is marked."""
        if row is None:
            self._show(None)
        else:
            self._ask_view(row.id)

    def _ask_view(self, course_id: int) -> None:
        self.desk.ask(course_view, CourseById(id=course_id), then=self._show, latest=self.detail)

    def _show(self, view: CourseView | None) -> None:
        self.view = view
        self.detail.show_view(view)
        self.page.tell()

    # What is offered

    def offers(self) -> Offers:
        """Return what can be done with the course, and with the seat that is marked."""
        reason, view = self.desk.reason, self.view
        new = Act(_("New course"), self.acts.ask_new, reason(open_course))
        if view is None:
            return Offers(new=new)
        seat = self.detail.seats.current()
        beside: list[Act] = []
        first = self._first(view)
        if not (view.row.over and view.row.open_results):
            beside.append(self._result(seat))
        if view.row.state is CourseState.OPEN:
            change = partial(self.acts.ask_change, view)
            beside.append(
                Act(_("Change the course"), change, reason(change_course), "pencil", "Alt+B")
            )
        more = self.acts.more(view, seat)
        return Offers(first, new, beside, more, self._says(view, seat))

    def _first(self, view: CourseView) -> Act | None:
        """Return what comes next: a seat, the results, the end."""
        row, reason = view.row, self.desk.reason
        if row.state is not CourseState.OPEN:
            return None
        if not row.over:
            full = "" if row.free_seats else _("Every seat is taken")
            ask = partial(self.acts.ask_enrolment, view)
            return Act(_("Enrol…"), ask, full or reason(enrol), "user-round-plus", "F9")
        if row.open_results:
            return self._result(self.detail.seats.current(), "F9")
        end = partial(self.acts.end, view)
        return Act(_("End the course"), end, reason(end_course), "circle-check", "F9")

    def _result(self, seat: EnrolmentRow | None, key: str = "Alt+G") -> Act:
        closed = "" if seat else _("Choose somebody who is enrolled")
        if seat is not None and seat.state is not EnrolmentState.ENROLLED:
            closed = _("The result is entered already")
        why = closed or self.desk.reason(tell_enrolment)
        return Act(_("Result…"), self._ask_result, why, "pencil", key)

    def _ask_result(self, _row: object = None) -> None:
        seat = self.detail.seats.current()
        if seat is not None and not self._result(seat).reason:
            self.acts.ask_result(seat)

    def _says(self, view: CourseView, seat: EnrolmentRow | None) -> tuple[str, str, str]:
        row = view.row
        if row.over:
            missing = _("{count} results missing").format(count=row.open_results)
            says = _("The course is over")
            return says, missing if row.open_results else "", "wait"
        return row.name, joined(seat.name, seat.state.label) if seat else "", ""


def _lines(view: CourseView) -> Iterator[Line]:
    row = view.row
    days = _("{first} to {last}").format(first=row.starts_on, last=row.ends_on)
    hours = _("{count} class hours").format(count=row.hours)
    yield joined(row.number, row.occupation, days, hours)
    yield joined(row.school, row.place)
    if row.completed:
        says = _(
            "{count} completed, {certified} certified, {placed} at work within {months} months"
        )
        yield says.format(
            count=row.completed,
            certified=row.certified,
            placed=row.placed,
            months=view.placed_months,
        )
    if row.state is CourseState.CANCELLED:
        yield _("Cancelled: {reason}").format(reason=view.ended_reason)
    if view.course.note:
        yield view.course.note


def _seats_table() -> RecordTable[EnrolmentRow]:
    return RecordTable(
        EnrolmentRow,
        [
            Column("name", cell=person_cell, stretch=True),
            Column("enrolled_on", width=124, cell=paid_cell),
            Column("state", width=130, cell=result_cell),
            Column("certificate", _("Certificate"), 150, certificate_cell),
        ],
        name="table_seats",
        two_lines=True,
        flat=True,
        sortable=False,
        empty=EmptyState(_("Nobody is enrolled yet"), _("Enrol somebody with F9.")),
    )
