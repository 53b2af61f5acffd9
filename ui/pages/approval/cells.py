"""The cells of the list of awards that wait for a decision."""

from app.core.i18n import _
from app.core.money import yuan_text
from app.disbursements.records import ApprovalRow, AwardRow
from ui.kit.cells import Cell


def belongs(each: ApprovalRow, segment: str) -> bool:
    """Tell whether an award belongs to a segment of the list."""
    match segment:
        case "ok" | "look":
            return (each.light == "ok") is (segment == "ok")
        case "late":
            return each.overdue
        case _:
            return True


def may_mark(each: ApprovalRow) -> bool:
    """Tell whether this person can approve it together with others."""
    return each.light == "ok" and not each.award.mine and not each.related


def award_cell(each: ApprovalRow) -> Cell:
    """Return what it is and for whom, with the case and what stands out below."""
    award = each.award
    return Cell(f"{award.title}　{award.name}", f"{award.case_number}　{_stands_out(each)}")


def _stands_out(each: ApprovalRow) -> str:
    if each.award.mine:
        return _("Proposed by me")
    if each.related:
        return _("Related")
    return each.why or _("Can be marked")


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
