"""What the archive form (困难职工档案表) says: every item of the national form, in its order."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, Any, Final

from app.core.i18n import N_
from app.core.kinds import Amount, Count, Day, Flag, Kind, Name, Text
from app.core.money import Fen, divide, yuan_text
from app.core.record import Record
from app.core.resident_id import age
from app.core.words import Answer
from app.core.words.papers import PaperKind
from app.households.records import HouseholdForm
from app.households.store import form_of, head_of, people_of, size_of
from app.reference.mappings import told
from db.models.households import Household, Member

ARCHIVE_FORM: Final = PaperKind.ARCHIVE_FORM
SLOTS: Final = 5
"""Members on a page; the form has as many pages as the members need."""
MIGRANT: Final = "农民工"

Words = Annotated[str, Text(label=N_("As printed"))]


class ArchiveFormFacts(Record):
    """The archive form; what is not known is empty, to be written by hand."""

    migrant: Annotated[bool, Flag(label=N_("Migrant worker"))]
    file_number: Words
    filed_on: Annotated[date | None, Day(label=N_("On file since"))]
    category: Words
    archive_level: Words
    file_kind: Words
    person_type: Words
    name: Annotated[str, Name(label=N_("Name"))]
    ethnicity: Words
    sex: Words
    political_status: Words
    id_number: Annotated[str, Text(label=N_("Resident ID number"))]
    """In full: the form is the file itself."""
    birth: Annotated[date | None, Day(label=N_("Birth"))]
    health: Words
    disability: Words
    work_status: Words
    model_worker: Words
    housing: Words
    floor_area: Annotated[int | None, Amount(label=N_("Floor area"))]
    """In hundredths of a square metre, written as an amount is."""
    phone: Words
    other_contact: Words
    postal_code: Words
    working_since: Annotated[date | None, Day(label=N_("At work since"))]
    industry: Words
    marital_status: Words
    residence_type: Words
    union_member: Words
    home: Words
    work_unit: Words
    unit_kind: Words
    unit_condition: Words
    contract_signed_on: Annotated[date | None, Day(label=N_("Labour contract signed on"))]
    contract_term: Words
    single_parent: Words
    monthly_income: Annotated[Fen | None, Amount(label=N_("Monthly income"))]
    other_yearly_income: Annotated[Fen | None, Amount(label=N_("Other yearly income"))]
    income_12_months: Annotated[Fen | None, Amount(label=N_("Yearly income"))]
    household_size: Annotated[int, Count(label=N_("Household size"), at_least=1)]
    income_per_head: Annotated[Fen | None, Amount(label=N_("Monthly income a head"))]
    rigid_expenditure_12_months: Annotated[Fen | None, Amount(label=N_("Rigid expenditure"))]
    registered_district: Words
    insurance: Words
    self_help: Words
    zero_employment: Words
    origin_unit: Words
    main_cause: Words
    secondary_causes: Annotated[tuple[str, ...], Kind(label=N_("Secondary causes of hardship"))]
    cause_note: Words
    account_holder: Words
    account_bank: Words
    account_branch: Words
    account_number: Words
    needs: Annotated[tuple[str, ...], Kind(label=N_("Needs for help"))]
    relief_plan: Words
    attachments: Annotated[tuple[str, ...], Kind(label=N_("Documents"))]
    """Kind and name of each."""
    note: Words
    national_system_number: Words
    national_system_entered_on: Annotated[
        date | None, Day(label=N_("Entered in the national system on"))
    ]
    member_pages: Annotated[
        tuple[Mapping[str, str], ...], Kind(label=N_("Members, five on a page"))
    ]
    """One group a page: item and slot, as ``name_1``; empty where there is no member."""


def archive_form_of(
    household: Household, attachments: Sequence[str], today: date
) -> ArchiveFormFacts:
    """Return what the form says of a household on ``today``."""
    form, head = form_of(household), head_of(household)
    archive, income, spent = form.archive, form.income, form.expenditure
    size = size_of(household)

    def word(name: str, said: str | None) -> str:
        return told(name, said, today)

    return ArchiveFormFacts(
        migrant=form.head.person_type == MIGRANT,
        file_number=household.file_number or "",
        filed_on=household.filed_on,
        category=household.category or "",
        archive_level=word("archive_level", archive.archive_level),
        file_kind=word("file_kind", archive.file_kind),
        person_type=word("person_type", form.head.person_type),
        name=form.head.name,
        ethnicity=word("ethnicity", form.head.ethnicity),
        sex=head.sex.label if head.sex else "",
        political_status=word("political_status", archive.political_status),
        id_number=form.head.id_number,
        birth=head.birth,
        health=word("health", form.employment.health),
        disability=word("disability", form.employment.disability),
        work_status=word("work_status", form.employment.work_status),
        model_worker=word("model_worker", archive.model_worker),
        housing=word("housing", archive.housing),
        floor_area=archive.floor_area,
        phone=form.head.phone,
        other_contact=archive.other_contact,
        postal_code=archive.postal_code,
        working_since=archive.working_since,
        industry=word("industry", archive.industry),
        marital_status=word("marital_status", archive.marital_status),
        residence_type=word("residence_type", archive.residence_type),
        union_member=_answer(form.head.union_member),
        home=f"{form.head.district or ''}{form.head.address}",
        work_unit=form.head.work_unit,
        unit_kind=word("unit_kind", archive.unit_kind),
        unit_condition=word("unit_condition", archive.unit_condition),
        contract_signed_on=archive.contract_signed_on,
        contract_term=word("contract_term", archive.contract_term),
        single_parent=_answer(archive.single_parent),
        monthly_income=form.employment.monthly_income,
        other_yearly_income=archive.other_yearly_income,
        income_12_months=income.income_12_months,
        household_size=size,
        income_per_head=_per_head(form, size),
        rigid_expenditure_12_months=spent.rigid_expenditure_12_months,
        registered_district=archive.registered_district,
        insurance=word("insurance", archive.insurance),
        self_help=_answer(archive.self_help),
        zero_employment=_answer(form.employment.zero_employment),
        origin_unit=archive.origin_unit,
        main_cause=word("main_cause", spent.main_cause),
        secondary_causes=tuple(word("main_cause", cause) for cause in archive.secondary_causes),
        cause_note=spent.cause_note,
        account_holder=form.account.account_holder,
        account_bank=form.account.account_bank,
        account_branch=archive.account_branch,
        account_number=form.account.account_number,
        needs=tuple(word("need", need) for need in archive.needs),
        relief_plan=archive.relief_plan,
        attachments=tuple(attachments),
        note=archive.note,
        national_system_number=archive.national_system_number,
        national_system_entered_on=archive.national_system_entered_on,
        member_pages=member_pages(people_of(household)[1:], today),
    )


def member_pages(members: Sequence[Member], today: date) -> tuple[Mapping[str, str], ...]:
    """Return the members in groups of five, each group complete with empty slots."""
    return tuple(
        _page(members[first : first + SLOTS], first + 1, today)
        for first in range(0, max(len(members), 1), SLOTS)
    )


def _page(members: Sequence[Member], first: int, today: date) -> Mapping[str, str]:
    said: dict[str, str] = {}
    for slot in range(SLOTS):
        member = members[slot] if slot < len(members) else None
        items = dict.fromkeys(ITEMS, "") if member is None else _items(member, today)
        items["place"] = str(first + slot)
        said |= {f"{item}_{slot + 1}": text for item, text in items.items()}
    return said


def _items(member: Member, today: date) -> dict[str, str]:
    said: dict[str, Any] = {item: getattr(member, item) for item in ITEMS if item != "age"}
    said |= {name: told(list_, said[name], today) for name, list_ in LISTS.items()}
    said["age"] = None if member.birth is None else age(member.birth, today)
    said["sex"] = member.sex.label if member.sex else ""
    income = member.monthly_income
    said["monthly_income"] = "" if income is None else yuan_text(income)
    return {item: _text(said[item]) for item in ITEMS}


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _answer(answer: Answer) -> str:
    return "" if answer.known is None else answer.label


def _per_head(form: HouseholdForm, size: int) -> Fen | None:
    """Return the income of a month for each person, as far as it is known."""
    yearly = form.income.income_12_months
    return None if yearly is None else divide(yearly, 12 * size)


LISTS: Final = {
    **{name: name for name in ("relation", "ethnicity", "political_status", "model_worker")},
    **{name: name for name in ("health", "disability", "insurance", "marital_status")},
    **{name: name for name in ("residence_type", "school_stage", "unit_kind", "unit_condition")},
    **{name: name for name in ("industry", "contract_term")},
    "work_status": "member_status",
}
"""The items of a member that are words, each with its code list."""

ITEMS: Final = (
    *LISTS,
    *("name", "id_number", "birth", "age", "sex", "monthly_income", "phone", "other_contact"),
    *("enrolled_in", "school_years", "unit", "working_since", "contract_signed_on", "note"),
)
"""What the form asks of a member."""
