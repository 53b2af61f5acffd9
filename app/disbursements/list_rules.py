"""What the center demands of lists."""

from app.core.errors import Problem, RuleBroken
from app.core.i18n import N_
from app.core.words.disbursements import ListKind, PayWay
from app.disbursements.list_records import ListForm


class EmptyList(RuleBroken):
    """A list needs at least one row."""

    says = N_("There is nobody on this list yet.")


class NotForLists(RuleBroken):
    """Only grants are given on lists, and a series has a way of its own."""

    says = N_("“{measure}” cannot be given on a list. Please choose another measure.")


class NotAgency(RuleBroken):
    """An agency's list is its roster; others are filled from the files."""

    says = N_("{number}: this is done with the roster of an agency, or only without one.")


class ListBegun(RuleBroken):
    """Somebody decided on an award of the list already."""

    says = N_(
        "An award of {number} was decided already, so the list stays. Single awards can still be "
        "taken back."
    )


class NotOnFile(RuleBroken):
    """Nobody of that ID number is in an open file."""

    says = N_("{name} is not on file by this ID number, so no award can be made.")


class SecondRow(RuleBroken):
    """Two rows mean the same people since their files were merged."""

    says = N_("Row {line} is for the same people since the files were merged; it counts once.")


class NoAmount(RuleBroken):
    """Neither the row nor the list says how much."""

    says = N_("No amount is written for this row.")


class NoAccount(RuleBroken):
    """Payment by card needs the account of the file."""

    says = N_("There is no account in the file. Please complete it first.")


def list_problems(form: ListForm) -> list[Problem]:
    """Return what does not fit the kind of list and the way it is given."""
    wanted: tuple[str, ...] = ()
    if form.way is PayWay.GOODS:
        wanted = ("goods", "quantity", "unit_value")
    if form.kind is ListKind.AGENCY:
        wanted += ("document",)
    missing = N_("This has to be filled in.")
    return [Problem(name, "missing", missing) for name in wanted if not getattr(form, name)]
