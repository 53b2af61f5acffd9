"""Ways to bring money out in tests: batches of every way, what the bank says, what comes back."""

from typing import Any

from app.core.money import Fen
from app.core.words.disbursements import PayWay
from app.core.words.funds import RefundKind
from app.core.words.staff import Role
from app.demo.center import PASSWORD
from app.disbursements.batch_queries import batch_view
from app.disbursements.batch_records import (
    BatchById,
    BatchForm,
    BatchLineRow,
    BatchStepForm,
    BatchView,
    HandOut,
)
from app.disbursements.batches import open_batch
from app.disbursements.handing import begin_handing, hand_out
from app.disbursements.proposing import amend_award
from app.disbursements.queries import award_view
from app.disbursements.records import AwardById, AwardChange, AwardView
from app.disbursements.refund_records import RefundForm, RefundRow, RefundStep
from app.disbursements.refunds import confirm_refund, enter_refund, refund_rows
from app.exchange.actions import freeze_batch, send_to_bank, take_bank_result
from app.exchange.bank_batch import answer_of_the_bank
from app.exchange.bank_layout import layout
from app.exchange.records import BankFile, ResultForm
from app.funds.queries import fund_rows
from app.staff.actions import add_staff
from app.staff.records import StaffForm
from tests.world import World, changed

NEW_CARD = "6222021234567890136"


def view(world: World, batch_id: int) -> BatchView:
    return world.ask("qian", batch_view, BatchById(id=batch_id))


def line(world: World, batch_id: int, number: int = 1) -> BatchLineRow:
    return next(row for row in view(world, batch_id).lines if row.line == number)


def award(world: World, award_id: int) -> AwardView:
    return world.ask("zhao", award_view, AwardById(id=award_id))


def money(world: World) -> tuple[int, int, int]:
    """Return what is available, reserved and paid."""
    fund = next(row for row in world.ask("qian", fund_rows) if row.id == world.fund_id())
    return fund.available, fund.reserved, fund.paid


def step(world: World, batch_id: int) -> BatchStepForm:
    return BatchStepForm(id=batch_id, version=view(world, batch_id).row.version)


def freeze(world: World, batch_id: int, user: str = "qian") -> str:
    return world.do(user, freeze_batch, step(world, batch_id))


def send(world: World, batch_id: int) -> BankFile:
    return world.do("qian", send_to_bank, step(world, batch_id))


def answered(world: World, batch_id: int, failures: dict[int, str] | None = None) -> None:
    """Let the bank answer a frozen batch."""
    file = send(world, batch_id)
    shape = layout(view(world, batch_id).layout)
    data = answer_of_the_bank(shape, file.batch, failures or {})
    form = ResultForm(id=batch_id, version=view(world, batch_id).row.version, data=data)
    world.do("qian", take_bank_result, form)


def paid(world: World, fen: int = 80_000) -> tuple[int, int]:
    """Return an award that was paid by card, and its batch."""
    award_id = world.approved(fen)
    batch_id = world.frozen(award_id)
    answered(world, batch_id)
    return award_id, batch_id


def by_hand(world: World, way: PayWay, count: int = 2, fen: int = 30_000) -> int:
    """Return a frozen batch of cash or goods."""
    return freeze_by_hand(world, [approved_by_hand(world, way, fen) for _ in range(count)], way)


def approved_by_hand(world: World, way: PayWay, fen: int = 30_000) -> int:
    told: dict[str, Any] = {"way": way, "account_holder": "", "account_number": ""}
    if way is PayWay.GOODS:
        told |= {"goods": "大米 10 公斤", "quantity": 3, "unit_value": Fen(fen // 3)}
    award_id = world.propose(fen=fen, **told)
    world.decide(award_id)
    return award_id


def freeze_by_hand(world: World, awards: list[int], way: PayWay) -> int:
    batch_id = world.do("qian", open_batch, BatchForm(award_ids=tuple(awards), way=way))
    freeze(world, batch_id)
    return batch_id


def hand(world: World, batch_id: int, *numbers: int) -> None:
    """Let people sign: some, or all."""
    if not view(world, batch_id).row.paid and view(world, batch_id).row.state.value == "frozen":
        world.do("qian", begin_handing, step(world, batch_id))
    seen = view(world, batch_id)
    ids = tuple(row.id for row in seen.lines if not numbers or row.line in numbers)
    form = HandOut(batch_id=batch_id, version=seen.row.version, line_ids=ids)
    world.do("qian", hand_out, form)


def mend(world: World, award_id: int, **changes: Any) -> None:
    """Let the proposer mend the account of an award that came back, and approve it anew."""
    seen = award(world, award_id)
    change = AwardChange(
        award_id=award_id,
        version=seen.row.version,
        amount=seen.row.amount,
        fund_id=seen.fund.id,
        account_holder=seen.account_holder,
        account_number=NEW_CARD,
        opinion="换卡。",
    )
    world.do("wang", amend_award, changed(change, **changes))
    world.decide(award_id)


def refund(world: World, award_id: int, fen: int, **changes: Any) -> RefundRow:
    """Enter money that came back."""
    form = RefundForm(
        award_id=award_id,
        kind=RefundKind.GIVEN_BACK,
        amount=Fen(fen),
        reason="多领退还",
        came_on=world.clock.today(),
    )
    refund_id = world.do("qian", enter_refund, changed(form, **changes))
    return next(row for row in world.ask("qian", refund_rows) if row.id == refund_id)


def confirm(world: World, row: RefundRow, user: str = "zhao") -> None:
    world.do(user, confirm_refund, RefundStep(id=row.id, version=row.version))


def another(world: World, user: str, name: str, *roles: Role) -> None:
    """Let another person work at the center."""
    form = StaffForm(user=user, name=name, roles=roles, password=PASSWORD)
    world.do("admin", add_staff, form)
    world.people[user] = world.office.enter(user)
