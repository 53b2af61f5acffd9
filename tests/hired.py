"""The job service at work: every table of it has rows that count, and some that count no more."""

from app.core.words.placements import EnrolmentState, FollowUpResult, NotHiredReason, ReferralState
from app.placements.excluding import exclude_match
from app.placements.following_up import tell_follow_up
from app.placements.match_records import ExclusionForm
from app.placements.placement_records import FollowUpForm
from app.placements.training import tell_enrolment
from app.placements.training_records import EnrolmentResultForm
from tests.hiring import JobDesk
from tests.people import id_number
from tests.world import World


def hire_some(world: World) -> None:
    """Let people look for work: one works and was asked, one found work without a letter, one was
    not hired, one waits for the slip and is recognised, one was trained."""
    desk = JobDesk(world)
    ann, bob, cid, dot = (
        desk.seeker(id_number=id_number(place, "19780305"), name=name)
        for place, name in ((71, "岑示例"), (73, "雷示例"), (75, "倪示例"), (77, "汤示例"))
    )
    employer_id = desk.employer()
    cooks, more = desk.vacancy(employer_id), desk.vacancy(employer_id)
    placement_id = desk.hire(ann, cooks)
    asked = FollowUpForm(
        id=placement_id,
        version=desk.see_placement(placement_id).row.version,
        done_on=desk.today,
        result=FollowUpResult.NOT_REACHED,
    )
    world.do("li", tell_follow_up, asked)
    desk.found(bob)
    letter = desk.refer(cid, cooks)
    desk.tell(letter.id, ReferralState.NOT_HIRED, reason=NotHiredReason.PAY)
    desk.refer(dot, cooks)
    desk.decided(desk.applied(dot, note="低保证下周补齐"), opinion="材料已补齐，同意认定")
    world.do(
        "li", exclude_match, ExclusionForm(job_seeker_id=dot, vacancy_id=more, reason="路太远")
    )
    desk.barred(desk.employer())
    course_id, voucher = desk.course(), desk.voucher(cid)
    seat = desk.enrolled(course_id, cid, training_voucher_id=voucher.id)
    done = EnrolmentResultForm(
        id=seat,
        version=1,
        state=EnrolmentState.COMPLETED,
        completed_on=desk.today,
        certificate="培证 1 号",
    )
    world.do("li", tell_enrolment, done)
    desk.voucher(dot)
    desk.enrolled(course_id, dot)
