"""The page itself: the list of what waits, the award in the middle, what it rests on."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QWidget

from app.core.i18n import N_, _
from app.core.money import yuan_text
from app.core.words.disbursements import AwardState, Decision
from app.core.words.papers import PaperKind
from app.disbursements.actions import issue_approval_form
from app.disbursements.deciding import decide_award
from app.disbursements.deciding_records import DecidedTogether
from app.disbursements.queries import award_view
from app.disbursements.records import ApprovalRow, AwardById, AwardView
from app.work import Topic
from ui import theme
from ui.issuing import show_paper
from ui.kit.buttons import Button, IconButton
from ui.kit.cards import Card, EmptyState
from ui.kit.cells import Column
from ui.kit.labels import Elided, KeyCap, Label
from ui.kit.layout import row
from ui.kit.page import Page
from ui.kit.segments import Part, Segments
from ui.kit.table import RecordTable
from ui.pages.approval.award_card import AwardReading
from ui.pages.approval.cells import amount_cell, award_cell, belongs, may_mark, why_not_marked
from ui.pages.approval.compare import ComparePane
from ui.pages.approval.decision import Decided, DecisionPad
from ui.pages.approval.narrowing import Narrowing
from ui.pages.approval.opinion import OpinionKeeper
from ui.pages.approval.queue import Queue
from ui.pages.approval.right import RightPane
from ui.pages.approval.together import Together
from ui.pages.approval.words import decision_form, done_words, goes_on, peace

LIST = 270
WIDE = 1700
"""Logical width from which what an award rests on and the documents stand side by side."""
NARROW, LOW, SMALL, SHORT = 1320, 660, 1100, 720
"""Logical sizes below which the page gives way."""


class ApprovalPage(Page):
    """One award after the other, decided by the second person."""

    name = "approval"
    title = N_("Approval desk")
    icon = "stamp"
    shows = frozenset({Topic.AWARDS, Topic.FUNDS, Topic.HOUSEHOLDS, Topic.VALUES})

    def build(self) -> None:
        """Compose the three panes."""
        self.queue = Queue(self.desk)
        self.queue.listed.connect(self._show)
        self.queue.looked.connect(self._show)
        self._picked: int | None = None
        self._view: AwardView | None = None
        self._wanted: int | None = None
        self._running = False
        self._done, self._sum = 0, 0
        self._small = self._closed = self._wide = self._compares = False
        self.table = RecordTable(
            ApprovalRow,
            [
                Column("award", _("Award and head"), cell=award_cell, stretch=True),
                Column("id", _("Amount (yuan)"), width=96, cell=amount_cell, right=True),
            ],
            name="table_approvals",
            two_lines=True,
            checkable=True,
            why_not=why_not_marked,
            sortable=False,
        )
        self.table.picked.connect(self._pick)
        self.table.checks_changed.connect(self._make_room)
        self.together = Together(self, self.table, self._approved)
        self._add_to_head()
        self.reading = AwardReading(self.compare)
        self.comparing = ComparePane(self.desk, self.end_comparing, self._go_household)
        self.pad = DecisionPad(self.desk.today)
        self._keeper = OpinionKeeper(self, self.pad)
        self.pad.decided.connect(self._decide)
        self.middle = Card(flush=True)
        self.middle.setObjectName("award_card")
        self.middle.body.setSpacing(0)
        self.middle.body.addWidget(self.reading, 1)
        self.middle.body.addWidget(self.pad)
        self.right = RightPane(self.desk, self.turn_basis)
        self.right.documents.counted.connect(self._count_documents)
        self._panes = QWidget()
        panes = QHBoxLayout(self._panes)
        panes.setContentsMargins(0, 0, 0, 0)
        panes.setSpacing(12)
        panes.addWidget(self.table)
        panes.addWidget(self.middle, 1)
        panes.addWidget(self.right)
        panes.addWidget(self.comparing, 1)
        self._empty = EmptyState(
            _("Nothing waits for approval"), _("New proposals appear here by themselves.")
        )
        holder = QWidget()
        self._stack = QStackedLayout(holder)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._panes)
        self.add(holder, 1)
        theme.changes.changed.connect(self._size)
        self._size()
        self.offer("Shift+F8", _("Documents"), self.right.turn)
        self.primary = self.pad.buttons[Decision.APPROVED]
        for key, by in (("J", 1), ("K", -1)):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(partial(self.step, by))
        mark_all = QShortcut(QKeySequence("Ctrl+A"), self)
        mark_all.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        mark_all.activated.connect(self.together.mark_safe)

    def _add_to_head(self) -> None:
        self._back = IconButton(
            "chevron-left", _("The one before"), partial(self.step, -1), key="K", name="act_before"
        )
        self._next = IconButton(
            "chevron-right", _("The next one"), partial(self.step, 1), key="J", name="act_next"
        )
        self._at = Label(role="strong")
        self._at.setObjectName("at")
        self._caps = row(KeyCap("J"), KeyCap("K"), spacing=6)
        self._walk = row(self._back, self._at, self._next, self._caps, spacing=6)
        self.segments = Segments(name="segments_light")
        self.segments.chosen.connect(self._show_rows)
        self.narrowing = Narrowing()
        self.narrowing.chosen.connect(self._show_rows)
        self.beside_title(row(self._walk, self.segments, self.narrowing, spacing=12))
        self._walk.hide()
        self._session = Elided(role="small")
        self._session.setObjectName("session")
        self.head.addWidget(self._session)
        self.marked = self.add_act(self.together.button)
        self._open_basis = self.add_act(
            Button(
                _("What it rests on"),
                self.turn_basis,
                icon="panel-right-open",
                key="F8",
                name="act_basis",
            )
        )

    def _size(self) -> None:
        if self._view is not None:
            self.reading.show_award(self._view)
        self.table.setFixedWidth(theme.px(LIST))
        self.right.fit(wide=self._wide, small=self._small)

    # Loading

    def refresh(self) -> None:
        """Ask what waits."""
        self._picked = None
        self.queue.ask()

    def open(self, what: object) -> None:
        """Show one award among those that wait."""
        if isinstance(what, int):
            self._wanted = what
            self.segments.choose("all")
            self.narrowing.clear()

    def _show(self) -> None:
        rows = self.queue.rows
        safe = sum(each.light == "ok" for each in rows)
        unknown = self.queue.still_to_look()
        late = sum(each.overdue for each in rows)
        parts = [
            Part("all", _("All"), len(rows)),
            Part("ok", _("Can be marked"), safe),
            Part("look", _("One by one"), len(rows) - safe - unknown, "clock", "wait"),
        ]
        if late:
            parts.append(Part("late", _("Overdue"), late, "circle-x", "bad"))
        self.segments.show_parts(parts)
        self.narrowing.show_rows(rows)
        self._stack.setCurrentWidget(self._panes if rows else self._empty)
        self._show_rows()
        self._say_session()

    def _show_rows(self) -> None:
        wanted = self.segments.value()
        shown = [
            each for each in self.queue.rows if belongs(each, wanted) and self.narrowing.fits(each)
        ]
        marked = {each.id for each in self.table.checked()}
        self.table.show_rows(shown)
        self.table.check(lambda each: each.id in marked and may_mark(each))
        keys = [("J K", _("up and down")), ("Space", _("mark"))]
        says = _("{count} in all").format(count=len(shown))
        if unknown := self.queue.still_to_look():
            says = _("{count} still to be checked").format(count=f"{unknown:,}")
        self.table.set_foot(says, keys)
        if self._wanted is not None:
            awaited, self._wanted = self._wanted, None
            if not self.table.select_where(lambda each: each.id == awaited):
                self.say("wait", _("This award does not wait for approval any more"))
        if self.table.current() is None and shown:
            self.table.select(0)
        self._pick(self.table.current())
        self.together.show_count()

    def _pick(self, picked: object) -> None:
        rows = self.table.rows()
        if not isinstance(picked, ApprovalRow):
            self._view = self._picked = None
            self.middle.setVisible(False)
            return
        at = next((i for i, each in enumerate(rows) if each.id == picked.id), 0)
        self._at.setText(_("{at} / {of}").format(at=at + 1, of=len(rows)))
        self._back.setEnabled(at > 0)
        self._next.setEnabled(at + 1 < len(rows))
        if self._picked == picked.id:
            return
        self._picked = picked.id
        self.desk.ask(
            award_view, AwardById(id=picked.id), then=self._show_award, latest="approval_award"
        )

    def _show_award(self, view: AwardView) -> None:
        other = self._view is None or self._view.row.id != view.row.id
        if other:
            self._keeper.leave()
            self.pad.reset()
            self._compares = False
        self._view = view
        self.pad.papers.show_step(view)
        if other:
            self._keeper.take_up(view.row.id, view.row.name)
        self.reading.show_award(view)
        self.right.show_award(view)
        self._arrange()
        own = _("You proposed this one, so another person has to approve it.")
        waits = _("It waits for the collective decision already")
        proposed = view.row.state is AwardState.PROPOSED
        self.pad.allow(
            self.desk.reason(decide_award) or (own if view.row.mine else view.closed),
            None if proposed else {Decision.DEFERRED: waits},
        )
        self.pad.say(peace(view))

    def step(self, by: int) -> None:
        """Go to the next award, or the one before."""
        self.table.step(by)

    # Deciding

    def _decide(self, decided: Decided) -> None:
        view = self._view
        if view is None or self._running:
            return
        self._running = True
        self.banners.clear()
        self.desk.perform(
            decide_award,
            decision_form(view, decided, self._keeper.draft_id),
            then=lambda _nothing: self._decided(view, decided.decision),
            failed=self._failed,
        )

    def _decided(self, view: AwardView, decision: Decision) -> None:
        self._running = False
        self._keeper.forget()
        self._done += 1
        self._sum += view.row.amount
        if decision is Decision.APPROVED:
            self._offer_form(view.row.id)
        stays = decision is Decision.DEFERRED or goes_on(view)
        rows = self.table.rows()
        at = next((i for i, each in enumerate(rows) if each.id == view.row.id), len(rows))
        others = [*rows[at + 1 :], *reversed(rows[:at])]
        if stays:
            self._wanted = others[0].id if others else None
        what = done_words(view, decision)
        if others:
            says = _("{what}, next: {name}").format(what=what, name=others[0].award.name)
        else:
            says = _("{what}, nothing waits any more").format(what=what)
        self.toast.emit(says, None)
        self.table.view.setFocus()

    def _offer_form(self, award_id: int) -> None:
        """Offer the approval form of the award approved last."""
        reason = self.desk.reason(issue_approval_form)
        show = partial(
            show_paper,
            *(self, PaperKind.APPROVAL_FORM, f"award/{award_id}"),
            *(issue_approval_form, AwardById(id=award_id)),
        )
        self.offer("F12", _("Approval form"), show, reason)

    def _failed(self, error: Exception) -> None:
        """Tell it and show the newest state; the opinion stays."""
        self._running = False
        self.reload()
        self.desk.feedback.show(error)

    def _approved(self, done: DecidedTogether) -> None:
        """Count what was approved together."""
        self._done += len(done.approved)
        self._sum += done.amount
        if done.approved:
            self._offer_form(done.approved[-1])
        self._say_session()

    # Two households that share something

    def compare(self) -> None:
        """Lay the household beside the one it shares an account or a telephone with."""
        if self._view is not None and self._view.shared:
            self.comparing.show_shared(self._view)
            self._compares = True
            self._arrange()

    def end_comparing(self) -> None:
        """Return from the two households to the award."""
        self._compares = False
        self._arrange()
        self.table.view.setFocus()

    def _go_household(self, household_id: int) -> None:
        self.go.emit("household", household_id)

    def _say_session(self) -> None:
        says = _("{count} decided now, {total} yuan")
        words = says.format(count=self._done, total=yuan_text(self._sum)) if self._done else ""
        self._session.setText(words)
        self._session.setVisible(bool(words) and not self._small)

    # Giving way

    def turn_basis(self) -> None:
        """Open or close what the award rests on."""
        self._closed = not self._closed
        self._arrange()

    def _count_documents(self, count: str) -> None:
        """Say on the button of the folded pane what is in it."""
        both = (_("What it rests on"), _("Documents") if count else "", count)
        self._open_basis.setText(" ".join(filter(None, both)))

    def compact(self, width: int, height: int) -> None:
        """Close what it rests on, then turn the list into one line."""
        small = width < SMALL or height < 560
        closed = small or width < NARROW or height < LOW
        if (small, closed) != (self._small, self._narrow):
            self._small, self._narrow = small, closed
            self._closed = closed
        self._wide = width >= WIDE
        self.pad.set_one_line(small or height < SHORT)
        self._arrange()
        self.together.set_small(small)

    _narrow = False

    def _arrange(self) -> None:
        alone = self._narrow and not self._closed
        covered = self._compares or (self._small and alone)
        if not self._compares:  # before the others come: the window would grow for all of them
            self.comparing.hide()
        self.narrowing.set_small(self._small)
        self._make_room()
        self.right.setVisible(not self._closed and not self._compares)
        self.table.setVisible(not self._small and not alone)
        self.middle.setVisible(self._view is not None and not covered)
        self.comparing.setVisible(self._compares)
        self.right.fit(wide=self._wide, small=self._small)
        self._walk.setVisible(self._small)
        self._open_basis.setVisible(self._closed)
        self._say_session()

    def _make_room(self) -> None:
        """Leave the keys out of the head where it is small, or marks or lateness need the room."""
        late = any(each.overdue for each in self.queue.rows)
        self._caps.setVisible(not (self._small or late or self.table.checked()))

    def first_focus(self) -> QWidget | None:
        """Start in the list."""
        return self.table.view if self.table.isVisible() else self

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Space mark the award in sight also where there is no room for the list."""
        if event.key() == Qt.Key.Key_Space:
            self.table.flip_current()
        else:
            super().keyPressEvent(event)

    def before_leaving(self) -> None:
        """Keep the opinion that is being written."""
        self._keeper.keep()
