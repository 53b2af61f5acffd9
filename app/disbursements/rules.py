"""What the center demands of money that goes out."""

import hashlib
import re

from app.core.errors import Problem, RuleBroken
from app.core.flow import Flow
from app.core.i18n import N_
from app.core.money import Fen, yuan_text
from app.core.plain import canonical
from app.core.words.disbursements import (
    AwardState,
    AwardStep,
    BatchState,
    BatchStep,
    Decision,
    PayWay,
)
from app.disbursements.records import Cap, ProposalForm
from app.funds.records import FundRow
from app.funds.rules import Earmarked, Wanted, check_earmarks
from app.policy.pack import Measure
from app.reference.earmarks import earmarks_on

S, T = AwardState, AwardStep

FLOW: Flow[AwardState, AwardStep] = Flow(
    {
        (S.PROPOSED, T.APPROVE): S.APPROVED,
        (S.PROPOSED, T.CHANGE_AMOUNT): S.RETURNED,
        (S.PROPOSED, T.SEND_BACK): S.RETURNED,
        (S.PROPOSED, T.REFUSE): S.REFUSED,
        (S.PROPOSED, T.DEFER): S.COLLECTIVE,
        (S.PROPOSED, T.FORWARD): S.UPWARD,
        (S.PROPOSED, T.WITHDRAW): S.WITHDRAWN,
        (S.COLLECTIVE, T.APPROVE): S.APPROVED,
        (S.COLLECTIVE, T.CHANGE_AMOUNT): S.RETURNED,
        (S.COLLECTIVE, T.SEND_BACK): S.RETURNED,
        (S.COLLECTIVE, T.REFUSE): S.REFUSED,
        (S.COLLECTIVE, T.FORWARD): S.UPWARD,
        (S.UPWARD, T.FORWARD): S.UPWARD,
        (S.UPWARD, T.APPROVE): S.APPROVED,
        (S.UPWARD, T.CHANGE_AMOUNT): S.RETURNED,
        (S.UPWARD, T.SEND_BACK): S.RETURNED,
        (S.UPWARD, T.REFUSE): S.REFUSED,
        (S.RETURNED, T.AMEND): S.PROPOSED,
        (S.RETURNED, T.WITHDRAW): S.WITHDRAWN,
        (S.APPROVED, T.PUT_IN_BATCH): S.IN_BATCH,
        (S.APPROVED, T.WITHDRAW): S.WITHDRAWN,
        (S.IN_BATCH, T.TAKE_OUT): S.APPROVED,
        (S.IN_BATCH, T.PAY): S.PAID,
        (S.IN_BATCH, T.RETURN_MONEY): S.RETURNED,
        (S.PAID, T.RETURN_MONEY): S.RETURNED,
    }
)

STEP_OF = {
    Decision.APPROVED: T.APPROVE,
    Decision.CHANGE_AMOUNT: T.CHANGE_AMOUNT,
    Decision.SENT_BACK: T.SEND_BACK,
    Decision.REFUSED: T.REFUSE,
    Decision.DEFERRED: T.DEFER,
}

BATCH_FLOW: Flow[BatchState, BatchStep] = Flow(
    {
        (BatchState.DRAFT, BatchStep.FREEZE): BatchState.FROZEN,
        (BatchState.FROZEN, BatchStep.SEND): BatchState.SENT,
        (BatchState.SENT, BatchStep.RECONCILE): BatchState.RECONCILED,
    }
)


class OverCap(RuleBroken):
    """The amount is more than the cap of the period leaves."""

    says = N_(
        "{amount} yuan are more than is left: at most {most} yuan in {year}, {used} paid, "
        "{reserved} on the way, {left} left."
    )


class OverTogether(OverCap):
    """The amount is more than all members of the household together may still get."""

    says = N_(
        "{amount} yuan are more than is left: all members together get at most {most} yuan in "
        "{year}, {left} left."
    )


class NotEligible(RuleBroken):
    """The policy does not give this measure to the household, or cannot tell yet."""

    says = N_("{title}: {why}")


class NoSuchMeasure(RuleBroken):
    """The measure is no grant of the policy in force."""

    says = N_("There is no grant “{measure}” in the policy in force.")


class OpinionNeeded(RuleBroken):
    """Sending back, refusing and deferring need words."""

    says = N_("Please write the reason: the proposer and the file keep it.")


class AmountNeeded(RuleBroken):
    """Changing the amount needs the new one."""

    says = N_("Please write the amount that you would approve; the proposer then confirms it.")


class StepNeeded(RuleBroken):
    """The award needs another step than the one that was decided."""

    says = N_("This one needs another step now: {step}. {why}")


class OnePersonOneStep(RuleBroken):
    """Whoever decided one step in the center does not decide the next."""

    says = N_("You decided an earlier step of this one, so another person has to decide this step.")


class Related(RuleBroken):
    """Staff who are related to a household neither propose nor decide for it (回避)."""

    says = N_(
        "You are related to this household ({note}). Somebody else has to propose and decide."
    )


class MinutesNeeded(RuleBroken):
    """A collective decision is kept with its minutes."""

    says = N_("Please write the number and the day of the minutes, and who attended.")


