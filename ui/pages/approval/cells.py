"""The cells of the list of awards that wait for a decision."""

from app.core.i18n import _
from app.core.money import yuan_text
from app.disbursements.records import ApprovalRow, AwardRow
from ui.kit.cells import Cell


def belongs(each: ApprovalRow, segment: str) -> bool:
    """Tell whether an award belongs to a segment of the list."""
    match segment:
        case "ok":
            return each.light == "ok"
        case "look":
            return each.light not in ("", "ok")
        case "late":
            return each.overdue
        case _:
            return True


def why_not_marked(each: ApprovalRow) -> str:
    """Return why this person cannot approve it together with others, or nothing."""
    if each.award.mine:
        return _("Proposed by me")
    if each.related:
        return _("Related")
    if not each.light:
        return _("Being checked")
    return "" if each.light == "ok" else each.why or _("One by one")


def may_mark(each: ApprovalRow) -> bool:
    """Tell whether this person can approve it together with others."""
    return not why_not_marked(each)


def award_cell(each: ApprovalRow) -> Cell:
    """Return what it is and for whom, with the case and what stands out below."""
    award = each.award
    stands_out = why_not_marked(each) or _("Can be marked")
    return Cell(f"{award.title}　{award.name}", f"{award.case_number}　{stands_out}")


def amount_cell(each: ApprovalRow) -> Cell:
    """Return the amount, with the time that is left below."""
    words, tone = due_words(each.award, soon=each.soon)
    return Cell(yuan_text(each.award.amount), words, second_tone=tone)


def due_words(award: AwardRow, *, soon: bool) -> tuple[str, str]:
    """Return how many working days are left, with the tone of it."""
    match award.days_left:
        case None:
            return "", ""
        case int(days) if days < 0:
            words, tone = _("{days} days overdue").format(days=-days), "bad"
        case 0:
            words, tone = _("Today"), "wait"
        case days:
            says = _("{days} days left")
            if award.due_provisional:
                says = _("{days} days left, provisional")
            words = says.format(days=days)
            tone = "wait" if soon else ""
    return words, tone
