"""What can be asked about the claims of interest subsidy."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy import Text, case, func, select, type_coerce
from sqlalchemy.orm import aliased

from app.core.kinds import ResidentId
from app.core.masking import mask
from app.core.money import Fen
from app.core.record import Nothing
from app.core.words.loans import ClaimState, SubsidyLineKind
from app.loans.subsidies import KEPT, is_stale, later_claim
from app.loans.subsidy_lines import Quarter, quarter
from app.loans.subsidy_records import (
    ClaimById,
    ClaimDue,
    ClaimLineRow,
    ClaimRow,
    ClaimsAsked,
    ClaimView,
)
from app.loans.terms import percent_text
from app.work import Permission, Topic, Work, action, query
from db.models.loans import Loan, SubsidyClaim, SubsidyLine
from db.models.staff import Staff


@query(needs=Permission.READ_LOANS)
def claim_rows(work: Work, asked: ClaimsAsked) -> list[ClaimRow]:
    """List the claims of interest subsidy, the newest quarter first."""
    return list(_rows(work, asked=asked))


def _rows(
    work: Work, *, asked: ClaimsAsked | None = None, claim_id: int | None = None
) -> Iterator[ClaimRow]:
    confirmer = aliased(Staff)
    positive = SubsidyLine.kind != SubsidyLineKind.CLAWED_BACK
    found = (
        select(
            SubsidyClaim,
            Staff.name,
            confirmer.name,
            func.count(SubsidyLine.loan_id.distinct()),
            func.sum(case((positive, SubsidyLine.fen), else_=0)),
        )
        .join(Staff, SubsidyClaim.made_by == Staff.id)
        .outerjoin(confirmer, SubsidyClaim.confirmed_by == confirmer.id)
        .outerjoin(SubsidyLine, SubsidyLine.claim_id == SubsidyClaim.id)
        .group_by(SubsidyClaim.id)
        .order_by(SubsidyClaim.first_day.desc(), SubsidyClaim.id.desc())
    )
    if claim_id is not None:
        found = found.where(SubsidyClaim.id == claim_id)
    if asked is not None and asked.bank:
        found = found.where(SubsidyClaim.bank == asked.bank)
    if asked is not None and asked.year is not None:
        year = date(asked.year, 1, 1), date(asked.year, 12, 31)
        found = found.where(SubsidyClaim.first_day.between(*year))
    for claim, made_by, confirmed_by, loans, claimed in work.session.execute(found):
        yield ClaimRow(
            id=claim.id,
            version=claim.version,
            number=claim.number,
            bank=claim.bank,
            first_day=claim.first_day,
            last_day=claim.last_day,
            loans=loans,
            claimed=Fen(claimed or 0),
            clawed_back=Fen((claimed or 0) - claim.fen),
            fen=claim.fen,
            state=claim.state,
            made_by=made_by,
            made_at=claim.made_at,
            confirmed_by=confirmed_by or "",
            mine=claim.made_by == work.actor.id,
            sent_on=claim.sent_on,
            received_on=claim.received_on,
            received=claim.received,
            note=claim.note,
        )


@query(needs=Permission.READ_LOANS)
def claim_view(work: Work, asked: ClaimById) -> ClaimView:
    """Return a claim with its lines; ID numbers are masked."""
    return _view(work, asked.id, in_the_clear=False)


@action(needs=Permission.KEEP_LOANS, changes={Topic.AUDIT})
def open_claim_list(work: Work, asked: ClaimById) -> ClaimView:
    """Open the list of a claim as it goes out, ID numbers in the clear; the opening is kept."""
    work.subject = f"subsidy_claim/{asked.id}"
    return _view(work, asked.id, in_the_clear=True)


def _view(work: Work, claim_id: int, *, in_the_clear: bool) -> ClaimView:
    claim = work.load(SubsidyClaim, claim_id)
    [row] = _rows(work, claim_id=claim_id)
    found = work.session.execute(
        select(SubsidyLine, Loan)
        .join(Loan, SubsidyLine.loan_id == Loan.id)
        .where(SubsidyLine.claim_id == claim_id)
        .order_by(SubsidyLine.id)
    )
    return ClaimView(
        row=row,
        lines=tuple(
            _line(number, line, loan, in_the_clear=in_the_clear)
            for number, (line, loan) in enumerate(found, start=1)
        ),
        newest=later_claim(work, claim) is None,
        stale=claim.state is ClaimState.DRAFTED and is_stale(work, claim),
    )


def _line(number: int, line: SubsidyLine, loan: Loan, *, in_the_clear: bool) -> ClaimLineRow:
    shown = loan.id_number if in_the_clear else mask(ResidentId(label=""), loan.id_number)
    return ClaimLineRow(
        number=number,
        loan_id=loan.id,
        loan_number=loan.number,
        contract_number=loan.contract_number,
        name=loan.name,
        id_number=shown,
        lent_on=loan.lent_on,
        principal=loan.principal,
        kind=line.kind,
        from_on=line.from_on,
        to_on=Quarter(line.from_on, line.to_on).last,
        days=line.days,
        base=line.base,
        rate=percent_text(line.rate),
        fen=line.fen,
        reason=line.reason,
    )


@query(needs=Permission.READ_LOANS)
def claims_due(work: Work, _: Nothing) -> list[ClaimDue]:
    """List the banks that have not claimed the last quarter that is over."""
    year, number = _last_quarter(work.today)
    days = quarter(year, number)
    claimed = select(SubsidyClaim.bank).where(
        SubsidyClaim.first_day == days.first, SubsidyClaim.state != ClaimState.WITHDRAWN
    )
    banks = work.session.scalars(
        select(Loan.bank)
        .where(
            Loan.state.in_(KEPT),
            ~type_coerce(Loan.terms, Text).contains('"subsidy":null'),
            Loan.lent_on < days.after,
            Loan.ends_on >= days.first,
            Loan.bank.not_in(claimed),
        )
        .distinct()
        .order_by(Loan.bank)
    )
    return [ClaimDue(bank=bank, year=year, quarter=number) for bank in banks]


def _last_quarter(today: date) -> tuple[int, int]:
    """Return the year and number of the last quarter that is over."""
    number = (today.month - 1) // 3
    return (today.year, number) if number else (today.year - 1, 4)
