"""Lists of matches in pages, one pair in every respect, and pairs that are excluded."""

import json
from datetime import date, timedelta

import pytest

from app.core.errors import Conflict, Invalid, NotFound, Refused
from app.core.plain import canonical
from app.core.words.placements import (
    ReferralState,
    Shift,
    Strain,
)
from app.placements.excluding import (
    ExcludedAlready,
    TakenBackBefore,
    exclude_match,
    take_back_exclusion,
)
from app.placements.match_queries import (
    TooManyCompared,
    compare_matches,
    exclusion_rows,
    seekers_for,
    vacancies_for,
    why_not,
)
from app.placements.match_records import (
    WIDENED,
    ExclusionForm,
    ExclusionQuery,
    ExclusionStep,
    Limit,
    MatchesAsked,
    MatchForSeeker,
    MatchForVacancy,
    Pair,
    from_plain,
)
from app.placements.match_sql import seekers_for as seekers_of
from app.placements.match_sql import vacancies_for as vacancies_of
from app.placements.matching import days_of, limits_between, sealed_match
from app.placements.referral_rules import LimitStands, PairReferred
from app.placements.seeker_records import SeekerEndForm
from app.placements.seekers import withdraw_seeker
from app.work import Work
from db.models.seekers import JobSeeker
from db.models.vacancies import Vacancy
from tests.hiring import JobDesk
from tests.matches import seeker, vacancy
from tests.people import id_number
from tests.world import TODAY as NOW
from tests.world import World, changed

TODAY = date(2026, 11, 20)


def test_a_list_comes_in_pages_and_tells_at_its_end_what_widening_gives(world: World) -> None:
    desk = JobDesk(world)
    ours = desk.seeker(districts=("南岗区",), shifts=(Shift.DAY,))
    near = [desk.vacancy() for _each in range(3)]
    desk.vacancy(district="道里区")
    for _each in range(2):
        desk.vacancy(shift=Shift.ROTATING)
    desk.vacancy(district="道里区", shift=Shift.ROTATING)
    first = world.ask("li", vacancies_for, MatchForSeeker(job_seeker_id=ours, limit=2))
    assert ([row.vacancy.id for row in first.rows], first.total) == (near[:2], 3)
    assert first.widen == ()
    rest = world.ask("li", vacancies_for, MatchForSeeker(job_seeker_id=ours, limit=2, offset=2))
    assert ([row.vacancy.id for row in rest.rows], rest.total) == (near[2:], 3)
    assert {each.limit: each.more for each in rest.widen} == {Limit.DISTANCE: 1, Limit.SHIFT: 2}
    wide = MatchForSeeker(job_seeker_id=ours, without=WIDENED)
    assert world.ask("li", vacancies_for, wide).total == 7


def test_of_two_that_fit_alike_the_one_confirmed_last_comes_first(world: World) -> None:
    desk = JobDesk(world)
    ours = desk.seeker()
    older = desk.vacancy(opened_on=TODAY - timedelta(days=1))
    newer = desk.vacancy()
    rows = world.ask("li", vacancies_for, MatchForSeeker(job_seeker_id=ours)).rows
    assert [row.vacancy.id for row in rows] == [newer, older]
    assert rows[0].match.points == rows[1].match.points


def test_nothing_matches_whoever_does_not_look_for_work_and_the_list_says_so(world: World) -> None:
    desk = JobDesk(world)
    ours, theirs = desk.seeker(), desk.vacancy()
    world.clock.instant += timedelta(days=30)
    stale = world.ask("li", seekers_for, MatchForVacancy(vacancy_id=theirs))
    assert (stale.rows, [each.limit for each in stale.stands]) == ((), [Limit.FRESH])
    world.clock.instant += timedelta(days=300)
    none = world.ask("li", vacancies_for, MatchForSeeker(job_seeker_id=ours))
    assert (none.rows, [each.limit for each in none.stands]) == ((), [Limit.SEEKING])


