"""Placements: found without a letter, proved, left and taken back, and what follows from each."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from app.cases.records import Accepted
from app.core.errors import Conflict, Invalid, NotNow, Refused
from app.core.money import Fen
from app.core.record import Nothing
from app.core.words import Answer
from app.core.words.placements import (
    PlacementState,
    Proof,
    ReferralState,
    SeekerState,
    VacancyState,
)
from app.core.words.services import ServiceState
from app.households.queries import household_view
from app.households.records import ById, EmploymentForm
from app.placements.job_worklists import job_counts, to_reassess
from app.placements.placement_queries import placement_count, placement_rows
from app.placements.placement_records import (
    LeaveForm,
    PlacementById,
    PlacementForm,
    PlacementQuery,
    PlacementRow,
    PlacementStep,
    ProofForm,
    ReassessQuery,
    ReassessRow,
)
from app.placements.placement_rules import (
    AtWorkThen,
    LeftBeforeStart,
    LetterOut,
    NoPostLeft,
    ProofNeeded,
    RecognitionNeeded,
    StillAtWork,
)
from app.placements.placing import (
    enter_placement,
    leave_job,
    prove_placement,
    take_back_leaving,
    take_back_placement,
)
from app.placements.public_welfare_rules import BelowMinimumWage
from app.placements.recognising import end_recognition
from app.placements.recognition_records import RecognitionEndForm
from app.placements.referral_records import PresumeForm
from app.placements.referrals import presume_overdue
from app.placements.seeker_records import SeekerEndForm
from app.placements.seeker_rules import NotWithdrawn
from app.placements.seekers import withdraw_seeker
from app.services.actions import close_service
from app.services.queries import service_rows
from app.services.records import CloseForm, ServiceQuery, ServiceRow
from db.engine import sqlcipher
from tests.filled import raw
from tests.hiring import JobDesk, presuming
from tests.people import household, id_number, intake
from tests.world import World, changed


@pytest.fixture
def desk(world: World) -> JobDesk:
    return JobDesk(world)


def at(desk: JobDesk, placement_id: int) -> dict[str, Any]:
    """Return the placement as a form names it."""
    return {"id": placement_id, "version": desk.see_placement(placement_id).row.version}


def prove(desk: JobDesk, placement_id: int, proof: Proof, **over: Any) -> PlacementRow:
    form = ProofForm(**at(desk, placement_id), proof=proof, day=desk.today)
    desk.world.do("li", prove_placement, changed(form, **over))
    return desk.see_placement(placement_id).row


def leave(desk: JobDesk, placement_id: int, left_on: date | None = None) -> PlacementRow:
    form = LeaveForm(**at(desk, placement_id), left_on=left_on or desk.today, reason="嫌远")
    desk.world.do("li", leave_job, form)
    return desk.see_placement(placement_id).row


def take_back(desk: JobDesk, placement_id: int, reason: str = "录入有误") -> None:
    form = PlacementStep(**at(desk, placement_id), reason=reason)
    desk.world.do("li", take_back_placement, form)


def back_to_work(desk: JobDesk, placement_id: int) -> None:
    desk.world.do("li", take_back_leaving, PlacementById(id=placement_id))


def withdraw(desk: JobDesk, seeker_id: int) -> None:
    form = SeekerEndForm(**desk.at(seeker_id), reason="不找了")
    desk.world.do("li", withdraw_seeker, form)


def rows(desk: JobDesk, user: str = "li", **asked: Any) -> list[int]:
    query = changed(PlacementQuery(), **asked)
    found = desk.world.ask(user, placement_rows, query)
    assert desk.world.ask(user, placement_count, query) == len(found)
    return [row.id for row in found]


def wrong_in(error: pytest.ExceptionInfo[Invalid]) -> list[tuple[str, str]]:
    return [(problem.field, problem.code) for problem in error.value.problems]


# Found without a letter


def test_somebody_who_found_work_alone_is_placed(desk: JobDesk) -> None:
    seeker_id = desk.seeker()
    placement_id = desk.found(
        seeker_id, wage=Fen(280_000), free_of_charge=Answer.YES, note=" 熟人介绍 "
    )
    seen = desk.see_placement(placement_id)
    assert (seen.row.number, seen.row.state) == ("安2026-0001", PlacementState.WORKING)
    assert (seen.row.employer, seen.row.occupation) == ("示例洗衣店", "洗衣工")
    assert (seen.row.employer_id, seen.row.vacancy_id) == (None, None)
    assert (seen.row.proof, seen.row.free_of_charge) == (Proof.NOT_SHOWN, Answer.YES)
    assert (seen.row.id_number[:4], "*" in seen.row.id_number) == ("2390", True)
    assert (seen.seeker_number, seen.referral_number, seen.note) == ("求2026-0001", "", "熟人介绍")
    assert (seen.row.next_follow_up_on, seen.row.next_follow_up_month) == (date(2026, 12, 20), 1)
    assert desk.see(seeker_id).row.state is SeekerState.PLACED
    counts = desk.world.ask("wang", job_counts, Nothing())
    assert (counts.seeking, counts.working, counts.unproved) == (0, 1, 1)


def test_a_known_employer_or_vacancy_gives_its_name(desk: JobDesk) -> None:
    employer_id = desk.employer(name="示例纺织厂")
    known = desk.see_placement(desk.found(employer_id=employer_id, employer_name="别的")).row
    assert (known.employer, known.employer_id, known.occupation) == (
        "示例纺织厂",
        employer_id,
        "洗衣工",
    )
    vacancy_id = desk.vacancy(employer_id, heads=1)
    row = desk.see_placement(desk.found(vacancy_id=vacancy_id)).row
    assert (row.employer, row.occupation, row.vacancy_id) == ("示例纺织厂", "厨师", vacancy_id)
    vacancy = desk.see_vacancy(vacancy_id).row
    assert (vacancy.state, vacancy.hired) == (VacancyState.FILLED, 1)
    with pytest.raises(NoPostLeft):
        desk.found(vacancy_id=vacancy_id)


def test_what_a_letter_led_to_is_entered_with_its_slip(desk: JobDesk) -> None:
    seeker_id, vacancy_id = desk.seeker(), desk.vacancy()
    letter = desk.refer(seeker_id, vacancy_id)
    with pytest.raises(LetterOut, match=letter.number):
        desk.found(seeker_id, vacancy_id=vacancy_id)
    desk.tell(letter.id, ReferralState.NOT_APPEARED)
    assert desk.see_placement(desk.found(seeker_id, vacancy_id=vacancy_id)).referral_number == ""


@pytest.mark.parametrize(
    ("over", "wrong"),
    [
        ({"employer_name": " "}, ("employer_name", "missing")),
        ({"started_on": date(2026, 11, 1)}, ("started_on", "before_referral")),
        ({"started_on": date(2036, 11, 20)}, ("started_on", "too_far_ahead")),
        ({"proof": Proof.PRESUMED}, ("proof", "not_presumed")),
        ({"proof": Proof.CONTRACT}, ("proof_words", "no_contract_number")),
        ({"proof": Proof.INSURANCE}, ("insured_from", "no_month")),
        ({"wage": Fen(0)}, ("wage", "too_small")),
    ],
)
def test_a_placement_that_cannot_be_is_not_kept(
    desk: JobDesk, over: dict[str, Any], wrong: tuple[str, str]
) -> None:
    with pytest.raises(Invalid) as invalid:
        desk.found(**over)
    assert wrong_in(invalid)[0][0] == wrong[0]
    assert rows(desk) == []


def test_nobody_works_twice_at_once_whatever_registration(desk: JobDesk) -> None:
    number = id_number(71, "19810202")
    seeker_id = desk.seeker(id_number=number)
    first = desk.found(seeker_id)
    with pytest.raises(StillAtWork, match="安2026-0001"):
        desk.found(seeker_id)
    withdraw(desk, seeker_id)
    again = desk.seeker(id_number=number)
    with pytest.raises(StillAtWork):
        desk.found(again)
    leave(desk, first)
    assert desk.see(seeker_id).row.state is SeekerState.WITHDRAWN
    desk.found(again)
    with pytest.raises(StillAtWork):
        back_to_work(desk, first)


def test_a_withdrawn_registration_is_renewed_first(desk: JobDesk) -> None:
    seeker_id = desk.seeker()
    withdraw(desk, seeker_id)
    with pytest.raises(NotWithdrawn):
        desk.found(seeker_id)


# Public-welfare posts


def test_a_public_welfare_post_is_for_the_recognised_up_to_a_day(desk: JobDesk) -> None:
    seeker_id = desk.seeker()
    recognition_id = desk.recognised(seeker_id)
    vacancy_id = desk.vacancy(public_welfare=True)
    letter = desk.refer(seeker_id, vacancy_id)
    form = RecognitionEndForm(id=recognition_id, version=2, day=desk.today, reason="到期")
    desk.world.do("li", end_recognition, form)
    told = {"started_on": desk.today, "wage": Fen(240_000)}
    with pytest.raises(RecognitionNeeded):
        desk.tell(letter.id, ReferralState.HIRED, **told)
    desk.recognised(seeker_id)
    with pytest.raises(BelowMinimumWage):
        desk.tell(letter.id, ReferralState.HIRED, **{**told, "wage": Fen(100_000)})
    placement_id = desk.tell(letter.id, ReferralState.HIRED, **told)
    assert placement_id is not None
    row = desk.see_placement(placement_id).row
    assert (row.public_welfare, row.ends_on) == (True, date(2029, 11, 19))
    take_back(desk, placement_id)
    near = {**told, "retires_on": date(2030, 3, 5)}
    again = desk.tell(letter.id, ReferralState.HIRED, **near)
    assert again is not None
    assert desk.see_placement(again).row.ends_on == date(2030, 3, 5)


def test_who_found_a_public_welfare_post_alone_needs_the_recognition_too(desk: JobDesk) -> None:
    vacancy_id = desk.vacancy(public_welfare=True)
    with pytest.raises(RecognitionNeeded):
        desk.found(vacancy_id=vacancy_id)


def test_a_proof_shows_no_less_than_the_minimum_wage_of_such_a_post(desk: JobDesk) -> None:
    seeker_id = desk.seeker()
    desk.recognised(seeker_id)
    placement_id = desk.found(seeker_id, vacancy_id=desk.vacancy(public_welfare=True))
    with pytest.raises(BelowMinimumWage):
        prove(desk, placement_id, Proof.WAGE, proof_words="工资条", wage=Fen(100_000))
    assert desk.see_placement(placement_id).row.wage is None
    assert prove(desk, placement_id, Proof.WAGE, proof_words="工资条").proof is Proof.WAGE


# What shows it


@pytest.mark.parametrize(
    ("proof", "over"),
    [
        (Proof.CONTRACT, {"proof_words": "劳字 26-118", "contract_months": 24}),
        (Proof.INSURANCE, {"insured_from": date(2026, 11, 20)}),
        (Proof.WAGE, {"proof_words": "11 月工资条", "wage": Fen(310_000)}),
    ],
)
def test_a_placement_is_proved(desk: JobDesk, proof: Proof, over: dict[str, Any]) -> None:
    placement_id = desk.hire(wage=Fen(300_000))
    row = prove(desk, placement_id, proof, **over)
    assert (row.proof, row.proved_on) == (proof, desk.today)
    assert row.proof_words == over.get("proof_words", "")
    assert row.wage == over.get("wage", 300_000)
    assert row.contract_months == over.get("contract_months")
    assert row.insured_from == (date(2026, 11, 1) if "insured_from" in over else None)
    row = prove(desk, placement_id, Proof.NOT_SHOWN)
    assert (row.proof, row.proved_on, row.proof_words) == (Proof.NOT_SHOWN, None, "")
    with pytest.raises(ProofNeeded):
        prove(desk, placement_id, Proof.NOT_SHOWN)


@pytest.mark.parametrize(
    ("proof", "over", "field"),
    [
        (Proof.CONTRACT, {}, "proof_words"),
        (Proof.WAGE, {"proof_words": "  "}, "proof_words"),
        (Proof.INSURANCE, {}, "insured_from"),
        (Proof.INSURANCE, {"insured_from": date(2026, 10, 31)}, "insured_from"),
        (Proof.INSURANCE, {"insured_from": date(2026, 12, 1)}, "insured_from"),
        (Proof.PRESUMED, {}, "proof"),
        (Proof.CONTRACT, {"proof_words": "1", "day": date(2026, 11, 21)}, "day"),
    ],
)
def test_a_proof_without_its_paper_is_none(
    desk: JobDesk, proof: Proof, over: dict[str, Any], field: str
) -> None:
    placement_id = desk.hire()
    with pytest.raises(Invalid) as invalid:
        prove(desk, placement_id, proof, **over)
    assert wrong_in(invalid)[0][0] == field
    assert desk.see_placement(placement_id).row.proof is Proof.NOT_SHOWN


@pytest.fixture
def presumed(desk: JobDesk) -> int:
    """Return a placement that is presumed."""
    with presuming():
        letter = desk.refer()
    desk.pass_to(letter.due_on + timedelta(days=1))
    (placement_id,) = desk.world.do("li", presume_overdue, PresumeForm(ids=(letter.id,))).placements
    return placement_id


def test_a_paper_mends_what_was_presumed(desk: JobDesk, presumed: int) -> None:
    with pytest.raises(ProofNeeded):
        prove(desk, presumed, Proof.NOT_SHOWN)
    row = prove(desk, presumed, Proof.CONTRACT, proof_words="劳字 7")
    assert (row.proof, row.proved_on) == (Proof.CONTRACT, desk.today)
    assert row.job_referral_id is not None
    letter = desk.see_referral(row.job_referral_id)
    assert (letter.row.state, letter.row.result_on) == (ReferralState.HIRED, desk.today)
    assert letter.told_by == "李强"


def test_who_left_may_still_be_proved_and_who_was_taken_back_not(desk: JobDesk) -> None:
    placement_id = desk.hire()
    leave(desk, placement_id)
    row = prove(desk, placement_id, Proof.CONTRACT, proof_words="劳字 8")
    assert (row.state, row.proof) == (PlacementState.LEFT, Proof.CONTRACT)
    take_back(desk, placement_id)
    with pytest.raises(NotNow):
        prove(desk, placement_id, Proof.CONTRACT, proof_words="劳字 8")


# Leaving


def test_leaving_opens_the_search_again(desk: JobDesk) -> None:
    vacancy_id = desk.vacancy(heads=1)
    seeker_id = desk.seeker()
    placement_id = desk.hire(seeker_id, vacancy_id)
    desk.pass_to(date(2027, 9, 1))
    row = leave(desk, placement_id, date(2027, 8, 30))
    assert (row.state, row.left_on) == (PlacementState.LEFT, date(2027, 8, 30))
    assert (row.end_reason, row.next_follow_up_on, row.next_follow_up_month) == ("嫌远", None, None)
    seeker = desk.see(seeker_id).row
    assert (seeker.state, seeker.valid_until) == (SeekerState.SEEKING, date(2028, 3, 1))
    vacancy = desk.see_vacancy(vacancy_id).row
    assert (vacancy.hired, vacancy.state) == (1, VacancyState.FILLED)
    with pytest.raises(NotNow):
        leave(desk, placement_id)
    desk.hire(seeker_id)


def test_nobody_leaves_before_they_began_or_tomorrow(desk: JobDesk) -> None:
    placement_id = desk.hire(started_on=desk.today)
    with pytest.raises(LeftBeforeStart):
        leave(desk, placement_id, desk.today - timedelta(days=1))
    with pytest.raises(Invalid):
        leave(desk, placement_id, desk.today + timedelta(days=1))
    assert desk.see_placement(placement_id).row.state is PlacementState.WORKING


def test_a_leaving_that_was_entered_in_error_is_taken_back(desk: JobDesk) -> None:
    seeker_id = desk.seeker()
    placement_id = desk.hire(seeker_id)
    with pytest.raises(NotNow):
        back_to_work(desk, placement_id)
    leave(desk, placement_id)
    back_to_work(desk, placement_id)
    row = desk.see_placement(placement_id).row
    assert (row.state, row.left_on, row.end_reason) == (PlacementState.WORKING, None, "")
    assert (row.next_follow_up_on, row.next_follow_up_month) == (date(2026, 12, 20), 1)
    assert desk.see(seeker_id).row.state is SeekerState.PLACED
    leave(desk, placement_id)
    withdraw(desk, seeker_id)
    with pytest.raises(NotWithdrawn):
        back_to_work(desk, placement_id)


def test_nobody_is_in_two_jobs_at_one_time_whatever_is_entered_first(desk: JobDesk) -> None:
    seeker_id = desk.seeker()
    first = desk.found(seeker_id)
    desk.pass_to(date(2026, 12, 21))
    leave(desk, first, date(2026, 12, 1))
    with pytest.raises(AtWorkThen, match="安2026-0001"):
        desk.found(seeker_id, started_on=date(2026, 11, 30))
    second = desk.found(seeker_id, started_on=date(2026, 12, 1))
    leave(desk, second)
    with pytest.raises(AtWorkThen, match="安2026-0002"):
        back_to_work(desk, first)
    take_back(desk, second)
    back_to_work(desk, first)
    assert desk.see(seeker_id).row.state is SeekerState.PLACED


# Taking back


def test_a_placement_entered_in_error_is_as_if_it_never_was(desk: JobDesk) -> None:
    vacancy_id = desk.vacancy(heads=1)
    seeker_id = desk.seeker()
    placement_id = desk.found(seeker_id, vacancy_id=vacancy_id)
    with pytest.raises(Invalid):
        take_back(desk, placement_id, " ")
    take_back(desk, placement_id)
    row = desk.see_placement(placement_id).row
    assert (row.state, row.end_reason) == (PlacementState.TAKEN_BACK, "录入有误")
    assert row.next_follow_up_on is None
    assert desk.see(seeker_id).row.state is SeekerState.SEEKING
    vacancy = desk.see_vacancy(vacancy_id).row
    assert (vacancy.hired, vacancy.state) == (0, VacancyState.OPEN)
    with pytest.raises(NotNow):
        take_back(desk, placement_id)
    with pytest.raises(NotNow):
        leave(desk, placement_id)
    with pytest.raises(NotNow):
        back_to_work(desk, placement_id)
    desk.found(seeker_id, vacancy_id=vacancy_id)


def test_taking_back_an_old_job_leaves_the_new_one(desk: JobDesk) -> None:
    seeker_id = desk.seeker()
    first = desk.hire(seeker_id)
    leave(desk, first)
    second = desk.hire(seeker_id)
    take_back(desk, first)
    assert desk.see(seeker_id).row.state is SeekerState.PLACED
    assert desk.see_placement(second).row.state is PlacementState.WORKING


# The requested service that led here


@pytest.fixture
def asked_for(desk: JobDesk) -> int:
    """Return a seeker whose household asked for a job."""
    accepted = desk.world.accept(intake(JOBLESS))
    (member,) = desk.world.ask("wang", household_view, ById(id=accepted.household_id)).members
    asked = desk.world.request(accepted, "job_placement", member_id=member.id)
    return desk.seeker(id_number=id_number(2), name="单示例", service_request_id=asked.id)


JOBLESS = changed(household(), employment=EmploymentForm(work_status="失(无)业"))


def request_of(desk: JobDesk) -> ServiceRow:
    (row,) = desk.world.ask("wang", service_rows, ServiceQuery())
    return row


def test_a_placement_closes_the_request_that_led_to_it_once(desk: JobDesk, asked_for: int) -> None:
    assert request_of(desk).state is ServiceState.OPEN
    placement_id = desk.hire(asked_for)
    closed = request_of(desk)
    assert closed.state is ServiceState.DONE
    assert all(
        word in closed.result for word in ("示例餐饮1店", "厨师", "2026-11-20", "安2026-0001")
    )
    assert closed.closed_by == "李强"
    take_back(desk, placement_id)
    desk.found(asked_for)
    assert request_of(desk).result == closed.result


def test_a_presumption_closes_no_request_until_it_is_shown(desk: JobDesk, asked_for: int) -> None:
    with presuming():
        letter = desk.refer(asked_for)
    desk.pass_to(letter.due_on + timedelta(days=1))
    (placement_id,) = desk.world.do("li", presume_overdue, PresumeForm(ids=(letter.id,))).placements
    assert request_of(desk).state is ServiceState.OPEN
    prove(desk, placement_id, Proof.CONTRACT, proof_words="劳字 9")
    assert request_of(desk).state is ServiceState.DONE


def test_the_slip_after_a_presumption_closes_the_request(desk: JobDesk, asked_for: int) -> None:
    with presuming():
        letter = desk.refer(asked_for)
    desk.pass_to(letter.due_on + timedelta(days=1))
    desk.world.do("li", presume_overdue, PresumeForm(ids=(letter.id,)))
    desk.tell(letter.id, ReferralState.HIRED, started_on=desk.today)
    assert request_of(desk).state is ServiceState.DONE


# The household to be assessed again


def on_file(desk: JobDesk) -> tuple[Accepted, int]:
    """Return a household that was assessed and filed today, and its head as a job seeker."""
    form = desk.world.form()
    head = form.household.head
    accepted = desk.world.file(desk.world.accept(form))
    return accepted, desk.seeker(id_number=head.id_number, name=head.name)


def waits(desk: JobDesk) -> list[ReassessRow]:
    found = desk.world.ask("wang", to_reassess, ReassessQuery())
    assert desk.world.ask("li", job_counts, Nothing()).to_reassess == len(found)
    return found


def test_a_household_whose_member_found_work_is_assessed_again(desk: JobDesk) -> None:
    accepted, seeker_id = on_file(desk)
    desk.hire()
    assert waits(desk) == []
    desk.pass_to(date(2026, 12, 1))
    placement_id = desk.hire(seeker_id, started_on=date(2026, 12, 7), wage=Fen(300_000))
    (row,) = waits(desk)
    assert (row.household_id, row.placement_id) == (accepted.household_id, placement_id)
    assert (row.head, row.wage) == (row.name, 300_000)
    assert (row.started_on, row.assessed_on) == (date(2026, 12, 7), date(2026, 11, 20))
    assert row.file_number
    view = desk.see_placement(placement_id)
    assert (view.to_reassess, view.file_number) == (True, row.file_number)
    desk.pass_to(date(2026, 12, 4))
    asked = desk.world.request(accepted)
    closing = CloseForm(id=asked.id, version=1, result="已咨询")
    desk.world.do("wang", close_service, closing)
    assert len(waits(desk)) == 1, "assessed as of a day before the work began"
    desk.pass_to(date(2026, 12, 8))
    desk.world.request(accepted)
    assert waits(desk) == []
    assert not desk.see_placement(placement_id).to_reassess


def test_a_placement_that_ended_or_was_taken_back_prompts_nothing(desk: JobDesk) -> None:
    seeker_id = on_file(desk)[1]
    desk.pass_to(date(2026, 12, 1))
    first = desk.hire(seeker_id)
    assert [row.placement_id for row in waits(desk)] == [first]
    leave(desk, first)
    assert waits(desk) == []
    second = desk.hire(seeker_id)
    back = waits(desk)
    assert [row.placement_id for row in back] == [second]
    take_back(desk, second)
    assert waits(desk) == []


def test_a_household_that_was_never_assessed_waits_too(desk: JobDesk) -> None:
    desk.world.accept(intake(JOBLESS))
    desk.hire(desk.seeker(id_number=id_number(2), name="单示例"))
    (row,) = waits(desk)
    assert row.assessed_on is None


# Who may, and what is listed


def test_placements_are_the_job_officers(desk: JobDesk) -> None:
    placement_id = desk.hire()
    seeker_id = desk.seeker()
    step = PlacementStep(**at(desk, placement_id), reason="x")
    proof = ProofForm(**at(desk, placement_id), proof=Proof.WAGE, proof_words="1", day=desk.today)
    away = LeaveForm(**at(desk, placement_id), left_on=desk.today, reason="x")
    entry = PlacementForm(job_seeker_id=seeker_id, employer_name="某店", started_on=desk.today)
    for user in ("wang", "zhao", "sun", "zhou"):
        for act, form in (
            (take_back_placement, step),
            (prove_placement, proof),
            (leave_job, away),
            (take_back_leaving, PlacementById(id=placement_id)),
            (enter_placement, entry),
        ):
            with pytest.raises(Refused):
                desk.world.do(user, act, form)
    for user in ("wang", "zhao", "zhou"):
        assert rows(desk, user) == [placement_id]
    with pytest.raises(Refused):
        rows(desk, "qian")


def test_who_read_an_older_version_is_told(desk: JobDesk) -> None:
    placement_id = desk.hire()
    old = PlacementStep(**at(desk, placement_id), reason="x")
    prove(desk, placement_id, Proof.CONTRACT, proof_words="1")
    with pytest.raises(Conflict):
        desk.world.do("li", take_back_placement, old)


def test_placements_are_found_by_what_is_known_of_them(desk: JobDesk) -> None:
    number = id_number(71, "19810202")
    seeker_id = desk.seeker(name="上官示例", id_number=number)
    employer_id = desk.employer(name="冰城示例酒店")
    vacancy_id = desk.vacancy(employer_id)
    first = desk.hire(seeker_id, vacancy_id, proof=Proof.CONTRACT, proof_words="1")
    second = desk.found(started_on=desk.today + timedelta(days=5))
    third = desk.found()
    leave(desk, third)
    assert rows(desk) == [third, second, first]
    asked: list[dict[str, Any]] = [
        {"text": "上官"},
        {"text": "冰城"},
        {"text": "安2026-0001"},
        {"text": number},
        {"job_seeker_id": seeker_id},
        {"vacancy_id": vacancy_id},
        {"employer_id": employer_id},
        {"proofs": (Proof.CONTRACT, Proof.WAGE)},
    ]
    for each in asked:
        assert rows(desk, **each) == [first], each
    assert rows(desk, states=(PlacementState.WORKING,)) == [second, first]
    assert rows(desk, from_day=desk.today + timedelta(days=1)) == [second]
    assert rows(desk, to_day=desk.today) == [third, first]
    assert rows(desk, imported=True) == []
    assert rows(desk, imported=False, household_id=1) == []
    page = desk.world.ask("li", placement_rows, PlacementQuery(offset=1, limit=1))
    assert [row.id for row in page] == [second]


# Past the verbs


@pytest.mark.parametrize(
    ("guard", "statement"),
    [
        ("placement_kept", "DELETE FROM placement WHERE id = 1"),
        ("placement_fixed", "UPDATE placement SET name = '别人' WHERE id = 1"),
        ("placement_fixed", "UPDATE placement SET employer_name = '别处' WHERE id = 1"),
        ("placement_ways", "UPDATE placement SET state = 'working' WHERE id = 2"),
        ("left_on", "UPDATE placement SET state = 'left' WHERE id = 1"),
        ("left_on", "UPDATE placement SET left_on = '2026-12-01' WHERE id = 1"),
        (
            "left_after_start",
            "UPDATE placement SET state = 'left', left_on = '2026-01-01' WHERE id = 1",
        ),
        ("taken_back_with_words", "UPDATE placement SET state = 'taken_back' WHERE id = 1"),
        ("wage_positive", "UPDATE placement SET wage = 0 WHERE id = 1"),
        ("insured", "UPDATE placement SET proof = 'insurance' WHERE id = 1"),
        ("placement_presumed_no_more", "UPDATE placement SET proof = 'presumed' WHERE id = 1"),
    ],
)
def test_the_store_itself_keeps_placements_as_they_are(
    desk: JobDesk, store: Path, guard: str, statement: str
) -> None:
    desk.hire()
    take_back(desk, desk.found())
    with raw(store) as sql, pytest.raises(sqlcipher.DatabaseError, match=guard):
        sql.run(statement)


def test_the_store_itself_keeps_public_welfare_posts_for_the_recognised(
    desk: JobDesk, store: Path
) -> None:
    desk.found()
    new = {"number": "安2026-0099", "public_welfare": 1}
    with raw(store) as sql:
        for ends_on in (None, "2029-11-19"):
            with pytest.raises(sqlcipher.DatabaseError, match="public_welfare_post"):
                sql.again("placement", "id = 1", **new, ends_on=ends_on)
        with pytest.raises(sqlcipher.DatabaseError, match="placement_begins"):
            sql.again(
                "placement", "id = 1", number="安2026-0098", state="left", left_on="2026-12-01"
            )
