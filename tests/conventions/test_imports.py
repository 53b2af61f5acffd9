"""The program starts light: heavy libraries come late, and only the ones listed here."""

import ast
import subprocess
import sys

import pytest

from tests.conventions.sources import MODULES, ROOT, Module, imported

HEAVY = {
    "PIL",
    "alembic",
    "argon2",
    "cryptography",
    "openpyxl",
    "pypdf",
    "pypdfium2",
    "pypinyin",
    "python_calamine",
    "reportlab",
    "sqlalchemy",
    "stdnum",
    "xlsxwriter",
}
"""What may be imported inside a function, because it is loaded on first use only."""

NOT_EVERYWHERE = {"ctypes"}
"""What only some systems have in full."""

OURS = {
    "app.core.pinyin",  # the tables of readings
    "app.papers.fonts",  # the fonts
    "app.papers.render",  # reportlab
}
"""Modules of ours that load something heavy."""

DOORS = {"app.cli", "app.entrance", "ui.__main__", "ui.first_start", "ui.start", "ui.tour"}
"""Where our own modules may be imported late: each command and the desk load what they need."""


def late(module: Module) -> list[tuple[int, str]]:
    """Return the imports inside functions with their lines."""
    return [
        (node.lineno, name)
        for function in ast.walk(module.tree)
        if isinstance(function, ast.FunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in imported(node)
    ]


def allowed(module: Module, name: str) -> bool:
    """Tell whether ``module`` may import ``name`` inside a function."""
    package = name.split(".")[0]
    if any(module.name == door or module.name.startswith(door + ".") for door in DOORS):
        return package in HEAVY | {"app", "db", "ui", "PySide6"}
    return package in HEAVY | NOT_EVERYWHERE or name in OURS


def test_only_listed_modules_are_imported_late() -> None:
    assert not [
        f"{module.path}:{line} {name}"
        for module in MODULES
        for line, name in late(module)
        if not allowed(module, name)
    ]


@pytest.mark.parametrize("module", ["ui.__main__", "app.cli"])
def test_the_start_loads_nothing_heavy(module: str) -> None:
    unwanted = HEAVY | {"PySide6", "shiboken6"}
    program = f"import sys, {module}; print(*sorted({unwanted!r} & sys.modules.keys()))"
    result = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, check=True, text=True
    )
    assert result.stdout.split() == []
