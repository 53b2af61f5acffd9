"""The proposal as it is typed: the cap above it, amount and fund, the account, the reason."""

from collections.abc import Mapping
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.i18n import _
from app.core.kinds import BankCard
from app.core.masking import mask
from app.core.money import Fen, yuan_text
from app.core.record import spec
from app.core.words.disbursements import PayWay
from app.disbursements.records import AwardView, Cap, Offer, ProposalForm
from app.disbursements.rules import OverCap, check_cap
from ui.kit.cards import Card
from ui.kit.day_editor import Today
from ui.kit.editing import Context
from ui.kit.giving_editors import GoodsEditor, WayEditor
from ui.kit.number_editors import AmountEditor
from ui.pages.award.fields import NUMBERS, Fields, Typed
from ui.pages.award.parts import CapCard, FundEditor

CARD: Final = BankCard(label="")


class Proposal(QWidget):
    """Cap and form; ``told`` says that what they say may have changed."""

    told = Signal()

    def __init__(self, today: Today) -> None:
        super().__init__()
        self.cap = CapCard()
        self._offer: Offer | None = None
        self._cap: Cap | None = None
        self._filled: dict[str, str] | None = None
        self._kept: Mapping[str, str] = {}
        self.fund = FundEditor(spec(ProposalForm, "fund_id"))
        self.form = self._make_form(today)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.cap)
        card = Card()
        card.add(self.form)
        column.addWidget(card)

    def _make_form(self, today: Today) -> Fields:
        form = Fields(
            Typed,
            sections=[
                ("", ["way", "months", "first_on"]),
                ("", ["goods", "quantity", "unit_value"]),
                ("", ["amount", "fund_id"]),
                ("", ["account_holder", "account_bank", "account_number"]),
                ("", ["hospital_stays", "invoices"]),
                ("", ["opinion"]),
            ],
            spans={
                **{"way": 6, "months": 3, "first_on": 3, "goods": 6, "quantity": 2},
                **{"unit_value": 4, "amount": 4, "fund_id": 8, "account_holder": 4},
                **{"account_bank": 3, "hospital_stays": 5, "invoices": 7},
            },
            hints={
                "opinion": _("What the approver should know"),
                "months": _("Empty: paid once"),
            },
            editors={"fund_id": lambda _field: self.fund, "way": WayEditor, "goods": GoodsEditor},
            context=Context(today=today),
            name="form_award",
        )
        for name in ("amount", "quantity", "unit_value", "months"):
            form.boxes[name].editor.left.connect(self._tell)
        amount = form.boxes["amount"].editor
        if isinstance(amount, AmountEditor):
            amount.show_capitals()
        form.edited.connect(self._changed)
        form.show_ways()
        form.show_numbers(())
        return form

    def _changed(self) -> None:
        """Follow the way that was chosen, and what the goods come to."""
        form, goods = self.form, self.form.way() is PayWay.GOODS
        form.show_ways()
        amount = form.boxes["amount"].editor
        if isinstance(amount, AmountEditor):
            amount.line.setReadOnly(goods)
            amount.set_state("readonly" if goods else "")
        if goods:
            quantity, value = form.value("quantity"), form.value("unit_value")
            amount.set_value(Fen(quantity * value) if quantity and value else None)
        self._tell()

    def begin(self) -> None:
        """Empty the form for another proposal."""
        self._offer = self._cap = self._filled = None
        self._kept = {}
        self.form.clear()
        self.form.boxes["account_number"].set_hint("")
        self._changed()

    def show_offer(self, offer: Offer, sent_back: AwardView | None) -> bool:
        """Show cap and funds; fill the form the first time only, and tell whether it was."""
        fresh = self._offer is None
        self._offer = offer
        self._cap = sent_back.cap if sent_back else offer.cap
        self.cap.show_cap(offer.title, self._cap)
        self.fund.show_funds(offer.funds)
        self.form.show_numbers(offer.asks)
        for name in ("months", "first_on"):
            self.form.boxes[name].setVisible(sent_back is None)
        goods = self.form.boxes["goods"].editor
        if isinstance(goods, GoodsEditor):
            goods.offer(offer.goods)
        if fresh:
            self._fill(offer, sent_back)
            self.put_back(self._kept)
        self._tell()
        return fresh

    def _fill(self, offer: Offer, sent_back: AwardView | None) -> None:
        """Put in what is known: of the household, or of the version that was sent back."""
        form = self.form
        known: dict[str, Any] = {
            "account_holder": offer.account_holder or offer.name,
            "account_bank": offer.account_bank,
            "account_number": offer.account_number,
        }
        if sent_back is not None:
            known |= {
                "account_holder": sent_back.account_holder,
                "account_bank": sent_back.account_bank,
                "amount": sent_back.row.amount,
                "fund_id": sent_back.fund.id,
                "opinion": sent_back.opinion,
                "way": sent_back.given,
                "goods": sent_back.goods,
                "quantity": sent_back.quantity,
                "unit_value": sent_back.unit_value,
                **_typed(sent_back),
            }
            by_card = sent_back.given is PayWay.CARD
            if by_card and mask(CARD, offer.account_number) != sent_back.account_number:
                known["account_number"] = ""
                hint = _("Last time {card}; please type it again")
                form.boxes["account_number"].set_hint(hint.format(card=sent_back.account_number))
        for name, value in known.items():
            form.set_value(name, value)
        self._changed()
        form.settle()
        self._filled = form.typed()

    def name(self) -> str:
        """Return whom the proposal is for."""
        return self._offer.name if self._offer else ""

    def changes(self) -> dict[str, str]:
        """Return what was typed here, as far as it differs from what stood there."""
        filled = self._filled
        if filled is None:
            return dict(self._kept)
        return {name: text for name, text in self.form.typed().items() if text != filled[name]}

    def put_back(self, typed: Mapping[str, str]) -> None:
        """Put back what `changes` gave, as soon as the form is filled."""
        self._kept = typed
        if self._filled is None or not typed:
            return
        self.form.set_typed(typed)
        self._changed()
        for name in typed.keys() & self.form.boxes.keys():
            self.form.boxes[name].editor.left.emit()
        self._tell()

    def amount(self) -> Fen | None:
        """Return the amount typed, as far as it makes sense."""
        value = self.form.value("amount")
        return Fen(value) if isinstance(value, int) else None

    def use(self, amount: Fen) -> None:
        """Put an amount in, and the focus on it."""
        self.form.set_value("amount", amount)
        self.form.focus("amount")

    def _tell(self) -> None:
        """Say what the typed values come to: the cap, the fund, the holder."""
        amount, offer, boxes = self.amount(), self._offer, self.form.boxes
        if amount is not None:
            amount = Fen(amount * (self.form.value("months") or 1))
        self.cap.show_amount(amount)
        if self._cap is not None and amount is not None:
            try:
                check_cap(amount, self._cap)
            except OverCap as error:
                boxes["amount"].set_problem(error.tell())
        self._tell_fund(amount)
        holder = self.form.value("account_holder") if self.form.way() is PayWay.CARD else ""
        other = offer is not None and bool(holder) and holder != offer.name
        words = _("Not the head of household; the approver is told") if other else ""
        boxes["account_holder"].set_found(words, "wait")
        self.told.emit()

    def _tell_fund(self, amount: Fen | None) -> None:
        """Say what the chosen fund has for the area of the measure, and whether it reaches."""
        left, box = self.fund.left_in_fund(), self.form.boxes["fund_id"]
        areas = self._offer.area_left if self._offer else ()
        area = next((each for each in areas if each.fund_id == self.fund.value()), None)
        if left is not None and amount is not None and amount > left:
            box.set_found(_("The fund has less left than this"), "wait")
        elif area is None:
            box.set_found("")
        else:
            says = _("{area}: {left} yuan left of its budget")
            over = amount is not None and amount > area.left
            told = says.format(area=area.area, left=yuan_text(area.left))
            box.set_found(told, "wait" if over else "", "" if over else "info")


def _typed(sent_back: AwardView) -> dict[str, str]:
    """Return the numbers that a version was proposed with, as they are typed."""
    return {
        name: " ".join(need.number for need in sent_back.needs if need.kind is kind)
        for kind, name in NUMBERS.items()
    }
