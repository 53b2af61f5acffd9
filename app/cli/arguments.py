"""The command line in the language in use: headings, mistakes, and the values that are dates."""

import argparse
from datetime import date
from typing import Final

from app.core.i18n import N_, _

HEADINGS: Final = (
    N_("usage: "),
    N_("positional arguments"),
    N_("options"),
    N_("show this help message and exit"),
)
"""What `argparse` writes above its lists."""

MISTAKES: Final = (
    N_("%(prog)s: error: %(message)s\n"),
    N_("argument %(argument_name)s: %(message)s"),
    N_("the following arguments are required: %s"),
    N_("unrecognized arguments: %s"),
    N_("invalid choice: %(value)r (choose from %(choices)s)"),
    N_("invalid %(type)s value: %(value)r"),
    N_("expected one argument"),
    N_("expected at most one argument"),
    N_("expected at least one argument"),
    N_("ignored explicit argument %r"),
    N_("ambiguous option: %(option)s could match %(matches)s"),
    N_("one of the arguments %s is required"),
    N_("not allowed with argument %s"),
)
"""What `argparse` says of a wrong command line."""


def speak() -> None:
    """Let `argparse` ask our catalogue: it looks its words up by the names it imported."""
    argparse._ = _  # pyright: ignore[reportAttributeAccessIssue] - its stubs leave the name out


def day(text: str) -> date:
    """Read a date of the command line; `argparse` tells the mistake."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        says = _("“{text}” is no date; write it as 2022-11-15").format(text=text)
        raise argparse.ArgumentTypeError(says) from None


def add_json(part: argparse.ArgumentParser) -> None:
    """Add ``--json``, which every command that answers something has."""
    part.add_argument("--json", action="store_true", help=_("the answer for other programs"))
