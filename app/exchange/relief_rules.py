"""What the center demands of an import of past relief."""

from app.core.errors import RuleBroken
from app.core.i18n import N_


class NoReliefToImport(RuleBroken):
    """No payment of the workbook can be taken in."""

    says = N_("There is no payment to import in the workbook. Nothing was written.")


class FileWithdrawn(RuleBroken):
    """A file that payments belong to was withdrawn after the workbook was read."""

    says = N_(
        "The file of {name} is not there any more. Nothing was written; read the workbook once "
        "more."
    )


class FileImported(RuleBroken):
    """The same file came in before: its payments would count twice."""

    says = N_(
        "This file came in as import {number} already; its payments would count twice. Nothing "
        "was written; undo that import first if it was wrong."
    )
