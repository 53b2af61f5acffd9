"""Cash and goods at the counter: handed out against signatures, the day closed by two people."""

from datetime import timedelta

import pytest

from app.core.errors import Conflict, NotNow
from app.core.money import Fen
from app.core.words.disbursements import AwardState, BatchState, LineState, PayWay
from app.core.words.staff import Role
from app.disbursements.batch_records import BatchById, BatchForm, NotCollected
from app.disbursements.batches import open_batch
from app.disbursements.cash import (
    NoCashThatDay,
    NoteNeeded,
    cash_days,
    close_day,
    confirm_day,
    issue_cash_day_sheet,
)
from app.disbursements.cash_records import CashDayById, CashDayStep, CloseDayForm
from app.disbursements.handing import (
    DayClosed,
    NotAtTheCounter,
    begin_handing,
    issue_handing_list,
    not_collected,
)
from app.disbursements.rules import OtherWay
from app.exchange.actions import bank_file, send_to_bank, take_bank_result
from app.exchange.records import ResultForm
from app.exchange.rules import NotByBank
from app.papers.queries import paper_view
from app.papers.records import PaperById
from app.papers.render import render
from app.work import SecondPersonNeeded
from tests.papers import joined, pages_of
from tests.payments import (
    another,
    approved_by_hand,
    award,
    by_hand,
    freeze_by_hand,
    hand,
    line,
    money,
    step,
    view,
)
from tests.statements import statements
from tests.world import World


def give_back(world: World, batch_id: int, *numbers: int) -> None:
    seen = view(world, batch_id)
    ids = tuple(row.id for row in seen.lines if row.line in numbers)
    form = NotCollected(
        batch_id=batch_id, version=seen.row.version, line_ids=ids, reason="三次通知未领"
    )
    world.do("qian", not_collected, form)


def close(
    world: World, drawn: int, counted: int, note: str = "", version: int | None = None
) -> int:
    form = CloseDayForm(
        day=world.clock.today(),
        drawn=Fen(drawn),
        counted=Fen(counted),
        note=note,
        version=version,
    )
    return world.do("qian", close_day, form)


def said(world: World, paper_id: int) -> str:
    sheet = world.ask("qian", paper_view, PaperById(id=paper_id)).sheet
    return joined("".join(pages_of(render(sheet))))


@pytest.mark.parametrize("way", [PayWay.CASH, PayWay.GOODS])
def test_a_batch_is_signed_for_line_by_line_and_the_rest_goes_back(
    world: World, way: PayWay
) -> None:
    before = money(world)
    batch_id = by_hand(world, way)
    assert view(world, batch_id).row.way is way
    hand(world, batch_id, 1)
    assert view(world, batch_id).row.state is BatchState.SENT
    assert (line(world, batch_id).state, line(world, batch_id).settled_on) == (
        LineState.PAID,
        world.clock.today(),
    )
    give_back(world, batch_id, 2)
    seen = view(world, batch_id)
    assert seen.row.state is BatchState.RECONCILED
    assert (line(world, batch_id, 2).state, line(world, batch_id, 2).reason) == (
        LineState.FAILED,
        "三次通知未领",
    )
    assert award(world, line(world, batch_id, 2).award_id).row.state is AwardState.RETURNED
    assert money(world) == (before[0] - 30_000, before[1], before[2] + 30_000)


def test_all_sign_at_once(world: World) -> None:
    batch_id = by_hand(world, PayWay.CASH)
    hand(world, batch_id)
    assert view(world, batch_id).row.state is BatchState.RECONCILED
    with pytest.raises(NotNow):
        hand(world, batch_id)


def test_goods_say_what_and_how_many(world: World) -> None:
    batch_id = by_hand(world, PayWay.GOODS, count=1)
    assert line(world, batch_id).goods == "大米 10 公斤 3 × 100.00"


def test_the_list_to_sign_names_goods_with_quantity_and_value(world: World) -> None:
    batch_id = by_hand(world, PayWay.GOODS)
    paper = world.do("qian", issue_handing_list, BatchById(id=batch_id))
    text = said(world, paper)
    assert "领取签名表" in text
    assert "大米 10 公斤" in text
    assert "100.00" in text
    assert "人民币（大写）陆佰元整" in text
    assert "本人签字" in text


def test_the_list_to_sign_is_printed_once_the_batch_is_frozen(world: World) -> None:
    awards = (approved_by_hand(world, PayWay.CASH),)
    batch_id = world.do("qian", open_batch, BatchForm(award_ids=awards, way=PayWay.CASH))
    with pytest.raises(NotNow):
        world.do("qian", issue_handing_list, BatchById(id=batch_id))


def test_a_batch_takes_awards_of_its_own_way_only(world: World) -> None:
    cash = approved_by_hand(world, PayWay.CASH)
    with pytest.raises(OtherWay, match="现金"):
        world.do("qian", open_batch, BatchForm(award_ids=(cash,), layout="delimited"))
    with pytest.raises(OtherWay):
        freeze_by_hand(world, [cash, world.approved()], PayWay.CASH)


