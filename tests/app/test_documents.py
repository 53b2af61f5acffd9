"""Documents: added, put right, withdrawn, opened; nothing lost, nothing read in secret."""

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from app.audit.queries import audit_rows
from app.audit.records import AuditQuery
from app.core.errors import AppError, Conflict, Invalid, NotFound, NotNow, Refused
from app.core.words.documents import DocumentState, MediaType
from app.documents.actions import (
    add_document,
    give_documents,
    open_document,
    retag_document,
    withdraw_document,
)
from app.documents.files import examine
from app.documents.queries import documents_of, proofs_handed_in
from app.documents.records import (
    AddForm,
    DocumentById,
    DocumentRow,
    DocumentsQuery,
    DocumentWithdrawal,
    GiveForm,
    ProofOnFile,
    ProofsQuery,
    TagForm,
)
from app.documents.rules import (
    AlreadyKept,
    BadFileName,
    FileBroken,
    FileTooLarge,
    NotADocument,
    NotOfThisHousehold,
)
from app.documents.store import proofs_on_file
from app.reference.attachments import kind_of, proof_of
from app.reference.codes import codes
from app.reference.proofs import proofs
from tests.filled import raw
from tests.scans import pdf, scan
from tests.world import World, changed


def add(world: World, household_id: int, text: str = "1", **more: object) -> int:
    form = AddForm(file=scan(text=text), household_id=household_id)
    return world.do("wang", add_document, changed(form, **more))


def rows(world: World, household_id: int, *, withdrawn: bool = False) -> list[DocumentRow]:
    asked = DocumentsQuery(household_id=household_id, withdrawn=withdrawn)
    return world.ask("wang", documents_of, asked)


def tags(row: DocumentRow, **more: object) -> TagForm:
    form = TagForm(id=row.id, version=row.version, kind=row.kind, proof=row.proof)
    return changed(form, **more)


def member_ids(world: World, household_id: int) -> list[int]:
    with raw(world.office.path) as sql:
        found = "SELECT id FROM member WHERE household_id = ? ORDER BY position"
        return [key for (key,) in sql.run(found, household_id)]


def test_a_document_is_listed_without_its_content_and_opens_as_it_was(world: World) -> None:
    household_id = world.accept().household_id
    file = examine("结算单.pdf", pdf(3))
    form = AddForm(file=file, household_id=household_id, kind="医保结算单")
    document_id = world.do("wang", add_document, form)
    (row,) = rows(world, household_id)
    assert (row.id, row.kind, row.name, row.pages) == (document_id, "医保结算单", "结算单.pdf", 3)
    assert (row.media_type, row.size) == (MediaType.PDF, len(file.content))
    assert row.added_by == world.actor("wang").name
    assert row.thumbnail.startswith(b"\xff\xd8\xff")
    assert not any(value == file.content for value in vars(row).values())
    opened = world.do("zhao", open_document, DocumentById(id=document_id))
    assert (opened.content, opened.media_type, opened.pages) == (file.content, MediaType.PDF, 3)


def test_every_opening_stands_in_the_trail_and_the_content_does_not(world: World) -> None:
    household_id = world.accept().household_id
    document_id = add(world, household_id)
    world.do("zhou", open_document, DocumentById(id=document_id))
    acts = world.ask("zhou", audit_rows, AuditQuery(subject=f"document/{document_id}"))
    assert [act.verb for act in acts] == ["documents.open_document", "documents.add_document"]
    assert acts[0].actor == world.actor("zhou").name
    with raw(world.office.path) as sql:
        told = "".join(text for (text,) in sql.run("SELECT changes || request FROM audit"))
    assert "扫描.jpg" in told
    assert len(told) < 40_000


def test_only_those_who_handle_cases_read_documents(world: World) -> None:
    household_id = world.accept().household_id
    document_id = add(world, household_id)
    for user in ("qian", "sun", "li", "admin"):
        with pytest.raises(Refused):
            world.do(user, open_document, DocumentById(id=document_id))
        with pytest.raises(Refused):
            world.ask(user, documents_of, DocumentsQuery(household_id=household_id))
    with pytest.raises(Refused):
        world.do("zhao", add_document, AddForm(file=scan(text="9"), household_id=household_id))


