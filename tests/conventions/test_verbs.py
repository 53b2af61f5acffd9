"""What every verb of the center has: a right it needs, words, topics and a test."""

import ast
import re
from typing import Any

import pytest

from app import verbs
from app.work import ACTIONS, QUERIES, Action, Verb
from tests.conventions.sources import ALL_MODULES, MODULES

verbs.load()

NOUNS = [
    module.name for module in MODULES if re.match(r"app\.\w+\.(actions|queries)$", module.name)
]

VERBS = {**ACTIONS, **QUERIES}
TESTS = "\n".join(module.text for module in ALL_MODULES if module.path.startswith("tests/"))


def test_every_module_of_verbs_is_in_the_list() -> None:
    assert sorted(NOUNS) == sorted(verbs.MODULES)


def test_no_name_is_both_an_action_and_a_query() -> None:
    assert not ACTIONS.keys() & QUERIES.keys()


@pytest.mark.parametrize("verb", VERBS.values(), ids=lambda verb: verb.name)
def test_a_verb_says_what_it_does_in_one_sentence(verb: Verb[Any, Any]) -> None:
    assert re.fullmatch(r"[A-Z].+[.:]", verb.says)


@pytest.mark.parametrize("verb", VERBS.values(), ids=lambda verb: verb.name)
def test_a_verb_has_a_test(verb: Verb[Any, Any]) -> None:
    assert re.search(rf"\b{verb.name.rpartition('.')[2]}\b", TESTS)


@pytest.mark.parametrize("verb", ACTIONS.values(), ids=lambda verb: verb.name)
def test_an_audited_action_says_what_it_changes(verb: Action[Any, Any]) -> None:
    assert verb.changes or not verb.audited


def test_only_drafts_are_not_audited() -> None:
    assert {verb.name for verb in ACTIONS.values() if not verb.audited} <= {
        name for name in ACTIONS if "draft" in name
    }


@pytest.mark.parametrize("noun", [name for name in NOUNS if name.endswith(".queries")])
def test_a_module_of_queries_changes_nothing(noun: str) -> None:
    tree = next(module.tree for module in MODULES if module.name == noun)
    changing = {"add", "add_all", "bulk", "commit", "delete", "flush", "merge", "next_number"}
    assert not [
        ast.unparse(node)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in changing
        and re.match(r"(work|session)\b", ast.unparse(node.func.value))
    ]


@pytest.mark.parametrize("noun", NOUNS)
def test_a_verb_leaves_the_transaction_to_the_office(noun: str) -> None:
    """An action that commits cannot be part of another one."""
    text = next(module.text for module in MODULES if module.name == noun)
    assert not re.findall(r"\.(commit|rollback|begin)\(|sessionmaker|Session\(", text)
