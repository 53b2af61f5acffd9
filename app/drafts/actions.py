"""The verbs that keep drafts. They are not audited: nothing is decided by typing."""

from app.core.errors import NotFound
from app.drafts.records import DraftById, DraftForm
from app.work import Permission, Topic, Work, action
from db.models.drafts import Draft


@action(needs=Permission.KEEP_DRAFTS, changes=set(), audited=False)
def save_draft(work: Work, form: DraftForm) -> None:
    """Keep a form as it stands."""
    draft = work.session.get(Draft, form.id)
    if draft is None:
        draft = Draft(
            id=form.id, owner_id=work.actor.id, form=form.form, started_at=work.now, open=True
        )
        work.session.add(draft)
    elif draft.owner_id != work.actor.id:
        raise NotFound(what=form.id)
    if not draft.open:
        return
    draft.title = form.title
    draft.content = dict(form.content)
    draft.saved_at = work.now


@action(needs=Permission.KEEP_DRAFTS, changes={Topic.DRAFTS}, audited=False)
def discard_draft(work: Work, asked: DraftById) -> None:
    """Close a draft that is not wanted any more."""
    close_draft(work, asked.id, must_exist=True)


def close_draft(work: Work, draft_id: str, *, must_exist: bool = False) -> None:
    """Close a draft whose content went into the store, or is not wanted; its content goes."""
    draft = work.session.get(Draft, draft_id)
    if draft is None or draft.owner_id != work.actor.id:
        if must_exist:
            raise NotFound(what=draft_id)
        return
    draft.open = False
    draft.content = None
