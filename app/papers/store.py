"""Issues papers: number, facts, digest and signature are frozen in one transaction."""

from datetime import date

from sqlalchemy import func, select

from app.center.store import the_center
from app.core.errors import RuleBroken
from app.core.i18n import N_
from app.core.record import Record
from app.core.words.papers import PaperKind, PaperState
from app.papers.seal import check as check_signature
from app.papers.seal import claims_of, digest, seal
from app.papers.sheet import Sheet, facts_of, thaw
from app.papers.templates import template_in_force
from app.work import Work
from db.models.papers import Paper, PaperPrint

MARKS = {
    PaperKind.ACCEPTANCE_RECEIPT: "受",
    PaperKind.APPROVAL_FORM: "审",
    PaperKind.PAYMENT_LIST: "发",
    PaperKind.HARDSHIP_CERTIFICATE: "证",
    PaperKind.REASON_SHEET: "告",
    PaperKind.MISSING_NOTICE: "补",
    PaperKind.REFERRAL_SLIP: "介",
    PaperKind.VISIT_RECORD: "访",
    PaperKind.CHECK_AUTHORISATION: "核",
    PaperKind.PUBLIC_NOTICE: "公",
    PaperKind.NOTICE_RESULT: "示",
    PaperKind.REVIEW_SHEET: "年",
    PaperKind.EXIT_NOTICE: "退",
    PaperKind.ARCHIVE_FORM: "档",
    PaperKind.HANDING_LIST: "领",
    PaperKind.CASH_DAY_SHEET: "现",
    PaperKind.VOUCHER: "付",
    PaperKind.RECEIPT_SLIPS: "收",
    PaperKind.CALL_LIST: "抽",
    PaperKind.RECOVERY_DEMAND: "追",
    PaperKind.REFUND_SLIP: "款",
    PaperKind.FUND_LEDGER: "账",
    PaperKind.LIST_SHEET: "名",
    PaperKind.LOAN_RECOMMENDATION: "荐",
    PaperKind.LOAN_SURVEY: "调",
    PaperKind.GUARANTEE_COMMITMENT: "保",
    PaperKind.REPAYMENT_PLAN: "划",
    PaperKind.REPAYMENT_RECEIPT: "还",
    PaperKind.OVERDUE_NOTICE: "催",
    PaperKind.SETTLEMENT_CERTIFICATE: "清",
    PaperKind.SUBSIDY_LIST: "息",
    PaperKind.SEEKER_FORM: "求",
    PaperKind.VACANCY_FORM: "招",
    PaperKind.REFERRAL_LETTER: "推",
    PaperKind.RECOGNITION_FORM: "申",
    PaperKind.RECOGNITION_CERTIFICATE: "认",
    PaperKind.TRAINING_VOUCHER: "培",
}
"""The character of each kind in its number: 哈工帮证〔2013〕第00118号."""


class FrozenPaperAltered(RuleBroken):
    """What is stored of a paper is not what was issued."""

    says = N_(
        "Paper {number} is not as it was issued; it cannot be printed. Tell the administrator: "
        "“bangfu check” names what was altered."
    )


def issue(
    work: Work,
    kind: PaperKind,
    facts: Record,
    *,
    subject: str,
    title: str,
    household_id: int | None = None,
    checker: str = "",
) -> Paper:
    """Give a paper its number and freeze what it says.

    Raises `GlyphMissing` for a character that no font can print; nothing is issued then.
    """
    from app.papers.fonts import require_glyphs  # noqa: PLC0415 - loads the fonts, on first use

    center = the_center(work.session)
    series = work.next_number(f"paper.{kind}")
    sheet = Sheet(
        kind=kind,
        template=template_in_force(kind, work.today),
        number=f"{center.number_prefix}{MARKS[kind]}〔{work.today.year}〕第{series:05d}号",
        issued_on=work.today,
        facts=facts_of(facts),
        center=center.name,
        union=center.union_name,
        maker=work.actor.name,
        checker=checker,
        demonstration=center.demonstration,
    )
    require_glyphs(sheet)
    sheet = seal(sheet, bytes.fromhex(center.signing_key))
    return work.add(
        Paper(
            kind=kind,
            number=sheet.number,
            template=sheet.template,
            title=title,
            household_id=household_id,
            subject=subject,
            issued_on=work.today,
            facts=sheet.frozen(),
            digest=digest(sheet),
            payload=sheet.payload,
            check_code=sheet.check_code,
            issued_by=work.actor.id,
            issued_at=work.now,
            state=PaperState.ISSUED,
            void_reason="",
        )
    )


def sheet_of(paper: Paper) -> Sheet:
    """Return an issued paper as it was frozen; raise `FrozenPaperAltered` when it is not."""
    try:
        sheet = thaw(paper.facts)
        whole = digest(sheet) == paper.digest
    except (LookupError, TypeError, ValueError):
        raise FrozenPaperAltered(number=paper.number) from None
    if not whole:
        raise FrozenPaperAltered(number=paper.number)
    return sheet.sealed(paper.payload, paper.check_code)


def as_issued(paper: Paper, verifying_key: bytes) -> bool:
    """Tell whether a paper says what was issued, and what the center signed."""
    try:
        return check_signature(verifying_key, paper.payload) == claims_of(sheet_of(paper))
    except FrozenPaperAltered:
        return False


def prints_of(work: Work, paper_id: int) -> int:
    """Return how often a paper was printed."""
    count = select(func.count()).select_from(PaperPrint).where(PaperPrint.paper_id == paper_id)
    return work.session.scalar(count) or 0


def void_issued(
    work: Work, kind: PaperKind, subject: str, reason: str, *, issued_on: date | None = None
) -> None:
    """Make void what was issued of a matter that is decided anew; the numbers stay.

    With ``issued_on``, only what was issued on that day.
    """
    narrowed = select(Paper).where(
        Paper.kind == kind, Paper.subject == subject, Paper.state == PaperState.ISSUED
    )
    if issued_on:
        narrowed = narrowed.where(Paper.issued_on == issued_on)
    for paper in work.session.scalars(narrowed):
        paper.state = PaperState.VOID
        paper.void_reason = reason
        paper.voided_by = work.actor.id
