"""Vacancies: reported within the law, fresh while confirmed, filled as people are hired."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import Conflict, Invalid, NotFound, NotNow, Refused
from app.core.money import Fen
from app.core.words import Answer
from app.core.words.households import Sex
from app.core.words.placements import (
    Education,
    PayUnit,
    ReferralState,
    Shift,
    SkillGrade,
    Strain,
    VacancyState,
)
from app.placements.employer_records import EmployerById
from app.placements.employer_rules import EmployerBarred, PapersMissing
from app.placements.employers import change_employer, open_employer_form
from app.placements.vacancies import (
    change_vacancy,
    confirm_vacancies,
    open_vacancy,
    reopen_vacancy,
    withdraw_vacancy,
)
from app.placements.vacancy_queries import vacancy_count, vacancy_counts, vacancy_rows
from app.placements.vacancy_records import (
    ConfirmForm,
    VacancyChangeForm,
    VacancyEndForm,
    VacancyQuery,
    VacancyReopenForm,
    VacancyRow,
)
from app.placements.vacancy_rules import (
    ConfirmedLater,
    NothingChosen,
    NotHiring,
    PostsTaken,
    RunOut,
    VacancyFixed,
    VacancyWithdrawn,
    confirm_by,
    fresh_since,
    problems,
    valid_until,
)
from app.reference.job_rules import rules_on
from app.reference.workdays import workdays_left
from db.models.vacancies import Vacancy
from tests.guarantees import working
from tests.hiring import JobDesk, vacancy_form
from tests.world import World, changed

FRESH, STALE = date(2026, 11, 6), date(2026, 11, 5)
"""Ten and eleven working days before the day of the tests."""

DAY = timedelta(days=1)


@pytest.fixture
def desk(world: World) -> JobDesk:
    return JobDesk(world)


def change(desk: JobDesk, vacancy_id: int, user: str = "li", **over: Any) -> None:
    view = desk.see_vacancy(vacancy_id)
    form = VacancyChangeForm(
        id=vacancy_id, version=view.row.version, vacancy=changed(view.vacancy, **over)
    )
    desk.world.do(user, change_vacancy, form)


def withdraw(desk: JobDesk, vacancy_id: int) -> None:
    version = desk.see_vacancy(vacancy_id).row.version
    form = VacancyEndForm(id=vacancy_id, version=version, reason="单位另行招到人")
    desk.world.do("li", withdraw_vacancy, form)


def reopen(desk: JobDesk, vacancy_id: int, **over: Any) -> None:
    version = desk.see_vacancy(vacancy_id).row.version
    form = VacancyReopenForm(id=vacancy_id, version=version, day=desk.today)
    desk.world.do("li", reopen_vacancy, changed(form, **over))


def confirm(desk: JobDesk, *ids: int, **over: Any) -> int:
    form = ConfirmForm(ids=ids, day=desk.today, spoken_with="孙示例")
    return desk.world.do("li", confirm_vacancies, changed(form, **over))


def wrong_with(**over: Any) -> list[tuple[str, str]]:
    form = vacancy_form(1, date(2026, 11, 20), **over)
    return [(each.field, each.code) for each in problems(form)]


# Taken in


def test_a_vacancy_is_taken_in_with_all_it_says(desk: JobDesk) -> None:
    told: dict[str, Any] = {
        "occupation": " 面点　师 ",
        "duties": "做早点",
        "shift": Shift.ROTATING,
        "strains": (Strain.HEAT, Strain.STANDING),
        "wage_to": Fen(350_000),
        "education": Education.JUNIOR,
        "skill_grade": SkillGrade.FIVE,
        "age_from": 18,
        "limit_ground": "未成年工特殊保护规定",
        "insured": Answer.YES,
        "board": Answer.NO,
        "contract_months": 12,
    }
    vacancy = desk.vacancy(**told)
    view = desk.see_vacancy(vacancy, "zhao")
    row = view.row
    assert row.number.startswith("岗2026-")
    assert (row.state, row.hired, row.free_posts, row.referred) == (VacancyState.OPEN, 0, 2, 0)
    assert (row.confirmed_on, row.valid_until) == (desk.today, date(2027, 2, 20))
    assert (row.stale, row.expired, row.barred, row.offered) == (False, False, False, True)
    assert view.vacancy.occupation == "面点 师"
    assert view.vacancy.strains == (Strain.STANDING, Strain.HEAT)
    for name in told.keys() - {"occupation", "strains"}:
        assert getattr(view.vacancy, name) == told[name]
    assert (view.employer.vacancies, view.entered_by) == (1, "李强")
    assert view.rules_provisional


def test_a_form_of_somebody_without_the_right_is_refused(desk: JobDesk) -> None:
    employer = desk.employer()
    with pytest.raises(Refused):
        desk.world.do("wang", open_vacancy, vacancy_form(employer, desk.today))


@pytest.mark.parametrize(
    ("over", "wrong"),
    [
        ({}, []),
        ({"wage_to": Fen(300_000)}, []),
        ({"wage_to": Fen(299_999)}, [("wage_to", "less_than_from")]),
        ({"valid_until": date(2026, 11, 20)}, []),
        ({"valid_until": date(2026, 11, 19)}, [("valid_until", "before_report")]),
        ({"public_welfare": True}, []),
        (
            {"public_welfare": True, "pay_unit": PayUnit.HOUR},
            [("pay_unit", "public_welfare_month")],
        ),
        ({"sex": Sex.MALE}, [("limit_ground", "sex_without_ground")]),
        ({"sex": Sex.FEMALE, "limit_ground": "  "}, [("limit_ground", "sex_without_ground")]),
        ({"sex": Sex.MALE, "limit_ground": "女职工劳动保护特别规定附录"}, []),
        ({"age_from": 18}, [("limit_ground", "age_without_ground")]),
        ({"age_to": 45}, [("limit_ground", "age_without_ground")]),
        ({"age_from": 16, "limit_ground": "某规定"}, []),
        ({"age_from": 15, "limit_ground": "某规定"}, [("age_from", "child_labour")]),
        ({"age_to": 15, "limit_ground": "某规定"}, [("age_to", "child_labour")]),
        ({"age_from": 18, "age_to": 18, "limit_ground": "某规定"}, []),
        (
            {"age_from": 18, "age_to": 17, "limit_ground": "某规定"},
            [("age_to", "less_than_from")],
        ),
    ],
)
def test_what_does_not_fit_or_the_law_forbids_is_named(
    over: dict[str, Any], wrong: list[tuple[str, str]]
) -> None:
    assert wrong_with(**over) == wrong


def test_a_limit_of_sex_without_ground_is_refused_with_the_article(desk: JobDesk) -> None:
    employer = desk.employer()
    with pytest.raises(Invalid) as refused:
        desk.vacancy(employer, sex=Sex.MALE)
    (problem,) = refused.value.problems
    assert "就业促进法第二十七条" in problem.tell()
    with pytest.raises(Invalid) as refused:
        desk.vacancy(employer, age_from=15, limit_ground="厂规")
    (problem,) = refused.value.problems
    assert "16 周岁" in problem.tell()
    vacancy = desk.vacancy(employer, sex=Sex.MALE, limit_ground="矿山井下作业禁忌")
    with pytest.raises(Invalid):
        change(desk, vacancy, limit_ground="")


# Fresh


def test_a_vacancy_is_fresh_for_the_working_days_of_the_rules(desk: JobDesk) -> None:
    fresh = desk.vacancy(opened_on=FRESH)
    stale = desk.vacancy(opened_on=STALE)
    row = desk.see_vacancy(fresh).row
    assert (row.confirm_by, row.confirm_by_provisional) == (desk.today, False)
    assert (row.stale, row.offered) == (False, True)
    row = desk.see_vacancy(stale).row
    assert (row.stale, row.offered) == (True, False)
    desk.pass_to(desk.today + 3 * DAY)
    assert desk.see_vacancy(fresh).row.stale


@given(st.dates(date(2012, 1, 1), date(2027, 12, 31)), st.integers(0, 60))
def test_fresh_is_what_so_many_working_days_do_not_lie_behind(today: date, back: int) -> None:
    days = rules_on(today).vacancy_fresh.days
    confirmed = today - back * DAY
    assert (confirmed >= fresh_since(today)) == (workdays_left(confirmed, today) <= days)
    assert (confirmed >= fresh_since(today)) or confirm_by(confirmed, today).day < today


@given(st.dates(date(2012, 1, 1), date(2027, 12, 31)))
def test_on_the_last_day_it_is_fresh_and_on_the_next_working_day_not(confirmed: date) -> None:
    last = confirm_by(confirmed, confirmed).day
    assert confirmed >= fresh_since(last)
    after = last + DAY
    while workdays_left(last, after) == 0:
        assert confirmed >= fresh_since(after)
        after += DAY
    assert confirmed < fresh_since(after)


def test_one_call_confirms_many_at_once(desk: JobDesk) -> None:
    employer = desk.employer()
    ids = [desk.vacancy(employer, opened_on=STALE) for _ in range(3)]
    other = desk.vacancy(opened_on=STALE)

    def waiting() -> list[int]:
        rows = desk.world.ask("li", vacancy_rows, VacancyQuery(stale=True))
        return [row.id for row in rows]

    assert waiting() == [*ids, other]
    assert desk.see_employer(employer).row.stale == 3
    assert confirm(desk, *ids) == 3
    assert waiting() == [other]
    assert {desk.see_vacancy(each).row.confirmed_on for each in ids} == {desk.today}


def test_a_confirmation_takes_all_or_none(desk: JobDesk) -> None:
    good = desk.vacancy(opened_on=STALE)
    gone = desk.vacancy(opened_on=STALE)
    withdraw(desk, gone)
    with pytest.raises(NotHiring, match="岗2026-0002"):
        confirm(desk, good, gone)
    with pytest.raises(NotFound):
        confirm(desk, good, 999)
    with pytest.raises(NothingChosen):
        confirm(desk)
    assert desk.see_vacancy(good).row.stale


def test_a_confirmation_does_not_go_back_before_a_later_one(desk: JobDesk) -> None:
    vacancy = desk.vacancy(opened_on=FRESH)
    assert confirm(desk, vacancy, day=FRESH) == 1
    with pytest.raises(ConfirmedLater):
        confirm(desk, vacancy, day=FRESH - DAY)


def test_what_has_run_out_needs_a_new_last_day(desk: JobDesk) -> None:
    vacancy = desk.vacancy(opened_on=FRESH, valid_until=desk.today - DAY)
    row = desk.see_vacancy(vacancy).row
    assert (row.expired, row.stale, row.offered) == (True, False, False)
    with pytest.raises(RunOut, match=row.number):
        confirm(desk, vacancy)
    with pytest.raises(Invalid):
        confirm(desk, vacancy, valid_until=desk.today - DAY)
    confirm(desk, vacancy, valid_until=desk.today)
    assert desk.see_vacancy(vacancy).row.offered
    desk.pass_to(desk.today + DAY)
    assert desk.see_vacancy(vacancy).row.expired


def test_nothing_of_a_barred_employer_is_confirmed(desk: JobDesk) -> None:
    employer = desk.employer()
    vacancy = desk.vacancy(employer, opened_on=STALE)
    desk.barred(employer)
    with pytest.raises(EmployerBarred):
        confirm(desk, vacancy, desk.vacancy())


# Changed, withdrawn, opened again


def test_a_vacancy_is_changed_but_not_moved(desk: JobDesk) -> None:
    vacancy = desk.vacancy()
    form = VacancyChangeForm(
        id=vacancy, version=1, vacancy=changed(desk.see_vacancy(vacancy).vacancy, heads=5)
    )
    desk.world.do("li", change_vacancy, form)
    assert desk.see_vacancy(vacancy).row.heads == 5
    with pytest.raises(Conflict, match="李强"):
        desk.world.do("li", change_vacancy, form)
    moved: tuple[dict[str, Any], ...] = (
        {"employer_id": desk.employer()},
        {"public_welfare": True},
        {"opened_on": desk.today - DAY},
    )
    for over in moved:
        with pytest.raises(VacancyFixed):
            change(desk, vacancy, **over)
    change(desk, vacancy, valid_until=None)
    assert desk.see_vacancy(vacancy).row.valid_until == valid_until(desk.today)


def test_a_vacancy_is_withdrawn_and_opened_again(desk: JobDesk) -> None:
    vacancy = desk.vacancy(opened_on=STALE, valid_until=desk.today)
    withdraw(desk, vacancy)
    view = desk.see_vacancy(vacancy)
    assert (view.row.state, view.ended_reason) == (VacancyState.WITHDRAWN, "单位另行招到人")
    assert (view.row.stale, view.row.offered) == (False, False)
    with pytest.raises(NotNow):
        withdraw(desk, vacancy)
    with pytest.raises(VacancyWithdrawn):
        change(desk, vacancy, heads=3)
    with pytest.raises(ConfirmedLater):
        reopen(desk, vacancy, day=STALE - DAY)
    with pytest.raises(Invalid):
        reopen(desk, vacancy, valid_until=desk.today - DAY)
    reopen(desk, vacancy)
    view = desk.see_vacancy(vacancy)
    assert (view.row.state, view.ended_reason) == (VacancyState.OPEN, "")
    assert (view.row.confirmed_on, view.row.valid_until) == (desk.today, valid_until(desk.today))
    with pytest.raises(NotNow):
        reopen(desk, vacancy)


def test_an_employer_that_may_not_hire_opens_nothing_again(desk: JobDesk) -> None:
    employer = desk.employer()
    vacancy = desk.vacancy(employer)
    withdraw(desk, vacancy)
    form = desk.world.do("li", open_employer_form, EmployerById(id=employer))
    lacks = changed(form, employer=changed(form.employer, letter_seen_on=None))
    desk.world.do("li", change_employer, lacks)
    with pytest.raises(PapersMissing):
        reopen(desk, vacancy)
    desk.barred(employer)
    with pytest.raises(EmployerBarred):
        reopen(desk, vacancy)


# Filled


def test_a_vacancy_is_filled_as_people_are_hired(desk: JobDesk) -> None:
    vacancy = desk.vacancy(heads=2)
    desk.hire(vacancy_id=vacancy)
    row = desk.see_vacancy(vacancy).row
    assert (row.state, row.hired, row.free_posts, row.referred) == (VacancyState.OPEN, 1, 1, 1)
    desk.hire(vacancy_id=vacancy)
    view = desk.see_vacancy(vacancy)
    assert (view.row.state, view.row.free_posts) == (VacancyState.FILLED, 0)
    assert [each.state for each in view.referrals] == [ReferralState.HIRED] * 2
    assert [each.wage for each in view.placements] == [Fen(320_000)] * 2
    assert view.employer.placed == 2
    with pytest.raises(NotHiring):
        confirm(desk, vacancy)
    with pytest.raises(PostsTaken):
        change(desk, vacancy, heads=1)
    change(desk, vacancy, heads=3)
    row = desk.see_vacancy(vacancy).row
    assert (row.state, row.free_posts) == (VacancyState.OPEN, 1)
    change(desk, vacancy, heads=2)
    withdraw(desk, vacancy)
    reopen(desk, vacancy)
    assert desk.see_vacancy(vacancy).row.state is VacancyState.FILLED


# Lists


def test_vacancies_are_found_by_what_they_are_and_how_they_stand(desk: JobDesk) -> None:
    cook = desk.vacancy(desk.employer(name="示例饭店"), district="道里区")
    guard = desk.vacancy(desk.employer(name="某物业公司"), occupation="保安", opened_on=STALE)
    over = desk.vacancy(occupation="保洁", valid_until=desk.today, opened_on=FRESH)
    full = desk.vacancy(occupation="司机", heads=1)
    desk.hire(vacancy_id=full)
    gone = desk.vacancy()
    withdraw(desk, gone)
    shut = desk.employer()
    barred = desk.vacancy(shut)
    post = desk.vacancy(public_welfare=True, occupation="公益保洁", heads=4)
    desk.barred(shut)

    def found(**asked: Any) -> list[int]:
        query = VacancyQuery(**asked)
        rows: list[VacancyRow] = desk.world.ask("zhou", vacancy_rows, query)
        assert desk.world.ask("zhou", vacancy_count, query) == len(rows)
        return [row.id for row in rows]

    assert found() == [post, barred, gone, full, over, guard, cook]
    assert found(states=(VacancyState.FILLED, VacancyState.WITHDRAWN)) == [gone, full]
    assert found(text="保洁") == [post, over]
    assert found(text="物业") == found(stale=True) == [guard]
    assert found(text="岗2026-0001") == found(district="道里区") == [cook]
    assert found(text="_") == []
    assert found(employer_id=shut) == found(barred=True) == [barred]
    assert found(public_welfare=True) == [post]
    assert found(public_welfare=False, free=False) == [full]
    assert found(stale=False, states=(VacancyState.OPEN,)) == [post, barred, over, cook]
    assert found(free=True) == [post, barred, gone, over, guard, cook]

    def counts(**asked: Any) -> tuple[int, ...]:
        told = desk.world.ask("zhou", vacancy_counts, VacancyQuery(**asked))
        return (
            *(told.offered, told.stale, told.expired, told.filled, told.withdrawn),
            *(told.public_welfare, told.free_posts),
        )

    assert counts() == (3, 1, 0, 1, 1, 1, 8)
    desk.pass_to(desk.today + DAY)
    assert found(expired=True) == [over]
    assert counts() == (2, 1, 1, 1, 1, 1, 6)
    assert counts(text="保洁") == (1, 0, 1, 0, 0, 1, 4)


def test_a_page_of_a_list_begins_where_it_is_asked_to(desk: JobDesk) -> None:
    ids = [desk.vacancy() for _ in range(3)]
    rows = desk.world.ask("li", vacancy_rows, VacancyQuery(offset=1, limit=1))
    assert [row.id for row in rows] == [ids[1]]
    assert desk.world.ask("li", vacancy_count, VacancyQuery(offset=1, limit=1)) == 3


def test_the_store_itself_takes_no_limit_without_ground(desk: JobDesk) -> None:
    vacancy = desk.vacancy()
    with pytest.raises(Exception, match="limit_has_ground"), working(desk.world, "li") as work:
        work.load(Vacancy, vacancy).sex = Sex.MALE
