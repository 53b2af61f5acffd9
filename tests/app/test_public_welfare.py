"""Public-welfare posts: three years, until the pension near it, and at least the minimum wage."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.days import months_after
from app.core.money import Fen
from app.core.words.placements import PayUnit
from app.placements.placement_records import LeaveForm
from app.placements.placing import leave_job
from app.placements.public_welfare import last_day
from app.placements.public_welfare_rules import (
    BelowMinimumWage,
    PensionReached,
    Period,
    StillInPost,
    YearsUsedUp,
    last_day_of,
)
from app.placements.vacancies import (
    change_vacancy,
    confirm_vacancies,
    reopen_vacancy,
    withdraw_vacancy,
)
from app.placements.vacancy_queries import minimum_wage, public_welfare_term
from app.placements.vacancy_records import (
    ConfirmForm,
    TermAsked,
    TermView,
    VacancyChangeForm,
    VacancyEndForm,
    VacancyReopenForm,
    WageAsked,
    WageFloor,
)
from app.reference.dated import Confidence
from app.reference.job_rules import rules_on
from db.models.placements import Placement
from tests.guarantees import working
from tests.hiring import JobDesk
from tests.people import id_number
from tests.world import World, changed

DAY = timedelta(days=1)
RULES = rules_on(date(2026, 11, 20)).public_welfare
START = date(2026, 11, 20)


@pytest.fixture
def desk(world: World) -> JobDesk:
    return JobDesk(world)


# How long


@pytest.mark.parametrize(
    ("retires_on", "last"),
    [
        (None, date(2029, 11, 19)),
        (date(2031, 11, 21), date(2029, 11, 19)),
        (date(2031, 11, 20), date(2031, 11, 20)),
        (date(2027, 1, 31), date(2027, 1, 31)),
        (START + DAY, START + DAY),
    ],
)
def test_three_years_or_until_the_pension_within_five(retires_on: date | None, last: date) -> None:
    assert last_day_of(RULES, START, retires_on) == last


def test_earlier_posts_count_to_the_day() -> None:
    first = (date(2020, 3, 1), date(2023, 2, 27))
    assert last_day_of(RULES, START, None, [first]) == START
    used_up = (date(2020, 3, 1), date(2023, 2, 28))
    assert last_day_of(RULES, START, None, [used_up]) is None
    assert last_day_of(RULES, START, date(2031, 11, 20), [used_up]) == date(2031, 11, 20)
    two = [(date(2020, 1, 1), date(2020, 12, 31)), (date(2022, 1, 1), date(2022, 12, 31))]
    assert last_day_of(RULES, START, None, two) == START + 364 * DAY


@given(
    st.dates(date(2012, 1, 1), date(2026, 1, 1)),
    st.lists(st.tuples(st.integers(1, 200), st.integers(1, 200)), max_size=6),
)
def test_breaks_between_posts_neither_give_nor_take_a_day(
    begin: date, parts: list[tuple[int, int]]
) -> None:
    """However the time is cut, all days together are those of one post without a break."""
    periods: list[Period] = []
    day = begin
    for length, pause in parts:
        periods.append((day, day + (length - 1) * DAY))
        day += (length + pause) * DAY
    last = last_day_of(RULES, day, None, periods)
    used = sum(length for length, _ in parts)
    whole = (months_after(begin, RULES.months) - begin).days
    left = 0 if last is None else (last - day).days + 1
    assert left == max(0, whole - used)


def post(desk: JobDesk, **over: Any) -> int:
    """Return a public-welfare post that pays enough."""
    return desk.vacancy(public_welfare=True, occupation="公益保洁", **over)


def recognised(desk: JobDesk) -> int:
    seeker = desk.seeker()
    desk.recognised(seeker)
    return seeker


def left(desk: JobDesk, placement_id: int) -> None:
    version = desk.see_placement(placement_id).row.version
    form = LeaveForm(id=placement_id, version=version, left_on=desk.today, reason="期满")
    desk.world.do("li", leave_job, form)


def term(desk: JobDesk, seeker: int, **over: Any) -> TermView:
    asked = TermAsked(job_seeker_id=seeker, started_on=desk.today)
    return desk.world.ask("li", public_welfare_term, changed(asked, **over))


def test_a_person_has_three_years_in_all_posts_together(desk: JobDesk) -> None:
    seeker = recognised(desk)
    assert term(desk, seeker).last_day == date(2029, 11, 19)
    placement = desk.hire(seeker, post(desk))
    assert desk.see_placement(placement).row.number in term(desk, seeker).why_not
    with working(desk.world, "li") as work:
        with pytest.raises(StillInPost):
            last_day(work, seeker, desk.today)
        assert last_day(work, seeker, desk.today, without=placement) == date(2029, 11, 19)

    desk.pass_to(date(2028, 11, 19))
    left(desk, placement)
    desk.pass_to(date(2028, 12, 1))
    again = term(desk, seeker)
    assert (again.last_day, again.near_pension) == (date(2029, 11, 30), False)
    assert again.rules_provisional
    near = term(desk, seeker, retires_on=date(2033, 12, 1))
    assert (near.last_day, near.near_pension) == (date(2033, 12, 1), True)


def test_who_has_used_them_up_stays_only_when_near_the_pension(desk: JobDesk) -> None:
    seeker = recognised(desk)
    placement = desk.hire(seeker, post(desk))
    desk.pass_to(date(2029, 11, 19))
    left(desk, placement)
    with working(desk.world, "li") as work:
        with pytest.raises(YearsUsedUp, match="1096 天"):
            last_day(work, seeker, desk.today)
        with pytest.raises(YearsUsedUp):
            last_day(work, seeker, desk.today, months_after(desk.today, 60) + DAY)
        pension = months_after(desk.today, 60)
        assert last_day(work, seeker, desk.today, pension) == pension
    assert "退休" in term(desk, seeker).why_not


def test_nobody_holds_a_post_from_the_pension_on(desk: JobDesk) -> None:
    seeker = desk.seeker()
    with working(desk.world, "li") as work, pytest.raises(PensionReached):
        last_day(work, seeker, desk.today, desk.today)
    assert term(desk, seeker, retires_on=desk.today).last_day is None
    assert term(desk, seeker, retires_on=desk.today + DAY).last_day == desk.today + DAY


@pytest.mark.parametrize(
    ("order", "birth", "first"),
    [(4, date(1984, 3, 5), date(2029, 3, 5)), (3, date(1979, 3, 5), date(2029, 3, 5))],
)
def test_nobody_is_near_a_pension_that_is_years_away(
    desk: JobDesk, order: int, birth: date, first: date
) -> None:
    seeker = desk.seeker(id_number=id_number(order, f"{birth:%Y%m%d}"))
    early = term(desk, seeker, retires_on=first - DAY)
    assert early.last_day is None
    assert "核对退休日期" in early.why_not
    assert term(desk, seeker, retires_on=first).last_day == first


def test_the_post_itself_ends_on_that_day(desk: JobDesk) -> None:
    seeker = recognised(desk)
    placement = desk.hire(seeker, post(desk), retires_on=date(2030, 5, 1))
    with working(desk.world, "li") as work:
        assert work.load(Placement, placement).ends_on == date(2030, 5, 1)


# How much


def floor(desk: JobDesk, district: str | None, day: date) -> WageFloor:
    return desk.world.ask("li", minimum_wage, WageAsked(district=district, day=day))


def test_the_minimum_wage_is_of_the_district_and_the_day(desk: JobDesk) -> None:
    assert floor(desk, "南岗区", date(2012, 11, 30)).amount == 84_000
    assert floor(desk, "南岗区", date(2012, 12, 1)).amount == 116_000
    now = floor(desk, "南岗区", desk.today)
    assert (now.amount, now.confidence) == (227_000, Confidence.SEEN)
    assert (now.effective_from, bool(now.document)) == (date(2025, 12, 1), True)
    assert floor(desk, "尚志市", desk.today).amount != now.amount
    assert floor(desk, "南岗区", date(2028, 12, 1)).amount is None
    assert floor(desk, None, desk.today).amount is None
    assert floor(desk, "某区", desk.today).amount is None


@pytest.mark.parametrize(("fen", "taken"), [(227_000, True), (226_999, False)])
def test_a_public_welfare_post_pays_at_least_the_minimum_wage(
    desk: JobDesk, fen: int, taken: bool
) -> None:
    if taken:
        view = desk.see_vacancy(post(desk, wage_from=Fen(fen)))
        assert (view.below_floor, view.floor.amount) == (False, 227_000)
    else:
        with pytest.raises(BelowMinimumWage, match=r"2,270\.00.*2,269\.99"):
            post(desk, wage_from=Fen(fen))


def test_a_minimum_wage_that_is_not_known_is_said_and_refuses_nothing(desk: JobDesk) -> None:
    view = desk.see_vacancy(post(desk, district=None, wage_from=Fen(100)))
    assert (view.below_floor, view.floor.amount) == (None, None)


def test_another_post_below_the_minimum_wage_is_taken_in_and_said(desk: JobDesk) -> None:
    view = desk.see_vacancy(desk.vacancy(wage_from=Fen(226_999)))
    assert view.below_floor
    view = desk.see_vacancy(desk.vacancy(wage_from=Fen(2_000), pay_unit=PayUnit.HOUR))
    assert view.below_floor is None


def test_a_wage_that_was_enough_is_asked_again_when_the_post_is_confirmed(desk: JobDesk) -> None:
    old = date(2012, 11, 30)
    vacancy = post(desk, wage_from=Fen(84_000), opened_on=old, valid_until=date(2027, 1, 1))
    view = desk.see_vacancy(vacancy)
    assert view.below_floor
    with pytest.raises(BelowMinimumWage):
        desk.world.do("li", confirm_vacancies, ConfirmForm(ids=(vacancy,), day=desk.today))

    def change(**over: Any) -> None:
        form = VacancyChangeForm(
            id=vacancy,
            version=desk.see_vacancy(vacancy).row.version,
            vacancy=changed(view.vacancy, **over),
        )
        desk.world.do("li", change_vacancy, form)

    change(note="只改备注")
    with pytest.raises(BelowMinimumWage):
        change(wage_from=Fen(226_999))
    version = desk.see_vacancy(vacancy).row.version
    end = VacancyEndForm(id=vacancy, version=version, reason="工资未调整")
    desk.world.do("li", withdraw_vacancy, end)
    again = VacancyReopenForm(id=vacancy, version=version + 1, day=desk.today)
    with pytest.raises(BelowMinimumWage):
        desk.world.do("li", reopen_vacancy, again)


def test_who_begins_in_such_a_post_is_paid_no_less_either(desk: JobDesk) -> None:
    seeker = recognised(desk)
    vacancy = post(desk)
    with pytest.raises(BelowMinimumWage):
        desk.hire(seeker, vacancy, wage=Fen(226_999))
    other = recognised(desk)
    assert desk.hire(other, vacancy, wage=Fen(227_000))
