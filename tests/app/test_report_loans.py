"""The loans of a period in the report: 212 worth 19,270,000.00 yuan, everywhere the same."""

import io
import sys
from collections import Counter
from datetime import date
from pathlib import Path

import openpyxl
import pypdf
import pytest

from app.core.money import Fen
from app.core.words.loans import LoanEventKind, Payer
from app.demo.center import PASSWORD
from app.exchange.importing import undo_import
from app.exchange.importing_records import UndoForm
from app.loans.lending import lend
from app.loans.portfolio import ageing
from app.loans.portfolio_records import AgeingAsked
from app.loans.records import EndForm
from app.loans.steps import withdraw_loan
from app.reports import lent
from app.reports.lent_records import Entries, LoanCut
from app.reports.queries import behind, report
from app.reports.records import (
    BehindQuery,
    BehindRow,
    Figure,
    ReportQuery,
    of_month,
    of_year,
)
from tests.borrowing import Desk
from tests.commands import Bangfu, runner
from tests.loan_registers import FEN, LOANS, bring_loans_in, of_the_year, written
from tests.people import id_number
from tests.world import World, changed

WORDS = "19,270,000.00"
"""What the center guaranteed in 2012."""


@pytest.fixture
def bangfu(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Bangfu:
    monkeypatch.setenv("BANGFU_USER", "zhou")
    monkeypatch.setenv("BANGFU_PASSWORD", PASSWORD)
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    return runner(capsys)


def rows_of(world: World, asked: BehindQuery) -> list[BehindRow]:
    """Return the rows of all pages."""
    found: list[BehindRow] = []
    count = world.ask("zhou", behind, asked).count
    for page in range(count // lent.PAGE + 1):
        found += world.ask("zhou", behind, changed(asked, page=page)).rows
    assert len({row.id for row in found}) == len(found) == count
    return found


def test_the_loans_of_2012_are_told_alike_everywhere(
    bangfu: Bangfu, world: World, store: Path, tmp_path: Path
) -> None:
    register = of_the_year()
    bring_loans_in(world, written(register))
    book, paper = tmp_path / "年报.xlsx", tmp_path / "年报.pdf"
    command = ("--store", store, "report", "annual", "--year", "2012")
    ran = bangfu(*command, "--xlsx", book, "--pdf", paper, "--json")
    loans = ran.json["loans"]
    assert ran.code == 0
    assert (LOANS, FEN) == (212, 1_927_000_000)
    assert (loans["count"], loans["fen"]) == (LOANS, FEN)
    months: Counter[str] = Counter()
    for line in register:
        months[line[0][:7]] += line[3] * 100
    by_month = loans["by_month"]
    assert [told["month"] for told in by_month] == [f"2012-{month:02d}" for month in range(1, 13)]
    assert {told["month"]: told["fen"] for told in by_month} == months
    for cut in LoanCut:
        told = by_month if cut is LoanCut.MONTH else loans[f"by_{cut.value}"].values()
        assert sum(each["count"] for each in told) == LOANS, cut
        assert sum(each["fen"] for each in told) == FEN, cut
    assert loans["repaid"] == {"count": 0, "fen": 0}
    sheet = openpyxl.load_workbook(book)["担保贷款"]
    assert [cell.value for cell in sheet[5]] == ["本期放款", LOANS, FEN / 100]
    sheet = openpyxl.load_workbook(book)["贷款按月份"]
    assert [cell.value for cell in sheet[17]][:3] == ["合计", LOANS, FEN / 100]
    printed = "".join(page.extract_text() for page in pypdf.PdfReader(paper).pages)
    assert printed.count(WORDS) >= 1 + len(LoanCut)
    assert WORDS in bangfu(*command).out


def test_every_row_of_the_loans_opens_what_it_counts(world: World) -> None:
    bring_loans_in(world, written(of_the_year()))
    asked = of_year(2012)
    told = world.ask("zhou", report, asked).loans
    whole = rows_of(world, BehindQuery(asked=asked, figure=Figure.LENT))
    assert (len(whole), sum(row.fen or 0 for row in whole)) == (LOANS, FEN)
    assert all(row.loan_id for row in whole)
    for cut in LoanCut:
        for row in told.rows(cut):
            query = BehindQuery(asked=asked, figure=Figure.LENT, loan_cut=cut, key=row.key)
            found = rows_of(world, query)
            assert (len(found), sum(each.fen or 0 for each in found)) == (row.count, row.fen)
    march = world.ask("zhou", report, of_month(2012, 3)).loans
    [row] = march.rows(LoanCut.MONTH)
    assert row == told.rows(LoanCut.MONTH)[2]
    assert (march.lent.count, march.lent.fen) == (row.count, row.fen)


def test_an_undone_register_counts_no_more(world: World) -> None:
    done = bring_loans_in(world, written(of_the_year()))
    world.do("sun", undo_import, UndoForm(number=done.number, reason="导错了文件"))
    assert world.ask("zhou", report, of_year(2012)).loans.lent.count == 0


def test_the_money_of_loans_is_told_without_what_was_reversed(world: World) -> None:
    desk = Desk(world, date(2026, 6, 10))
    fund_id = desk.fund()
    bad = desk.approved(fund_id, jobs=3)
    good = desk.approved(fund_id, id_number=id_number(51, "19850101"), name="冯示例", jobs=2)
    for loan_id in (bad, good):
        world.do("sun", lend, desk.lend_form(loan_id))
    gone = desk.enquired(id_number=id_number(53, "19860101"), name="卫示例")
    world.do("sun", withdraw_loan, EndForm(**desk.at(gone), reason="不贷了"))
    desk.on = date(2026, 7, 10)
    first = desk.see(bad).plan[0].due
    desk.pay(bad, first)
    desk.on = None
    desk.change(bad, LoanEventKind.REVERSED, reverses=desk.pay(bad, 1_000, early=True))
    desk.change(bad, LoanEventKind.COMPENSATED, fen=Fen(5_000_000), document="代偿通知书 1 号")
    desk.recover(bad, 1_000_000, Payer.GUARANTOR)
    asked = of_year(2026)
    told = world.ask("zhou", report, asked).loans
    lent_here = [desk.see(bad).row.principal, desk.see(good).row.principal]
    assert (told.lent.count, told.lent.fen) == (2, sum(fen or 0 for fen in lent_here))
    assert told.lent.jobs == 5
    assert told.repaid == Entries(count=1, fen=first)
    assert told.compensated == Entries(count=1, fen=Fen(5_000_000))
    assert told.recovered == Entries(count=1, fen=Fen(1_000_000))
    assert told.written_off == Entries()
    for figure, entries in (
        (Figure.REPAID, told.repaid),
        (Figure.COMPENSATED, told.compensated),
        (Figure.DEBT_RECOVERED, told.recovered),
        (Figure.WRITTEN_OFF, told.written_off),
    ):
        found = rows_of(world, BehindQuery(asked=asked, figure=figure))
        assert (len(found), sum(row.fen or 0 for row in found)) == (entries.count, entries.fen)
    june = ReportQuery(first=date(2026, 6, 1), last=date(2026, 6, 30))
    assert world.ask("zhou", report, june).loans.repaid == Entries()
    district = told.rows(LoanCut.DISTRICT)[0]
    here = world.ask("zhou", report, changed(asked, district=district.key)).loans
    assert (here.lent.count, here.lent.fen) == (district.count, district.fen)
    elsewhere = world.ask("zhou", report, changed(asked, district="依兰县")).loans
    assert (elsewhere.lent.count, elsewhere.repaid) == (0, Entries())


def test_an_annual_report_states_the_portfolio_at_risk_of_the_years_last_day(
    bangfu: Bangfu, world: World, store: Path, tmp_path: Path
) -> None:
    desk = Desk(world, date(2025, 6, 10))
    fund_id = desk.fund()
    late = desk.approved(fund_id)
    good = desk.approved(fund_id, id_number=id_number(51, "19850101"), name="冯示例")
    for loan_id in (late, good):
        world.do("sun", lend, desk.lend_form(loan_id))
    desk.on = None
    for line in desk.see(good).plan[:6]:
        desk.pay(good, line.due, line.due_on)
    shown = world.ask("zhou", ageing, AgeingAsked(as_of=date(2025, 12, 31)))
    told = world.ask("zhou", report, of_year(2025)).loans.ageing
    assert told == shown
    assert [(row.days, row.loans) for row in shown.risk] == [(30, 1), (60, 1), (90, 1)]
    assert all(0 < row.fen < shown.outstanding for row in shown.risk)
    desk.pay(late, sum(line.left for line in desk.see(late).plan[:7]), early=True)
    assert world.ask("zhou", report, of_year(2025)).loans.ageing == shown
    assert world.ask("zhou", report, of_month(2025, 12)).loans.ageing is None
    [district] = world.ask("zhou", report, of_year(2025)).loans.rows(LoanCut.DISTRICT)
    asked = changed(of_year(2025), district=district.key)
    assert world.ask("zhou", report, asked).loans.ageing is None
    today = world.ask("zhou", report, of_year(2026)).loans.ageing
    assert today == world.ask("zhou", ageing, AgeingAsked())
    book, paper = tmp_path / "年报.xlsx", tmp_path / "年报.pdf"
    command = ("--store", store, "report", "annual", "--year", "2025")
    found = bangfu(*command, "--xlsx", book, "--pdf", paper, "--json").json["loans"]
    risk = found["portfolio_at_risk"]
    assert (risk["as_of"], risk["outstanding"]) == ("2025-12-31", shown.outstanding)
    assert [each["hundredths"] for each in risk["late_for_more_than"]] == [
        row.hundredths for row in shown.risk
    ]
    sheet = openpyxl.load_workbook(book)["风险贷款"]
    cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
    printed = "".join(page.extract_text() for page in pypdf.PdfReader(paper).pages)
    for row in shown.risk:
        assert [row.days, row.loans, row.fen / 100, row.percent] in cells
        assert row.percent in printed
    assert "风险贷款" in printed
