"""Command about papers: ``verify``."""

import argparse
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from app.cli.arguments import add_json
from app.cli.files import read_file
from app.cli.output import DONE, REFUSED, give, say
from app.cli.stores import open_here
from app.core.errors import AppError
from app.core.i18n import N_, _

if TYPE_CHECKING:
    from app.papers.records import Verdict

KEY_BYTES = 32


class NotAPdf(AppError):
    """The file is no PDF."""

    says = N_("{file} is not a PDF. A paper of ours is a PDF or its check code.")


class NeedsRegister(AppError):
    """A check code or a number says nothing without the register."""

    says = N_(
        "A check code or a number can only be looked up in the register: leave --public-key out "
        "and name the store. The text of the QR code can be checked without it."
    )


def verify_parser(part: argparse.ArgumentParser) -> None:
    """Describe ``verify``."""
    what = part.add_mutually_exclusive_group(required=True)
    what.add_argument(
        "paper",
        nargs="?",
        metavar="FILE.pdf|CODE",
        help=_("a PDF of ours, a check code, a number or the text of a QR code"),
    )
    what.add_argument(
        "--show-key",
        action="store_true",
        help=_("print the center's public key, for checking papers elsewhere"),
    )
    part.add_argument(
        "--public-key",
        type=_key,
        metavar="HEX",
        help=_("check the signature without the store; whether it is void is not known then"),
    )
    add_json(part)


def _key(text: str) -> bytes:
    try:
        key = bytes.fromhex(text)
    except ValueError:
        key = b""
    if len(key) != KEY_BYTES:
        raise argparse.ArgumentTypeError(_("a public key is 64 hexadecimal digits"))
    return key


def verify(chosen: argparse.Namespace) -> int:
    """Tell whether a paper is ours, unchanged and not void. Whom it is about is not said."""
    if chosen.show_key:
        say(_verifying_key(chosen))
        return DONE
    text: str = chosen.paper
    pdf = read_file(Path(text)) if text.lower().endswith(".pdf") else None
    try:
        if chosen.public_key:
            verdict = _by_signature(text, pdf, chosen.public_key)
        else:
            verdict = _by_register(chosen, pdf)
    except ValueError:
        if pdf is None:
            raise
        raise NotAPdf(file=text) from None
    if chosen.json:
        give(
            {
                "paper": verdict.paper,
                "kind": verdict.kind.value if verdict.kind else None,
                "number": verdict.number or None,
                "issued_on": verdict.issued_on.isoformat() if verdict.issued_on else None,
                "void_reason": verdict.void_reason or None,
                "register": not chosen.public_key,
            }
        )
    else:
        _tell(verdict, registered=not chosen.public_key)
    return DONE if verdict.paper == "genuine" else REFUSED


def _tell(verdict: "Verdict", *, registered: bool) -> None:
    sentences = {
        "genuine": _("Genuine: {kind} {number}, issued on {day}."),
        "void": _("Void: {kind} {number}, issued on {day}. Reason: {reason}"),
        "altered": _("Altered: it is not what was issued as {kind} {number}."),
        "unknown": _("Unknown: this is no paper of this center."),
    }
    sentence = sentences[verdict.paper]
    if verdict.paper == "altered" and not verdict.number:
        sentence = _("Altered: it is signed, but not as it is shown here.")
    say(
        sentence.format(
            kind=verdict.kind.label if verdict.kind else "",
            number=verdict.number,
            day=verdict.issued_on,
            reason=verdict.void_reason,
        )
    )
    if verdict.paper == "genuine" and not registered:
        say(_("By its signature alone: whether it was made void, only the register knows."))


def _by_signature(text: str, pdf: bytes | None, key: bytes) -> "Verdict":
    """Ask the signature alone."""
    from app.papers.examine import examine  # noqa: PLC0415 - loads what draws papers
    from app.papers.records import Verdict  # noqa: PLC0415 - on first use
    from app.papers.seal import MARK, check  # noqa: PLC0415 - on first use

    if pdf is not None:
        found = examine(pdf, key)
        claims, paper = found.claims, found.verdict.value
    elif text.strip().upper().startswith(MARK):
        claims, paper = check(key, text), "genuine"
    else:
        raise NeedsRegister
    if claims is None:
        return Verdict(paper="unknown")
    return Verdict(paper=paper, kind=claims.kind, number=claims.number, issued_on=claims.issued_on)


def _by_register(chosen: argparse.Namespace, pdf: bytes | None) -> "Verdict":
    """Ask the register of the store, and for a PDF also whether its pages are as issued."""
    from app.core.record import Nothing  # noqa: PLC0415 - on first use
    from app.papers.examine import Verdict as Examined  # noqa: PLC0415 - loads what draws papers
    from app.papers.examine import examine, read_sheet  # noqa: PLC0415 - loads what draws papers
    from app.papers.queries import verify as look_up  # noqa: PLC0415 - loads the database library
    from app.papers.queries import verifying_key  # noqa: PLC0415 - loads the database library
    from app.papers.records import Code, Verdict  # noqa: PLC0415 - on first use

    sheet = read_sheet(pdf) if pdf is not None else None
    if pdf is not None and (sheet is None or not sheet.payload):
        return Verdict(paper="unknown")
    office, actor = open_here(chosen)
    try:
        registered = office.ask(actor, look_up, Code(text=sheet.payload if sheet else chosen.paper))
        key = bytes.fromhex(office.ask(actor, verifying_key, Nothing()))
    finally:
        office.close()
    if pdf is None or registered.paper != "genuine":
        return registered
    found = examine(pdf, key).verdict
    if found is Examined.GENUINE:
        return registered
    return replace(registered, paper=found.value)  # pyright: ignore[reportArgumentType] - a Record is a dataclass


def _verifying_key(chosen: argparse.Namespace) -> str:
    from app.core.record import Nothing  # noqa: PLC0415 - on first use
    from app.papers.queries import verifying_key  # noqa: PLC0415 - loads the database library

    office, actor = open_here(chosen)
    try:
        return office.ask(actor, verifying_key, Nothing())
    finally:
        office.close()
