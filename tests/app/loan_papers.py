"""Sheets of the papers of a loan for tests."""

from datetime import date
from typing import Any

from app.core.money import Fen
from app.core.words.papers import PaperKind
from app.loans.papers import (
    CommitmentFacts,
    OverdueFacts,
    PlanFacts,
    PlanRow,
    RecommendationFacts,
    RepaymentFacts,
    SettlementFacts,
    SideFacts,
    SubsidyListFacts,
    SubsidyRow,
    SurveyFacts,
)
from app.papers.sheet import Sheet
from tests.papers import TODAY, sheet

NAME, ID, LOAN = "陈志强", "2390**********0014", "贷2026-0017"
BANK = "哈尔滨银行利达支行"
CONTRACT = "哈银利达借字 2026 第 0017 号"
PURPOSE = "在道外区南十四道街开办手工馒头店，购置和面机、蒸箱和半年房租"


def recommendation(**changes: Any) -> Sheet:
    """Return a recommendation of a partnership."""
    facts = RecommendationFacts(
        name=NAME,
        id_number=ID,
        phone="139****0017",
        address="哈尔滨市道外区南十四道街 12 号 3 单元 501 室",
        loan_number=LOAN,
        file_number="哈工帮档〔2026〕第00440号",
        borrower_kind="合伙",
        group="城镇登记失业人员",
        firm="志强馒头店",
        purpose=PURPOSE,
        industry="餐饮业",
        jobs=3,
        partners=("李秀梅", "欧阳㛃华"),
        amount=Fen(15_000_000),
        months=24,
        reasons=(
            "年满 18 周岁、未到法定退休年龄：42 岁（身份证）",
            "属于扶持对象：城镇登记失业人员（就业创业证）",
            "申请 150,000.00 元，不超过合伙每人 100,000.00 元、共 300,000.00 元",
            "没有未结清的担保贷款",
        ),
        rules="哈尔滨市小额担保贷款规定（待确认），2011 年起",
        provisional=True,
        opinion="三人都有从业经历，店面已经租好，建议推荐。",
        recommended_by="孙丽",
        recommended_on=TODAY,
    )
    return sheet(PaperKind.LOAN_RECOMMENDATION, "哈工帮荐〔2026〕第00017号", facts, **changes)


def survey(*, decided: bool = True, sides: int = 2, **changes: Any) -> Sheet:
    """Return the survey form, before the committee or after it."""
    side = SideFacts(
        what="工薪人员担保",
        name="欧阳㛃华",
        unit="哈尔滨市松花江机械制造有限责任公司第二分公司",
        monthly_income=Fen(452_000),
        covers=Fen(7_500_000),
    )
    decision: dict[str, Any] = {
        "decision": "同意担保",
        "minutes": "担保审批会纪要〔2026〕8 号",
        "attended": "赵建国、钱立、孙丽",
        "amount": Fen(15_000_000),
        "fund": "市小额贷款担保基金",
        "decided_by": "赵建国",
        "decided_on": TODAY,
    }
    facts = SurveyFacts(
        name=NAME,
        id_number=ID,
        phone="139****0017",
        address="哈尔滨市道外区南十四道街 12 号 3 单元 501 室",
        loan_number=LOAN,
        firm="志强馒头店",
        purpose=PURPOSE,
        jobs=3,
        asked=Fen(15_000_000),
        months=24,
        sides=(side,) * sides,
        survey="店面 60 平方米，租期两年，已付半年；和面机、蒸箱有报价。日卖约 400 元，"
        "三人分工清楚。"
        "担保人欧阳㛃华在岗，单位出具收入证明，本人到场同意担保。",
        surveyed_by="孙丽",
        surveyed_on=date(2026, 12, 1),
        **(decision if decided else {}),
    )
    return sheet(PaperKind.LOAN_SURVEY, "哈工帮调〔2026〕第00017号", facts, **changes)


def commitment(**changes: Any) -> Sheet:
    """Return the commitment towards the bank."""
    facts = CommitmentFacts(
        bank=BANK,
        name=NAME,
        id_number=ID,
        loan_number=LOAN,
        purpose="开办手工馒头店",
        amount=Fen(15_000_000),
        months=24,
        fund="市小额贷款担保基金",
        share_percent=90,
        minutes="担保审批会纪要〔2026〕8 号",
        decided_on=TODAY,
    )
    return sheet(PaperKind.GUARANTEE_COMMITMENT, "哈工帮保〔2026〕第00017号", facts, **changes)


