"""Other households that have the account or a telephone of the one an award is for."""

from collections.abc import Iterator

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import aliased

from app.core.i18n import _
from app.core.words.households import FileState
from app.disbursements.sharing_records import SharedHousehold
from app.households.store import people_of
from app.work import Work
from db.models.disbursements import Award, AwardVersion
from db.models.households import Household, Member

GONE = (FileState.MERGED, FileState.WITHDRAWN)
OTHER = aliased(Member)
MOST = 5
"""Households told of one thing that is shared."""


def shared_with(
    work: Work, household: Household, version: AwardVersion
) -> tuple[SharedHousehold, ...]:
    """Return the households in use that the account stands in the file of, or that were paid to
    it; then those that have a telephone number of this one."""
    return (*_same_account(work, household, version), *_same_phone(work, household))


def _same_account(
    work: Work, household: Household, version: AwardVersion
) -> Iterator[SharedHousehold]:
    if not version.account_number:
        return
    paid_to = (
        select(Award.household_id)
        .join(AwardVersion, AwardVersion.award_id == Award.id)
        .where(AwardVersion.account_number == version.account_number)
    )
    kept = (Household.account_number == version.account_number) | Household.id.in_(paid_to)
    says = _("The same account stands in the file of {name} ({file})")
    yield from _others(work, household, kept, _("Same account"), says)


def _same_phone(work: Work, household: Household) -> Iterator[SharedHousehold]:
    phones = {member.phone for member in people_of(household)} - {""}
    if not phones:
        return
    having = select(OTHER.household_id).where(OTHER.phone.in_(phones), OTHER.left_on.is_(None))
    says = _("The same telephone stands in the file of {name} ({file})")
    yield from _others(work, household, Household.id.in_(having), _("Same telephone"), says)


def _others(
    work: Work, household: Household, alike: ColumnElement[bool], short: str, says: str
) -> Iterator[SharedHousehold]:
    """Yield other households in use that are alike in something."""
    found = work.session.execute(
        select(Household.id, Member.name, Household.file_number)
        .join(Household, Member.household_id == Household.id)
        .where(
            Member.position == 1,
            alike,
            Household.id != household.id,
            Household.file_state.not_in(GONE),
        )
        .order_by(Household.id)
        .limit(MOST)
    )
    for id_, name, file in found:
        yield SharedHousehold(
            household_id=id_,
            name=name,
            file_number=file or "",
            short=short,
            says=says.format(name=name, file=file or "—"),
        )
