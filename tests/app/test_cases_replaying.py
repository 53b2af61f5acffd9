"""Sealed assessments: the same answer years later, and documents that have changed since."""

import pytest
from sqlalchemy import text

from app.cases.replaying import NoSuchAssessment, Replay, ReplayRequest, replay
from app.core.record import Nothing
from app.packs.actions import accept_packs
from app.packs.queries import changed_packs
from app.packs.records import AcceptPacks, ChangedPack
from app.packs.rules import PackChanged
from tests.packs import with_another_classification
from tests.world import World

NUMBER = "C2026-00001"


def again(world: World, number: str = NUMBER) -> Replay:
    found: Replay = world.ask("zhao", replay, ReplayRequest(number=number))
    return found


def test_a_sealed_assessment_is_proved_again(world: World) -> None:
    world.file()
    found = again(world)
    assert (found.number, found.same, found.differences) == (NUMBER, True, ())
    assert found.changed_packs == ()


def test_a_number_that_was_never_given(world: World) -> None:
    with pytest.raises(NoSuchAssessment, match="C2026-00009"):
        again(world, "c2026-00009")


def test_an_answer_that_was_tampered_with_is_named_by_its_place(world: World) -> None:
    world.file()
    with world.office.engines.writer.begin() as connection:
        for trigger in connection.execute(
            text(
                "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'assessment'"
            )
        ).scalars():
            connection.execute(text(f"DROP TRIGGER {trigger}"))
        connection.execute(
            text("UPDATE assessment SET result = replace(result, '深度困难', '相对困难')")
        )
    found = again(world)
    assert not found.same
    assert any(each.startswith("classification.category") for each in found.differences)


def test_a_document_that_changed_is_noticed_and_the_old_one_still_proves(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.file()
    new = with_another_classification(monkeypatch, world)
    noticed = world.ask("zhao", changed_packs, Nothing())
    assert noticed == [ChangedPack(pack=new.id, title=new.title, digest=new.digest)]
    found = again(world)
    assert (found.same, found.changed_packs) == (True, (new.id,))


def test_nothing_is_decided_by_a_changed_document_before_it_is_taken_into_use(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.file()
    new = with_another_classification(monkeypatch, world)
    accepted = world.accept()
    with pytest.raises(PackChanged, match=new.title):
        world.file(accepted)
    world.do("zhao", accept_packs, AcceptPacks(digests=(new.digest,)))
    assert world.ask("zhao", changed_packs, Nothing()) == []
    world.file(accepted)
    assert again(world, "C2026-00002").same
