"""The reason sheet: the household's number beside the limit, in the words of the screen."""

from datetime import date
from typing import Any

from app.papers.examine import Verdict, examine
from app.papers.reasons import reason_sheet, reasons_of
from app.policy.assess import assess_all
from app.policy.catalog import shipped
from app.policy.explain import explain
from app.policy.findings import Findings
from app.policy.situation import read_situation
from app.reference.dated import shipped_values
from app.reference.values import Values
from tests.papers import PUBLIC_KEY, joined, pages_by_pdfium, pages_of

DAY = date(2022, 11, 15)
TODAY = date(2026, 11, 20)
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
    "main_cause": "患重特大疾病",
    "no_exclusion_declared": True,
    "dwellings": 1,
}


def found(**changed: Any) -> tuple[Findings, Any]:
    """Assess the worked example, with some facts given anew or (`None`) left out."""
    given = {name: value for name, value in (WORKED | changed).items() if value is not None}
    situation = read_situation({"household": given})
    values = Values(shipped_values())
    return assess_all(shipped(), situation.facts, values, situation.day), situation.facts


def printed(**changed: Any) -> str:
    """Return all visible text of the sheet, without line breaks."""
    findings, facts = found(**changed)
    return joined("".join(pages_by_pdfium(reason_sheet(findings, facts, TODAY))))


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


def test_it_says_that_it_is_provisional_unnumbered_and_for_information() -> None:
    text = printed()
    assert "暂行，待本中心确认" in text
    assert "困难职工家庭认定标准（2020—2022 年口径，暂行）" in text
    assert "未编号，仅供参考" in text


def test_what_is_missing_is_named_with_the_paper_that_proves_it() -> None:
    text = printed(income_12_months=None)
    assert "暂不能认定" in text
    assert "还不知道家庭近 12 个月总收入，要看：近 12 个月收入证明和工资流水" in text


def test_what_would_change_the_answer_is_said() -> None:
    assert "符合这一条，结果就会改变：没有不予认定的情形" in printed(dwellings=3)


def test_a_day_without_a_line_and_one_without_any_document_are_said() -> None:
    assert "南岗区 2024-06-01 这一天没有已知的标准" in printed(as_of=date(2024, 6, 1))
    assert "困难认定：2013-05-01 没有已知的政策文件" in printed(as_of=date(2013, 5, 1))


def test_it_says_what_the_screen_says() -> None:
    for changed in ({}, {"district": "宾县"}, {"income_12_months": None}, {"dwellings": 3}):
        findings, facts = found(**changed)
        sheet = reasons_of(findings, facts)
        assert findings.classification
        section = sheet.sections[0]
        said = {section.conclusion, *section.missing, *section.changes, *section.lines}
        rows = {f"{row.mark}：{row.says.strip()}（{row.article[:3]}）" for row in section.criteria}
        told = {line.strip() for line in explain(findings.classification)}
        assert told <= said | rows


def test_it_names_nobody_and_is_no_paper_of_the_register() -> None:
    findings, facts = found()
    pdf = reason_sheet(findings, facts, TODAY)
    assert examine(pdf, PUBLIC_KEY).verdict is Verdict.UNKNOWN
    assert reason_sheet(findings, facts, TODAY) == pdf
    assert "资格告知单" in pages_of(pdf)[0]
