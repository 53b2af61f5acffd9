"""Households and their members."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.money import Fen
from app.core.words import Answer
from app.core.words.households import FileState, Sex
from db.base import DERIVED, PRIVATE, SOUGHT, Base, Entity
from db.types import Identity, Listed, Stored


class Household(Entity):
    """A household the center knows, with what it told and proved. `None` is not known."""

    __tablename__ = "household"
    __table_args__ = (
        CheckConstraint("file_state <> 'active' OR file_number IS NOT NULL", name="file_number"),
        Index("ix_household_unit", "work_unit"),
        Index("ix_household_filed", "file_state", "filed_on"),
        Index("ix_household_address", "address"),
    )

    file_number: Mapped[str | None] = mapped_column(unique=True)
    file_state: Mapped[FileState] = mapped_column(Stored(FileState))
    category: Mapped[str | None]
    category_vocabulary: Mapped[str | None]
    """The pack whose words the category is one of."""
    filed_on: Mapped[date | None]
    merged_into_id: Mapped[int | None] = mapped_column(
        Identity, ForeignKey("household.id"), index=True
    )
    """The household that everything of this one went to; its number stays, marked."""
    split_from_id: Mapped[int | None] = mapped_column(Identity, ForeignKey("household.id"))
    """The household its members came from when it was made by a split."""
    import_batch_id: Mapped[int | None] = mapped_column(
        Identity, ForeignKey("import_batch.id"), index=True
    )
    """The import that made it."""
    voided_number: Mapped[str | None]
    """The file number it had until that import was undone."""

    district: Mapped[str | None]
    address: Mapped[str]
    person_type: Mapped[str | None]
    work_unit: Mapped[str]
    main_cause: Mapped[str | None]
    cause_note: Mapped[str]

    members_living_together: Mapped[int | None]
    income_12_months: Mapped[Fen | None]
    rigid_expenditure_12_months: Mapped[Fen | None]
    necessary_employment_cost_12_months: Mapped[Fen | None]
    accident_loss_12_months: Mapped[Fen | None]
    financial_assets: Mapped[Fen | None]
    """Net investments and savings of all members together."""
    dwellings: Mapped[int | None]

    receives_dibao: Mapped[Answer]
    unemployed_registered: Mapped[Answer]
    zero_employment: Mapped[Answer]
    wage_arrears: Mapped[Answer]
    labour_dispute: Mapped[Answer]
    in_mutual_aid: Mapped[Answer]
    has_motor_vehicle: Mapped[Answer]
    has_business_premises: Mapped[Answer]
    high_fee_school_or_study_abroad: Mapped[Answer]
    refuses_verification: Mapped[Answer]
    declared_on: Mapped[date | None]
    """The day the signed declaration settled the exclusions that were not asked."""

    account_holder: Mapped[str]
    account_bank: Mapped[str]
    account_number: Mapped[str] = mapped_column(info=PRIVATE, index=True)
    account_reversed: Mapped[str] = mapped_column(info=DERIVED, index=True)

    archive_level: Mapped[str | None]
    file_kind: Mapped[str | None]
    postal_code: Mapped[str] = mapped_column(default="")
    housing: Mapped[str | None]
    floor_area: Mapped[int | None]
    """In hundredths of a square metre."""
    registered_district: Mapped[str] = mapped_column(default="")
    """Where the household is registered (户口所在地), which may be anywhere in the country."""
    single_parent: Mapped[Answer] = mapped_column(default=Answer.NOT_ASKED)
    self_help: Mapped[Answer] = mapped_column(default=Answer.NOT_ASKED)
    other_yearly_income: Mapped[Fen | None]
    """Of the whole household, what is no wage."""
    secondary_causes: Mapped[tuple[str, ...]] = mapped_column(Listed, default=())
    needs: Mapped[tuple[str, ...]] = mapped_column(Listed, default=())
    relief_plan: Mapped[str] = mapped_column(default="")
    account_branch: Mapped[str] = mapped_column(default="")
    origin_unit: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    national_system_number: Mapped[str] = mapped_column(default="")
    national_system_entered_on: Mapped[date | None]
    """The day somebody typed the file into the national system."""

    members: Mapped[list["Member"]] = relationship(
        back_populates="household", order_by="Member.position", lazy="selectin"
    )


class Member(Entity):
    """A person of a household; the one at position 1 is the head (本人)."""

    __tablename__ = "member"
    __table_args__ = (
        Index(
            "uq_member_one_active_file",
            "id_number",
            unique=True,
            sqlite_where=text("active AND id_number <> ''"),
            postgresql_where=text("active AND id_number <> ''"),
        ),
        Index("ix_member_household", "household_id", "position", unique=True),
        Index("ix_member_surname", "surname", "id"),
        Index("ix_member_id_number", "id_number"),
        Index("ix_member_id_reversed", "id_reversed"),
        Index("ix_member_phone", "phone"),
        Index("ix_member_phone_reversed", "phone_reversed"),
    )

    household_id: Mapped[int] = mapped_column(Identity, ForeignKey("household.id"))
    position: Mapped[int]
    active: Mapped[bool]
    """False once the household's file is refused or closed: a person is in one active file."""
    joined_on: Mapped[date | None]
    """The day the person came into this household; `None` for from the beginning."""
    left_on: Mapped[date | None]
    """The day the person left it; the row stays, for what was given to them."""
    merged_into_id: Mapped[int | None] = mapped_column(Identity, ForeignKey("member.id"))
    """The same person in the household this one was merged into."""

    relation: Mapped[str | None]
    name: Mapped[str]
    surname: Mapped[str]
    """The first character of the name, for the newest of a common surname."""
    pinyin: Mapped[str]
    initials: Mapped[str]
    name_reversed: Mapped[str] = mapped_column(info=SOUGHT)
    """For names sought by their end: the given name alone."""
    ends: Mapped[str] = mapped_column(info=SOUGHT)
    """First and last character of a name of three or more, for one that is misspelt between."""
    id_number: Mapped[str] = mapped_column(info=PRIVATE)
    id_reversed: Mapped[str] = mapped_column(info=DERIVED)
    phone: Mapped[str] = mapped_column(info=PRIVATE)
    phone_reversed: Mapped[str] = mapped_column(info=DERIVED)
    birth: Mapped[date | None] = mapped_column(info=PRIVATE)
    """Masked like the number it was read from: the two together would give it away."""
    sex: Mapped[Sex | None] = mapped_column(Stored(Sex))
    ethnicity: Mapped[str | None]
    work_status: Mapped[str | None]
    health: Mapped[str | None]
    disability: Mapped[str | None]
    school_stage: Mapped[str | None]
    union_member: Mapped[Answer]
    monthly_income: Mapped[Fen | None]
    medical_self_paid_12_months: Mapped[Fen | None]
    school_costs_this_year: Mapped[Fen | None]
    admitted_this_year: Mapped[Answer]
    """Newly admitted to a school or university this year."""
    unemployed_since: Mapped[date | None]
    """The day of the unemployment registration."""
    political_status: Mapped[str | None]
    model_worker: Mapped[str | None]
    insurance: Mapped[str | None]
    marital_status: Mapped[str | None]
    residence_type: Mapped[str | None]
    other_contact: Mapped[str] = mapped_column(info=PRIVATE, default="")
    unit: Mapped[str] = mapped_column(default="")
    """The unit or school; the head's unit is the household's ``work_unit``."""
    unit_kind: Mapped[str | None]
    unit_condition: Mapped[str | None]
    industry: Mapped[str | None]
    working_since: Mapped[date | None]
    contract_signed_on: Mapped[date | None]
    contract_term: Mapped[str | None]
    enrolled_in: Mapped[int | None]
    """The year somebody entered the school they are at."""
    school_years: Mapped[int | None]
    """How many years it takes."""
    note: Mapped[str] = mapped_column(default="")

    household: Mapped[Household] = relationship(back_populates="members")


# The people of one name or reading, the newest first: a list of them is read without sorting.
Index("ix_member_name", Member.name, Member.id.desc())
Index("ix_member_pinyin", Member.pinyin, Member.id.desc())
Index("ix_member_initials", Member.initials, Member.id.desc())
Index("ix_member_name_reversed", Member.name_reversed, Member.id.desc())
Index("ix_member_ends", Member.ends, Member.id.desc())
Index("ix_member_birth_name", Member.birth, Member.name)


class SearchKey(Base):
    """A further way to find a person: a second reading of the name."""

    __tablename__ = "search_key"

    key: Mapped[str] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(Identity, ForeignKey("member.id"), primary_key=True)
