"""Command ``doctor``: looks over what the program stands on, and says what to do about it."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from app.cli.output import DONE, REFUSED, give, say, table
from app.core.i18n import _

if TYPE_CHECKING:
    from app.cli.health import Finding


def doctor_parser(part: argparse.ArgumentParser) -> None:
    """Describe ``doctor``."""
    part.add_argument("--json", action="store_true", help=_("for other programs"))
    part.add_argument(
        "--certificate",
        type=Path,
        metavar="OUT.pdf",
        help=_("also prove the whole: make a demonstration center aside and print a certificate"),
    )


def doctor(chosen: argparse.Namespace) -> int:
    """Look over fonts, printers, input method, store, disk and libraries.

    What is to be looked at does not fail the command, a problem does.
    """
    from app.cli.health import Health, look_over  # noqa: PLC0415 - loads the libraries

    found = list(look_over(chosen.store))
    if chosen.certificate:
        found.append(_certificate(chosen.certificate))
    if chosen.json:
        give([{"part": item.part, "health": item.health, "says": item.says} for item in found])
    else:
        cells = [(item.health.label, item.part, item.says) for item in found]
        say(*table(cells, (_("State"), _("Part"), _("Finding"))))
    return REFUSED if any(item.health is Health.PROBLEM for item in found) else DONE


def _certificate(place: Path) -> "Finding":
    """Write a certificate of an invented household, made in a store that is then thrown away."""
    from app.cli.health import Finding, Health  # noqa: PLC0415 - as above
    from app.cli.sample import sample_certificate  # noqa: PLC0415 - loads the database library

    place.write_bytes(sample_certificate())
    says = _("A store was made, opened and a certificate printed: {file}").format(file=place)
    return Finding("certificate", Health.OK, says)
