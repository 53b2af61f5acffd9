"""What the eligibility of a borrower is told by, and what is found. Findings are sealed as plain
data."""

from datetime import date
from typing import Annotated, Any

import msgspec

from app.core.i18n import N_
from app.core.kinds import Amount, Choice, Count, Day, Flag, Many, Part, Text, YesNo
from app.core.money import Fen
from app.core.record import Record
from app.core.words import Answer, Word
from app.core.words.loans import BorrowerKind, SecurityForm
from app.policy.pack import Outcome
from app.reference.dated import Confidence

Months = Annotated[int, Count(label=N_("Months"), at_least=1)]
Asked = Annotated[Fen, Amount(label=N_("Asked for"), at_least=1)]
Kinds = Annotated[BorrowerKind, Choice(label=N_("Kind of borrower"), words=BorrowerKind)]
Title = Annotated[str, Text(label=N_("Product"))]


class LoanCriterion(Word):
    """What the rules ask of a borrower."""

    GROUP = "group", N_("Group of borrowers")
    AMOUNT = "amount", N_("Amount")
    TERM = "term", N_("Term")
    HIRES = "hires", N_("New eligible hires")
    AGAIN = "again", N_("Earlier loans")
    CONDITION = "condition", N_("Further condition")
    FILE = "file", N_("By the household file")


class EligibilityAnswers(Record):
    """What the desk saw or asked, that neither the enquiry nor the file tells."""

    group_proved: Annotated[
        Answer,
        YesNo(
            label=N_("The paper of the group was seen"),
            hint=N_("Leave it open where the household file shows it."),
        ),
    ] = Answer.NOT_ASKED
    micro_profit: Annotated[Answer, YesNo(label=N_("A micro-profit project"))] = Answer.NOT_ASKED
    labour_intensive: Annotated[Answer, YesNo(label=N_("A labour-intensive small firm"))] = (
        Answer.NOT_ASKED
    )
    hires_contracted: Annotated[
        Answer, YesNo(label=N_("New hires have contracts of a year or longer"))
    ] = Answer.NOT_ASKED
    wage_arrears: Annotated[Answer, YesNo(label=N_("Owes wages"))] = Answer.NOT_ASKED
    insurance_arrears: Annotated[Answer, YesNo(label=N_("Owes social insurance"))] = (
        Answer.NOT_ASKED
    )
    repaid_in_time: Annotated[Answer, YesNo(label=N_("Earlier loans were repaid in time"))] = (
        Answer.NOT_ASKED
    )
    papers: Annotated[tuple[str, ...], Many(label=N_("Papers handed in"))] = ()


class EligibilityAsked(EligibilityAnswers):
    """The same at the desk, with the day whose rules are asked for."""

    day: Annotated[
        date,
        Day(
            label=N_("By the rules of the day"),
            hint=N_("The day the borrower was examined; not before the enquiry."),
            may_be_future=False,
        ),
    ]


class Application(Record):
    """What somebody asks for, with all that is known for examining it. `None` is not known."""

    day: Annotated[date, Day(label=N_("Day"))]
    kind: Kinds
    group: Annotated[str, Text(label=N_("Group of borrowers"))] = ""
    """A word of the rules' list of groups; empty while it is not known."""
    birth: Annotated[date | None, Day(label=N_("Date of birth"))] = None
    asked: Asked
    months: Months
    heads: Annotated[int | None, Count(label=N_("Partners or new hires"))] = None
    staff: Annotated[int | None, Count(label=N_("Staff of the firm"))] = None
    earlier: Annotated[int | None, Count(label=N_("Earlier loans"))] = None
    running: Annotated[Answer, YesNo(label=N_("An earlier loan is not paid off"))] = (
        Answer.NOT_ASKED
    )
    answers: Annotated[EligibilityAnswers, Part()] = EligibilityAnswers()


