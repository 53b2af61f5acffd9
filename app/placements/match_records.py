"""What is asked and shown about matches: hard limits that filter, points that rank, and why."""

from datetime import date, datetime
from typing import Annotated, Any, Final

import msgspec

from app.core.i18n import N_
from app.core.kinds import (
    Amount,
    Choice,
    Code,
    Count,
    Day,
    Flag,
    Key,
    Lines,
    Many,
    Moment,
    Name,
    Part,
    Text,
    YesNo,
)
from app.core.money import Fen
from app.core.record import Record
from app.core.words import Answer, Word
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

PAGE: Final = 50
"""How many matches are shown at once."""

MOST_COMPARED: Final = 4
"""How many matches stand side by side."""


class Limit(Word):
    """What keeps a seeker and a vacancy apart, whatever else fits."""

    SEEKING = "seeking", N_("Registration")
    OPEN = "open", N_("Vacancy open")
    FRESH = "fresh", N_("Vacancy confirmed")
    POSTS = "posts", N_("Free posts")
    BARRED = "barred", N_("Blacklist")
    AGE = "age", N_("Age")
    MINOR = "minor", N_("Protection of the young")
    SEX = "sex", N_("Sex")
    HEALTH = "health", N_("Bodily fitness")
    DISTANCE = "distance", N_("Distance")
    SHIFT = "shift", N_("Shift")
    WELFARE = "welfare", N_("Public-welfare post")
    EXCLUDED = "excluded", N_("Exclusion")
    REFERRED = "referred", N_("Referred before")


OF_SEEKER: Final = (Limit.SEEKING,)
"""Limits of a seeker alone: one that stands keeps every vacancy away."""

OF_VACANCY: Final = (Limit.OPEN, Limit.FRESH, Limit.POSTS, Limit.BARRED)
"""Limits of a vacancy alone: one that stands keeps every seeker away."""

OF_PAIR: Final = tuple(limit for limit in Limit if limit not in (*OF_SEEKER, *OF_VACANCY))
"""Limits between the two."""

WIDENED: Final = (Limit.DISTANCE, Limit.SHIFT)
"""Limits that the seeker may give way in."""


class Merit(Word):
    """What makes one match better than another; `app.placements.match_rules` weighs them."""

    OCCUPATION = "occupation", N_("Occupation")
    PAY = "pay", N_("Pay")
    DISTRICT = "district", N_("Near home")
    EDUCATION = "education", N_("Education")
    SKILL = "skill", N_("Skill grade")
    INSURED = "insured", N_("Social insurance")
    BOARD = "board", N_("Food and bed")
    NEWLY = "newly", N_("Newly confirmed")


Version = Annotated[int, Key()]
SeekerId = Annotated[int, Key()]
VacancyId = Annotated[int, Key()]
District = Annotated[str | None, Code(label=N_("District"), list="district")]
Schooling = Annotated[Education | None, Choice(label=N_("Education"), words=Education)]
Grade = Annotated[SkillGrade | None, Choice(label=N_("Skill grade"), words=SkillGrade)]
Occupation = Annotated[str, Text(label=N_("Occupation"))]
Points = Annotated[int, Count(label=N_("Points"))]
Says = Annotated[str, Text(label=N_("Reason"), max_length=200)]
Without = Annotated[tuple[Limit, ...], Many(label=N_("Widened"))]
Offset = Annotated[int, Count(label=N_("From line"))]
AtMost = Annotated[int, Count(label=N_("At most"), at_least=1, at_most=200)]
ExclusionReason = Annotated[str, Lines(label=N_("Why it is excluded"), max_length=300)]


class LimitFinding(Record):
    """One hard limit of a pair as it came out, in a sentence."""

    limit: Annotated[Limit, Choice(label=N_("What has to hold"), words=Limit)]
    held: Annotated[bool | None, Flag(label=N_("Held"))]
    """False keeps the two apart; `None` when it cannot be told, which does not."""
    says: Says


class MeritFinding(Record):
    """The points of one merit and why there are as many."""

    merit: Annotated[Merit, Choice(label=N_("What makes the points"), words=Merit)]
    held: Annotated[bool | None, Flag(label=N_("Held"))]
    """`None` when it holds in part or cannot be told."""
    points: Points
    most: Annotated[int, Count(label=N_("Points at most"))]
    says: Says


