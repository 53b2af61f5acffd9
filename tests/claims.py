"""Claims of interest subsidy in every state, for a center whose loans run."""

from app.core.money import Fen
from app.loans.guarantee_queries import guarantee_fund_rows
from app.loans.subsidies import (
    confirm_claim,
    draft_claim,
    receive_claim,
    send_claim,
    withdraw_claim,
)
from app.loans.subsidy_queries import claim_view, claims_due
from app.loans.subsidy_records import (
    ClaimById,
    ClaimDue,
    ClaimForm,
    ClaimReceived,
    ClaimSent,
    ClaimStep,
    ClaimWithdrawal,
)
from tests.guarantees import give_quota
from tests.world import World


def drafted(world: World, due: ClaimDue) -> int:
    """Make the claim of a quarter."""
    form = ClaimForm(bank=due.bank, year=due.year, quarter=due.quarter)
    return world.do("sun", draft_claim, form)


def step(world: World, claim_id: int) -> dict[str, int]:
    """Return a claim as a form names it."""
    row = world.ask("sun", claim_view, ClaimById(id=claim_id)).row
    return {"id": claim_id, "version": row.version}


def claim_some(world: World) -> None:
    """Give a district its quota and claim the last quarter: one claim is withdrawn, the next one
    is paid; then that of the quarter before is drafted."""
    fund = world.ask("sun", guarantee_fund_rows)[0]
    give_quota(world, fund.id, 90_000_000)
    [due] = world.ask("sun", claims_due)
    wrong = drafted(world, due)
    world.do("sun", withdraw_claim, ClaimWithdrawal(**step(world, wrong), reason="银行填错"))
    claim = drafted(world, due)
    world.do("zhao", confirm_claim, ClaimStep(**step(world, claim)))
    world.do("sun", send_claim, ClaimSent(**step(world, claim), day=world.clock.today()))
    got = ClaimReceived(
        **step(world, claim), day=world.clock.today(), amount=Fen(1), note="余款下月拨付"
    )
    world.do("qian", receive_claim, got)
    drafted(world, ClaimDue(bank=due.bank, year=due.year, quarter=due.quarter - 1))
