"""The fields of a proposal: which of them stand there depends on the way it is given."""

import re
from datetime import date
from typing import Annotated, Any, Final

from app.core.errors import Problem
from app.core.i18n import N_, _
from app.core.kinds import Count, Day, Key, Text
from app.core.record import Record, values
from app.core.words.disbursements import NeedKind, PayWay
from app.disbursements.records import (
    AwardForm,
    Bank,
    Card,
    Goods,
    Holder,
    HowPaid,
    Money,
    NeedForm,
    Offer,
    Opinion,
    Quantity,
    SeriesForm,
    UnitValue,
)
from ui.kit.field_box import FieldBox
from ui.kit.form import FormView


class Typed(Record):
    """A proposal as it is typed: what its way needs has to be filled in."""

    way: HowPaid = PayWay.CARD
    amount: Money
    fund_id: Annotated[int, Key(label=N_("Fund"))]
    goods: Goods
    quantity: Quantity
    unit_value: UnitValue
    account_holder: Holder
    account_bank: Bank = ""
    account_number: Card
    opinion: Opinion = ""
    hospital_stays: Annotated[str, Text(label=N_("Number of the hospital stay"))] = ""
    invoices: Annotated[
        str, Text(label=N_("Invoice numbers"), hint=N_("Several with a space between"))
    ] = ""
    months: Annotated[int | None, Count(label=N_("Months to pay for"), at_least=2, at_most=12)] = (
        None
    )
    first_on: Annotated[date | None, Day(label=N_("First paid from"))] = None


OF_WAY: Final = {
    PayWay.CARD: ("account_holder", "account_bank", "account_number"),
    PayWay.CASH: (),
    PayWay.GOODS: ("goods", "quantity", "unit_value"),
}
"""The fields that only one way needs; those of the two others go out of sight."""
MUST: Final = {
    PayWay.CARD: ("account_holder", "account_number"),
    PayWay.CASH: (),
    PayWay.GOODS: ("goods", "quantity", "unit_value"),
}
NUMBERS: Final = {
    NeedKind.HOSPITAL_STAY: "hospital_stays",
    NeedKind.INVOICE: "invoices",
}
"""Where the numbers of a need are typed."""
OWN: Final = (*NUMBERS.values(), "months", "first_on")
"""Fields of the page that no version keeps."""


class Fields(FormView[Typed]):
    """The form; what its way does not need is out of sight and is not asked."""

    def way(self) -> PayWay:
        """Return the way that is chosen."""
        return self.boxes["way"].editor.value()

    def in_use(self, name: str) -> bool:
        """Tell whether a field stands there."""
        return not self.boxes[name].isHidden()

    def show_ways(self) -> None:
        """Show the fields of the chosen way and no others."""
        chosen = self.way()
        for way, names in OF_WAY.items():
            for name in names:
                self.boxes[name].setVisible(way is chosen)

    def show_numbers(self, kinds: tuple[NeedKind, ...]) -> None:
        """Show the numbers by which a need of the measure is known."""
        for kind, name in NUMBERS.items():
            self.boxes[name].setVisible(kind in kinds)

    def _problem(self, box: FieldBox) -> Problem | None:
        return None if box.isHidden() else super()._problem(box)

    def missing(self) -> list[str]:
        """Return the labels of required fields in sight that are empty."""
        names = ("amount", "fund_id", *MUST[self.way()])
        boxes = (self.boxes[name] for name in names)
        return [_(box.field.kind.label) for box in boxes if box.editor.blank()]

    def needs(self) -> tuple[NeedForm, ...]:
        """Return the numbers typed that are in sight."""
        return tuple(
            NeedForm(kind=kind, number=number)
            for kind, name in NUMBERS.items()
            if self.in_use(name)
            for number in _numbers(self.boxes[name].editor.text())
        )


def _numbers(text: str) -> list[str]:
    return [number for number in re.split(r"[、，,;；\s]+", text) if number]


def proposal_of(typed: Typed, needs: tuple[NeedForm, ...], draft_id: str) -> dict[str, Any]:
    """Return what every proposal says, of what was typed."""
    kept = {name: value for name, value in values(typed).items() if name not in OWN}
    return kept | {"needs": needs, "draft_id": draft_id}


def new_proposal(
    typed: Typed, needs: tuple[NeedForm, ...], offer: Offer, draft_id: str, today: date
) -> AwardForm:
    """Return a proposal that is new: of one award, or of a series when months were typed."""
    said = proposal_of(typed, needs, draft_id)
    said |= {"case_id": offer.case_id, "measure": offer.measure, "member_id": offer.member_id}
    if typed.months is None:
        return AwardForm(**said)
    return SeriesForm(**said, months=typed.months, first_on=typed.first_on or today)
