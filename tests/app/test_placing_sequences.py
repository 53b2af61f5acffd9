"""Whatever is done at the job desk in whatever order: seekers, vacancies, letters, follow-ups and
counts are what a small model of them says."""

from calendar import monthrange
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, NamedTuple

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from app.core.errors import AppError
from app.core.record import Nothing
from app.core.words.placements import (
    PROVED,
    FollowUpResult,
    NotHiredReason,
    PlacementState,
    Proof,
    ReferralState,
    SeekerState,
    VacancyState,
)
from app.placements.correcting import correct_placement
from app.placements.employers import enter_employer
from app.placements.following_up import tell_follow_up
from app.placements.job_worklists import follow_ups_due, job_counts
from app.placements.placement_records import (
    CorrectionForm,
    FollowUpForm,
    FollowUpQuery,
    LeaveForm,
    PlacementById,
    PlacementForm,
    PlacementStep,
    ProofForm,
)
from app.placements.placement_rules import ASK_AGAIN
from app.placements.placing import (
    enter_placement,
    leave_job,
    prove_placement,
    take_back_leaving,
    take_back_placement,
)
from app.placements.referral_records import (
    PresumedTogether,
    PresumeForm,
    ReferralForm,
    ReferralIssued,
    ReferralStep,
    ResultForm,
)
from app.placements.referrals import (
    issue_referral,
    presume_overdue,
    take_back_result,
    tell_result,
    void_referral,
)
from app.placements.seeker_records import SeekerEndForm, SeekerRenewForm
from app.placements.seekers import register_seeker, renew_seeker, withdraw_seeker
from app.placements.vacancies import confirm_vacancies, open_vacancy
from app.placements.vacancy_records import ConfirmForm
from app.reference.workdays import add_workdays
from app.reports.job_findings import job_findings
from app.work import Work
from db.base import Entity
from db.models.placements import FollowUp, JobReferral, Placement
from db.models.seekers import JobSeeker
from db.models.vacancies import Vacancy
from tests.hiring import employer_form, presuming, registration, vacancy_form
from tests.people import id_number
from tests.regrouping import tried
from tests.world import World

MONTHS = (1, 3, 6)
STEPS = 30
R = ReferralState
P = PlacementState


def due_on(started_on: date, months: int) -> date:
    """Return the day so many months later, or the last of that month: written anew."""
    year, month = started_on.year, started_on.month + months
    while month > 12:
        year, month = year + 1, month - 12
    return date(year, month, min(started_on.day, monthrange(year, month)[1]))


@dataclass
class Letter:
    """What the model knows of a letter."""

    seeker: int
    vacancy: int
    presumable: bool
    issued_on: date
    due_on: date
    state: ReferralState = R.ISSUED


@dataclass
class Job:
    """What the model knows of a placement."""

    seeker: int
    vacancy: int | None
    letter: int | None
    started_on: date
    proof: Proof
    state: PlacementState = P.WORKING
    left_on: date | None = None
    told: dict[int, date] = field(default_factory=dict[int, date])
    """The months for which somebody told that the person was there, and when."""
    later: date | None = None
    """The day to which the next follow-up was put off."""

    @property
    def there(self) -> set[int]:
        """Return the months that had passed when somebody told so."""
        return {month for month, day in self.told.items() if due_on(self.started_on, month) <= day}

    @property
    def month(self) -> int | None:
        """Return the month of the next follow-up."""
        if self.state is not P.WORKING:
            return None
        return next((month for month in MONTHS if month > max(self.there, default=0)), None)

    @property
    def next_on(self) -> date | None:
        """Return the day of the next follow-up."""
        return self.later or due_on(self.started_on, self.month) if self.month else None

    def was_there(self, until: date, today: date) -> None:
        """Answer every open month that was over before a day."""
        now = max(self.there, default=0)
        self.told |= {
            month: today
            for month in MONTHS
            if month > now and due_on(self.started_on, month) < until
        }
        self.later = None

    def leaves(self, left_on: date, today: date) -> None:
        """Leave the job."""
        self.was_there(left_on, today)
        self.state, self.left_on = P.LEFT, left_on

    def begins(self, started_on: date, today: date) -> None:
        """Have begun on another day than was told."""
        self.started_on, self.later = started_on, None
        if self.left_on is not None:
            self.was_there(self.left_on, today)

    def ends(self) -> None:
        """Be taken back."""
        self.state, self.left_on, self.later = P.TAKEN_BACK, None, None


