"""What is read of an award, line by line: why, who said so, for what need, how it is given."""

from collections.abc import Iterator, Sequence

from app.core.i18n import _
from app.core.money import Fen, yuan_text
from app.core.words.disbursements import ApprovalStep, PayWay
from app.disbursements.records import AwardView, Cap, DecisionRow, Difference
from app.policy.explain import conclusion, working_text
from app.policy.pack import Outcome
from ui.kit.cards import Facts
from ui.kit.labels import Status

OUTCOMES = {
    Outcome.YES: ("circle-check", "ok"),
    Outcome.NO: ("circle-x", "bad"),
    Outcome.UNKNOWN: ("circle-question-mark", "wait"),
}


def show_facts(facts: Facts, view: AwardView) -> None:
    """Show what there is to read of an award; a line that does not apply is left out."""
    facts.clear()
    assessment = view.assessment
    icon, tone = OUTCOMES[assessment.outcome]
    _add(facts, _("Way of approval"), view.way_says)
    facts.add_fact(_("Result today"), Status(conclusion(assessment), icon, tone))
    _add(facts, "", [missing.tell() for missing in assessment.missing])
    _add(facts, _("Working"), [working_text(assessment)])
    _add_cap(facts, view.cap, view.row.amount)
    _add_differences(facts, _("Since proposed"), view.changed_since, _("No change"))
    _add_differences(facts, _("Since last time"), view.last_time, "")
    facts.add_fact(_("Opinion given"), _opinion(view))
    _add(facts, _("Decided before"), [decided(each) for each in view.decisions])
    _add(facts, _("On the list"), [_list(view)])
    _add(facts, _("Need that is met"), view.meets)
    _add(facts, _("How it is given"), [given(view)])
    _add(facts, _("Earmarks"), ["；".join(view.terms)])


def _add(facts: Facts, name: str, lines: Sequence[str]) -> None:
    """Add lines under one name; none where there is nothing to say."""
    for line in filter(None, lines):
        facts.add_fact(name, line)
        name = ""


def _add_differences(facts: Facts, name: str, differences: Sequence[Difference], none: str) -> None:
    for difference in differences:
        says = _("{label}: {before} → {now}").format(
            label=difference.label, before=difference.before, now=difference.now
        )
        facts.add_fact(name, says, tone="wait")
        name = ""
    if none and not differences:
        facts.add_fact(name, none)


def _opinion(view: AwardView) -> str:
    row = view.row
    by = _("{name}, {time}").format(
        name=row.proposed_by, time=row.proposed_at.astimezone().strftime("%m-%d %H:%M")
    )
    opinion = view.opinion or _("No opinion written")
    return f"{opinion}　{by}"


def _list(view: AwardView) -> str:
    return "　".join(filter(None, (view.list_number, view.list_title)))


def given(view: AwardView) -> str:
    """Return how an award is given: to which account, in cash, or what goods."""
    parts: list[str] = [view.given.label]
    if view.given is PayWay.CARD:
        parts += [view.account_holder, view.account_number, view.account_bank]
    if view.given is PayWay.GOODS and view.quantity and view.unit_value:
        says = _("{goods} {quantity} × {value} yuan = {amount} yuan")
        parts.append(
            says.format(
                goods=view.goods,
                quantity=f"{view.quantity:,}",
                value=yuan_text(view.unit_value),
                amount=yuan_text(view.row.amount),
            )
        )
    if view.not_before is not None:
        parts.append(_("not before {day}").format(day=view.not_before.isoformat()))
    return "　".join(filter(None, parts))


def _add_cap(facts: Facts, cap: Cap, amount: Fen) -> None:
    """Say what the cap of the year leaves after an award: red where it is too little."""
    short = cap.left is not None and cap.left < amount
    facts.add_fact(_("This year"), "　".join(_cap_parts(cap, amount)), tone="bad" if short else "")


def _cap_parts(cap: Cap, amount: Fen) -> Iterator[str]:
    says = _("{what} {amount} yuan")
    found = [(_("Received so far"), cap.used), (_("Proposed or approved"), cap.reserved)]
    if cap.most is not None:
        found.insert(0, (_("Cap of the year"), cap.most))
    if cap.together is not None:
        found.append((_("All members together at most"), cap.together))
    if cap.left is not None:
        after = cap.left - amount
        what = _("Left after this one") if after >= 0 else _("Above the cap by")
        found.append((what, Fen(abs(after))))
    for what, fen in found:
        yield says.format(what=what, amount=yuan_text(fen))


def decided(row: DecisionRow) -> str:
    """Return an earlier decision in one line: what, why, who and when."""
    what = row.decision.label
    if row.suggested_amount:
        amount = _("{amount} yuan").format(amount=yuan_text(row.suggested_amount))
        what = f"{what} {amount}"
    when = row.decided_at.astimezone().strftime("%m-%d %H:%M")
    by = _("{name}, {time}").format(name=row.decided_by, time=when)
    beyond = row.step not in (None, ApprovalStep.SUPERVISOR)
    step = row.step.label if row.step is not None and beyond else ""
    day = row.document_day.isoformat() if row.document_day else ""
    attended = _("attended by {names}").format(names=row.attended) if row.attended else ""
    parts = (step, what, row.opinion, row.document, day, attended, by)
    return "　".join(part for part in parts if part)
