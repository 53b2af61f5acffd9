"""What the center demands of a loan on its way to the money, and of what happens to it then."""

from collections.abc import Mapping
from itertools import pairwise
from types import MappingProxyType
from typing import Final

from app.core.errors import RuleBroken
from app.core.i18n import N_
from app.core.words.loans import LoanEventKind, LoanState

WAY: Final = (
    LoanState.ENQUIRED,
    LoanState.CHECKED,
    LoanState.RECOMMENDED,
    LoanState.SURVEYED,
    LoanState.GUARANTEED,
    LoanState.SECURED,
    LoanState.BANK_APPROVED,
    LoanState.REPAYING,
)
"""The way to the money, one step after the other; each step may send back one."""

NEXT: Final[Mapping[LoanState, LoanState]] = MappingProxyType(dict(pairwise(WAY)))
"""The state that the next step of a loan leads to."""

BACK: Final[Mapping[LoanState, LoanState]] = MappingProxyType(
    {there: here for here, there in NEXT.items() if there is not LoanState.REPAYING}
)
"""Where a loan stands again that is sent back."""

OPEN: Final = WAY[:-1]
"""States of a loan that is on its way to the money."""

CHANGEABLE: Final = WAY[: WAY.index(LoanState.GUARANTEED)]
"""States in which the enquiry may still be changed: the committee has not decided on it."""

LENT: Final = (
    LoanState.RECORDED,
    LoanState.REPAYING,
    LoanState.COMPENSATED,
    LoanState.SETTLED,
    LoanState.WRITTEN_OFF,
)
"""States of a loan that was lent; one that is only on record is kept once it is taken into the
books."""

COMMITTEE_LEAST: Final = 3
"""How many people decide on a guarantee at least [our rule]."""

LIVE: Final = (*OPEN, LoanState.REPAYING, LoanState.COMPENSATED, LoanState.WRITTEN_OFF)
"""States in which a borrower gets no other loan: something is asked for, or owed."""

TWO_PEOPLE: Final = frozenset(
    {
        LoanEventKind.REVERSED,
        LoanEventKind.EXTENDED,
        LoanEventKind.COMPENSATED,
        LoanEventKind.RECOVERED,
        LoanEventKind.WRITTEN_OFF,
    }
)
"""What happens to the money of a loan only when a second person confirmed it."""

WITH_DOCUMENT: Final = TWO_PEOPLE - {LoanEventKind.REVERSED, LoanEventKind.RECOVERED}
"""What rests on a contract, a bank's demand or minutes."""


class LoanHolds(RuleBroken):
    """A person has one live loan."""

    says = N_(
        "{name} has a loan already: {number}, {state}. A person has one loan at a time; pay it "
        "off or end it first."
    )


class NotAgain(RuleBroken):
    """The rules allow no further loan."""

    says = N_("{name} had {count} loans already. {why}")


class StepOutOfTurn(RuleBroken):
    """The steps to the money are taken one after the other."""

    says = N_("The loan is “{state}”: “{step}” is not its next step. The page shows the newest.")


class StaysAsDecided(RuleBroken):
    """What a step rests on stays as it was then."""

    says = N_("The loan is “{state}”, so this stays as it was decided on. Have it sent back first.")


class AnotherPerson(RuleBroken):
    """An enquiry stays with its person."""

    says = N_("This person had a loan before. Withdraw this enquiry and enter a new one for them.")


class NoRules(RuleBroken):
    """No document of loan rules is in force on the day, or it has no such product."""

    says = N_("No rules of loans are known for {kind} on {day}. The administrator can look.")


class NotQualified(RuleBroken):
    """The borrower does not qualify, or it cannot be told yet."""

    says = N_(
        "The borrower does not qualify for this loan: {why}. Send the enquiry back with what is "
        "missing, or refuse it with the reason."
    )


class DayBefore(RuleBroken):
    """A step cannot be earlier than the one before it."""

    says = N_("{day} is before {before}, the day of the step before. Check the day.")


class MoreThanAllowed(RuleBroken):
    """More than the step before it allows."""

    says = N_("{amount} yuan and {months} months are more than {most} yuan and {longest} months.")


class DocumentMissing(RuleBroken):
    """The act rests on a document."""

    says = N_("Please write the number of the document this rests on.")


