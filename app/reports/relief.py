"""Reads the relief book: the figures of a period cut by cut, and the payments behind each."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

import msgspec
from sqlalchemy import ColumnElement, String, and_, func, literal_column, select
from sqlalchemy.dialects import sqlite
from sqlalchemy.orm import InstrumentedAttribute

from app.core.kinds import ResidentId
from app.core.masking import mask
from app.core.money import Fen
from app.core.record import values
from app.core.words.disbursements import PayWay
from app.core.words.funds import FundSource
from app.core.words.relief import ReliefItem
from app.reports.counting import Book, Count, Parts, Place, Who, count
from app.reports.cutting import (
    IN_ORDER,
    PAST,
    TOTAL,
    WITHOUT_FILE,
    cut_to,
    district_key,
    district_words,
    label,
    months_of,
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

_BETWEEN: Final = "\x1f"
"""Stands between the texts that a payment counts under."""
_NEXT: Final = "\x1e"
"""Stands between payments."""
_NUMBERS: Final = msgspec.json.Decoder(list[int]).decode


def _together(*columns: str) -> str:
    return f"||'{_BETWEEN}'||".join(columns)


def _or_nothing(column: str) -> str:
    return f"coalesce({column}, '')"


_OF_PAYMENT: Final = _together("item", "source", *map(_or_nothing, ("fund_id", "area", "way")))
_OF_HOUSEHOLD: Final = _together(
    *map(_or_nothing, ("district", "category", "cause")), "(household_id IS NULL)"
)
"""What a payment counts under, as two texts: most rows share each of them with many others."""


def counted(work: Work, asked: ReportQuery) -> Count:
    """Count the payments of a period in every row of every cut."""

    def again(who: Who, ids: Sequence[int]) -> Parts:
        some = f"{who} IN (SELECT value FROM json_each(:ids))"  # noqa: S608 - one of two words
        return _parts(work, asked, f" AND {some}", ids=json.dumps(ids))

    last = select(func.max(Relief.person_id)).scalar_subquery()
    last_filed = select(func.max(Relief.household_id)).scalar_subquery()
    person, household = work.session.execute(select(last, last_filed)).one()
    return count(
        Book(_parts(work, asked), _of_payment, _of_household, person or 0, household or 0, again)
    )


def _parts(work: Work, asked: ReportQuery, some: str = "", **bound: object) -> Parts:
    """Read the payments of a period month by month, in the order of the index.

    A month comes as one row of lists: that is quicker than a row for each payment, and does not
    take turns with the screen at every one of them.
    """
    texts = (f"group_concat({text}, '{_NEXT}')" for text in (_OF_PAYMENT, _OF_HOUSEHOLD))
    numbers = ("person_id", "coalesce(household_id, 0)", "times", "fen")
    lists = (*texts, *(f"json_group_array({number})" for number in numbers))
    told = select(*map(literal_column, lists)).select_from(Relief)
    for month in months_of(asked):
        where = rows_behind(ReliefQuery(asked=cut_to(asked, month)))
        statement = told.where(*where).compile(
            dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True}
        )
        for of_payment, of_household, *rest in work.rows(f"{statement}{some}", **bound):
            if of_payment is not None:
                columns = (of_payment.split(_NEXT), of_household.split(_NEXT), *map(_NUMBERS, rest))
                yield (Cut.MONTH, month), zip(*columns, strict=True)


def _of_payment(text: str) -> Sequence[Place]:
    item, source, fund, area, way = text.split(_BETWEEN)
    return (
        (Cut.ITEM, item),
        (Cut.SOURCE, source),
        (Cut.FUND, fund or PAST + source),
        (Cut.AREA, area),
        (Cut.WAY, way),
    )


def _of_household(text: str) -> Sequence[Place]:
    district, category, cause, without_file = text.split(_BETWEEN)
    nothing = NO_FILE if without_file == "1" else NOT_KNOWN
    return (
        TOTAL,
        *((WITHOUT_FILE,) if without_file == "1" else ()),
        (Cut.DISTRICT, district_key(district) or nothing),
        (Cut.CATEGORY, category or nothing),
        (Cut.CAUSE, cause or nothing),
    )


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
    keys[Cut.MONTH] = list(months_of(asked))
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
        people=_helped(work, Relief.person_id, where),
        households=_helped(work, Relief.household_id, where),
        fen=Fen(fen),
        rows=tuple(_row(*each) for each in found),
    )


def _helped(
    work: Work, who: InstrumentedAttribute[Any], where: Sequence[ColumnElement[bool]]
) -> int:
    """Count each of them once who has a payment left among rows."""
    left = select(who).where(*where, who.is_not(None)).having(func.sum(Relief.times) > 0)
    each = left.group_by(who + 0).subquery()  # by no index of theirs: `where` has one
    return work.session.scalar(select(func.count()).select_from(each)) or 0


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
    if asked.of_year is not None:
        where.append(Relief.fund_id.in_(select(Fund.id).where(Fund.year == asked.of_year)))
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
