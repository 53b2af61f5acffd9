"""Holds the relief book against the ledger: what reports count is what was posted.

Every posting that pays or takes back has one row that says the same fund, day and amount, and
counts; so the sums of the two agree for every fund and period. Rows of the past follow no posting,
and count as long as their import stands.
"""

from collections.abc import Iterator
from typing import Final

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from app.audit.records import Finding
from app.core.clock import local_day
from app.core.i18n import _
from app.core.words.funds import Account
from app.core.words.imports import ImportState
from db.models.funds import Fund, Posting
from db.models.imports import ImportBatch
from db.models.relief import Relief

_OF_RELIEF: Final = or_(Posting.to_account == Account.PAID, Posting.from_account == Account.PAID)


def relief_findings(session: Session) -> Iterator[Finding]:
    """Yield every posting that the book lacks, and every row that does not say what it follows."""
    lacking = (
        select(Posting.id)
        .outerjoin(Relief, Relief.posting_id == Posting.id)
        .where(_OF_RELIEF, Relief.id.is_(None))
    )
    for key in session.scalars(lacking.order_by(Posting.id)):
        says = _("The relief book lacks this payment")
        yield Finding(part="relief", row=f"posting/{key}", says=says)
    followed = (
        select(Relief, Posting, Fund.source)
        .outerjoin(Posting, Relief.posting_id == Posting.id)
        .outerjoin(Fund, Posting.fund_id == Fund.id)
        .where(Relief.posting_id.is_not(None))
        .order_by(Relief.id)
        .execution_options(yield_per=500)
    )
    for row, posting, source in session.execute(followed):
        if not (posting and row.counted and _agree(row, posting) and row.source is source):
            says = _("It does not say what was posted")
            yield Finding(part="relief", row=f"relief/{row.id}", says=says)
    undone = ImportBatch.state == ImportState.UNDONE
    stray = select(Relief.id).join(ImportBatch, Relief.import_batch_id == ImportBatch.id)
    wrong = or_(and_(undone, Relief.counted), and_(~undone, ~Relief.counted))
    for key in session.scalars(stray.where(wrong).order_by(Relief.id)):
        says = _("It does not count as its import stands")
        yield Finding(part="relief", row=f"relief/{key}", says=says)


def _agree(row: Relief, posting: Posting) -> bool:
    back = posting.from_account is Account.PAID
    paid = back or posting.to_account is Account.PAID
    fen = -posting.amount if back else posting.amount
    told = (posting.fund_id, fen, local_day(posting.posted_at))
    return paid and (row.fund_id, row.fen, row.day) == told
