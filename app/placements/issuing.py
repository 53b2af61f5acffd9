"""Issues the papers of the job service: registrations, letters, recognitions, vouchers.

A letter and a voucher are issued within the act that makes the referral or the voucher; the other
papers are asked for by themselves.
"""

from collections.abc import Sequence

from sqlalchemy import func, select

from app.center.store import the_center
from app.core.errors import NotNow
from app.core.i18n import N_, _
from app.core.kinds import Phone, ResidentId
from app.core.masking import mask
from app.core.record import Record
from app.core.resident_id import age
from app.core.words import Answer, Word
from app.core.words.papers import PaperKind
from app.core.words.placements import RecognitionState, ReferralState
from app.papers.store import issue
from app.placements.papers import (
    LetterFacts,
    RecognitionFacts,
    RecognitionFormFacts,
    SeekerFormFacts,
    TrainingVoucherFacts,
    VacancyFormFacts,
)
from app.placements.recognition_records import (
    RecognitionById,
    RecognitionFindings,
    from_plain,
)
from app.placements.seeker_records import SeekerById
from app.placements.vacancy_records import VacancyById
from app.work import Permission, Topic, Work, action
from db.models.households import Household, Member
from db.models.placements import JobReferral
from db.models.seekers import JobSeeker, Recognition
from db.models.staff import Staff
from db.models.training import TrainingVoucher
from db.models.vacancies import Employer, Vacancy

ID, PHONE = ResidentId(label=""), Phone(label="")

HELD = {True: N_("met"), False: N_("not met"), None: N_("cannot be told yet")}
"""What came of a condition, as the application says it."""

NO_LIMIT = N_("No limit")
"""What a vacancy asks that asks for nothing."""


def issue_letter(work: Work, referral: JobReferral) -> int:
    """Issue the letter of a referral with its slip (推荐介绍信、回执); return the paper's id."""
    seeker = work.load(JobSeeker, referral.job_seeker_id)
    vacancy = work.load(Vacancy, referral.vacancy_id)
    employer = work.load(Employer, vacancy.employer_id)
    center = the_center(work.session)
    facts = LetterFacts(
        name=seeker.name,
        id_number=mask(ID, seeker.id_number),
        sex=seeker.sex.label,
        age=age(seeker.birth, referral.issued_on),
        education=_word(seeker.education),
        skills=_skills(seeker),
        seeker_number=seeker.number,
        referral_number=referral.number,
        employer=employer.name,
        employer_address=vacancy.workplace or employer.address,
        contact=employer.contact,
        employer_phone=employer.phone,
        vacancy_number=vacancy.number,
        occupation=vacancy.occupation,
        wage_from=vacancy.wage_from,
        wage_to=vacancy.wage_to,
        pay_unit=vacancy.pay_unit.label,
        public_welfare=vacancy.public_welfare,
        interview_on=referral.interview_on,
        interview_at=referral.interview_at,
        due_on=referral.due_on,
        presumable=referral.presumable,
        center_address=center.address,
        center_phone=center.telephone,
    )
    return _issue(work, PaperKind.REFERRAL_LETTER, facts, seeker, subject_of(referral))


def issue_voucher_paper(work: Work, voucher: TrainingVoucher) -> int:
    """Issue the card of a training voucher (免费技能培训卡); return the paper's id."""
    seeker = work.load(JobSeeker, voucher.job_seeker_id)
    center = the_center(work.session)
    facts = TrainingVoucherFacts(
        name=seeker.name,
        id_number=mask(ID, seeker.id_number),
        sex=seeker.sex.label,
        seeker_number=seeker.number,
        voucher_number=voucher.number,
        wishes=seeker.wishes,
        day=voucher.issued_on,
        valid_until=voucher.valid_until,
        center_address=center.address,
        center_phone=center.telephone,
    )
    return _issue(work, PaperKind.TRAINING_VOUCHER, facts, seeker, subject_of(voucher))


def subject_of(row: JobReferral | TrainingVoucher | Recognition | JobSeeker | Vacancy) -> str:
    """Return what a paper is filed under, as `app.papers.store.void_issued` asks for it."""
    return f"{row.__tablename__}/{row.id}"


