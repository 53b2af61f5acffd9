"""Commands ``report annual`` and ``report month``."""

import argparse
import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

from app.cli.arguments import add_json
from app.cli.files import write_file
from app.cli.output import DONE, give, say, table
from app.cli.stores import open_here
from app.core.i18n import _

if TYPE_CHECKING:
    from app.reports.records import Report

YEARS: Final = range(1949, 2101)


def report_parser(part: argparse.ArgumentParser) -> None:
    """Describe ``report``."""
    acts = part.add_subparsers(dest="act", required=True, metavar="ACT")
    annual = acts.add_parser("annual", help=_("tell a year"))
    annual.add_argument("--year", required=True, type=_year, metavar="Y", help=_("which year"))
    month = acts.add_parser("month", help=_("tell a month"))
    month.add_argument(
        "--month", required=True, type=_month, metavar="YYYY-MM", help=_("which month")
    )
    for each in (annual, month):
        each.add_argument(
            "--xlsx", type=Path, metavar="F", help=_("write it into this workbook too")
        )
        each.add_argument("--pdf", type=Path, metavar="F", help=_("write it into this PDF too"))
        add_json(each)


def _year(text: str) -> int:
    if not (re.fullmatch(r"\d{4}", text, re.ASCII) and int(text) in YEARS):
        says = _("“{text}” is no year; write it as 2012").format(text=text)
        raise argparse.ArgumentTypeError(says)
    return int(text)


def _month(text: str) -> tuple[int, int]:
    found = re.fullmatch(r"(\d{4})-(\d{2})", text, re.ASCII)
    if not (found and int(found[1]) in YEARS and 1 <= int(found[2]) <= 12):
        says = _("“{text}” is no month; write it as 2012-05").format(text=text)
        raise argparse.ArgumentTypeError(says)
    return int(found[1]), int(found[2])


def report(chosen: argparse.Namespace) -> int:
    """Tell a year or a month, as text or JSON, and as workbook or PDF: the same figures."""
    from app.reports.as_json import as_json  # noqa: PLC0415 - on first use
    from app.reports.dashboard import dashboard  # noqa: PLC0415 - loads the database library
    from app.reports.paper import report_paper  # noqa: PLC0415 - on first use
    from app.reports.queries import report as told  # noqa: PLC0415 - loads the database library
    from app.reports.records import of_month, of_year  # noqa: PLC0415 - on first use
    from app.reports.workbook import report_workbook  # noqa: PLC0415 - on first use

    asked = of_year(chosen.year) if chosen.act == "annual" else of_month(*chosen.month)
    office, actor = open_here(chosen)
    try:
        found = office.ask(actor, told, asked)
        charts = office.ask(actor, dashboard, asked) if chosen.pdf else ()
    finally:
        office.close()
    if chosen.xlsx:
        write_file(chosen.xlsx, report_workbook(found))
    if chosen.pdf:
        write_file(chosen.pdf, report_paper(found, charts))
    if chosen.json:
        give(as_json(found))
    else:
        _tell(found)
    return DONE


def _tell(found: "Report") -> None:
    from app.reports.telling import made, tables, title  # noqa: PLC0415 - on first use

    say(f"{found.center}　{title(found)}", made(found))
    for each in tables(found):
        rows = [each.shown(row) for row in each.rows]
        if each.total is not None:
            rows.append(each.shown(each.total))
        say("", each.title, *table(rows, [column.head for column in each.columns]))
