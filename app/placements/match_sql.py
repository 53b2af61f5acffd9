"""The statements that find matches: hard limits filter, the sum of the merits ranks. Pure.

They say of all vacancies, or of all seekers, what `app.placements.match_limits` and
`app.placements.match_merits` say of one pair. What is known of the one side is bound, so that each
direction reads one index and nothing else: ``ix_vacancy_match`` or ``ix_job_seeker_match``.
"""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from app.core.words import Answer, Word
from app.core.words.placements import Education, PayUnit, SkillGrade
from app.placements.match_limits import GROWN, NOT_BEFORE_GROWN, NOT_BY_NIGHT, Days
from app.placements.match_merits import MOST, OF_WISH
from app.placements.match_records import Limit, Merit, SeekerCard, VacancyCard
from app.placements.seeker_rules import YOUNGEST

ALWAYS: Final = "1"


@dataclass(frozen=True)
class Search:
    """A search for what matches one side, in the parts of its statements."""

    table: str
    fixed: Sequence[str]
    """The limits that nothing widens; those that take longest stand last."""
    near: str
    on_shift: str
    points: Sequence[str]
    keys: str
    order: str
    """What decides between two of equal points, and the columns it needs."""
    bound: dict[str, Any]

    def best(self, without: Container[Limit]) -> str:
        """Return the statement of the best, from ``:offset`` on at most ``:most``: the id of each
        and how many there are in all."""
        where = " AND ".join((*self._widened(without), *self.fixed))
        return f"""
            SELECT id, count(*) OVER () FROM (
                SELECT {self.keys}, {" + ".join(self.points)} AS points
                FROM {self.table} WHERE {where})
            ORDER BY points DESC, {self.order} LIMIT :most OFFSET :offset"""  # noqa: S608 - from below

    def count(self, without: Container[Limit]) -> str:
        """Return the statement that counts how many match, and how many did if the distance, or
        the shift, were no limit."""
        near, on_shift = self._widened(without)
        return f"""
            SELECT count(*) FILTER (WHERE {near} AND {on_shift}),
                count(*) FILTER (WHERE {on_shift}), count(*) FILTER (WHERE {near})
            FROM {self.table} WHERE {" AND ".join(self.fixed)}"""  # noqa: S608 - from below

    def _widened(self, without: Container[Limit]) -> tuple[str, str]:
        return (
            ALWAYS if Limit.DISTANCE in without else self.near,
            ALWAYS if Limit.SHIFT in without else self.on_shift,
        )


# The vacancies for a seeker

OPEN: Final = """
    state = 'open' AND confirmed_on >= :fresh_since AND valid_until >= :today AND hired < heads
    AND (age_from IS NULL OR age_from <= :age) AND (age_to IS NULL OR age_to >= :age)
    AND (sex IS NULL OR sex = :sex)"""

PERSON: Final = """(SELECT id FROM job_seeker WHERE id_number =
    (SELECT id_number FROM job_seeker WHERE id = :job_seeker_id))"""
"""All registrations of the person: what was done in an earlier one is not forgotten."""

VACANCY_CLEAR: Final = f"""
    employer_id NOT IN (SELECT employer_id FROM employer_bar WHERE state = 'in_force')
    AND id NOT IN (SELECT vacancy_id FROM match_exclusion
        WHERE job_seeker_id IN {PERSON} AND live)
    AND id NOT IN (SELECT vacancy_id FROM job_referral
        WHERE job_seeker_id IN {PERSON} AND state <> 'void')"""  # noqa: S608 - from above


