"""What is asked of a household, section by section of the intake page, and what is shown."""

from dataclasses import field
from datetime import date
from typing import Annotated

from app.core.i18n import N_
from app.core.kinds import (
    Amount,
    BankCard,
    Choice,
    Code,
    Count,
    Day,
    Flag,
    Key,
    Many,
    Name,
    Phone,
    ResidentId,
    Text,
    YesNo,
)
from app.core.money import Fen
from app.core.record import Record
from app.core.words import Answer
from app.core.words.households import FileState, Sex
from app.households.archive_records import (
    ArchiveForm,
    ContractSigned,
    ContractTerm,
    EnrolledIn,
    Industry,
    Insurance,
    MaritalStatus,
    ModelWorker,
    Note,
    OtherContact,
    PoliticalStatus,
    ResidenceType,
    SchoolYears,
    Unit,
    UnitCondition,
    UnitKind,
    WorkingSince,
)

PersonName = Annotated[str, Name(label=N_("Name"))]
IdNumber = Annotated[str, ResidentId(label=N_("Resident ID number"))]
Mobile = Annotated[str, Phone(label=N_("Mobile"))]
Relation = Annotated[str | None, Code(label=N_("Relation to the head"), list="relation")]
MonthlyIncome = Annotated[Fen | None, Amount(label=N_("Monthly income"))]
Health = Annotated[str | None, Code(label=N_("Health"), list="health")]
UnionMember = Annotated[Answer, YesNo(label=N_("Union member"))]
Ethnicity = Annotated[str | None, Code(label=N_("Ethnicity"), list="ethnicity")]
District = Annotated[str | None, Code(label=N_("District"), list="district")]
Address = Annotated[
    str, Text(label=N_("Home address"), hint=N_("Down to the door number"), max_length=120)
]
WorkUnit = Annotated[str, Text(label=N_("Work unit"), max_length=60)]
MainCause = Annotated[str | None, Code(label=N_("Main cause of hardship"), list="main_cause")]
Disability = Annotated[str | None, Code(label=N_("Disability"), list="disability")]
SchoolStage = Annotated[str | None, Code(label=N_("Stage of schooling"), list="school_stage")]
Admitted = Annotated[Answer, YesNo(label=N_("Newly admitted to a school this year"))]
SchoolCosts = Annotated[Fen | None, Amount(label=N_("School costs this year"))]
SelfPaid = Annotated[Fen | None, Amount(label=N_("Medical costs paid oneself, 12 months"))]
UnemployedSince = Annotated[
    date | None, Day(label=N_("Registered as unemployed since"), may_be_future=False)
]
WorkStatus = Annotated[str | None, Code(label=N_("Work status"), list="work_status")]
MemberStatus = Annotated[str | None, Code(label=N_("Occupation or school"), list="member_status")]
JoinedOn = Annotated[date | None, Day(label=N_("In the household since"), may_be_future=False)]
FileNumber = Annotated[str, Text(label=N_("File number"))]
State = Annotated[FileState, Choice(label=N_("File"), words=FileState)]


class HeadForm(Record):
    """Section 1: the person who applies (本人)."""

    id_number: IdNumber
    name: PersonName
    ethnicity: Ethnicity = None
    phone: Mobile
    union_member: UnionMember = Answer.NOT_ASKED
    work_unit: WorkUnit = ""
    person_type: Annotated[str | None, Code(label=N_("Kind of worker"), list="person_type")] = None
    district: District = None
    address: Address = ""


class MemberForm(Record):
    """Section 2: one further member living together."""

    id: Annotated[int | None, Key()] = field(default=None, compare=False)
    """Of a form made from the file: the person's row; no part of what was typed."""
    relation: Relation = None
    name: PersonName
    id_number: IdNumber = ""
    work_status: MemberStatus = None
    monthly_income: MonthlyIncome = None
    health: Health = None
    disability: Disability = None
    school_stage: SchoolStage = None
    admitted_this_year: Admitted = Answer.NOT_ASKED
    school_costs_this_year: SchoolCosts = None
    medical_self_paid_12_months: SelfPaid = None
    unemployed_since: UnemployedSince = None
    ethnicity: Ethnicity = None
    phone: Mobile = ""
    other_contact: OtherContact = ""
    political_status: PoliticalStatus = None
    marital_status: MaritalStatus = None
    residence_type: ResidenceType = None
    insurance: Insurance = None
    model_worker: ModelWorker = None
    unit: Unit = ""
    unit_kind: UnitKind = None
    unit_condition: UnitCondition = None
    industry: Industry = None
    working_since: WorkingSince = None
    contract_signed_on: ContractSigned = None
    contract_term: ContractTerm = None
    enrolled_in: EnrolledIn = None
    school_years: SchoolYears = None
    note: Note = ""


