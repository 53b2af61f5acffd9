"""Reads the loans of a period: those the bank disbursed in it, and what came and went since.

A loan of an old register counts as one that was entered here; one that was withdrawn or refused,
or whose import was undone, never does. An entry that was reversed never happened.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Final

from sqlalchemy import ColumnElement, String, func, select
from sqlalchemy.orm import aliased

from app.core.i18n import _
from app.core.money import Fen
from app.core.words.loans import BorrowerKind, LoanEventKind
from app.loans.portfolio import ageing
from app.loans.portfolio_records import AgeingAsked, AgeingView
from app.loans.rules import LENT
from app.reference.districts import districts
from app.reports.cutting import (
    NO_FILE_LABEL,
    UNKNOWN_LABEL,
    Say,
    district_of_row,
    in_district,
    months_of,
)
from app.reports.lent_records import Entries, Lent, LentRow, LoanCut, LoanCutTable, Loans
from app.reports.records import (
    NO_FILE,
    NOT_KNOWN,
    BehindQuery,
    BehindRow,
    BehindRows,
    Figure,
    ReportQuery,
)
from app.work import Work
from db.models.loans import Loan, LoanEvent

PAGE: Final = 200
"""Rows on a page."""

KINDS: Final = {
    Figure.REPAID: LoanEventKind.REPAID,
    Figure.COMPENSATED: LoanEventKind.COMPENSATED,
    Figure.DEBT_RECOVERED: LoanEventKind.RECOVERED,
    Figure.WRITTEN_OFF: LoanEventKind.WRITTEN_OFF,
}
"""The figures that sum what happened to the money."""


def loans_of(work: Work, asked: ReportQuery) -> Loans:
    """Tell the loans of a period."""
    sums: defaultdict[LoanCut, defaultdict[str, Counter[str]]]
    sums = defaultdict(lambda: defaultdict(Counter))
    for month in months_of(asked):
        sums[LoanCut.MONTH][month].update()
    month_of = func.substr(Loan.lent_on, 1, 7, type_=String)
    parts = (Loan.borrower_kind, Loan.district, Loan.household_id.is_(None), Loan.bank, month_of)
    told = (func.count(), func.sum(Loan.principal), func.coalesce(func.sum(Loan.jobs), 0))
    found = select(*parts, *told).where(*_lent_in(asked)).group_by(*parts)
    whole: Counter[str] = Counter()
    for kind, district, alone, bank, month, count, fen, jobs in work.session.execute(found):
        adds = {"count": count, "fen": fen, "jobs": jobs}
        whole.update(adds)
        sums[LoanCut.KIND][kind.value].update(adds)
        sums[LoanCut.DISTRICT][district_of_row(district, alone=alone)].update(adds)
        sums[LoanCut.BANK][bank].update(adds)
        sums[LoanCut.MONTH][month].update(adds)
    return Loans(
        lent=_lent(whole),
        cuts=tuple(LoanCutTable(cut=cut, rows=_rows(cut, sums[cut])) for cut in LoanCut),
        repaid=_entries(work, asked, Figure.REPAID),
        compensated=_entries(work, asked, Figure.COMPENSATED),
        recovered=_entries(work, asked, Figure.DEBT_RECOVERED),
        written_off=_entries(work, asked, Figure.WRITTEN_OFF),
        ageing=_ageing(work, asked),
    )


def _ageing(work: Work, asked: ReportQuery) -> AgeingView | None:
    """Tell how late all loans were at the end of a year, as the page of loans does of any day."""
    if asked.year is None or asked.district:
        return None
    return ageing.run(work, AgeingAsked(as_of=min(asked.last, work.today)))


def _lent(told: Counter[str]) -> Lent:
    return Lent(count=told["count"], fen=Fen(told["fen"]), jobs=told["jobs"])


def _rows(cut: LoanCut, sums: dict[str, Counter[str]]) -> tuple[LentRow, ...]:
    rows = (
        LentRow(
            key=key,
            label=loan_label(cut, key),
            count=told["count"],
            fen=Fen(told["fen"]),
            jobs=told["jobs"],
        )
        for key, told in sums.items()
    )
    return tuple(sorted(rows, key=lambda row: _order(cut, row)))


def _order(cut: LoanCut, row: LentRow) -> tuple[int, int, str]:
    """Return where a row stands: kinds, districts and months in their order, banks by money."""
    match cut:
        case LoanCut.KIND:
            return (list(BorrowerKind).index(BorrowerKind(row.key)), 0, "")
        case LoanCut.DISTRICT:
            names = [each.name for each in districts()]
            known = names.index(row.key) if row.key in names else len(names)
            return (known + 2 * (row.key in (NOT_KNOWN, NO_FILE)), 0, row.key)
        case LoanCut.BANK:
            return (0, -row.fen, row.key)
        case LoanCut.MONTH:
            return (0, 0, row.key)


def loan_label(cut: LoanCut, key: str, said: Say = _) -> str:
    """Return what people call a row of a cut; ``said`` translates, into any language."""
    if key == NOT_KNOWN:
        return said(UNKNOWN_LABEL)
    if cut is LoanCut.DISTRICT and key == NO_FILE:
        return said(NO_FILE_LABEL)
    return said(BorrowerKind(key).message) if cut is LoanCut.KIND else key


def _entries(work: Work, asked: ReportQuery, figure: Figure) -> Entries:
    told = select(func.count(), func.coalesce(func.sum(LoanEvent.fen), 0))
    count, fen = work.session.execute(
        told.join(Loan, LoanEvent.loan_id == Loan.id).where(*_happened_in(asked, KINDS[figure]))
    ).one()
    return Entries(count=count, fen=Fen(fen))


# Which loans and entries a figure is made of


def _here(asked: ReportQuery) -> Iterator[ColumnElement[bool]]:
    """Yield what loans count at all, in the district that is asked for."""
    yield Loan.state.in_(LENT)
    if asked.district:
        yield _in_row(LoanCut.DISTRICT, asked.district)


def _lent_in(asked: ReportQuery) -> list[ColumnElement[bool]]:
    return [*_here(asked), Loan.lent_on.between(asked.first, asked.last)]


def _happened_in(asked: ReportQuery, kind: LoanEventKind) -> list[ColumnElement[bool]]:
    undone = aliased(LoanEvent)
    reversed_later = select(undone.id).where(
        undone.loan_id == LoanEvent.loan_id, undone.reverses == LoanEvent.number
    )
    return [
        *_here(asked),
        LoanEvent.kind == kind,
        LoanEvent.day.between(asked.first, asked.last),
        ~reversed_later.exists(),
    ]


def _in_row(cut: LoanCut, key: str) -> ColumnElement[bool]:
    """Say that a loan counts in one row of a cut."""
    match cut:
        case LoanCut.KIND:
            return Loan.borrower_kind == BorrowerKind(key)
        case LoanCut.BANK:
            return Loan.bank == key
        case LoanCut.MONTH:
            return func.substr(Loan.lent_on, 1, 7, type_=String) == key
        case LoanCut.DISTRICT:
            return in_district(Loan.district, Loan.household_id, key)


def loans_behind(work: Work, asked: BehindQuery) -> BehindRows:
    """Return one page of the loans or entries behind a figure, by day."""
    kind = KINDS.get(asked.figure)
    where = _lent_in(asked.asked) if kind is None else _happened_in(asked.asked, kind)
    if asked.loan_cut is not None:
        where.append(_in_row(asked.loan_cut, asked.key or ""))
    if kind is None:
        found = select(Loan.id, Loan.lent_on, Loan.principal, Loan.purpose, Loan)
        days = (Loan.lent_on, Loan.id)
        sums = select(func.count(), func.sum(Loan.principal))
    else:
        found = select(LoanEvent.id, LoanEvent.day, LoanEvent.fen, LoanEvent.document, Loan)
        found = found.join(Loan, LoanEvent.loan_id == Loan.id)
        days = (LoanEvent.day, LoanEvent.id)
        sums = select(func.count(), func.sum(LoanEvent.fen))
        sums = sums.join(Loan, LoanEvent.loan_id == Loan.id)
    count, fen = work.session.execute(sums.where(*where)).one()
    page = found.where(*where).order_by(*days).limit(PAGE).offset(PAGE * asked.page)
    return BehindRows(
        count=count,
        fen=Fen(fen or 0),
        rows=tuple(_row(*each) for each in work.session.execute(page)),
    )


def _row(key: int, day: date | None, fen: Fen | None, words: str, loan: Loan) -> BehindRow:
    return BehindRow(
        id=key,
        day=day,
        number=loan.number,
        name=loan.name,
        says=loan.bank or loan.state.label,
        note=words,
        fen=fen,
        household_id=loan.household_id,
        case_id=None,
        loan_id=loan.id,
    )
