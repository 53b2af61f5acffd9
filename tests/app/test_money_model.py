"""Money out under any sequence of acts of two desks, beside a model of a few dozen lines.

``make soak`` plays 2,000 sequences, the suite a few. To the acts of the ledger's model come tiers,
a dibao line that moves every cap, days that pass, and a second desk that acts on what it saw
before the first one changed it.
"""

import os
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule

from app.center.actions import confirm_value, enter_value
from app.center.records import ValueForm, ValueStep
from app.core.clock import FixedClock
from app.core.money import Fen
from app.core.record import Record
from app.core.words.disbursements import AwardState, Decision
from app.disbursements.deciding import decide_award
from app.disbursements.queries import award_view
from app.disbursements.records import AwardById, AwardView, DecisionForm
from app.office import open_with_key
from app.reference.dated import ValueArea
from app.reports.queries import check_store
from app.work import Action
from db.engine import connect
from tests.app.test_ledger_model import (
    COUNTS,
    HOUSEHOLDS,
    MOSTLY,
    Ledger,
    Seen,
    done,
    play,
    prepare,
)
from tests.world import TODAY, World, resting_on

SOAK = int(os.environ.get("SOAK", "0"))
"""How many sequences ``make soak`` plays."""

COLLECTIVE_ABOVE = 500_000
"""Above this sum of a household's awards within a month, a collective decision is needed."""

LINES = (80_000, 85_000, 90_000)
"""Dibao lines that are entered in between; a cap is twelve months of the line."""

SHARE = 50
"""One sequence in so many ends with the check of the whole store."""

S = AwardState
WAITING = (S.PROPOSED, S.COLLECTIVE)

UNSOUND = {
    "paid without a last approval by somebody else": """
        SELECT p.id FROM posting p JOIN award_version v ON v.id = p.award_version_id
        WHERE p.to_account = 'paid' AND NOT EXISTS (SELECT 1 FROM approval a
        WHERE a.award_version_id = v.id AND a.decision = 'approved' AND a.final
        AND a.decided_by <> v.proposed_by)""",
    "approved beyond the limit without minutes": f"""
        SELECT v.id FROM award_version v JOIN approval a ON a.award_version_id = v.id
        WHERE a.final AND a.decision = 'approved' AND v.amount > {COLLECTIVE_ABOVE}
        AND a.document = ''""",
    "one award paid twice and not back in between": """
        SELECT v.award_id FROM posting p JOIN award_version v ON v.id = p.award_version_id
        GROUP BY v.award_id HAVING sum(CASE WHEN p.to_account = 'paid' THEN p.amount
        WHEN p.from_account = 'paid' THEN -p.amount ELSE 0 END) > max(v.amount)""",
    "more back than went out": """
        SELECT award_version_id FROM posting GROUP BY award_version_id
        HAVING sum(CASE WHEN to_account = 'paid' THEN amount WHEN from_account = 'paid'
        THEN -amount ELSE 0 END) < 0""",
    "a book that is not the ledger": """
        SELECT f.id FROM fund f WHERE coalesce((SELECT sum(fen) FROM relief r
        WHERE r.fund_id = f.id), 0) <> (SELECT fen FROM balance b
        WHERE b.fund_id = f.id AND b.account = 'paid')""",
    "money out of nothing": "SELECT 1 WHERE (SELECT sum(fen) FROM balance) <> 0",
}
"""What must not be found in the store after any sequence: told apart from the verbs, in SQL."""


