"""Command ``doctor``: looks over what the program stands on, and says what to do about it."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from app.cli.arguments import add_json
from app.cli.files import write_file
from app.cli.output import DONE, REFUSED, give, say, table
from app.core.i18n import _

if TYPE_CHECKING:
    from app.cli.health import Finding


def doctor_parser(part: argparse.ArgumentParser) -> None:
    """Describe ``doctor``."""
    part.add_argument(
        "--certificate",
        type=Path,
        metavar="OUT.pdf",
        help=_("prove the whole: make a demonstration center aside and print a certificate"),
    )
    add_json(part)


def doctor(chosen: argparse.Namespace) -> int:
    """Look over fonts, printers, input method, store, disk and libraries.

    What is to be looked at does not fail the command, a problem does.
    """
    from app.cli.health import Health, look_over  # noqa: PLC0415 - loads the libraries

    found = list(look_over(chosen.store))
    if chosen.certificate:
        found.append(_certificate(chosen.certificate))
    if chosen.json:
        give(
            [
                {"part": each.part.value, "health": each.health.value, "says": each.says}
                for each in found
            ]
        )
    else:
        rows = [(each.health.label, each.part.label, each.says) for each in found]
        say(*table(rows, (_("State"), _("Part"), _("Finding"))))
    return REFUSED if any(each.health is Health.PROBLEM for each in found) else DONE


def _certificate(place: Path) -> "Finding":
    """Write a certificate of an invented household, made in a store that is then thrown away."""
    from app.cli.health import Finding, Health, Part  # noqa: PLC0415 - as above
    from app.cli.sample import sample_certificate  # noqa: PLC0415 - loads the database library

    write_file(place, sample_certificate())
    says = _("A store was made and opened, a certificate printed: {file}").format(file=place)
    return Finding(Part.PAPERS, Health.OK, says)
