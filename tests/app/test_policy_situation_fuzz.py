"""Hostile situation files: each is read or refused in a sentence, quickly; nothing else happens.

``FUZZ`` says how many are tried in all (`make fuzz` tries many more than the suite).
"""

import os
from datetime import date, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.policy.as_json import to_json
from app.policy.catalog import shipped
from app.policy.problems import DocumentProblem
from app.policy.rulebook import assess_all
from app.policy.situation import load_situation, read_situation
from app.policy.vocabulary import HOUSEHOLD, MEMBER
from app.reference.dated import shipped_values
from app.reference.values import Values

TESTS = 3
TRIES = int(os.environ.get("FUZZ", "900")) // TESTS
VALUES = Values(shipped_values())
SOUND = """
[household]
as_of = 2022-11-15
district = "南岗区"
members_living_together = 3
income_12_months = 48000.00
received = { living_relief = 0 }
no_exclusion_declared = true

[[member]]
relation = "本人"
birth = 1975-05-05
"""

scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.decimals(allow_nan=True).filter(lambda each: not each.is_snan())
    | st.text(max_size=30)
    | st.dates()
    | st.datetimes()
    | st.times()
    | st.sampled_from(
        [
            "南岗区",
            "是",
            "本人",
            Decimal("1e400"),
            Decimal("1e999999"),
            -1,
            10**40,
            date.min,
            date.max,
        ]
    )
)
names = st.text(max_size=12)
parts = scalars | st.lists(scalars, max_size=4) | st.dictionaries(names, scalars, max_size=4)
values = scalars | st.lists(parts, max_size=3) | st.dictionaries(names, parts, max_size=3)
"""Up to three deep; `st.recursive` would take longer than all the rest."""
tables = st.dictionaries(st.sampled_from([*HOUSEHOLD, "received", "x"]), values, max_size=6)
people = st.dictionaries(st.sampled_from([*MEMBER, "received", "x"]), values, max_size=5)
documents = st.fixed_dictionaries(
    {"household": tables | values, "member": st.lists(people, max_size=3) | values}
) | st.dictionaries(names, values, max_size=3)


def sound_or_told(raw: dict[str, Any]) -> None:
    """Read a document and assess it, or get a sentence about it."""
    told = ""
    try:
        found = read_situation(raw, "户.toml")
    except DocumentProblem as problem:
        told = problem.tell()
    else:
        to_json(assess_all(shipped(), found.known, VALUES, found.day, found.known_on))
    assert told[:6] in ("", "户.toml")


@settings(max_examples=TRIES, suppress_health_check=[HealthCheck.too_slow], deadline=5000)
@given(documents)
def test_any_document_is_assessed_or_refused_in_a_sentence(raw: dict[str, Any]) -> None:
    sound_or_told(raw)


@settings(max_examples=TRIES, suppress_health_check=[HealthCheck.too_slow], deadline=5000)
@given(st.sampled_from(["household", "member"]), st.data())
def test_any_value_in_any_place_of_a_sound_document(table: str, data: st.DataObject) -> None:
    raw: dict[str, Any] = {
        "household": {"as_of": date(2022, 11, 15), "district": "南岗区"},
        "member": [{"relation": "本人"}],
    }
    name = data.draw(st.sampled_from([*(HOUSEHOLD if table == "household" else MEMBER)]))
    value = data.draw(values)
    place = raw["household"] if table == "household" else raw["member"][0]
    place[name] = value
    sound_or_told(raw)


@settings(
    max_examples=TRIES,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
    deadline=5000,
)
@given(st.data())
def test_bytes_changed_anywhere_are_told(tmp_path: Path, data: st.DataObject) -> None:
    content = bytearray(SOUND.encode())
    for _change in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at : at + data.draw(st.integers(0, 6))] = data.draw(st.binary(max_size=6))
    path = tmp_path / "户.toml"
    path.write_bytes(bytes(content))
    told = ""
    try:
        found = load_situation(path)
    except DocumentProblem as problem:
        told = problem.tell()
    else:
        assess_all(shipped(), found.known, VALUES, found.day, found.known_on)
    assert told[:6] in ("", "户.toml")
    assert [each.name for each in tmp_path.iterdir()] == ["户.toml"]


@pytest.mark.parametrize("value", [time(8), "2022-11-15", 20221115])
def test_a_day_is_a_day_and_nothing_else(value: object) -> None:
    with pytest.raises(DocumentProblem, match="as_of"):
        read_situation({"household": {"as_of": value}})
