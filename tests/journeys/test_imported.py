"""The main job on a household that came in with an old archive."""

import pytest

from app.cases.actions import accept_further
from app.cases.records import ApplicationForm, NewApplication
from app.core.words.disbursements import AwardState
from app.core.words.households import FileState
from app.disbursements.queries import award_view
from app.disbursements.records import AwardById
from app.exchange.importing_rules import ImportTouched
from app.households.actions import change_household, open_form
from app.households.queries import household_view
from app.households.records import ById, Reveal
from app.reports.queries import check_store
from app.search.queries import search
from app.search.records import SearchQuery
from tests.filled import pay
from tests.imports import bring_in, read, undo, workbook
from tests.world import World, changed


def test_an_imported_household_gets_its_relief(world: World) -> None:
    planned, data = workbook(40, 15)
    imported = bring_in(world, data, skip_bad=True)
    assert imported.left_out == len(planned.kept_out)
    person = next(read_in for read_in in read(world, data).households if read_in.members)
    [hit] = world.ask("wang", search, SearchQuery(text=person.id_number)).hits
    view = world.ask("wang", household_view, ById(id=hit.id))
    assert (view.file_state, view.filed_on) == (FileState.ACTIVE, person.filed_on)

    # What the old archive does not know is asked at the counter.
    opened = world.do("wang", open_form, Reveal(household_id=hit.id))
    told = world.form().household
    known = opened.household
    household = changed(
        known,
        head=changed(known.head, person_type=told.head.person_type, district=told.head.district),
        income=told.income,
        expenditure=told.expenditure,
        declaration=told.declaration,
    )
    world.do("wang", change_household, changed(opened, household=household))
    further = NewApplication(
        household_id=hit.id, application=ApplicationForm(items=("living_relief",))
    )
    accepted = world.do("wang", accept_further, further)
    world.file(accepted)
    holder = {"account_holder": view.name, "account_number": known.account.account_number}
    award_id = world.propose(accepted, fen=50_000, **holder)
    world.decide(award_id)
    pay(world, world.frozen(award_id))
    assert world.ask("zhao", award_view, AwardById(id=award_id)).row.state is AwardState.PAID
    assert world.ask("admin", check_store).findings == ()

    with pytest.raises(ImportTouched) as refused:
        undo(world, imported.number)
    assert view.file_number in refused.value.tell()
