"""Two households that share something, as the approval desk lays them side by side."""

from app.core.money import Fen
from app.disbursements.comparing import two_households
from app.disbursements.deciding_records import ApprovalQuery, Compared, TwoHouseholds
from app.disbursements.queries import approval_rows, award_view
from app.disbursements.records import AwardById, AwardView
from app.households.records import AccountForm
from tests.world import World, changed

ACCOUNT = AccountForm(
    account_holder="李示例", account_bank="示例银行", account_number="6222021234567890128"
)
PHONE = "15400004417"


def sharing(world: World) -> tuple[AwardView, int]:
    """Propose relief for a household whose account stands in another file too; return the award
    and the other household."""
    forms = [world.form(), world.form()]
    first, second = (
        world.file(
            world.accept(
                changed(
                    form,
                    household=changed(
                        form.household,
                        account=ACCOUNT,
                        head=changed(form.household.head, phone=PHONE),
                    ),
                )
            )
        )
        for form in forms
    )
    award_id = world.propose(first, Fen(120_000))
    return world.ask("zhao", award_view, AwardById(id=award_id)), second.household_id


def compared(world: World, view: AwardView, other: int) -> Compared:
    asked = TwoHouseholds(household_id=view.row.household_id, other_id=other)
    return world.ask("zhao", two_households, asked)


def test_each_household_that_shares_something_is_named_with_its_file(world: World) -> None:
    view, other = sharing(world)
    (found, *_) = [each for each in view.shared if each.household_id == other]
    assert found.says in view.flags
    assert found.file_number in found.says
    (row,) = [
        each for each in world.ask("zhao", approval_rows, ApprovalQuery()) if each.id == view.row.id
    ]
    assert row.light == "look"
    assert row.why.startswith(found.short)


def test_what_is_the_same_is_compared_in_the_clear_and_shown_masked(world: World) -> None:
    view, other = sharing(world)
    found = compared(world, view, other)
    (account,) = [line for line in found.lines if ACCOUNT.account_holder in line.one]
    assert account.same is True
    assert account.one == account.other
    assert "1234567890" not in account.one
    assert any(line.same is False for line in found.lines)
    assert all(line.same is None for line in found.lines if not (line.one and line.other))


def test_who_shares_a_telephone_stands_in_one_line(world: World) -> None:
    view, other = sharing(world)
    found = compared(world, view, other)
    (both,) = [line for line in found.people if line.same]
    assert found.one.name in both.one
    assert found.other.name in both.other
    assert "00004417" not in both.one


def test_what_both_were_given_stands_below(world: World) -> None:
    view, other = sharing(world)
    found = compared(world, view, other)
    assert [award.id for award in found.one.awards] == [view.row.id]
    assert found.other.awards == ()
