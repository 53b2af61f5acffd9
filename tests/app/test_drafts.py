"""Drafts: kept as typed, each for its owner, closed without a trace of what was in them."""

import pytest

from app.core.errors import NotFound
from app.drafts.actions import discard_draft, save_draft
from app.drafts.queries import draft_view, my_drafts
from app.drafts.records import DraftById, DraftForm
from tests.filled import raw
from tests.world import World, changed

DRAFT = DraftForm(
    id="d1", form="intake", title="李某", content={"head.name": "李某", "n": [1, None]}
)


def test_a_draft_is_kept_as_typed_and_the_newest_comes_first(world: World) -> None:
    world.do("wang", save_draft, DRAFT)
    world.clock.instant = world.clock.instant.replace(minute=31)
    world.do("wang", save_draft, changed(DRAFT, id="d2", title="王某"))
    assert [row.title for row in world.ask("wang", my_drafts)] == ["王某", "李某"]
    assert world.ask("wang", draft_view, DraftById(id="d1")).content == DRAFT.content


def test_saving_again_keeps_when_it_was_begun(world: World) -> None:
    world.do("wang", save_draft, DRAFT)
    begun = world.clock.now()
    world.clock.instant = world.clock.instant.replace(minute=45)
    world.do("wang", save_draft, changed(DRAFT, title="李某某", content={}))
    row = world.ask("wang", my_drafts)[0]
    assert (row.started_at, row.saved_at, row.title) == (begun, world.clock.now(), "李某某")


def test_a_draft_is_its_owners_alone(world: World) -> None:
    world.do("wang", save_draft, DRAFT)
    assert world.ask("sun", my_drafts) == []
    with pytest.raises(NotFound):
        world.ask("sun", draft_view, DraftById(id="d1"))
    with pytest.raises(NotFound):
        world.do("sun", save_draft, changed(DRAFT, title="别的"))
    with pytest.raises(NotFound):
        world.do("sun", discard_draft, DraftById(id="d1"))
    assert world.ask("wang", my_drafts)[0].title == "李某"


def test_a_draft_handed_in_is_closed_and_its_content_gone(world: World) -> None:
    world.do("wang", save_draft, DRAFT)
    world.accept(changed(world.form(), draft_id="d1"))
    assert world.ask("wang", my_drafts) == []
    with raw(world.office.path) as sql:
        assert sql.run("SELECT open, content FROM draft") == [(0, None)]


def test_a_late_save_does_not_open_a_closed_draft(world: World) -> None:
    world.do("wang", save_draft, DRAFT)
    world.do("wang", discard_draft, DraftById(id="d1"))
    world.do("wang", save_draft, DRAFT)
    assert world.ask("wang", my_drafts) == []
    with pytest.raises(NotFound):
        world.ask("wang", draft_view, DraftById(id="d1"))


def test_what_is_not_there_cannot_be_discarded(world: World) -> None:
    with pytest.raises(NotFound):
        world.do("wang", discard_draft, DraftById(id="none"))
    accepted = world.accept(changed(world.form(), draft_id="never-saved"))
    assert accepted.case_number
