"""What the center demands of files that come back from the bank."""

from app.core.errors import RuleBroken
from app.core.i18n import N_


class NotByBank(RuleBroken):
    """Cash and goods go out over the counter."""

    says = N_("Batch {number} is handed out at the counter ({way}); no bank has a part in it.")


class OtherBatch(RuleBroken):
    """The bank's file answers another batch."""

    says = N_(
        "This result belongs to batch {other}, not to {number}. Nothing was booked; open that "
        "batch and take it in there."
    )
