"""Sheets of the papers of filing steps for tests."""

from datetime import date
from typing import Any

from app.core.words.papers import PaperKind
from app.filing.papers import (
    AskedAtHome,
    AuthorisationFacts,
    ExitFacts,
    NoticeFacts,
    NoticeResultFacts,
    NoticeRow,
    ObjectionFacts,
    ReviewSheetFacts,
    SignerFacts,
    VisitedMember,
    VisitFacts,
)
from app.filing.policy import filing_policy
from app.papers.sheet import Sheet
from tests.papers import TODAY, sheet

PHONE, ADDRESS = "0451-0000000", "哈尔滨市道里区示范街 1 号"
FILE = "哈工帮档〔2026〕第00440号"


def visit_record(*, done: bool = True, people: int = 4, **changes: Any) -> Sheet:
    """Return a visit record, before the visit or after it."""
    member = VisitedMember(
        relation="女儿",
        name="陈𬭎",
        age="16",
        occupation="高中、哈尔滨市第三中学",
        health="良好",
        monthly_income="0.00",
    )
    titles = ("家庭成员", "家庭住址", "收入", "患病", "就业", "就学")
    facts = VisitFacts(
        name="李秀梅",
        id_number="2390**********0023",
        home="哈尔滨市道外区示例街道示例社区 12 号楼 3 单元 402 室",
        work_unit="北岸纺织厂",
        household_size=people,
        file_number=FILE,
        case_number="2026-0440",
        members=(member,) * people,
        questions=tuple(
            AskedAtHome(title=title, told="李秀梅、陈𬭎、陈强、王芳", clear="清楚" if done else "")
            for title in titles
        ),
        visited_on=TODAY if done else None,
        investigators=("王芳", "于占江") if done else (),
        spoken_with="陈强" if done else "",
        found="家里四口人，老人卧床，靠低保和零工生活。" if done else "",
        result="与申报一致" if done else "",
        center_phone=PHONE,
    )
    return sheet(PaperKind.VISIT_RECORD, "哈工帮访〔2026〕第00031号", facts, **changes)


def authorisation(people: int = 4, **changes: Any) -> Sheet:
    """Return an authorisation for cross-checks; the last person is a child."""
    facts = AuthorisationFacts(
        name="李秀梅",
        case_number="2026-0440",
        people=tuple(
            SignerFacts(
                place=place,
                relation="本人" if place == 1 else "女儿",
                name="欧阳㛃华",
                id_number="239001197505050023",
                signs="由监护人签字" if place == people else "",
            )
            for place in range(1, people + 1)
        ),
        partners=filing_policy(TODAY).check.partners,
        center_address=ADDRESS,
        center_phone=PHONE,
    )
    return sheet(PaperKind.CHECK_AUTHORISATION, "哈工帮核〔2026〕第00017号", facts, **changes)


def notice(rows: int = 1, *, provisional: bool = False, again: bool = False, **more: Any) -> Sheet:
    """Return a public notice."""
    facts = NoticeFacts(
        name="李*梅",
        rows=tuple(
            NoticeRow(
                place=place,
                name="李*梅",
                unit="哈尔滨市松花江机械制造有限责任公司",
                household_size="4",
                category="深度困难",
                items=("生活救助", "金秋助学"),
            )
            for place in range(1, rows + 1)
        ),
        posted_on=date(2026, 12, 28),
        ends_on=date(2027, 1, 5),
        ends_provisional=provisional,
        length=5,
        counted="工作日",
        again=again,
        board="社区公告栏",
        center_address=ADDRESS,
        center_phone=PHONE,
    )
    return sheet(PaperKind.PUBLIC_NOTICE, "哈工帮公〔2026〕第00009号", facts, **more)


def notice_result(objections: int = 1, **changes: Any) -> Sheet:
    """Return the result of a notice."""
    facts = NoticeResultFacts(
        name="李秀梅",
        case_number="2026-0440",
        category="深度困难",
        board="社区公告栏",
        first_posted_on=date(2026, 11, 20),
        posted_on=date(2026, 11, 30),
        ends_on=date(2026, 12, 7),
        length=5,
        counted="工作日",
        taken_down_on=date(2026, 12, 8),
        taken_down_by="王芳",
        objections=tuple(
            ObjectionFacts(
                place=place,
                received_on=date(2026, 11, 24),
                says="有人反映这家名下有一辆汽车，还有一处出租的门面房。",
                answer="经车管所、不动产登记机构查询，车是单位公车，门面房是租来的。",
                upheld="不成立",
            )
            for place in range(1, objections + 1)
        ),
        count=objections,
        result="有异议，已答复" if objections else "公示无异议",
    )
    return sheet(PaperKind.NOTICE_RESULT, "哈工帮示〔2026〕第00009号", facts, **changes)


def review_sheet(*, decided: bool = True, sampled: str = "", **changes: Any) -> Sheet:
    """Return the sheet of a review."""
    facts = ReviewSheetFacts(
        name="李秀梅",
        id_number="2390**********0023",
        work_unit="北岸纺织厂",
        household_size=4,
        file_number=FILE,
        filed_on=date(2025, 12, 5),
        reviewed_on=TODAY,
        way="入户调查",
        sampled=sampled,
        category_before="深度困难",
        category_now="相对困难",
        assessed="认定为相对困难",
        assessment_number="C2026-00031",
        changes="女儿已经就业，月收入 3,000 元。",
        outcome="调整类别",
        opinion="收入增加，建议调整为相对困难",
        reporter="王芳",
        decided="同意：调整类别" if decided else "",
        decider="赵建国" if decided else "",
        decided_on=TODAY if decided else None,
        decision_words="按测算结论办理" if decided else "",
    )
    return sheet(PaperKind.REVIEW_SHEET, "哈工帮年〔2026〕第00003号", facts, **changes)


def exit_notice(months: int | None = 6, **changes: Any) -> Sheet:
    """Return an exit notice."""
    facts = ExitFacts(
        name="李秀梅",
        id_number="2390**********0023",
        file_number=FILE,
        filed_on=date(2025, 12, 5),
        outcome="脱困",
        reason="脱困",
        test="家庭月人均收入连续 6 个月高于当地城市低保标准",
        shown="2026 年 5 月至 10 月工资流水，月人均收入 1,260 元",
        months=months,
        effective_on=TODAY,
        center_address=ADDRESS,
        center_phone=PHONE,
    )
    return sheet(PaperKind.EXIT_NOTICE, "哈工帮退〔2026〕第00002号", facts, **changes)
