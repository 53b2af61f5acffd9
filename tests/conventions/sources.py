"""The program's own text, read once for all tests of the conventions."""

import ast
import io
import re
import subprocess
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = ("app", "db", "ui")


@dataclass(frozen=True)
class Module:
    """One module of ours."""

    name: str
    path: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        """Parse the module, on first use."""
        return ast.parse(self.text)

    def comments(self) -> Iterator[tuple[int, str]]:
        """Yield the comments with their lines; a ``#`` inside a string is none."""
        for token in tokenize.generate_tokens(io.StringIO(self.text).readline):
            if token.type == tokenize.COMMENT:
                yield token.start[0], token.string


def _modules(*folders: str) -> tuple[Module, ...]:
    found: list[Module] = []
    for path in sorted(each for folder in folders for each in (ROOT / folder).rglob("*.py")):
        text = path.read_text("utf-8")
        short = path.relative_to(ROOT)
        name = ".".join(short.with_suffix("").parts).removesuffix(".__init__")
        found.append(Module(name, short.as_posix(), text))
    return tuple(found)


MODULES = _modules(*PROGRAM)
"""The modules of the program."""

ALL_MODULES = MODULES + _modules("tests", "benchmarks", "resources")
"""The same with tests, benchmarks and the small helpers."""


def tracked_texts() -> Iterator[tuple[str, str]]:
    """Yield path and content of every text file that git keeps (or would, once added)."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    )
    for name in filter(None, listed.stdout.split("\0")):
        path = ROOT / name
        if not path.is_file():
            continue
        content = path.read_bytes()
        if b"\0" not in content:
            yield name, content.decode("utf-8")


def imported(node: ast.Import | ast.ImportFrom) -> tuple[str, ...]:
    """Return the full names of the modules that an import statement names."""
    if isinstance(node, ast.Import):
        return tuple(alias.name for alias in node.names)
    return (node.module or "",)


HAN = re.compile(r"[\u4e00-\u9fff]")
