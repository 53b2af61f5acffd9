"""Checks a whole store against itself: the file, the trail, the ledger, every seal.

What somebody altered with the guards switched off is found three ways: the trail is chained, sealed
rows carry the hash of their content, and what the trail last told of a row is compared with it.
"""

from collections.abc import Iterator
from hashlib import sha256
from typing import Any, TypeVar

from sqlalchemy import func, inspect, select, text
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.audit.records import CheckReport, Finding
from app.audit.trail import NOTHING, UNTOLD, row_hash, told_value
from app.center.store import the_center
from app.core.clock import local_day
from app.core.i18n import _
from app.core.plain import plain
from app.core.words.funds import Account
from app.disbursements.store import expected_seal
from app.facts.assessing import digest_of
from app.papers.store import MARKS, as_issued
from app.placements.numbers import Series
from app.reports.job_findings import job_findings
from app.reports.loan_findings import loan_findings
from app.reports.ties import relief_findings
from app.reports.written import Written, bulk_findings, replay
from db.base import GIVEN, Base, Row
from db.models.audit import AuditRow
from db.models.cases import Case, SealedAssessment
from db.models.disbursements import Award, AwardList, AwardVersion, Batch
from db.models.documents import Document, DocumentContent
from db.models.funds import Balance, Posting, Refund
from db.models.households import Household, Member
from db.models.imports import ImportBatch
from db.models.loans import Loan, SubsidyClaim
from db.models.numbers import NumberSeries
from db.models.papers import Paper
from db.models.placements import JobReferral, Placement
from db.models.relief import Relief, ReliefPerson
from db.models.seekers import JobSeeker, Recognition
from db.models.services import ServiceRequest
from db.models.training import Course, TrainingVoucher
from db.models.vacancies import Vacancy

UNREADABLE = (ValueError, TypeError, LookupError, AttributeError)
"""What reading a row raises whose content is none that the program writes."""

Model = TypeVar("Model", bound=Row)


