"""The words and the JSON of an assessment."""

from datetime import date
from typing import Any

from app.policy.as_json import to_json
from app.policy.catalog import shipped
from app.policy.explain import changes, conclusion, explain, line_text, says
from app.policy.facts import FactValue, Known
from app.policy.findings import Assessment, Findings
from app.policy.rulebook import assess_all
from app.policy.vocabulary import FACTS
from app.reference.dated import shipped_values
from app.reference.values import Values

VALUES = Values(shipped_values())
EXAMPLE: dict[str, FactValue | None] = {
    "district": "南岗区",
    "person_type": "城镇职工",
    "members_living_together": 3,
    "income_12_months": 4800000,
    "rigid_expenditure_12_months": 2000000,
    "necessary_employment_cost_12_months": 0,
    "accident_loss_12_months": 0,
    "relief_received_this_year": 0,
    "union_member": True,
    "main_cause": "患重特大疾病",
    "no_exclusion_declared": True,
    "dwellings": 1,
}


def findings(day: date = date(2022, 11, 15), **changed: FactValue | None) -> Findings:
    return assess_all(shipped(), Known({**EXAMPLE, **changed}), VALUES, day)


def classification(found: Findings) -> Assessment:
    assert found.classification is not None
    return found.classification


def living_relief(found: Findings) -> Assessment:
    relief = found.measure("living_relief")
    assert relief is not None
    return relief


def test_the_worked_example_in_words() -> None:
    assert explain(classification(findings())) == (
        "认定为深度困难",
        "满足：没有不予认定的情形（第一条）",
        "满足：有主要致困原因（本户：患重特大疾病）（第二条）",
        "满足：扣除刚性支出后家庭月人均净收入 777.78 元，须低于低保标准 835.00 元（第三条）",
        "低保线（市区）835.00 元，2022-01-01 至 2022-12-31（关于提高哈尔滨市城乡低保和特困人员"
        "救助供养标准方案；2022-10-20 公布；2022-10-20 报道，九区；见于文件或报道）",
    )


def test_the_sheet_of_a_county_shows_both_numbers_and_the_factor() -> None:
    sentences = explain(classification(findings(district="宾县")))
    assert (
        "满足：扣除刚性支出和必要就业成本后家庭月人均净收入 777.78 元，"
        "须不高于低保标准 669.00 元的 2 倍，即 1,338.00 元（第四条）"
    ) in sentences


def test_the_money_in_words() -> None:
    sentences = explain(living_relief(findings()))
    assert sentences[:2] == (
        "可享受生活救助，最高 8,350.00 元",
        "10 个月 × 低保标准 835.00 元 = 本年度上限 8,350.00 元，已领 0.00 元，还可救助 8,350.00 元",
    )


def test_what_is_missing_is_said_with_the_paper() -> None:
    found = classification(findings(income_12_months=None))
    assert conclusion(found) == "暂不能认定"
    assert "还不知道家庭近 12 个月总收入，要看：近 12 个月收入证明和工资流水" in explain(found)
    undeclared = classification(findings(has_motor_vehicle=None, no_exclusion_declared=None))
    assert "还不知道是否拥有机动车，要看：家庭签字的声明" in explain(undeclared)


def test_of_what_is_declared_it_is_said_who_declared_it() -> None:
    found = classification(findings(has_motor_vehicle=None, dwellings=None))
    told = [says(leaf) for reason in found.reasons for leaf in reason.leaves()]
    assert "没有机动车（本户已书面声明）" in told
    assert "住房不多于 1 套（本户已书面声明）" in told
    assert not any("有此情形：" in each for each in told)
    known = classification(findings(has_motor_vehicle=False))
    told = [says(leaf) for reason in known.reasons for leaf in reason.leaves()]
    assert "没有机动车（拥有机动车：否）" in told


def test_a_day_without_a_line_says_what_to_do() -> None:
    sentences = explain(classification(findings(date(2024, 6, 1))))
    assert (
        "低保线：南岗区 2024-06-01 这一天没有已知的标准，不能测算收入条件。"
        "请录入本中心的标准，须两人确认"
    ) in sentences


