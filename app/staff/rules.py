"""What the center demands of its staff list."""

import re

from app.core.errors import Invalid, Problem, RuleBroken
from app.core.i18n import N_
from app.core.words.staff import Role

USER_NAME = re.compile(r"[a-z][a-z0-9_.-]{1,23}")

COMMON_PASSWORDS = frozenset({"12345678", "123456789", "password", "11111111", "88888888"})


class LastAdministrator(RuleBroken):
    """Nobody would be left to keep staff."""

    says = N_("{name} is the only administrator left. Give the role to somebody else first.")


class UserTaken(RuleBroken):
    """The user name stands in the list."""

    says = N_("The user name {user} is taken. Please choose another.")


def check_user_name(user: str) -> None:
    """Raise `Invalid` when ``user`` is not a user name: small letters and digits, 2 to 24."""
    if not USER_NAME.fullmatch(user):
        says = N_("A user name begins with a small letter and has 2 to 24 letters or digits")
        raise Invalid([Problem("user", "user_name", says)])


def check_roles(roles: tuple[Role, ...]) -> None:
    """Raise `Invalid` when somebody would have no role."""
    if not roles:
        raise Invalid([Problem("roles", "missing", N_("Choose at least one role"))])


def check_password(password: str) -> None:
    """Raise `Invalid` for a password that is too short or on everybody's list."""
    if len(password) < 8:
        says = N_("The password has {found} characters, at least 8 are needed")
        raise Invalid([Problem("password", "too_short", says, {"found": len(password)})])
    if password in COMMON_PASSWORDS or len(set(password)) < 3:
        says = N_("Everybody tries this password first. Please choose another")
        raise Invalid([Problem("password", "common", says)])
