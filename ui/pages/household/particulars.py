"""The particulars of a household, masked until the eye is pressed, and its members."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.core.i18n import _
from app.core.money import Fen, yuan_text
from app.core.record import spec
from app.core.words import Answer
from app.households.records import HouseholdView, MemberView, Revealed
from ui.kit.buttons import Button
from ui.kit.cards import Card, Facts
from ui.kit.cells import Cell, Column, cell
from ui.kit.day_editor import Today, local_today
from ui.kit.labels import Status
from ui.kit.table import RecordTable
from ui.pages.household.archive_card import ArchiveCard

HEALTH, WORK = (spec(MemberView, name).kind for name in ("health", "work_status"))
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
        self._eye.setText(_("Hide the numbers") if clear else _("Show the numbers"))
        self._eye.icon_name = "eye-off" if clear else "eye"
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
        for side in (self._money, self._rest):
            columns.addWidget(side, 1, Qt.AlignmentFlag.AlignTop)
        self.add(columns)

    def show_household(self, view: HouseholdView) -> None:
        """Show a household."""
        income, spent, work = view.form.income, view.form.expenditure, view.form.employment
        facts = self._money
        facts.clear()
        people = income.members_living_together
        facts.add_fact(_("People living together"), _known("" if people is None else str(people)))
        facts.add_fact(_("Income of the household, 12 months"), _yuan(income.income_12_months))
        facts.add_fact(_("Net investments and savings"), _yuan(income.financial_assets))
        facts.add_fact(_("Rigid expenditure, 12 months"), _yuan(spent.rigid_expenditure_12_months))
        cost = spent.necessary_employment_cost_12_months
        facts.add_fact(_("Necessary cost of working, 12 months"), _yuan(cost))
        loss = spent.accident_loss_12_months
        facts.add_fact(_("Loss by accident or disaster, 12 months"), _yuan(loss))
        facts = self._rest
        facts.clear()
        facts.add_fact(_("Main cause of hardship"), _known(spent.main_cause))
        facts.add_fact(_("Receives dibao"), _answer(income.receives_dibao))
        facts.add_fact(_("Work status"), _known(work.work_status))
        facts.add_fact(_("Wages are owed"), _answer(work.wage_arrears))
        facts.add_fact(_("Has a labour dispute"), _answer(work.labour_dispute))
        facts.add_fact(_("Has joined the medical mutual aid"), _answer(spent.in_mutual_aid))
        declared = view.form.declaration.declared
        word = _("Signed") if declared else _("Not signed")
        look = ("circle-check", "ok") if declared else ("circle-dashed", "wait")
        facts.add_fact(_("Declaration"), Status(word, *look))


class Family(QWidget):
    """The people of the household, the head first, and what they live on."""

    def __init__(self, today: Today = local_today) -> None:
        super().__init__()
        self._clear: dict[int, str] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.table: RecordTable[MemberView] = RecordTable(
            MemberView,
            [
                Column("relation", title=_("Relation"), width=92),
                Column("name", cell=self._person, width=160),
                Column("age", width=60),
                Column("work_status", cell=_work, width=210),
                Column("monthly_income", width=120),
                Column("health", cell=_health, stretch=True),
            ],
            name="table_members",
            two_lines=True,
        )
        column.setSpacing(12)
        self.table.setMinimumHeight(LEAST)
        column.addWidget(self.table, 1)
        self._circumstances = Circumstances()
        column.addWidget(self._circumstances)
        self.archive = ArchiveCard(today)
        column.addWidget(self.archive)

    def _person(self, member: MemberView) -> Cell:
        return Cell(member.name, second=self._clear.get(member.id, member.id_number))

    def show_household(self, view: HouseholdView, clear: Revealed | None) -> None:
        """Show the members; ``clear`` has their ID numbers after they were revealed."""
        self._circumstances.show_household(view)
        self.archive.show_household(view, clear)
        numbers = (clear.id_number, *clear.members) if clear else ()
        self._clear = dict(zip((member.id for member in view.members), numbers, strict=False))
        self.table.show_rows(view.members)
        known = [each.monthly_income for each in view.members if each.monthly_income is not None]
        total = _("Monthly income known: {yuan} yuan").format(yuan=yuan_text(Fen(sum(known))))
        self.table.set_foot(_("{count} people").format(count=len(view.members)), (), total)


def _health(member: MemberView) -> Cell:
    """Say how somebody is, and below what the illness or disability is and costs."""
    words = [member.disability] if member.disability else []
    if member.medical_self_paid_12_months is not None:
        amount = yuan_text(member.medical_self_paid_12_months)
        words.append(_("paid oneself {amount} yuan").format(amount=amount))
    return replace(cell(HEALTH, member.health), second="　".join(words))


def _work(member: MemberView) -> Cell:
    """Say what somebody does, and below at what school, or since when without work."""
    words = [member.school_stage] if member.school_stage else []
    if member.admitted_this_year is Answer.YES:
        words.append(_("newly admitted"))
    if member.school_costs_this_year is not None:
        amount = yuan_text(member.school_costs_this_year)
        words.append(_("school costs {amount} yuan").format(amount=amount))
    if member.unemployed_since is not None:
        words.append(_("registered {day}").format(day=member.unemployed_since))
    return replace(cell(WORK, member.work_status), second="　".join(words))


def _known(text: str | None) -> str | Status:
    return text or Status(_("Not filled in"), "circle-dashed", "wait")


def _yuan(amount: Fen | None) -> str | Status:
    words = "" if amount is None else _("{amount} yuan").format(amount=yuan_text(amount))
    return _known(words)


def _answer(answer: Answer) -> str | Status:
    if answer.known is None:
        return Status(answer.label, "circle-dashed", "wait")
    return answer.label
