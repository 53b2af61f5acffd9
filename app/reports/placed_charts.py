"""The chart of the job service: how many of those who were referred came, were hired, stayed."""

from typing import Final

from sqlalchemy import func, select

from app.core.days import months_after
from app.core.i18n import _
from app.core.words.placements import FollowUpResult, PlacementState, ReferralState
from app.reports.charts import Chart, ChartName, Line, Shape, Unit, answer, share
from app.reports.placed import referred_in
from app.reports.records import BehindQuery, Figure, ReportQuery
from app.work import Work
from db.models.placements import FollowUp, JobReferral, Placement

STAYED: Final = 3
"""After how many months at work somebody counts as staying."""


def referrals(work: Work, asked: ReportQuery) -> Chart:
    """Tell step by step what became of the referrals issued in a period.

    Presumed ones are not among the hired: nobody has said so. They stand in the sentence.
    """
    counts = dict.fromkeys(ReferralState, 0)
    found = select(JobReferral.state, func.count()).where(*referred_in(asked))
    for state, number in work.session.execute(found.group_by(JobReferral.state)):
        counts[state] = number
    referred, hired = sum(counts.values()), counts[ReferralState.HIRED]
    came = hired + counts[ReferralState.NOT_HIRED]
    steps = (
        (_("Referred"), referred, Figure.REFERRED),
        (_("Came to the interview"), came, None),
        (_("Hired"), hired, Figure.HIRED),
        (_("Still there after {months} months").format(months=STAYED), _stayed(work, asked), None),
    )
    return answer(
        ChartName.REFERRALS,
        says=_says(counts),
        shape=Shape.RANKED,
        unit=Unit.COUNT,
        heads=(_("How many of them"),),
        lines=tuple(
            Line(words, (number,), (BehindQuery(asked=asked, figure=figure),) if figure else ())
            for words, number, figure in steps
        ),
        rows_are=_("Step"),
    )


def _stayed(work: Work, asked: ReportQuery) -> int:
    """Count who was found at work after so many months, and did not leave before after all."""
    found = (
        select(
            *(Placement.id, Placement.started_on, Placement.left_on),
            *(FollowUp.month, FollowUp.done_on),
        )
        .select_from(JobReferral)
        .join(Placement, Placement.job_referral_id == JobReferral.id)
        .join(FollowUp, FollowUp.placement_id == Placement.id)
        .where(
            *referred_in(asked),
            JobReferral.state == ReferralState.HIRED,
            Placement.state != PlacementState.TAKEN_BACK,
            FollowUp.month >= STAYED,
            FollowUp.result == FollowUpResult.AT_WORK,
        )
    )
    stayed: set[int] = set()
    for key, started_on, left_on, month, done_on in work.session.execute(found):
        day = months_after(started_on, month)
        if done_on >= day and (left_on is None or left_on > day):
            stayed.add(key)
    return len(stayed)


def _says(counts: dict[ReferralState, int]) -> str:
    referred = sum(counts.values())
    if not referred:
        return _("Nobody was referred in this period.")
    waiting, presumed = counts[ReferralState.ISSUED], counts[ReferralState.PRESUMED]
    return _(
        "Of {referred} referrals {hired} ended in work, {share}; {waiting} slips are awaited, "
        "{presumed} are presumed and counted apart."
    ).format(
        referred=f"{referred:,}",
        hired=f"{counts[ReferralState.HIRED]:,}",
        share=share(counts[ReferralState.HIRED], referred),
        waiting=f"{waiting:,}",
        presumed=f"{presumed:,}",
    )
