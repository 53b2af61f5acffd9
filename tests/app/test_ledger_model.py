"""The ledger under any sequence of acts, beside a model of a few lines.

The model keeps four sums a fund. Whatever people do in whatever order: the store agrees with it to
the fen, nothing sinks below zero, nothing is paid twice, and what the model forbids is refused.
"""

import shutil
import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from app.cases.records import Accepted
from app.core.clock import FixedClock
from app.core.errors import AppError
from app.core.money import Fen
from app.core.words.disbursements import AwardState, BatchState, Decision, LineState
from app.core.words.funds import FundSource, RefundKind
from app.demo.center import PASSWORD
from app.disbursements.batch_queries import batch_view
from app.disbursements.batch_records import BatchById, BatchForm, BatchStepForm, TakeOut
from app.disbursements.batches import open_batch, take_out
from app.disbursements.deciding import decide_award
from app.disbursements.proposing import amend_award, propose_award, withdraw_award
from app.disbursements.queries import award_rows, award_view
from app.disbursements.records import (
    AwardById,
    AwardChange,
    AwardForm,
    AwardQuery,
    AwardStepForm,
    DecisionForm,
)
from app.disbursements.refund_records import RefundForm, RefundStep
from app.disbursements.refunds import confirm_refund, enter_refund
from app.exchange.actions import freeze_batch
from app.funds.actions import confirm_budget, enter_budget, open_fund
from app.funds.carrying import confirm_carry_over, enter_carry_over
from app.funds.queries import fund_rows
from app.funds.records import BudgetForm, BudgetStep, CarryOverForm, CarryOverStep, FundForm
from app.office import open_with_key
from app.reports.queries import check_store
from db.keys import KeyFile, key_file_of
from tests.filled import copy_center, pay, raw
from tests.world import TODAY, World, open_world, resting_on

HOUSEHOLDS = 3
SMALL = 150_000
"""What the small fund holds: two or three awards."""

CAP = 1_080_000
"""What living relief gives a household in deep hardship in a year: twelve months of the line."""

A_ROUND = 5
"""Sequences that are played before it is asked whether every act was seen."""
MOST_ROUNDS = 20
"""Two to five are enough; who needs more has a model that hardly does anything."""

MOSTLY = st.sampled_from([True, True, False])

S = AwardState
COUNTS = (S.PROPOSED, S.COLLECTIVE, S.RETURNED, S.APPROVED, S.IN_BATCH, S.PAID)
"""States of an award that count against the cap of its household."""

done: Counter[str] = Counter()
"""How often each act succeeded or was refused for what, over the whole run."""


@dataclass
class Seen:
    """What the model knows of one award."""

    household: int
    fund: int
    amount: int
    state: AwardState = S.PROPOSED
    batch: int | None = None
    back: int = 0
    """What of it came back after it was paid."""
    waiting: int = 0
    """What would come back once it is confirmed."""


@dataclass
class Sums:
    """What the model knows of one fund."""

    source: FundSource
    available: int
    reserved: int = 0
    paid: int = 0


