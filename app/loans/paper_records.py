"""What is asked when a paper of a loan is issued."""

from typing import Annotated

from app.core.i18n import N_
from app.core.kinds import Count, Key
from app.core.record import Record


class EntryPaper(Record):
    """Asks for the paper of one entry of a loan."""

    loan_id: Annotated[int, Key()]
    entry: Annotated[int, Count(label=N_("Entry no."), at_least=1)]


class NoticePaper(Record):
    """Asks for a notice to the borrower, or to somebody who stands for the loan."""

    loan_id: Annotated[int, Key()]
    side_id: Annotated[int | None, Key()] = None
