"""Writes what was proposed: awards with their versions, needs and sealed assessments, many at once.

What is checked of one proposal depends on what was proposed before for the same people, so a list
checks row by row and lets its proposals wait (`Waiting`) until a further one may depend on them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, TypeVar

from app.core.contact import normalise_card
from app.core.text import normalise
from app.core.words.disbursements import PayWay
from app.disbursements.needs import Need, rows_of
from app.disbursements.records import ProposalForm
from app.disbursements.store import expected_seal
from app.facts.assessing import number_of, sealed
from app.facts.payments import forget
from app.households.store import head_of
from app.policy.findings import Assessment, Findings
from app.work import Work
from db.base import Row
from db.models.cases import Case, SealedAssessment
from db.models.disbursements import Award, AwardNeed, AwardVersion
from db.models.households import Household

AT_ONCE: Final = 500
"""Proposals that wait at most: each holds all that the policy said of its household."""


@dataclass(frozen=True)
class Ground:
    """What a proposal rests on: whose it is, and what the policy says of it today."""

    case: Case
    household: Household
    findings: Findings
    assessment: Assessment
    member_id: int | None


@dataclass(frozen=True)
class Proposal:
    """What was checked and may be written: an award that has no number yet, and its version."""

    award: Award
    ground: Ground
    form: ProposalForm
    way: tuple[str, Sequence[str]]
    """The document of tiers it goes by, and the steps it needs."""
    needs: Sequence[Need]


@dataclass
class Waiting:
    """Proposals of one act that were checked and are written together."""

    work: Work
    _proposals: list[Proposal] = field(default_factory=list[Proposal])
    _households: set[int] = field(default_factory=set[int])
    _met: set[tuple[str, str]] = field(default_factory=set[tuple[str, str]])

    def before(self, household_id: int) -> None:
        """Write what waits when a proposal for a household could depend on it."""
        if household_id in self._households or len(self._proposals) >= AT_ONCE:
            self.write()

    def meets(self, proposal: Proposal) -> bool:
        """Tell whether one that waits meets a need of this one, which was checked too early."""
        return any((need.kind, need.key) in self._met for need in proposal.needs)

    def add(self, proposal: Proposal) -> None:
        """Let a proposal wait."""
        self._proposals.append(proposal)
        self._households.add(proposal.ground.household.id)
        self._met |= {(need.kind, need.key) for need in proposal.needs}

    def write(self) -> None:
        """Write all that waits."""
        write(self.work, self._proposals)
        self._proposals, self._households, self._met = [], set(), set()


def write(work: Work, proposals: Sequence[Proposal]) -> None:
    """Write proposals in their order: applications that a list opens, awards, sealed assessments,
    versions and needs, each kind at once and with numbers without gaps."""
    if not proposals:
        return
    year = work.today.year
    opened = [each.ground.case for each in proposals if not each.ground.case.number]
    for number, case in _numbered(work, "case", opened):
        case.number = f"{year}-{number:04d}"
    _add(work, Case, opened)
    awards = [each.award for each in proposals]
    for each in proposals:
        each.award.case_id = each.ground.case.id
    for number, award in _numbered(work, "award", awards):
        award.number = f"J{year}-{number:05d}"
    _add(work, Award, awards)
    kept = [
        sealed(work, each.ground.household, each.ground.findings, each.award.measure)
        for each in proposals
    ]
    for number, assessment in _numbered(work, "assessment", kept):
        assessment.number = number_of(work, number)
    _add(work, SealedAssessment, kept)
    versions = [
        version_of(work, each, assessment, sequence=1)
        for each, assessment in zip(proposals, kept, strict=True)
    ]
    _add(work, AwardVersion, versions)
    for each in proposals:
        forget(work.session, each.award.household_id)
    rows = [row for each in proposals for row in rows_of(each.award, each.needs)]
    _add(work, AwardNeed, rows)


def version_of(
    work: Work, proposal: Proposal, assessment: SealedAssessment, *, sequence: int
) -> AwardVersion:
    """Return a version of an award with its seal, to be written."""
    form, ground = told(proposal.form), proposal.ground
    flow, steps = proposal.way
    version = AwardVersion(
        award_id=proposal.award.id,
        sequence=sequence,
        payee=head_of(ground.household).name,
        account_holder=normalise(form.account_holder),
        account_bank=normalise(form.account_bank),
        account_number=normalise_card(form.account_number),
        amount=form.amount,
        fund_id=form.fund_id,
        assessment_id=assessment.id,
        opinion=form.opinion.strip(),
        proposed_by=work.actor.id,
        proposed_at=work.now,
        way=form.way,
        goods=normalise(form.goods),
        quantity=form.quantity,
        unit_value=form.unit_value,
        flow=flow,
        steps=list(steps),
    )
    version.seal = expected_seal(version)
    return version


def told(form: ProposalForm) -> ProposalForm:
    """Return a proposal without what its way does not need: nobody reads it."""
    unused: dict[str, object] = {}
    if form.way is not PayWay.CARD:
        unused |= {"account_holder": "", "account_bank": "", "account_number": ""}
    if form.way is not PayWay.GOODS:
        unused |= {"goods": "", "quantity": None, "unit_value": None}
    return replace(form, **unused)  # pyright: ignore[reportArgumentType] - a Record is a dataclass


R = TypeVar("R", bound=Row)


def _numbered(work: Work, series: str, rows: Sequence[R]) -> Iterable[tuple[int, R]]:
    """Give each row a number of a series."""
    if not rows:
        return ()
    return enumerate(rows, work.next_numbers(series, len(rows)))


def _add(work: Work, model: type[Row], rows: Sequence[Row]) -> None:
    """Write new rows with ids of their own: without them the store is asked for each."""
    if not rows:
        return
    for id_, row in enumerate(rows, work.next_id(model)):
        row.id = id_
    work.session.add_all(rows)
    work.session.flush()