class Ledger(RuleBasedStateMachine):
    """People at work on three households, a few funds and any number of batches."""

    source: ClassVar[Path]
    key: ClassVar[bytes]

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="ledger-"))
        store = self.folder / "center.db"
        copy_center(self.source, store)
        office = open_with_key(store, self.key, FixedClock(TODAY))
        people = {user: office.enter(user) for user in ("wang", "zhao", "qian", "admin")}
        self.world = World(office, FixedClock(TODAY), people, iter(()))

    @initialize()
    def begin(self) -> None:
        rows = self.world.ask("qian", fund_rows)
        self.funds = {row.id: Sums(row.source, row.available) for row in rows}
        self.carries: dict[int, tuple[int, int, int]] = {}
        self.refunds: dict[int, tuple[int, RefundKind, int]] = {}
        self.awards: dict[int, Seen] = {}
        self.batches: dict[int, BatchState] = {}
        for household in (1, 2):
            case = Accepted(case_id=household, case_number="", household_id=household, paper_id=0)
            key = self.world.propose(case, fen=50_000)
            self.world.decide(key)
            self.awards[key] = Seen(household, self.world.fund_id(), 50_000, S.APPROVED)
            self.funds[self.world.fund_id()].available -= 50_000
            self.funds[self.world.fund_id()].reserved += 50_000

    def teardown(self) -> None:
        self.world.office.close()
        shutil.rmtree(self.folder)

    # What the model forbids

    def over_cap(self, household: int, amount: int, but: int | None = None) -> bool:
        taken = sum(
            award.amount - award.back
            for key, award in self.awards.items()
            if award.household == household and award.state in COUNTS and key != but
        )
        return taken + amount > CAP

    def tried(self, name: str, act: Callable[[], Any], *, forbidden: bool) -> Any:
        """Try an act; return what it returned, or `None` when it was refused."""
        try:
            found = act() or True
        except AppError as error:
            done[f"refused: {type(error).__name__}"] += 1
            return None
        assert not forbidden, f"{name} should have been refused"
        done[name] += 1
        return found

    # Acts

    @rule(
        household=st.integers(1, HOUSEHOLDS),
        place=st.sampled_from([0, 0, 0, 1, 2, 3]),
        amount=st.integers(1, 100) | st.integers(1, 120_000) | st.just(1_030_000),
        approve=MOSTLY,
    )
    def propose(self, household: int, place: int, amount: int, approve: bool) -> None:
        fund = self.fund_at(place)
        form = AwardForm(
            case_id=household,
            measure="living_relief",
            amount=Fen(amount),
            fund_id=fund,
            account_holder="某人",
            account_number="6222021234567890128",
        )
        forbidden = self.over_cap(household, amount)
        key = self.tried(
            "propose", lambda: self.world.do("wang", propose_award, form), forbidden=forbidden
        )
        if key:
            self.awards[key] = Seen(household, fund, amount)
            if approve:
                self.decide_on(key, Decision.APPROVED, "zhao")

    def fund_at(self, place: int) -> int:
        """Return one of the funds, the others by turns with the small one."""
        keys = sorted(self.funds)
        return keys[place % len(keys)]

    def any_award(self, data: st.DataObject, *likely: AwardState) -> tuple[int, Seen]:
        """Draw an award, mostly one in a ``likely`` state."""
        keys = sorted(self.awards)
        key = data.draw(st.sampled_from(self.some(*likely) * len(keys) + keys))
        return key, self.awards[key]

    def some(self, *states: AwardState) -> list[int]:
        """Return the awards that are in one of some states."""
        return sorted(key for key, award in self.awards.items() if award.state in states)

    def version(self, key: int) -> tuple[int, int]:
        row = self.world.ask("zhao", award_view, AwardById(id=key)).row
        return row.version, row.award_version_id

    @precondition(lambda self: self.awards)
    @rule(
        data=st.data(),
        decision=st.sampled_from([Decision.APPROVED] * 12 + list(Decision)),
        user=st.sampled_from(["zhao"] * 4 + ["wang"]),
    )
    def decide(self, data: st.DataObject, decision: Decision, user: str) -> None:
        key, _award = self.any_award(data, S.PROPOSED, S.COLLECTIVE)
        self.decide_on(key, decision, user)

    def decide_on(self, key: int, decision: Decision, user: str) -> None:
        award = self.awards[key]
        view = self.world.ask("zhao", award_view, AwardById(id=key))
        form = DecisionForm(
            award_id=key,
            version=view.row.version,
            award_version_id=view.row.award_version_id,
            decision=decision,
            opinion="意见",
            suggested_amount=Fen(1),
            **resting_on(view),
        )
        fund = self.funds[award.fund]
        approves = decision is Decision.APPROVED
        forbidden = (
            user == "wang"
            or award.state not in (S.PROPOSED, S.COLLECTIVE)
            or (approves and fund.available < award.amount)
        )
        if self.tried(
            decision.value, lambda: self.world.do(user, decide_award, form), forbidden=forbidden
        ):
            award.state = {
                Decision.APPROVED: S.APPROVED,
                Decision.REFUSED: S.REFUSED,
                Decision.DEFERRED: S.COLLECTIVE,
            }.get(decision, S.RETURNED)
            if approves:
                fund.available -= award.amount
                fund.reserved += award.amount

    @precondition(lambda self: self.some(S.RETURNED))
    @rule(data=st.data(), place=st.sampled_from([0, 0, 0, 1, 2, 3]), amount=st.integers(1, 90_000))
    def amend(self, data: st.DataObject, place: int, amount: int) -> None:
        key, _award = self.any_award(data, S.RETURNED)
        self.amend_on(key, self.fund_at(place), amount)

    def amend_on(self, key: int, fund: int, amount: int) -> None:
        award = self.awards[key]
        form = AwardChange(
            award_id=key,
            version=self.version(key)[0],
            amount=Fen(amount),
            fund_id=fund,
            account_holder="另一人",
            account_number="6222021234567890128",
        )
        forbidden = award.state is not S.RETURNED or self.over_cap(award.household, amount, key)
        act = lambda: self.world.do("wang", amend_award, form)  # noqa: E731 - tried once, below
        if self.tried("amend", act, forbidden=forbidden):
            award.state, award.fund, award.amount = S.PROPOSED, fund, amount

    @precondition(lambda self: self.awards)
    @rule(data=st.data())
    def withdraw(self, data: st.DataObject) -> None:
        key, award = self.any_award(data, S.RETURNED)
        form = AwardStepForm(award_id=key, version=self.version(key)[0])
        forbidden = award.state not in (S.PROPOSED, S.RETURNED, S.APPROVED)
        act = lambda: self.world.do("wang", withdraw_award, form)  # noqa: E731 - tried once, below
        if self.tried("withdraw", act, forbidden=forbidden):
            if award.state is S.APPROVED:
                self.funds[award.fund].reserved -= award.amount
                self.funds[award.fund].available += award.amount
            award.state = S.WITHDRAWN

    @precondition(lambda self: self.awards)
    @rule(data=st.data())
    def batch(self, data: st.DataObject) -> None:
        keys = sorted(self.awards)
        some = st.sampled_from(self.some(S.APPROVED) * len(keys) + keys)
        chosen = data.draw(st.lists(some, min_size=1, max_size=2) | st.lists(some, max_size=3))
        forbidden = (
            not chosen
            or len(set(chosen)) < len(chosen)
            or any(self.awards[key].state is not S.APPROVED for key in chosen)
        )
        form = BatchForm(award_ids=tuple(chosen), layout="delimited")
        act = lambda: self.world.do("qian", open_batch, form)  # noqa: E731 - tried once, below
        if number := self.tried("batch", act, forbidden=forbidden):
            self.batches[number] = BatchState.DRAFT
            for key in chosen:
                self.awards[key].state, self.awards[key].batch = S.IN_BATCH, number
            if data.draw(MOSTLY):
                self.settle(number, data)

    def drafts(self) -> list[int]:
        return [key for key, state in self.batches.items() if state is BatchState.DRAFT]

    @precondition(lambda self: self.drafts())
    @rule(data=st.data())
    def take_one_out(self, data: st.DataObject) -> None:
        batch = data.draw(st.sampled_from(self.drafts()))
        view = self.world.ask("qian", batch_view, BatchById(id=batch))
        line = data.draw(st.sampled_from(view.lines))
        form = TakeOut(batch_id=batch, version=view.row.version, line_id=line.id, reason="下批")
        forbidden = line.state is not LineState.PREPARED
        act = lambda: self.world.do("qian", take_out, form)  # noqa: E731 - tried once, below
        if self.tried("take_out", act, forbidden=forbidden):
            self.awards[line.award_id].state = S.APPROVED
            self.awards[line.award_id].batch = None

    @precondition(lambda self: self.drafts())
    @rule(data=st.data())
    def freeze_and_settle(self, data: st.DataObject) -> None:
        self.settle(data.draw(st.sampled_from(self.drafts())), data)

    def settle(self, batch: int, data: st.DataObject) -> None:
        """Freeze a batch, send it, and take an answer in by which some payments fail."""
        view = self.world.ask("qian", batch_view, BatchById(id=batch))
        inside = {key: award for key, award in self.awards.items() if award.batch == batch}
        households = [award.household for award in inside.values()]
        forbidden = not inside or len(set(households)) < len(households)
        step = BatchStepForm(id=batch, version=view.row.version)
        act = lambda: self.world.do("qian", freeze_batch, step)  # noqa: E731 - tried once, below
        if not self.tried("freeze", act, forbidden=forbidden):
            return
        lines = {
            line.line: line.award_id for line in view.lines if line.state is LineState.PREPARED
        }
        failing = data.draw(st.sets(st.sampled_from(sorted(lines))))
        pay(self.world, batch, dict.fromkeys(failing, "账号不存在"))
        self.batches[batch] = BatchState.RECONCILED
        for line, key in lines.items():
            award = self.awards[key]
            fund = self.funds[award.fund]
            fund.reserved -= award.amount
            award.batch = None
            if line in failing:
                award.state = S.RETURNED
                fund.available += award.amount
                done["failed"] += 1
            else:
                award.state = S.PAID
                fund.paid += award.amount
                done["paid"] += 1
        kinds = tuple(RefundKind)
        for key in self.some(S.PAID):
            if key in lines.values() and data.draw(MOSTLY):
                turn = batch + key  # each kind alike: of a list the first would be drawn most
                self.give_back(data, key, kinds[turn % len(kinds)])
        returned = self.some(S.RETURNED)
        if returned and data.draw(st.booleans()):
            again = self.awards[returned[0]]
            self.amend_on(returned[0], again.fund, again.amount)

    @rule(data=st.data())
    def carry_over(self, data: st.DataObject) -> None:
        """Enter a carry-over, mostly of what there is and between funds of one source."""
        pairs = list(product(self.funds, repeat=2))
        twins = [pair for pair in pairs if pair[0] != pair[1] and self.same_source(*pair)]
        leaving, entering = data.draw(st.sampled_from(twins * len(pairs) + pairs))
        held = self.funds[leaving].available
        within = st.integers(1, max(1, held))
        amount = data.draw(within | within | st.integers(held + 1, held + 9))
        form = CarryOverForm(
            from_fund_id=leaving, to_fund_id=entering, amount=Fen(amount), document="结转批复"
        )
        fit = leaving != entering and self.same_source(leaving, entering)
        forbidden = not fit or amount > held
        act = lambda: self.world.do("qian", enter_carry_over, form)  # noqa: E731 - tried once, below
        if key := self.tried("enter_carry_over", act, forbidden=forbidden):
            self.carries[key] = leaving, entering, amount
            if data.draw(MOSTLY):
                self.confirm_carry(key, "zhao")

    def same_source(self, one: int, other: int) -> bool:
        return self.funds[one].source is self.funds[other].source

    @precondition(lambda self: self.carries)
    @rule(data=st.data(), user=st.sampled_from(["zhao", "zhao", "qian"]))
    def confirm_carried(self, data: st.DataObject, user: str) -> None:
        self.confirm_carry(data.draw(st.sampled_from(sorted(self.carries))), user)

    def confirm_carry(self, key: int, user: str) -> None:
        leaving, entering, amount = self.carries[key]
        step = CarryOverStep(id=key, version=1)
        forbidden = user == "qian" or self.funds[leaving].available < amount
        act = lambda: self.world.do(user, confirm_carry_over, step)  # noqa: E731 - tried once, below
        if self.tried("carried", act, forbidden=forbidden):
            del self.carries[key]
            self.funds[leaving].available -= amount
            self.funds[entering].available += amount

    @precondition(lambda self: self.some(S.PAID))
    @rule(data=st.data(), kind=st.sampled_from(RefundKind))
    def refund(self, data: st.DataObject, kind: RefundKind) -> None:
        self.give_back(data, data.draw(st.sampled_from(self.some(S.PAID))), kind)

    def give_back(self, data: st.DataObject, key: int, kind: RefundKind) -> None:
        """Enter money that came back, mostly as much as can be."""
        award = self.awards[key]
        left = award.amount - award.back - award.waiting
        some = st.integers(1, max(1, left) + 1)
        amount = award.amount if data.draw(MOSTLY) else data.draw(some)
        form = RefundForm(
            award_id=key,
            kind=kind,
            amount=Fen(amount),
            reason="退回",
            document="银行回单〔2026〕3 号",
            came_on=TODAY.date(),
        )
        forbidden = amount > left
        if kind is RefundKind.BANK:
            forbidden = forbidden or left < award.amount or amount < award.amount
        act = lambda: self.world.do("qian", enter_refund, form)  # noqa: E731 - tried once, below
        if number := self.tried("enter_refund", act, forbidden=forbidden):
            award.waiting += amount
            self.refunds[number] = key, kind, amount
            if data.draw(MOSTLY):
                self.confirm_back(number, "zhao")

    @precondition(lambda self: self.refunds)
    @rule(data=st.data(), user=st.sampled_from(["zhao", "zhao", "qian"]))
    def confirm_refunded(self, data: st.DataObject, user: str) -> None:
        self.confirm_back(data.draw(st.sampled_from(sorted(self.refunds))), user)

    def confirm_back(self, number: int, user: str) -> None:
        key, kind, amount = self.refunds[number]
        award = self.awards[key]
        step = RefundStep(id=number, version=1)
        act = lambda: self.world.do(user, confirm_refund, step)  # noqa: E731 - tried once, below
        if not self.tried(f"refund {kind.value}", act, forbidden=user == "qian"):
            return
        del self.refunds[number]
        award.waiting -= amount
        self.funds[award.fund].paid -= amount
        self.funds[award.fund].available += amount
        if kind is RefundKind.BANK:
            award.state = S.RETURNED
        else:
            award.back += amount

    # What always holds

    @invariant()
    def the_store_agrees(self) -> None:
        rows = {row.id: row for row in self.world.ask("qian", fund_rows)}
        for key, fund in self.funds.items():
            row = rows[key]
            assert (row.available, row.reserved, row.paid) == (
                fund.available,
                fund.reserved,
                fund.paid,
            )
            assert min(row.available, row.reserved, row.paid) >= 0
            assert row.granted == row.available + row.reserved + row.paid
        states = {row.id: row.state for row in self.world.ask("zhao", award_rows, AwardQuery())}
        assert states == {key: award.state for key, award in self.awards.items()}


