"""The reasons of an eligibility as a loan keeps them, for its page and its contract."""

from typing import Any

from app.core.words import Answer
from app.loans.eligibility_records import from_plain
from app.loans.records import FindingRow
from db.models.loans import Loan


def finding_rows(sealed: Any) -> tuple[FindingRow, ...]:
    """Return the reasons as they were sealed; none before the eligibility was checked."""
    if sealed is None:
        return ()
    return tuple(
        FindingRow(
            says=reason.says,
            held=reason.held,
            fact=reason.fact,
            limit=reason.limit,
            source=reason.source,
            confidence=reason.confidence,
            settled_by=reason.settled_by,
        )
        for reason in from_plain(sealed).reasons
    )


def micro_profit(loan: Loan) -> Answer:
    """Return whether a loan's project is a micro-profit one, as it was told when it was checked."""
    if loan.findings is None:
        return Answer.NOT_ASKED
    return from_plain(loan.findings).application.answers.micro_profit