def check_everything(session: Session) -> CheckReport:
    """Return what is not as it was written, part by part."""
    checks = {
        "integrity": _file(session),
        "audit_chain": _chain(session),
        "rows": _rows(session),
        "ledger": _ledger(session),
        "relief": relief_findings(session),
        "loans": loan_findings(session),
        "jobs": job_findings(session),
        "awards": _awards(session),
        "assessments": _assessments(session),
        "papers": _papers(session),
        "documents": _documents(session),
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


GUARDS = 397
"""How many triggers a store has (migrations `0002` to `0007`); a test keeps the number true."""


def _each(session: Session, model: type[Model]) -> Iterator[tuple[int, Model | None]]:
    """Yield every row of a table with its id, in order; `None` for one that cannot be read."""
    ids = session.scalars(select(model.id).order_by(model.id)).all()
    for start in range(0, len(ids), 500):
        part = ids[start : start + 500]
        try:
            found = session.scalars(select(model).where(model.id.in_(part)).order_by(model.id))
            rows: list[tuple[int, Model | None]] = [(row.id, row) for row in found.all()]
        except UNREADABLE:
            rows = [(key, _one(session, model, key)) for key in part]
        yield from rows
        session.expunge_all()


def _one(session: Session, model: type[Model], key: int) -> Model | None:
    try:
        return session.get(model, key)
    except UNREADABLE:
        return None


def _chain(session: Session) -> Iterator[Finding]:
    previous, expected = "", 1
    for key, row in _each(session, AuditRow):
        subject = f"audit/{key}"
        if key != expected:
            says = _("Rows are missing before this one")
            yield Finding(part="audit_chain", row=subject, says=says)
        expected = key + 1
        if row is None:
            yield Finding(part="audit_chain", row=subject, says=_("Its content was altered"))
            previous = _hash_of(session, key)
            continue
        if row.previous != previous:
            says = _("It does not continue the row before it")
            yield Finding(part="audit_chain", row=subject, says=says)
        if row_hash(row) != row.hash:
            says = _("Its content was altered")
            yield Finding(part="audit_chain", row=subject, says=says)
        previous = row.hash


def _hash_of(session: Session, key: int) -> str:
    return session.scalar(select(AuditRow.hash).where(AuditRow.id == key)) or ""


def _rows(session: Session) -> Iterator[Finding]:
    """Compare every row with what the trail last told of it."""
    key = bytes.fromhex(the_center(session).masking_key)
    written = Written(session, key)
    told = _told(session, written)
    left = set(written.subjects())
    yield from bulk_findings(session)
    for model in _told_models():
        columns = [(item.key, item.columns[0].info) for item in inspect(model).column_attrs]
        for row_id, row in _each(session, model):
            subject = f"{model.__tablename__}/{row_id}"
            then = told.pop(subject, None)
            if subject in left:
                left.discard(subject)
                if then is None and row is not None and written.holds(subject, row):
                    continue
                then = {**(written.row(subject) or {}), **(then or {})}
            if then is None and row is not None and _follows(session, row):
                continue
            if then is None or row is None:
                says = (
                    _("The row cannot be read") if then else _("The trail does not know this row")
                )
                yield Finding(part="rows", row=subject, says=says)
                continue
            for name, info in columns:
                if name in ("id", "version") or info.get("sought"):
                    continue
                now = told_value(getattr(row, name), info, key)
                if name not in then and GIVEN in info and now == plain(info[GIVEN]):
                    continue
                if now != then.get(name) and not (now in NOTHING and then.get(name) in NOTHING):
                    says = _("{column} was altered outside the program").format(column=name)
                    yield Finding(part="rows", row=subject, says=says)
    for subject in {*told, *left}:
        says = _("The trail tells of this row, and it is not there")
        yield Finding(part="rows", row=subject, says=says)


def _follows(session: Session, row: Row) -> bool:
    """Tell whether a row of the relief book that no act told of says what is told elsewhere:
    payments from before there was a book were entered in it when the store was upgraded."""
    if isinstance(row, ReliefPerson):
        same = Member.id_number == row.id_number if row.id_number else Member.name == row.name
        return session.scalar(select(Member.id).where(same).limit(1)) is not None
    if not isinstance(row, Relief) or row.posting_id is None:
        return False
    paid = session.get(Posting, row.posting_id)
    return paid is not None and (row.fund_id, row.fen, row.day) == (
        paid.fund_id,
        paid.amount,
        local_day(paid.posted_at),
    )


def _told(session: Session, written: Written) -> dict[str, dict[str, Any]]:
    """Return what the trail last told: row to column to value; of rows that were ``written`` in
    bulk, what changed since."""
    told: dict[str, dict[str, Any]] = {}
    for _key, row in _each(session, AuditRow):
        try:
            changes = dict[str, dict[str, Any]](row.changes if row else {})
            notes = changes.pop("notes", {})
            for table, kept in notes.get("written", {}).items():
                written.add(table, kept["digest"])
            for subject, columns in changes.items():
                known = subject in told or subject in written
                now = _last(columns) if known else columns
                told.setdefault(subject, {}).update(now)
            for change in notes.get("changed", ()):
                replay(told, written, change)
        except UNREADABLE:
            continue  # an altered row of the trail: the chain names it
    return told


def _last(columns: dict[str, Any]) -> dict[str, Any]:
    """Return the new values of a changed row, which is told as [old, new]."""
    return {name: pair[1] for name, pair in columns.items()}


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
    for key, version in _each(session, AwardVersion):
        if version is None or expected_seal(version) != version.seal:
            says = _("The award is not as it was proposed")
            yield Finding(part="awards", row=f"award_version/{key}", says=says)


def _assessments(session: Session) -> Iterator[Finding]:
    for key, sealed in _each(session, SealedAssessment):
        if sealed is None or digest_of(sealed_content(sealed)) != sealed.digest:
            says = _("The assessment is not as it was sealed")
            yield Finding(part="assessments", row=f"assessment/{key}", says=says)


def sealed_content(sealed: SealedAssessment) -> dict[str, Any]:
    """Return what the digest of a sealed assessment covers."""
    return {
        "facts": sealed.facts,
        "packs": sealed.packs,
        "values_used": sealed.values_used,
        "result": sealed.result,
    }


def _papers(session: Session) -> Iterator[Finding]:
    key = bytes.fromhex(the_center(session).verifying_key)
    for paper_id, paper in _each(session, Paper):
        if paper is None or not as_issued(paper, key):
            says = _("The paper is not as it was issued")
            yield Finding(part="papers", row=f"paper/{paper_id}", says=says)


def _documents(session: Session) -> Iterator[Finding]:
    """Every file is there and byte for byte as it was added; one at a time is in memory."""
    for digest in session.scalars(select(Document.digest).distinct().order_by(Document.digest)):
        content = session.scalar(
            select(DocumentContent.content).where(DocumentContent.digest == digest)
        )
        if content is None or sha256(content).hexdigest() != digest:
            says = _("The file is not as it was added")
            yield Finding(part="documents", row=f"document_content/{digest[:16]}", says=says)


OF_JOBS: dict[Series, InstrumentedAttribute[Any]] = {
    Series.JOB_SEEKER: JobSeeker.number,
    Series.RECOGNITION: Recognition.number,
    Series.VACANCY: Vacancy.number,
    Series.JOB_REFERRAL: JobReferral.number,
    Series.PLACEMENT: Placement.number,
    Series.COURSE: Course.number,
    Series.TRAINING_VOUCHER: TrainingVoucher.number,
}
"""Where the numbers of the job service stand."""

NUMBERED: dict[str, tuple[InstrumentedAttribute[Any], str]] = {
    "case": (Case.number, "{year}-%"),
    "file": (Household.file_number, "%档〔{year}〕第%号"),
    "assessment": (SealedAssessment.number, "C{year}-%"),
    "award": (Award.number, "J{year}-%"),
    "service": (ServiceRequest.number, "F{year}-%"),
    "batch": (Batch.number, "B{year}-%"),
    "award_list": (AwardList.number, "L{year}-%"),
    "refund": (Refund.number, "T{year}-%"),
    "import": (ImportBatch.number, "D{year}-%"),
    "loan": (Loan.number, "贷{year}-%"),
    "subsidy_claim": (SubsidyClaim.number, "贴{year}-%"),
    **{series.name.lower(): (number, f"{series}{{year}}-%") for series, number in OF_JOBS.items()},
} | {f"paper.{kind}": (Paper.number, f"%{mark}〔{{year}}〕第%号") for kind, mark in MARKS.items()}
"""Where the numbers of a series stand, and how those of a year read."""


def _numbers(session: Session) -> Iterator[Finding]:
    """Every number that was given stands somewhere: there are no gaps."""
    for series in session.scalars(select(NumberSeries)):
        found = 0
        if known := NUMBERED.get(series.series):
            like = known[0].like(known[1].format(year=series.year))
            if series.series == "file":
                like &= Household.import_batch_id.is_(None)
            if series.series == "batch":
                like &= Batch.follows_id.is_(None)
            found = session.scalar(select(func.count()).where(like)) or 0
        if series.series == "file":
            found += _brought(session, series.year)
        if found != series.last:
            says = _("{last} numbers were given, {found} stand")
            says = says.format(last=series.last, found=found)
            yield Finding(part="numbers", row=f"{series.series}/{series.year}", says=says)


def _brought(session: Session, year: int) -> int:
    """Return how many file numbers of a year imports drew, or passed over for those they brought;
    numbers that an undoing made void were given all the same."""
    told = [numbers.get(str(year), {}) for numbers in session.scalars(select(ImportBatch.numbers))]
    return sum(each.get("drawn", 0) + each.get("passed", 0) for each in told)
