"""Mending: proposals taken, one word for many cells, bad rows out as a workbook and in again."""

import io
import re
import zipfile
from datetime import date

from app.core.i18n import use_language
from app.exchange.archive_bad_rows import bad_rows
from app.exchange.archive_mending import Mends, bulk_fixes, with_offers
from app.exchange.archive_reading import read_archive
from app.exchange.archive_records import Archive, Severity
from app.exchange.workbook import Workbook, open_workbook
from tests.workbooks import Layout, Plan, plan, written

TODAY = date(2026, 11, 22)


def opened(planned: Plan) -> Workbook:
    return open_workbook(written(planned))


def read(book: Workbook, mends: Mends | None = None) -> Archive:
    return read_archive(book, today=TODAY, mends=mends)


def put(planned: Plan, row: int, title: str, value: object, sheet: str = "档案") -> None:
    """Put a value into a row as the spreadsheet shows it."""
    rows = planned.sheets[sheet]
    rows[row - 1][rows[0].index(title)] = value


def test_a_cell_is_mended_in_place_and_the_file_stays() -> None:
    planned = plan(20, 0, Layout())
    put(planned, 5, "建档日期", "13-5-1")
    put(planned, 6, "家庭年度总收入", "约36000")
    book = opened(planned)
    archive = read(book)
    assert archive.kept_out == {5, 6}
    mended = read(book, with_offers(archive.problems))
    assert not mended.problems
    assert mended.households[3].filed_on == date(2013, 5, 1)
    assert mended.households[4].income_12_months == 3_600_000
    assert read(book).kept_out == {5, 6}


def test_what_a_person_put_in_comes_before_a_proposal() -> None:
    planned = plan(20, 0, Layout())
    put(planned, 5, "建档日期", "13-5-1")
    book = opened(planned)
    own = Mends(cells={("档案", 5, "filed_on"): "2014-05-01"})
    mended = read(book, with_offers(read(book).problems, own))
    assert mended.households[3].filed_on == date(2014, 5, 1)


def test_empty_cells_of_one_column_are_mended_at_once_but_not_names() -> None:
    planned = plan(20, 0, Layout())
    for row in (3, 4, 5):
        put(planned, row, "建档日期", "")
        put(planned, row, "姓名", "")
    book = opened(planned)
    (fix,) = bulk_fixes(read(book).problems)
    assert (fix.field, fix.rows) == ("filed_on", (3, 4, 5))
    mended = read(book, Mends(words={("档案", "filed_on", ""): "2013-05-01"}))
    assert mended.households[2].filed_on == date(2013, 5, 1)
    assert {problem.field for problem in mended.problems} == {"name"}


def test_a_formula_that_nobody_computed_is_called_one() -> None:
    planned = plan(20, 0, Layout())
    put(planned, 3, "家庭年度总收入", "=12*1000")
    put(planned, 4, "家庭人口", "=1+1")
    use_language("zh_CN")
    told = [problem.tell() for problem in read(opened(planned)).problems]
    assert told == ["“=12*1000”是公式，没有计算结果", "“=1+1”是公式，没有计算结果"]


def test_one_word_mends_all_cells_that_have_it() -> None:
    planned = plan(40, 0, Layout())
    for row in (3, 9, 27):
        put(planned, row, "困难类别", "特别困难")
    put(planned, 4, "困难类别", "很穷")
    book = opened(planned)
    archive = read(book)
    (fix,) = bulk_fixes(archive.problems)
    assert (fix.field, fix.value, fix.rows) == ("category", "特别困难", (3, 9, 27))
    mends = Mends(words={(fix.sheet, fix.field, fix.value): "深度困难"})
    mended = read(book, mends)
    assert mended.kept_out == {4}
    assert {mended.households[row - 2].category for row in fix.rows} == {"深度困难"}


def test_a_number_mended_by_hand_brings_the_household_back_with_its_members() -> None:
    planned = plan(30, 0, Layout(), seed=4)
    family = planned.sheets["家庭成员"][-1]
    row, head = next(
        (row, head)
        for row, head in enumerate(planned.sheets["档案"], start=1)
        if family[0] in ("", head[0]) and family[1] in ("", head[2])
    )
    family[:2] = ["", head[2]]
    number = str(head[2])
    put(planned, row, "身份证号", f"{number[0]}.{number[1:6]}E+17")
    book = opened(planned)
    archive = read(book)
    (problem,) = archive.problems
    assert (problem.code, problem.offer, archive.kept_out) == ("id_scientific", "", {row})
    mended = read(book, Mends(cells={("档案", row, "id_number"): number}))
    assert not mended.problems
    assert mended.households[row - 2].members[-1].name == family[2]
    assert mended.households[row - 2].members == archive.households[row - 2].members


