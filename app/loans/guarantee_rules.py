"""What the center demands of the guarantee fund: how much it may stand for, and for whom."""

from dataclasses import dataclass

from app.core.errors import RuleBroken
from app.core.i18n import N_
from app.core.money import Fen, yuan_text

BAD_AFTER = 90
"""Days after which what is overdue counts as bad."""


class NoRoomInFund(RuleBroken):
    """The fund stands for as much as its capital allows."""

    says = N_(
        "{fund} may stand for {limit} yuan, {times} times its capital: {used} yuan are lent, "
        "{reserved} yuan are reserved, {left} yuan are left, {needed} yuan are needed. Lower the "
        "sum, wait for repayments, or ask finance for more capital."
    )


class NoRoomInQuota(RuleBroken):
    """The loans of the district took its part of the fund in this year."""

    says = N_(
        "{district} may take {limit} yuan of {fund} in {year}: {used} yuan are lent, {reserved} "
        "yuan are reserved, {left} yuan are left, {needed} yuan are needed. Lower the sum, or ask "
        "finance for a larger quota."
    )


class QuotaMissing(RuleBroken):
    """The fund is divided among districts and this one has no part of it."""

    says = N_(
        "No quota of {fund} is known for {district} in {year}. Ask finance to enter it with its "
        "document."
    )


class DistrictMissing(RuleBroken):
    """The fund is divided among districts and nobody said in which one the loan is."""

    says = N_("{fund} is divided among districts. Enter the district of the loan first.")


class GuaranteesStopped(RuleBroken):
    """Too much of what the fund stands for is bad."""

    says = N_(
        "{fund} gives no new guarantees: {bad} of {total} yuan are bad, {rate} %, and it stops at "
        "{stop} %. Recover or collect first."
    )


class GuaranteeFundClosed(RuleBroken):
    """The fund gives no new guarantees."""

    says = N_("{fund} is closed. Choose another guarantee fund.")


class ShareStands(RuleBroken):
    """The part of the risk is agreed in the guarantees that are given."""

    says = N_(
        "{fund} stands for {exposure} yuan with {share} % of the risk, so this part stays. Open "
        "another guarantee fund for the new part."
    )


class GuaranteeFundTaken(RuleBroken):
    """A guarantee fund of this name exists."""

    says = N_("There is a guarantee fund of this name already: {name}.")


class CapitalStands(RuleBroken):
    """The capital stands for loans and cannot go."""

    says = N_(
        "{fund} has {capital} yuan and stands for {exposure} yuan, so at most {free} yuan can be "
        "paid out; {needed} yuan are asked."
    )


class CapitalNeeded(RuleBroken):
    """The fund cannot pay for a borrower what it does not hold."""

    says = N_(
        "{fund} holds {capital} yuan, {needed} yuan are to be paid for the borrower. Ask finance "
        "to enter the capital that is missing."
    )


class NotCapital(RuleBroken):
    """What was paid for a borrower or recovered is entered with the loan."""

    says = N_("Here capital is paid in or out. What is paid for a borrower is entered at the loan.")


class NotADistrict(RuleBroken):
    """Quotas go by the districts and counties of the city."""

    says = N_("“{district}” is no district or county of the city. Choose one of the list.")


@dataclass(frozen=True)
class Room:
    """How much something may take, and who took of it so far."""

    limit: Fen
    used: Fen
    """Of loans that were lent."""
    reserved: Fen
    """Of guarantees whose loans are not lent yet."""

    @property
    def left(self) -> Fen:
        """Return what may still be taken; never below zero."""
        return Fen(max(0, self.limit - self.used - self.reserved))

    def told(self) -> dict[str, object]:
        """Return the sums as the sentences of refusals name them."""
        return {
            "limit": yuan_text(self.limit),
            "used": yuan_text(self.used),
            "reserved": yuan_text(self.reserved),
            "left": yuan_text(self.left),
        }


@dataclass(frozen=True)
class BadPart:
    """What of a fund is bad: what is long overdue, and what it paid and did not get back."""

    overdue: Fen
    owed: Fen
    exposure: Fen

    @property
    def bad(self) -> Fen:
        """Return the bad sum."""
        return Fen(self.overdue + self.owed)

    @property
    def total(self) -> Fen:
        """Return what the rate is of."""
        return Fen(self.exposure + self.owed)

    @property
    def hundredths(self) -> int:
        """Return the rate in hundredths of a percent, rounded up: it never looks better."""
        return -(-self.bad * 10_000 // self.total) if self.total else 0

    def stops(self, percent: int) -> bool:
        """Tell whether so much is bad that new guarantees stop."""
        return self.bad > 0 and self.bad * 100 >= percent * self.total


def capital_free(capital: int, leverage: int, exposure: int) -> Fen:
    """Return how much capital may go while the fund stands for ``exposure``."""
    return Fen(max(0, capital - -(-exposure // leverage)))
