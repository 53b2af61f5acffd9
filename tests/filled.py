"""A store in which every table has rows, and the way to it past every verb.

The whole main job is done in it once a run; tests look at it, and try what raw SQL can do.
"""

import shutil
import sqlite3
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from app.cases.actions import issue_certificate
from app.cases.records import Accepted, CertificateForm
from app.core.money import Fen
from app.core.words.disbursements import Decision, ListKind, NeedKind, PayWay, SampleResult
from app.core.words.funds import FundSource
from app.core.words.relief import ReliefItem
from app.demo.center import PASSWORD
from app.disbursements.actions import issue_approval_form
from app.disbursements.batch_queries import batch_view
from app.disbursements.batch_records import BatchById, BatchStepForm, TakeOut
from app.disbursements.batches import issue_payment_list, take_out
from app.disbursements.cash import close_day, confirm_day
from app.disbursements.cash_records import CashDayStep, CloseDayForm
from app.disbursements.deciding_records import TieForm
from app.disbursements.list_records import ListForm, ListPick, ListRowsForm, ListStep
from app.disbursements.lists import open_list, propose_list, put_on_list
from app.disbursements.records import AwardById, NeedForm
from app.disbursements.sample_records import CallForm, DrawForm
from app.disbursements.sampling import draw_sample, record_call, sample_of
from app.disbursements.ties import declare_tie
from app.documents.actions import add_document, open_document, withdraw_document
from app.documents.records import AddForm, DocumentById, DocumentWithdrawal
from app.drafts.actions import save_draft
from app.drafts.records import DraftForm
from app.exchange.actions import send_to_bank, take_bank_result
from app.exchange.bank_batch import answer_of_the_bank
from app.exchange.bank_layout import layout
from app.exchange.records import ResultForm
from app.households.actions import reveal
from app.households.merging import undo_change
from app.households.merging_records import HeadChangeForm, UndoForm
from app.households.moving_people import change_head
from app.households.queries import household_view
from app.households.records import ById, HouseholdForm, Reveal
from app.papers.actions import note_print
from app.papers.records import PrintForm
from app.reports.actions import keep_plan
from app.reports.records import PlanForm
from app.services.actions import close_service, withdraw_service
from app.services.records import CloseForm, WithdrawForm
from db.engine import connect
from db.keys import KeyFile, key_file_of
from tests.borrowing import lend_some
from tests.claims import claim_some
from tests.funds import carry, granted, opened
from tests.hired import hire_some
from tests.imports import bring_in, undo, workbook
from tests.payments import confirm, freeze_by_hand, hand, refund
from tests.scans import scan
from tests.steps import take_some_steps
from tests.world import World, changed, open_world


