"""What can be asked about the store as a whole."""

from app.audit.records import CheckReport
from app.core.record import Nothing
from app.reports.checking import check_everything
from app.work import Permission, Work, query


@query(needs=Permission.CHECK_STORE)
def check_store(work: Work, _: Nothing) -> CheckReport:
    """Check the whole store: file, trail, ledger, seals, numbers."""
    return check_everything(work.session)
