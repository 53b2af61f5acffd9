"""The center's particulars and its own dated values: a document, a second person, days in force."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from app.center.actions import confirm_value, enter_value, keep_center, withdraw_value
from app.center.queries import center_facts, missing_lines, value_rows
from app.center.records import CenterForm, ValueForm, ValueRow, ValueStep
from app.center.store import values_in_use
from app.core.errors import Conflict, Invalid, NotNow
from app.core.money import Fen
from app.core.words.center import ValueState
from app.reference.dated import Origin, ValueArea, ValueKind
from app.work import SecondPersonNeeded
from tests.world import World, changed

LINE = ValueForm(
    area=ValueArea.DISTRICTS,
    amount=Fen(95_000),
    effective_from=date(2026, 7, 1),
    effective_to=date(2027, 6, 30),
    document="哈民发〔2026〕7号",
)


def entered(world: World, form: ValueForm = LINE) -> ValueStep:
    return ValueStep(id=world.do("admin", enter_value, form), version=1)


def own(world: World) -> dict[int, ValueRow]:
    rows = world.ask("wang", value_rows)
    return {row.id: row for row in rows if row.id is not None}


def line_on(world: World, day: date) -> int | None:

    with Session(world.office.engines.reader) as session:
        found = values_in_use(session).find(ValueKind.DIBAO_LINE, ValueArea.DISTRICTS, day)
    return found.amount_fen if found else None


def test_a_value_counts_once_a_second_person_has_confirmed_it(world: World) -> None:
    step = entered(world)
    assert line_on(world, date(2026, 11, 20)) == 90_000
    world.do("zhao", confirm_value, step)
    assert line_on(world, date(2026, 11, 20)) == 95_000
    row = own(world)[step.id or 0]
    assert (row.state, row.entered_by, row.confirmed_by) == (
        ValueState.CONFIRMED,
        "何平",
        "赵建国",
    )
    assert row.origin is Origin.CENTER


def test_whoever_entered_it_does_not_confirm_it(world: World) -> None:
    step = ValueStep(id=world.do("zhao", enter_value, LINE), version=1)
    with pytest.raises(SecondPersonNeeded):
        world.do("zhao", confirm_value, step)


def test_the_line_that_took_effect_last_holds_on_each_day(world: World) -> None:
    world.do("zhao", confirm_value, entered(world))
    assert line_on(world, date(2026, 6, 30)) == 90_000
    assert line_on(world, date(2026, 7, 1)) == 95_000
    assert line_on(world, date(2026, 12, 31)) == 95_000
    assert line_on(world, date(2027, 1, 1)) == 90_000, "the line of 2027 was there already"


def test_a_corrected_line_takes_the_place_of_the_wrong_one(world: World) -> None:
    first = entered(world)
    world.do("zhao", confirm_value, first)
    world.do("zhao", confirm_value, entered(world, changed(LINE, amount=Fen(96_000))))
    assert line_on(world, date(2026, 11, 20)) == 96_000
    assert first.id not in own(world), "withdrawn"


def test_a_shorter_line_of_the_same_first_day_takes_its_place_too(world: World) -> None:
    world.do("zhao", confirm_value, entered(world))
    shorter = changed(LINE, amount=Fen(97_000), effective_to=date(2026, 12, 31))
    world.do("zhao", confirm_value, entered(world, shorter))
    assert line_on(world, date(2026, 11, 20)) == 97_000


def test_a_value_is_decided_once(world: World) -> None:
    step = entered(world)
    world.do("zhao", confirm_value, step)
    with pytest.raises(Conflict):
        world.do("zhao", confirm_value, step)
    with pytest.raises(NotNow):
        world.do("zhao", confirm_value, changed(step, version=2))
    with pytest.raises(NotNow):
        world.do("admin", withdraw_value, changed(step, version=2))


def test_a_value_entered_wrongly_is_withdrawn_before_it_counts(world: World) -> None:
    step = entered(world)
    world.do("admin", withdraw_value, step)
    assert step.id not in own(world)
    with pytest.raises(NotNow):
        world.do("zhao", confirm_value, changed(step, version=2))


@pytest.mark.parametrize(
    "wrong",
    [
        {"effective_to": date(2026, 6, 30)},
        {"amount": Fen(0)},
        {"document": ""},
        {"published_on": date(2026, 12, 1)},
        {"area": ValueArea.TIER_1},
    ],
)
def test_a_value_that_cannot_be_is_not_entered(world: World, wrong: dict[str, object]) -> None:
    before = len(own(world))
    with pytest.raises(Invalid):
        entered(world, changed(LINE, **wrong))
    assert len(own(world)) == before


def test_a_day_that_no_line_covers_is_asked_for(world: World) -> None:
    assert world.ask("wang", missing_lines) == []
    world.clock.instant = world.clock.instant.replace(year=2028)
    assert world.ask("wang", missing_lines) == [ValueArea.DISTRICTS, ValueArea.COUNTIES]


def test_shipped_values_stand_after_the_centers_own(world: World) -> None:
    rows = world.ask("wang", value_rows)
    origins = [row.origin is Origin.CENTER for row in rows]
    assert origins == sorted(origins, reverse=True)
    assert all(row.demonstration for row in rows if row.id is not None)
    assert not any(row.demonstration or row.mine for row in rows if row.id is None)


def test_the_particulars_are_kept_and_shown(world: World) -> None:
    form = CenterForm(name="市困难职工帮扶中心", number_prefix="市帮", telephone="0451-82345678")
    world.do("admin", keep_center, form)
    facts = world.ask("wang", center_facts)
    assert (facts.name, facts.number_prefix, facts.union_name) == (form.name, "市帮", "")
    assert facts.demonstration, "a demonstration stays one"
