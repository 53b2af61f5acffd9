"""The reason sheet: what is possible, what to bring and what is not, in the words of the screen."""

import re
from datetime import date
from typing import Any

import pytest

from app.core.words.papers import PaperKind
from app.papers.examine import Verdict, examine
from app.papers.needed import needed
from app.papers.reasons import reason_sheet, reasons_of
from app.papers.render import render
from app.papers.summary import possible, refused
from app.policy.catalog import shipped
from app.policy.explain import conclusion, explain, line_text
from app.policy.findings import Findings
from app.policy.pack import MeasureKind
from app.policy.rulebook import assess_all
from app.policy.situation import read_situation
from app.reference.dated import shipped_values
from app.reference.proofs import proof
from app.reference.values import Values
from tests.papers import PUBLIC_KEY, joined, pages_by_pdfium, pages_of, right_edges, sheet
from tests.world import changed

DAY = date(2022, 11, 15)
TODAY = date(2026, 11, 20)
NAMES = ("李秀梅", "陈国强", "陈晓明", "陈晓红")
WORKED: dict[str, Any] = {
    "as_of": DAY,
    "district": "南岗区",
    "person_type": "城镇职工",
    "members_living_together": 3,
    "income_12_months": 48000,
    "rigid_expenditure_12_months": 20000,
    "necessary_employment_cost_12_months": 0,
    "accident_loss_12_months": 0,
    "relief_received_this_year": 0,
    "receives_dibao": False,
    "union_member": True,
    "has_active_file": True,
    "main_cause": "患重特大疾病",
    "no_exclusion_declared": True,
    "dwellings": 1,
}
GROWN_UP: dict[str, Any] = {"school_stage": "不在学", "medical_self_paid_12_months": 0}
PUPIL: dict[str, Any] = {"school_stage": "初中", "medical_self_paid_12_months": 0}
FAMILY = (GROWN_UP, GROWN_UP, PUPIL, PUPIL)


def found(*members: dict[str, Any], **changed: Any) -> Findings:
    """Assess the worked example, with some facts given anew or (`None`) left out."""
    given = {name: value for name, value in (WORKED | changed).items() if value is not None}
    situation = read_situation({"household": given, "member": [dict(each) for each in members]})
    return assess_all(shipped(), situation.known, Values(shipped_values()), situation.day)


def printed(*members: dict[str, Any], large: bool = False, **changed: Any) -> str:
    """Return all visible text of the sheet, without line breaks."""
    findings = found(*members, **changed)
    return joined("".join(pages_by_pdfium(reason_sheet(findings, TODAY, NAMES, large=large))))


def test_the_worked_example_prints_both_numbers_the_line_its_dates_and_its_source() -> None:
    text = printed()
    assert "认定为深度困难" in text
    assert "(48,000.00 − 20,000.00) ÷ 12 ÷ 3 = 777.78" in text.replace("（", "(").replace(
        "）", ") "
    )
    for part in (
        "777.78 元",
        "835.00 元",
        "2022-01-01 至 2022-12-31",
        "2022-10-20 公布",
        "8,350.00",
    ):
        assert part in text


def test_the_relative_test_prints_both_numbers_too() -> None:
    text = printed(district="宾县")
    assert "认定为相对困难" in text
    for part in ("777.78 元", "669.00 元", "1,338.00 元", "不满足"):
        assert part in text


def test_the_first_page_says_what_is_possible_what_to_bring_and_what_is_not() -> None:
    findings = found(*FAMILY, labour_dispute=None, wage_arrears=False)
    first = joined(pages_by_pdfium(reason_sheet(findings, TODAY, NAMES))[0])
    for part in (
        "李秀梅：根据您家的情况和 2022年11月15日 执行的政策",
        "一、现在就可以办理的",
        "最高 8,350.00 元。在本中心窗口申请。",
        "（陈晓明、陈晓红）",
        "二、请把下面的材料带来",
        "劳动争议的材料",
        proof("dispute_proof").where[:10],
        "三、目前不能办理的",
    ):
        assert part in first


def test_what_is_possible_says_the_next_step_by_who_does_it() -> None:
    findings = found(*FAMILY)
    can = {one.title: one for one in possible(findings, NAMES)}
    living = can["生活救助"]
    assert (living.to_apply, living.file_first, living.amount_at_most) == (True, False, 835_000)
    for assessment in findings.all:
        measure = assessment.measure
        if measure and measure.title in can and measure.kind is MeasureKind.REFERRAL:
            assert can[measure.title].by_others == measure.department
            assert not can[measure.title].by_us
    unfiled = {one.title: one for one in possible(found(*FAMILY, has_active_file=False), NAMES)}
    assert unfiled["生活救助"].file_first
    assert unfiled["困难认定"].to_file
    assert not can["困难认定"].to_file


def test_a_measure_for_members_is_left_out_for_those_it_passes_by() -> None:
    sheet = reasons_of(found(*FAMILY), NAMES)
    grants = [one for one in sheet.possible if "助学" in one.title]
    assert {one.who for one in grants} == {"陈晓明、陈晓红"}
    assert not [one for one in sheet.refused if one.who == "李秀梅、陈国强" and "助学" in one.title]
    nobody = refused(found(GROWN_UP, GROWN_UP), NAMES)
    (schooling,) = [one for one in nobody if one.title == grants[0].title]
    assert schooling.who == ""
    assert len(schooling.why) == 1


