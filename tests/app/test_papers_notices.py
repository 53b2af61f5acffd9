"""The notice of missing papers and the referral slip: what they say, and where the slip is torn."""

from collections.abc import Callable

import pytest

from app.papers.render import page_count, render
from app.papers.sheet import Sheet, thaw
from app.reference.proofs import proof, proofs
from tests.papers import joined, missing_notice, pages_of, referral, right_edges


@pytest.mark.parametrize("make", [missing_notice, referral])
def test_the_same_sheet_gives_the_same_bytes(make: Callable[[], Sheet]) -> None:
    first = render(make())
    assert render(thaw(make().to_json())) == first


def test_the_notice_says_what_where_for_what_and_by_when() -> None:
    (text,) = map(joined, pages_of(render(missing_notice())))
    for part in (
        "李秀梅：",
        "还缺下面 3 种材料",
        "请在 2026年12月18日以前（含当日）带来",
        proof("medical_settlement").title,
        "到哪里办",
        proof("declaration").where,
        "用来确定",
        "困难认定、医疗救助",
        "由本中心查明、不用您去办的：中心的救助记录。",
        "期限是 10 个工作日，从今天的第二天算起",
        "本人签收",
        "哈工帮补〔2026〕第00306号",
        missing_notice().check_code,
    ):
        assert part in text
    assert "暂定" not in text


def test_a_day_that_no_calendar_holds_is_called_provisional() -> None:
    facts = {**missing_notice().facts, "due_provisional": True}
    (text,) = map(joined, pages_of(render(missing_notice(facts=facts))))
    assert "带来（暂定）" in text
    assert "还没有公布放假安排" in text


@pytest.mark.parametrize("large", [False, True])
def test_every_paper_there_is_fits_on_a_notice(large: bool) -> None:
    names = [name for name, entry in proofs().items() if entry.with_client]
    pdf = render(missing_notice(*names, large=large))
    text = joined("".join(pages_of(pdf)))
    for name in names:
        assert proof(name).how[:8] in text
        assert proof(name).how[-5:] in text
    assert all(edge < 210 - 17 for edge in right_edges(pdf))


def test_the_slip_says_who_goes_where_for_what_with_what() -> None:
    (text,) = map(joined, pages_of(render(referral())))
    for part in (
        "就读学校的学生资助部门：",
        "陈𬭎（公民身份号码 2390**********0023），户主李秀梅，需要到你处办理",
        "学费减免和学生资助",
        "能不能减、减多少由学校按规定定",
        "学生证或者录取通知书、低保证或者困难职工证明、户口簿",
        "哈工帮档〔2026〕第00440号",
        "0451-0000000",
    ):
        assert part in text


def test_the_number_stands_on_both_halves_and_on_the_line_between() -> None:
    (text,) = map(joined, pages_of(render(referral())))
    number = referral().number
    assert f"沿虚线撕开　　　编号　{number}　　　（骑缝盖章）" in text
    assert text.count(number) == 3
    assert "转介回执" in text
    assert "□ 已办理" in text


def test_the_slip_stays_one_page_with_long_words() -> None:
    facts = {
        **referral().facts,
        "papers": ["近 12 个月自负医疗费、学费、护理费票据"] * 5,
        "department": "户口所在区县民政局、医疗保障局（街道、乡镇受理）",
        "note": "本人行动不便，由社区工作人员陪同前往，请予照顾，并请在办结后三日内把回执交回。",
    }
    pdf = render(referral(facts=facts))
    assert page_count(pdf) == 1
    assert all(edge < 210 - 17 for edge in right_edges(pdf))


def test_the_head_who_goes_is_not_named_twice() -> None:
    facts = {**referral().facts, "head": ""}
    (text,) = map(joined, pages_of(render(referral(facts=facts))))
    assert "0023）需要到你处办理" in text
