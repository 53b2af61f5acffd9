"""The first list of matches with its reasons, both ways: for one of fifty thousand seekers among
five thousand vacancies, and for one vacancy among the seekers.

The people and posts are invented. The store is made once and kept in the user's cache folder.
"""

import json
import random
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from typing import Any, Final

from app.core.clock import FixedClock
from app.core.plain import canonical
from app.core.words import Answer
from app.core.words.households import Sex
from app.core.words.placements import (
    Education,
    PayUnit,
    SeekerState,
    Shift,
    SkillGrade,
    Strain,
    VacancyState,
)
from app.office import Office, enter_store
from app.placements.match_queries import seekers_for, vacancies_for
from app.placements.match_records import Match, MatchForSeeker, MatchForVacancy
from app.placements.vacancy_rules import fresh_since
from app.reference.districts import districts
from app.work import Actor
from benchmarks.measure import Row, in_turn, times
from benchmarks.stores import (
    PASSWORD,
    TODAY,
    USER,
    data_key,
    filling,
    insert_rows,
    kept_store,
    new_center,
)
from db.engine import connect
from db.types import bits

SEEKERS: Final = 50_000
VACANCIES: Final = 5_000
EMPLOYERS: Final = 1_000
SEED: Final = 3_271
"""How many people the real center placed in its year."""

OF_SEEKERS: Final = 200
"""Seekers whose list is timed."""
OF_VACANCIES: Final = 100

OCCUPATIONS: Final = (
    *("保洁员", "家政", "厨师", "服务员", "收银员", "理货员", "保安", "门卫"),
    *("缝纫工", "焊工", "电工", "钳工", "车工", "司机", "搬运工", "快递员"),
    *("护工", "月嫂", "幼教", "会计", "出纳", "文员", "客服", "导购"),
    *("仓管", "装配工", "质检员", "油漆工", "木工", "瓦工", "水暖工", "园艺工"),
    *("洗碗工", "面点师", "美发", "美容", "维修工", "网管", "打字员", "食堂工"),
)


def match_rows() -> list[Row]:
    """Return the rows of the table."""
    store = kept_store("jobs", f"{SEEKERS:,} seekers", __file__, _make)
    clock = FixedClock(datetime.combine(TODAY, time(10)).astimezone())
    office, actor = enter_store(store, USER, PASSWORD, clock)
    with closing(office), closing(connect(store, data_key(store), read_only=True)) as raw:
        rng = random.Random(SEED)  # noqa: S311 - chooses people, keeps no secret
        return [
            _for_seekers(office, actor, raw, rng.sample(range(1, SEEKERS + 1), OF_SEEKERS)),
            _for_vacancies(office, actor, raw, rng.sample(range(1, VACANCIES + 1), OF_VACANCIES)),
        ]


def _for_seekers(office: Office, actor: Actor, raw: Any, ids: Sequence[int]) -> Row:
    def ours(id_: int) -> Any:
        return office.ask(actor, vacancies_for, MatchForSeeker(job_seeker_id=id_))

    def floor(id_: int) -> list[int]:
        return _vacancies_let_through(raw, id_)

    for id_ in ids:
        found = ours(id_)
        _check([(row.vacancy.id, row.match) for row in found.rows], found.total, floor(id_))
    above, below = in_turn(ours, floor, ids)
    return Row(
        f"the vacancies for one of {SEEKERS:,} seekers among {VACANCIES:,}: how many there are, "
        "the first fifty with their reasons, and, where they end, what widening gives",
        "raw SQL on the same index: the ids of all that the hard limits leave",
        above,
        below,
        (times("p50", above, below, 5),),
    )


def _for_vacancies(office: Office, actor: Actor, raw: Any, ids: Sequence[int]) -> Row:
    def ours(id_: int) -> Any:
        return office.ask(actor, seekers_for, MatchForVacancy(vacancy_id=id_))

    def floor(id_: int) -> list[int]:
        return _seekers_let_through(raw, id_)

    for id_ in ids:
        found = ours(id_)
        _check([(row.seeker.id, row.match) for row in found.rows], found.total, floor(id_))
    above, below = in_turn(ours, floor, ids)
    return Row(
        f"the seekers for one vacancy among {SEEKERS:,}: the same",
        "raw SQL on the same index: the ids of all that the hard limits leave",
        above,
        below,
        (times("p50", above, below, 5),),
    )