def test_what_is_missing_is_named_once_with_the_place_to_get_it() -> None:
    income = proof("income_proof")
    findings = found(*FAMILY, income_12_months=None)
    (paper,) = [one for one in needed(findings, NAMES) if one.title == income.title]
    assert (paper.where, paper.with_client) == (income.where, True)
    assert "生活救助" in paper.settles
    text = printed(*FAMILY, income_12_months=None)
    assert "暂不能认定" in text
    assert income.title in text


def test_a_member_s_paper_names_the_member_and_the_other_answers_stand() -> None:
    unknown = {"school_stage": "初中"}
    before = possible(found(*FAMILY), NAMES)
    findings = found(GROWN_UP, GROWN_UP, PUPIL, unknown)
    (paper,) = [
        one for one in needed(findings, NAMES) if one.title == proof("medical_settlement").title
    ]
    assert all("陈晓红" in about for about in paper.settles)
    assert possible(findings, NAMES) == before


def test_what_the_center_finds_out_itself_is_not_asked_of_the_household() -> None:
    sheet = reasons_of(found(as_of=date(2024, 6, 1)), NAMES)
    assert sheet.center_finds == (proof("center_standard").title,)
    assert sheet.center_finds[0] not in {one.title for one in sheet.bring}
    assert "由本中心查明、不用您去办的" in printed(as_of=date(2024, 6, 1))


def test_what_would_change_the_answer_is_said() -> None:
    text = printed(income_12_months=100_000)
    assert "如果能证明“家庭近 12 个月总收入”不超过" in text


def test_a_day_before_any_document_is_said() -> None:
    assert "困难认定：2005-05-01 没有已知的政策文件" in printed(as_of=date(2005, 5, 1))


def test_why_this_version_and_that_it_is_provisional_is_said() -> None:
    text = printed()
    assert "困难职工家庭认定标准（2020—2022 年口径，暂行），2020-01-01 起，2023-01-01 前" in text
    assert "暂行，待本中心确认" in text
    assert "未编号，仅供参考" in text
    assert "提出的期限：待中心确认" in text


@pytest.mark.parametrize(
    "changed", [{}, {"district": "宾县"}, {"income_12_months": None}, {"dwellings": 3}]
)
def test_it_says_what_the_screen_says(changed: dict[str, Any]) -> None:
    findings = found(**changed)
    sheet = reasons_of(findings)
    items = {
        line
        for area in sheet.areas
        for row in (*area.criteria, *area.others)
        for line in row.item.split("\n")
    }
    assert {conclusion(each) for each in findings.all} <= items
    assert {line_text(line) for each in findings.all for line in each.lines} == set(sheet.lines)
    assert findings.classification
    rows = {
        f"{row.mark}：{row.says.strip()}（{row.article.split()[0]}）"
        for row in sheet.areas[0].criteria
    }
    told = {line.strip() for line in explain(findings.classification)}
    assert {line for line in told if line.startswith(("满足", "不满足", "暂不能认定："))} <= rows


@pytest.mark.parametrize("large", [False, True])
def test_nothing_is_cut_at_the_edge(large: bool) -> None:
    pdf = reason_sheet(found(*FAMILY, income_12_months=None), TODAY, NAMES, large=large)
    assert all(edge < 210 - 10 for edge in right_edges(pdf))


@pytest.mark.parametrize("large", [False, True])
def test_a_page_that_goes_on_says_again_what_its_rows_are_about(large: bool) -> None:
    reasons = reasons_of(found(), NAMES, large=large)
    first = changed(reasons.areas[0].criteria[0], item="困难认定\n认定为深度困难", article="甲0条")
    rest = [changed(first, item="", article=f"甲{place}条") for place in range(1, 90)]
    area = changed(reasons.areas[0], criteria=(first, *rest), others=(), untried=())
    pages = [
        joined(page)
        for page in pages_by_pdfium(
            render(sheet(PaperKind.REASON_SHEET, "", changed(reasons, areas=(area,))))
        )
    ]
    told = [page for page in pages if re.search(r"甲\d", page)]
    assert len(told) > 2
    assert [page.count("认定为深度困难（续）") for page in told] == [0] + [1] * (len(told) - 1)
    numbers = [int(number) for page in told for number in re.findall(r"甲(\d+)条", page)]
    assert sorted(numbers) == list(range(90)), "no row is lost"


def test_large_type_says_the_same_in_more_pages() -> None:
    findings = found(*FAMILY)
    usual, large = (reason_sheet(findings, TODAY, NAMES, large=each) for each in (False, True))
    assert len(pages_of(large)) > len(pages_of(usual))
    text = joined("".join(pages_by_pdfium(large)))
    for one in possible(findings, NAMES):
        assert one.title in text
        assert one.says in text


def test_it_names_nobody_and_is_no_paper_of_the_register() -> None:
    findings = found()
    pdf = reason_sheet(findings, TODAY)
    assert examine(pdf, PUBLIC_KEY).verdict is Verdict.UNKNOWN
    assert reason_sheet(findings, TODAY) == pdf
    assert "资格告知单" in pages_of(pdf)[0]
    assert "成员 1" in joined("".join(pages_of(reason_sheet(found(PUPIL), TODAY))))
