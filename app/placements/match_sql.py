"""The statements that find matches: hard limits filter, the sum of the merits ranks. Pure.

They say in SQL what `app.placements.match_limits` and `app.placements.match_merits` say in words
for one pair. Both directions are the same pair of ``s`` and ``v``, of which one is a single row.
"""

from collections.abc import Iterable
from typing import Final

from app.core.words import Word
from app.core.words.placements import Education, Shift, SkillGrade
from app.placements.match_limits import NOT_BEFORE_GROWN, NOT_BY_NIGHT
from app.placements.match_merits import MOST, OF_WISH
from app.placements.match_records import Merit


def _bits(words: Iterable[Word]) -> int:
    """Return a set of words as the store keeps it (`db.types.Flags`)."""
    return sum(1 << list(type(word)).index(word) for word in words)


def _ranks(column: str, words: type[Word]) -> str:
    """Give each word of a list its place; nothing stays nothing."""
    cases = " ".join(f"WHEN '{word}' THEN {place}" for place, word in enumerate(words))
    return f"CASE {column} {cases} END"


def _bit(column: str, words: type[Word]) -> str:
    """Give each word of a list its bit."""
    cases = " ".join(f"WHEN '{word}' THEN {_bits([word])}" for word in words)
    return f"CASE {column} {cases} END"


# The two sides

SEEKERS: Final = f"""
    SELECT id, birth, sex, limits, districts, shifts, wage_wish, district, board,
        wishes ->> 0 AS first_wish, wishes ->> 1 AS second_wish, wishes ->> 2 AS third_wish,
        {_ranks("education", Education)} AS education, {_ranks("skill_grade", SkillGrade)} AS skill,
        EXISTS (SELECT 1 FROM recognition
            WHERE job_seeker_id = job_seeker.id AND state = 'recognised') AS recognised
    FROM job_seeker
    WHERE state = 'seeking' AND valid_until >= :today"""  # noqa: S608 - words of ours

VACANCIES: Final = f"""
    SELECT id, occupation, wage_from, wage_to, pay_unit, district, '"' || district || '"' AS place,
        {_bit("shift", Shift)} AS shift, strains, sex, public_welfare, insured, board, confirmed_on,
        {_ranks("education", Education)} AS education, {_ranks("skill_grade", SkillGrade)} AS skill,
        age_from, (:year - age_from) || :same_day AS born_until,
        age_to, (:year - age_to - 1) || :same_day AS born_after
    FROM vacancy
    WHERE state = 'open' AND confirmed_on >= :fresh_since AND valid_until >= :today
        AND hired < heads
        AND employer_id NOT IN (SELECT employer_id FROM employer_bar WHERE state = 'in_force')"""  # noqa: S608 - words of ours
"""Somebody is so many years old whose day of birth is not after the same day so many years ago."""

BETWEEN: Final = f"""(s.limits & v.strains) = 0
        AND (v.sex IS NULL OR v.sex = s.sex)
        AND (v.age_from IS NULL OR s.birth <= v.born_until)
        AND (v.age_to IS NULL OR s.birth > v.born_after)
        AND s.birth <= :sixteen
        AND (s.birth <= :eighteen OR ((v.strains & {_bits(NOT_BEFORE_GROWN)}) = 0
            AND (v.shift & {_bits(NOT_BY_NIGHT)}) = 0))
        AND (NOT v.public_welfare OR s.recognised)"""
"""Limits between the two that nothing widens."""

NEAR: Final = "(:distance OR s.districts = '[]' OR v.place IS NULL OR instr(s.districts, v.place))"
ON_SHIFT: Final = "(:shift OR (s.shifts & v.shift) <> 0)"
"""The limits of `WIDENED`; a flag of their name lifts them."""


# The merits


def _weighed(merit: Merit, holds: str, open_: str) -> str:
    """Give a merit its points: all when it holds, half when that is open, else none."""
    most = MOST[merit]
    return f"CASE WHEN {holds} THEN {most} WHEN {open_} THEN {most // 2} ELSE 0 END"


