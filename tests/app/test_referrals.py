"""Letters of referral: to whom and where, what their slip tells, what is presumed and mended."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from app.audit.queries import audit_rows
from app.audit.records import AuditQuery
from app.core.errors import Conflict, Invalid, NotNow, Refused, RuleBroken
from app.core.money import Fen
from app.core.record import Nothing
from app.core.words import Answer
from app.core.words.papers import PaperKind, PaperState
from app.core.words.placements import (
    NotHiredReason,
    PlacementState,
    Proof,
    ReferralState,
    SeekerState,
    Shift,
    Strain,
    VacancyState,
)
from app.papers.queries import paper_view
from app.papers.records import PaperById
from app.placements.excluding import exclude_match
from app.placements.job_worklists import job_counts
from app.placements.match_records import ExclusionForm, Limit
from app.placements.placement_records import PlacementStep
from app.placements.placement_rules import AHEAD, NoPostLeft, StillAtWork
from app.placements.placing import take_back_placement
from app.placements.referral_queries import referral_count, referral_rows, slips_overdue
from app.placements.referral_records import (
    OverdueQuery,
    PresumeForm,
    ReferralQuery,
    ReferralRow,
    ReferralStep,
)
from app.placements.referral_rules import (
    RESULTS,
    LimitStands,
    NothingToPresume,
    NotPresumed,
    PairReferred,
    SlipInTime,
)
from app.placements.referrals import presume_overdue, take_back_result, void_referral
from app.placements.seeker_records import SeekerEndForm
from app.placements.seeker_rules import NotWithdrawn
from app.placements.seekers import withdraw_seeker
from app.placements.vacancies import withdraw_vacancy
from app.placements.vacancy_records import VacancyEndForm
from db.engine import sqlcipher
from tests.filled import raw
from tests.hiring import JobDesk, presuming
from tests.people import id_number
from tests.world import World, changed

R = ReferralState


@pytest.fixture
def desk(world: World) -> JobDesk:
    return JobDesk(world)


def step(desk: JobDesk, referral_id: int, reason: str = "录入有误") -> ReferralStep:
    version = desk.see_referral(referral_id).row.version
    return ReferralStep(id=referral_id, version=version, reason=reason)


def wrong_in(error: pytest.ExceptionInfo[Invalid]) -> list[tuple[str, str]]:
    return [(problem.field, problem.code) for problem in error.value.problems]


def rows(desk: JobDesk, user: str = "li", **asked: Any) -> list[ReferralRow]:
    query = changed(ReferralQuery(), **asked)
    found = desk.world.ask(user, referral_rows, query)
    assert desk.world.ask(user, referral_count, query) == len(found)
    return found


# The letter


def test_a_letter_names_the_pair_its_reasons_and_the_day_of_its_slip(desk: JobDesk) -> None:
    seeker_id, vacancy_id = desk.seeker(), desk.vacancy()
    letter = desk.refer(
        seeker_id, vacancy_id, interview_on=desk.today, interview_at="九点，二楼", note="带身份证"
    )
    assert letter.number == "荐2026-0001"
    assert letter.due_on == date(2026, 11, 27)
    seen = desk.see_referral(letter.id)
    assert seen.row.state is R.ISSUED
    assert (seen.row.job_seeker_id, seen.row.vacancy_id) == (seeker_id, vacancy_id)
    assert (seen.row.id_number[:4], "*" in seen.row.id_number) == ("2390", True)
    assert (seen.row.phone, seen.row.employer_phone) == ("154****7777", "154****8888")
    assert (seen.row.interview_at, seen.row.note) == ("九点，二楼", "带身份证")
    assert (seen.row.presumable, seen.row.overdue, seen.row.placement_id) == (False, False, None)
    assert seen.match.day == desk.today
    assert seen.match.points == sum(merit.points for merit in seen.match.merits) > 0
    assert {each.limit for each in seen.match.limits if each.held} == set(Limit)
    assert (seen.issued_by, seen.told_by) == ("李强", "")
    assert seen.rules_provisional
    assert seen.presume_source
    paper = desk.world.ask("li", paper_view, PaperById(id=letter.paper_id))
    assert (paper.row.kind, paper.row.state) == (PaperKind.REFERRAL_LETTER, PaperState.ISSUED)
    assert seen.row.paper_id == letter.paper_id
    assert desk.see(seeker_id).row.state is SeekerState.SEEKING
    assert desk.see_vacancy(vacancy_id).row.hired == 0


def test_the_slip_is_due_after_an_interview_that_comes_later(desk: JobDesk) -> None:
    later = desk.today + timedelta(days=10)
    assert desk.refer(interview_on=later).due_on == later + timedelta(days=7)


@pytest.mark.parametrize(
    ("days", "code"), [(-1, "past"), (31 * AHEAD + 1, "too_far_ahead")], ids=["past", "far"]
)
def test_an_interview_lies_ahead_and_not_too_far(desk: JobDesk, days: int, code: str) -> None:
    with pytest.raises(Invalid) as wrong:
        desk.refer(interview_on=desk.today + timedelta(days=days))
    assert wrong_in(wrong) == [("interview_on", code)]


def test_an_hour_without_a_day_is_refused_in_words(desk: JobDesk) -> None:
    with pytest.raises(Invalid) as wrong:
        desk.refer(interview_at="上午 9 点，示例北路 9 号")
    assert wrong_in(wrong) == [("interview_on", "no_day")]
    assert "请同时填面试日期" in wrong.value.problems[0].tell()
    blank = desk.refer(interview_at="  ")
    assert desk.see_referral(blank.id).row.interview_at == ""


def test_nobody_is_sent_to_the_same_vacancy_twice(desk: JobDesk) -> None:
    seeker_id, vacancy_id = desk.seeker(), desk.vacancy()
    letter = desk.refer(seeker_id, vacancy_id)
    with pytest.raises(PairReferred, match=letter.number):
        desk.refer(seeker_id, vacancy_id)
    desk.tell(letter.id, R.NOT_APPEARED)
    with pytest.raises(PairReferred, match=R.NOT_APPEARED.label):
        desk.refer(seeker_id, vacancy_id)
    desk.refer(seeker_id, desk.vacancy())
    desk.refer(desk.seeker(), vacancy_id)


def test_a_new_registration_of_the_same_person_is_no_way_round(desk: JobDesk) -> None:
    vacancy_id, number = desk.vacancy(), id_number(77, "19800101")
    seeker_id = desk.seeker(id_number=number)
    desk.tell(desk.refer(seeker_id, vacancy_id).id, R.NOT_APPEARED)
    version = desk.see(seeker_id).row.version
    desk.world.do("li", withdraw_seeker, SeekerEndForm(id=seeker_id, version=version, reason="x"))
    again = desk.seeker(id_number=number)
    with pytest.raises(PairReferred):
        desk.refer(again, vacancy_id)


def test_a_void_letter_makes_room_for_a_new_one(desk: JobDesk) -> None:
    seeker_id, vacancy_id = desk.seeker(), desk.vacancy()
    letter = desk.refer(seeker_id, vacancy_id)
    desk.world.do("li", void_referral, step(desk, letter.id, "本人不去了"))
    seen = desk.see_referral(letter.id)
    assert (seen.row.state, seen.row.note) == (R.VOID, "本人不去了")
    assert (seen.row.result_on, seen.row.paper_id) == (None, None)
    paper = desk.world.ask("li", paper_view, PaperById(id=letter.paper_id))
    assert paper.row.state is PaperState.VOID
    assert desk.refer(seeker_id, vacancy_id).number == "荐2026-0002"
    with pytest.raises(NotNow):
        desk.world.do("li", void_referral, step(desk, letter.id))
    with pytest.raises(NotNow):
        desk.tell(letter.id, R.NOT_APPEARED)
    with pytest.raises(NotNow):
        desk.world.do("li", take_back_result, step(desk, letter.id))


def test_a_letter_becomes_void_with_words_and_before_its_result(desk: JobDesk) -> None:
    letter = desk.refer()
    with pytest.raises(Invalid):
        desk.world.do("li", void_referral, step(desk, letter.id, " "))
    stale = step(desk, letter.id)
    desk.tell(letter.id, R.NOT_APPEARED)
    with pytest.raises(Conflict):
        desk.world.do("li", void_referral, stale)
    with pytest.raises(NotNow):
        desk.world.do("li", void_referral, step(desk, letter.id))


@pytest.mark.parametrize(
    ("seeker", "vacancy"),
    [
        ({"shifts": (Shift.DAY,)}, {"shift": Shift.NIGHT}),
        ({"limits": (Strain.STANDING,)}, {"strains": (Strain.STANDING, Strain.HEAT)}),
        ({"districts": ("道里区",)}, {"district": "南岗区"}),
        ({}, {"public_welfare": True}),
        ({}, {"age_to": 30, "limit_ground": "示例规定第三条"}),
        ({}, {"opened_on": date(2026, 10, 12)}),
        ({}, {"opened_on": date(2026, 11, 2), "valid_until": date(2026, 11, 19)}),
    ],
    ids=["shift", "health", "distance", "welfare", "age", "stale", "run out"],
)
def test_a_hard_limit_keeps_the_letter_back_and_is_named(
    desk: JobDesk, seeker: dict[str, Any], vacancy: dict[str, Any]
) -> None:
    seeker_id, vacancy_id = desk.seeker(**seeker), desk.vacancy(**vacancy)
    with pytest.raises(LimitStands) as broken:
        desk.refer(seeker_id, vacancy_id)
    assert str(broken.value.data["why"])
    assert broken.value.data["vacancy"] == "岗2026-0001"
    assert rows(desk) == []


def test_an_exclusion_a_bar_and_an_expired_registration_keep_the_letter_back(
    desk: JobDesk,
) -> None:
    seeker_id, employer_id = desk.seeker(), desk.employer()
    vacancy_id = desk.vacancy(employer_id)
    form = ExclusionForm(job_seeker_id=seeker_id, vacancy_id=vacancy_id, reason="本人不愿意")
    desk.world.do("li", exclude_match, form)
    with pytest.raises(LimitStands):
        desk.refer(seeker_id, vacancy_id)
    other = desk.seeker(registered_on=date(2026, 5, 10))
    with pytest.raises(LimitStands):
        desk.refer(other, vacancy_id)
    desk.barred(employer_id)
    with pytest.raises(LimitStands):
        desk.refer(desk.seeker(), vacancy_id)


def test_nobody_who_has_found_work_or_withdrew_is_sent(desk: JobDesk) -> None:
    seeker_id = desk.seeker()
    desk.hire(seeker_id)
    with pytest.raises(LimitStands):
        desk.refer(seeker_id)
    gone = desk.seeker()
    desk.world.do(
        "li",
        withdraw_seeker,
        SeekerEndForm(id=gone, version=desk.see(gone).row.version, reason="不找了"),
    )
    with pytest.raises(LimitStands):
        desk.refer(gone)


# What the slip tells


def test_hired_makes_the_placement_in_the_same_act(desk: JobDesk) -> None:
    seeker_id, vacancy_id = desk.seeker(), desk.vacancy()
    letter = desk.refer(seeker_id, vacancy_id)
    placement_id = desk.tell(
        letter.id,
        R.HIRED,
        started_on=desk.today + timedelta(days=3),
        wage=Fen(330_000),
        contract_months=12,
        proof=Proof.CONTRACT,
        proof_words="劳字 26-118",
    )
    assert placement_id is not None
    row = desk.see_placement(placement_id).row
    assert (row.number, row.state) == ("安2026-0001", PlacementState.WORKING)
    assert (row.job_seeker_id, row.job_referral_id) == (seeker_id, letter.id)
    assert (row.employer, row.occupation) == ("示例餐饮1店", "厨师")
    assert (row.wage, row.contract_months) == (330_000, 12)
    assert (row.proof, row.proof_words, row.proved_on) == (
        Proof.CONTRACT,
        "劳字 26-118",
        desk.today,
    )
    assert row.free_of_charge is Answer.YES
    seen = desk.see_referral(letter.id)
    assert (seen.row.state, seen.row.result_on) == (R.HIRED, desk.today)
    assert (seen.row.placement_id, seen.told_by) == (placement_id, "李强")
    assert desk.see(seeker_id).row.state is SeekerState.PLACED
    assert desk.see_vacancy(vacancy_id).row.hired == 1


@pytest.mark.parametrize("result", [R.NOT_HIRED, R.NOT_APPEARED])
def test_who_was_not_hired_looks_on(desk: JobDesk, result: ReferralState) -> None:
    seeker_id, vacancy_id = desk.seeker(), desk.vacancy()
    letter = desk.refer(seeker_id, vacancy_id)
    reason = NotHiredReason.SKILL if result is R.NOT_HIRED else None
    assert desk.tell(letter.id, result, reason=reason, note="电话核实") is None
    seen = desk.see_referral(letter.id).row
    assert (seen.state, seen.reason, seen.note) == (result, reason, "电话核实")
    assert desk.see(seeker_id).row.state is SeekerState.SEEKING
    assert desk.see_vacancy(vacancy_id).row.hired == 0
    with pytest.raises(NotNow):
        desk.tell(letter.id, R.HIRED, started_on=desk.today)


@pytest.mark.parametrize(
    ("result", "over", "wrong"),
    [
        (R.NOT_HIRED, {}, [("reason", "no_reason")]),
        (R.NOT_APPEARED, {"reason": NotHiredReason.PAY}, [("reason", "needless_reason")]),
        (R.HIRED, {}, [("started_on", "no_start")]),
        (R.HIRED, {"reason": NotHiredReason.PAY, "started_on": 0}, [("reason", "needless_reason")]),
        (R.PRESUMED, {}, [("result", "no_result")]),
        (R.ISSUED, {}, [("result", "no_result")]),
        (R.VOID, {}, [("result", "no_result")]),
        (R.NOT_APPEARED, {"day": -1}, [("day", "before_letter")]),
        (R.HIRED, {"started_on": -1}, [("started_on", "before_referral")]),
        (R.HIRED, {"started_on": 31 * AHEAD + 1}, [("started_on", "too_far_ahead")]),
        (
            R.HIRED,
            {"started_on": 0, "proof": Proof.CONTRACT},
            [("proof_words", "no_contract_number")],
        ),
        (R.HIRED, {"started_on": 0, "proof": Proof.WAGE}, [("proof_words", "no_wage_slip")]),
        (R.HIRED, {"started_on": 0, "proof": Proof.INSURANCE}, [("insured_from", "no_month")]),
        (R.HIRED, {"started_on": 0, "proof": Proof.PRESUMED}, [("proof", "not_presumed")]),
        (R.HIRED, {"started_on": 0, "insured_from": -40}, [("insured_from", "outside")]),
        (R.HIRED, {"started_on": 0, "insured_from": 40}, [("insured_from", "outside")]),
    ],
)
def test_a_result_that_cannot_be_is_not_kept(
    desk: JobDesk, result: ReferralState, over: dict[str, Any], wrong: list[tuple[str, str]]
) -> None:
    letter = desk.refer()
    told = {
        name: desk.today + timedelta(days=value) if type(value) is int else value
        for name, value in over.items()
    }
    with pytest.raises(Invalid) as invalid:
        desk.tell(letter.id, result, **told)
    assert wrong_in(invalid) == wrong
    assert desk.see_referral(letter.id).row.state is R.ISSUED


def test_a_result_does_not_come_from_the_future(desk: JobDesk) -> None:
    letter = desk.refer()
    with pytest.raises(Invalid) as invalid:
        desk.tell(letter.id, R.NOT_APPEARED, day=desk.today + timedelta(days=1))
    assert wrong_in(invalid)[0][0] == "day"


def test_no_more_are_hired_than_there_are_posts(desk: JobDesk) -> None:
    vacancy_id = desk.vacancy(heads=1)
    first, second = desk.refer(vacancy_id=vacancy_id), desk.refer(vacancy_id=vacancy_id)
    desk.tell(first.id, R.HIRED, started_on=desk.today)
    row = desk.see_vacancy(vacancy_id).row
    assert (row.state, row.hired) == (VacancyState.FILLED, 1)
    with pytest.raises(NoPostLeft, match=row.number):
        desk.tell(second.id, R.HIRED, started_on=desk.today)
    assert desk.see_referral(second.id).row.state is R.ISSUED
    desk.tell(second.id, R.NOT_HIRED, reason=NotHiredReason.FILLED)
    with pytest.raises(LimitStands):
        desk.refer(vacancy_id=vacancy_id)


def test_who_was_sent_before_a_vacancy_was_withdrawn_may_still_be_hired(desk: JobDesk) -> None:
    vacancy_id = desk.vacancy()
    letter = desk.refer(vacancy_id=vacancy_id)
    version = desk.see_vacancy(vacancy_id).row.version
    form = VacancyEndForm(id=vacancy_id, version=version, reason="不招了")
    desk.world.do("li", withdraw_vacancy, form)
    desk.tell(letter.id, R.HIRED, started_on=desk.today)
    row = desk.see_vacancy(vacancy_id).row
    assert (row.state, row.hired) == (VacancyState.WITHDRAWN, 1)


def test_nobody_is_hired_twice_at_once(desk: JobDesk) -> None:
    seeker_id = desk.seeker()
    first, second = desk.refer(seeker_id), desk.refer(seeker_id)
    desk.tell(first.id, R.HIRED, started_on=desk.today)
    with pytest.raises(StillAtWork, match="安2026-0001"):
        desk.tell(second.id, R.HIRED, started_on=desk.today)
    desk.tell(second.id, R.NOT_HIRED, reason=NotHiredReason.DECLINED)


# What is presumed


def overdue(desk: JobDesk, **over: Any) -> int:
    """Return a letter of presuming rules whose slip is overdue."""
    with presuming():
        letter = desk.refer(**over)
    desk.pass_to(letter.due_on + timedelta(days=1))
    return letter.id


def presume(desk: JobDesk, *ids: int) -> tuple[int, ...]:
    return desk.world.do("li", presume_overdue, PresumeForm(ids=ids)).placements


def test_an_overdue_slip_is_presumed_only_where_the_rules_of_its_day_say_so(desk: JobDesk) -> None:
    plain = desk.refer()
    with presuming():
        sealed = desk.refer()
    assert not desk.see_referral(plain.id).row.presumable
    assert desk.see_referral(sealed.id).row.presumable
    desk.pass_to(sealed.due_on)
    assert desk.world.ask("li", slips_overdue, OverdueQuery()) == []
    with pytest.raises(SlipInTime):
        presume(desk, sealed.id)
    desk.pass_to(sealed.due_on + timedelta(days=1))
    with presuming(), pytest.raises(NotPresumed, match=plain.number):
        presume(desk, plain.id)
    counts = desk.world.ask("li", job_counts, Nothing())
    assert (counts.referred, counts.overdue, counts.presumable) == (2, 2, 1)
    late = desk.world.ask("wang", slips_overdue, OverdueQuery())
    assert [(row.id, row.presumable, row.days_overdue) for row in late] == [
        (plain.id, False, 1),
        (sealed.id, True, 1),
    ]
    only = desk.world.ask("li", slips_overdue, OverdueQuery(presumable=True))
    assert [row.id for row in only] == [sealed.id]
    (placement_id,) = presume(desk, sealed.id)
    seen = desk.see_placement(placement_id).row
    assert (seen.proof, seen.proved_on, seen.wage) == (Proof.PRESUMED, None, None)
    assert (seen.started_on, seen.free_of_charge) == (sealed.due_on, Answer.NOT_KNOWN)
    referral = desk.see_referral(sealed.id).row
    assert (referral.state, referral.result_on) == (R.PRESUMED, desk.today)
    assert not referral.overdue
    assert desk.see(referral.job_seeker_id).row.state is SeekerState.PLACED
    assert desk.see_vacancy(referral.vacancy_id).row.hired == 1
    with pytest.raises(NotNow):
        presume(desk, sealed.id)
    counts = desk.world.ask("li", job_counts, Nothing())
    assert (counts.overdue, counts.presumed, counts.unproved) == (1, 1, 0)


def test_several_are_presumed_each_by_itself(desk: JobDesk) -> None:
    with pytest.raises(NothingToPresume):
        presume(desk)
    seeker_id, cooks = desk.seeker(), desk.vacancy(heads=1)
    plain = desk.refer()
    with presuming():
        letters = [
            *(desk.refer(), desk.refer(seeker_id), desk.refer(seeker_id)),
            *(desk.refer(None, cooks), desk.refer(None, cooks), desk.refer()),
        ]
        in_time = desk.refer(interview_on=desk.today + timedelta(days=20))
    withdrawn = desk.see_referral(letters[5].id).row.job_seeker_id
    desk.tell(letters[5].id, R.NOT_APPEARED)
    step = SeekerEndForm(**desk.at(withdrawn), reason="不找了")
    desk.world.do("li", withdraw_seeker, step)
    version = desk.see_referral(letters[5].id).row.version
    back = ReferralStep(id=letters[5].id, version=version, reason="录错")
    desk.world.do("li", take_back_result, back)
    desk.pass_to(letters[0].due_on + timedelta(days=1))
    told = presume(desk, letters[0].id)
    asked = (plain.id, in_time.id, *(letter.id for letter in letters))
    done = desk.world.do("li", presume_overdue, PresumeForm(ids=asked))
    stands = {row.id: row.state for row in rows(desk)}
    assert [key for key in asked if stands[key] is R.PRESUMED] == [
        letters[at].id for at in (0, 1, 3)
    ]
    assert [desk.see_placement(key).row.job_referral_id for key in done.placements] == [
        letters[at].id for at in (1, 3)
    ]
    assert desk.see_placement(told[0]).row.number == "安2026-0001"
    assert [row.id for row in done.left] == [
        plain.id,
        in_time.id,
        *(letters[at].id for at in (0, 2, 4, 5)),
    ]
    assert all(each.number in each.why for each in done.left[:2])
    first = desk.see_placement(done.placements[0]).row
    whys = [each.why for each in done.left[2:]]
    assert R.PRESUMED.label in whys[0]
    assert first.number in whys[1]
    assert "1" in whys[2]
    assert desk.see(withdrawn).row.number in whys[3]
    (act,) = desk.world.ask("zhou", audit_rows, AuditQuery(limit=1))
    kept = {name.partition("/")[0] for name in act.changes}
    assert sorted(name for name in act.changes if name.startswith("placement/")) == sorted(
        f"placement/{key}" for key in done.placements
    )
    assert kept == {"job_referral", "placement", "job_seeker", "vacancy"}


def test_a_slip_that_comes_after_all_mends_what_was_presumed(desk: JobDesk) -> None:
    referral_id = overdue(desk)
    (placement_id,) = presume(desk, referral_id)
    started_on = desk.today - timedelta(days=6)
    again = desk.tell(
        referral_id,
        R.HIRED,
        started_on=started_on,
        wage=Fen(310_000),
        proof=Proof.WAGE,
        proof_words="11 月工资条",
    )
    assert again == placement_id
    row = desk.see_placement(placement_id).row
    assert (row.proof, row.proved_on, row.wage) == (Proof.WAGE, desk.today, 310_000)
    assert (row.started_on, row.free_of_charge) == (started_on, Answer.YES)
    assert (row.next_follow_up_on, row.next_follow_up_month) == (date(2026, 12, 22), 1)
    assert desk.see_referral(referral_id).row.state is R.HIRED
    assert desk.see_vacancy(1).row.hired == 1


def test_a_slip_without_proof_is_no_presumption_any_more(desk: JobDesk) -> None:
    referral_id = overdue(desk)
    (placement_id,) = presume(desk, referral_id)
    desk.tell(referral_id, R.HIRED, started_on=desk.today)
    assert desk.see_placement(placement_id).row.proof is Proof.NOT_SHOWN


@pytest.mark.parametrize("result", [R.NOT_HIRED, R.NOT_APPEARED])
def test_a_slip_that_says_no_takes_the_presumed_placement_back(
    desk: JobDesk, result: ReferralState
) -> None:
    referral_id = overdue(desk)
    (placement_id,) = presume(desk, referral_id)
    reason = NotHiredReason.HEALTH if result is R.NOT_HIRED else None
    assert desk.tell(referral_id, result, reason=reason) is None
    row = desk.see_placement(placement_id).row
    assert (row.state, row.end_reason) == (PlacementState.TAKEN_BACK, result.label)
    assert (row.proof, row.next_follow_up_on) == (Proof.PRESUMED, None)
    referral = desk.see_referral(referral_id).row
    assert (referral.state, referral.placement_id) == (result, None)
    assert desk.see(referral.job_seeker_id).row.state is SeekerState.SEEKING
    assert desk.see_vacancy(referral.vacancy_id).row.hired == 0


# What was entered in error


@pytest.mark.parametrize("result", RESULTS)
def test_a_result_that_was_entered_in_error_is_taken_back(
    desk: JobDesk, result: ReferralState
) -> None:
    vacancy_id = desk.vacancy(heads=1)
    letter = desk.refer(vacancy_id=vacancy_id)
    with pytest.raises(NotNow):
        desk.world.do("li", take_back_result, step(desk, letter.id))
    told: dict[str, Any] = {
        R.HIRED: {"started_on": desk.today},
        R.NOT_HIRED: {"reason": NotHiredReason.OTHER},
    }
    placement_id = desk.tell(letter.id, result, **told.get(result, {}))
    desk.world.do("li", take_back_result, step(desk, letter.id))
    seen = desk.see_referral(letter.id)
    assert (seen.row.state, seen.row.result_on, seen.row.reason) == (R.ISSUED, None, None)
    assert (seen.row.note, seen.told_by) == ("录入有误", "")
    assert desk.see(seen.row.job_seeker_id).row.state is SeekerState.SEEKING
    vacancy = desk.see_vacancy(vacancy_id).row
    assert (vacancy.state, vacancy.hired) == (VacancyState.OPEN, 0)
    if placement_id is not None:
        row = desk.see_placement(placement_id).row
        assert (row.state, row.end_reason) == (PlacementState.TAKEN_BACK, "录入有误")
    assert desk.tell(letter.id, R.HIRED, started_on=desk.today) == (2 if placement_id else 1)


def test_taking_the_placement_back_awaits_the_slip_again(desk: JobDesk) -> None:
    referral_id = overdue(desk)
    (placement_id,) = presume(desk, referral_id)
    version = desk.see_placement(placement_id).row.version
    form = PlacementStep(id=placement_id, version=version, reason="单位说没有来")
    desk.world.do("li", take_back_placement, form)
    referral = desk.see_referral(referral_id).row
    assert (referral.state, referral.overdue, referral.result_on) == (R.ISSUED, True, None)
    (again,) = presume(desk, referral_id)
    assert again != placement_id


def test_who_withdrew_since_is_not_hired_by_a_slip_that_is_awaited_again(desk: JobDesk) -> None:
    letter = desk.refer()
    desk.tell(letter.id, R.NOT_APPEARED)
    seeker_id = desk.see_referral(letter.id).row.job_seeker_id
    form = SeekerEndForm(id=seeker_id, version=desk.see(seeker_id).row.version, reason="不找了")
    desk.world.do("li", withdraw_seeker, form)
    desk.world.do("li", take_back_result, step(desk, letter.id))
    with pytest.raises(NotWithdrawn):
        desk.tell(letter.id, R.HIRED, started_on=desk.today)


# Who may, and what is listed


def test_a_letter_is_the_job_officers(desk: JobDesk) -> None:
    letter = desk.refer()
    acts = (
        (void_referral, step(desk, letter.id)),
        (take_back_result, step(desk, letter.id)),
        (presume_overdue, PresumeForm(ids=(letter.id,))),
    )
    for act, form in acts:
        for user in ("wang", "zhao", "qian", "zhou"):
            with pytest.raises(Refused):
                desk.world.do(user, act, form)
    assert desk.see_referral(letter.id, "wang").row.state is R.ISSUED
    with pytest.raises(Refused):
        desk.see_referral(letter.id, "qian")


def test_referrals_are_found_by_what_is_known_of_them(desk: JobDesk) -> None:
    employer_id = desk.employer(name="冰城示例酒店")
    vacancy_id = desk.vacancy(employer_id)
    number = id_number(71, "19810202")
    seeker_id = desk.seeker(name="上官示例", id_number=number)
    first, second = desk.refer(seeker_id, vacancy_id), desk.refer()
    desk.tell(second.id, R.NOT_APPEARED)
    assert [row.id for row in rows(desk)] == [second.id, first.id]
    asked: list[dict[str, Any]] = [
        {"states": (R.ISSUED,)},
        {"text": "上官"},
        {"text": "冰城"},
        {"text": first.number},
        {"text": number},
        {"job_seeker_id": seeker_id},
        {"vacancy_id": vacancy_id},
        {"employer_id": employer_id},
    ]
    for each in asked:
        assert [row.id for row in rows(desk, "wang", **each)] == [first.id], each
    assert rows(desk, text="%") == []
    page = desk.world.ask("li", referral_rows, ReferralQuery(offset=1, limit=1))
    assert [row.id for row in page] == [first.id]
    desk.pass_to(first.due_on + timedelta(days=2))
    assert [row.id for row in rows(desk, overdue=True)] == [first.id]
    assert [row.id for row in rows(desk, overdue=False)] == [second.id]


# Past the verbs


@pytest.fixture
def store_of(desk: JobDesk, store: Path) -> Path:
    """Return a store with letter 1 hired, 2 presumed, 3 awaited and not presumable, 4 void, and a
    seeker (5) and a vacancy (5) that nothing was written for."""
    desk.hire()
    with presuming():
        late = desk.refer()
    desk.refer()
    gone = desk.refer()
    desk.world.do("li", void_referral, step(desk, gone.id))
    desk.seeker()
    desk.vacancy()
    desk.pass_to(late.due_on + timedelta(days=1))
    presume(desk, late.id)
    desk.world.office.close()
    return store


@pytest.mark.parametrize(
    ("guard", "statement"),
    [
        ("job_referral_kept", "DELETE FROM job_referral WHERE id = 3"),
        ("job_referral_fixed", "UPDATE job_referral SET presumable = 1 WHERE id = 3"),
        ("job_referral_fixed", "UPDATE job_referral SET due_on = '2030-01-01' WHERE id = 3"),
        ("job_referral_fixed", "UPDATE job_referral SET match = '{}' WHERE id = 3"),
        ("job_referral_ways", "UPDATE job_referral SET state = 'issued' WHERE id = 4"),
        (
            "job_referral_ways",
            "UPDATE job_referral SET state = 'presumed' WHERE id = 1",
        ),
        (
            "presumed_by_rule",
            "UPDATE job_referral SET state = 'presumed', result_on = '2026-11-28' WHERE id = 3",
        ),
        (
            "result_has_a_day",
            "UPDATE job_referral SET state = 'not_appeared' WHERE id = 3",
        ),
        (
            "not_hired_why",
            "UPDATE job_referral SET state = 'not_hired', result_on = '2026-11-28' WHERE id = 3",
        ),
        ("void_with_words", "UPDATE job_referral SET state = 'void', note = '' WHERE id = 3"),
        (
            "referral_result_stands_with_its_placement",
            "UPDATE job_referral SET state = 'issued', result_on = NULL WHERE id = 1",
        ),
        (
            "referral_result_stands_with_its_placement",
            "UPDATE job_referral SET state = 'not_appeared' WHERE id = 2",
        ),
        ("placement_presumed_no_more", "UPDATE placement SET proof = 'presumed' WHERE id = 1"),
        (
            "placement_fixed",
            "UPDATE placement SET job_referral_id = 3 WHERE id = 1",
        ),
    ],
)
def test_the_store_itself_keeps_letters_as_they_were_written(
    store_of: Path, guard: str, statement: str
) -> None:
    with raw(store_of) as sql, pytest.raises(sqlcipher.DatabaseError, match=guard):
        sql.run(statement)


@pytest.mark.parametrize(
    ("guard", "over"),
    [
        ("job_referral_not_replaced", {"number": "荐2026-0099", "state": "issued"}),
        ("job_referral_begins", {"number": "荐2026-0099", "job_seeker_id": 5, "state": "hired"}),
        ("referral_to_what_is_open", {"number": "荐2026-0099", "job_seeker_id": 1}),
        (
            "referral_to_what_is_open",
            {"number": "荐2026-0099", "job_seeker_id": 5, "vacancy_id": 99},
        ),
    ],
)
def test_the_store_itself_takes_no_letter_that_may_not_be(
    store_of: Path, guard: str, over: dict[str, Any]
) -> None:
    with raw(store_of) as sql, pytest.raises(sqlcipher.DatabaseError, match=guard):
        sql.again("job_referral", "id = 3", **over)


def test_the_store_itself_takes_a_placement_only_as_its_letter_says(store_of: Path) -> None:
    with raw(store_of) as sql:
        new = {"number": "安2026-0099", "state": "working"}
        pair = {"job_seeker_id": 3, "vacancy_id": 3, "job_referral_id": 3}
        for over in (pair, {**pair, "proof": "presumed"}):
            with pytest.raises(sqlcipher.DatabaseError, match="placement_of_its_referral"):
                sql.again("placement", "id = 1", **new, **over)
        with pytest.raises(sqlcipher.DatabaseError, match="placement_not_replaced"):
            sql.again("placement", "id = 1", **new)
        with pytest.raises(sqlcipher.DatabaseError, match="placement_presumed_by_its_referral"):
            sql.again("placement", "id = 1", **new, job_referral_id=None, proof="presumed")


def test_errors_are_told_in_words(desk: JobDesk) -> None:
    letter = desk.refer()
    row = desk.see_referral(letter.id).row
    with pytest.raises(RuleBroken) as broken:
        desk.refer(row.job_seeker_id, row.vacancy_id)
    assert letter.number in broken.value.tell()
    assert "{" not in broken.value.tell()