class IncomeForm(Record):
    """Section 3: the household's income."""

    members_living_together: Annotated[
        int | None, Count(label=N_("People living together"), at_least=1, at_most=30)
    ] = None
    income_12_months: Annotated[
        Fen | None,
        Amount(label=N_("Income of the household, 12 months"), hint=N_("All members together")),
    ] = None
    financial_assets: Annotated[
        Fen | None,
        Amount(label=N_("Net investments and savings"), hint=N_("All members together")),
    ] = None
    receives_dibao: Annotated[Answer, YesNo(label=N_("Receives dibao"))] = Answer.NOT_ASKED


class ExpenditureForm(Record):
    """Section 4: expenditure and illness, the cause of hardship."""

    main_cause: MainCause = None
    cause_note: Annotated[str, Text(label=N_("In one's own words"), max_length=200)] = ""
    rigid_expenditure_12_months: Annotated[
        Fen | None,
        Amount(
            label=N_("Rigid expenditure, 12 months"),
            hint=N_("Illness, disability, care and schooling, paid oneself"),
        ),
    ] = None
    necessary_employment_cost_12_months: Annotated[
        Fen | None, Amount(label=N_("Necessary cost of working, 12 months"))
    ] = None
    accident_loss_12_months: Annotated[
        Fen | None, Amount(label=N_("Loss by accident or disaster, 12 months"))
    ] = None
    medical_self_paid_12_months: Annotated[
        Fen | None,
        Amount(
            label=N_("Medical costs paid oneself, 12 months"),
            hint=N_("Of the applicant; of others it stands with the member"),
        ),
    ] = None
    in_mutual_aid: Annotated[Answer, YesNo(label=N_("Has joined the medical mutual aid"))] = (
        Answer.NOT_ASKED
    )


class EmploymentForm(Record):
    """Section 5: the applicant's work and health, and the work of the household."""

    work_status: WorkStatus = None
    health: Health = None
    disability: Disability = None
    monthly_income: MonthlyIncome = None
    unemployed_registered: Annotated[Answer, YesNo(label=N_("Registered unemployed"))] = (
        Answer.NOT_ASKED
    )
    unemployed_since: UnemployedSince = None
    zero_employment: Annotated[Answer, YesNo(label=N_("Nobody in the household works"))] = (
        Answer.NOT_ASKED
    )
    wage_arrears: Annotated[Answer, YesNo(label=N_("Wages are owed"))] = Answer.NOT_ASKED
    labour_dispute: Annotated[Answer, YesNo(label=N_("Has a labour dispute"))] = Answer.NOT_ASKED


class AccountForm(Record):
    """Section 6: the bank account that relief goes to; the holder may be another person."""

    account_holder: Annotated[str, Name(label=N_("Account holder"))] = ""
    account_bank: Annotated[str, Text(label=N_("Bank and branch"), max_length=60)] = ""
    account_number: Annotated[str, BankCard(label=N_("Card or account number"))] = ""


class DeclarationForm(Record):
    """Section 8: the exclusions, settled by one signed declaration or asked one by one."""

    declared: Annotated[
        bool, Flag(label=N_("The declaration is signed: none of the following holds"))
    ] = False
    dwellings: Annotated[int | None, Count(label=N_("Dwellings owned"), at_most=20)] = None
    has_motor_vehicle: Annotated[Answer, YesNo(label=N_("Owns a motor vehicle"))] = Answer.NOT_ASKED
    has_business_premises: Annotated[
        Answer, YesNo(label=N_("Owns business premises or employs people"))
    ] = Answer.NOT_ASKED
    high_fee_school_or_study_abroad: Annotated[
        Answer, YesNo(label=N_("Child at a high-fee school or studying abroad"))
    ] = Answer.NOT_ASKED
    refuses_verification: Annotated[Answer, YesNo(label=N_("Refuses verification"))] = (
        Answer.NOT_ASKED
    )


class HouseholdForm(Record):
    """Everything the center asks of a household."""

    head: HeadForm
    members: Annotated[tuple[MemberForm, ...], Many(label=N_("Members"))] = ()
    income: IncomeForm = IncomeForm()
    expenditure: ExpenditureForm = ExpenditureForm()
    employment: EmploymentForm = EmploymentForm()
    account: AccountForm = AccountForm()
    declaration: DeclarationForm = DeclarationForm()
    archive: ArchiveForm = ArchiveForm()