@dataclass
class Raw:
    """Raw SQL with the key open, past the office."""

    connection: sqlite3.Connection

    def run(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """Run one statement and return its rows."""
        return self.connection.execute(sql, values).fetchall()

    def one(self, sql: str, *values: Any) -> Any:
        """Return the first column of the first row."""
        return self.run(sql, *values)[0][0]

    def columns(self, table: str) -> list[str]:
        """Return the names of a table's columns."""
        return [row[1] for row in self.run(f'PRAGMA table_info("{table}")')]

    def again(self, table: str, where: str, **changed: Any) -> None:
        """Insert a copy of one row, with some columns changed and without its id."""
        names = [name for name in self.columns(table) if name != "id" or "id" in changed]
        values = [changed.get(name) if name in changed else _name(name) for name in names]
        told = [value for name, value in zip(names, values, strict=True) if name in changed]
        picked = ["?" if name in changed else _name(name) for name in names]
        into = ", ".join(map(_name, names))
        self.run(
            f'INSERT INTO "{table}" ({into}) SELECT {", ".join(picked)} FROM "{table}" '
            f"WHERE {where}",
            *told,
        )

    def switch_off_the_guards(self) -> None:
        """Drop every trigger, as somebody would who wants to alter a row unseen."""
        self.run("BEGIN")  # one for all: a commit each takes longer than most tests
        for (name,) in self.run("SELECT name FROM sqlite_master WHERE type = 'trigger'"):
            self.run(f"DROP TRIGGER {name}")
        self.run("COMMIT")


def _name(column: str) -> str:
    return f'"{column}"'


@contextmanager
def raw(store: Path) -> Generator[Raw]:
    """Open a store as somebody with a password and another tool would: keys between tables
    are not enforced there."""
    key = KeyFile.read(key_file_of(store)).open_with_password("wang", PASSWORD)
    assert key is not None
    connection = connect(store, key)
    try:
        connection.execute("PRAGMA foreign_keys = OFF")
        yield Raw(connection)
    finally:
        connection.close()


def do_the_whole_job(world: World) -> None:
    """Bring three households through everything there is; one proposal and one batch stay open."""
    draft = DraftForm(id="d1", form="intake", title="某户", content={"head.name": "某人"})
    world.do("wang", save_draft, draft)
    form = world.form()
    head = changed(form.household.head, name="单示例")
    household: HouseholdForm = changed(form.household, head=head)
    first = world.file(world.accept(changed(form, household=household, draft_id="d1")))
    world.do("wang", reveal, Reveal(household_id=first.household_id))
    certificate = CertificateForm(
        household_id=first.household_id, purpose="子女就学", valid_until=world.clock.today()
    )
    paper = world.do("wang", issue_certificate, certificate)
    world.do("wang", note_print, PrintForm(id=paper))
    world.do("wang", note_print, PrintForm(id=paper, reason="遗失"))

    requests = [
        world.request(first, measure)
        for measure in ("culture_card", "dibao_application", "counselling")
    ]
    done, _open, withdrawn = requests
    world.do("wang", close_service, CloseForm(id=done.id, version=1, result="已领卡"))
    world.do("wang", withdraw_service, WithdrawForm(id=withdrawn.id, version=1, reason="不需要了"))

    keep_documents(world, first.household_id)
    change_the_head_and_back(world, first.household_id)
    failing, paid = world.propose(first, fen=60_000), world.propose(fen=30_000)
    world.decide(failing)
    world.decide(paid, Decision.DEFERRED, opinion="上会研究")
    world.decide(paid)
    batch = world.frozen(failing, paid)
    pay(world, batch, {1: "账号已销户"})
    world.do("wang", issue_approval_form, AwardById(id=paid))
    world.do("qian", issue_payment_list, BatchById(id=batch))
    hand_cash_out(world, first)
    ask_and_take_back(world, batch, paid)

    world.form()  # the third household cannot be filed
    take_some_steps(world, world.file())
    waiting = world.approved(fen=20_000)
    draft_batch = world.batch(waiting, world.approved(fen=25_000))
    view = world.ask("qian", batch_view, BatchById(id=draft_batch))
    out = TakeOut(
        batch_id=draft_batch, version=view.row.version, line_id=view.lines[1].id, reason="下批发"
    )
    world.do("qian", take_out, out)
    world.propose(fen=15_000, needs=(NeedForm(kind=NeedKind.INVOICE, number="00128845"),))
    li = world.people["li"].id
    tie = TieForm(household_id=first.household_id, staff_id=li, note="户主的外甥女")
    world.do("zhao", declare_tie, tie)
    hand_in_a_list(world, first.household_id)
    carry_a_fund_over(world)
    plan = PlanForm(
        year=2026,
        item=ReliefItem.LIVING,
        households=100,
        fen=Fen(8_000_000),
        document="2026 年帮扶工作计划",
    )
    world.do("qian", keep_plan, plan)
    lend_some(world)
    claim_some(world)
    hire_some(world)
    undo(world, bring_in(world, workbook(3)[1]).number)
    bring_in(world, workbook(4)[1])


def hand_cash_out(world: World, accepted: Accepted) -> None:
    """Hand cash out to a household and close the day, by two people."""
    cash = {"way": PayWay.CASH, "account_holder": "", "account_number": ""}
    award_id = world.propose(accepted, fen=5_000, **cash)
    world.decide(award_id)
    hand(world, freeze_by_hand(world, [award_id], PayWay.CASH))
    counted = CloseDayForm(day=world.clock.today(), drawn=Fen(5_000), counted=Fen(0))
    day = world.do("qian", close_day, counted)
    world.do("zhao", confirm_day, CashDayStep(id=day, version=1))


def ask_and_take_back(world: World, batch_id: int, award_id: int) -> None:
    """Ask whether a payment was received, and take a part of it back; another part waits."""
    world.do("zhao", draw_sample, DrawForm(batch_id=batch_id, count=1))
    row = world.ask("zhao", sample_of, BatchById(id=batch_id)).rows[0]
    call = CallForm(id=row.id, version=row.version, result=SampleResult.RECEIVED)
    world.do("zhao", record_call, call)
    confirm(world, refund(world, award_id, 1_000))
    refund(world, award_id, 2_000)


def hand_in_a_list(world: World, *household_ids: int) -> None:
    """Give some households goods on a festival list; it waits for approval."""
    form = ListForm(
        kind=ListKind.FESTIVAL,
        title="春节送温暖",
        measure="festival_relief",
        fund_id=world.fund_id(),
        way=PayWay.GOODS,
        goods="大米（袋）",
        quantity=2,
        unit_value=Fen(6_500),
    )
    list_id = world.do("wang", open_list, form)
    rows = tuple(ListPick(household_id=each) for each in household_ids)
    world.do("wang", put_on_list, ListRowsForm(id=list_id, version=1, rows=rows))
    world.do("wang", propose_list, ListStep(id=list_id, version=2))


def carry_a_fund_over(world: World) -> None:
    """Carry a part of one fund of the city over to another."""
    leaving, entering = (
        opened(world, name=name, source=FundSource.CITY) for name in ("结转前", "结转后")
    )
    granted(world, leaving, 100_000)
    carry(world, leaving, entering, 40_000)


def change_the_head_and_back(world: World, household_id: int) -> None:
    """Let another member be the head for a moment."""
    seen = world.ask("wang", household_view, ById(id=household_id))
    form = HeadChangeForm(
        household_id=household_id,
        version=seen.version,
        head_id=seen.members[1].id,
        reason="户主住院",
    )
    change = world.do("wang", change_head, form)
    world.do("wang", undo_change, UndoForm(change_id=change, reason="办错了"))


def keep_documents(world: World, household_id: int) -> None:
    """Add three documents: one stands, one was opened, one is withdrawn."""
    asked = AddForm(file=scan(text="1"), household_id=household_id, kind="身份证")
    world.do("wang", add_document, asked)
    opened = changed(asked, file=scan(text="2"), kind="诊断证明", valid_until=world.clock.today())
    world.do("zhao", open_document, DocumentById(id=world.do("wang", add_document, opened)))
    wrong = changed(asked, file=scan(text="3"), kind="")
    done = world.do("wang", add_document, wrong)
    world.do("wang", withdraw_document, DocumentWithdrawal(id=done, version=1, reason="扫错了人"))


def pay(world: World, batch_id: int, failures: dict[int, str] | None = None) -> None:
    """Send a frozen batch to the bank and take its answer in."""
    view = world.ask("qian", batch_view, BatchById(id=batch_id))
    step = BatchStepForm(id=batch_id, version=view.row.version)
    file = world.do("qian", send_to_bank, step)
    data = answer_of_the_bank(layout(view.layout), file.batch, failures or {})
    sent = world.ask("qian", batch_view, BatchById(id=batch_id)).row.version
    result = ResultForm(id=batch_id, version=sent, data=data)
    world.do("qian", take_bank_result, result)


@pytest.fixture(scope="session")
def done_store(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the store in which the whole job was done."""
    store = tmp_path_factory.mktemp("done") / "center.db"
    copy_center(template, store)
    world = open_world(store)
    do_the_whole_job(world)
    world.office.close()
    return store


@pytest.fixture
def filled(done_store: Path, tmp_path: Path) -> Path:
    """Copy the store in which the whole job was done."""
    store = tmp_path / "center.db"
    copy_center(done_store, store)
    return store


def copy_center(source: Path, target: Path) -> None:
    """Copy a closed store with its key file."""
    shutil.copyfile(source, target)
    shutil.copyfile(key_file_of(source), key_file_of(target))
