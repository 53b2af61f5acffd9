"""Households with every item of the national form filled in."""

from datetime import date
from typing import Any

from app.core.kinds import Amount, Area, Code, Count, Day, Kind, Lines, ManyCodes, Phone, YesNo
from app.core.record import specs
from app.core.words import Answer
from app.households.archive_records import MEMBER_ITEMS, ArchiveForm
from app.households.records import HouseholdForm, MemberForm
from app.reference.codes import code_list
from tests.people import household, member
from tests.world import changed

SPECIAL = {"postal_code": "150001", "enrolled_in": 2024, "school_years": 3}
DAY = date(2015, 3, 9)


def value_of(name: str, kind: Kind) -> Any:
    """Return something that can be said in a field."""
    match kind:
        case _ if name in SPECIAL:
            return SPECIAL[name]
        case Code(list=words):
            return code_list(words).versions[-1].words[-1]
        case ManyCodes(list=words, at_most=most):
            return code_list(words).versions[-1].words[-most:]
        case YesNo():
            return Answer.YES
        case Day():
            return DAY
        case Amount() | Area() | Count():
            return 12_345
        case Phone():
            return "15400009876"
        case Lines():
            return f"{name} 甲\n{name} 乙"
        case _:
            return f"{name} 丙"


def full_archive() -> ArchiveForm:
    """Return section 9 with nothing left open."""
    return ArchiveForm(**{each.name: value_of(each.name, each.kind) for each in specs(ArchiveForm)})


def full_member(name: str, order: int | None = None, relation: str = "女儿") -> MemberForm:
    """Return a member with every item of the archive."""
    kinds = {each.name: each.kind for each in specs(MemberForm)}
    items = {item: value_of(item, kinds[item]) for item in MEMBER_ITEMS}
    return changed(member(name, order, relation), **items)


def full_household(*members: MemberForm, order: int = 2) -> HouseholdForm:
    """Return a household with nothing of the archive left open."""
    return changed(household(order=order, members=members), archive=full_archive())
