"""One need is met once: across relatives, funds and measures, until its award is refused."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from app.cases.measures import measure_on
from app.cases.records import Accepted
from app.core.errors import Invalid, RuleBroken
from app.core.money import Fen
from app.core.words import Answer
from app.core.words.disbursements import Decision, NeedKind
from app.core.words.funds import FundSource
from app.disbursements.needs import one_for_the_other, school_year
from app.disbursements.proposing import amend_award, withdraw_award
from app.disbursements.queries import award_view
from app.disbursements.records import AwardById, AwardChange, AwardStepForm, NeedForm
from app.disbursements.rules import NeedMet, PupilUnknown
from app.households.actions import change_household, open_form
from app.households.queries import household_view
from app.households.records import ById, MemberForm, Reveal
from tests.app.test_disbursements_members import fund
from tests.filled import raw
from tests.world import World, changed

STAY = NeedForm(kind=NeedKind.HOSPITAL_STAY, number="zy 2026-00317")
INVOICE = NeedForm(kind=NeedKind.INVOICE, number="00128845")
PUPIL = "239001200703150034"


def view(world: World, award_id: int) -> Any:
    return world.ask("zhao", award_view, AwardById(id=award_id)).row


def take_back(world: World, award_id: int) -> None:
    step = AwardStepForm(award_id=award_id, version=view(world, award_id).version)
    world.do("wang", withdraw_award, step)


def refused(world: World, accepted: Accepted, *needs: NeedForm, **more: Any) -> str:
    with pytest.raises(NeedMet) as caught:
        world.propose(accepted, fen=20_000, needs=needs, **more)
    return caught.value.tell()


def test_a_hospital_stay_is_met_once_whoever_asks(world: World) -> None:
    first, relative = world.file(), world.file()
    award = view(world, world.propose(first, needs=(STAY, INVOICE)))
    same = changed(STAY, number="ZY2026-00317 ")
    says = refused(world, relative, same)
    for told in (award.number, award.name, award.fund, "800.00", "2026-11-20", "ZY2026-00317"):
        assert told in says
    assert award.state.label in says


def test_another_fund_does_not_pay_it_either(world: World) -> None:
    first, relative = world.file(), world.file()
    world.propose(first, needs=(INVOICE,))
    refused(world, relative, INVOICE, fund_id=fund(world, FundSource.DONATION))
    assert world.propose(relative, needs=(changed(INVOICE, number="00128846"),))


def test_the_same_number_of_another_kind_is_another_need(world: World) -> None:
    first, relative = world.file(), world.file()
    world.propose(first, needs=(INVOICE,))
    assert world.propose(relative, needs=(changed(INVOICE, kind=NeedKind.HOSPITAL_STAY),))


@pytest.mark.parametrize("how", ["withdrawn", "refused"])
def test_a_need_is_free_again_when_its_award_ends(world: World, how: str) -> None:
    first, relative = world.file(), world.file()
    award_id = world.propose(first, needs=(STAY,))
    if how == "withdrawn":
        take_back(world, award_id)
    else:
        world.decide(award_id, Decision.REFUSED, opinion="材料不实")
    again = world.propose(relative, needs=(STAY,))
    assert view(world, again).number
    refused(world, first, STAY)


def test_what_was_sent_back_still_holds_its_needs(world: World) -> None:
    first, relative = world.file(), world.file()
    award_id = world.propose(first, needs=(STAY, INVOICE))
    change = sent_back(world, award_id)
    refused(world, relative, STAY)
    shown = world.ask("wang", award_view, AwardById(id=award_id))
    assert {need.number for need in shown.needs} == {"00128845", "ZY2026-00317"}
    world.do("wang", amend_award, changed(change, needs=(STAY,)))
    refused(world, relative, STAY)
    assert world.propose(relative, needs=(INVOICE,))  # proposed anew without it


@pytest.mark.parametrize(
    ("day", "year"),
    [
        (date(2026, 8, 31), 2025),
        (date(2026, 9, 1), 2026),
        (date(2026, 12, 31), 2026),
        (date(2027, 1, 1), 2026),
    ],
)
def test_a_school_year_begins_in_september(day: date, year: int) -> None:
    assert school_year(day) == year


def pupil(world: World, accepted: Accepted, number: str = PUPIL) -> tuple[Accepted, int]:
    """Let a student who was just admitted live in a household; return their id."""
    change = world.do("wang", open_form, Reveal(household_id=accepted.household_id))
    child = MemberForm(
        relation="女儿", name="单学子", id_number=number, school_stage="大学本科",
        admitted_this_year=Answer.YES, school_costs_this_year=Fen(800_000),
    )  # fmt: skip
    members = (*change.household.members, child)
    world.do(
        "wang",
        change_household,
        changed(change, household=changed(change.household, members=members)),
    )
    people = world.ask("wang", household_view, ById(id=accepted.household_id)).members
    return accepted, people[-1].id


def schooling(world: World, accepted: Accepted, member_id: int, measure: str) -> int:
    return world.propose(accepted, 100_000, measure=measure, member_id=member_id)


def test_a_pupils_year_is_paid_once_where_the_documents_say_so(world: World) -> None:
    accepted, child = pupil(world, world.file())
    award_id = schooling(world, accepted, child, "schooling_relief")
    for measure in ("schooling_relief", "golden_autumn"):
        with pytest.raises(NeedMet, match="2026–2027"):
            schooling(world, accepted, child, measure)
    take_back(world, award_id)
    assert schooling(world, accepted, child, "golden_autumn")
    with pytest.raises(NeedMet):
        schooling(world, accepted, child, "schooling_relief")


def sent_back(world: World, award_id: int) -> AwardChange:
    """Send an award back; return what proposes it anew."""
    world.decide(award_id, Decision.SENT_BACK, opinion="金额请核对")
    return AwardChange(
        award_id=award_id,
        version=view(world, award_id).version,
        amount=Fen(50_000),
        fund_id=world.fund_id(),
        account_holder="李示例",
        account_number="6222021234567890128",
    )


def test_proposed_anew_after_the_holidays_it_is_for_the_same_school_year(world: World) -> None:
    world.clock.instant = datetime(2026, 8, 31, 2, 30, tzinfo=UTC)
    accepted, child = pupil(world, world.file())
    award_id = schooling(world, accepted, child, "schooling_relief")
    change = sent_back(world, award_id)
    world.clock.instant += timedelta(days=1)
    world.do("wang", amend_award, change)
    assert world.ask("wang", award_view, AwardById(id=award_id)).meets == (
        "单学子，2025–2026 学年",
    )
    new_year = schooling(world, accepted, child, "golden_autumn")
    with pytest.raises(NeedMet, match="2026–2027"):
        schooling(world, accepted, child, "schooling_relief")
    world.do("wang", amend_award, sent_back(world, new_year))
    world.do("wang", amend_award, sent_back(world, award_id))


@pytest.mark.parametrize("typed", ["23900120080315004x", " 239001 20080315 004Ｘ"])
def test_a_pupil_is_known_however_the_number_was_typed(world: World, typed: str) -> None:
    accepted, child = pupil(world, world.file(), number=typed)
    award_id = schooling(world, accepted, child, "schooling_relief")
    with raw(world.office.path) as store:
        keys = store.run("SELECT key FROM award_need WHERE award_id = ?", award_id)
    assert {key.split()[0] for (key,) in keys} == {"23900120080315004X"}


def test_a_pupil_is_known_after_the_number_was_corrected(world: World) -> None:
    accepted, child = pupil(world, world.file())
    award_id = schooling(world, accepted, child, "schooling_relief")
    correct(world, accepted, "23900120080315004X")
    with pytest.raises(NeedMet, match="2026–2027"):
        schooling(world, accepted, child, "golden_autumn")
    change = sent_back(world, award_id)
    world.do("wang", amend_award, change)  # its own need does not stand against it
    take_back(world, award_id)
    assert schooling(world, accepted, child, "golden_autumn")


def correct(world: World, accepted: Accepted, number: str) -> None:
    """Correct the ID number of whoever stands last in a file."""
    form = world.do("wang", open_form, Reveal(household_id=accepted.household_id))
    *others, child = form.household.members
    members = (*others, changed(child, id_number=number))
    world.do(
        "wang",
        change_household,
        changed(form, household=changed(form.household, members=members)),
    )


def test_no_pupil_gets_a_number_of_fifteen_digits(world: World) -> None:
    with pytest.raises(Invalid) as refused:
        pupil(world, world.file(), number="239001750315004")
    assert [problem.code for problem in refused.value.problems] == ["id_15"]


def test_a_school_year_is_not_typed(world: World) -> None:
    typed = NeedForm(kind=NeedKind.SCHOOL_YEAR, number=f"{PUPIL} 2026 schooling_relief")
    award_id = world.propose(world.file(), needs=(typed,))
    assert world.ask("wang", award_view, AwardById(id=award_id)).meets == ()
    accepted, child = pupil(world, world.file())
    assert schooling(world, accepted, child, "schooling_relief")


def test_a_pupil_without_a_number_cannot_be_known(world: World) -> None:
    accepted, child = pupil(world, world.file(), number="")
    with pytest.raises((PupilUnknown, RuleBroken)):
        schooling(world, accepted, child, "schooling_relief")


def test_the_store_itself_refuses_a_second_live_award(filled: Path) -> None:
    """Two desks at once, or raw SQL: the key is unique among those that are live."""
    with raw(filled) as store:
        need = store.run("SELECT id, kind, key FROM award_need WHERE live LIMIT 1")[0]
        with pytest.raises(Exception, match="award_need"):
            store.again("award_need", f"id = {need[0]}")
        with pytest.raises(Exception, match="guard award_need_not_replaced"):
            store.run(
                "INSERT OR REPLACE INTO award_need (award_id, kind, key, live) "
                "SELECT award_id, kind, key, live FROM award_need WHERE id = ?",
                need[0],
            )
        store.run("UPDATE award_need SET live = 0 WHERE id = ?", need[0])
        with pytest.raises(Exception, match="guard need_ends"):
            store.run("UPDATE award_need SET live = 1 WHERE id = ?", need[0])
        with pytest.raises(Exception, match="guard award_need_kept"):
            store.run("DELETE FROM award_need WHERE id = ?", need[0])


@pytest.mark.parametrize(
    ("day", "joined"),
    [(date(2012, 9, 1), False), (date(2022, 12, 31), False), (date(2023, 1, 1), True)],
)
def test_the_documents_say_whether_one_schooling_grant_stands_for_the_other(
    day: date, joined: bool
) -> None:
    both = ["golden_autumn", "schooling_relief"]
    for id_ in both:
        measure = measure_on(id_, day)
        assert measure is not None
        assert one_for_the_other(measure, day) == (both if joined else [id_])
