"""What the center demands before whole files are merged, split or changed in their members."""

from app.core.errors import RuleBroken
from app.core.i18n import N_


class SameHousehold(RuleBroken):
    """A household cannot be merged with itself."""

    says = N_("These are one and the same household. Choose another one.")


class KeepTheOpenFile(RuleBroken):
    """The file that is in force is the one that is kept."""

    says = N_("The file {file} is the one in force. Keep that one and give the other up.")


class MoneyOnTheWay(RuleBroken):
    """Nothing moves while a bank is paying."""

    says = N_(
        "Batch {batch} pays {number} to one of these households and has no answer of the bank "
        "yet. Take the bank result in, or take the line out, then try again."
    )


class StepInBoth(RuleBroken):
    """Both files are in the same step at this moment, and a file is in a step once."""

    says = N_(
        "Both files have the same kind of step open at this moment. Finish or withdraw one of "
        "them, then try again."
    )


class NotPaired(RuleBroken):
    """The same number stands in both households: it is one person."""

    says = N_("{name} stands in both households with the same ID number: this is one person.")


class WrongPair(RuleBroken):
    """What was chosen does not fit the households as they stand."""

    says = N_("The people chosen do not stand in these households any more. Compare them anew.")


class HeadStays(RuleBroken):
    """The head is not taken out of the own file."""

    says = N_("{name} is the head. Change the head first, then let {name} go.")


class FileNotOpen(RuleBroken):
    """Only an open file has members who come and go."""

    says = N_("The file of {name} is not open: its members stay as they were then.")


class StandsThere(RuleBroken):
    """The person stands in the other household already."""

    says = N_("{name} stands in that household already. Merge the two households instead.")


class OpenMatter(RuleBroken):
    """What is decided on or in hand for a person is finished where it was begun."""

    says = N_(
        "{number} for {name} is not finished. Finish or withdraw it first, then let {name} go."
    )


class HeadNeedsNumber(RuleBroken):
    """A file is kept under the ID number of its head."""

    says = N_("{name} has no ID number in the file. Write it down first, then change the head.")


class AlreadyUndone(RuleBroken):
    """An act is undone once, and an undoing is not undone."""

    says = N_("This has been undone already, or cannot be undone. Do the act again if needed.")


class TouchedSince(RuleBroken):
    """A later act touched what would go back."""

    says = N_(
        "It cannot be undone any more: {what} was changed or added since. Undo that first if it "
        "can be, or put the files right by another act."
    )
