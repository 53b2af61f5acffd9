"""What the papers of the job service say: registrations, the letter with its slip, recognitions."""

from datetime import date
from typing import Annotated

from app.core.i18n import N_
from app.core.kinds import Amount, Count, Day, Flag, Kind, Name, Text
from app.core.money import Fen
from app.core.record import Record

PersonName = Annotated[str, Name(label=N_("Name"))]
MaskedId = Annotated[str, Text(label=N_("Resident ID number"), hint=N_("As printed"))]
MaskedPhone = Annotated[str, Text(label=N_("Mobile"), hint=N_("As printed"))]
SeekerNumber = Annotated[str, Text(label=N_("Registration number"))]
SexWord = Annotated[str, Text(label=N_("Sex"))]
Birth = Annotated[date, Day(label=N_("Date of birth"))]
Address = Annotated[str, Text(label=N_("Address"))]
Employer = Annotated[str, Text(label=N_("Employer"))]
Occupation = Annotated[str, Text(label=N_("Occupation"))]
PayFrom = Annotated[Fen, Amount(label=N_("Pay from"), at_least=1)]
PayTo = Annotated[Fen | None, Amount(label=N_("Pay up to"), at_least=1)]
PayFor = Annotated[str, Text(label=N_("Pay for"))]
CenterAddress = Annotated[str, Text(label=N_("Address of the center"))]
CenterPhone = Annotated[str, Text(label=N_("Telephone of the center"))]
Grounds = Annotated[tuple[str, ...], Kind(label=N_("Grounds"))]


class SeekerFormFacts(Record):
    """The registration form of a job seeker (个人求职登记表). What nobody told stays empty, to be
    written in by hand."""

    name: PersonName
    id_number: MaskedId
    sex: SexWord
    birth: Birth
    ethnicity: Annotated[str, Text(label=N_("Ethnicity"))] = ""
    political_status: Annotated[str, Text(label=N_("Political status"))] = ""
    marital_status: Annotated[str, Text(label=N_("Marital status"))] = ""
    residence_type: Annotated[str, Text(label=N_("Kind of registered residence"))] = ""
    seeker_number: SeekerNumber
    file_number: Annotated[str, Text(label=N_("File number"))] = ""
    phone: MaskedPhone = ""
    address: Address = ""
    person_kind: Annotated[str, Text(label=N_("Kind of person"))] = ""
    employment_number: Annotated[str, Text(label=N_("Number of the employment certificate"))] = ""
    unemployed_registered: Annotated[str, Text(label=N_("Registered as unemployed"))] = ""
    unemployed_since: Annotated[date | None, Day(label=N_("Registered as unemployed since"))] = None
    difficulty: Annotated[tuple[str, ...], Kind(label=N_("Difficult to employ by"))] = ()
    """The grounds of a recognition that stands."""
    disabled: Annotated[str, Text(label=N_("Has a disability"))] = ""
    limits: Annotated[tuple[str, ...], Kind(label=N_("Cannot bear"))] = ()
    education: Annotated[str, Text(label=N_("Education"))] = ""
    major: Annotated[str, Text(label=N_("Major"))] = ""
    skill_grade: Annotated[str, Text(label=N_("Skill grade"))] = ""
    skills: Annotated[str, Text(label=N_("Skills"))] = ""
    resume: Annotated[str, Text(label=N_("Work so far"))] = ""
    wishes: Annotated[tuple[str, ...], Kind(label=N_("Occupations wished"))]
    wage_wish: Annotated[Fen | None, Amount(label=N_("Wage wished a month, at least"))] = None
    districts: Annotated[tuple[str, ...], Kind(label=N_("Would work in"))] = ()
    shifts: Annotated[tuple[str, ...], Kind(label=N_("Shifts possible"))]
    board: Annotated[str, Text(label=N_("Needs food and a bed"))] = ""
    wants_training: Annotated[str, Text(label=N_("Wants training"))] = ""
    available_on: Annotated[date | None, Day(label=N_("Can begin on"))] = None
    registered_on: Annotated[date, Day(label=N_("Registered on"))]
    valid_until: Annotated[date, Day(label=N_("Valid until"))]
    note: Annotated[str, Text(label=N_("Note"))] = ""
    center_phone: CenterPhone = ""


