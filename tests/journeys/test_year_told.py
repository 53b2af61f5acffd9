"""A year of old workbooks taken in and told: the same figures on every way out."""

import io
from pathlib import Path
from typing import Any

import openpyxl
import pypdf

from app.core.i18n import catalogue
from app.core.money import yuan_text
from app.core.words.funds import FundSource
from app.core.words.relief import ReliefItem
from app.reports.as_json import as_json
from app.reports.paper import report_paper
from app.reports.queries import check_store, report
from app.reports.records import Cut, Report, of_year
from app.reports.workbook import report_workbook
from tests.imports import bring_in, workbook
from tests.relief_workbooks import Part, Split, relief_workbook
from tests.reliefs import bring_relief_in, homes_of
from tests.world import World

ROWS, FEN = 22_298, 598_000_000


def test_the_year_of_the_center_is_told_to_the_fen(world: World, tmp_path: Path) -> None:
    bring_in(world, workbook(150)[1])
    file = tmp_path / "帮扶救助记录.xlsx"
    split = relief_workbook(file, rows=ROWS, fen=FEN, households=homes_of(world))
    funds = world.ask("zhao", report, of_year(2026)).funds
    bring_relief_in(world, file)
    assert world.ask("zhao", report, of_year(2026)).funds == funds, "no live balance moves"
    told: Report = world.ask("zhao", report, of_year(2012))
    the_json_is(as_json(told), split)
    the_workbook_is(report_workbook(told), split)
    the_paper_says(report_paper(told), told, split)
    assert world.ask("admin", check_store).findings == ()


def labels(words: type[ReliefItem] | type[FundSource], parts: dict[str, Part]) -> dict[str, Part]:
    chinese = catalogue("zh_CN")
    return {chinese[words(key).message]: part for key, part in parts.items()}


def the_json_is(data: dict[str, Any], split: Split) -> None:
    relief = data["relief"]
    assert (relief["person_times"], relief["fen"]) == (ROWS, FEN)
    assert (relief["people"], relief["households"]) == (split.people, split.households)
    assert relief["without_file"]["people"] == split.without_file
    for name, parts in (
        ("by_item", labels(ReliefItem, split.by_item)),
        ("by_fund", labels(FundSource, split.by_source)),
        ("by_district", {key or "未建档": part for key, part in split.by_district.items()}),
    ):
        found = {key: (row["person_times"], row["fen"]) for key, row in relief[name].items()}
        assert found == {key: (part.times, part.fen) for key, part in parts.items()}
    months = [(row["person_times"], row["fen"]) for row in relief["by_month"]]
    assert months == [
        (split.by_month[month].times, split.by_month[month].fen) for month in range(1, 13)
    ]


def the_workbook_is(content: bytes, split: Split) -> None:
    book = openpyxl.load_workbook(io.BytesIO(content))

    def rows(cut: Cut) -> dict[Any, tuple[int, int]]:
        found = list(book[cut.label].iter_rows(min_row=5, values_only=True))
        assert (found[-1][1], fen_of(found[-1][4])) == (ROWS, FEN)
        return {row[0]: (whole(row[1]), fen_of(row[4])) for row in found[:-1]}

    for cut, parts in (
        (Cut.ITEM, labels(ReliefItem, split.by_item)),
        (Cut.SOURCE, labels(FundSource, split.by_source)),
        (Cut.DISTRICT, {key or "未建档": part for key, part in split.by_district.items()}),
        (Cut.MONTH, {f"2012-{month:02d}": part for month, part in split.by_month.items()}),
    ):
        assert rows(cut) == {key: (part.times, part.fen) for key, part in parts.items()}


def whole(value: Any) -> int:
    return int(value)


def fen_of(value: Any) -> int:
    return round(value * 100)


def the_paper_says(content: bytes, told: Report, split: Split) -> None:
    pages = pypdf.PdfReader(io.BytesIO(content)).pages
    said = "\n".join(page.extract_text() for page in pages).splitlines()
    assert any(f"{ROWS:,}" in line and yuan_text(FEN) in line for line in said)
    for parts in (
        labels(ReliefItem, split.by_item),
        labels(FundSource, split.by_source),
        {key or "未建档": part for key, part in split.by_district.items()},
        {f"2012-{month:02d}": part for month, part in split.by_month.items()},
    ):
        for key, part in parts.items():
            assert any(
                line.startswith(key) and f" {part.times:,} " in line and yuan_text(part.fen) in line
                for line in said
            ), key
    assert told.demonstration
    assert "样张" in "".join(said)
