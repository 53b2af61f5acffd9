"""The first people: one line a role, the supervisor apart from the others."""

from dataclasses import replace
from typing import Annotated, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QGridLayout,
    QWidget,
)

from app.core.errors import Invalid, Problem
from app.core.i18n import N_
from app.core.kinds import Name, Secret, Text
from app.core.record import Record
from app.core.words.staff import Role
from app.staff.records import StaffForm
from app.staff.rules import check_password, check_user_name
from ui import theme
from ui.first_start.steps import Step
from ui.kit.cards import Card
from ui.kit.form import FormView
from ui.kit.labels import Label

ROLES: Final = (Role.CASEWORKER, Role.SUPERVISOR, Role.FINANCE, Role.ADMINISTRATOR)
"""The roles without which no case can be brought to its end."""


_PERSON: Final = ("name", "user", "password", "again")


class PersonForm(Record):
    """One of the first people. Whoever stands in two lines types the password once."""

    name: Annotated[str, Name(label=N_("Name"))]
    user: Annotated[str, Text(label=N_("User name"), max_length=24)]
    password: Annotated[str, Secret(label=N_("Password"))] = ""
    again: Annotated[str, Secret(label=N_("Password once more"))] = ""


class PeopleStep(Step):
    """Who works here: one line a role, at least two people."""

    name = N_("People and roles")
    question = N_("Who works here?")
    about = N_(
        "The supervisor has to be a person of their own; one person may hold the other roles: "
        "write the same user name again. More people can be added later."
    )

    def __init__(self) -> None:
        super().__init__()
        card = Card()
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(0)
        self.forms: dict[Role, FormView[PersonForm]] = {}
        for at, role in enumerate(ROLES):
            form = FormView(PersonForm, name=f"person_{role}", spans=dict.fromkeys(_PERSON, 3))
            self.forms[role] = form
            label = Label(role.label, "strong")
            label.setContentsMargins(0, theme.px(26), 0, 0)
            grid.addWidget(label, at, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(form, at, 1)
        grid.setColumnStretch(1, 1)
        card.add(grid)
        self.column.addWidget(card)
        self.column.addStretch(1)

    def ready(self) -> bool:
        """Check every line and who is who."""
        return self.staff() is not None

    def staff(self) -> tuple[StaffForm, ...] | None:
        """Return the people with their roles, or `None` after marking what is wrong."""
        people: dict[str, StaffForm] = {}
        for role, form in self.forms.items():
            typed = form.record()
            if typed is None:
                return None
            known = people.get(typed.user)
            problem = self._problem(typed, known, role)
            if problem is not None:
                form.show_problems(Invalid([problem]))
                return None
            if known is None:
                people[typed.user] = StaffForm(
                    user=typed.user, name=typed.name, roles=(role,), password=typed.password
                )
            else:
                roles = (*known.roles, role)
                people[typed.user] = replace(known, roles=roles)  # pyright: ignore[reportArgumentType] - a Record is a dataclass
        return tuple(people.values())

    def _problem(self, typed: PersonForm, known: StaffForm | None, role: Role) -> Problem | None:
        if known is not None:
            if Role.SUPERVISOR in (role, *known.roles):
                return Problem("user", "supervisor", N_("The supervisor has to be another person"))
            if typed.name != known.name:
                says = N_("This user name is {name}'s")
                return Problem("user", "taken", says, {"name": known.name})
            return None
        try:
            check_user_name(typed.user)
            check_password(typed.password)
        except Invalid as error:
            return error.problems[0]
        if typed.password != typed.again:
            return Problem("again", "differs", N_("The two passwords differ"))
        return None

    def first(self) -> QWidget:
        """Return the first name."""
        return self.forms[Role.CASEWORKER].first()