class Match(Record):
    """What speaks for one pair of seeker and vacancy, and what against it."""

    job_seeker_id: SeekerId
    vacancy_id: VacancyId
    points: Points
    """The sum of the points of ``merits``, of 100: what ranks the match."""
    merits: Annotated[tuple[MeritFinding, ...], Many(label=N_("What makes the points"))]
    limits: Annotated[tuple[LimitFinding, ...], Many(label=N_("What has to hold"))]
    """In a list those between the two that concern them; one that was widened may stand."""


class SeekerCard(Record):
    """What a match looks at and shows of a seeker, as of a day."""

    id: SeekerId
    version: Version
    number: Annotated[str, Text(label=N_("Registration number"))]
    state: Annotated[SeekerState, Choice(label=N_("State"), words=SeekerState)]
    valid_until: Annotated[date, Day(label=N_("Valid until"))]
    name: Annotated[str, Name(label=N_("Name"))]
    sex: Annotated[Sex, Choice(label=N_("Sex"), words=Sex)]
    age: Annotated[int, Count(label=N_("Age"))]
    district: District
    recognised: Annotated[bool, Flag(label=N_("Recognised as difficult to employ"))]
    education: Schooling
    skill_grade: Grade
    skills: Annotated[str, Text(label=N_("Skills"))]
    limits: Annotated[tuple[Strain, ...], Many(label=N_("Cannot bear"))]
    wishes: Annotated[tuple[str, ...], Many(label=N_("Occupations wished"))]
    wage_wish: Annotated[Fen | None, Amount(label=N_("Wage wished a month, at least"))]
    districts: Annotated[tuple[str, ...], Many(label=N_("Would work in"))]
    shifts: Annotated[tuple[Shift, ...], Many(label=N_("Shifts possible"))]
    board: Annotated[Answer, YesNo(label=N_("Needs food and a bed"))]
    available_on: Annotated[date | None, Day(label=N_("Can begin on"))]


class VacancyCard(Record):
    """What a match looks at and shows of a vacancy."""

    id: VacancyId
    version: Version
    number: Annotated[str, Text(label=N_("Vacancy number"))]
    state: Annotated[VacancyState, Choice(label=N_("State"), words=VacancyState)]
    employer_id: Annotated[int, Key()]
    employer: Annotated[str, Text(label=N_("Employer"))]
    barred: Annotated[bool, Flag(label=N_("On the blacklist"))]
    public_welfare: Annotated[bool, Flag(label=N_("Public-welfare post"))]
    occupation: Occupation
    heads: Annotated[int, Count(label=N_("Posts"))]
    hired: Annotated[int, Count(label=N_("Hired"))]
    district: District
    workplace: Annotated[str, Text(label=N_("Place of work"))]
    shift: Annotated[Shift, Choice(label=N_("Shift"), words=Shift)]
    working_hours: Annotated[str, Text(label=N_("Working hours"))]
    strains: Annotated[tuple[Strain, ...], Many(label=N_("Strains"))]
    wage_from: Annotated[Fen, Amount(label=N_("Pay from"))]
    wage_to: Annotated[Fen | None, Amount(label=N_("Pay up to"))]
    pay_unit: Annotated[PayUnit, Choice(label=N_("Pay for"), words=PayUnit)]
    education: Schooling
    skill_grade: Grade
    age_from: Annotated[int | None, Count(label=N_("Age from"))]
    age_to: Annotated[int | None, Count(label=N_("Age up to"))]
    sex: Annotated[Sex | None, Choice(label=N_("Sex"), words=Sex)]
    limit_ground: Annotated[str, Text(label=N_("Ground of the limit"))]
    insured: Annotated[Answer, YesNo(label=N_("Social insurance"))]
    board: Annotated[Answer, YesNo(label=N_("Food and bed"))]
    confirmed_on: Annotated[date, Day(label=N_("Confirmed on"))]
    valid_until: Annotated[date, Day(label=N_("Valid until"))]


class MatchForSeeker(Record):
    """Asks for the vacancies that fit a seeker, the best first."""

    job_seeker_id: SeekerId
    without: Without = ()
    """Those of `WIDENED` that do not filter this time."""
    offset: Offset = 0
    limit: AtMost = PAGE


class MatchForVacancy(Record):
    """Asks for the seekers that fit a vacancy, the best first."""

    vacancy_id: VacancyId
    without: Without = ()
    offset: Offset = 0
    limit: AtMost = PAGE


class VacancyMatch(Record):
    """One vacancy that fits."""

    vacancy: Annotated[VacancyCard, Part()]
    match: Annotated[Match, Part()]


class SeekerMatch(Record):
    """One seeker that fits."""

    seeker: Annotated[SeekerCard, Part()]
    match: Annotated[Match, Part()]


