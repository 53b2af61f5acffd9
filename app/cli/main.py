"""Reads the command line and runs one command. Qt is never loaded here."""

import argparse
import importlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from app import __version__
from app.cli.output import DONE, REFUSED, complain
from app.core.errors import AppError, Invalid
from app.core.i18n import DEFAULT_LANGUAGE, N_, _, use_language

COMMANDS: Final[dict[str, tuple[str, str]]] = {
    "init": ("app.cli.stores", N_("make a new real store without the screen")),
    "demo": ("app.cli.stores", N_("make a demonstration center")),
    "staff": ("app.cli.stores", N_("keep the accounts of a store")),
    "check": ("app.cli.stores", N_("check a store: file, trail, ledger, seals")),
    "verify": ("app.cli.papers", N_("tell whether a paper is ours, unchanged, not void")),
    "facts": ("app.cli.policy", N_("list what policy may ask")),
    "policy": ("app.cli.policy", N_("list the packs in force, check a pack file")),
    "assess": ("app.cli.policy", N_("assess one situation, with reasons")),
    "doctor": ("app.cli.doctor", N_("look over fonts, printers, input method, store and disk")),
}
"""Each command with the module that holds ``<command>_parser`` and ``<command>``."""

SCREEN: Final = ("tour",)
"""Commands that need the screens; `ui.__main__` runs them."""


def parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line."""
    whole = argparse.ArgumentParser(
        prog="bangfu",
        description=_("Case management for a trade-union hardship assistance center"),
        epilog=_("Without a command, the desk is opened."),
    )
    whole.add_argument("--version", action="version", version=f"bangfu {__version__}")
    whole.add_argument("--store", type=Path, help=_("the store to open"))
    whole.add_argument(
        "--demo", action="store_true", help=_("open the demonstration center, made when missing")
    )
    commands = whole.add_subparsers(dest="command", metavar="COMMAND")
    for name, (module, says) in COMMANDS.items():
        part = commands.add_parser(name, help=_(says), description=_(says))
        getattr(importlib.import_module(module), f"{name}_parser")(part)
    tour = commands.add_parser("tour", help=_("do the main job through the real pages"))
    tour.add_argument("--out", type=Path, required=True, help=_("folder for pictures and papers"))
    return whole


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """Read the command line; wrong usage ends the program with exit code 2."""
    use_language(os.environ.get("BANGFU_LANGUAGE", DEFAULT_LANGUAGE))
    return parser().parse_args(arguments)


def run(chosen: argparse.Namespace) -> int:
    """Run a command that needs no screen; return the exit code."""
    module, _says = COMMANDS[chosen.command]
    try:
        return int(getattr(importlib.import_module(module), chosen.command)(chosen))
    except Invalid as error:
        complain(*(f"{item.field}: {item.tell()}" for item in error.problems))
        return REFUSED
    except AppError as error:
        complain(error.tell())
        return REFUSED
    except BrokenPipeError:
        sys.stderr.close()
        return DONE
