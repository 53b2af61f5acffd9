"""Prints the acceptance receipt at once; without a printer it stays under “To print”."""

from collections.abc import Callable

from app.cases.records import Accepted
from app.core.i18n import N_, _
from ui.desk import Desk
from ui.issuing import print_at_once

PRINTED = N_("{number} accepted, one receipt printed")
LEFT = N_("{number} accepted; the receipt stands under “To print”")


def print_receipt(desk: Desk, accepted: Accepted, say: Callable[[str], object]) -> None:
    """Print the receipt of a case and note the print; say whether a printer took it."""

    def then(printed: bool) -> None:
        say(_(PRINTED if printed else LEFT).format(number=accepted.case_number))

    print_at_once(desk, accepted.paper_id, then)
