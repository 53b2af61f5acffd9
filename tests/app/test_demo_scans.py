"""The sample documents of the demonstration: the same every time, in the store once."""

from app.demo.desk import Desk
from app.demo.scans import hand_in, samples
from app.documents.queries import documents_of
from app.documents.records import DocumentsQuery
from app.reference.attachments import proof_of
from tests.filled import raw
from tests.world import World


def test_samples_are_documents_that_prove_something() -> None:
    assert {"身份证", "户口簿", "医保结算单"} == samples().keys()
    assert all(proof_of(kind) for kind in samples())
    assert {file.pages for file in samples().values()} == {1, 3}


def test_samples_are_drawn_alike_every_time() -> None:
    before = {kind: file.digest for kind, file in samples().items()}
    samples.cache_clear()
    assert {kind: file.digest for kind, file in samples().items()} == before


def test_households_hand_in_the_same_files(world: World) -> None:
    desk = Desk(world.office, world.clock, world.people)
    for accepted in (world.accept(), world.accept()):
        hand_in(desk, accepted.household_id, accepted.case_id)
        asked = DocumentsQuery(household_id=accepted.household_id)
        assert len(world.ask("wang", documents_of, asked)) == len(samples())
    with raw(world.office.path) as sql:
        assert sql.one("SELECT count(*) FROM document_content") == len(samples())