def test_every_search_reads_an_index_that_holds_all_it_looks_at(world: World) -> None:
    days = days_of(TODAY)
    searches = (vacancies_of(seeker(), days), seekers_of(vacancy(public_welfare=True), days))
    with world.office.engines.reader.connect() as connection:
        for search in searches:
            for statement in (search.best(()), search.count(())):
                bound = search.bound | {"most": 50, "offset": 0}
                found = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", bound)
                plan = [row[3] for row in found]
                index = f"COVERING INDEX ix_{search.table}_match"
                assert any(line.startswith(f"SEARCH {search.table} USING {index}") for line in plan)


# One pair


def test_why_not_tells_every_limit_of_a_pair(world: World) -> None:
    desk = JobDesk(world)
    ours = desk.seeker(limits=(Strain.STANDING,), districts=("道里区",))
    theirs = desk.vacancy(strains=(Strain.STANDING,))
    view = world.ask("li", why_not, Pair(job_seeker_id=ours, vacancy_id=theirs))
    assert [each.limit for each in view.match.limits] == list(Limit)
    assert [each.limit for each in view.stands] == [Limit.HEALTH, Limit.DISTANCE]
    assert view.match.points == sum(each.points for each in view.match.merits)


def test_a_pair_that_is_not_there_is_not_found(world: World) -> None:
    theirs = JobDesk(world).vacancy()
    with pytest.raises(NotFound):
        world.ask("li", why_not, Pair(job_seeker_id=99, vacancy_id=theirs))
    with pytest.raises(NotFound):
        world.ask("li", seekers_for, MatchForVacancy(vacancy_id=99))


def test_some_matches_stand_side_by_side_in_the_order_asked(world: World) -> None:
    desk = JobDesk(world)
    ours, first, second = desk.seeker(), desk.vacancy(), desk.vacancy(occupation="焊工")
    pairs = tuple(Pair(job_seeker_id=ours, vacancy_id=each) for each in (second, first))
    views = world.ask("li", compare_matches, MatchesAsked(pairs=pairs))
    assert [view.vacancy.occupation for view in views] == ["焊工", "厨师"]
    assert views[1].match.points - views[0].match.points == 30
    with pytest.raises(TooManyCompared):
        world.ask("li", compare_matches, MatchesAsked(pairs=pairs * 3))


def test_a_referral_keeps_the_reasons_of_its_day(world: World) -> None:
    desk = JobDesk(world)
    ours, theirs = desk.seeker(shifts=(Shift.DAY,)), desk.vacancy(shift=Shift.NIGHT)
    with world.office.engines.reader.begin() as connection:
        work = Work(connection, world.actor("li"), TODAY, NOW)
        seeker, vacancy = work.load(JobSeeker, ours), work.load(Vacancy, theirs)
        assert [each.limit for each in limits_between(work, seeker, vacancy)] == [Limit.SHIFT]
        sealed = sealed_match(work, seeker, vacancy)
    read = from_plain(json.loads(canonical(sealed)))
    view = world.ask("li", why_not, Pair(job_seeker_id=ours, vacancy_id=theirs))
    assert (read.day, read.points) == (TODAY, view.match.points)
    assert (read.merits, read.limits) == (view.match.merits, view.match.limits)


# Exclusions


def test_an_excluded_pair_is_shown_to_neither_until_that_is_taken_back(world: World) -> None:
    desk = JobDesk(world)
    ours, theirs = desk.seeker(), desk.vacancy()
    form = ExclusionForm(job_seeker_id=ours, vacancy_id=theirs, reason=" 上次闹过矛盾 ")
    id_ = world.do("li", exclude_match, form)
    assert totals(world, ours, theirs) == (0, 0)
    (row,) = world.ask("li", exclusion_rows, ExclusionQuery(job_seeker_id=ours))
    assert (row.id, row.reason, row.live, row.vacancy_id) == (id_, "上次闹过矛盾", True, theirs)
    with pytest.raises(ExcludedAlready):
        world.do("li", exclude_match, form)
    step = ExclusionStep(id=id_, version=row.version)
    world.do("li", take_back_exclusion, step)
    assert totals(world, ours, theirs) == (1, 1)
    with pytest.raises(Conflict):
        world.do("li", take_back_exclusion, step)
    with pytest.raises(TakenBackBefore):
        world.do("li", take_back_exclusion, ExclusionStep(id=id_, version=row.version + 1))
    assert world.ask("li", exclusion_rows, ExclusionQuery(vacancy_id=theirs)) == ()
    (all_,) = world.ask("li", exclusion_rows, ExclusionQuery(vacancy_id=theirs, live=False))
    assert not all_.live
    world.do("li", exclude_match, form)
    assert totals(world, ours, theirs) == (0, 0)


