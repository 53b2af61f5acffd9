"""What is decided on: who, what, how much; what stands out; why; and the money it takes."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.core.i18n import _
from app.core.money import Fen, capitals, yuan_text
from app.core.words.disbursements import ApprovalStep
from app.disbursements.records import AwardView, waiting_for
from ui.kit.banners import Banner, BannerArea
from ui.kit.buttons import Button
from ui.kit.cards import Facts
from ui.kit.labels import Avatar, Chip, Elided, Label, Rule
from ui.kit.layout import scrolling
from ui.kit.notices import BudgetBar
from ui.kit.ribbon import StageRibbon
from ui.pages.approval.cells import due_words
from ui.pages.approval.facts import show_facts
from ui.pages.approval.papers import is_plain, stages


class AwardHead(QWidget):
    """Name, case and measure at the left, the amount with its capitals at the right."""

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 12, 16, 8)
        row.setSpacing(10)
        self._avatar = Avatar("", 36)
        self._name = Label(role="section")
        self._name.setObjectName("award_name")
        self._what = Elided(role="soft")
        self._chip = Chip("")
        self._person = Elided(role="small")
        self._amount = Label(role="figure")
        self._amount.setObjectName("award_amount")
        self._capitals = Label(role="small")
        first = QHBoxLayout()
        first.setSpacing(10)
        first.addWidget(self._name)
        first.addWidget(self._what, 1)
        first.addWidget(self._chip)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addLayout(first)
        words.addWidget(self._person)
        money = QVBoxLayout()
        money.setSpacing(0)
        for label in (self._amount, self._capitals):
            money.addWidget(label, alignment=Qt.AlignmentFlag.AlignRight)
        row.addWidget(self._avatar)
        row.addLayout(words, 1)
        row.addLayout(money)

    def show_award(self, view: AwardView) -> None:
        """Show another award."""
        row = view.row
        self._avatar.set_name(row.name)
        self._name.setText(row.name)
        self._what.setText(f"{row.title}　{row.case_number}")
        household = _("{count} in the household").format(count=view.household_size)
        due, _tone = due_words(view.row, soon=False)
        parts = (view.sex_age, household, view.category, view.district, due)
        self._person.setText("　".join(part for part in parts if part))
        self._amount.setText(_("{amount} yuan").format(amount=yuan_text(row.amount)))
        self._capitals.setText(capitals(row.amount))
        self._show_chip(view)

    def _show_chip(self, view: AwardView) -> None:
        step = view.row.waits_for
        beyond = step not in (None, ApprovalStep.SUPERVISOR)
        again = _("Version {number}").format(number=view.sequence) if view.sequence > 1 else ""
        words = waiting_for(step) if step is not None and beyond else again
        self._chip.show_state(words, "messages-square" if beyond else "history", "wait")
        self._chip.setVisible(bool(words))


class BudgetBlock(QWidget):
    """The fund before and after this award: a bar, and the sentence with all its numbers."""

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 4)
        column.setSpacing(6)
        head = QHBoxLayout()
        head.setSpacing(6)
        self._fund = Elided(role="soft")
        self._left_words = Label(role="small")
        self._left = Label(role="strong")
        self._left.setObjectName("budget_left")
        head.addWidget(self._fund, 1)
        head.addWidget(self._left_words)
        head.addWidget(self._left)
        column.addLayout(head)
        self._bar = BudgetBar()
        column.addWidget(self._bar)
        self._sentence = Label(role="small", wrap=True)
        self._sentence.setObjectName("budget_sentence")
        column.addWidget(self._sentence)
        self._area = Label(role="small", wrap=True)
        self._area.setObjectName("budget_area")
        column.addWidget(self._area)

    def show_award(self, view: AwardView) -> None:
        """Show the fund of another award."""
        fund, amount = view.fund, view.row.amount
        after = fund.available - amount
        self._fund.setText(fund.name)
        self._left_words.setText(_("Left after approval") if after >= 0 else _("Short by"))
        self._left.setText(_("{amount} yuan").format(amount=yuan_text(abs(after))))
        self._left.set_tone("" if after >= 0 else "bad")
        self._bar.show_budget(fund.granted, fund.paid + fund.reserved, amount)
        self._show_area(view)
        self._sentence.setText(
            "　".join(
                _("{what} {amount} yuan").format(what=what, amount=yuan_text(fen))
                for what, fen in (
                    (_("Granted"), fund.granted),
                    (_("Paid out"), fund.paid),
                    (_("Approved, not paid"), fund.reserved),
                    (_("This award"), amount),
                )
            )
        )

    def _show_area(self, view: AwardView) -> None:
        area = view.area
        self._area.setVisible(area is not None)
        if area is None:
            return
        after = area.left - view.row.amount
        says = _(
            "{area}: granted {granted} yuan, taken {taken} yuan, {left} yuan left after this one"
        )
        self._area.setText(
            says.format(
                area=area.area,
                granted=yuan_text(area.granted),
                taken=yuan_text(area.taken),
                left=yuan_text(Fen(after)),
            )
        )
        self._area.set_tone("" if after >= 0 else "bad")


class AwardReading(QWidget):
    """Everything that is read before deciding; scrolls where the window is low."""

    def __init__(self, compare: Callable[[], object]) -> None:
        super().__init__()
        self._compare = compare
        self.head = AwardHead()
        self.flags = BannerArea()
        self.flags.setObjectName("flags")
        self._facts = Facts()
        self._budget = BudgetBlock()
        self._rule = Rule()
        self.way = StageRibbon()
        self.way.setObjectName("way_ribbon")
        body = QWidget()
        inside = QVBoxLayout(body)
        inside.setContentsMargins(16, 10, 16, 4)
        inside.setSpacing(10)
        inside.addWidget(self.way)
        inside.addWidget(self._facts)
        inside.addWidget(self._rule)
        inside.addWidget(self._budget)
        inside.addStretch(1)
        flags = QFrame()
        framed = QVBoxLayout(flags)
        framed.setContentsMargins(16, 0, 16, 0)
        framed.addWidget(self.flags)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(flags)
        column.addSpacing(8)
        column.addWidget(Rule())
        column.addWidget(scrolling(body), 1)

    def show_award(self, view: AwardView) -> None:
        """Show another award."""
        self.head.show_award(view)
        self.way.show_stages(stages(view))
        self.way.setVisible(not is_plain(view))
        self._show_flags(view)
        show_facts(self._facts, view)
        self._budget.show_award(view)

    def _show_flags(self, view: AwardView) -> None:
        self.flags.clear()
        if view.flags:
            first, *others = view.flags
            acts = [self._compare_act()] if view.shared else []
            self.flags.show_banner(Banner("wait", first, "\n".join(others), acts))

    def _compare_act(self) -> Button:
        return Button(
            _("Compare both households"), self._compare, icon="columns-2", key="Alt+D",
            name="act_compare",
        )  # fmt: skip
