"""Placements that were entered wrongly are mended: what is checked, what moves, what is kept."""

from datetime import date, timedelta
from typing import Any

import pytest

from app.audit.queries import audit_rows
from app.audit.records import AuditQuery
from app.core.errors import Conflict, Invalid, NotNow, Refused
from app.core.money import Fen
from app.core.words import Answer
from app.core.words.placements import FollowUpResult, PlacementState, Proof
from app.placements.correcting import correct_placement
from app.placements.following_up import tell_follow_up
from app.placements.placement_records import (
    CorrectionForm,
    FollowUpForm,
    LeaveForm,
    PlacementRow,
    PlacementStep,
)
from app.placements.placement_rules import AtWorkThen, LeftBeforeStart, StillPresumed
from app.placements.placing import leave_job, take_back_placement
from app.placements.public_welfare_rules import BelowMinimumWage
from app.placements.referral_records import PresumeForm
from app.placements.referrals import presume_overdue
from app.reports.queries import report
from app.reports.records import of_year
from tests.hiring import JobDesk, presuming
from tests.world import World, changed

AT_WORK = FollowUpResult.AT_WORK
DAY = timedelta(days=1)


@pytest.fixture
def desk(world: World) -> JobDesk:
    return JobDesk(world)


def as_it_stands(desk: JobDesk, placement_id: int, **over: Any) -> CorrectionForm:
    row = desk.see_placement(placement_id).row
    form = CorrectionForm(
        id=row.id,
        version=row.version,
        started_on=row.started_on,
        wage=row.wage,
        contract_months=row.contract_months,
        free_of_charge=row.free_of_charge,
        proof=row.proof,
        proof_words=row.proof_words,
        insured_from=row.insured_from,
        day=row.proved_on,
        reason="看错了合同",
    )
    return changed(form, **over)


def correct(desk: JobDesk, placement_id: int, **over: Any) -> PlacementRow:
    desk.world.do("li", correct_placement, as_it_stands(desk, placement_id, **over))
    return desk.see_placement(placement_id).row


def ask(desk: JobDesk, placement_id: int) -> PlacementRow:
    version = desk.see_placement(placement_id).row.version
    form = FollowUpForm(id=placement_id, version=version, done_on=desk.today, result=AT_WORK)
    desk.world.do("li", tell_follow_up, form)
    return desk.see_placement(placement_id).row


def leave(desk: JobDesk, placement_id: int, left_on: date) -> None:
    version = desk.see_placement(placement_id).row.version
    form = LeaveForm(id=placement_id, version=version, left_on=left_on, reason="嫌远")
    desk.world.do("li", leave_job, form)


def next_one(row: PlacementRow) -> tuple[int | None, date | None]:
    return row.next_follow_up_month, row.next_follow_up_on


def wrong_in(error: pytest.ExceptionInfo[Invalid]) -> list[tuple[str, str]]:
    return [(problem.field, problem.code) for problem in error.value.problems]


def test_what_was_entered_wrongly_is_mended_and_the_trail_tells_both(desk: JobDesk) -> None:
    first = desk.today
    placement_id = desk.hire(wage=Fen(320_000), proof=Proof.CONTRACT, proof_words="劳字 1")
    row = correct(
        desk,
        placement_id,
        started_on=first + 3 * DAY,
        wage=Fen(230_000),
        contract_months=12,
        free_of_charge=Answer.YES,
        proof_words="劳字 7",
    )
    assert (row.started_on, row.wage, row.contract_months) == (first + 3 * DAY, 230_000, 12)
    assert (row.proof, row.proof_words, row.proved_on) == (Proof.CONTRACT, "劳字 7", first)
    assert row.number == "安2026-0001", "it is the same placement"
    assert next_one(row) == (1, date(2026, 12, 23))
    asked = AuditQuery(subject=f"placement/{placement_id}", limit=1)
    (act,) = desk.world.ask("zhou", audit_rows, asked)
    assert (act.verb, act.request["reason"]) == ("placements.correct_placement", "看错了合同")
    told = act.changes[f"placement/{placement_id}"]
    assert told["started_on"] == ["2026-11-20", "2026-11-23"]
    assert told["wage"] == [320_000, 230_000]
    assert told["proof_words"] == ["劳字 1", "劳字 7"]


def test_a_proof_is_mended_to_another_or_none(desk: JobDesk) -> None:
    placement_id = desk.hire(proof=Proof.CONTRACT, proof_words="劳字 1")
    other = {"proof": Proof.INSURANCE, "proof_words": "", "insured_from": desk.today}
    row = correct(desk, placement_id, **other)
    assert (row.proof, row.proof_words, row.insured_from) == (
        Proof.INSURANCE,
        "",
        date(2026, 11, 1),
    )
    row = correct(desk, placement_id, proof=Proof.NOT_SHOWN, insured_from=None)
    assert (row.proof, row.proved_on, row.insured_from) == (Proof.NOT_SHOWN, None, None)
    desk.pass_to(desk.today + 2 * DAY)
    row = correct(desk, placement_id, proof=Proof.WAGE, proof_words="工资条")
    assert row.proved_on == desk.today


