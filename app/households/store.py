"""Moves a household between its form and its rows, for the verbs of several nouns."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from app.core.contact import normalise_card, normalise_phone
from app.core.errors import Invalid
from app.core.i18n import _
from app.core.record import Record, only, specs, values
from app.core.resident_id import ResidentIdFacts, normalise_id, read_id
from app.core.text import backwards, bare_name, ends_of, normalise
from app.core.words import Answer, Word
from app.core.words.households import FileState, Sex
from app.households.archive_records import MEMBER_ITEMS, OF_A_PERSON, ArchiveForm
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
from app.households.rules import FileMerged, HeadIsMember, PersonOnFileOf, form_problems
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
    """Write a form into the rows of its household; the row of a person stays that person's.

    Raises `Invalid` for the same person twice in the form, `HeadIsMember`, `PersonOnFileOf`.
    """
    if problems := form_problems(form):
        raise Invalid(problems)
    fill_household(work, household, form)
    work.session.add(household)
    _fill_members(work, household, form)


def fill_household(work: Work, household: Household, form: HouseholdForm) -> None:
    """Write what a form says of the household itself into its row."""
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
    for name, value in _kept(form.archive).items():
        if name not in OF_A_PERSON:
            setattr(household, name, value)
    if not form.declaration.declared:
        household.declared_on = None
    elif household.declared_on is None:
        household.declared_on = work.today


def _fill_members(work: Work, household: Household, form: HouseholdForm) -> None:
    here = people_of(household)
    if here:
        _refuse_other_head(here, form)
    known = [here[0] if here else None, *_same_people(here[1:], household, form.members)]
    _free_numbers(work, known, here, form)
    for member in here:
        if member not in known:
            member.active, member.left_on = False, work.today
    highest = max((member.position for member in household.members), default=0)
    last, fresh = 0, list[Member]()
    for place, row in enumerate(known):
        member = row or _new_member(work, grown=bool(here))
        member.active, member.left_on = household.file_state in OPEN, None
        if row is None or member.position <= last:
            highest += 1
            member.position = highest
        last = member.position
        if place == 0:
            _fill_head(member, form)
        else:
            _fill_member(member, form.members[place - 1])
        fill_keys(work, member)
        if row is None:
            household.members.append(member)
            fresh.append(member)
    _refuse_second_file(work, household)
    work.session.flush()
    for member in household.members:
        add_search_keys(work.session, member, new=member in fresh)


def _new_member(work: Work, *, grown: bool) -> Member:
    """Return an empty row: of somebody who came later when the household has ``grown``."""
    return Member(
        union_member=Answer.NOT_ASKED,
        admitted_this_year=Answer.NOT_ASKED,
        joined_on=work.today if grown else None,
    )


def _refuse_other_head(here: Sequence[Member], form: HouseholdForm) -> None:
    """Refuse a form whose head stands in the file as another member: what was given to the one
    would belong to the other."""
    number = normalise_id(form.head.id_number)
    if number != here[0].id_number and number in {member.id_number for member in here[1:]}:
        raise HeadIsMember(name=form.head.name)


def _same_people(
    here: Sequence[Member], household: Household, forms: Sequence[MemberForm]
) -> list[Member | None]:
    """Return the row of each person of a form; `None` for somebody new.

    A person is known by the row the form was made from, by the number or by the name; somebody
    who left and came back by the number.
    """
    left = list(here)
    found: list[Member | None] = [None] * len(forms)
    for fits in (_from_the_row, _same_number, _same_name):
        for place, form in enumerate(forms):
            row = next((row for row in left if fits(row, form)), None)
            if found[place] is None and row is not None:
                found[place] = row
                left.remove(row)
    gone = [row for row in household.members if row not in here and row.position > 1]
    for place, form in enumerate(forms):
        if found[place] is None:
            found[place] = next((row for row in gone if _same_number(row, form)), None)
    return found


def _from_the_row(row: Member, form: MemberForm) -> bool:
    """Tell whether a form was made from a row and does not speak of somebody else since."""
    number = normalise_id(form.id_number)
    other = row.id_number and number and row.id_number != number
    return form.id == row.id and not (other and row.name != normalise(form.name))


def _same_number(row: Member, form: MemberForm) -> bool:
    return bool(row.id_number) and row.id_number == normalise_id(form.id_number)


def _same_name(row: Member, form: MemberForm) -> bool:
    """Tell whether a name is the same, and the numbers do not tell two people apart."""
    number = normalise_id(form.id_number)
    return row.name == normalise(form.name) and not (row.id_number and number)


def _free_numbers(
    work: Work, known: Sequence[Member | None], here: Sequence[Member], form: HouseholdForm
) -> None:
    """Take out those who leave or get another ID number before it is written: a number may go
    from one person to another, and stands with two of them for no moment."""
    numbers = [form.head.id_number, *(member.id_number for member in form.members)]
    wanted = {
        row.id: normalise_id(number) for row, number in zip(known, numbers, strict=True) if row
    }
    moved = [row for row in here if row.active and row.id_number != wanted.get(row.id, "")]
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
    for name, value in _kept(form.archive).items():
        if name in OF_A_PERSON:
            setattr(member, name, value)


def _fill_member(member: Member, form: MemberForm) -> None:
    member.relation = form.relation
    member.name = normalise(form.name)
    member.id_number = normalise_id(form.id_number)
    for name, value in _kept(form).items():
        if name in OF_A_MEMBER or name in MEMBER_ITEMS:
            setattr(member, name, value)
    member.phone = normalise_phone(form.phone)


def _kept(form: Record) -> dict[str, Any]:
    """Return the values of a form as the store keeps them: text without what is not seen."""
    return {
        name: _lines(value) if isinstance(value, str) and not isinstance(value, Word) else value
        for name, value in values(form).items()
    }


def _lines(text: str) -> str:
    return "\n".join(normalise(line) for line in text.strip().splitlines())


def fill_keys(work: Work, member: Member) -> None:
    """Derive what the search needs, and birth and sex from the resident ID."""
    from app.core.pinyin import name_keys  # noqa: PLC0415 - loads the pinyin tables, on first use

    keys = name_keys(member.name)
    member.surname = member.name[:1]
    member.pinyin = keys.full[0] if keys.full else ""
    member.initials = keys.initials[0] if keys.initials else ""
    bare = bare_name(member.name)
    member.name_reversed, member.ends = bare[::-1], ends_of(bare)
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


def form_of(household: Household, *, with_rows: bool = False) -> HouseholdForm:
    """Return the rows of a household as the form that would write them.

    ``with_rows`` names the row of each member, for a form that comes back changed.
    """
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
                id=member.id if with_rows else None,
                relation=member.relation,
                name=member.name,
                id_number=member.id_number,
                **{name: getattr(member, name) for name in (*OF_A_MEMBER, *MEMBER_ITEMS)},
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
        archive=ArchiveForm(
            **{
                field.name: getattr(head if field.name in OF_A_PERSON else household, field.name)
                for field in specs(ArchiveForm)
            }
        ),
    )


def people_of(household: Household) -> list[Member]:
    """Return who belongs to a household, the head first: not those who left its open file; of a
    closed file, all who were in it then."""
    closed = household.file_state not in OPEN
    here = [row for row in household.members if row.left_on is None and (row.active or closed)]
    return sorted(here, key=lambda row: row.position)


def size_of(household: Household) -> int:
    """Return how many people live together: as told, else as many as stand in the file."""
    return household.members_living_together or len(people_of(household))


def head_of(household: Household) -> Member:
    """Return the person whose file it is; raise `FileMerged` for one whose people went on."""
    for member in household.members:
        if member.position == 1:
            return member
    raise FileMerged(kept=_("Not known"))


def touch(household: Household) -> None:
    """Make a change of a member one of the file: whoever has it open is told."""
    flag_modified(household, "district")
