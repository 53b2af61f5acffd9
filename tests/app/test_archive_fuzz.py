"""Hostile workbooks, made by the thousand: no crash, no hang, nothing written.

``make fuzz`` reads 50,000 of them; the suite a few hundred. What is refused must be refused in
words (`AppError`); what is read must come to an end within five seconds of work.
"""

import io
import os
import struct
import sys
import time
import zipfile
import zlib
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import cache
from typing import Any, Final
from xml.sax.saxutils import escape

import olefile
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from app.core.errors import AppError
from app.exchange.archive_bad_rows import bad_rows
from app.exchange.archive_mending import bulk_fixes, with_offers
from app.exchange.archive_reading import read_archive
from app.exchange.workbook import open_workbook
from app.exchange.workbook_records import compound
from tests.packages import PARTS, SHEET, old_workbook, package, record, sheet_xml, texts_xml
from tests.workbooks import HOUSEHOLDS, MEMBERS, Layout, plan, written

TODAY: Final = date(2026, 11, 22)
SECONDS: Final = 5.0
WRITTEN_OUT: Final = 4
"""One archive of so many is mended and written out too, which takes longest."""
TESTS: Final = 6
EXAMPLES: Final = int(os.environ.get("FUZZ", "360")) // TESTS

hostile = settings(
    max_examples=EXAMPLES,
    deadline=None,  # measured below: making an example takes time too
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    phases=(Phase.generate,),  # to shrink what takes too long would take for ever
)

_watched: list[str] | None = None


def _watch(event: str, given_: tuple[object, ...]) -> None:
    if _watched is None:
        return
    if event == "open" and any(sign in str(given_[1] or "") for sign in "wax+"):
        _watched.append(f"open {given_[0]}")
    elif event in ("os.mkdir", "os.rename", "os.remove", "subprocess.Popen", "socket.connect"):
        _watched.append(f"{event} {given_}")


sys.addaudithook(_watch)


@contextmanager
def nothing_written() -> Generator[None]:
    """Fail when a file is opened to be written, a program started or a host called."""
    global _watched
    _watched = []
    try:
        yield
        assert not _watched
    finally:
        _watched = None


def examine(data: bytes) -> None:
    """Read a workbook as an import would, up to the bad rows written out."""
    begun = time.process_time()
    with nothing_written():
        try:
            book = open_workbook(data)
            archive = read_archive(book, today=TODAY)
            archive.as_json()
            bulk_fixes(archive.problems)
            if archive.households and len(archive.problems) % WRITTEN_OUT == 1:
                read_archive(book, today=TODAY, mends=with_offers(archive.problems))
                bad_rows(book, archive)
        except AppError as refused:
            told = refused.tell()
        else:
            told = "read"
    assert told
    assert time.process_time() - begun < SECONDS


@cache
def seeds() -> tuple[bytes, ...]:
    """Return small sound workbooks to spoil."""
    layouts = (
        Layout(),
        Layout(titles=1, groups=True, synonyms=True, totals=True),
        Layout(form="xls"),
        Layout(form="xls", groups=True, totals=True, starts_1904=True),
    )
    return tuple(written(plan(12, 4, layout, seed=3)) for layout in layouts)


@cache
def parts() -> dict[str, bytes]:
    """Return the parts of a sound workbook."""
    with zipfile.ZipFile(io.BytesIO(seeds()[1])) as whole:
        return {name: whole.read(name) for name in whole.namelist()}


@cache
def records() -> bytes:
    """Return the records of a sound old workbook."""
    opened: Any = olefile
    with opened.OleFileIO(io.BytesIO(seeds()[2])) as file:
        return bytes(file.openstream("Workbook").read())


Spoiling = tuple[str, int, int, bytes]

ODD_BYTES: Final = (
    b"", b"\x00", b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", b"<", b">", b'"', b"&", b"/>", b"<c ",
    b"9" * 12, b"-1", b"XFD1048576", b"]]>", b"<!--", b"<![CDATA[", b"\xef\xbb\xbf", b"\xff\xfe",
    "档".encode(), b"1e999", b"A" * 5000,
)  # fmt: skip
SPOILINGS = st.lists(
    st.tuples(
        st.sampled_from(("put", "cut", "over", "twice", "end")),
        st.integers(0, 2**20),
        st.integers(1, 400),
        st.sampled_from(ODD_BYTES) | st.binary(max_size=8),
    ),
    min_size=1,
    max_size=6,
)


def spoilt(data: bytes, spoilings: Sequence[Spoiling]) -> bytes:
    """Return the bytes with some put in, cut out, overwritten, doubled, or the end left out."""
    for how, place, length, odd in spoilings:
        at = place % (len(data) + 1)
        match how:
            case "put":
                data = data[:at] + odd + data[at:]
            case "cut":
                data = data[:at] + data[at + length :]
            case "over":
                data = data[:at] + odd + data[at + len(odd) :]
            case "twice":
                data = data[: at + length] + data[at:]
            case _:
                data = data[:at]
    return data


