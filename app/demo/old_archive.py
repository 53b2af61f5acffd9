"""An old archive workbook to try the import with: a dozen invented households, some rows wrong as
in real ones, and somebody who is on file already."""

import io
from datetime import date
from typing import Any, Final

from app.core.resident_id import check_character
from app.demo.households import PLANTED, DemoHousehold
from app.demo.people import demo_households

SEED: Final = 19990501
HOUSEHOLDS: Final = 12
FILE_NUMBER: Final = "哈困{number:06d}"


def old_archive(name: str, id_number: str, today: date) -> bytes:
    """Return the workbook; ``name`` and ``id_number`` are of the person who is on file already."""
    import xlsxwriter  # noqa: PLC0415 # pyright: ignore[reportMissingTypeStubs] - heavy, on first use; it has no stubs

    planted = len(PLANTED)
    people = list(demo_households(planted + HOUSEHOLDS, seed=SEED, today=today))[planted:]
    rows = [_row(number, household) for number, household in enumerate(people, 1)]
    rows[2]["建档日期"] = ""
    rows[4]["困难类别"] = rows[7]["困难类别"] = "特别困难"
    rows[6]["身份证号"] = _wrong(rows[6]["身份证号"])
    rows[9] |= {"姓名": name, "身份证号": id_number, "户名": name, "住房类型": "租房"}
    file = io.BytesIO()
    written: Any = xlsxwriter.Workbook(file, {"in_memory": True})
    _write(written.add_worksheet("档案"), rows)
    members = [
        {
            "档案号": FILE_NUMBER.format(number=number),
            "姓名": member.name,
            "与户主关系": member.relation,
            "身份证号": member.id_number,
        }
        for number, household in enumerate(people, 1)
        if number != 10
        for member in household.members[1:]
    ]
    _write(written.add_worksheet("家庭成员"), members)
    written.close()
    return file.getvalue()


def _row(number: int, household: DemoHousehold) -> dict[str, Any]:
    head = household.head
    return {
        "档案号": FILE_NUMBER.format(number=number),
        "姓名": head.name,
        "身份证号": head.id_number,
        "困难类别": "相对困难",
        "手机号码": head.phone,
        "区县": household.district,
        "家庭住址": household.address,
        "工作单位": household.work_unit,
        "工作状态": head.work_status or "",
        "住房类型": "",
        "家庭年度总收入": 18_000 + 600 * number,
        "家庭人口": len(household.members),
        "主要致困原因": household.main_cause,
        "开户银行": household.account_bank,
        "银行卡号": household.account_number,
        "户名": household.account_holder,
        "建档日期": f"2011-05-{number:02d}",
        "状态": "在档",
    }


def _wrong(number: str) -> str:
    """Return an ID number with another check digit than the right one."""
    return number[:17] + next(sign for sign in "58" if sign != check_character(number[:17]))


def _write(sheet: Any, rows: list[dict[str, Any]]) -> None:
    for left, title in enumerate(rows[0]):
        sheet.write_string(0, left, title)
    for down, row in enumerate(rows, 1):
        for left, cell in enumerate(row.values()):
            sheet.write(down, left, cell)
