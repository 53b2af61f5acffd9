"""Services and referrals: asked on a yes that is sealed, closed once, with a slip to take along."""

from typing import Any

import pytest

from app.cases.actions import refuse_case
from app.cases.queries import assess_household, case_view
from app.cases.records import Accepted, AssessRequest, CaseById, CaseStepForm
from app.cases.rules import MemberNeeded, NotOneOfThem
from app.core.errors import Conflict, Invalid, NotNow, Refused
from app.core.record import Nothing
from app.core.words.papers import PaperKind, PaperState
from app.core.words.services import ServiceState
from app.households.queries import household_view
from app.households.records import ById
from app.papers.queries import paper_view
from app.papers.records import PaperById, PaperView
from app.policy.catalog import shipped
from app.policy.pack import MeasureKind, Outcome
from app.services.actions import (
    close_service,
    for_others,
    request_service,
    withdraw_service,
)
from app.services.queries import service_rows
from app.services.records import CloseForm, Requested, ServiceForm, ServiceQuery, WithdrawForm
from app.services.rules import (
    AlreadyInHand,
    FileClosed,
    NoSuchService,
    NotEntitled,
)
from app.work import Action, Permission, Work
from db.models.cases import SealedAssessment
from db.models.services import ServiceRequest
from tests.world import World

SERVICE, REFERRAL = "counselling", "dibao_application"
OF_A_PUPIL = "fee_reduction"


def row(world: World, requested: Requested) -> Any:
    rows = world.ask("wang", service_rows, ServiceQuery(household_id=requested.household_id))
    return next(each for each in rows if each.id == requested.id)


def paper(world: World, paper_id: int | None) -> PaperView:
    assert paper_id is not None
    return world.ask("wang", paper_view, PaperById(id=paper_id))


def members(world: World, accepted: Accepted) -> list[int]:
    view = world.ask("wang", household_view, ById(id=accepted.household_id))
    return [member.id for member in view.members]


def answers(world: World, accepted: Accepted, measure: str) -> dict[int | None, Outcome]:
    asked = AssessRequest(household_id=accepted.household_id)
    findings = world.ask("wang", assess_household, asked)
    return {each.member: each.outcome for each in findings.of(measure)}


def test_a_service_is_asked_with_what_the_policy_says_of_it(world: World) -> None:
    accepted = world.accept()
    requested = world.request(accepted, note="下午方便")
    asked = row(world, requested)
    assert requested.number == "F2026-00001"
    assert requested.paper_id is asked.paper_id is None
    assert (asked.kind, asked.state) == (MeasureKind.SERVICE, ServiceState.OPEN)
    assert asked.title
    assert asked.department
    assert asked.entitlement
    assert (asked.case_id, asked.note, asked.person) == (accepted.case_id, "下午方便", "")
    assert (asked.requested_by, asked.closed_by, asked.result) == ("王芳", "", "")


def test_the_answer_it_rests_on_is_sealed(world: World) -> None:
    requested = world.request()

    def sealed(work: Work, _: Nothing) -> SealedAssessment:
        assessment = work.load(ServiceRequest, requested.id).assessment_id
        return work.load(SealedAssessment, assessment)

    look = Action("t.t", sealed, Permission.READ_CASES, "", frozenset())
    result = world.do("wang", look, Nothing()).result
    found = [each for area in result["areas"] for each in area["measures"]]
    assert [each["outcome"] for each in found if each["id"] == SERVICE] == ["yes"]


def test_a_referral_gets_its_slip_with_what_to_bring(world: World) -> None:
    accepted = world.file()
    requested = world.request(accepted, REFERRAL)
    asked, slip = row(world, requested), paper(world, requested.paper_id)
    assert slip.row.kind is PaperKind.REFERRAL_SLIP
    assert slip.row.title == asked.name
    facts = slip.sheet.facts
    assert facts["request_number"] == requested.number
    assert facts["department"] == asked.department
    assert tuple(facts["papers"]) == asked.papers
    assert "*" in str(facts["id_number"])
    assert asked.paper_id == requested.paper_id


def test_what_the_center_has_to_confirm_is_marked_inside_and_not_towards_others(
    world: World,
) -> None:
    accepted = world.accept()
    people = members(world, accepted)
    found = answers(world, accepted, OF_A_PUPIL)
    place = next(at for at, outcome in found.items() if outcome is Outcome.YES and at is not None)
    requested = world.request(accepted, OF_A_PUPIL, member_id=people[place])
    asked, facts = row(world, requested), paper(world, requested.paper_id).sheet.facts
    assert asked.title == "学费减免和学生资助（待确认）"
    assert asked.entitlement.endswith("减多少由学校按规定定，待确认。")
    assert facts["measure"] == "学费减免和学生资助"
    assert str(facts["entitlement"]).endswith("减多少由学校按规定定。")


def test_no_referral_that_ships_tells_another_department_what_we_have_to_confirm() -> None:
    measures = [each for pack in shipped().packs() for each in pack.measures]
    referrals = [each for each in measures if each.kind is MeasureKind.REFERRAL]
    assert any("待确认" in each.title for each in referrals)
    for each in referrals:
        assert "待确认" not in for_others(each.title) + for_others(each.entitlement)
        assert not any("待确认" in text for text in (each.department, *each.papers))


