"""What is done with courses and their seats: entered, enrolled, results, ended, cancelled."""

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QCheckBox, QWidget

from app.core.i18n import _
from app.core.record import Field
from app.core.words.placements import CourseState, EnrolmentState, VoucherState
from app.placements.training import (
    cancel_course,
    change_course,
    end_course,
    enrol,
    open_course,
    reopen_course,
    take_back_training_result,
    tell_enrolment,
)
from app.placements.training_queries import voucher_rows
from app.placements.training_records import (
    CourseCancelForm,
    CourseChangeForm,
    CourseForm,
    CourseStep,
    CourseView,
    EnrolForm,
    EnrolmentBackForm,
    EnrolmentResultForm,
    EnrolmentRow,
    VoucherQuery,
    VoucherRow,
)
from ui.job_pickers import SeekerPicker
from ui.kit.ask_pane import Act
from ui.kit.choice_editors import ChoiceEditor
from ui.kit.editing import Context
from ui.kit.form import FormView
from ui.kit.layout import column
from ui.phones import phones_act

if TYPE_CHECKING:
    from ui.pages.training.page import TrainingPage

SPANS: Final = {
    **{"name": 7, "occupation": 5, "school": 7, "place": 5},
    **{"starts_on": 3, "ends_on": 3, "hours": 3, "seats": 3, "note": 12},
}
RESULTS: Final = (
    EnrolmentState.COMPLETED,
    EnrolmentState.NOT_COMPLETED,
    EnrolmentState.WITHDRAWN,
)
HAS_RESULT: Final = (EnrolmentState.COMPLETED, EnrolmentState.NOT_COMPLETED)


