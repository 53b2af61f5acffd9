"""Whose answer it is: a measure per member is decided, given and asked for one person."""

from app.cases.rules import MemberNeeded, NotOneOfThem
from app.households.store import people_of
from app.policy.findings import Assessment, Findings
from db.models.households import Household, Member


def answer_for(
    findings: Findings, household: Household, measure: str, member_id: int | None
) -> Assessment | None:
    """Return the answer of a measure for the household, or for the one member it is for.

    `None` for a measure that the policy of the day has not. Raises `MemberNeeded` when nobody
    is named for a measure per member, `NotOneOfThem` for somebody it cannot be for.
    """
    best = findings.measure(measure)
    if best is None or best.measure is None:
        return None
    if not best.measure.per_member:
        if member_id is not None:
            raise NotOneOfThem()
        return best
    if member_id is None:
        raise MemberNeeded(title=best.measure.title)
    places = [member.id for member in people_of(household)]
    if member_id not in places:
        raise NotOneOfThem()
    return findings.measure(measure, member=places.index(member_id))


def member_of(household: Household, assessment: Assessment) -> Member | None:
    """Return the person an answer is about; `None` when it is about the household."""
    return None if assessment.member is None else people_of(household)[assessment.member]
