"""The job service through the real verbs: who looks for work, who hires, what comes of it."""

from datetime import date
from typing import Any

from app.core.words import Answer
from app.core.words.placements import PersonKind
from app.placements.recognising import apply_recognition, decide_recognition
from app.placements.recognition_queries import recognition_view
from app.placements.recognition_records import (
    RecognitionById,
    RecognitionDecision,
    RecognitionForm,
)
from app.placements.seeker_queries import seeker_view
from app.placements.seeker_records import SeekerById, SeekerForm, SeekerView
from app.placements.seekers import register_seeker
from tests.people import id_number
from tests.world import World, changed

SEEKER = id_number(4, "19780305")
"""A woman of 48 on the day of the tests."""


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


class JobDesk:
    """The job desk of a center: li keeps it, zhao decides."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.people = 0

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
