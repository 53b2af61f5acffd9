"""The particulars of a household, masked until the eye is pressed, and its members."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.core.i18n import _
from app.core.money import Fen, yuan_text
from app.core.words import Answer
from app.households.records import HouseholdView, MemberView, Revealed
from ui.kit.buttons import Button
from ui.kit.cards import Card, Facts
from ui.kit.cells import Cell, Column
from ui.kit.labels import Status
from ui.kit.table import RecordTable

LEAST = 190
"""Height below which the page scrolls rather than the list of members."""


class Particulars(Card):
    """Who the household is: what stands on its papers."""

    reveal_wanted = Signal()

    def __init__(self, reason: str) -> None:
        super().__init__(_("About the household"))
        self._eye = Button(
            _("Show the numbers"),
            self.reveal_wanted.emit,
            kind="quiet",
            icon="eye",
            small=True,
            name="act_reveal",
        )
        self._eye.allow(reason)
        self.add_to_head(self._eye)
        self._facts = Facts(104)
        self.add(self._facts)
        self.body.addStretch(1)

    def show_household(self, view: HouseholdView, clear: Revealed | None) -> None:
        """Show a household; ``clear`` has the private numbers after they were revealed."""
        self._eye.setVisible(clear is None)
        head, account = view.form.head, view.form.account
        facts = self._facts
        facts.clear()
        facts.add_fact(_("Resident ID number"), clear.id_number if clear else view.id_number)
        facts.add_fact(_("Mobile"), clear.phone if clear else view.phone)
        facts.add_fact(_("District"), _known(head.district))
        facts.add_fact(_("Home address"), _known(head.address))
        facts.add_fact(_("Work unit"), _known(head.work_unit))
        facts.add_fact(_("Kind of worker"), _known(head.person_type))
        facts.add_fact(_("Union member"), _answer(head.union_member))
        number = clear.account_number if clear else view.account_number
        holder = "　".join(part for part in (account.account_holder, account.account_bank) if part)
        facts.add_fact(_("Bank account"), _known(number))
        if holder:
            facts.add_fact("", holder)


class Circumstances(Card):
    """What the household lives on: the facts that policy asks."""

    def __init__(self) -> None:
        super().__init__(_("Income and hardship"))
        self._money, self._rest = Facts(150), Facts(104)
        columns = QHBoxLayout()
        columns.setSpacing(24)
        columns.addWidget(self._money, 1)
        columns.addWidget(self._rest, 1)
        self.add(columns)

    def show_household(self, view: HouseholdView) -> None:
        """Show a household."""
        income, spent, work = view.form.income, view.form.expenditure, view.form.employment
        facts = self._money
        facts.clear()
        people = income.members_living_together
        facts.add_fact(_("People living together"), _known("" if people is None else str(people)))
        facts.add_fact(_("Income of the household, 12 months"), _yuan(income.income_12_months))
        facts.add_fact(_("Rigid expenditure, 12 months"), _yuan(spent.rigid_expenditure_12_months))
        cost = spent.necessary_employment_cost_12_months
        facts.add_fact(_("Necessary cost of working, 12 months"), _yuan(cost))
        facts = self._rest
        facts.clear()
        facts.add_fact(_("Main cause of hardship"), _known(spent.main_cause))
        facts.add_fact(_("Receives dibao"), _answer(income.receives_dibao))
        facts.add_fact(_("Work status"), _known(work.work_status))
        declared = view.form.declaration.declared
        word = _("Signed") if declared else _("Not signed")
        look = ("circle-check", "ok") if declared else ("circle-dashed", "wait")
        facts.add_fact(_("Declaration"), Status(word, *look))


class Family(QWidget):
    """The people of the household, the head first, and what they live on."""

    def __init__(self) -> None:
        super().__init__()
        self._clear: dict[int, str] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.table: RecordTable[MemberView] = RecordTable(
            MemberView,
            [
                Column("relation", title=_("Relation"), width=92),
                "name",
                Column("id_number", width=180, cell=self._number),
                Column("age", width=60),
                Column("work_status", width=120),
                Column("monthly_income", width=130),
                Column("health", stretch=True),
            ],
            name="table_members",
        )
        column.setSpacing(12)
        self.table.setMinimumHeight(LEAST)
        column.addWidget(self.table, 1)
        self._circumstances = Circumstances()
        column.addWidget(self._circumstances)

    def _number(self, member: MemberView) -> Cell:
        return Cell(self._clear.get(member.id, member.id_number))

    def show_household(self, view: HouseholdView, clear: Revealed | None) -> None:
        """Show the members; ``clear`` has their ID numbers after they were revealed."""
        self._circumstances.show_household(view)
        numbers = (clear.id_number, *clear.members) if clear else ()
        self._clear = dict(zip((member.id for member in view.members), numbers, strict=False))
        self.table.show_rows(view.members)
        known = [each.monthly_income for each in view.members if each.monthly_income is not None]
        total = _("Monthly income known: {yuan} yuan").format(yuan=yuan_text(Fen(sum(known))))
        self.table.set_foot(_("{count} people").format(count=len(view.members)), (), total)


def _known(text: str | None) -> str | Status:
    return text or Status(_("Not filled in"), "circle-dashed", "wait")


def _yuan(amount: Fen | None) -> str | Status:
    words = "" if amount is None else _("{amount} yuan").format(amount=yuan_text(amount))
    return _known(words)


def _answer(answer: Answer) -> str | Status:
    if answer.known is None:
        return Status(answer.label, "circle-dashed", "wait")
    return answer.label