class TooFewAttended(RuleBroken):
    """A collective decision needs more people."""

    says = N_("A collective decision needs at least {least} people; {count} are named.")


class ReplyNeeded(RuleBroken):
    """What a union above decided is kept with its reply."""

    says = N_("Please write the number and the day of the reply of the union above.")


class NotTogether(RuleBroken):
    """Awards that need a closer look are not approved together."""

    says = N_(
        "Nothing was approved: {names} cannot be approved together with others. Take them out of "
        "the marked ones and decide them one by one."
    )


class NeedMet(RuleBroken):
    """Another award meets the same need already, whoever of the family asked for it."""

    says = N_(
        "{need} is met already: award {number} for {name}, {day}, {amount} yuan from {fund} "
        "({state}). One need is met once; if that award is wrong, it has to be taken back first."
    )


class PupilUnknown(RuleBroken):
    """A pupil's school year is known by the ID number."""

    says = N_(
        "{name} has no ID number in the file, so it cannot be seen whether the school year was "
        "paid already. Please complete the file first."
    )


class PastFund(RuleBroken):
    """The fund does not pay on a day that late."""

    says = N_("{fund} pays until {until}; the last month would be paid from {day}.")


class NotEntrusted(RuleBroken):
    """Agency money is paid exactly as the confirmed roster says."""

    says = N_(
        "The roster {number} says {amount} yuan for {name}; another amount was not entrusted."
    )


class NothingToPay(RuleBroken):
    """A batch needs at least one payment."""

    says = N_("There is no payment in this batch. Choose at least one approved award.")


class OtherWay(RuleBroken):
    """A batch pays in one way."""

    says = N_("Award {award} is paid otherwise ({way}). Put it into a batch of its own way.")


class NotToCorrect(RuleBroken):
    """Only failed payments of the batch, approved anew, go into its correction batch."""

    says = N_("Award {award} is no payment of {number} that failed and was approved anew.")


class FundOver(RuleBroken):
    """The batch was frozen in time and would go out after the last day of its fund."""

    says = N_(
        "{fund} paid until {last}, so nothing of {number} goes out any more. Call the batch off, "
        "or note what was not handed out as not collected: the awards go back to their proposers."
    )


class StoppedByCheck(RuleBroken):
    """The pre-flight found payments that must not go out."""

    says = N_("{count} payments must be settled before freezing: take them out or mend them.")


def way_problems(form: ProposalForm) -> list[Problem]:
    """Return what does not fit the way an award is given: an account by card, in kind a product."""
    wanted: tuple[str, ...] = ()
    if form.way is PayWay.CARD:
        wanted = ("account_holder", "account_number")
    elif form.way is PayWay.GOODS:
        wanted = ("goods", "quantity", "unit_value")
    missing = N_("This has to be filled in.")
    found = [Problem(name, "missing", missing) for name in wanted if not getattr(form, name)]
    if form.quantity and form.unit_value and form.way is PayWay.GOODS:
        product = Fen(form.quantity * form.unit_value)
        if form.amount != product:
            says = N_("{quantity} times the value of one are {product} yuan.")
            data: dict[str, object] = {
                "quantity": form.quantity,
                "product": yuan_text(product),
            }
            found.append(Problem("amount", "product", says, data))
    return found


def attended_names(words: str) -> tuple[str, ...]:
    """Return the different names in a line of names, as they may be parted."""
    return tuple(dict.fromkeys(name for name in re.split(r"[、，,;；\s]+", words) if name))


def check_cap(amount: Fen, cap: Cap) -> None:
    """Raise `OverCap` when ``amount`` is more than the period leaves."""
    if cap.left is None or cap.most is None or amount <= cap.left:
        return
    if cap.together is not None and cap.left == cap.together_left:
        raise OverTogether(
            amount=yuan_text(amount),
            most=yuan_text(cap.together),
            year=cap.year,
            left=yuan_text(cap.left),
        )
    raise OverCap(
        amount=yuan_text(amount),
        most=yuan_text(cap.most),
        year=cap.year,
        used=yuan_text(cap.used),
        reserved=yuan_text(cap.reserved),
        left=yuan_text(cap.left),
    )


def check_fund(fund: FundRow, measure: Measure, wanted: Wanted) -> None:
    """Raise unless a fund may pay a measure: by the sources that the policy names (`Earmarked`),
    and by its earmarks and the rule of its source in force on the day, see `check_earmarks`."""
    sources = measure.funds
    if sources and fund.source not in sources:
        raise Earmarked(fund=fund.name, measure=measure.title)
    check_earmarks(fund, earmarks_on(wanted.day).rule(fund.source), wanted)


def may_pay(fund: FundRow, measure: Measure, wanted: Wanted) -> bool:
    """Tell whether a fund may pay a measure to the household that wants it."""
    try:
        check_fund(fund, measure, wanted)
    except RuleBroken:
        return False
    return True


def seal_of(content: dict[str, object]) -> str:
    """Return the hash of one award version: payee, account, amount, fund, assessment, maker."""
    return hashlib.sha256(canonical(content).encode()).hexdigest()
