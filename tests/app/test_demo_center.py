"""The demonstration center: it shows every state, nothing in it could not have happened."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.audit.queries import audit_rows
from app.audit.records import AuditQuery, AuditView
from app.cases.queries import case_counts, case_rows
from app.cases.records import CaseQuery
from app.center.queries import value_rows
from app.core.clock import FixedClock
from app.core.record import Nothing
from app.core.words.cases import CaseState
from app.core.words.center import ValueState
from app.core.words.disbursements import AwardState, BatchState
from app.core.words.filing import BEFORE_FILING, StepKind, StepState
from app.core.words.loans import LoanState
from app.core.words.placements import RecognitionState, ReferralState, SeekerState
from app.core.words.services import ServiceState
from app.demo.center import PASSWORD, STAFF, create
from app.demo.loans import loan_words
from app.disbursements.batch_queries import batch_rows
from app.disbursements.queries import award_rows, award_view
from app.disbursements.records import AwardById, AwardQuery
from app.drafts.queries import my_drafts
from app.filing.queries import step_rows, steps_waiting
from app.filing.records import StepsQuery
from app.loans.guarantee_queries import guarantee_fund_rows
from app.loans.queries import loan_rows
from app.loans.records import LoanQuery
from app.office import Office, enter_store
from app.papers.queries import paper_counts, paper_rows
from app.papers.records import PaperQuery
from app.placements.job_worklists import to_reassess
from app.placements.placement_queries import placement_rows
from app.placements.placement_records import PlacementQuery, ReassessQuery
from app.placements.referral_queries import referral_rows
from app.placements.referral_records import ReferralQuery
from app.placements.seeker_queries import seeker_rows
from app.placements.seeker_records import SeekerQuery
from app.placements.vacancy_queries import vacancy_rows
from app.placements.vacancy_records import VacancyQuery
from app.policy.pack import MeasureKind
from app.reports.queries import check_store
from app.services.queries import service_rows
from app.services.records import ServiceQuery
from app.work import Actor
from tests.filled import copy_center

NOON = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the center of usual size once."""
    store = tmp_path_factory.mktemp("demo") / "demo.db"
    create(store, clock=FixedClock(NOON))
    return store


class Opened:
    """An open demonstration with everybody signed in."""

    def __init__(self, store: Path) -> None:
        self.office: Office
        self.office, wang = enter_store(store, "wang", PASSWORD, FixedClock(NOON))
        self.people: dict[str, Actor] = {"wang": wang} | {
            user: self.office.enter(user) for user, *_rest in STAFF[1:]
        }

    def acts(self) -> list[AuditView]:
        """Return the trail, the oldest act first."""
        rows = self.office.ask(self.people["zhou"], audit_rows, AuditQuery(limit=1000))
        return rows[::-1]


@pytest.fixture
def demo(made: Path, tmp_path: Path) -> Iterator[Opened]:
    store = tmp_path / "demo.db"
    copy_center(made, store)
    opened = Opened(store)
    yield opened
    opened.office.close()


def test_cases_stand_at_every_stage_and_few_are_overdue(demo: Opened) -> None:
    wang = demo.people["wang"]
    rows = demo.office.ask(wang, case_rows, CaseQuery(limit=1000))
    assert len(rows) == 60
    never = {CaseState.LISTED}  # only of files from an old archive, and the center has none
    assert {row.state for row in rows} == set(CaseState) - never
    assert demo.office.ask(wang, case_counts, Nothing()).overdue in (2, 3)
    assert demo.office.ask(wang, case_rows, CaseQuery(without_award=True))
    (draft,) = demo.office.ask(wang, my_drafts, Nothing())
    assert draft.form == "intake"


def test_awards_stand_at_every_stage(demo: Opened) -> None:
    zhao = demo.people["zhao"]
    awards = demo.office.ask(zhao, award_rows, AwardQuery(limit=1000))
    never = {AwardState.WITHDRAWN, AwardState.UPWARD}  # nothing so large is given in 2026
    assert {award.state for award in awards} == set(AwardState) - never
    back = [award for award in awards if award.state is AwardState.RETURNED]
    views = [demo.office.ask(zhao, award_view, AwardById(id=award.id)) for award in back]
    assert [view for view in views if view.decisions[-1].suggested_amount]


def test_one_batch_came_back_with_a_failed_payment_and_one_is_at_the_bank(demo: Opened) -> None:
    sent, reconciled = demo.office.ask(demo.people["qian"], batch_rows, Nothing())
    assert (sent.state, reconciled.state) == (BatchState.SENT, BatchState.RECONCILED)
    assert (reconciled.failed, reconciled.paid) == (1, reconciled.count - 1)
    assert reconciled.paid > 1


def test_a_pupil_has_a_grant_of_its_own(demo: Opened) -> None:
    awards = demo.office.ask(demo.people["zhao"], award_rows, AwardQuery(limit=1000))
    (grant,) = (award for award in awards if award.measure == "schooling_relief")
    assert grant.person not in ("", grant.name)
    assert grant.member_id


def test_services_are_in_hand_and_done_and_each_has_its_desk(demo: Opened) -> None:
    wang = demo.people["wang"]
    rows = demo.office.ask(wang, service_rows, ServiceQuery())
    assert {row.state for row in rows} == {ServiceState.OPEN, ServiceState.DONE}
    assert {row.kind for row in rows} == {MeasureKind.SERVICE, MeasureKind.REFERRAL}
    assert len({row.measure for row in rows}) == len(rows) > 6
    assert {row.requested_by for row in rows} >= {"王芳", "李强"}
    assert all(row.result and row.closed_by for row in rows if row.state is ServiceState.DONE)
    assert all(row.paper_id for row in rows if row.kind is MeasureKind.REFERRAL)
    assert 0 < sum(row.overdue for row in rows) < 4


