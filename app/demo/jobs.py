"""The job service of the demonstration: employers with vacancies, seekers on their way to work,
one who works and was asked after a month, one whose slip is overdue, and a training course.
"""

import functools
from datetime import timedelta
from functools import partial
from typing import Final

import msgspec

from app.core.assets import resource
from app.core.money import Fen
from app.core.words import Answer
from app.core.words.placements import (
    Education,
    FollowUpResult,
    NotHiredReason,
    PersonKind,
    Proof,
    ReferralState,
    Shift,
    Strain,
)
from app.demo.course import Course
from app.demo.households import DemoHousehold
from app.papers.actions import note_print
from app.papers.records import PrintForm
from app.placements.employer_records import EmployerForm
from app.placements.employers import enter_employer
from app.placements.following_up import tell_follow_up
from app.placements.job_worklists import follow_ups_due
from app.placements.placement_records import FollowUpForm, FollowUpQuery, PlacementForm
from app.placements.placing import enter_placement
from app.placements.recognising import apply_recognition, decide_recognition
from app.placements.recognition_records import RecognitionDecision, RecognitionForm
from app.placements.referral_records import ReferralForm, ReferralIssued, ResultForm
from app.placements.referrals import issue_referral, tell_result
from app.placements.seeker_records import SeekerForm
from app.placements.seekers import register_seeker
from app.placements.training import enrol, open_course
from app.placements.training_records import CourseForm, EnrolForm, VoucherForm
from app.placements.vacancies import confirm_vacancies, open_vacancy
from app.placements.vacancy_records import ConfirmForm, VacancyForm
from app.placements.vouchers import issue_voucher

STARTS_AFTER: Final = 2
"""Days from the letter to the slip, which is the first day at work."""


class _Employer(msgspec.Struct, forbid_unknown_fields=True):
    uscc: str
    name: str
    kind: str
    district: str
    address: str
    contact: str
    phone: str
    handler: str
    handler_id_number: str


class _Vacancy(msgspec.Struct, forbid_unknown_fields=True):
    day: int
    employer: int
    occupation: str
    heads: int
    district: str
    shift: Shift
    wage_yuan: int
    strains: tuple[Strain, ...] = ()
    most_yuan: int = 0
    education: Education | None = None
    insured: bool = False
    board: bool = False
    public_welfare: bool = False
    again: int | None = None
    """The day its employer says again that it stands."""


class _Seeker(msgspec.Struct, forbid_unknown_fields=True):
    name: str
    id_number: str
    phone: str
    day: int
    district: str
    person_kind: PersonKind
    wishes: tuple[str, ...]
    shifts: tuple[Shift, ...]
    unemployed_days: int = 0
    education: Education | None = None
    skills: str = ""
    limits: tuple[Strain, ...] = ()
    wage_yuan: int = 0
    districts: tuple[str, ...] = ()
    sent_to: int | None = None
    """The vacancy, by its place in the list."""
    sent_on: int = 0
    result: ReferralState | None = None
    applied: bool = False
    """Whether recognition as difficult to employ is applied for."""
    recognised: bool = False


class _Course(msgspec.Struct, forbid_unknown_fields=True):
    day: int
    name: str
    occupation: str
    school: str
    place: str
    days: int
    hours: int
    seats: int


class JobWords(msgspec.Struct, forbid_unknown_fields=True):
    """What people write: ``resources/demo/jobs.toml``."""

    no_longer: str
    contract: str
    follow_up: str
    opinion: str
    found_as: str
    found_at: str
    employers: list[_Employer]
    vacancies: list[_Vacancy]
    seekers: list[_Seeker]
    course: _Course


@functools.cache
def job_words() -> JobWords:
    """Return what people write."""
    return msgspec.toml.decode(resource("demo", "jobs.toml").read_bytes(), type=JobWords)


