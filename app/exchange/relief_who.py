"""Settles to whom past relief went: which file, which person, and whether it is known already."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from typing import Final, NamedTuple

from app.core.text import bare_name
from app.exchange.archive_records import Severity
from app.exchange.archive_report import Report
from app.exchange.registers import find_twice
from app.exchange.relief_document import KEYS
from app.exchange.relief_records import File, Paid, ReliefRow, Who


class Files(NamedTuple):
    """The files that numbers name."""

    by_number: Mapping[str, File]
    by_person: Mapping[str, tuple[str, File]]
    """By ID number: the name, and the file somebody is in."""


class Center(NamedTuple):
    """Asks the store who is on file and what is in the relief book already."""

    files: Callable[[Collection[str], Collection[str]], Files]
    """Takes file numbers and ID numbers."""
    paid: Callable[[Collection[Who], date, date], Mapping[Paid, str]]
    """Takes people, a first and a last day; gives their payments of these days, each with where it
    came from."""


def _no_files(_numbers: Collection[str], _people: Collection[str]) -> Files:
    return Files({}, {})


def _nothing_paid(_people: Collection[Who], _first: date, _last: date) -> Mapping[Paid, str]:
    return {}


NO_CENTER: Final = Center(_no_files, _nothing_paid)
"""An empty store."""


def settle(payments: Sequence[ReliefRow], reports: Mapping[str, Report], center: Center) -> None:
    """Settle the file and the person of every payment, and find what stands there twice.

    ``reports`` are those of the sheets.
    """
    numbers = {each.file_number for each in payments if each.file_number}
    files = center.files(numbers, {each.id_number for each in payments if each.id_number})
    spoilt = {
        (report.sheet, problem.row)
        for report in reports.values()
        for problem in report.problems
        if problem.field in KEYS and problem.severity is Severity.ERROR
    }
    for each in payments:
        if each.place not in spoilt:
            _settle(each, reports[each.sheet], files)
    days = [each.day for each in payments if each.day]
    if days:
        known = center.paid({each.who for each in payments}, min(days), max(days))
        find_twice(payments, reports, known, named="origin")


def _settle(payment: ReliefRow, report: Report, files: Files) -> None:
    number, person = payment.file_number, payment.id_number
    name, own = files.by_person.get(person, ("", None))
    if number:
        payment.file = files.by_number.get(number)
        if payment.file is None:
            report.add(
                "unknown_file", payment.row, "file_number", data={"value": number}, value=number
            )
        elif own and own.household_id != payment.file.household_id:
            report.add("file_disagrees", payment.row, "id_number", data={"file": own.number})
    elif person:
        payment.file = own
    else:
        report.add("no_number", payment.row, "name")
    if person:
        payment.who = Who(person)
        if name and payment.name and bare_name(name) != bare_name(payment.name):
            report.add("name_disagrees", payment.row, "name", value=payment.name)
        return
    payment.who = _by_name(payment, report)


def _by_name(payment: ReliefRow, report: Report) -> Who:
    """Return who of a file bears the name of a payment without an ID number."""
    file = payment.file
    if file is None:
        return Who("", payment.name)
    called = bare_name(payment.name)
    for name, id_number in file.people:
        if bare_name(name) == called:
            return Who(id_number) if id_number else Who("", payment.name, file.household_id)
    if payment.name:
        report.add("name_disagrees", payment.row, "name", value=payment.name)
    return Who("", payment.name, file.household_id)
