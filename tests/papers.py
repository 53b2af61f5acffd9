"""Sheets of the four kinds for tests, and how to read what a PDF shows."""

import dataclasses
import io
from datetime import date
from typing import Any

import pypdf

from app.cases.papers import (
    CERTIFICATE,
    MISSING_NOTICE,
    RECEIPT,
    CertificateFacts,
    MissingNoticeFacts,
    ReceiptFacts,
)
from app.core.money import Fen
from app.core.record import Record
from app.core.words.papers import PaperKind
from app.disbursements.papers import (
    APPROVAL_FORM,
    PAYMENT_LIST,
    ApprovalFacts,
    MemberFacts,
    PaymentListFacts,
    PaymentRow,
)
from app.papers.needed import NeededFacts
from app.papers.render import opened
from app.papers.seal import seal
from app.papers.sheet import Sheet, facts_of
from app.papers.templates import template_in_force
from app.reference.proofs import proof
from app.services.papers import ReferralFacts

PRIVATE_KEY = bytes(range(32))
PUBLIC_KEY = bytes.fromhex("03a107bff3ce10be1d70dd18e74bc09967e4d6309ba50d5f1ddc8664125531b8")
TODAY = date(2026, 12, 6)
RARE = "㛃𬭎𠮷㻏䶮𤧛"
"""Characters of names; the third is in no Noto font, four are above U+FFFF."""
NOWHERE = "\U0003134a"
"""A character of Extension G that none of our fonts has."""
HASH = "9f2c7a10b44e5d8e77aa01c3f6b2d4988c1e0f3a5b6c7d8e9f00112233445566"


def sheet(kind: PaperKind, number: str, said: Record, **changes: Any) -> Sheet:
    """Make a sealed sheet."""
    bare = Sheet(
        kind=kind,
        template=template_in_force(kind, TODAY),
        number=number,
        issued_on=TODAY,
        facts=facts_of(said),
        center="哈尔滨市困难职工帮扶中心",
        union="哈尔滨市总工会",
        maker="王芳",
        checker="赵建国",
    )
    return seal(dataclasses.replace(bare, **changes), PRIVATE_KEY)  # pyright: ignore[reportArgumentType] - a Record is a dataclass


def certificate(name: str = "李秀梅", **changes: Any) -> Sheet:
    """Return a certificate of hardship."""
    facts = CertificateFacts(
        name=name,
        id_number="2390**********0023",
        sex="女",
        birth=date(1968, 3, 12),
        residence="哈尔滨市道外区",
        employer="北岸纺织厂",
        household_size=4,
        file_number="2026-0440",
        filed_on=date(2026, 12, 5),
        category="低保边缘户",
        purpose="子女就学费用减免",
        valid_until=date(2027, 12, 4),
        center_phone="0451-0000000",
    )
    return sheet(CERTIFICATE, "哈工帮证〔2026〕第00118号", facts, **changes)


def receipt(name: str = "于占江", place: int = 940, **changes: Any) -> Sheet:
    """Return an acceptance receipt."""
    facts = ReceiptFacts(
        name=name,
        id_number="2390**********0023",
        case_number=f"2026-{place:04d}",
        household_size=3,
        items=("困难职工建档", "生活救助"),
        papers_handed_in=("困难职工登记表", "个人困难申请书", "户口本", "收入证明", "诊断证明"),
        papers_missing=("核对授权书",),
        accepted_on=TODAY,
        due_on=date(2026, 12, 18),
        due_provisional=True,
        center_address="哈尔滨市道里区示范街 1 号",
        center_phone="0451-0000000",
    )
    return sheet(RECEIPT, f"哈工帮受〔2026〕第{place:05d}号", facts, **changes)


def approval(members: int = 3, reasons: int = 3, **changes: Any) -> Sheet:
    """Return an approval form."""
    member = MemberFacts(
        name="陈𬭎",
        relation="儿子",
        birth=date(2008, 9, 1),
        occupation="哈尔滨市第三中学",
        health="良好",
        monthly_income=Fen(0),
    )
    facts = ApprovalFacts(
        name="周玉华",
        sex="女",
        id_number="239001197505050023",
        household_size=3,
        file_number="2026-0435",
        case_number="2026-0435-02",
        award_number="J2026-0031",
        members=(member,) * members,
        category="深度困难",
        net_per_head=Fen(77778),
        line=Fen(83500),
        line_source="哈尔滨市民政局，自 2022-07-01 起（演示）",
        reasons=("家庭人均月净收入 777.78 元，低于南岗区低保线 835.00 元（第五条）",) * reasons,
        provisional=True,
        measure="生活救助",
        amount=Fen(239756),
        fund="中央财政专项帮扶资金",
        paid_this_year=Fen(0),
        payee="周玉华",
        proposer="王芳",
        proposer_opinion="材料齐全，建议给予生活救助。",
        proposed_on=date(2026, 12, 5),
        approver="赵建国",
        decision="同意",
        decided_on=TODAY,
        seal=HASH,
    )
    return sheet(APPROVAL_FORM, "哈工帮审〔2026〕第00031号", facts, **changes)


