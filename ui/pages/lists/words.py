"""What the page of lists says: why an act is not offered, and what one did."""

from app.core.i18n import _
from app.core.money import yuan_text
from app.core.words.disbursements import ListKind, ListState
from app.disbursements.list_records import ListProposed, ListView, RosterTaken

TOLD = 10
"""Names told of those who are not on file."""


def why_not_open(view: ListView | None) -> str:
    """Return why the rows of a list cannot be changed: it is not open any more."""
    if view is None or view.row.state is ListState.OPEN:
        return ""
    return _("Now: {state}").format(state=view.row.state.label)


def why_not_withdraw(view: ListView | None) -> str:
    """Return why a list cannot be taken back."""
    gone = view is not None and view.row.state is ListState.WITHDRAWN
    return ListState.WITHDRAWN.label if gone else ""


def why_not_propose(view: ListView | None) -> str:
    """Return why a list cannot be handed in, or nothing."""
    if view is None or view.row.state is ListState.WITHDRAWN:
        return ListState.WITHDRAWN.label
    if view.row.kind is ListKind.AGENCY and view.row.state is ListState.OPEN:
        return _("A second person has to confirm the roster first")
    if all(entry.award_id is not None for entry in view.entries):
        return _("Every row has its award")
    return ""


def bar_words(view: ListView | None, reason: str) -> tuple[str, str]:
    """Return what the page bar says of a list: what comes next, or why nothing does."""
    if view is None:
        return _("Choose a list"), ""
    if view.row.state is not ListState.PROPOSED:
        return reason or _("Each row becomes an award of its own"), ""
    left = sum(entry.award_id is None for entry in view.entries)
    says = _("{count} rows have no award; handed in again, they are tried once more")
    done = _("Every row has its award")
    return says.format(count=left) if left else done, _("Another person decides on it")


def not_on_file(taken: RosterTaken) -> str:
    """Return who of a roster is not on file, or under another name; empty when all are."""
    parts: list[str] = []
    if taken.unknown:
        names = "、".join(taken.unknown[:TOLD])
        parts.append(_("not on file: {names}").format(names=names))
    if taken.other_name:
        names = "、".join(taken.other_name[:TOLD])
        parts.append(_("under another name on file: {names}").format(names=names))
    return "；".join(parts)


def roster_taken(taken: RosterTaken) -> tuple[str, str]:
    """Return what reading a roster found, and who of it is not on file as written."""
    if unknown := not_on_file(taken):
        says = _("{known} rows on file, {unknown} not")
        return says.format(known=taken.known, unknown=len(taken.unknown)), unknown
    return _("{count} rows read, all of them on file").format(count=taken.known), ""


def handed_in(done: ListProposed) -> tuple[str, str]:
    """Return what handing a list in did, and the first of those left out with the reason."""
    says = _("{count} awards, {amount} yuan: submitted for approval").format(
        count=f"{done.proposed:,}", amount=yuan_text(done.amount)
    )
    if not done.left:
        return says, ""
    title = _("{count} rows were left out").format(count=len(done.left))
    first = done.left[0]
    why = _("Row {row}, {name}: {why}").format(row=first.line, name=first.name, why=first.why)
    return f"{says}　{title}", why
