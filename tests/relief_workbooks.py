"""Makes workbooks of past relief that sum exactly to what is wanted, and tells each part of it.

Nothing here is taken from the code that reads or reports.
"""

import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import xlsxwriter  # pyright: ignore[reportMissingTypeStubs] - it has no stubs

from tests.workbooks import People

TITLES = (
    *("日期", "档案号", "身份证号", "姓名", "救助项目"),
    *("金额", "资金来源", "发放方式", "经办人", "备注"),
)
ITEMS = {
    "living": ("生活救助", "生活困难救助"),
    "medical": ("医疗救助", "疾病救助"),
    "schooling": ("助学救助", "子女助学"),
    "festival": ("送温暖",),
    "temporary": ("临时救助",),
    "other": ("其他",),
}
SOURCES = {
    "central": ("中央财政", "中央财政资金"),
    "provincial": ("省财政", "省级财政"),
    "city": ("市财政", "市级财政"),
    "union_fees": ("工会经费",),
    "donation": ("社会捐助", "社会捐赠"),
    "interest": ("账户利息",),
    "agency": ("代管资金",),
}
WAYS = ("银行卡", "现金", "实物", "")

Cells = list[Any]


class Home(NamedTuple):
    """A household that is on file, by its head."""

    file_number: str
    id_number: str
    name: str
    district: str


@dataclass
class Part:
    """Some payments: how often and how much."""

    times: int = 0
    fen: int = 0

    def add(self, fen: int) -> None:
        """Count one payment more."""
        self.times += 1
        self.fen += fen


def _parts() -> dict[Any, Part]:
    return defaultdict(Part)


@dataclass
class Split:
    """What a workbook has to be counted as, on the whole and in parts."""

    rows: int
    fen: int
    year: int
    people: int = 0
    households: int = 0
    """Those on file."""
    without_file: int = 0
    """People without a file."""
    by_item: dict[str, Part] = field(default_factory=_parts)
    by_source: dict[str, Part] = field(default_factory=_parts)
    by_month: dict[int, Part] = field(default_factory=_parts)
    by_district: dict[str, Part] = field(default_factory=_parts)
    """By the district of the household; ``""`` for those without a file."""


def divided(rng: random.Random, fen: int, rows: int) -> list[int]:
    """Divide an amount at random into so many parts of a fen at least."""
    weights = [rng.random() ** 2 for _ in range(rows)]
    whole = sum(weights)
    amounts = [1 + int((fen - rows) * weight / whole) for weight in weights]
    for place in range(fen - sum(amounts)):
        amounts[place % rows] += 1
    assert sum(amounts) == fen
    return amounts


def relief_workbook(
    path: Path,
    *,
    rows: int = 22_298,
    fen: int = 598_000_000,
    year: int = 2012,
    seed: int = 1,
    households: Sequence[Home] = (),
) -> Split:
    """Write a workbook of ``rows`` payments of ``fen`` together in a year; return its parts.

    Four of five go to the ``households``, where there are any, named by the file number, by the ID
    number or by both; the others to people without a file.
    """
    cells, split = payments(rows=rows, fen=fen, year=year, seed=seed, households=households)
    write(path, [TITLES, *cells])
    return split


def payments(
    *, rows: int, fen: int, year: int, seed: int = 1, households: Sequence[Home] = ()
) -> tuple[list[Cells], Split]:
    """Return the rows of such a workbook, and their parts."""
    rng = random.Random(seed)  # noqa: S311 - invents people, keeps no secret
    invented = People(rng)
    strangers = [
        (invented.name(), invented.id_number(woman=rng.random() < 0.5, oldest=70, youngest=25))
        for _ in range(max(1, rows // 9))
    ]
    split = Split(rows, fen, year)
    helped: set[str] = set()
    homes: set[Home] = set()
    cells: list[Cells] = []
    days = (date(year + 1, 1, 1) - date(year, 1, 1)).days
    for amount in divided(rng, fen, rows):
        day = date(year, 1, 1) + timedelta(days=rng.randrange(days))
        item, source = rng.choice(list(ITEMS)), rng.choice(list(SOURCES))
        if households and rng.random() < 0.8:
            home = rng.choice(households)
            homes.add(home)
            name, number, district = home.name, home.id_number, home.district
            shown = rng.choice(((home.file_number, ""), ("", number), (home.file_number, number)))
        else:
            name, number = rng.choice(strangers)
            district, shown = "", ("", number)
        helped.add(number)
        split.by_item[item].add(amount)
        split.by_source[source].add(amount)
        split.by_month[day.month].add(amount)
        split.by_district[district].add(amount)
        words = rng.choice(ITEMS[item]), rng.choice(SOURCES[source])
        cells.append(
            [_day(rng, day), *shown, name, words[0], _yuan(rng, amount), words[1],
             rng.choice(WAYS), rng.choice(("张经办", "李经办", "")), ""]
        )  # fmt: skip
    for name in ("by_item", "by_source", "by_month", "by_district"):
        setattr(split, name, dict(getattr(split, name)))
    split.people = len(helped)
    split.households = len(homes)
    split.without_file = len(helped - {home.id_number for home in homes})
    return cells, split


def _day(rng: random.Random, day: date) -> date | str:
    return rng.choice(
        (day, day.isoformat(), f"{day:%Y%m%d}", f"{day.year}年{day.month}月{day.day}日")
    )


def _yuan(rng: random.Random, fen: int) -> float | str:
    return rng.choice((fen / 100, f"{fen / 100:,.2f}", f"{fen // 100}.{fen % 100:02d}元"))


def write(path: Path, *sheets: Iterable[Sequence[Any]]) -> None:
    """Write rows of cells as a workbook, a sheet each."""
    book: Any = xlsxwriter.Workbook(str(path))
    days = book.add_format({"num_format": "yyyy-mm-dd"})
    for rows in sheets:
        sheet: Any = book.add_worksheet()
        for down, row in enumerate(rows):
            for left, value in enumerate(row):
                if isinstance(value, date):
                    sheet.write_datetime(down, left, value, days)
                elif isinstance(value, str):
                    sheet.write_string(down, left, value)
                else:
                    sheet.write_number(down, left, value)
    book.close()
