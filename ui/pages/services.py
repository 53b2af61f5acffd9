"""Services and referrals (服务与转介): what was asked for whom, and what came of it."""

from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.core.i18n import N_, _
from app.core.record import Nothing
from app.core.words.services import ServiceState
from app.households.queries import household_view
from app.papers.queries import paper_view
from app.policy.pack import MeasureKind
from app.services.actions import close_service, withdraw_service
from app.services.queries import service_rows, services_waiting
from app.services.records import (
    CloseForm,
    ServiceQuery,
    ServiceRow,
    ServicesWaiting,
    WithdrawForm,
)
from app.work import Topic
from ui import theme
from ui.kit.buttons import Button
from ui.kit.cards import Card, EmptyState, Facts
from ui.kit.cells import Cell, Column
from ui.kit.labels import Chip, Label, Status
from ui.kit.layout import scrolling
from ui.kit.page import Page
from ui.kit.segments import Part, Segments
from ui.kit.table import RecordTable
from ui.kit.two_panes import TwoPanes

LOOKS = {
    ServiceState.OPEN: ("circle-dot", "accent"),
    ServiceState.DONE: ("circle-check", "ok"),
    ServiceState.WITHDRAWN: ("undo-2", ""),
}
KINDS = {MeasureKind.SERVICE: "briefcase-business", MeasureKind.REFERRAL: "external-link"}
FILTER_MS = 200
ALL = "all"
LIMIT = 500


