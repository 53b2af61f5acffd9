"""How pay reads, and whom a paper is about, wherever they stand in a list."""

from datetime import UTC, datetime

import pytest

from app.core.words.papers import PaperKind, PaperState
from app.papers.records import PaperRow
from ui.job_looks import pay_range
from ui.pages.papers.facts import about_cell


@pytest.mark.parametrize(
    ("least", "most", "says"),
    [
        (240_000, None, "2,400.00"),
        (240_000, 240_000, "2,400.00"),
        (350_000, 450_000, "3,500.00–4,500.00"),
        (None, None, "—"),
    ],
)
def test_pay_reads_as_one_amount_or_from_least_to_most(
    least: int | None, most: int | None, says: str
) -> None:
    assert pay_range(least, most) == says


@pytest.mark.parametrize(
    ("title", "note", "cell"),
    [
        ("贺立群 贷2026-0005", "", ("贺立群", "贷2026-0005")),
        ("贺立群 贷2026-0005", "卡纸", ("贺立群", "卡纸")),
        ("李秀梅", "", ("李秀梅", "")),
        ("B2026-0003", "", ("B2026-0003", "")),
    ],
)
def test_a_paper_names_the_person_and_below_the_number_it_belongs_to(
    title: str, note: str, cell: tuple[str, str]
) -> None:
    row = PaperRow(
        id=1,
        version=1,
        kind=PaperKind.REPAYMENT_PLAN,
        number="哈工帮划〔2026〕第00001号",
        title=title,
        state=PaperState.ISSUED,
        prints=0,
        issued_at=datetime(2026, 11, 23, tzinfo=UTC),
        issued_by="孙明",
        note=note,
    )
    found = about_cell(row)
    assert (found.text, found.second) == cell
