"""Makes registers of guaranteed loans (担保贷款台账) that sum exactly to what is wanted.

Nothing here is taken from the code that reads or reports.
"""

import io
import random
from collections.abc import Iterable
from datetime import date, timedelta
from hashlib import sha256
from typing import Any

import xlsxwriter  # pyright: ignore[reportMissingTypeStubs] - it has no stubs

from app.entrance import prepare_register_import as prepare_loans_import
from app.exchange.archive_mending import Mends
from app.exchange.importing_records import ReadForm
from app.exchange.loans_importing import import_loans, read_loan_register
from app.exchange.loans_records import LoanRegister, LoanRegisterForm, LoansImported
from app.exchange.workbook import open_workbook
from tests.people import id_number
from tests.world import World

TITLES = (
    *("放款日期", "借款人", "身份证号", "贷款金额", "期限（月）", "年利率", "还款方式", "贴息比例"),
    *("经办银行", "担保人", "担保人身份证号", "用途", "合同号", "备注"),
)
METHODS = ("等额本息", "等额本金", "到期还本按月付息", "到期还本按季付息", "到期一次还本付息")
LOANS, FEN = 212, 1_927_000_000
"""What the center guaranteed in 2012: 212 loans worth 19.27 million yuan."""

Cells = list[Any]


def line(number: int, **cells: Any) -> Cells:
    """Return one loan of the register, with other cells where they are named."""
    usual: Cells = [
        "2012-03-05",
        f"借款人{number}",
        id_number(number, "19700305"),
        50_000,
        24,
        "6.65%",
        "到期还本按季付息",
        "100%",
        "哈尔滨银行利达支行",
        f"担保人{number}",
        id_number(number, "19650802"),
        "手工馒头店",
        f"哈银利达借字 2012 第 {number:04d} 号",
        "",
    ]
    named = {**dict(zip(TITLES, usual, strict=True)), **cells}
    return [named[title] for title in TITLES]


def of_the_year(seed: int = 2012) -> list[Cells]:
    """Return the loans of 2012: their sums random, all together exactly `FEN`."""
    chance = random.Random(seed)  # noqa: S311 - invented loans
    cuts = sorted(chance.sample(range(1, FEN // 10_000), LOANS - 1))
    sums = [
        after - before for before, after in zip([0, *cuts], [*cuts, FEN // 10_000], strict=True)
    ]
    first = date(2012, 1, 1)
    return [
        line(
            number,
            **{
                "放款日期": (first + timedelta(days=chance.randrange(366))).isoformat(),
                "贷款金额": hundreds * 100,
                "期限（月）": chance.choice((12, 18, 24)),
                "年利率": chance.choice(("6.65%", "6.15", "6.40%")),
                "还款方式": chance.choice(METHODS),
                "贴息比例": chance.choice(("全额", "50", "100%", "")),
            },
        )
        for number, hundreds in enumerate(sums, start=1)
    ]


def written(lines: Iterable[Cells], titles: Iterable[str] = TITLES) -> bytes:
    """Return the workbook."""
    content = io.BytesIO()
    book: Any = xlsxwriter.Workbook(content, {"in_memory": True})
    sheet = book.add_worksheet("贷款台账")
    rows: list[Cells] = [list(titles), *lines]
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            if isinstance(cell, str):
                sheet.write_string(row, column, cell)
            else:
                sheet.write_number(row, column, cell)
    book.close()
    return content.getvalue()


def read(world: World, data: bytes, mends: Mends | None = None) -> LoanRegister:
    """Read and check a register, as the loan officer."""
    form = ReadForm(book=open_workbook(data), mends=mends or Mends())
    return world.ask("sun", read_loan_register, form)


def bring_loans_in(world: World, data: bytes, *, skip_bad: bool = False) -> LoansImported:
    """Import a register, as the loan officer."""
    form = LoanRegisterForm(
        file_name="2012 年台账.xlsx",
        digest=sha256(data).hexdigest(),
        register=prepare_loans_import(world.office, read(world, data)),
        skip_bad=skip_bad,
    )
    return world.do("sun", import_loans, form)
