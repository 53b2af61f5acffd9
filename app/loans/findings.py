"""The reasons of an eligibility as a loan keeps them, and as its page shows them."""

from typing import Any

from app.loans.records import FindingRow


def finding_rows(sealed: Any) -> tuple[FindingRow, ...]:
    """Return the reasons as they were sealed; none before the eligibility was checked."""
    if sealed is None:
        return ()
    reasons: list[dict[str, Any]] = sealed["reasons"]
    return tuple(
        FindingRow(
            says=each["says"],
            held=each["held"],
            fact=each["fact"],
            limit=each["limit"],
            source=each["source"],
        )
        for each in reasons
    )