def test_the_bad_rows_are_those_of_the_households_kept_out() -> None:
    use_language("zh_CN")
    planned = plan(200, 80, Layout(titles=2, groups=True, synonyms=True, totals=True), seed=9)
    book = opened(planned)
    archive = read(book)
    out = read(open_workbook(bad_rows(book, archive)))
    assert len(out.households) == len(archive.kept_out)
    kept = [each for each in archive.households if each.row in archive.kept_out]
    assert [each.name for each in out.households] == [each.name for each in kept]
    rows = sum(1 + len(each.members) for each in kept)
    assert out.rows >= rows
    codes = {problem.code for problem in out.problems if problem.severity is Severity.ERROR}
    assert codes >= {"missing", "unknown_word", "bad_date", "bad_amount", "id_length"}
    assert "unknown_column" not in {problem.code for problem in out.problems}


def test_every_bad_row_says_what_is_wrong_with_it() -> None:
    use_language("zh_CN")
    planned = plan(100, 40, Layout(), seed=2)
    book = opened(planned)
    archive = read(book)
    sheet = open_workbook(bad_rows(book, archive)).sheet("档案")
    titles, *rows = sheet
    assert titles[-1] == "错误说明"
    assert titles[:-1] == planned.sheets["档案"][0]
    assert all(str(row[-1]) for row in rows)
    by_name = {str(row[1]): str(row[-1]) for row in rows}
    for problem in archive.problems:
        if problem.sheet == "档案" and problem.code == "bad_date":
            name = archive.households[problem.row - 2].name
            assert "建档日期" in by_name[name]
            assert problem.tell() in by_name[name]
            assert problem.tell_mend() in by_name[name]


def test_mended_bad_rows_come_in() -> None:
    planned = plan(60, 0, Layout())
    put(planned, 7, "主要致困原因", "没有钱")
    put(planned, 9, "备注", "保留这一格")
    put(planned, 9, "家庭人口", "")
    book = opened(planned)
    exported = open_workbook(bad_rows(book, read(book)))
    again = read(exported)
    mends = Mends(
        cells={
            ("档案", 2, "main_cause"): "其他",
            ("档案", 3, "members_living_together"): "3",
        }
    )
    assert again.kept_out == {2, 3}
    mended = read(exported, mends)
    assert not mended.problems
    whole = read(opened(plan(60, 0, Layout())))
    assert [each.id_number for each in mended.sound()] == [
        whole.households[5].id_number,
        whole.households[7].id_number,
    ]
    assert mended.households[1].note.startswith("保留这一格")
    assert [len(each.members) for each in mended.households] == [
        len(whole.households[5].members),
        len(whole.households[7].members),
    ]


def test_numbers_stay_text_and_no_text_is_a_formula() -> None:
    planned = plan(20, 0, Layout())
    put(planned, 3, "家庭住址", '=HYPERLINK("http://example.invalid","x")')
    put(planned, 3, "备注", "@SUM(1)")
    put(planned, 3, "工作单位", "-1+2")
    put(planned, 3, "困难类别", "")
    book = opened(planned)
    data = bad_rows(book, read(book))
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        xml = package.read("xl/worksheets/sheet1.xml").decode()
        styles = package.read("xl/styles.xml").decode()
    assert "<f>" not in xml
    assert 'quotePrefix="1"' in styles
    titles, row = open_workbook(data).sheet("档案")
    cells = dict(zip(map(str, titles), row, strict=True))
    assert isinstance(cells["身份证号"], str)
    assert isinstance(cells["银行卡号"], str)
    assert isinstance(cells["手机号码"], str)
    assert cells["家庭住址"] == '=HYPERLINK("http://example.invalid","x")'


def test_a_workbook_without_bad_rows_has_its_titles_alone() -> None:
    planned = plan(5, 0, Layout())
    book = opened(planned)
    data = bad_rows(book, read(book))
    assert list(open_workbook(data).sheet("档案")) == [[*planned.sheets["档案"][0], "错误说明"]]


def test_the_problems_tell_no_names_and_no_numbers() -> None:
    use_language("zh_CN")
    planned = plan(150, 60, Layout(), seed=6)
    archive = read(opened(planned))
    for problem in archive.problems:
        told = problem.tell() + problem.tell_mend()
        assert not re.search(r"\d{15}", told), told