def _check(rows: Sequence[tuple[int, Match]], total: int, floor: Sequence[int]) -> None:
    """Hold a list against the ids of the floor, and its rank against its reasons."""
    points = [match.points for _id, match in rows]
    if (
        total != len(floor)
        or len(rows) != min(50, total)
        or not {id_ for id_, _match in rows} <= set(floor)
        or points != sorted(points, reverse=True)
        or any(match.points != sum(each.points for each in match.merits) for _id, match in rows)
    ):
        raise AssertionError("the matches differ from the hard limits")


# The floor: what a hand would write for this seeker, or for this vacancy, and no more

DAY: Final = TODAY.isoformat()
FRESH: Final = fresh_since(TODAY).isoformat()
BARS: Final = (
    Strain.HEIGHTS,
    Strain.CHEMICALS,
    Strain.DUST,
    Strain.HEAT,
    Strain.COLD,
    Strain.LIFTING,
)
HARMFUL: Final = bits(BARS)


def _vacancies_let_through(raw: Any, seeker: int) -> list[int]:
    told = raw.execute(
        "SELECT birth, sex, limits, districts, shifts, EXISTS (SELECT 1 FROM recognition c "
        "WHERE c.job_seeker_id = s.id AND c.state = 'recognised') "
        "FROM job_seeker s WHERE id = ? AND state = 'seeking' AND valid_until >= ?",
        (seeker, DAY),
    ).fetchone()
    if told is None:
        return []
    birth, sex, limits, places, shifts, recognised = told
    years = TODAY.year - int(birth[:4]) - (DAY[4:] < birth[4:])
    wanted, bound = [f"{years} >= 16"], list[Any]()
    if names := json.loads(places):
        marks = ", ".join("?" * len(names))
        wanted.append(f"(district IS NULL OR district IN ({marks}))")
        bound += names
    possible = [f"'{each}'" for each in Shift if bits([each]) & shifts]
    wanted.append(f"shift IN ({', '.join(possible)})")
    if limits:
        wanted.append(f"(strains & {limits}) = 0")
    if years < 18:
        wanted.append(f"(strains & {HARMFUL}) = 0 AND shift NOT IN ('night', 'rotating')")
    if not recognised:
        wanted.append("NOT public_welfare")
    rows = raw.execute(
        f"""SELECT id FROM vacancy WHERE state = 'open' AND confirmed_on >= ? AND valid_until >= ?
        AND hired < heads AND {" AND ".join(wanted)} AND (sex IS NULL OR sex = ?)
        AND (age_from IS NULL OR age_from <= ?) AND (age_to IS NULL OR age_to >= ?)
        AND employer_id NOT IN (SELECT employer_id FROM employer_bar WHERE state = 'in_force')
        AND id NOT IN (SELECT vacancy_id FROM match_exclusion WHERE job_seeker_id = ? AND live)
        AND id NOT IN (SELECT vacancy_id FROM job_referral
            WHERE job_seeker_id = ? AND state <> 'void')""",
        (FRESH, DAY, *bound, sex, years, years, seeker, seeker),
    )
    return [row[0] for row in rows]


