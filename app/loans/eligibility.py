"""Whether somebody can have a guaranteed loan: the rules of the day, criterion by criterion.

Truth has three values, as in the policy engine, whose tests and words these are: what nobody
told is never taken for no. For a borrower with a household file the employment pack's own
answer (`app.policy`) is weighed together with the rules.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from app.core.i18n import N_, _
from app.core.money import Fen, yuan_text
from app.core.resident_id import age
from app.core.words import Answer
from app.core.words.loans import BorrowerKind
from app.loans.eligibility_records import (
    Application,
    EligibilityFindings,
    EligibilityReason,
    LoanCriterion,
    PaperAsked,
)
from app.loans.products import called, ceiling, is_subsidised, longest, product_of, share_reached
from app.policy.explain import limit_text, says, value_text
from app.policy.facts import Fact
from app.policy.findings import Assessment, Reason
from app.policy.pack import Leaf, Outcome, Relation
from app.policy.truth import TESTS, every, some
from app.reference.dated import Confidence
from app.reference.loan_rules import LoanRules, Product
from app.reference.loan_values import Condition, LoanFact, Per, Sourced

MICROLOAN: Final = "microloan"
"""The measure of the employment pack that says who may ask for a loan."""

OUTCOMES: Final[Mapping[bool | None, Outcome]] = {
    True: Outcome.YES,
    False: Outcome.NO,
    None: Outcome.UNKNOWN,
}

ANSWERS: Final[Mapping[bool | None, Answer]] = {
    True: Answer.YES,
    False: Answer.NO,
    None: Answer.NOT_KNOWN,
}

_OF_SIZE: Final = {
    BorrowerKind.PARTNERSHIP: N_("Partnership agreement"),
    BorrowerKind.SMALL_FIRM: N_("List of the staff and contracts of the new hires"),
}
"""What shows of how many people a borrower is."""


def examine(
    application: Application, rules: LoanRules, file: Assessment | None = None
) -> EligibilityFindings:
    """Return what the rules say of an application, every criterion beside its limit.

    ``file`` is what the employment pack says of the borrower's household. Raises
    `app.loans.product_rules.NoSuchProduct`.
    """
    case = _Case(application, rules, product_of(rules, application.kind), file)
    reasons = tuple(case.reasons())
    most = ceiling(case.product, application.heads, application.staff)
    term = longest(case.product, further=bool(application.earlier))
    exempt = case.product.exemption
    micro_profit = application.answers.micro_profit
    subsidised = is_subsidised(case.product, application.earlier, micro_profit)
    return EligibilityFindings(
        application=application,
        rules=rules.id,
        title=called(rules),
        place=rules.place,
        provisional=rules.status == "provisional",
        product=case.product.title,
        outcome=OUTCOMES[every(reason.held for reason in reasons)],
        reasons=reasons,
        most=most.fen if most else None,
        longest=term[0] if term else None,
        security=_security(exempt.fen if exempt else None, application.asked),
        exempt_up_to=Fen(exempt.fen) if exempt else None,
        forms=tuple(each.form for each in case.product.security),
        papers=tuple(case.papers()),
        unknown=tuple(case.unknown()),
        subsidised=ANSWERS[subsidised],
        pack=file.pack.id if file else "",
        pack_digest=file.pack.digest if file else "",
    )


def _security(exempt: int | None, asked: Fen) -> Answer:
    """Return whether a counter-guarantee is asked for an amount."""
    if exempt is None:
        return Answer.NOT_KNOWN
    return Answer.NO if asked <= exempt else Answer.YES


def shown_by_file(file: Assessment, fact: str) -> bool:
    """Tell whether a household file shows somebody to be of a group: one of the ways in which
    the pack lets people qualify is met, and it rests on the fact of that group."""
    return any(
        part.held is True and any(leaf.fact == fact for leaf in part.leaves())
        for reason in file.reasons
        for part in reason.parts
    )


@dataclass(frozen=True)
class _Case:
    """One application under the rules of its product."""

    asks: Application
    rules: LoanRules
    product: Product
    file: Assessment | None

    def reasons(self) -> Iterator[EligibilityReason]:
        """Yield every criterion as it came out, in the order in which people are asked."""
        yield from self._group()
        yield from self._of_file()
        for condition in self.product.conditions:
            yield self._condition(condition)
        yield from self._hires()
        yield from self._amount()
        yield from self._term()
        yield from self._again()

    def _reason(
        self,
        criterion: LoanCriterion,
        says: str,
        held: bool | None,
        value: Sourced,
        *,
        fact: str = "",
        limit: str = "",
        settled_by: str = "",
    ) -> EligibilityReason:
        return EligibilityReason(
            criterion=criterion,
            says=says,
            held=held,
            fact=fact,
            limit=limit,
            source=self.rules.names(value),
            confidence=value.confidence,
            settled_by=settled_by if held is None else "",
        )

    def _group(self) -> Iterator[EligibilityReason]:
        """Yield whether the borrower is of a group loans are for; a firm need not be."""
        if self.product.kind is BorrowerKind.SMALL_FIRM:
            return
        groups = self.rules.groups_of(self.product)
        group = next((each for each in groups if each.word == self.asks.group), None)
        if group is None:
            told = self.asks.group
            text = (
                _("Not one of the groups that loans are for") if told else _("Group not told yet")
            )
            names = "、".join(each.label for each in groups)
            held = False if told else None
            yield self._reason(LoanCriterion.GROUP, text, held, groups[0], limit=names)
            return
        shown = bool(group.fact and self.file and shown_by_file(self.file, group.fact))
        proved = self.asks.answers.group_proved.known
        text = _("Belongs to: {group}").format(group=group.label)
        if shown and proved is None:
            text = _("Belongs to: {group} (by the household file)").format(group=group.label)
        yield self._reason(
            LoanCriterion.GROUP,
            text,
            proved if proved is not None else (shown or None),
            group,
            fact=group.label,
            settled_by=group.paper,
        )

    def _of_file(self) -> Iterator[EligibilityReason]:
        """Yield what the pack asks of everybody, such as the age; its groups are weighed with
        the group that is told, for the desk sees papers the file does not hold."""
        if self.file is None or self.product.kind is BorrowerKind.SMALL_FIRM:
            return
        for reason in self.file.reasons:
            if not reason.parts:
                yield _by_pack(self.file, reason)

    def _condition(self, condition: Condition) -> EligibilityReason:
        value = self._fact(condition.fact)
        held = None if value is None else TESTS[Relation(condition.test)](value, condition.value)
        number = not isinstance(condition.value, bool)
        fact = "" if value is None else str(value)
        if isinstance(value, bool):
            fact = (Answer.YES if value else Answer.NO).label
        return self._reason(
            LoanCriterion.CONDITION,
            condition.says.format(value=fact or _("not given")),
            held,
            condition,
            fact=fact,
            limit=str(condition.value) if number else "",
            settled_by=condition.paper,
        )

    def _fact(self, fact: LoanFact) -> bool | int | None:
        if fact is LoanFact.AGE:
            return age(self.asks.birth, self.asks.day) if self.asks.birth else None
        answer: Answer = getattr(self.asks.answers, fact.value)
        return answer.known

    def _hires(self) -> Iterator[EligibilityReason]:
        """Yield whether a firm hires enough people; too few may be enough for a smaller loan."""
        rule, new, staff = self.product.hires, self.asks.heads, self.asks.staff
        if rule is None:
            return
        each = next(self.product.limits(Per.HIRE), None)
        reached = share_reached(rule, new, staff)
        smaller = False if each is None else (None if new is None else new > 0)
        percent = rule.needed(staff) if staff is not None else rule.percent
        text = _("New eligible hires are at least {percent} % of the staff")
        if reached is False and smaller and each:
            text = _("Fewer new eligible hires than {percent} % of the staff: {fen} yuan for each")
        yield self._reason(
            LoanCriterion.HIRES,
            text.format(percent=percent, fen=yuan_text(each.fen) if each else ""),
            reached if reached is None else some((reached, smaller)),
            rule,
            fact="" if new is None or staff is None else f"{new}/{staff}",
            limit=f"{percent} %",
            settled_by=_(_OF_SIZE[BorrowerKind.SMALL_FIRM]),
        )

    def _amount(self) -> Iterator[EligibilityReason]:
        if not self.product.most:
            return
        most = ceiling(self.product, self.asks.heads, self.asks.staff)
        asked = yuan_text(self.asks.asked)
        if most is None:
            text = _("Asks for {asked} yuan; the most depends on how many people there are")
            paper = _(_OF_SIZE[self.product.kind]) if self.product.kind in _OF_SIZE else ""
            held, limit, rule = None, "", self.product.most[0]
        else:
            text = _("Asks for {asked} yuan, at most {limit} yuan")
            held, limit, paper = self.asks.asked <= most.fen, yuan_text(most.fen), ""
            rule = most.rule
        yield self._reason(
            LoanCriterion.AMOUNT,
            text.format(asked=asked, limit=limit),
            held,
            rule,
            fact=asked,
            limit=limit,
            settled_by=paper,
        )

    def _term(self) -> Iterator[EligibilityReason]:
        most = longest(self.product, further=bool(self.asks.earlier))
        if most is None:
            return
        months, rule = most
        yield self._reason(
            LoanCriterion.TERM,
            _("Asks for {asked} months, at most {limit} months").format(
                asked=self.asks.months, limit=months
            ),
            self.asks.months <= months,
            rule,
            fact=str(self.asks.months),
            limit=str(months),
        )

    def _again(self) -> Iterator[EligibilityReason]:
        """Yield whether a further loan is allowed; of a first one nothing is asked."""
        rule, earlier = self.product.again, self.asks.earlier
        if rule is None or earlier == 0:
            return
        paid_off = {Answer.YES: False, Answer.NO: True}.get(self.asks.running)
        fewer = None if earlier is None else rule.loans is None or earlier < rule.loans
        in_time = self.asks.answers.repaid_in_time.known if rule.in_time else True
        limit = _("Earlier loans: all paid off")
        if rule.loans is not None:
            limit = _("Earlier loans: all paid off, at most {loans} loans with this one")
        if rule.in_time:
            limit = _("Earlier loans: all paid off in time, at most {loans} loans with this one")
        yield self._reason(
            LoanCriterion.AGAIN,
            limit.format(loans=rule.loans),
            every((rule.allowed, fewer, paid_off, in_time)),
            rule,
            fact="" if earlier is None else str(earlier),
            limit="" if rule.loans is None else str(rule.loans),
            settled_by=_("Credit report"),
        )

    def papers(self) -> Iterator[PaperAsked]:
        """Yield the papers that the borrower brings, that of the group first."""
        own = self.rules.group(self.asks.group)
        wanted = [own.paper] if own and self.product.kind is not BorrowerKind.SMALL_FIRM else []
        wanted += [paper.says for paper in self.rules.papers_of(self.product.kind)]
        handed_in = self.asks.answers.papers
        for paper in dict.fromkeys(wanted):
            yield PaperAsked(says=paper, handed_in=paper in handed_in)

    def unknown(self) -> Iterator[str]:
        """Yield what no source says of this product, so that nobody takes it for unlimited."""
        product = self.product
        for known, what in (
            (product.most, N_("the most that is lent")),
            (product.term, N_("the longest term")),
            (product.rate, N_("the highest rate")),
            (product.subsidy, N_("the interest subsidy")),
            (product.extension, N_("how long the loan may be extended")),
            (product.exemption, N_("up to which amount no counter-guarantee is asked")),
            (product.again, N_("whether a further loan is allowed")),
        ):
            if not known:
                yield _(what)


def _by_pack(file: Assessment, reason: Reason) -> EligibilityReason:
    """Return a criterion of the employment pack as a reason of the loan."""
    criterion = reason.criterion
    subject = criterion.subject if isinstance(criterion, Leaf) else None
    clause = criterion.clause
    return EligibilityReason(
        criterion=LoanCriterion.FILE,
        says=says(reason),
        held=reason.held,
        fact=value_text(reason),
        limit=limit_text(reason),
        article=reason.article,
        source="；".join(file.pack.sources[name] for name in clause.source),
        confidence=clause.confidence or Confidence.GENERAL,
        settled_by=subject.proof if reason.held is None and isinstance(subject, Fact) else "",
    )