class ChangeForm(Record):
    """A household file with what changed."""

    id: Annotated[int, Key()]
    version: Annotated[int, Key()]
    household: HouseholdForm


class ById(Record):
    """Names one row by its id."""

    id: Annotated[int, Key()]


class MemberView(Record):
    """One member as the file shows them; the ID number is masked."""

    id: Annotated[int, Key()]
    relation: Relation
    name: PersonName
    id_number: Annotated[str, Text(label=N_("Resident ID number"))]
    age: Annotated[int | None, Count(label=N_("Age"))]
    work_status: MemberStatus
    monthly_income: MonthlyIncome
    health: Health
    disability: Disability
    school_stage: SchoolStage
    admitted_this_year: Admitted
    school_costs_this_year: SchoolCosts
    medical_self_paid_12_months: SelfPaid
    unemployed_since: UnemployedSince
    joined_on: JoinedOn = None


class FormerMember(Record):
    """Somebody who stood in the file, and since when not any more."""

    name: PersonName
    relation: Relation
    joined_on: JoinedOn
    left_on: Annotated[date | None, Day(label=N_("Left on"))]
    household_id: Annotated[int | None, Key()] = None
    """Where they stand now, when they went to another file."""


class MergedFile(Record):
    """A file that was merged into this one."""

    household_id: Annotated[int, Key()]
    file_number: FileNumber


class HouseholdView(Record):
    """A household as its file shows it; private values are masked until revealed."""

    id: Annotated[int, Key()]
    version: Annotated[int, Key()]
    file_number: FileNumber
    file_state: State
    category: Annotated[str, Text(label=N_("Hardship category"))]
    filed_on: Annotated[date | None, Day(label=N_("On file since"))]
    name: PersonName
    sex: Annotated[Sex | None, Choice(label=N_("Sex"), words=Sex)]
    age: Annotated[int | None, Count(label=N_("Age"))]
    id_number: Annotated[str, Text(label=N_("Resident ID number"))]
    phone: Annotated[str, Text(label=N_("Mobile"))]
    account_number: Annotated[str, Text(label=N_("Card or account number"))]
    form: HouseholdForm
    """The whole form, with private values masked."""
    members: Annotated[tuple[MemberView, ...], Many(label=N_("Members"))]
    former: Annotated[tuple[FormerMember, ...], Many(label=N_("Former members"))] = ()
    merged: Annotated[tuple[MergedFile, ...], Many(label=N_("Files merged into it"))] = ()


class Reveal(Record):
    """Asks for the private values of a household in the clear."""

    household_id: Annotated[int, Key()]


class Revealed(Record):
    """The private values of a household in the clear; having asked stands in the trail."""

    id_number: IdNumber
    phone: Mobile
    account_number: Annotated[str, BankCard(label=N_("Card or account number"))]
    members: Annotated[tuple[str, ...], Many(label=N_("Resident ID numbers of the members"))]
    form: HouseholdForm
    """The whole form, nothing masked."""


class DuplicateQuery(Record):
    """What is known of the person being typed, to look for the same person."""

    id_number: Annotated[str, ResidentId(label=N_("Resident ID number"))] = ""
    name: Annotated[str, Name(label=N_("Name"))] = ""
    phone: Annotated[str, Phone(label=N_("Mobile"))] = ""
    account_number: Annotated[str, BankCard(label=N_("Card or account number"))] = ""
    address: Address = ""
    members: Annotated[
        tuple[str, ...], Many(label=N_("Resident ID numbers of the members"), private=True)
    ] = ()
    except_household: Annotated[int | None, Key()] = None


class Likeness(Record):
    """A household that may be the same, and by what."""

    household_id: Annotated[int, Key()]
    name: PersonName
    """Of the person who looks the same."""
    head: Annotated[str, Name(label=N_("Head of household"))]
    relation: Relation
    """What the person is to the head of that household; `None` for the head."""
    file_number: FileNumber
    file_state: State
    same: Annotated[tuple[str, ...], Many(label=N_("The same"))]
    """Labels of the fields that agree."""
    certain: Annotated[bool, Flag(label=N_("The same resident ID number"))]
    """Of the applicant or of a member: it is the same person, and in that household still."""
    left_on: Annotated[date | None, Day(label=N_("Left on"))] = None
    """Of a former member: since when the person belongs to that household no more."""
