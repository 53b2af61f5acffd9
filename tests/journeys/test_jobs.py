"""Somebody of a household on file, from registration to staying in work, verb by verb."""

from datetime import date, timedelta

import pytest

from app.audit.queries import audit_rows
from app.audit.records import AuditQuery
from app.core.days import months_after
from app.core.money import Fen
from app.core.record import Nothing
from app.core.words.placements import (
    FollowUpResult,
    PlacementState,
    Proof,
    ReferralState,
    SeekerState,
)
from app.households.queries import household_view
from app.households.records import ById
from app.placements.following_up import tell_follow_up
from app.placements.job_worklists import follow_ups_due, to_reassess
from app.placements.match_queries import vacancies_for
from app.placements.match_records import MatchForSeeker
from app.placements.placement_records import FollowUpForm, FollowUpQuery, ReassessQuery
from app.placements.referral_records import PresumeForm
from app.placements.referral_rules import NotPresumed
from app.placements.referrals import presume_overdue
from app.reports.placed_records import PlacedCut, Stayed
from app.reports.queries import behind, check_store, report
from app.reports.records import BehindQuery, Figure, of_year
from tests.hiring import JobDesk, presuming
from tests.world import World, changed


def ask_after(desk: JobDesk, placement_id: int, month: int, **more: object) -> None:
    """Ask somebody after so many months whether they are still there."""
    started = desk.see_placement(placement_id).row.started_on
    desk.pass_to(months_after(started, month))
    [due] = desk.world.ask("li", follow_ups_due, FollowUpQuery())
    assert (due.id, due.month) == (placement_id, month)
    form = FollowUpForm(
        id=due.id, version=due.version, done_on=desk.today, result=FollowUpResult.AT_WORK
    )
    desk.world.do("li", tell_follow_up, changed(form, **more))


def test_from_registration_to_staying_in_work(world: World) -> None:
    desk = JobDesk(world)
    accepted = world.file()
    head = world.ask("wang", household_view, ById(id=accepted.household_id))
    form = world.ask("wang", household_view, ById(id=accepted.household_id)).form
    assert world.ask("wang", to_reassess, ReassessQuery()) == []

    seeker_id = desk.seeker(
        name=form.head.name, household_id=accepted.household_id, member_id=head.members[0].id
    )
    assert desk.see(seeker_id).row.household_id == accepted.household_id
    vacancy_id = desk.vacancy(heads=1)
    matches = world.ask("li", vacancies_for, MatchForSeeker(job_seeker_id=seeker_id))
    assert [each.match.vacancy_id for each in matches.rows] == [vacancy_id]
    match = matches.rows[0].match
    assert match.points == sum(merit.points for merit in match.merits)

    placement_id = desk.hire(seeker_id, vacancy_id, proof=Proof.CONTRACT, proof_words="合同 17 号")
    assert desk.see(seeker_id).row.state is SeekerState.PLACED
    assert desk.see_vacancy(vacancy_id).row.free_posts == 0
    [again] = world.ask("wang", to_reassess, ReassessQuery())
    assert (again.household_id, again.placement_id) == (accepted.household_id, placement_id)
    world.clock.instant += timedelta(days=1)
    world.request(accepted)  # an assessment is sealed with it
    assert world.ask("wang", to_reassess, ReassessQuery()) == []

    ask_after(desk, placement_id, 1, wage=Fen(330_000))
    ask_after(desk, placement_id, 3)
    ask_after(
        desk,
        placement_id,
        6,
        result=FollowUpResult.LEFT,
        left_on=date(2027, 5, 10),
        reason="单位搬到外区",
    )
    left = desk.see_placement(placement_id)
    assert (left.row.state, left.row.left_on) == (PlacementState.LEFT, date(2027, 5, 10))
    assert [each.month for each in left.follow_ups] == [1, 3, 6]
    assert desk.see(seeker_id).row.state is SeekerState.SEEKING, "the search begins again"

    told = world.ask("zhou", report, of_year(2026)).placements
    assert (told.registered, told.vacancies, told.posts) == (1, 1, 1)
    assert (told.referred, told.hired, told.presumed_hired) == (1, 1, 0)
    assert (told.placed, told.proved, told.presumed, told.free) == (1, 1, 0, 1)
    assert told.stayed == (
        Stayed(months=1, due=1, at_work=1, left=0),
        Stayed(months=3, due=1, at_work=1, left=0),
        Stayed(months=6, due=1, at_work=0, left=1),
    )
    verbs = {
        act.verb
        for act in world.ask("zhou", audit_rows, AuditQuery(subject=f"job_seeker/{seeker_id}"))
    }
    assert "placements.register_seeker" in verbs
    assert not world.ask("zhou", check_store, Nothing()).findings


def test_presumed_only_where_the_rules_say_so_and_counted_apart(world: World) -> None:
    desk = JobDesk(world)
    vacancy_id = desk.vacancy(heads=3)
    plain = desk.refer(vacancy_id=vacancy_id)
    with presuming():
        letter = desk.refer(vacancy_id=vacancy_id)
    desk.pass_to(desk.today + timedelta(days=8))
    with pytest.raises(NotPresumed):
        world.do("li", presume_overdue, PresumeForm(ids=(plain.id,)))
    world.do("li", presume_overdue, PresumeForm(ids=(letter.id,)))
    assert desk.see_referral(letter.id).row.state is ReferralState.PRESUMED
    asked = of_year(2026)
    told = world.ask("zhou", report, asked).placements
    assert (told.placed, told.proved, told.presumed, told.not_shown) == (1, 0, 1, 0)
    assert (told.hired, told.presumed_hired) == (0, 1)
    assert [row.presumed for row in told.rows(PlacedCut.DISTRICT)] == [1]
    query = BehindQuery(asked=asked, figure=Figure.PLACED_PRESUMED)
    [row] = world.ask("zhou", behind, query).rows
    assert row.says == Proof.PRESUMED.label

    # the slip comes after all, and says that they were hired: nothing is presumed any more
    shown = {"proof": Proof.CONTRACT, "proof_words": "合同 18 号"}
    desk.tell(letter.id, ReferralState.HIRED, started_on=desk.today, **shown)
    told = world.ask("zhou", report, asked).placements
    assert (told.placed, told.proved, told.presumed) == (1, 1, 0)
    assert (told.hired, told.presumed_hired) == (1, 0)
    assert not world.ask("zhou", check_store, Nothing()).findings