@pytest.mark.parametrize(
    ("over", "wrong"),
    [
        ({"started_on": date(2026, 11, 19)}, ("started_on", "before_referral")),
        ({"started_on": date(2036, 11, 20)}, ("started_on", "too_far_ahead")),
        ({"proof": Proof.PRESUMED}, ("proof", "not_presumed")),
        ({"proof_words": " "}, ("proof_words", "no_contract_number")),
        ({"proof": Proof.INSURANCE}, ("insured_from", "no_month")),
        ({"insured_from": date(2026, 10, 1)}, ("insured_from", "outside")),
        ({"day": date(2026, 11, 21)}, ("day", "future")),
        ({"reason": " "}, ("reason", "missing")),
    ],
)
@pytest.mark.parametrize("alone", [True, False])
def test_what_is_mended_is_checked_as_on_entering(
    desk: JobDesk, over: dict[str, Any], wrong: tuple[str, str], alone: bool
) -> None:
    told: dict[str, Any] = {"proof": Proof.CONTRACT, "proof_words": "劳字 1"}
    placement_id = desk.found(**told) if alone else desk.hire(**told)
    before = desk.see_placement(placement_id).row
    with pytest.raises(Invalid) as invalid:
        correct(desk, placement_id, **over)
    assert wrong_in(invalid)[0] == wrong
    assert desk.see_placement(placement_id).row == before


def test_nobody_is_in_two_jobs_by_a_correction(desk: JobDesk) -> None:
    seeker_id, first = desk.seeker(), desk.today
    earlier = desk.found(seeker_id)
    desk.pass_to(first + 20 * DAY)
    leave(desk, earlier, first + 10 * DAY)
    later = desk.found(seeker_id, started_on=first + 15 * DAY)
    with pytest.raises(AtWorkThen, match="安2026-0001"):
        correct(desk, later, started_on=first + 9 * DAY)
    assert correct(desk, later, started_on=first + 10 * DAY).started_on == first + 10 * DAY
    with pytest.raises(LeftBeforeStart):
        correct(desk, earlier, started_on=first + 11 * DAY)
    assert correct(desk, earlier, started_on=first + 2 * DAY).state is PlacementState.LEFT


def test_follow_ups_move_with_the_first_day_and_what_came_too_early_is_asked_anew(
    desk: JobDesk,
) -> None:
    first = desk.today
    placement_id = desk.hire()
    desk.pass_to(date(2026, 12, 20))
    assert next_one(ask(desk, placement_id)) == (3, date(2027, 2, 20))
    assert next_one(correct(desk, placement_id, wage=Fen(1))) == (3, date(2027, 2, 20))
    moved = correct(desk, placement_id, started_on=first + 5 * DAY)
    assert next_one(moved) == (1, date(2026, 12, 25)), "on the 20th it was no month yet"
    desk.pass_to(date(2026, 12, 31))
    (after_one,) = desk.world.ask("zhou", report, of_year(2026)).placements.stayed
    assert (after_one.due, after_one.at_work, after_one.unknown) == (1, 0, 1)
    assert next_one(ask(desk, placement_id)) == (3, date(2027, 2, 25))
    (after_one,) = desk.world.ask("zhou", report, of_year(2026)).placements.stayed
    assert (after_one.due, after_one.at_work) == (1, 1)


def test_who_left_was_there_for_the_months_of_the_day_they_began_after_all(desk: JobDesk) -> None:
    first = desk.today
    placement_id = desk.hire(started_on=first + 20 * DAY)
    desk.pass_to(date(2027, 1, 8))
    leave(desk, placement_id, date(2027, 1, 5))
    assert desk.see_placement(placement_id).follow_ups == ()
    assert correct(desk, placement_id, started_on=first).next_follow_up_on is None
    (there,) = desk.see_placement(placement_id).follow_ups
    assert (there.month, there.result) == (1, AT_WORK)


def test_a_public_welfare_post_keeps_its_limits(desk: JobDesk) -> None:
    seeker_id = desk.seeker()
    desk.recognised(seeker_id)
    pension = date(2030, 3, 5)
    vacancy_id = desk.vacancy(public_welfare=True)
    placement_id = desk.hire(seeker_id, vacancy_id, wage=Fen(240_000), retires_on=pension)
    with pytest.raises(BelowMinimumWage):
        correct(desk, placement_id, wage=Fen(100_000))
    assert correct(desk, placement_id, wage=Fen(250_000)).ends_on == pension
    later = correct(desk, placement_id, started_on=desk.today + 4 * DAY)
    assert later.ends_on == date(2029, 11, 23)
    assert correct(desk, placement_id, retires_on=pension).ends_on == pension


def test_what_is_presumed_or_taken_back_is_not_mended(desk: JobDesk) -> None:
    with presuming():
        letter = desk.refer()
    desk.pass_to(letter.due_on + DAY)
    done = desk.world.do("li", presume_overdue, PresumeForm(ids=(letter.id,)))
    (presumed,) = done.placements
    with pytest.raises(StillPresumed, match="安2026-0001"):
        correct(desk, presumed, wage=Fen(300_000))
    placement_id = desk.hire()
    version = desk.see_placement(placement_id).row.version
    step = PlacementStep(id=placement_id, version=version, reason="录入有误")
    desk.world.do("li", take_back_placement, step)
    with pytest.raises(NotNow):
        correct(desk, placement_id, wage=Fen(300_000))


def test_it_is_the_job_officers_and_of_the_newest_version(desk: JobDesk) -> None:
    placement_id = desk.hire()
    old = as_it_stands(desk, placement_id)
    for user in ("wang", "zhao", "sun", "zhou"):
        with pytest.raises(Refused):
            desk.world.do(user, correct_placement, old)
    correct(desk, placement_id, wage=Fen(300_000))
    with pytest.raises(Conflict):
        desk.world.do("li", correct_placement, old)