def test_of_a_measure_per_member_the_person_is_named(world: World) -> None:
    accepted = world.accept()
    people = members(world, accepted)
    found = answers(world, accepted, OF_A_PUPIL)
    place = next(at for at, outcome in found.items() if outcome is Outcome.YES and at is not None)
    requested = world.request(accepted, OF_A_PUPIL, member_id=people[place])
    asked, slip = row(world, requested), paper(world, requested.paper_id)
    assert asked.person
    assert slip.row.title == asked.person
    assert slip.sheet.facts["head"] == asked.name
    with pytest.raises(AlreadyInHand):
        world.request(accepted, OF_A_PUPIL, member_id=people[place])


def test_a_measure_per_member_is_refused_to_whom_the_policy_does_not_give_it(world: World) -> None:
    accepted = world.accept()
    head = members(world, accepted)[0]
    assert answers(world, accepted, OF_A_PUPIL)[0] is not Outcome.YES
    with pytest.raises(MemberNeeded):
        world.request(accepted, OF_A_PUPIL)
    with pytest.raises(NotEntitled) as refused:
        world.request(accepted, OF_A_PUPIL, member_id=head)
    assert refused.value.data["why"]


def test_what_is_no_or_cannot_be_told_is_not_asked_for(world: World) -> None:
    first, second = world.accept(), world.accept()
    for accepted, measure, outcome in (
        (first, "legal_aid", Outcome.UNKNOWN),
        (second, REFERRAL, Outcome.NO),
    ):
        assert answers(world, accepted, measure) == {None: outcome}
        with pytest.raises(NotEntitled):
            world.request(accepted, measure)


@pytest.mark.parametrize("measure", ["living_relief", "none_such"])
def test_only_services_and_referrals_are_asked_for(world: World, measure: str) -> None:
    with pytest.raises(NoSuchService):
        world.request(measure=measure)


def test_person_and_application_are_of_the_household(world: World) -> None:
    first, second = world.accept(), world.accept()
    stranger = members(world, second)[0]
    with pytest.raises(NotOneOfThem):
        world.request(first, OF_A_PUPIL, member_id=stranger)
    with pytest.raises(NotOneOfThem):
        world.request(first, member_id=members(world, first)[0])
    with pytest.raises(NotOneOfThem):
        world.request(first, case_id=second.case_id)


def test_the_same_is_in_hand_once(world: World) -> None:
    accepted = world.accept()
    first = world.request(accepted)
    with pytest.raises(AlreadyInHand) as refused:
        world.request(accepted)
    assert refused.value.data["number"] == first.number
    world.do("wang", close_service, CloseForm(id=first.id, version=1, result="已谈"))
    assert world.request(accepted).number == "F2026-00002"


def test_a_closed_file_gets_nothing_more(world: World) -> None:
    accepted = world.accept()
    version = world.ask("zhao", case_view, CaseById(id=accepted.case_id)).row.version
    step = CaseStepForm(id=accepted.case_id, version=version, opinion="不符合")
    world.do("zhao", refuse_case, step)
    with pytest.raises(FileClosed):
        world.request(accepted)


# Closing and taking back


def test_a_request_is_closed_once_with_its_result(world: World) -> None:
    requested = world.request()
    with pytest.raises(Invalid):
        world.do("wang", close_service, CloseForm(id=requested.id, version=1, result=" "))
    world.do("li", close_service, CloseForm(id=requested.id, version=1, result="已谈"))
    asked = row(world, requested)
    assert (asked.state, asked.result) == (ServiceState.DONE, "已谈")
    assert asked.closed_by
    assert asked.closed_at == world.clock.now()
    for act, form in (
        (close_service, CloseForm(id=requested.id, version=2, result="再办")),
        (withdraw_service, WithdrawForm(id=requested.id, version=2, reason="撤")),
    ):
        with pytest.raises(NotNow):
            world.do("wang", act, form)


def test_taking_a_referral_back_makes_its_slip_void(world: World) -> None:
    requested = world.request(measure=REFERRAL)
    form = WithdrawForm(id=requested.id, version=1, reason="已自行办理")
    world.do("wang", withdraw_service, form)
    slip = paper(world, requested.paper_id)
    assert slip.row.state is PaperState.VOID
    assert slip.void_reason == "已自行办理"
    asked = row(world, requested)
    assert (asked.state, asked.result) == (ServiceState.WITHDRAWN, "已自行办理")
    assert asked.paper_id is None, "a slip that is void is offered no more"


def test_a_stale_page_closes_nothing(world: World) -> None:
    requested = world.request()
    world.do("wang", close_service, CloseForm(id=requested.id, version=1, result="已谈"))
    with pytest.raises(Conflict):
        world.do("wang", withdraw_service, WithdrawForm(id=requested.id, version=1, reason="撤"))


@pytest.mark.parametrize("user", ["qian", "zhou", "admin"])
def test_who_keeps_money_or_reads_asks_for_nothing(world: World, user: str) -> None:
    accepted = world.accept()
    form = ServiceForm(household_id=accepted.household_id, measure=SERVICE)
    with pytest.raises(Refused):
        world.do(user, request_service, form)