class VacancyFormFacts(Record):
    """The registration form of a vacancy (单位招聘登记表)."""

    name: Employer
    uscc: Annotated[str, Text(label=N_("Unified social credit code"))]
    unit_kind: Annotated[str, Text(label=N_("Kind of unit"))] = ""
    industry: Annotated[str, Text(label=N_("Industry"))] = ""
    address: Address = ""
    contact: Annotated[str, Text(label=N_("Contact"))] = ""
    phone: Annotated[str, Text(label=N_("Telephone"))] = ""
    handler: Annotated[str, Text(label=N_("Handler"))] = ""
    handler_id_number: MaskedId = ""
    licence_seen_on: Annotated[date | None, Day(label=N_("Licence seen on"))] = None
    letter_seen_on: Annotated[date | None, Day(label=N_("Letter of introduction seen on"))] = None
    elsewhere_proof: Annotated[str, Text(label=N_("Proof of its own county"))] = ""
    vacancy_number: Annotated[str, Text(label=N_("Vacancy number"))]
    public_welfare: Annotated[bool, Flag(label=N_("Public-welfare post"))] = False
    occupation: Occupation
    duties: Annotated[str, Text(label=N_("Duties"))] = ""
    heads: Annotated[int, Count(label=N_("Posts"))]
    hired: Annotated[int, Count(label=N_("Hired"))]
    referred: Annotated[int, Count(label=N_("Referred"))]
    sex: SexWord
    age: Annotated[str, Text(label=N_("Age"))]
    limit_ground: Annotated[str, Text(label=N_("Legal ground of the limit"))] = ""
    education: Annotated[str, Text(label=N_("Education at least"))]
    skill_grade: Annotated[str, Text(label=N_("Skill grade at least"))]
    strains: Annotated[tuple[str, ...], Kind(label=N_("Asks of the body"))] = ()
    form: Annotated[str, Text(label=N_("Form of employment"))] = ""
    contract_months: Annotated[int | None, Count(label=N_("Contract, months"))] = None
    probation_months: Annotated[int | None, Count(label=N_("Probation, months"))] = None
    wage_from: PayFrom
    wage_to: PayTo = None
    pay_unit: PayFor
    insured: Annotated[str, Text(label=N_("Social insurance paid"))] = ""
    board: Annotated[str, Text(label=N_("Gives food and a bed"))] = ""
    workplace: Annotated[str, Text(label=N_("Place of work"))] = ""
    shift: Annotated[str, Text(label=N_("Shift"))]
    working_hours: Annotated[str, Text(label=N_("Working hours"))] = ""
    conditions: Annotated[str, Text(label=N_("Further conditions"))] = ""
    opened_on: Annotated[date, Day(label=N_("Reported on"))]
    valid_until: Annotated[date, Day(label=N_("Valid until"))]
    center_phone: CenterPhone = ""