class ServicesPage(Page):
    """The list at the left, what was asked at the right; F9 closes, F8 takes back."""

    name = "services"
    title = N_("Services and referrals")
    icon = "list-checks"
    shows = frozenset({Topic.SERVICES, Topic.HOUSEHOLDS})

    def build(self) -> None:
        """Compose segments, filter, list and detail."""
        self._acting = False
        self.segments = Segments(name="service_segments")
        self.segments.chosen.connect(self._ask_rows)
        self._show_counts(None)
        self.beside_title(self.segments)
        self.filter = QLineEdit()
        self.filter.setObjectName("service_filter")
        self.filter.setPlaceholderText(_("Name or number, key /"))
        self.filter.setAccessibleName(_("Name or number"))
        self.filter.textChanged.connect(self._filter_soon)
        self.filter.returnPressed.connect(self._to_list)
        self.head.addWidget(self.filter)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(FILTER_MS)
        self._soon.timeout.connect(self._ask_rows)
        self.panes = TwoPanes(self._make_list(), self._make_detail(), (700, 470))
        self.add(self.panes, 1)
        self._add_acts()
        self._bind()
        theme.changes.changed.connect(self._size)
        self._size()
        self._show(None)

    def _size(self) -> None:
        self.filter.setFixedWidth(theme.px(220))

    def _make_list(self) -> QWidget:
        card = Card(flush=True)
        self.table: RecordTable[ServiceRow] = RecordTable(
            ServiceRow,
            [
                Column("title", _("Service or referral"), 210, _title, stretch=True),
                Column("name", _("For whom"), 120, _person),
                Column("state", width=110, cell=_state),
                Column("requested_at", _("Requested"), 110, _asked),
                Column("due_on", width=110, cell=_due),
            ],
            name="table_services",
            two_lines=True,
            empty=EmptyState(_("Nothing is in hand")),
            flat=True,
        )
        self.table.picked.connect(self._show)
        self.table.opened.connect(self._open)
        card.add(self.table)
        return card

    def _make_detail(self) -> QWidget:
        card = Card()
        self._title = Label(role="section", wrap=True)
        self._chip = Chip("")
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._chip, alignment=Qt.AlignmentFlag.AlignTop)
        card.add(head)
        self.facts = Facts(84)
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 8, 0)
        column.addWidget(self.facts)
        column.addStretch(1)
        card.body.addWidget(scrolling(holder), 1)
        return card

    def _add_acts(self) -> None:
        bar = self.bar()
        self._slip = bar.add(
            Button(
                _("Referral slip"), self._show_slip, kind="quiet", key="F12", icon="scroll-text",
                name="act_slip",
            )
        )  # fmt: skip
        self._household = bar.add(
            Button(
                _("Open the household"), self._open_household, kind="quiet", key="Alt+O",
                icon="users", name="act_household",
            )
        )  # fmt: skip
        self._withdraw = bar.add(
            Button(
                _("Take back…"), self._ask_withdraw, kind="danger", key="F8", icon="undo-2",
                name="act_withdraw_service",
            )
        )  # fmt: skip
        self._close = bar.add(
            Button(
                _("Close with result…"), self._ask_close, kind="primary", key="F9",
                icon="circle-check", name="act_close_service",
            )
        )  # fmt: skip

    def _bind(self) -> None:
        slash = QShortcut(QKeySequence("/"), self.table)
        slash.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        slash.activated.connect(self.filter.setFocus)
        for number in range(1, 5):
            choose = QShortcut(QKeySequence(str(number)), self.table)
            choose.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            choose.activated.connect(partial(self.segments.press, number - 1))

    # Asking

    def open(self, what: object) -> None:
        """Show all requests that a number or name leads to, such as the one just made."""
        if isinstance(what, str):
            self.segments.choose(ALL)
            self.filter.setText(what)
            self._stale = True
            if self.isVisible():
                self.reload()

    def refresh(self) -> None:
        """Ask for the counts and the list."""
        self.desk.ask(services_waiting, Nothing(), then=self._show_counts, latest=self.segments)
        self._ask_rows()

    def _show_counts(self, counts: ServicesWaiting | None) -> None:
        in_hand = counts.open if counts else None
        late = "wait" if counts and counts.overdue else ""
        self.segments.show_parts(
            [
                Part(ServiceState.OPEN, ServiceState.OPEN.label, in_hand, "", late),
                Part(ServiceState.DONE, ServiceState.DONE.label, counts.done if counts else None),
                Part(ServiceState.WITHDRAWN, ServiceState.WITHDRAWN.label),
                Part(ALL, _("All")),
            ]
        )

    def _filter_soon(self) -> None:
        self._soon.start()

    def _ask_rows(self) -> None:
        chosen = self.segments.value()
        asked = ServiceQuery(
            state=None if chosen == ALL else ServiceState(chosen),
            text=self.filter.text(),
            limit=LIMIT,
        )
        self.desk.ask(service_rows, asked, then=self._take_rows, latest=self.table)

    def _take_rows(self, rows: list[ServiceRow]) -> None:
        if text := self.filter.text().strip():
            says = _("Nothing found for “{text}”").format(text=text)
            self.table.set_empty(says, _("Try the beginning of the name or of the number."))
        else:
            self.table.set_empty(
                _("Nothing is in hand"),
                _("Services and referrals are asked for on the assessment of a household."),
            )
        self.table.show_rows(rows)
        keys = [("↑ ↓", _("choose")), ("Enter", _("Open")), ("/", _("Filter"))]
        self.table.set_foot(_("{count} in all").format(count=f"{len(rows):,}"), keys)
        self._show(self.table.current())

    # The request that is chosen

    def _show(self, row: ServiceRow | None) -> None:
        self._tell(row)
        self._title.setText(row.title if row else "")
        self._chip.setVisible(row is not None)
        self.facts.clear()
        if row is None:
            return
        self._chip.show_state(row.state.label, *LOOKS[row.state])
        add = self.facts.add_fact
        add(_("Number"), f"{row.number}　{row.kind.label}")
        add(_("For whom"), _whose(row))
        add(_("Department"), Label(row.department, wrap=True))
        add(_("Entitlement"), Label(row.entitlement, wrap=True))
        for at, paper in enumerate(row.papers):
            add(_("To bring") if at == 0 else "", Label(paper, wrap=True))
        if row.note:
            add(_("Note"), Label(row.note, wrap=True))
        add(_("Requested"), f"{row.requested_by}，{row.requested_at.astimezone():%Y-%m-%d %H:%M}")
        if row.due_on is not None:
            late = Status(row.due_on.isoformat(), "clock", "wait")
            add(_("Ask again on"), late if row.overdue else row.due_on.isoformat())
        if row.closed_at is not None:
            add(_("Closed"), f"{row.closed_by}，{row.closed_at.astimezone():%Y-%m-%d %H:%M}")
            add(_("Result"), Label(row.result, wrap=True))

    def _tell(self, row: ServiceRow | None) -> None:
        """Offer what can be done with the request that is chosen."""
        nothing = "" if row else _("Choose a request")
        closed = nothing or (
            "" if row and row.state is ServiceState.OPEN else _("This request is closed")
        )
        busy = _("Being written") if self._acting else ""
        self._close.allow(busy or self.desk.reason(close_service) or closed)
        self._withdraw.allow(busy or self.desk.reason(withdraw_service) or closed)
        slip = "" if row and row.paper_id else _("There is no slip that holds")
        self._slip.allow(self.desk.reason(paper_view) or nothing or slip)
        self._household.allow(self.desk.reason(household_view) or nothing)
        for button in (self._close, self._withdraw, self._slip):
            self.offer(button.key, button.words(), button.click, button.reason)
        if row is None:
            self.bar().say(nothing)
        else:
            self.bar().say(f"{row.title}　{_whose(row)}", row.department)

    # Acts

    def _ask_close(self) -> None:
        if (row := self.table.current()) is None:
            return
        self.desk.asking.reason(
            self,
            _("Close {title} for {name}?").format(title=row.title, name=_whose(row)),
            _("What came of it stays in the file of the household."),
            _("Close"),
            partial(self._do_close, row),
            label=_("Result"),
        )

    def _do_close(self, row: ServiceRow, result: str) -> None:
        form = CloseForm(id=row.id, version=row.version, result=result)
        self._begin()
        self.desk.perform(
            close_service, form, then=lambda _done: self._done(row, N_("{number} closed")),
            failed=self._failed,
        )  # fmt: skip

    def _ask_withdraw(self) -> None:
        if (row := self.table.current()) is None:
            return
        text = _("It stays in the file as taken back.")
        if row.paper_id:
            text = _("It stays in the file as taken back; its referral slip becomes void.")
        self.desk.asking.reason(
            self,
            _("Take {title} for {name} back?").format(title=row.title, name=_whose(row)),
            text,
            _("Take back"),
            partial(self._do_withdraw, row),
            danger=True,
        )

    def _do_withdraw(self, row: ServiceRow, reason: str) -> None:
        form = WithdrawForm(id=row.id, version=row.version, reason=reason)
        self._begin()
        self.desk.perform(
            withdraw_service, form, then=lambda _done: self._done(row, N_("{number} taken back")),
            failed=self._failed,
        )  # fmt: skip

    def _begin(self) -> None:
        self._acting = True
        self._tell(self.table.current())

    def _done(self, row: ServiceRow, says: str) -> None:
        self._acting = False
        self.toast.emit(_(says).format(number=row.number), None)

    def _failed(self, error: Exception) -> None:
        self._acting = False
        self.desk.feedback.show(error)
        self.reload()

    def _show_slip(self) -> None:
        row = self.table.current()
        if row is not None and row.paper_id is not None:
            self.go.emit("papers", row.paper_id)

    def _open_household(self) -> None:
        if (row := self.table.current()) is not None:
            self.go.emit("household", row.household_id)

    def _open(self, row: ServiceRow) -> None:
        if self.panes.narrow and self.panes.right.isHidden():
            self.panes.enter()
        else:
            self.go.emit("household", row.household_id)

    # Giving way

    def _to_list(self) -> None:
        self.table.view.setFocus()

    def first_focus(self) -> QWidget:
        """Return the list."""
        return self.table.view

    def compact(self, width: int, height: int) -> None:
        """Show list and detail one at a time where there is room for one only."""
        narrow = width < 1100 or height < 560
        self.panes.set_narrow(narrow)
        self.table.hide_columns({"due_on"} if width < 1250 and not narrow else set())


def _whose(row: ServiceRow) -> str:
    """Return the person it is for, with the head of their household."""
    if not row.person or row.person == row.name:
        return row.name
    return _("{person}, household of {name}").format(person=row.person, name=row.name)


def _title(row: ServiceRow) -> Cell:
    return Cell(row.title, row.department, icon=KINDS[row.kind])


def _person(row: ServiceRow) -> Cell:
    other = row.person and row.person != row.name
    return Cell(row.person or row.name, _("of {name}").format(name=row.name) if other else "")


def _state(row: ServiceRow) -> Cell:
    icon, tone = LOOKS[row.state]
    return Cell(row.state.label, row.result, icon=icon, tone=tone)


def _asked(row: ServiceRow) -> Cell:
    return Cell(f"{row.requested_at.astimezone():%Y-%m-%d}", row.requested_by)


def _due(row: ServiceRow) -> Cell:
    if row.due_on is None:
        return Cell("—", tone="text_faint")
    if row.overdue:
        return Cell(row.due_on.isoformat(), _("Overdue"), "clock", "wait", second_tone="wait")
    return Cell(row.due_on.isoformat())