class AttendedMissing(RuleBroken):
    """The committee is several people."""

    says = N_("A guarantee committee is at least {least} people; {count} are named.")


class CommitteeDecides(RuleBroken):
    """What was surveyed lies before the guarantee committee."""

    says = N_(
        "This loan lies before the guarantee committee: it guarantees it, sends it back or refuses "
        "it."
    )


class SecurityMissing(RuleBroken):
    """The counter-guarantees do not cover the loan."""

    says = N_(
        "The counter-guarantees cover {covered} yuan of {amount} yuan. Enter guarantors or "
        "collateral for the rest first."
    )


class ContractLater(RuleBroken):
    """The contract comes before the money."""

    says = N_("The contract of {contract} is later than the lending on {lent}. Check the days.")


# Money


class NotLent(RuleBroken):
    """Nothing was lent that could be repaid or changed."""

    says = N_("The bank has not lent {number} yet, so its money cannot move.")


class OnRecordOnly(RuleBroken):
    """Nothing is told, or changed, of a loan of which it is not known what was repaid."""

    says = N_(
        "{number} is on record only: it is not known what was repaid of it. Enter its repayments, "
        "then take it into the books."
    )


class NotOnRecord(RuleBroken):
    """Only what came from a register is taken into the books."""

    says = N_("{number} is “{state}”, so it is in the books already.")


class EntriesLater(RuleBroken):
    """The statement a loan is taken over by reaches up to its last repayment."""

    says = N_("A repayment of {later} is entered. Take a statement of that day or a later one.")


class LeftDiffers(RuleBroken):
    """What the bank says is left is not what the entries make."""

    says = N_(
        "On {day} the bank says that {left} yuan of principal are left; by the entries it is "
        "{counted} yuan. Enter the repayments that are missing. If all are entered, write why the "
        "two differ, and book it again."
    )


class PaidTwice(RuleBroken):
    """The same payment was entered before."""

    says = N_(
        "A payment of {amount} yuan on {day} with this reference was entered before as no. "
        "{number}. If it is another one, say so and enter it again."
    )


class BeyondDue(RuleBroken):
    """More came in than is due."""

    says = N_(
        "{amount} yuan are {beyond} yuan more than what is due, {due} yuan. Is it an early "
        "repayment? Say so and enter it again; if not, mend the amount."
    )


class NotAChange(RuleBroken):
    """Repayments and lending are entered by their own forms."""

    says = N_("“{kind}” needs no second person and is not entered here.")


class ChangeIncomplete(RuleBroken):
    """What the change is about is missing."""

    says = N_("“{kind}” needs {what}.")


class ChangeWaits(RuleBroken):
    """The same change of the loan waits for its second person already."""

    says = N_(
        "“{kind}” of this loan waits to be confirmed already. Have it confirmed or withdrawn first."
    )


class LendingStays(RuleBroken):
    """What the register of an import tells as lent is not reversed."""

    says = N_("{number} came from a register: its lending stays as the register told it.")


class LaterEntries(RuleBroken):
    """A lending is taken back when nothing else stands of the loan."""

    says = N_(
        "Entries {entries} came after the lending of {number}. Reverse them first, then the "
        "lending."
    )


class SubsidyClaimed(RuleBroken):
    """A lending is taken back while no subsidy of it is claimed."""

    says = N_(
        "The subsidy of {number} was claimed with {claim}. Withdraw that claim first; once the "
        "treasury paid it, the lending stays."
    )


class NothingOverdue(RuleBroken):
    """The guarantee fund pays for what is overdue."""

    says = N_("Nothing of {number} was overdue on {day}, so the fund has nothing to pay.")


class MoreThanShare(RuleBroken):
    """The guarantee fund bears its part of a loan, the bank the rest."""

    says = N_(
        "{amount} yuan are more than the part of the guarantee fund: {share} % of {owed} yuan are "
        "{most} yuan."
    )


class NoFundStands(RuleBroken):
    """No guarantee fund stands for the loan."""

    says = N_("No guarantee fund stands for {number}, so none can pay for it.")


# Checks


class CheckDone(RuleBroken):
    """A check is reported once."""

    says = N_("This check was reported already. What was found since belongs to the next one.")


class FindingsNeeded(RuleBroken):
    """What was not in order needs words."""

    says = N_("Please write what was found.")
