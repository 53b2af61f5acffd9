"""The center: its name, keys and own dated values."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.core.money import Fen
from app.core.words.center import ValueState
from app.reference.dated import ValueArea, ValueKind
from db.base import SECRET, Entity
from db.types import Identity, Json, Stored


class Center(Entity):
    """The one center this store belongs to."""

    __tablename__ = "center"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)

    name: Mapped[str]
    union_name: Mapped[str]
    number_prefix: Mapped[str]
    """What stands before the year in the numbers of papers, as 哈工帮."""
    telephone: Mapped[str]
    address: Mapped[str]
    payer_account: Mapped[str] = mapped_column(default="", server_default="")
    """The special account (专户) that bank files name as the payer."""
    demonstration: Mapped[bool]
    required_steps: Mapped[list[str]] = mapped_column(Json, default=list, server_default="[]")
    """Filing steps without which nobody is put on file here, beside acceptance and filing."""
    signing_key: Mapped[str] = mapped_column(info=SECRET)
    """The Ed25519 private key for papers, in hex."""
    verifying_key: Mapped[str]
    masking_key: Mapped[str] = mapped_column(info=SECRET)
    """The key of the hashes that stand beside masked values in the audit trail, in hex."""


class CenterValue(Entity):
    """A dated value that the center entered from a document; it counts once a second person
    has confirmed it."""

    __tablename__ = "center_value"
    __table_args__ = (
        CheckConstraint("amount > 0", name="amount_positive"),
        CheckConstraint("effective_to >= effective_from", name="days_in_order"),
        CheckConstraint("confirmed_by IS NULL OR confirmed_by <> entered_by", name="second_person"),
        CheckConstraint("state <> 'confirmed' OR confirmed_by IS NOT NULL", name="confirmed"),
    )

    kind: Mapped[ValueKind] = mapped_column(Stored(ValueKind))
    area: Mapped[ValueArea] = mapped_column(Stored(ValueArea))
    amount: Mapped[Fen]
    effective_from: Mapped[date]
    effective_to: Mapped[date]
    published_on: Mapped[date | None]
    document: Mapped[str]
    demonstration: Mapped[bool]
    state: Mapped[ValueState] = mapped_column(Stored(ValueState))
    entered_by: Mapped[int] = mapped_column(Identity, ForeignKey("staff.id"))
    confirmed_by: Mapped[int | None] = mapped_column(Identity, ForeignKey("staff.id"))
