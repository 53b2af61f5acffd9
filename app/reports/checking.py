"""Checks a whole store against itself: the file, the trail, the ledger, every seal.

What somebody altered with the guards switched off is found three ways: the trail is chained, sealed
rows carry the hash of their content, and what the trail last told of a row is compared with it.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import func, inspect, select, text
from sqlalchemy.orm import Session

from app.audit.records import CheckReport, Finding
from app.audit.trail import UNTOLD, row_hash, told_value
from app.cases.assessing import digest_of
from app.center.store import the_center
from app.core.i18n import _
from app.core.words.funds import Account
from app.core.words.papers import PaperKind
from app.disbursements.store import expected_seal
from app.papers.seal import check as check_signature
from app.papers.seal import claims_of, digest
from app.papers.sheet import thaw
from db.base import Base, Row
from db.models.audit import AuditRow
from db.models.cases import SealedAssessment
from db.models.disbursements import AwardVersion
from db.models.funds import Balance, Posting
from db.models.numbers import NumberSeries
from db.models.papers import Paper

NOTHING: tuple[object, ...] = (None, "", [])
"""Values of a new row that the trail does not tell."""

CENTER = "center/1"
"""The one row that was there before the trail began."""


def check_everything(session: Session) -> CheckReport:
    """Return what is not as it was written, part by part."""
    checks = {
        "integrity": _file(session),
        "audit_chain": _chain(session),
        "rows": _rows(session),
        "ledger": _ledger(session),
        "awards": _awards(session),
        "assessments": _assessments(session),
        "papers": _papers(session),
        "numbers": _numbers(session),
    }
    findings = {part: tuple(found) for part, found in checks.items()}
    last = session.execute(
        select(AuditRow.id, AuditRow.hash).order_by(AuditRow.id.desc()).limit(1)
    ).first()
    return CheckReport(
        parts={
            part: "ok" if not found else _("{count} found").format(count=len(found))
            for part, found in findings.items()
        },
        findings=tuple(item for found in findings.values() for item in found),
        rows=last.id if last else 0,
        last_hash=last.hash if last else "",
    )


def _file(session: Session) -> Iterator[Finding]:
    for (verdict,) in session.execute(text("PRAGMA integrity_check")):
        if verdict != "ok":
            yield Finding(part="integrity", row="", says=str(verdict))
    for table, row, parent, _number in session.execute(text("PRAGMA foreign_key_check")):
        says = _("The row names one of {parent} that is not there").format(parent=parent)
        yield Finding(part="integrity", row=f"{table}/{row}", says=says)
    triggers = session.scalar(text("SELECT count(*) FROM sqlite_master WHERE type = 'trigger'"))
    if triggers != GUARDS:
        says = _("{found} guards of {known} stand").format(found=triggers, known=GUARDS)
        yield Finding(part="integrity", row="", says=says)


GUARDS = 61
"""How many triggers a store has (`db/migrations/versions/0002`); a test keeps the number true."""


def _chain(session: Session) -> Iterator[Finding]:
    previous, expected = "", 1
    for row in session.scalars(select(AuditRow).order_by(AuditRow.id)).yield_per(1000):
        subject = f"audit/{row.id}"
        if row.id != expected:
            says = _("Rows are missing before this one")
            yield Finding(part="audit_chain", row=subject, says=says)
        if row.previous != previous:
            says = _("It does not continue the row before it")
            yield Finding(part="audit_chain", row=subject, says=says)
        if row_hash(row) != row.hash:
            says = _("Its content was altered")
            yield Finding(part="audit_chain", row=subject, says=says)
        previous, expected = row.hash, row.id + 1


def _rows(session: Session) -> Iterator[Finding]:
    """Compare every row with what the trail last told of it."""
    told: dict[str, dict[str, Any]] = {}
    for row in session.scalars(select(AuditRow).order_by(AuditRow.id)).yield_per(1000):
        for subject, columns in row.changes.items():
            if subject == "notes":
                continue
            made = subject not in told and subject != CENTER
            told.setdefault(subject, {}).update(
                columns if made else {name: pair[1] for name, pair in columns.items()}
            )
    told.setdefault(CENTER, {})
    key = bytes.fromhex(the_center(session).masking_key)
    for model in _told_models():
        columns = [(item.key, item.columns[0].info) for item in inspect(model).column_attrs]
        for row in session.scalars(select(model)).yield_per(1000):
            subject = f"{model.__tablename__}/{row.id}"
            if subject not in told and subject != CENTER:
                says = _("The trail does not know this row")
                yield Finding(part="rows", row=subject, says=says)
                continue
            for name, info in columns:
                if name in ("id", "version") or (subject == CENTER and name not in told[CENTER]):
                    continue
                now = told_value(getattr(row, name), info, key)
                then = told[subject].get(name)
                if now != then and not (now in NOTHING and then in NOTHING):
                    says = _("{column} was altered outside the program").format(column=name)
                    yield Finding(part="rows", row=subject, says=says)


def _told_models() -> Iterator[type[Row]]:
    for mapper in Base.registry.mappers:
        model = mapper.class_
        if issubclass(model, Row) and not issubclass(model, UNTOLD):
            yield model


def _ledger(session: Session) -> Iterator[Finding]:
    stands = {
        (balance.fund_id, balance.account): balance.fen
        for balance in session.scalars(select(Balance))
    }
    moved = dict.fromkeys(stands, 0)
    for fund, start, end, amount in session.execute(
        select(
            Posting.fund_id, Posting.from_account, Posting.to_account, func.sum(Posting.amount)
        ).group_by(Posting.fund_id, Posting.from_account, Posting.to_account)
    ):
        moved[fund, start] = moved.get((fund, start), 0) - amount
        moved[fund, end] = moved.get((fund, end), 0) + amount
    for (fund, account), fen in moved.items():
        if stands.get((fund, account)) != fen:
            says = _("{account} does not agree with the postings").format(account=account.label)
            yield Finding(part="ledger", row=f"fund/{fund}", says=says)
        if fen < 0 and account is not Account.GRANTED:
            says = _("{account} is below zero").format(account=account.label)
            yield Finding(part="ledger", row=f"fund/{fund}", says=says)
    if sum(moved.values()):
        yield Finding(part="ledger", row="", says=_("The ledger does not sum to zero"))


def _awards(session: Session) -> Iterator[Finding]:
    for version in session.scalars(select(AwardVersion)).yield_per(1000):
        if expected_seal(version) != version.seal:
            says = _("The award is not as it was proposed")
            yield Finding(part="awards", row=f"award_version/{version.id}", says=says)


def _assessments(session: Session) -> Iterator[Finding]:
    for sealed in session.scalars(select(SealedAssessment)).yield_per(1000):
        content = {
            "facts": sealed.facts,
            "packs": sealed.packs,
            "values_used": sealed.values_used,
            "result": sealed.result,
        }
        if digest_of(content) != sealed.digest:
            says = _("The assessment is not as it was sealed")
            yield Finding(part="assessments", row=f"assessment/{sealed.id}", says=says)


def _papers(session: Session) -> Iterator[Finding]:
    key = bytes.fromhex(the_center(session).verifying_key)
    for paper in session.scalars(select(Paper)).yield_per(1000):
        sheet = thaw(paper.facts)
        signed = check_signature(key, paper.payload)
        if digest(sheet) != paper.digest or signed != claims_of(sheet):
            says = _("The paper is not as it was issued")
            yield Finding(part="papers", row=f"paper/{paper.id}", says=says)


def _numbers(session: Session) -> Iterator[Finding]:
    """Every number of a paper series has its paper."""
    for series in session.scalars(select(NumberSeries)):
        if not series.series.startswith("paper."):
            continue
        issued = session.scalar(
            select(func.count())
            .select_from(Paper)
            .where(
                Paper.kind == PaperKind(series.series.removeprefix("paper.")),
                Paper.issued_on.between(date(series.year, 1, 1), date(series.year, 12, 31)),
            )
        )
        if issued != series.last:
            says = _("{last} numbers were given, {issued} papers stand")
            says = says.format(last=series.last, issued=issued)
            yield Finding(part="numbers", row=f"{series.series}/{series.year}", says=says)