class MoneyOut(Ledger):
    """The acts of the ledger's model and all others that move money or its limits."""

    played = 0

    def __init__(self) -> None:
        super().__init__()
        self.world.office.close()
        clock = FixedClock(TODAY)
        office = open_with_key(self.folder / "center.db", self.key, clock)
        people = {user: office.enter(user) for user in ("wang", "zhao", "qian", "admin")}
        self.world = World(office, clock, people, iter(()))

    @initialize(first=st.sampled_from([COLLECTIVE_ABOVE + 1, 60_000, 0]))
    def begin(self, first: int = 0) -> None:
        """Begin as the ledger's model does, mostly with one more award."""
        super().begin()
        self.line = max(LINES)
        self.seen: list[AwardView] = []
        if first:
            self.propose(HOUSEHOLDS, 0, first, approve=True)

    # What the model forbids

    def over_cap(self, household: int, amount: int, but: int | None = None) -> bool:
        taken = sum(
            award.amount - award.back
            for key, award in self.awards.items()
            if award.household == household and award.state in COUNTS and key != but
        )
        return taken + amount > 12 * self.line

    def is_for_all_to_decide(self, award: Seen) -> bool:
        """Tell whether the awards of the household need a collective decision together."""
        together = sum(
            other.amount
            for other in self.awards.values()
            if other.household == award.household and other.state not in (S.REFUSED, S.WITHDRAWN)
        )
        return together > COLLECTIVE_ABOVE or award.state is S.COLLECTIVE

    def attempt(
        self, name: str, user: str, verb: Action[Any, Any], form: Record, *, forbidden: bool
    ) -> Any:
        return self.tried(name, lambda: self.world.do(user, verb, form), forbidden=forbidden)

    # Acts

    @rule(
        household=st.integers(1, HOUSEHOLDS),
        place=st.sampled_from([0, 0, 0, 1, 2, 3]),
        amount=st.integers(1, 120_000)
        | st.integers(200_000, COLLECTIVE_ABOVE)
        | st.sampled_from([COLLECTIVE_ABOVE + 1, 12 * min(LINES), 12 * max(LINES) + 1]),
        approve=MOSTLY,
    )
    def propose(self, household: int, place: int, amount: int, approve: bool) -> None:
        """Propose mostly what one person decides, and now and then what several do."""
        super().propose(household, place, amount, approve)

    @precondition(lambda self: self.awards)
    @rule(
        data=st.data(),
        decision=st.sampled_from([Decision.APPROVED] * 12 + list(Decision)),
        user=st.sampled_from(["zhao"] * 5 + ["wang"]),
        stale=st.sampled_from([False, False, False, True]),
        carefully=st.sampled_from([True, True, True, False]),
    )
    def decide(
        self,
        data: st.DataObject,
        decision: Decision,
        user: str,
        stale: bool = False,
        carefully: bool = True,
    ) -> None:
        key, _award = self.any_award(data, *WAITING)
        now = self.world.ask("zhao", award_view, AwardById(id=key))
        view = data.draw(st.sampled_from(self.seen)) if stale and self.seen else now
        self.decide_seen(view, decision, user, carefully=carefully)

    def decide_on(self, key: int, decision: Decision, user: str) -> None:
        view = self.world.ask("zhao", award_view, AwardById(id=key))
        self.decide_seen(view, decision, user)

    def decide_seen(
        self, view: AwardView, decision: Decision, user: str, *, carefully: bool = True
    ) -> None:
        """Decide on an award as it was seen, which may be long ago."""
        key, award = view.row.id, self.awards[view.row.id]
        now = self.world.ask("zhao", award_view, AwardById(id=key))
        self.seen = [*self.seen[-5:], now]
        rest = resting_on(view) if carefully else {}
        form = DecisionForm(
            award_id=key,
            version=view.row.version,
            award_version_id=view.row.award_version_id,
            decision=decision,
            opinion="意见",
            suggested_amount=Fen(1),
            **rest,
        )
        fund = self.funds[award.fund]
        approves = decision is Decision.APPROVED
        forbidden = (
            user == "wang"
            or award.state not in WAITING
            or (view.row.version, view.row.award_version_id)
            != (now.row.version, now.row.award_version_id)
            or (approves and fund.available < award.amount)
            or (approves and self.is_for_all_to_decide(award) and not form.document)
            or (approves and self.over_cap(award.household, award.amount, key))
        )
        if not self.attempt(decision.value, user, decide_award, form, forbidden=forbidden):
            return
        award.state = {
            Decision.APPROVED: S.APPROVED,
            Decision.REFUSED: S.REFUSED,
            Decision.DEFERRED: S.COLLECTIVE,
        }.get(decision, S.RETURNED)
        if approves:
            done["collective" if form.document else "alone"] += 1
            fund.available -= award.amount
            fund.reserved += award.amount

    @rule(line=st.sampled_from([*LINES, *[0] * 6]))
    def change_the_line(self, line: int) -> None:
        """Let every cap change, for those also that were proposed and approved before."""
        if not line:
            return
        year = self.world.clock.today().year
        form = ValueForm(
            area=ValueArea.DISTRICTS,
            amount=Fen(line),
            effective_from=date(year, 1, 1),
            effective_to=date(year, 12, 31),
            document=f"调整通知 {line}",
        )
        value = self.world.do("admin", enter_value, form)
        self.attempt(
            "own line", "admin", confirm_value, ValueStep(id=value, version=1), forbidden=True
        )
        self.world.do("zhao", confirm_value, ValueStep(id=value, version=1))
        done["line"] += 1
        self.line = line

    @rule(days=st.integers(1, 3))
    def wait(self, days: int) -> None:
        """Let time pass, within the month in which awards count together and the year of caps."""
        later = self.world.clock.instant + timedelta(days=days)
        if later < TODAY + timedelta(days=25):
            self.world.clock.instant = later

    def teardown(self) -> None:
        MoneyOut.played += 1
        whole = self.world.ask("admin", check_store) if MoneyOut.played % SHARE == 1 else None
        self.world.office.close()
        store = self.folder / "center.db"
        with closing(connect(store, self.key)) as sql:
            for what, query in UNSOUND.items():
                assert not sql.execute(query).fetchall(), what
        assert whole is None or set(whole.parts.values()) == {"ok"}, whole
        super().teardown()


@pytest.fixture(scope="module")
def prepared(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return prepare(template, tmp_path_factory.mktemp("money"))


DEMANDED = {"propose", "alone", "collective", "amend", "withdraw", "line", "refused: OverCap"} | {
    *("freeze", "paid", "failed", "carried", "refund bank", "refund recovered")
}


@pytest.mark.timeout(0 if SOAK else 400)  # for all rounds on a slow PC
def test_money_out_agrees_with_a_model_of_a_few_dozen_lines(prepared: Path) -> None:
    MoneyOut.played = 0
    play(MoneyOut, prepared, DEMANDED, steps=30, sequences=SOAK)
    if SOAK:
        print(MoneyOut.played, "sequences:", dict(done))
