"""The job service through the real verbs: who looks for work, who hires, what comes of it."""

from collections.abc import Generator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import msgspec
import pytest
from stdnum.cn.uscc import calc_check_digit

from app.core.money import Fen
from app.core.words import Answer
from app.core.words.placements import PersonKind, ReferralState
from app.placements.employer_queries import employer_view
from app.placements.employer_records import BarForm, EmployerById, EmployerForm, EmployerView
from app.placements.employers import bar_employer, enter_employer
from app.placements.placement_queries import placement_view
from app.placements.placement_records import PlacementById, PlacementForm, PlacementView
from app.placements.placing import enter_placement
from app.placements.recognising import apply_recognition, decide_recognition
from app.placements.recognition_queries import recognition_view
from app.placements.recognition_records import (
    RecognitionById,
    RecognitionDecision,
    RecognitionForm,
)
from app.placements.referral_queries import referral_view
from app.placements.referral_records import (
    ReferralById,
    ReferralForm,
    ReferralIssued,
    ReferralView,
    ResultForm,
)
from app.placements.referrals import issue_referral, tell_result
from app.placements.seeker_queries import seeker_view
from app.placements.seeker_records import SeekerById, SeekerForm, SeekerView
from app.placements.seekers import register_seeker
from app.placements.training import enrol, open_course
from app.placements.training_queries import course_view
from app.placements.training_records import (
    CourseById,
    CourseForm,
    CourseView,
    EnrolForm,
    VoucherForm,
    VoucherIssued,
)
from app.placements.vacancies import open_vacancy
from app.placements.vacancy_queries import vacancy_view
from app.placements.vacancy_records import VacancyById, VacancyForm, VacancyView
from app.placements.vouchers import issue_voucher
from app.reference import job_rules
from tests.people import id_number
from tests.world import World, changed

SEEKER = id_number(4, "19780305")
"""A woman of 48 on the day of the tests."""


@contextmanager
def presuming() -> Generator[None]:
    """Let an overdue slip count as hired, by a document of rules like the one in force."""
    rules = job_rules.shipped_rules()[0]
    overdue = msgspec.structs.replace(rules.slip_overdue, presumed=True)
    other = msgspec.structs.replace(rules, slip_overdue=overdue)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(job_rules, "shipped_rules", lambda: (other,))
        yield


def registration(day: date, **more: Any) -> SeekerForm:
    """Return the registration of an unemployed woman who looks for work as a cook."""
    form = SeekerForm(
        name="葛示例",
        id_number=SEEKER,
        phone="15400007777",
        district="南岗区",
        person_kind=PersonKind.UNEMPLOYED,
        unemployed_registered=Answer.YES,
        unemployed_since=date(2026, 3, 2),
        wish="厨师",
        registered_on=day,
    )
    return changed(form, **more)


def uscc(order: int) -> str:
    """Return the code of an invented employer, with its check character."""
    first = f"91239081{order:09d}"
    return first + calc_check_digit(first)


def employer_form(day: date, **more: Any) -> EmployerForm:
    """Return an employer that showed all its papers."""
    form = EmployerForm(
        uscc=uscc(1),
        name="示例餐饮有限公司",
        district="南岗区",
        contact="孙示例",
        phone="15400008888",
        handler="吴示例",
        handler_id_number=id_number(61, "19820406"),
        licence_seen_on=day,
        letter_seen_on=day,
    )
    return changed(form, **more)


def vacancy_form(employer_id: int, day: date, **more: Any) -> VacancyForm:
    """Return two posts for cooks that anybody may have."""
    form = VacancyForm(
        employer_id=employer_id,
        occupation="厨师",
        heads=2,
        district="南岗区",
        workplace="示例街 2 号",
        wage_from=Fen(300_000),
        opened_on=day,
    )
    return changed(form, **more)


def course_form(day: date, **more: Any) -> CourseForm:
    """Return a course for cooks that begins on a day and lasts ten days."""
    form = CourseForm(
        name="中式烹调初级班",
        occupation="厨师",
        school="示例技工学校",
        starts_on=day,
        ends_on=day + timedelta(days=10),
        hours=80,
        seats=2,
    )
    return changed(form, **more)