@action(needs=Permission.ISSUE_PAPERS, changes={Topic.PAPERS})
def issue_seeker_form(work: Work, asked: SeekerById) -> int:
    """Issue the registration form of a job seeker (个人求职登记表); return the paper's id."""
    seeker = work.load(JobSeeker, asked.id)
    member = work.load(Member, seeker.member_id) if seeker.member_id is not None else None
    facts = SeekerFormFacts(
        name=seeker.name,
        id_number=mask(ID, seeker.id_number),
        sex=seeker.sex.label,
        birth=seeker.birth,
        ethnicity=(member.ethnicity if member else None) or "",
        political_status=(member.political_status if member else None) or "",
        marital_status=seeker.marital_status or "",
        residence_type=seeker.residence_type or "",
        seeker_number=seeker.number,
        file_number=_file_number(work, seeker),
        phone=mask(PHONE, seeker.phone),
        address=seeker.address,
        person_kind=_word(seeker.person_kind),
        employment_number=seeker.employment_number,
        unemployed_registered=_answer(seeker.unemployed_registered),
        unemployed_since=seeker.unemployed_since,
        difficulty=_grounds_in_force(work, seeker),
        disabled=_answer(seeker.disabled),
        limits=_words(seeker.limits),
        education=_word(seeker.education),
        major=seeker.major,
        skill_grade=_word(seeker.skill_grade),
        skills=seeker.skills,
        resume=seeker.resume,
        wishes=seeker.wishes,
        wage_wish=seeker.wage_wish,
        districts=seeker.districts,
        shifts=_words(seeker.shifts),
        board=_answer(seeker.board),
        wants_training=_answer(seeker.wants_training),
        available_on=seeker.available_on,
        registered_on=seeker.registered_on,
        valid_until=seeker.valid_until,
        note=seeker.note,
        center_phone=the_center(work.session).telephone,
    )
    work.subject = subject_of(seeker)
    return _issue(work, PaperKind.SEEKER_FORM, facts, seeker, work.subject)


@action(needs=Permission.ISSUE_PAPERS, changes={Topic.PAPERS})
def issue_vacancy_form(work: Work, asked: VacancyById) -> int:
    """Issue the registration form of a vacancy (单位招聘登记表); return the paper's id."""
    vacancy = work.load(Vacancy, asked.id)
    employer = work.load(Employer, vacancy.employer_id)
    facts = VacancyFormFacts(
        name=employer.name,
        uscc=employer.uscc,
        unit_kind=employer.kind or "",
        industry=employer.industry or "",
        address=employer.address,
        contact=employer.contact,
        phone=employer.phone,
        handler=employer.handler,
        handler_id_number=mask(ID, employer.handler_id_number),
        licence_seen_on=employer.licence_seen_on,
        letter_seen_on=employer.letter_seen_on,
        elsewhere_proof=employer.elsewhere_proof if employer.from_elsewhere else "",
        vacancy_number=vacancy.number,
        public_welfare=vacancy.public_welfare,
        occupation=vacancy.occupation,
        duties=vacancy.duties,
        heads=vacancy.heads,
        hired=vacancy.hired,
        referred=_referred(work, vacancy),
        sex=_word(vacancy.sex) or _(NO_LIMIT),
        age=_ages(vacancy.age_from, vacancy.age_to),
        limit_ground=vacancy.limit_ground,
        education=_at_least(vacancy.education),
        skill_grade=_at_least(vacancy.skill_grade),
        strains=_words(vacancy.strains),
        form=vacancy.form,
        contract_months=vacancy.contract_months,
        probation_months=vacancy.probation_months,
        wage_from=vacancy.wage_from,
        wage_to=vacancy.wage_to,
        pay_unit=vacancy.pay_unit.label,
        insured=_answer(vacancy.insured),
        board=_answer(vacancy.board),
        workplace=vacancy.workplace,
        shift=vacancy.shift.label,
        working_hours=vacancy.working_hours,
        conditions=vacancy.conditions,
        opened_on=vacancy.opened_on,
        valid_until=vacancy.valid_until,
        center_phone=the_center(work.session).telephone,
    )
    work.subject = subject_of(vacancy)
    title = f"{employer.name} {vacancy.number}"
    return issue(work, PaperKind.VACANCY_FORM, facts, subject=work.subject, title=title).id


@action(needs=Permission.ISSUE_PAPERS, changes={Topic.PAPERS})
def issue_recognition_form(work: Work, asked: RecognitionById) -> int:
    """Issue the application for a recognition (就业困难人员认定申请表); return the paper's id.

    Before it is decided the form leaves room for the decision.
    """
    recognition = work.load(Recognition, asked.id)
    seeker = work.load(JobSeeker, recognition.job_seeker_id)
    findings = from_plain(recognition.findings)
    decided = recognition.decided_by is not None
    facts = RecognitionFormFacts(
        name=seeker.name,
        id_number=mask(ID, seeker.id_number),
        sex=seeker.sex.label,
        birth=seeker.birth,
        phone=mask(PHONE, seeker.phone),
        address=seeker.address,
        residence_type=seeker.residence_type or "",
        education=_word(seeker.education),
        skill_grade=_word(seeker.skill_grade),
        employment_number=seeker.employment_number,
        unemployed_since=seeker.unemployed_since,
        recognition_number=recognition.number,
        grounds=recognition.grounds,
        reasons=_reasons(findings),
        papers=findings.papers,
        policy=findings.title,
        articles=_articles(findings),
        provisional=findings.provisional,
        note=recognition.note,
        applied_on=recognition.applied_on,
        applied_by=_name(work, recognition.applied_by),
        decision=_decision(recognition.state) if decided else "",
        opinion=recognition.opinion,
        decided_by=_name(work, recognition.decided_by),
        decided_on=recognition.decided_on,
    )
    work.subject = subject_of(recognition)
    return _issue(
        work,
        PaperKind.RECOGNITION_FORM,
        facts,
        seeker,
        work.subject,
        checker=facts.decided_by,
    )


