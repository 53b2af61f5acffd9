"""Reads the relief book: the figures of a period cut by cut, and the payments behind each."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Final

from sqlalchemy import ColumnElement, String, and_, func, select
from sqlalchemy.orm import InstrumentedAttribute

from app.core.kinds import ResidentId
from app.core.masking import mask
from app.core.money import Fen
from app.core.record import values
from app.core.words.disbursements import PayWay
from app.core.words.funds import FundSource
from app.core.words.relief import ReliefItem
from app.reports.counting import BETWEEN, Count, Place, Row, Who, count
from app.reports.cutting import (
    IN_ORDER,
    PAST,
    TOTAL,
    WITHOUT_FILE,
    district_words,
    key_of,
    label,
    order,
)
from app.reports.records import (
    NO_FILE,
    NOT_KNOWN,
    Cut,
    CutRow,
    CutTable,
    Figures,
    ReliefQuery,
    ReliefRow,
    ReliefRows,
    ReportQuery,
)
from app.work import Work
from db.models.disbursements import Award, AwardVersion
from db.models.funds import Fund, Posting
from db.models.households import Household
from db.models.relief import Relief, ReliefPerson

PAGE: Final = 200
"""Payments on a page."""

_ID: Final = ResidentId(label="")

_OF_FILE: Final = (
    f"coalesce(nullif({{}}, ''), CASE WHEN household_id IS NULL THEN '{NO_FILE}' ELSE '' END)"
)
_UNDER: Final = {
    Cut.ITEM: "item",
    Cut.SOURCE: "source",
    Cut.FUND: f"coalesce(fund_id, '{PAST}' || source)",
    Cut.AREA: "coalesce(area, '')",
    Cut.DISTRICT: _OF_FILE.format("district"),
    Cut.CATEGORY: _OF_FILE.format("category"),
    Cut.CAUSE: _OF_FILE.format("cause"),
    Cut.WAY: "coalesce(way, '')",
}
"""What a payment counts under; one text is made of all, since most rows share it."""
_FILED: Final = "(household_id IS NOT NULL)"
_READ: Final = (
    f"SELECT {f' || char({ord(BETWEEN)}) || '.join((*_UNDER.values(), _FILED))}, "  # noqa: S608 - words from above
    "substr(day, 1, 7), person_id, household_id, times, fen FROM relief "
    "WHERE counted = 1 AND day BETWEEN :first AND :last"
)


def counted(work: Work, asked: ReportQuery) -> Count:
    """Count the payments of a period in every row of every cut."""
    period = {"first": asked.first.isoformat(), "last": asked.last.isoformat()}

    def again(who: Who, ids: Sequence[int]) -> Iterator[Row]:
        some = f"{_READ} AND {who} IN (SELECT value FROM json_each(:ids))"  # noqa: S608 - one of two words
        return work.rows(some, **period, ids=json.dumps(ids))

    rows: Iterator[Row] = work.rows(_READ, **period)
    only = {Cut.AREA: asked.area, Cut.DISTRICT: asked.district}
    fields = [partial(_in_cut, cut, only.get(cut, "")) for cut in _UNDER]
    return count(rows, [*fields, _filed], partial(_in_cut, Cut.MONTH, ""), again)


def _in_cut(cut: Cut, only: str, text: str) -> Sequence[Place] | None:
    """Return where a text counts; nowhere when one row alone is asked for and it is another."""
    key = key_of(cut, text)
    return None if only and key != only else ((cut, key),)


def _filed(text: str) -> Sequence[Place]:
    return (TOTAL,) if text == "1" else (TOTAL, WITHOUT_FILE)


def totals(found: Count) -> tuple[Figures, Figures]:
    """Return the figures of all, and of those without a file."""
    return found.figures(TOTAL), found.figures(WITHOUT_FILE)


def tables(work: Work, asked: ReportQuery, found: Count) -> tuple[CutTable, ...]:
    """Return every cut with its rows."""
    funds = fund_names(work)
    keys: dict[Cut, list[str]] = {cut: [] for cut in Cut}
    for place in found.numbers:
        match place:
            case (Cut() as cut, str(key)):
                keys[cut].append(key)
            case _:
                pass
    keys[Cut.MONTH] = list(_months(asked))
    return tuple(CutTable(cut=cut, rows=_sorted(cut, keys[cut], found, funds)) for cut in Cut)


def fund_names(work: Work) -> dict[str, str]:
    """Return the names of all funds by their keys."""
    found = work.session.execute(select(Fund.id, Fund.name))
    return {str(key): name for key, name in found}


def _sorted(
    cut: Cut, keys: Sequence[str], found: Count, funds: Mapping[str, str]
) -> tuple[CutRow, ...]:
    rows = [
        CutRow(key=key, label=label(cut, key, funds), **values(found.figures((cut, key))))
        for key in keys
    ]
    if cut in IN_ORDER:
        return tuple(sorted(rows, key=lambda row: order(cut, row.key)))
    return tuple(sorted(rows, key=lambda row: (order(cut, row.key)[0], -row.fen, row.key)))


def _months(asked: ReportQuery) -> Iterator[str]:
    for month in range(asked.first.year * 12 + asked.first.month - 1, _month_after(asked.last)):
        yield f"{month // 12}-{month % 12 + 1:02d}"


def _month_after(day: date) -> int:
    return day.year * 12 + day.month


def relief_page(work: Work, asked: ReliefQuery) -> ReliefRows:
    """Return one page of the payments behind a figure, by day."""
    where = rows_behind(asked)
    told = select(
        func.count(),
        func.coalesce(func.sum(Relief.times), 0),
        func.coalesce(func.sum(Relief.fen), 0),
    )
    number, times, fen = work.session.execute(told.where(*where)).one()
    found = work.session.execute(
        select(Relief, ReliefPerson, Household.file_number, Fund.name, Award.case_id)
        .join(ReliefPerson, Relief.person_id == ReliefPerson.id)
        .outerjoin(Household, Relief.household_id == Household.id)
        .outerjoin(Fund, Relief.fund_id == Fund.id)
        .outerjoin(Posting, Relief.posting_id == Posting.id)
        .outerjoin(AwardVersion, Posting.award_version_id == AwardVersion.id)
        .outerjoin(Award, AwardVersion.award_id == Award.id)
        .where(*where)
        .order_by(Relief.day, Relief.id)
        .limit(PAGE)
        .offset(PAGE * asked.page)
    )
    return ReliefRows(
        count=number,
        person_times=times,
        fen=Fen(fen),
        rows=tuple(_row(*each) for each in found),
    )


def _row(
    relief: Relief,
    person: ReliefPerson,
    file_number: str | None,
    fund: str | None,
    case: int | None,
) -> ReliefRow:
    return ReliefRow(
        id=relief.id,
        day=relief.day,
        name=person.name,
        id_number=mask(_ID, person.id_number),
        household_id=relief.household_id,
        file_number=file_number or "",
        case_id=case,
        item=relief.item,
        source=relief.source,
        fund=fund or "",
        district=relief.district or "",
        category=relief.category or "",
        cause=relief.cause or "",
        way=relief.way,
        times=relief.times,
        fen=relief.fen,
        handler=relief.handler,
        note=relief.note,
    )


def rows_behind(asked: ReliefQuery) -> list[ColumnElement[bool]]:
    """Say which rows stand behind a figure."""
    period = asked.asked
    where: list[ColumnElement[bool]] = [
        Relief.counted.is_(True),
        Relief.day.between(period.first, period.last),
    ]
    if period.area:
        where.append(_in_row(Cut.AREA, period.area))
    if period.district:
        where.append(_in_row(Cut.DISTRICT, period.district))
    if asked.cut is not None:
        where.append(_in_row(asked.cut, asked.key))
    return where


def _in_row(cut: Cut, key: str) -> ColumnElement[bool]:
    """Say that a payment counts in one row of a cut: the same as `Under.key`."""
    match cut:
        case Cut.ITEM:
            return Relief.item == ReliefItem(key)
        case Cut.SOURCE:
            return Relief.source == FundSource(key)
        case Cut.FUND if key.startswith(PAST):
            source = FundSource(key.removeprefix(PAST))
            return and_(Relief.fund_id.is_(None), Relief.source == source)
        case Cut.FUND:
            return Relief.fund_id == int(key)
        case Cut.AREA:
            return func.coalesce(Relief.area, NOT_KNOWN) == key
        case Cut.WAY:
            return Relief.way == PayWay(key) if key else Relief.way.is_(None)
        case Cut.MONTH:
            return func.substr(Relief.day, 1, 7, type_=String) == key
        case Cut.DISTRICT:
            return _of_file(Relief.district, key, district_words(key))
        case Cut.CATEGORY:
            return _of_file(Relief.category, key, (key,))
        case Cut.CAUSE:
            return _of_file(Relief.cause, key, (key,))


def _of_file(
    column: InstrumentedAttribute[str | None], key: str, written: Sequence[str]
) -> ColumnElement[bool]:
    if key not in (NOT_KNOWN, NO_FILE):
        return column.in_(written)
    filed = Relief.household_id.is_not(None)
    return and_(func.coalesce(column, "") == "", filed if key == NOT_KNOWN else ~filed)
