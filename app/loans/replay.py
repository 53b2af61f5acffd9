"""How a loan stands, from its terms and what happened: a pure function of both.

Nothing is carried from an earlier answer, so a payment that becomes known late, a reversal or an
extension gives the same as if it had been known from the beginning.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from app.core.money import ZERO, Fen, yuan_text
from app.core.words.loans import LoanEventKind, Payer
from app.loans.due_line import INTEREST, PENALTY, PRINCIPAL
from app.loans.events import (
    REPAID,
    Event,
    LentMore,
    LentTwice,
    NotCompensated,
    NotYetLent,
    in_order,
    not_yet_lent,
    too_much,
)
from app.loans.ledger import Ledger, Uncovered
from app.loans.standing import Instalment, Payoff, Standing, Stretch
from app.loans.terms import Terms
from app.reference.workdays import Calendar


def replay(terms: Terms, events: Sequence[Event], as_of: date, calendar: Calendar) -> Standing:
    """Return how the loan stands at the end of a day.

    Events of later days are left out. What the bank really lent, and when, takes the place of
    the sum and the day in the terms. Raises `ImpossibleEvent`; nothing is half done.
    """
    return _played(terms, in_order(events, as_of), as_of, calendar).standing(as_of)


def payoff(terms: Terms, events: Sequence[Event], day: date, calendar: Calendar) -> Payoff:
    """Return what settles the loan with the bank on a day (提前结清试算).

    Raises `ImpossibleEvent`; `NotYetLent` also where nothing was lent by that day.
    """
    acting = in_order(events, day)
    play = _played(terms, acting, day, calendar)
    if not play.lent:
        raise NotYetLent(kind=REPAID.label, day=day)
    today = [event for event in acting if event.day == day and event.kind is REPAID]
    if today and play.ledger.closed_on is None:  # payments of one day count as one
        others = [event for event in acting if event not in today]
        play = _played(terms, others, day, calendar)
    else:
        today = []
    ledger = play.ledger
    accrued = ledger.interest_to(day)
    due = sum(line.left[INTEREST] for line in ledger.arrears)
    principal = sum(line.left[PRINCIPAL] for line in ledger.arrears)
    penalty = sum(ledger.penalty(line, day) for line in ledger.arrears)
    principal += ledger.balance
    ahead = ledger.ahead + sum(event.fen for event in today)
    coming = sum(line.interest for line in ledger.forecast(day))
    return Payoff(
        day,
        Fen(principal),
        Fen(due + accrued),
        Fen(penalty),
        Fen(ahead),
        Fen(max(0, principal + due + accrued + penalty - ahead)),
        Fen(max(0, coming - accrued)),
    )


def subsidised(
    terms: Terms, events: Sequence[Event], as_of: date, calendar: Calendar
) -> tuple[Stretch, ...]:
    """Return the days of subsidised interest: the past ones, and those of the plan that is left.

    Raises `ImpossibleEvent`.
    """
    acting = in_order(events, as_of)
    ledger = _played(terms, acting, as_of, calendar, tells=True).ledger
    ledger.forecast(as_of)
    return ledger.subsidy.stretches()


def _played(
    terms: Terms, acting: Sequence[Event], until: date, calendar: Calendar, *, tells: bool = False
) -> "_Play":
    """Play sorted events up to a day, and let fall due what is due by then."""
    play = _Play(terms, calendar, tells=tells)
    place, count = 0, len(acting)
    while True:
        if play.lent:
            place = play.ledger.pay_as_planned(acting, place)
        if place == count:
            break
        event = acting[place]
        place += 1
        day, kind, same = event.day, event.kind, [event]
        while place < count and acting[place].day == day and acting[place].kind is kind:
            same.append(acting[place])
            place += 1
        play.act(event, same)
    if play.lent:
        play.ledger.fall_due(until)
    return play


class _Play:
    """A loan while its events are played: the account at the bank, then that with the fund."""

    def __init__(self, terms: Terms, calendar: Calendar, *, tells: bool) -> None:
        self.terms = terms
        self.calendar = calendar
        self.ledger = Ledger(terms, calendar, tells=tells)
        """The account at the bank; before anything was lent, that of the contract."""
        self.lent: Event | None = None
        self.misused_on: date | None = None
        self.compensation: Event | None = None
        self.uncovered = Uncovered(ZERO, ZERO)
        self.recovered: dict[Payer, int] = {}
        self.written_off = 0
        self.settled_with_fund: date | None = None

    def act(self, event: Event, same: Sequence[Event]) -> None:
        """Play an event with those of its day and kind, which count as one where they add up."""
        kind = event.kind
        if kind is REPAID and self.lent is not None:
            self.ledger.pay(event.day, same)
        elif kind is LoanEventKind.LENT:
            for each in same:
                self._lend(each)
        elif self.lent is None:
            raise not_yet_lent(event)
        elif kind is LoanEventKind.EXTENDED:
            self.ledger.extend(event.day, sum(each.months for each in same))
        elif kind is LoanEventKind.MISUSED:
            self.ledger.misuse(event.day)
            self.misused_on = self.misused_on or event.day
        else:
            for each in same:
                if kind is LoanEventKind.COMPENSATED:
                    self._compensate(each)
                else:
                    self._with_fund(each)

    def _lend(self, event: Event) -> None:
        if self.lent is not None:
            raise LentTwice(day=self.lent.day)
        terms = self.terms
        if event.fen > terms.principal:
            raise LentMore(fen=yuan_text(event.fen), most=yuan_text(terms.principal))
        if event.day != terms.lent_on or event.fen != terms.principal:
            self.terms = replace(terms, lent_on=event.day, principal=Fen(event.fen))
            self.ledger = Ledger(self.terms, self.calendar, tells=self.ledger.tells)
        self.lent = event

    def _compensate(self, event: Event) -> None:
        self.uncovered = self.ledger.compensate(event.day, event.number, event.fen)
        self.compensation = event

    def _with_fund(self, event: Event) -> None:
        """Take a recovery or a write-off of what the fund paid.

        What is written off may still come in later, and is then recovered [our rule].
        """
        if self.compensation is None:
            raise NotCompensated(day=event.day)
        left = self.compensation.fen - sum(self.recovered.values())
        if event.kind is LoanEventKind.RECOVERED:
            if event.fen > left:
                raise too_much(event.day, event.fen, left)
            payer = event.payer or Payer.BORROWER
            self.recovered[payer] = self.recovered.get(payer, 0) + event.fen
            left -= event.fen + self.written_off
        else:
            left -= self.written_off
            if event.fen > left:
                raise too_much(event.day, event.fen, max(0, left))
            self.written_off += event.fen
            left -= event.fen
        if left <= 0 and self.settled_with_fund is None:
            self.settled_with_fund = event.day

    def standing(self, as_of: date) -> Standing:
        """Return how things stand at the end of a day. The account is of no use afterwards."""
        ledger, lent = self.ledger, self.lent
        penalty = due_principal = due_interest = 0
        for line in ledger.arrears:
            penalty += ledger.penalty(line, as_of)
            due_principal += line.left[PRINCIPAL]
            due_interest += line.left[INTEREST]
        late = ledger.late
        since = late if late is not None and late < as_of else None
        balance, ahead = ledger.balance, ledger.ahead
        accrued = ledger.interest_to(as_of)
        paid, paid_by_all = dict(ledger.of_borrower), dict(ledger.paid)
        moves = tuple(ledger.moves)
        compensated = self.compensation
        past = [line if isinstance(line, Instalment) else line.told() for line in ledger.lines]
        return Standing(
            as_of=as_of,
            lent=Fen(lent.fen) if lent else ZERO,
            lent_on=lent.day if lent else None,
            instalments=(*past, *ledger.forecast(as_of)),
            ends_on=ledger.dues[-1],
            moves=moves,
            outstanding=Fen(balance + due_principal) if lent else ZERO,
            repaid=Fen(paid[PRINCIPAL]),
            interest_paid=Fen(paid[INTEREST]),
            penalty_paid=Fen(paid[PENALTY]),
            ahead=Fen(ahead),
            interest_accrued=accrued if lent else ZERO,
            due_principal=Fen(due_principal),
            due_interest=Fen(due_interest),
            penalty=Fen(penalty),
            overdue_since=since,
            overdue_days=(as_of - since).days if since else 0,
            compensated=Fen(compensated.fen) if compensated else ZERO,
            compensated_on=compensated.day if compensated else None,
            compensated_principal=Fen(paid_by_all[PRINCIPAL] - paid[PRINCIPAL]),
            uncovered=self.uncovered.fen,
            uncovered_principal=self.uncovered.principal,
            recovered=tuple((payer, Fen(fen)) for payer, fen in self.recovered.items()),
            written_off=Fen(self.written_off),
            extended=ledger.months - self.terms.months,
            misused_on=self.misused_on,
            settled_on=self.settled_with_fund if compensated else ledger.closed_on,
        )
