"""Makes what the first start asked for. Runs beside the screen; knows no Qt."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from app import entrance
from app.center.records import CenterForm, ValueForm
from app.core.words.staff import Role
from app.settings.face import Face, write_face
from app.staff.records import StaffForm

Told = Callable[[int, int], object]
"""Hears how many of how many are done."""


@dataclass(frozen=True)
class Plan:
    """All that was asked for a real center."""

    store: Path
    center: CenterForm
    staff: tuple[StaffForm, ...]
    values: tuple[ValueForm, ...] = ()


@dataclass(frozen=True)
class Guest:
    """Who can sign in to the demonstration."""

    user: str
    name: str
    role: str
    password: str


def make_center(plan: Plan) -> str:
    """Make a real center in its workshop; return the recovery key.

    It is opened again as the administrator, who enters the values; the supervisor confirms them
    later.
    """
    entrance.clear_workshop(plan.store)
    made = entrance.workshop_of(plan.store)
    recovery_key = entrance.make_store(made, plan.center, list(plan.staff))
    enters = next(person for person in plan.staff if Role.ADMINISTRATOR in person.roles)
    entrance.enter_first_values(made, enters.user, enters.password, plan.values)
    return recovery_key


def open_center(plan: Plan) -> Path:
    """Let the finished center take its place; return its store."""
    entrance.put_in_place(plan.store)
    write_face(plan.store, Face(plan.center.name, plan.center.union_name))
    return plan.store


def make_demonstration(store: Path, told: Told) -> list[Guest]:
    """Make the demonstration at ``store`` unless it is there; return who can sign in."""
    from app.demo.center import (  # noqa: PLC0415 - loads the database library
        CENTER,
        PASSWORD,
        STAFF,
        create,
    )

    if not store.exists():
        entrance.clear_workshop(store)
        create(entrance.workshop_of(store), told=told)
        entrance.put_in_place(store)
        write_face(store, Face(CENTER.name, CENTER.union_name, demonstration=True))
    return [Guest(user, name, role.label, PASSWORD) for user, name, role in STAFF]
