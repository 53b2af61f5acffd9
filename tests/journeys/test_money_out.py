"""From the counter to the bank, verb by verb: three people, four kinds of paper, one trail."""

from itertools import pairwise
from typing import Any

import pytest

from app.audit.queries import audit_rows
from app.audit.records import AuditQuery, AuditView
from app.cases.actions import issue_certificate
from app.cases.records import CertificateForm
from app.core.money import capitals
from app.core.words.disbursements import AwardState, BatchState
from app.core.words.papers import PaperKind
from app.disbursements.actions import issue_approval_form
from app.disbursements.batch_queries import batch_view
from app.disbursements.batch_records import BatchById
from app.disbursements.batches import issue_payment_list
from app.disbursements.queries import award_view
from app.disbursements.records import AwardById
from app.funds.queries import fund_rows
from app.papers.actions import note_print
from app.papers.queries import paper_rows, paper_view, verify
from app.papers.records import Code, PaperById, PaperQuery, PaperView, PrintForm
from app.papers.render import render
from app.reports.queries import check_store
from app.staff.rights import permissions_of
from app.work import SecondPersonNeeded
from tests.filled import pay
from tests.world import World


def sheets(world: World) -> dict[PaperKind, PaperView]:
    rows = world.ask("wang", paper_rows, PaperQuery())
    return {row.kind: world.ask("wang", paper_view, PaperById(id=row.id)) for row in rows}


def trail(world: World, subject: str) -> list[AuditView]:
    """Return the acts about one row, the first one first."""
    return world.ask("zhou", audit_rows, AuditQuery(subject=subject))[::-1]


def test_the_main_job(world: World) -> None:
    before = world.ask("qian", fund_rows)[0]

    accepted = world.accept()  # 王芳 takes the household in
    world.file(accepted)  # 赵建国 puts it on file
    certificate = CertificateForm(
        household_id=accepted.household_id, purpose="子女就学", valid_until=world.clock.today()
    )
    world.do("wang", issue_certificate, certificate)
    award_id = world.propose(accepted, fen=80_050)  # 王芳 proposes
    world.decide(award_id)  # 赵建国 approves: the money is reserved
    after = world.ask("qian", fund_rows)[0]
    assert (after.available, after.reserved) == (before.available - 80_050, 80_050)
    world.do("wang", issue_approval_form, AwardById(id=award_id))
    batch_id = world.frozen(award_id)  # 钱立 prepares and freezes
    world.do("qian", issue_payment_list, BatchById(id=batch_id))
    pay(world, batch_id)  # the bank pays

    after = world.ask("qian", fund_rows)[0]
    assert (after.available, after.reserved, after.paid) == (before.available - 80_050, 0, 80_050)
    award = world.ask("zhao", award_view, AwardById(id=award_id))
    assert award.row.state is AwardState.PAID
    batch = world.ask("qian", batch_view, BatchById(id=batch_id))
    assert batch.row.state is BatchState.RECONCILED

    papers = sheets(world)
    assert set(papers) == {
        PaperKind.ACCEPTANCE_RECEIPT,
        PaperKind.HARDSHIP_CERTIFICATE,
        PaperKind.APPROVAL_FORM,
        PaperKind.PAYMENT_LIST,
    }
    for kind in (PaperKind.APPROVAL_FORM, PaperKind.PAYMENT_LIST):
        assert papers[kind].sheet.facts["amount"] == award.row.amount
    assert batch.capitals == capitals(award.row.amount)
    for view in papers.values():
        assert render(view.sheet).startswith(b"%PDF")
        assert world.ask("wang", verify, Code(text=view.sheet.payload)).paper == "genuine"
        assert world.do("wang", note_print, PrintForm(id=view.row.id)) == 1

    decided = {row.verb.rpartition(".")[2]: row.actor for row in trail(world, f"award/{award_id}")}
    paid = {row.verb.rpartition(".")[2]: row.actor for row in trail(world, f"batch/{batch_id}")}
    people = (decided["propose_award"], decided["decide_award"], paid["freeze_batch"])
    assert people == ("王芳", "赵建国", "钱立")
    assert paid["take_bank_result"] == "钱立"
    assert world.ask("admin", check_store).findings == ()


def test_the_trail_tells_the_way_of_the_money_in_order(world: World) -> None:
    award_id = world.approved()
    batch_id = world.frozen(award_id)
    pay(world, batch_id)
    acts = world.ask("zhou", audit_rows, AuditQuery())[::-1]
    states = [
        change
        for act in acts
        if (change := act.changes.get(f"award/{award_id}", {}).get("state")) is not None
    ]
    assert states == [
        "proposed",
        ["proposed", "approved"],
        ["approved", "in_batch"],
        ["in_batch", "paid"],
    ]
    assert all(first.id + 1 == second.id for first, second in pairwise(acts))


def test_a_failed_payment_goes_back_to_its_fund(world: World) -> None:
    before = world.ask("qian", fund_rows)[0]
    award_id = world.approved(fen=40_000)
    pay(world, world.frozen(award_id), {1: "账号已销户"})
    assert world.ask("qian", fund_rows)[0] == before
    assert world.ask("zhao", award_view, AwardById(id=award_id)).row.state is AwardState.RETURNED


@pytest.mark.parametrize("user", ["wang", "zhao"])
def test_whoever_holds_every_role_still_needs_two_others(world: World, user: str) -> None:
    person = world.people[user]
    roles = frozenset(role for actor in world.people.values() for role in actor.roles)
    both: Any = type(person)(person.id, person.user, person.name, roles, permissions_of(roles))
    award_id = world.propose()
    world.people[user] = both
    if user == "wang":
        with pytest.raises(SecondPersonNeeded):
            world.decide(award_id, user="wang")
    world.decide(award_id)
    world.people["qian"] = both
    with pytest.raises(SecondPersonNeeded):
        world.batch(award_id)


def test_rights_are_those_of_the_roles_in_the_list(world: World) -> None:
    actor = world.office.enter("zhao")
    assert actor.permissions == permissions_of(actor.roles)
    assert actor == world.people["zhao"]
