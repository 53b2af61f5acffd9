"""A small real center for tests: an encrypted store, its people, and ways to bring a case on.

The store is made once a run and copied for every test that asks for the ``world``.
"""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.cases.actions import accept_case, file_case
from app.cases.queries import case_view
from app.cases.records import Accepted, CaseById, CaseStepForm, IntakeForm
from app.core.clock import FixedClock
from app.core.money import Fen
from app.core.record import Nothing, Record
from app.core.words.disbursements import ApprovalStep, Decision
from app.demo.center import PASSWORD, STAFF, create, intake_form
from app.demo.people import DemoHousehold, demo_households
from app.disbursements.batch_queries import batch_view
from app.disbursements.batch_records import BatchById, BatchForm, BatchStepForm
from app.disbursements.batches import open_batch
from app.disbursements.deciding import decide_award
from app.disbursements.proposing import propose_award
from app.disbursements.queries import award_view
from app.disbursements.records import AwardById, AwardForm, AwardView, DecisionForm
from app.exchange.actions import freeze_batch
from app.funds.queries import fund_rows
from app.office import Office, actor_of, enter_store, open_with_key
from app.services.actions import request_service
from app.services.records import Requested, ServiceForm
from app.work import Action, Actor, Query
from db.keys import KeyFile, key_file_of
from db.models.staff import Staff

TODAY = datetime(2026, 11, 20, 2, 30, tzinfo=UTC)
"""A Friday, half past ten in Harbin."""


Some = TypeVar("Some", bound=Record)


def changed(record: Some, **fields: Any) -> Some:
    """Return a record with some fields made anew."""
    whole: Any = record  # a dataclass, which its base class cannot say
    return replace(whole, **fields)


@dataclass
class World:
    """An open store with everybody signed in."""

    office: Office
    clock: FixedClock
    people: dict[str, Actor]
    households: Iterator[DemoHousehold]
    accepted: list[Accepted] = field(default_factory=list[Accepted])

    def actor(self, user: str) -> Actor:
        return self.people[user]

    def do(self, user: str, action: Action[Any, Any], request: Record) -> Any:
        """Perform an action as ``user`` and return its result."""
        return self.office.perform(self.people[user], action, request).result

    def ask(self, user: str, query: Query[Any, Any], request: Record | None = None) -> Any:
        """Ask a query as ``user``."""
        return self.office.ask(self.people[user], query, request or Nothing())

    def form(self) -> IntakeForm:
        """Return the intake form of a household nobody took in yet; the first two are in deep
        and in relative hardship, the third cannot be told."""
        return intake_form(next(self.households))

    def accept(self, form: IntakeForm | None = None) -> Accepted:
        """Take a household in, as the caseworker."""
        done = self.do("wang", accept_case, form or self.form())
        self.accepted.append(done)
        return done

    def file(self, accepted: Accepted | None = None) -> Accepted:
        """Put a household on file, as the supervisor."""
        accepted = accepted or self.accept()
        case = self.ask("zhao", case_view, CaseById(id=accepted.case_id))
        step = CaseStepForm(id=accepted.case_id, version=case.row.version)
        self.do("zhao", file_case, step)
        return accepted

    def request(
        self, accepted: Accepted | None = None, measure: str = "counselling", **more: Any
    ) -> Requested:
        """Ask for a service or referral for a household, as the caseworker."""
        accepted = accepted or self.accept()
        form = ServiceForm(
            household_id=accepted.household_id, case_id=accepted.case_id, measure=measure
        )
        return self.do("wang", request_service, changed(form, **more))

    def fund_id(self) -> int:
        return self.ask("qian", fund_rows)[0].id

    def propose(self, accepted: Accepted | None = None, fen: int = 80_000, **other: Any) -> int:
        """Propose living relief for a filed household; return the award's id."""
        accepted = accepted or self.file()
        form = AwardForm(
            case_id=accepted.case_id,
            measure="living_relief",
            amount=Fen(fen),
            fund_id=self.fund_id(),
            account_holder="李示例",
            account_number="6222021234567890128",
            opinion="情况属实，建议救助。",
        )
        return self.do("wang", propose_award, changed(form, **other))

    def decide(
        self, award_id: int, decision: Decision = Decision.APPROVED, user: str = "zhao", **more: Any
    ) -> None:
        """Decide an award, as the supervisor."""
        view = self.ask(user, award_view, AwardById(id=award_id))
        form = DecisionForm(
            award_id=award_id,
            version=view.row.version,
            award_version_id=view.row.award_version_id,
            decision=decision,
            **{**resting_on(view), **more},
        )
        self.do(user, decide_award, form)

    def approved(self, fen: int = 80_000) -> int:
        """Return an award that is approved and not in a batch."""
        award_id = self.propose(fen=fen)
        self.decide(award_id)
        return award_id

    def batch(self, *award_ids: int) -> int:
        """Return a batch of approved awards, not frozen."""
        chosen = award_ids or (self.approved(),)
        return self.do("qian", open_batch, BatchForm(award_ids=chosen, layout="delimited"))

    def frozen(self, *award_ids: int) -> int:
        """Return a frozen batch."""
        batch_id = self.batch(*award_ids)
        view = self.ask("qian", batch_view, BatchById(id=batch_id))
        self.do("qian", freeze_batch, BatchStepForm(id=batch_id, version=view.row.version))
        return batch_id


