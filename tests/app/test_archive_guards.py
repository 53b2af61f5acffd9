"""What is refused before it can do harm, and what only looks as if it should be."""

import struct
import zipfile
from datetime import date
from io import BytesIO
from typing import Any

import pytest
import xlwt  # pyright: ignore[reportMissingTypeStubs] - it has no stubs

from app.core.errors import AppError
from app.exchange.archive_header import NoTitles
from app.exchange.archive_reading import read_archive
from app.exchange.workbook import Cell, open_workbook
from app.exchange.workbook_limits import (
    Limits,
    NotAWorkbook,
    WorkbookLocked,
    WorkbookTooLarge,
)
from tests.packages import PARTS, SHEET, number, old_workbook, package, record, sheet_xml, texts_xml
from tests.workbooks import Layout, plan, written


def cells(data: bytes, limits: Limits | None = None) -> list[list[Cell]]:
    book = open_workbook(data, limits or Limits())
    return list(book.sheet(book.names[0]))


ROW = '<row r="{0}"><c r="A{0}"><v>{0}</v></c></row>'


def test_a_plain_sheet_is_read() -> None:
    assert cells(package(sheet_xml(ROW.format(1) + ROW.format(2)))) == [[1.0], [2.0]]
    assert cells(old_workbook(number(0, 0, 1.0) + number(1, 0, 2.0))) == [[1.0], [2.0]]


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1"><c r="A1"><v>1</v></c><c r="XFD1048576"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="999999"><c r="IV999999"><v>1</v></c></row>',
        "<row r='1'><c r='A1'><v>1</v></c><c r = 'XFD1048576'><v>1</v></c></row>",
        '<row r="1"><c\nr="A1"><v>1</v></c><c s="1" r="xfd1048576"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c><x:c r="XFD1048576"><v>1</v></x:c></row>',
        '<row r="1"><c r="A1"><v>1</v></c></row><y:row r="9999999"><c><v>1</v></c></y:row>'
        '<row><c r="IV1"><v>1</v></c></row>',
        '<row r="1"><c r="ZZZ1"><v>1</v></c></row>',
        '<row r="1">' + "<c><v>1</v></c>" * 300 + "</row>",
        ROW.format(1) + "<!--" + '"' + "-->" + '<row r="2"><c r="ZZZ2"><v>1</v></c></row>',
    ],
)
def test_cells_that_stand_far_apart_take_no_memory(rows: str) -> None:
    with pytest.raises(WorkbookTooLarge):
        cells(package(sheet_xml(rows)))


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1"><c r="&#65;1"><v>1</v></c></row>',
        '<row r="1"><c r="A99999999999"><v>1</v></c></row>',
        '<row r="1"><c x="<" s="1" r="XFD1048576"><v>1</v></c></row>',
        '<row r="1"><c x=\'"\' y="<c" r="XFD1048576"><v>1</v></c></row>',
    ],
)
def test_places_that_could_mean_two_things_are_refused(rows: str) -> None:
    with pytest.raises(NotAWorkbook):
        cells(package(sheet_xml(rows)))


def test_cells_without_a_value_may_stand_anywhere() -> None:
    rows = ROW.format(1) + '<row r="1048576"><c r="XFD1048576" s="1"/></row>'
    assert cells(package(sheet_xml(rows))) == [[1.0]]


def test_a_bomb_is_not_unpacked() -> None:
    zeros = b"0" * (64 << 20)
    with pytest.raises(WorkbookTooLarge):
        open_workbook(package(sheet_xml(ROW.format(1)), {"xl/theme/theme1.xml": zeros}))
    with pytest.raises(WorkbookTooLarge):
        open_workbook(package(sheet_xml(ROW.format(1))), Limits(unpacked=1000))
    many = {f"xl/media/{place}.xml": "" for place in range(1100)}
    with pytest.raises(WorkbookTooLarge):
        open_workbook(package(sheet_xml(ROW.format(1)), many))
    with pytest.raises(WorkbookTooLarge):
        open_workbook(bytes(101 << 20))


def test_a_part_is_as_large_as_it_says() -> None:
    data = bytearray(package(sheet_xml(ROW.format(1) * 50)))
    with zipfile.ZipFile(BytesIO(data)) as whole:
        size = whole.getinfo(SHEET).file_size
    directory = data.rindex(b"PK\x01\x02", 0, data.rindex(SHEET.encode()))
    for wrong in (size - 40, size + 40):
        struct.pack_into("<I", data, directory + 24, wrong)
        with pytest.raises(NotAWorkbook):
            open_workbook(bytes(data))


@pytest.mark.parametrize("before", [b"PK\x03\x04" + bytes(40), b"PK\x03\x04"])
def test_a_package_in_a_package_is_refused(before: bytes) -> None:
    with pytest.raises(NotAWorkbook):
        open_workbook(before + package(sheet_xml(ROW.format(1))))


def test_a_name_stands_in_a_package_once() -> None:
    with pytest.raises(NotAWorkbook):
        open_workbook(package(sheet_xml(ROW.format(1)), {SHEET.upper(): "<x/>"}))


def test_names_of_parts_are_not_followed() -> None:
    tricks = {"../../evil.xml": "<x/>", "/etc/passwd": "root", "C:\\evil.xml": "<x/>"}
    assert cells(package(sheet_xml(ROW.format(1)), tricks)) == [[1.0]]


