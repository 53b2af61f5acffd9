"""The four papers: what they say, that they say it the same way every time, and page breaks."""

import dataclasses
import re
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.money import Fen, capitals, yuan_text
from app.disbursements.papers import PaymentListFacts, PaymentRow
from app.papers.pages import TooHighForAPage
from app.papers.render import page_count, raster, render, render_many
from app.papers.seal import seal
from app.papers.sheet import Sheet, thaw
from tests.papers import (
    HASH,
    PRIVATE_KEY,
    TODAY,
    approval,
    certificate,
    joined,
    pages_by_pdfium,
    pages_of,
    payment_list,
    receipt,
)

KINDS: list[Callable[[], Sheet]] = [
    certificate,
    receipt,
    approval,
    lambda: payment_list([150000, 5]),
]


@pytest.mark.parametrize("make", KINDS)
def test_the_same_sheet_gives_the_same_bytes(make: Callable[[], Sheet]) -> None:
    sheet = make()
    first = render(sheet)
    render(certificate(name="别的人"))  # leaves no trace
    assert render(make()) == first
    assert render(thaw(sheet.to_json())) == first


def test_the_certificate_says_its_facts() -> None:
    (text,) = map(joined, pages_of(render(certificate())))
    assert "哈工帮证〔2026〕第00118号" in text
    assert "李秀梅（公民身份号码 2390**********0023），女，1968年3月12日生" in text
    assert "现住哈尔滨市道外区，系北岸纺织厂职工，家庭成员 4 人。" in text
    assert "于2026年12月5日列入本中心困难职工档案，困难类别为低保边缘户，档案号 2026-0440" in text
    assert "本证明用于子女就学费用减免，有效期至2027年12月4日。" in text
    assert "哈尔滨市困难职工帮扶中心2026年12月6日" in text
    assert f"验真码　{certificate().check_code}" in text
    assert "正本" in text


def test_what_is_not_known_is_left_out_not_made_up() -> None:
    facts = {**certificate().facts, "employer": "", "birth": None, "sex": ""}
    (text,) = map(joined, pages_of(render(certificate(facts=facts))))
    assert "0023），现住哈尔滨市道外区，家庭成员 4 人。" in text


def test_the_receipt_says_what_was_handed_in() -> None:
    (text,) = map(joined, pages_of(render(receipt())))
    for said in (
        "于占江",
        "2026-0940",
        "3 人",
        "困难职工建档、生活救助",
        "困难职工登记表、个人困难申请书、户口本、收入证明、诊断证明",
        "核对授权书",
        "2026年12月18日前答复（暂定）",
        "经办　王芳",
        receipt().check_code,
    ):
        assert said in text


def test_the_approval_form_shows_amount_reason_and_both_persons() -> None:
    (text,) = map(joined, pages_of(render(approval())))
    for said in (
        "¥2,397.56",
        "人民币贰仟叁佰玖拾柒元伍角陆分",
        "777.78 元",
        "835.00 元",
        "自 2022-07-01 起",
        "所依据的政策数据尚待本中心确认",
        "提议人　王芳",
        "审批人　赵建国",
        HASH,
    ):
        assert said in text


def test_zero_is_printed_and_unknown_is_not() -> None:
    known = pages_of(render(approval()))[0]
    assert "0.00 元" in known
    facts = dict(approval().facts) | {"paid_this_year": None, "members": ()}
    assert "0.00 元" not in pages_of(render(approval(facts=facts)))[0].replace("835.00 元", "")