def _seekers_let_through(raw: Any, vacancy: int) -> list[int]:
    told = raw.execute(
        "SELECT district, shift, strains, sex, age_from, age_to, public_welfare FROM vacancy "
        "WHERE id = ? AND state = 'open' AND confirmed_on >= ? AND valid_until >= ? "
        "AND hired < heads AND employer_id NOT IN "
        "(SELECT employer_id FROM employer_bar WHERE state = 'in_force')",
        (vacancy, FRESH, DAY),
    ).fetchone()
    if told is None:
        return []
    district, shift, strains, sex, age_from, age_to, welfare = told
    barred = strains & HARMFUL or shift in ("night", "rotating")
    wanted, bound = ["birth <= ?"], [_years_ago(max(18 if barred else 16, age_from or 0))]
    if age_to is not None:
        wanted.append("birth > ?")
        bound.append(_years_ago(age_to + 1))
    if district is not None:
        wanted.append("(districts = '[]' OR instr(districts, ?))")
        bound.append(f'"{district}"')
    if sex is not None:
        wanted.append(f"sex = '{sex}'")
    if strains:
        wanted.append(f"(limits & {strains}) = 0")
    if welfare:
        wanted.append(
            "EXISTS (SELECT 1 FROM recognition c "
            "WHERE c.job_seeker_id = job_seeker.id AND c.state = 'recognised')"
        )
    rows = raw.execute(
        f"""SELECT id FROM job_seeker WHERE state = 'seeking' AND valid_until >= ?
        AND {" AND ".join(wanted)} AND shifts & {bits([Shift(shift)])}
        AND id NOT IN (SELECT job_seeker_id FROM match_exclusion WHERE vacancy_id = ? AND live)
        AND id NOT IN (SELECT job_seeker_id FROM job_referral
            WHERE vacancy_id = ? AND state <> 'void')""",
        (DAY, *bound, vacancy, vacancy),
    )
    return [row[0] for row in rows]


def _years_ago(years: int) -> str:
    return TODAY.replace(year=TODAY.year - years).isoformat()


# The store


