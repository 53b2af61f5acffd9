"""The voucher for one free training (免费技能培训卡): issued, used for a seat, given back, void."""

from sqlalchemy import func, select

from app.core.words.papers import PaperKind
from app.core.words.placements import EnrolmentState, SeekerState, VoucherState
from app.papers.store import void_issued
from app.placements.issuing import issue_voucher_paper
from app.placements.numbers import Series, next_number
from app.placements.seeker_store import registrations_of
from app.placements.training_records import (
    EnrolForm,
    VoucherForm,
    VoucherIssued,
    VoucherVoidForm,
)
from app.placements.training_rules import (
    SeekerGone,
    VoucherGone,
    VoucherLive,
    VoucherNotTheirs,
    VoucherRunOut,
    voucher_valid_until,
)
from app.work import Permission, Topic, Work, action
from db.models.seekers import JobSeeker
from db.models.training import Enrolment, TrainingVoucher


@action(needs=Permission.KEEP_JOBS, changes={Topic.JOBS, Topic.PAPERS})
def issue_voucher(work: Work, form: VoucherForm) -> VoucherIssued:
    """Issue the voucher for one free training, with its paper.

    Raises `SeekerGone`, `VoucherLive` while the person holds one or uses one in a course.
    """
    seeker = registered(work, form.job_seeker_id)
    _check_no_voucher(work, seeker)
    voucher = work.add(
        TrainingVoucher(
            number=next_number(work, Series.TRAINING_VOUCHER),
            job_seeker_id=seeker.id,
            state=VoucherState.ISSUED,
            issued_on=form.issued_on,
            valid_until=voucher_valid_until(form.issued_on),
            reason="",
            issued_by=work.actor.id,
            issued_at=work.now,
        )
    )
    work.subject = f"training_voucher/{voucher.id}"
    return VoucherIssued(
        id=voucher.id,
        number=voucher.number,
        valid_until=voucher.valid_until,
        paper_id=issue_voucher_paper(work, voucher),
    )


@action(needs=Permission.KEEP_JOBS, changes={Topic.JOBS, Topic.PAPERS})
def void_voucher(work: Work, form: VoucherVoidForm) -> None:
    """Make a voucher void that was not used, with its paper.

    Raises `VoucherGone`.
    """
    voucher = work.load(TrainingVoucher, form.id, form.version)
    work.subject = f"training_voucher/{voucher.id}"
    _check_unused(voucher)
    voucher.state = VoucherState.VOID
    voucher.reason = form.reason.strip()
    void_issued(work, PaperKind.TRAINING_VOUCHER, work.subject, voucher.reason)


def registered(work: Work, seeker_id: int) -> JobSeeker:
    """Return a seeker whose registration is not withdrawn. Raises `SeekerGone`."""
    seeker = work.load(JobSeeker, seeker_id)
    if seeker.state is SeekerState.WITHDRAWN:
        raise SeekerGone(number=seeker.number, name=seeker.name)
    return seeker


def _check_no_voucher(work: Work, seeker: JobSeeker) -> None:
    """Raise `VoucherLive` while somebody holds a voucher, or one pays a seat of theirs, in this
    registration or another."""
    keys = [each.id for each in registrations_of(work, seeker.id_number)]
    paying = select(Enrolment.training_voucher_id).where(
        Enrolment.job_seeker_id.in_(keys),
        Enrolment.training_voucher_id.is_not(None),
        Enrolment.state == EnrolmentState.ENROLLED,
    )
    live = work.session.scalar(
        select(TrainingVoucher.number).where(
            TrainingVoucher.job_seeker_id.in_(keys),
            (TrainingVoucher.state == VoucherState.ISSUED) | TrainingVoucher.id.in_(paying),
        )
    )
    if live is not None:
        raise VoucherLive(name=seeker.name, number=live)


def _check_unused(voucher: TrainingVoucher) -> None:
    if voucher.state is not VoucherState.ISSUED:
        raise VoucherGone(number=voucher.number, state=voucher.state.label)


def use_voucher(work: Work, form: EnrolForm, seeker: JobSeeker) -> None:
    """Let a voucher pay the seat that a form gives."""
    voucher = work.load(TrainingVoucher, form.training_voucher_id or 0)
    if voucher.job_seeker_id != seeker.id:
        raise VoucherNotTheirs(number=voucher.number, name=seeker.name)
    _check_unused(voucher)
    if not voucher.issued_on <= form.enrolled_on <= voucher.valid_until:
        raise VoucherRunOut(
            number=voucher.number,
            first=voucher.issued_on,
            last=voucher.valid_until,
            day=form.enrolled_on,
        )
    voucher.state = VoucherState.USED
    work.session.flush()


def give_back(work: Work, seat: Enrolment) -> None:
    """Let the voucher of a seat that was given up be good again.

    It stays used when the person has been given another one since, in whatever registration.
    """
    if seat.training_voucher_id is None:
        return
    work.session.flush()
    seeker = work.load(JobSeeker, seat.job_seeker_id)
    keys = [each.id for each in registrations_of(work, seeker.id_number)]
    other = select(func.count()).where(
        TrainingVoucher.job_seeker_id.in_(keys), TrainingVoucher.state == VoucherState.ISSUED
    )
    if not work.session.scalar(other):
        work.load(TrainingVoucher, seat.training_voucher_id).state = VoucherState.ISSUED
