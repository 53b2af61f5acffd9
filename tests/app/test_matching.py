"""The store finds the pairs that the rules let through, in the order of their points, both ways."""

import json
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Boolean, Date, String

from app.core.errors import Conflict, Invalid, NotFound, Refused
from app.core.plain import canonical
from app.core.words import Answer
from app.core.words.households import Sex
from app.core.words.placements import (
    BarState,
    Education,
    PayUnit,
    RecognitionState,
    ReferralState,
    SeekerState,
    Shift,
    SkillGrade,
    Strain,
    VacancyState,
)
from app.placements.excluding import (
    ExcludedAlready,
    TakenBackBefore,
    exclude_match,
    take_back_exclusion,
)
from app.placements.match_cards import between, seeker_card, vacancy_card
from app.placements.match_limits import all_limits, standing
from app.placements.match_merits import match
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
    Match,
    MatchesAsked,
    MatchForSeeker,
    MatchForVacancy,
    Pair,
    Widening,
    from_plain,
)
from app.placements.match_sql import seekers_for as seekers_of
from app.placements.match_sql import vacancies_for as vacancies_of
from app.placements.matching import days_of, limits_between, sealed_match
from app.placements.vacancy_rules import fresh_since
from app.work import Work
from db.models.placements import JobReferral
from db.models.seekers import JobSeeker, MatchExclusion, Recognition
from db.models.vacancies import Employer, EmployerBar, Vacancy
from db.types import Flags, Instant, Listed, Stored
from tests.hiring import JobDesk
from tests.matches import seeker, vacancy
from tests.world import TODAY as NOW
from tests.world import World

TODAY = date(2026, 11, 20)
DAYS = st.sampled_from([TODAY, date(2028, 2, 29), date(2027, 2, 28), date(2027, 3, 1)])
DISTRICTS = ("南岗区", "道里区", "香坊区")
WORDS = ("保洁", "保洁员", "厨师", "IT", 'a"b', "a%b", "a\\b")


# Random centers


@dataclass(frozen=True)
class Center:
    """Rows of a random center, as values: ids count from 1 on."""

    seekers: list[dict[str, Any]]
    vacancies: list[dict[str, Any]]
    excluded: dict[tuple[int, int], bool]
    referred: dict[tuple[int, int], bool]


def about(*years: int) -> st.SearchStrategy[timedelta]:
    """Draw how long ago somebody was born who is about so many years old."""
    many = st.sampled_from([timedelta(days=round(each * 365.2425)) for each in years])
    return st.builds(timedelta.__add__, many, st.integers(-2, 2).map(timedelta))


def seekers(today: date) -> st.SearchStrategy[dict[str, Any]]:
    """Draw what a seeker says, often at the edge of a limit."""
    leap = st.just(date(2008, 2, 29))
    return st.fixed_dictionaries(
        {
            "state": st.sampled_from([SeekerState.SEEKING] * 5 + list(SeekerState)),
            "valid_until": st.sampled_from([today - timedelta(1), today, today, today]),
            "birth": about(16, 18, 30, 45, 46, 50).map(lambda ago: today - ago) | leap,
            "sex": st.sampled_from(Sex),
            "district": st.none() | st.sampled_from(DISTRICTS),
            "recognition": st.none() | st.sampled_from(RecognitionState),
            "education": st.none() | st.sampled_from(Education),
            "skill_grade": st.none() | st.sampled_from(SkillGrade),
            "limits": st.lists(st.sampled_from(Strain), max_size=2, unique=True).map(tuple),
            "wishes": st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(tuple),
            "wage_wish": st.none() | st.sampled_from([250_000, 280_000, 300_000]),
            "districts": st.lists(st.sampled_from(DISTRICTS), max_size=2, unique=True).map(tuple),
            "shifts": st.lists(st.sampled_from(Shift), min_size=1, unique=True).map(tuple),
            "board": st.sampled_from(Answer),
        }
    )


def vacancies(today: date) -> st.SearchStrategy[dict[str, Any]]:
    """Draw what a vacancy says, often at the edge of a limit."""
    fresh, day = fresh_since(today), timedelta(1)
    confirmed = [today, fresh, fresh, today - 7 * day, today - 8 * day, fresh - day]
    strains = st.lists(st.sampled_from(Strain), max_size=2, unique=True).map(tuple)
    return st.fixed_dictionaries(
        {
            "state": st.sampled_from([VacancyState.OPEN] * 5 + list(VacancyState)),
            "barred": st.sampled_from([False] * 6 + [True]),
            "valid_until": st.sampled_from([today, today, today + day, today - day]),
            "confirmed_on": st.sampled_from(confirmed),
            "hired": st.sampled_from([0, 0, 1, 2]),
            "public_welfare": st.sampled_from([False, False, True]),
            "occupation": st.sampled_from(WORDS),
            "district": st.none() | st.sampled_from(DISTRICTS),
            "shift": st.sampled_from([Shift.DAY, *Shift]),
            "strains": st.just(()) | strains,
            "wage_from": st.sampled_from([250_000, 280_000]),
            "wage_to": st.none() | st.sampled_from([280_000, 300_000]),
            "pay_unit": st.sampled_from([PayUnit.MONTH, PayUnit.MONTH, PayUnit.HOUR]),
            "education": st.none() | st.sampled_from(Education),
            "skill_grade": st.none() | st.sampled_from(SkillGrade),
            "age_from": st.none() | st.sampled_from([16, 18, 30]),
            "age_to": st.none() | st.sampled_from([45, 50]),
            "sex": st.sampled_from([None, None, *Sex]),
            "insured": st.sampled_from(Answer),
            "board": st.sampled_from(Answer),
        }
    )


