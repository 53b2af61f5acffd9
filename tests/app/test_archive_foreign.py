"""Workbooks that others made: another library, other habits, mistakes of their own."""

import io
import zipfile
from datetime import date, datetime
from typing import Any

import openpyxl  # pyright: ignore[reportMissingModuleSource] - only the tests need it
import pytest
from openpyxl.styles import Font  # pyright: ignore[reportMissingModuleSource] - only the tests need it

from app.core.money import Fen
from app.core.words import Answer
from app.core.words.households import FileState, Sex
from app.exchange.archive_reading import read_archive
from app.exchange.archive_records import Archive
from app.exchange.workbook import open_workbook
from tests.people import id_number

TODAY = date(2026, 11, 22)

HEADS = (2, 4, 7, 10, 13)
"""Orders of the ID numbers of the heads: an even one is a woman's."""


def member(order: int) -> str:
    return id_number(order, "20080815")


def saved(book: Any) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def district_workbook() -> bytes:
    """Return what the clerk of a district put together by hand.

    One title line over all columns, a line of notes, two rows of titles of which some columns have
    one merged cell, households numbered by a formula, members below their household's merged
    number, a filter that hides a row, a line of sums, and two lines of signatures.
    """
    book: Any = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "困难职工档案"
    sheet.append(["哈尔滨市某区困难职工档案汇总表"])
    sheet.append(["填报单位：某区总工会", "", "", "", "填报日期：2020年6月"])
    sheet.append(["序号", "职工", "", "", "", "", "困难情况", "", "", "", "区", "建档时间", "状态"])
    sheet.append(
        [
            *(
                "",
                "职工姓名 ",
                "身份证号码",
                "性 别",
                "联系电话",
                "职工身份",
                "困难类型",
                "致困原因",
            ),
            *("家庭年收入\n(万元)", "人口数", "", "", ""),
        ]
    )
    sheet.merge_cells("A1:M1")
    sheet.merge_cells("A3:A4")
    sheet.merge_cells("B3:F3")
    sheet.merge_cells("G3:J3")
    for column in "KLM":
        sheet.merge_cells(f"{column}3:{column}4")
    sheet["A1"].font = Font(size=20)
    one, two, three, four, five = map(id_number, HEADS)
    rows: tuple[tuple[Any, ...], ...] = (
        ("=ROW()-4", "王 芳", one, "女", 15400000001, "在职", "低保边缘", "因病致困", 2.4, "3人",
         "南岗", datetime(2018, 3, 5), "在册"),  # noqa: DTZ001 - as a cell has it
        (2, "李强", int(two), "女", "0451-8234 5678", "下岗", "深度困难户", "疾病", 1.25, 4,
         "道里区", "2019.06.01", "在册"),
        ("", "", "", "", "", "", "", "", "", "", "", "", ""),
        (3, "赵敏", f"'{three}", "男", "", "退休", "相对困难", "子女就学", 3, 2,
         "宾县", "2019/6/1", "已脱困"),
        (4, "孙丽", four.lower(), "女", None, "无业", "特困", "因残", 0.9, 1,
         "香坊区", "20190601", ""),
        (5, "周杰", five, "女", "154 0000 0005", "在岗", "深困", "10.其它", "１．８", " 2 ",
         "阿城市", 43617, "在册"),
        ("合计", "5户", "", "", "", "", "", "", "=SUM(I5:I10)", "", "", "", ""),
        ("负责人：某某", "", "", "", "填表人：某某"),
    )  # fmt: skip
    for row in rows:
        sheet.append(row)
    sheet.row_dimensions[9].hidden = True
    family = book.create_sheet("家庭成员信息")
    family.append(
        ["户主姓名", "户主身份证", "成员姓名", "与职工关系", "身份证", "月收入", "身份", "学历"]
    )
    family.append(["王 芳", one, "王小明", "长子", member(21), "0", "学生", "高中"])
    family.append(["", "", "王小红", "次女", member(22), "", "小学", "小学"])
    family.merge_cells("A2:A3")
    family.merge_cells("B2:B3")
    family.append(["李强", two[:15] + "000", "李小强", "子", member(23), -1, "高中生", "高中"])
    family.append(["周杰", five, "王小明", "侄子", member(21), "无收入", "在校生", "初中"])
    book.create_sheet("Sheet3")
    return saved(book)


@pytest.fixture(scope="module")
def district() -> Archive:
    return read_archive(open_workbook(district_workbook()), today=TODAY)


