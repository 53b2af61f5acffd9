"""The parts of the award page: the cap of the year, the choice of a fund, what it rests on."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from app.core.i18n import _
from app.core.money import Fen, yuan_text
from app.core.record import Field
from app.disbursements.records import Cap, OfferPerson
from app.funds.records import FundRow
from app.policy.explain import conclusion, line_text, reason_lines, working_text
from app.policy.findings import Assessment
from app.policy.pack import Outcome
from ui.kit.banners import Banner
from ui.kit.cards import Card, clear_layout
from ui.kit.choice_editors import ChoiceEditor
from ui.kit.labels import Label, Rule
from ui.kit.notices import BudgetBar
from ui.kit.segments import Part, Segments

LOOKS = {
    Outcome.YES: ("circle-check", "ok"),
    Outcome.UNKNOWN: ("circle-question-mark", "wait"),
    Outcome.NO: ("circle-x", "bad"),
}
TONES = {Outcome.YES: "ok", Outcome.UNKNOWN: "wait", Outcome.NO: "bad"}


class CapCard(Card):
    """The cap of the measure in the year, before any amount is typed and with it."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card_cap")
        self._title = Label(role="strong")
        self._figures = QHBoxLayout()
        self._figures.setSpacing(16)
        self._labels = [
            self._figure(name)
            for name in (_("At most"), _("Paid"), _("On the way"), _("Left to propose"))
        ]
        self._bar = BudgetBar()
        self.says = Label(role="small", wrap=True)
        self.says.setObjectName("cap_says")
        self._together = Label(role="small", wrap=True)
        self._cap: Cap | None = None
        for item in (self._title, self._figures, self._bar, self.says, self._together):
            self.add(item)

    def _figure(self, name: str) -> Label:
        if self._figures.count():
            self._figures.addWidget(Rule(upright=True))
        column, line = QVBoxLayout(), QHBoxLayout()
        column.setSpacing(0)
        line.setSpacing(4)
        figure = Label("—", "title")
        line.addWidget(figure)
        line.addWidget(Label(_("yuan"), "small"), alignment=Qt.AlignmentFlag.AlignBottom)
        line.addStretch(1)
        column.addWidget(Label(name, "small"))
        column.addLayout(line)
        self._figures.addLayout(column, 1)
        return figure

    def show_cap(self, title: str, cap: Cap) -> None:
        """Show the cap of another measure or household."""
        self._cap = cap
        self._title.setText(_("{measure}, cap of {year}").format(measure=title, year=cap.year))
        for label, fen in zip(
            self._labels, (cap.most, cap.used, cap.reserved, cap.left), strict=True
        ):
            label.setText("—" if fen is None else yuan_text(fen))
        self._together.setVisible(cap.together is not None)
        words = _("All members together at most {most} yuan in the year, {left} yuan left")
        most, left = cap.together or Fen(0), cap.together_left or Fen(0)
        self._together.setText(words.format(most=yuan_text(most), left=yuan_text(left)))
        self.show_amount(None)

    def show_amount(self, amount: Fen | None) -> None:
        """Show what ``amount`` would take of the cap."""
        cap = self._cap
        if cap is None or cap.most is None or cap.left is None:
            self._bar.show_budget(0, 0, 0)
            self.says.setText(_("The cap cannot be told yet"))
            return
        taken = cap.used + cap.reserved
        self._bar.show_budget(cap.most, taken, min(amount or 0, cap.left))
        after = cap.left - (amount or 0)
        self.says.set_tone("bad" if after < 0 else "")
        if not amount:
            self.says.setText(_("Nothing typed yet"))
        elif after < 0:
            self.says.setText(_("{over} yuan more than is left").format(over=yuan_text(-after)))
        else:
            self.says.setText(
                _("This time {amount} yuan; {after} yuan are left after it").format(
                    amount=yuan_text(amount), after=yuan_text(after)
                )
            )


class People(Segments):
    """For whom a grant per member is, each with the answer of the policy."""

    def __init__(self) -> None:
        super().__init__(name="segments_person")
        self.hide()

    def show_people(self, people: Sequence[OfferPerson], chosen: int | None) -> None:
        """Show the members of another household, one of them chosen."""
        self.show_parts(
            [Part(str(each.member_id), each.name, None, *LOOKS[each.outcome]) for each in people]
        )
        self.choose(str(chosen))


class FundEditor(ChoiceEditor):
    """The fund that pays, each with what it has left."""

    def __init__(self, field: Field) -> None:
        super().__init__(field, ())
        self._left: dict[int, Fen] = {}

    def show_funds(self, funds: Sequence[FundRow]) -> None:
        """Show other funds; the chosen one stays, and an only one is chosen."""
        before = self.value()
        self._left = {fund.id: fund.available for fund in funds}
        self.box.clear()
        self.box.addItem(_("Not filled in"), None)
        for fund in funds:
            words = _("{fund}, {amount} yuan left").format(
                fund=fund.name, amount=yuan_text(fund.available)
            )
            self.box.addItem(words, fund.id)
        if before is None and len(funds) == 1:
            before = funds[0].id
        self.set_text("" if before not in self._left else str(before))

    def left_in_fund(self) -> Fen | None:
        """Return what the chosen fund has left."""
        return self._left.get(self.value())


class Basis(Card):
    """What the proposal rests on: the answer of the policy with its reasons and lines."""

    def __init__(self) -> None:
        super().__init__(_("What it rests on"))
        self.setObjectName("card_basis")
        self._column = QVBoxLayout()
        self._column.setSpacing(6)
        self.add(self._column)
        self.body.addStretch(1)

    def show_assessment(self, found: Assessment) -> None:
        """Show the reasons of one measure."""
        clear_layout(self._column)
        text = working_text(found) or " ".join(item.tell() for item in found.missing)
        self._column.addWidget(Banner(TONES[found.outcome], conclusion(found), text))
        for line in reason_lines(found):
            self._column.addWidget(Label(line, wrap=True))
        for value in found.lines:
            self._column.addWidget(Label(line_text(value), "small", wrap=True))