@st.composite
def centers(draw: st.DrawFn, today: date) -> Center:
    """Draw some seekers, some vacancies, and what was done about pairs of them."""
    people = draw(st.lists(seekers(today), min_size=1, max_size=5))
    posts = draw(st.lists(vacancies(today), min_size=1, max_size=5))
    pairs = st.tuples(st.integers(1, len(people)), st.integers(1, len(posts)))
    some = st.dictionaries(pairs, st.booleans(), max_size=2)
    return Center(people, posts, draw(some), draw(some))


@contextmanager
def standing_center(world: World, center: Center, today: date) -> Generator[Work]:
    """Give the work of somebody in a center that is gone afterwards."""
    with world.office.engines.writer.connect() as connection, connection.begin() as everything:
        work = Work(connection, world.actor("li"), today, NOW)
        write(work, center, world.actor("zhao").id)
        yield work
        everything.rollback()


def write(work: Work, center: Center, second: int) -> None:
    """Write the rows of a center as the store lets them begin, then bring them where they stand."""
    for place, told in enumerate(center.vacancies, start=1):
        made(work, Employer, uscc=f"91230100MA{place:08}", name=f"示例企业{place}")
        values = {name: value for name, value in told.items() if name not in ("barred", "state")}
        more = {"heads": 2, "limit_ground": "国家规定", "state": VacancyState.OPEN}
        made(work, Vacancy, number=f"岗{place}", employer_id=place, **values, **more)
    for place, told in enumerate(center.seekers, start=1):
        values = {name: told[name] for name in told if name not in ("recognition", "state")}
        more = {"number": f"求{place}", "id_number": f"239081{place}"}
        made(work, JobSeeker, **values, **more, state=SeekerState.SEEKING)
        if told["recognition"]:
            recognise(work, place, told["recognition"], second)
    for (job_seeker_id, vacancy_id), live in center.excluded.items():
        pair = {"job_seeker_id": job_seeker_id, "vacancy_id": vacancy_id}
        made(work, MatchExclusion, **pair, reason="离家太远", live=live)
    for place, ((job_seeker_id, vacancy_id), live) in enumerate(center.referred.items(), start=1):
        pair = {"job_seeker_id": job_seeker_id, "vacancy_id": vacancy_id}
        made(work, JobReferral, **pair, number=f"荐{place}", state=ReferralState.ISSUED, match={})
        if not live:
            change(work, JobReferral, place, state=ReferralState.VOID, note="写错了")
    for place, told in enumerate(center.seekers, start=1):
        change(work, JobSeeker, place, state=told["state"], ended_reason="不找了")
    for place, told in enumerate(center.vacancies, start=1):
        change(work, Vacancy, place, state=told["state"], ended_reason="不招了")
        if told["barred"]:
            made(work, EmployerBar, employer_id=place, state=BarState.IN_FORCE, reason="收押金")


def recognise(work: Work, job_seeker_id: int, state: RecognitionState, second: int) -> None:
    """Bring a recognition of a seeker to a state, by the steps there are."""
    begun = RecognitionState.APPLIED
    row = made(
        work,
        Recognition,
        job_seeker_id=job_seeker_id,
        number=f"认{job_seeker_id}",
        state=begun,
        findings={},
    )
    recognised = RecognitionState.RECOGNISED
    steps = [recognised, state] if state is RecognitionState.ENDED else [state]
    for step in steps:
        if step is not begun:
            row.state, row.opinion = step, "同意"
            row.decided_by, row.decided_on = second, work.today
            if step is RecognitionState.ENDED:
                row.ended_on, row.ended_reason = work.today, "已就业"
            work.session.flush()


