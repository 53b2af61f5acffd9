"""Numbers of the job service as the center gives them, such as ``求2026-0017``."""

from enum import StrEnum

from app.work import Work


class Series(StrEnum):
    """The series of the job service, with the character their numbers begin with."""

    JOB_SEEKER = "求"
    RECOGNITION = "认"
    VACANCY = "岗"
    JOB_REFERRAL = "荐"
    PLACEMENT = "安"
    COURSE = "训"
    TRAINING_VOUCHER = "培"


def next_number(work: Work, series: Series) -> str:
    """Draw the next number of a series in the year of today."""
    return number_of(series, work.today.year, work.next_number(series.name.lower()))


def number_of(series: Series, year: int, number: int) -> str:
    """Return a number as it is written."""
    return f"{series}{year}-{number:04d}"
