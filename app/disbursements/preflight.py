"""What is checked of every payment before a batch is frozen."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from app.core.contact import check_card, doubt_card
from app.core.errors import RuleBroken
from app.core.i18n import N_, _
from app.core.words.disbursements import LineState
from app.disbursements.batch_records import CheckRow
from app.disbursements.limits import cap_of, check_payable
from app.disbursements.store import assess_award, expected_seal, measure_of
from app.households.store import head_of, people_of
from app.policy.explain import why_not
from app.policy.pack import Outcome
from app.work import Work
from db.models.cases import Case
from db.models.disbursements import Award, AwardVersion, Batch, BatchLine
from db.models.households import Household

LEVELS = ("ok", "look", "stop")


@dataclass(frozen=True)
class Finding:
    """What one check says of one payment; ``stop`` keeps the batch from being frozen."""

    check: str
    level: str
    says: str


@dataclass(frozen=True)
class CheckedLine:
    """One payment of a batch with what the checks found."""

    line: BatchLine
    version: AwardVersion
    award: Award
    household: Household
    findings: tuple[Finding, ...]

    @property
    def worst(self) -> Finding | None:
        """Return the gravest finding."""
        return max(self.findings, key=lambda found: LEVELS.index(found.level), default=None)

    @property
    def level(self) -> str:
        """Return ``ok``, ``look`` or ``stop``."""
        return self.worst.level if self.worst else "ok"


CHECKS = {
    "card": N_("Card numbers"),
    "holder": N_("Account holder"),
    "twice": N_("Paid twice"),
    "seal": N_("Approvals"),
    "eligible": N_("Eligibility today"),
    "cap": N_("Caps"),
}
"""The checks in the order of the page, with their titles."""


def checked_lines(work: Work, batch: Batch) -> list[CheckedLine]:
    """Return the payments that are in the batch, each with what the checks found."""
    rows = work.session.execute(
        select(BatchLine, AwardVersion, Award, Household)
        .join(AwardVersion, BatchLine.award_version_id == AwardVersion.id)
        .join(Award, AwardVersion.award_id == Award.id)
        .join(Household, Award.household_id == Household.id)
        .where(BatchLine.batch_id == batch.id, BatchLine.state == LineState.PREPARED)
        .order_by(BatchLine.line)
    )
    found = list(rows.all())
    return [
        CheckedLine(
            line,
            version,
            award,
            household,
            tuple(_findings(work, version, award, household, found)),
        )
        for line, version, award, household in found
    ]


def _findings(
    work: Work,
    version: AwardVersion,
    award: Award,
    household: Household,
    all_lines: Sequence[tuple[BatchLine, AwardVersion, Award, Household]],
) -> list[Finding]:
    findings: list[Finding] = []
    if problem := check_card(version.account_number):
        findings.append(Finding("card", "stop", problem.tell()))
    elif doubt := doubt_card(version.account_number):
        findings.append(Finding("card", "look", doubt.tell()))
    if version.account_holder not in {member.name for member in people_of(household)}:
        says = _("The holder {holder} is not a member of the household of {name}")
        says = says.format(holder=version.account_holder, name=head_of(household).name)
        findings.append(Finding("holder", "look", says))
    same = [
        other.id
        for _line, other, other_award, _household in all_lines
        if other_award.id != award.id
        and (other_award.household_id, other_award.measure, other_award.member_id)
        == (award.household_id, award.measure, award.member_id)
    ]
    if same:
        says = _("The same household gets the same measure twice in this batch")
        findings.append(Finding("twice", "stop", says))
    if expected_seal(version) != version.seal:
        says = _("The award is not as it was approved")
        findings.append(Finding("seal", "stop", says))
    try:
        assessment = assess_award(work, award, household)
        case = work.load(Case, award.case_id)
        check_payable(work, case, household, measure_of(assessment), version.fund_id)
    except RuleBroken as error:
        return [*findings, Finding("eligible", "stop", error.tell())]
    if assessment.outcome is not Outcome.YES:
        findings.append(Finding("eligible", "stop", why_not(assessment)))
    cap = cap_of(work, household, assessment, without=award.id)
    if cap.left is not None and version.amount > cap.left:
        findings.append(Finding("cap", "stop", _("The amount is over the cap of the year")))
    return findings


def check_rows(lines: Sequence[CheckedLine]) -> tuple[CheckRow, ...]:
    """Return one row a check over the whole batch, the gravest first."""
    rows: list[CheckRow] = []
    for check, title in CHECKS.items():
        found = [finding for line in lines for finding in line.findings if finding.check == check]
        level = max((finding.level for finding in found), key=LEVELS.index, default="ok")
        says = {
            "ok": _("All passed"),
            "look": _("{count} to be looked at").format(count=len(found)),
            "stop": _("{count} must be settled").format(count=len(found)),
        }[level]
        rows.append(
            CheckRow(
                title=_(title),
                says=says,
                level=level,
                passed=len(lines) - len(found),
                total=len(lines),
            )
        )
    return tuple(sorted(rows, key=lambda row: -LEVELS.index(row.level)))
