"""How letters, placements and pay look wherever they stand."""

from typing import Final

from app.core.words.placements import PlacementState, ReferralState
from ui.kit.cells import yuan

REFERRALS: Final = {
    ReferralState.ISSUED: ("hourglass", "accent"),
    ReferralState.HIRED: ("circle-check", "ok"),
    ReferralState.NOT_HIRED: ("circle-x", ""),
    ReferralState.NOT_APPEARED: ("triangle-alert", "wait"),
    ReferralState.PRESUMED: ("clock", "wait"),
    ReferralState.VOID: ("ban", ""),
}
PLACEMENTS: Final = {
    PlacementState.WORKING: ("circle-check", "ok"),
    PlacementState.LEFT: ("corner-down-left", ""),
    PlacementState.TAKEN_BACK: ("undo-2", ""),
}


def pay_range(least: int | None, most: int | None) -> str:
    """Return what is paid, in yuan: one amount, or from the least to the most."""
    if most is None or most == least:
        return yuan(least)
    return f"{yuan(least)}–{yuan(most)}"