def find_work(course: Course, household: DemoHousehold) -> None:
    """Let employers report vacancies, and people come who look for work; one of a household on
    file finds it without a letter."""
    said, board = job_words(), _Board(course)
    first = min(board.day(vacancy.day) for vacancy in said.vacancies)
    course.on(first, 30, board.enter_employers, surely=True)
    for place, vacancy in enumerate(said.vacancies):
        course.on(board.day(vacancy.day), 40 + place, partial(board.report, place), surely=True)
        if vacancy.again is not None:
            act = partial(board.confirm, place)
            course.on(board.day(vacancy.again), 60 + place, act, surely=True)
    for place, seeker in enumerate(said.seekers):
        course.on(board.day(seeker.day), 90 + place, partial(board.register, place), surely=True)
        if seeker.sent_to is not None:
            act = partial(board.refer, place, seeker.sent_to, seeker.result)
            course.on(board.day(seeker.sent_on), 120 + place, act)
    course.on(board.day(said.course.day), 200, board.train)
    course.on(len(course.days) - 1, 200, board.ask_after_them, surely=True)
    course.on(len(course.days) - 1, 210, partial(board.found, household), surely=True)


class _Board:
    """The desk of the job officer."""

    def __init__(self, course: Course) -> None:
        self._course, self._desk, self._said = course, course.desk, job_words()
        self._employers: list[int] = []
        self._vacancies: dict[int, int] = {}
        self._seekers: dict[int, int] = {}

    def day(self, told: int) -> int:
        """Return the day of the course; a negative one counts from its end."""
        last = len(self._course.days) - 1
        return min(told, last) if told >= 0 else max(0, last + told)

    def enter_employers(self, _day: int) -> None:
        """Enter who hires here, each with its papers shown."""
        today = self._desk.clock.today()
        for each in self._said.employers:
            form = EmployerForm(
                uscc=each.uscc,
                name=each.name,
                kind=each.kind,
                district=each.district,
                address=each.address,
                contact=each.contact,
                phone=each.phone,
                handler=each.handler,
                handler_id_number=each.handler_id_number,
                licence_seen_on=today,
                letter_seen_on=today,
            )
            self._employers.append(self._desk.do("li", enter_employer, form))

    def report(self, place: int, _day: int) -> None:
        """Report a vacancy."""
        told = self._said.vacancies[place]
        form = VacancyForm(
            employer_id=self._employers[told.employer],
            public_welfare=told.public_welfare,
            occupation=told.occupation,
            heads=told.heads,
            district=told.district,
            workplace=self._said.employers[told.employer].address,
            shift=told.shift,
            strains=told.strains,
            wage_from=Fen(told.wage_yuan * 100),
            wage_to=Fen(told.most_yuan * 100) if told.most_yuan else None,
            education=told.education,
            insured=Answer.YES if told.insured else Answer.NOT_ASKED,
            board=Answer.YES if told.board else Answer.NO,
            contract_months=12,
            opened_on=self._desk.clock.today(),
        )
        self._vacancies[place] = self._desk.do("li", open_vacancy, form)

    def confirm(self, place: int, _day: int) -> None:
        """Hear from the employer that a vacancy still stands."""
        ids, spoken_with = (self._vacancies[place],), self._said.employers[0].contact
        form = ConfirmForm(ids=ids, day=self._desk.clock.today(), spoken_with=spoken_with)
        self._desk.do("li", confirm_vacancies, form)

    def register(self, place: int, _day: int) -> None:
        """Register somebody; the grounds of a recognition are told where there is one."""
        told, today = self._said.seekers[place], self._desk.clock.today()
        since = today - timedelta(told.unemployed_days) if told.unemployed_days else None
        form = SeekerForm(
            name=told.name,
            id_number=told.id_number,
            phone=told.phone,
            district=told.district,
            person_kind=told.person_kind,
            unemployed_registered=Answer.YES if since else Answer.NOT_ASKED,
            unemployed_since=since,
            education=told.education,
            skills=told.skills,
            limits=told.limits,
            wish=told.wishes[0],
            second_wish=told.wishes[1] if len(told.wishes) > 1 else "",
            wage_wish=Fen(told.wage_yuan * 100) if told.wage_yuan else None,
            districts=told.districts,
            shifts=told.shifts,
            registered_on=today,
        )
        seeker_id = self._seekers[place] = self._desk.do("li", register_seeker, form)
        if told.applied or told.recognised:
            asked = RecognitionForm(job_seeker_id=seeker_id, version=1, applied_on=today)
            recognition_id = self._desk.do("li", apply_recognition, asked)
            if told.recognised:
                decision = RecognitionDecision(
                    id=recognition_id,
                    version=1,
                    recognised=True,
                    day=today,
                    opinion=self._said.opinion,
                )
                self._desk.do("zhao", decide_recognition, decision)

    def refer(self, place: int, vacancy: int, result: ReferralState | None, day: int) -> None:
        """Send somebody to an employer, and hear from it two days later."""
        form = ReferralForm(
            job_seeker_id=self._seekers[place],
            vacancy_id=self._vacancies[vacancy],
            interview_on=self._desk.clock.today() + timedelta(1),
        )
        issued = self._desk.do("li", issue_referral, form)
        self._desk.do("li", note_print, PrintForm(id=issued.paper_id))
        if result is not None:
            hear = partial(self.hear, issued, vacancy, result)
            self._course.on(day + STARTS_AFTER, 45 + place, hear)

    def hear(self, issued: ReferralIssued, vacancy: int, result: ReferralState, _day: int) -> None:
        """Enter what the slip says."""
        today = self._desk.clock.today()
        if result is ReferralState.HIRED:
            form = ResultForm(
                id=issued.id,
                version=1,
                result=result,
                day=today,
                started_on=today,
                wage=Fen(self._said.vacancies[vacancy].wage_yuan * 100),
                contract_months=12,
                proof=Proof.CONTRACT,
                proof_words=self._said.contract.format(year=today.year),
            )
        else:
            form = ResultForm(
                id=issued.id,
                version=1,
                result=result,
                day=today,
                reason=NotHiredReason.PAY,
                note=self._said.no_longer,
            )
        self._desk.do("li", tell_result, form)

    def found(self, household: DemoHousehold, _day: int) -> None:
        """Hear that somebody of a household found work by themselves."""
        person, today = household.members[0], self._desk.clock.today()
        form = SeekerForm(
            name=person.name,
            id_number=person.id_number,
            district=household.district,
            person_kind=PersonKind.WORKER_IN_HARDSHIP,
            wish=self._said.found_as,
            registered_on=today,
        )
        seeker_id = self._desk.do("li", register_seeker, form)
        placement = PlacementForm(
            job_seeker_id=seeker_id,
            employer_name=self._said.found_at,
            occupation=self._said.found_as,
            started_on=today,
            wage=Fen(310_000),
            free_of_charge=Answer.YES,
        )
        self._desk.do("li", enter_placement, placement)

    def train(self, _day: int) -> None:
        """Open a course, and enrol the first who has come with a voucher."""
        told, today = self._said.course, self._desk.clock.today()
        form = CourseForm(
            name=told.name,
            occupation=told.occupation,
            school=told.school,
            place=told.place,
            starts_on=today + timedelta(3),
            ends_on=today + timedelta(3 + told.days),
            hours=told.hours,
            seats=told.seats,
        )
        course_id = self._desk.do("li", open_course, form)
        for seeker_id in list(self._seekers.values())[1:2]:
            voucher = VoucherForm(job_seeker_id=seeker_id, issued_on=today)
            issued = self._desk.do("li", issue_voucher, voucher)
            seat = EnrolForm(
                course_id=course_id,
                job_seeker_id=seeker_id,
                training_voucher_id=issued.id,
                enrolled_on=today,
            )
            self._desk.do("li", enrol, seat)

    def ask_after_them(self, _day: int) -> None:
        """Ask the first of those who are due whether they still work there."""
        today = self._desk.clock.today()
        for due in self._desk.ask("li", follow_ups_due, FollowUpQuery())[:1]:
            form = FollowUpForm(
                id=due.id,
                version=due.version,
                done_on=today,
                result=FollowUpResult.AT_WORK,
                wage=due.wage,
                note=self._said.follow_up,
            )
            self._desk.do("li", tell_follow_up, form)
