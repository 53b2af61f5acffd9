"""The verbs that change a household or show what is private in it."""

from app.core.words.households import FileState
from app.households.records import ChangeForm, Reveal, Revealed
from app.households.rules import FileMerged
from app.households.store import fill, form_of, head_of, standing, touch
from app.work import Permission, Topic, Work, action
from db.models.households import Household


@action(needs=Permission.REGISTER_HOUSEHOLDS, changes={Topic.HOUSEHOLDS, Topic.CASES})
def change_household(work: Work, change: ChangeForm) -> None:
    """Write what changed in a household; decided matters keep the facts they rested on."""
    household = work.load(Household, change.id, change.version)
    work.subject = f"household/{household.id}"
    if household.file_state is FileState.MERGED:
        raise FileMerged(file=household.file_number or "")
    fill(work, household, change.household)
    touch(household)


@action(needs=Permission.REVEAL_PRIVATE, changes={Topic.AUDIT})
def reveal(work: Work, asked: Reveal) -> Revealed:
    """Show the private values of a household in the clear; that it was asked is kept."""
    household = standing(work, asked.household_id)
    work.subject = f"household/{household.id}"
    form = form_of(household)
    return Revealed(
        id_number=head_of(household).id_number,
        phone=form.head.phone,
        account_number=form.account.account_number,
        members=tuple(member.id_number for member in form.members),
        form=form,
    )


@action(needs=Permission.REGISTER_HOUSEHOLDS, changes={Topic.AUDIT})
def open_form(work: Work, asked: Reveal) -> ChangeForm:
    """Open a household's form for editing, private values in the clear; the opening is kept."""
    household = standing(work, asked.household_id)
    work.subject = f"household/{household.id}"
    form = form_of(household, with_rows=True)
    return ChangeForm(id=household.id, version=household.version, household=form)


def close_file(household: Household, state: FileState) -> None:
    """Move a household out of the open files: its members are free for another file."""
    household.file_state = state
    for member in household.members:
        member.active = False