def vacancies_for(seeker: SeekerCard, days: Days) -> Search:
    """Return the search for the vacancies that match a seeker, whom no limit of their own bars."""
    fixed = [OPEN, f":age >= {YOUNGEST}"]
    if seeker.limits:
        fixed.append(f"(strains & {_bits(seeker.limits)}) = 0")
    if seeker.age < GROWN:
        fixed.append(f"(strains & {_bits(NOT_BEFORE_GROWN)}) = 0")
        fixed.append(f"shift NOT IN ({_listed(NOT_BY_NIGHT)})")
    if not seeker.recognised:
        fixed.append("NOT public_welfare")
    fixed.append(VACANCY_CLEAR)
    districts = ", ".join(f":district_{place}" for place in range(len(seeker.districts)))
    return Search(
        table="vacancy",
        fixed=fixed,
        near=f"(district IS NULL OR district IN ({districts}))" if districts else ALWAYS,
        on_shift=f"shift IN ({_listed(seeker.shifts)})",
        points=tuple(_merits_of_vacancies(seeker)),
        keys="id, confirmed_on",
        order="confirmed_on DESC, id",
        bound={
            "job_seeker_id": seeker.id,
            "today": days.today.isoformat(),
            "fresh_since": days.fresh_since.isoformat(),
            "newly_since": days.newly_since.isoformat(),
            "age": seeker.age,
            "sex": seeker.sex.value,
            "wage_wish": seeker.wage_wish,
            "home": seeker.district,
            **{f"district_{place}": name for place, name in enumerate(seeker.districts)},
            **{f"wish_{place}": wish for place, wish in enumerate(seeker.wishes)},
        },
    )


def _merits_of_vacancies(seeker: SeekerCard) -> Iterable[str]:
    wishes = [f":wish_{place}" for place in range(len(seeker.wishes))]
    yield _wished(wishes, "occupation")
    monthly = f"pay_unit = '{PayUnit.MONTH}'"
    if seeker.wage_wish is None:
        yield _open(Merit.PAY)
    else:
        holds = f"{monthly} AND wage_from >= :wage_wish"
        yield _case(Merit.PAY, holds, f"NOT {monthly} OR wage_to >= :wage_wish")
    if seeker.district is None:
        yield _open(Merit.DISTRICT)
    else:
        yield _case(Merit.DISTRICT, "district = :home", "district IS NULL")
    for merit, column, has in (
        (Merit.EDUCATION, "education", seeker.education),
        (Merit.SKILL, "skill_grade", seeker.skill_grade),
    ):
        nothing = f"{column} IS NULL"
        if has is None:
            yield _case(merit, nothing, ALWAYS)
        else:
            yield _case(merit, f"{nothing} OR {column} IN ({_listed(_up_to(has))})")
    yield _case(Merit.INSURED, f"insured = '{Answer.YES}'", f"insured <> '{Answer.NO}'")
    if seeker.board is Answer.NO:
        yield _full(Merit.BOARD)
    else:
        open_ = f"board <> '{Answer.NO}'" if seeker.board is Answer.YES else ALWAYS
        yield _case(Merit.BOARD, f"board = '{Answer.YES}'", open_)
    yield _case(Merit.NEWLY, "confirmed_on >= :newly_since")


# The seekers for a vacancy

SEEKING: Final = "state = 'seeking' AND valid_until >= :today AND birth <= :born_by"

SEEKER_CLEAR: Final = """
    id NOT IN (SELECT again.id FROM (
            SELECT job_seeker_id FROM match_exclusion WHERE vacancy_id = :vacancy_id AND live
            UNION SELECT job_seeker_id FROM job_referral
            WHERE vacancy_id = :vacancy_id AND state <> 'void') done
        CROSS JOIN job_seeker person ON person.id = done.job_seeker_id
        CROSS JOIN job_seeker again ON again.id_number = person.id_number)"""
"""Whom nothing was done about before, in no registration. `CROSS JOIN` keeps SQLite from going
through all seekers first."""

RECOGNISED: Final = """EXISTS (SELECT 1 FROM recognition
    WHERE job_seeker_id = job_seeker.id AND state = 'recognised')"""