class Widening(Record):
    """How many more there were if this one limit did not filter."""

    limit: Annotated[Limit, Choice(label=N_("What has to hold"), words=Limit)]
    more: Annotated[int, Count(label=N_("More"))]


class MatchesForSeeker(Record):
    """The vacancies that fit a seeker."""

    seeker: Annotated[SeekerCard, Part()]
    stands: Annotated[tuple[LimitFinding, ...], Many(label=N_("What has to hold"))]
    """What keeps every vacancy away, so that there are no rows."""
    rows: Annotated[tuple[VacancyMatch, ...], Many(label=N_("Matches"))]
    total: Annotated[int, Count(label=N_("All"))]
    widen: Annotated[tuple[Widening, ...], Many(label=N_("Widened"))]
    """Where the matches end with these rows: for each of `WIDENED` that filtered."""


class MatchesForVacancy(Record):
    """The seekers that fit a vacancy."""

    vacancy: Annotated[VacancyCard, Part()]
    stands: Annotated[tuple[LimitFinding, ...], Many(label=N_("What has to hold"))]
    rows: Annotated[tuple[SeekerMatch, ...], Many(label=N_("Matches"))]
    total: Annotated[int, Count(label=N_("All"))]
    widen: Annotated[tuple[Widening, ...], Many(label=N_("Widened"))]


class Pair(Record):
    """One seeker and one vacancy."""

    job_seeker_id: SeekerId
    vacancy_id: VacancyId


class MatchesAsked(Record):
    """Names some pairs, at most `MOST_COMPARED`, to be seen side by side."""

    pairs: Annotated[tuple[Pair, ...], Many(label=N_("Matches"))]


class PairView(Record):
    """One pair with everything a match looked at: each limit and each merit as it came out."""

    seeker: Annotated[SeekerCard, Part()]
    vacancy: Annotated[VacancyCard, Part()]
    match: Annotated[Match, Part()]

    @property
    def stands(self) -> tuple[LimitFinding, ...]:
        """Return the limits that keep the two apart; empty when they match."""
        return tuple(each for each in self.match.limits if each.held is False)


class ExclusionForm(Record):
    """Excludes a pair from the matches of both, and says why."""

    job_seeker_id: SeekerId
    vacancy_id: VacancyId
    reason: ExclusionReason
    draft_id: Annotated[str, Key()] = ""


class ExclusionStep(Record):
    """Takes an exclusion back."""

    id: Annotated[int, Key()]
    version: Version


class ExclusionQuery(Record):
    """Asks for exclusions, the newest first; every part narrows the list."""

    job_seeker_id: Annotated[int | None, Key()] = None
    """One registration; those of all registrations of the person are given."""
    vacancy_id: Annotated[int | None, Key()] = None
    live: Annotated[bool, Flag(label=N_("Not taken back"))] = True
    """Only those that were not taken back."""
    offset: Offset = 0
    limit: Annotated[int, Count(label=N_("At most"), at_least=1, at_most=1000)] = 200


class ExclusionRow(Record):
    """One pair that was excluded."""

    id: Annotated[int, Key()]
    version: Version
    live: Annotated[bool, Flag(label=N_("Not taken back"))]
    reason: ExclusionReason
    job_seeker_id: SeekerId
    seeker_number: Annotated[str, Text(label=N_("Registration number"))]
    name: Annotated[str, Name(label=N_("Name"))]
    vacancy_id: VacancyId
    vacancy_number: Annotated[str, Text(label=N_("Vacancy number"))]
    occupation: Occupation
    employer: Annotated[str, Text(label=N_("Employer"))]
    entered_by: Annotated[str, Name(label=N_("Entered by"))]
    entered_at: Annotated[datetime, Moment(label=N_("Entered at"))]


class SealedMatch(Record):
    """A match as a referral keeps it."""

    day: Annotated[date, Day(label=N_("Day"))]
    points: Points
    merits: Annotated[tuple[MeritFinding, ...], Many(label=N_("What makes the points"))]
    limits: Annotated[tuple[LimitFinding, ...], Many(label=N_("What has to hold"))]


def to_plain(match: SealedMatch) -> dict[str, Any]:
    """Return a match as plain data, as a referral seals it."""
    sealed: dict[str, Any] = msgspec.to_builtins(match)
    return sealed


def from_plain(sealed: object) -> SealedMatch:
    """Read a sealed match. Raises `msgspec.ValidationError`."""
    return msgspec.convert(sealed, SealedMatch)
