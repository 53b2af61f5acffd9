"""Cards of a seeker and a vacancy that fit in everything, for tests of matching."""

from datetime import date
from typing import Any, Final

from app.core.money import Fen
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
from app.placements.match_limits import Days
from app.placements.match_records import SeekerCard, VacancyCard
from tests.world import changed

TODAY: Final = date(2026, 11, 20)
DAYS: Final = Days(TODAY, date(2026, 11, 9))


def seeker(**over: Any) -> SeekerCard:
    """Return a woman of 48 who looks for work as a cleaner."""
    card = SeekerCard(
        id=1,
        version=1,
        number="求2026-0001",
        state=SeekerState.SEEKING,
        valid_until=TODAY,
        name="李示例",
        sex=Sex.FEMALE,
        age=48,
        district="南岗区",
        recognised=False,
        education=Education.SENIOR,
        skill_grade=SkillGrade.FOUR,
        skills="",
        limits=(Strain.STANDING,),
        wishes=("保洁", "缝纫工"),
        wage_wish=Fen(280_000),
        districts=("南岗区", "道里区"),
        shifts=(Shift.DAY,),
        board=Answer.YES,
        available_on=None,
    )
    return changed(card, **over)


def vacancy(**over: Any) -> VacancyCard:
    """Return a post for a cleaner."""
    card = VacancyCard(
        id=1,
        version=1,
        number="岗2026-0001",
        state=VacancyState.OPEN,
        employer_id=1,
        employer="示例医院",
        barred=False,
        public_welfare=False,
        occupation="保洁员",
        heads=2,
        hired=1,
        district="南岗区",
        workplace="",
        shift=Shift.DAY,
        working_hours="",
        strains=(Strain.WALKING,),
        wage_from=Fen(300_000),
        wage_to=None,
        pay_unit=PayUnit.MONTH,
        education=Education.JUNIOR,
        skill_grade=SkillGrade.FIVE,
        age_from=None,
        age_to=None,
        sex=None,
        limit_ground="",
        insured=Answer.YES,
        board=Answer.YES,
        confirmed_on=TODAY,
        valid_until=TODAY,
    )
    return changed(card, **over)
