"""The ledger of a fund and a period (资金台账) as a paper and as a workbook."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from app.core.clock import local_day
from app.core.errors import RuleBroken
from app.core.i18n import N_, _
from app.core.money import Fen
from app.core.words.funds import Account, MoveKind
from app.core.words.papers import PaperKind
from app.funds.earmarks import terms_of
from app.funds.ledger import balances_on
from app.funds.papers import FundLedgerFacts, LedgerLine
from app.funds.queries import fund_row, movements
from app.funds.records import LedgerBook, LedgerQuery, LedgerRow, Period
from app.papers.store import issue
from app.reference.earmarks import earmarks_on
from app.work import Permission, Topic, Work, action, query
from db.models.funds import Fund


class PeriodAhead(RuleBroken):
    """The period has not begun."""

    says = N_("{period} has not begun yet, so there is nothing in the ledger.")


@action(needs=Permission.ISSUE_PAPERS, changes={Topic.PAPERS})
def issue_fund_ledger(work: Work, asked: Period) -> int:
    """Issue the ledger of a fund for a year or a month; return the paper's id."""
    facts = ledger_facts(work, asked)
    return issue(
        work,
        PaperKind.FUND_LEDGER,
        facts,
        subject=f"fund/{asked.fund_id}",
        title=f"{facts.name} {facts.period}",
    ).id


@query(needs=Permission.READ_FUNDS)
def ledger_workbook(work: Work, asked: Period) -> LedgerBook:
    """Return the ledger of a fund for a year or a month as a workbook."""
    facts = ledger_facts(work, asked)
    return LedgerBook(name=f"{facts.name} {facts.period}.xlsx", data=_workbook(facts))


def ledger_facts(work: Work, asked: Period) -> FundLedgerFacts:
    """Return the ledger of a fund from the first to the last day of a period, or to today while
    the period runs. Raises `PeriodAhead`."""
    fund = fund_row(work, work.load(Fund, asked.fund_id))
    first, last = days_of(asked)
    period = period_text(asked)
    if first > work.today:
        raise PeriodAhead(period=period)
    until = min(last, work.today)
    rows = movements(work, LedgerQuery(fund_id=fund.id, since=first, until=until))
    lines = tuple(_lines(work, fund.id, rows, first, until))
    return FundLedgerFacts(
        name=fund.name,
        source=fund.source.label,
        period=period,
        until=until,
        running=until < last,
        terms=terms_of(fund, earmarks_on(until), work.today),
        lines=lines,
        count=len(rows),
        amount=lines[-1].balance,
        preparer=work.actor.name,
    )


def days_of(period: Period) -> tuple[date, date]:
    """Return the first and the last day of a period."""
    first = date(period.year, period.month or 1, 1)
    if period.month is None:
        return first, date(period.year, 12, 31)
    following = date(period.year + period.month // 12, period.month % 12 + 1, 1)
    return first, following - timedelta(days=1)


def period_text(period: Period) -> str:
    """Return a period in words."""
    if period.month is None:
        return _("Year {year}").format(year=period.year)
    return _("Month {month} of {year}").format(year=period.year, month=period.month)


@dataclass
class _Sums:
    """What moved from the opening on."""

    income: int = 0
    set_aside: int = 0
    outgo: int = 0


SIGNS: Final = {
    # what a movement brings in, sets aside and takes out
    MoveKind.BUDGET: (1, 0, 0),
    MoveKind.CARRIED_IN: (1, 0, 0),
    MoveKind.CARRIED_OUT: (0, 0, 1),
    MoveKind.RESERVED: (0, 1, 0),
    MoveKind.RELEASED: (0, -1, 0),
    MoveKind.PAID: (0, -1, 1),
    MoveKind.REFUNDED: (0, 0, -1),
}


def _lines(
    work: Work, fund_id: int, rows: list[LedgerRow], first: date, until: date
) -> Iterator[LedgerLine]:
    sums = _Sums()
    before = balances_on(work.session, fund_id, first - timedelta(days=1))
    available, reserved = before[Account.AVAILABLE], before[Account.RESERVED]
    yield _line(sums, first, _("Opening"), available, reserved)
    for row in rows:
        income, set_aside, outgo = (sign * row.amount for sign in SIGNS[row.kind])
        sums.income += income
        sums.set_aside += set_aside
        sums.outgo += outgo
        available, reserved = row.available, row.reserved
        yield _line(
            sums,
            local_day(row.at),
            row.kind.label,
            available,
            reserved,
            basis=row.memo,
            income=Fen(income) if income else None,
            set_aside=Fen(set_aside) if set_aside else None,
            outgo=Fen(outgo) if outgo else None,
        )
    yield _line(
        sums,
        until,
        _("Closing"),
        available,
        reserved,
        basis=_("Sums of the period"),
        income=Fen(sums.income),
        set_aside=Fen(sums.set_aside),
        outgo=Fen(sums.outgo),
    )


def _line(
    sums: _Sums, day: date, what: str, available: Fen, reserved: Fen, **told: Any
) -> LedgerLine:
    return LedgerLine(
        day=day,
        what=what,
        available=available,
        reserved=reserved,
        balance=Fen(available + reserved),
        income_so_far=Fen(sums.income),
        set_aside_so_far=Fen(sums.set_aside),
        outgo_so_far=Fen(sums.outgo),
        **told,
    )


COLUMNS: Final = (
    ("day", N_("Day"), 12),
    ("what", N_("Movement"), 18),
    ("basis", N_("For"), 44),
    ("income", N_("Came in (yuan)"), 16),
    ("set_aside", N_("Set aside (yuan)"), 16),
    ("outgo", N_("Went out (yuan)"), 16),
    ("available", N_("Available (yuan)"), 16),
    ("reserved", N_("Approved, not paid (yuan)"), 18),
    ("balance", N_("Balance (yuan)"), 16),
)


def _workbook(facts: FundLedgerFacts) -> bytes:
    """Return the lines as a workbook: figures are numbers, texts are never formulas."""
    import xlsxwriter  # noqa: PLC0415 # pyright: ignore[reportMissingTypeStubs] - heavy, on first use; it has no stubs

    file = io.BytesIO()
    book: Any = xlsxwriter.Workbook(file, {"in_memory": True})
    sheet = book.add_worksheet(_("Ledger"))
    bold = book.add_format({"bold": True})
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "vcenter"})
    yuan, day = book.add_format({"num_format": "#,##0.00"}), book.add_format()
    day.set_num_format("yyyy-mm-dd")
    sheet.write_string(0, 0, f"{facts.name}　{facts.period}", bold)
    sheet.write_string(1, 0, "；".join(facts.terms))
    for at, (_name, title, width) in enumerate(COLUMNS):
        sheet.set_column(at, at, width)
        sheet.write_string(3, at, _(title), head)
    for row, line in enumerate(facts.lines, start=4):
        for at, (name, _title, _width) in enumerate(COLUMNS):
            match getattr(line, name):
                case str() as text:
                    sheet.write_string(row, at, text)
                case date() as on:
                    sheet.write_datetime(row, at, on, day)
                case int() as fen:
                    sheet.write_number(row, at, Decimal(fen) / 100, yuan)
                case _:
                    pass
    sheet.freeze_panes(4, 0)
    sheet.set_landscape()
    sheet.repeat_rows(3)
    sheet.fit_to_pages(1, 0)
    book.close()
    return file.getvalue()