def test_an_exclusion_is_named_and_what_would_change_the_answer() -> None:
    found = classification(findings(has_motor_vehicle=True, income_12_months=None))
    assert "　不满足：没有机动车（拥有机动车：是）（第一条）" in explain(found)
    assert changes(found) == ()  # without the income nobody can promise a yes
    known = classification(findings(has_motor_vehicle=True))
    assert changes(known) == ("如果没有“拥有机动车”这一情形，就符合条件。要看：家庭签字的声明",)


def test_two_things_in_the_way_are_not_called_decisive() -> None:
    found = classification(findings(has_motor_vehicle=True, income_12_months=99_000_000))
    assert changes(found) == ()


def test_the_least_change_of_an_amount_is_worked_out_to_the_fen() -> None:
    found = living_relief(findings(district="宾县", income_12_months=6_816_900))
    assert found.outcome == "no"
    assert changes(found)[0] == (
        "如果能证明“家庭近 12 个月总收入”不超过 68,168.17 元（现在是 68,169.00 元），就符合条件，"
        "最高可救助 5,352.00 元。要看：近 12 个月收入证明和工资流水"
    )


def test_relief_of_this_year_can_be_asked_for_again_next_year() -> None:
    found = living_relief(findings(relief_received_this_year=835000))
    assert changes(found) == ("2023-01-01 起可以再申请",)
    assert "　不满足：计入已领救助后仍为深度困难（重新测算：相对困难）（第三条）" in explain(found)


def test_what_is_unknown_is_not_called_no() -> None:
    found = living_relief(findings(income_12_months=None))
    assert "暂不能认定：认定为深度困难、相对困难（本户：暂不能认定）（第一条）" in explain(found)


def test_a_demonstration_value_is_marked() -> None:
    line = classification(findings()).lines[0]
    shown: dict[str, Any] = {**vars(line), "demonstration": True, "effective_to": None}
    text = line_text(type(line)(**shown))
    assert "演示值" in text
    assert "另有规定时" in text


def test_the_json_that_other_programs_rely_on() -> None:
    found = to_json(findings())
    assert set(found) >= {"classification", "areas", "packs"}
    first = found["classification"]
    assert (first["outcome"], first["category"], first["net_per_head_fen"]) == (
        "yes",
        "深度困难",
        77778,
    )
    reason = next(item for item in first["reasons"] if item["fact"] == "net_after_rigid")
    assert (reason["value"], reason["limit"], reason["held"]) == (77778, 83500, True)
    assert reason["article"] == "第三条"
    assert reason["limit_source"]["effective_from"] == "2022-01-01"
    assert reason["limit_source"]["document"]
    assert [area["area"] for area in found["areas"]] == [
        *("employment", "medical", "schooling", "income", "labour", "social_security", "culture")
    ]
    security = next(area for area in found["areas"] if area["area"] == "social_security")
    relief = next(each for each in security["measures"] if each["id"] == "living_relief")
    assert (relief["id"], relief["kind"], relief["outcome"], relief["amount_fen"]) == (
        "living_relief",
        "grant",
        "yes",
        835000,
    )
    packs = {pack["area"]: (pack["in_force"], pack["status"]) for pack in found["packs"]}
    assert packs["classification"] == ("2020-01-01", "provisional")
    assert packs["social_security"] == ("2020-01-01", "provisional")
    assert all(len(pack["digest"]) == 64 for pack in found["packs"])


def test_the_json_names_what_is_missing() -> None:
    first = to_json(findings(income_12_months=None))["classification"]
    assert (first["outcome"], first["category"]) == ("unknown", None)
    assert [item["fact"] for item in first["missing"]] == ["income_12_months"]
    assert first["missing"][0]["paper"] == "近 12 个月收入证明和工资流水"


def test_the_json_of_a_day_without_policy() -> None:
    found = to_json(findings(date(1999, 5, 1)))
    assert found["classification"]["outcome"] == "unknown"
    assert found["classification"]["missing"][0]["fact"] == "policy"
    assert (found["areas"], found["packs"]) == ([], [])


def test_every_fact_has_a_label_and_a_paper() -> None:
    for fact in FACTS:
        assert fact.title != fact.label
        if fact.name not in {"as_of", "known_on"}:
            assert fact.proof