def _wished() -> str:
    """Give the points of the first wish that fits the occupation."""
    cases = " ".join(
        f"WHEN instr(v.occupation, s.{wish}) OR instr(s.{wish}, v.occupation) THEN {points}"
        for wish, points in zip(("first_wish", "second_wish", "third_wish"), OF_WISH, strict=True)
    )
    return f"CASE {cases} ELSE 0 END"


POINTS: Final = " + ".join(
    (
        _wished(),
        _weighed(
            Merit.PAY,
            "v.pay_unit = 'month' AND v.wage_from >= s.wage_wish",
            "s.wage_wish IS NULL OR v.pay_unit <> 'month' OR v.wage_to >= s.wage_wish",
        ),
        _weighed(
            Merit.DISTRICT, "s.district = v.district", "s.district IS NULL OR v.district IS NULL"
        ),
        _weighed(
            Merit.EDUCATION,
            "v.education IS NULL OR s.education >= v.education",
            "s.education IS NULL",
        ),
        _weighed(Merit.SKILL, "v.skill IS NULL OR s.skill >= v.skill", "s.skill IS NULL"),
        _weighed(Merit.INSURED, "v.insured = 'yes'", "v.insured <> 'no'"),
        _weighed(
            Merit.BOARD,
            "s.board = 'no' OR v.board = 'yes'",
            "s.board <> 'yes' OR v.board <> 'no'",
        ),
        _weighed(Merit.NEWLY, "v.confirmed_on >= :newly_since", "0"),
    )
)


# The statements

VACANCIES_OF: Final = f"""
    WITH s AS MATERIALIZED ({SEEKERS} AND id = :job_seeker_id), v AS ({VACANCIES})
    SELECT {{}} FROM s CROSS JOIN v
    WHERE {{}} AND {BETWEEN}
        AND v.id NOT IN (SELECT vacancy_id FROM match_exclusion
            WHERE job_seeker_id = :job_seeker_id AND live)
        AND v.id NOT IN (SELECT vacancy_id FROM job_referral
            WHERE job_seeker_id = :job_seeker_id AND state <> 'void')"""  # noqa: S608 - from above

SEEKERS_OF: Final = f"""
    WITH v AS MATERIALIZED ({VACANCIES} AND id = :vacancy_id), s AS ({SEEKERS})
    SELECT {{}} FROM v CROSS JOIN s
    WHERE {{}} AND {BETWEEN}
        AND s.id NOT IN (SELECT job_seeker_id FROM match_exclusion
            WHERE vacancy_id = :vacancy_id AND live)
        AND s.id NOT IN (SELECT job_seeker_id FROM job_referral
            WHERE vacancy_id = :vacancy_id AND state <> 'void')"""  # noqa: S608 - from above

COUNTS: Final = f"""count(*) FILTER (WHERE {NEAR} AND {ON_SHIFT}),
    count(*) FILTER (WHERE {ON_SHIFT}), count(*) FILTER (WHERE {NEAR})"""
"""How many match; how many did if the distance, or the shift, were no limit."""

COUNT_VACANCIES: Final = VACANCIES_OF.format(COUNTS, "1")
COUNT_SEEKERS: Final = SEEKERS_OF.format(COUNTS, "1")

FITTING: Final = f"{NEAR} AND {ON_SHIFT}"

BEST_VACANCIES: Final = f"""
    SELECT id, count(*) OVER () FROM (
        {VACANCIES_OF.format(f"v.id, v.confirmed_on, {POINTS} AS points", FITTING)})
    ORDER BY points DESC, confirmed_on DESC, id LIMIT :most OFFSET :offset"""  # noqa: S608 - from above
"""The best, each with how many there are in all."""

BEST_SEEKERS: Final = f"""
    SELECT id, count(*) OVER () FROM (
        {SEEKERS_OF.format(f"s.id, {POINTS} AS points", FITTING)})
    ORDER BY points DESC, id LIMIT :most OFFSET :offset"""  # noqa: S608 - from above
"""Of two that are equal, whoever registered first."""