class CourseActs:
    """The acts on courses and seats."""

    def __init__(self, page: "TrainingPage") -> None:
        self._page, self._desk = page, page.desk

    def more(self, view: CourseView, seat: EnrolmentRow | None) -> list[Act]:
        """Return what is done now and then."""
        row, reason = view.row, self._desk.reason
        acts: list[Act] = []
        if seat is not None:
            words = _("Open the registration of {name}").format(name=seat.name)
            see = partial(self._page.go.emit, "jobs", seat.job_seeker_id)
            acts.append(Act(words, see, icon="briefcase-business"))
            acts += phones_act(self._page, seat.job_seeker_id, None)
        if seat is not None and seat.state in HAS_RESULT:
            back = partial(self._take_back, seat)
            words = _("Take back the result of {name}…").format(name=seat.name)
            acts.append(Act(words, back, reason(take_back_training_result), "undo-2"))
        if row.state is CourseState.OPEN:
            cancel = partial(self._cancel, view)
            acts.append(Act(_("End the course"), partial(self.end, view), reason(end_course)))
            acts.append(Act(_("Cancel the course…"), cancel, reason(cancel_course), "ban"))
        if row.state is CourseState.ENDED:
            again = partial(self._reopen, view)
            acts.append(Act(_("Open it again"), again, reason(reopen_course), "undo-2"))
        return acts

    # Courses

    def ask_new(self) -> None:
        """Ask for a new course."""
        form = self._form()

        def send(record: CourseForm) -> None:
            says = _("Course entered: {name}").format(name=record.name)
            self._page.do(open_course, record, says, self._page.see_course)

        self._page.ask_for(_("New course"), form, _("Enter the course"), send)

    def ask_change(self, view: CourseView) -> None:
        """Ask what a course should say."""
        row = view.row
        form = self._form()
        form.set_record(view.course)

        def send(record: CourseForm) -> None:
            change = CourseChangeForm(id=row.id, version=row.version, course=record)
            self._page.do(change_course, change, _("Course changed"))

        self._page.ask_for(
            _("Change {name}").format(name=row.name), form, _("Change the course"), send
        )

    def _form(self) -> FormView[CourseForm]:
        return FormView(
            CourseForm,
            list(SPANS),
            spans=SPANS,
            context=Context(today=self._desk.today),
            name="course_form",
        )

    def end(self, view: CourseView) -> None:
        """End a course."""
        step = CourseStep(id=view.row.id, version=view.row.version)
        self._page.do(end_course, step, _("Course ended"))

    def _reopen(self, view: CourseView) -> None:
        step = CourseStep(id=view.row.id, version=view.row.version)
        self._page.do(reopen_course, step, _("Opened again"))

    def _cancel(self, view: CourseView) -> None:
        row = view.row

        def send(reason: str) -> None:
            form = CourseCancelForm(id=row.id, version=row.version, reason=reason)
            self._page.do(cancel_course, form, _("Course cancelled"))

        self._desk.asking.reason(
            self._page,
            _("Cancel the course {name}?").format(name=row.name),
            _("Its seats are given up and vouchers are good again."),
            _("Cancel the course"),
            send,
            danger=True,
        )

    # Seats

    def ask_enrolment(self, view: CourseView) -> None:
        """Ask who gets a seat; a voucher the person holds pays it unless told otherwise."""
        row = view.row
        picker = SeekerPicker(self._desk)
        paid = QCheckBox()
        paid.setObjectName("paid_by_voucher")
        paid.hide()
        live: list[VoucherRow] = []
        form = FormView(
            EnrolForm,
            ("enrolled_on", "note"),
            spans={"enrolled_on": 4, "note": 12},
            fixed={"course_id": row.id, "job_seeker_id": 0},
            context=Context(today=self._desk.today),
            name="enrol_form",
        )
        form.set_value("enrolled_on", self._desk.today())

        def known(found: list[VoucherRow]) -> None:
            if self._page.pane.form is form:
                live[:] = [each for each in found if not each.expired]
                paid.setVisible(bool(live))
                paid.setChecked(bool(live))
                says = _("Paid by the voucher {number}, good until {day}")
                if live:
                    paid.setText(says.format(number=live[0].number, day=live[0].valid_until))

        def look() -> None:
            live.clear()
            paid.hide()
            if (who := picker.table.current()) is not None:
                asked = VoucherQuery(states=(VoucherState.ISSUED,), job_seeker_id=who.id)
                self._desk.ask(voucher_rows, asked, then=known, latest=picker)

        def send(record: EnrolForm) -> None:
            if (who := picker.chosen()) is not None:
                voucher = live[0].id if live and paid.isChecked() else None
                seat = replace(record, job_seeker_id=who.id, training_voucher_id=voucher)
                self._page.do(enrol, seat, _("{name} is enrolled").format(name=who.name))

        picker.picked.connect(look)
        says = _("{free} of {seats} seats are free")
        self._page.ask_for(
            _("Enrol in {name}").format(name=row.name),
            form,
            _("Enrol"),
            send,
            says=says.format(free=row.free_seats, seats=row.seats),
            above=_with(picker, paid),
        )

    def ask_result(self, seat: EnrolmentRow) -> None:
        """Ask what came of a seat; of who completed it the day and the certificate."""

        def results(field: Field) -> ChoiceEditor:
            return ChoiceEditor(field, [(word, word.label) for word in RESULTS])

        form = FormView(
            EnrolmentResultForm,
            ("state", "completed_on", "certificate", "note"),
            spans={"state": 6, "completed_on": 6, "certificate": 12, "note": 12},
            editors={"state": results},
            fixed={"id": seat.id, "version": seat.version},
            context=Context(today=self._desk.today),
            name="enrolment_result_form",
        )

        def fit() -> None:
            completed = form.value("state") == EnrolmentState.COMPLETED
            for name in ("completed_on", "certificate"):
                form.boxes[name].setVisible(completed)

        def send(record: EnrolmentResultForm) -> None:
            if record.state is not EnrolmentState.COMPLETED:
                record = replace(record, completed_on=None, certificate="")
            says = _("Result of {name} entered").format(name=seat.name)
            self._page.do(tell_enrolment, record, says)

        form.edited.connect(fit)
        fit()
        title = _("Result of {name}, {course}").format(name=seat.name, course=seat.course)
        self._page.ask_for(title, form, _("Enter the result"), send)

    def _take_back(self, seat: EnrolmentRow) -> None:

        def send(reason: str) -> None:
            form = EnrolmentBackForm(id=seat.id, version=seat.version, reason=reason)
            self._page.do(take_back_training_result, form, _("Result taken back"))

        self._desk.asking.reason(
            self._page,
            _("Take back the result of {name}?").format(name=seat.name),
            _("The seat waits for its result again."),
            _("Take back"),
            send,
        )


def _with(picker: SeekerPicker, paid: QCheckBox) -> QWidget:
    """Return who gets the seat and what pays it; the focus begins with who."""
    holder = column(picker, paid, spacing=4)
    holder.setFocusProxy(picker)
    return holder