def totals(world: World, job_seeker_id: int, vacancy_id: int) -> tuple[int, int]:
    """Return how many match a seeker, and a vacancy."""
    return (
        world.ask("li", vacancies_for, MatchForSeeker(job_seeker_id=job_seeker_id)).total,
        world.ask("li", seekers_for, MatchForVacancy(vacancy_id=vacancy_id)).total,
    )


def test_who_registers_anew_is_not_shown_what_they_were_excluded_from_or_sent_to(
    world: World,
) -> None:
    desk = JobDesk(world)
    number = id_number(71, "19810202")
    first = desk.seeker(id_number=number)
    apart, sent, free = (desk.vacancy() for _number in range(3))
    form = ExclusionForm(job_seeker_id=first, vacancy_id=apart, reason="离家太远")
    world.do("li", exclude_match, form)
    letter = desk.refer(first, sent)
    desk.tell(letter.id, ReferralState.NOT_APPEARED)
    step = SeekerEndForm(**desk.at(first), reason="不找了")
    world.do("li", withdraw_seeker, step)
    again, other = desk.seeker(id_number=number), desk.seeker()

    def vacancies(seeker_id: int) -> list[int]:
        found = world.ask("li", vacancies_for, MatchForSeeker(job_seeker_id=seeker_id))
        assert found.total == len(found.rows)
        return sorted(row.vacancy.id for row in found.rows)

    def seekers(vacancy_id: int) -> list[int]:
        found = world.ask("li", seekers_for, MatchForVacancy(vacancy_id=vacancy_id))
        return sorted(row.seeker.id for row in found.rows)

    assert (vacancies(again), vacancies(other)) == ([free], [apart, sent, free])
    assert [seekers(each) for each in (apart, sent, free)] == [[other], [other], [again, other]]
    why = world.ask("li", why_not, Pair(job_seeker_id=again, vacancy_id=apart))
    assert [each.limit for each in why.stands] == [Limit.EXCLUDED]
    with pytest.raises(LimitStands, match="离家太远"):
        desk.refer(again, apart)
    with pytest.raises(PairReferred, match=letter.number):
        desk.refer(again, sent)
    with pytest.raises(ExcludedAlready):
        world.do("li", exclude_match, changed(form, job_seeker_id=again))
    (row,) = world.ask("li", exclusion_rows, ExclusionQuery(job_seeker_id=again))
    world.do("li", take_back_exclusion, ExclusionStep(id=row.id, version=row.version))
    assert vacancies(again) == [apart, free]
    assert seekers(apart) == [again, other]


def test_an_exclusion_says_why(world: World) -> None:
    desk = JobDesk(world)
    form = ExclusionForm(job_seeker_id=desk.seeker(), vacancy_id=desk.vacancy(), reason="  ")
    with pytest.raises(Invalid):
        world.do("li", exclude_match, form)


def test_who_reads_the_job_service_sees_matches_and_excludes_none(world: World) -> None:
    desk = JobDesk(world)
    ours, theirs = desk.seeker(), desk.vacancy()
    assert world.ask("zhou", vacancies_for, MatchForSeeker(job_seeker_id=ours)).total == 1
    form = ExclusionForm(job_seeker_id=ours, vacancy_id=theirs, reason="离家太远")
    with pytest.raises(Refused):
        world.do("zhou", exclude_match, form)
    with pytest.raises(Refused):
        world.ask("qian", seekers_for, MatchForVacancy(vacancy_id=theirs))