def _make(store: Path) -> None:
    new_center(store)
    rng = random.Random(SEED)  # noqa: S311 - invents people, keeps no secret
    tables = ("job_seeker", "vacancy", "employer", "employer_bar", "recognition", "job_referral")
    with filling(store, *tables, "match_exclusion") as connection:
        insert_rows(
            connection, "employer", [_employer(number) for number in range(1, EMPLOYERS + 1)]
        )
        insert_rows(connection, "employer_bar", [_bar(number) for number in range(1, 11)])
        insert_rows(connection, "vacancy", list(_vacancies(rng)))
        seekers = _seekers(rng)
        while part := list(islice(seekers, 5_000)):
            insert_rows(connection, "job_seeker", part)
        recognised = rng.sample(range(1, SEEKERS + 1), SEEKERS // 20)
        insert_rows(
            connection, "recognition", [_recognition(*each) for each in enumerate(recognised, 1)]
        )
        pairs = {
            (rng.randint(1, SEEKERS), rng.randint(1, VACANCIES)) for _each in range(SEEKERS // 5)
        }
        insert_rows(connection, "job_referral", [_referral(*each) for each in enumerate(pairs, 1)])
        away = list(islice(pairs, 1_000))
        insert_rows(
            connection, "match_exclusion", [_exclusion(*each) for each in enumerate(away, 1)]
        )


def _employer(number: int) -> dict[str, Any]:
    return {"id": number, "uscc": f"9123{number:014}", "name": f"示例企业{number}"}


def _bar(number: int) -> dict[str, Any]:
    return {
        "id": number,
        "employer_id": number,
        "state": "in_force",
        "reason": "收取押金",
        "barred_by": 1,
    }


def _vacancies(rng: random.Random) -> Iterator[dict[str, Any]]:
    """Yield vacancies: nine of ten stand open, and most of these were confirmed in time."""
    places = [each.name for each in districts()]
    weights = [9] * 9 + [1] * (len(places) - 9)
    for number in range(1, VACANCIES + 1):
        wage = rng.randrange(180_000, 500_000, 10_000)
        aged = rng.random() < 0.2
        yield {
            "id": number,
            "number": f"岗2026-{number:04d}",
            "state": rng.choices(tuple(VacancyState), (90, 5, 5))[0].value,
            "employer_id": rng.randint(1, EMPLOYERS),
            "public_welfare": rng.random() < 0.04,
            "occupation": rng.choice(OCCUPATIONS),
            "heads": (heads := rng.randint(1, 10)),
            "hired": rng.randint(0, heads - 1),
            "district": rng.choices(places, weights)[0] if rng.random() < 0.97 else None,
            "workplace": "示例街 1 号",
            "shift": rng.choices(tuple(Shift), (60, 10, 25, 5))[0].value,
            "strains": bits(rng.sample(tuple(Strain), rng.choice((0, 0, 1, 1, 2)))),
            "wage_from": wage,
            "wage_to": wage + 50_000 if rng.random() < 0.5 else None,
            "pay_unit": rng.choices(tuple(PayUnit), (85, 5, 5, 5))[0].value,
            "education": _maybe(rng, 0.4, Education),
            "skill_grade": _maybe(rng, 0.15, SkillGrade),
            "age_from": 18 if aged else None,
            "age_to": rng.choice((45, 50, 55)) if aged else None,
            "sex": _maybe(rng, 0.02, Sex),
            "limit_ground": "演示",
            "insured": rng.choice(tuple(Answer)).value,
            "board": rng.choice(tuple(Answer)).value,
            "confirmed_on": TODAY - timedelta(rng.choices((rng.randrange(14), 30), (85, 15))[0]),
            "valid_until": TODAY + timedelta(rng.randrange(-2, 90)),
            "ended_reason": "演示",
            "entered_by": 1,
        }


def _seekers(rng: random.Random) -> Iterator[dict[str, Any]]:
    """Yield seekers: nineteen of twenty look for work now."""
    places = [each.name for each in districts()]
    for number in range(1, SEEKERS + 1):
        birth = date(1960, 1, 1) + timedelta(rng.randrange(365 * 51))
        yield {
            "id": number,
            "number": f"求2026-{number:04d}",
            "state": (SeekerState.SEEKING if rng.random() < 0.95 else SeekerState.PLACED).value,
            "name": f"示例{number}",
            "id_number": f"239001{birth:%Y%m%d}{number:06d}",
            "sex": rng.choice(tuple(Sex)).value,
            "birth": birth,
            "phone": "15400000000",
            "address": "示例街 1 号",
            "district": rng.choice(places[:9]) if rng.random() < 0.95 else None,
            "education": _maybe(rng, 0.8, Education),
            "skill_grade": _maybe(rng, 0.3, SkillGrade),
            "limits": bits(rng.sample(tuple(Strain), rng.choice((0, 0, 0, 1, 2)))),
            "wishes": canonical(rng.sample(OCCUPATIONS, rng.randint(1, 3))),
            "wage_wish": rng.randrange(150_000, 450_000, 10_000) if rng.random() < 0.8 else None,
            "districts": canonical(rng.sample(places[:9], rng.choice((0, 1, 2, 3)))),
            "shifts": bits(rng.choice(((Shift.DAY,), (Shift.DAY, Shift.HOURS), tuple(Shift)))),
            "board": rng.choice(tuple(Answer)).value,
            "registered_on": TODAY - timedelta(30),
            "valid_until": TODAY + timedelta(rng.randrange(-5, 150)),
            "entered_by": 1,
        }


def _maybe(rng: random.Random, share: float, words: Any) -> str | None:
    return rng.choice(tuple(words)).value if rng.random() < share else None


def _recognition(number: int, seeker: int) -> dict[str, Any]:
    return {
        "id": number,
        "number": f"认2026-{number:04d}",
        "job_seeker_id": seeker,
        "state": "recognised",
        "grounds": "[]",
        "findings": "{}",
        "applied_by": 1,
        "decided_by": 2,
        "decided_on": TODAY,
    }


def _referral(number: int, pair: tuple[int, int]) -> dict[str, Any]:
    return {
        "id": number,
        "number": f"荐2026-{number:04d}",
        "state": "issued",
        "job_seeker_id": pair[0],
        "vacancy_id": pair[1],
        "match": "{}",
        "issued_by": 1,
    }


def _exclusion(number: int, pair: tuple[int, int]) -> dict[str, Any]:
    seeker, vacancy = pair
    return {
        "id": number,
        "job_seeker_id": seeker,
        "vacancy_id": vacancy % VACANCIES + 1,
        "reason": "演示",
        "live": number % 3 > 0,
        "entered_by": 1,
    }
