"""The papers of filing steps: what they say, what they must not say, and that they fit."""

from collections.abc import Callable
from typing import Any

import pytest

from app.papers.render import page_count, render
from app.papers.seal import KINDS, check, claims_of
from app.papers.sheet import Sheet, thaw
from app.papers.store import MARKS
from tests.app.filing_papers import (
    authorisation,
    exit_notice,
    notice,
    notice_result,
    review_sheet,
    visit_record,
)
from tests.papers import PUBLIC_KEY, joined, pages_of, right_edges

ALL = (visit_record, authorisation, notice, notice_result, review_sheet, exit_notice)


def text(sheet: Sheet) -> str:
    return joined("".join(pages_of(render(sheet))))


@pytest.mark.parametrize("make", ALL)
def test_a_paper_is_one_page_the_same_every_time_and_signed(make: Callable[[], Sheet]) -> None:
    pdf = render(make())
    assert render(thaw(make().to_json())) == pdf
    assert page_count(pdf) == 1
    assert all(edge < 210 - 14 for edge in right_edges(pdf))
    assert check(PUBLIC_KEY, make().payload) == claims_of(make())


def test_every_kind_has_its_mark_and_its_place_among_the_signed() -> None:
    marks = [MARKS[make().kind] for make in ALL]
    assert len(set(MARKS.values())) == len(MARKS)
    assert all(
        make().number.startswith(f"哈工帮{mark}〔") for make, mark in zip(ALL, marks, strict=True)
    )
    assert set(KINDS) == set(MARKS)


def test_the_visit_record_leaves_room_before_and_tells_all_after() -> None:
    before, after = text(visit_record(done=False)), text(visit_record())
    for part in ("六清楚", "2390**********0023", "2026-0440", "调查人签字", "陈𬭎"):
        assert part in before
        assert part in after
    assert "与申报一致" not in before
    for part in ("与申报一致", "王芳、于占江", "老人卧床", "2026年12月6日"):
        assert part in after


def test_a_large_household_goes_on_a_second_page() -> None:
    pdf = render(visit_record(people=14))
    assert page_count(pdf) == 2
    assert "入户调查表（续）" in pages_of(pdf)[1]


def test_everybody_signs_and_a_guardian_for_the_child() -> None:
    said = text(authorisation())
    assert said.count("239001197505050023") == 4
    assert said.count("由监护人签字") == 1
    for part in ("民政部门、公安机关（户籍、车辆）", "敏感个人信息", "书面撤回", "基层工会"):
        assert part in said


def test_the_notice_says_until_when_and_whom_to_call() -> None:
    said = text(notice())
    for part in (
        "李*梅",
        "公示时间：2026年12月28日至2027年1月5日，从张贴的第二天算起 5 个工作日。",
        "监督电话：0451-0000000",
        "金秋助学",
        "深度困难",
    ):
        assert part in said
    assert "暂定" not in said
    assert "重新公示" not in said


def test_a_notice_whose_end_is_not_certain_says_so() -> None:
    said = text(notice(provisional=True, again=True))
    assert "2027年1月5日（暂定）" in said
    assert "还没有公布放假安排" in said
    assert "已经查清答复，重新公示" in said


def test_what_is_not_shown_leaves_no_trace() -> None:
    facts = notice().facts
    (row,) = facts["rows"]
    bare: dict[str, Any] = {**row, "unit": "", "category": "", "items": []}
    said = text(notice(facts={**facts, "rows": [bare]}))
    assert "李*梅" in said
    assert "松花江" not in said
    assert "深度困难" not in said


def test_the_result_tells_the_objections_and_not_who_raised_them() -> None:
    said = text(notice_result())
    for part in ("有异议，已答复", "车是单位公车", "首次张贴", "2026年11月30日", "不成立"):
        assert part in said
    none = text(notice_result(0))
    assert "公示无异议" in none
    assert "查处情况" not in none


def test_the_review_sheet_has_both_opinions() -> None:
    said = text(review_sheet(sampled="2026 年抽查抽中（在档 100 户，抽 30 户）"))
    for part in ("复核人　王芳", "审定人　赵建国", "C2026-00031", "同意：调整类别", "抽 30 户"):
        assert part in said
    before = text(review_sheet(decided=False))
    assert "同意" not in before
    assert "抽查" not in before


def test_the_exit_notice_says_why_and_how_to_come_back() -> None:
    said = text(exit_notice())
    for part in ("“脱困”", "（连续 6 个月）", "提出，我们查清后书面答复", "原档案号继续使用"):
        assert part in said
    assert "个月）" not in text(exit_notice(None))
