"""Reads the center's particulars and confirmed values for other verbs."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.words.center import ValueState
from app.reference.dated import Confidence, DatedValue, Origin, shipped_values
from app.reference.values import Values
from db.models.center import Center, CenterValue


def the_center(session: Session) -> Center:
    """Return the one center of this store."""
    return session.get_one(Center, 1)


def values_in_use(session: Session) -> Values:
    """Return the shipped dated values with the center's confirmed ones laid over them."""
    own = session.scalars(select(CenterValue).where(CenterValue.state == ValueState.CONFIRMED))
    return Values(shipped_values(), [dated(value) for value in own])


def dated(value: CenterValue) -> DatedValue:
    """Return a stored value as policy knows it."""
    return DatedValue(
        kind=value.kind,
        area=value.area,
        amount_fen=value.amount,
        effective_from=value.effective_from,
        effective_to=value.effective_to,
        published_on=value.published_on,
        document=value.document,
        source=value.document,
        confidence=Confidence.CONFIRMED,
        origin=Origin.CENTER,
        demonstration=value.demonstration,
    )