def test_filing_steps_are_in_hand_and_wait_for_the_second_person(demo: Opened) -> None:
    rows = demo.office.ask(demo.people["zhao"], step_rows, StepsQuery(limit=1000))
    in_hand = {row.kind for row in rows if row.state is StepState.OPEN}
    assert in_hand == set(BEFORE_FILING)
    reported = {row.kind for row in rows if row.state is StepState.REPORTED}
    assert reported == {StepKind.REVIEW, StepKind.EXIT}
    counts = demo.office.ask(demo.people["zhao"], steps_waiting, Nothing())
    assert counts.to_decide == 2
    assert counts.to_take_down == counts.overdue == 0


def test_some_papers_are_printed_and_a_value_waits_for_the_second_person(demo: Opened) -> None:
    wang = demo.people["wang"]
    counts = demo.office.ask(wang, paper_counts, Nothing())
    assert 0 < counts.unprinted < 10
    kinds = {row.kind.value for row in demo.office.ask(wang, paper_rows, PaperQuery(limit=1000))}
    assert len(kinds) == 8
    values = demo.office.ask(wang, value_rows, Nothing())
    assert [value.state for value in values].count(ValueState.ENTERED) == 1


def test_loans_stand_at_every_stage_and_one_is_overdue(demo: Opened) -> None:
    sun = demo.people["sun"]
    loans = demo.office.ask(sun, loan_rows, LoanQuery()).rows
    assert {row.name: row.state for row in loans} == {
        borrower.name: borrower.reached for borrower in loan_words().borrowers
    }
    running = [row for row in loans if row.state is LoanState.REPAYING]
    assert [bool(row.overdue_days) for row in sorted(running, key=lambda row: row.id)] == [
        False,
        True,
    ]
    assert any(row.outstanding < (row.principal or 0) for row in running)
    [fund] = demo.office.ask(sun, guarantee_fund_rows, Nothing())
    assert fund.left > 0
    assert fund.lent > 0


def test_the_job_service_stands_at_every_step(demo: Opened) -> None:
    """Somebody works and was asked after a month, a slip is overdue, a recognition waits, a vacancy
    is to be confirmed again, and a household is to be assessed again."""
    li, wang = demo.people["li"], demo.people["wang"]
    seekers = demo.office.ask(li, seeker_rows, SeekerQuery())
    assert {row.state for row in seekers} == {SeekerState.SEEKING, SeekerState.PLACED}
    recognitions = {row.recognition for row in seekers}
    assert recognitions == {None, RecognitionState.APPLIED, RecognitionState.RECOGNISED}
    referrals = demo.office.ask(li, referral_rows, ReferralQuery())
    assert {row.state for row in referrals if not row.overdue} == {
        ReferralState.HIRED,
        ReferralState.NOT_HIRED,
    }
    assert [row.state for row in referrals if row.overdue] == [ReferralState.ISSUED]
    placed = demo.office.ask(li, placement_rows, PlacementQuery())
    assert {row.next_follow_up_month for row in placed} == {1, 3}
    vacancies = demo.office.ask(li, vacancy_rows, VacancyQuery())
    assert [row.stale for row in vacancies].count(True) == 1
    [again] = demo.office.ask(wang, to_reassess, ReassessQuery())
    assert again.assessed_on is not None


def test_the_trail_is_whole_in_order_and_never_of_the_future(demo: Opened) -> None:
    report = demo.office.ask(demo.people["zhou"], check_store, Nothing())
    assert set(report.parts.values()) == {"ok"}, report.findings
    acts = demo.acts()
    times = [act.at for act in acts]
    assert times == sorted(times)
    assert times[-1] <= NOON
    who = Counter((act.verb, act.actor) for act in acts)
    assert who["cases.accept_case", "王芳"] == 60
    assert who["cases.file_case", "赵建国"] > 30
    assert who["exchange.take_bank_result", "钱立"] == 1
    assert who["households.change_household", "王芳"] >= 1


def told(store: Path, clock: FixedClock, households: int) -> list[tuple[str, str, datetime]]:
    """Make a center and tell what was done there."""
    create(store, households=households, clock=clock)
    office, _wang = enter_store(store, "wang", PASSWORD, clock)
    zhou = office.enter("zhou")
    try:
        report = office.ask(zhou, check_store, Nothing())
        assert set(report.parts.values()) == {"ok"}, report.findings
        acts = office.ask(zhou, audit_rows, AuditQuery(limit=1000))[::-1]
    finally:
        office.close()
    assert sum(act.verb == "cases.accept_case" for act in acts) == households
    return [(act.verb, act.actor, act.at) for act in acts]


def test_the_same_seed_and_day_give_the_same_acts(tmp_path: Path) -> None:
    first, second = (told(tmp_path / f"{n}.db", FixedClock(NOON), 7) for n in range(2))
    assert first == second


@pytest.mark.parametrize("households", [1, 2, 5, 24])
def test_a_small_center_works(tmp_path: Path, households: int) -> None:
    assert told(tmp_path / "demo.db", FixedClock(NOON), households)


@pytest.mark.parametrize(
    "day",
    [
        datetime(2026, 11, 21, 16, 30, tzinfo=UTC),  # a Sunday, half past midnight
        datetime(2026, 1, 4, 2, 0, tzinfo=UTC),  # the first days of a year
        datetime(2026, 3, 2, 23, 0, tzinfo=UTC),  # after the spring festival
    ],
    ids=["sunday", "new-year", "spring"],
)
def test_any_day_is_a_day_to_begin(tmp_path: Path, day: datetime) -> None:
    assert told(tmp_path / "demo.db", FixedClock(day), 12)