@hostile
@given(st.integers(0, 3), SPOILINGS)
def test_files_with_spoilt_bytes(which: int, spoilings: list[Spoiling]) -> None:
    examine(spoilt(seeds()[which], spoilings))


@hostile
@given(st.data(), SPOILINGS)
def test_packages_with_spoilt_parts(draw: st.DataObject, spoilings: list[Spoiling]) -> None:
    name = draw.draw(st.sampled_from(sorted(parts())))
    examine(package(b"", {**PARTS, **parts(), name: spoilt(parts()[name], spoilings)}))


@hostile
@given(SPOILINGS, st.lists(st.tuples(st.integers(0, 0xFFF), st.binary(max_size=40)), max_size=4))
def test_old_workbooks_with_spoilt_records(
    spoilings: list[Spoiling], added: list[tuple[int, bytes]]
) -> None:
    stream = spoilt(records(), spoilings)
    examine(compound("Workbook", stream + b"".join(record(kind, body) for kind, body in added)))
    if added:
        cells = b"".join(record(0x200 + kind % 16, body) for kind, body in added)
        examine(old_workbook(cells))


PLACES = st.sampled_from(
    (
        "A1", "B2", "C3", "Z9", "AA1", "IV65536", "XFD1048576", "ZZZ9", "a1", "A0", "1A", "", "A-1",
        "A99999999999", "&#65;1", "A1 ", "档1", "$A$1", "R1C1",
    )
)  # fmt: skip
VALUES = st.sampled_from(
    (
        "1", "", "-1", "1e999", "NaN", "99999", "0x41", "43617", "2.39E+17", "1" * 400, "true", "-",
        "#REF!", "2013-05-01", "档案", "&lt;", "&a;", "\u0000", "=1+1", "9" * 20,
    )
)  # fmt: skip
KINDS = st.sampled_from(
    ("", ' t="s"', ' t="b"', ' t="e"', ' t="str"', ' t="d"', ' t="n"', " t='s'")
)
SHAPES = st.sampled_from(
    (
        '<c r="{place}"{kind}><v>{value}</v></c>',
        "<c r='{place}'{kind}><v>{value}</v></c>",
        '<x:c r = "{place}"{kind}><x:v>{value}</x:v></x:c>',
        '<c{kind} r="{place}"><f>HYPERLINK("{value}")</f><v>{value}</v></c>',
        '<c r="{place}" t="inlineStr"><is><r><t>{value}</t></r><r><t>{value}</t></r></is></c>',
        "<c{kind}><v>{value}</v></c>",
        '<c r="{place}"/>',
        "</row><row><c><v>{value}</v></c>",
        '</row><row r="{value}" hidden="1"><c><v>1</v></c>',
        "<!-- {value} -->",
        "<![CDATA[{value}]]>",
        "<c>" * 40,
        "<{kind}>",
        '<row r="1" r="{value}" x="<c r=">',
    )
)


def _tag(shape: str, place: str, kind: str, value: str) -> str:
    return shape.format(place=place, kind=kind, value=value)


TAGS = st.builds(_tag, SHAPES, PLACES, KINDS, VALUES)
AFTER = st.sampled_from(
    (
        "",
        '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>',
        '<mergeCells><mergeCell ref="B2:A1"/><mergeCell ref="x"/></mergeCells>',
        "<mergeCells>" + '<mergeCell ref="A1:C900"/>' * 500 + "</mergeCells>",
        '<hyperlinks><hyperlink ref="A1" r:id="rId9"/></hyperlinks>',
    )
)
TITLES = "".join(
    f'<c r="{letter}1" t="inlineStr"><is><t>{title}</t></is></c>'
    for letter, title in zip("ABCDEFGH", HOUSEHOLDS, strict=False)
)


@hostile
@given(st.lists(TAGS, max_size=12), AFTER, st.booleans(), st.text(max_size=20))
def test_sheets_of_hostile_tags(tags: list[str], after: str, titled: bool, text: str) -> None:
    rows = f'<row r="1">{TITLES if titled else ""}</row><row r="2">{"".join(tags)}</row>'
    texts = texts_xml([escape(text), "x" * 3000])
    examine(
        package(sheet_xml(rows, after).encode("utf-8", "replace"), {"xl/sharedStrings.xml": texts})
    )


WORDS = st.sampled_from(
    [
        "", "是", "否", "无", "男", "深度困难", "南岗区", "在档", "2013-05-01", "20130501",
        "13-5-1", "1,200.00", "-5", "0.001", "1.2万元", "239081198001010020", "2.39E+17",
        "23908119800101002", "6222021234567890128", "配偶", "本人", "合计", "小计", "备注：",
        "'", '"', "=1+1", "@SUM(A1)", "\u202e反", "\ue000", "\U0001f600", "a" * 33_000, "0" * 400,
        "１２３", "Ⅱ级", "\t", "\n",
    ]
)  # fmt: skip
CELLS = WORDS | st.text(max_size=30) | st.floats() | st.integers(-(2**63), 2**63)


