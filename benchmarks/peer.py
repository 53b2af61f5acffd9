"""The same two papers set by Typst: same page, words, sizes, fonts and QR code."""

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

import typst

from app.core.assets import resource
from app.papers.qr import qr
from app.papers.sheet import Sheet

QUIET: Final = 255
"""The grey of a white cell."""

HEAD: Final = """
#let sheets = json(bytes(sys.inputs.sheets))
#let code(sheet, side) = image(
  read(sheet.qr, encoding: none), width: side, height: side,
  format: (encoding: "luma8", width: sheet.side, height: sheet.side))
#let small(it) = text(font: "Noto Sans SC", size: 9pt, fill: rgb("#555555"), it)
"""

CERTIFICATE: Final = """
#set page(
  width: 210mm, height: 297mm, margin: (top: 32mm, right: 30mm, bottom: 21mm, left: 30mm),
  background: {
    place(dx: 11mm, dy: 11mm, rect(width: 188mm, height: 275mm, stroke: 1.8pt + rgb("#b3261e")))
    place(dx: 12.6mm, dy: 12.6mm,
      rect(width: 184.8mm, height: 271.8mm, stroke: 0.5pt + rgb("#b3261e")))
  })
#set text(font: "Noto Serif SC", size: 15pt, lang: "zh")
#set par(first-line-indent: (amount: 2em, all: true), leading: 15pt, justify: true)
#for sheet in sheets [
  #v(20mm)
  #align(center, text(size: 30pt, weight: "bold", tracking: 0.22em)[困难职工证明])
  #v(6mm)
  #align(right, text(size: 11pt, sheet.number))
  #v(4mm)
  #for words in sheet.body { par(words); v(2mm) }
  #v(6mm)
  #align(right)[#sheet.center \\ #sheet.day]
  #place(bottom + left, grid(columns: (25mm, 1fr), column-gutter: 3mm, align: bottom,
    code(sheet, 25mm), stack(spacing: 4pt, ..sheet.foot.map(small))))
  #place(bottom + center, dy: 6mm, text(size: 9pt, fill: rgb("#b3261e"))[本证明涂改无效])
]
"""

RECEIPT: Final = """
#let notice = (
  "您的申请已受理。本回执只证明收到上列材料，不代表审核结果；材料原件已当面退还。"
  + "对办理结果有异议的，可向本中心申请复核。")
#set page(width: 210mm, height: 148mm,
  margin: (top: 11mm, right: 14mm, bottom: 9mm, left: 14mm))
#set text(font: "Noto Serif SC", size: 10.5pt, lang: "zh")
#let label(it) = table.cell(fill: rgb("#f2f2f2"), text(font: "Noto Sans SC", it))
#for sheet in sheets [
  #align(center, text(font: "Noto Sans SC", sheet.center))
  #align(center, text(size: 20pt, weight: "bold", tracking: 0.3em)[受理回执])
  #align(right, text(size: 10pt, sheet.number))
  #table(columns: (26mm, 62mm, 30mm, 64mm), stroke: 0.5pt, align: horizon,
    label[申请人], sheet.name, label[公民身份号码], sheet.id_number,
    label[案号], sheet.case_number, label[家庭人口], sheet.people,
    label[受理日期], sheet.accepted, label[答复期限], sheet.due,
    label[申请事项], table.cell(colspan: 3, sheet.items),
    label[已收材料], table.cell(colspan: 3, sheet.handed_in),
    label[待补材料], table.cell(colspan: 3, sheet.missing))
  #par(first-line-indent: (amount: 2em, all: true), leading: 0.8em, justify: true,
    text(size: 10pt)[#notice])
  #place(bottom + left, grid(columns: (24mm, 1fr), column-gutter: 3mm, align: bottom,
    code(sheet, 24mm), stack(spacing: 4pt, ..sheet.foot.map(small))))
  #pagebreak(weak: true)
]
"""


class Peer:
    """Typst with our fonts, and a folder in which it finds the QR codes."""

    def __init__(self, folder: Path, source: str) -> None:
        self._folder = folder
        (folder / "main.typ").write_text(HEAD + source, encoding="utf-8")
        self._compiler = typst.Compiler(
            str(folder / "main.typ"),
            root=str(folder),
            font_paths=[str(resource("fonts"))],
            ignore_system_fonts=True,
        )

    def set(self, sheets: Sequence[dict[str, Any]]) -> bytes:
        """Return the PDF of sheets that `certificate` or `receipt` prepared."""
        inputs = {"sheets": json.dumps(sheets)}
        pdf = self._compiler.compile(format="pdf", sys_inputs=inputs, pdf_tags=False)
        if not isinstance(pdf, bytes):
            raise TypeError("one document was asked for")
        return pdf

    def certificate(self, sheet: Sheet) -> dict[str, Any]:
        """Return what the certificate says, its words filled in and its QR code drawn."""
        facts = sheet.facts
        return self._common(sheet) | {
            "body": [
                f"{facts['name']}（公民身份号码 {facts['id_number']}），{facts['sex']}，"
                f"{_day(facts['birth'])}生，现住{facts['residence']}，系{facts['employer']}职工，"
                f"家庭成员 {facts['household_size']} 人。",
                f"经核实，该户于{_day(facts['filed_on'])}列入本中心困难职工档案，困难类别为"
                f"{facts['category']}，档案号 {facts['file_number']}。",
                f"本证明用于{facts['purpose']}，有效期至{_day(facts['valid_until'])}。",
                "特此证明。",
            ],
            "foot": [
                f"扫码验真，或致电本中心报编号查询（{facts['center_phone']}）",
                f"验真码　{sheet.check_code}",
                f"经办　{sheet.maker}　　审核　{sheet.checker}　　正本",
            ],
        }

    def receipt(self, sheet: Sheet) -> dict[str, Any]:
        """Return what the receipt says, its words filled in and its QR code drawn."""
        facts = sheet.facts
        return self._common(sheet) | {
            "name": facts["name"],
            "id_number": facts["id_number"],
            "case_number": facts["case_number"],
            "people": f"{facts['household_size']} 人",
            "accepted": _day(facts["accepted_on"]),
            "due": f"{_day(facts['due_on'])}前答复（暂定）",
            "items": "、".join(facts["items"]),
            "handed_in": "、".join(facts["papers_handed_in"]),
            "missing": "、".join(facts["papers_missing"]),
            "foot": [
                f"办理进度请持本回执到窗口查询，或致电报案号　电话 {facts['center_phone']}",
                f"地址 {facts['center_address']}",
                f"验真码　{sheet.check_code}　　　经办　{sheet.maker}　　　"
                f"{_day(sheet.issued_on.isoformat())}　　　正本",
            ],
        }

    def _common(self, sheet: Sheet) -> dict[str, Any]:
        matrix = qr(sheet.payload)
        wide = len(matrix.rows) // matrix.side
        cells = bytes(
            0 if matrix.rows[row * wide + column // 8] >> (7 - column % 8) & 1 else QUIET
            for row in range(matrix.side)
            for column in range(matrix.side)
        )
        name = f"{sheet.check_code}.luma"
        (self._folder / name).write_bytes(cells)
        return {
            "number": sheet.number,
            "center": sheet.center,
            "day": _day(sheet.issued_on.isoformat()),
            "qr": name,
            "side": matrix.side,
        }


def _day(text: str) -> str:
    day = date.fromisoformat(text)
    return f"{day.year}年{day.month}月{day.day}日"
