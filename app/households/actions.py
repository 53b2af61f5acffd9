"""The verbs that change a household or show what is private in it."""

from app.core.words.households import FileState
from app.households.records import ChangeForm, Reveal, Revealed
from app.households.standing import given_up, living, standing
from app.households.store import fill, form_of, head_of, touch
from app.work import Permission, Topic, Work, action
from db.models.households import Household


@action(needs=Permission.REGISTER_HOUSEHOLDS, changes={Topic.HOUSEHOLDS, Topic.CASES})
def change_household(work: Work, change: ChangeForm) -> None:
    """Write what changed in a household; decided matters keep the facts they rested on."""
    household = living(work, change.id, change.version)
    work.subject = f"household/{household.id}"
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
    """Open a household's form for editing, private values in the clear; the opening is kept.

    Of one that was merged it is the form of the file that was kept. Raises `FileWithdrawn`.
    """
    household = standing(work, asked.household_id)
    if broken := given_up(work, household):
        raise broken
    work.subject = f"household/{household.id}"
    form = form_of(household, with_rows=True)
    return ChangeForm(id=household.id, version=household.version, household=form)


def close_file(household: Household, state: FileState) -> None:
    """Move a household out of the open files: its members are free for another file."""
    household.file_state = state
    for member in household.members:
        member.active = False
