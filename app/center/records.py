"""What is asked and shown about the center."""

from datetime import date
from typing import Annotated

from app.core.i18n import N_
from app.core.kinds import Amount, BankCard, Choice, Day, Flag, Key, Name, Phone, Text
from app.core.money import Fen
from app.core.record import Record
from app.core.words.center import ValueState
from app.reference.dated import Confidence, Origin, ValueArea, ValueKind

CenterName = Annotated[str, Text(label=N_("Name of the center"), min_length=2, max_length=60)]
UnionName = Annotated[str, Text(label=N_("Trade union above it"), max_length=60)]
NumberPrefix = Annotated[
    str,
    Text(label=N_("Before the numbers of papers"), hint=N_("as 哈工帮"), max_length=8),
]
Telephone = Annotated[str, Phone(label=N_("Telephone of the center"), private=False)]
PayerAccount = Annotated[
    str, BankCard(label=N_("Account that relief is paid from"), private=False, luhn=False)
]
CenterAddress = Annotated[str, Text(label=N_("Address of the center"), max_length=120)]

KindOfValue = Annotated[ValueKind, Choice(label=N_("Standard"), words=ValueKind)]
Area = Annotated[ValueArea, Choice(label=N_("Area"), words=ValueArea)]
ValueAmount = Annotated[Fen, Amount(label=N_("Yuan per person and month"), at_least=1)]
EffectiveFrom = Annotated[date, Day(label=N_("In force from"))]
EffectiveTo = Annotated[date, Day(label=N_("In force until"))]
PublishedOn = Annotated[date | None, Day(label=N_("Published on"), may_be_future=False)]
Document = Annotated[
    str,
    Text(label=N_("Document"), hint=N_("Title and number, as printed"), min_length=4),
]


class CenterForm(Record):
    """The particulars that stand on papers."""

    name: CenterName
    union_name: UnionName = ""
    number_prefix: NumberPrefix = "帮"
    telephone: Telephone = ""
    address: CenterAddress = ""
    payer_account: PayerAccount = ""


class CenterFacts(Record):
    """The center as the screens and papers show it."""

    name: CenterName
    union_name: UnionName
    number_prefix: NumberPrefix
    telephone: Telephone
    address: CenterAddress
    payer_account: PayerAccount
    demonstration: Annotated[bool, Flag(label=N_("Demonstration"))]


class ValueForm(Record):
    """A dated value taken from a document, to be confirmed by a second person."""

    kind: KindOfValue = ValueKind.DIBAO_LINE
    area: Area
    amount: ValueAmount
    effective_from: EffectiveFrom
    effective_to: EffectiveTo
    published_on: PublishedOn = None
    document: Document


class ValueRow(Record):
    """One line of the list of dated values, shipped or the center's own."""

    id: Annotated[int | None, Key()]
    version: Annotated[int, Key()]
    state: Annotated[ValueState, Choice(label=N_("State"), words=ValueState)]
    kind: KindOfValue
    area: Area
    amount: ValueAmount
    effective_from: EffectiveFrom
    effective_to: Annotated[date | None, Day(label=N_("In force until"))]
    document: Document
    origin: Annotated[Origin, Choice(label=N_("Origin"), words=Origin)]
    confidence: Annotated[Confidence, Choice(label=N_("Confidence"), words=Confidence)]
    demonstration: Annotated[bool, Flag(label=N_("Demonstration"))]
    entered_by: Annotated[str, Name(label=N_("Entered by"))]
    confirmed_by: Annotated[str, Name(label=N_("Confirmed by"))]
    mine: Annotated[bool, Flag(label=N_("Entered by me"))]


class ValueStep(Record):
    """Confirm or withdraw one value of the center."""

    id: Annotated[int, Key()]
    version: Annotated[int, Key()]
