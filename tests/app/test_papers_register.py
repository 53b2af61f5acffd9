"""The register of papers: numbers, prints with their reasons, void papers, verification."""

from datetime import timedelta

import pytest

from app.core.errors import Conflict, Invalid, NotNow
from app.core.words.papers import PaperKind, PaperState
from app.disbursements.actions import issue_approval_form
from app.disbursements.records import AwardById
from app.papers.actions import note_print, void_paper
from app.papers.queries import paper_counts, paper_rows, paper_view, verify, verifying_key
from app.papers.records import Code, PaperById, PaperQuery, PaperRow, PaperView, PrintForm, VoidForm
from app.papers.seal import check, claims_of
from app.papers.store import MARKS, FrozenPaperAltered
from tests.filled import raw
from tests.world import World


def view(world: World, paper_id: int) -> PaperView:
    return world.ask("wang", paper_view, PaperById(id=paper_id))


def rows(world: World, **asked: object) -> list[PaperRow]:
    return world.ask("wang", paper_rows, PaperQuery(**asked))  # pyright: ignore[reportArgumentType] - parts of the query


def test_every_kind_counts_from_one_without_gaps(world: World) -> None:
    first, second = world.accept(), world.accept()
    paper = world.do("wang", issue_approval_form, AwardById(id=world.propose(world.file(first))))
    assert view(world, first.paper_id).row.number == "哈工帮受〔2026〕第00001号"
    assert view(world, second.paper_id).row.number == "哈工帮受〔2026〕第00002号"
    assert view(world, paper).row.number == "哈工帮审〔2026〕第00001号"
    assert set(MARKS) == set(PaperKind)
    assert len(set(MARKS.values())) == len(PaperKind)


def test_an_issued_paper_is_signed_and_verified_without_the_store(world: World) -> None:
    sheet = view(world, world.accept().paper_id).sheet
    key = bytes.fromhex(world.ask("wang", verifying_key))
    assert check(key, sheet.payload) == claims_of(sheet)
    assert check(bytes(32), sheet.payload) is None


def test_prints_are_counted_and_a_further_one_needs_its_reason(world: World) -> None:
    paper = world.accept().paper_id
    assert world.ask("wang", paper_counts).unprinted == 1
    assert world.do("wang", note_print, PrintForm(id=paper)) == 1
    with pytest.raises(Invalid):
        world.do("wang", note_print, PrintForm(id=paper, reason=" "))
    assert world.do("zhao", note_print, PrintForm(id=paper, reason="遗失")) == 2
    seen = view(world, paper)
    assert [(each.copy, each.printed_by, each.reason) for each in seen.prints] == [
        (1, "王芳", ""),
        (2, "赵建国", "遗失"),
    ]
    assert seen.sheet.copy == 3, "the next one"
    assert (seen.row.prints, seen.row.note) == (2, "遗失")
    counts = world.ask("wang", paper_counts)
    assert (counts.all, counts.unprinted, counts.printed_today, counts.void) == (1, 0, 1, 0)


def test_a_void_paper_keeps_its_number_and_is_not_printed(world: World) -> None:
    paper = world.accept().paper_id
    before = view(world, paper).row
    form = VoidForm(id=paper, version=before.version, reason="填写有误")
    world.do("zhao", void_paper, form)
    with pytest.raises(Conflict):
        world.do("zhao", void_paper, form)
    with pytest.raises(NotNow):
        world.do("zhao", void_paper, VoidForm(id=paper, version=before.version + 1, reason="再"))
    with pytest.raises(NotNow):
        world.do("wang", note_print, PrintForm(id=paper))
    seen = view(world, paper)
    assert (seen.row.number, seen.row.state) == (before.number, PaperState.VOID)
    assert seen.void_reason == "填写有误"
    assert view(world, world.accept().paper_id).row.number.endswith("第00002号")
    found = world.ask("wang", verify, Code(text=before.number))
    assert (found.paper, found.void_reason) == ("void", "填写有误")


def test_a_code_a_number_or_a_scan_is_verified(world: World) -> None:
    accepted = world.accept()
    sheet = view(world, accepted.paper_id).sheet
    texts = (sheet.number, sheet.check_code, sheet.check_code.lower(), sheet.payload, sheet.payload)
    for text in texts:
        found = world.ask("wang", verify, Code(text=f" {text} "))
        assert (found.paper, found.id, found.number) == (
            "genuine",
            accepted.paper_id,
            sheet.number,
        )
    for text in ("7777-7777", "哈工帮受〔2026〕第00099号", "BF1:ABC", "", "x"):
        assert world.ask("wang", verify, Code(text=text)).paper == "unknown"


@pytest.mark.parametrize("facts", ["replace(facts, '2026-0001', '2026-0002')", "'{}'", "'[]'"])
def test_an_altered_paper_is_told_and_not_shown(world: World, facts: str) -> None:
    paper = world.accept().paper_id
    number = view(world, paper).row.number
    with raw(world.office.path) as sql:
        sql.switch_off_the_guards()
        sql.run(f"UPDATE paper SET facts = {facts} WHERE id = ?", paper)
    assert world.ask("wang", verify, Code(text=number)).paper == "altered"
    with pytest.raises(FrozenPaperAltered) as altered:
        view(world, paper)
    assert number in altered.value.tell()


def test_the_register_is_narrowed_by_kind_household_day_and_state(world: World) -> None:
    first = world.file()
    award = world.propose(first)
    form = world.do("wang", issue_approval_form, AwardById(id=award))
    world.do("wang", note_print, PrintForm(id=form))
    world.clock.instant += timedelta(days=3)
    second = world.accept()
    assert [row.id for row in rows(world)] == [second.paper_id, form, first.paper_id]
    assert [row.id for row in rows(world, kind=PaperKind.APPROVAL_FORM)] == [form]
    assert [row.id for row in rows(world, household_id=first.household_id)] == [
        form,
        first.paper_id,
    ]
    assert [row.id for row in rows(world, subject=f"award/{award}")] == [form]
    assert [row.id for row in rows(world, on=world.clock.today())] == [second.paper_id]
    assert [row.id for row in rows(world, unprinted=True)] == [second.paper_id, first.paper_id]
    assert [row.id for row in rows(world, printed_on=first_day(world))] == [form]
    assert rows(world, void=True) == []
    assert len(rows(world, limit=1)) == 1


def first_day(world: World) -> object:
    return world.clock.today() - timedelta(days=3)
