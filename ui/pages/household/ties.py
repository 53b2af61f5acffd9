"""Who of the staff is related to the household: a small card, and the two acts on it."""

from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.i18n import _
from app.core.record import Nothing
from app.disbursements.deciding_records import Colleague, TieEnd, TieForm, TieRow
from app.disbursements.ties import colleagues, declare_tie, end_tie, ties_of
from app.households.records import ById
from app.work import Permission
from ui.kit.buttons import Button
from ui.kit.cards import Card, clear_layout
from ui.kit.labels import Elided, Label
from ui.kit.layout import row
from ui.kit.menus import Menu
from ui.kit.page import Page


class TiesCard(Card):
    """One line for each who is related; whoever may says it of themselves or, as a supervisor,
    of a colleague."""

    def __init__(self, page: Page) -> None:
        super().__init__(_("Related to this household"))
        self.setObjectName("ties_card")
        self._page = page
        self._household_id = 0
        declare = Button(
            _("Somebody is related…"), self.show_menu, kind="quiet", small=True, name="act_tie"
        )
        declare.allow(page.desk.reason(declare_tie))
        self.declare = declare
        self.add_to_head(declare)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(4)
        self.add(self._rows)
        self.body.addStretch(1)

    def show_household(self, household_id: int) -> None:
        """Ask who is related to a household."""
        self._household_id = household_id
        asked = ById(id=household_id)
        self._page.desk.ask(ties_of, asked, then=self._show, latest=self)

    def _show(self, ties: list[TieRow]) -> None:
        clear_layout(self._rows)
        if not ties:
            self._rows.addWidget(Label(_("Nobody of the staff is related"), "hint"))
        for tie in ties:
            self._rows.addWidget(self._line(tie))

    def _line(self, tie: TieRow) -> QWidget:
        by = _("said by {name}, {day}").format(
            name=tie.declared_by, day=tie.declared_at.astimezone().date().isoformat()
        )
        words = _("{name}: {note}").format(name=tie.name, note=tie.note)
        ask = partial(self._ask_end, tie)
        end = Button(_("End"), ask, kind="quiet", small=True, name=f"act_end_tie_{tie.id}")
        own = _("This is about yourself, so somebody else has to end it.") if tie.mine else ""
        end.allow(self._page.desk.reason(end_tie) or own)
        return row(Elided(f"{words}　{by}"), end, spacing=12)

    # Acts

    def show_menu(self) -> None:
        """Say it of oneself at once; a supervisor chooses of whom."""
        if Permission.APPROVE_AWARDS in self._page.desk.actor.permissions:
            self._page.desk.ask(colleagues, Nothing(), then=self._offer, latest=(self, "staff"))
        else:
            self._ask(None, _("I am related to this household"))

    def _offer(self, people: list[Colleague]) -> None:
        menu = self.menu(people)
        menu.popup(self.declare.mapToGlobal(self.declare.rect().bottomLeft()))

    def menu(self, people: list[Colleague]) -> Menu:
        """Return the menu of whom it can be said."""
        menu = Menu(self.declare, "menu_staff")
        for each in people:
            menu.put(each.name, partial(self._ask, each.id, each.name))
        return menu

    def _ask(self, staff_id: int | None, title: str) -> None:
        self._page.desk.asking.reason(
            self,
            _("Related: {name}").format(name=title) if staff_id else title,
            _("Whoever is related neither proposes nor decides for this household."),
            _("Put on record"),
            partial(self._declare, staff_id),
            label=_("How they are related"),
        )

    def _declare(self, staff_id: int | None, note: str) -> None:
        form = TieForm(household_id=self._household_id, staff_id=staff_id, note=note)
        self._page.desk.perform(declare_tie, form, then=self._done)

    def _ask_end(self, tie: TieRow) -> None:
        self._page.desk.asking.reason(
            self,
            _("End: {name} is related").format(name=tie.name),
            _("Afterwards {name} may propose and decide for this household again.").format(
                name=tie.name
            ),
            _("End"),
            partial(self._end, tie),
        )

    def _end(self, tie: TieRow, reason: str) -> None:
        form = TieEnd(id=tie.id, version=tie.version, reason=reason)
        self._page.desk.perform(end_tie, form, then=self._done)

    def _done(self, _result: object) -> None:
        self.show_household(self._household_id)
