"""The pane that looks for people for a list: by the policy, with reasons for the others."""

from collections.abc import Callable, Iterator
from typing import Final

from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QWidget

from app.core.i18n import _
from app.core.money import Fen, yuan_text
from app.core.words.disbursements import PayWay
from app.disbursements.list_queries import candidate_files, candidates
from app.disbursements.list_records import (
    Candidate,
    CandidateFiles,
    CandidateQuery,
    Candidates,
    ListPick,
    ListView,
)
from ui.desk import Desk
from ui.kit.buttons import Button, IconButton
from ui.kit.cards import Card, EmptyState
from ui.kit.cells import UNKNOWN, Cell, Column
from ui.kit.labels import Label
from ui.kit.notices import BudgetBar
from ui.kit.segments import Part, Segments
from ui.kit.table import RecordTable
from ui.pages.lists.amounts import AmountLine
from ui.pages.lists.cells import candidate_cell, left_cell
from ui.pages.lists.filters import Filters

AT_ONCE: Final = 100
"""Files looked through with one question, so that the first are seen at once."""
Key = tuple[int, int | None]
"""A household, and the member a grant per member is for."""


def key_of(row: Candidate) -> Key:
    """Return who a row is about."""
    return row.household_id, row.member_id


class CandidatesPane(Card):
    """Those who may get it, all marked; those left out, each with the reason.

    Files are looked through a part at a time, each once; narrowing shows what is known at once.
    """

    def __init__(
        self,
        desk: Desk,
        put: Callable[[tuple[ListPick, ...]], object],
        close: Callable[[], object],
    ) -> None:
        super().__init__(_("Whom the policy gives it today"), flush=True)
        self.setObjectName("candidates_pane")
        self._desk, self._put = desk, put
        self._view: ListView | None = None
        self._order: tuple[int, ...] = ()
        self._known: dict[int, tuple[Candidate, ...]] = {}
        self._left: set[Key] = set()
        self._amounts: dict[Key, Fen | None] = {}
        self._filling = False
        self._progress = Label(role="small")
        self._progress.setObjectName("candidates_progress")
        self.add_to_head(self._progress)
        self.add_to_head(IconButton("x", _("Close"), close, key="Esc", size=26, name="close_form"))
        self.segments = Segments(name="segments_candidates")
        self.segments.chosen.connect(self._arrange)
        self.yes = self._table("table_candidates", checkable=True)
        self.no = self._table("table_left_out", checkable=False)
        self.filters = Filters(self._to_rows)
        self.filters.changed.connect(self._ask_files)
        head = QHBoxLayout()
        head.setContentsMargins(12, 4, 12, 8)
        head.setSpacing(12)
        head.addWidget(self.segments)
        head.addStretch(1)
        head.addWidget(self.filters)
        self.add(head)
        holder = QWidget()
        self._stack = QStackedLayout(holder)
        self._stack.addWidget(self.yes)
        self._stack.addWidget(self.no)
        self.body.setSpacing(0)
        self.body.addWidget(holder, 1)
        self.amount = AmountLine("candidate_amount")
        self.add(self.amount)
        self._add_foot()
        self.yes.checks_changed.connect(self._marks_changed)
        self.yes.picked.connect(self._show_amount)
        self.amount.taken.connect(self._take_amount)
        self.amount.taken_for_marked.connect(self._take_amounts)
        self.amount.stepped.connect(self.yes.step)

    def _add_foot(self) -> None:
        self._bar = BudgetBar()
        holder = QHBoxLayout()
        holder.setContentsMargins(12, 6, 12, 6)
        holder.addWidget(self._bar)
        self.add(holder)
        foot = self.add_foot()
        self._says = Label(role="small", wrap=True)
        self._says.setObjectName("candidates_say")
        self.finish = Button(
            _("Put on the list"), self._send, kind="primary", key="Ctrl+Enter", name="act_put"
        )
        foot.addWidget(self._says, 1)
        foot.addWidget(self.finish)

    def _table(self, name: str, *, checkable: bool) -> RecordTable[Candidate]:
        amount = Column("amount", _("Amount (yuan)"), 96, self._amount_cell, right=True)
        return RecordTable(
            Candidate,
            [
                Column("name", width=124, cell=candidate_cell),
                Column("district", width=80),
                Column("file_number", width=184),
                Column("category", width=92),
                *([amount] if checkable else []),
                Column("left", _("By the policy"), stretch=True, cell=left_cell, right=False),
            ],
            name=name,
            checkable=checkable,
            flat=True,
            empty=EmptyState(_("Nobody")),
        )

    def compact(self, *, narrow: bool) -> None:
        """Leave the file numbers out where there is little room."""
        for table in (self.yes, self.no):
            table.hide_columns({"file_number"} if narrow else set())

    # Looking

    def begin(self, view: ListView) -> None:
        """Look for people for a list, from the beginning."""
        self._view = view
        self._known, self._left, self._amounts = {}, set(), {}
        self.filters.clear()
        self.amount.setVisible(view.row.way is not PayWay.GOODS)
        self._take_files(CandidateFiles(household_ids=(), districts=(), categories=()))
        self.yes.set_empty(_("The files are being looked through…"))
        self._ask_files()
        self.yes.first()

    def _query(self, view: ListView, *household_ids: int) -> CandidateQuery:
        districts, categories, words = self.filters.chosen()
        return CandidateQuery(
            measure=view.row.measure,
            list_id=view.row.id,
            districts=() if household_ids else districts,
            categories=() if household_ids else categories,
            words="" if household_ids else words,
            household_ids=household_ids,
        )

    def _ask_files(self) -> None:
        if self._view is not None:
            asked = self._query(self._view)
            self._desk.ask(candidate_files, asked, then=self._look, latest=self.filters)

    def _look(self, files: CandidateFiles) -> None:
        self._take_files(files)
        self._look_on()

    def _take_files(self, files: CandidateFiles) -> None:
        self._order = files.household_ids
        self.filters.offer(files.districts, files.categories)
        self._show_rows()

    def _look_on(self) -> None:
        """Ask about the next files that nobody looked at yet."""
        view, unknown = self._view, [each for each in self._order if each not in self._known]
        if view is None or not unknown:
            return
        part = unknown[:AT_ONCE]

        def take(found: Candidates) -> None:
            self._known |= dict.fromkeys(part, ())
            for row in (*found.yes, *found.left_out):
                self._known[row.household_id] += (row,)
            self._show_rows()
            self._look_on()

        self._desk.ask(candidates, self._query(view, *part), then=take, latest=self)

    def stop(self) -> None:
        """Look no further: the pane goes out of sight."""
        self._view = None

    # Showing

    def _rows(self) -> Iterator[Candidate]:
        for household in self._order:
            yield from self._known.get(household, ())

    def _show_rows(self) -> None:
        rows = list(self._rows())
        yes, no = [each for each in rows if not each.why], [each for each in rows if each.why]
        looked = sum(household in self._known for household in self._order)
        done = looked == len(self._order)
        self._filling = True
        if done:
            self.yes.set_empty(_("Nobody else may get it today"))
        self.yes.show_rows(yes)
        self.yes.check(lambda row: key_of(row) not in self._left)
        self.no.show_rows(no)
        self._filling = False
        self.segments.show_parts(
            [
                Part("yes", _("May get it"), len(yes)),
                Part("no", _("Not to be listed"), len(no)),
            ]
        )
        says = _("{looked} of {count} files looked through")
        self._progress.setText(
            "" if done else says.format(looked=f"{looked:,}", count=f"{len(self._order):,}")
        )
        self._arrange()
        self._tell()
        self._show_amount(self.yes.current())

    def _shown(self) -> RecordTable[Candidate]:
        return self.no if self.segments.value() == "no" else self.yes

    def _arrange(self) -> None:
        self._stack.setCurrentWidget(self._shown())

    def _to_rows(self) -> None:
        self._shown().view.setFocus()

    # Marks and amounts

    def _marks_changed(self) -> None:
        if self._filling:
            return
        marked = {key_of(row) for row in self.yes.checked()}
        shown = {key_of(row) for row in self.yes.rows()}
        self._left = (self._left - marked) | (shown - marked)
        self._tell()

    def _amount_of(self, row: Candidate) -> Fen | None:
        each = self._view.row.amount if self._view is not None else None
        return self._amounts.get(key_of(row)) or each

    def _amount_cell(self, row: Candidate) -> Cell:
        amount = self._amount_of(row)
        if not amount:
            return UNKNOWN
        over = row.left is not None and amount > row.left
        return Cell(yuan_text(amount), icon="triangle-alert" if over else "",
                    tone="wait" if over else "")  # fmt: skip

    def _show_amount(self, row: Candidate | None) -> None:
        if row is None:
            self.amount.show_row(None, "", None)
        else:
            self.amount.show_row(key_of(row), row.person or row.name, self._amount_of(row))

    def _take_amount(self, amount: Fen | None) -> None:
        row = self.yes.current()
        if row is not None:
            self._amounts[key_of(row)] = amount
            self._tell()
            self.yes.view.viewport().update()

    def _take_amounts(self, amount: Fen | None) -> None:
        self._amounts |= dict.fromkeys(map(key_of, self.yes.checked()), amount)
        self._tell()
        self.yes.view.viewport().update()

    def _tell(self) -> None:
        """Say how many are marked, what they come to, and what it leaves of the fund."""
        rows, view = self.yes.checked(), self._view
        self.amount.show_marked(len(rows))
        self.finish.allow("" if rows else _("Nobody is marked"))
        if view is None:
            return
        amounts = [self._amount_of(row) for row in rows]
        total = sum(amount or 0 for amount in amounts)
        after = view.fund_left - view.row.total - total
        self._bar.show_budget(view.fund_left, view.row.total, total)
        marked = _("{count} marked, {amount} yuan").format(
            count=f"{len(rows):,}", amount=yuan_text(total)
        )
        left = (
            _("{amount} yuan left of the fund") if after >= 0 else _("the fund lacks {amount} yuan")
        )
        parts = [marked, left.format(amount=yuan_text(abs(after)))]
        if missing := sum(not amount for amount in amounts):
            parts.append(_("{count} without an amount").format(count=missing))
        self._says.setText("　".join(parts))
        self._says.set_tone("" if after >= 0 else "bad")

    def _send(self) -> None:
        self._put(
            tuple(
                ListPick(
                    household_id=row.household_id,
                    member_id=row.member_id,
                    amount=self._amounts.get(key_of(row)),
                )
                for row in self.yes.checked()
            )
        )
