"""Staff: who works here, with which roles; new people, changes, new passwords."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, Final

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.core.errors import Invalid, Problem
from app.core.i18n import N_, _
from app.core.kinds import Secret
from app.core.record import Field, Nothing
from app.core.words.staff import Role
from app.staff.actions import add_staff, change_staff, note_new_password
from app.staff.queries import staff_rows
from app.staff.records import PasswordForm, StaffChange, StaffForm, StaffRow
from app.work import Topic, Verb
from ui.kit.buttons import Button
from ui.kit.cards import Card, EmptyState
from ui.kit.cells import Cell, Column
from ui.kit.check_card import CheckCard
from ui.kit.editors import Editor
from ui.kit.form import FormView
from ui.kit.labels import Elided, Label, mark
from ui.kit.layout import scrolling
from ui.kit.page import Page
from ui.kit.table import RecordTable
from ui.kit.two_panes import TwoPanes

MAY: Final[dict[Role, str]] = {
    Role.CASEWORKER: N_("Takes people in, assesses, proposes relief, issues papers"),
    Role.SUPERVISOR: N_("Puts households on file, approves relief, confirms standards"),
    Role.FINANCE: N_("Keeps the funds, pays in batches, takes bank results in"),
    Role.LOAN_OFFICER: N_("Keeps the guaranteed loans"),
    Role.JOB_OFFICER: N_("Keeps jobs and placements"),
    Role.AUDITOR: N_("Reads everything, changes nothing"),
    Role.ADMINISTRATOR: N_("Keeps staff and standards, sees no cases"),
}
"""What each role may do, in one line; `app.staff.rights` is what holds."""

Again = Annotated[str, Secret(label=N_("Password once more"))]


class NewPerson(StaffForm):
    """A new member of staff with the password typed twice."""

    again: Again


class NewPassword(PasswordForm):
    """A new password typed twice."""

    again: Again


class RolesEditor(Editor):
    """The seven roles as cards to check, each with what it may do."""

    def __init__(self, field: Field) -> None:
        super().__init__(field)
        self.cards = {role: CheckCard(role.label, _(MAY[role]), f"role_{role}") for role in Role}
        grid = QGridLayout()
        grid.setSpacing(8)
        for at, card in enumerate(self.cards.values()):
            grid.addWidget(card, at // 2, at % 2)
            card.clicked.connect(self.edited)
            card.installEventFilter(self)
        self.row.addLayout(grid)

    def target(self) -> QWidget:
        """Return the first card."""
        return self.cards[Role.CASEWORKER]

    def text(self) -> str:
        """Return the stored words of the roles, parted by spaces."""
        return " ".join(role.value for role in self.value())

    def set_text(self, text: str) -> None:
        """Check the roles that `text` names."""
        self.set_value(tuple(Role(word) for word in text.split()))

    def value(self) -> tuple[Role, ...]:
        """Return the checked roles."""
        return tuple(role for role, card in self.cards.items() if card.isChecked())

    def set_value(self, value: Any) -> None:
        """Check these roles."""
        for role, card in self.cards.items():
            card.setChecked(role in (value or ()))

    def trouble(self) -> Problem | None:
        """Return that somebody would have no role."""
        return None if self.value() else self._problem("missing", N_("Choose at least one role"))

    def set_state(self, state: str) -> None:
        """Mark the cards when none is checked."""
        for card in self.cards.values():
            mark(card.frame, state=state)

    def set_read_only(self) -> None:
        """Let the roles be read only."""
        self.read_only = True
        for card in self.cards.values():
            card.setEnabled(False)


@dataclass(frozen=True)
class _Task:
    """What the right pane is for: its form, its words (message ids) and its act."""

    form: QWidget
    title: str
    says: str
    words: str
    verb: Verb[Any, Any]
    run: Callable[[], object]


class StaffPage(Page):
    """The list at the left; at the right a person, a new person, or a new password."""

    name = "staff"
    title = N_("Staff")
    icon = "users-round"
    shows = frozenset({Topic.STAFF})

    def build(self) -> None:
        """Compose the list and the three forms."""
        self._person: StaffRow | None = None
        self._added: int | None = None
        self.new = self.add_act(
            Button(_("Add a person"), self.begin_adding, key="Alt+N", icon="user-round-plus",
                   name="act_begin_staff")
        )  # fmt: skip
        self.new.allow(self.desk.reason(add_staff))
        self.panes = TwoPanes(self._make_list(), self._make_forms(), (520, 640))
        self.add(self.panes, 1)
        self.changing = _Task(
            self.change,
            "{name}",
            N_("User name {user}. Roles may be combined; whoever proposes never approves it."),
            N_("Save changes"),
            change_staff,
            self._change,
        )
        self.adding = _Task(
            self.newcomer,
            N_("New person"),
            N_("The user name cannot be changed later. Tell the person the password in private"),
            N_("Add this person"),
            add_staff,
            self._add,
        )
        self.giving = _Task(
            self.secret,
            N_("New password for {name}"),
            N_("The old password opens nothing from now on"),
            N_("Set the password"),
            note_new_password,
            self._set_password,
        )
        self._turn_to(self.changing)

    def _make_list(self) -> QWidget:
        self.table = RecordTable(
            StaffRow,
            [
                Column("name", width=130, cell=lambda row: Cell(row.name, row.user, bold=True)),
                Column("roles", width=150, cell=_roles_cell, stretch=True),
                Column("active", _("State"), 86, _state_cell),
                Column("since", width=100),
            ],
            name="table_staff",
            two_lines=True,
            empty=EmptyState(_("Nobody is in the list yet")),
        )
        self.table.picked.connect(self._pick)
        self.table.opened.connect(self._enter)
        return self.table

    def _make_forms(self) -> QWidget:
        roles = {"roles": RolesEditor}
        self.change = FormView(
            StaffChange,
            ["name", "active", "roles"],
            spans={"name": 5, "active": 7, "roles": 12},
            editors=roles,
            name="form_change_staff",
        )
        self.newcomer = FormView(
            NewPerson,
            ["name", "user", "password", "again", "roles"],
            spans={"name": 6, "user": 6, "password": 6, "again": 6, "roles": 12},
            editors=roles,
            name="form_add_staff",
        )
        self.secret = FormView(
            NewPassword,
            ["password", "again"],
            spans={"password": 6, "again": 6},
            fixed={"user": ""},
            name="form_password",
        )
        self.forms = QStackedWidget()
        for form in (self.change, self.newcomer, self.secret):
            self.forms.addWidget(form)
        card = Card(flush=True)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(16, 12, 16, 4)
        column.setSpacing(10)
        self._what = Label(role="section")
        self._what.setObjectName("staff_what")
        self._says = Label(role="small", wrap=True)
        column.addWidget(self._what)
        column.addWidget(self._says)
        column.addWidget(self.forms, 1)
        card.add(scrolling(inside))
        self._compose_foot(card.add_foot())
        return card

    def _compose_foot(self, foot: QHBoxLayout) -> None:
        foot.setContentsMargins(16, 10, 16, 10)
        self._hint = Elided(role="small")
        foot.addWidget(self._hint, 1)
        self.password = Button(
            _("New password…"), self.begin_password, kind="quiet", icon="key-round",
            name="act_begin_password",
        )  # fmt: skip
        self.back = Button(_("Go back"), self._cancel, name="act_cancel")
        self.save = Button(
            _("Save changes"), self._save, kind="primary", key="F9", name="act_change_staff"
        )
        for button in (self.password, self.back, self._take(self.save)):
            foot.addWidget(button)

    # What is shown

    def refresh(self) -> None:
        """Ask for the list."""
        self.desk.ask(staff_rows, Nothing(), then=self._show_rows, latest=self.table)

    def _show_rows(self, rows: list[StaffRow]) -> None:
        here = sum(row.active for row in rows)
        self.set_context(_("{count} work here").format(count=here))
        self.table.show_rows(rows)
        if self._added is not None:
            added, self._added = self._added, None
            self.table.select_where(lambda row: row.id == added)
        self._pick(self.table.current())

    def first_focus(self) -> QWidget:
        """Return the list."""
        return self.table.first()

    def _pick(self, row: StaffRow | None) -> None:
        """Show a person to be changed, unless a new one is being typed."""
        self._person = row
        typing = self._task is self.adding and self.newcomer.dirty()
        if row is None or typing:
            return
        self.change.set_record(
            StaffChange(
                id=row.id, version=row.version, name=row.name, roles=row.roles, active=row.active
            )
        )
        self._turn_to(self.changing)

    def _turn_to(self, task: _Task) -> None:
        """Turn the right pane to another task."""
        self._task = task
        person = self._person
        name, user = (person.name, person.user) if person else ("", "")
        self.forms.setCurrentWidget(task.form)
        self._what.setText(_(task.title).format(name=name) or _("Nobody is chosen"))
        self._says.setText(_(task.says).format(user=user))
        own = task is self.giving and user == self.desk.actor.user
        closed = "" if own else self.desk.reason(task.verb)
        if person is None and task is not self.adding:
            closed = _("Nobody is chosen")
        self.save.setText(_(task.words))
        self.save.setObjectName(f"act_{task.verb.name.rpartition('.')[2]}")
        self.save.allow(closed)
        self.offer("F9", self.save.words(), self.save.click, closed)
        self._hint.setText(closed)
        mine = user == self.desk.actor.user
        self.password.allow("" if mine else self.desk.reason(note_new_password))
        self.password.setVisible(task is self.changing and person is not None)
        self.back.setHidden(task is self.changing)

    # Acts

    def begin_adding(self) -> None:
        """Show the form for a new person."""
        self.newcomer.clear()
        self._turn_to(self.adding)
        self.panes.enter()
        self.newcomer.focus("name")

    def begin_password(self) -> None:
        """Show the form for a new password of the chosen person."""
        if self._person is not None:
            self.secret.clear()
            self._turn_to(self.giving)
            self.secret.focus("password")

    def _cancel(self) -> None:
        self._turn_to(self.changing)
        self._pick(self.table.current())
        self.table.view.setFocus()

    def _enter(self, _row: object) -> None:
        self.panes.enter()
        self.change.focus("name")

    def _save(self) -> None:
        self._task.run()

    def _change(self) -> None:
        if (record := self.change.record()) is not None:
            says = _("Saved: {name}").format(name=record.name)
            self.desk.perform(
                change_staff,
                record,
                then=lambda _nothing: self.toast.emit(says, None),
                invalid=self.change.show_problems,
            )

    def _add(self) -> None:
        typed = self.newcomer.record()
        if typed is None or not _twice(self.newcomer, typed.password, typed.again):
            return
        form = StaffForm(
            user=typed.user, name=typed.name, roles=typed.roles, password=typed.password
        )

        def added(staff_id: int) -> None:
            self._added = staff_id
            self.newcomer.clear()
            self._turn_to(self.changing)
            self.toast.emit(_("Added: {name}").format(name=form.name), None)

        self.desk.add_staff(form, then=added, invalid=self.newcomer.show_problems)

    def _set_password(self) -> None:
        typed, person = self.secret.record(), self._person
        if typed is None or person is None:
            return
        if not _twice(self.secret, typed.password, typed.again):
            return

        def changed() -> None:
            self.secret.clear()
            self._turn_to(self.changing)
            self.toast.emit(_("New password set: {name}").format(name=person.name), None)

        form = PasswordForm(user=person.user, password=typed.password)
        self.desk.change_password(form, then=changed, invalid=self.secret.show_problems)

    def before_leaving(self) -> None:
        """Forget typed passwords: they are never kept."""
        self.secret.clear()
        for name in ("password", "again"):
            self.newcomer.boxes[name].editor.set_value(None)

    def compact(self, width: int, height: int) -> None:
        """Show the list or the person where there is no room for both."""
        self.panes.set_narrow(width < 1100 or height < 560)
        self.table.hide_columns({"since"} if width < 1320 else set())


def _twice(form: FormView[Any], first: str, again: str) -> bool:
    """Tell whether a password was typed the same twice; mark it otherwise."""
    if first == again:
        return True
    says = N_("The two passwords differ")
    form.show_problems(Invalid([Problem("again", "differs", says)]))
    return False


def _roles_cell(row: StaffRow) -> Cell:
    return Cell("、".join(role.label for role in row.roles))


def _state_cell(row: StaffRow) -> Cell:
    if row.active:
        return Cell(_("Works here"), icon="circle-check", tone="ok")
    return Cell(_("Has left"), icon="circle", tone="text_faint")
