"""What a loan says of itself in a line."""

from app.core.i18n import N_, _
from app.core.words.loans import LoanState
from app.loans.side_records import SidesView
from app.loans.view_records import LoanView
from ui.kit.cells import yuan
from ui.pages.loans.cells import working_days

STEPS = {
    LoanState.CHECKED: N_("Check eligibility"),
    LoanState.RECOMMENDED: N_("Recommend"),
    LoanState.SURVEYED: N_("Survey"),
    LoanState.GUARANTEED: N_("Decide the guarantee"),
    LoanState.SECURED: N_("Sign the counter-guarantee"),
    LoanState.BANK_APPROVED: N_("Answer of the bank"),
    LoanState.REPAYING: N_("Lending"),
}


def step(state: LoanState) -> str:
    """Return the step that leads to a state."""
    return _(STEPS[state])


def facts(view: LoanView) -> str:
    """Return what the contract says; before there is one, what is asked for."""
    contract = view.contract
    if contract is not None:
        parts = [
            contract.bank,
            _("contract {number}").format(number=contract.number),
            _("{amount} yuan").format(amount=yuan(contract.principal)),
            _("{count} months").format(count=contract.months),
            contract.method,
            _("{rate} % a year").format(rate=contract.rate),
        ]
    else:
        parts = [
            view.row.borrower_kind.label,
            view.group,
            _("asks for {amount} yuan").format(amount=yuan(view.loan.asked)),
            _("{count} months").format(count=view.loan.months_asked),
            view.loan.purpose,
        ]
    parts += [_("file {number}").format(number=view.file_number)] if view.file_number else []
    parts += [view.fund] if view.fund else []
    return "　".join(part for part in parts if part)


def owes(view: LoanView) -> str:
    """Return what a loan owes today, and what is next."""
    standing = view.standing
    if standing is None:
        return ""
    parts = [_("{amount} yuan of principal left").format(amount=yuan(standing.outstanding))]
    if standing.days_overdue:
        due = standing.principal_overdue + standing.interest_overdue + standing.penalty
        says = _("{amount} yuan overdue for {count} days")
        parts.append(says.format(amount=yuan(due), count=standing.days_overdue))
    if standing.owed_to_fund:
        says = _("{amount} yuan owed to the guarantee fund")
        parts.append(says.format(amount=yuan(standing.owed_to_fund)))
    if standing.next_due_on:
        says = _("next {amount} yuan on {day}")
        day = standing.next_due_on.isoformat()
        parts.append(says.format(amount=yuan(standing.next_due), day=day))
    if standing.settled_on:
        parts.append(_("settled on {day}").format(day=standing.settled_on.isoformat()))
    return "　".join(parts)


def light(view: LoanView) -> tuple[str, str, str]:
    """Return the time left for the next step, with its light."""
    if view.days_left is None:
        return "", "", ""
    late = view.days_left < 0
    soon = view.days_left <= 1
    tone = "bad" if late else "wait" if soon else "ok"
    words = working_days(view.days_left)
    return words + (_(" (provisional)") if view.due_provisional else ""), "clock", tone


def covered(sides: SidesView) -> str:
    """Return whether the counter-guarantee is enough."""
    if sides.needed:
        says = _("{covered} of {needed} yuan covered")
        first = says.format(covered=yuan(sides.covered), needed=yuan(sides.needed))
    else:
        first = _("The rules ask for no counter-guarantee of this loan")
    forms = _("allowed: {forms}").format(forms="、".join(sides.forms)) if sides.forms else ""
    return "　".join(part for part in (first, forms, sides.against) if part)


def bar(view: LoanView) -> tuple[str, str]:
    """Return what the page bar says: what comes next and by when, or what is owed."""
    if view.next_step is not None:
        return _("Next: {step}").format(step=step(view.next_step)), light(view)[0]
    if view.row.state is LoanState.RECORDED:
        return _("On record only: enter what was repaid, then take it into the books"), ""
    return owes(view), ""
