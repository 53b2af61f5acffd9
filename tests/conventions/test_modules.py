"""Habits that a linter does not know."""

import ast
import re
import tomllib

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


def by_path(module: Module) -> str:
    """Name a test after the file."""
    return module.path


@pytest.mark.parametrize("module", ALL_MODULES, ids=by_path)
def test_a_module_says_what_it_is(module: Module) -> None:
    assert ast.get_docstring(module.tree), "no docstring"


@pytest.mark.parametrize(
    "module", [each for each in MODULES if "migrations.versions" not in each.name], ids=by_path
)
def test_a_module_is_short(module: Module) -> None:
    assert len(module.text.splitlines()) <= LONGER.get(module.path, LONGEST)


def test_the_exceptions_in_length_are_needed() -> None:
    lengths = {module.path: len(module.text.splitlines()) for module in MODULES}
    assert not [path for path in LONGER if lengths.get(path, 0) <= LONGEST]


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


def reasonless(module: Module) -> list[tuple[int, str]]:
    """Return the comments that switch a check off without a code or without a reason."""
    switches = re.compile(r"#\s*(noqa|type:\s*ignore|pyright:)")
    reasoned = re.compile(
        r"#\s*(noqa: [A-Z]+\d+(, ?[A-Z]+\d+)*|pyright: ignore\[\w+(, ?\w+)*\]) - \w.+"
    )
    return [
        (line, comment)
        for line, comment in module.comments()
        if switches.search(comment) and not reasoned.search(comment)
    ]


@pytest.mark.parametrize("module", ALL_MODULES, ids=by_path)
def test_a_check_is_switched_off_with_a_reason(module: Module) -> None:
    assert not reasonless(module)


@pytest.mark.parametrize("module", TESTS, ids=by_path)
def test_a_test_is_left_out_with_a_reason(module: Module) -> None:
    given = {
        node.func
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call)
        and (any(word.arg == "reason" for word in node.keywords) or node.args)
    }
    assert not [
        node.lineno
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute)
        and node.attr in {"skip", "skipif", "xfail"}
        and node not in given
    ]


def called(module: Module) -> set[tuple[str, int]]:
    """Return the last names of what a module calls, with lines: ``session.delete(x)`` is delete."""
    return {
        (node.func.attr, node.lineno)
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    }


@pytest.mark.parametrize("module", PURE, ids=by_path)
def test_what_decides_asks_no_clock(module: Module) -> None:
    assert not {call for call in called(module) if call[0] in {"today", "now", "utcnow"}}


@pytest.mark.parametrize(
    "module", [each for each in SCREENS if each.name != "ui.theme"], ids=by_path
)
def test_colours_come_from_the_theme(module: Module) -> None:
    assert not re.findall(r"#[0-9a-fA-F]{6}\b|\bQColor\(\d", module.text)


@pytest.mark.parametrize("module", SCREENS, ids=by_path)
def test_words_on_the_screen_come_from_the_catalogue(module: Module) -> None:
    documentation = {
        ast.get_docstring(node, clean=False)
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
    }
    assert not [
        (node.lineno, node.value)
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and HAN.search(node.value)
        and node.value != LOGO
        and node.value not in documentation
    ]


@pytest.mark.parametrize("module", SCREENS, ids=by_path)
def test_questions_and_events_take_the_one_way(module: Module) -> None:
    """A message box blocks the screen and cannot be tested; events are pumped by Qt alone."""
    assert not re.findall(r"QMessageBox\.\w+\(|processEvents\(", module.text)


@pytest.mark.parametrize(
    "module",
    [each for each in MODULES if each.name.startswith("app.") and each.name != "app.work"],
    ids=by_path,
)
def test_rows_are_changed_one_by_one(module: Module) -> None:
    """Statements over many rows pass the audit by: only `app.work` has a way that audits."""
    from_sqlalchemy = {
        alias.name
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("sqlalchemy")
        for alias in node.names
    }
    assert not from_sqlalchemy & {"delete", "insert", "update"}
    assert not {call for call in called(module) if call[0].startswith("bulk_")}
    assert not re.findall(r"\b(INSERT INTO|REPLACE INTO|DELETE FROM|UPDATE \w+ SET)\b", module.text)


@pytest.mark.parametrize("module", TESTS, ids=by_path)
def test_tests_do_not_wait_for_the_clock(module: Module) -> None:
    assert not {call for call in called(module) if call[0] in {"sleep", "qWait", "processEvents"}}


def test_no_file_names_a_place_of_one_machine() -> None:
    places = re.compile(r"(?<![\w.])/(home|root|work|Users)/\w|\b[A-Z]:\\\\?Users")
    assert not {
        path: found.group()
        for path, text in tracked_texts()
        if (found := places.search(text)) and path != "tests/conventions/test_modules.py"
    }


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_locks_hold_hashes_and_no_addresses(name: str) -> None:
    lines = (ROOT / name).read_text("utf-8").splitlines()
    assert not [line for line in lines if "://" in line or "file:" in line]
    assert not [line for line in lines if re.match(r"-|.* @ ", line)]
    pins = [line for line in lines if re.match(r"\w", line)]
    assert pins
    assert all(re.match(r"[\w.-]+==[\w.]+ (;.+ )?\\$", line) for line in pins)
