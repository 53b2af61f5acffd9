"""What can be asked about households."""

from typing import TypeVar

from app.core.kinds import BankCard, Phone, ResidentId
from app.core.masking import mask
from app.core.record import Record, specs, values
from app.core.resident_id import age
from app.households.moving import former_members, merged_files
from app.households.records import ById, HouseholdForm, HouseholdView, MemberView
from app.households.standing import standing
from app.households.store import OF_A_MEMBER, form_of, head_of, people_of
from app.work import Permission, Work, query

R = TypeVar("R", bound=Record)
ID, PHONE, CARD = ResidentId(label=""), Phone(label=""), BankCard(label="")


@query(needs=Permission.READ_HOUSEHOLDS)
def household_view(work: Work, asked: ById) -> HouseholdView:
    """Return a household as its file shows it, private values masked.

    Of one that was merged into another it is the file that was kept.
    """
    household = standing(work, asked.id)
    head = head_of(household)
    return HouseholdView(
        id=household.id,
        version=household.version,
        file_number=household.file_number or "",
        file_state=household.file_state,
        category=household.category or "",
        filed_on=household.filed_on,
        name=head.name,
        sex=head.sex,
        age=age(head.birth, work.today) if head.birth else None,
        id_number=mask(ID, head.id_number),
        phone=mask(PHONE, head.phone),
        account_number=mask(CARD, household.account_number),
        form=masked_form(form_of(household)),
        members=tuple(
            MemberView(
                id=member.id,
                relation=member.relation,
                name=member.name,
                id_number=mask(ID, member.id_number),
                age=age(member.birth, work.today) if member.birth else None,
                joined_on=member.joined_on,
                **{name: getattr(member, name) for name in OF_A_MEMBER},
            )
            for member in people_of(household)
        ),
        former=tuple(former_members(work, household)),
        merged=tuple(merged_files(work, household)),
    )


def masked_form(form: HouseholdForm) -> HouseholdForm:
    """Return the form with its private values masked, for pages that only read."""
    return HouseholdForm(
        head=_masked(form.head),
        members=tuple(_masked(member) for member in form.members),
        income=form.income,
        expenditure=form.expenditure,
        employment=form.employment,
        account=_masked(form.account),
        declaration=form.declaration,
        archive=_masked(form.archive),
    )


def _masked(record: R) -> R:
    private = [field for field in specs(type(record)) if field.private]
    changes = {field.name: mask(field.kind, getattr(record, field.name)) for field in private}
    return type(record)(**{**values(record), **changes})
