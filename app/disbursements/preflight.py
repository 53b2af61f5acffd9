"""What is checked of every payment before a batch is frozen."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, func, or_, select

from app.core.contact import check_card, doubt_card
from app.core.errors import RuleBroken
from app.core.i18n import N_, _
from app.core.money import yuan_text
from app.core.words.disbursements import ApprovalStep, Decision, LineState, PayWay
from app.core.words.funds import Account
from app.disbursements.batch_records import CheckRow
from app.disbursements.limits import cap_of, check_payable
from app.disbursements.store import assess_award, expected_seal
from app.disbursements.ties import tied_homes
from app.facts.payments import read_at_once
from app.funds.budgets import by_area
from app.funds.ledger import balances
from app.funds.rules import NotItsDay, beyond, paying_days
from app.households.store import head_of, people_of
from app.policy.explain import why_not
from app.policy.pack import Outcome
from app.work import Work
from db.models.cases import Case
from db.models.disbursements import Approval, Award, AwardVersion, Batch, BatchLine
from db.models.funds import Fund
from db.models.households import Household

LEVELS = ("ok", "look", "stop")

AGAIN_WITHIN: Final = timedelta(days=31)
"""The same measure for the same people within a month wants a look; our own figure."""

LIVE: Final = (LineState.PREPARED, LineState.PAYING, LineState.PAID)
"""States of a payment that goes out or went out."""


@dataclass(frozen=True)
class Finding:
    """What one check says of one payment; ``stop`` keeps the batch from being frozen."""

    check: str
    level: str
    says: str


People = tuple[int, str, int | None]
"""Household, measure, and the member it is for."""


@dataclass(frozen=True)
class CheckedLine:
    """One payment of a batch with what the checks found."""

    line: BatchLine
    version: AwardVersion
    award: Award
    household: Household
    batch: Batch
    findings: tuple[Finding, ...] = ()

    @property
    def people(self) -> People:
        """Return who gets which measure."""
        return self.award.household_id, self.award.measure, self.award.member_id

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
    "rare": N_("Rare characters"),
    "account": N_("One account, one household"),
    "twice": N_("Paid twice"),
    "approved": N_("Signatures of approval"),
    "tie": N_("Related staff"),
    "due": N_("Due days"),
    "eligible": N_("Eligibility today"),
    "cap": N_("Caps"),
    "period": N_("Periods of the funds"),
    "balance": N_("Balances of the funds"),
}
"""The checks in the order of the page, with their titles."""

OF_CARDS = frozenset({"card", "holder", "rare", "account"})
"""The checks of accounts: cash and goods need none."""


@dataclass(frozen=True)
class Around:
    """What stands around the payments of a batch: read at once, not for each of thousands."""

    work: Work
    approved: Mapping[int, Collection[ApprovalStep]]
    """The steps approved, by version."""
    tied: Collection[int]
    """The households that whoever looks is related to."""
    same_people: Mapping[People, Sequence[CheckedLine]]
    """What goes out, or went out of late, of a measure to the same people."""
    same_account: Mapping[str, Mapping[int, int]]
    """By account the last payment to each household that goes out or went out."""
    cases: Mapping[int, Case]
    funds: Mapping[int, Fund]


def checked_lines(work: Work, batch: Batch) -> list[CheckedLine]:
    """Return the payments that are in the batch, each with what the checks found."""
    found = _lines(work, *_in_batch(batch))
    if not found:
        return []
    around = _around(work, batch, found)
    over = _areas_over(work, {*around.funds})
    reserved = {fund: balances(work.session, fund)[Account.RESERVED] for fund in around.funds}
    needed = dict.fromkeys(reserved, 0)
    for each in found:
        needed[each.version.fund_id] += each.version.amount
    short = {fund: needed[fund] - held for fund, held in reserved.items() if needed[fund] > held}
    checks = [check for check, cards in _LINE_CHECKS if batch.way is PayWay.CARD or not cards]
    homes = sorted({each.household.id for each in found})
    with read_at_once(work.session, homes, work.today.year):
        return [
            replace(
                each,
                findings=tuple(finding for check in checks for finding in check(around, each))
                + tuple(_balance(around, each, short, over)),
            )
            for each in found
        ]


def _in_batch(batch: Batch) -> tuple[ColumnElement[bool], ...]:
    return BatchLine.batch_id == batch.id, BatchLine.state == LineState.PREPARED


def _around(work: Work, batch: Batch, found: Sequence[CheckedLine]) -> Around:
    def of_lines(column: Any) -> Any:
        """Say in SQL what the payments of the batch have in a column."""
        return (
            select(column)
            .select_from(BatchLine)
            .join(AwardVersion, BatchLine.award_version_id == AwardVersion.id)
            .join(Award, AwardVersion.award_id == Award.id)
            .where(*_in_batch(batch))
        )

    approved: dict[int, set[ApprovalStep]] = defaultdict(set)
    steps = select(Approval.award_version_id, Approval.step).where(
        Approval.award_version_id.in_(of_lines(AwardVersion.id)),
        Approval.decision == Decision.APPROVED,
    )
    for version, step in work.session.execute(steps):
        approved[version].add(step)
    same_people: dict[People, list[CheckedLine]] = defaultdict(list)
    for each in _lines(
        work,
        Award.household_id.in_(of_lines(Award.household_id)),
        BatchLine.state.in_(LIVE),
        or_(
            BatchLine.settled_on.is_(None),
            BatchLine.settled_on >= work.today - AGAIN_WITHIN,
            AwardVersion.id.in_(of_lines(AwardVersion.id)),
        ),
    ):
        same_people[each.people].append(each)
    same_account: dict[str, dict[int, int]] = defaultdict(dict)
    if batch.way is PayWay.CARD:
        last = (
            select(AwardVersion.account_number, Award.household_id, func.max(BatchLine.id))
            .join(AwardVersion, BatchLine.award_version_id == AwardVersion.id)
            .join(Award, AwardVersion.award_id == Award.id)
            .where(
                AwardVersion.account_number.in_(of_lines(AwardVersion.account_number)),
                BatchLine.state.in_(LIVE),
            )
            .group_by(AwardVersion.account_number, Award.household_id)
        )
        for account, home, line in work.session.execute(last):
            same_account[account][home] = line
    cases = work.session.scalars(select(Case).where(Case.id.in_(of_lines(Award.case_id))))
    funds = {each.version.fund_id for each in found}
    return Around(
        work=work,
        approved=approved,
        tied=tied_homes(work),
        same_people=same_people,
        same_account=same_account,
        cases={case.id: case for case in cases},
        funds={fund: work.load(Fund, fund) for fund in funds},
    )


def _lines(work: Work, *conditions: ColumnElement[bool]) -> list[CheckedLine]:
    """Return payments of batches, in their order."""
    rows = work.session.execute(
        select(BatchLine, AwardVersion, Award, Household, Batch)
        .join(AwardVersion, BatchLine.award_version_id == AwardVersion.id)
        .join(Award, AwardVersion.award_id == Award.id)
        .join(Household, Award.household_id == Household.id)
        .join(Batch, BatchLine.batch_id == Batch.id)
        .where(*conditions)
        .order_by(BatchLine.batch_id, BatchLine.line)
    )
    return [CheckedLine(*row) for row in rows]


def _account(_around: Around, each: CheckedLine) -> Iterator[Finding]:
    version, household = each.version, each.household
    if problem := check_card(version.account_number):
        yield Finding("card", "stop", problem.tell())
    elif doubt := doubt_card(version.account_number):
        yield Finding("card", "look", doubt.tell())
    if version.account_holder not in {member.name for member in people_of(household)}:
        says = _("The holder {holder} is not a member of the household of {name}")
        says = says.format(holder=version.account_holder, name=head_of(household).name)
        yield Finding("holder", "look", says)
    rare = [sign for sign in dict.fromkeys(version.account_holder) if _is_rare(sign)]
    if rare:
        says = _("Rare in the name of the holder: {signs}. Compare with how the bank writes it.")
        signs = "、".join(f"{sign} (U+{ord(sign):04X})" for sign in rare)
        yield Finding("rare", "look", says.format(signs=signs))


def _is_rare(sign: str) -> bool:
    """Tell whether a character is beyond GBK: older bank systems keep such names otherwise."""
    try:
        sign.encode("gbk")
    except UnicodeEncodeError:
        return True
    return False


def _same_account(around: Around, each: CheckedLine) -> Iterator[Finding]:
    last = around.same_account[each.version.account_number]
    others = [line for home, line in last.items() if home != each.household.id]
    if others:
        (other,) = _lines(around.work, BatchLine.id == max(others))
        says = _("The same account got money for {name} ({batch}, payment {line})")
        names = {"name": head_of(other.household).name, "batch": other.batch.number}
        yield Finding("account", "look", says.format(**names, line=other.line.line))


def _twice(around: Around, each: CheckedLine) -> Iterator[Finding]:
    """Yield whether the same people get the same measure twice: here, or elsewhere of late."""
    award, today = each.award, around.work.today
    since = today - AGAIN_WITHIN
    for other in around.same_people[each.people]:
        if other.line.id == each.line.id:
            continue
        told = {"batch": other.batch.number, "line": other.line.line}
        if other.version.id == each.version.id:
            says = _("The same award goes out in {batch} already, payment {line}")
            yield Finding("twice", "stop", says.format(**told))
        elif award.due_on and other.award.due_on and award.list_id == other.award.list_id:
            continue  # two months of one series
        elif other.batch.id == each.batch.id:
            says = _("The same household gets the same measure twice in this batch")
            yield Finding("twice", "stop", says)
        elif (other.line.settled_on or today) >= since:
            says = _("The same measure went out on {day} ({batch}, payment {line})")
            day = other.line.settled_on or today
            yield Finding("twice", "look", says.format(**told, day=day))


def _approved(around: Around, each: CheckedLine) -> Iterator[Finding]:
    version = each.version
    given = {*around.approved[version.id]}
    if ApprovalStep.COLLECTIVE in given:
        given.add(ApprovalStep.SUPERVISOR)  # who may have left it to all together
    missing = [step for step in version.steps if step not in given]
    if missing:
        says = _("An approval is missing: {count} of {all} steps are decided")
        count, of = len(version.steps) - len(missing), len(version.steps)
        yield Finding("approved", "stop", says.format(count=count, all=of))
    if expected_seal(version) != version.seal:
        yield Finding("approved", "stop", _("The award is not as it was approved"))


def _tie(around: Around, each: CheckedLine) -> Iterator[Finding]:
    if each.household.id in around.tied:
        says = _("You are related to this household: another person has to freeze the batch")
        yield Finding("tie", "stop", says)


def _due(around: Around, each: CheckedLine) -> Iterator[Finding]:
    due = each.award.due_on
    if due is not None and due > around.work.today:
        says = _("It is due on {day}; not to be paid before").format(day=due)
        yield Finding("due", "stop", says)


def _period(around: Around, each: CheckedLine) -> Iterator[Finding]:
    fund, today = around.funds[each.version.fund_id], around.work.today
    first, last = paying_days(fund.year, fund.pays_until)
    if today < first:
        says = NotItsDay(fund=fund.name, first=first, last=last).tell()
        yield Finding("period", "stop", says)
    if today > last:
        says = _("{fund} paid until {day}; choose another fund").format(fund=fund.name, day=last)
        yield Finding("period", "stop", says)


def _eligible(around: Around, each: CheckedLine) -> Iterator[Finding]:
    work = around.work
    award, household, version = each.award, each.household, each.version
    try:
        assessment = assess_award(work, award, household)
        case = around.cases[award.case_id]
        fund_id, amount = version.fund_id, version.amount
        check_payable(work, case, household, assessment, fund_id, amount, without=award.id)
    except NotItsDay:
        return  # `_period` says so already
    except RuleBroken as error:
        yield Finding("eligible", "stop", error.tell())
        return
    if assessment.outcome is not Outcome.YES:
        yield Finding("eligible", "stop", why_not(assessment))
    cap = cap_of(work, household, assessment, without=award.id)
    if cap.left is not None and version.amount > cap.left:
        yield Finding("cap", "stop", _("The amount is over the cap of the year"))


_LINE_CHECKS: Final[tuple[tuple[Callable[[Around, CheckedLine], Iterator[Finding]], bool], ...]] = (
    (_account, True),
    (_same_account, True),
    (_twice, False),
    (_approved, False),
    (_tie, False),
    (_due, False),
    (_period, False),
    (_eligible, False),
)
"""The checks of one payment, and whether they are of accounts: cash and goods need none."""


def _areas_over(work: Work, funds: set[int]) -> set[int]:
    """Return the funds whose areas took more than the money of any area can make good."""
    found: set[int] = set()
    for fund_id in funds:
        money = by_area(work, fund_id)
        taken = sum(beyond(money.granted, money.sums()).values())
        if money.divided and taken > money.granted.get(None, 0):
            found.add(fund_id)
    return found


def _balance(
    around: Around, each: CheckedLine, short: dict[int, int], over: set[int]
) -> Iterator[Finding]:
    if each.version.fund_id in over:
        says = _("{fund}: the areas took more than was granted to them and to any area")
        fund = around.funds[each.version.fund_id].name
        yield Finding("balance", "stop", says.format(fund=fund))
    lacks = short.get(each.version.fund_id)
    if lacks:
        says = _("The fund has {amount} yuan too little reserved for this batch")
        yield Finding("balance", "stop", says.format(amount=yuan_text(lacks)))


def check_rows(lines: Sequence[CheckedLine], way: PayWay = PayWay.CARD) -> tuple[CheckRow, ...]:
    """Return one row a check over the whole batch, the gravest first."""
    rows: list[CheckRow] = []
    for check, title in CHECKS.items():
        if way is not PayWay.CARD and check in OF_CARDS:
            continue
        levels = [
            max((LEVELS.index(f.level) for f in line.findings if f.check == check), default=0)
            for line in lines
        ]
        found = sum(level > 0 for level in levels)
        level = LEVELS[max(levels, default=0)]
        says = {
            "ok": _("All passed"),
            "look": _("{count} to be looked at").format(count=found),
            "stop": _("{count} must be settled").format(count=found),
        }[level]
        rows.append(
            CheckRow(
                title=_(title), says=says, level=level, passed=len(lines) - found, total=len(lines)
            )
        )
    return tuple(sorted(rows, key=lambda row: -LEVELS.index(row.level)))