@pytest.mark.parametrize("count", [1, 30, 500])
def test_the_payment_list_breaks_between_rows_and_adds_up(count: int) -> None:
    amounts = [15000 + 137 * place for place in range(count)]
    pages = pages_of(render(payment_list(amounts)))
    rows = [
        [int(amount.replace(",", "").replace(".", "")) for amount in _AMOUNT.findall(page)]
        for page in pages
    ]
    assert [amount for of_page in rows for amount in of_page] == amounts
    for page, of_page in zip(pages, rows, strict=True):
        assert "序号" in page
        assert f"本页小计　{len(of_page)} 笔" in page
        assert yuan_text(sum(of_page)) in page
    assert f"合计　{count} 笔　　人民币（大写）{capitals(sum(amounts))}" in pages[-1]
    assert yuan_text(sum(amounts)) in pages[-1]
    assert all("合计" not in page for page in pages[:-1])
    assert all(HASH in page for page in pages)
    assert f"第 {len(pages)} 页，共 {len(pages)} 页" in pages[-1]
    assert "制表　钱立" in pages[-1]
    assert len(pages) == {1: 1, 30: 3, 500: 39}[count]


def test_a_list_that_does_not_add_up_cannot_be_made() -> None:
    row = PaymentRow(line=1, name="王", id_number="", category="", measure="", amount=Fen(5))
    with pytest.raises(ValueError, match="do not add up"):
        PaymentListFacts(
            name="",
            batch_number="B1",
            prepared_on=TODAY,
            rows=(row,),
            count=1,
            amount=Fen(6),
            batch_digest=HASH,
            preparer="钱立",
        )


_AMOUNT = re.compile(r"生活救助 ([\d,]+\.\d\d) 6222021234567894417")


@settings(max_examples=12)
@given(st.lists(st.integers(1, 10**9), min_size=1, max_size=45))
def test_no_row_is_lost_wherever_the_page_breaks(amounts: list[int]) -> None:
    text = "\n".join(pages_of(render(payment_list(amounts))))
    assert _AMOUNT.findall(text) == [yuan_text(amount) for amount in amounts]
    assert capitals(sum(amounts)) in text


def test_a_long_approval_form_goes_on_overleaf_with_its_number() -> None:
    pages = pages_of(render(approval(members=12, reasons=8)))
    assert len(pages) == 2
    assert "（续）　　编号　哈工帮审〔2026〕第00031号" in pages[1]
    assert "审批人　赵建国" in pages[1]


def test_what_fits_on_no_page_is_refused() -> None:
    with pytest.raises(TooHighForAPage, match="一页放不下"):
        render(approval(reasons=80))


def test_a_reprint_says_so_and_changes_nothing_else() -> None:
    once, again = certificate(), certificate().reprint(2, "遗失")
    first, second = (joined(pages_of(render(sheet))[0]) for sheet in (once, again))
    assert "补打　第 2 份（遗失）" in second
    assert second.replace("补打　第 2 份（遗失）", "", 1) == first.replace(
        "正本", "补打　第 2 份（遗失）"
    )
    assert (again.payload, again.check_code) == (once.payload, once.check_code)


def test_a_demonstration_paper_cannot_be_mistaken() -> None:
    pages = pages_of(render(payment_list([100] * 40, demonstration=True)))
    assert len(pages) > 1
    assert all("样张" in page for page in pages)
    assert "样　章" in pages_of(render(certificate(demonstration=True)))[0]
    assert "样" not in pages_of(render(certificate()))[0]


def test_a_stack_holds_every_paper_and_its_fixed_part_once() -> None:
    sheets = [receipt(name=f"王{name}", place=place) for place, name in enumerate("一二三四五")]
    stack = render_many(sheets)
    assert page_count(stack) == 5
    for sheet, page in zip(sheets, pages_by_pdfium(stack), strict=True):
        assert sheet.number in page
        assert sheet.facts["name"] in page
    assert stack.count(b"/Subtype /Form") == 1


def test_the_preview_is_a_picture_of_the_page() -> None:
    png = raster(render(receipt()), dpi=72)
    assert png.startswith(b"\x89PNG")
    width, height = (int.from_bytes(png[at : at + 4], "big") for at in (16, 20))
    assert (width, height) == pytest.approx((595, 420), abs=1)


def test_without_a_signature_there_is_no_code() -> None:
    unsigned = dataclasses.replace(certificate(), payload="", check_code="")  # pyright: ignore[reportArgumentType] - a Record is a dataclass
    assert b"/IM true" not in render(unsigned)
    assert seal(unsigned, PRIVATE_KEY) == certificate()
