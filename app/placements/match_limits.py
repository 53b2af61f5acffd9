"""What keeps a seeker and a vacancy apart, and why. Pure.

Hard limits filter: one that fails keeps the two apart, whatever else fits. What is not known never
counts as a no. `app.placements.match_sql` says the same in SQL, and a test holds the two equal.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from typing import Final, NamedTuple

from app.core.i18n import N_, _
from app.core.words import Word
from app.core.words.placements import SeekerState, Shift, Strain, VacancyState
from app.placements.match_records import Limit, LimitFinding, SeekerCard, VacancyCard
from app.placements.seeker_rules import YOUNGEST

GROWN: Final = 18
"""Years from which somebody is not protected as a young worker (未成年工) any more."""

NOT_BEFORE_GROWN: Final = (
    *(Strain.HEIGHTS, Strain.CHEMICALS, Strain.DUST, Strain.HEAT),
    *(Strain.COLD, Strain.LIFTING),
)
"""Strains that young workers may not be given (劳动法 64, 未成年工特殊保护规定 3). The rule bars
them from a grade on; a vacancy does not tell its grade, so all of them."""

NOT_BY_NIGHT: Final = (Shift.NIGHT, Shift.ROTATING)
"""Shifts with work by night, which young workers are not given here [our rule]."""

NEWLY: Final = timedelta(days=7)
"""For how long a confirmation of a vacancy is new."""


class Days(NamedTuple):
    """The days a match is looked at by."""

    today: date
    fresh_since: date
    """A vacancy confirmed before this day has to be confirmed again."""

    @property
    def newly_since(self) -> date:
        """Return the first day of the confirmations that are new."""
        return self.today - NEWLY


class Between(NamedTuple):
    """What was done about a pair before."""

    excluded: str = ""
    """The reason of an exclusion that stands."""
    referred: str = ""
    """The number of a referral that is not void."""


def all_limits(
    seeker: SeekerCard, vacancy: VacancyCard, days: Days, between: Between
) -> tuple[LimitFinding, ...]:
    """Return every hard limit of a pair as it came out."""
    return (
        *limits_of_seeker(seeker, days),
        *limits_of_vacancy(vacancy, days),
        *(find(seeker, vacancy) for find in PAIR_LIMITS.values()),
        _excluded(between),
        _referred(between),
    )


def limits_shown(seeker: SeekerCard, vacancy: VacancyCard) -> tuple[LimitFinding, ...]:
    """Return the limits that say something of a pair in a list."""
    shown = [Limit.AGE, Limit.HEALTH, Limit.DISTANCE, Limit.SHIFT]
    if seeker.age < GROWN:
        shown.append(Limit.MINOR)
    if vacancy.sex is not None:
        shown.append(Limit.SEX)
    if vacancy.public_welfare:
        shown.append(Limit.WELFARE)
    return tuple(PAIR_LIMITS[limit](seeker, vacancy) for limit in shown)


def standing(limits: Iterable[LimitFinding]) -> tuple[LimitFinding, ...]:
    """Return the limits that keep a pair apart."""
    return tuple(each for each in limits if each.held is False)


def limits_of_seeker(seeker: SeekerCard, days: Days) -> tuple[LimitFinding, ...]:
    """Return the limits of a seeker alone."""
    if seeker.state is not SeekerState.SEEKING:
        says = _(N_("The registration is not open: {state}")).format(state=seeker.state.label)
    elif seeker.valid_until < days.today:
        says = _(N_("The registration ran out on {day}")).format(day=seeker.valid_until)
    else:
        says = _(N_("Registered until {day}")).format(day=seeker.valid_until)
    held = seeker.state is SeekerState.SEEKING and seeker.valid_until >= days.today
    return (LimitFinding(limit=Limit.SEEKING, held=held, says=says),)


def limits_of_vacancy(vacancy: VacancyCard, days: Days) -> tuple[LimitFinding, ...]:
    """Return the limits of a vacancy alone."""
    return (
        _open(vacancy, days),
        _fresh(vacancy, days),
        _posts(vacancy),
        _barred(vacancy),
    )


def _open(vacancy: VacancyCard, days: Days) -> LimitFinding:
    if vacancy.state is not VacancyState.OPEN:
        says, held = _(N_("The vacancy is not open: {state}")), False
    elif vacancy.valid_until < days.today:
        says, held = _(N_("The vacancy ran out on {day}")), False
    else:
        says, held = _(N_("The vacancy is open until {day}")), True
    told = says.format(state=vacancy.state.label, day=vacancy.valid_until)
    return LimitFinding(limit=Limit.OPEN, held=held, says=told)


def _fresh(vacancy: VacancyCard, days: Days) -> LimitFinding:
    held = vacancy.confirmed_on >= days.fresh_since
    fresh, stale = N_("Confirmed on {day}"), N_("Not confirmed since {day}; ask the employer")
    told = _(fresh if held else stale).format(day=vacancy.confirmed_on)
    return LimitFinding(limit=Limit.FRESH, held=held, says=told)


def _posts(vacancy: VacancyCard) -> LimitFinding:
    told = _(N_("{hired} hired of {heads}")).format(hired=vacancy.hired, heads=vacancy.heads)
    return LimitFinding(limit=Limit.POSTS, held=vacancy.hired < vacancy.heads, says=told)


def _barred(vacancy: VacancyCard) -> LimitFinding:
    barred, clear = N_("The employer is on the blacklist"), N_("Employer not on the blacklist")
    told = _(barred if vacancy.barred else clear)
    return LimitFinding(limit=Limit.BARRED, held=not vacancy.barred, says=told)


def _age(seeker: SeekerCard, vacancy: VacancyCard) -> LimitFinding:
    first, last = vacancy.age_from or YOUNGEST, vacancy.age_to
    if seeker.age < YOUNGEST:
        says, held = _(N_("{age} years old; one may work from {first} on (Labour Law 15)")), False
        first = YOUNGEST
    elif seeker.age < first or (last is not None and seeker.age > last):
        says, held = _(N_("{age} years old; wanted {first} to {last} ({ground})")), False
        if last is None:
            says = _(N_("{age} years old; wanted from {first} on ({ground})"))
    elif vacancy.age_from is None and last is None:
        says, held = _(N_("{age} years old, no limit")), True
    else:
        says, held = _(N_("{age} years old, within the limit")), True
    told = says.format(age=seeker.age, first=first, last=last, ground=vacancy.limit_ground)
    return LimitFinding(limit=Limit.AGE, held=held, says=told)


def _minor(seeker: SeekerCard, vacancy: VacancyCard) -> LimitFinding:
    barred: list[Word] = [each for each in vacancy.strains if each in NOT_BEFORE_GROWN]
    if vacancy.shift in NOT_BY_NIGHT:
        barred.append(vacancy.shift)
    held = seeker.age >= GROWN or not barred
    if seeker.age >= GROWN:
        says = N_("{grown} years old or more")
    elif held:
        says = N_("Nothing that is barred before {grown}")
    else:
        says = N_("Not before {grown} (Labour Law 64): {barred}")
    told = _(says).format(grown=GROWN, barred=labels(barred))
    return LimitFinding(limit=Limit.MINOR, held=held, says=told)


def _sex(seeker: SeekerCard, vacancy: VacancyCard) -> LimitFinding:
    if vacancy.sex is None:
        return LimitFinding(limit=Limit.SEX, held=True, says=_(N_("No limit")))
    says = _(N_("Wanted: {sex} ({ground})"))
    told = says.format(sex=vacancy.sex.label, ground=vacancy.limit_ground)
    return LimitFinding(limit=Limit.SEX, held=vacancy.sex is seeker.sex, says=told)


def _health(seeker: SeekerCard, vacancy: VacancyCard) -> LimitFinding:
    both = [strain for strain in vacancy.strains if strain in seeker.limits]
    if both:
        says = _(N_("Cannot bear: {strains}")).format(strains=labels(both))
    elif not seeker.limits:
        says = _(N_("Nothing said that cannot be borne"))
    elif not vacancy.strains:
        says = _(N_("No strain named"))
    else:
        says = _(N_("Can bear: {strains}")).format(strains=labels(vacancy.strains))
    return LimitFinding(limit=Limit.HEALTH, held=not both, says=says)


def _distance(seeker: SeekerCard, vacancy: VacancyCard) -> LimitFinding:
    held: bool | None = True
    if not seeker.districts:
        says = N_("{district}; would work anywhere")
    elif vacancy.district is None:
        says, held = N_("The district of the work is not known"), None
    elif vacancy.district in seeker.districts:
        says = N_("{district}, as wished")
    else:
        says, held = N_("{district}; wished: {districts}"), False
    told = _(says).format(
        district=vacancy.district or _(N_("District not known")),
        districts="、".join(seeker.districts),
    )
    return LimitFinding(limit=Limit.DISTANCE, held=held, says=told)


def _shift(seeker: SeekerCard, vacancy: VacancyCard) -> LimitFinding:
    held = vacancy.shift in seeker.shifts
    says = _(N_("{shift}, possible") if held else N_("{shift}; possible: {shifts}"))
    told = says.format(shift=vacancy.shift.label, shifts=labels(seeker.shifts))
    return LimitFinding(limit=Limit.SHIFT, held=held, says=told)


def _welfare(seeker: SeekerCard, vacancy: VacancyCard) -> LimitFinding:
    held = seeker.recognised or not vacancy.public_welfare
    if not vacancy.public_welfare:
        says = N_("Not a public-welfare post")
    elif held:
        says = N_("Is recognised as difficult to employ")
    else:
        says = N_("Only for those recognised as difficult to employ")
    return LimitFinding(limit=Limit.WELFARE, held=held, says=_(says))


def _excluded(between: Between) -> LimitFinding:
    says = _(N_("Excluded: {reason}") if between.excluded else N_("Not excluded"))
    told = says.format(reason=between.excluded)
    return LimitFinding(limit=Limit.EXCLUDED, held=not between.excluded, says=told)


def _referred(between: Between) -> LimitFinding:
    says = _(N_("Referred already: {number}") if between.referred else N_("Not referred yet"))
    told = says.format(number=between.referred)
    return LimitFinding(limit=Limit.REFERRED, held=not between.referred, says=told)


PAIR_LIMITS: Final[Mapping[Limit, Callable[[SeekerCard, VacancyCard], LimitFinding]]] = {
    Limit.AGE: _age,
    Limit.MINOR: _minor,
    Limit.SEX: _sex,
    Limit.HEALTH: _health,
    Limit.DISTANCE: _distance,
    Limit.SHIFT: _shift,
    Limit.WELFARE: _welfare,
}
"""The limits that lie in what seeker and vacancy say."""


def labels(words: Iterable[Word]) -> str:
    """Return words as one text."""
    return "、".join(word.label for word in words)