@action(needs=Permission.ISSUE_PAPERS, changes={Topic.PAPERS})
def issue_recognition_certificate(work: Work, asked: RecognitionById) -> int:
    """Issue the certificate of a recognition (就业困难人员认定证明); return the paper's id.

    Raises `NotNow` for one that does not stand.
    """
    recognition = work.load(Recognition, asked.id)
    work.subject = subject_of(recognition)
    if recognition.state is not RecognitionState.RECOGNISED or recognition.decided_on is None:
        raise NotNow(state=recognition.state.label, step="issue")
    seeker = work.load(JobSeeker, recognition.job_seeker_id)
    findings = from_plain(recognition.findings)
    facts = RecognitionFacts(
        name=seeker.name,
        id_number=mask(ID, seeker.id_number),
        sex=seeker.sex.label,
        birth=seeker.birth,
        recognition_number=recognition.number,
        grounds=recognition.grounds,
        policy=findings.title,
        articles=_articles(findings),
        decided_on=recognition.decided_on,
        center_phone=the_center(work.session).telephone,
    )
    return _issue(
        work,
        PaperKind.RECOGNITION_CERTIFICATE,
        facts,
        seeker,
        work.subject,
        checker=_name(work, recognition.decided_by),
    )


def _issue(
    work: Work,
    kind: PaperKind,
    facts: Record,
    seeker: JobSeeker,
    subject: str,
    *,
    checker: str = "",
) -> int:
    return issue(
        work,
        kind,
        facts,
        subject=subject,
        title=f"{seeker.name} {seeker.number}",
        household_id=seeker.household_id,
        checker=checker,
    ).id


def _word(word: Word | None) -> str:
    return word.label if word is not None else ""


def _words(words: Sequence[Word]) -> tuple[str, ...]:
    return tuple(word.label for word in words)


def _answer(answer: Answer) -> str:
    """Return a yes or a no; what is unknown leaves room to write it in."""
    return answer.label if answer.known is not None else ""


def _skills(seeker: JobSeeker) -> str:
    """Return the grade of a seeker and what they can do."""
    return "；".join(part for part in (_word(seeker.skill_grade), seeker.skills) if part)


def _ages(youngest: int | None, oldest: int | None) -> str:
    if youngest is not None and oldest is not None:
        return _("{youngest} to {oldest} years").format(youngest=youngest, oldest=oldest)
    if youngest is not None:
        return _("from {youngest} years").format(youngest=youngest)
    return _("up to {oldest} years").format(oldest=oldest) if oldest is not None else _(NO_LIMIT)


def _at_least(least: Word | None) -> str:
    return _("{least} or higher").format(least=least.label) if least is not None else _(NO_LIMIT)


def _reasons(findings: RecognitionFindings) -> tuple[str, ...]:
    """Return each condition with whether it holds; of an open one its parts too."""
    told: list[str] = []
    open_ = False
    for reason in findings.reasons:
        if reason.depth == 0:
            open_ = reason.held is None
        if reason.depth == 0 or (reason.depth == 1 and open_):
            told.append(f"{'　' * reason.depth}{reason.says}：{_(HELD[reason.held])}")
    return tuple(told)


def _articles(findings: RecognitionFindings) -> tuple[str, ...]:
    """Return the articles that the conditions stand in, each once."""
    articles = (reason.article for reason in findings.reasons if reason.depth == 0)
    return tuple(dict.fromkeys(filter(None, articles)))


def _decision(state: RecognitionState) -> str:
    refused = state is RecognitionState.REFUSED
    return (RecognitionState.REFUSED if refused else RecognitionState.RECOGNISED).label


def _grounds_in_force(work: Work, seeker: JobSeeker) -> tuple[str, ...]:
    """Return the grounds of the recognition of a seeker that stands."""
    grounds = select(Recognition.grounds).where(
        Recognition.job_seeker_id == seeker.id, Recognition.state == RecognitionState.RECOGNISED
    )
    return work.session.scalar(grounds) or ()


def _referred(work: Work, vacancy: Vacancy) -> int:
    """Return how many letters to a vacancy are not void."""
    letters = select(func.count()).where(
        JobReferral.vacancy_id == vacancy.id, JobReferral.state != ReferralState.VOID
    )
    return work.session.scalar(letters) or 0


def _file_number(work: Work, seeker: JobSeeker) -> str:
    if seeker.household_id is None:
        return ""
    return work.load(Household, seeker.household_id).file_number or ""


def _name(work: Work, staff_id: int | None) -> str:
    return work.load(Staff, staff_id).name if staff_id is not None else ""