def test_the_same_long_text_in_many_cells_ends() -> None:
    texts = {"xl/sharedStrings.xml": texts_xml(["长" * 30_000])}
    row = "".join(f'<row r="{at}"><c r="A{at}" t="s"><v>0</v></c></row>' for at in range(1, 9000))
    with pytest.raises(WorkbookTooLarge):
        cells(package(sheet_xml(row), texts))
    with pytest.raises(WorkbookTooLarge):
        cells(
            package(sheet_xml(ROW.format(1)), {"xl/sharedStrings.xml": texts_xml(["长" * 400_000])})
        )


def test_entities_are_not_multiplied() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    texts = bomb + texts_xml(["&b;&b;"])
    row = '<row r="1"><c r="A1" t="s"><v>0</v></c></row>'
    try:
        read = cells(package(sheet_xml(row), {"xl/sharedStrings.xml": texts}))
    except NotAWorkbook:
        return
    assert len(str(read)) < 100


def test_merged_cells_are_not_spread_over_the_sheet() -> None:
    titles = "".join(
        f'<c r="{column}1" t="inlineStr"><is><t>{title}</t></is></c>'
        for column, title in zip("ABCD", ("姓名", "身份证号", "区县", "困难类别"), strict=True)
    )
    rows = f'<row r="1">{titles}</row>' + "".join(map(ROW.format, range(2, 3000)))
    merges = '<mergeCell ref="A2:XFD1048576"/>' * 500
    data = package(sheet_xml(rows, f"<mergeCells>{merges}</mergeCells>"))
    with pytest.raises(WorkbookTooLarge):
        read_archive(open_workbook(data), today=date(2026, 11, 22))


def test_formulas_are_not_computed() -> None:
    rows = (
        '<row r="1"><c r="A1"><f>1+1</f><v>7</v></c><c r="B1"><f>WEBSERVICE("x")</f></c>'
        '<c r="C1" t="str"><f>"a"&amp;"b"</f><v>kept</v></c><c r="D1" t="e"><v>#REF!</v></c></row>'
    )
    assert cells(package(sheet_xml(rows))) == [[7.0, "", "kept", ""]]


@pytest.mark.parametrize(
    ("data", "named"),
    [
        (b"", "0 bytes"),
        (b"<html><table><tr><td>\xe5\xa7\x93\xe5\x90\x8d</td></tr></table></html>", "HTML"),
        (b'<?xml version="1.0"?><Workbook/>', "XML"),
        ("姓名,身份证号".encode("gb18030"), "CSV"),
        (b"PK\x03\x04", "zip"),
    ],
)
def test_what_only_bears_the_name_of_a_workbook_is_named(data: bytes, named: str) -> None:
    with pytest.raises(NotAWorkbook) as refused:
        open_workbook(data)
    assert named in refused.value.tell()


def test_a_locked_workbook_is_named() -> None:
    with pytest.raises(WorkbookLocked):
        open_workbook(old_workbook(record(0x2F, bytes(6)) + number(0, 0, 1.0)))


@pytest.mark.parametrize(
    "sheet",
    [
        number(65535, 65535, 1.0),
        number(65535, 255, 1.0),
        record(0xBD, struct.pack("<HH", 65535, 0) + bytes(6 * 1300) + struct.pack("<H", 1299)),
    ],
)
def test_old_cells_that_stand_far_apart_take_no_memory(sheet: bytes) -> None:
    with pytest.raises(WorkbookTooLarge):
        cells(old_workbook(number(0, 0, 1.0) + sheet))


def test_the_size_that_an_old_sheet_tells_is_not_believed() -> None:
    size = record(0x200, struct.pack("<IIHHH", 0, 0xFFFFFFFF, 0, 0xFFFF, 0))
    assert cells(old_workbook(size + number(0, 0, 1.0))) == [[1.0]]
    many = record(0xFC, struct.pack("<ii", 0x7FFFFFFF, 0x7FFFFFFF))
    with pytest.raises(NotAWorkbook):
        cells(old_workbook(number(0, 0, 1.0), many))


def test_hidden_rows_are_told() -> None:
    book: Any = xlwt.Workbook()
    sheet = book.add_sheet("甲")
    other = book.add_sheet("乙")
    for row in range(6):
        sheet.write(row, 0, "x")
        other.write(row, 0, "x")
    sheet.row(2).hidden = True
    other.row(4).hidden = True
    file = BytesIO()
    book.save(file)
    read = open_workbook(file.getvalue())
    assert [read.sheet(name).hidden for name in read.names] == [{3}, {5}]
    rows = ROW.format(1) + '<row r="2" hidden="false"><c r="A2"><v>2</v></c></row>'
    rows += '<row ht="0" hidden="true" r="3"><c r="A3"><v>3</v></c></row>'
    assert open_workbook(package(sheet_xml(rows))).sheet("档案").hidden == {3}


def test_a_sheet_without_titles_is_named() -> None:
    with pytest.raises(NoTitles) as refused:
        read_archive(open_workbook(package(sheet_xml(ROW.format(1)))), today=date(2026, 11, 22))
    assert "身份证号" in refused.value.tell()


@pytest.mark.parametrize("form", ["xlsx", "xls"])
def test_a_workbook_that_was_cut_off_is_refused(form: str) -> None:
    data = written(plan(20, 0, Layout(form=form)))
    for length in (len(data) // 2, len(data) - 600, 100):
        with pytest.raises(AppError):
            read_archive(open_workbook(data[:length]), today=date(2026, 11, 22))


def test_a_workbook_without_a_sheet_is_refused() -> None:
    without = PARTS["xl/workbook.xml"].replace('<sheet name="档案" sheetId="1" r:id="rId1"/>', "")
    with pytest.raises(AppError):
        open_workbook(package(sheet_xml(""), {"xl/workbook.xml": without}))
