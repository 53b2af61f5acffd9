"""The cells of the list of awards that wait for a decision."""

from app.core.i18n import _
from app.core.money import yuan_text
from app.disbursements.records import ApprovalRow
from ui.kit.cells import Cell


def group(each: ApprovalRow) -> str:
    """Return the segment an award belongs to."""
    return "ok" if each.light == "ok" else "look"


def award_cell(each: ApprovalRow) -> Cell:
    """Return what it is and for whom, with case and day below."""
    award = each.award
    day = award.proposed_at.astimezone().strftime("%m-%d")
    return Cell(f"{award.title}　{award.name}", f"{award.case_number}　{day}")


def amount_cell(each: ApprovalRow) -> Cell:
    """Return the amount, with the light in words below."""
    words = _("Proposed by me") if each.award.mine else each.why or _("Can be marked")
    tone = {"look": "wait", "stop": "bad"}.get(each.light, "")
    return Cell(yuan_text(each.award.amount), words, second_tone=tone)
