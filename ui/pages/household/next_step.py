"""What is to be done next with a household, by whom, and why it is closed where it is."""

from typing import NamedTuple

from app.cases.actions import (
    accept_case,
    file_case,
    refuse_case,
    resubmit_case,
    return_case,
)
from app.cases.records import CaseView
from app.core.i18n import _
from app.core.money import yuan_text
from app.core.words.cases import CaseState
from app.core.words.disbursements import AwardState
from app.core.words.households import FileState
from app.disbursements.proposing import propose_award
from app.disbursements.records import AwardRow
from app.households.records import HouseholdView
from app.work import SecondPersonNeeded
from ui.desk import Desk
from ui.pages.household.stages import stands

OPEN = (FileState.PENDING, FileState.ACTIVE)
"""Households that can apply without being taken in anew: split off, or from an old archive."""

FILE, RESUBMIT, PROPOSE = "act_file_case", "act_resubmit_case", "act_propose_award"
APPLY = "act_apply"
"""The acts that can be the one filled button of the page."""


class NextStep(NamedTuple):
    """The one filled button, what may be decided beside it, and the words of the bar."""

    says: str
    more: str = ""
    act: str = ""
    """`FILE`, `RESUBMIT`, `PROPOSE`, `APPLY` or nothing."""
    words: str = ""
    reason: str = ""
    """Why the act is closed to this person."""
    may_return: bool = False
    may_refuse: bool = False
    asks: str = ""
    """What an opinion is written for; empty when there is none to write."""


def next_step(
    desk: Desk, case: CaseView | None, award: AwardRow | None, new: HouseholdView | None = None
) -> NextStep:
    """Return what this person can do next; ``new`` is a household known to have no case."""
    if case is None:
        says = _("No application yet")
        if new is None or new.file_state not in OPEN:
            return NextStep(says)
        reason = desk.reason(accept_case)
        return NextStep(says, reason, act=APPLY, words=_("Take the application"), reason=reason)
    match case.row.state:
        case CaseState.ACCEPTED:
            return _to_file(desk, case)
        case CaseState.RETURNED:
            return _to_mend(desk, case)
        case CaseState.FILED if case.file_state is FileState.ACTIVE:
            return _to_propose(desk, award)
        case state:
            return NextStep(state.label, case.opinion)


def _to_file(desk: Desk, case: CaseView) -> NextStep:
    if not desk.may(file_case):
        return NextStep(_("Waits to be filed by a supervisor"))
    own = SecondPersonNeeded().tell() if case.row.mine else ""
    return NextStep(
        says=_("Compare and file (accepted by {name})").format(name=case.row.accepted_by),
        more=own or _("Compare the papers with what was typed; the opinion is kept with the case"),
        act=FILE,
        words=_("Put on file"),
        reason=own,
        may_return=desk.may(return_case) and not own,
        may_refuse=desk.may(refuse_case) and not own,
        asks="" if own else _("Sending back and refusing need the reason; the applicant reads it"),
    )


def _to_mend(desk: Desk, case: CaseView) -> NextStep:
    may_mend = desk.may(resubmit_case)
    may_refuse = desk.may(refuse_case) and not case.row.mine
    asks = _("What was mended; shown to the supervisor") if may_mend else ""
    return NextStep(
        says=_("Mend and hand in again") if may_mend else _("Sent back to be mended"),
        more=case.opinion,
        act=RESUBMIT if may_mend else "",
        words=_("Hand in again"),
        may_refuse=may_refuse,
        asks=asks or (_("Refusing needs the reason; the applicant reads it") if may_refuse else ""),
    )


def _to_propose(desk: Desk, award: AwardRow | None) -> NextStep:
    reason = desk.reason(propose_award)
    if award is None:
        says, more = _("Assess and propose relief"), reason or _("On file, nothing proposed yet")
        return NextStep(says, more, act=PROPOSE, words=_("Propose relief"), reason=reason)
    amount = _("{amount} yuan").format(amount=yuan_text(award.amount))
    says = _("{title} {amount}: {state}").format(
        title=award.title, amount=amount, state=stands(award)
    )
    if award.state is AwardState.RETURNED:
        words = _("Mend the proposal")
    elif award.state in (AwardState.PAID, AwardState.REFUSED):
        words = _("Propose relief")
    elif award.state is AwardState.APPROVED:
        return NextStep(_("Put into a batch ({fund})").format(fund=award.fund), says)
    else:
        return NextStep(says, award.number)
    return NextStep(says, award.number, act=PROPOSE, words=words, reason=reason)
