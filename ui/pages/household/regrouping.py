"""Acts on the whole household from its page, and what was done with it, each with its undoing."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.i18n import _
from app.households.merging import merge_households, undo_change
from app.households.merging_queries import household_changes
from app.households.merging_records import ChangeQuery, ChangeView, UndoForm
from app.households.records import FormerMember, HouseholdView, Revealed
from ui.kit.buttons import Button
from ui.kit.cards import Card
from ui.kit.cells import Cell, Column
from ui.kit.labels import Label
from ui.kit.menus import Menu
from ui.kit.page import Page
from ui.kit.table import RecordTable
from ui.pages.household.particulars import Family

LEAST = 120
"""Height below which the page scrolls rather than the list."""


class Regrouping(QWidget):
    """The family, and below it who went, which files were merged into this one, and the acts."""

    def __init__(self, page: Page, family: Family) -> None:
        super().__init__()
        self._page = page
        self._family = family
        self._view: HouseholdView | None = None
        more = Button(_("More…"), self.show_menu, key="Alt+M", name="act_more")
        more.allow(page.desk.reason(merge_households))
        self.more = page.add_act(more)
        self._former = Label(role="small", wrap=True)
        self._former.setObjectName("former_members")
        self.changes: RecordTable[ChangeView] = RecordTable(
            ChangeView,
            [
                Column("kind", width=110),
                Column("about", width=170, cell=_about),
                Column("reason", stretch=True, cell=_reason),
                Column("by", width=80),
                Column("at", width=140),
            ],
            name="table_household_changes",
            two_lines=True,
            sortable=False,
            flat=True,
        )
        self.changes.setMinimumHeight(LEAST)
        self.changes.picked.connect(self._tell)
        self._undo = Button(
            _("Undo this act"), self._ask_undo, kind="quiet", key="Ctrl+Z", icon="undo-2",
            name="act_undo_change",
        )  # fmt: skip
        self._card = Card(_("Merged, split and moved"), flush=True)
        self._card.add_to_head(self._undo)
        self._card.add(self.changes)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(family, 1)
        column.addWidget(self._former)
        column.addWidget(self._card)
        self._former.hide()
        self._card.hide()

    def show_household(self, view: HouseholdView, clear: Revealed | None) -> None:
        """Show a household; ``clear`` has the private numbers after they were revealed."""
        self._view = view
        self._family.show_household(view, clear)
        words = [_went(each) for each in view.former]
        if files := [each.file_number for each in view.merged if each.file_number]:
            merged = _("Merged into this file: {numbers}")
            words.append(merged.format(numbers=_(", ").join(files)))
        self._former.setText(_("; ").join(words))
        self._former.setVisible(bool(words))
        asked = ChangeQuery(household_id=view.id)
        self._page.desk.ask(household_changes, asked, then=self._take, latest=self)

    def _take(self, rows: list[ChangeView]) -> None:
        self.changes.show_rows(rows)
        self._card.setVisible(bool(rows))
        self._tell()

    def _tell(self) -> None:
        """Open the undoing of the act that is selected, or say why it is closed."""
        row = self.changes.current()
        closed = _("Choose an act") if row is None else row.why_not
        if row is not None and row.undone:
            closed = _("Undone")
        self._undo.allow(self._page.desk.reason(undo_change) or closed)

    def _ask_undo(self) -> None:
        row = self.changes.current()
        if row is None:
            return

        def undo(reason: str) -> None:
            form = UndoForm(change_id=row.id, reason=reason)
            done = _("Undone: {act}").format(act=row.kind.label)
            self._page.desk.perform(
                undo_change, form, then=lambda _id: self._page.toast.emit(done, None)
            )

        title = _("Undo: {act}?").format(act=row.kind.label)
        text = _("Everything that moved goes back to where it was.")
        self._page.desk.asking.reason(self, title, text, _("Undo this act"), undo)

    def show_menu(self) -> None:
        """Offer the acts on the whole household."""
        if self._view is not None:
            self.menu().popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def menu(self) -> Menu:
        """Return the menu of the acts on the household in sight."""
        menu = Menu(self.more, "menu_household")
        own = self._view.id if self._view else None

        def go(page: str, act: str) -> None:
            self._page.go.emit(page, (act, own))

        menu.put(
            _("Merge with another file…"), lambda: go("duplicates", "household"), icon="columns-2"
        )
        menu.put(_("Split the household…"), lambda: go("regroup", "split"), icon="users-round")
        menu.put(_("Move a member…"), lambda: go("regroup", "move"), icon="user-round-plus")
        menu.put(_("Change the head…"), lambda: go("regroup", "head"), icon="user-round")
        return menu


def _went(each: FormerMember) -> str:
    until = each.left_on.isoformat() if each.left_on else ""
    period = _("{since} to {until}").format(since=each.joined_on, until=until)
    words = period if each.joined_on else _("until {day}").format(day=until)
    relation = each.relation or _("relation not known")
    return _("Formerly {name} ({relation}), {period}").format(
        name=each.name, relation=relation, period=words
    )


def _about(row: ChangeView) -> Cell:
    return Cell(row.about)


def _reason(row: ChangeView) -> Cell:
    if row.undone:
        return Cell(row.reason, second=_("Undone"))
    return Cell(row.reason, second=row.why_not, second_tone="text_faint")