def test_the_same_file_is_stored_once_and_taken_in_once_a_household(world: World) -> None:
    first, second = world.accept().household_id, world.accept().household_id
    document_id = add(world, first)
    with pytest.raises(AlreadyKept) as caught:
        add(world, first)
    assert caught.value.tell() == "“扫描.jpg”已在本户的材料里，名为“扫描.jpg”。"
    add(world, second)
    with raw(world.office.path) as sql:
        assert sql.one("SELECT count(*) FROM document") == 2
        assert sql.one("SELECT count(*) FROM document_content") == 1
    gone = DocumentWithdrawal(id=document_id, version=1, reason="扫错了")
    world.do("wang", withdraw_document, gone)
    assert add(world, first) > document_id, "a withdrawn one does not stand in the way"


# What it is, whose, and what it proves


def test_the_kind_says_what_a_document_proves_unless_told_otherwise(world: World) -> None:
    household_id = world.accept().household_id
    add(world, household_id, "1", kind="诊断证明")
    add(world, household_id, "2", kind="诊断证明", proof="cause_proof")
    add(world, household_id, "3", kind="诊断证明", proof="")
    add(world, household_id, "4", kind="银行卡复印件")
    assert [row.proof for row in rows(world, household_id)] == ["diagnosis", "cause_proof", "", ""]


def test_a_document_is_put_right_and_its_file_stays(world: World) -> None:
    household_id = world.accept().household_id
    person = member_ids(world, household_id)[1]
    add(world, household_id)
    (row,) = rows(world, household_id)
    day = world.clock.today()
    form = tags(row, kind="残疾证", proof="disability_card", member_id=person)
    world.do("wang", retag_document, changed(form, taken_on=day, valid_until=day))
    (now,) = rows(world, household_id)
    assert (now.kind, now.proof, now.member_id) == ("残疾证", "disability_card", person)
    assert (now.taken_on, now.valid_until, now.expired) == (day, day, False)
    assert now.person
    assert (now.name, now.size, now.version) == (row.name, row.size, row.version + 1)
    with pytest.raises(Conflict):
        world.do("wang", retag_document, tags(row))


def test_words_that_are_in_no_list_are_refused(world: World) -> None:
    household_id = world.accept().household_id
    with pytest.raises(Invalid) as caught:
        add(world, household_id, kind="情书", proof="love")
    assert [problem.field for problem in caught.value.problems] == ["kind", "proof"]
    assert not rows(world, household_id)


def test_people_and_applications_of_others_are_refused(world: World) -> None:
    own, other = world.accept(), world.accept()
    stranger = member_ids(world, other.household_id)[0]
    with pytest.raises(NotOfThisHousehold):
        add(world, own.household_id, member_id=stranger)
    with pytest.raises(NotOfThisHousehold):
        add(world, own.household_id, case_id=other.case_id)
    add(world, own.household_id, case_id=own.case_id)
    (row,) = rows(world, own.household_id)
    assert row.case_id == own.case_id
    with pytest.raises(NotOfThisHousehold):
        world.do("wang", retag_document, tags(row, member_id=stranger))


def test_a_withdrawn_document_is_kept_and_out_of_the_list(world: World) -> None:
    household_id = world.accept().household_id
    document_id = add(world, household_id, kind="诊断证明")
    (row,) = rows(world, household_id)
    gone = DocumentWithdrawal(id=document_id, version=row.version, reason="  ")
    with pytest.raises(Invalid):
        world.do("wang", withdraw_document, gone)
    world.do("wang", withdraw_document, changed(gone, reason="别人的 "))
    assert rows(world, household_id) == []
    (row,) = rows(world, household_id, withdrawn=True)
    assert (row.state, row.reason) == (DocumentState.WITHDRAWN, "别人的")
    assert world.do("zhou", open_document, DocumentById(id=document_id)).content
    assert handed_in(world, household_id) == {}
    for action, form in (
        (withdraw_document, changed(gone, version=row.version, reason="又")),
        (retag_document, tags(row)),
    ):
        with pytest.raises(NotNow):
            world.do("wang", action, form)


# Proofs on file


def handed_in(world: World, household_id: int) -> dict[str, ProofOnFile]:
    found = world.ask("qian", proofs_handed_in, ProofsQuery(household_id=household_id))
    return {each.proof: each for each in found}


def test_proofs_on_file_are_named_with_their_days(world: World) -> None:
    household_id = world.accept().household_id
    today = world.clock.today()
    add(world, household_id, "1", kind="诊断证明", taken_on=today - timedelta(days=9))
    add(world, household_id, "2", kind="低保证", valid_until=today - timedelta(days=1))
    add(world, household_id, "3", kind="其他材料")
    found = handed_in(world, household_id)
    assert set(found) == {"diagnosis", "dibao_certificate"}
    assert found["diagnosis"].handed_in_on == today
    assert found["diagnosis"].taken_on == today - timedelta(days=9)
    assert [each.expired for each in found.values()] == [False, True]


