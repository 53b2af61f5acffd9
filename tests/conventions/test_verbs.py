"""What every verb of the center has: a right it needs, words, topics and a test."""

import ast
import re

from app import verbs
from app.work import ACTIONS, QUERIES
from tests.conventions.sources import ALL_MODULES, MODULES

verbs.load()

VERB = re.compile(r"^@(action|query)\(", re.M)
NOUNS = [
    module.name for module in MODULES if module.name.startswith("app.") and VERB.search(module.text)
]
"""The modules of verbs; `actions` and `queries` of a noun, and those split off from them."""

VERBS = {**ACTIONS, **QUERIES}
TESTS = "\n".join(module.text for module in ALL_MODULES if module.path.startswith("tests/"))


def test_every_module_of_verbs_is_in_the_list() -> None:
    assert sorted(NOUNS) == sorted(verbs.MODULES)


def test_no_name_is_both_an_action_and_a_query() -> None:
    assert not ACTIONS.keys() & QUERIES.keys()


def test_a_verb_says_what_it_does_in_one_sentence() -> None:
    sentence = re.compile(r"[A-Z].+[.:]")
    assert not {
        name: verb.says for name, verb in VERBS.items() if not sentence.fullmatch(verb.says)
    }


def test_a_verb_has_a_test() -> None:
    tested = set(re.findall(r"\w+", TESTS))
    assert not [name for name in VERBS if name.rpartition(".")[2] not in tested]


def test_an_audited_action_says_what_it_changes() -> None:
    assert not [name for name, verb in ACTIONS.items() if verb.audited and not verb.changes]


def test_only_drafts_are_not_audited() -> None:
    assert all(verb.audited or "draft" in name for name, verb in ACTIONS.items())


def test_queries_change_nothing() -> None:
    changing = {"add", "add_all", "commit", "delete", "flush", "merge", "next_number"}
    changing |= {"insert_many", "change_many", "next_numbers"}
    assert not [
        (module.path, node.lineno)
        for module in MODULES
        if module.name in NOUNS and not re.search(r"^@action\(", module.text, re.M)
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in changing
        and re.match(r"(work|session)\b", ast.unparse(node.func.value))
    ]


def test_verbs_leave_the_transaction_to_the_office() -> None:
    """An action that commits cannot be part of another one."""
    own = re.compile(r"\.(commit|rollback|begin)\(|sessionmaker|Session\(")
    assert not [
        module.path for module in MODULES if module.name in NOUNS and own.search(module.text)
    ]
