"""Reads the command line and runs one command. Qt is never loaded here."""

import argparse
import importlib
import io
import os
import sys
from collections.abc import Callable, Sequence
from keyword import iskeyword
from pathlib import Path
from typing import Final

from app import __version__
from app.cli.arguments import speak
from app.cli.output import DONE, REFUSED, complain
from app.core.errors import AppError, Invalid
from app.core.i18n import N_, _, use_language
from app.settings import demo_store, read_settings

COMMANDS: Final[dict[str, tuple[str, str]]] = {
    "init": ("app.cli.stores", N_("make a new real store without the screen")),
    "demo": ("app.cli.stores", N_("make a demonstration center")),
    "facts": ("app.cli.policy", N_("list what policy may ask")),
    "policy": ("app.cli.policy", N_("list the packs in force, check a pack file")),
    "assess": ("app.cli.policy", N_("assess one situation, with reasons")),
    "import": ("app.cli.imports", N_("take files in, undo an import")),
    "loan": ("app.cli.loans", N_("tell the instalments of a loan")),
    "report": ("app.cli.reports", N_("tell a year or a month: relief, funds, files, cases")),
    "verify": ("app.cli.papers", N_("tell whether a paper is ours, unchanged, not void")),
    "check": ("app.cli.stores", N_("check a store: file, trail, ledger, seals")),
    "backup": ("app.cli.backups", N_("make, list and check backups of a store")),
    "restore": ("app.cli.backups", N_("restore a backup to a new place")),
    "staff": ("app.cli.staff", N_("keep the accounts of a store")),
    "doctor": ("app.cli.doctor", N_("look over fonts, printers, input method, store and disk")),
}
"""Each command with the module that holds ``<command>_parser`` and ``<command>``, or
``<command>_`` where the word means something else in Python."""

INTERRUPTED: Final = 130
"""The exit code after Ctrl+C, as of shells."""


def parser(arguments: Sequence[str] = tuple(COMMANDS)) -> argparse.ArgumentParser:
    """Return the parser of the whole command line.

    Only what stands in ``arguments`` is read in full: without a command the desk is wanted, and
    the modules of all the commands would delay its window.
    """
    whole = argparse.ArgumentParser(
        prog="bangfu",
        description=_("Case management for a trade-union hardship assistance center"),
        epilog=_(
            "Without a command, the desk is opened. Exit codes: 0 done, 1 refused or problems "
            "found, 2 wrong usage."
        ),
    )
    whole.add_argument(
        "--version",
        action="version",
        version=f"bangfu {__version__}",
        help=_("show program's version number and exit"),
    )
    whole.add_argument("--store", type=Path, metavar="PATH", help=_("the store to open"))
    whole.add_argument(
        "--demo", action="store_true", help=_("open the demonstration center, made when missing")
    )
    commands = whole.add_subparsers(dest="command", metavar=_("COMMAND"), title=_("commands"))
    for name, (module, says) in COMMANDS.items():
        part = commands.add_parser(name, help=_(says), description=_(says))
        if name in arguments:
            getattr(importlib.import_module(module), f"{name}_parser")(part)
    says = _("do the main job through the real pages, without a screen")
    tour = commands.add_parser("tour", help=says, description=says)
    tour.add_argument(
        "--out", type=Path, required=True, metavar="DIR", help=_("folder for pictures and papers")
    )
    return whole


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """Read the command line; wrong usage ends the program with exit code 2.

    The language is that of BANGFU_LANGUAGE, else the one chosen on this workstation.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a rare name on a console that cannot show it
    use_language(os.environ.get("BANGFU_LANGUAGE") or read_settings().language)
    speak()
    return parser(arguments).parse_args(arguments)


def run(chosen: argparse.Namespace) -> int:
    """Run a command that needs no screen; return the exit code."""
    if chosen.demo and not chosen.store:
        chosen.store = demo_store()
    module, _says = COMMANDS[chosen.command]
    name = chosen.command + "_" * iskeyword(chosen.command)
    return told(lambda: int(getattr(importlib.import_module(module), name)(chosen)))


def told(command: Callable[[], int]) -> int:
    """Run a command and return its exit code; what stops it is told in a sentence."""
    try:
        code = command()
        sys.stdout.flush()
    except Invalid as error:
        complain(*(f"{problem.field}: {problem.tell()}" for problem in error.problems))
        return REFUSED
    except AppError as error:
        complain(error.tell())
        return REFUSED
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:  # the reader, such as `head`, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    return code