def payment_list(amounts: list[int], **changes: Any) -> Sheet:
    """Return a payment list with a row for each amount in fen."""
    rows = tuple(
        PaymentRow(
            line=line,
            name="欧阳㛃华" if line % 2 else "王𠮷",
            id_number="239001197505050023",
            employer="哈尔滨市松花江机械制造有限责任公司第二分公司" if line % 5 else "北岸纺织厂",
            category="深度困难",
            measure="生活救助",
            amount=Fen(amount),
            account="6222021234567894417",
        )
        for line, amount in enumerate(amounts, start=1)
    )
    facts = PaymentListFacts(
        name="2026 年 12 月第一批",
        batch_number="B2026-12-01",
        prepared_on=TODAY,
        fund="中央财政专项帮扶资金",
        rows=rows,
        count=len(rows),
        amount=Fen(sum(amounts)),
        batch_digest=HASH,
        preparer="钱立",
        reviewer="王芳",
        approver="赵建国",
    )
    return sheet(PAYMENT_LIST, "哈工帮发〔2026〕第00012号", facts, **changes)


def missing_notice(*papers: str, large: bool = False, **changes: Any) -> Sheet:
    """Return a notice of missing papers, named as in the proofs."""
    names = papers or ("income_proof", "medical_settlement", "declaration")
    facts = MissingNoticeFacts(
        name="李秀梅",
        as_of=TODAY,
        count=len(names),
        bring=tuple(
            NeededFacts(
                title=proof(name).title,
                where=proof(name).where,
                how=proof(name).how,
                settles=("困难认定", "医疗救助（李秀梅、陈𬭎）", "生活救助"),
            )
            for name in names
        ),
        center_finds=(proof("relief_register").title,),
        days=10,
        due_on=date(2026, 12, 18),
        large=large,
        center_address="哈尔滨市道里区示范街 1 号",
        center_phone="0451-0000000",
    )
    return sheet(MISSING_NOTICE, "哈工帮补〔2026〕第00306号", facts, **changes)


def referral(**changes: Any) -> Sheet:
    """Return a referral slip."""
    facts = ReferralFacts(
        name="陈𬭎",
        id_number="2390**********0023",
        head="李秀梅",
        file_number="哈工帮档〔2026〕第00440号",
        request_number="F2026-0017",
        area="子女就学",
        measure="学费减免和学生资助（待确认）",
        department="就读学校的学生资助部门",
        entitlement="向学校申请减免学费、杂费和国家规定的学生资助。能不能减、减多少由学校按规定定，待确认。",
        papers=("学生证或者录取通知书", "低保证或者困难职工证明", "户口簿"),
        center_address="哈尔滨市道里区示范街 1 号",
        center_phone="0451-0000000",
    )
    return sheet(PaperKind.REFERRAL_SLIP, "哈工帮介〔2026〕第00012号", facts, **changes)


def pages_of(pdf: bytes) -> list[str]:
    """Return the visible text of each page as pypdf reads it."""
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]


def pages_by_pdfium(pdf: bytes) -> list[str]:
    """Return the same as pdfium reads it."""
    with opened(pdf) as document:
        return [str(page.get_textpage().get_text_range()) for page in document]


def joined(text: str) -> str:
    """Return ``text`` without the line breaks that the layout made."""
    return text.replace("\r", "").replace("\n", "")


def right_edges(pdf: bytes) -> list[float]:
    """Return how far right each page is written, in millimetres."""
    edges: list[float] = []
    with opened(pdf) as document:
        for page in document:
            text = page.get_textpage()
            boxes = [text.get_charbox(place) for place in range(text.count_chars())]
            edges.append(max(box[2] for box in boxes) / 72 * 25.4)
    return edges
