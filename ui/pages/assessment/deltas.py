"""What a trial makes of the real answers, measure by measure."""

from collections.abc import Sequence

from app.core.i18n import _
from app.core.money import yuan_text
from app.policy.explain import conclusion
from app.policy.pack import Outcome
from ui.answers import GROUPS, Answer, is_grant

Key = tuple[str, str]
STATES = {outcome: words for outcome, _icon, words, _tone in GROUPS}


def deltas(real: Sequence[Answer], tried: Sequence[Answer]) -> dict[Key, str]:
    """Return in a few words what differs from the real answer; by what it is of."""
    before = {each.key: each for each in real}
    found = ((each.key, _delta(before[each.key], each)) for each in tried if each.key in before)
    return {key: words for key, words in found if words}


def _delta(before: Answer, now: Answer) -> str:
    if before.measure is None:
        was, is_ = (each.best.category or "" for each in (before, now))
        if (before.outcome, was) == (now.outcome, is_):
            return ""
        return _("was: {state}").format(state=was or conclusion(before.best))
    if before.outcome is not now.outcome:
        return _("was: {state}").format(state=_(STATES[before.outcome]))
    by = now.amount_fen - before.amount_fen
    if not by or not is_grant(now):
        return ""
    sign = "+" if by > 0 else "-"
    return _("{sign}{amount} yuan").format(sign=sign, amount=yuan_text(abs(by)))


def delta_lines(real: Sequence[Answer], tried: Sequence[Answer]) -> list[str]:
    """Return one sentence for each answer that differs: from what, to what."""
    changed = deltas(real, tried)
    before = {each.key: each for each in real}
    return [
        _("{title}: {before} → {now}").format(
            title=each.title, before=_state(before[each.key]), now=_state(each)
        )
        for each in tried
        if each.key in changed
    ]


def _state(each: Answer) -> str:
    if each.measure is None:
        return each.best.category or conclusion(each.best)
    words = _(STATES[each.outcome])
    if each.outcome is Outcome.YES and is_grant(each):
        amount = _("{amount} yuan").format(amount=yuan_text(each.amount_fen))
        return _("{state}, {amount}").format(state=words, amount=amount)
    return words
