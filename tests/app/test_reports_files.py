"""The workbook and the paper of a report: the figures of the record, texts that stay texts."""

import io
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pypdf
import pytest

from app.core.i18n import _
from app.core.words.funds import FundSource
from app.demo.center import CENTER
from app.funds.actions import open_fund
from app.funds.records import FundForm
from app.reports.charts import Chart, report_charts
from app.reports.paper import report_paper
from app.reports.queries import report
from app.reports.records import Cut, Report, of_year
from app.reports.telling import Shape, Table, show, tables, title
from app.reports.workbook import report_workbook, workbook
from tests.app.test_reports import invented
from tests.relief_rows import write
from tests.world import World, changed, open_world


@pytest.fixture
def told(store: Path) -> Report:
    write(store, invented(21))
    world = open_world(store)
    found: Report = world.ask("zhao", report, of_year(2012))
    world.office.close()
    return found


def read(content: bytes) -> dict[str, list[tuple[Any, ...]]]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets}


def words(content: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)


def test_the_workbook_has_every_figure_as_a_number(told: Report) -> None:
    sheets = read(report_workbook(told))
    assert list(sheets) == [table.title for table in tables(told)]
    rows = sheets[Cut.MONTH.label][3:]
    assert [row[0] for row in rows[1:13]] == [f"2012-{month:02d}" for month in range(1, 13)]
    for row, months in zip(told.rows(Cut.MONTH), rows[1:], strict=False):
        shown = (row.person_times, row.people, row.households)
        assert months[1:4] == shown
        assert round(months[4] * 100) == row.fen
    total = rows[13]
    assert round(total[4] * 100) == told.relief.fen
    assert total[2] == told.relief.people


def test_no_text_of_a_workbook_is_a_formula(world: World) -> None:
    name = '=HYPERLINK("http://example.invalid")'
    form = FundForm(name=name, source=FundSource.CITY, year=2026)
    world.do("qian", open_fund, form)
    found = world.ask("zhao", report, of_year(2026))
    book = openpyxl.load_workbook(io.BytesIO(report_workbook(found)))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert [cell for cell in cells if cell.data_type == "f"] == []
    [kept] = [cell for cell in cells if cell.value == name]
    assert kept.quotePrefix


def test_sheets_of_one_title_get_names_of_their_own() -> None:
    long = Table("按[救助]项目" * 6, (), ())
    names = list(read(workbook([long, long, Table("a/b", (), ())], ("a", "b"))))
    assert len(set(names)) == 3
    assert all(len(name) <= 31 and not set("[]:*?/\\") & set(name) for name in names)


def test_the_paper_says_every_figure_on_numbered_pages(told: Report) -> None:
    content = report_paper(told)
    said = words(content)
    assert title(told) in said
    assert CENTER.name in said
    for table in tables(told):
        assert table.title in said
        for row in [*table.rows, *([table.total] if table.total else [])]:
            for value, column in zip(row, table.columns, strict=True):
                assert show(value, column.shape) in said
    pages = len(pypdf.PdfReader(io.BytesIO(content)).pages)
    assert f"{pages}" in words(content).splitlines()[-1]
    assert content == report_paper(told)


def test_the_paper_draws_every_chart_and_says_its_answer(told: Report) -> None:
    own = report_charts(told)
    more = tuple(changed_name(chart, f"第 {at} 问") for at, chart in enumerate(own * 4))
    content = report_paper(told, more)
    said = words(content)
    for number, chart in enumerate((*own, *more), start=1):
        assert f"图 {number}　{chart.title}" in said
        assert chart.question in said
        assert "".join(chart.says.split()) in "".join(said.split())
        for line in chart.lines:
            assert line.label in said or int(line.label[-2:])  # months by their numbers
    assert said.count(_("Charts")) == 1
    assert content == report_paper(told, more)


def changed_name(chart: Chart, title: str) -> Chart:
    return replace(chart, title=title)


def test_a_long_table_goes_on_with_its_head(told: Report) -> None:
    rows = tuple(
        changed(row, key=str(number), label=f"𠮷 {number} \ue000")
        for number, row in enumerate(told.rows(Cut.ITEM) * 20, start=1)
    )
    cuts = tuple(changed(cut, rows=rows) if cut.cut is Cut.ITEM else cut for cut in told.cuts)
    said = words(report_paper(changed(told, cuts=cuts)))
    assert said.count("（续）") >= 2
    assert "𠮷 120 〓" in said


def test_what_cannot_be_told_is_a_dash() -> None:
    assert show(None, Shape.YUAN) == "—"
    assert show(123_456, Shape.YUAN) == "1,234.56"
    assert show(1_234, Shape.NUMBER) == "1,234"
    assert show(1.5, Shape.NUMBER) == "1.5"
    assert show(date(2012, 1, 1).isoformat(), Shape.TEXT) == "2012-01-01"