class EligibilityReason(Record):
    """One criterion as it came out: what is so beside the limit, and where the limit is from."""

    criterion: Annotated[LoanCriterion, Choice(label=N_("Criterion"), words=LoanCriterion)]
    says: Annotated[str, Text(label=N_("Condition"))]
    held: Annotated[bool | None, Flag(label=N_("Held"))]
    """`None` when it cannot be told yet."""
    fact: Annotated[str, Text(label=N_("What is so"))] = ""
    limit: Annotated[str, Text(label=N_("Limit"))] = ""
    article: Annotated[str, Text(label=N_("Article"))] = ""
    source: Annotated[str, Text(label=N_("Source"))]
    confidence: Annotated[Confidence, Choice(label=N_("Confidence"), words=Confidence)]
    settled_by: Annotated[str, Text(label=N_("Is seen from"))] = ""
    """The paper that settles what cannot be told yet."""


class PaperAsked(Record):
    """A paper that the borrower brings."""

    says: Annotated[str, Text(label=N_("Paper to bring"))]
    handed_in: Annotated[bool, Flag(label=N_("Handed in"))]


class EligibilityFindings(Record):
    """Everything the rules say of one application. A loan keeps it as it was found."""

    application: Annotated[Application, Part()]
    rules: Annotated[str, Text(label=N_("Rules of loans"))]
    """The day the document begins, by which it is found again."""
    title: Annotated[str, Text(label=N_("Document"))]
    place: Annotated[str, Text(label=N_("Whose rule"))]
    provisional: Annotated[bool, Flag(label=N_("Policy not confirmed yet"))]
    product: Title
    outcome: Annotated[Outcome, Choice(label=N_("Outcome"), words=Outcome)]
    reasons: Annotated[tuple[EligibilityReason, ...], Many(label=N_("Conditions"))]
    most: Annotated[Fen | None, Amount(label=N_("The most that can be lent"))]
    longest: Annotated[int | None, Count(label=N_("Longest term, months"))]
    security: Annotated[Answer, YesNo(label=N_("A counter-guarantee is needed"))]
    """Not known where no source tells up to which amount none is asked."""
    exempt_up_to: Annotated[Fen | None, Amount(label=N_("None is asked up to"))]
    forms: Annotated[tuple[SecurityForm, ...], Many(label=N_("Accepted counter-guarantees"))]
    papers: Annotated[tuple[PaperAsked, ...], Many(label=N_("Papers to bring"))]
    unknown: Annotated[tuple[str, ...], Many(label=N_("What no source says"))]
    subsidised: Annotated[Answer, YesNo(label=N_("Interest is subsidised"))] = Answer.NOT_KNOWN
    pack: Annotated[str, Text(label=N_("Policy document"))] = ""
    """The employment pack that the household file was assessed by; empty without a file."""
    pack_digest: Annotated[str, Text(label=N_("Digest"))] = ""

    @property
    def qualifies(self) -> bool:
        """Tell whether every criterion is met."""
        return self.outcome is Outcome.YES

    @property
    def why_not(self) -> str:
        """Return what is not met, else what cannot be told yet; empty when all is met."""
        failed = [reason for reason in self.reasons if reason.held is False]
        open_ = [reason for reason in self.reasons if reason.held is None]
        return "；".join(reason.says for reason in failed or open_)

    @property
    def missing(self) -> tuple[str, ...]:
        """Return the papers that would settle what cannot be told yet, each once."""
        papers = (reason.settled_by for reason in self.reasons if reason.held is None)
        return tuple(dict.fromkeys(paper for paper in papers if paper))


def to_plain(findings: EligibilityFindings) -> dict[str, Any]:
    """Return findings as plain data, as a loan seals them."""
    sealed: dict[str, Any] = msgspec.to_builtins(findings)
    return sealed


def from_plain(sealed: object) -> EligibilityFindings:
    """Read sealed findings. Raises `msgspec.ValidationError`."""
    return msgspec.convert(sealed, EligibilityFindings)
