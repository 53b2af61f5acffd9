"""What can be asked of the audit trail."""

from sqlalchemy import select

from app.audit.records import AuditQuery, AuditView
from app.core.i18n import N_
from app.work import ACTIONS, Permission, Work, query
from db.models.audit import AuditRow

OFFICE = {
    "office.sign_in": N_("Sign in."),
    "office.sign_out": N_("Sign out."),
    "office.lock": N_("Lock the desk."),
    "office.recover": N_("Set a new password with the recovery key."),
    "office.begin": N_("Begin the store."),
    "office.back_up": N_("Make a backup."),
}
"""What the office itself writes into the trail."""


@query(needs=Permission.READ_AUDIT)
def audit_rows(work: Work, asked: AuditQuery) -> list[AuditView]:
    """List the acts of the trail, the newest first."""
    narrowed = select(AuditRow).order_by(AuditRow.id.desc()).limit(asked.limit)
    if asked.subject:
        narrowed = narrowed.where(AuditRow.subject == asked.subject)
    if asked.actor:
        narrowed = narrowed.where(AuditRow.actor_name == asked.actor)
    if asked.verb:
        narrowed = narrowed.where(AuditRow.verb == asked.verb)
    if asked.before:
        narrowed = narrowed.where(AuditRow.id < asked.before)
    return [
        AuditView(
            id=row.id,
            at=row.at,
            actor=row.actor_name,
            verb=row.verb,
            says=says_of(row.verb),
            subject=row.subject or "",
            request=row.request,
            changes=row.changes,
            hash=row.hash,
        )
        for row in work.session.scalars(narrowed)
    ]


def says_of(verb: str) -> str:
    """Return what a verb does, as a message id."""
    known = ACTIONS.get(verb)
    return known.says if known else OFFICE.get(verb, verb)