def repayment_plan(months: int = 24, **changes: Any) -> Sheet:
    """Return a plan; its figures need not be those of an annuity."""
    rows = tuple(
        PlanRow(
            line=line,
            due=date(2027 + line // 12, line % 12 + 1, 20),
            pay_by=date(2027 + line // 12, line % 12 + 1, 21),
            principal=Fen(625_000),
            interest=Fen(54_375),
            subsidy=Fen(27_188),
            amount=Fen(679_375),
            left=Fen(15_000_000 - 625_000 * line),
        )
        for line in range(1, months + 1)
    )
    facts = PlanFacts(
        name=NAME,
        loan_number=LOAN,
        contract_number=CONTRACT,
        bank=BANK,
        principal=Fen(15_000_000),
        months=months,
        rate="4.35%",
        method="等额本金",
        day_count="30/360",
        lent_on=date(2026, 12, 20),
        rows=rows,
        principal_left=Fen(15_000_000),
        interest_left=Fen(54_375 * months),
        subsidy_left=Fen(27_188 * months),
        amount=Fen(679_375 * months),
        explained=(
            "每期利息 = 本金余额 × 年利率 ÷ 12，四舍五入到分",
            "最后一期本金 = 剩下的全部本金，前面各期四舍五入的差都在这一期",
        ),
        provisional=True,
    )
    return sheet(PaperKind.REPAYMENT_PLAN, "哈工帮划〔2026〕第00017号", facts, **changes)


def repayment(**changes: Any) -> Sheet:
    """Return the receipt of a payment that was late."""
    facts = RepaymentFacts(
        name=NAME,
        loan_number=LOAN,
        contract_number=CONTRACT,
        payer="担保人 欧阳㛃华",
        paid_on=TODAY,
        amount=Fen(682_010),
        penalty=Fen(2_635),
        interest=Fen(54_375),
        principal=Fen(625_000),
        left=Fen(14_375_000),
        document="银行回单 20261206-0088",
    )
    return sheet(PaperKind.REPAYMENT_RECEIPT, "哈工帮还〔2026〕第00031号", facts, **changes)


def overdue(*, guarantor: bool = False, **changes: Any) -> Sheet:
    """Return the notice to the borrower or to a guarantor."""
    facts = OverdueFacts(
        to="欧阳㛃华" if guarantor else NAME,
        is_guarantor=guarantor,
        name=NAME,
        loan_number=LOAN,
        contract_number=CONTRACT,
        bank=BANK,
        overdue_since=date(2026, 10, 20),
        as_of=TODAY,
        days=47,
        principal=Fen(1_250_000),
        interest=Fen(108_750),
        penalty=Fen(4_012),
        amount=Fen(1_362_762),
        pay_by=date(2026, 12, 20),
    )
    return sheet(PaperKind.OVERDUE_NOTICE, "哈工帮催〔2026〕第00003号", facts, **changes)


def settlement(*guarantors: str, compensated: bool = False, **changes: Any) -> Sheet:
    """Return the certificate that a loan is settled."""
    facts = SettlementFacts(
        name=NAME,
        id_number=ID,
        loan_number=LOAN,
        contract_number=CONTRACT,
        bank=BANK,
        amount=Fen(15_000_000),
        lent_on=date(2024, 12, 20),
        settled_on=TODAY,
        compensated=compensated,
        guarantors=guarantors,
    )
    return sheet(PaperKind.SETTLEMENT_CERTIFICATE, "哈工帮清〔2026〕第00009号", facts, **changes)


def subsidy_list(lines: int = 18, **changes: Any) -> Sheet:
    """Return a quarter's claim; its last line takes back what was claimed too much."""
    rows = tuple(
        SubsidyRow(
            line=line,
            name="欧阳㛃华" if line % 2 else NAME,
            loan_number=f"贷2026-{line:04d}",
            base=Fen(15_000_000),
            from_on=date(2026, 9, 21),
            to_on=date(2026, 12, 21),
            days=91,
            rate="2.175%",
            amount=Fen(82_469 if line < lines else -41_000),
            reason="" if line < lines else "上季度逾期 45 天",
        )
        for line in range(1, lines + 1)
    )
    facts = SubsidyListFacts(
        name=BANK,
        claim_number="贴2026-004",
        first_day=date(2026, 9, 21),
        last_day=date(2026, 12, 20),
        rows=rows,
        count=lines,
        amount=Fen(sum(row.amount for row in rows)),
        preparer="孙丽",
        checker="钱立",
    )
    return sheet(PaperKind.SUBSIDY_LIST, "哈工帮息〔2026〕第00004号", facts, **changes)