@pytest.fixture(scope="module")
def prepared(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return prepare(template, tmp_path_factory.mktemp("ledger"))


def prepare(template: Path, folder: Path) -> Path:
    """Make a store with three households on file, a small fund and another of the city."""
    store = folder / "center.db"
    copy_center(template, store)
    world = open_world(store)
    for place in range(8):
        form = world.form()
        if place in (0, 3, 7):  # in deep hardship, whom relief is given again
            world.file(world.accept(form))
    second = FundForm(name="市财政第二笔", source=FundSource.CITY, year=2026)
    world.do("qian", open_fund, second)
    fund = world.do(
        "qian", open_fund, FundForm(name="小额捐助", source=FundSource.DONATION, year=2026)
    )
    budget = BudgetForm(
        fund_id=fund, amount=Fen(SMALL), document="捐赠协议", granted_on=world.clock.today()
    )
    step = BudgetStep(id=world.do("qian", enter_budget, budget), version=1)
    world.do("zhao", confirm_budget, step)
    world.office.close()
    return store


def play(
    machine: type[Ledger], store: Path, demanded: set[str], *, steps: int, sequences: int = 0
) -> None:
    """Play rounds of a few sequences until each act that is demanded was seen, or so many once.

    What a seed draws depends on the modules that are loaded, so no number of sequences is sure to
    hold all of them; a model that watches some of them never is none.
    """
    key = KeyFile.read(key_file_of(store)).open_with_password("wang", PASSWORD)
    assert key is not None
    machine.source, machine.key = store, key
    done.clear()
    few = settings(
        max_examples=sequences or A_ROUND,
        stateful_step_count=steps,
        derandomize=False,  # a seed says which are played; without one, others every time
        database=None,
        suppress_health_check=[HealthCheck.too_slow],
    )
    for number in [None] if sequences else range(MOST_ROUNDS):
        run_state_machine_as_test(seed(number)(machine), settings=few)
        if demanded <= done.keys():
            return
    raise AssertionError(f"never seen: {demanded - done.keys()}; seen: {dict(done)}")


DEMANDED = {"propose", "approved", "batch", "paid", "failed", "amend", "carried"} | {
    *("refund bank", "refund recovered")
}


@pytest.mark.timeout(400)  # for all rounds on a slow PC
def test_the_ledger_agrees_with_a_model_of_a_few_lines(prepared: Path) -> None:
    play(Ledger, prepared, DEMANDED, steps=40)


def test_the_store_of_the_whole_job_sums_to_zero(filled: Path) -> None:
    world = open_world(filled)
    assert world.ask("admin", check_store).parts["ledger"] == "ok"
    world.office.close()
    with raw(filled) as sql:
        paid = sql.run(
            "SELECT award_version_id FROM posting WHERE to_account = 'paid' "
            "GROUP BY award_version_id HAVING count(*) > 1"
        )
        assert sql.one("SELECT sum(fen) FROM balance") == 0
    assert not paid
