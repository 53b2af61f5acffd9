"""What can be asked about issued papers."""

from datetime import date, timedelta

from sqlalchemy import Select, func, or_, select

from app.center.store import the_center
from app.core.clock import midnight
from app.core.record import Nothing
from app.core.words.papers import PaperState
from app.papers.records import (
    Code,
    PaperById,
    PaperCounts,
    PaperQuery,
    PaperRow,
    PaperView,
    PrintRow,
    Verdict,
)
from app.papers.seal import check as check_signature
from app.papers.store import as_issued, prints_of, sheet_of
from app.work import Permission, Work, query
from db.models.papers import Paper, PaperPrint
from db.models.staff import Staff


def _rows(work: Work, narrowed: Select[Paper, str]) -> list[PaperRow]:
    counts = (
        select(PaperPrint.paper_id, func.count().label("prints"))
        .group_by(PaperPrint.paper_id)
        .subquery()
    )
    newest = (PaperPrint.paper_id == Paper.id) & (PaperPrint.copy == counts.c.prints)
    found = work.session.execute(
        narrowed.add_columns(
            func.coalesce(counts.c.prints, 0), func.coalesce(PaperPrint.reason, "")
        )
        .outerjoin(counts, counts.c.paper_id == Paper.id)
        .outerjoin(PaperPrint, newest)
    )
    return [_row(paper, name, prints, reason) for paper, name, prints, reason in found]


def _row(paper: Paper, name: str, prints: int, reason: str) -> PaperRow:
    return PaperRow(
        id=paper.id,
        version=paper.version,
        kind=paper.kind,
        number=paper.number,
        title=paper.title,
        state=paper.state,
        prints=prints,
        issued_at=paper.issued_at,
        issued_by=name,
        household_id=paper.household_id,
        note=paper.void_reason or reason,
    )


@query(needs=Permission.READ_PAPERS)
def paper_rows(work: Work, asked: PaperQuery) -> list[PaperRow]:
    """List the register of papers, the newest first."""
    narrowed = (
        select(Paper, Staff.name)
        .join(Staff, Paper.issued_by == Staff.id)
        .order_by(Paper.id.desc())
        .limit(asked.limit)
    )
    if asked.kind:
        narrowed = narrowed.where(Paper.kind == asked.kind)
    if asked.household_id:
        narrowed = narrowed.where(Paper.household_id == asked.household_id)
    if asked.subject:
        narrowed = narrowed.where(Paper.subject == asked.subject)
    if asked.on:
        narrowed = narrowed.where(Paper.issued_on == asked.on)
    if asked.printed_on:
        narrowed = narrowed.where(Paper.id.in_(_printed_on(asked.printed_on)))
    if asked.void:
        narrowed = narrowed.where(Paper.state == PaperState.VOID)
    if asked.unprinted:
        printed = select(PaperPrint.paper_id)
        narrowed = narrowed.where(Paper.id.not_in(printed), Paper.state == PaperState.ISSUED)
    return _rows(work, narrowed)


def _printed_on(day: date) -> Select[int]:
    """Return the papers of which a copy was printed on a local day."""
    return select(PaperPrint.paper_id).where(
        PaperPrint.printed_at >= midnight(day),
        PaperPrint.printed_at < midnight(day + timedelta(days=1)),
    )


@query(needs=Permission.READ_PAPERS)
def paper_counts(work: Work, _: Nothing) -> PaperCounts:
    """Count the papers of the register: all, not printed, printed today, void."""
    papers = select(func.count()).select_from(Paper)
    void = papers.where(Paper.state == PaperState.VOID)
    unprinted = papers.where(
        Paper.id.not_in(select(PaperPrint.paper_id)), Paper.state == PaperState.ISSUED
    )
    today = papers.where(Paper.id.in_(_printed_on(work.today)))
    every, waiting, printed, gone = (
        work.session.scalar(count) or 0 for count in (papers, unprinted, today, void)
    )
    return PaperCounts(all=every, unprinted=waiting, printed_today=printed, void=gone)


@query(needs=Permission.READ_PAPERS)
def paper_view(work: Work, asked: PaperById) -> PaperView:
    """Return an issued paper with its sheet, as the next copy would be printed."""
    paper = work.load(Paper, asked.id)
    maker = work.session.get_one(Staff, paper.issued_by)
    count = prints_of(work, paper.id)
    prints = work.session.execute(
        select(PaperPrint, Staff.name)
        .join(Staff, PaperPrint.printed_by == Staff.id)
        .where(PaperPrint.paper_id == paper.id)
        .order_by(PaperPrint.copy)
    ).all()
    reason = prints[-1][0].reason if prints else ""
    sheet = sheet_of(paper)
    return PaperView(
        row=_row(paper, maker.name, count, reason),
        sheet=sheet if not count else sheet.reprint(count + 1, ""),
        prints=tuple(
            PrintRow(
                copy=item.copy, printed_at=item.printed_at, printed_by=name, reason=item.reason
            )
            for item, name in prints
        ),
        void_reason=paper.void_reason,
    )


@query(needs=Permission.READ_PAPERS)
def verify(work: Work, code: Code) -> Verdict:
    """Tell whether a check code, a number or a QR code belongs to a paper of ours."""
    text = code.text.strip()
    paper = work.session.scalars(
        select(Paper).where(
            or_(
                Paper.check_code == text.upper(),
                Paper.number == text,
                Paper.payload == text.upper(),
            )
        )
    ).first()
    key = bytes.fromhex(the_center(work.session).verifying_key)
    if paper is None:
        return Verdict(paper="altered" if check_signature(key, text) else "unknown")
    whole = as_issued(paper, key)
    verdict = "void" if paper.state is PaperState.VOID else "genuine" if whole else "altered"
    return Verdict(
        paper=verdict,
        kind=paper.kind,
        number=paper.number,
        title=paper.title,
        issued_on=paper.issued_on,
        void_reason=paper.void_reason,
        id=paper.id,
    )


@query(needs=Permission.READ_PAPERS)
def verifying_key(work: Work, _: Nothing) -> str:
    """Return the public half of the center's signing key, in hex: it proves papers elsewhere."""
    return the_center(work.session).verifying_key
