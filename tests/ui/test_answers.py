"""Answers as screens list them: members together, sums no higher than what all may get."""

from datetime import date

from app.core.money import Fen
from app.policy.catalog import shipped
from app.policy.facts import Facts, Known
from app.policy.findings import Findings
from app.policy.pack import Outcome
from app.policy.rulebook import assess_all
from app.reference.dated import (
    Confidence,
    DatedValue,
    Origin,
    ValueArea,
    ValueKind,
    shipped_values,
)
from app.reference.values import Values
from ui.answers import Answer, answers, total

DAY = date(2024, 6, 1)
LINE = DatedValue(
    kind=ValueKind.DIBAO_LINE,
    area=ValueArea.DISTRICTS,
    amount_fen=Fen(800_00),
    effective_from=date(2024, 1, 1),
    effective_to=date(2024, 12, 31),
    published_on=None,
    document="测试文件",
    source="测试文件",
    confidence=Confidence.CONFIRMED,
    origin=Origin.CENTER,
)
NAMES = ("甲示例", "乙示例", "丙示例")
WORKER: Facts = {
    "person_type": "城镇职工",
    "receives_dibao": True,
    "no_exclusion_declared": True,
    "main_cause": "患重特大疾病",
    "district": "道外区",
    "members_living_together": 3,
    "income_12_months": 0,
    "relief_received_this_year": 0,
    "rigid_expenditure_12_months": 0,
    "necessary_employment_cost_12_months": 0,
    "accident_loss_12_months": 0,
    "has_active_file": True,
    "union_member": True,
}


def assess(*members: Facts, **changed: object) -> Findings:
    household: dict[str, object] = {**WORKER, **changed}
    known = Known(household, members)  # pyright: ignore[reportArgumentType] - tests name facts loosely
    return assess_all(shipped(), known, Values(shipped_values(), [LINE]), DAY)


def of(findings: Findings, measure: str) -> Answer:
    found = answers(findings, NAMES)
    return next(each for each in found if each.measure and each.measure.id == measure)


def ill(yuan: int | None) -> Facts:
    return {"medical_self_paid_12_months": None if yuan is None else yuan * 100}


def test_members_are_added_up_but_no_more_than_all_together_may_get() -> None:
    assert of(assess(ill(5000), ill(7000)), "medical_relief").amount_fen == Fen(12_000_00)
    assert of(assess(ill(15000), ill(7000)), "medical_relief").amount_fen == Fen(20_000_00)


def test_the_best_answer_counts_and_the_rest_is_told() -> None:
    found = of(assess(ill(5000), ill(None), ill(0)), "medical_relief")
    assert found.outcome is Outcome.YES
    assert found.who() == "甲示例"
    assert [found.name(each) for each in found.meant] == ["甲示例", "乙示例"]
    assert found.line().startswith("甲示例：")
    assert found.line().endswith("；另 1 人待补材料")


def test_a_measure_meant_for_nobody_says_the_first_reason_without_a_name() -> None:
    found = of(assess(ill(0), ill(0)), "medical_relief")
    assert found.outcome is Outcome.NO
    assert len(found.meant) == 2
    assert found.line() == "不满足：有自付的医疗费（近 12 个月：0.00 元）"


def test_papers_that_are_missing_are_named_once() -> None:
    found = of(assess(ill(None), ill(None)), "medical_relief")
    assert found.line() == "甲示例、乙示例：缺 1 项：医保结算单"
    assert found.amount_fen == Fen(0)


def test_the_total_counts_grants_only() -> None:
    found = answers(assess(ill(5000)), NAMES)
    grants = {each.title: each.amount_fen for each in found if each.amount_fen}
    assert total(found) == sum(grants.values())
    assert "医疗救助" in grants
