"""The tool that changes every limit: what it changes, and that the situations notice."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from app.core.assets import resource
from app.policy.documents import read_toml
from app.policy.loader import digest, read_pack
from app.policy.pack import Area
from tests.policies.mutants import EQUIVALENT, bench, run
from tests.policies.mutations import Seen, mutants
from tests.policies.situations import catalog

DOCUMENT = read_toml(resource("policies", "social_security", "2020-01-01.toml"))
SOURCED = {"says": "", "source": ["S14"], "confidence": "seen"}
CATEGORIES = ("深度困难", "相对困难", "意外致困")
SEEN = Seen(CATEGORIES, lambda _leaf: 200, lambda _measure, _fact: 100)


def changes(place: str, **measure: Any) -> list[str]:
    """Return the changes of one place of the first measure, where it is written so."""
    document = {**DOCUMENT, "measure": [{**DOCUMENT["measure"][0], **measure}]}
    found = [str(mutant) for mutant in mutants(document, read_pack(document), SEEN)]
    place = f"measure[1].{place}"
    return [text.removeprefix(place) for text in found if text.startswith(place)]


@pytest.mark.parametrize(
    ("award", "expected"),
    [
        (
            {"kind": "fixed", "amount": 500},
            [": amount: 500 -> 500.01", ": amount: 500 -> 499.99"],
        ),
        (
            {"kind": "months_of_line", "months": {"深度困难": 10}, "line": "dibao_line"},
            [
                ".months: 深度困难: 10 -> 11",
                ".months: 深度困难: 10 -> 9",
                ".months: 深度困难: 10 -> —",
                ": line: dibao_line -> minimum_wage",
            ],
        ),
        (
            {
                "kind": "share",
                "of": "accident_loss_12_months",
                "times": Decimal("0.5"),
                "most": 9,
                "used": "relief_received_this_year",
            },
            [
                ": most: 9 -> 9.01",
                ": most: 9 -> 8.99",
                ": times: 0.5 -> 0.51",
                ": times: 0.5 -> 0.49",
                ": used: relief_received_this_year -> —",
            ],
        ),
        (
            {
                "kind": "least_of",
                "parts": [
                    {
                        "kind": "bands",
                        "of": "accident_loss_12_months",
                        "bands": [{"above": 0, "amount": 1}],
                    }
                ],
            },
            [
                ".parts[1].bands[1]: amount: 1 -> 1.01",
                ".parts[1].bands[1]: amount: 1 -> 0.99",
                ".parts[1].bands[1]: above: 0 -> 0.01",
                ".parts[1].bands[1]: above: 0 -> -0.01",
            ],
        ),
    ],
    ids=lambda part: str(part)[:24],
)
def test_every_figure_of_an_award_is_changed(award: dict[str, Any], expected: list[str]) -> None:
    assert changes("award", award={**SOURCED, **award}) == expected


def test_the_limit_above_which_others_approve_is_changed() -> None:
    expected = [": above: 20000 -> 20000.01", ": above: 20000 -> 19999.99"]
    assert changes("approval[1]", approval=[{**SOURCED, "above": 20000}]) == expected


@pytest.mark.parametrize(
    ("leaf", "expected"),
    [
        ({"fact": "union_member", "test": "is", "value": True}, ["value: true -> false"]),
        (
            {"fact": "dwellings", "test": "at_most", "value": 1, "settled_by": "union_member"},
            [
                "settled_by: union_member -> —",
                "test: at_most -> below",
                "value: 1 -> 2",
                "value: 1 -> 0",
            ],
        ),
        (
            {"fact": "category", "test": "one_of", "value": ["深度困难", "相对困难"]},
            [
                "value: 深度困难, 相对困难 -> 意外致困, 相对困难",
                "value: 深度困难, 相对困难 -> 相对困难",
                "value: 深度困难, 相对困难 -> 深度困难, 意外致困",
                "value: 深度困难, 相对困难 -> 深度困难",
                "value: 深度困难, 相对困难 -> 深度困难, 相对困难, 意外致困",
            ],
        ),
        (
            {"fact": "person_type", "test": "is", "value": "城镇职工"},
            ["value: 城镇职工 -> 农民工"],
        ),
        (
            {"fact": "income_12_months", "test": "above", "line": "dibao_line", "times": 2},
            [
                "test: above -> at_least",
                "line: dibao_line -> minimum_wage",
                "times: 2 -> 2.01",
                "times: 2 -> 1.99",
            ],
        ),
        (
            {"fact": "income_12_months", "test": "at_most", "value": 0},
            ["test: at_most -> below", "value: 0 -> 0.01", "value: 0 -> -0.01"],
        ),
    ],
)
def test_every_limit_is_changed(leaf: dict[str, Any], expected: list[str]) -> None:
    assert changes("condition[1]: ", condition=[{**SOURCED, **leaf}]) == expected


def test_a_mutant_leaves_the_document_as_it_was() -> None:
    each = bench("classification/2020-01-01")
    before = digest(each.raw)
    kinds: set[str] = set()
    for mutant in each.mutants:
        with mutant.applied():
            assert digest(each.raw) != before
        assert digest(each.raw) == before
        kinds.add(mutant.key)
    assert kinds >= {"in_force", "months", "plus", "less", "plus_on_retest", "order", "all"}
    assert each.pack.in_force == date(2020, 1, 1)


@pytest.mark.parametrize("area", Area)
def test_a_sample_of_the_mutants_is_noticed(area: Area) -> None:
    """All of them: ``make mutants``."""
    assert not [line for tally in run([area], jobs=1, every=20) for line in tally.survivors]


def test_what_is_declared_equivalent_is_a_mutant_and_says_why() -> None:
    known = {
        (pack.id, mutant.table, mutant.key, mutant.new)
        for pack in (pack for area in Area for pack in catalog(area).packs())
        for mutant in bench(pack.id).mutants
    }
    assert EQUIVALENT.keys() <= known
    assert all(EQUIVALENT.values())