def resting_on(view: AwardView) -> dict[str, Any]:
    """Return the step of an award that is due, with what its approval has to name."""
    step = view.row.waits_for or ApprovalStep.SUPERVISOR
    if step is ApprovalStep.SUPERVISOR:
        return {"step": step}
    papers = {"document": "会议纪要〔2026〕8 号", "document_day": TODAY.date()}
    return {"step": step, "attended": "赵建国、周明、吴敏", **papers}


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the store every world is a copy of: staff, lines and funds, no household."""
    store = tmp_path_factory.mktemp("center") / "center.db"
    create(store, households=0, clock=FixedClock(TODAY))
    return store


@pytest.fixture(scope="session")
def entered(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the store in which everybody signed in."""
    store = tmp_path_factory.mktemp("entered") / "center.db"
    _copy(template, store)
    open_world(store).office.close()
    return store


@pytest.fixture
def store(request: pytest.FixtureRequest, template: Path, entered: Path, tmp_path: Path) -> Path:
    """Copy the store with its key file; for the `world`, the one in which everybody signed in."""
    copy = tmp_path / "center.db"
    _copy(entered if "world" in request.fixturenames else template, copy)
    return copy


def _copy(source: Path, target: Path) -> None:
    shutil.copyfile(source, target)
    shutil.copyfile(key_file_of(source), key_file_of(target))


@pytest.fixture
def world(store: Path) -> Iterator[World]:
    """Open a copy of the store with everybody signed in, at half past ten on 2026-11-20."""
    clock = FixedClock(TODAY)
    key = KeyFile.read(key_file_of(store)).open_with_password("wang", PASSWORD)
    assert key is not None
    office = open_with_key(store, key, clock)
    with Session(office.engines.reader) as session:
        people = {person.user: actor_of(person) for person in session.scalars(select(Staff))}
    yield _world(office, clock, people)
    office.close()


def open_world(store: Path) -> World:
    """Open a store and sign everybody in."""
    clock = FixedClock(TODAY)
    office, wang = enter_store(store, "wang", PASSWORD, clock)
    people = {user: wang if user == "wang" else office.enter(user) for user, _, _ in STAFF}
    return _world(office, clock, people)


def _world(office: Office, clock: FixedClock, people: dict[str, Actor]) -> World:
    return World(office, clock, people, demo_households(200, seed=7, today=clock.today()))
