"""The page itself: the lists at the left, the one that is chosen at the right."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedLayout, QWidget

from app.core.errors import Invalid
from app.core.i18n import N_, _
from app.core.money import Fen, yuan_text
from app.core.record import Nothing
from app.core.words.disbursements import ListKind
from app.core.words.papers import PaperKind
from app.disbursements.list_papers import issue_list_sheet
from app.disbursements.list_queries import list_rows, list_view
from app.disbursements.list_records import (
    ListById,
    ListEntry,
    ListForm,
    ListOffForm,
    ListPick,
    ListProposed,
    ListQuery,
    ListRow,
    ListRowsForm,
    ListStep,
    ListView,
    RosterForm,
    RosterTaken,
)
from app.disbursements.lists import (
    confirm_list,
    open_list,
    propose_list,
    put_on_list,
    take_off_list,
    take_roster,
    withdraw_list,
)
from app.exchange.roster import RosterRead
from app.funds.queries import fund_rows
from app.funds.records import FundRow
from app.work import Action, Topic
from ui.issuing import show_paper
from ui.kit.buttons import Button
from ui.kit.cards import EmptyState
from ui.kit.cells import Column
from ui.kit.page import Page
from ui.kit.table import RecordTable
from ui.kit.two_panes import TwoPanes
from ui.pages.lists.amounts import RowAmounts
from ui.pages.lists.candidates import CandidatesPane
from ui.pages.lists.cells import state_cell, title_cell, total_cell
from ui.pages.lists.detail import Detail
from ui.pages.lists.forms import ListPane
from ui.pages.lists.rosters import ask_roster, read_pasted
from ui.pages.lists.words import (
    bar_words,
    handed_in,
    roster_taken,
    why_not_open,
    why_not_propose,
    why_not_withdraw,
)


class ListsPage(Page):
    """Festival lists, schooling seasons, monthly series and agency rosters."""

    name = "lists"
    title = N_("Lists")
    icon = "clipboard-list"
    shows = frozenset({Topic.AWARDS, Topic.FUNDS, Topic.HOUSEHOLDS})

    def build(self) -> None:
        """Compose the lists, the chosen one, and what is asked instead of it."""
        self._view: ListView | None = None
        self._wanted: int | None = None
        self._typed = RowAmounts()
        self._acting = self._outdated = self._narrow = False
        self.table: RecordTable[ListRow] = RecordTable(
            ListRow,
            [
                Column("title", _("Lists"), 200, title_cell, stretch=True),
                Column("total", _("Total (yuan)"), 110, total_cell, right=True),
                Column("state", width=150, cell=state_cell),
            ],
            name="table_lists",
            two_lines=True,
            empty=EmptyState(
                _("No list yet"), _("Open one with Alt+N: a festival, a season, an agency.")
            ),
        )
        self.table.picked.connect(self._pick)
        self.detail = Detail()
        self.detail.rows.opened.connect(self._open_household)
        self.detail.rows.checks_changed.connect(self._tell)
        self.detail.amounts_typed.connect(self._note)
        self.form = ListPane(self.desk.today, self._send, self.close_pane)
        self.candidates = CandidatesPane(self.desk, self._put, self.close_pane)
        holder = QWidget()
        self._stack = QStackedLayout(holder)
        for pane in (self.detail, self.form, self.candidates):
            self._stack.addWidget(pane)
        self.panes = TwoPanes(self.table, holder, (470, 660))
        self.table.opened.connect(self.panes.enter)
        self.add(self.panes, 1)
        self._add_acts()
        paste = QShortcut(QKeySequence.StandardKey.Paste, self.detail.rows)
        paste.activated.connect(self.paste)
        escape = QShortcut(QKeySequence("Esc"), self)
        escape.activated.connect(self._escape)

    def _add_acts(self) -> None:
        add, bar = self.add_act, self.bar()
        self._new = add(
            Button(_("New list"), self._ask_new, key="Alt+N", icon="plus", name="act_new_list")
        )
        self._off = bar.add(
            Button(_("Take off the marked"), self._take_off, kind="quiet", icon="minus",
                   key="Alt+D", name="act_take_off")
        )  # fmt: skip
        self._print = bar.add(
            Button(_("Print the list"), self._show_sheet, kind="quiet", key="F12", icon="printer",
                   name="act_list_sheet")
        )  # fmt: skip
        self._withdraw = bar.add(
            Button(_("Take the list back…"), self._ask_withdraw, kind="danger", key="F8",
                   icon="undo-2", name="act_withdraw_list")
        )  # fmt: skip
        self._fill = bar.add(
            Button(_("Look for people"), self._look, key="Alt+F", icon="users", name="act_look")
        )
        self._read = bar.add(
            Button(_("Read the roster…"), partial(ask_roster, self, then=self._take_roster),
                   key="Alt+R", icon="folder-input", name="act_read_roster")
        )  # fmt: skip
        self._confirm = bar.add(
            Button(_("Confirm the roster"), self._ask_confirm, key="Alt+C", icon="check",
                   name="act_confirm_list")
        )  # fmt: skip
        self._propose = bar.add(
            Button(_("Hand in for approval"), self._hand_in, kind="primary", key="F9",
                   icon="arrow-right", name="act_propose_list")
        )  # fmt: skip

    # Asking

    def open(self, what: object) -> None:
        """Show one list by its id."""
        if isinstance(what, int):
            self._wanted = what
            self._stale = True
            if self.isVisible():
                self.reload()

    def refresh(self) -> None:
        """Ask for the lists, and for the one in sight."""
        self.desk.ask(list_rows, ListQuery(), then=self._show_rows, latest=self.table)

    def _show_rows(self, rows: list[ListRow]) -> None:
        self.table.show_rows(rows)
        keys = [("↑ ↓", _("choose")), ("Enter", _("Open"))]
        self.table.set_foot(_("{count} lists").format(count=f"{len(rows):,}"), keys)
        if self._wanted is not None:
            self.table.select_where(lambda row: row.id == self._wanted)
            self._wanted = None
        self._pick(self.table.current())

    def _pick(self, row: ListRow | None) -> None:
        if row is None:
            self._show(None)
            return
        self.desk.ask(list_view, ListById(id=row.id), then=self._show, latest=self.detail)

    def _show(self, view: ListView | None) -> None:
        other = view is None or self._view is None or view.row.id != self._view.row.id
        self._view, self._outdated = view, False
        if other:
            self._typed.forget()
            if self._stack.currentWidget() is self.candidates:
                self.close_pane()
        self.detail.show_list(view)
        self._tell()
        self._write_amounts()

    # What is offered

    def _tell(self) -> None:
        view = self._view
        row = view.row if view else None
        busy = _("Being written") if self._acting else ""
        nothing = busy or ("" if row else _("Choose a list"))
        is_open = nothing or why_not_open(view)
        agency = row is not None and row.kind is ListKind.AGENCY
        asking = self._stack.currentWidget() is not self.detail
        self._fill.setVisible(not agency and not asking)
        self._off.setVisible(not agency and not asking and bool(self.detail.rows.checked()))
        self._print.setVisible(not asking and not self._narrow)
        self._propose.setVisible(not asking)
        for button in (self._read, self._confirm):
            button.setVisible(agency and not asking)
        reason = self.desk.reason
        marked = "" if self.detail.rows.checked() else _("Nobody is marked")
        self._fill.allow(reason(put_on_list) or is_open)
        self._off.allow(reason(take_off_list) or is_open or marked)
        self._read.allow(reason(take_roster) or is_open)
        empty = "" if row and row.rows else _("Nobody is on this list yet")
        self._confirm.allow(reason(confirm_list) or is_open or empty)
        self._withdraw.allow(reason(withdraw_list) or nothing or why_not_withdraw(view))
        self._propose.allow(reason(propose_list) or nothing or empty or why_not_propose(view))
        self._new.allow(reason(open_list))
        self._print.allow(reason(issue_list_sheet) or nothing or empty)
        for button in (self._print, self._withdraw, self._propose):
            self.offer(button.key, button.words(), button.click, button.reason)
        self.bar().say(*bar_words(view, self._propose.reason))

    # Acts

    def _ask_new(self) -> None:
        def ask(funds: list[FundRow]) -> None:
            self.form.ask(funds)
            self._turn(self.form)
            self.panes.enter()
            self.form.form.focus("title")

        self.desk.ask(fund_rows, Nothing(), then=ask)

    def _send(self, form: ListForm) -> None:
        def done(list_id: int) -> None:
            self._wanted = list_id
            self.close_pane()
            self.toast.emit(_("List opened; now fill it"), None)
            self.reload()

        self.desk.perform(open_list, form, then=done, invalid=self.form.form.show_problems)

    def _look(self) -> None:
        if self._view is not None:
            self.candidates.begin(self._view)
            self._turn(self.candidates)
            self.panes.enter()

    def _put(self, picks: tuple[ListPick, ...]) -> None:
        if (view := self._view) is not None:
            form = ListRowsForm(id=view.row.id, version=view.row.version, rows=picks)
            self.close_pane()
            says = _("{count} put on the list").format(count=f"{len(picks):,}")
            self._do(put_on_list, form, self._told(says))

    def _note(self, entries: Sequence[ListEntry], amount: Fen | None) -> None:
        """Note what rows get; what is typed while that is being written is written after it."""
        self._typed.note(entries, amount)
        self._write_amounts()

    def _write_amounts(self) -> None:
        if self._view is None or self._acting or self._outdated:
            return
        if (form := self._typed.form(self._view)) is not None:
            self._do(put_on_list, form, lambda _done: None)

    def _take_off(self) -> None:
        if (view := self._view) is not None:
            lines = tuple(entry.id for entry in self.detail.rows.checked())
            form = ListOffForm(id=view.row.id, version=view.row.version, lines=lines)
            says = _("{count} taken off").format(count=f"{len(lines):,}")
            self._do(take_off_list, form, self._told(says))

    def paste(self) -> None:
        """Take in the rows of a roster that were copied from a spreadsheet."""
        view = self._view
        if view is not None and view.row.kind is ListKind.AGENCY and not self._read.reason:
            read_pasted(self, then=self._take_roster)

    def _take_roster(self, read: RosterRead) -> None:
        view = self._view
        if view is None:
            return
        if read.problems:
            words = "\n".join(read.problems[:8])
            title = _("{count} rows of the roster cannot be read; nothing was taken in")
            self.say("bad", title.format(count=len(read.problems)), words)
            return
        form = RosterForm(id=view.row.id, version=view.row.version, rows=read.rows)
        self._do(take_roster, form, self._roster_taken)

    def _roster_taken(self, taken: RosterTaken) -> None:
        self.banners.clear()
        says, unknown = roster_taken(taken)
        if unknown:
            self.say("wait", says, unknown)
        else:
            self.toast.emit(says, None)

    def _ask_confirm(self) -> None:
        if (view := self._view) is None:
            return
        self.desk.asking.confirm(
            self,
            _("Confirm the roster {number}?").format(number=view.row.number),
            _("{count} rows, {amount} yuan. It cannot be changed afterwards.").format(
                count=view.row.rows, amount=yuan_text(view.row.total)
            ),
            _("Confirm the roster"),
            partial(self._step, confirm_list, view, _("Roster confirmed")),
        )

    def _step(self, verb: Action[ListStep, Any], view: ListView, says: str) -> None:
        form = ListStep(id=view.row.id, version=view.row.version)
        self._do(verb, form, self._told(says))

    def _hand_in(self) -> None:
        if (view := self._view) is not None:
            form = ListStep(id=view.row.id, version=view.row.version)
            self._do(propose_list, form, self._handed_in)

    def _handed_in(self, done: ListProposed) -> None:
        if done.left:
            self.say("wait", *handed_in(done))
        else:
            self.toast.emit(handed_in(done)[0], None)

    def _show_sheet(self) -> None:
        if (view := self._view) is not None:
            asked = ListById(id=view.row.id)
            subject = f"award_list/{asked.id}"
            show_paper(self, PaperKind.LIST_SHEET, subject, issue_list_sheet, asked)

    def _ask_withdraw(self) -> None:
        if (view := self._view) is None:
            return
        self.desk.asking.confirm(
            self,
            _("Take back the list {number}?").format(number=view.row.number),
            _("All its awards that wait are taken back with it. It stays on record."),
            _("Take the list back"),
            partial(self._step, withdraw_list, view, _("List taken back")),
            danger=True,
        )

    def _told(self, says: str) -> Callable[[object], None]:
        return lambda _done: self.toast.emit(says, None)

    def _do(self, verb: Action[Any, Any], form: Any, then: Callable[[Any], None]) -> None:
        """Perform an act once, and show the list anew."""
        self._acting = self._outdated = True
        self._tell()

        def done(result: Any) -> None:
            self._acting = False
            then(result)
            self.reload()

        self.desk.perform(verb, form, then=done, invalid=self._failed, failed=self._failed)

    def _failed(self, error: Exception) -> None:
        self._acting = False
        if isinstance(error, Invalid):
            self.say("bad", error.tell(), error.problems[0].tell())
        else:
            self.desk.feedback.show(error)
        self.reload()

    def _open_household(self, row: ListEntry) -> None:
        if row.household_id is not None:
            self.go.emit("household", row.household_id)

    # Giving way

    def close_pane(self) -> None:
        """Return from the form or the candidates to the list."""
        self._turn(self.detail)
        self.detail.rows.view.setFocus()

    def _turn(self, pane: QWidget) -> None:
        """Show the list, or what is asked instead of it: that has its own main act."""
        if pane is not self.candidates:
            self.candidates.stop()
        self._stack.setCurrentWidget(pane)
        self._tell()

    def _escape(self) -> None:
        if self._stack.currentWidget() is not self.detail:
            self.close_pane()
        else:
            self.panes.back()

    def first_focus(self) -> QWidget:
        """Return the lists."""
        return self.table.first()

    def compact(self, width: int, height: int) -> None:
        """Show the lists and the chosen one by turns where there is room for one only."""
        self._narrow = width < 1100  # F12 prints all the same
        self.panes.set_narrow(self._narrow or height < 520)
        self.detail.rows.hide_columns({"file_number"} if width < 1250 else set())
        self.candidates.compact(narrow=1100 <= width < 1400)
        self._tell()
