"""The papers of a loan: what they say, what they must not say, and that they fit."""

from collections.abc import Callable

import pytest

from app.core.money import Fen
from app.loans.papers import RepaymentFacts
from app.papers.render import page_count, render
from app.papers.seal import check, claims_of
from app.papers.sheet import Sheet, thaw
from tests.app.loan_papers import (
    commitment,
    overdue,
    recommendation,
    repayment,
    repayment_plan,
    settlement,
    subsidy_list,
    survey,
)
from tests.papers import PUBLIC_KEY, TODAY, joined, pages_of, right_edges

UPRIGHT = (recommendation, survey, commitment, repayment_plan, repayment, overdue, settlement)


def text(sheet: Sheet) -> str:
    return joined("".join(pages_of(render(sheet))))


@pytest.mark.parametrize("make", UPRIGHT)
def test_a_paper_is_one_page_the_same_every_time_and_signed(make: Callable[[], Sheet]) -> None:
    pdf = render(make())
    assert render(thaw(make().to_json())) == pdf
    assert page_count(pdf) == 1
    assert all(edge < 210 - 8 for edge in right_edges(pdf))
    assert check(PUBLIC_KEY, make().payload) == claims_of(make())


def test_amounts_stand_in_capitals_too() -> None:
    for make in (recommendation, survey, commitment, settlement):
        assert "人民币壹拾伍万元整" in text(make())
    assert "人民币壹万叁仟陆佰贰拾柒元陆角贰分" in text(overdue())
    assert "人民币陆仟捌佰贰拾元零壹角" in text(repayment())


def test_the_survey_form_leaves_room_for_the_committee_and_tells_it_after() -> None:
    before, after = text(survey(decided=False)), text(survey())
    assert "担保审批会纪要" not in before
    assert "人民币" not in before
    for part in ("担保审批会纪要〔2026〕8 号", "赵建国、钱立、孙丽", "同意担保"):
        assert part in after


def test_a_guarantor_is_told_why_the_notice_comes() -> None:
    assert "您为下列贷款提供了担保" in text(overdue(guarantor=True))
    assert "您为下列贷款提供了担保" not in text(overdue())


def test_a_certificate_names_the_guarantors_it_frees_and_money_of_the_fund() -> None:
    plain, freed = text(settlement()), text(settlement("欧阳㛃华", "李秀梅", compensated=True))
    assert "反担保责任" not in plain
    assert "代偿" not in plain
    assert "欧阳㛃华、李秀梅对该笔贷款的反担保责任同时解除" in freed
    assert "由担保基金代偿的款项已全部归还" in freed


def test_a_long_plan_goes_on_and_keeps_its_sums() -> None:
    pdf = render(repayment_plan(60))
    assert page_count(pdf) == 2
    assert "还款计划表（续）" in pages_of(pdf)[1]
    assert "¥407,625.00" in joined(pages_of(pdf)[1])


def test_what_a_plan_adds_has_its_heading() -> None:
    assert "说明" in text(repayment_plan())
    facts = dict(repayment_plan().facts) | {"explained": (), "provisional": False}
    assert "说明" not in text(repayment_plan(facts=facts))


def test_a_claim_says_what_it_takes_back() -> None:
    said = text(subsidy_list())
    assert "-410.00" in said
    assert "上季度逾期 45 天" in said
    assert page_count(render(subsidy_list(60))) > 1


def test_papers_whose_parts_do_not_add_up_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="do not add up"):
        RepaymentFacts(
            name="陈志强",
            loan_number="贷2026-0017",
            contract_number="0017",
            payer="借款人",
            paid_on=TODAY,
            amount=Fen(100),
            penalty=Fen(0),
            interest=Fen(40),
            principal=Fen(50),
            left=Fen(0),
        )