def test_no_bank_has_a_part_in_cash_and_nobody_signs_for_a_card(world: World) -> None:
    cash, card = by_hand(world, PayWay.CASH, count=1), world.frozen()
    for act, asked in (
        (send_to_bank, step(world, cash)),
        (bank_file, BatchById(id=cash)),
        (take_bank_result, ResultForm(id=cash, version=2, data=b"R")),
    ):
        with pytest.raises(NotByBank):
            world.do("qian", act, asked)
    with pytest.raises(NotAtTheCounter):
        world.do("qian", begin_handing, step(world, card))
    with pytest.raises(NotAtTheCounter):
        world.do("qian", issue_handing_list, BatchById(id=card))


# The close of a day


def test_a_day_that_adds_up_is_counted_and_confirmed_by_two(world: World) -> None:
    batch_id = by_hand(world, PayWay.CASH)
    hand(world, batch_id)
    (waiting,) = world.ask("qian", cash_days)
    assert (waiting.id, waiting.payments, waiting.paid) == (None, 2, 60_000)
    day = close(world, 100_000, 40_000)
    (row,) = world.ask("qian", cash_days)
    assert (row.paid, row.difference, row.note) == (60_000, 0, "")
    seen = CashDayStep(id=day, version=1)
    with pytest.raises(NotNow):
        world.do("qian", issue_cash_day_sheet, CashDayById(id=day))
    with pytest.raises(SecondPersonNeeded):
        world.do("qian", confirm_day, seen)
    world.do("zhao", confirm_day, seen)
    paper = world.do("qian", issue_cash_day_sheet, CashDayById(id=day))
    text = said(world, paper)
    assert "现金日结单" in text
    assert "600.00 元（2 笔）" in text
    with pytest.raises(NotNow):
        close(world, 100_000, 40_000, version=2)


@pytest.mark.parametrize(("counted", "difference"), [(39_999, "-0.01"), (40_001, "0.01")])
def test_a_fen_too_much_or_too_little_needs_words(
    world: World, counted: int, difference: str
) -> None:
    hand(world, by_hand(world, PayWay.CASH))
    with pytest.raises(NoteNeeded, match=difference):
        close(world, 100_000, counted)
    close(world, 100_000, counted, "硬币找零差一分")
    (row,) = world.ask("qian", cash_days)
    assert (row.difference, row.note) == (counted - 40_000, "硬币找零差一分")


def test_a_wrong_count_is_counted_anew_until_it_is_confirmed(world: World) -> None:
    hand(world, by_hand(world, PayWay.CASH))
    day = close(world, 90_000, 40_000, "记错")
    with pytest.raises(Conflict):
        close(world, 100_000, 40_000)
    assert close(world, 100_000, 40_000, version=1) == day
    (row,) = world.ask("qian", cash_days)
    assert (row.drawn, row.difference, row.note) == (100_000, 0, "")


def test_after_the_count_nothing_more_is_handed_out_that_day(world: World) -> None:
    batch_id = by_hand(world, PayWay.CASH)
    hand(world, batch_id, 1)
    close(world, 30_000, 0)
    with pytest.raises(DayClosed):
        hand(world, batch_id, 2)
    world.clock.instant += timedelta(days=1)
    hand(world, batch_id, 2)
    days = world.ask("qian", cash_days)
    assert [(row.paid, row.id is None) for row in days] == [(30_000, True), (30_000, False)]


def test_a_day_without_cash_is_not_counted(world: World) -> None:
    hand(world, by_hand(world, PayWay.GOODS))
    with pytest.raises(NoCashThatDay):
        close(world, 0, 0)
    assert world.ask("qian", cash_days) == []


def test_many_days_of_cash_are_listed_with_as_few_statements_as_one(world: World) -> None:
    batch_id = by_hand(world, PayWay.CASH)
    hand(world, batch_id, 1)
    close(world, 30_000, 0)
    with statements(world) as one:
        world.ask("qian", cash_days)
    world.clock.instant += timedelta(days=1)
    hand(world, batch_id, 2)
    with statements(world) as two:
        days = world.ask("qian", cash_days)
    today = world.clock.today()
    assert [(row.day, row.payments, row.paid, row.id is None) for row in days] == [
        (today, 1, 30_000, True),
        (today - timedelta(days=1), 1, 30_000, False),
    ]
    assert len(two) == len(one)


def test_a_second_of_finance_may_confirm(world: World) -> None:
    hand(world, by_hand(world, PayWay.CASH))
    day = close(world, 60_000, 0)
    another(world, "wu", "吴会计", Role.FINANCE)
    world.do("wu", confirm_day, CashDayStep(id=day, version=1))
    assert world.ask("qian", cash_days)[0].confirmed_by == "吴会计"
