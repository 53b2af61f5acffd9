"""Makes workbooks by hand, byte by byte, for what no honest program would write."""

import io
import struct
import zipfile
from collections.abc import Mapping, Sequence
from typing import Final

from app.exchange.workbook_records import compound

MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES: Final = "http://schemas.openxmlformats.org/package/2006/content-types"
SHEET: Final = "xl/worksheets/sheet1.xml"

PARTS: Final[Mapping[str, str]] = {
    "[Content_Types].xml": f'<Types xmlns="{TYPES}">'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{RELATIONS}"><Relationship Id="rId1" '
    f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
    '<sheet name="档案" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{RELATIONS}">'
    f'<Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
    "</Relationships>",
    "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}"/>',
}
"""The parts of the smallest workbook, without its sheet."""


def sheet_xml(rows: str, after: str = "") -> str:
    """Return a sheet with ``rows`` as they stand, and what comes after them."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{after}</worksheet>'
    )


def texts_xml(texts: Sequence[str]) -> str:
    """Return a part of shared texts."""
    return f'<sst xmlns="{MAIN}">' + "".join(f"<si><t>{text}</t></si>" for text in texts) + "</sst>"


def package(sheet: str | bytes, parts: Mapping[str, str | bytes] | None = None) -> bytes:
    """Return a workbook with this sheet, and these parts beside or instead of the usual ones."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as whole:
        for name, part in {**PARTS, SHEET: sheet, **(parts or {})}.items():
            whole.writestr(name, part)
    return file.getvalue()


def record(kind: int, body: bytes = b"") -> bytes:
    """Return one record of an old workbook."""
    return struct.pack("<HH", kind, len(body)) + body


def old_workbook(sheet: bytes, shared: bytes = b"") -> bytes:
    """Return an old workbook of one sheet with these records in it."""
    begin = record(0x809, struct.pack("<HHHHII", 0x600, 0x05, 0, 1997, 0, 0))
    begin_sheet = record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 1997, 0, 0))
    name = "档案"
    length = 4 + 8 + 2 * len(name)
    place = len(begin) + len(shared) + length + 4
    listed = struct.pack("<IBBBB", place, 0, 0, len(name), 1) + name.encode("utf-16-le")
    end = record(0x0A)
    return compound(
        "Workbook", begin + shared + record(0x85, listed) + end + begin_sheet + sheet + end
    )


def number(row: int, column: int, value: float) -> bytes:
    """Return the record of a number in an old workbook."""
    return record(0x203, struct.pack("<HHHd", row, column, 0, value))
