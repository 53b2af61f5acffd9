"""What can be asked about one's own drafts."""

from sqlalchemy import select

from app.core.errors import NotFound
from app.core.record import Nothing
from app.drafts.records import DraftById, DraftRow, DraftView
from app.work import Permission, Work, query
from db.models.drafts import Draft


@query(needs=Permission.KEEP_DRAFTS)
def my_drafts(work: Work, _: Nothing) -> list[DraftRow]:
    """List the person's open drafts, the newest first."""
    drafts = work.session.scalars(
        select(Draft)
        .where(Draft.owner_id == work.actor.id, Draft.open)
        .order_by(Draft.saved_at.desc())
    )
    return [
        DraftRow(
            id=draft.id,
            form=draft.form,
            title=draft.title,
            started_at=draft.started_at,
            saved_at=draft.saved_at,
        )
        for draft in drafts
    ]


@query(needs=Permission.KEEP_DRAFTS)
def draft_view(work: Work, asked: DraftById) -> DraftView:
    """Return one of the person's own open drafts with its content."""
    draft = work.session.get(Draft, asked.id)
    if draft is None or draft.owner_id != work.actor.id or not draft.open:
        raise NotFound(what=asked.id)
    return DraftView(
        id=draft.id,
        form=draft.form,
        title=draft.title,
        content=draft.content,
        saved_at=draft.saved_at,
    )
