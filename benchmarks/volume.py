"""Money out at volume: a festival list of thousands handed in, approved, frozen and paid, against
raw SQL that writes the same rows.

The households are invented, the steps those of four people in a center of the demonstration.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from app.core.clock import FixedClock
from app.core.money import Fen
from app.core.words.disbursements import ListKind
from app.demo.center import PASSWORD, create
from app.disbursements.batch_records import BatchForm, BatchStepForm
from app.disbursements.batches import open_batch
from app.disbursements.deciding import decide_many
from app.disbursements.deciding_records import AwardToDecide, TogetherForm
from app.disbursements.list_queries import candidate_files
from app.disbursements.list_records import (
    CandidateFiles,
    CandidateQuery,
    ListForm,
    ListPick,
    ListProposed,
    ListRowsForm,
    ListStep,
)
from app.disbursements.lists import open_list, propose_list, put_on_list
from app.exchange.actions import freeze_batch, send_to_bank, take_bank_result
from app.exchange.bank_batch import answer_of_the_bank
from app.exchange.bank_layout import layout
from app.exchange.records import BankFile, ResultForm
from benchmarks.measure import Goal, Row, stopwatch, times, timing
from benchmarks.stores import copy_center, scratch
from db.engine import connect
from db.keys import KeyFile, key_file_of
from tests.funds import granted
from tests.imports import bring_in, workbook
from tests.world import TODAY, World, open_world

ROWS: Final = int(os.environ.get("BANGFU_BENCH_ROWS", "5000"))
ROUNDS: Final = 3
LAYOUT: Final = "delimited"
MEASURE: Final = "festival_relief"
EACH: Final = Fen(50_000)
BATCH: Final = 1
"""The id of the one batch."""

Write = tuple[str, list[tuple[Any, ...]]]

WRITES: Final = {
    "hand in": ("case", "assessment", "award", "award_version", "award_need", "audit"),
    "approve": (
        "approval",
        "UPDATE award SET state = 'approved', version = version + 1 WHERE id = ?",
        "posting",
        "audit",
    ),
    "freeze": (
        f"UPDATE batch SET state = 'frozen', frozen_digest = '-' WHERE id = {BATCH}",
        "UPDATE batch_line SET state = 'paying' WHERE id = ?",
        "audit",
    ),
    "pay": (
        "UPDATE batch_line SET state = 'paid', settled_on = '2026-11-20' WHERE id = ?",
        "UPDATE award SET state = 'paid', version = version + 1 WHERE id = ?",
        "posting",
        "relief_person",
        "relief",
        "audit",
    ),
}
"""What the raw SQL of each step does: inserts what is new in a table, or changes each award or
payment; they have the ids from one on."""


def volume_rows() -> list[Row]:
    """Return the rows of the table: a step each, on copies of what the one before left."""
    with scratch() as folder:
        create(folder / "before.db", households=0, clock=FixedClock(TODAY))
        return [
            _row(
                folder,
                "hand in",
                f"a festival list of {ROWS:,} households handed in: each checked, assessed, sealed",
                _listed,
                _hand_in,
                30,
                Goal("p50", 25, 0, "s"),
            ),
            _row(
                folder,
                "approve",
                f"{ROWS:,} awards of a list approved together: each looked at and checked anew",
                _seen,
                lambda world, form: world.do("zhao", decide_many, form),
                60,
            ),
            _row(
                folder,
                "freeze",
                f"a batch of {ROWS:,} payments frozen: every check, eligibility and caps anew",
                _batched,
                lambda world, form: world.do("qian", freeze_batch, form),
                60,
                Goal("p50", 8, 0, "s"),
            ),
            _row(
                folder,
                "pay",
                f"the bank's answer to {ROWS:,} payments booked in the ledger and the relief book",
                _answered,
                lambda world, form: world.do("qian", take_bank_result, form),
                40,
            ),
        ]


def _row(
    folder: Path,
    step: str,
    says: str,
    prepare: Callable[[World], Any],
    act: Callable[[World, Any], Any],
    most: float,
    *goals: Goal,
) -> Row:
    """Time an act on copies of the store, and raw SQL that writes the same; leave what it wrote."""
    before, after, copy = (folder / f"{name}.db" for name in ("before", "after", "copy"))
    given = _open(before, prepare)
    ours: list[float] = []
    floor: list[float] = []
    for _turn in range(ROUNDS):
        copy_center(before, after)
        ours.append(_open(after, lambda world: stopwatch(act, world, given)))
        copy_center(before, copy)
        writes = list(_writes(before, after, step))
        with closing(connect(copy, _key(copy))) as writer:
            floor.append(stopwatch(_raw, writer, writes))
    copy_center(after, before)
    above, below = timing(ours), timing(floor)
    return Row(
        says,
        "raw SQL writing the same rows, same key and pragmas, indexes and triggers",
        above,
        below,
        (
            times("p50", above, below, most),
            *(replace(goal, measured=above.median) for goal in goals),
        ),
        why="What is checked and told in the trail of each one is Python; SQL knows none of it.",
    )


def _open(store: Path, act: Callable[[World], Any]) -> Any:
    world = open_world(store)
    try:
        return act(world)
    finally:
        world.office.close()


def _key(store: Path) -> bytes:
    key = KeyFile.read(key_file_of(store)).open_with_password("wang", PASSWORD)
    if key is None:
        raise AssertionError("the store does not open")
    return key


def _writes(before: Path, after: Path, step: str) -> Iterator[Write]:
    """Yield the statements that make the second store of the first, with their rows."""
    every = [(id_,) for id_ in range(1, ROWS + 1)]
    with (
        closing(connect(before, _key(before), read_only=True)) as old,
        closing(connect(after, _key(after), read_only=True)) as new,
    ):
        for each in WRITES[step]:
            if each.startswith("UPDATE"):
                yield each, every if "?" in each else [()]
                continue
            last = old.execute(f'SELECT coalesce(max(id), 0) FROM "{each}"').fetchone()[0]
            rows = new.execute(f'SELECT * FROM "{each}" WHERE id > ? ORDER BY id', (last,))
            marks = ", ".join("?" * len(rows.description))
            yield f'INSERT INTO "{each}" VALUES ({marks})', rows.fetchall()


def _raw(writer: Any, writes: Sequence[Write]) -> None:
    writer.execute("BEGIN IMMEDIATE")
    for statement, rows in writes:
        writer.executemany(statement, rows)
    writer.execute("COMMIT")


# What stands before each act


def _listed(world: World) -> ListStep:
    """Bring so many households in, put them on a list of a fund that can pay them all."""
    bring_in(world, workbook(ROWS)[1])
    granted(world, world.fund_id(), ROWS * EACH)
    asked = CandidateQuery(measure=MEASURE)
    files: CandidateFiles = world.ask("wang", candidate_files, asked)
    form = ListForm(
        kind=ListKind.FESTIVAL,
        title="春节送温暖",
        measure=MEASURE,
        fund_id=world.fund_id(),
        amount=EACH,
    )
    list_id = world.do("wang", open_list, form)
    picks = tuple(ListPick(household_id=home) for home in files.household_ids)
    world.do("wang", put_on_list, ListRowsForm(id=list_id, version=1, rows=picks))
    return ListStep(id=list_id, version=2)


def _hand_in(world: World, step: ListStep) -> None:
    done: ListProposed = world.do("wang", propose_list, step)
    if done.proposed != ROWS:
        raise AssertionError(f"{ROWS - done.proposed} of the list became no award")


def _seen(_world: World) -> TogetherForm:
    """Return what approves the awards as they were proposed."""
    awards = tuple(
        AwardToDecide(award_id=id_, version=1, award_version_id=id_) for id_ in range(1, ROWS + 1)
    )
    return TogetherForm(awards=awards, opinion="同意。")


def _batched(world: World) -> BatchStepForm:
    form = BatchForm(award_ids=tuple(range(1, ROWS + 1)), layout=LAYOUT)
    return BatchStepForm(id=world.do("qian", open_batch, form), version=1)


def _answered(world: World) -> ResultForm:
    """Send the batch, and let the bank have paid it."""
    file: BankFile = world.do("qian", send_to_bank, BatchStepForm(id=BATCH, version=2))
    data = answer_of_the_bank(layout(LAYOUT), file.batch, {})
    return ResultForm(id=BATCH, version=3, data=data)
