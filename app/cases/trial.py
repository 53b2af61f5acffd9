"""Assesses a stored household as if some facts were otherwise (试算); nothing is kept."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated

from app.center.store import values_in_use
from app.core.i18n import N_
from app.core.kinds import Day, Key, Kind, Many
from app.core.record import Record
from app.facts.gather import known_of
from app.households.standing import standing
from app.policy.catalog import shipped
from app.policy.facts import Facts, Known
from app.policy.findings import Findings
from app.policy.rulebook import assess_all
from app.work import Permission, Work, query


class TrialFacts(Record):
    """Asks what would be if these facts were otherwise; `None` makes a fact unknown."""

    household_id: Annotated[int, Key()]
    as_of: Annotated[date | None, Day(label=N_("On the day"))] = None
    """Today when not given."""
    household: Annotated[Facts, Kind(label=N_("Household"))]
    members: Annotated[tuple[Facts, ...], Many(label=N_("Members"))] = ()
    """By the places of the members, the head first; those who are left out stay as they are."""


@query(needs=Permission.ASSESS)
def assess_trial(work: Work, asked: TrialFacts) -> Findings:
    """Assess a stored household with some facts changed; nothing is kept."""
    household = standing(work, asked.household_id)
    day = asked.as_of or work.today
    known = known_of(work.session, household, day)
    tried = Known(
        {**known.household, **asked.household}, _with_changes(known.members, asked.members)
    )
    return assess_all(shipped(), tried, values_in_use(work.session), day)


def _with_changes(members: Sequence[Facts], changes: Sequence[Facts]) -> list[Facts]:
    every: list[Facts] = [*changes, *[{}] * len(members)]
    return [{**member, **change} for member, change in zip(members, every, strict=False)]