class JobDesk:
    """The job desk of a center: li keeps it, zhao decides."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.people = 0
        self.employers = 0

    @property
    def today(self) -> date:
        return self.world.clock.today()

    # Job seekers

    def seeker(self, **over: Any) -> int:
        """Register somebody; another person every time, unless an ID number is given."""
        self.people += 1
        number = id_number(2 * self.people + 100, "19780305")
        form = registration(self.today, **{"id_number": number, **over})
        return self.world.do("li", register_seeker, form)

    def see(self, seeker_id: int, user: str = "li") -> SeekerView:
        """Return a job seeker as the card shows them."""
        return self.world.ask(user, seeker_view, SeekerById(id=seeker_id))

    def at(self, seeker_id: int) -> dict[str, Any]:
        """Return the seeker as a form names them."""
        return {"id": seeker_id, "version": self.see(seeker_id).row.version}

    def applied(self, seeker_id: int, **over: Any) -> int:
        """Apply for the recognition of a seeker; return its id."""
        form = RecognitionForm(
            job_seeker_id=seeker_id,
            version=self.see(seeker_id).row.version,
            applied_on=self.today,
        )
        return self.world.do("li", apply_recognition, changed(form, **over))

    def decided(self, recognition_id: int, user: str = "zhao", **over: Any) -> None:
        """Decide a recognition: it is recognised unless something else is told."""
        view = self.world.ask("li", recognition_view, RecognitionById(id=recognition_id))
        form = RecognitionDecision(
            id=recognition_id, version=view.row.version, recognised=True, day=self.today
        )
        self.world.do(user, decide_recognition, changed(form, **over))

    def recognised(self, seeker_id: int) -> int:
        """Let a seeker be recognised as difficult to employ; return the id."""
        recognition_id = self.applied(seeker_id)
        self.decided(recognition_id)
        return recognition_id

    # Employers and their vacancies

    def employer(self, **over: Any) -> int:
        """Enter an employer; another one every time, unless a code is given."""
        self.employers += 1
        told = {"uscc": uscc(self.employers), "name": f"示例餐饮{self.employers}店", **over}
        return self.world.do("li", enter_employer, employer_form(self.today, **told))

    def see_employer(self, employer_id: int, user: str = "li") -> EmployerView:
        """Return an employer as the card shows it."""
        return self.world.ask(user, employer_view, EmployerById(id=employer_id))

    def barred(self, employer_id: int, user: str = "li", **over: Any) -> int:
        """Put an employer on the blacklist; return the id of the entry."""
        version = self.see_employer(employer_id).row.version
        form = BarForm(
            employer_id=employer_id, version=version, day=self.today, reason="向求职者收取押金"
        )
        return self.world.do(user, bar_employer, changed(form, **over))

    def vacancy(self, employer_id: int | None = None, **over: Any) -> int:
        """Report a vacancy, of a new employer unless one is given."""
        employer_id = employer_id or self.employer()
        return self.world.do("li", open_vacancy, vacancy_form(employer_id, self.today, **over))

    def see_vacancy(self, vacancy_id: int, user: str = "li") -> VacancyView:
        """Return a vacancy as the card shows it."""
        return self.world.ask(user, vacancy_view, VacancyById(id=vacancy_id))

    # Referrals and placements

    def refer(
        self, seeker_id: int | None = None, vacancy_id: int | None = None, **over: Any
    ) -> ReferralIssued:
        """Send a seeker to a vacancy; new ones, unless they are given."""
        form = ReferralForm(
            job_seeker_id=seeker_id or self.seeker(), vacancy_id=vacancy_id or self.vacancy()
        )
        return self.world.do("li", issue_referral, changed(form, **over))

    def see_referral(self, referral_id: int, user: str = "li") -> ReferralView:
        """Return a referral as the card shows it."""
        return self.world.ask(user, referral_view, ReferralById(id=referral_id))

    def tell(self, referral_id: int, result: ReferralState, **over: Any) -> int | None:
        """Enter the result of a letter; return the placement of somebody who was hired."""
        version = self.see_referral(referral_id).row.version
        form = ResultForm(id=referral_id, version=version, result=result, day=self.today)
        return self.world.do("li", tell_result, changed(form, **over))

    def hire(self, seeker_id: int | None = None, vacancy_id: int | None = None, **over: Any) -> int:
        """Send a seeker to a vacancy who is hired and begins today; return the placement."""
        letter = self.refer(seeker_id, vacancy_id)
        told = {"started_on": self.today, "wage": Fen(320_000), **over}
        placement_id = self.tell(letter.id, ReferralState.HIRED, **told)
        assert placement_id is not None
        return placement_id

    def found(self, seeker_id: int | None = None, **over: Any) -> int:
        """Enter that a seeker found work without a letter; return the placement."""
        form = PlacementForm(
            job_seeker_id=seeker_id or self.seeker(),
            employer_name="示例洗衣店",
            occupation="洗衣工",
            started_on=self.today,
        )
        return self.world.do("li", enter_placement, changed(form, **over))

    def see_placement(self, placement_id: int, user: str = "li") -> PlacementView:
        """Return a placement as the card shows it."""
        return self.world.ask(user, placement_view, PlacementById(id=placement_id))

    def pass_to(self, day: date) -> None:
        """Let the time pass."""
        self.world.clock.instant += day - self.today

    # Training

    def course(self, **over: Any) -> int:
        """Enter a course that begins today."""
        return self.world.do("li", open_course, course_form(self.today, **over))

    def see_course(self, course_id: int, user: str = "li") -> CourseView:
        """Return a course as the card shows it."""
        return self.world.ask(user, course_view, CourseById(id=course_id))

    def voucher(self, seeker_id: int, **over: Any) -> VoucherIssued:
        """Issue the voucher for one free training."""
        form = VoucherForm(job_seeker_id=seeker_id, issued_on=self.today)
        return self.world.do("li", issue_voucher, changed(form, **over))

    def enrolled(self, course_id: int, seeker_id: int, **over: Any) -> int:
        """Give somebody a seat of a course; return its id."""
        form = EnrolForm(course_id=course_id, job_seeker_id=seeker_id, enrolled_on=self.today)
        return self.world.do("li", enrol, changed(form, **over))
