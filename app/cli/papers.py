"""Command about papers: ``verify``."""

import argparse
from dataclasses import replace
from pathlib import Path

from app.cli.output import DONE, REFUSED, give, say
from app.cli.stores import open_here
from app.core.i18n import _
from app.core.record import Nothing
from app.papers.examine import Verdict as Examined
from app.papers.examine import examine, read_sheet
from app.papers.records import Code, Verdict
from app.papers.seal import check as check_signature


def verify_parser(part: argparse.ArgumentParser) -> None:
    """Describe ``verify``."""
    part.add_argument("what", help=_("a PDF of ours, a check code, a number or the text of a QR"))
    part.add_argument(
        "--public-key",
        metavar="HEX",
        help=_("check the signature of a PDF or QR without the store; void is not known then"),
    )
    part.add_argument("--json", action="store_true")


def verify(chosen: argparse.Namespace) -> int:
    """Tell whether a paper is ours, unchanged and not void."""
    pdf = Path(chosen.what).read_bytes() if chosen.what.lower().endswith(".pdf") else None
    if chosen.public_key:
        verdict = _by_signature(chosen.what, pdf, bytes.fromhex(chosen.public_key))
    else:
        verdict = _by_register(chosen, pdf)
    if chosen.json:
        give(
            {
                "paper": verdict.paper,
                "kind": verdict.kind.value if verdict.kind else None,
                "number": verdict.number,
                "issued_on": verdict.issued_on.isoformat() if verdict.issued_on else None,
                "void_reason": verdict.void_reason,
            }
        )
    else:
        words = {
            "genuine": _("Genuine: {number}, issued on {day}."),
            "void": _("Void: {number}. {reason}"),
            "altered": _("Altered: what it says is not what was issued."),
            "unknown": _("Unknown: it is not a paper of this center."),
        }
        say(
            words[verdict.paper].format(
                number=verdict.number, day=verdict.issued_on, reason=verdict.void_reason
            )
        )
    return DONE if verdict.paper == "genuine" else REFUSED


def _by_signature(text: str, pdf: bytes | None, key: bytes) -> Verdict:
    """Ask the signature alone."""
    if pdf is None:
        claims, paper = check_signature(key, text), "genuine"
    else:
        found = examine(pdf, key)
        claims, paper = found.claims, found.verdict.value
    if claims is None:
        return Verdict(paper="unknown")
    return Verdict(paper=paper, kind=claims.kind, number=claims.number, issued_on=claims.issued_on)


def _by_register(chosen: argparse.Namespace, pdf: bytes | None) -> Verdict:
    """Ask the register of the store, and for a PDF also whether its pages are as issued."""
    from app.papers import queries  # noqa: PLC0415 - loads the database library

    office, actor = open_here(chosen)
    try:
        if pdf is None:
            return office.ask(actor, queries.verify, Code(text=chosen.what))
        key = bytes.fromhex(office.ask(actor, queries.verifying_key, Nothing()))
        found, sheet = examine(pdf, key), read_sheet(pdf)
        if sheet is None:
            return Verdict(paper="unknown")
        registered = office.ask(actor, queries.verify, Code(text=sheet.payload))
    finally:
        office.close()
    if registered.paper == "genuine" and found.verdict is not Examined.GENUINE:
        return replace(registered, paper=found.verdict.value)  # pyright: ignore[reportArgumentType] - a Record is a dataclass
    return registered