class LetterFacts(Record):
    """The letter that sends a seeker to an employer (推荐介绍信), with its slip (回执)."""

    name: PersonName
    id_number: MaskedId
    sex: SexWord
    age: Annotated[int, Count(label=N_("Age"))]
    education: Annotated[str, Text(label=N_("Education"))] = ""
    skills: Annotated[str, Text(label=N_("Skills"))] = ""
    seeker_number: SeekerNumber
    referral_number: Annotated[str, Text(label=N_("Referral number"))]
    employer: Employer
    employer_address: Annotated[str, Text(label=N_("Address of the employer"))] = ""
    contact: Annotated[str, Text(label=N_("Contact"))] = ""
    employer_phone: Annotated[str, Text(label=N_("Telephone"))] = ""
    vacancy_number: Annotated[str, Text(label=N_("Vacancy number"))]
    occupation: Occupation
    wage_from: PayFrom
    wage_to: PayTo = None
    pay_unit: PayFor
    public_welfare: Annotated[bool, Flag(label=N_("Public-welfare post"))] = False
    interview_on: Annotated[date | None, Day(label=N_("Interview on"))] = None
    interview_at: Annotated[str, Text(label=N_("Hour and place of the interview"))] = ""
    due_on: Annotated[date, Day(label=N_("Slip due"))]
    presumable: Annotated[bool, Flag(label=N_("Counts as hired when overdue"))] = False
    center_address: CenterAddress = ""
    center_phone: CenterPhone = ""


class RecognitionFormFacts(Record):
    """The application for the recognition as difficult to employ (就业困难人员认定申请表)."""

    name: PersonName
    id_number: MaskedId
    sex: SexWord
    birth: Birth
    phone: MaskedPhone = ""
    address: Address = ""
    residence_type: Annotated[str, Text(label=N_("Kind of registered residence"))] = ""
    education: Annotated[str, Text(label=N_("Education"))] = ""
    skill_grade: Annotated[str, Text(label=N_("Skill grade"))] = ""
    employment_number: Annotated[str, Text(label=N_("Number of the employment certificate"))] = ""
    unemployed_since: Annotated[date | None, Day(label=N_("Registered as unemployed since"))] = None
    recognition_number: Annotated[str, Text(label=N_("Recognition number"))]
    grounds: Grounds = ()
    reasons: Annotated[tuple[str, ...], Kind(label=N_("Conditions"))] = ()
    """Each with whether it holds, in words."""
    papers: Annotated[tuple[str, ...], Kind(label=N_("Papers to bring"))] = ()
    policy: Annotated[str, Text(label=N_("Policy document"))]
    articles: Annotated[tuple[str, ...], Kind(label=N_("Article"))] = ()
    provisional: Annotated[bool, Flag(label=N_("Policy not confirmed yet"))] = False
    note: Annotated[str, Text(label=N_("Note"))] = ""
    applied_on: Annotated[date, Day(label=N_("Applied on"))]
    applied_by: Annotated[str, Name(label=N_("Applied by"))]
    decision: Annotated[str, Text(label=N_("Decision"))] = ""
    """Empty before it is decided: the form leaves room."""
    opinion: Annotated[str, Text(label=N_("Opinion"))] = ""
    decided_by: Annotated[str, Name(label=N_("Decided by"))] = ""
    decided_on: Annotated[date | None, Day(label=N_("Decided on"))] = None


class RecognitionFacts(Record):
    """The certificate of the recognition as difficult to employ (就业困难人员认定证明)."""

    name: PersonName
    id_number: MaskedId
    sex: SexWord
    birth: Birth
    recognition_number: Annotated[str, Text(label=N_("Recognition number"))]
    grounds: Grounds = ()
    policy: Annotated[str, Text(label=N_("Policy document"))]
    articles: Annotated[tuple[str, ...], Kind(label=N_("Article"))] = ()
    decided_on: Annotated[date, Day(label=N_("Decided on"))]
    center_phone: CenterPhone = ""


class TrainingVoucherFacts(Record):
    """The voucher for one free training (免费技能培训卡), with room for the school's entries."""

    name: PersonName
    id_number: MaskedId
    sex: SexWord
    seeker_number: SeekerNumber
    voucher_number: Annotated[str, Text(label=N_("Voucher number"))]
    wishes: Annotated[tuple[str, ...], Kind(label=N_("Occupations wished"))] = ()
    day: Annotated[date, Day(label=N_("Issued on"))]
    valid_until: Annotated[date, Day(label=N_("Valid until"))]
    center_address: CenterAddress = ""
    center_phone: CenterPhone = ""
