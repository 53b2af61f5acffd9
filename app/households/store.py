"""Moves a household between its form and its rows, for the verbs of several nouns."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.contact import normalise_card, normalise_phone
from app.core.errors import Invalid
from app.core.i18n import _
from app.core.record import only, values
from app.core.resident_id import ResidentIdFacts, normalise_id, read_id
from app.core.text import backwards, bare_name, normalise
from app.core.words import Answer
from app.core.words.households import FileState, Sex
from app.households.records import (
    AccountForm,
    DeclarationForm,
    EmploymentForm,
    ExpenditureForm,
    HeadForm,
    HouseholdForm,
    IncomeForm,
    MemberForm,
)
from app.households.rules import PersonOnFileOf, form_problems
from app.work import Work
from db.models.households import Household, Member, SearchKey

OPEN = (FileState.PENDING, FileState.ACTIVE)

OF_THE_HOUSEHOLD = frozenset(
    {"unemployed_registered", "zero_employment", "wage_arrears", "labour_dispute"}
)
"""Questions of the section of work that are about the household; the others are the head's."""

OF_THE_HEAD = frozenset(
    {"work_status", "health", "disability", "monthly_income", "unemployed_since"}
)

OF_A_MEMBER = OF_THE_HEAD | {
    *("school_stage", "admitted_this_year", "school_costs_this_year"),
    "medical_self_paid_12_months",
}
"""What is asked of every further member beside who it is."""


def new_household(work: Work, form: HouseholdForm) -> Household:
    """Make the rows of a household that is not on file yet.

    Raises `Invalid` for the same person twice in the form, `PersonOnFileOf` when somebody
    stands in another open file.
    """
    household = Household(file_state=FileState.PENDING, members=[])
    fill(work, household, form)
    return household


def fill(work: Work, household: Household, form: HouseholdForm) -> None:
    """Write a form into the rows of its household; members are matched by their place."""
    if problems := form_problems(form):
        raise Invalid(problems)
    head = form.head
    household.district = head.district
    household.address = normalise(head.address)
    household.person_type = head.person_type
    household.work_unit = normalise(head.work_unit)
    for name, value in (values(form.income) | values(form.expenditure)).items():
        if name != "medical_self_paid_12_months":
            setattr(household, name, value)
    for name, value in only(form.employment, OF_THE_HOUSEHOLD).items():
        setattr(household, name, value)
    household.account_holder = normalise(form.account.account_holder)
    household.account_bank = normalise(form.account.account_bank)
    household.account_number = normalise_card(form.account.account_number)
    household.account_reversed = backwards(household.account_number)
    for name, value in values(form.declaration).items():
        if name != "declared":
            setattr(household, name, value)
    if not form.declaration.declared:
        household.declared_on = None
    elif household.declared_on is None:
        household.declared_on = work.today
    work.session.add(household)
    _fill_members(work, household, form)


def _fill_members(work: Work, household: Household, form: HouseholdForm) -> None:
    people = {member.position: member for member in household.members}
    wanted = len(form.members) + 1
    _free_numbers(work, household, form)
    for position in range(1, wanted + 1):
        member = people.get(position)
        if member is None:
            member = Member(
                position=position,
                union_member=Answer.NOT_ASKED,
                admitted_this_year=Answer.NOT_ASKED,
            )
        member.active = household.file_state in OPEN
        if position == 1:
            _fill_head(member, form)
        else:
            _fill_member(member, form.members[position - 2])
        _fill_keys(work, member)
        if position not in people:
            household.members.append(member)
    for position, member in people.items():
        if position > wanted:
            member.active = False
    _refuse_second_file(work, household)
    work.session.flush()
    for member in household.members:
        add_search_keys(work.session, member, new=member.position not in people)


def _free_numbers(work: Work, household: Household, form: HouseholdForm) -> None:
    """Take the members out whose place gets another ID number, before it is written: a person
    may move to the place of another, and no number stands twice for a moment."""
    numbers = [form.head.id_number, *(member.id_number for member in form.members)]
    wanted = dict(enumerate(map(normalise_id, numbers), start=1))
    moved = [
        member
        for member in household.members
        if member.active and member.id_number and member.id_number != wanted.get(member.position)
    ]
    for member in moved:
        member.active = False
    if moved:
        work.session.flush()


def _fill_head(member: Member, form: HouseholdForm) -> None:
    head = form.head
    member.relation = "本人"
    member.name = normalise(head.name)
    member.id_number = normalise_id(head.id_number)
    member.phone = normalise_phone(head.phone)
    member.ethnicity = head.ethnicity
    member.union_member = head.union_member
    for name, value in only(form.employment, OF_THE_HEAD).items():
        setattr(member, name, value)
    member.medical_self_paid_12_months = form.expenditure.medical_self_paid_12_months


