"""The documents of job rules: complete, sourced, and refused with their place when damaged."""

from datetime import date

import msgspec
import pytest

from app.reference.dated import Confidence
from app.reference.job_rules import (
    FollowUps,
    JobRules,
    Months,
    rules_called,
    rules_on,
    shipped_rules,
    what_is_wrong,
)


def test_every_document_is_sourced() -> None:
    assert [what_is_wrong(each) for each in shipped_rules()] == [""] * len(shipped_rules())


def test_the_newest_that_has_begun_is_in_force() -> None:
    first = shipped_rules()[0]
    assert rules_on(first.in_force) is first
    assert rules_on(date(2002, 1, 1)) is first
    assert rules_called(first.id) is first
    assert rules_called("1999-01-01") is None


def test_nothing_is_presumed_where_no_source_says_so() -> None:
    rules = rules_on(date(2026, 11, 20))
    assert (rules.slip_due.days, rules.slip_overdue.presumed) == (7, False)
    assert "临夏" in rules.names(rules.slip_due)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"sources": {}}, "registration_valid: source"),
        (
            {"voucher_valid": Months(months=3, source=(), confidence=Confidence.GENERAL)},
            "voucher_valid: source",
        ),
        (
            {
                "follow_ups": FollowUps(
                    months=(3, 1), source=("general",), confidence=Confidence.GENERAL
                )
            },
            "follow_ups.months",
        ),
    ],
)
def test_a_damaged_document_is_told_with_its_place(change: dict[str, object], told: str) -> None:
    rules: JobRules = msgspec.structs.replace(shipped_rules()[0], **change)
    assert told in what_is_wrong(rules)
