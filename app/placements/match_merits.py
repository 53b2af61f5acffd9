"""What speaks for a seeker and a vacancy, with points and reasons. Pure.

Merits rank what the hard limits leave; the points of a match are the sum of theirs, and nothing
else counts. `app.placements.match_sql` says the same in SQL, and a test holds the two equal.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from app.core.i18n import N_, _, language
from app.core.money import yuan_text
from app.core.words import Answer, Word
from app.core.words.placements import PayUnit
from app.placements.match_limits import Days
from app.placements.match_records import (
    LimitFinding,
    Match,
    Merit,
    MeritFinding,
    SeekerCard,
    VacancyCard,
)

MOST: Final[Mapping[Merit, int]] = {
    Merit.OCCUPATION: 30,
    Merit.PAY: 20,
    Merit.DISTRICT: 14,
    Merit.EDUCATION: 10,
    Merit.SKILL: 10,
    Merit.INSURED: 6,
    Merit.BOARD: 6,
    Merit.NEWLY: 4,
}
"""The points of a merit that holds, 100 in all; one that holds in part or cannot be told has half,
one that does not hold has none [our weights]."""

OF_WISH: Final = (MOST[Merit.OCCUPATION], 24, 18)
"""The points of the occupation wished first, second and third."""


def match(
    seeker: SeekerCard, vacancy: VacancyCard, days: Days, limits: tuple[LimitFinding, ...]
) -> Match:
    """Return a pair with its points, the merits they come from, and the limits found."""
    merits = tuple(find(seeker, vacancy, days) for find in MERITS)
    return Match(
        job_seeker_id=seeker.id,
        vacancy_id=vacancy.id,
        points=sum(each.points for each in merits),
        merits=merits,
        limits=limits,
    )


def _occupation(seeker: SeekerCard, vacancy: VacancyCard, _days: Days) -> MeritFinding:
    """The same work under a longer name counts: 保洁 and 保洁员."""
    for place, (wish, points) in enumerate(zip(seeker.wishes, OF_WISH, strict=False), start=1):
        if wish in vacancy.occupation or vacancy.occupation in wish:
            data = {"place": place, "wish": wish}
            return _merit(Merit.OCCUPATION, True, N_("Wish {place}: {wish}"), data, points)
    data = {"wishes": "、".join(seeker.wishes)}
    return _merit(Merit.OCCUPATION, False, N_("Not wished; wishes: {wishes}"), data)


def _pay(seeker: SeekerCard, vacancy: VacancyCard, _days: Days) -> MeritFinding:
    wish = seeker.wage_wish
    held: bool | None = None
    if wish is None:
        says = N_("{pay}; no wage wished")
    elif vacancy.pay_unit is not PayUnit.MONTH:
        says = N_("{pay}, not by the month; wished {wish}")
    elif vacancy.wage_from >= wish:
        says, held = N_("{pay}, as wished: {wish}"), True
    elif vacancy.wage_to is not None and vacancy.wage_to >= wish:
        says = N_("{pay}, reaches {wish} at its upper end")
    else:
        says, held = N_("{pay}; wished {wish}"), False
    pay = yuan_text(vacancy.wage_from)
    if vacancy.wage_to is not None:
        pay = f"{pay}–{yuan_text(vacancy.wage_to)}"
    return _merit(Merit.PAY, held, says, {"pay": pay, "wish": yuan_text(wish or 0)})


def _district(seeker: SeekerCard, vacancy: VacancyCard, _days: Days) -> MeritFinding:
    data = {"home": seeker.district, "work": vacancy.district}
    if seeker.district is None:
        return _merit(Merit.DISTRICT, None, N_("Where the person lives is not known"), data)
    if vacancy.district is None:
        return _merit(Merit.DISTRICT, None, N_("The district of the work is not known"), data)
    if seeker.district == vacancy.district:
        return _merit(Merit.DISTRICT, True, N_("In {home}, where the person lives"), data)
    return _merit(Merit.DISTRICT, False, N_("In {work}; the person lives in {home}"), data)


def _education(seeker: SeekerCard, vacancy: VacancyCard, _days: Days) -> MeritFinding:
    return _reaches(Merit.EDUCATION, seeker.education, vacancy.education)


def _skill(seeker: SeekerCard, vacancy: VacancyCard, _days: Days) -> MeritFinding:
    return _reaches(Merit.SKILL, seeker.skill_grade, vacancy.skill_grade)


def _reaches(merit: Merit, has: Word | None, wanted: Word | None) -> MeritFinding:
    """Compare two words of a list that goes from the least to the most."""
    data = {"has": has.label if has else "", "wanted": wanted.label if wanted else ""}
    if wanted is None:
        return _merit(merit, True, N_("Nothing wanted"), data)
    if has is None:
        return _merit(merit, None, N_("Wanted: {wanted}; not known of the person"), data)
    order = list(type(wanted))
    if order.index(has) >= order.index(wanted):
        return _merit(merit, True, N_("{has}; wanted: {wanted}"), data)
    return _merit(merit, False, N_("Wanted: {wanted}; has {has}"), data)


def _insured(_seeker: SeekerCard, vacancy: VacancyCard, _days: Days) -> MeritFinding:
    says = {
        True: N_("Social insurance is paid"),
        False: N_("No social insurance"),
        None: N_("Social insurance not known"),
    }
    held = vacancy.insured.known
    return _merit(Merit.INSURED, held, says[held], {})


def _board(seeker: SeekerCard, vacancy: VacancyCard, _days: Days) -> MeritFinding:
    if seeker.board is Answer.NO:
        return _merit(Merit.BOARD, True, N_("Food and bed not needed"), {})
    if vacancy.board is Answer.YES:
        return _merit(Merit.BOARD, True, N_("Food and bed are offered"), {})
    if seeker.board is Answer.YES and vacancy.board is Answer.NO:
        return _merit(Merit.BOARD, False, N_("Food and bed needed, not offered"), {})
    return _merit(Merit.BOARD, None, N_("Food and bed not known"), {})


def _newly(_seeker: SeekerCard, vacancy: VacancyCard, days: Days) -> MeritFinding:
    held = vacancy.confirmed_on >= days.newly_since
    return _merit(Merit.NEWLY, held, N_("Confirmed on {day}"), {"day": vacancy.confirmed_on})


MERITS: Final = (
    *(_occupation, _pay, _district, _education, _skill),
    *(_insured, _board, _newly),
)
"""Each finds one of `Merit`, in their order."""


def _merit(
    merit: Merit,
    held: bool | None,
    says: str,
    data: Mapping[str, object],
    points: int | None = None,
) -> MeritFinding:
    return _told(merit, held, says, tuple(data.items()), points, language())


@lru_cache(maxsize=10_000)
def _told(
    merit: Merit,
    held: bool | None,
    says: str,
    data: tuple[tuple[str, object], ...],
    points: int | None,
    _language: str,
) -> MeritFinding:
    """Return a finding in the language in use; in a list, the same ones come again and again."""
    most = MOST[merit]
    if points is None:
        points = most // 2 if held is None else most * held
    told = _(says).format(**dict(data))
    return MeritFinding(merit=merit, held=held, points=points, most=most, says=told)
