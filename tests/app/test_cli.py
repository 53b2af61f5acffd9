"""The command line itself: its language, its mistakes, its exit codes, what it loads."""

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from app import __version__
from app.cli.arguments import HEADINGS, MISTAKES
from app.cli.main import COMMANDS, parser
from app.cli.output import table
from app.settings import WorkstationSettings, write_settings
from tests.commands import WORKED, Bangfu, runner
from tests.conventions.sources import ROOT

COMMANDS_AND_ACTS = [
    *([name] for name in COMMANDS),
    ["tour"],
    ["demo", "create"],
    ["policy", "list"],
    ["policy", "check"],
    *(["staff", act] for act in ("list", "add", "roles", "leave", "return", "password")),
]


@pytest.fixture
def bangfu(capsys: pytest.CaptureFixture[str]) -> Bangfu:
    return runner(capsys)


def started(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Start the program as a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "ui", *words],
        cwd=ROOT,
        capture_output=True,
        check=False,
        encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1", **environment},
    )


def test_it_tells_its_version(bangfu: Bangfu) -> None:
    ran = bangfu("--version")
    assert (ran.code, ran.out) == (0, f"bangfu {__version__}\n")


@pytest.mark.parametrize("words", COMMANDS_AND_ACTS, ids=" ".join)
def test_every_command_explains_itself_in_chinese(bangfu: Bangfu, words: list[str]) -> None:
    ran = bangfu(*words, "--help")
    assert ran.code == 0
    assert ran.out.startswith("用法：bangfu " + " ".join(words))
    explained = re.sub(r"[\[\]{}|.]|[A-Z]{2,}|--?[\w-]+|[A-Z]\b", " ", ran.out.split("\n\n", 1)[1])
    english = {"show", "this", "the", "and", "exit", "options", "positional"}
    assert not english & set(re.findall(r"[a-z]{3,}", explained))


def test_the_whole_names_every_command_and_the_exit_codes(bangfu: Bangfu) -> None:
    ran = bangfu("--help")
    assert all(f"    {name} " in ran.out for name in (*COMMANDS, "tour"))
    assert "0 完成，1 被拒绝或发现问题，2 命令写得不对" in ran.out.replace("\n", "")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["nonsense"], "不能是 'nonsense'"),
        (["--nonsense"], "不认识：--nonsense"),
        (["assess"], "要给出其中一项：FILE.toml --replay"),
        (["assess", "a.toml", "--on", "2022-13-01"], "“2022-13-01”不是日期"),
        (["assess", "a.toml", "--sheet"], "后面要有一个值"),
        (["demo", "create", "a", "--households", "-3"], "“-3”不是数"),
        (["demo", "create", "a", "--households", "many"], "“many”不是数"),
        (["staff", "add", "jia", "--name", "甲", "--role", "chief"], "不能是 'chief'"),
        (["verify"], "要给出其中一项"),
        (["verify", "a", "--public-key", "xyz"], "公钥是 64 位十六进制数"),
        (["policy"], "还缺：list|check"),
        (["tour"], "还缺：--out"),
    ],
)
def test_wrong_usage_is_told_in_chinese(bangfu: Bangfu, words: list[str], says: str) -> None:
    ran = bangfu(*words)
    assert (ran.code, ran.out) == (2, "")
    assert says in ran.err
    assert "error" not in ran.err


def test_the_words_are_those_of_argparse() -> None:
    """A Python that words them otherwise shows English; this names the words to translate."""
    import argparse  # noqa: PLC0415 - its source is read here only

    source = Path(argparse.__file__).read_text("utf-8")
    for words in (*HEADINGS, *MISTAKES):
        assert repr(words)[1:-1] in source, words


def test_the_language_is_the_environments_else_the_workstations(
    bangfu: Bangfu, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    write_settings(WorkstationSettings(language="en"))
    assert bangfu("--help").out.startswith("usage: bangfu")
    monkeypatch.setenv("BANGFU_LANGUAGE", "zh_CN")
    assert bangfu("--help").out.startswith("用法：bangfu")


def examples() -> list[str]:
    """Return the command lines that the manual shows."""
    manual = (ROOT / "docs" / "commands.md").read_text("utf-8")
    return [line.strip() for line in manual.splitlines() if line.startswith("    bangfu")]


@pytest.mark.parametrize("line", examples())
def test_the_examples_of_the_manual_can_be_typed(line: str) -> None:
    words = shlex.split(line.replace("$(cat key.txt)", "ab" * 32), comments=True)
    if ">" in words:
        words = words[: words.index(">")]
    chosen = parser().parse_args(words[1:])
    assert chosen.command in {*COMMANDS, "tour", None}


def test_the_manual_shows_every_command() -> None:
    shown = {words[1] for line in examples() if len(words := line.split()) > 1}
    assert {*COMMANDS, "tour"} <= shown


def test_chinese_columns_stand_below_each_other() -> None:
    rows = table([("a", "x"), ("区县", "y")], ("名", "z"))
    assert rows == ["名    z", "a     x", "区县  y"]


@pytest.mark.parametrize("words", [["--version"], ["facts"], ["policy", "list"], ["assess"]])
def test_the_light_commands_load_no_heavy_library(words: list[str], tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(WORKED, "utf-8")
    words = [*words, str(tmp_path / "a.toml")] if words == ["assess"] else words
    heavy = {"sqlalchemy", "sqlcipher3", "reportlab", "PySide6", "cryptography", "alembic"}
    program = f"""
import sys
from ui.__main__ import main
try:
    main({words!r})
except SystemExit:
    pass
print(sorted({heavy!r} & sys.modules.keys()), file=sys.stderr)
"""
    result = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, check=True
    )
    assert result.stderr.decode().strip() == "[]"


def test_it_starts_as_a_program_and_says_what_is_wrong_without_a_traceback() -> None:
    result = started("assess", "nowhere.toml")
    assert result.returncode == 1
    assert result.stderr == "nowhere.toml 打不开：没有这个文件或文件夹。请核对文件名再试\n"
    assert started("nonsense").returncode == 2


def test_json_is_escaped_where_the_console_cannot_write_chinese() -> None:
    result = started("facts", "--json", PYTHONUTF8="0", PYTHONIOENCODING="gb18030")
    assert result.returncode == 0
    result = started("facts", "--json", PYTHONUTF8="0", PYTHONIOENCODING="ascii")
    assert result.stdout.isascii()
    assert json.loads(result.stdout)[2]["label"] == "区县"


@pytest.mark.skipif(os.name != "posix", reason="the pipe is written for a POSIX shell")
def test_a_reader_that_stops_reading_is_no_mistake() -> None:
    first = f'"{sys.executable}" -m ui facts | head -n 1'
    result = subprocess.run(
        ["sh", "-c", first], cwd=ROOT, capture_output=True, check=True, encoding="utf-8"
    )
    assert result.stderr == ""
