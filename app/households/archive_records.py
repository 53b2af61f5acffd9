"""What the national form (困难职工档案表) asks beside what intake needs."""

from datetime import date
from typing import Annotated

from app.core.i18n import N_
from app.core.kinds import Amount, Area, Code, Count, Day, Lines, ManyCodes, Text, YesNo
from app.core.money import Fen
from app.core.record import Record
from app.core.words import Answer

PoliticalStatus = Annotated[str | None, Code(label=N_("Political status"), list="political_status")]
ModelWorker = Annotated[str | None, Code(label=N_("Model worker"), list="model_worker")]
Insurance = Annotated[str | None, Code(label=N_("Medical insurance"), list="insurance")]
MaritalStatus = Annotated[str | None, Code(label=N_("Marital status"), list="marital_status")]
ResidenceType = Annotated[
    str | None, Code(label=N_("Kind of registered residence"), list="residence_type")
]
OtherContact = Annotated[str, Text(label=N_("Other contact"), max_length=60, private=True)]
UnitKind = Annotated[str | None, Code(label=N_("Kind of unit"), list="unit_kind")]
UnitCondition = Annotated[str | None, Code(label=N_("State of the unit"), list="unit_condition")]
Industry = Annotated[str | None, Code(label=N_("Industry"), list="industry")]
WorkingSince = Annotated[date | None, Day(label=N_("At work since"), may_be_future=False)]
ContractSigned = Annotated[
    date | None, Day(label=N_("Labour contract signed on"), may_be_future=False)
]
ContractTerm = Annotated[str | None, Code(label=N_("Term of the contract"), list="contract_term")]
Note = Annotated[str, Lines(label=N_("Note"))]
Unit = Annotated[str, Text(label=N_("Unit or school"), max_length=60)]
EnrolledIn = Annotated[
    int | None, Count(label=N_("Year of entering the school"), at_least=1950, at_most=2100)
]
SchoolYears = Annotated[int | None, Count(label=N_("Years of schooling"), at_least=1, at_most=10)]


class ArchiveForm(Record):
    """Section 9: further items of the archive; all of them may stay unknown."""

    archive_level: Annotated[
        str | None, Code(label=N_("Level of the archive"), list="archive_level")
    ] = None
    file_kind: Annotated[str | None, Code(label=N_("Kind of household file"), list="file_kind")] = (
        None
    )
    political_status: PoliticalStatus = None
    model_worker: ModelWorker = None
    marital_status: MaritalStatus = None
    residence_type: ResidenceType = None
    insurance: Insurance = None
    registered_district: Annotated[
        str, Text(label=N_("Registered residence"), hint=N_("Province, city, district"))
    ] = ""
    other_contact: OtherContact = ""
    postal_code: Annotated[str, Text(label=N_("Postal code"), max_length=6)] = ""
    housing: Annotated[str | None, Code(label=N_("Housing"), list="housing")] = None
    floor_area: Annotated[int | None, Area(label=N_("Floor area"), at_most=9_999_00)] = None
    single_parent: Annotated[Answer, YesNo(label=N_("Single parent"))] = Answer.NOT_ASKED
    self_help: Annotated[Answer, YesNo(label=N_("Can partly help themselves"))] = Answer.NOT_ASKED
    working_since: WorkingSince = None
    industry: Industry = None
    unit_kind: UnitKind = None
    unit_condition: UnitCondition = None
    origin_unit: Annotated[str, Text(label=N_("Unit of origin"), max_length=60)] = ""
    contract_signed_on: ContractSigned = None
    contract_term: ContractTerm = None
    other_yearly_income: Annotated[
        Fen | None,
        Amount(
            label=N_("Other income of the household, a year"),
            hint=N_("What is no wage, all members together"),
        ),
    ] = None
    secondary_causes: Annotated[
        tuple[str, ...],
        ManyCodes(label=N_("Secondary causes of hardship"), list="main_cause", at_most=3),
    ] = ()
    needs: Annotated[
        tuple[str, ...], ManyCodes(label=N_("Needs for help"), list="need", at_most=6)
    ] = ()
    relief_plan: Annotated[str, Lines(label=N_("Plan of help"), max_length=300)] = ""
    account_branch: Annotated[str, Text(label=N_("Bank branch"), max_length=60)] = ""
    national_system_number: Annotated[
        str, Text(label=N_("Number in the national system"), max_length=40)
    ] = ""
    national_system_entered_on: Annotated[
        date | None, Day(label=N_("Entered in the national system on"), may_be_future=False)
    ] = None
    note: Note = ""


OF_A_PERSON = frozenset(
    {"political_status", "model_worker", "marital_status", "residence_type", "insurance"}
    | {"other_contact", "working_since", "industry", "unit_kind", "unit_condition"}
    | {"contract_signed_on", "contract_term"}
)
"""Items that are asked of the head and of every other member alike."""

MEMBER_ITEMS = (
    *("ethnicity", "phone", "other_contact", "political_status", "marital_status"),
    *("residence_type", "insurance", "model_worker"),
    *("unit", "unit_kind", "unit_condition", "industry", "working_since"),
    *("contract_signed_on", "contract_term", "enrolled_in", "school_years", "note"),
)
"""Items of the archive that are asked of a member, in the order of the second line."""