def made(work: Work, model: Any, **told: Any) -> Any:
    """Add a row; of what is left out, days are today's, texts empty and answers not asked."""
    for column in model.__table__.c:
        if column.name in told or column.nullable or column.name in ("id", "version"):
            continue
        match column.type:
            case Stored():
                told[column.name] = Answer.NOT_ASKED
            case Listed() | Flags():
                told[column.name] = ()
            case Instant():
                told[column.name] = work.now
            case Date():
                told[column.name] = work.today
            case String():
                told[column.name] = ""
            case Boolean():
                told[column.name] = False
            case _:
                told[column.name] = work.actor.id if column.name.endswith("_by") else 0
    return work.add(model(**told))


def change(work: Work, model: Any, id_: int, **values: Any) -> None:
    row = work.load(model, id_)
    for name, value in values.items():
        setattr(row, name, value)
    work.session.flush()


# What the rules say of a whole center


def found_by_rules(work: Work, center: Center) -> dict[tuple[int, int], tuple[set[Limit], Match]]:
    """Return every pair with the limits that stand and the match, by the rules of one pair."""
    days = days_of(work.today)
    found: dict[tuple[int, int], tuple[set[Limit], Match]] = {}
    for job_seeker_id in range(1, len(center.seekers) + 1):
        seeker = seeker_card(work, job_seeker_id)
        for vacancy_id in range(1, len(center.vacancies) + 1):
            vacancy = vacancy_card(work, vacancy_id)
            done = between(work, job_seeker_id, vacancy_id)
            limits = all_limits(seeker, vacancy, days, done)
            stands = {each.limit for each in standing(limits)}
            found[job_seeker_id, vacancy_id] = stands, match(seeker, vacancy, days, limits)
    return found


@given(data=st.data(), today=DAYS)
@settings(
    max_examples=120,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_the_store_finds_what_the_rules_let_through_in_their_order(
    world: World, data: st.DataObject, today: date
) -> None:
    center = data.draw(centers(today))
    without = tuple(data.draw(st.sets(st.sampled_from(WIDENED))))
    with standing_center(world, center, today) as work:
        pairs = found_by_rules(work, center)
        confirmed = [-each["confirmed_on"].toordinal() for each in center.vacancies]
        for job_seeker_id in range(1, len(center.seekers) + 1):
            asked = MatchForSeeker(job_seeker_id=job_seeker_id, without=without)
            answer = vacancies_for.run(work, asked)
            of_one = {v: pair for (s, v), pair in pairs.items() if s == job_seeker_id}
            order = best_first(of_one, without, [*zip(confirmed, count(1), strict=False)])
            assert [row.vacancy.id for row in answer.rows] == order
            assert told_right([row.match for row in answer.rows], of_one, order, without)
            assert answer.total == len(order)
            assert widened(answer.widen) == ({} if answer.stands else counted(of_one, without))
        for vacancy_id in range(1, len(center.vacancies) + 1):
            asked = MatchForVacancy(vacancy_id=vacancy_id, without=without)
            other = seekers_for.run(work, asked)
            of_one = {s: pair for (s, v), pair in pairs.items() if v == vacancy_id}
            order = best_first(of_one, without, range(len(center.seekers)))
            assert [row.seeker.id for row in other.rows] == order
            assert told_right([row.match for row in other.rows], of_one, order, without)
            assert other.total == len(order)
            assert widened(other.widen) == ({} if other.stands else counted(of_one, without))


Pairs = Mapping[int, tuple[set[Limit], Match]]


def best_first(pairs: Pairs, without: Sequence[Limit], order: Sequence[Any]) -> list[int]:
    """Return the ids of those whom no limit keeps apart, by their points, then by ``order``."""
    fit = [id_ for id_, (stands, _match) in pairs.items() if stands <= set(without)]
    return sorted(fit, key=lambda id_: (-pairs[id_][1].points, order[id_ - 1]))


def told_right(
    rows: Sequence[Match], pairs: Pairs, order: Sequence[int], without: Sequence[Limit]
) -> bool:
    """Tell whether a list shows the points of the rules, which are the sum of their reasons, and
    no limit that stands but those that were widened."""
    return all(
        row.points == pairs[id_][1].points == sum(each.points for each in row.merits)
        and {each.limit for each in standing(row.limits)} == pairs[id_][0]
        and pairs[id_][0] <= set(without)
        for row, id_ in zip(rows, order, strict=True)
    )


def counted(pairs: Pairs, without: Sequence[Limit]) -> dict[Limit, int]:
    """Count what falls by one limit alone, of those that can be widened and were not."""
    return {
        limit: sum(stands - set(without) == {limit} for stands, _match in pairs.values())
        for limit in WIDENED
        if limit not in without
    }


def widened(widen: Sequence[Widening]) -> dict[Limit, int]:
    return {each.limit: each.more for each in widen}


# The lists


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
    assert widened(rest.widen) == {Limit.DISTANCE: 1, Limit.SHIFT: 2}
    wide = MatchForSeeker(job_seeker_id=ours, without=WIDENED)
    assert world.ask("li", vacancies_for, wide).total == 7


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
