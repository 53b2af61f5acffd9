"""What can be asked about the center."""

from sqlalchemy import select

from app.center.records import CenterFacts, ValueRow
from app.center.store import the_center, values_in_use
from app.core.record import Nothing
from app.core.words.center import ValueState
from app.reference.dated import Confidence, DatedValue, Origin, ValueArea, ValueKind, shipped_values
from app.work import Permission, Work, query
from db.models.center import CenterValue
from db.models.staff import Staff


@query(needs=Permission.READ_CENTER)
def center_facts(work: Work, _: Nothing) -> CenterFacts:
    """Return the center's particulars."""
    center = the_center(work.session)
    return CenterFacts(
        name=center.name,
        union_name=center.union_name,
        number_prefix=center.number_prefix,
        telephone=center.telephone,
        address=center.address,
        payer_account=center.payer_account,
        demonstration=center.demonstration,
    )


@query(needs=Permission.READ_CENTER)
def value_rows(work: Work, _: Nothing) -> list[ValueRow]:
    """List the dated values: the center's own, newest first, then those that came along."""
    names: dict[int | None, str] = dict(work.session.execute(select(Staff.id, Staff.name)).all())
    own = work.session.scalars(
        select(CenterValue)
        .where(CenterValue.state != ValueState.WITHDRAWN)
        .order_by(CenterValue.state.desc(), CenterValue.effective_from.desc(), CenterValue.area)
    )
    rows = [
        ValueRow(
            id=value.id,
            version=value.version,
            state=value.state,
            kind=value.kind,
            area=value.area,
            amount=value.amount,
            effective_from=value.effective_from,
            effective_to=value.effective_to,
            document=value.document,
            origin=Origin.CENTER,
            confidence=Confidence.CONFIRMED,
            demonstration=value.demonstration,
            entered_by=names[value.entered_by],
            confirmed_by=names.get(value.confirmed_by, ""),
            mine=value.entered_by == work.actor.id,
        )
        for value in own
    ]
    shipped = sorted(shipped_values(), key=lambda value: value.effective_from, reverse=True)
    return rows + [_shipped_row(value) for value in shipped]


@query(needs=Permission.READ_CENTER)
def missing_lines(work: Work, _: Nothing) -> list[ValueArea]:
    """List the areas for which no dibao line is known today."""
    known = values_in_use(work.session)
    areas = (ValueArea.DISTRICTS, ValueArea.COUNTIES)
    return [area for area in areas if known.find(ValueKind.DIBAO_LINE, area, work.today) is None]


def _shipped_row(value: DatedValue) -> ValueRow:
    return ValueRow(
        id=None,
        version=0,
        state=ValueState.CONFIRMED,
        kind=value.kind,
        area=value.area,
        amount=value.amount_fen,
        effective_from=value.effective_from,
        effective_to=value.effective_to,
        document=value.document or value.source,
        origin=value.origin,
        confidence=value.confidence,
        demonstration=False,
        entered_by="",
        confirmed_by="",
        mine=False,
    )
