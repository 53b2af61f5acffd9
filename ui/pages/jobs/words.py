"""What the page says of its lists in a word and a count."""

from app.core.i18n import _
from app.placements.placement_records import JobCounts
from ui.kit.segments import Part


def parts_of(counts: JobCounts | None) -> list[Part]:
    """Return the lists with how much waits in each; what is late carries a sign."""
    late = bool(counts and counts.overdue)
    return [
        Part("seekers", _("Job seekers"), counts.seeking if counts else None),
        Part(
            "referrals",
            _("Slips"),
            counts.referred if counts else None,
            "triangle-alert" if late else "",
            "bad" if late else "",
        ),
        Part(
            "follow_ups",
            _("Follow-ups"),
            counts.follow_ups if counts else None,
            "",
            "wait" if counts and counts.follow_ups else "",
        ),
        Part("placements", _("Placements"), counts.working if counts else None),
        Part(
            "recognitions",
            _("Recognising"),
            counts.to_decide if counts else None,
            "",
            "wait" if counts and counts.to_decide else "",
        ),
        Part("reassess", _("To assess again"), counts.to_reassess if counts else None),
    ]