@hostile
@given(
    st.lists(st.sampled_from([*HOUSEHOLDS, *MEMBERS, "序号", "", "身份证号码*"]), max_size=20),
    st.lists(st.lists(CELLS, max_size=20), max_size=8),
    st.lists(st.lists(CELLS, max_size=12), max_size=8),
)
def test_cells_of_all_kinds_under_any_titles(
    titles: list[str],
    heads: list[list[str | float]],
    members: list[list[str | float]],
) -> None:
    book = PARTS["xl/workbook.xml"].replace(
        "</sheets>", '<sheet name="家庭成员" sheetId="2" r:id="rId3"/></sheets>'
    )
    rels = PARTS["xl/_rels/workbook.xml.rels"].replace(
        "</Relationships>",
        '<Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        'relationships/worksheet" Target="worksheets/sheet2.xml"/></Relationships>',
    )
    second = sheet_xml(_rows([MEMBERS, *members])).encode("utf-8", "replace")
    given_ = {"xl/workbook.xml": book, "xl/_rels/workbook.xml.rels": rels}
    parts_ = {**given_, "xl/worksheets/sheet2.xml": second}
    first = sheet_xml(_rows([titles or HOUSEHOLDS, *heads])).encode("utf-8", "replace")
    examine(package(first, parts_))


def _rows(rows: Sequence[Sequence[str | float]]) -> str:
    """Return rows of cells in the cells' own texts and numbers."""
    return "".join(
        "<row>"
        + "".join(
            f'<c t="inlineStr"><is><t>{escape(cell)}</t></is></c>'
            if isinstance(cell, str)
            else f"<c><v>{cell!r}</v></c>"
            for cell in row
        )
        + "</row>"
        for row in rows
    )


@pytest.mark.parametrize(
    ("which", "spoilings"),
    [(2, [("over", 81571, 19, "档".encode())] * 2)],  # sixty thousand empty rows of 165 columns
)
def test_files_that_once_took_too_long(which: int, spoilings: list[Spoiling]) -> None:
    examine(spoilt(seeds()[which], spoilings))


@pytest.mark.parametrize("cell", [-4.489740823767677e16, 2.096577792589938e16, "1e15", "１" * 16])
def test_a_card_number_may_be_any_number(cell: str | float) -> None:
    examine(package(sheet_xml(_rows([HOUSEHOLDS, [cell] * len(HOUSEHOLDS)])).encode()))


def test_a_part_without_a_name_is_refused() -> None:
    data = bytearray(package(b"", {" ": "<x/>"}))
    struct.pack_into("<HH", data, data.rindex(b"PK\x01\x02") + 28, 0, 1)
    with zipfile.ZipFile(io.BytesIO(data)) as odd:
        assert "" in odd.namelist()
    examine(bytes(data))


@cache
def bomb() -> bytes:
    """Return a thousandth of what it is unpacked."""
    pack = zlib.compressobj(9, zlib.DEFLATED, -15)
    return b"".join(pack.compress(b"<c/>" * (1 << 18)) for _ in range(100)) + pack.flush()


NAMES = st.sampled_from(
    (
        "xl/a.xml", "../../etc/passwd", "/var/x", "C:\\x.xml", "xl\\workbook.xml",
        "XL/WORKBOOK.XML", " ", SHEET, "xl/sharedStrings.xml", "a/" * 200 + "x",
        "xl/./workbook.xml", "x\u0000x", "con.xml",
    )
)  # fmt: skip
SIZES = st.sampled_from((0, 1 << 16, 1 << 21, 1 << 22)) | st.integers(0, 2**32 - 1)
FIELDS = st.lists(
    st.tuples(
        st.sampled_from((4, 6, 8, 10, 14, 16, 18, 20, 22, 24, 26, 28, 30, 32, 34, 36, 38, 42)),
        st.sampled_from((0, 1, 8, 9, 0x0801, 0xFFFF)) | st.integers(0, 0xFFFF),
    ),
    max_size=4,
)


@hostile
@given(st.lists(NAMES, max_size=3, unique=True), FIELDS, st.integers(0, 9), SIZES)
def test_packages_of_hostile_entries(
    names: list[str], fields: list[tuple[int, int]], turn: int, size: int
) -> None:
    data = bytearray(
        package(sheet_xml('<row r="1"><c r="A1"><v>1</v></c></row>'), dict.fromkeys(names, "<x/>"))
    )
    central = data.rindex(b"PK\x01\x02")
    for offset, value in fields:
        struct.pack_into("<H", data, min(central + offset, len(data) - 2), value)
    if turn == 0:
        data = bytearray(_with_bomb(size))
    examine(bytes(data))


def _with_bomb(size: int) -> bytes:
    """Return a package of one part that says it is ``size`` bytes long and is far longer."""
    packed, name = bomb(), b"xl/workbook.xml"
    about = struct.pack("<HHHHHIIIHH", 20, 0, 8, 0, 0, 0, len(packed), size, len(name), 0)
    local = b"PK\x03\x04" + about + name
    central = b"PK\x01\x02\x14\x00" + about + struct.pack("<HHHII", 0, 0, 0, 0, 0) + name
    start = len(local) + len(packed)
    end = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 1, 1, len(central), start, 0)
    return local + packed + central + end
