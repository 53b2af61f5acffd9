"""Which role has which right. One table: the office obeys it, `docs/rights.md` shows it.

The administrator keeps staff and policy and sees no case content; the auditor reads everything
and changes nothing.
"""

from collections.abc import Iterable

from app.core.words.staff import Role
from app.work import Permission

P = Permission

EVERYBODY = frozenset({P.READ_CENTER})

READS = frozenset({P.READ_HOUSEHOLDS, P.READ_CASES, P.ASSESS, P.READ_PAPERS, P.READ_REPORTS})

OFFICER = frozenset({P.KEEP_DRAFTS, P.REQUEST_SERVICES, P.CLOSE_SERVICES, P.ISSUE_PAPERS})
"""What the officers of a board do beside reading: they give its services, with their papers."""

RIGHTS: dict[Role, frozenset[P]] = {
    Role.CASEWORKER: EVERYBODY
    | READS
    | {
        P.KEEP_DRAFTS,
        P.REGISTER_HOUSEHOLDS,
        P.IMPORT_ARCHIVE,
        P.REVEAL_PRIVATE,
        P.READ_DOCUMENTS,
        P.KEEP_DOCUMENTS,
        P.ACCEPT_CASES,
        P.TAKE_STEPS,
        P.REQUEST_SERVICES,
        P.CLOSE_SERVICES,
        P.READ_FUNDS,
        P.READ_AWARDS,
        P.PROPOSE_AWARDS,
        P.DECLARE_TIES,
        P.READ_LOANS,
        P.READ_JOBS,
        P.ISSUE_PAPERS,
    },
    Role.SUPERVISOR: EVERYBODY
    | READS
    | {
        P.KEEP_DRAFTS,
        P.REVEAL_PRIVATE,
        P.READ_DOCUMENTS,
        P.FILE_CASES,
        P.TAKE_STEPS,
        P.DECIDE_STEPS,
        P.REQUEST_SERVICES,
        P.CLOSE_SERVICES,
        P.ENTER_VALUES,
        P.CONFIRM_VALUES,
        P.READ_FUNDS,
        P.CONFIRM_BUDGETS,
        P.READ_AWARDS,
        P.APPROVE_AWARDS,
        P.DECLARE_TIES,
        P.READ_BATCHES,
        P.CONFIRM_PAYMENTS,
        P.SAMPLE_RECEIPTS,
        P.READ_LOANS,
        P.READ_JOBS,
        P.DECIDE_GUARANTEES,
        P.DECIDE_JOBS,
        P.CONFIRM_LOANS,
        P.ISSUE_PAPERS,
        P.VOID_PAPERS,
    },
    Role.FINANCE: EVERYBODY
    | {
        P.KEEP_DRAFTS,
        P.READ_HOUSEHOLDS,
        P.REVEAL_PRIVATE,
        P.READ_CASES,
        P.READ_PAPERS,
        P.READ_REPORTS,
        P.READ_FUNDS,
        P.KEEP_FUNDS,
        P.READ_AWARDS,
        P.READ_BATCHES,
        P.PREPARE_BATCHES,
        P.CONFIRM_PAYMENTS,
        P.READ_LOANS,
        P.CONFIRM_LOANS,
        P.KEEP_GUARANTEES,
        P.ISSUE_PAPERS,
    },
    Role.LOAN_OFFICER: EVERYBODY | READS | OFFICER | {P.READ_LOANS, P.KEEP_LOANS, P.IMPORT_ARCHIVE},
    Role.JOB_OFFICER: EVERYBODY | READS | OFFICER | {P.READ_JOBS, P.KEEP_JOBS, P.IMPORT_ARCHIVE},
    Role.AUDITOR: EVERYBODY
    | READS
    | {
        P.READ_STAFF,
        P.READ_FUNDS,
        P.READ_AWARDS,
        P.READ_BATCHES,
        P.READ_LOANS,
        P.READ_JOBS,
        P.READ_DOCUMENTS,
        P.READ_AUDIT,
        P.CHECK_STORE,
    },
    Role.ADMINISTRATOR: EVERYBODY
    | {
        P.KEEP_CENTER,
        P.ENTER_VALUES,
        P.READ_STAFF,
        P.KEEP_STAFF,
        P.CHECK_STORE,
        P.KEEP_BACKUPS,
    },
}


def permissions_of(roles: Iterable[Role]) -> frozenset[P]:
    """Return the rights of a person who holds ``roles``."""
    return frozenset(right for role in roles for right in RIGHTS[role])