def test_the_newest_valid_document_stands_for_a_proof_of_a_person(world: World) -> None:
    household_id = world.accept().household_id
    head, other = member_ids(world, household_id)[:2]
    today = world.clock.today()
    valid = add(world, household_id, "1", kind="诊断证明", member_id=head)
    add(
        world, household_id, "2", kind="诊断证明", member_id=head,
        valid_until=today - timedelta(days=1),
    )  # fmt: skip
    theirs = add(world, household_id, "3", kind="诊断证明", member_id=other)
    with Session(world.office.engines.reader) as session:
        found = proofs_on_file(session, household_id, today)
    assert {key: each.document_id for key, each in found.items()} == {
        ("diagnosis", head): valid,
        ("diagnosis", other): theirs,
    }


def test_every_kind_proves_what_there_is() -> None:
    words = codes("attachment", date(2026, 11, 20))
    assert {"身份证", "户口簿", "收入证明", "诊断证明", "残疾证", "低保证"} <= set(words)
    assert {proof_of(word) for word in words} - {""} <= proofs().keys()
    assert proof_of("其他材料") == ""
    assert kind_of("income_proof") == "收入证明"
    assert kind_of("policy_document") == ""
    without = {"relief_register", "center_standard", "policy_document", "cause_proof"}
    assert {name for name in proofs() if not kind_of(name)} == without


# Drafts


def draft(world: World, text: str = "1", user: str = "wang") -> int:
    return world.do(user, add_document, AddForm(file=scan(text=text), draft_id="d1"))


def test_the_documents_of_a_draft_go_with_the_household_that_is_accepted(world: World) -> None:
    document_id = draft(world)
    mine = DocumentsQuery(draft_id="d1")
    assert [row.id for row in world.ask("wang", documents_of, mine)] == [document_id]
    accepted = world.accept(changed(world.form(), draft_id="d1"))
    assert world.ask("wang", documents_of, mine) == []
    (row,) = rows(world, accepted.household_id)
    assert (row.id, row.case_id) == (document_id, accepted.case_id)


def test_the_documents_of_a_draft_are_given_to_a_household_that_is_known(world: World) -> None:
    household_id = world.accept().household_id
    add(world, household_id, "1")
    draft(world, "1")
    fresh = draft(world, "2")
    give = GiveForm(draft_id="d1", household_id=household_id)
    assert world.do("wang", give_documents, give) == 1, "the other one is there already"
    assert [row.id for row in rows(world, household_id)][1:] == [fresh]
    assert len(world.ask("wang", documents_of, DocumentsQuery(draft_id="d1"))) == 1


def test_the_documents_of_a_draft_are_its_owners_alone(world: World) -> None:
    document_id = draft(world)
    assert world.ask("zhao", documents_of, DocumentsQuery(draft_id="d1")) == []
    with pytest.raises(NotFound):
        world.do("zhao", open_document, DocumentById(id=document_id))
    with pytest.raises(AlreadyKept):
        draft(world)


def test_a_document_belongs_somewhere(world: World) -> None:
    with pytest.raises(NotFound):
        world.do("wang", add_document, AddForm(file=scan()))
    with pytest.raises(NotFound):
        add(world, 999)


# Only what was examined is taken


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"content": b"\xff\xd8\xff other"}, FileBroken),
        ({"content": b"MZ a program"}, NotADocument),
        ({"content": b"\xff\xd8\xff" + bytes(20 * 1024 * 1024)}, FileTooLarge),
        ({"media_type": MediaType.PDF}, NotADocument),
        ({"thumbnail": bytes(20_000)}, FileBroken),
        ({"name": "../../etc/passwd"}, BadFileName),
        ({"name": "正\u202egpj.exe"}, BadFileName),
        ({"name": " "}, AppError),
        ({"pages": 0}, Invalid),
    ],
)
def test_a_file_that_was_not_examined_is_refused(
    world: World, wrong: dict[str, object], error: type[AppError]
) -> None:
    household_id = world.accept().household_id
    with pytest.raises(error) as caught:
        add(world, household_id, file=changed(scan(), **wrong))
    assert caught.value.tell()
    with raw(world.office.path) as sql:
        assert sql.one("SELECT count(*) FROM document_content") == 0
