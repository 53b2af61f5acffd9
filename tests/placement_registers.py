"""Makes registers of placements (职业介绍记录) of exactly as many rows as are wanted.

Nothing here is taken from the code that reads or reports.
"""

import io
import random
from collections.abc import Iterable
from datetime import date, timedelta
from hashlib import sha256
from typing import Any, Final

import xlsxwriter  # pyright: ignore[reportMissingTypeStubs] - it has no stubs

from app.entrance import prepare_register_import as prepare_placements_import
from app.exchange.archive_mending import Mends
from app.exchange.importing_records import ReadForm
from app.exchange.placements_importing import import_placements, read_placement_register
from app.exchange.placements_records import (
    PlacementRegister,
    PlacementRegisterForm,
    PlacementsImported,
)
from app.exchange.workbook import Workbook, open_workbook
from tests.people import id_number
from tests.world import World

TITLES: Final = (
    *("安置日期", "姓名", "身份证号", "用人单位", "工种", "月薪", "合同期限", "人员类别"),
    *("是否免费", "备注"),
)
PLACED: Final = 3_271
"""What the center placed in 2012, all of them free of charge."""
EMPLOYERS: Final = ("北岸纺织厂", "松江机械厂", "道外家政服务公司", "示范物业公司", "友谊饭店")
OCCUPATIONS: Final = ("保洁员", "厨师", "缝纫工", "保安", "月嫂", "装配工")
KINDS: Final = ("失业人员", "下岗人员", "农民工", "毕业生", "残疾人", "退役军人", "困难职工", "")

Cells = list[Any]


def person(number: int) -> str:
    """Return the ID number of an invented person; each number is another one."""
    return id_number(number % 900, f"{1978 - number // 900}0305")


def line(number: int, **cells: Any) -> Cells:
    """Return one placement of the register, with other cells where they are named."""
    usual: Cells = [
        "2012-03-05",
        f"安置人{number}",
        person(number),
        "北岸纺织厂",
        "缝纫工",
        1_800,
        "12",
        "失业人员",
        "是",
        "",
    ]
    named = {**dict(zip(TITLES, usual, strict=True)), **cells}
    return [named[title] for title in TITLES]


def of_the_year(count: int = PLACED, seed: int = 2012) -> list[Cells]:
    """Return the placements of 2012: random days, employers and pay, each person once."""
    chance = random.Random(seed)  # noqa: S311 - invented placements
    first = date(2012, 1, 1)
    return [
        line(
            number,
            安置日期=(first + timedelta(days=chance.randrange(366))).isoformat(),
            用人单位=chance.choice(EMPLOYERS),
            工种=chance.choice(OCCUPATIONS),
            月薪=chance.choice((1_160, 1_500, 1_800.5, 2_600, "")),
            合同期限=chance.choice(("12", "1年", "6个月", "无固定期限", "")),
            人员类别=chance.choice(KINDS),
            是否免费="是",
        )
        for number in range(1, count + 1)
    ]


def written(lines: Iterable[Cells], titles: Iterable[str] = TITLES) -> bytes:
    """Return the workbook."""
    content = io.BytesIO()
    book: Any = xlsxwriter.Workbook(content, {"in_memory": True})
    sheet = book.add_worksheet("职业介绍")
    rows: list[Cells] = [list(titles), *lines]
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            if isinstance(cell, str):
                sheet.write_string(row, column, cell)
            else:
                sheet.write_number(row, column, cell)
    book.close()
    return content.getvalue()


def read_book(world: World, book: Workbook, mends: Mends | None = None) -> PlacementRegister:
    """Read and check an open register, as the job officer."""
    return world.ask("li", read_placement_register, ReadForm(book=book, mends=mends or Mends()))


def read(world: World, data: bytes, mends: Mends | None = None) -> PlacementRegister:
    """Read and check a register, as the job officer."""
    return read_book(world, open_workbook(data), mends)


def bring_placements_in(world: World, data: bytes, *, skip_bad: bool = False) -> PlacementsImported:
    """Import a register, as the job officer."""
    form = PlacementRegisterForm(
        file_name="2012 年职业介绍.xlsx",
        digest=sha256(data).hexdigest(),
        register=prepare_placements_import(world.office, read(world, data)),
        skip_bad=skip_bad,
    )
    return world.do("li", import_placements, form)
