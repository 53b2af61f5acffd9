"""How a filing step reads: its light, its state, and what its report tells."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from app.core.i18n import _
from app.core.record import spec
from app.core.words import Answer
from app.core.words.filing import IN_THE_WAY, RESULTS, StepKind, StepState
from app.filing.policy import NoticeUnit
from app.filing.records import FileRow, StepRow
from app.filing.reports import (
    SIX_CLEAR,
    CheckReport,
    ExitReport,
    NoticeReport,
    Objection,
    ReturnReport,
    ReviewReport,
    Sampled,
    VisitReport,
)
from app.filing.rules import last_day
from ui.kit.cells import Cell

ICONS: Final = {
    StepKind.VISIT: "users-round",
    StepKind.CROSS_CHECK: "scale",
    StepKind.NOTICE: "scroll-text",
    StepKind.REVIEW: "calendar-clock",
    StepKind.EXIT: "log-out",
    StepKind.RETURN: "undo-2",
}
LOOKS: Final = {
    StepState.OPEN: ("circle-dot", "accent"),
    StepState.REPORTED: ("stamp", "wait"),
    StepState.DONE: ("circle-check", "ok"),
    StepState.VOID: ("ban", ""),
}
SOON: Final = 2
"""Working days before the end from which a light is amber."""

Told = Iterator[tuple[str, str]]
"""What a report tells, line by line: a label and the words."""


def kind_cell(row: StepRow) -> Cell:
    """Return what a step is."""
    return Cell(row.kind.label, icon=ICONS[row.kind])


def state_words(row: StepRow) -> tuple[str, str, str]:
    """Return where a step stands or what came of it: words, icon, tone."""
    icon, tone = LOOKS[row.state]
    if row.state is StepState.OPEN and row.kind is StepKind.NOTICE:
        return _("Posted"), "scroll-text", "accent"
    if row.state is not StepState.DONE:
        return row.state.label, icon, tone
    result = RESULTS[row.kind](row.result)
    against = result in IN_THE_WAY
    return result.label, "circle-x" if against else icon, "bad" if against else tone


def state_cell(row: StepRow) -> Cell:
    """Return where a step stands or what came of it."""
    words, icon, tone = state_words(row)
    return Cell(words, second=row.reason, icon=icon, tone=tone)


def due_cell(row: StepRow) -> Cell:
    """Return how long a step has, with its light; of a notice, how long it still stands."""
    if row.days_left is None or row.due_on is None:
        return Cell("—", tone="text_faint")
    day = row.due_on.isoformat()
    if row.due_provisional:
        day = _("{day} (provisional)").format(day=day)
    if row.kind is StepKind.NOTICE and row.days_left < 0:
        return Cell(_("To take down"), day, "clock", "wait")
    words, icon, tone = _light(row.days_left)
    return Cell(words, day, icon, tone)


def file_due_cell(row: FileRow) -> Cell:
    """Return when the review of a file is due."""
    if row.days_left is None or row.due_on is None:
        return Cell("—", tone="text_faint")
    words, icon, tone = _light(row.days_left)
    return Cell(words, row.due_on.isoformat(), icon, tone)


def _light(days: int) -> tuple[str, str, str]:
    if days < 0:
        return _("{days} days overdue").format(days=-days), "circle-x", "bad"
    if days == 0:
        return _("Today"), "clock", "wait"
    if days == 1:
        return _("1 day left"), "clock", "wait"
    tone = "wait" if days <= SOON else ""
    words = _("{days} days left").format(days=days)
    return words, "clock" if tone else "calendar-clock", tone


def stands_until(length: int, unit: NoticeUnit, posted_on: object) -> str:
    """Say until when a notice of this length stands; nothing while its first day is not known."""
    if not isinstance(posted_on, date):
        return ""
    end = last_day(length, unit, posted_on)
    day = end.day.isoformat()
    if end.provisional:
        day = _("{day} (provisional)").format(day=day)
    return _("Stands until {day}").format(day=day)


def who_cell(row: StepRow) -> Cell:
    """Return who did the last thing with a step, and when."""
    who = row.done_by or row.reported_by or row.opened_by
    at = row.done_at or row.reported_at or row.opened_at
    return Cell(who, f"{at.astimezone():%Y-%m-%d}")


def about_cell(row: StepRow) -> Cell:
    """Return what one would ask about a step first."""
    first = next(told(row), None)
    return Cell(first[1] if first else "", tone="text_soft")


def told(row: StepRow) -> Told:
    """Yield what the report of a step tells."""
    match row.report:
        case VisitReport() as report:
            yield from _visit(report)
        case CheckReport() as report:
            yield _label(CheckReport, "asked"), _(", ").join(report.asked)
            yield _label(CheckReport, "authorised_on"), report.authorised_on.isoformat()
            yield _label(CheckReport, "answered_on"), report.answered_on.isoformat()
            yield _label(CheckReport, "answers"), report.answers
            yield _label(CheckReport, "differences"), report.differences
        case NoticeReport() as report:
            yield from _notice(report)
        case ReviewReport() as report:
            yield _label(ReviewReport, "outcome"), report.outcome.label
            yield _label(ReviewReport, "assessed"), report.assessed
            yield _label(ReviewReport, "category_before"), report.category_before
            yield _label(ReviewReport, "changes"), report.changes
            yield _label(ReviewReport, "opinion"), report.opinion
            yield _label(ReviewReport, "assessment_number"), report.assessment_number
            yield _("Reviewed"), f"{report.reviewed_on.isoformat()}　{report.way.label}"
            if report.sampled:
                yield _("Sample"), drawn_words(report.sampled)
        case Sampled() as drawn:
            yield _("Sample"), drawn_words(drawn)
        case ExitReport() as report:
            yield _label(ExitReport, "reason"), f"{report.outcome.label}　{report.title}"
            yield _label(ExitReport, "test"), report.test
            yield _label(ExitReport, "shown"), report.shown
            if report.months is not None:
                yield _label(ExitReport, "months"), str(report.months)
            yield _label(ExitReport, "effective_on"), report.effective_on.isoformat()
        case ReturnReport() as report:
            yield _label(ReturnReport, "cause"), report.cause
            yield _label(ReturnReport, "category"), report.category
            yield _label(ReturnReport, "returned_on"), report.returned_on.isoformat()
            yield _label(ReturnReport, "assessment_number"), report.assessment_number
        case None:
            return


def _visit(report: VisitReport) -> Told:
    people = filter(None, (report.investigator, report.second_investigator))
    yield _("Visited"), f"{report.visited_on.isoformat()}　{_(', ').join(people)}"
    yield _label(VisitReport, "spoken_with"), report.spoken_with
    answers = {name: getattr(report, name) for name in SIX_CLEAR}
    unclear = [_label(VisitReport, name) for name, said in answers.items() if said is Answer.NO]
    unasked = [_label(VisitReport, name) for name, said in answers.items() if said.known is None]
    if not unclear and not unasked:
        yield _("Six things"), _("All are clear")
    if unclear:
        yield _("Not clear"), _(", ").join(unclear)
    if unasked:
        yield _("Not asked"), _(", ").join(unasked)
    yield _label(VisitReport, "found"), report.found


def _notice(report: NoticeReport) -> Told:
    yield _label(NoticeReport, "place"), report.place
    days = _("{first} to {last}").format(first=report.posted_on, last=report.ends_on)
    yield (
        _("Period"),
        _("{days} (provisional)").format(days=days) if (report.ends_provisional) else days,
    )
    yield _label(NoticeReport, "category"), report.category
    if report.taken_down_on:
        yield (
            _label(NoticeReport, "taken_down_on"),
            _("{day}, {name}").format(day=report.taken_down_on, name=report.taken_down_by),
        )
    for objection in report.objections:
        yield _label(Objection, "says"), f"{objection.received_on.isoformat()}　{objection.says}"
        answer = objection.answer or _("Not answered yet")
        yield _label(Objection, "answer"), answer


def drawn_words(drawn: Sampled) -> str:
    """Say for which year a file was drawn, and among how many."""
    says = _("Drawn for the check of {year}: {drawn} of {of} files")
    return says.format(year=drawn.year, drawn=drawn.drawn, of=drawn.of)


def _label(record: type, name: str) -> str:
    return _(spec(record, name).kind.label)
