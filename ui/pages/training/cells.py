"""How courses, seats and vouchers read in lists."""

from typing import Final

from app.core.i18n import _
from app.core.words.placements import CourseState, EnrolmentState, VoucherState
from app.placements.training_records import CourseRow, EnrolmentRow, VoucherRow
from ui.kit.cells import UNKNOWN, Cell, joined

COURSES: Final = {
    CourseState.OPEN: ("circle-dot", "accent"),
    CourseState.ENDED: ("circle-check", "ok"),
    CourseState.CANCELLED: ("ban", ""),
}
ENROLMENTS: Final = {
    EnrolmentState.ENROLLED: ("circle-dot", "accent"),
    EnrolmentState.COMPLETED: ("circle-check", "ok"),
    EnrolmentState.NOT_COMPLETED: ("circle-x", "wait"),
    EnrolmentState.WITHDRAWN: ("undo-2", ""),
}
VOUCHERS: Final = {
    VoucherState.ISSUED: ("circle-dot", "accent"),
    VoucherState.USED: ("circle-check", "ok"),
    VoucherState.VOID: ("ban", ""),
}


# Courses


def course_standing(row: CourseRow) -> tuple[str, str, str]:
    """Return where a course stands: word, icon and tone."""
    if row.over:
        return _("To be ended"), "clock", "wait"
    return row.state.label, *COURSES[row.state]


def course_cell(row: CourseRow) -> Cell:
    """Return what is taught, and by whom."""
    open_ = row.state is CourseState.OPEN
    tone = "text_soft" if row.state is CourseState.CANCELLED else ""
    return Cell(row.name, joined(row.school, row.number), bold=open_, tone=tone)


def days_cell(row: CourseRow) -> Cell:
    """Return from when to when it runs."""
    hours = _("{count} class hours").format(count=row.hours)
    return Cell(row.starts_on.isoformat(), joined(_("until {day}").format(day=row.ends_on), hours))


def seats_cell(row: CourseRow) -> Cell:
    """Return how many seats are taken of how many; a course that is full asks to look."""
    full = row.state is CourseState.OPEN and not row.free_seats
    second = _("full") if full else ""
    return Cell(f"{row.taken} / {row.seats}", second, second_tone="wait" if full else "")


def course_state_cell(row: CourseRow) -> Cell:
    """Return where a course stands, and what is still to be entered."""
    words, icon, tone = course_standing(row)
    if row.over and row.open_results:
        second = _("{count} results missing").format(count=row.open_results)
        return Cell(words, second, icon=icon, tone=tone, second_tone="wait")
    completed = _("{count} completed").format(count=row.completed) if row.completed else ""
    return Cell(words, completed, icon=icon, tone=tone)


# Seats


def person_cell(row: EnrolmentRow) -> Cell:
    """Return who has the seat."""
    return Cell(row.name, row.seeker_number, bold=row.state is EnrolmentState.ENROLLED)


def paid_cell(row: EnrolmentRow) -> Cell:
    """Return since when, and by which voucher."""
    return Cell(row.enrolled_on.isoformat(), row.voucher or _("without voucher"))


def result_cell(row: EnrolmentRow) -> Cell:
    """Return what came of a seat."""
    icon, tone = ENROLMENTS[row.state]
    day = row.completed_on.isoformat() if row.completed_on else ""
    return Cell(row.state.label, day or row.note, icon=icon, tone=tone)


def certificate_cell(row: EnrolmentRow) -> Cell:
    """Return the certificate, and whether work followed."""
    placed = _("at work since {day}").format(day=row.placed_on) if row.placed_on else ""
    if row.state is not EnrolmentState.COMPLETED:
        return Cell("")
    if not row.certificate:
        return Cell(_("no certificate"), placed, tone="text_soft", second_tone="ok")
    return Cell(row.certificate, placed, icon="badge-check", second_tone="ok")


# Vouchers


def voucher_standing(row: VoucherRow) -> tuple[str, str, str]:
    """Return where a voucher stands: word, icon and tone."""
    if row.expired:
        return _("Run out"), "clock", "wait"
    return row.state.label, *VOUCHERS[row.state]


def holder_cell(row: VoucherRow) -> Cell:
    """Return whose voucher it is."""
    live = row.state is VoucherState.ISSUED and not row.expired
    return Cell(row.name, row.number, bold=live)


def valid_cell(row: VoucherRow) -> Cell:
    """Return from when to when it is good."""
    return Cell(row.issued_on.isoformat(), _("until {day}").format(day=row.valid_until))


def voucher_state_cell(row: VoucherRow) -> Cell:
    """Return where a voucher stands, and for which course it was used."""
    words, icon, tone = voucher_standing(row)
    return Cell(words, row.course or row.reason, icon=icon, tone=tone)


def or_dash(words: str) -> str:
    """Return words, or the sign of what was not told."""
    return words or UNKNOWN.text
