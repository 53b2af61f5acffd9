"""How letters and placements look wherever they stand: icon and tone of each state."""

from typing import Final

from app.core.words.placements import PlacementState, ReferralState

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