def _fill_member(member: Member, form: MemberForm) -> None:
    member.relation = form.relation
    member.name = normalise(form.name)
    member.id_number = normalise_id(form.id_number)
    member.phone = member.phone or ""
    for name, value in only(form, OF_A_MEMBER).items():
        setattr(member, name, value)


def _fill_keys(work: Work, member: Member) -> None:
    """Derive what the search needs, and birth and sex from the resident ID."""
    from app.core.pinyin import name_keys  # noqa: PLC0415 - loads the pinyin tables, on first use

    keys = name_keys(member.name)
    member.surname = member.name[:1]
    member.pinyin = keys.full[0] if keys.full else ""
    member.initials = keys.initials[0] if keys.initials else ""
    member.id_reversed = backwards(member.id_number)
    member.phone_reversed = backwards(member.phone)
    read = read_id(member.id_number, today=work.today)
    known = read if isinstance(read, ResidentIdFacts) else None
    member.birth = known.birth if known else None
    member.sex = Sex(known.sex) if known else None


def add_search_keys(session: Session, member: Member, *, new: bool) -> None:
    """Keep the further readings of a member's name findable, and the name without its dots.

    A ``new`` member has no keys yet; of others those that are there are kept.
    """
    from app.core.pinyin import name_keys  # noqa: PLC0415 - loads the pinyin tables, on first use

    keys = name_keys(member.name)
    known = {member.name, member.pinyin, member.initials}
    further = {*keys.full, *keys.initials, bare_name(member.name)} - known
    for key in sorted(further):
        if new or session.get(SearchKey, (key, member.id)) is None:
            session.add(SearchKey(key=key, member_id=member.id))


def _refuse_second_file(work: Work, household: Household) -> None:
    numbers = [each.id_number for each in household.members if each.active and each.id_number]
    with work.session.no_autoflush:
        other = work.session.execute(
            select(Member.name, Household.file_number)
            .join(Household)
            .where(
                Member.id_number.in_(numbers),
                Member.active,
                Member.household_id != household.id,
            )
        ).first()
    if other:
        raise PersonOnFileOf(name=other.name, file=other.file_number or _("no file number yet"))


def form_of(household: Household) -> HouseholdForm:
    """Return the rows of a household as the form that would write them."""
    head, *others = people_of(household)
    return HouseholdForm(
        head=HeadForm(
            id_number=head.id_number,
            name=head.name,
            ethnicity=head.ethnicity,
            phone=head.phone,
            union_member=head.union_member,
            work_unit=household.work_unit,
            person_type=household.person_type,
            district=household.district,
            address=household.address,
        ),
        members=tuple(
            MemberForm(
                relation=member.relation,
                name=member.name,
                id_number=member.id_number,
                **{name: getattr(member, name) for name in OF_A_MEMBER},
            )
            for member in others
        ),
        income=IncomeForm(
            members_living_together=household.members_living_together,
            income_12_months=household.income_12_months,
            financial_assets=household.financial_assets,
            receives_dibao=household.receives_dibao,
        ),
        expenditure=ExpenditureForm(
            main_cause=household.main_cause,
            cause_note=household.cause_note,
            rigid_expenditure_12_months=household.rigid_expenditure_12_months,
            necessary_employment_cost_12_months=household.necessary_employment_cost_12_months,
            accident_loss_12_months=household.accident_loss_12_months,
            medical_self_paid_12_months=head.medical_self_paid_12_months,
            in_mutual_aid=household.in_mutual_aid,
        ),
        employment=EmploymentForm(
            **{name: getattr(head, name) for name in OF_THE_HEAD},
            **{name: getattr(household, name) for name in OF_THE_HOUSEHOLD},
        ),
        account=AccountForm(
            account_holder=household.account_holder,
            account_bank=household.account_bank,
            account_number=household.account_number,
        ),
        declaration=DeclarationForm(
            declared=household.declared_on is not None,
            dwellings=household.dwellings,
            has_motor_vehicle=household.has_motor_vehicle,
            has_business_premises=household.has_business_premises,
            high_fee_school_or_study_abroad=household.high_fee_school_or_study_abroad,
            refuses_verification=household.refuses_verification,
        ),
    )


def people_of(household: Household) -> list[Member]:
    """Return who belongs to a household, the head first: not those who were taken out of its
    open file; of a closed file, all whom it ever had."""
    closed = household.file_state not in OPEN
    return [member for member in household.members if member.active or closed]


def size_of(household: Household) -> int:
    """Return how many people live together: as told, else as many as stand in the file."""
    return household.members_living_together or len(people_of(household))


def head_of(household: Household) -> Member:
    """Return the person whose file it is."""
    return household.members[0]
