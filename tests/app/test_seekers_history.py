"""What came of a registration: referrals and placements on the card, and what they do to it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.core.days import months_after
from app.core.errors import AppError
from app.core.money import Fen
from app.core.words.placements import (
    NotHiredReason,
    PlacementState,
    Proof,
    RecognitionState,
    ReferralState,
    SeekerState,
)
from app.placements.placement_records import LeaveForm, PlacementStep
from app.placements.placing import leave_job, take_back_placement
from app.placements.recognition_rules import NotDifficult
from app.placements.seeker_records import SeekerById, SeekerEndForm, SeekerRenewForm
from app.placements.seeker_rules import AtWork, NotWithdrawn, PersonFixed, SlipsOut
from app.placements.seekers import change_seeker, open_seeker_form, renew_seeker, withdraw_seeker
from tests.hiring import JobDesk
from tests.people import id_number
from tests.world import World, changed


@pytest.fixture
def desk(world: World) -> JobDesk:
    return JobDesk(world)


def withdraw(desk: JobDesk, seeker_id: int) -> None:
    desk.world.do("li", withdraw_seeker, SeekerEndForm(**desk.at(seeker_id), reason="回老家"))


def renew(desk: JobDesk, seeker_id: int) -> None:
    desk.world.do("li", renew_seeker, SeekerRenewForm(**desk.at(seeker_id), day=desk.today))


def named(desk: JobDesk, placement_id: int) -> dict[str, Any]:
    return {"id": placement_id, "version": desk.see_placement(placement_id).row.version}


def leave(desk: JobDesk, placement_id: int) -> None:
    form = LeaveForm(**named(desk, placement_id), left_on=desk.today, reason="合同到期")
    desk.world.do("li", leave_job, form)


def test_the_card_shows_every_referral_with_its_result(desk: JobDesk) -> None:
    seeker_id = desk.seeker()
    first = desk.refer(seeker_id)
    row = desk.see(seeker_id).referrals[0]
    assert (row.number, row.state, row.overdue) == ("荐2026-0001", ReferralState.ISSUED, False)
    assert (row.occupation, row.employer) == ("厨师", "示例餐饮1店")
    assert row.due_on == date(2026, 11, 27), "a week by the rules of the day"
    desk.pass_to(date(2026, 11, 28))
    assert desk.see(seeker_id).referrals[0].overdue
    desk.tell(first.id, ReferralState.NOT_HIRED, reason=NotHiredReason.PAY)
    second = desk.refer(seeker_id)
    seen = desk.see(seeker_id)
    assert [each.id for each in seen.referrals] == [second.id, first.id]
    assert (seen.referrals[1].reason, seen.referrals[1].result_on) == (
        NotHiredReason.PAY,
        date(2026, 11, 28),
    )
    assert not seen.referrals[1].overdue


def test_who_stayed_away_as_often_as_the_rules_say_is_shown(desk: JobDesk) -> None:
    seeker_id = desk.seeker(id_number=id_number(90, "19780305"))
    for count in (1, 2):
        desk.tell(desk.refer(seeker_id).id, ReferralState.NOT_APPEARED)
        seen = desk.see(seeker_id)
        assert (seen.no_shows, seen.many_no_shows) == (count, False)
    withdraw(desk, seeker_id)
    anew = desk.seeker(id_number=id_number(90, "19780305"))
    desk.tell(desk.refer(anew).id, ReferralState.NOT_APPEARED)
    seen = desk.see(anew)
    assert (seen.no_shows, seen.many_no_shows) == (3, True), "of the person, not of the number"
    desk.refer(anew)  # it warns, it does not refuse


def test_a_registration_is_not_withdrawn_while_a_slip_is_out(desk: JobDesk) -> None:
    seeker_id = desk.seeker()
    letter = desk.refer(seeker_id)
    with pytest.raises(SlipsOut) as told:
        withdraw(desk, seeker_id)
    assert letter.number in told.value.tell()
    desk.tell(letter.id, ReferralState.NOT_APPEARED)
    withdraw(desk, seeker_id)


def test_a_placement_ends_the_search_and_leaving_opens_it_again(desk: JobDesk) -> None:
    seeker_id = desk.seeker(registered_on=date(2026, 6, 1))
    placement_id = desk.hire(seeker_id)
    seen = desk.see(seeker_id)
    assert seen.row.state is SeekerState.PLACED
    (row,) = seen.placements
    assert (row.id, row.number, row.state) == (
        *(placement_id, "安2026-0001"),
        PlacementState.WORKING,
    )
    assert (row.wage, row.proof, row.left_on) == (Fen(320_000), Proof.NOT_SHOWN, None)
    with pytest.raises(AtWork):
        renew(desk, seeker_id)
    desk.pass_to(date(2027, 3, 1))
    assert not desk.see(seeker_id).row.expired, "who has work needs no valid registration"
    leave(desk, placement_id)
    seen = desk.see(seeker_id)
    assert (seen.row.state, seen.row.valid_until) == (SeekerState.SEEKING, date(2027, 9, 1))
    assert (seen.placements[0].state, seen.placements[0].left_on) == (
        PlacementState.LEFT,
        date(2027, 3, 1),
    )


def test_a_placement_taken_back_opens_the_search_again(desk: JobDesk) -> None:
    seeker_id = desk.seeker()
    placement_id = desk.found(seeker_id)
    step = PlacementStep(**named(desk, placement_id), reason="登记错了人")
    desk.world.do("li", take_back_placement, step)
    seen = desk.see(seeker_id)
    assert seen.row.state is SeekerState.SEEKING
    assert seen.placements[0].state is PlacementState.TAKEN_BACK


def test_who_withdrew_while_at_work_stays_so_and_is_not_placed_again(desk: JobDesk) -> None:
    seeker_id = desk.seeker()
    placement_id = desk.found(seeker_id)
    withdraw(desk, seeker_id)
    with pytest.raises(AtWork):
        renew(desk, seeker_id)
    leave(desk, placement_id)
    assert desk.see(seeker_id).row.state is SeekerState.WITHDRAWN
    with pytest.raises(NotWithdrawn):
        desk.found(seeker_id)
    renew(desk, seeker_id)
    desk.found(seeker_id)
    assert desk.see(seeker_id).row.state is SeekerState.PLACED


def test_the_number_stays_once_somebody_was_sent(desk: JobDesk) -> None:
    seeker_id = desk.seeker()
    desk.tell(desk.refer(seeker_id).id, ReferralState.NOT_APPEARED)
    opened = desk.world.do("li", open_seeker_form, SeekerById(id=seeker_id))
    other = changed(opened.seeker, id_number=id_number(92, "19780305"))
    with pytest.raises(PersonFixed):
        desk.world.do("li", change_seeker, changed(opened, seeker=other))


def test_the_number_stays_once_somebody_holds_a_voucher_or_a_seat(desk: JobDesk) -> None:
    holder, learner = desk.seeker(), desk.seeker()
    desk.voucher(holder)
    desk.enrolled(desk.course(), learner)
    for seeker_id in (holder, learner):
        opened = desk.world.do("li", open_seeker_form, SeekerById(id=seeker_id))
        other = changed(opened.seeker, id_number=id_number(92, "19780305"))
        with pytest.raises(PersonFixed):
            desk.world.do("li", change_seeker, changed(opened, seeker=other))


def test_whoever_found_work_meanwhile_is_not_recognised(desk: JobDesk) -> None:
    seeker_id = desk.seeker()
    recognition_id = desk.applied(seeker_id)
    desk.found(seeker_id)
    with pytest.raises(NotDifficult):
        desk.decided(recognition_id)
    desk.decided(recognition_id, recognised=False, opinion="已就业")
    assert desk.see(seeker_id).row.recognition is RecognitionState.REFUSED


@dataclass
class Model:
    """What a registration should be, beside the one in the store."""

    state: SeekerState
    valid_until: date
    working: bool = False

    def withdraw(self, _today: date) -> bool:
        """Withdraw it; tell whether that is allowed."""
        allowed = self.state is not SeekerState.WITHDRAWN
        self.state = SeekerState.WITHDRAWN
        return allowed

    def renew(self, today: date) -> bool:
        """Renew it; tell whether that is allowed."""
        if self.working:
            return False
        self._seek(today)
        return True

    def found(self, _today: date) -> bool:
        """Let the person find work; tell whether that is allowed."""
        if self.working or self.state is SeekerState.WITHDRAWN:
            return False
        self.state, self.working = SeekerState.PLACED, True
        return True

    def leave(self, today: date) -> bool:
        """Let the person leave the job; tell whether there is one."""
        worked, self.working = self.working, False
        if worked and self.state is SeekerState.PLACED:
            self._seek(today)
        return worked

    def _seek(self, today: date) -> None:
        self.state = SeekerState.SEEKING
        self.valid_until = max(self.valid_until, months_after(today, 6))


ACTS = st.sampled_from(["withdraw", "renew", "found", "leave"])


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.tuples(ACTS, st.integers(0, 200)), max_size=8))
def test_a_registration_goes_its_ways_and_no_other(
    desk: JobDesk, acts: list[tuple[str, int]]
) -> None:
    """Whatever is done in whatever order: the store agrees with a model of a few lines."""
    seeker_id = desk.seeker()
    model = Model(SeekerState.SEEKING, months_after(desk.today, 6))
    jobs: list[int] = []
    does: dict[str, Callable[[], Any]] = {
        "withdraw": lambda: withdraw(desk, seeker_id),
        "renew": lambda: renew(desk, seeker_id),
        "found": lambda: jobs.append(desk.found(seeker_id)),
        "leave": lambda: leave(desk, jobs[-1]) if jobs else None,
    }
    for act, days in acts:
        desk.pass_to(date.fromordinal(desk.today.toordinal() + days))
        if getattr(model, act)(desk.today):
            does[act]()
        elif act != "leave":
            with pytest.raises(AppError):
                does[act]()
        row = desk.see(seeker_id).row
        assert (row.state, row.valid_until) == (model.state, model.valid_until)
        assert row.expired == (
            model.state is SeekerState.SEEKING and model.valid_until < desk.today
        )