def seekers_for(vacancy: VacancyCard, days: Days) -> Search:
    """Return the search for the seekers that match a vacancy, which no limit of its own bars."""
    harmful = vacancy.shift in NOT_BY_NIGHT or any(
        strain in NOT_BEFORE_GROWN for strain in vacancy.strains
    )
    oldest = vacancy.age_to
    youngest = max(GROWN if harmful else YOUNGEST, vacancy.age_from or 0)
    fixed = [SEEKING]
    if oldest is not None:
        fixed.append("birth > :not_born_by")
    if vacancy.sex is not None:
        fixed.append(f"sex = '{vacancy.sex}'")
    if vacancy.strains:
        fixed.append(f"(limits & {_bits(vacancy.strains)}) = 0")
    if vacancy.public_welfare:
        fixed.append(RECOGNISED)
    fixed.append(SEEKER_CLEAR)
    anywhere = vacancy.district is None
    return Search(
        table="job_seeker",
        fixed=fixed,
        near=ALWAYS if anywhere else "(districts = '[]' OR instr(districts, :place) > 0)",
        on_shift=f"(shifts & {_bits([vacancy.shift])}) <> 0",
        points=tuple(_merits_of_seekers(vacancy, days)),
        keys="id",
        order="id",  # whoever registered first
        bound={
            "vacancy_id": vacancy.id,
            "today": days.today.isoformat(),
            "born_by": _born_by(days.today, youngest),
            "not_born_by": None if oldest is None else _born_by(days.today, oldest + 1),
            "place": f'"{vacancy.district}"',
            "district": vacancy.district,
            "occupation": vacancy.occupation,
            "wage_from": vacancy.wage_from,
            "wage_to": vacancy.wage_to,
        },
    )


def _merits_of_seekers(vacancy: VacancyCard, days: Days) -> Iterable[str]:
    wishes = [f"wishes ->> {place}" for place in range(len(OF_WISH))]
    yield _wished(wishes, ":occupation")
    if vacancy.pay_unit is PayUnit.MONTH:
        open_ = "wage_wish IS NULL OR wage_wish <= :wage_to"
        yield _case(Merit.PAY, "wage_wish <= :wage_from", open_)
    else:
        yield _open(Merit.PAY)
    if vacancy.district is None:
        yield _open(Merit.DISTRICT)
    else:
        yield _case(Merit.DISTRICT, "district = :district", "district IS NULL")
    for merit, column, wanted in (
        (Merit.EDUCATION, "education", vacancy.education),
        (Merit.SKILL, "skill_grade", vacancy.skill_grade),
    ):
        if wanted is None:
            yield _full(merit)
        else:
            yield _case(merit, f"{column} IN ({_listed(_from(wanted))})", f"{column} IS NULL")
    insured = vacancy.insured.known
    yield "0" if insured is False else _full(Merit.INSURED) if insured else _open(Merit.INSURED)
    if vacancy.board is Answer.YES:
        yield _full(Merit.BOARD)
    else:
        open_ = f"board <> '{Answer.YES}'" if vacancy.board is Answer.NO else ALWAYS
        yield _case(Merit.BOARD, f"board = '{Answer.NO}'", open_)
    yield _full(Merit.NEWLY) if vacancy.confirmed_on >= days.newly_since else "0"


# Parts


def _case(merit: Merit, holds: str, open_: str = "0") -> str:
    """Give a merit its points: all when it holds, half when that is open, else none."""
    most = MOST[merit]
    return f"CASE WHEN {holds} THEN {most} WHEN {open_} THEN {most // 2} ELSE 0 END"


def _full(merit: Merit) -> str:
    return str(MOST[merit])


def _open(merit: Merit) -> str:
    return str(MOST[merit] // 2)


def _wished(wishes: Sequence[str], occupation: str) -> str:
    """Give the points of the first wish that fits the occupation."""
    cases = " ".join(
        f"WHEN instr({occupation}, {wish}) > 0 OR instr({wish}, {occupation}) > 0 THEN {points}"
        for wish, points in zip(wishes, OF_WISH, strict=False)
    )
    return f"CASE {cases} ELSE 0 END"


def _up_to(word: Education | SkillGrade) -> list[Word]:
    """Return the words of a list from the least to this one."""
    words = list[Word](type(word))
    return words[: words.index(word) + 1]


def _from(word: Education | SkillGrade) -> list[Word]:
    """Return the words of a list from this one to the most."""
    words = list[Word](type(word))
    return words[words.index(word) :]


def _listed(words: Iterable[Word]) -> str:
    return ", ".join(f"'{word}'" for word in words)


def _bits(words: Iterable[Word]) -> int:
    """Return a set of words as the store keeps it (`db.types.Flags`)."""
    return sum(1 << list(type(word)).index(word) for word in words)


def _born_by(today: date, years: int) -> str:
    """Return the last day of birth of those who are so many years old, as the store compares it.

    On a 29 February it may be one that never was: text compares it rightly.
    """
    return f"{today.year - years:04}{today:-%m-%d}"
