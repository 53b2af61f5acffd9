"""Words of the job service: seekers, vacancies, referrals, placements, training."""

from app.core.i18n import N_
from app.core.words import Word


class PersonKind(Word):
    """What kind of person looks for work (人员类别, domain.md 5)."""

    UNEMPLOYED = "unemployed", N_("Unemployed person")
    LAID_OFF = "laid_off", N_("Laid-off worker")
    MIGRANT = "migrant", N_("Migrant worker")
    GRADUATE = "graduate", N_("Graduate")
    DISABLED = "disabled", N_("Disabled person")
    VETERAN = "veteran", N_("Veteran")
    WORKER_IN_HARDSHIP = "worker_in_hardship", N_("Worker in hardship")
    FAMILY_IN_HARDSHIP = "family_in_hardship", N_("Family of a worker in hardship")


class Education(Word):
    """How far schooling went, from the least to the most: a vacancy may ask for at least one."""

    PRIMARY = "primary", N_("Primary school or less")
    JUNIOR = "junior", N_("Junior middle school")
    SENIOR = "senior", N_("Senior middle school")
    VOCATIONAL = "vocational", N_("Vocational school")
    COLLEGE = "college", N_("College")
    BACHELOR = "bachelor", N_("Bachelor")
    POSTGRADUATE = "postgraduate", N_("Postgraduate")


class SkillGrade(Word):
    """The five grades of a skill certificate, from the lowest to the highest."""

    FIVE = "five", N_("Grade five, junior")
    FOUR = "four", N_("Grade four, intermediate")
    THREE = "three", N_("Grade three, senior")
    TWO = "two", N_("Grade two, technician")
    ONE = "one", N_("Grade one, senior technician")


class Shift(Word):
    """When a job is done. New ones go to the end: the store keeps sets of them by position."""

    DAY = "day", N_("Day shift")
    NIGHT = "night", N_("Night shift")
    ROTATING = "rotating", N_("Rotating shifts")
    HOURS = "hours", N_("By the hour")


class Strain(Word):
    """What a job asks of the body and a person may be unable to bear. New ones go to the end: the
    store keeps sets of them by position."""

    STANDING = "standing", N_("Long standing")
    WALKING = "walking", N_("Much walking")
    LIFTING = "lifting", N_("Heavy lifting")
    HEIGHTS = "heights", N_("Work at heights")
    COLD = "cold", N_("Cold or wet")
    HEAT = "heat", N_("Heat")
    DUST = "dust", N_("Dust")
    CHEMICALS = "chemicals", N_("Chemicals")
    EYESIGHT = "eyesight", N_("Strain on the eyes")


class PayUnit(Word):
    """What the pay of a vacancy is for."""

    MONTH = "month", N_("A month")
    DAY = "day", N_("A day")
    HOUR = "hour", N_("An hour")
    PIECE = "piece", N_("By the piece")


class SeekerState(Word):
    """Where a registration as job seeker stands."""

    SEEKING = "seeking", N_("Looking for work")
    PLACED = "placed", N_("Has found work")
    WITHDRAWN = "withdrawn", N_("Registration withdrawn")


class RecognitionState(Word):
    """Where a recognition as difficult to employ stands."""

    APPLIED = "applied", N_("To be recognised")
    RECOGNISED = "recognised", N_("Recognised")
    REFUSED = "refused", N_("Not recognised")
    ENDED = "ended", N_("Recognition ended")


class BarState(Word):
    """Whether an employer is on the blacklist."""

    IN_FORCE = "in_force", N_("On the blacklist")
    LIFTED = "lifted", N_("Taken off the blacklist")


class VacancyState(Word):
    """Where a vacancy stands."""

    OPEN = "open", N_("Hiring")
    FILLED = "filled", N_("All posts filled")
    WITHDRAWN = "withdrawn", N_("Vacancy withdrawn")


class ReferralState(Word):
    """What came of a referral letter."""

    ISSUED = "issued", N_("Waiting for the slip")
    HIRED = "hired", N_("Hired")
    NOT_HIRED = "not_hired", N_("Not hired")
    NOT_APPEARED = "not_appeared", N_("Did not appear")
    PRESUMED = "presumed", N_("Presumed hired")
    """The slip did not come by its day, and the rules of the day say that counts as hired."""
    VOID = "void", N_("Referral void")


class NotHiredReason(Word):
    """Why a referral did not end in work."""

    SKILL = "skill", N_("Skill not enough")
    HEALTH = "health", N_("Health not fit")
    PAY = "pay", N_("Pay not agreed")
    HOURS = "hours", N_("Working hours not fit")
    DISTANCE = "distance", N_("Too far")
    FILLED = "filled", N_("Post filled already")
    DECLINED = "declined", N_("Person declined")
    OTHER = "other", N_("Another reason")


class PlacementState(Word):
    """Where a placement stands."""

    WORKING = "working", N_("In the job")
    LEFT = "left", N_("Left the job")
    TAKEN_BACK = "taken_back", N_("Entered in error")


class Proof(Word):
    """What shows that somebody really works there."""

    CONTRACT = "contract", N_("Labour contract")
    INSURANCE = "insurance", N_("Insurance paid")
    WAGE = "wage", N_("Wage paid")
    PRESUMED = "presumed", N_("Presumed by the deadline")
    NOT_SHOWN = "not_shown", N_("Proof not shown")


PROVED = (Proof.CONTRACT, Proof.INSURANCE, Proof.WAGE)
"""The proofs that count as such."""


class FollowUpResult(Word):
    """What a follow-up found."""

    AT_WORK = "at_work", N_("Still at work")
    LEFT = "left", N_("Left the job")
    NOT_REACHED = "not_reached", N_("Not reached")


class CourseState(Word):
    """Where a training course stands."""

    OPEN = "open", N_("Enrolling")
    ENDED = "ended", N_("Course ended")
    CANCELLED = "cancelled", N_("Course cancelled")


class VoucherState(Word):
    """Where a training voucher stands."""

    ISSUED = "issued", N_("Not used yet")
    USED = "used", N_("Used")
    VOID = "void", N_("Voucher void")


class EnrolmentState(Word):
    """Where an enrolment in a course stands."""

    ENROLLED = "enrolled", N_("Enrolled")
    COMPLETED = "completed", N_("Course completed")
    NOT_COMPLETED = "not_completed", N_("Course not completed")
    WITHDRAWN = "withdrawn", N_("Enrolment withdrawn")