class Drawn(NamedTuple):
    """Something that may happen: whether the model allows it, `None` where it has no say; how it
    is done; and what it does to the model."""

    allowed: bool | None
    act: Callable[[], Any]
    follow: Callable[[Any], object]


class Desk:
    """Draws what happens at the job desk, does it, and keeps a model of what is expected."""

    def __init__(self, work: Work, data: st.DataObject) -> None:
        self.work, self.data, self.first_day = work, data, work.today
        self.registered: dict[int, bool] = {}
        self.heads: dict[int, int] = {}
        self.letters: dict[int, Letter] = {}
        self.jobs: dict[int, Job] = {}
        for order in range(2):
            form = registration(work.today, id_number=id_number(2 * order + 500, "19780305"))
            self.registered[register_seeker.run(work, form)] = True
        employer_id = enter_employer.run(work, employer_form(work.today))
        for heads in (1, 3):
            form = vacancy_form(employer_id, work.today, heads=heads)
            self.heads[open_vacancy.run(work, form)] = heads

    def step(self) -> None:
        """Let one thing happen where the model allows it, and nothing elsewhere."""
        draws = [*[self.refer] * 3, self.found, *[self.wait] * 3, self.withdraw, self.renew]
        if self.letters:
            draws += [*[self.tell] * 3, *[self.presume] * 3, self.void, self.take_result_back]
        if self.jobs:
            draws += [
                *[self.leave, self.back, self.prove, self.correct] * 2,
                *[self.ask] * 4,
                self.take_back,
            ]
        drawn = self.any(draws)()
        saved = self.work.session.begin_nested()
        try:
            result = drawn.act()
            saved.commit()
        except AppError:
            saved.rollback()
            assert not drawn.allowed, "the model allows it"
        else:
            assert drawn.allowed is not False, "the model forbids it"
            drawn.follow(result)
        self.work.session.expire_all()

    # What is drawn

    def any(self, of: Sequence[Any]) -> Any:
        return self.data.draw(st.sampled_from(of))

    def day(self, first: date) -> date:
        """Draw a day up to today."""
        days = max(0, (self.work.today - first).days)
        return self.work.today - timedelta(days=self.data.draw(st.integers(0, days)))

    def letter(self, *states: ReferralState) -> tuple[int, Letter]:
        """Draw a letter, of some states if there is one."""
        found = [each for each in self.letters.items() if each[1].state in states]
        return self.any(found or list(self.letters.items()))

    def job(self) -> tuple[int, Job]:
        return self.any(list(self.jobs.items()))

    def at(self, model: type[Entity], key: int) -> dict[str, Any]:
        return {"id": key, "version": self.work.load(model, key).version}

    # What the model knows

    def working(self, seeker: int) -> bool:
        return any(job.seeker == seeker and job.state is P.WORKING for job in self.jobs.values())

    def busy(
        self, seeker: int, first: date, until: date | None = None, but: Job | None = None
    ) -> bool:
        """Tell whether somebody was in another job from a day on."""
        return any(
            job.seeker == seeker
            and job is not but
            and job.state is not P.TAKEN_BACK
            and (job.left_on is None or job.left_on > first)
            and (until is None or job.started_on < until)
            for job in self.jobs.values()
        )

    def hired(self, vacancy: int) -> int:
        return sum(
            job.vacancy == vacancy and job.state is not P.TAKEN_BACK for job in self.jobs.values()
        )

    def may_begin(self, seeker: int, vacancy: int | None, first: date) -> bool:
        free = vacancy is None or self.hired(vacancy) < self.heads[vacancy]
        return self.registered[seeker] and not self.busy(seeker, first) and free

    def out(self, seeker: int, vacancy: int | None = None) -> bool:
        """Tell whether a letter of a seeker waits for its slip."""
        return any(
            each.state is R.ISSUED and each.seeker == seeker and vacancy in (None, each.vacancy)
            for each in self.letters.values()
        )

    def job_of(self, letter: int) -> Job | None:
        """Return the job that a letter led to."""
        for job in self.jobs.values():
            if job.letter == letter and job.state is not P.TAKEN_BACK:
                return job
        return None

    # Letters

    def refer(self) -> Drawn:
        """Send somebody; whether vacancy and registration are still valid is not modelled."""
        seeker, vacancy = self.any(list(self.registered)), self.any(list(self.heads))
        presumable = self.any([True, True, False])
        form = ReferralForm(job_seeker_id=seeker, vacancy_id=vacancy)
        sent = any(
            (each.seeker, each.vacancy) == (seeker, vacancy) and each.state is not R.VOID
            for each in self.letters.values()
        )

        def act() -> ReferralIssued:
            with presuming() if presumable else nullcontext():
                return issue_referral.run(self.work, form)

        def follow(issued: ReferralIssued) -> None:
            today = self.work.today
            self.letters[issued.id] = Letter(seeker, vacancy, presumable, today, issued.due_on)

        allowed = self.may_begin(seeker, vacancy, self.work.today) and not sent
        return Drawn(None if allowed else False, act, follow)

    def tell(self) -> Drawn:
        key, letter = self.letter(*self.any([(R.ISSUED,), (R.PRESUMED,), ()]))
        result = self.any([R.HIRED, R.HIRED, R.NOT_HIRED, R.NOT_APPEARED])
        job, started_on = self.job_of(key), self.day(letter.issued_on)
        proof = self.any([Proof.NOT_SHOWN, Proof.CONTRACT])
        form = ResultForm(
            **self.at(JobReferral, key),
            result=result,
            day=self.work.today,
            reason=NotHiredReason.PAY if result is R.NOT_HIRED else None,
            started_on=started_on if result is R.HIRED else None,
            proof=proof,
            proof_words="劳字 1",
        )
        allowed = letter.state in (R.ISSUED, R.PRESUMED)
        if result is R.HIRED and job is None:
            allowed = allowed and self.may_begin(letter.seeker, letter.vacancy, started_on)
        elif result is R.HIRED and job is not None:
            allowed = allowed and not self.busy(job.seeker, started_on, job.left_on, job)
            allowed = allowed and (job.left_on is None or job.left_on >= started_on)

        def follow(placement: int | None) -> None:
            letter.state = result
            if job is not None and result is not R.HIRED:
                job.ends()
            elif job is not None:
                job.begins(started_on, self.work.today)
                job.proof = proof
            elif placement is not None:
                new = Job(letter.seeker, letter.vacancy, key, started_on, proof)
                self.jobs[placement] = new

        return Drawn(allowed, lambda: tell_result.run(self.work, form), follow)

    def presume(self) -> Drawn:
        key, letter = self.letter(R.ISSUED)
        allowed = letter.state is R.ISSUED and letter.presumable
        allowed = allowed and letter.due_on < self.work.today
        allowed = allowed and self.may_begin(letter.seeker, letter.vacancy, letter.due_on)

        def follow(done: PresumedTogether) -> None:
            letter.state = R.PRESUMED
            (placement,) = done.placements
            new = Job(letter.seeker, letter.vacancy, key, letter.due_on, Proof.PRESUMED)
            self.jobs[placement] = new

        form = PresumeForm(ids=(key,))
        return Drawn(allowed, lambda: presume_overdue.run(self.work, form), follow)

    def void(self) -> Drawn:
        key, letter = self.letter()
        form = ReferralStep(**self.at(JobReferral, key), reason="不去了")

        def follow(_: object) -> None:
            letter.state = R.VOID

        allowed = letter.state is R.ISSUED
        return Drawn(allowed, lambda: void_referral.run(self.work, form), follow)

    def take_result_back(self) -> Drawn:
        key, letter = self.letter()
        form = ReferralStep(**self.at(JobReferral, key), reason="录错")
        job = self.job_of(key)

        def follow(_: object) -> None:
            letter.state = R.ISSUED
            if job is not None:
                job.ends()

        allowed = letter.state not in (R.ISSUED, R.VOID)
        return Drawn(allowed, lambda: take_back_result.run(self.work, form), follow)

    # Placements

    def found(self) -> Drawn:
        seeker = self.any(list(self.registered))
        vacancy = self.any([None, *self.heads])
        started_on = self.day(self.first_day)
        form = PlacementForm(
            job_seeker_id=seeker,
            vacancy_id=vacancy,
            employer_name="示例洗衣店",
            started_on=started_on,
        )
        waits = vacancy is not None and self.out(seeker, vacancy)

        def follow(placement: int) -> None:
            self.jobs[placement] = Job(seeker, vacancy, None, started_on, Proof.NOT_SHOWN)

        allowed = self.may_begin(seeker, vacancy, started_on) and not waits
        return Drawn(allowed, lambda: enter_placement.run(self.work, form), follow)

    def prove(self) -> Drawn:
        key, job = self.job()
        proof = self.any([Proof.CONTRACT, Proof.WAGE, Proof.NOT_SHOWN])
        form = ProofForm(
            **self.at(Placement, key), proof=proof, proof_words="劳字 2", day=self.work.today
        )

        def follow(_: object) -> None:
            if job.proof is Proof.PRESUMED and job.letter is not None:
                self.letters[job.letter].state = R.HIRED
            job.proof = proof

        allowed = job.state is not P.TAKEN_BACK
        allowed = allowed and (proof is not Proof.NOT_SHOWN or job.proof in PROVED)
        return Drawn(allowed, lambda: prove_placement.run(self.work, form), follow)

    def correct(self) -> Drawn:
        key, job = self.job()
        proof = self.any([Proof.CONTRACT, Proof.WAGE, Proof.NOT_SHOWN])
        first = self.first_day if job.letter is None else self.letters[job.letter].issued_on
        started_on = self.any([job.started_on, self.day(first - timedelta(days=2))])
        form = CorrectionForm(
            **self.at(Placement, key),
            started_on=started_on,
            proof=proof,
            proof_words="劳字 3",
            reason="录错",
        )
        allowed = job.state is not P.TAKEN_BACK and job.proof is not Proof.PRESUMED
        allowed = allowed and (started_on >= first or started_on == job.started_on)
        allowed = allowed and (job.left_on is None or job.left_on >= started_on)
        allowed = allowed and not self.busy(job.seeker, started_on, job.left_on, job)

        def follow(_: object) -> None:
            if started_on != job.started_on:
                job.begins(started_on, self.work.today)
            job.proof = proof

        return Drawn(allowed, lambda: correct_placement.run(self.work, form), follow)

    def leave(self) -> Drawn:
        key, job = self.job()
        left_on = self.day(job.started_on - timedelta(days=2))
        form = LeaveForm(**self.at(Placement, key), left_on=left_on, reason="嫌远")
        allowed = job.state is P.WORKING and left_on >= job.started_on

        def follow(_: object) -> None:
            job.leaves(left_on, self.work.today)

        return Drawn(allowed, lambda: leave_job.run(self.work, form), follow)

    def back(self) -> Drawn:
        key, job = self.job()
        allowed = job.state is P.LEFT and self.registered[job.seeker]

        def follow(_: object) -> None:
            job.state, job.left_on, job.later = P.WORKING, None, None

        form = PlacementById(id=key)
        allowed = allowed and not self.busy(job.seeker, job.started_on, but=job)
        return Drawn(allowed, lambda: take_back_leaving.run(self.work, form), follow)

    def take_back(self) -> Drawn:
        key, job = self.job()
        form = PlacementStep(**self.at(Placement, key), reason="录错")

        def follow(_: object) -> None:
            job.ends()
            if job.letter is not None:
                self.letters[job.letter].state = R.ISSUED

        allowed = job.state is not P.TAKEN_BACK
        return Drawn(allowed, lambda: take_back_placement.run(self.work, form), follow)

    def ask(self) -> Drawn:
        key, job = self.job()
        result, today = self.any(list(FollowUpResult)), self.work.today
        left_on = self.day(job.started_on) if result is FollowUpResult.LEFT else None
        form = FollowUpForm(
            **self.at(Placement, key), done_on=today, result=result, left_on=left_on
        )
        due = due_on(job.started_on, job.month) if job.month else None
        allowed = due is not None
        if result is FollowUpResult.AT_WORK:
            allowed = due is not None and due <= today

        def follow(_: object) -> None:
            if left_on is not None:
                job.leaves(left_on, self.work.today)
            elif result is FollowUpResult.AT_WORK:
                job.was_there(today + timedelta(days=1), today)
            elif due is not None:
                job.later = max(due, add_workdays(today, ASK_AGAIN).day)

        return Drawn(allowed, lambda: tell_follow_up.run(self.work, form), follow)

    # Registrations, and time

    def withdraw(self) -> Drawn:
        seeker = self.any(list(self.registered))
        form = SeekerEndForm(**self.at(JobSeeker, seeker), reason="不找了")
        allowed = self.registered[seeker] and not self.out(seeker)

        def follow(_: object) -> None:
            self.registered[seeker] = False

        return Drawn(allowed, lambda: withdraw_seeker.run(self.work, form), follow)

    def renew(self) -> Drawn:
        seeker = self.any(list(self.registered))
        form = SeekerRenewForm(**self.at(JobSeeker, seeker), day=self.work.today)
        allowed = not self.working(seeker)

        def follow(_: object) -> None:
            self.registered[seeker] = True

        return Drawn(allowed, lambda: renew_seeker.run(self.work, form), follow)

    def wait(self) -> Drawn:
        """Let time pass, in which employers say that their vacancies still stand."""
        days = self.any([1, 7, 8, 30, 60])

        def act() -> None:
            self.work.today += timedelta(days=days)
            hiring = [key for key, heads in self.heads.items() if self.hired(key) < heads]
            until = self.work.today + timedelta(days=90)
            form = ConfirmForm(ids=tuple(hiring), day=self.work.today, valid_until=until)
            if hiring:
                confirm_vacancies.run(self.work, form)

        def follow(_: object) -> None:
            pass

        return Drawn(True, act, follow)

    # Whether the store agrees

    def agree(self) -> None:
        """Assert that the store says what the model says."""
        load, today = self.work.load, self.work.today
        for key, stands in self.registered.items():
            looks = SeekerState.PLACED if self.working(key) else SeekerState.SEEKING
            state = load(JobSeeker, key).state
            assert state is (looks if stands else SeekerState.WITHDRAWN)
        for key, heads in self.heads.items():
            vacancy, hired = load(Vacancy, key), self.hired(key)
            full = VacancyState.FILLED if hired == heads else VacancyState.OPEN
            assert (vacancy.hired, vacancy.state) == (hired, full)
        for key, letter in self.letters.items():
            row = load(JobReferral, key)
            assert (row.state, row.presumable, row.due_on) == (
                letter.state,
                letter.presumable,
                letter.due_on,
            )
            assert (self.job_of(key) is not None) == (letter.state in (R.HIRED, R.PRESUMED))
        for key, job in self.jobs.items():
            row = load(Placement, key)
            assert (row.state, row.proof, row.left_on) == (job.state, job.proof, job.left_on)
            assert row.started_on == job.started_on
            assert (row.next_follow_up_month, row.next_follow_up_on) == (job.month, job.next_on)
            assert self._told(key) == set(job.told)
        self._counts(today)
        assert list(job_findings(self.work.session)) == []

    def _told(self, placement: int) -> set[int]:
        found = select(FollowUp.month).where(
            FollowUp.placement_id == placement, FollowUp.result == FollowUpResult.AT_WORK
        )
        return set(self.work.session.scalars(found))

    def _counts(self, today: date) -> None:
        counts = job_counts.run(self.work, Nothing())
        jobs = [job for job in self.jobs.values() if job.state is P.WORKING]
        waiting = [each for each in self.letters.values() if each.state is R.ISSUED]
        late = [each for each in waiting if each.due_on < today]
        assert (counts.referred, counts.overdue) == (len(waiting), len(late))
        assert counts.presumable == sum(each.presumable for each in late)
        assert counts.working == len(jobs)
        assert counts.unproved == sum(job.proof is Proof.NOT_SHOWN for job in jobs)
        assert counts.presumed == sum(job.proof is Proof.PRESUMED for job in jobs)
        due = {key for key, job in self.jobs.items() if job.next_on and job.next_on <= today}
        assert counts.follow_ups == len(due)
        assert {row.id for row in follow_ups_due.run(self.work, FollowUpQuery())} == due


@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_whatever_is_done_the_store_says_what_a_small_model_says(
    world: World, data: st.DataObject
) -> None:
    def run(work: Work) -> None:
        desk = Desk(work, data)
        for _step in range(STEPS):
            desk.step()
            desk.agree()

    tried(world, run)
