"""What the center demands of an import and of its undoing."""

from app.core.errors import NotFound, RuleBroken
from app.core.i18n import N_


class ImportHasErrors(RuleBroken):
    """Something is wrong with the workbook, and nobody said that it shall be left out."""

    says = N_(
        "{count} errors are in the workbook. Nothing was written; mend them, or leave out what "
        "they are in."
    )


class NothingToImport(RuleBroken):
    """No household of the workbook can be taken in."""

    says = N_("There is no household to import in the workbook. Nothing was written.")


class ImportUndone(RuleBroken):
    """The import was undone already."""

    says = N_("The import {number} was undone already.")


class ImportTouched(RuleBroken):
    """A later act rests on what was imported."""

    says = N_(
        "{name} ({file}) was worked on after the import ({what}), so the import cannot be undone. "
        "Nothing was changed; close the files that should not be there one by one."
    )


class NoSuchImport(NotFound):
    """There is no import of that number."""

    says = N_("There is no import {what}.")


class FileGone(RuleBroken):
    """The file that was to be completed is not open any more."""

    says = N_(
        "The file of {name} is not open any more, so it cannot be completed. Nothing was "
        "written; read the workbook once more."
    )


class NumberInUse(RuleBroken):
    """A file number of the workbook was given to somebody meanwhile."""

    says = N_(
        "A file number of the workbook is in use by now. Nothing was written; read the workbook "
        "once more."
    )


class Stopped(RuleBroken):
    """Somebody stopped the reading."""

    says = N_("The import was stopped. Nothing was written.")