def test_every_mistake_of_the_clerk_is_found(district: Archive) -> None:
    found = {(problem.sheet, problem.row, problem.code) for problem in district.problems}
    assert found == {
        ("困难职工档案", 4, "unknown_column"),  # 序号
        ("困难职工档案", 6, "id_rounded"),
        ("困难职工档案", 8, "id_characters"),
        ("困难职工档案", 9, "hidden_row"),
        ("困难职工档案", 9, "unknown_word"),  # 特困
        ("困难职工档案", 10, "sex_disagrees"),
        ("困难职工档案", 11, "total_row"),
        ("困难职工档案", 12, "total_row"),
        ("家庭成员信息", 1, "unknown_column"),  # 户主姓名
        ("家庭成员信息", 2, "merged_cell"),
        ("家庭成员信息", 3, "merged_cell"),
        ("家庭成员信息", 4, "negative_amount"),
        ("家庭成员信息", 5, "bad_amount"),
        ("家庭成员信息", 5, "person_twice"),
    }
    assert district.kept_out == {6, 8, 9, 10}


def test_what_the_clerk_wrote_in_other_words_is_understood(district: Archive) -> None:
    (wang,) = district.sound()
    assert (wang.name, wang.sex, wang.phone) == ("王 芳", Sex.FEMALE, "15400000001")
    assert (wang.work_status, wang.category) == ("在岗", "低保边缘户")
    assert (wang.main_cause, wang.note) == ("患重特大疾病", "致困原因：因病致困")
    assert wang.income_12_months == Fen(2_400_000)
    assert (wang.members_living_together, wang.district) == (3, "南岗区")
    assert (wang.filed_on, wang.state) == (date(2018, 3, 5), FileState.ACTIVE)
    assert wang.single_parent is Answer.NOT_ASKED
    assert [(each.name, each.relation) for each in wang.members] == [
        ("王小明", "儿子"),
        ("王小红", "女儿"),
    ]
    zhou = district.households[-1]
    assert (zhou.name, zhou.district, zhou.filed_on) == ("周杰", "阿城区", date(2019, 6, 1))
    assert zhou.income_12_months == Fen(1_800_000)
    assert district.households[2].state is FileState.CLOSED
    assert district.unread == ("Sheet3",)


def test_what_can_be_proposed_is_proposed(district: Archive) -> None:
    offers = {(problem.row, problem.code): problem.offer for problem in district.problems}
    assert offers[8, "id_characters"] == id_number(HEADS[2])
    assert offers[6, "id_rounded"] == ""
    assert offers[10, "sex_disagrees"] == "男"


SHEET = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<x:worksheet '
    'xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData>{rows}'
    "</x:sheetData></x:worksheet>"
)


def by_hand(rows: list[list[str]], hidden: int = 0) -> bytes:
    """Return a package as some programs write it: every tag with a prefix, single quotes, cells
    without a place of their own, texts in the cells."""
    rest = {hidden: " hidden = 'true'"}
    lines = [
        f"<x:row r='{number}'{rest.get(number, '')}>"
        + "".join(f"<x:c t='inlineStr'><x:is><x:t>{cell}</x:t></x:is></x:c>" for cell in row)
        + "</x:row>"
        for number, row in enumerate(rows, start=1)
    ]
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(saved(openpyxl.Workbook()))) as model,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package,
    ):
        for name in model.namelist():
            if name != "xl/worksheets/sheet1.xml":
                package.writestr(name, model.read(name))
        package.writestr("xl/worksheets/sheet1.xml", SHEET.format(rows="".join(lines)))
    return file.getvalue()


def test_a_package_of_another_hand_is_read_the_same() -> None:
    titles = [
        "姓名",
        "身份证号",
        "困难类别",
        "区县",
        "家庭年度总收入",
        "家庭人口",
        "主要致困原因",
        "建档日期",
    ]
    row = ["王芳", id_number(2), "深度困难", "南岗区", "36000", "2", "子女上学", "2019-05-01"]
    other = ["李强", id_number(5), "相对困难", "道里区", "24000", "3", "下岗失业", "2019-05-01"]
    archive = read_archive(open_workbook(by_hand([titles, row, other], hidden=3)), today=TODAY)
    assert [(problem.row, problem.code) for problem in archive.problems] == [(3, "hidden_row")]
    assert [each.name for each in archive.sound()] == ["王芳", "李强"]
