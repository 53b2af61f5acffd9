"""Two households side by side, for whoever decides although they share something."""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from app.core.i18n import N_, _
from app.core.record import Field
from app.core.words.disbursements import AwardState
from app.disbursements.deciding_records import (
    Compared,
    ComparedLine,
    ComparedSide,
    TwoHouseholds,
)
from app.disbursements.queries import award_rows
from app.disbursements.records import AwardQuery
from app.households.comparing import FIELDS, UNKNOWN, alike, told
from app.households.standing import standing
from app.households.store import head_of, people_of
from app.work import Permission, Work, query
from db.base import Row
from db.models.households import Household, Member

TELLING: Final = (
    *("account_number", "district", "address", "work_unit"),
    *("members_living_together", "income_12_months", "financial_assets"),
    *("rigid_expenditure_12_months", "main_cause", "receives_dibao"),
)
"""What tells two households apart, or that they are one."""
RARE: Final = ("account_number", "address")
"""Of it, what two households rarely have alike."""
NUMBERS: Final = ("id_number", "phone")
PHONE: Final = FIELDS[Member]["phone"].kind
GIVEN: Final = tuple(
    state for state in AwardState if state not in (AwardState.WITHDRAWN, AwardState.REFUSED)
)
AWARDS: Final = 5
"""The newest awards shown of each."""


@query(needs=Permission.APPROVE_AWARDS)
def two_households(work: Work, asked: TwoHouseholds) -> Compared:
    """Lay two households side by side: what is the same, what differs, what each was given."""
    one, other = standing(work, asked.household_id), standing(work, asked.other_id)
    return Compared(
        one=_side(work, one),
        other=_side(work, other),
        lines=tuple(_lines(one, other)),
        people=tuple(_people(people_of(one), people_of(other))),
    )


def _side(work: Work, household: Household) -> ComparedSide:
    awards = award_rows.run(work, AwardQuery(household_id=household.id, states=GIVEN))
    return ComparedSide(
        household_id=household.id,
        name=head_of(household).name,
        file_number=household.file_number or "",
        file_state=household.file_state,
        awards=tuple(reversed(awards[-AWARDS:])),
    )


def _lines(one: Household, other: Household) -> Iterator[ComparedLine]:
    """Yield what either household is known by, the account with its holder."""
    for name in TELLING:
        field = FIELDS[Household][name]
        values = getattr(one, name), getattr(other, name)
        if all(value in UNKNOWN for value in values):
            continue
        texts = (_text(field, one), _text(field, other))
        same = _same(*values)
        yield ComparedLine(
            label=_(field.kind.label),
            one=texts[0],
            other=texts[1],
            same=same,
            telling=bool(same) and name in RARE,
        )


def _text(field: Field, household: Household) -> str:
    value = getattr(household, field.name)
    if value in UNKNOWN:
        return ""
    text = told(field.kind, value)
    if field.name == "account_number":
        return "　".join(filter(None, (household.account_holder, text)))
    return text


def _same(one: object, other: object) -> bool | None:
    return None if one in UNKNOWN or other in UNKNOWN else one == other


class _Both(NamedTuple):
    """Two people of one line: perhaps the same person, or who has the same telephone."""

    one: Member | None
    other: Member | None
    by: str


def _people(ones: Sequence[Member], others: Sequence[Member]) -> Iterator[ComparedLine]:
    """Yield the people of both: first who is perhaps one person, then who shares a telephone,
    then everybody else, each in a line of their own."""
    for both in _pairs(ones, others):
        yield ComparedLine(
            label=both.by,
            one=_person(both.one),
            other=_person(both.other),
            same=True if both.one and both.other else None,
            telling=bool(both.one and both.other),
        )


def _pairs(ones: Sequence[Member], others: Sequence[Member]) -> Iterator[_Both]:
    left, right = list(ones), list(others)
    for each in alike(ones, others):
        left.remove(each.kept)
        right.remove(each.other)
        yield _Both(each.kept, each.other, _(each.by))
    for mine in list(left):
        theirs = next((row for row in right if row.phone and row.phone == mine.phone), None)
        if theirs is not None:
            left.remove(mine)
            right.remove(theirs)
            yield _Both(mine, theirs, _(PHONE.label))
    for mine in left:
        yield _Both(mine, None, mine.relation or _(HEAD))
    for theirs in right:
        yield _Both(None, theirs, theirs.relation or _(HEAD))


HEAD: Final = N_("Head of household")


def _person(member: Member | None) -> str:
    """Return name and numbers of a person, the numbers masked."""
    if member is None:
        return ""
    return "　".join((member.name, *_numbers(member)))


def _numbers(member: Row) -> Iterator[str]:
    for name in NUMBERS:
        if value := getattr(member, name):
            yield told(FIELDS[Member][name].kind, value)
