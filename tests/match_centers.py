"""Centers of seekers and vacancies at random: mostly matching, often at the edge of a limit."""

from collections.abc import Generator, Iterable, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st
from sqlalchemy import Boolean, Date, String

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
from app.placements.vacancy_rules import fresh_since
from app.work import Work
from db.models.placements import JobReferral
from db.models.seekers import JobSeeker, MatchExclusion, Recognition
from db.models.vacancies import Employer, EmployerBar, Vacancy
from db.types import Flags, Instant, Listed, Stored
from tests.world import TODAY as NOW
from tests.world import World

DISTRICTS = ("南岗区", "道里区", "香坊区")
WORDS = ("保洁", "保洁员", "厨师", "IT", 'a"b', "a%b", "a\\b")


@dataclass(frozen=True)
class Center:
    """Rows of a random center, as values: ids count from 1 on."""

    seekers: list[dict[str, Any]]
    vacancies: list[dict[str, Any]]
    excluded: dict[tuple[int, int], bool]
    referred: dict[tuple[int, int], bool]
    again: dict[int, int]
    """Registrations that were withdrawn, each with another one of the same person."""


def about(*years: int) -> st.SearchStrategy[timedelta]:
    """Draw how long ago somebody was born who is about so many years old."""
    many = st.sampled_from([timedelta(days=round(each * 365.2425)) for each in years])
    return st.builds(timedelta.__add__, many, st.integers(-2, 2).map(timedelta))


@st.composite
def mostly(
    draw: st.DrawFn, usual: Mapping[str, Any], odd: Mapping[str, st.SearchStrategy[Any]]
) -> dict[str, Any]:
    """Draw what matches nearly everything but in a few respects."""
    names = draw(st.sets(st.sampled_from(sorted(odd)), max_size=4))
    return {**usual, **{name: draw(odd[name]) for name in sorted(names)}}


def both(
    odd: st.SearchStrategy[dict[str, Any]], always: st.SearchStrategy[dict[str, Any]]
) -> st.SearchStrategy[dict[str, Any]]:
    """Draw what is rarely odd together with what is drawn every time."""
    return st.builds(dict[str, Any].__or__, odd, always)


def seekers(today: date) -> st.SearchStrategy[dict[str, Any]]:
    """Draw what a seeker says, often at the edge of a limit."""
    limits = mostly(
        {
            "state": SeekerState.SEEKING,
            "valid_until": today,
            "recognition": None,
            "limits": (),
            "shifts": tuple(Shift),
        },
        {
            "state": st.sampled_from(SeekerState),
            "valid_until": st.just(today - timedelta(1)),
            "recognition": st.sampled_from(RecognitionState),
            "limits": some_of(Strain),
            "shifts": some_of(Shift),
        },
    )
    leap = st.just(date(2008, 2, 29))
    always = {
        "sex": st.sampled_from(Sex),
        "districts": st.just(()) | some_of(DISTRICTS),
        "birth": about(16, 17, 18, 30, 45, 46, 50).map(lambda ago: today - ago) | leap,
        "district": st.none() | st.sampled_from(DISTRICTS),
        "education": st.none() | st.sampled_from(Education),
        "skill_grade": st.none() | st.sampled_from(SkillGrade),
        "wishes": st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(tuple),
        "wage_wish": st.none() | st.sampled_from([250_000, 280_000, 300_000]),
        "board": st.sampled_from(Answer),
    }
    return both(limits, st.fixed_dictionaries(always))


def vacancies(today: date) -> st.SearchStrategy[dict[str, Any]]:
    """Draw what a vacancy says, often at the edge of a limit."""
    fresh, day = fresh_since(today), timedelta(1)
    limits = mostly(
        {
            "state": VacancyState.OPEN,
            "barred": False,
            "valid_until": today,
            "confirmed_on": fresh,
            "hired": 1,
            "public_welfare": False,
            "shift": Shift.DAY,
            "strains": (),
            **dict.fromkeys(("age_from", "age_to")),
        },
        {
            "state": st.sampled_from(VacancyState),
            "barred": st.just(True),
            "valid_until": st.just(today - day),
            "confirmed_on": st.sampled_from([fresh - day, today - 7 * day, today - 8 * day]),
            "hired": st.just(2),
            "public_welfare": st.just(True),
            "shift": st.sampled_from(Shift),
            "strains": some_of(Strain),
            "age_from": st.sampled_from([16, 17, 18, 30]),
            "age_to": st.sampled_from([45, 50]),
        },
    )
    always = {
        "district": st.none() | st.sampled_from(DISTRICTS),
        "sex": st.sampled_from([None, None, *Sex]),
        "occupation": st.sampled_from(WORDS),
        "wage_from": st.sampled_from([250_000, 280_000]),
        "wage_to": st.none() | st.sampled_from([280_000, 300_000]),
        "pay_unit": st.sampled_from([PayUnit.MONTH, PayUnit.HOUR]),
        "education": st.none() | st.sampled_from(Education),
        "skill_grade": st.none() | st.sampled_from(SkillGrade),
        "insured": st.sampled_from(Answer),
        "board": st.sampled_from(Answer),
    }
    return both(limits, st.fixed_dictionaries(always))


def some_of(words: Iterable[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    """Draw one or two of some words."""
    return st.lists(st.sampled_from(list(words)), min_size=1, max_size=2, unique=True).map(tuple)


@st.composite
def centers(draw: st.DrawFn, today: date) -> Center:
    """Draw some seekers, some vacancies, and what was done about pairs of them."""
    people = draw(st.lists(seekers(today), min_size=1, max_size=5))
    posts = draw(st.lists(vacancies(today), min_size=1, max_size=5))
    pairs = st.tuples(st.integers(1, len(people)), st.integers(1, len(posts)))
    some = st.dictionaries(pairs, st.booleans(), max_size=2)
    places = st.integers(1, len(people))
    again = draw(st.dictionaries(places, places, max_size=2))
    return Center(people, posts, draw(some), draw(some), again)


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
    for place, other in center.again.items():
        if place != other:
            number = work.load(JobSeeker, other).id_number
            change(work, JobSeeker, place, state=SeekerState.WITHDRAWN, id_number=number)
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
