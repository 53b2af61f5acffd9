"""Habits that a linter does not know."""

import ast
import re
import tomllib
from collections.abc import Callable, Container, Iterable

import pytest

from tests.conventions.sources import (
    ALL_MODULES,
    HAN,
    MODULES,
    ROOT,
    Module,
    tracked_texts,
)

LONGEST = 400
"""Lines of one module. Longer ones hold two subjects."""

LONGER: dict[str, int] = {}
"""The exceptions, each with its ceiling and, beside it, why it is one subject."""

LOGO = "帮"

PURE = [
    module
    for module in MODULES
    if re.match(r"app\.(core|policy)\b|app\.\w+\.(records|rules)$", module.name)
    and module.name != "app.core.clock"
]
SCREENS = [module for module in MODULES if module.name.startswith("ui.")]
TESTS = [module for module in ALL_MODULES if module.path.startswith("tests/")]


def findings(
    modules: Iterable[Module], look: Callable[[Module], Iterable[object]]
) -> dict[str, list[object]]:
    """Return what ``look`` found, by file; nothing for files that are as they should be."""
    found = {module.path: list(look(module)) for module in modules}
    return {path: what for path, what in found.items() if what}


def calls(module: Module, names: Container[str]) -> list[tuple[int, str]]:
    """Return the calls of methods so named, with lines: ``session.delete(x)`` is delete."""
    return [
        (node.lineno, node.func.attr)
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in names
    ]


def test_every_module_says_what_it_is() -> None:
    assert not [module.path for module in ALL_MODULES if not ast.get_docstring(module.tree)]


def test_modules_are_short() -> None:
    lengths = {
        module.path: len(module.text.splitlines())
        for module in MODULES
        if "migrations.versions" not in module.name
    }
    assert not {
        path: length for path, length in lengths.items() if length > LONGER.get(path, LONGEST)
    }
    assert not [path for path in LONGER if lengths.get(path, 0) <= LONGEST], "no exception now"


def test_every_package_of_app_has_its_place_in_the_architecture() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
    layers = {
        name.strip(" ()")
        for contract in contracts["contracts"]
        if contract["type"] == "layers"
        for line in contract["layers"]
        for name in line.split("|")
    }
    children = {
        f"app.{path.stem}"
        for path in (ROOT / "app").iterdir()
        if (path.suffix == ".py" or (path / "__init__.py").exists()) and path.stem != "__init__"
    }
    assert not children - layers


def test_a_check_is_switched_off_with_its_code_and_a_reason() -> None:
    switch = re.compile(r"#\s*(noqa|type:\s*ignore|pyright:)")
    reasoned = re.compile(
        r"#\s*(noqa: [A-Z]+\d+(, ?[A-Z]+\d+)*|pyright: ignore\[\w+(, ?\w+)*\]) - \w.+"
    )

    def reasonless(module: Module) -> list[tuple[int, str]]:
        return [
            (line, comment)
            for line, comment in module.comments()
            if switch.search(comment) and not reasoned.search(comment)
        ]

    assert not findings(ALL_MODULES, reasonless)


def test_a_test_is_left_out_with_a_reason() -> None:
    def reasonless(module: Module) -> list[int]:
        reasoned = {
            node.func
            for node in ast.walk(module.tree)
            if isinstance(node, ast.Call)
            and (node.args or any(word.arg == "reason" for word in node.keywords))
        }
        return [
            node.lineno
            for node in ast.walk(module.tree)
            if isinstance(node, ast.Attribute)
            and node.attr in {"skip", "skipif", "xfail"}
            and node not in reasoned
        ]

    assert not findings(TESTS, reasonless)


def test_what_decides_asks_no_clock() -> None:
    assert not findings(PURE, lambda module: calls(module, {"today", "now", "utcnow"}))


def test_colours_come_from_the_theme() -> None:
    colour = re.compile(r"#[0-9a-fA-F]{6}\b|\bQColor\(\d")
    screens = [module for module in SCREENS if module.name != "ui.theme"]
    assert not findings(screens, lambda module: colour.findall(module.text))


def test_words_on_the_screen_come_from_the_catalogue() -> None:
    def chinese(module: Module) -> list[tuple[int, str]]:
        documentation = {
            ast.get_docstring(node, clean=False)
            for node in ast.walk(module.tree)
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        }
        return [
            (node.lineno, node.value)
            for node in ast.walk(module.tree)
            if isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and HAN.search(node.value)
            and node.value not in documentation | {LOGO}
        ]

    assert not findings(SCREENS, chinese)


def test_questions_and_events_take_the_one_way() -> None:
    """A message box blocks the screen and cannot be tested; events are pumped by Qt alone."""
    other = re.compile(r"QMessageBox\.\w+\(|processEvents\(")
    assert not findings(SCREENS, lambda module: other.findall(module.text))


def test_rows_are_changed_one_by_one() -> None:
    """Statements over many rows pass the audit by: only `app.work` has a way that audits."""
    in_text = re.compile(r"\b(INSERT INTO|REPLACE INTO|DELETE FROM|UPDATE \w+ SET)\b")

    def many(module: Module) -> list[object]:
        names = {
            alias.name
            for node in ast.walk(module.tree)
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("sqlalchemy")
            for alias in node.names
        }
        return [*(names & {"delete", "insert", "update"}), *in_text.findall(module.text)]

    verbs = [each for each in MODULES if each.name.startswith("app.") and each.name != "app.work"]
    assert not findings(verbs, many)


def test_tests_do_not_wait_for_the_clock() -> None:
    assert not findings(TESTS, lambda module: calls(module, {"sleep", "qWait", "processEvents"}))


def test_no_file_names_a_place_of_one_machine() -> None:
    places = re.compile(r"(?<![\w.])/(home|root|work|Users)/\w|\b[A-Z]:\\\\?Users")
    assert not {
        path: found.group()
        for path, text in tracked_texts()
        if (found := places.search(text)) and path != "tests/conventions/test_modules.py"
    }


@pytest.mark.parametrize(
    "name", ["requirements.lock", "requirements-dev.lock", "requirements-bench.lock"]
)
def test_locks_hold_hashes_and_no_addresses(name: str) -> None:
    lines = (ROOT / name).read_text("utf-8").splitlines()
    assert not [line for line in lines if "://" in line or "file:" in line]
    assert not [line for line in lines if re.match(r"-|.* @ ", line)]
    pins = [line for line in lines if re.match(r"\w", line)]
    assert pins
    assert all(re.match(r"[\w.-]+==[\w.]+ (;.+ )?\\$", line) for line in pins)
