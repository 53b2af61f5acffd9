"""What the employment pack says of a borrower whose household has a file here."""

from datetime import date

from app.facts.assessing import assess_stored
from app.households.store import people_of
from app.loans.eligibility import MICROLOAN
from app.policy.findings import Assessment
from app.work import Work
from db.models.households import Household


def assess_borrower(
    work: Work, household_id: int | None, member_id: int | None, day: date
) -> Assessment | None:
    """Return whether the policy of ``day`` lets a member of a household ask for a loan; `None`
    for somebody without a file, or when no policy of the day tells."""
    if household_id is None or member_id is None:
        return None
    household = work.session.get_one(Household, household_id)
    places = {member.id: at for at, member in enumerate(people_of(household))}
    if member_id not in places:
        return None
    return assess_stored(work, household, day).measure(MICROLOAN, places[member_id])
