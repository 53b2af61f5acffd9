"""Who and what stands beside a borrower: who may, for how much, and whether it is enough."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import Conflict, RuleBroken
from app.core.money import Fen
from app.core.words.loans import LoanParty, LoanState, SecurityForm
from app.households.queries import household_view
from app.households.records import ById
from app.loans.rules import SecurityMissing
from app.loans.side_queries import guarantor_view, sides_view
from app.loans.side_records import (
    GuarantorAsked,
    SideChange,
    SideForm,
    SideRow,
    SidesOf,
    SideStep,
    SidesView,
)
from app.loans.side_rules import (
    CoversMore,
    FormMissing,
    FormNotAllowed,
    GuarantorDecides,
    GuarantorIsBorrower,
    GuarantorOfHousehold,
    GuarantorOverdue,
    IdMissing,
    MutualTooFew,
    NotWhenEnded,
    ReleasedAlready,
    SideThere,
    SignedStays,
    ThingMissing,
)
from app.loans.side_rules import capacity as can_stand_for
from app.loans.sides import add_side, change_side, check_security, release_side
from db.models.households import Member
from db.models.loans import Loan
from tests.guarantees import (
    BORROWER,
    enquiry,
    funded,
    guarantee,
    lent,
    repaid,
    surveyed,
    terms,
    working,
)
from tests.world import World, changed

ASKED = date(2012, 8, 1)
"""Under rules that exempt nobody from a counter-guarantee."""

PEOPLE = ("239001197902141339", "239001198809094122", "239001199001013515", "239001198303037710")


def loan(world: World, **more: Any) -> int:
    """Return an enquiry over 50,000 yuan."""
    with working(world) as work:
        return enquiry(work, **{"asked_on": ASKED} | more).id


def side(loan_id: int, number: str = PEOPLE[0], **more: Any) -> SideForm:
    """Return a salaried guarantor who stands for the whole loan."""
    fields: dict[str, Any] = {
        "party": LoanParty.GUARANTOR,
        "form": SecurityForm.SALARIED,
        "name": "许示例",
        "unit": "示例区第一中学",
        "monthly_income": Fen(320_000),
        "own_debts": Fen(0),
        "covers": Fen(5_000_000),
    } | more
    return SideForm(loan_id=loan_id, id_number=number, **fields)


def add(world: World, loan_id: int, number: str = PEOPLE[0], **more: Any) -> int:
    return world.do("sun", add_side, side(loan_id, number, **more))


def view(world: World, loan_id: int) -> SidesView:
    return world.ask("sun", sides_view, SidesOf(loan_id=loan_id))


def row(world: World, loan_id: int) -> SideRow:
    return view(world, loan_id).rows[0]


def check(world: World, loan_id: int) -> None:
    """Look whether a loan is secured, as the verb of signing does."""
    with working(world) as work:
        check_security(work, work.load(Loan, loan_id))


def set_loan(world: World, loan_id: int, **columns: Any) -> None:
    with working(world) as work:
        for name, value in columns.items():
            setattr(work.load(Loan, loan_id), name, value)


def at(world: World, state: LoanState, **more: Any) -> int:
    """Return a loan that a guarantee fund stands for, in a later state."""
    loan_id = surveyed(world, asked_on=ASKED, **more)
    add(world, loan_id)
    guarantee(world, loan_id, funded(world), 5_000_000)
    if state is not LoanState.GUARANTEED:
        set_loan(world, loan_id, state=LoanState.SECURED)
    return loan_id


# Who may


def test_a_guarantor_is_shown_with_what_they_can_stand_for(world: World) -> None:
    loan_id = loan(world)
    add(world, loan_id, own_debts=Fen(1_000_000))
    seen = row(world, loan_id)
    assert (seen.id_number, seen.against, seen.doubts) == ("2390**********1339", "", ())
    assert seen.capacity is not None
    assert seen.capacity.capacity == 24 * 320_000 - 1_000_000
    whole = view(world, loan_id)
    assert (whole.needed, whole.covered, whole.against) == (5_000_000, 5_000_000, "")
    check(world, loan_id)


@pytest.mark.parametrize(
    ("more", "broken"),
    [
        ({"id_number": BORROWER}, GuarantorIsBorrower),
        ({"form": None}, FormMissing),
        ({"party": LoanParty.PARTNER}, FormMissing),
        ({"id_number": ""}, IdMissing),
        ({"form": SecurityForm.MORTGAGE}, ThingMissing),
        ({"form": SecurityForm.PLEDGE, "thing": "存单 0123", "value": Fen(1)}, CoversMore),
        ({"form": SecurityForm.VILLAGE_REVIEW}, FormNotAllowed),
        ({"name": "赵建国"}, GuarantorDecides),
        ({"party": LoanParty.PARTNER, "form": None, "id_number": BORROWER}, GuarantorIsBorrower),
    ],
)
def test_some_people_and_things_are_refused(
    world: World, more: dict[str, Any], broken: type[RuleBroken]
) -> None:
    form = changed(side(loan(world)), **more)
    with pytest.raises(broken) as caught:
        world.do("sun", add_side, form)
    assert "{" not in caught.value.tell()


def test_somebody_who_only_bears_a_colleagues_name_may(world: World) -> None:
    loan_id = loan(world)
    add(world, loan_id, name="赵建国", only_the_name=True)
    check(world, loan_id)


def test_nobody_stands_twice_beside_a_borrower(world: World) -> None:
    loan_id = loan(world)
    add(world, loan_id)
    with pytest.raises(SideThere):
        add(world, loan_id, form=SecurityForm.CREDITWORTHY)
    house = {"form": SecurityForm.MORTGAGE, "value": Fen(9_000_000)}
    for certificate in ("1", "2"):
        add(world, loan_id, PEOPLE[1], thing=f"住宅，房权证 {certificate} 号", **house)


def test_a_partner_or_a_spouse_is_no_guarantor(world: World) -> None:
    loan_id = loan(world)
    for number, party in ((PEOPLE[0], LoanParty.PARTNER), (PEOPLE[1], LoanParty.SPOUSE)):
        add(world, loan_id, number, party=party, form=None, covers=Fen(0))
    with pytest.raises(GuarantorIsBorrower):
        add(world, loan_id, PEOPLE[0])
    with pytest.raises(GuarantorOfHousehold):
        add(world, loan_id, PEOPLE[1])


def members(world: World, household_id: int) -> list[str]:
    """Return the ID numbers of a household."""
    with working(world) as work:
        found = work.session.query(Member.id_number).filter_by(household_id=household_id)
        return [number for (number,) in found if number]


def test_a_guarantor_is_of_another_household(world: World) -> None:
    """By the file the loan names, and by ID number when it names none."""
    home, other = world.accept().household_id, world.accept().household_id
    ours, theirs = members(world, home), members(world, other)
    linked = loan(world, household_id=home, id_number=PEOPLE[3])
    called = loan(world, id_number=ours[0])
    for loan_id in (linked, called):
        with pytest.raises(GuarantorOfHousehold):
            add(world, loan_id, ours[1])
        add(world, loan_id, theirs[0])
        assert row(world, loan_id).household_id == other
    assert world.ask("wang", household_view, ById(id=other)).id == other


def test_somebody_whose_own_loan_is_overdue_is_no_guarantor(world: World) -> None:
    own = lent(world, funded(world), terms(date(2026, 10, 20)), id_number=PEOPLE[0])
    loan_id = loan(world)
    add(world, loan_id)
    check(world, loan_id)
    assert "本人有贷款" in row(world, loan_id).doubts[-1]
    world.clock.instant = world.clock.instant.replace(day=21)
    with pytest.raises(GuarantorOverdue, match="贷-1"):
        check(world, loan_id)
    seen = world.ask("sun", guarantor_view, GuarantorAsked(id_number=PEOPLE[0], loan_id=loan_id))
    assert "逾期" in seen.against
    assert [each.loan_id for each in seen.own] == [own]
    assert "逾期" in row(world, loan_id).against
    assert view(world, loan_id).against


# Exposure


def test_what_a_guarantor_stands_for_elsewhere_counts(world: World) -> None:
    first = lent(world, funded(world), terms(date(2026, 10, 20)))
    second, third = (loan(world, id_number=number) for number in PEOPLE[1:3])
    for loan_id in (first, second, third):
        add(world, loan_id, covers=Fen(4_000_000))
    repaid(world, first, date(2026, 11, 20), fen=8_576_250)
    set_loan(world, third, state=LoanState.REFUSED)
    asked = GuarantorAsked(id_number=PEOPLE[0], loan_id=loan(world, id_number=PEOPLE[3]))
    seen = world.ask("sun", guarantor_view, asked)
    assert [(each.loan_id, each.covers, each.left) for each in seen.loans] == [
        (second, 4_000_000, 4_000_000),
        (first, 4_000_000, 1_500_000),
    ]
    assert (seen.total, seen.against) == (5_500_000, "")
    [told] = [each for each in view(world, second).rows if each.capacity]
    assert told.capacity is not None
    assert told.capacity.elsewhere == 1_500_000


def test_too_little_income_is_shown_and_refuses_nothing(world: World) -> None:
    loan_id = loan(world)
    add(world, loan_id, monthly_income=Fen(200_000))
    [doubt] = row(world, loan_id).doubts
    assert "50,000.00" in doubt
    assert "48,000.00" in doubt
    check(world, loan_id)
    unknown = loan(world, id_number=PEOPLE[1])
    add(world, unknown, monthly_income=None, own_debts=None)
    seen = row(world, unknown)
    assert seen.capacity is not None
    assert seen.capacity.capacity is None
    assert len(seen.doubts) == 3


@given(
    income=st.integers(0, 10**8),
    months=st.integers(1, 60),
    debts=st.integers(0, 10**9),
    elsewhere=st.integers(0, 10**9),
)
def test_capacity_falls_by_what_is_owed_and_never_below_zero(
    income: int, months: int, debts: int, elsewhere: int
) -> None:
    assert can_stand_for(income, months, 0, 0) == income * months
    rest = can_stand_for(income, months, debts, elsewhere)
    assert rest == max(0, income * months - debts - elsewhere)
    assert can_stand_for(None, months, debts, elsewhere) is None
    assert can_stand_for(income, months, None, elsewhere) is None


# Whether it is enough


def test_three_borrowers_stand_for_each_other(world: World) -> None:
    loan_id = loan(world)
    mutual = {"form": SecurityForm.MUTUAL, "covers": Fen(2_500_000)}
    add(world, loan_id, PEOPLE[0], **mutual)
    with pytest.raises(MutualTooFew, match="现登记 2 人"):
        check(world, loan_id)
    add(world, loan_id, PEOPLE[1], **mutual)
    check(world, loan_id)


def test_what_stands_covers_the_loan(world: World) -> None:
    loan_id = loan(world)
    add(world, loan_id, covers=Fen(4_999_999))
    with pytest.raises(SecurityMissing, match=r"49,999\.99.*50,000\.00"):
        check(world, loan_id)
    assert "49,999.99" in view(world, loan_id).against
    house = {"form": SecurityForm.MORTGAGE, "thing": "住宅，房权证 0123 号", "covers": Fen(1)}
    add(world, loan_id, PEOPLE[1], **house)
    check(world, loan_id)
    assert "价值不详" in view(world, loan_id).rows[1].doubts


def test_small_loans_need_nobody_where_the_rules_say_so(world: World) -> None:
    loan_id = loan(world, asked_on=date(2020, 6, 1), asked=Fen(10_000_000))
    assert view(world, loan_id).needed == 0
    check(world, loan_id)
    larger = loan(world, asked_on=date(2020, 6, 1), asked=Fen(10_000_001), id_number=PEOPLE[2])
    with pytest.raises(SecurityMissing):
        check(world, larger)


# Later


def test_a_side_is_mended_until_the_guarantee_is_signed(world: World) -> None:
    loan_id = at(world, LoanState.GUARANTEED)
    seen = row(world, loan_id)
    form = SideChange(
        id=seen.id,
        version=seen.version,
        form=SecurityForm.SALARIED,
        name="许示例",
        id_number=PEOPLE[0],
        unit="示例区第二中学",
        monthly_income=Fen(330_000),
        own_debts=Fen(0),
        covers=Fen(5_000_000),
    )
    world.do("sun", change_side, form)
    with pytest.raises(Conflict):
        world.do("sun", change_side, form)
    newer = changed(form, version=seen.version + 1)
    with pytest.raises(GuarantorIsBorrower):
        world.do("sun", change_side, changed(newer, id_number=BORROWER))
    set_loan(world, loan_id, state=LoanState.SECURED)
    with pytest.raises(SignedStays):
        world.do("sun", change_side, changed(newer, covers=Fen(1)))
    world.do("sun", change_side, changed(newer, phone="15400001111"))
    assert row(world, loan_id).phone == "154****1111"


def test_once_signed_a_guarantor_goes_only_when_the_others_cover(world: World) -> None:
    loan_id = at(world, LoanState.SECURED)
    first = row(world, loan_id)
    step = SideStep(id=first.id, version=first.version, reason="调离本市")
    with pytest.raises(SecurityMissing):
        world.do("sun", release_side, step)
    add(world, loan_id, PEOPLE[1])
    world.do("sun", release_side, step)
    rows = view(world, loan_id).rows
    assert [each.live for each in rows] == [True, False]
    with pytest.raises(ReleasedAlready):
        world.do("sun", release_side, changed(step, version=2))
    check(world, loan_id)


def test_nobody_is_put_beside_a_loan_that_has_ended(world: World) -> None:
    loan_id = loan(world)
    set_loan(world, loan_id, state=LoanState.WITHDRAWN)
    with pytest.raises(NotWhenEnded, match="已撤回"):
        add(world, loan_id)
