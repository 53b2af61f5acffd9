"""Which household stands for one that was asked for: its own file, the one it was merged into, or
none that counts any more."""

from app.core.errors import RuleBroken
from app.core.words.households import FileState
from app.households.rules import FileMerged, FileWithdrawn
from app.households.store import head_of
from app.work import Work
from db.models.households import Household


def standing(work: Work, household_id: int) -> Household:
    """Return a household, or the one that it was merged into."""
    household = work.load(Household, household_id)
    while household.merged_into_id is not None:
        household = work.load(Household, household.merged_into_id)
    return household


def living(work: Work, household_id: int, version: int | None = None) -> Household:
    """Return a household whose file counts: what is written is written into that one.

    Raises `FileMerged` and `FileWithdrawn`, and only then `Conflict`: of a file that was given up
    it does not matter what changed in it.
    """
    household = work.load(Household, household_id)
    if broken := given_up(work, household):
        raise broken
    return work.load(Household, household_id, version)


def given_up(work: Work, household: Household) -> RuleBroken | None:
    """Return why a household's file does not count any more, if it does not."""
    match household.file_state:
        case FileState.MERGED:
            return FileMerged(kept=called(standing(work, household.id)))
        case FileState.WITHDRAWN:
            return FileWithdrawn()
        case _:
            return None


def called(household: Household) -> str:
    """Return what people call a household: by its file number, else by the name of its head."""
    return household.file_number or head_of(household).name
